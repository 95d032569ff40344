"""What a file has brought in, as its entry in the trail tells it, and what was built on that since."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Date, Enum, Table, not_, or_, select, true

from models.entities import Base
from models.entities.base import Amount, Birth, Instant
from models.entities.imports import Import
from models.entities.residents import Resident
from models.entities.safeguards import Incident
from models.entities.selection import Candidate, ProposedList
from models.entities.stays import Stay, StayLimit
from models.entities.trail import TrailEntry
from models.ids import ImportId, ListId, ProgrammeId
from models.repositories.sealed_corrections import CORRECTIONS
from models.rules.birth import BirthDate
from models.rules.limits import standing
from models.rules.needs import SEALED_AS, SEALED_NEEDS
from models.rules.vocabulary import (
    SEALED_CHECKS,
    ImportKind,
    LimitBasis,
    PlanState,
    ProposalState,
    SealedKind,
)
from models.store import trail
from models.store.details import canonical, is_erased
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, counted, message

_AT_ONCE = 400
_NAMED = 5
"""So many people are named who stand against a taking back."""
_OWN_AFFAIR = {"imports", "import_answers", "resident_numbers", "spent_numbers", "touched_months"}
"""Tables of which a taking back leaves what the import wrote: numbers that were given are not given again."""
SEALED: Mapping[str, Callable[[Table], ColumnElement[bool]]] = {
    "sealed_notes": lambda _table: true(),
    "note_corrections": lambda _table: true(),
    "list_remarks": lambda _table: true(),
    "remark_corrections": lambda _table: true(),
    "checks": lambda _table: true(),
    "complaints": lambda _table: true(),
    "self_harms": lambda _table: true(),
    "needs": lambda table: table.c.kind.in_(SEALED_NEEDS),
}
"""Which rows of a table are sealed. That there is one is told by no word of its own: somebody was changed since."""
_BUILT: Mapping[str, str] = {
    "stays": N_("a stay"),
    "placements": N_("a bed"),
    "absences": N_("an absence"),
    "planned_leaves": N_("a planned leave"),
    "plans": N_("a departure plan"),
    "endings": N_("a departure"),
    "reviews": N_("a review"),
    "stay_limits": N_("another last day"),
    "documents": N_("a document"),
    "partner_numbers": N_("a number with the partner"),
    "residents": N_("an arrival"),
    "taken_back_arrivals": N_("an arrival"),
    "candidate_decisions": N_("a decision"),
    "list_changes": N_("a new version of the list"),
    "candidate_answers": N_("an answer to a criterion"),
    "erasures": N_("an erasure"),
    "joinings": N_("that two residents are one"),
    "told_apart": N_("that two residents are two persons"),
    "incident_persons": N_("an incident"),
    "needs": N_("a need"),
    "waiting_entries": N_("what waits to be entered of an arrival"),
}
"""What may be built on something, by table."""
_KINDS = {
    "complaints": SealedKind.COMPLAINT,
    "self_harms": SealedKind.HEALTH,
    "needs": SEALED_AS,
}
"""Of which kind the sealed rows of a table are, where all of them are of one."""
_CORRECTED = {CORRECTIONS[entity].__tablename__: entity.__tablename__ for entity in CORRECTIONS}
"""The table of what each table of corrections puts right."""
_BY_NUMBER = {("plans", "stay_id"): "stays"}
"""What names a row by its number alone, so that the database would let that row go: column, and table of the row."""


def record(
    unit: UnitOfWork,
    kind: ImportKind,
    programme_id: ProgrammeId,
    file_hash: str,
    counts: Mapping[str, int],
    list_id: ListId | None = None,
) -> ImportId:
    """Keep that a file is brought in by this unit, so that it can be taken back; `list_id`: a version of this list."""
    row = Import(
        programme_id=programme_id,
        kind=kind,
        file_hash=file_hash,
        list_id=list_id,
        entry=trail.head(unit.connection)[0] + 1,
        counts=dict(counts),
        entered_by=unit.person.id,
        entered_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that was there before, and what the import made of it."""

    table: Table
    id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(slots=True)
