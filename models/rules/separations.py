"""Which days of a separation health staff has not seen the person (standards.md, B3)."""

from collections.abc import Collection
from datetime import date, timedelta


def days_unseen(began_on: date, last_on: date, seen: Collection[date]) -> tuple[date, ...]:
    """The local days, the first and the last included, on which nobody of the health staff saw the person.

    Args:
        began_on: The day on which the separation began; health staff is told at once, so that day counts.
        last_on: The day on which it ended, or today.
        seen: The days on which the person was seen.
    """
    days = (began_on + timedelta(days=n) for n in range((last_on - began_on).days + 1))
    return tuple(day for day in days if day not in seen)
