"""The trail: each entry carries the hash of the one before, so that none is altered unseen (rules.md, The trail).

An entry is a header and its details. The hash is SHA-256 of the hash before and the canonical header, in which the
digest of the details stands; see `models.store.details`. Whoever is at the desk signs the hash.
"""

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import chain, groupby
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, inspect, select, update
from sqlalchemy.orm import Session

from models.entities.base import DERIVED, Base
from models.entities.trail import TrailEntry, TrailHead, TrailSubject
from models.ids import UserId
from models.rules.vocabulary import Role, SealedKind
from models.store.details import SALT, canonical, digest_of_run, row_digest, salted
from models.store.seen import Head
from models.store.snapshot import Person

_FEW = 500
_AT_ONCE = 1000
START = "0" * 64
"""The hash before the first entry."""
PUT_BACK = "trail.put_back"
"""The action that enters that the register was put back to an earlier state, and which heads it does not hold."""
CLOCK_MAY_LAG = timedelta(minutes=5)
"""By so much the clock may be behind the entry before; what is entered under a clock that lags more is marked."""
HEADER = ("number", "at", "user_id", "role", "action", "subject", "kind", "digest", "former")
_HEADER_SORTED = sorted(HEADER)
_TOLD_WHOLE = {("users", "signs"), ("key_file", "recovery_signs")}
"""The public halves of keys that sign entries: whoever verifies them must find them in the trail."""

KONAK = Person(UserId(0), "Konak", Role.ADMINISTRATOR)
"""Who brings a register to a newer version, before anybody can sign."""

