"""Who may go out, by when they are to be back, and from when on they are held to have left."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules import gate
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime

ZONE = ZoneInfo("Europe/Belgrade")
NOW = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)


def _at(day: int, hour: int, minute: int = 0) -> Moment:
    return Moment.of(datetime(2026, 11, day, hour, minute, tzinfo=ZONE), ZONE)


@dataclass(frozen=True)
class Leave:
    start: Moment
    due_back: Moment


START, BACK = _at(21, 10), _at(22, 10)


@dataclass(frozen=True)
class Asked:
    """A leave that can be planned."""

    kind: AbsenceKind = AbsenceKind.LEAVE
    regime: Regime = Regime.OPEN
    reason: str = "A wedding"
    start: Moment = START
    due_back: Moment = BACK


@pytest.mark.parametrize(
    ("now", "by", "due"),
    [
        (_at(21, 9), "", _at(21, 22)),
        (_at(21, 21, 59), "22:00", _at(21, 22)),
        (_at(21, 22), "22:00", _at(22, 22)),
        (_at(21, 23, 30), "06:00", _at(22, 6)),
    ],
)
def test_who_goes_without_a_leave_is_due_the_next_time_the_clock_shows_the_hour(
    now: Moment, by: str, due: Moment
) -> None:
    assert gate.due_back(now, by, ZONE) == due


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.times())
def test_the_hour_always_follows_the_going_within_a_day_and_an_hour(local: datetime, by: object) -> None:
    now = Moment.of(local.replace(tzinfo=ZONE), ZONE)
    due = gate.due_back(now, f"{by:%H:%M}", ZONE)
    assert now.at is not None
    assert due.at is not None
    assert timedelta(0) < due.at - now.at <= timedelta(hours=25)


@pytest.mark.parametrize("wrong", ["22", "25:00", "ten"])
def test_what_is_no_hour_is_refused_beside_its_field(wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        gate.checked_back_by(wrong)
    assert refused.value.field == "back_by"
    assert (gate.checked_back_by(" 9:05 "), gate.checked_back_by(" ")) == ("09:05", "")


def test_a_leave_holds_from_its_beginning_until_it_is_over() -> None:
    early, late = Leave(_at(21, 8), _at(21, 12)), Leave(Moment(date(2026, 11, 21)), Moment(date(2026, 11, 22)))
    assert gate.holding([late, early], _at(21, 9)) == early
    assert gate.holding([late, early], _at(21, 7)) == late
    assert gate.holding([early], _at(21, 12)) is None
    assert gate.holding([late], _at(22, 23)) == late
    assert gate.holding([late], _at(23, 0)) is None


@pytest.mark.parametrize(
    ("due", "hours", "regime", "at", "left"),
    [
        (_at(14, 22), 0, Regime.OPEN, _at(21, 21, 59), False),
        (_at(14, 22), 0, Regime.OPEN, _at(21, 22), True),
        (_at(14, 22), 0, Regime.DETAINED, _at(21, 22), False),
        (_at(20, 22), 24, Regime.OPEN, _at(21, 21), False),
        (_at(20, 22), 24, Regime.OPEN, _at(21, 22), True),
        (Moment(date(2026, 11, 19)), 24, Regime.OPEN, _at(20, 23, 59), False),
        (Moment(date(2026, 11, 19)), 24, Regime.OPEN, _at(21, 0), True),
    ],
)
def test_that_somebody_left_is_proposed_after_the_hours_of_the_house_and_only_where_it_is_open(
    due: Moment, hours: int, regime: Regime, at: Moment, left: bool
) -> None:
    assert at.at is not None
    assert gate.seems_to_have_left(due, at.at, hours=hours, regime=regime, zone=ZONE) is left


@pytest.mark.parametrize(
    ("regime", "escort", "is_decided", "goes"),
    [
        (Regime.OPEN, "", False, True),
        (Regime.DETAINED, " ", False, False),
        (Regime.DETAINED, "Guard B. Krasniqi", False, True),
        (Regime.DETAINED, "", True, True),
    ],
)
def test_who_is_detained_goes_with_an_escort_or_by_a_decision(
    regime: Regime, escort: str, is_decided: bool, goes: bool
) -> None:
    if goes:
        gate.check_guarded(regime, escort=escort, is_decided=is_decided)
        return
    with pytest.raises(Refused) as refused:
        gate.check_guarded(regime, escort=escort, is_decided=is_decided)
    assert refused.value.field == "escort"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, None),
        ({"kind": AbsenceKind.OUT}, "kind"),
        ({"regime": Regime.DETAINED}, "kind"),
        ({"regime": Regime.DETAINED, "kind": AbsenceKind.COURT}, None),
        ({"reason": " "}, "reason"),
        ({"due_back": _at(21, 9)}, "due_back"),
        ({"start": _at(20, 8), "due_back": _at(21, 9, 13)}, "due_back"),
        ({"start": _at(20, 8)}, None),
    ],
)
def test_a_leave_that_cannot_be_is_refused_beside_its_field(change: dict[str, Any], field: str | None) -> None:
    asked = replace(Asked(), **change)

    def check() -> None:
        gate.check_leave(
            kind=asked.kind,
            regime=asked.regime,
            reason=asked.reason,
            start=asked.start,
            due_back=asked.due_back,
            now=Moment.of(NOW, ZONE),
        )

    if field is None:
        check()
        return
    with pytest.raises(Refused) as refused:
        check()
    assert refused.value.field == field
