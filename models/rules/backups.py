"""Which backups are kept, what they are called, and when one is owed: pure decisions."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime, time, timedelta

from models.text import N_

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""So many days, weeks and months have their newest backup kept."""
TOO_OLD = timedelta(hours=48)
"""A newest good backup that is older than this stands on Today."""
ABSENT = N_("The folder for backups is not there. Plug in the stick or the disk, or choose another folder.")
"""Why there was no backup where the place is only away for a while, as a stick is."""
INSIDE = N_("This folder lies inside the register and would be lost with it. Choose one on another disk.")
SUFFIX = ".konak"
_NAME = "konak-%Y-%m-%d-%H%M%S"


def name_of(at: datetime) -> str:
    """The name of the file of a backup that was begun at this local time; it names nobody."""
    return f"{at:{_NAME}}{SUFFIX}"


def time_of(name: str) -> datetime | None:
    """The local time, without a zone, that the name of a backup tells; None: it is not the name of one."""
    try:
        at = datetime.strptime(name, f"{_NAME}{SUFFIX}")
    except ValueError:
        return None
    return at if name_of(at) == name else None


def kept(made: Collection[datetime]) -> frozenset[datetime]:
    """Which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months that have one.

    The newest of all is always among them.

    Args:
        made: When each was made, in local time.
    """
    return _newest(made, DAILY, datetime.date) | _newest(made, WEEKLY, _week) | _newest(made, MONTHLY, _month)


def _newest(made: Collection[datetime], most: int, span: Callable[[datetime], Hashable]) -> frozenset[datetime]:
    of_span: dict[Hashable, datetime] = {}
    for at in sorted(made, reverse=True):
        of_span.setdefault(span(at), at)
    return frozenset(list(of_span.values())[:most])


def _week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, int]:
    return at.year, at.month


def is_too_old(newest: datetime | None, now: datetime) -> bool:
    """Whether the newest good backup is older than two days, or there is none."""
    return newest is None or now - newest > TOO_OLD


def is_owed(back_up_at: str, last: datetime | None, now: datetime) -> bool:
    """Whether the daily backup has to be made now: its time has passed, today or before, and none was tried since.

    Args:
        back_up_at: Local time as HH:MM; empty: none is made by itself.
        last: When one was last made or tried, local; None: never.
        now: The present, local.
    """
    at = checked_time(back_up_at)
    if at is None:
        return False
    planned = datetime.combine(now.date(), at, now.tzinfo)
    if planned > now:
        planned = datetime.combine(now.date() - timedelta(days=1), at, now.tzinfo)
    return last is None or last < planned


def checked_time(typed: str) -> time | None:
    """A time of the day that was written as HH:MM; None where nothing was.

    Raises:
        ValueError: It is no time.
    """
    return datetime.strptime(typed, "%H:%M").time() if typed else None