class Brought:
    """What an import wrote.

    Attributes:
        entry: The number of its entry in the trail.
        rows: The numbers of the rows that it added, by table.
        changed: The rows that it changed, in their order.
        is_erased: Whether something of it was erased since.
    """

    entry: int
    rows: dict[Table, set[int]] = field(default_factory=lambda: defaultdict(set))
    changed: list[Changed] = field(default_factory=list)
    is_erased: bool = False

    @classmethod
    def of(cls, connection: Connection, entry: int) -> "Brought":
        """As the entry tells it."""
        details = json.loads(connection.scalars(select(TrailEntry.details).where(TrailEntry.number == entry)).one())
        brought, tables = cls(entry), Base.metadata.tables
        for run in details["written"]:
            brought.rows[tables[run["table"]]] |= {*range(run["first"], run["last"] + 1)}
            brought.is_erased |= "erased" in run or is_erased(run.get("digest"))
        for change in details["changed"]:
            if change["table"] in _OWN_AFFAIR or not change["id"].isdigit():
                continue
            table, number = tables[change["table"]], int(change["id"])
            brought.is_erased |= any(
                is_erased(value) for state in ("before", "after") for value in change[state].values()
            )
            if not change["before"]:
                brought.rows[table].add(number)
            elif number not in brought.rows[table]:
                brought.changed.append(Changed(table, number, change["before"], change["after"]))
        return brought

    def count(self, name: str) -> int:
        """How many rows of a table it added."""
        return len(self.rows.get(Base.metadata.tables[name], ()))

    def merged(self) -> Iterator[Changed]:
        """The rows that it changed, each once: as it was before all of it, and as it was after."""
        found: dict[tuple[str, int], Changed] = {}
        for each in self.changed:
            first = found.get((each.table.name, each.id))
            before = each.before if first is None else {**each.before, **first.before}
            after = each.after if first is None else {**first.after, **each.after}
            found[each.table.name, each.id] = Changed(each.table, each.id, before, after)
        return iter(found.values())


def built_on(connection: Connection, brought: Brought, *, unread: Collection[SealedKind] = ()) -> tuple[Message, ...]:
    """What was built on an import since, in words; nothing where it can be taken back.

    Args:
        connection: To the register.
        brought: What the import wrote.
        unread: Of which kinds nothing is told, not even that there is something.
    """
    said: list[Message] = []
    sealed = set[str]()
    if brought.is_erased:
        said.append(message("Something of it was erased since."))
    for name, table in sorted(Base.metadata.tables.items()):
        if name.startswith("trail") or name in _OWN_AFFAIR:
            continue
        found = _built(connection, table, brought, _is_told(table, unread)) - _spent(connection, table, brought)
        if found and name in SEALED:
            hidden = found & _built(connection, table, brought, SEALED[name](table))
            sealed |= {_called(connection, table, number) for number in hidden}
            found -= hidden
        if found:
            what = Message(_BUILT.get(name, N_("something else")))
            undone = found & _undone(connection, table, brought)
            for numbers, told in (
                (found - undone, N_("Entered since: {what} ({n}). {whose}")),
                (undone, N_("Entered since, and undone: {what} ({n}). {whose}")),
            ):
                if numbers:
                    whose = _whose(connection, table, numbers)
                    said.append(Message(told, {"what": what, "n": len(numbers), "whose": whose}))
    if changed := sorted({*sealed, *_changed_since(connection, brought)}):
        said.append(
            counted(
                "{n} row was changed since: {whose}",
                "{n} rows were changed since: {whose}",
                len(changed),
                whose=", ".join(changed[:_NAMED]) + (" …" if len(changed) > _NAMED else ""),
            )
        )
    return tuple(said)


def stays_undone(connection: Connection, brought: Brought) -> bool:
    """Whether something of an import was erased, or built on it and undone, which is on record: nothing can free it."""
    return brought.is_erased or any(_undone(connection, table, brought) for table in Base.metadata.tables.values())


def _built(connection: Connection, table: Table, brought: Brought, such: ColumnElement[bool]) -> set[int]:
    """The numbers of such rows of a table that name a row that an import added, and are none of it themselves."""
    found = set[int]()
    for column in table.columns:
        named = {key.column.table.name for key in column.foreign_keys} | {_BY_NUMBER.get((table.name, column.name), "")}
        for name in named - {""}:
            for within in _within(column, brought.rows.get(Base.metadata.tables[name], ())):
                (own,) = table.primary_key
                found |= set(connection.scalars(select(own).where(within, such))) - brought.rows.get(table, set())
    return found


