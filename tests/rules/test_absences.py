"""What may be entered of an absence: within its stay, in its order, not before it happens."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.errors import Refused
from models.rules.absences import check_absence, check_due, check_return, is_overdue, kinds_under
from models.rules.time import Interval, Moment
from models.rules.vocabulary import AbsenceKind, Regime

NOW = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)


def _at(day: int, minutes: int | None = None) -> Moment:
    """A day of November, alone or with minutes after 08:14."""
    on = date(2026, 11, day)
    return Moment(on, None if minutes is None else NOW + timedelta(days=day - 21, minutes=minutes))


OPEN = Interval(_at(3))
OVER = Interval(_at(3), _at(15))
GOOD: dict[str, Any] = {
    "kind": AbsenceKind.HOSPITAL, "regime": Regime.OPEN, "left": _at(10), "due_back": _at(12), "returned": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("stay", "other", "field"),
    [
        (OPEN, {}, None),
        (OPEN, {"kind": AbsenceKind.LEAVE}, None),
        (OPEN, {"regime": Regime.DETAINED}, None),
        (OPEN, {"kind": AbsenceKind.LEAVE, "regime": Regime.DETAINED}, "kind"),
        (OPEN, {"left": _at(21), "due_back": _at(22)}, None),
        (OPEN, {"left": _at(21, 0), "due_back": _at(22)}, None),
        (OPEN, {"left": _at(21, 1), "due_back": _at(22)}, "left"),
        (OPEN, {"left": _at(22), "due_back": _at(23)}, "left"),
        (OPEN, {"left": _at(3)}, None),
        (OPEN, {"left": _at(2)}, "left"),
        (OPEN, {"due_back": _at(9)}, "due_back"),
        (OPEN, {"due_back": _at(10)}, "due_back"),
        (OPEN, {"left": _at(10, 0), "due_back": _at(10, 1)}, None),
        (OPEN, {"returned": _at(10)}, None),
        (OPEN, {"returned": _at(9)}, "returned"),
        (OPEN, {"returned": _at(21)}, None),
        (OPEN, {"returned": _at(22)}, "returned"),
        (OVER, {"returned": _at(15)}, None),
        (OVER, {"returned": _at(16)}, "returned"),
        (OVER, {}, "returned"),
        (OVER, {"left": _at(15), "due_back": _at(16), "returned": _at(15)}, None),
        (OVER, {"left": _at(16), "due_back": _at(17), "returned": _at(17)}, "left"),
    ],
)
def test_an_absence_lies_within_its_stay_and_has_happened(
    stay: Interval, other: dict[str, Any], field: str | None
) -> None:
    values = GOOD | other
    if field is None:
        check_absence(stay, **values, now=_at(21, 0))
        return
    with pytest.raises(Refused) as refused:
        check_absence(stay, **values, now=_at(21, 0))
    assert refused.value.field == field


def test_nobody_goes_on_leave_where_people_are_detained() -> None:
    assert set(AbsenceKind) - set(kinds_under(Regime.DETAINED)) == {AbsenceKind.LEAVE, AbsenceKind.OUT}
    assert kinds_under(Regime.OPEN) == tuple(AbsenceKind)


def test_a_return_is_entered_once() -> None:
    check_return(Interval(_at(10)), _at(12), _at(21))
    with pytest.raises(Refused) as refused:
        check_return(Interval(_at(10), _at(12)), _at(12), _at(21))
    assert refused.value.field == "returned"


def test_who_leaves_at_a_minute_is_due_later() -> None:
    check_due(_at(10, 0), _at(10))
    with pytest.raises(Refused):
        check_due(_at(10, 5), _at(10, 4))


def test_who_is_away_is_overdue_to_the_minute_where_it_is_known_and_else_from_the_next_day_on() -> None:
    assert [is_overdue(_at(21, 0), _at(21, minutes)) for minutes in (-1, 0, 1)] == [False, False, True]
    assert [is_overdue(_at(21), now) for now in (_at(21, 60), _at(22))] == [False, True]
