"""Walks the trail and holds the tables against it: whatever was changed outside Konak is found, and named.

The chain is walked once, from the first entry to the last. Beside it grows what the entries say of every row; at the
end, that must be what the tables hold.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from models.entities import Base
from models.store.trail import START, canonical, concerns_told, digest_of
from models.text import Message, message

Progress = Callable[[int, int], None]
"""Is told how many entries are walked, and how many there are; it may raise to stop."""

_TOLD_EVERY = 5000
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found.

    Attributes:
        entries: How many entries were walked.
        head: The hash of the last one.
        number: The first entry that does not fit; None where all do, or where no single entry is at fault.
        problem: What does not fit, and what to do; None where all is well.
    """

    entries: int
    head: str
    number: int | None = None
    problem: Message | None = None


class _Misfit(Exception):
    """Something does not fit."""

    def __init__(self, number: int | None, what: Message) -> None:
        super().__init__()
        self.number, self.what = number, what


@dataclass(slots=True)
class _Bulk:
    """Rows of which an entry tells the numbers and a hash alone.

    Attributes:
        number: Of the entry.
        before: What later entries say that stood in a row at first, by its number and column.
        gone: The rows, as they were at first, that later entries have taken away, by number.
    """

    number: int
    first: int
    last: int
    rows: int
    digest: str
    before: dict[int, _Row] = field(default_factory=dict)
    gone: dict[int, _Row] = field(default_factory=dict)


