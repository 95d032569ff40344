"""A report that came back to the house: is it what was issued, and is there a newer one?"""

from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Unavailable
from models.queries import issued_months
from models.store.files import read_regular
from reports import enclosed, verifying
from reports.verifying import Verdict
from ui import prompts
from ui.kit.page import Page
from ui.language import _, say
from ui.work import run_job

if TYPE_CHECKING:
    from models.store.register import Register

_LARGEST = 64 * 1024 * 1024
"""Bytes that are read."""


def check_report(page: Page) -> None:
    """Choose the PDF of a report, and say whether it is what this register has issued."""
    path = prompts.ask_open_path(page, _("Check a report"), _("PDF files") + " (*.pdf *.PDF)")
    if path is not None:
        run_job(page, lambda register: judged(register, path), lambda verdict: _tell(page, verdict))


def judged(register: "Register", path: Path) -> Verdict:
    """Hold the PDF of a report against what was issued under its number.

    Raises:
        Refused: It is no report of Konak.
        Unavailable: The file cannot be read.
    """
    try:
        content = read_regular(path, _LARGEST)
    except OSError as error:
        raise Unavailable("This file cannot be read: {name}. Check the name and the folder.", name=path.name) from error
    report = enclosed.examined(content)
    with register.read() as snapshot:
        known = issued_months.of_number(snapshot, programme=report.programme, number=report.number)
    return verifying.with_register(content, known)


def _tell(page: Page, verdict: Verdict) -> None:
    report = verdict.report
    named = _("Report {programme} / {number}", programme=report.programme, number=report.number)
    fits = [] if verdict.faults else [_("It is what was issued, to the byte.")]
    lines = [*fits, *map(say, (*verdict.faults, *verdict.says))]
    prompts.tell(page, named, "\n".join(lines))