def _undone(connection: Connection, table: Table, brought: Brought) -> set[int]:
    """Those rows that name a row of an import and tell of something that was undone: they only stay to tell of it."""
    if table.name == "plans":
        return _built(connection, table, brought, table.c.state == PlanState.CANCELLED)
    if table.name == "taken_back_arrivals":
        return _built(connection, table, brought, true())
    if table.name == "incident_persons":
        taken_back = select(Incident.id).where(Incident.is_taken_back)
        return _built(connection, table, brought, table.c.incident_id.in_(taken_back))
    if table.name in _CORRECTED:
        return set()  # `_spent`: they go with what they put right
    return _built(connection, table, brought, table.c.undone_at.is_not(None)) if "undone_at" in table.c else set()


def _spent(connection: Connection, table: Table, brought: Brought) -> set[int]:
    """Those rows that name a row of an import and tell of what was taken back, so that nothing of it holds.

    They go with the import, since what they tell stands in the entries as well. A check is never deleted, and what was
    found of two residents, of somebody of another list or in the house is not of the import alone: such rows stay
    (`_undone`).
    """
    match table.name:
        case "stay_limits":
            return _limits_back(connection, brought)
        case "planned_leaves":
            return _built(connection, table, brought, table.c.called_off.is_not(None) & table.c.absence_id.is_(None))
        case "candidate_decisions":
            back = select(table.c.takes_back_id).where(table.c.takes_back_id.is_not(None))
            return _built(connection, table, brought, table.c.takes_back_id.is_not(None) | table.c.id.in_(back))
        case "decision_proposals":
            decisions = Base.metadata.tables["candidate_decisions"]
            spent = _spent(connection, decisions, brought)
            held = set(connection.scalars(select(decisions.c.proposal_id).where(decisions.c.proposal_id.is_not(None))))
            of_spent = set(connection.scalars(select(decisions.c.proposal_id).where(decisions.c.id.in_(spent))))
            settled = _built(connection, table, brought, table.c.state != ProposalState.WAITING)
            return settled - (held - of_spent)
        case "likeness_verdicts":
            return _verdicts_back(connection, table, brought)
        case "sealed_notes" | "list_remarks":
            (by,) = (Base.metadata.tables[name] for name, of in _CORRECTED.items() if of == table.name)
            own = _built(connection, table, brought, _is_spent(table, by))
            return own | _came_instead(connection, by, brought.rows.get(table, set()) | own)
        case name if name in _CORRECTED:
            of = Base.metadata.tables[_CORRECTED[name]]
            gone = brought.rows.get(of, set()) | _spent(connection, of, brought)
            return {each.id for each in _corrections(connection, table, gone) if _goes(each, gone)}
    return set()


def _verdicts_back(connection: Connection, table: Table, brought: Brought) -> set[int]:
    """What was found of two people of one and the same import, and taken back."""
    people = brought.rows.get(Base.metadata.tables["candidates"], set())
    back = _built(connection, table, brought, table.c.undone_at.is_not(None) & table.c.resident_id.is_(None))
    asked = select(table.c.id, table.c.candidate_id, table.c.other_id).where(table.c.id.in_(back))
    return {row.id for row in connection.execute(asked) if {row.candidate_id, row.other_id} <= people}


def _is_spent(table: Table, by: Table) -> ColumnElement[bool]:
    """SQL: whether a note or a remark was taken back, and stands in the place of none that would hold again."""
    own = select(by.c.id).where(by.c.corrected_id == table.c.id, by.c.undone_at.is_(None), by.c.instead_id.is_(None))
    stands_for = select(by.c.id).where(by.c.instead_id == table.c.id, by.c.undone_at.is_(None))
    return own.exists() & ~stands_for.exists()


def _came_instead(connection: Connection, by: Table, numbers: set[int]) -> set[int]:
    """What came instead of some notes or remarks, of whomever, and was taken back: it says what these said."""
    back = set(connection.scalars(select(by.c.corrected_id).where(by.c.undone_at.is_(None), by.c.instead_id.is_(None))))
    found, asked = set[int](), numbers
    while asked:
        came = {each.instead_id for each in _corrections(connection, by, asked) if each.corrected_id in asked}
        asked = (came & back) - found - numbers
        found |= asked
    return found


def _corrections(connection: Connection, by: Table, numbers: set[int]) -> list[Any]:
    """The corrections of some notes or remarks, and those that brought them."""
    found: dict[int, Any] = {}
    for column in (by.c.corrected_id, by.c.instead_id):
        for within in _within(column, numbers):
            found |= {each.id: each for each in connection.execute(select(by).where(within))}
    return [*found.values()]


