"""What may be entered of a stay: of each limit the last day that is taken and the first that is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.errors import Refused
from models.rules.stays import (
    check_arrival,
    check_correction,
    check_dead,
    check_extension,
    check_fixed_date,
    check_fixed_limit,
    check_review,
)
from models.rules.time import Interval, Moment

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
CAME = date(2026, 6, 26)
LIMIT = date(2026, 12, 22)
STAY = Interval(Moment(CAME))
ENDED = Interval(Moment(CAME), Moment(date(2026, 11, 1)))
MINUTE = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)


def test_an_arrival_has_happened_by_the_minute_or_on_the_day() -> None:
    now = Moment(TODAY, MINUTE)
    check_arrival(now, now)
    check_arrival(Moment(TODAY), now)
    for later in (Moment(TODAY + DAY), Moment(TODAY, MINUTE + timedelta(minutes=1))):
        with pytest.raises(Refused) as refused:
            check_arrival(later, now)
        assert refused.value.field == "arrived"


def test_a_fixed_last_day_is_the_arrival_or_later() -> None:
    check_fixed_limit(CAME, CAME)
    check_fixed_limit(CAME, None)
    with pytest.raises(Refused) as refused:
        check_fixed_limit(CAME, CAME - DAY)
    assert refused.value.field == "fixed_limit"


def _field(check: object, *args: object, **values: object) -> str | None:
    assert callable(check)
    try:
        check(*args, **values)
    except Refused as refused:
        return refused.field
    return None


@pytest.mark.parametrize(
    ("current", "until", "valid_from", "field"),
    [
        (LIMIT, LIMIT + DAY, TODAY, None),
        (LIMIT, LIMIT, TODAY, "until"),
        (LIMIT, LIMIT - DAY, TODAY, "until"),
        (LIMIT, LIMIT + DAY, LIMIT + DAY, None),
        (LIMIT, LIMIT + DAY, LIMIT + 2 * DAY, "valid_from"),
        (LIMIT, LIMIT + DAY, CAME, None),
        (LIMIT, LIMIT + DAY, CAME - DAY, "valid_from"),
        (TODAY - 9 * DAY, LIMIT, TODAY, None),
        (TODAY - 9 * DAY, LIMIT, TODAY + DAY, "valid_from"),
        (None, CAME, CAME, None),
        (None, CAME - DAY, CAME, "until"),
        (None, LIMIT, TODAY, None),
        (None, LIMIT, TODAY + DAY, "valid_from"),
        (date.max - DAY, date.max, date.max, None),
    ],
)
def test_an_extension_extends_and_holds_before_the_limit_is_past(
    current: date | None, until: date, valid_from: date, field: str | None
) -> None:
    for stay in (STAY, ENDED):
        assert _field(check_extension, stay, current, until=until, valid_from=valid_from, today=TODAY) == field


@pytest.mark.parametrize(
    ("current", "limit_on", "valid_from", "field"),
    [
        (LIMIT, CAME, TODAY, None),
        (LIMIT, CAME - DAY, TODAY, "until"),
        (LIMIT, LIMIT, TODAY, "until"),
        (LIMIT, LIMIT - DAY, LIMIT + DAY, None),
        (LIMIT, LIMIT + DAY, LIMIT + 2 * DAY, "valid_from"),
        (None, LIMIT, CAME - DAY, "valid_from"),
        (date.max, LIMIT, date.max, None),
    ],
)
def test_a_fixed_date_may_be_earlier_than_the_limit_and_is_another(
    current: date | None, limit_on: date, valid_from: date, field: str | None
) -> None:
    for stay in (STAY, ENDED):
        assert _field(check_fixed_date, stay, current, limit_on=limit_on, valid_from=valid_from, today=TODAY) == field


DUE = CAME + 90 * DAY


@pytest.mark.parametrize(
    ("stay", "due_on", "held_on", "field"),
    [
        (STAY, DUE, DUE, None),
        (STAY, DUE, CAME, None),
        (STAY, DUE, CAME - DAY, "held_on"),
        (STAY, DUE, TODAY, None),
        (STAY, DUE, TODAY + DAY, "held_on"),
        (STAY, DUE + DAY, DUE, "due_on"),
        (STAY, CAME, DUE, "due_on"),
        (STAY, DUE + 90 * DAY, DUE, "due_on"),
        (STAY, DUE + 180 * DAY, DUE, None),
        (ENDED, DUE, date(2026, 11, 1), None),
        (ENDED, DUE, date(2026, 11, 2), "held_on"),
    ],
)
def test_a_review_is_one_that_falls_due_held_within_the_stay_and_once(
    stay: Interval, due_on: date, held_on: date, field: str | None
) -> None:
    held = frozenset({DUE + 90 * DAY})
    assert _field(check_review, stay, 90, due_on=due_on, held_on=held_on, held=held, today=TODAY) == field


def test_nobody_dies_before_they_come_again() -> None:
    again, before = Interval(Moment(LIMIT)), Interval(Moment(CAME - 9 * DAY), Moment(CAME))
    third = Interval(Moment(LIMIT + DAY))
    check_dead([ENDED], [before, ENDED, Interval(Moment(CAME))], field="kind")
    check_dead([], [again], field="kind")
    with pytest.raises(Refused) as refused:
        check_dead([before, ENDED], [third, again], field="kind")
    assert refused.value.field == "kind"
    assert refused.value.message.values["day"] == LIMIT


@pytest.mark.parametrize(
    ("old", "arrived", "field"),
    [
        (STAY, CAME, "arrived"),
        (STAY, CAME + DAY, None),
        (STAY, TODAY, None),
        (STAY, TODAY + DAY, "arrived"),
        (ENDED, date(2026, 11, 1), None),
        (ENDED, date(2026, 11, 2), "arrived"),
        (ENDED, CAME - 99 * DAY, None),
    ],
)
def test_a_corrected_arrival_says_something_else_and_lies_before_the_departure(
    old: Interval, arrived: date, field: str | None
) -> None:
    assert _field(check_correction, old, Moment(arrived), Moment(TODAY)) == field
