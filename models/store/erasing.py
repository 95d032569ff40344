"""Erases values from the trail and whatever else keeps them; the chain still proves itself (rules.md, The trail).

Where a value stood in the details of an entry, its salted digest stands then, with the number of the entry that tells
of the erasing. Of each row from which something was erased that entry tells all that is left.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from models.entities import Base
from models.entities.trail import TrailEntry, TrailSubject
from models.rules.known_by import KnownBy
from models.store import engine as engines
from models.store import guards, trail
from models.store.details import (
    NO_SALT,
    SALT,
    Details,
    canonical,
    erased,
    is_erased,
    row_digest,
    salted_digest,
    values_of,
)
from models.store.erasures import erased_in, told_erased

Row = dict[str, Any]

_AT_ONCE = 500
_UNSWEPT = 0x4B6F6E61
"""The mark in the head of the file by which the next opening knows that it still has to be swept."""
_KEPT_NOTES = {
    "refused",
    "field",
    "reasons",
    "title",
    "paper",
    "keys",
    "looked",
    "unsigned_until",
    "heads",
    "clock_lags",
}
"""Notes that hold nothing that anybody has typed, or nothing of a resident."""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a row from which something was erased.

    Attributes:
        table: Its name.
        id: Its key, as the trail names it.
        row: All of it; None where nothing is left.
    """

    table: str
    id: str
    row: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Lent:
    """What of a person stood for a time in a row of somebody else.

    Attributes:
        table: The table of that row.
        id: Its number.
        values: What was lent, by column; of a list, each thing in it.
        folded: Texts by which what is made of the lent values is told: a name that is sorted by.
        said_by: The table and the number of the row that says so: it was lent by the first entry that tells of that
            row, and given back by the last.
    """

    table: str
    id: int
    values: Mapping[str, Collection[str]]
    folded: Collection[str]
    said_by: tuple[str, int]

    def is_in(self, name: str, value: object) -> bool:
        """Whether something of it stands in a column."""
        if isinstance(value, str) and name == "sort_name":
            return any(text in value for text in self.folded)
        lent = self.values.get(name, ())
        return any(each in lent for each in value) if isinstance(value, list) else value in lent


@dataclass(frozen=True, slots=True)
class Whose:
    """What belongs to a person, and what may stay of it.

    Attributes:
        rows: The numbers of the rows that are the person's, by table; those that are gone by now too.
        belongs: By table, the column that says to which of which table a row belongs: `stay_id`, of `stays`.
        kept: What may stay, by table and column.
        subjects: Under which subjects the trail tells of the person.
        words: By what the person is known: a note or a remark that says it is erased, whatever it is about.
        parts: By what else they are known in notes of entries that concern them among others.
        lent: What stood for a time in rows of others.
        remarks: Columns of tables that hang on nobody in which people type what they like, by table.
        instead: What stands in such a column where it told of the person.
    """

    rows: dict[str, set[int]]
    belongs: Mapping[str, tuple[str, str]]
    kept: Mapping[str, Collection[str]]
    subjects: Collection[str]
    words: KnownBy
    parts: KnownBy
    lent: Sequence[Lent] = ()
    remarks: Mapping[str, Collection[str]] = field(default_factory=dict)
    instead: str = ""


@dataclass(slots=True)
class Erasing:
    """What was erased, for the entry that tells of it."""

    places: list[str] = field(default_factory=list)
    runs: set[tuple[str, int, int]] = field(default_factory=set)

    @property
    def told(self) -> dict[str, Any]:
        """How many values, and a hash of where they stood."""
        return told_erased(self.places)


def erase_told(connection: Connection, whose: Whose) -> Erasing:
    """Erase from the details of all entries what is a person's; in the transaction whose entry tells of it.

    To be done before anything of the person is taken out of the tables.

    Args:
        connection: It holds the register for writing.
        whose: Of whom. Rows that are gone by now are found on the way, and added.

    Returns:
        What was erased.
    """
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql(f"PRAGMA application_id = {_UNSWEPT}")
    by, done = trail.head(connection)[0] + 1, Erasing()
    about = select(TrailSubject.number).where(TrailSubject.subject.in_(sorted(whose.subjects)))
    concerned = set(connection.scalars(about))
    for _, _, details, _ in _entries(connection):
        for _ in _owned(details, whose):
            pass
    first, spans = _at_first(connection, whose), _spans(connection, whose)
    with guards.lifted(connection):
        _erase(connection, whose, concerned, first, spans, by, done)
    return done