def _goes(correction: Any, gone: set[int]) -> bool:  # noqa: ANN401 - a row of either table
    """Whether a correction goes with its note: not where another note holds by it."""
    return correction.undone_at is not None or correction.instead_id is None or correction.instead_id in gone


def _limits_back(connection: Connection, brought: Brought) -> set[int]:
    """The limits of stays of an import that were laid down since, where those hold again that the import laid down."""
    table = Base.metadata.tables["stay_limits"]
    since = _built(connection, table, brought, true())
    found = set[int]()
    for number in set(connection.scalars(select(table.c.stay_id).where(table.c.id.in_(since)))):
        laid = connection.execute(select(StayLimit).where(table.c.stay_id == number).order_by(table.c.id)).all()
        first = [each for each in laid if each.id not in since]
        if _that_hold(laid) == _that_hold(first):
            found |= {each.id for each in laid} & since
    return found


def _that_hold(laid: Sequence[Any]) -> list[tuple[date, LimitBasis]]:
    return [(each.limit_on, each.basis) for each in standing(laid) if each.limit_on is not None]


def _is_told(table: Table, unread: Collection[SealedKind]) -> ColumnElement[bool]:
    """SQL: whether somebody may know of a row who reads nothing of some kinds of what is sealed."""
    if table.name in ("sealed_notes", "list_remarks", *_CORRECTED):
        return table.c.kind.not_in(unread)
    if table.name == "checks" and SealedKind.CHECK in unread:
        return table.c.kind.not_in(SEALED_CHECKS)
    if _KINDS.get(table.name) in unread:
        return not_(SEALED[table.name](table))
    return true()


def _within(column: Column[Any], numbers: "set[int] | Sequence[int]") -> Iterator[ColumnElement[bool]]:
    """SQL: whether a column holds one of many numbers, most of which follow each other."""
    runs = [
        [number for _, number in each]
        for _, each in groupby(enumerate(sorted(numbers)), key=lambda placed: placed[1] - placed[0])
    ]
    for begin in range(0, len(runs), _AT_ONCE):
        yield or_(*(column.between(run[0], run[-1]) for run in runs[begin : begin + _AT_ONCE]))


def _whose(connection: Connection, table: Table, numbers: set[int]) -> str:
    """The numbers of some residents to whom rows belong."""
    some = sorted(numbers)[:_NAMED]
    (key,) = table.primary_key
    if table.name in _CORRECTED:
        corrected = set(connection.scalars(select(table.c.corrected_id).where(key.in_(some))))
        return _whose(connection, Base.metadata.tables[_CORRECTED[table.name]], corrected)
    asked = select(Resident.number)
    if table.name == "residents":
        asked = asked.where(Resident.id.in_(some))
    elif "resident_id" in table.columns:
        asked = asked.where(Resident.id.in_(select(table.c.resident_id).where(key.in_(some))))
    elif "stay_id" in table.columns:
        stays = select(table.c.stay_id).where(key.in_(some))
        asked = asked.where(Resident.id.in_(select(Stay.resident_id).where(Stay.id.in_(stays))))
    else:
        return ""
    return ", ".join(connection.scalars(asked.distinct().order_by(Resident.number)))


def _changed_since(connection: Connection, brought: Brought) -> Iterator[str]:
    """Of whom rows that the import wrote are another now. What was changed and put back since is as it was."""
    suspects = {*_edited(connection, brought), *_otherwise(connection, brought)}
    before = _as_they_were(connection, brought.entry, suspects) if suspects else {}
    for place in suspects:
        was, now = before.get(place), _told_now(connection, *place)
        if was is None or now is None or any(is_erased(value) or now.get(name) != value for name, value in was.items()):
            yield _called(connection, *place)


def _edited(connection: Connection, brought: Brought) -> Iterator[tuple[Table, int]]:
    """The rows that the import added and that were written again since: their version says so."""
    for table, numbers in brought.rows.items():
        if "version" not in table.columns or table.name not in ("residents", "stays", "candidates"):
            continue
        for within in _within(table.c.id, numbers):
            for (number,) in connection.execute(select(table.c.id).where(within, table.c.version != 1)):
                yield table, number


