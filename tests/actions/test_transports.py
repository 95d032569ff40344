"""Transports: who is expected with one, who came, and all of them admitted in one step or nobody."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.actions import rooms, selection, transports
from models.entities.selection import Candidate, ProposedList
from models.errors import Refused
from models.ids import BedId, CandidateId, PassengerId, ProgrammeId, StayId, TransportId
from models.queries import passengers
from models.queries import transports as queries
from models.queries.passengers import PassengerRow, TransportWhole
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.rules.transports import Stage
from models.rules.vocabulary import CandidateState, Role, RoomKind, Sex, TransportMeans
from models.store.register import Register
from tests import builders
from tests.actions.leavers import at_desk

TODAY = date(2026, 11, 21)
CAME = Moment(TODAY, datetime(2026, 11, 21, 4, 52, tzinfo=UTC))


def listed(register: Register, programme_id: ProgrammeId, *people: dict[str, Any]) -> tuple[CandidateId, ...]:
    """A list of accepted people, named by the letters of the alphabet unless they are told otherwise."""
    with register.read() as snapshot:
        number = len(snapshot.connection.exec_driver_sql("SELECT id FROM proposed_lists").all()) + 1
    row = ProposedList(
        programme_id=programme_id, code=f"L{number}", received_on=date(2026, 11, 1), file_hash=f"{number:064}"
    )
    list_id = register.perform(builders.put, row=row).value
    made = []
    for place, said in enumerate(people, 1):
        values = {
            "family_name": f"{'ABCDEFGHIJ'[place % 10] * 4}{number}",
            "given_names": f"{'KLMNOPQRST'[place % 10] * 4}",
            "partner_number": f"N-{number}-{place}",
            "sex": Sex.MALE,
            "birth": BirthDate(1970 + place, 1 + place % 12, 1 + (place * 7) % 27),
            "nationality": "AF",
            "state": CandidateState.ACCEPTED,
        } | said
        candidate = Candidate(
            list_id=list_id, programme_id=programme_id, row_number=place, languages=["prs"], doubts=[], **values
        )
        made.append(CandidateId(register.perform(builders.put, row=candidate).value))
    return tuple(made)


def expected(register: Register, candidates: tuple[CandidateId, ...], **said: Any) -> TransportId:
    """A bus of today that those people are on."""
    with register.read() as snapshot:
        today = Moment(snapshot.today)
    values: dict[str, Any] = {"means": TransportMeans.BUS, "expected": today, "from_place": "Prishtina airport"}
    return register.perform(transports.add, candidate_ids=candidates, **(values | said)).value


def whole(register: Register, transport_id: TransportId) -> TransportWhole:
    with register.read() as snapshot:
        return passengers.whole(snapshot, transport_id=transport_id)


def of(found: TransportWhole, candidate_id: CandidateId) -> PassengerRow:
    return next(each for each in found.people if each.candidate_id == candidate_id)


def admit(register: Register, transport_id: TransportId, *, but: tuple[PassengerId, ...] = ()) -> tuple[StayId, ...]:
    """Admit those who are ready, in the beds that are proposed."""
    ready = [each for each in whole(register, transport_id).ready if each.id not in but]
    beds = {each.id: None if each.bed is None else each.bed.id for each in ready}
    return register.perform(transports.admit, transport_id=transport_id, beds=beds).value


def do_transports(register: Register) -> None:
    """Every action of a transport once, for `tests/dialects`."""
    who = register.person
    at_desk(register, Role.SUPERVISOR)
    _do_all(register)
    register.person = who


def _do_all(register: Register) -> None:
    programme = builders.programme(register, "BUS", places=None)
    people = listed(register, programme, {}, {"birth": None}, {}, {})
    bus = expected(register, people[:2])
    version = whole(register, bus).row.version
    register.perform(
        transports.change,
        transport_id=bus,
        means=TransportMeans.CONVOY,
        expected=Moment(TODAY),
        number="KS 12",
        escort="police",
        version=version,
    )
    register.perform(transports.expect, transport_id=bus, candidate_ids=people[2:])
    register.perform(transports.take_off, transport_id=bus, candidate_ids=people[3:])
    register.perform(transports.call_off, transport_id=bus, reason="snow")
    register.perform(transports.expect_again, transport_id=bus)
    register.perform(transports.come, transport_id=bus, came=CAME)
    found = whole(register, bus)
    one, doubted, away = (of(found, each) for each in people[:3])
    register.perform(transports.board, transport_id=bus, passenger_ids=[away.id], is_aboard=False)
    register.perform(transports.arrange, transport_id=bus, passenger_id=one.id, not_shared=True, version=one.version)
    why = "the school report"
    register.perform(transports.decide_age, transport_id=bus, passenger_ids=[doubted.id], is_child=True, reason=why)
    register.perform(transports.identify, transport_id=bus, passenger_id=one.id, told_apart=["resident:1"])
    made = admit(register, bus)
    register.perform(transports.take_back, transport_id=bus, stay_ids=made, reason="the wrong bus")
    admit(register, bus)
    other = expected(register, people[3:])
    register.perform(transports.remove, transport_id=other, reason="entered twice")


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register)


def test_a_bus_is_admitted_in_one_step_with_beds_and_taken_back_whole(
    register: Register, programme: ProgrammeId
) -> None:
    register.perform(rooms.add_room, name="1", last="3", beds=2)
    bus = expected(register, people := listed(register, programme, {}, {}, {}, {"sex": Sex.FEMALE}, {}))
    assert {each.stage for each in whole(register, bus).people} == {Stage.EXPECTED}
    register.perform(transports.come, transport_id=bus, came=CAME)
    found = whole(register, bus)
    register.perform(transports.board, transport_id=bus, passenger_ids=[of(found, people[4]).id], is_aboard=False)
    found = whole(register, bus)
    assert [each.stage for each in found.people] == [*[Stage.READY] * 4, Stage.NOT_COME]
    made = admit(register, bus)
    with register.read() as snapshot:
        rows = snapshot.connection.exec_driver_sql(
            "SELECT s.id, r.number, s.candidate_id, s.arrived_at, p.from_at FROM stays s "
            "JOIN residents r ON r.id = s.resident_id JOIN placements p ON p.stay_id = s.id ORDER BY s.id"
        ).all()
        rolls = snapshot.connection.exec_driver_sql(
            "SELECT count(DISTINCT r.sex) FROM placements p JOIN beds b ON b.id = p.bed_id JOIN stays s ON s.id = "
            "p.stay_id JOIN residents r ON r.id = s.resident_id GROUP BY b.room_id"
        ).all()
    assert [row[0] for row in rows] == sorted(made)
    assert [row[1] for row in rows] == ["K-0001", "K-0002", "K-0003", "K-0004"]
    assert [row[2] for row in rows] == list(people[:4])
    assert {row[3] for row in rows} == {row[4] for row in rows}
    assert len({row[3] for row in rows}) == 1
    assert {row[0] for row in rolls} == {1}
    assert whole(register, bus).row.is_over

    register.perform(transports.take_back, transport_id=bus, stay_ids=made, reason="the wrong bus")
    for table in ("stays", "placements"):
        assert builders.rows(register, f"SELECT count(*) FROM {table}") == [(0,)]
    assert [each.stage for each in whole(register, bus).people] == [*[Stage.READY] * 4, Stage.NOT_COME]
    admit(register, bus)
    with register.read() as snapshot:
        numbers = set(
            snapshot.connection.exec_driver_sql(
                "SELECT r.number FROM residents r JOIN stays s ON s.resident_id = r.id"
            ).scalars()
        )
    assert numbers == {"K-0001", "K-0002", "K-0003", "K-0004"}, "the numbers were free again"


def test_a_family_gets_the_room_for_families_though_each_alone_would_be_refused_it(
    register: Register, programme: ProgrammeId
) -> None:
    for name, kind in (("1", RoomKind.FAMILIES), ("2", RoomKind.WOMEN), ("3", RoomKind.MEN), ("4", RoomKind.DETENTION)):
        register.perform(rooms.add_room, name=name, beds=3, kind=kind)
    family: dict[str, Any] = {"family_group": "F-1"}
    people = listed(
        register,
        programme,
        {},
        family | {"birth": BirthDate(2019, 2, 3), "relation": "child"},
        family | {"sex": Sex.FEMALE},
        family,
        {"sex": Sex.FEMALE},
    )
    bus = expected(register, people)
    register.perform(transports.come, transport_id=bus, came=CAME)
    admit(register, bus)
    where = builders.rows(
        register,
        "SELECT s.candidate_id, r.name FROM placements p JOIN stays s ON s.id = p.stay_id "
        "JOIN beds b ON b.id = p.bed_id JOIN rooms r ON r.id = b.room_id ORDER BY s.candidate_id",
    )
    assert where == [*zip(people, ["3", "1", "1", "1", "2"], strict=True)]
    assert builders.rows(register, "SELECT count(*) FROM placements WHERE exceptions <> '[]'") == [(0,)]


def test_a_bed_that_its_kind_forbids_is_refused_whoever_has_chosen_it(
    register: Register, programme: ProgrammeId
) -> None:
    register.perform(rooms.add_room, name="1", beds=1, kind=RoomKind.DETENTION)
    bus = expected(register, listed(register, programme, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    (one,) = whole(register, bus).people
    assert one.bed is None
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, transport_id=bus, beds={one.id: BedId(1)})
    assert refused.value.message.text.startswith("Nobody was admitted")
    assert "is for detained people" in refused.value.reasons[0].text
    assert builders.rows(register, "SELECT count(*) FROM stays") == [(0,)]


def test_a_bed_that_its_kind_forbids_a_supervisor_allows_with_a_reason(
    register: Register, programme: ProgrammeId
) -> None:
    register.perform(rooms.add_room, name="1", beds=1, kind=RoomKind.WOMEN)
    bus = expected(register, listed(register, programme, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    (one,) = whole(register, bus).people
    values: dict[str, Any] = {"transport_id": bus, "beds": {one.id: BedId(1)}}
    at_desk(register, Role.CLERK)
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, **values, reason="the only bed")
    assert refused.value.field == "bed_id"
    at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, **values)
    assert refused.value.field == "reason"
    assert builders.rows(register, "SELECT count(*) FROM stays") == [(0,)]
    register.perform(transports.admit, **values, reason="the only bed")
    assert builders.rows(register, "SELECT reason, exceptions <> '[]' FROM placements") == [("the only bed", 1)]


def test_where_one_cannot_be_admitted_nobody_is_and_each_is_told_why(
    register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, people := listed(register, programme, {}, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    at_desk(register, Role.SUPERVISOR)
    register.perform(
        selection.decide, candidate_id=people[1], outcome=CandidateState.WITHDRAWN, reason="ill", decided_by="V. G."
    )
    found = whole(register, bus)
    assert [each.stage for each in found.people] == [Stage.READY, Stage.TO_DECIDE, Stage.READY]
    beds = {each.id: None for each in found.people}
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, transport_id=bus, beds=beds)
    ((who,),) = refused.value.whom
    assert who.name == _name(found.people[1])
    assert refused.value.reasons[0].text == "The acceptance of the person was withdrawn."
    assert builders.rows(register, "SELECT count(*) FROM stays, residents") == [(0,)]
    assert len(admit(register, bus)) == 2


def _name(each: PassengerRow) -> str:
    return f"{each.family_name}, {each.given_names}"


def test_a_taken_bed_is_refused_by_name_and_nothing_is_left_behind(register: Register, programme: ProgrammeId) -> None:
    bed = builders.bed(register)
    bus = expected(register, listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    found = whole(register, bus)
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, transport_id=bus, beds={each.id: bed for each in found.people})
    assert [[who.name for who in each] for each in refused.value.whom] == [[_name(found.people[1])]]
    assert "taken" in refused.value.reasons[0].text
    assert builders.rows(register, "SELECT count(*) FROM stays") == [(0,)]


def test_whoever_does_not_come_keeps_the_place_and_may_come_with_another_bus(
    register: Register, programme: ProgrammeId
) -> None:
    people = listed(register, programme, {}, {})
    bus = expected(register, people)
    with pytest.raises(Refused, match="Not everybody"):
        expected(register, people[:1])
    register.perform(transports.come, transport_id=bus, came=CAME)
    away = of(whole(register, bus), people[1])
    register.perform(transports.board, transport_id=bus, passenger_ids=[away.id], is_aboard=False)
    admit(register, bus)
    with register.read() as snapshot:
        waiting = queries.arrivals(snapshot).waiting
        places = selection_places(snapshot)
    assert [each.candidate_ids for each in waiting] == [(people[1],)]
    assert places == (2, 1)
    later = expected(register, (people[1],))
    with pytest.raises(Refused, match="Not everybody"):  # on two at once by the back door
        register.perform(transports.board, transport_id=bus, passenger_ids=[away.id], is_aboard=True)
    register.perform(transports.come, transport_id=later, came=CAME)
    assert len(admit(register, later)) == 1


def selection_places(snapshot: Any) -> tuple[int, int]:
    from models.queries.selection import overview

    (row,) = overview(snapshot).places
    return row.taken, row.held


def test_an_age_in_doubt_and_a_likeness_are_decided_before(register: Register, programme: ProgrammeId) -> None:
    twin: dict[str, Any] = {"family_name": "Rahmani", "given_names": "Yousuf", "birth": BirthDate(1984, 3, 2)}
    known = builders.resident(register, "K-0900", **twin, sex=Sex.MALE)
    builders.stay(register, known, programme, date(2026, 7, 1), date(2026, 10, 3))
    people = listed(register, programme, twin, {"birth": BirthDate(2009, about=True)})
    bus = expected(register, people)
    register.perform(transports.come, transport_id=bus, came=CAME)
    found = whole(register, bus)
    assert [each.stage for each in found.people] == [Stage.TO_DECIDE] * 2
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, transport_id=bus, beds={each.id: None for each in found.people})
    assert [why.text for why in refused.value.reasons] == [
        "Perhaps known already",
        "Age in doubt: not with adults before it is decided",
    ]
    values: dict[str, Any] = {"transport_id": bus, "passenger_ids": [found.people[1].id], "reason": "looks it"}
    at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="who may not do this"):
        register.perform(transports.decide_age, is_child=False, **values)
    register.perform(transports.decide_age, is_child=True, **values)
    register.perform(transports.identify, transport_id=bus, passenger_id=found.people[0].id, resident_id=known)
    made = admit(register, bus)
    who = builders.rows(register, f"SELECT resident_id FROM stays WHERE id = {made[0]}")
    assert who == [(known,)]
    assert of(whole(register, bus), people[0]).became == "K-0900"


def test_who_is_said_to_be_somebody_else_is_asked_about_again_only_for_others(
    register: Register, programme: ProgrammeId
) -> None:
    twin: dict[str, Any] = {"family_name": "Rahmani", "given_names": "Yousuf", "birth": BirthDate(1984, 3, 2)}
    builders.resident(register, "K-0900", **twin)
    bus = expected(register, listed(register, programme, twin))
    register.perform(transports.come, transport_id=bus, came=CAME)
    (one,) = whole(register, bus).people
    values: dict[str, Any] = {"transport_id": bus, "passenger_id": one.id}
    register.perform(transports.identify, **values, told_apart=one.alike)
    assert whole(register, bus).people[0].stage is Stage.READY
    builders.resident(register, "K-0901", **twin)
    assert whole(register, bus).people[0].stage is Stage.TO_DECIDE


def test_another_hour_counts_for_one_alone(register: Register, programme: ProgrammeId) -> None:
    bus = expected(register, people := listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    own = Moment(TODAY, datetime(2026, 11, 21, 7, 0, tzinfo=UTC))
    one = of(whole(register, bus), people[1])
    values: dict[str, Any] = {"transport_id": bus, "passenger_id": one.id}
    register.perform(transports.arrange, **values, arrived=own)
    with pytest.raises(Refused, match="future"):
        register.perform(transports.arrange, **values, arrived=Moment(date(2026, 11, 22)))
    admit(register, bus)
    hours = builders.rows(register, "SELECT arrived_at FROM stays ORDER BY candidate_id")
    assert [str(each[0])[11:16] for each in hours] == ["04:52", "07:00"]


def test_an_age_is_looked_at_on_the_day_of_the_person_and_not_of_the_bus(
    register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, people := listed(register, programme, {"birth": BirthDate(2008, 11)}))
    register.perform(transports.come, transport_id=bus, came=Moment(date(2026, 10, 31)))  # a child that day
    one = of(whole(register, bus), people[0])
    assert not one.age_in_doubt
    register.perform(transports.arrange, transport_id=bus, passenger_id=one.id, arrived=Moment(TODAY))
    one = of(whole(register, bus), people[0])
    assert (one.age_in_doubt, one.stage) == (True, Stage.TO_DECIDE)
    with pytest.raises(Refused, match="Nobody was admitted"):
        register.perform(transports.admit, transport_id=bus, beds={one.id: None})


def test_what_was_said_of_the_bed_that_somebody_needs_is_kept_of_the_person_once(
    register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, people := listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    one = of(whole(register, bus), people[0])
    values: dict[str, Any] = {"transport_id": bus, "passenger_id": one.id}
    register.perform(transports.arrange, **values, needs_accessible=True, not_shared=True)
    made = admit(register, bus)
    kinds = "SELECT kind FROM needs ORDER BY kind"
    assert builders.rows(register, kinds) == [("accessible_bed",), ("not_shared",)]
    register.perform(transports.take_back, transport_id=bus, stay_ids=made, reason="the wrong bus")
    admit(register, bus)
    assert builders.rows(register, kinds) == [("accessible_bed",), ("not_shared",)]


def test_the_places_that_are_left_are_counted_as_each_admission_counts_them(register: Register) -> None:
    programme = builders.programme(register, places=2)
    bus = expected(register, listed(register, programme, {}, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    found = whole(register, bus)
    assert [len(each.objections) for each in found.people] == [1, 1, 1]
    with pytest.raises(Refused) as refused:
        register.perform(transports.admit, transport_id=bus, beds={each.id: None for each in found.people})
    assert found.people[0].objections[0] in refused.value.reasons


def test_a_transport_that_came_is_not_removed_nor_said_not_to_have_come_over_admissions(
    register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, people := listed(register, programme, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    with pytest.raises(Refused, match="has come"):
        register.perform(transports.remove, transport_id=bus, reason="slip")
    with pytest.raises(Refused, match="has come"):
        register.perform(transports.call_off, transport_id=bus, reason="slip")
    admit(register, bus)
    with pytest.raises(Refused, match="were admitted"):
        register.perform(transports.come, transport_id=bus, came=None)
    with pytest.raises(Refused, match="was admitted"):
        register.perform(transports.take_off, transport_id=bus, candidate_ids=people)
    register.perform(transports.take_back, transport_id=bus, reason="the wrong bus")
    register.perform(transports.come, transport_id=bus, came=None)
    register.perform(transports.remove, transport_id=bus, reason="slip")
    assert builders.rows(register, "SELECT count(*) FROM transports") == [(0,)]


def test_no_transport_is_expected_in_the_past(register: Register) -> None:
    with pytest.raises(Refused, match="day is over") as refused:
        expected(register, (), expected=Moment(date(2026, 11, 20)))
    assert refused.value.field == "expected"
