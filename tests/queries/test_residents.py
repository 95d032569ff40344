"""The list of residents, the roll, and one resident whole."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from models.actions import residents as resident_actions
from models.actions import stays as stay_actions
from models.clock import FixedClock
from models.entities.rooms import Placement
from models.ids import ResidentId
from models.queries import resident_page, residents, search
from models.queries.residents import ResidentRow, Roll, Shown, Whereabouts
from models.rules.limits import ReviewState
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, LimitBasis
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.queries.persons import ARRIVED, DECIDED, House, at, furnished, house

__all__ = ["furnished", "house"]

ENGLISH = translator("en")


def _ids(register: Register, **asked: object) -> list[ResidentId]:
    with register.read() as snapshot:
        return residents.ids(snapshot, **asked)  # type: ignore[arg-type]


def _row(register: Register, resident: ResidentId) -> ResidentRow:
    with register.read() as snapshot:
        return residents.rows(snapshot, [resident])[0]


def test_the_roll_counts_present_away_and_overdue(register: Register, house: House) -> None:
    with register.read() as snapshot:
        roll = residents.roll(snapshot)
    assert roll == Roll(on_roll=5, away=2, overdue=1)
    assert roll.present == 3


@pytest.mark.parametrize(
    ("shown", "numbers"),
    [
        (Shown.ON_ROLL, ["K-0012", "K-0024", "K-0040", "K-0031", "K-0017"]),
        (Shown.AWAY, ["K-0024", "K-0017"]),
        (Shown.PAST_LIMIT, ["K-0031"]),
        (Shown.DEPARTED, ["K-0005"]),
        (Shown.ALL, ["K-0012", "K-0024", "K-0040", "K-0005", "K-0031", "K-0017"]),
    ],
)
def test_each_filter_shows_whom_it_names_by_name(
    register: Register, house: House, shown: Shown, numbers: list[str]
) -> None:
    with register.read() as snapshot:
        ids = residents.ids(snapshot, shown=shown)
        by_id = {row.id: row.number for row in residents.rows(snapshot, ids)}
    assert [by_id[which] for which in ids] == numbers


def test_the_last_day_itself_is_not_past_the_limit(register: Register, house: House, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
    assert _ids(register, shown=Shown.PAST_LIMIT) == []
    clock.instant = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
    assert _ids(register, shown=Shown.PAST_LIMIT) == [house.nasrullah]


def test_the_list_is_narrowed_to_a_programme_and_to_what_is_typed(register: Register, house: House) -> None:
    assert _ids(register, programme=house.uk) == [house.maria, house.unnamed]
    assert _ids(register, text="noor") == [house.nasrullah]
    assert _ids(register, text="احمد") == [house.gul]
    assert _ids(register, text="K-0040", programme=house.us) == []
    assert _ids(register, text="van", shown=Shown.ON_ROLL) == []
    assert _ids(register, text="van", shown=Shown.DEPARTED) == [house.gone]


def test_every_column_sorts_both_ways_and_loses_nobody(register: Register, house: House) -> None:
    for sort, shown in product(residents.SORTS, Shown):
        up = _ids(register, sort=sort, shown=shown)
        down = _ids(register, sort=sort, descending=True, shown=shown)
        assert sorted(up) == sorted(down) == sorted(_ids(register, shown=shown)), (sort, shown)


@pytest.mark.parametrize("down", [False, True])
def test_those_who_are_the_same_in_one_column_stand_in_the_order_of_the_second(
    register: Register, house: House, *, down: bool
) -> None:
    for number, room in (("K-70", "7"), ("K-71", "9"), ("K-72", "8")):
        who = builders.resident(register, number, sort_name="z", nationality="AF")
        stay = builders.stay(register, who, house.uk, date(2026, 11, 20))
        bed = builders.bed(register, room)
        register.perform(builders.put, row=Placement(stay_id=stay, bed_id=bed, from_on=date(2026, 11, 20)))
    found = [_row(register, one) for one in _ids(register, sort="programme", then=(("number", down),))]
    assert [one.programme for one in found] == sorted(one.programme for one in found)
    uk = [one.number for one in found if one.number.startswith("K-7")]
    assert uk == (["K-72", "K-71", "K-70"] if down else ["K-70", "K-71", "K-72"])
    by_room = [_row(register, one) for one in _ids(register, sort="nationality", then=(("room", down),))]
    rooms = [one.room for one in by_room if one.number.startswith("K-7")]
    assert rooms == (["9", "8", "7"] if down else ["7", "8", "9"])


def test_sorting_follows_numbers_days_limits_and_rooms_as_people_count(register: Register, house: House) -> None:
    tenth = builders.resident(register, "K-10000", sort_name="zz")
    stay = builders.stay(register, tenth, house.us, date(2026, 11, 20))
    bed = builders.bed(register, "5")
    register.perform(builders.put, row=Placement(stay_id=stay, bed_id=bed, from_on=date(2026, 11, 20)))
    assert _ids(register, sort="number")[-1] == tenth
    assert _ids(register, sort="day")[0] == tenth
    assert _ids(register, sort="day", descending=True)[-1] == tenth
    assert _ids(register, sort="limit")[:2] == [house.nasrullah, house.gul]
    assert _ids(register, sort="limit", descending=True)[:2] == [house.gul, house.nasrullah]
    assert _ids(register, sort="room")[:2] == [tenth, house.gul]


def test_a_row_says_day_room_and_whereabouts(register: Register, house: House) -> None:
    row = _row(register, house.gul)
    assert (row.name, row.facts.own_script, row.number, row.programme) == (
        "Ahmadzai, Gul",
        "گل احمدزی",
        "K-0012",
        "US-2025",
    )
    assert (row.day, row.days_allowed, row.days_past) == (149, 180, 0)
    assert (row.room, row.bed, row.whereabouts) == ("12", "A", Whereabouts.PRESENT)
    assert _row(register, house.nasrullah).days_past == 3
    overdue = _row(register, house.chidi)
    assert (overdue.whereabouts, overdue.due_back, overdue.absence_id) == (
        Whereabouts.OVERDUE,
        at(20, 18),
        house.chidi_absence,
    )
    assert _row(register, house.maria).whereabouts is Whereabouts.AWAY
    unnamed = _row(register, house.unnamed)
    assert (unnamed.name, unnamed.facts.is_named, unnamed.room) == ("K-0040", False, "")


def test_who_left_is_shown_with_the_last_stay_and_no_room(register: Register, house: House) -> None:
    row = _row(register, house.gone)
    assert (row.whereabouts, row.departed_on, row.departure_kind) == (
        Whereabouts.DEPARTED,
        date(2026, 8, 1),
        DepartureKind.VOLUNTARY_RETURN,
    )
    assert (row.room, row.day, row.days_past) == ("", 37, 0)


def test_who_left_and_came_back_on_one_day_is_on_the_roll_with_the_new_stay(register: Register, house: House) -> None:
    builders.stay(register, house.gone, house.uk, date(2026, 8, 1))
    row = _row(register, house.gone)
    assert (row.whereabouts, row.programme, row.arrived_on) == (Whereabouts.PRESENT, "UK-RETURN", date(2026, 8, 1))
    assert _ids(register, shown=Shown.DEPARTED) == []


def test_the_search_box_gives_rows_in_the_order_of_likelihood(register: Register, house: House) -> None:
    with register.read() as snapshot:
        found = search.box(snapshot, text="n")
        assert [row.number for row in found] == ["K-0031", "K-0005"]
        assert [row.number for row in search.box(snapshot, text="k-0017")] == ["K-0017"]
        assert search.box(snapshot, text="zzz") == ()


# -- one resident ------------------------------------------------------------------------------------------------------


def _page(register: Register, resident: ResidentId) -> resident_page.ResidentPage:
    with register.read() as snapshot:
        found = resident_page.page(snapshot, resident_id=resident)
    assert found is not None
    return found


def test_nobody_has_no_page(register: Register) -> None:
    with register.read() as snapshot:
        assert resident_page.page(snapshot, resident_id=ResidentId(99)) is None


def test_a_resident_is_shown_whole(register: Register, house: House) -> None:
    page = _page(register, house.gul)
    assert (page.facts.family_name, page.facts.languages) == ("Ahmadzai", ("prs", "en"))
    assert [(row.room, row.start.on, row.end) for row in page.placements] == [
        ("12", date(2026, 8, 5), None),
        ("4", ARRIVED, Moment(date(2026, 8, 5))),
    ]
    assert page.stay is not None
    assert (page.stay.day, page.stay.days_allowed, page.stay.limit_on) == (149, 180, date(2026, 12, 22))
    assert [(row.programme, row.number) for row in page.partner_numbers] == [("US-2025", "")]
    assert page.open_absence is None
    away = _page(register, house.chidi).open_absence
    assert away is not None
    assert (away.is_overdue, away.place) == (True, "Regional Hospital")


def test_reviews_are_held_late_or_to_come(register: Register, house: House, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    stay = _page(register, house.gul).stay
    assert stay is not None
    assert [(review.due_on, review.state) for review in stay.reviews] == [
        (date(2026, 12, 23), ReviewState.LATE),
        (date(2026, 9, 24), ReviewState.HELD),
    ]
    assert stay.next_review == date(2026, 12, 23)
    assert stay.reviews[1].outcome == "Stay goes on."
    clock.instant = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)
    stay = _page(register, house.gul).stay
    assert stay is not None
    assert stay.reviews[0].state is ReviewState.DUE


def test_an_extension_stands_after_the_limit_that_it_replaces(register: Register, house: House) -> None:
    register.perform(stay_actions.extend, stay_id=house.gul_stay, until=date(2027, 3, 20), **DECIDED)
    page = _page(register, house.gul)
    assert page.stay is not None
    assert [(row.limit_on, row.basis, row.holds) for row in page.stay.limits] == [
        (date(2026, 12, 22), LimitBasis.PROGRAMME, False),
        (date(2027, 3, 20), LimitBasis.EXTENSION, True),
    ]
    assert page.stay.limits[1].entered_by == "A. Berisha"
    assert [ENGLISH.render(decision.what) for decision in page.decisions] == [
        "Last day set to 20 Mar 2027",
        "Review: Stay goes on.",
    ]


def test_the_family_is_named_with_where_each_is(register: Register, house: House) -> None:
    register.perform(resident_actions.join_family, resident_id=house.gone, with_id=house.gul, relation="brother")
    page = _page(register, house.gul)
    assert page.family_name == "Ahmadzai"
    assert [(each.number, each.relation, each.whereabouts) for each in page.relatives] == [
        ("K-0005", "brother", Whereabouts.DEPARTED)
    ]


def test_an_emergency_arrival_says_why_until_it_is_cured(register: Register, house: House) -> None:
    from models.rules.residents import PersonFacts

    stay_id = register.perform(
        stay_actions.admit,
        programme_id=house.us,
        arrived=Moment(date(2026, 11, 20)),
        person=PersonFacts(family_name="Rahimi"),
        emergency_reason="At the gate at night.",
    ).value
    with register.read() as snapshot:
        resident = residents.ids(snapshot, text="rahimi")[0]
    page = _page(register, resident)
    assert page.row.is_emergency
    assert page.stay is not None
    assert page.stay.is_emergency
    assert ENGLISH.render(page.stay.emergency[0]) == "Emergency arrival: At the gate at night."
    register.perform(stay_actions.cure_emergency, stay_id=stay_id, note="Accepted on US-02.")
    page = _page(register, resident)
    assert not page.row.is_emergency
    assert page.stay is not None
    assert (page.stay.is_emergency, page.stay.cured_note) == (False, "Accepted on US-02.")
