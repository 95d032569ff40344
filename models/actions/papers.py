"""What leaves the register on paper, in a file or by the clipboard: each time is an entry of the trail, made before.

Not to be called but by `models.exchange.door`, which sees to the order.
"""

from models.entities.papers import PaperNumber
from models.errors import Refused
from models.repositories.papers import has_number, next_number
from models.rules.papers import CERTIFY, Outgoing
from models.rules.people import EVERYBODY
from models.rules.vocabulary import Protection
from models.store.declaring import Declared, action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("papers.printed", roles=EVERYBODY, told=N_("Printed a paper"), only_tells=True)
def printed(
    unit: UnitOfWork,
    *,
    what: Outgoing,
    subject: str,
    digest: str,
    reader: str = "",
    number: str = "",
    copies: int = 1,
    pages: str = "",
) -> None:
    """Enter that a paper goes to a printer; with this it has the number that stands on it.

    Args:
        unit: The unit of work.
        what: Its declaration.
        subject: What it is about, such as `month:US-2025 2026-10`.
        digest: SHA-256 of its bytes, in hexadecimal.
        reader: For whom it is; empty: that was not said.
        number: Such as `3/2026`: the next of its kind in that year, or the one that it has; empty: it has none.
        copies: How many times.
        pages: Which pages of it, as 2-4,7; empty: all.

    Raises:
        Refused: The role may not have it, or the number was given to another paper meanwhile.
        Unavailable: Somebody else has the register open for writing, so that no number can be given.
    """
    _enter(unit, what, subject, digest, reader, number)
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
    number: str = "",
    plain: str = "",
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
        number: As of `printed`.
        plain: SHA-256 of the paper itself, where the file is a wrapping of it: by that it is known to have its number.
        protection: How the file is encrypted; `models.exchange.sending` alone says so.
        certificate: SHA-256 of the certificate for which it is, in hexadecimal.

    Raises:
        Refused, Unavailable: As of `printed`.
    """
    _enter(unit, what, subject, digest, reader, number, plain)
    if protection is not Protection.NONE:
        unit.note(protection=protection.value, **({"certificate": certificate} if certificate else {}))


@action("papers.copied", roles=EVERYBODY, told=N_("Copied rows of a list"), only_tells=True)
def copied(unit: UnitOfWork, *, what: Outgoing, subject: str, digest: str) -> None:
    """Enter that rows of a list go to the clipboard; else as `printed`."""
    _enter(unit, what, subject, digest)


@action("papers.failed", roles=EVERYBODY, told=N_("A paper did not leave whole"), only_tells=True)
def failed(unit: UnitOfWork, *, what: Outgoing, subject: str, digest: str, number: str = "") -> None:
    """Enter that what was entered has not left, or not whole: the disk or the printer said no, or it was cancelled.

    A number that it was given stays its own: the same paper has it when it leaves later, and no other ever.
    """
    _note(unit, what, subject, digest, number)


CERTIFIES = Declared(name="papers.number", roles=CERTIFY, told=N_("Gave a paper its number"))
"""Asked for by the entry of a paper with a number; an earlier Konak made it an entry of its own."""


def _enter(
    unit: UnitOfWork, what: Outgoing, subject: str, digest: str, reader: str = "", number: str = "", plain: str = ""
) -> None:
    _note(unit, what, subject, digest, number)
    if reader:
        unit.note(reader=reader)
    if number and not has_number(unit.connection, what.id, plain or digest):
        _give(unit, what, number, plain or digest)


def _give(unit: UnitOfWork, what: Outgoing, number: str, digest: str) -> None:
    """Give a paper its number, in the transaction of its entry: so no number is without a paper that was entered."""
    if unit.holder is not None:
        raise unit.holder.refusal()
    unit.person.check_may(CERTIFIES)
    said, year = map(int, number.split("/"))
    if said != next_number(unit.connection, what.id, year):
        raise Refused(
            "The number {number} was given to another paper meanwhile. Make the paper anew, and it gets the next.",
            number=number,
        )
    row = PaperNumber(paper=what.id, year=year, number=said, digest=digest, given_at=unit.now, given_by=unit.person.id)
    unit.session.add(row)


def _note(unit: UnitOfWork, what: Outgoing, subject: str, digest: str, number: str) -> None:
    kind, _, whose = subject.partition(":")
    unit.about(kind, whose)
    what.check_role(unit.person.role)
    unit.note(paper=what.id, title=what.title, digest=digest, **({"number": number} if number else {}))
