"""A report that came back to the house: is it what was issued, and is there a newer one?"""

from pathlib import Path
from typing import TYPE_CHECKING

from models.exchange import returned_papers
from reports import enclosed, verifying
from reports.verifying import Verdict
from ui import prompts
from ui.kit.page import Page
from ui.language import _, say
from ui.work import run_job

if TYPE_CHECKING:
    from models.store.register import Register


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
    content = returned_papers.content_of(path)
    report = enclosed.examined(content)
    known = returned_papers.known_report(register, programme=report.programme, number=report.number)
    return verifying.with_register(content, known)


def _tell(page: Page, verdict: Verdict) -> None:
    report = verdict.report
    named = _("Report {programme} / {number}", programme=report.programme, number=report.number)
    fits = [] if verdict.faults else [_("It is what was issued, to the byte.")]
    lines = [*fits, *map(say, (*verdict.faults, *verdict.says))]
    prompts.tell(page, named, "\n".join(lines))