def _erase(
    connection: Connection,
    whose: Whose,
    concerned: set[int],
    first: Mapping[tuple[str, int], Row],
    spans: Mapping[tuple[str, int], list[int]],
    by: int,
    done: Erasing,
) -> None:
    for number, subject, details, salts in _entries(connection):
        known = whose.parts if number in concerned else whose.words
        lent = {*_lent(number, details, whose, spans), *_remarked(details, whose)}
        places = {*_places(details, whose, lent, None if subject in whose.subjects else known)}
        if places or any(_of_run(run, whose) for run in details["written"]):
            anew = _without(details, salts, places, whose, first, by)
            done.places += [f"{number}/{place}" for erased_by, place in erased_in(details) if erased_by == by]
            untold = (run for run in details["written"] if is_erased(run.get("digest")))
            done.runs |= {(run["table"], run["first"], run["last"]) for run in untold}
            connection.execute(
                update(TrailEntry).where(TrailEntry.number == number).values(details=canonical(details), salts=anew)
            )


def write(connection: Connection, left: Mapping[Table, Mapping[int, Mapping[str, Any] | None]]) -> None:
    """Have rows hold what is to be left of them; None: the row goes."""
    for table, rows in left.items():
        (key,) = table.primary_key
        for number, row in rows.items():
            if row is None:
                connection.execute(delete(table).where(key == number))
            elif row:
                connection.execute(update(table).where(key == number).values(**row))


def replace_remarks(connection: Connection, whose: Whose) -> list[Left]:
    """Have something else stand in remarks that tell of the person, and give what is left of their rows."""
    left = []
    for name, columns in sorted(whose.remarks.items()):
        table = Base.metadata.tables[name]
        keys = [*table.primary_key]
        for row in connection.execute(select(table).order_by(*keys)).mappings().all():
            told = {column: whose.instead for column in sorted(columns) if whose.words.is_in(row[column])}
            if told:
                counted = {"version": row["version"] + 1} if "version" in table.c else {}
                own = [key == row[key.name] for key in keys]
                connection.execute(update(table).where(*own).values(**told, **counted))
                now = trail.told(name, dict(connection.execute(select(table).where(*own)).mappings().one()))
                left.append(Left(name, "/".join(str(row[key.name]) for key in keys), now))
    return left


def rows_of(whose: Whose, done: Erasing) -> Mapping[str, set[int]]:
    """The rows of which the entry tells what is left: the person's, and those of others of which values were erased.

    So are those of runs that nothing proves any more.
    """
    rows = {table: set(numbers) for table, numbers in whose.rows.items()}
    for lent in whose.lent:
        rows[lent.table].add(lent.id)
    for table, first, last in done.runs:
        rows[table] |= {*range(first, last + 1)}
    return rows


def _at_first(connection: Connection, whose: Whose) -> dict[tuple[str, int], Row]:
    """The rows of the person as they were at first, where the entries tell it: what changed since is told by them."""
    first: dict[tuple[str, int], Row] = {}
    for name, numbers in whose.rows.items():
        for left in left_of(connection, Base.metadata.tables[name], numbers):
            if left.row is not None:
                first[name, int(left.id)] = json.loads(canonical(left.row))
    told: dict[tuple[str, int], Row] = {}
    for _, _, details, _ in _entries(connection):
        for change in details["changed"]:
            key = change["table"], int(change["id"]) if change["id"].isdigit() else 0
            if key[1] in whose.rows.get(key[0], ()):
                before = told.setdefault(key, {})
                before |= {name: value for name, value in change["before"].items() if name not in before}
    return {key: first.get(key, {}) | told.get(key, {}) for key in {*first, *told}}


def _without(
    details: Details,
    salts: bytes,
    places: set[int],
    whose: Whose,
    first: Mapping[tuple[str, int], Row],
    by: int,
) -> bytes:
    """Erase some values and the rows of the person from details, and give the salts that are left."""
    anew, last = bytearray(salts), 0
    for place, (values, name) in enumerate(values_of(details)):
        at, last = slice(place * SALT, (place + 1) * SALT), place + 1
        if place in places:
            values[name] = erased(salted_digest(values[name], bytes(anew[at])), by)
            anew[at] = NO_SALT
    for run in details["written"]:
        if "salted" in run:
            for row in _of_run(run, whose):
                place = last + row - run["first"]
                at = slice(place * SALT, (place + 1) * SALT)
                if str(row) not in run.setdefault("erased", {}):
                    digest = row_digest(first[run["table"], row], run["columns"], bytes(anew[at]))
                    run["erased"][str(row)] = erased(digest.hex(), by)
                    anew[at] = NO_SALT
            last += run["rows"]
    return bytes(anew)


def left_of(connection: Connection, table: Table, ids: Collection[int]) -> Iterator[Left]:
    """What stands of some rows now."""
    (key,) = table.primary_key
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        there = {row[key.name]: dict(row) for row in connection.execute(select(table).where(key.in_(part))).mappings()}
        for number in part:
            row = there.get(number)
            yield Left(table.name, str(number), None if row is None else trail.told(table.name, row))


