"""Who is kept apart from others: why, by whom, from when to when, and seen by health staff every day (B3)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.actions import endings, rooms, stays
from models.actions.separations import SEPARATIONS, VISITS
from models.errors import Refused
from models.ids import StayId
from models.queries import separations as queries
from models.queries import today
from models.queries.needing import Need
from models.rules.separations import days_unseen
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, Role, RoomKind
from models.store.register import Register
from tests import builders
from tests.actions import leavers

WHY: dict[str, Any] = {"grounds": "threatened by two others", "ordered_by": "V. Gashi"}


def _on(day: int, month: int = 11) -> Moment:
    return Moment(date(2026, month, day))


@pytest.fixture
def stay(register: Register) -> StayId:
    return builders.stay(register, builders.resident(register), builders.programme(register), date(2026, 6, 26))


def do_separations(register: Register) -> None:
    """Each action to its end, for `tests/dialects`."""
    leavers.at_desk(register, Role.SUPERVISOR)
    programme = builders.programme(register, "SEP")
    stay = builders.stay(register, builders.resident(register, "S-1"), programme, date(2026, 6, 26))
    entry = register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(18), **WHY).value
    visit = register.perform(VISITS.enter, stay_id=stay, seen=_on(18), seen_by="Dr. Krasniqi").value
    register.perform(VISITS.correct, entry_id=visit, seen=_on(19), seen_by="Dr. Krasniqi", reason="her book")
    register.perform(VISITS.take_back, entry_id=visit, reason="another person")
    register.perform(SEPARATIONS.correct, entry_id=entry, began=_on(18), ended=_on(19), reason="it is over", **WHY)
    register.perform(SEPARATIONS.take_back, entry_id=entry, reason="another person")


def test_each_day_without_a_visit_is_missing_and_stands_on_today(register: Register, stay: StayId) -> None:
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(18), **WHY)
    for day in (18, 20):
        register.perform(VISITS.enter, stay_id=stay, seen=_on(day), seen_by="Dr. Krasniqi")
    with register.read() as snapshot:
        (row,) = queries.of_stay(snapshot, stay_id=stay).separations
        items = [item for item in today.today(snapshot).items if item.need is Need.UNSEEN]
    assert (row.goes_on, row.unseen) == (True, (date(2026, 11, 19), date(2026, 11, 21)))
    assert [(item.on, item.text.values["n"]) for item in items] == [(date(2026, 11, 19), 2)]
    for day in (19, 21):
        register.perform(VISITS.enter, stay_id=stay, seen=_on(day), seen_by="Dr. Krasniqi")
    with register.read() as snapshot:
        assert [item for item in today.today(snapshot).items if item.need is Need.UNSEEN] == []


def test_both_days_at_the_ends_count() -> None:
    assert days_unseen(date(2026, 11, 1), date(2026, 11, 3), {date(2026, 11, 2)}) == (
        date(2026, 11, 1),
        date(2026, 11, 3),
    )
    assert days_unseen(date(2026, 11, 1), date(2026, 11, 1), ()) == (date(2026, 11, 1),)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"began": _on(30)}, "began"),
        ({"began": _on(1, 6)}, "began"),
        ({"began": _on(18), "ended": _on(17)}, "ended"),
        ({"began": _on(18), "grounds": " "}, "grounds"),
        ({"began": _on(18), "ordered_by": ""}, "ordered_by"),
        ({"began": _on(9), "ended": _on(12)}, "began"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    register: Register, stay: StayId, said: dict[str, Any], field: str
) -> None:
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(10), ended=_on(12), **WHY)
    with pytest.raises(Refused) as refused:
        register.perform(SEPARATIONS.enter, stay_id=stay, **(WHY | said))
    assert refused.value.field == field


def test_a_visit_lies_within_a_separation(register: Register, stay: StayId) -> None:
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(10), ended=_on(12), **WHY)
    for day in (9, 13):
        with pytest.raises(Refused, match="not kept apart"):
            register.perform(VISITS.enter, stay_id=stay, seen=_on(day), seen_by="Dr. Krasniqi")
    register.perform(VISITS.enter, stay_id=stay, seen=_on(12), seen_by="Dr. Krasniqi")


def test_a_room_for_isolation_is_for_who_is_kept_apart(register: Register, stay: StayId) -> None:
    (room,) = register.perform(rooms.add_room, name="9", kind=RoomKind.ISOLATION).value
    with register.read() as snapshot:
        bed = snapshot.connection.exec_driver_sql(f"SELECT id FROM beds WHERE room_id = {room}").scalar_one()
    with pytest.raises(Refused):
        register.perform(rooms.place, stay_id=stay, bed_id=bed)
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(18), **WHY)
    register.perform(rooms.place, stay_id=stay, bed_id=bed)


def test_a_separation_ends_with_the_stay(register: Register, stay: StayId) -> None:
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(18), **WHY)
    register.perform(endings.record_left, stay_id=stay, moment=_on(20), seen_last="at the gate", how_known="said so")
    with register.read() as snapshot:
        assert queries.going_on(snapshot) == ()
        (row,) = queries.of_stay(snapshot, stay_id=stay).separations
    assert (row.goes_on, len(row.unseen)) == (False, 3)


def test_a_separation_and_its_visits_lie_within_the_stay_whatever_is_put_right(
    register: Register, stay: StayId
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    entry = register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(2), ended=_on(15), **WHY).value
    visit = register.perform(VISITS.enter, stay_id=stay, seen=_on(3), seen_by="Dr. Krasniqi").value
    left: dict[str, Any] = {"seen_last": "at the gate", "how_known": "said so"}

    def refused(action: Any, field: str, **values: Any) -> None:
        with pytest.raises(Refused, match="kept apart") as found:
            register.perform(action, stay_id=stay, **values)
        assert found.value.field == field

    refused(stays.correct, "arrived", arrived=_on(5), reason="the list of the bus")
    refused(endings.record_left, "moment", moment=_on(10), **left)
    register.perform(endings.record_left, stay_id=stay, moment=_on(16), **left)
    right: dict[str, Any] = {"kind": DepartureKind.LEFT_ON_OWN, "facts": left, "reason": "the gate book"}
    refused(endings.correct, "moment", moment=_on(10), **right)

    # What is advised leads there.
    register.perform(SEPARATIONS.correct, entry_id=entry, began=_on(2), ended=_on(10), reason="the gate book", **WHY)
    register.perform(endings.correct, stay_id=stay, moment=_on(10), **right)
    register.perform(SEPARATIONS.correct, entry_id=entry, began=_on(5), ended=_on(10), reason="the gate book", **WHY)
    refused(stays.correct, "arrived", arrived=_on(5), reason="the list of the bus")
    register.perform(VISITS.take_back, entry_id=visit, reason="it was another man")
    register.perform(stays.correct, stay_id=stay, arrived=_on(5), reason="the list of the bus")


def test_an_hour_of_arrival_does_not_come_after_what_was_entered_of_that_day(register: Register, stay: StayId) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)

    def at(hour: int) -> Moment:
        return Moment.of(datetime(2026, 6, 26, hour, tzinfo=UTC), register.facility.zone)

    register.perform(SEPARATIONS.enter, stay_id=stay, began=at(9), ended=at(11), **WHY)
    register.perform(VISITS.enter, stay_id=stay, seen=at(10), seen_by="Dr. Krasniqi")
    with pytest.raises(Refused, match="before this arrival") as refused:
        register.perform(stays.correct, stay_id=stay, arrived=at(15), reason="the gate book")
    assert refused.value.field == "arrived"
    register.perform(stays.correct, stay_id=stay, arrived=at(8), reason="the gate book")


def test_a_visit_after_the_departure_is_put_right_first_where_the_separation_only_ends_with_the_stay(
    register: Register, stay: StayId
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(2), **WHY)
    visit = register.perform(VISITS.enter, stay_id=stay, seen=_on(15), seen_by="Dr. Krasniqi").value
    went: dict[str, Any] = {"moment": _on(10), "seen_last": "at the gate", "how_known": "said so"}
    with pytest.raises(Refused, match="seen by health staff"):
        register.perform(endings.record_left, stay_id=stay, **went)
    register.perform(VISITS.correct, entry_id=visit, seen=_on(9), seen_by="Dr. Krasniqi", reason="her book")
    register.perform(endings.record_left, stay_id=stay, **went)


def test_a_separation_that_ended_with_the_stay_ends_with_it_when_the_departure_is_put_right(
    register: Register, stay: StayId
) -> None:
    leavers.at_desk(register, Role.SUPERVISOR)
    left: dict[str, Any] = {"seen_last": "at the gate", "how_known": "said so"}
    entry = register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(2), **WHY).value
    register.perform(endings.record_left, stay_id=stay, moment=_on(15), **left)
    register.perform(SEPARATIONS.correct, entry_id=entry, began=_on(2), ended=_on(15), reason="it is over", **WHY)
    register.perform(
        endings.correct,
        stay_id=stay,
        kind=DepartureKind.LEFT_ON_OWN,
        moment=_on(10),
        facts=left,
        reason="the gate book",
    )
    assert builders.rows(register, "SELECT ended_on FROM separations") == [("2026-11-10",)]


def test_a_clerk_enters_visits_and_separates_nobody(register: Register, stay: StayId) -> None:
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused):
        register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(18), **WHY)
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(SEPARATIONS.enter, stay_id=stay, began=_on(18), **WHY)
    leavers.at_desk(register, Role.CLERK)
    register.perform(VISITS.enter, stay_id=stay, seen=_on(18), seen_by="Dr. Krasniqi")
