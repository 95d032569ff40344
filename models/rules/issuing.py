"""When a month may be issued and is owed, and when it differs from what was issued (rules.md, Issued months)."""

from dataclasses import fields
from datetime import date, timedelta

from models.errors import Refused
from models.rules.figures import ClaimLine, MonthFigures
from models.rules.reissuing import STATES, lists_differ
from models.rules.time import Month

_NOT_COMPARED = frozenset(
    {"heading", "claim", "cut_off", "start_by_age", "review_every", "tallies", "listed", "last_month", "corrected"}
)
"""The wording and the terms of the agreement, what stands on no paper, and how it stood when the month was drawn.

Of the claim its own lines are compared, of the tallies the lines that a month was issued with, and of the lists those
of which a revision tells anew (`models.rules.reissuing`).
"""


def is_over(month: Month, today: date) -> bool:
    """Whether the last day of a month has passed, so that it can be issued.

    Args:
        month: The month.
        today: The local date.
    """
    return month.end <= today


def due_on(month: Month, due_day: int) -> date:
    """The day by which the report of a month is owed.

    Args:
        month: The month.
        due_day: Which day of the month after it the agreement names.
    """
    return month.end + timedelta(days=due_day - 1)


def check_over(month: Month, today: date) -> None:
    """Refuse to issue a month that still runs.

    Raises:
        Refused: With the day from which on it can be issued.
    """
    if not is_over(month, today):
        raise Refused("This month is not over. It can be issued from {day} on.", field="month", day=month.end)


def revised(before: MonthFigures, after: MonthFigures, reason: str) -> tuple[str, ...]:
    """What a revision changes: the names of the figures, none where the claim alone corrects other months otherwise.

    Raises:
        Refused: Nothing has changed since, or it is not said why the month is issued again.
    """
    changed = differences(before, after)
    if not changed and before.claim == after.claim and before.heading == after.heading:
        raise Refused("Nothing has changed since this month was issued.", field="month")
    if not reason.strip():
        raise Refused("Say why this month is issued again; the reason is kept beside the revision.", field="reason")
    return changed


def differences(before: MonthFigures, after: MonthFigures) -> tuple[str, ...]:
    """The names of the figures that differ; the wording of the heading and corrections of other months aside."""
    names = [
        field.name
        for field in fields(before)
        if field.name not in _NOT_COMPARED and getattr(before, field.name) != getattr(after, field.name)
    ]
    names += _tallies_that_differ(before, after)
    names += ["listed"] if before.heading.sections and lists_differ(before.listed, after.listed) else []
    return (*names, "claim") if _own_lines(before) != _own_lines(after) else tuple(names)


def _tallies_that_differ(before: MonthFigures, after: MonthFigures) -> list[str]:
    now = {tally.name: dict(tally.counts) for tally in after.tallies}
    return [
        tally.name
        for tally in before.tallies
        if tally.name in now
        and tally.name not in STATES
        and any(key in now[tally.name] and now[tally.name][key] != count for key, count in tally.counts)
    ]


def _own_lines(figures: MonthFigures) -> frozenset[ClaimLine]:
    """The lines of the claim for the month itself, in whatever order they stand."""
    return frozenset(line for line in figures.claimed if not line.correction_of)