def _otherwise(connection: Connection, brought: Brought) -> Iterator[tuple[Table, int]]:
    """The rows that the import changed and that are not as it left them."""
    for each in brought.merged():
        now = _told_now(connection, each.table, each.id)
        if now is None or any(now.get(name) != value for name, value in each.after.items()):
            yield each.table, each.id


def _told_now(connection: Connection, table: Table, number: int) -> dict[str, Any] | None:
    """A row as entries tell it; None where it is gone."""
    (key,) = table.primary_key
    row = connection.execute(select(table).where(key == number)).mappings().first()
    return None if row is None else json.loads(canonical(trail.told(table.name, dict(row))))


def _as_they_were(
    connection: Connection, entry: int, places: Collection[tuple[Table, int]]
) -> dict[tuple[Table, int], dict[str, Any]]:
    """What stood in rows after an entry, in the columns that were written since; versions only count."""
    wanted = {(table.name, str(number)): (table, number) for table, number in places}
    found: dict[tuple[Table, int], dict[str, Any]] = defaultdict(dict)
    later = select(TrailEntry.details).where(TrailEntry.number > entry).order_by(TrailEntry.number)
    for (details,) in connection.execute(later, execution_options={"yield_per": _AT_ONCE}):
        for change in json.loads(details).get("changed", ()):
            place = wanted.get((change["table"], change["id"]))
            if place is not None:
                found[place] = {**change["before"], **found[place]}
    return {place: {name: value for name, value in was.items() if name != "version"} for place, was in found.items()}


def _called(connection: Connection, table: Table, number: int) -> str:
    return _whose(connection, table, {number}) or _listed(connection, table, number) or f"{table.name} {number}"


def _listed(connection: Connection, table: Table, number: int) -> str:
    """The list and the row of the candidate to whom a row belongs; empty where it belongs to none."""
    (key,) = table.primary_key
    if table.name in _CORRECTED:
        corrected = connection.scalars(select(table.c.corrected_id).where(key == number)).one()
        return _listed(connection, Base.metadata.tables[_CORRECTED[table.name]], corrected)
    of = key if table.name == "candidates" else table.c.get("candidate_id")
    if of is None:
        return ""
    asked = select(ProposedList.code, Candidate.row_number).join(Candidate, Candidate.list_id == ProposedList.id)
    found = connection.execute(asked.where(Candidate.id == select(of).where(key == number).scalar_subquery())).first()
    return "" if found is None else f"{found.code} / {found.row_number}"


def take_away(unit: UnitOfWork, brought: Brought) -> None:
    """Take away what an import added, and have what it changed be as it was; the guards look at it once more.

    What only tells of something that was taken back of it goes with it.
    """
    anew = [each for each in brought.merged() if each.table.name not in _OWN_AFFAIR]
    gone = {
        table: numbers
        for table in reversed(Base.metadata.sorted_tables)
        if (numbers := brought.rows.get(table, set()) | _spent(unit.connection, table, brought))
    }
    with unit.unguarded():
        for table, numbers in gone.items():
            unit.remove(table, sorted(numbers))
        for each in anew:
            _restore(unit, each)
    for each in anew:
        # A guard looks at a row that is written, whatever is written: what was restored must fit what is there now.
        names = [
            name for name in ("arrived_on", "departed_on", "from_on", "until_on", "bed_id") if name in each.table.c
        ]
        if names:
            same = {name: each.table.c[name] for name in names}
            unit.connection.execute(each.table.update().where(each.table.c.id == each.id).values(same))
    unit.session.expire_all()


def _restore(unit: UnitOfWork, each: Changed) -> None:
    row = unit.connection.execute(select(each.table).where(each.table.c.id == each.id)).mappings().one()
    former = {name: _typed(each.table.c[name], value) for name, value in each.before.items() if name != "version"}
    changed = {name: (row[name], value) for name, value in former.items() if row[name] != value}
    if "version" in each.table.c:
        changed["version"] = (row["version"], row["version"] + 1)
    unit.update(each.table, each.id, changed)


def _typed(column: Column[Any], told: Any) -> Any:  # noqa: ANN401 - a value as an entry tells it
    """A value as the column has it, from how an entry tells it."""
    if told is None:
        return None
    match column.type:
        case Instant():
            return datetime.fromisoformat(told)
        case Date():
            return date.fromisoformat(told)
        case Birth():
            return BirthDate.parse(told)
        case Amount():
            return Decimal(told)
        case Enum() as words:
            return None if words.enum_class is None else words.enum_class(told)
        case _:
            return told
