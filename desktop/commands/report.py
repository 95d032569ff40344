"""`konak report`: issues the report of a month, or prints what was issued again, as PDF."""

import argparse
import sys

from desktop.commands.opening import open_register
from models.actions import months as actions
from models.exchange import door
from models.ids import ProgrammeId
from models.queries import issued_months, monthly_reports, months, programmes
from models.queries.issued_months import IssuedRow
from models.rules.figure_lines import changes
from models.rules.issuing import differences
from models.rules.papers import Choice
from models.rules.wording import figure
from models.store.files import check_place
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.text import translator
from reports import monthly
from ui.papers.catalogue import MONTHLY_REPORT


def run(typed: argparse.Namespace) -> int:
    """Write the paper.

    A month that was issued is printed again: to the same bytes in its own language, and from the same figures in
    another. It is issued anew, as a revision, only where a reason is given.

    Raises:
        Refused: There is no such programme, or the month cannot be issued.
        Unavailable: The register cannot be opened, or the file cannot be written.
    """
    check_place(typed.out)  # a month is issued for good, so whatever can be refused is refused before
    with open_register(typed) as register:
        with register.read() as snapshot:
            programme_id = programmes.of_code(snapshot, typed.programme)
            issued = monthly_reports.paper(
                snapshot, programme_id=programme_id, month=typed.month, draft=typed.draft
            ).issued
        if not typed.draft and (issued is None or typed.reason):
            _issue(register, typed, programme_id)
        elif issued is not None:
            _say_differences(register, issued)
        chosen = {Choice.PROGRAMME: programme_id, Choice.MONTH: typed.month, Choice.DRAFT: typed.draft}
        paper = door.drawn(register, MONTHLY_REPORT, language=typed.language, chosen=chosen)
        door.save(register, paper, typed.out)
    return 0


def _issue(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> None:
    register.perform(
        actions.issue,
        programme_id=programme_id,
        month=typed.month,
        language=typed.language,
        draw=monthly.draw_issued,
        reason=typed.reason,
    )


def _say_differences(register: Register, issued: IssuedRow) -> None:
    """Say where the figures are different by now from what was issued."""
    with register.read() as snapshot:
        said = differences_said(snapshot, issued)
    if said:
        print(f"konak: {said} Give --reason to issue a revision.", file=sys.stderr)


def differences_said(snapshot: Snapshot, issued: IssuedRow) -> str:
    """In English, line by line what was issued and what it is now; empty where nothing differs."""
    now = months.figures(snapshot, issued.programme_id, issued.month)
    frozen, english = issued_months.stored_figures(snapshot, issued.id), translator("en")
    if not differences(frozen, now):
        return ""
    lines = [
        f"{': '.join(part for part in (english.render(figure(each.figure)), each.of) if part)}: "
        f"issued {each.before or '-'}, now {each.after or '-'}"
        for each in changes(frozen, now, english)
    ]
    return f"The figures differ from what was issued as {issued.number}. {'; '.join(lines)}."
