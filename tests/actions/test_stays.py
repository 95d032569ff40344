"""Arrivals, limits, reviews and corrections through the real actions."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.actions import absences, corrections, emergencies, endings, months, rooms, stays
from models.clock import FixedClock
from models.entities.documents import Document
from models.entities.programmes import Criterion
from models.entities.residents import Resident
from models.entities.rooms import Placement, Room
from models.entities.selection import Candidate, CandidateAnswer, ProposedList
from models.entities.stays import Review, Stay, StayLimit
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId, StayId
from models.queries import arrivals, today
from models.queries import months as qmonths
from models.queries import stays as stay_queries
from models.queries.needing import Item, Need
from models.queries.stays import StayRow
from models.rules.birth import BirthDate
from models.rules.issuing import differences
from models.rules.kept import restored
from models.rules.limits import day_number, days_allowed
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    Answer,
    CandidateState,
    CriterionEffect,
    DepartureKind,
    DocumentKind,
    LimitBasis,
    LimitRule,
    PlacesRule,
    Regime,
    Role,
)
from models.store import search
from models.store.declaring import Action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from models.text import translator
from reports import monthly
from tests import builders
from tests.actions import leavers

TODAY = date(2026, 11, 21)
ENGLISH = translator("en")
PERSON = PersonFacts(family_name="Noori")


def _list(register: Register, programme_id: ProgrammeId, code: str = "US-01") -> int:
    row = ProposedList(programme_id=programme_id, code=code, received_on=TODAY, file_hash=code)
    return int(register.perform(builders.put, row=row).value)


def _candidate(
    register: Register, programme_id: ProgrammeId, list_id: int | None = None, row_number: int = 5, **fields: Any
) -> CandidateId:
    values: dict[str, Any] = {
        "family_name": "Ahmadzai",
        "given_names": "Gul",
        "languages": ["fa"],
        "doubts": [],
        "state": CandidateState.ACCEPTED,
    }
    row = Candidate(
        list_id=list_id or _list(register, programme_id, f"list-{row_number}"),
        programme_id=programme_id,
        row_number=row_number,
        **(values | fields),
    )
    return CandidateId(register.perform(builders.put, row=row).value)


def _admit(register: Register, programme_id: ProgrammeId, on: date = date(2026, 6, 26), **values: Any) -> StayId:
    return register.perform(stays.admit, programme_id=programme_id, arrived=Moment(on), **values).value


def _rows(register: Register, table: Any, **equal: Any) -> list[Any]:
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        found = list(unit.session.query(table).filter_by(**equal).order_by(table.id))
        unit.session.expunge_all()
    return found


def _stay(register: Register, stay_id: StayId) -> Stay:
    found: Stay = _rows(register, Stay, id=stay_id)[0]
    return found


def _says(refused: Refused) -> list[str]:
    return [ENGLISH.render(reason) for reason in refused.reasons]


# -- admission ---------------------------------------------------------------------------------------------------------


def test_an_accepted_candidate_becomes_a_resident_with_the_next_number_and_all_that_the_list_says(
    register: Register,
) -> None:
    programme = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    candidate = _candidate(
        register,
        programme,
        own_script="گل احمدزی",
        birth=BirthDate(1991, about=True),
        nationality="AF",
        partner_number="A-201-884-113",
        document_kind="Passport",
        document_number="P0283714",
        document_expires_on=date(2028, 3, 3),
    )
    stay = _stay(register, _admit(register, programme, candidate_id=candidate))
    resident = _rows(register, Resident, id=stay.resident_id)[0]
    assert (resident.number, resident.family_name, resident.own_script) == ("K-0001", "Ahmadzai", "گل احمدزی")
    assert (str(resident.birth), resident.nationality, resident.sort_name) == ("~1991", "AF", "ahmadzai gul")
    assert resident.candidate_id == stay.candidate_id == candidate
    document = _rows(register, Document)[0]
    assert (document.kind, document.number, document.expires_on) == (
        DocumentKind.PASSPORT,
        "P0283714",
        date(2028, 3, 3),
    )
    with register.read() as snapshot:
        for typed in ("ahmadz", "احمد", "P028", "A-201", "K-0001"):
            assert list(search.find(snapshot.connection, typed)) == [stay.resident_id], typed


def test_the_limit_of_26_june_2026_and_180_days_is_22_december_and_21_november_is_day_149(register: Register) -> None:
    programme = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    stay = _stay(register, _admit(register, programme, candidate_id=_candidate(register, programme)))
    assert stay.limit_on == date(2026, 12, 22)
    assert day_number(stay.arrived_on, TODAY) == 149
    assert days_allowed(stay.arrived_on, stay.limit_on) == 180


@pytest.mark.parametrize(("year", "limit"), [(2027, date(2027, 2, 27)), (2028, date(2028, 2, 28))])
def test_one_month_from_31_january_ends_the_day_before_the_last_of_february(
    register: Register, clock: FixedClock, year: int, limit: date
) -> None:
    clock.instant = datetime(year, 6, 1, tzinfo=UTC)
    programme = builders.programme(register, limit_rule=LimitRule.MONTHS, limit_amount=1)
    arrived = date(year, 1, 31)
    stay = _stay(register, _admit(register, programme, arrived, candidate_id=_candidate(register, programme)))
    assert stay.limit_on == limit


def test_a_fixed_date_replaces_the_days_of_the_programme(register: Register) -> None:
    programme = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    candidate = _candidate(register, programme)
    stay_id = _admit(register, programme, candidate_id=candidate, fixed_limit=date(2027, 4, 19))
    assert _stay(register, stay_id).limit_on == date(2027, 4, 19)
    assert [row.basis for row in _rows(register, StayLimit)] == [LimitBasis.FIXED_DATE]


def test_where_a_date_limits_stays_the_release_date_of_the_list_is_taken(register: Register) -> None:
    programme = builders.programme(register, limit_rule=LimitRule.FIXED_DATE)
    stay_id = _admit(register, programme, candidate_id=_candidate(register, programme, release_on=date(2027, 4, 19)))
    assert _stay(register, stay_id).limit_on == date(2027, 4, 19)


def test_where_a_date_limits_stays_and_none_is_known_the_admission_is_refused(register: Register) -> None:
    programme = builders.programme(register, limit_rule=LimitRule.FIXED_DATE)
    candidate = _candidate(register, programme)
    with pytest.raises(Refused) as refused:
        _admit(register, programme, candidate_id=candidate)
    assert _says(refused.value) == ["The last day of the stay, such as the release date, is not known."]


def test_an_arrival_in_the_future_is_refused_beside_its_field(register: Register) -> None:
    programme = builders.programme(register)
    candidate = _candidate(register, programme)
    with pytest.raises(Refused) as refused:
        _admit(register, programme, TODAY + timedelta(days=1), candidate_id=candidate)
    assert refused.value.field == "arrived"
    noon = Moment(TODAY, datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
    with pytest.raises(Refused, match="future"):
        register.perform(stays.admit, programme_id=programme, arrived=noon, candidate_id=candidate)


def test_all_that_stands_against_an_admission_is_said_at_once(register: Register) -> None:
    programme = builders.programme(register, places=1, window_end=date(2026, 7, 31))
    _admit(register, programme, candidate_id=_candidate(register, programme, row_number=1))
    excluded = _candidate(register, programme, row_number=2, state=CandidateState.REFUSED)
    criterion = Criterion(programme_id=programme, position=1, text="War crime", effect=CriterionEffect.EXCLUDES)
    criterion_id = register.perform(builders.put, row=criterion).value
    register.perform(
        builders.put,
        row=CandidateAnswer(
            candidate_id=excluded,
            criterion_id=criterion_id,
            answer=Answer.YES,
            answered_by=register.person.id,
            answered_at=datetime(2026, 11, 1, tzinfo=UTC),
        ),
    )
    with pytest.raises(Refused) as refused:
        _admit(register, programme, date(2026, 8, 1), candidate_id=excluded)
    assert refused.value.field == "emergency_reason"
    assert _says(refused.value) == [
        "The person was refused at selection.",
        "The agreement admitted people until 31 Jul 2026.",
        "No place is left: 1 of 1 are taken.",
        "The agreement excludes this person: War crime",
    ]
    assert len(_rows(register, Stay)) == 1
    assert len(_rows(register, Resident)) == 1


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (CandidateState.PROPOSED, "The person was not accepted yet."),
        (CandidateState.HELD, "The decision on the person is on hold."),
        (CandidateState.WITHDRAWN, "The acceptance of the person was withdrawn."),
    ],
)
def test_who_was_not_accepted_is_not_admitted(register: Register, state: CandidateState, says: str) -> None:
    programme = builders.programme(register)
    candidate = _candidate(register, programme, state=state)
    with pytest.raises(Refused) as refused:
        _admit(register, programme, candidate_id=candidate)
    assert _says(refused.value) == [says]


def test_accepted_candidates_who_have_not_come_hold_their_places(register: Register) -> None:
    programme = builders.programme(register, places=2)
    for number in (1, 2):
        _candidate(register, programme, row_number=number)
    third = _candidate(register, programme, row_number=3)
    with pytest.raises(Refused) as refused:
        _admit(register, programme, candidate_id=third)
    assert _says(refused.value) == ["No place is left: 2 of 2 are taken."]


def test_an_emergency_arrival_is_flagged_with_its_reasons_until_it_is_cured(register: Register) -> None:
    programme = builders.programme(register, places=0)
    stay_id = _admit(
        register,
        programme,
        person=PersonFacts(family_name="Noori"),
        emergency_reason=" Found at the gate at night. ",
    )
    said = [ENGLISH.render(each) for each in restored(_stay(register, stay_id).emergency_reasons)]
    assert said == [
        "Emergency arrival: Found at the gate at night.",
        "The person is on no proposed list.",
        "No place is left: 0 of 0 are taken.",
    ]
    with pytest.raises(Refused) as refused:
        register.perform(stays.cure_emergency, stay_id=stay_id, note="  ")
    assert refused.value.field == "note"
    register.perform(stays.cure_emergency, stay_id=stay_id, note="Accepted on list US-02.")
    stay = _stay(register, stay_id)
    assert (stay.cured_at, stay.cured_note) == (
        datetime(2026, 11, 21, 8, 14, tzinfo=UTC),
        "Accepted on list US-02.",
    )
    assert len(stay.emergency_reasons) == 3
    with pytest.raises(Refused, match="already"):
        register.perform(stays.cure_emergency, stay_id=stay_id, note="Again.")


def do_provisional(register: Register) -> None:
    """An arrival that a clerk registers at night, for `tests/dialects`."""
    who = register.person
    programme = builders.programme(register, "NIGHT")
    leavers.at_desk(register, Role.CLERK)
    stay_id = _admit(register, programme, person=PersonFacts(family_name="Noori"), emergency_reason="At the gate")
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(emergencies.countersign, stay_id=stay_id)
    register.perform(emergencies.take_back_countersign, stay_id=stay_id, reason="The wrong person")
    register.person = who


def test_a_clerk_registers_an_emergency_provisionally_and_a_supervisor_countersigns(register: Register) -> None:
    programme = builders.programme(register)
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused) as refused:
        _admit(register, programme, person=PersonFacts(family_name="Noori"))
    assert refused.value.field == "emergency_reason"
    stay_id = _admit(register, programme, person=PersonFacts(family_name="Noori"), emergency_reason="At the gate")
    with pytest.raises(Refused, match="who may not do this"):
        register.perform(emergencies.countersign, stay_id=stay_id)
    with pytest.raises(Refused, match="who may not do this"):
        register.perform(stays.cure_emergency, stay_id=stay_id, note="Accepted")
    leavers.at_desk(register, Role.SUPERVISOR)
    with pytest.raises(Refused, match="provisional"):
        register.perform(stays.cure_emergency, stay_id=stay_id, note="Accepted")
    assert [item.need for item in _today(register)] == [Need.PROVISIONAL]
    assert _stay_row(register, stay_id).is_provisional
    register.perform(emergencies.countersign, stay_id=stay_id)
    assert [item.need for item in _today(register)] == [Need.EMERGENCY]
    row = _stay_row(register, stay_id)
    assert (row.is_provisional, row.is_emergency, row.countersigned_by) == (False, True, "A. Berisha")
    with pytest.raises(Refused, match="already"):
        register.perform(emergencies.countersign, stay_id=stay_id)
    register.perform(emergencies.take_back_countersign, stay_id=stay_id, reason="The wrong person")
    assert [item.need for item in _today(register)] == [Need.PROVISIONAL]
    register.perform(emergencies.countersign, stay_id=stay_id)
    register.perform(stays.cure_emergency, stay_id=stay_id, note="Accepted")
    with pytest.raises(Refused, match="put in order since"):
        register.perform(emergencies.take_back_countersign, stay_id=stay_id, reason="The wrong person")


def _today(register: Register) -> list[Item]:
    with register.read() as snapshot:
        found = today.today(snapshot).items
    return [item for item in found if item.need in (Need.PROVISIONAL, Need.EMERGENCY)]


def _stay_row(register: Register, stay_id: StayId) -> StayRow:
    with register.read() as snapshot:
        found = stay_queries.one(snapshot, stay_id=stay_id)
    assert found is not None
    return found


def test_a_supervisor_needs_nobody_to_countersign(register: Register) -> None:
    programme = builders.programme(register)
    leavers.at_desk(register, Role.SUPERVISOR)
    stay_id = _admit(register, programme, person=PersonFacts(family_name="Noori"), emergency_reason="At the gate")
    assert not _stay_row(register, stay_id).is_provisional
    with pytest.raises(Refused, match="not provisional"):
        register.perform(emergencies.countersign, stay_id=stay_id)


def test_what_stands_against_an_arrival_is_said_before_it_is_typed(register: Register) -> None:
    programme = builders.programme(register, places=1)
    first, second = (_candidate(register, programme, row_number=number) for number in (1, 2))
    with register.read() as snapshot:
        moment = Moment(date(2026, 11, 21))
        said = arrivals.objections(snapshot, programme_id=programme, arrived=moment, candidate_id=second)
        nobody = arrivals.objections(snapshot, programme_id=programme, arrived=moment)
    with pytest.raises(Refused) as refused:
        _admit(register, programme, candidate_id=second)
    assert said == refused.value.reasons
    with pytest.raises(Refused) as refused:
        _admit(register, programme, person=PersonFacts(family_name="Noori"))
    assert nobody == refused.value.reasons
    assert first


def test_a_reason_given_where_nothing_stands_against_it_flags_nobody(register: Register) -> None:
    programme = builders.programme(register)
    candidate = _candidate(register, programme)
    stay_id = _admit(register, programme, candidate_id=candidate, emergency_reason="Just in case.")
    assert _stay(register, stay_id).emergency_reasons == []
    with pytest.raises(Refused, match="no emergency arrival"):
        register.perform(stays.cure_emergency, stay_id=stay_id, note="Nothing to cure.")


def test_who_comes_back_keeps_number_and_cumulative_place(register: Register) -> None:
    programme = builders.programme(register, places=1)
    candidate = _candidate(register, programme)
    first = _admit(register, programme, date(2026, 7, 1), candidate_id=candidate)
    resident = _stay(register, first).resident_id
    _depart(register, first, date(2026, 8, 1))
    second = _admit(register, programme, date(2026, 9, 1), resident_id=resident)
    assert _stay(register, second).resident_id == resident
    assert [row.number for row in _rows(register, Resident)] == ["K-0001"]
    assert _stay(register, second).emergency_reasons == []


def _depart(register: Register, stay_id: StayId, on: date) -> None:
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        row = unit.session.get_one(Stay, stay_id)
        row.departed_on = on
        row.departure_kind = DepartureKind.NOT_RECORDED


def test_who_is_on_the_roll_is_not_admitted_again(register: Register) -> None:
    programme = builders.programme(register)
    stay_id = _admit(register, programme, candidate_id=_candidate(register, programme))
    resident = _stay(register, stay_id).resident_id
    with pytest.raises(Refused) as refused:
        _admit(register, programme, resident_id=resident)
    assert refused.value.field == "resident_id"
    assert ENGLISH.render(refused.value.message) == "K-0001 is on the roll already."


def test_an_arrival_within_an_earlier_stay_is_refused(register: Register) -> None:
    programme = builders.programme(register)
    first = _admit(register, programme, date(2026, 7, 1), candidate_id=_candidate(register, programme))
    _depart(register, first, date(2026, 8, 1))
    with pytest.raises(Refused, match="already has a stay"):
        _admit(register, programme, date(2026, 7, 31), resident_id=_stay(register, first).resident_id)


def test_a_candidate_is_admitted_once(register: Register) -> None:
    programme = builders.programme(register)
    candidate = _candidate(register, programme)
    first = _admit(register, programme, date(2026, 7, 1), candidate_id=candidate)
    _depart(register, first, date(2026, 8, 1))
    with pytest.raises(Refused) as refused:
        _admit(register, programme, date(2026, 9, 1), candidate_id=candidate)
    assert refused.value.field == "candidate_id"


def test_a_known_resident_who_comes_from_a_new_list_uses_that_acceptance(register: Register) -> None:
    first_programme = builders.programme(register)
    second_programme = builders.programme(register, "UK-RETURN", places_rule=PlacesRule.CONCURRENT)
    earlier = _candidate(register, first_programme, row_number=1)
    first = _admit(register, first_programme, date(2026, 7, 1), candidate_id=earlier)
    resident = _stay(register, first).resident_id
    _depart(register, first, date(2026, 8, 1))
    again = _candidate(register, second_programme, row_number=2, family_name="Achmadsai", nationality="AF")
    second = _admit(register, second_programme, date(2026, 9, 1), candidate_id=again, resident_id=resident)
    row = _rows(register, Resident, id=resident)[0]
    assert _stay(register, second).candidate_id == again
    assert row.candidate_id == earlier
    assert (row.family_name, row.aliases, row.nationality) == ("Ahmadzai", ["Gul Achmadsai"], "AF")
    with register.read() as snapshot:
        assert list(search.find(snapshot.connection, "achmad")) == [resident]


def test_nobody_at_all_or_the_wrong_programme_is_refused(register: Register) -> None:
    programme = builders.programme(register)
    other = builders.programme(register, "UK-RETURN")
    closed = builders.programme(register, "LIYA-2021", is_closed=True)
    candidate = _candidate(register, programme)
    with pytest.raises(Refused) as nobody:
        _admit(register, programme)
    assert nobody.value.field == "person"
    with pytest.raises(Refused) as wrong:
        _admit(register, other, candidate_id=candidate)
    assert wrong.value.field == "programme_id"
    with pytest.raises(Refused) as shut:
        _admit(register, closed, person=PersonFacts(family_name="Noori"), emergency_reason="Night.")
    assert shut.value.field == "programme_id"


def test_a_number_of_the_partner_that_another_resident_has_is_refused(register: Register) -> None:
    programme = builders.programme(register)
    for number in (1, 2):
        _candidate(register, programme, row_number=number, partner_number="A-1")
    _admit(register, programme, candidate_id=CandidateId(1))
    with pytest.raises(Refused) as refused:
        _admit(register, programme, candidate_id=CandidateId(2))
    assert refused.value.field == "partner_number"


def test_the_bed_is_given_from_the_arrival_on(register: Register) -> None:
    programme = builders.programme(register)
    bed = builders.bed(register)
    at = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    stay_id = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 11, 20), at),
        candidate_id=_candidate(register, programme),
        bed_id=bed,
    ).value
    placement = _rows(register, Placement)[0]
    assert (placement.stay_id, placement.bed_id, placement.from_at, placement.until_on) == (stay_id, bed, at, None)


def test_a_taken_bed_leaves_nothing_of_the_admission_behind(register: Register) -> None:
    programme = builders.programme(register)
    bed = builders.bed(register)
    _admit(register, programme, candidate_id=_candidate(register, programme, row_number=1), bed_id=bed)
    late = _candidate(register, programme, row_number=2)
    with pytest.raises(Refused, match="bed is taken"):
        _admit(register, programme, candidate_id=late, bed_id=bed)
    assert [row.number for row in _rows(register, Resident)] == ["K-0001"]


def test_the_people_of_one_group_of_a_list_become_one_family(register: Register) -> None:
    programme = builders.programme(register)
    list_id = _list(register, programme)
    ids = [
        _candidate(register, programme, list_id, row, family_group="L1", relation=relation)
        for row, relation in ((1, "head"), (2, "spouse"), (3, "child"))
    ]
    alone = _candidate(register, programme, list_id, 4, family_group="L2")
    for candidate in (*ids, alone):
        _admit(register, programme, candidate_id=candidate)
    rows = _rows(register, Resident)
    assert len({row.family_id for row in rows[:3]}) == 1
    assert rows[0].family_id is not None
    assert rows[3].family_id is None
    assert [row.relation for row in rows[:3]] == ["head", "spouse", "child"]


def test_documents_that_the_register_knows_are_not_entered_twice(register: Register) -> None:
    programme = builders.programme(register)
    passport = DocumentFacts(kind=DocumentKind.PASSPORT, number="P1")
    card = DocumentFacts(kind=DocumentKind.IDENTITY_CARD, number="77")
    candidate = _candidate(register, programme)
    first = _admit(register, programme, date(2026, 7, 1), candidate_id=candidate, documents=[passport])
    _depart(register, first, date(2026, 8, 1))
    resident = _stay(register, first).resident_id
    _admit(register, programme, date(2026, 9, 1), resident_id=resident, documents=[passport, card])
    assert [row.number for row in _rows(register, Document)] == ["P1", "77"]


def test_numbers_that_came_in_with_a_file_are_passed_over(register: Register) -> None:
    programme = builders.programme(register)
    builders.resident(register, "K-0001")
    builders.resident(register, "K-0002")
    stay_id = _admit(register, programme, candidate_id=_candidate(register, programme))
    assert _rows(register, Resident, id=_stay(register, stay_id).resident_id)[0].number == "K-0003"


def test_an_admission_is_one_entry_of_the_trail_about_the_stay(register: Register) -> None:
    programme = builders.programme(register)
    stay_id = _admit(register, programme, candidate_id=_candidate(register, programme))
    with register.read() as snapshot:
        entries = snapshot.connection.exec_driver_sql(
            "SELECT action, subject FROM trail ORDER BY number DESC LIMIT 1"
        ).fetchall()
    assert [tuple(entry) for entry in entries] == [("stays.admit", f"stay:{stay_id}")]


# -- limits ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def stay_id(register: Register) -> StayId:
    """A stay from 26 June 2026, limited to 180 days."""
    programme = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    return _admit(register, programme, candidate_id=_candidate(register, programme))


DECIDED: dict[str, Any] = {"reason": "Vetting goes on.", "decided_by": "B. Krasniqi", "authority": "Decision 12/2026"}


def test_an_extension_takes_the_place_of_the_limit_and_leaves_the_old_one_to_be_read(
    register: Register, stay_id: StayId
) -> None:
    register.perform(stays.extend, stay_id=stay_id, until=date(2027, 3, 20), valid_from=date(2026, 12, 23), **DECIDED)
    old, new = _rows(register, StayLimit, stay_id=stay_id)
    assert (old.limit_on, old.basis, old.valid_from) == (date(2026, 12, 22), LimitBasis.PROGRAMME, date(2026, 6, 26))
    assert (new.limit_on, new.basis, new.valid_from) == (date(2027, 3, 20), LimitBasis.EXTENSION, date(2026, 12, 23))
    assert (new.reason, new.decided_by, new.authority, new.entered_by) == (*DECIDED.values(), register.person.id)
    assert _stay(register, stay_id).limit_on == date(2027, 3, 20)


@pytest.mark.parametrize("missing", ["reason", "decided_by", "authority"])
def test_an_extension_needs_reason_decider_and_authority(register: Register, stay_id: StayId, missing: str) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(stays.extend, stay_id=stay_id, until=date(2027, 3, 20), **(DECIDED | {missing: " "}))
    assert refused.value.field == missing
    assert len(_rows(register, StayLimit)) == 1


@pytest.mark.parametrize(
    ("until", "valid_from", "field"),
    [
        (date(2026, 12, 22), None, "until"),
        (date(2026, 6, 1), None, "until"),
        (date(2027, 3, 20), date(2026, 12, 24), "valid_from"),
        (date(2027, 3, 20), date(2026, 6, 25), "valid_from"),
    ],
)
def test_an_extension_that_does_not_extend_or_leaves_a_gap_is_refused(
    register: Register, stay_id: StayId, until: date, valid_from: date | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(stays.extend, stay_id=stay_id, until=until, valid_from=valid_from, **DECIDED)
    assert refused.value.field == field


def test_a_limit_that_has_passed_is_extended_from_today_at_the_latest(
    register: Register, stay_id: StayId, clock: FixedClock
) -> None:
    clock.instant = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        register.perform(
            stays.extend, stay_id=stay_id, until=date(2027, 3, 20), valid_from=date(2027, 1, 11), **DECIDED
        )
    assert refused.value.field == "valid_from"
    register.perform(stays.extend, stay_id=stay_id, until=date(2027, 3, 20), **DECIDED)
    assert _rows(register, StayLimit)[-1].valid_from == date(2027, 1, 10)


@pytest.mark.parametrize(
    ("change", "until"), [(stays.fix_limit, date(2026, 9, 15)), (stays.extend, date(2026, 12, 31))]
)
def test_the_last_day_of_a_stay_that_is_over_is_put_right_as_it_held_and_an_issued_month_says_so(
    register: Register, stay_id: StayId, change: Action[UnitOfWork, ..., int], until: date
) -> None:
    held: dict[str, Any] = {"until": until, "valid_from": date(2026, 9, 1), **DECIDED}
    decision = register.perform(change, stay_id=stay_id, **held).value
    left: dict[str, Any] = {"moment": Moment(date(2026, 11, 12)), "seen_last": "at the gate", "how_known": "said so"}
    register.perform(endings.record_left, stay_id=stay_id, **left)
    programme_id = _stay(register, stay_id).programme_id
    issue: dict[str, Any] = {"month": Month(2026, 10), "language": "en", "draw": monthly.draw_issued}
    issued = register.perform(months.issue, programme_id=programme_id, **issue).value

    def differs() -> bool:
        with register.read() as snapshot:
            return differences(*qmonths.frozen_and_now(snapshot, issued)) != ()

    register.perform(corrections.take_back_limit, stay_id=stay_id, limit_id=decision, reason="the wrong year")
    assert differs()
    with pytest.raises(Refused) as refused:
        register.perform(change, stay_id=stay_id, **(held | {"reason": " "}))
    assert refused.value.field == "reason"
    register.perform(change, stay_id=stay_id, **held)
    assert not differs(), "it is as it was issued"
    register.perform(stays.fix_limit, stay_id=stay_id, until=date(2026, 10, 2), **DECIDED)
    assert _rows(register, StayLimit)[-1].valid_from == date(2026, 11, 12), "as it held when the stay ended"


@pytest.mark.parametrize("change", [stays.fix_limit, stays.extend])
def test_a_decision_for_a_day_after_the_end_of_a_stay_does_not_stand_in_the_way_of_what_held(
    register: Register, stay_id: StayId, change: Action[UnitOfWork, ..., int]
) -> None:
    left: dict[str, Any] = {"moment": Moment(date(2026, 9, 10)), "seen_last": "at the gate", "how_known": "said so"}
    register.perform(endings.record_left, stay_id=stay_id, **left)
    register.perform(change, stay_id=stay_id, until=date(2027, 3, 1), valid_from=date(2026, 11, 1), **DECIDED)
    for until in (date(2027, 3, 1), date(2027, 2, 1)):
        decision = register.perform(change, stay_id=stay_id, until=until, valid_from=date(2026, 8, 20), **DECIDED).value
        with pytest.raises(Refused) as refused:  # it held when the stay ended
            register.perform(change, stay_id=stay_id, until=until, valid_from=date(2026, 8, 20), **DECIDED)
        assert refused.value.field == "until"
        register.perform(corrections.take_back_limit, stay_id=stay_id, limit_id=decision, reason="the wrong year")


def test_a_fixed_date_may_come_earlier_but_not_before_the_arrival_nor_twice(
    register: Register, stay_id: StayId
) -> None:
    register.perform(stays.fix_limit, stay_id=stay_id, until=date(2026, 12, 1), **DECIDED)
    assert _stay(register, stay_id).limit_on == date(2026, 12, 1)
    assert [row.basis for row in _rows(register, StayLimit)] == [LimitBasis.PROGRAMME, LimitBasis.FIXED_DATE]
    for until in (date(2026, 12, 1), date(2026, 6, 25)):
        with pytest.raises(Refused) as refused:
            register.perform(stays.fix_limit, stay_id=stay_id, until=until, **DECIDED)
        assert refused.value.field == "until"


def test_a_stay_without_a_limit_can_be_given_one(register: Register) -> None:
    programme = builders.programme(register)
    stay_id = _admit(register, programme, candidate_id=_candidate(register, programme))
    assert _rows(register, StayLimit) == []
    register.perform(stays.extend, stay_id=stay_id, until=date(2026, 12, 31), **DECIDED)
    assert _stay(register, stay_id).limit_on == date(2026, 12, 31)


# -- reviews -----------------------------------------------------------------------------------------------------------


def test_a_review_is_held_once_on_a_day_on_which_it_falls_due(register: Register, stay_id: StayId) -> None:
    held: dict[str, Any] = {"outcome": "Stay goes on.", "held_by": "B. Krasniqi", "held_on": date(2026, 9, 23)}
    first_due = date(2026, 6, 26) + timedelta(days=90)
    register.perform(stays.hold_review, stay_id=stay_id, due_on=first_due, **held)
    row = _rows(register, Review)[0]
    assert (row.due_on, row.held_on, row.outcome, row.held_by) == (
        first_due,
        date(2026, 9, 23),
        "Stay goes on.",
        "B. Krasniqi",
    )
    for due_on in (first_due, first_due + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            register.perform(stays.hold_review, stay_id=stay_id, due_on=due_on, **held)
        assert refused.value.field == "due_on"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"held_on": date(2026, 6, 25)}, "held_on"),
        ({"outcome": ""}, "outcome"),
        ({"held_by": " "}, "held_by"),
    ],
)
def test_a_review_that_cannot_have_been_is_refused(
    register: Register, stay_id: StayId, change: dict[str, Any], field: str
) -> None:
    values: dict[str, Any] = {"held_on": date(2026, 9, 24), "outcome": "Stay goes on.", "held_by": "B. Krasniqi"}
    with pytest.raises(Refused) as refused:
        register.perform(stays.hold_review, stay_id=stay_id, due_on=date(2026, 9, 24), **(values | change))
    assert refused.value.field == field


def test_a_review_after_the_departure_is_refused(register: Register, stay_id: StayId) -> None:
    _depart(register, stay_id, date(2026, 9, 1))
    with pytest.raises(Refused) as refused:
        register.perform(
            stays.hold_review,
            stay_id=stay_id,
            due_on=date(2026, 9, 24),
            held_on=date(2026, 9, 24),
            outcome="Goes on.",
            held_by="B. Krasniqi",
        )
    assert refused.value.field == "held_on"


# -- corrections -------------------------------------------------------------------------------------------------------


def test_a_corrected_arrival_takes_limit_bed_and_reviews_with_it(register: Register) -> None:
    programme = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    stay_id = _admit(register, programme, candidate_id=_candidate(register, programme), bed_id=builders.bed(register))
    due = date(2026, 6, 26) + timedelta(days=90)
    register.perform(
        stays.hold_review, stay_id=stay_id, due_on=due, held_on=due, outcome="Goes on.", held_by="B. Krasniqi"
    )
    for arrived in (date(2026, 6, 20), date(2026, 7, 2)):
        register.perform(stays.correct, stay_id=stay_id, arrived=Moment(arrived), reason="The gate book says so.")
        stay = _stay(register, stay_id)
        assert (stay.arrived_on, stay.limit_on) == (arrived, arrived + timedelta(days=179))
        assert _rows(register, Placement)[0].from_on == arrived
        assert _rows(register, Review)[0].due_on == arrived + timedelta(days=90)
    limits = _rows(register, StayLimit)
    assert [row.limit_on for row in limits] == [date(2026, 12, 22), date(2026, 12, 16), date(2026, 12, 28)]
    assert limits[-1].reason == "The gate book says so."


def test_a_corrected_arrival_leaves_a_limit_that_somebody_decided(register: Register, stay_id: StayId) -> None:
    register.perform(stays.extend, stay_id=stay_id, until=date(2027, 3, 20), **DECIDED)
    register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 6, 25)), reason="Gate book.")
    assert _stay(register, stay_id).limit_on == date(2027, 3, 20)


@pytest.mark.parametrize(
    ("arrived", "reason", "field"),
    [
        (date(2026, 6, 26), "Gate book.", "arrived"),
        (TODAY + timedelta(days=1), "Gate book.", "arrived"),
        (date(2026, 8, 2), "Gate book.", "arrived"),
        (date(2026, 6, 25), " ", "reason"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    register: Register, stay_id: StayId, arrived: date, reason: str, field: str
) -> None:
    _depart(register, stay_id, date(2026, 8, 1))
    with pytest.raises(Refused) as refused:
        register.perform(stays.correct, stay_id=stay_id, arrived=Moment(arrived), reason=reason)
    assert refused.value.field == field


def test_an_arrival_is_not_moved_behind_an_absence(register: Register, stay_id: StayId) -> None:
    register.perform(
        absences.record,
        stay_id=stay_id,
        kind=AbsenceKind.HOSPITAL,
        left=Moment(date(2026, 7, 1)),
        due_back=Moment(date(2026, 7, 3)),
    )
    with pytest.raises(Refused) as refused:
        register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 7, 2)), reason="Gate book.")
    assert refused.value.field == "arrived"


def test_an_arrival_that_turns_out_to_lie_outside_the_window_is_flagged(register: Register, stay_id: StayId) -> None:
    register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 6, 10)), reason="Gate book.")
    assert [ENGLISH.render(each) for each in restored(_stay(register, stay_id).emergency_reasons)] == [
        "The arrival was put right and lies outside the dates of the agreement: Gate book."
    ]


def test_an_emergency_that_came_with_a_wrong_arrival_goes_with_it_and_the_month_is_as_it_was_issued(
    register: Register, stay_id: StayId
) -> None:
    before = _emergency(register, stay_id)
    issued = register.perform(
        months.issue,
        programme_id=_stay(register, stay_id).programme_id,
        month=Month(2026, 6),
        language="en",
        draw=monthly.draw_issued,
    ).value
    for day, reason in ((26, "A slip of the month."), (27, "Another slip.")):
        register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 5, day)), reason=reason)
        assert [each.values["reason"] for each in restored(_emergency(register, stay_id)[0])] == [reason]
    register.perform(stays.cure_emergency, stay_id=stay_id, note="by letter")
    register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 6, 26)), reason="It was June.")
    assert _emergency(register, stay_id)[0] == before[0] == []
    with register.read() as snapshot:
        assert differences(*qmonths.frozen_and_now(snapshot, issued)) == ()
        shown = stay_queries.one(snapshot, stay_id=stay_id)
    assert shown is not None
    assert (shown.emergency, shown.is_emergency) == ((), False)
    with pytest.raises(Refused, match="was not put in order"):
        register.perform(corrections.take_back_cure, stay_id=stay_id, reason="none is")
    # What cured it counts again, where it comes again.
    register.perform(stays.correct, stay_id=stay_id, arrived=Moment(date(2026, 5, 27)), reason="It was May.")
    assert not _is_flagged(register, stay_id)
    assert _emergency(register, stay_id)[2] == "by letter"


def test_an_emergency_that_was_cured_is_flagged_again_while_its_arrival_lies_outside_the_window(
    register: Register, clock: FixedClock
) -> None:
    programme = builders.programme(register)
    stay_id = _admit(register, programme, date(2026, 7, 1), person=PERSON, emergency_reason="at the gate")
    own = len(_stay(register, stay_id).emergency_reasons)
    register.perform(stays.cure_emergency, stay_id=stay_id, note="accepted on US-02")
    cured = _emergency(register, stay_id)
    clock.instant += timedelta(days=1)
    for day in (9, 8):  # still the same reason: of what was cured nothing is lost
        _arrived(register, stay_id, date(2026, 6, day))
        assert _is_flagged(register, stay_id)
        assert len(_stay(register, stay_id).emergency_reasons) == own + 1
    _arrived(register, stay_id, date(2026, 7, 2))
    assert _emergency(register, stay_id) == cured
    # Cured once more while it lies outside, it stays so.
    _arrived(register, stay_id, date(2026, 6, 9))
    register.perform(stays.cure_emergency, stay_id=stay_id, note="allowed by letter")
    assert not _is_flagged(register, stay_id)
    _arrived(register, stay_id, date(2026, 6, 8))
    assert not _is_flagged(register, stay_id)
    _arrived(register, stay_id, date(2026, 7, 1))
    assert (_is_flagged(register, stay_id), _emergency(register, stay_id)[2]) == (False, "allowed by letter")


def test_a_cure_that_was_taken_back_since_does_not_count_again(register: Register) -> None:
    programme = builders.programme(register)
    stay_id = _admit(register, programme, date(2026, 7, 1), person=PERSON, emergency_reason="at the gate")
    register.perform(stays.cure_emergency, stay_id=stay_id, note="accepted on US-02")
    _arrived(register, stay_id, date(2026, 6, 9))
    register.perform(stays.cure_emergency, stay_id=stay_id, note="allowed by letter")
    register.perform(corrections.take_back_cure, stay_id=stay_id, reason="another person's letter")
    _arrived(register, stay_id, date(2026, 7, 1))
    assert _is_flagged(register, stay_id)


def _arrived(register: Register, stay_id: StayId, day: date) -> None:
    register.perform(stays.correct, stay_id=stay_id, arrived=Moment(day), reason="Gate book.")


def _is_flagged(register: Register, stay_id: StayId) -> bool:
    with register.read() as snapshot:
        shown = stay_queries.one(snapshot, stay_id=stay_id)
        on_today = any(item.need is Need.EMERGENCY for item in today.today(snapshot).items)
    assert shown is not None
    assert shown.is_emergency is on_today
    return on_today


def test_what_was_an_emergency_stays_one_whatever_its_arrival_is_corrected_to(register: Register) -> None:
    programme = builders.programme(register)
    early = _admit(register, programme, date(2026, 6, 10), person=PERSON, emergency_reason="at the gate")
    before = _emergency(register, early)
    for arrived in (date(2026, 7, 1), date(2026, 6, 9), date(2026, 7, 2)):
        register.perform(stays.correct, stay_id=early, arrived=Moment(arrived), reason="Gate book.")
        assert _emergency(register, early) == before


def _emergency(register: Register, stay_id: StayId) -> tuple[Any, ...]:
    stay = _stay(register, stay_id)
    return stay.emergency_reasons, stay.cured_at, stay.cured_note


def test_a_bed_that_somebody_else_had_until_then_begins_as_before_when_the_arrival_is_put_right(
    register: Register,
) -> None:
    programme, bed = builders.programme(register), builders.bed(register)
    first = _admit(register, programme, date(2026, 7, 1), candidate_id=_candidate(register, programme), bed_id=bed)
    second = _admit(register, programme, date(2026, 7, 9), person=PERSON, emergency_reason="at the gate")
    left: dict[str, Any] = {"moment": Moment(date(2026, 7, 10)), "seen_last": "at the gate", "how_known": "said so"}
    register.perform(endings.record_left, stay_id=first, **left)
    register.perform(stays.correct, stay_id=second, arrived=Moment(date(2026, 7, 10)), reason="Gate book.")
    register.perform(rooms.place, stay_id=second, bed_id=bed, moment=Moment(date(2026, 7, 10)))
    for arrived, moves in ((date(2026, 7, 8), False), (date(2026, 7, 10), True)):
        values: dict[str, Any] = {"arrived": Moment(arrived), "reason": "The list of the bus."}
        assert register.perform(stays.correct, stay_id=second, **values).value is moves
        assert _stay(register, second).arrived_on == arrived
        assert [row.from_on for row in _rows(register, Placement)] == [date(2026, 7, 1), date(2026, 7, 10)]


def test_a_correction_into_an_earlier_stay_is_refused(register: Register) -> None:
    programme = builders.programme(register)
    first = _admit(register, programme, date(2026, 7, 1), candidate_id=_candidate(register, programme))
    _depart(register, first, date(2026, 8, 1))
    resident = _stay(register, first).resident_id
    second = _admit(register, programme, date(2026, 9, 1), resident_id=resident)
    with pytest.raises(Refused, match="already has a stay"):
        register.perform(stays.correct, stay_id=second, arrived=Moment(date(2026, 7, 20)), reason="Gate book.")


def test_a_room_out_of_use_takes_nobody_on_arrival(register: Register) -> None:
    programme = builders.programme(register)
    bed = builders.bed(register)
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        unit.session.query(Room).one().out_of_use = "Painting"
    with pytest.raises(Refused, match="out of use"):
        _admit(register, programme, candidate_id=_candidate(register, programme), bed_id=bed)


@pytest.mark.parametrize(
    ("kind", "failed", "limit", "day"),
    [
        (DepartureKind.LEFT_ON_OWN, False, date(2026, 12, 22), 149),
        (DepartureKind.VOLUNTARY_RETURN, True, date(2026, 12, 22), 149),
        (DepartureKind.VOLUNTARY_RETURN, False, date(2027, 5, 19), 1),
        (DepartureKind.RELEASE_BY_ORDER, True, date(2027, 5, 19), 1),
    ],
)
def test_who_comes_back_goes_on_with_the_limit_or_begins_a_new_one(
    register: Register, kind: DepartureKind, failed: bool, limit: date, day: int
) -> None:
    """21 November is day 149 of 180 since 26 June; a stay that began then would last to 19 May."""
    programme = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    who = builders.resident(register)
    builders.stay(
        register, who, programme, date(2026, 6, 26), date(2026, 9, 1), departure_kind=kind, limit_on=date(2026, 12, 22)
    )
    again = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(date(2026, 11, 21)),
        resident_id=who,
        emergency_reason="At the gate",
        journey_failed=failed,
    ).value
    with register.read() as snapshot:
        found = next(stay for stay in stay_queries.of_resident(snapshot, resident_id=who) if stay.id == again)
    assert (found.limit_on, found.day) == (limit, day)
    assert found.days_allowed == 180


@pytest.mark.parametrize(
    ("kind", "failed", "goes_on"),
    [
        (DepartureKind.ESCAPE, False, True),
        (DepartureKind.REMOVAL, True, True),
        (DepartureKind.REMOVAL, False, False),
    ],
)
def test_who_comes_back_to_a_stay_that_a_date_limits_is_not_asked_for_it_again(
    register: Register, kind: DepartureKind, failed: bool, goes_on: bool
) -> None:
    """What is said before anything is typed is what the arrival itself finds."""
    programme = builders.programme(register, limit_rule=LimitRule.FIXED_DATE, regime=Regime.DETAINED)
    candidate = builders.candidate(register, programme, state=CandidateState.ACCEPTED)
    who = builders.resident(register, candidate_id=candidate)
    builders.stay(
        register, who, programme, date(2026, 6, 26), date(2026, 9, 1), departure_kind=kind, limit_on=date(2027, 5, 1)
    )
    said: dict[str, Any] = {"programme_id": programme, "arrived": Moment(date(2026, 11, 21)), "resident_id": who}
    with register.read() as snapshot:
        against = arrivals.objections(snapshot, **said, journey_failed=failed)
    assert [each.text for each in against] == (
        [] if goes_on else ["The last day of the stay, such as the release date, is not known."]
    )
    if goes_on:
        again = register.perform(stays.admit, **said, journey_failed=failed).value
        assert _stay(register, again).limit_on == date(2027, 5, 1)
    else:
        with pytest.raises(Refused) as refused:
            register.perform(stays.admit, **said, journey_failed=failed)
        assert refused.value.reasons == against


@pytest.mark.parametrize(("comes", "is_full"), [(9, True), (10, False), (11, False)])
def test_a_place_is_free_from_the_instant_at_which_its_holder_has_left(
    register: Register, comes: int, is_full: bool
) -> None:
    programme = builders.programme(register, "XK-1", places=1, places_rule=PlacesRule.CONCURRENT)
    day, left = date(2026, 11, 20), datetime(2026, 11, 20, 10, tzinfo=UTC)
    builders.stay(register, builders.resident(register), programme, date(2026, 9, 1), day, departed_at=left)
    arrived = Moment(day, datetime(2026, 11, 20, comes, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        register.perform(stays.admit, programme_id=programme, arrived=arrived, person=PersonFacts(family_name="Noori"))
    said = [reason.text for reason in refused.value.reasons]
    assert ("No place is left: {taken} of {places} are taken." in said) is is_full