def sweep(connection: Any, folder: Path) -> bool:  # noqa: ANN401 - sqlcipher3 has no types
    """Let the file and what lies beside it hold nothing any more that was erased.

    Args:
        connection: Of sqlcipher3, on the register, outside of any transaction.
        folder: Of the register.

    Returns:
        False where somebody else has the register open, so that it has to be done again.
    """
    for copy in folder.glob("register-before-*"):
        copy.unlink(missing_ok=True)
    connection.execute("PRAGMA secure_delete = ON")
    try:
        connection.execute("VACUUM")
        is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not is_busy:
            connection.execute("PRAGMA application_id = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except engines.Error as error:
        if engines.unavailable(error) is None:
            raise
        return False  # it is done at the next opening
    return not is_busy


def is_unswept(connection: Any) -> bool:  # noqa: ANN401 - sqlcipher3 has no types
    """Whether something was erased of which the file may hold traces still."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == _UNSWEPT)


def _entries(connection: Connection) -> Iterator[tuple[int, str, Details, bytes]]:
    last = 0
    while found := connection.execute(
        select(TrailEntry.number, TrailEntry.subject, TrailEntry.details, TrailEntry.salts)
        .where(TrailEntry.number > last)
        .order_by(TrailEntry.number)
        .limit(_AT_ONCE)
    ).all():
        for row in found:
            yield row.number, row.subject, json.loads(row.details), row.salts
        last = found[-1].number


def _spans(connection: Connection, whose: Whose) -> dict[tuple[str, int], list[int]]:
    """The numbers of the entries that tell of the rows by which something was lent."""
    spans: dict[tuple[str, int], list[int]] = {lent.said_by: [] for lent in whose.lent}
    for number, _, details, _ in _entries(connection) if spans else ():
        for change in details["changed"]:
            if change["id"].isdigit() and (key := (change["table"], int(change["id"]))) in spans:
                spans[key].append(number)
    return spans


def _lent(
    number: int, details: Details, whose: Whose, spans: Mapping[tuple[str, int], list[int]]
) -> Iterator[tuple[int, str]]:
    """The values of others in an entry that are the person's: by which mapping, and the name in it."""
    for lent in whose.lent:
        told = spans[lent.said_by]
        if not told or not told[0] <= number <= told[-1]:
            continue
        for change in details["changed"]:
            if (change["table"], change["id"]) == (lent.table, str(lent.id)):
                states = change["before"], change["after"]
                yield from ((id(state), name) for state in states for name in state if lent.is_in(name, state[name]))


def _remarked(details: Details, whose: Whose) -> Iterator[tuple[int, str]]:
    """The remarks in an entry that tell of the person: by which mapping, and the name in it."""
    for change in (*details["changed"], *details.get("left", ())):
        columns = whose.remarks.get(change["table"], ())
        states = [change[part] for part in ("before", "after", "row") if columns and change.get(part)]
        yield from ((id(state), name) for state in states for name in columns if whose.words.is_in(state.get(name)))


def _places(details: Details, whose: Whose, lent: Collection[tuple[int, str]], known: KnownBy | None) -> Iterator[int]:
    """Which values of an entry are the person's, by their place.

    Args:
        details: Of the entry.
        whose: Of whom.
        lent: Which values of others are the person's, as `_lent` and `_remarked` give them.
        known: By what a note is told to be the person's; None: all of them are.
    """
    owned = {id(values): table for table, values in _owned(details, whose)}
    runs = {id(run) for run in details["written"] if "digest" in run and _of_run(run, whose)}
    for place, (values, name) in enumerate(values_of(details)):
        if is_erased(values[name]):
            continue
        if id(values) in owned:
            if name not in whose.kept.get(owned[id(values)], ()) or name == "birth":
                yield place
        elif (id(values), name) in lent:
            yield place
        elif values is details["notes"]:
            if name not in _KEPT_NOTES and (known is None or known.is_in(values[name])):
                yield place
        elif id(values) in runs:
            yield place


def _owned(details: Details, whose: Whose) -> Iterator[tuple[str, dict[str, Any]]]:
    """The mappings of values that tell of rows of the person, with the table."""
    for change in (*details["changed"], *details.get("left", ())):
        table, id_ = change["table"], change["id"]
        states = [change[part] for part in ("before", "after", "row") if change.get(part)]
        mine = whose.rows.setdefault(table, set()) if table in whose.kept else set()
        column, of = whose.belongs.get(table, ("", ""))
        if any(state.get(column) in whose.rows.get(of, ()) for state in states if column in state) and id_.isdigit():
            mine.add(int(id_))
        if id_.isdigit() and int(id_) in mine:
            yield from ((table, state) for state in states)


def _of_run(run: Mapping[str, Any], whose: Whose) -> list[int]:
    return sorted(row for row in whose.rows.get(run["table"], ()) if run["first"] <= row <= run["last"])
