"""Looks at one person's page: each is an entry of the trail, and those within a quarter of an hour are one."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from models.entities.trail import TrailEntry, TrailSubject
from models.store.declaring import LOOKED
from models.store.snapshot import Person

_AGAIN = timedelta(minutes=15)


def is_entered(connection: Connection, person: Person, subject: str, now: datetime) -> bool:
    """Whether a look of this person at this page was entered within the last quarter of an hour, in any window.

    Args:
        connection: For the question.
        person: Who looks.
        subject: At whose page, as `resident:12`.
        now: The present, in UTC; what lies ahead of it was entered by another clock, and does not count.
    """
    before = (
        select(TrailEntry.number)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(
            TrailSubject.subject == subject,
            TrailEntry.action == LOOKED.name,
            TrailEntry.user_id == person.id,
            TrailEntry.at > now - _AGAIN,
            TrailEntry.at <= now,
        )
        .limit(1)
    )
    return connection.scalar(before) is not None
