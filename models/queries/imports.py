"""What was brought in with files, and what taking it back would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.entities.imports import Import
from models.entities.people import User
from models.entities.programmes import Programme
from models.errors import Refused
from models.ids import ImportId
from models.repositories.imports import Brought, built_on
from models.rules.people import reads
from models.rules.vocabulary import ImportKind, SealedKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message, counted, message

_OTHER = aliased(User)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A file that was brought in.

    Attributes:
        programme: The code of the programme.
        counts: How many rows became what, by name.
        entered_at: When, in UTC.
        by: Who did it.
        taken_back_at: When it was taken back, in UTC; None where it stands.
        back_by: Who took it back.
        reason: Why.
    """

    id: ImportId
    kind: ImportKind
    programme: str
    counts: dict[str, int]
    entered_at: datetime
    by: str
    taken_back_at: datetime | None
    back_by: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What taking an import back would do.

    Attributes:
        stays: How many stays would go.
        residents: How many residents.
        candidates: How many candidates.
        restored: How many stays would be as they were before: open again, or with the former dates.
        against: What was built on it, in words; nothing where it can be taken back.
    """

    stays: int
    residents: int
    candidates: int
    restored: int
    against: tuple[Message, ...]


def told(found: Consequences) -> tuple[Message, ...]:
    """What taking an import back would do, in sentences; or what stands against it."""
    if found.against:
        return (
            message(
                "Something was built on what this file brought in. Take that back first. Where that cannot be, put "
                "right what is wrong with each person, or take their arrivals back."
            ),
            *found.against,
        )
    said = [
        counted("{n} stay goes.", "{n} stays go.", found.stays),
        counted("{n} resident goes.", "{n} residents go.", found.residents),
        counted("{n} candidate goes.", "{n} candidates go.", found.candidates),
        counted("{n} stay is as it was before.", "{n} stays are as they were before.", found.restored),
    ]
    return tuple(each for each in said if each.values["n"])


_ROWS = Rows(ImportRow, Import, programme=Programme.code, by=User.name, back_by=_OTHER.name)


def latest(snapshot: Snapshot) -> Sequence[ImportRow]:
    """The files that were brought in, the latest first."""
    found = snapshot.connection.execute(
        _ROWS.select()
        .join(Programme, Programme.id == Import.programme_id)
        .join(User, User.id == Import.entered_by)
        .outerjoin(_OTHER, _OTHER.id == Import.taken_back_by)
        .order_by(Import.id.desc())
    )
    return _ROWS.rows(found)


def consequences(snapshot: Snapshot, *, import_id: ImportId) -> Consequences:
    """What taking an import back would do.

    What is sealed from the role of who asks is not among what stands against it: the action itself still refuses.

    Raises:
        Refused: There is no such import.
    """
    entry = snapshot.connection.scalar(select(Import.entry).where(Import.id == import_id))
    if entry is None:
        raise Refused("This import is not in the register. Choose one from the list.", field="import_id")
    unread = [kind for kind in SealedKind if not reads(snapshot.person.role, kind)]
    brought = Brought.of(snapshot.connection, entry)
    return Consequences(
        stays=brought.count("stays"),
        residents=brought.count("residents"),
        candidates=brought.count("candidates"),
        restored=len({each.id for each in brought.merged() if each.table.name == "stays"}),
        against=built_on(snapshot.connection, brought, unread=unread),
    )
