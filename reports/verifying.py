"""Whether the PDF of a report is what it says: its parts among themselves, and against what the register has issued."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.text import REPORT_LANGUAGES, Message, choices_of, message
from reports.enclosed import Examined, examined
from reports.monthly import draw_issued

if TYPE_CHECKING:  # what is compared knows no database
    from models.queries.issued_months import KnownReport


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a report.

    Attributes:
        report: What it says it is.
        faults: What is wrong with it; none where all is well.
        says: What else is worth knowing.
    """

    report: Examined
    faults: tuple[Message, ...]
    says: tuple[Message, ...]


def alone(content: bytes) -> Verdict:
    """Judge a report by itself, on any computer.

    Raises:
        Refused: As of `examined`.
    """
    report = examined(content)
    if report.faults:
        return Verdict(report, report.faults, ())
    fits = message("Figures, pages and attachments belong together.")
    who = message("Who has made it, the register that issued it can tell.")
    return Verdict(report, (), (fits, who))


def with_register(content: bytes, known: "KnownReport | None") -> Verdict:
    """Judge a report against what was issued under its number.

    Args:
        content: The PDF.
        known: What the register has under its number; None: nothing was issued under it.

    Raises:
        Refused: As of `examined`.
    """
    report = examined(content)
    faults = list(report.faults)
    if known is None:
        faults.append(message("This register has issued no report under that number."))
    elif not _is_issued(content, report.language, known):
        faults.append(message("It is not what was issued under that number."))
    return Verdict(report, tuple(faults), tuple(_said(known)) if known is not None else ())


def _is_issued(content: bytes, language: str, known: "KnownReport") -> bool:
    """Whether it is the paper, or the same figures in the language that it names: those are drawn again to the byte."""
    if content == known.pdf:
        return True
    if language not in choices_of(REPORT_LANGUAGES, beside=True):
        return False
    return content == draw_issued(known.figures, language, known.row.issue(known.before))


def _said(known: "KnownReport") -> Iterator[Message]:
    row = known.row
    yield message("It was issued on {day} by {name}.", day=row.issued_on, name=row.issued_by)
    if row.number == known.newest:
        yield message("There is no newer revision of it.")
    else:
        yield message("It was replaced: the newest revision is {number}.", number=known.newest)
