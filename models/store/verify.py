"""Walks the trail and holds the tables against it: whatever was changed outside Konak is found, and named.

The chain is walked once, from the first entry to the last, with the signature of each. Beside it grows what the entries
say of every row; at the end, that must be what the tables hold.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Select, Table, select

from models.entities import Base
from models.entities.base import UNTOLD
from models.entities.people import KeyFile, User
from models.entities.trail import TrailEntry
from models.store import heads, trail
from models.store.details import SALT, Salts, canonical, told_again
from models.store.entries import SELECTED, Entry, read, text_of
from models.store.erasures import Erasings
from models.store.seen import Head, Seen, Walked
from models.store.signatures import Proving
from models.store.signers import Signers, not_by
from models.store.told import Bulk, Misfit, Row, Told
from models.store.trail import START, concerns_told, link
from models.text import Message, message

Progress = Callable[[int, int], None]
"""Is told how many entries are walked, and how many there are; it may raise to stop."""

_TOLD_EVERY = 5000
_EMPTY: tuple[object, ...] = (None, "", [], {}, 0)
"""What a migration leaves in a new column of the rows that there are."""


@dataclass(frozen=True, slots=True)
class Erased:
    """That values were erased.

    Attributes:
        number: The entry that tells of it.
        at: When, in UTC.
        subject: Whose they were, as `resident:12`.
        values: How many.
    """

    number: int
    at: datetime
    subject: str
    values: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found.

    Attributes:
        entries: How many entries were walked.
        head: The hash of the last one.
        number: The first entry that does not fit; None where all do, or where no single entry is at fault.
        problem: What does not fit, and what to do; None where all is well.
        erased: What was erased, and when.
    """

    entries: int
    head: str
    number: int | None = None
    problem: Message | None = None
    erased: tuple[Erased, ...] = ()


