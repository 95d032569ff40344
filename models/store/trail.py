"""The trail: each entry carries the hash of the one before, so that none is altered unseen (rules.md, The trail)."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, inspect, select
from sqlalchemy.orm import Session

from models.entities.base import Base
from models.entities.trail import TrailEntry, TrailSubject

START = "0" * 64
"""The hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed row: the values before and after, by column."""

    table: str
    id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def changes_of(session: Session) -> Iterator[Change]:
    """What the session has just flushed, row by row. To be asked after the flush, while its history still stands."""
    for row in session.new:
        state = inspect(row)
        after = {column.key: getattr(row, column.key) for column in state.mapper.column_attrs}
        yield Change(_table(row), _identity(row), {}, after)
    for row in session.dirty:
        before, after = {}, {}
        state = inspect(row)
        for column in state.mapper.column_attrs:
            history = state.attrs[column.key].history
            if history.has_changes() and column.key != "version":
                before[column.key] = history.deleted[0] if history.deleted else None
                after[column.key] = history.added[0] if history.added else None
        if after:
            yield Change(_table(row), _identity(row), before, after)
    for row in session.deleted:
        state = inspect(row)
        before = {column.key: getattr(row, column.key) for column in state.mapper.column_attrs}
        yield Change(_table(row), _identity(row), before, {})


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last entry; 0 and `START` where there is none."""
    last = connection.execute(
        select(TrailEntry.number, TrailEntry.hash).order_by(TrailEntry.number.desc()).limit(1)
    ).first()
    return (0, START) if last is None else (last.number, last.hash)


def append(
    connection: Connection,
    *,
    at: datetime,
    user: str,
    action: str,
    subject: str,
    others: Collection[str] = (),
    changes: Sequence[Change],
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
        notes: What the rows do not say: the file that was brought in, the number of rows, the reason.
    """
    number, previous = head(connection)
    entry = {
        "number": number + 1,
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "user": user,
        "action": action,
        "subject": subject,
        "changed": [
            {"table": change.table, "id": change.id, "before": change.before, "after": change.after}
            for change in changes
        ],
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
    concerned = {subject, *others} - {""}
    if concerned:
        connection.execute(
            insert(TrailSubject), [{"subject": each, "number": number + 1} for each in sorted(concerned)]
        )
    return digest


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


def _identity(row: Base) -> str:
    return "/".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))
