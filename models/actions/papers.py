"""What leaves the register on paper or in a file: each time is an entry of the trail (rules.md, The trail)."""

from models.errors import Refused
from models.rules.entry import needed
from models.rules.people import EVERYBODY
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("papers.printed", roles=EVERYBODY, told=N_("Printed a paper"), only_tells=True)
def printed(unit: UnitOfWork, *, paper: str, subject: str, digest: str) -> None:
    """Enter that a paper was sent to a printer.

    Args:
        unit: The unit of work.
        paper: The name of the paper in `reports.catalogue`, such as `monthly`.
        subject: What it is about, such as `month:US-2025 2026-10`.
        digest: SHA-256 of its bytes, in hexadecimal.
    """
    _enter(unit, paper, subject, digest)


@action("papers.saved", roles=EVERYBODY, told=N_("Saved a paper"), only_tells=True)
def saved(unit: UnitOfWork, *, paper: str, subject: str, digest: str) -> None:
    """Enter that a paper or an export was saved to a file; where it lies is nobody's business here.

    Args:
        unit: The unit of work.
        paper: What was saved.
        subject: What it is about.
        digest: SHA-256 of its bytes, in hexadecimal.
    """
    _enter(unit, paper, subject, digest)


def _enter(unit: UnitOfWork, paper: str, subject: str, digest: str) -> None:
    kind, _, number = needed(subject, Refused("Say what the paper is about.", field="subject")).partition(":")
    unit.about(kind, number)
    unit.note(paper=paper, digest=digest)
