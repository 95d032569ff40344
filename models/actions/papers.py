"""What leaves the register on paper, in a file or by the clipboard: each time is an entry of the trail, made before.

Not to be called but by `models.exchange.door`, which sees to the order.
"""

from models.entities.papers import PaperNumber
from models.errors import Refused
from models.repositories.papers import next_number
from models.rules.papers import CERTIFY, Outgoing
from models.rules.people import EVERYBODY
from models.rules.vocabulary import Protection
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("papers.printed", roles=EVERYBODY, told=N_("Printed a paper"), only_tells=True)
def printed(
    unit: UnitOfWork, *, what: Outgoing, subject: str, digest: str, reader: str = "", copies: int = 1, pages: str = ""
) -> None:
    """Enter that a paper goes to a printer.

    Args:
        unit: The unit of work.
        what: Its declaration.
        subject: What it is about, such as `month:US-2025 2026-10`.
        digest: SHA-256 of its bytes, in hexadecimal.
        reader: For whom it is; empty: that was not said.
        copies: How many times.
        pages: Which pages of it, as 2-4,7; empty: all.

    Raises:
        Refused: The role may not have it.
    """
    _enter(unit, what, subject, digest, reader)
    if copies != 1 or pages:
        unit.note(copies=copies, pages=pages)


@action("papers.saved", roles=EVERYBODY, told=N_("Saved a paper"), only_tells=True)
def saved(
    unit: UnitOfWork,
    *,
    what: Outgoing,
    subject: str,
    digest: str,
    reader: str = "",
    protection: Protection = Protection.NONE,
    certificate: str = "",
) -> None:
    """Enter that a paper or a list goes to a file; where that lies is nobody's business here.

    Args:
        unit: The unit of work.
        what: Its declaration.
        subject: As of `printed`.
        digest: SHA-256 of the file, in hexadecimal.
        reader: As of `printed`.
        protection: How the file is encrypted; `models.exchange.sending` alone says so.
        certificate: SHA-256 of the certificate for which it is, in hexadecimal.

    Raises:
        Refused: The role may not have it.
    """
    _enter(unit, what, subject, digest, reader)
    if protection is not Protection.NONE:
        unit.note(protection=protection.value, **({"certificate": certificate} if certificate else {}))


@action("papers.copied", roles=EVERYBODY, told=N_("Copied rows of a list"), only_tells=True)
def copied(unit: UnitOfWork, *, what: Outgoing, subject: str, digest: str) -> None:
    """Enter that rows of a list go to the clipboard; else as `printed`."""
    _enter(unit, what, subject, digest)


@action("papers.number", roles=CERTIFY, told=N_("Gave a paper its number"))
def number(unit: UnitOfWork, *, what: Outgoing, number: str, digest: str) -> None:
    """Give a paper the number that stands on it.

    Args:
        unit: The unit of work.
        what: Its declaration.
        number: Such as `3/2026`: the next of its kind in that year.
        digest: SHA-256 of its bytes, in hexadecimal.

    Raises:
        Refused: The role may not have it, or the number was given to another paper meanwhile.
    """
    what.check_role(unit.person.role)
    said, year = map(int, number.split("/"))
    if said != next_number(unit.connection, what.id, year):
        raise Refused(
            "The number {number} was given to another paper meanwhile. Make the paper anew, and it gets the next.",
            number=number,
        )
    row = PaperNumber(paper=what.id, year=year, number=said, digest=digest, given_at=unit.now, given_by=unit.person.id)
    unit.session.add(row)
    unit.note(paper=what.id, title=what.title, number=number)


def _enter(unit: UnitOfWork, what: Outgoing, subject: str, digest: str, reader: str = "") -> None:
    kind, _, number = subject.partition(":")
    unit.about(kind, number)
    what.check_role(unit.person.role)
    unit.note(paper=what.id, title=what.title, digest=digest, **({"reader": reader} if reader else {}))