Sign = Callable[[bytes], bytes | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One changed row: the values before and after, by column."""

    table: str
    id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A run of rows of one table that an action wrote set-wise, told by numbers and a digest instead of one by one.

    Attributes:
        table: Its name.
        first: The number of the first row.
        last: The number of the last; all between were written too.
        columns: What the digest is of.
        digest: Of the salted digests of these rows, in the order of their numbers.
        salts: The salt of each row.
    """

    table: str
    first: int
    last: int
    columns: Sequence[str]
    digest: str
    salts: bytes

    @property
    def said(self) -> dict[str, Any]:
        """What the details of the entry say of it."""
        rows = self.last - self.first + 1
        return {
            "table": self.table, "first": self.first, "last": self.last, "rows": rows, "columns": list(self.columns),
            "salted": self.digest,
        }  # fmt: skip


def written(connection: Connection, table: Table, numbers: Iterable[int]) -> Iterator[Written]:
    """The rows of these numbers as they stand, run by run: no database promises to number them without a gap."""
    columns = [column.name for column in table.columns if not DERIVED.items() <= column.info.items()]
    for _, each in groupby(enumerate(sorted(numbers)), key=lambda placed: placed[1] - placed[0]):
        run = [number for _, number in each]
        salts = os.urandom(SALT * len(run))
        told = select(*(table.c[name] for name in columns)).where(table.c.id.between(run[0], run[-1]))
        rows = chain.from_iterable(connection.execute(told.order_by(table.c.id)).partitions(_AT_ONCE))
        digests = (
            row_digest(dict(zip(columns, row, strict=True)), columns, salts[place * SALT : (place + 1) * SALT])
            for place, row in enumerate(rows)
        )
        yield Written(table.name, run[0], run[-1], columns, digest_of_run(digests), salts)


def changes_of(session: Session) -> Iterator[Change]:
    """What the session has just written, row by row, but what it took away.

    To be asked after the flush, while its history still stands.
    """
    for row in session.new:
        state = inspect(row)
        after = {column.key: getattr(row, column.key) for column in state.mapper.column_attrs}
        yield Change(_table(row), identity_of(row), {}, told(_table(row), after))
    for row in session.dirty:
        before, after = {}, {}
        state = inspect(row)
        for column in state.mapper.column_attrs:
            history = state.attrs[column.key].history
            if history.has_changes():
                before[column.key] = history.deleted[0] if history.deleted else None
                after[column.key] = history.added[0] if history.added else None
        version = state.mapper.version_id_col
        if after and version is not None:
            # It is counted up in the statement itself, so that the history of the attribute does not tell it.
            before["version"], after["version"] = row.version - 1, row.version
        if after:
            yield Change(_table(row), identity_of(row), told(_table(row), before), told(_table(row), after))


def removal_of(row: Base) -> Change:
    """The change by which a row was taken away."""
    before = {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
    return Change(_table(row), identity_of(row), told(_table(row), before), {})


def told(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row as entries tell them: bytes are told by a hash, but those of keys that sign.

    What follows from other columns is not told.
    """
    return {
        name: value.hex() if isinstance(value, bytes) and (table, name) in _TOLD_WHOLE else value
        for name, value in values.items()
        if (table, name) not in _derived()
    }


@cache
def _derived() -> frozenset[tuple[str, str]]:
    """The columns that follow from others, each with its table."""
    tables = Base.metadata.tables.items()
    marked = DERIVED.items()
    return frozenset(
        (name, each.name) for name, table in tables for each in table.columns if marked <= each.info.items()
    )


_LAST = (
    select(TrailEntry.number, TrailEntry.hash, TrailEntry.at, TrailEntry.signature)
    .order_by(TrailEntry.number.desc())
    .limit(1)
)

# Made once: making them anew takes longer than running them, and every write of the register does both.
_TO: dict[str, Any] = {"number": bindparam("to_number"), "hash": bindparam("to_hash")}
_BEGIN, _GO_ON = insert(TrailHead).values(id=1, **_TO), update(TrailHead).values(**_TO)
_ENTER, _CONCERN = insert(TrailEntry), insert(TrailSubject)


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last entry; 0 and `START` where there is none."""
    last = connection.execute(_LAST).first()
    return (0, START) if last is None else (last.number, last.hash)


def unsigned(connection: Connection) -> int:
    """The number of the last entry where it is not signed, as an earlier Konak has left it; else 0."""
    row = connection.execute(_LAST).first()
    return row.number if row is not None and row.signature is None else 0


def holds(connection: Connection, known: Head) -> bool:
    """Whether the trail has this entry, or had it in the form of an earlier Konak, or it was entered that it has not.

    Args:
        connection: Of a reading.
        known: The head of the trail as somebody has seen it.
    """
    if (known.number, known.hash) == (0, START):
        return True
    own = select(TrailEntry.hash, TrailEntry.former).where(TrailEntry.number == known.number)
    if any(known.hash in row for row in connection.execute(own)):
        return True
    said = connection.scalars(select(TrailEntry.details).where(TrailEntry.action == PUT_BACK))
    entries = (json.loads(details)["notes"] for details in said)
    return any(known.hash in notes.get("heads", ()) for notes in entries if "refused" not in notes)


def last_change(
    connection: Connection, subject: str, table: str, row: str, *, unread: Collection[SealedKind] = ()
) -> str | None:
    """Who changed a row last, by the entries about a subject; None where none of the last hundred says so.

    Args:
        connection: Of the transaction.
        subject: As an entry names it.
        table: The name of the table.
        row: The number of the row.
        unread: Entries about these kinds are passed over: nobody is named by them who asks and may not read them.
    """
    found = connection.execute(
        select(TrailEntry.user, TrailEntry.details)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(TrailSubject.subject == subject, func.coalesce(TrailEntry.kind, "").not_in([*unread]))
        .order_by(TrailEntry.number.desc())
        .limit(100)
    )
    for user, details in found:
        if any((change["table"], change["id"]) == (table, row) for change in json.loads(details)["changed"]):
            return str(user)
    return None


def append(
    connection: Connection,
    *,
    at: datetime,
    person: Person,
    action: str,
    subject: str,
    kind: SealedKind | None = None,
    others: Collection[str] = (),
    changes: Sequence[Change],
    written: Sequence[Written] = (),
    notes: Mapping[str, Any],
    erasing: Mapping[str, Any] | None = None,
    sign: Sign,
) -> Head:
    """Add an entry in the transaction that makes the change, and say which it is.

    Args:
        connection: It holds the register for writing, so that no one else can take the same number.
        at: The instant, in UTC.
        person: Who did it.
        action: What was done, as `stays.extend`.
        subject: What it was done to, as `stay:12`.
        kind: Of which kind is what is sealed that it is about.
        others: What else it concerns, so that the entry is found from there too.
        changes: The rows that changed.
        written: The rows that were written set-wise.
        notes: What the rows do not say: the file that was brought in, the number of rows, the reason.
        erasing: What was erased of other entries, and what is left of rows.
        sign: Signs the hash with the key of the person.
    """
    last = connection.execute(_LAST).first()
    number, previous = (0, START) if last is None else (last.number, last.hash)
    if last is not None and last.at - at > CLOCK_MAY_LAG:
        notes = {**notes, "clock_lags": True}
    concerned = sorted({subject, *others} - {""})
    details = {
        "user": person.name,
        "concerns": concerns_told(concerned),
        "changed": [
            {"table": change.table, "id": change.id, "before": change.before, "after": change.after}
            for change in changes
        ],
        "written": [run.said for run in written],
        "notes": notes,
        **(erasing or {}),
    }
    # Told in canonical JSON first: what is hashed is what can be read again.
    said = canonical(details)
    digest, salts = salted(json.loads(said))
    entry = {
        "number": number + 1,
        "at": at,
        "user_id": person.id,
        "role": person.role.value if person.id else "",
        "action": action,
        "subject": subject,
        "kind": None if kind is None else kind.value,
        "digest": digest,
        "former": None,
    }
    own = link(previous, header_of(entry | {"at": said_at(at)}))
    told = {
        "user": person.name,
        "details": said,
        "salts": b"".join((salts, *(run.salts for run in written))),
        "previous_hash": previous,
        "hash": own,
        "signature": sign(bytes.fromhex(own)),
    }
    connection.execute(_ENTER, entry | told)
    for begin in range(0, len(concerned), _FEW):
        some = [{"subject": each, "number": number + 1} for each in concerned[begin : begin + _FEW]]
        connection.execute(_CONCERN, some)
    connection.execute(_GO_ON if number else _BEGIN, {"to_number": number + 1, "to_hash": own})
    return Head(number + 1, own)


def concerns_told(concerned: Sequence[str]) -> object:
    """What the details of an entry say of whom it concerns: each of them, or of very many their number and a hash."""
    if len(concerned) <= _FEW:
        return list(concerned)
    return {"count": len(concerned), "digest": sha256("\n".join(concerned).encode()).hexdigest()}


def said_at(at: datetime) -> str:
    """An instant as a header says it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def header_of(columns: Mapping[str, Any]) -> str:
    """The canonical header of an entry, of its columns; `at` as a header says it."""
    return "{" + ",".join([f'"{name}":{canonical(columns[name])}' for name in _HEADER_SORTED]) + "}"


def link(previous: str, header: str) -> str:
    """The hash of an entry: SHA-256 of the previous hash and the canonical header."""
    return sha256((previous + header).encode()).hexdigest()


def _table(row: Base) -> str:
    return str(row.__tablename__)


def identity_of(row: Base) -> str:
    """How the trail names a row of its table: its key."""
    return "/".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))
