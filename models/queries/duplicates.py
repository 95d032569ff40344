"""Who in the register may be the same person: the likely pairs of residents, and how each looks now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.entities.imports import Import
from models.entities.residents import Resident
from models.errors import Refused
from models.ids import ImportId, ResidentId
from models.queries import residents
from models.queries.residents import ResidentRow
from models.repositories import duplicates
from models.repositories.alike import told_apart
from models.repositories.imports import Brought
from models.rules.likeness import Likeness
from models.rules.vocabulary import ImportKind
from models.store.snapshot import Snapshot
from models.text import Message

MOST = 500
"""So many of the likeliest pairs are shown: after these are settled the register is asked again."""


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two residents who may be one.

    Attributes:
        this: Who was entered first.
        other: Who was entered later.
        likeness: How likely, and why.
    """

    this: ResidentId
    other: ResidentId
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the register.

    Attributes:
        pairs: The likeliest first, no more than were asked for.
        n: How many there are.
        is_more: Whether there are more than `n`.
        compared: How many residents were compared.
    """

    pairs: tuple[LikelyPair, ...]
    n: int
    is_more: bool
    compared: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two residents who may be one, as they are now.

    Attributes:
        id: The place of the pair among those that were asked for.
        reasons: What speaks for it, the strongest first, and what speaks against it.
        score: In points, as `models.rules.likeness` has them.
    """

    id: int
    this: ResidentRow
    other: ResidentRow
    reasons: tuple[Message, ...]
    score: float


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """A file that brought residents in, to ask who of these was here before.

    Attributes:
        on: The local date on which it came.
        people: How many it brought.
    """

    id: ImportId
    on: date
    people: int


def find(
    snapshot: Snapshot,
    *,
    import_id: ImportId | None = None,
    most: int = MOST,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Found:
    """The pairs of residents that may be one person each, and of whom nobody has settled it; over all of the register.

    It takes some three and a half minutes of the processor for 400,000 people.

    Args:
        snapshot: Of the reading.
        import_id: One of each pair must have come with this import; None: anybody.
        most: So many pairs at the most.
        progress: Is told how far it is; what it raises ends the work.

    Raises:
        Refused: There is no such import.
    """
    only = None if import_id is None else _came_with(snapshot, import_id)
    found = duplicates.likely_residents(snapshot.connection, only=only, most=most, progress=progress)
    return Found(tuple(LikelyPair(*pair) for pair in found.pairs), found.n, found.is_more, found.compared)


def rows(snapshot: Snapshot, *, pairs: Sequence[LikelyPair]) -> tuple[PairRow, ...]:
    """The pairs that still are open, as the two look now: without those who were joined or told apart since."""
    people = sorted({who for pair in pairs for who in (pair.this, pair.other)})
    found = {row.id: row for row in residents.rows(snapshot, people)}
    apart = told_apart(snapshot.connection)
    remain = set(
        snapshot.connection.scalars(
            select(Resident.id).where(Resident.id.in_(people), Resident.joined_into_id.is_(None))
        )
    )
    return tuple(
        PairRow(at, found[pair.this], found[pair.other], pair.likeness.reasons, pair.likeness.score)
        for at, pair in enumerate(pairs)
        if {pair.this, pair.other} <= remain
        and frozenset((f"resident:{pair.this}", f"resident:{pair.other}")) not in apart
    )


def imports(snapshot: Snapshot) -> tuple[ImportChoice, ...]:
    """The files that brought stays of new people in and were not taken back, the latest first."""
    asked = (
        select(Import.id, Import.entered_at, Import.counts)
        .where(Import.kind == ImportKind.STAYS, Import.taken_back_at.is_(None))
        .order_by(Import.id.desc())
        .limit(50)
    )
    zone = snapshot.facility.zone
    return tuple(
        ImportChoice(row.id, row.entered_at.astimezone(zone).date(), row.counts["people"])
        for row in snapshot.connection.execute(asked)
        if row.counts.get("people")
    )


def _came_with(snapshot: Snapshot, import_id: ImportId) -> set[ResidentId]:
    entry = snapshot.connection.scalar(select(Import.entry).where(Import.id == import_id))
    if entry is None:
        raise Refused("This import is not in the register. Choose one from the list.", field="import_id")
    rows = Brought.of(snapshot.connection, entry).rows
    return {ResidentId(number) for number in rows.get(Resident.metadata.tables["residents"], ())}
