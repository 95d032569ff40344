"""An arrival that was entered for the wrong one of two people goes with all that it added to what was known of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.actions import corrections, joinings, residents, stays
from models.clock import FixedClock
from models.entities.residents import Family, PartnerNumber, Resident
from models.entities.selection import Candidate
from models.errors import Refused
from models.ids import CandidateId, FamilyId, ProgrammeId, ResidentId, StayId
from models.queries import history
from models.repositories.residents import facts_of_resident
from models.rules.birth import BirthDate
from models.rules.joining import Side
from models.rules.people import EVERYBODY
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, DocumentKind, Sex
from models.store import search
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from models.text import translator
from tests import builders
from tests.actions.test_photos import PHOTO

ARRIVED = Moment(date(2026, 11, 18))
MISTAKE = "It was another man of the bus"
COLUMNS = (
    "number, family_name, given_names, birth, birth_as_written, sex, nationality, other_nationalities, aliases, "
    "own_script, languages, relation, family_id, candidate_id, sort_name"
)


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register, places=9)


@pytest.fixture
def known(register: Register, programme: ProgrammeId) -> ResidentId:
    """Somebody who was here before under the same programme, and of whom little is known."""
    who = builders.resident(
        register, "K-1", family_name="Ali", given_names="Amir", aliases=["Miro"], sort_name="ali amir"
    )
    left = {"departure_kind": DepartureKind.LEFT_ON_OWN}
    builders.stay(register, who, programme, date(2026, 8, 1), date(2026, 9, 1), **left)
    return who


@pytest.fixture
def listed(register: Register, programme: ProgrammeId) -> CandidateId:
    """Who has really come."""
    who = builders.candidate(
        register,
        programme,
        family_name="Okafor",
        given_names="Chidi",
        birth=BirthDate(1980, 4, 4),
        sex=Sex.MALE,
        nationality="NG",
        partner_number="A-900-1",
        document_number="P-555",
        document_kind="passport",
        family_group="7",
        relation="uncle",
    )
    builders.accept(register, who)
    return who


def _row(register: Register, who: ResidentId) -> tuple[Any, ...]:
    return builders.rows(register, f"SELECT {COLUMNS} FROM residents WHERE id = {who}")[0]


def _theirs(register: Register, who: ResidentId) -> list[Any]:
    return [
        builders.rows(register, f"SELECT * FROM {table} WHERE resident_id = {who}")
        for table in ("documents", "partner_numbers", "photos")
    ]


def _admitted(register: Register, programme: ProgrammeId, who: ResidentId | None, **more: Any) -> StayId:
    values = {"programme_id": programme, "arrived": ARRIVED, "resident_id": who, **more}
    return register.perform(stays.admit, **values).value


def _found(register: Register, words: str) -> int:
    with register.read() as snapshot:
        return len(search.matching(snapshot.connection, words))


def test_what_came_with_an_arrival_of_the_wrong_person_goes_with_it(
    register: Register, programme: ProgrammeId, known: ResidentId, listed: CandidateId
) -> None:
    before = _row(register, known), _theirs(register, known)
    stay = _admitted(register, programme, known, candidate_id=listed, photo=PHOTO)
    assert _row(register, known) != before[0]
    assert all(_theirs(register, known))
    assert _found(register, "Okafor") == 1
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    assert (_row(register, known), _theirs(register, known)) == before
    assert _found(register, "Okafor") == 0
    right = _admitted(register, programme, None, candidate_id=listed)
    with register.read() as snapshot:
        told = history.of_resident(snapshot, resident_id=known)[0]
    english = translator("en").render
    assert ("Nationality", "NG", None) in [(english(one.what), one.before, one.after) for one in told.details]
    assert builders.rows(register, f"SELECT resident_id FROM stays WHERE id = {right}") != [(known,)]
    assert builders.rows(register, "SELECT number FROM partner_numbers") == [("A-900-1",)]
    assert register.verified().problem is None


def test_the_same_of_a_candidate_who_was_wrongly_found_to_be_a_resident(
    register: Register, programme: ProgrammeId, known: ResidentId, listed: CandidateId
) -> None:
    before = _row(register, known), _theirs(register, known)
    joined = register.perform(joinings.join_candidate, resident_id=known, candidate_id=listed, reason="one man").value
    stay = _admitted(register, programme, None, candidate_id=listed)
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    register.perform(joinings.take_back, joining_id=joined, reason=MISTAKE)
    assert (_row(register, known), _theirs(register, known)) == before
    _admitted(register, programme, None, candidate_id=listed)


def test_what_was_typed_with_the_arrival_of_the_wrong_person_goes_with_it(
    register: Register, programme: ProgrammeId, known: ResidentId
) -> None:
    before = _row(register, known), _theirs(register, known)
    said = PersonFacts(family_name="Zed", partner_number="N-77", birth=BirthDate(1970, 1, 2), languages=("ps",))
    papers = [DocumentFacts(kind=DocumentKind.PASSPORT, number="P-1")]
    stay = _admitted(register, programme, known, person=said, documents=papers, emergency_reason="at the gate")
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    assert (_row(register, known), _theirs(register, known)) == before
    _admitted(register, programme, None, person=said, documents=papers, emergency_reason="at the gate")


def test_what_was_written_over_since_stays(
    register: Register, programme: ProgrammeId, known: ResidentId, listed: CandidateId
) -> None:
    stay = _admitted(register, programme, known, candidate_id=listed)
    own = PersonFacts(
        family_name="Ali", given_names="Amir", birth=BirthDate(1991), sex=Sex.MALE, nationality="AF",
        aliases=("Miro", "Chidi Okafor", "Mirko"),
    )  # fmt: skip
    register.perform(
        residents.change, resident_id=known, person=own, partner_numbers={programme: "A-1"}, reason="He says so"
    )
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    facts = facts_of_resident(_entity(register, known))
    assert (facts.birth, facts.nationality, facts.aliases) == (BirthDate(1991), "AF", ("Miro", "Mirko"))
    assert facts.sex is None, "it came with the arrival, and nobody has written it over"
    assert builders.rows(register, "SELECT resident_id, number FROM partner_numbers") == [(known, "A-1")]


def _entity(register: Register, who: ResidentId) -> Any:
    with register.read() as snapshot:
        return snapshot.connection.execute(Resident.__table__.select().where(Resident.id == who)).one()


def test_a_number_that_was_theirs_before_stays_theirs(
    register: Register, programme: ProgrammeId, known: ResidentId
) -> None:
    register.perform(builders.put, row=PartnerNumber(resident_id=known, programme_id=programme, number="A-1"))
    same = builders.candidate(register, programme, family_name="Ali", given_names="Amir", partner_number="A-1")
    builders.accept(register, same)
    stay = _admitted(register, programme, known, candidate_id=same)
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    assert builders.rows(register, "SELECT resident_id, number FROM partner_numbers") == [(known, "A-1")]


def test_the_families_are_those_of_before(
    register: Register, programme: ProgrammeId, known: ResidentId, listed: CandidateId
) -> None:
    kin = builders.candidate(register, programme, family_name="Okafor", given_names="Ada", family_group="7")
    register.perform(_same_list, one=listed, other=kin)
    builders.accept(register, kin)
    _admitted(register, programme, None, candidate_id=kin)
    register.perform(builders.put, row=Family(id=FamilyId(90), name="Ali"))
    wife = builders.resident(register, "K-2", family_name="Ali", family_id=90)
    stay = _admitted(register, programme, known, candidate_id=listed)
    assert len(set(_families(register))) == 2, "the two Okafors are one family"
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    assert [family for (family,) in _families(register)] == [None, None, 90]
    register.perform(residents.join_family, resident_id=known, with_id=wife, relation="husband")
    stay = _admitted(register, programme, known, candidate_id=listed)
    assert {family for (family,) in _families(register)} == {90}, "she came into that of whom he was taken for"
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    assert sorted(_families(register), key=str) == [(90,), (90,), (None,)]
    assert _row(register, known)[11] == "husband"


def _families(register: Register) -> list[Any]:
    return builders.rows(register, "SELECT family_id FROM residents ORDER BY family_id, id")


@action("tests.same_list", roles=EVERYBODY, told="")
def _same_list(unit: UnitOfWork, *, one: CandidateId, other: CandidateId) -> None:
    """Put two of one group on one list."""
    first, then = (unit.session.get_one(Candidate, each) for each in (one, other))
    then.list_id, then.row_number = first.list_id, 9


def test_it_goes_from_both_where_the_resident_was_joined_since(
    register: Register, clock: FixedClock, programme: ProgrammeId, known: ResidentId, listed: CandidateId
) -> None:
    own = builders.resident(
        register,
        "K-5",
        family_name="Ali",
        given_names="Amir",
        birth=BirthDate(1980, 4, 4),
        aliases=["Emir"],
        sort_name="ali amir",
    )
    before = _row(register, own), _theirs(register, own)
    parted = _row(register, known), _theirs(register, known)
    stay = _admitted(register, programme, known, candidate_id=listed)
    clock.instant += timedelta(hours=1)
    joined = register.perform(
        joinings.join, resident_id=own, other_id=known, reason="one man", chosen=dict.fromkeys(("birth",), Side.THIS)
    ).value
    assert _row(register, own)[6] == "NG"
    register.perform(corrections.take_back, stay_id=stay, reason=MISTAKE)
    facts = facts_of_resident(_entity(register, own))
    assert (facts.birth, facts.sex, facts.nationality) == (BirthDate(1980, 4, 4), None, None), "the birth is his own"
    assert set(facts.aliases) == {"Emir", "Miro"}
    assert _theirs(register, own) == [[], [], []]
    assert _found(register, "Okafor") == 0
    register.perform(joinings.take_back, joining_id=joined, reason=MISTAKE)
    assert (_row(register, own), _theirs(register, own)) == before
    assert (_row(register, known), _theirs(register, known)) == parted
    _admitted(register, programme, None, candidate_id=listed)
    assert register.verified().problem is None


def test_who_is_not_the_wrong_person_still_bars_their_number(
    register: Register, programme: ProgrammeId, known: ResidentId, listed: CandidateId
) -> None:
    _admitted(register, programme, known, candidate_id=listed)
    with pytest.raises(Refused, match="belongs to"):
        _admitted(
            register, programme, None, person=PersonFacts(family_name="Zed", partner_number="A-900-1"),
            emergency_reason="at the gate",
        )  # fmt: skip
