"""What may be entered about a stay: its arrival, its limit, its reviews (rules.md, Limits). Dates are local dates."""

from collections.abc import Iterable
from datetime import date, timedelta

from models.errors import Refused
from models.rules.limits import review_dates
from models.rules.time import Interval, Moment


def check_arrival(arrived: Moment, now: Moment) -> None:
    """Refuse an arrival that has not happened.

    Raises:
        Refused: It lies in the future.
    """
    if now.surely_before(arrived):
        raise Refused("This arrival lies in the future. Register it once the person is here.", field="arrived")


def check_fixed_limit(arrived_on: date, limit_on: date | None) -> None:
    """Refuse a fixed last day before the arrival.

    Raises:
        Refused: It lies before it.
    """
    if limit_on is not None and limit_on < arrived_on:
        raise Refused("The last day cannot lie before the arrival on {day}.", field="fixed_limit", day=arrived_on)


def check_extension(stay: Interval, current: date | None, *, until: date, valid_from: date, today: date) -> None:
    """Refuse an extension that does not extend, or that would not hold when it is needed.

    Decided beside the rule: the last day of a stay that is over is put right as that of one that goes on, since issued
    months say who was past it. Where a stay has no limit so far, any day from the arrival on may become one.

    Args:
        stay: From the arrival to the departure.
        current: The limit as it is, None where there is none.
        until: The new last day.
        valid_from: The day from which it holds: at the latest the day after the current limit, or today where that
            has passed. So a stay that is past its limit is never hidden by a decision that does not hold yet.
        today: The local date.

    Raises:
        Refused: With the field that is at fault.
    """
    if current is not None and until <= current:
        raise Refused("The stay may last until {day} already. Choose a later day.", field="until", day=current)
    if until < stay.start.on:
        raise Refused("The last day cannot lie before the arrival on {day}.", field="until", day=stay.start.on)
    _check_valid_from(stay, current, valid_from, today)


def check_fixed_date(stay: Interval, current: date | None, *, limit_on: date, valid_from: date, today: date) -> None:
    """Refuse a fixed last day, such as a release date, that cannot be. It may be earlier than the limit so far.

    Raises:
        Refused: With the field that is at fault.
    """
    if limit_on < stay.start.on:
        raise Refused("The last day cannot lie before the arrival on {day}.", field="until", day=stay.start.on)
    if limit_on == current:
        raise Refused("The stay lasts until {day} already. Choose another day.", field="until", day=limit_on)
    _check_valid_from(stay, current, valid_from, today)


def _check_valid_from(stay: Interval, current: date | None, valid_from: date, today: date) -> None:
    if valid_from < stay.start.on:
        raise Refused("This cannot hold before the arrival on {day}.", field="valid_from", day=stay.start.on)
    latest = today if current is None else max(today, _day_after(current))
    if valid_from > latest:
        raise Refused("This must hold from {day} at the latest.", field="valid_from", day=latest)


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def check_review(
    stay: Interval, every: int, *, due_on: date, held_on: date, held: frozenset[date], today: date
) -> None:
    """Refuse a review that is not due, was held already, or cannot have been held then.

    Args:
        stay: From the arrival to the departure.
        every: The days between reviews.
        due_on: The day on which the review falls due; it may be held before.
        held_on: The day on which it was held.
        held: The due dates of the reviews that were held.
        today: The local date.

    Raises:
        Refused: With the field that is at fault.
    """
    if due_on in held:
        raise Refused("The review due on {day} was held already.", field="due_on", day=due_on)
    if due_on not in review_dates(stay.start.on, every, due_on):
        raise Refused("No review falls due on {day}. Choose a day on which one does.", field="due_on", day=due_on)
    if held_on > today:
        raise Refused("A review that was held cannot lie in the future.", field="held_on")
    if held_on < stay.start.on:
        raise Refused("A review cannot lie before the arrival on {day}.", field="held_on", day=stay.start.on)
    if stay.end is not None and held_on > stay.end.on:
        raise Refused("The stay ended on {day}; no review was held after it.", field="held_on", day=stay.end.on)


def check_dead(until_death: Iterable[Interval], others: Iterable[Interval], *, field: str) -> None:
    """Refuse a death before another arrival of the same person.

    Args:
        until_death: The stays that ended, or are to end, by death.
        others: The other stays of the person.
        field: What is at fault.

    Raises:
        Refused: With the day of that arrival.
    """
    those = list(others)
    came = [other.start for died in until_death for other in those if died.start.surely_before(other.start)]
    if came:
        raise Refused(
            "This person came again on {day}, so they had not died before. Correct the departure that says so, or "
            "take back that arrival if it was another person's.",
            field=field,
            day=min(each.on for each in came),
        )


def check_correction(old: Interval, arrived: Moment, now: Moment) -> None:
    """Refuse a corrected arrival that says nothing new, lies in the future, or after the departure.

    Raises:
        Refused: Of the field `arrived`.
    """
    if arrived == old.start:
        raise Refused("This is the arrival as it stands. Enter the right one.", field="arrived")
    check_arrival(arrived, now)
    if old.end is not None and old.end.surely_before(arrived):
        raise Refused("The person left on {day}, before this arrival.", field="arrived", day=old.end.on)