def verify(
    connection: Connection,
    *,
    seen: Seen | None = None,
    in_part: bool = False,
    beside: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Verified:
    """Walk the trail, hold the tables against it, and compare the heads of it that stand elsewhere.

    Args:
        connection: Of a reading, so that all is of one instant.
        seen: What this workstation has seen of the register; it keeps that the trail was walked whole, and held.
        in_part: Whether what this workstation has walked whole within the last week need not be walked again.
        beside: Folders with backups that are compared too, besides the places of the register.
        progress: Is told how far it is, now and then.
    """
    since = seen.walked if seen is not None and in_part else None
    with Proving() as proving:
        walk = _Walk(connection, proving, progress)
        if since is not None and not _has_erased(connection, since.head.number):
            walk = _FurtherWalk(connection, proving, progress, since)
        misfit = _misfit(walk, seen, beside)
        forged = proving.first_wrong()
    if forged is not None and (misfit is None or misfit.number is None or forged <= misfit.number):
        misfit = Misfit(forged, not_by(forged))
    found = Verified(walk.entries, walk.head, erased=tuple(walk.erased))
    if misfit is not None:
        return replace(found, number=misfit.number, problem=misfit.what)
    if seen is not None and not isinstance(walk, _FurtherWalk):
        seen.keep_walked(Head(found.entries, found.head), *walk.people)
    return found


def _misfit(walk: "_Walk", seen: Seen | None, beside: Sequence[Path]) -> Misfit | None:
    try:
        walk.chain()
        walk.issued()
        walk.tables()
        if seen is not None:
            for named in heads.elsewhere(walk.connection, seen, beside):
                raise Misfit(None, named.missing)
    except Misfit as misfit:
        return misfit
    return None


def _has_erased(connection: Connection, number: int) -> bool:
    """Whether something was erased since an entry: then the entries before are not as they were walked."""
    since = select(TrailEntry.details).where(TrailEntry.number > number, TrailEntry.details.contains('"left":'))
    return any("left" in json.loads(details) for details in connection.scalars(since))


class _Walk:
    """One walk."""

    def __init__(self, connection: Connection, proving: Proving, progress: Progress | None) -> None:
        self.connection, self.progress = connection, progress
        self.entries, self.head, self.former = 0, START, START
        self.told = Told()
        self.signers = Signers(self.told, proving)
        self.erasings = Erasings()
        self.erased: list[Erased] = []
        self.people = self.signers.people

    def chain(self) -> None:
        """Every entry: its own hash, the one before, its details, who signed it, and whom it concerns."""
        total, since = int(next(self._all("SELECT count(*) FROM trail"))[0]), f"WHERE number > {self.entries}"
        subjects = _Subjects(
            self._all(f"SELECT number, CAST(subject AS BLOB) FROM trail_subjects {since} ORDER BY 1, 2")
        )
        for entry in read(self._all(f"{SELECTED} {since} ORDER BY number")):
            self._entry(entry, subjects)
            if self.progress is not None and self.entries % _TOLD_EVERY == 0:
                self.progress(self.entries, total)
        if subjects.rest():
            raise Misfit(None, message("The trail lists entries that are not there. Restore a backup."))
        if (unsaid := self.erasings.unsaid()) is not None:
            raise Misfit(unsaid, message("In entry {n} something was erased of which no entry tells.", n=unsaid))
        head = next(self._all("SELECT number, hash FROM trail_head"), None)
        if head is None or (head[0], text_of(head[1])) != (self.entries, self.head):
            number = self.entries + 1
            raise Misfit(number, message("Entry {n} or a later one was taken away at the end.", n=number))
        self.people = self.signers.people

    def _entry(self, entry: Entry, subjects: "_Subjects") -> None:
        number, expected = entry.number, self.entries + 1
        if number != expected:
            raise Misfit(expected, message("Entry {n} is missing.", n=expected))
        if entry.previous_hash != self.head:
            raise Misfit(number, message("Entry {n} does not follow from the one before it.", n=number))
        try:
            salts = Salts(entry.salts)
            details = self._details(entry, salts)
            if details["concerns"] != concerns_told(subjects.of(number)):
                raise Misfit(number, message("Whom entry {n} concerns was changed outside Konak.", n=number))
            self.signers.check(entry, details)
            self._check_erased(entry, details)
            self._check_former(entry, details)
            self.told.take(number, details, salts)
            salts.end()
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            raise Misfit(number, message("Entry {n} is none that Konak writes.", n=number)) from None
        self.entries, self.head = number, entry.hash

    def _details(self, entry: Entry, salts: Salts) -> dict[str, Any]:
        """The details of an entry whose header is the one that was hashed, and whose values are those of its digest."""
        is_linked = link(self.head, entry.header) == entry.hash and entry.at[10] == " " and entry.at[19:] == ".000000"
        details: dict[str, Any] = json.loads(entry.details) if is_linked else {}
        if (
            not is_linked
            or told_again(details, salts) != (entry.details, entry.digest)
            or details["user"] != entry.user
        ):
            raise Misfit(entry.number, message("Entry {n} was changed outside Konak.", n=entry.number))
        return details

    def _check_erased(self, entry: Entry, details: dict[str, Any]) -> None:
        """What was erased of an entry is what an entry tells of."""
        if '"erased":' in entry.details:
            self.erasings.take(entry.number, details)
        said = details.get("erased")
        if said is not None:
            if not self.erasings.is_told(entry.number, said):
                raise Misfit(entry.number, message("Entry {n} tells of an erasing that was another.", n=entry.number))
            self.erased.append(
                Erased(entry.number, datetime.fromisoformat(entry.said_at), entry.subject, said["values"])
            )

    def _check_former(self, entry: Entry, details: dict[str, Any]) -> None:
        """An entry of an earlier Konak has the hash that it had there, which cannot be asked of what was erased."""
        if entry.former is None:
            return
        if '"erased":' not in entry.details:
            content = former_content(entry, details)
            if sha256((self.former + content).encode()).hexdigest() != entry.former:
                raise Misfit(entry.number, message("Entry {n} was changed outside Konak.", n=entry.number))
        self.former = entry.former

    def issued(self) -> None:
        """Every issued month stands on an entry of this trail, also on its paper; its figures are those hashed."""
        papers = self._all("SELECT month, figures, figures_hash, trail_head, pdf FROM issued_months ORDER BY id")
        for month, figures, digest, head, pdf in papers:
            name = text_of(month)[:7]
            if sha256(figures.encode()).hexdigest() != digest:
                raise Misfit(None, message("The issued figures of {month} were changed outside Konak.", month=name))
            on_paper = heads.printed(bytes(pdf)) - {digest}
            if text_of(head) not in on_paper and head != START:
                text = message("The stored report of {month} is not the paper that was issued.", month=name)
                raise Misfit(None, text)
            strange = heads.unknown(self.connection, {text_of(head), *on_paper})
            if strange and strange != {_shown(figures)}:
                raise Misfit(
                    None,
                    message(
                        "The report of {month} was issued on a trail that is not this one: the trail was written anew. "
                        "Compare the hash on the printed report.",
                        month=name,
                    ),
                )

    def tables(self) -> None:
        """Every row is as the entries leave it, and no row is more or less."""
        told = {
            name: table
            for name, table in sorted(Base.metadata.tables.items())
            if not name.startswith("trail") and not UNTOLD.items() <= table.info.items()
        }
        # Many are empty: what was in them is missed below.
        filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in told)
        for name in sorted({*(row[0] for row in self._all(filled)), *self.told.bulks} & told.keys()):
            try:
                self._table(name, told[name])
            except (LookupError, ValueError, TypeError):
                text = message("The table {table} holds something that Konak does not write.", table=name)
                raise Misfit(None, text) from None
        for (name, id_), number in self.told.last.items():
            if (name, id_) in self.told.rows:
                raise Misfit(number, _row_wrong(name, id_, number, "gone"))

    def _table(self, name: str, table: Table) -> None:
        keys = [column.name for column in table.primary_key]
        bulks = {(bulk.number, bulk.first): _Digest(bulk) for bulk in self.told.bulks.get(name, ())}
        ordered, bare_text = _ordered(table, self.connection.dialect)
        written = [_as_written(column, self.connection) for column in table.columns]
        bare = self._all(bare_text)
        for found, stored in zip(self.connection.execute(ordered).mappings(), bare, strict=True):
            row = json.loads(canonical(trail.told(name, dict(found))))
            id_ = "/".join(str(row[key]) for key in keys)
            told = self.told.rows.pop((name, id_), None)
            number = self.told.last.get((name, id_))
            bulk = self.told.bulk_of(name, id_)
            if any(write(value) != bit for write, value, bit in zip(written, found.values(), stored, strict=True)):
                # The same to this program, but not to the database, which compares what is stored.
                raise Misfit(number, _row_wrong(name, id_, number, "changed"))
            if bulk is not None:
                if told is not None and any(row.get(key) != value for key, value in told.items()):
                    raise Misfit(number, _row_wrong(name, id_, number, "changed"))
                bulks[bulk.number, bulk.first].add(id_, row | bulk.before.get(int(id_), {}))
            elif told is None:
                raise Misfit(number, _row_wrong(name, id_, number, "added"))
            elif not _is_as_told(row, told):
                raise Misfit(number, _row_wrong(name, id_, number, "changed"))
        for digest in bulks.values():
            digest.check(name, self.told.left)

    def _all(self, statement: str) -> Iterator[Sequence[Any]]:
        result = self.connection.exec_driver_sql(statement)
        cursor: Any = result.cursor
        while rows := cursor.fetchmany(1000):
            yield from rows
        result.close()


