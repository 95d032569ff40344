"""Arrivals that were left half entered, and what waits to be entered of those that are registered."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from models.entities.admissions import ArrivalDraft, WaitingEntry
from models.entities.people import User
from models.ids import ArrivalDraftId, StayId, WaitingEntryId
from models.rules.people import DESK, may_do
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One of them.

    Attributes:
        content: What stood in the form, by the names of its parts.
    """

    id: ArrivalDraftId
    version: int
    content: Mapping[str, Any]
    begun_by: str
    kept_at: datetime

    @property
    def name(self) -> str:
        """Whose it is, as far as it was typed."""
        return str(self.content.get("name") or "")


def drafts(snapshot: Snapshot) -> tuple[DraftRow, ...]:
    """All of them, the earliest first; none, for who does not register arrivals."""
    if not _may_see(snapshot):
        return ()
    rows = snapshot.connection.execute(
        select(ArrivalDraft.id, ArrivalDraft.version, ArrivalDraft.content, User.name, ArrivalDraft.kept_at)
        .join(User, User.id == ArrivalDraft.begun_by)
        .order_by(ArrivalDraft.id)
    )
    return tuple(DraftRow(row.id, row.version, _read(row.content), row.name, row.kept_at) for row in rows)


def one(snapshot: Snapshot, *, draft_id: ArrivalDraftId) -> DraftRow | None:
    """One of them; None where it was finished or thrown away."""
    return next((each for each in drafts(snapshot) if each.id == draft_id), None)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Something that was typed before the person was registered, and is not entered yet.

    Attributes:
        content: What stood in its form, by the names of its parts.
    """

    id: WaitingEntryId
    content: Mapping[str, Any]
    typed_by: str


def waiting(snapshot: Snapshot, *, stay_id: StayId) -> tuple[WaitingRow, ...]:
    """What waits of an arrival, in the order in which it was typed; nothing, for who does not register arrivals."""
    if not _may_see(snapshot):
        return ()
    rows = snapshot.connection.execute(
        select(WaitingEntry.id, WaitingEntry.content, User.name)
        .join(User, User.id == WaitingEntry.typed_by)
        .where(WaitingEntry.stay_id == stay_id)
        .order_by(WaitingEntry.id)
    )
    return tuple(WaitingRow(row.id, _read(row.content), row.name) for row in rows)


def all_waiting(snapshot: Snapshot) -> tuple[tuple[StayId, int, datetime], ...]:
    """Of which arrivals something waits, how much, and since when; none, for who does not register arrivals."""
    if not _may_see(snapshot):
        return ()
    rows = snapshot.connection.execute(
        select(WaitingEntry.stay_id, func.count(), func.min(WaitingEntry.typed_at))
        .group_by(WaitingEntry.stay_id)
        .order_by(WaitingEntry.stay_id)
    )
    return tuple((row[0], row[1], row[2]) for row in rows)


def _may_see(snapshot: Snapshot) -> bool:
    return may_do(snapshot.person.role, DESK, stands_in=snapshot.person.stands_in)


def _read(content: bytes) -> Mapping[str, Any]:
    """What stands in it; nothing, where another Konak has written it otherwise."""
    with suppress(ValueError):
        found = json.loads(content)
        if isinstance(found, dict):
            return found
    return {}
