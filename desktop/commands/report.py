"""`konak report`: issues the report of a month, or prints what was issued again, as PDF."""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256

from desktop.commands.opening import open_register
from models.actions import months as actions
from models.actions import papers
from models.ids import ProgrammeId
from models.queries import months
from models.queries.months import IssuedRow
from models.store.files import check_place, write_private
from models.store.register import Register
from reports import monthly
from reports.catalogue import MONTHLY_REPORT


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
            programme_id = months.of_code(snapshot, typed.programme)
            issued = months.issued(snapshot, programme_id, typed.month)
        if typed.draft:
            paper = _draft(register, typed, programme_id)
        elif issued and not typed.reason:
            paper = _again(register, typed, issued)
        else:
            paper = _issue(register, typed, programme_id)
        write_private(typed.out, paper)
        register.perform(
            papers.saved,
            paper=MONTHLY_REPORT.id,
            subject=f"month:{typed.programme} {typed.month}",
            digest=sha256(paper).hexdigest(),
        )
    return 0


def _draft(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> bytes:
    with register.read() as snapshot:
        figures = months.figures(snapshot, programme_id, typed.month)
    return monthly.draw(figures, language=typed.language, number=str(typed.month))


def _issue(register: Register, typed: argparse.Namespace, programme_id: ProgrammeId) -> bytes:
    made = register.perform(
        actions.issue,
        programme_id=programme_id,
        month=typed.month,
        language=typed.language,
        draw=monthly.draw_issued,
        reason=typed.reason,
    )
    with register.read() as snapshot:
        return months.stored_pdf(snapshot, made.value)


def _again(register: Register, typed: argparse.Namespace, issued: Sequence[IssuedRow]) -> bytes:
    """The last revision once more; says beside it where the figures are different by now."""
    last = issued[-1]
    with register.read() as snapshot:
        stored = months.stored_figures(snapshot, last.id)
        if months.differences(stored, months.figures(snapshot, last.programme_id, last.month)):
            print("konak: The figures differ from what was issued. Give --reason to issue a revision.", file=sys.stderr)
        if last.language == typed.language:
            return months.stored_pdf(snapshot, last.id)
    return monthly.draw_issued(stored, typed.language, last.issue)