@lru_cache(maxsize=256)
def _ordered(table: Table, dialect: Dialect) -> tuple[Select[Any], str]:
    """All rows of a table in the order of their keys; and as a text, which takes as long to make as a few rows."""
    ordered = select(table).order_by(*table.primary_key)
    return ordered, str(ordered.compile(dialect=dialect))


def _is_as_told(row: Row, told: Row) -> bool:
    """Whether a row is what the entries say of it; a column of a later Konak, which they do not know, is empty."""
    return all(value == told[column] if column in told else value in _EMPTY for column, value in row.items())


class _FurtherWalk(_Walk):
    """A walk over what is new since the trail was walked whole: entries and signatures, and no tables but of people."""

    def __init__(self, connection: Connection, proving: Proving, progress: Progress | None, since: Walked) -> None:
        super().__init__(connection, proving, progress)
        self.entries, self.head = since.head.number, since.head.hash
        self.signers.go_on(since.people, since.sheet, self._names())
        self.since = since

    def _names(self) -> dict[str, str]:
        return {str(number): text_of(name) for number, name in self._all("SELECT id, name FROM users")}

    def chain(self) -> None:
        """The new entries, which follow from the last one that was walked."""
        number = self.since.head.number
        if not trail.holds(self.connection, self.since.head):
            raise Misfit(number, message("Entry {n} was changed outside Konak.", n=number))
        super().chain()

    def tables(self) -> None:
        """Who may sign now is who may by the entries."""
        people, sheet = self.people
        there = {
            str(row.id): {"role": row.role.value, "is_active": row.is_active, "signs": row.signs and row.signs.hex()}
            for row in self.connection.execute(select(User.id, User.role, User.is_active, User.signs))
        }
        signs = self.connection.scalar(select(KeyFile.recovery_signs))
        if there != people or (signs and signs.hex()) != sheet:
            raise Misfit(None, message("Who may sign entries was changed outside Konak. Verify the whole trail."))


