"""The trail: each entry carries the hash of the one before, so that none is altered unseen (rules.md, The trail)."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, insert, inspect, select, update
from sqlalchemy.orm import Session

from models.entities.base import Base
from models.entities.trail import TrailEntry, TrailHead, TrailSubject

_FEW = 500
KIND = "sealed_kind"
"""The note of an entry that is about something sealed as a whole: of which kind."""
START = "0" * 64
"""The hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed row: the values before and after, by column."""

    table: str
    id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A run of rows of one table that an action wrote set-wise, told by numbers and a hash instead of one by one.

    Attributes:
        table: Its name.
        first: The number of the first row.
        last: The number of the last; all between were written too.
        rows: How many there are.
        digest: `digest_of` these rows in the order of their numbers.
    """

    table: str
    first: int
    last: int
    rows: int
    digest: str


def digest_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """The hash of whole rows: SHA-256 of their canonical JSON, each on a line of its own."""
    digest = sha256()
    for row in rows:
        digest.update(canonical(row).encode() + b"\n")
    return digest.hexdigest()


def written(connection: Connection, table: Table, numbers: Iterable[int]) -> Iterator[Written]:
    """The rows of these numbers as they stand, run by run: no database promises to number them without a gap."""
    for _, each in groupby(enumerate(sorted(numbers)), key=lambda placed: placed[1] - placed[0]):
        run = [number for _, number in each]
        rows = connection.execute(select(table).where(table.c.id.between(run[0], run[-1])).order_by(table.c.id))
        yield Written(table.name, run[0], run[-1], len(run), digest_of(map(dict, rows.mappings())))


def changes_of(session: Session) -> Iterator[Change]:
    """What the session has just written, row by row, but what it took away.

    To be asked after the flush, while its history still stands.
    """
    for row in session.new:
        state = inspect(row)
        after = {column.key: getattr(row, column.key) for column in state.mapper.column_attrs}
        yield Change(_table(row), identity_of(row), {}, after)
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
            yield Change(_table(row), identity_of(row), before, after)


def removal_of(row: Base) -> Change:
    """The change by which a row was taken away."""
    before = {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
    return Change(_table(row), identity_of(row), before, {})


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last entry; 0 and `START` where there is none."""
    last = connection.execute(
        select(TrailEntry.number, TrailEntry.hash).order_by(TrailEntry.number.desc()).limit(1)
    ).first()
    return (0, START) if last is None else (last.number, last.hash)


def last_change(connection: Connection, subject: str, table: str, row: str) -> str | None:
    """Who changed a row last, by the entries about a subject; None where none of the last hundred says so."""
    found = connection.execute(
        select(TrailEntry.user, TrailEntry.content)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(TrailSubject.subject == subject)
        .order_by(TrailEntry.number.desc())
        .limit(100)
    )
    for user, content in found:
        if any((change["table"], change["id"]) == (table, row) for change in json.loads(content)["changed"]):
            return str(user)
    return None


def append(
    connection: Connection,
    *,
    at: datetime,
    user: str,
    action: str,
    subject: str,
    others: Collection[str] = (),
    changes: Sequence[Change],
    written: Sequence[Written] = (),
    notes: Mapping[str, Any],
) -> str:
    """Add an entry in the transaction that makes the change, and give its hash.

    Args:
        connection: It holds the register for writing, so that no one else can take the same number.
        at: The instant, in UTC.
        user: Who did it.
        action: What was done, as `stays.extend`.
        subject: What it was done to, as `stay:12`.
        others: What else it concerns, so that the entry is found from there too.
        changes: The rows that changed.
        written: The rows that were written set-wise.
        notes: What the rows do not say: the file that was brought in, the number of rows, the reason.
    """
    number, previous = head(connection)
    concerned = sorted({subject, *others} - {""})
    entry = {
        "number": number + 1,
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "user": user,
        "action": action,
        "subject": subject,
        "concerns": concerns_told(concerned),
        "changed": [
            {"table": change.table, "id": change.id, "before": change.before, "after": change.after}
            for change in changes
        ],
        "written": [asdict(each) for each in written],
        "notes": notes,
    }
    content = canonical(entry)
    digest = link(previous, content)
    connection.execute(
        insert(TrailEntry).values(
            number=number + 1,
            at=at,
            user=user,
            action=action,
            subject=subject,
            content=content,
            previous_hash=previous,
            hash=digest,
        )
    )
    if concerned:
        connection.execute(insert(TrailSubject), [{"subject": each, "number": number + 1} for each in concerned])
    connection.execute(
        update(TrailHead).values(number=number + 1, hash=digest)
        if number
        else insert(TrailHead).values(id=1, number=number + 1, hash=digest)
    )
    return digest


def concerns_told(concerned: Sequence[str]) -> object:
    """What the content of an entry says of whom it concerns: each of them, or of very many their number and a hash."""
    if len(concerned) <= _FEW:
        return list(concerned)
    return {"count": len(concerned), "digest": sha256("\n".join(concerned).encode()).hexdigest()}


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; the same value gives the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def link(previous: str, content: str) -> str:
    """The hash of an entry: SHA-256 of the previous hash and the canonical JSON."""
    return sha256((previous + content).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return "sha256:" + sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return str(value)


def _table(row: Base) -> str:
    return str(row.__tablename__)


def identity_of(row: Base) -> str:
    """How the trail names a row of its table: its key."""
    return "/".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))