class _Told:
    """What the entries so far say of every row."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], _Row] = {}
        self.last: dict[tuple[str, str], int] = {}
        self.bulks: dict[str, list[_Bulk]] = {}

    def take(self, number: int, entry: Mapping[str, Any]) -> None:
        """Take in one entry."""
        for change in entry["changed"]:
            self._change(number, change)
        for said in entry["written"]:
            bulk = _Bulk(number, said["first"], said["last"], said["rows"], said["digest"])
            self.bulks.setdefault(said["table"], []).append(bulk)

    def _change(self, number: int, change: Mapping[str, Any]) -> None:
        key = change["table"], change["id"]
        before, after = change["before"], change["after"]
        known, bulk = self.rows.get(key), self.bulk_of(*key)
        self.last[key] = number
        if not before:
            if known is not None or bulk is not None:
                raise _Misfit(number, message("Entry {n} tells of something that was there already.", n=number))
            self.rows[key] = after
            return
        if known is None:
            if bulk is None:
                raise _Misfit(number, message("Entry {n} changes something that no entry has brought in.", n=number))
            known = self.rows.setdefault(key, {})
        if any(known[name] != value for name, value in before.items() if name in known):
            raise _Misfit(number, message("Entry {n} does not begin where the one before it ended.", n=number))
        if bulk is not None:
            # Of the row only a hash was told; what it held at first becomes known column by column.
            first = bulk.before.setdefault(int(key[1]), {})
            first |= {name: value for name, value in before.items() if name not in known}
        if after:
            known |= before | after
            return
        del self.rows[key]
        if bulk is not None:
            bulk.gone[int(key[1])] = before | bulk.before.pop(int(key[1]))

    def bulk_of(self, table: str, id_: str) -> _Bulk | None:
        """The set-wise entry that has brought a row in which is still there."""
        if not id_.isdigit():
            return None
        row = int(id_)
        bulks = self.bulks.get(table, ())
        return next((bulk for bulk in bulks if bulk.first <= row <= bulk.last and row not in bulk.gone), None)


def verify(connection: Connection, *, progress: Progress | None = None) -> Verified:
    """Walk the trail, and hold the tables against it.

    Args:
        connection: Of a reading, so that all is of one instant.
        progress: Is told how far it is, now and then.
    """
    walk = _Walk(connection, progress)
    try:
        walk.chain()
        walk.issued()
        walk.tables()
    except _Misfit as misfit:
        return Verified(walk.entries, walk.head, misfit.number, misfit.what)
    return Verified(walk.entries, walk.head)


class _Walk:
    """One walk."""

    def __init__(self, connection: Connection, progress: Progress | None) -> None:
        self.connection, self.progress = connection, progress
        self.entries, self.head = 0, START
        self.told = _Told()
        self.missing: dict[str, str] = {}
        """The heads that issued months carry and that no entry had so far, with the month."""

    def chain(self) -> None:
        """Every entry: its own hash, the one before, the columns that repeat it, and whom it concerns."""
        for month, head in self._all("SELECT month, trail_head FROM issued_months"):
            self.missing[_text(head)] = _text(month)[:7]
        total = int(next(self._all("SELECT count(*) FROM trail"))[0])
        subjects = _Subjects(self._all("SELECT number, CAST(subject AS BLOB) FROM trail_subjects ORDER BY 1, 2"))
        for raw in self._all(
            "SELECT number, CAST(at AS BLOB), CAST(user AS BLOB), CAST(action AS BLOB), CAST(subject AS BLOB), "
            "CAST(content AS BLOB), CAST(previous_hash AS BLOB), CAST(hash AS BLOB) FROM trail ORDER BY number"
        ):
            self._entry(raw, subjects)
            if self.progress is not None and self.entries % _TOLD_EVERY == 0:
                self.progress(self.entries, total)
        if subjects.rest():
            raise _Misfit(None, message("The trail lists entries that are not there. Restore a backup."))
        head = next(self._all("SELECT number, hash FROM trail_head"), None)
        if head is None or (head[0], _text(head[1])) != (self.entries, self.head):
            number = self.entries + 1
            raise _Misfit(number, message("Entry {n} or a later one was taken away at the end.", n=number))

    def _entry(self, raw: Sequence[Any], subjects: "_Subjects") -> None:
        number, content, own = raw[0], raw[5], raw[7]
        expected = self.entries + 1
        if number != expected:
            raise _Misfit(expected, message("Entry {n} is missing.", n=expected))
        if _text(raw[6]) != self.head:
            raise _Misfit(number, message("Entry {n} does not follow from the one before it.", n=number))
        digest = sha256(self.head.encode() + content).hexdigest()
        changed = message("Entry {n} was changed outside Konak.", n=number)
        if _text(own) != digest:
            raise _Misfit(number, changed)
        try:
            entry = json.loads(content)
            repeated = [entry["number"], _stored(entry["at"]), entry["user"], entry["action"], entry["subject"]]
            if repeated != [number, *(_text(each) for each in raw[1:5])]:
                raise _Misfit(number, changed)
            if entry["concerns"] != concerns_told(subjects.of(number)):
                raise _Misfit(number, message("Whom entry {n} concerns was changed outside Konak.", n=number))
            self.told.take(number, entry)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise _Misfit(number, message("Entry {n} is none that Konak writes.", n=number)) from None
        self.entries, self.head = number, digest
        self.missing.pop(digest, None)

    def issued(self) -> None:
        """Every issued month stands on an entry of this trail, and its figures are those that were hashed."""
        self.missing.pop(START, None)
        for month in self.missing.values():
            raise _Misfit(
                None,
                message(
                    "The report of {month} was issued on a trail that is not this one: the trail was written anew. "
                    "Compare the hash on the printed report.",
                    month=month,
                ),
            )
        for month, figures, digest in self._all("SELECT month, figures, figures_hash FROM issued_months"):
            if sha256(figures.encode()).hexdigest() != digest:
                text = message("The issued figures of {month} were changed outside Konak.", month=_text(month)[:7])
                raise _Misfit(None, text)

    def tables(self) -> None:
        """Every row is as the entries leave it, and no row is more or less."""
        for name, table in sorted(Base.metadata.tables.items()):
            if not name.startswith("trail"):
                try:
                    self._table(name, table)
                except (LookupError, ValueError, TypeError):
                    text = message("The table {table} holds something that Konak does not write.", table=name)
                    raise _Misfit(None, text) from None
        for (name, id_), number in self.told.last.items():
            if (name, id_) in self.told.rows:
                raise _Misfit(number, _row_wrong(name, id_, number, "gone"))

    def _table(self, name: str, table: Table) -> None:
        keys = [column.name for column in table.primary_key]
        bulks = {(bulk.number, bulk.first): _Digest(bulk) for bulk in self.told.bulks.get(name, ())}
        ordered = select(table).order_by(*table.primary_key)
        written = [_as_written(column, self.connection) for column in table.columns]
        bare = self._all(str(ordered.compile(self.connection)))
        for found, stored in zip(self.connection.execute(ordered).mappings(), bare, strict=True):
            row = json.loads(canonical(dict(found)))
            id_ = "/".join(str(row[key]) for key in keys)
            told = self.told.rows.pop((name, id_), None)
            number = self.told.last.get((name, id_))
            bulk = self.told.bulk_of(name, id_)
            if any(write(value) != bit for write, value, bit in zip(written, found.values(), stored, strict=True)):
                # The same to this program, but not to the database, which compares what is stored.
                raise _Misfit(number, _row_wrong(name, id_, number, "changed"))
            if bulk is not None:
                if told is not None and any(row.get(key) != value for key, value in told.items()):
                    raise _Misfit(number, _row_wrong(name, id_, number, "changed"))
                bulks[bulk.number, bulk.first].add(id_, row | bulk.before.get(int(id_), {}))
            elif told is None:
                raise _Misfit(number, _row_wrong(name, id_, number, "added"))
            elif {column: told.get(column) for column in row} != row:  # a newer Konak has more columns, or fewer
                raise _Misfit(number, _row_wrong(name, id_, number, "changed"))
        for digest in bulks.values():
            digest.check(name)

    def _all(self, statement: str) -> Iterator[Sequence[Any]]:
        result = self.connection.exec_driver_sql(statement)
        cursor: Any = result.cursor
        while rows := cursor.fetchmany(1000):
            yield from rows
        result.close()


class _Digest:
    """The rows that were brought in set-wise, as they were at first."""

    def __init__(self, bulk: _Bulk) -> None:
        self.bulk = bulk
        self.rows = dict(bulk.gone)

    def add(self, id_: str, row: _Row) -> None:
        """Take one."""
        self.rows[int(id_)] = row

    def check(self, table: str) -> None:
        """Refuse what is not what was brought in."""
        rows = [self.rows[number] for number in sorted(self.rows)]
        if len(rows) != self.bulk.rows or digest_of(rows) != self.bulk.digest:
            raise _Misfit(
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
            raise _Misfit(number, message("Whom entry {n} concerns was changed outside Konak.", n=number))
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
            return number, [_text(row[1]) for row in rows]
        return None, []


def _as_written(column: Column[Any], connection: Connection) -> Callable[[object], object]:
    """How a value of a column is stored: to the second, as the entries tell instants."""
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)

    def write(value: object) -> object:
        value = value.replace(microsecond=0) if isinstance(value, datetime) else value
        return value if process is None else process(value)

    return write


def _text(raw: object) -> str:
    """The text of a column; what is no text is none that an entry can repeat."""
    return raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else str(raw)


def _stored(at: str) -> str:
    """An instant of an entry as its column keeps it."""
    return f"{at[:10]} {at[11:19]}.000000" if at.endswith("+00:00") else ""


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