def former_content(entry: Entry, details: Mapping[str, Any]) -> str:
    """What an earlier Konak hashed of an entry; of runs that were salted, it kept the salts as they came."""
    place, runs = len(entry.salts), []
    for run in reversed(details["written"]):
        if "salted" in run:
            place -= SALT * run["rows"]
            runs.append({**run, "salts": entry.salts[place : place + SALT * run["rows"]].hex()})
        else:
            runs.append({name: value for name, value in run.items() if name != "columns"})
    return canonical(
        {
            **details,
            "written": runs[::-1],
            "number": entry.number,
            "at": entry.said_at,
            "action": entry.action,
            "subject": entry.subject,
        }
    )


class _Digest:
    """The rows that were brought in set-wise, as they were at first."""

    def __init__(self, bulk: Bulk) -> None:
        self.bulk = bulk
        self.rows = dict(bulk.gone)

    def add(self, id_: str, row: Row) -> None:
        """Take one."""
        self.rows[int(id_)] = row

    def check(self, table: str, left: set[tuple[str, str]]) -> None:
        """Refuse what is not what was brought in."""
        wanted = range(self.bulk.first, self.bulk.last + 1) if self.bulk.is_told_anew else self.bulk.erased
        is_left = all((table, str(number)) in left or number in self.bulk.gone for number in wanted)
        if not is_left or not (self.bulk.is_told_anew or self.bulk.fits(self.rows)):
            raise Misfit(
                self.bulk.number,
                message(
                    "What entry {n} has brought in was changed outside Konak, in the table {table}. Compare with a "
                    "backup.",
                    n=self.bulk.number,
                    table=table,
                ),
            )


class _Subjects:
    """Whom the entries concern, read beside them."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._number, self._said = self._next()

    def of(self, number: int) -> list[str]:
        """Whom an entry concerns; to be asked in the order of the entries."""
        if self._number is not None and self._number < number:
            raise Misfit(number, message("Whom entry {n} concerns was changed outside Konak.", n=number))
        if self._number != number:
            return []
        said = self._said
        self._number, self._said = self._next()
        return said

    def rest(self) -> bool:
        """Whether there is more than entries."""
        return self._number is not None

    def _next(self) -> tuple[int | None, list[str]]:
        for number, rows in self._groups:
            return number, [text_of(row[1]) for row in rows]
        return None, []


def _shown(figures: str) -> str:
    """The hash that a report prints of its figures, where not all of them stand on it."""
    from models.rules.figures import MonthFigures
    from models.rules.small_counts import shown_month

    return shown_month(MonthFigures.from_json(figures)).digest


def _as_written(column: Column[Any], connection: Connection) -> Callable[[object], object]:
    """How a value of a column is stored: to the second, as the entries tell instants."""
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)

    def write(value: object) -> object:
        value = value.replace(microsecond=0) if isinstance(value, datetime) else value
        return value if process is None else process(value)

    return write


def _row_wrong(table: str, id_: str, number: int | None, how: str) -> Message:
    said = {
        "changed": message(
            "Row {row} of the table {table} was changed outside Konak. The last entry about it is {n}.",
            row=id_, table=table, n=number or 0,
        ),
        "gone": message(
            "Row {row} of the table {table} was taken away outside Konak. The last entry about it is {n}.",
            row=id_, table=table, n=number or 0,
        ),
        "added": message("Row {row} of the table {table} was added outside Konak.", row=id_, table=table),
    }  # fmt: skip
    return said[how]
