"""Two residents who are one person, a candidate who is a resident, and taking that back."""

from datetime import date

import pytest

from models.actions import corrections, departures, joinings, stays
from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.errors import Refused
from models.ids import CandidateId, JoiningId, ProgrammeId, ResidentId
from models.queries import history, resident_page
from models.queries import joinings as queries
from models.queries.papers import resident_of
from models.queries.residents import Shown, ids
from models.repositories.programmes import read_places
from models.rules.birth import BirthDate
from models.rules.joining import Side
from models.rules.time import Moment
from models.rules.vocabulary import CandidateState, CheckKind, DocumentKind
from models.store import search
from models.store.register import Register
from tests import builders
from tests.actions import leavers

WHY = "The photos are of one man."


def _two(register: Register, programme: ProgrammeId) -> tuple[ResidentId, ResidentId]:
    """One man who was entered twice: here in June, and again since July."""
    one = builders.resident(
        register, "K-0001", family_name="Yousuf", given_names="Mohammed", birth=BirthDate(1991), nationality="AF"
    )
    other = builders.resident(
        register, "K-0002", family_name="Jusuf", given_names="Muhamed", birth=BirthDate(1991, 3, 7), nationality="AF"
    )
    builders.stay(register, one, programme, date(2026, 6, 12), date(2026, 6, 20))
    builders.stay(register, other, programme, date(2026, 7, 1))
    register.perform(builders.put, row=PartnerNumber(resident_id=other, programme_id=programme, number="A-77"))
    register.perform(builders.put, row=Document(resident_id=other, kind=DocumentKind.PASSPORT, number="P7788"))
    return one, other


CHOSEN = {"family_name": Side.THIS, "given_names": Side.THIS, "birth": Side.OTHER}


def _join(register: Register, one: ResidentId, other: ResidentId) -> JoiningId:
    return register.perform(joinings.join, resident_id=one, other_id=other, reason=WHY, chosen=CHOSEN).value


def do_join(register: Register) -> None:
    """Done to its end for `tests/dialects`, too."""
    programme = builders.programme(register, "JOIN")
    one = builders.resident(register, "J-0001", family_name="Yousuf", given_names="Mohammed")
    other = builders.resident(register, "J-0002", family_name="Yousuf", given_names="Mohammed")
    builders.stay(register, other, programme, date(2026, 7, 1))
    joined = register.perform(joinings.join, resident_id=one, other_id=other, reason=WHY).value
    register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
    candidate = builders.candidate(register, programme, family_name="Yousuf")
    known = register.perform(joinings.join_candidate, resident_id=other, candidate_id=candidate, reason=WHY).value
    register.perform(joinings.take_back, joining_id=known, reason="Another")


def do_tell_apart(register: Register) -> None:
    one, other = (builders.resident(register, f"T-000{n}", family_name="Osman", given_names="Ali") for n in (1, 2))
    apart = register.perform(joinings.tell_apart, resident_id=one, other_id=other, reason="Two at one table").value
    register.perform(joinings.ask_again, apart_id=apart, reason="It was one and his shadow")


def _found(register: Register, typed: str) -> list[ResidentId]:
    with register.read() as snapshot:
        return list(search.find(snapshot.connection, typed))


def _page(register: Register, resident_id: ResidentId) -> resident_page.ResidentPage:
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=resident_id)
    assert page is not None
    return page


def test_two_become_one_with_all_that_both_had(register: Register) -> None:
    programme = builders.programme(register)
    one, other = _two(register, programme)
    _join(register, one, other)
    page = _page(register, one)
    assert [stay.arrived.on for stay in page.stays] == [date(2026, 7, 1), date(2026, 6, 12)]
    assert [row.number for row in page.documents] == ["P7788"]
    assert [row.number for row in page.partner_numbers] == ["A-77"]
    assert page.facts.birth == BirthDate(1991, 3, 7)
    assert page.facts.family_name == "Yousuf"
    assert "Muhamed Jusuf" in page.facts.aliases
    assert [(row.number, row.reason) for row in page.joinings] == [("K-0002", WHY)]
    with register.read() as snapshot:
        assert ids(snapshot, shown=Shown.ALL) == [one]


@pytest.mark.parametrize("typed", ["K-0001", "K-0002", "k2", "Jusuf Muhamed", "Yousuf", "P7788"])
def test_both_numbers_and_both_names_lead_to_the_one(register: Register, typed: str) -> None:
    one, other = _two(register, builders.programme(register))
    _join(register, one, other)
    assert _found(register, typed) == [one]
    assert _page(register, other).row.id == one
    with register.read() as snapshot:
        assert resident_of(snapshot, "k-0002") == one


def test_the_place_is_taken_once(register: Register) -> None:
    programme = builders.programme(register)
    one, other = _two(register, programme)
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=snapshot.today).taken == 2
    joined = _join(register, one, other)
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=snapshot.today).taken == 1
    register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=snapshot.today).taken == 2


def test_what_contradicts_must_be_chosen(register: Register) -> None:
    one, other = _two(register, builders.programme(register))
    with register.read() as snapshot:
        beside = queries.beside(snapshot, resident_id=one, other_id=other)
    assert [each.field.name for each in beside.differs] == ["family_name", "given_names", "birth"]
    with pytest.raises(Refused, match="Choose what is right") as refused:
        register.perform(joinings.join, resident_id=one, other_id=other, reason=WHY, chosen={"birth": Side.THIS})
    assert [reason.text for reason in refused.value.reasons] == ["Family name", "Given names"]


def test_stays_that_overlap_are_named_and_once_settled_the_two_are_joined(register: Register) -> None:
    programme = builders.programme(register)
    one, other = _two(register, programme)
    with register.read() as snapshot:
        (here,) = queries.beside(snapshot, resident_id=one, other_id=other).other_stays
    register.perform(stays.correct, stay_id=here.id, arrived=Moment(date(2026, 6, 15)), reason="The gate book says so.")
    with pytest.raises(Refused, match="Correct the arrival") as refused:
        _join(register, one, other)
    assert len(refused.value.reasons) == 1
    register.perform(stays.correct, stay_id=here.id, arrived=Moment(date(2026, 6, 21)), reason="It was the other book.")
    _join(register, one, other)


def test_a_stay_that_overlaps_is_settled_by_taking_its_arrival_back_also_where_a_departure_was_planned(
    register: Register,
) -> None:
    programme = leavers.programme(register)
    one, other = _two(register, programme)
    with register.read() as snapshot:
        (here,) = queries.beside(snapshot, resident_id=one, other_id=other).other_stays
    register.perform(stays.correct, stay_id=here.id, arrived=Moment(date(2026, 6, 15)), reason="The gate book says so.")
    plan = leavers.plan(register, here.id)
    leavers.check(register, plan, CheckKind.CONSENT)
    register.perform(departures.cancel, plan_id=plan, reason="Entered twice.")
    with pytest.raises(Refused, match="take back the arrival"):
        _join(register, one, other)
    register.perform(corrections.take_back, stay_id=here.id, reason="The same arrival, entered twice.")
    _join(register, one, other)


def test_taking_back_puts_back_what_was_and_leaves_what_came_since(register: Register) -> None:
    programme = builders.programme(register)
    one, other = _two(register, programme)
    before = [_page(register, each) for each in (one, other)]
    joined = _join(register, one, other)
    register.perform(builders.put, row=Document(resident_id=one, kind=DocumentKind.OTHER, number="NEW-1"))
    register.perform(joinings.take_back, joining_id=joined, reason="Twins, says the mother.")
    after = [_page(register, each) for each in (one, other)]
    assert [page.facts for page in after] == [page.facts for page in before]
    assert [[stay.id for stay in page.stays] for page in after] == [[stay.id for stay in page.stays] for page in before]
    assert [[row.number for row in page.documents] for page in after] == [["NEW-1"], ["P7788"]]
    assert after[0].joinings == ()
    assert _found(register, "K-0002") == [other]
    assert sorted(_found(register, "jusuf")) == [one, other]
    with pytest.raises(Refused, match="taken back already"):
        register.perform(joinings.take_back, joining_id=joined, reason="Again")


def test_what_was_put_right_since_is_not_written_over(register: Register) -> None:
    one, other = _two(register, builders.programme(register))
    joined = _join(register, one, other)
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        unit.session.get_one(Resident, one).birth = BirthDate(1990, 5, 5)
    register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
    assert _page(register, one).facts.birth == BirthDate(1990, 5, 5)
    assert _page(register, other).facts.birth == BirthDate(1991, 3, 7)


def test_both_histories_tell_of_it(register: Register) -> None:
    one, other = _two(register, builders.programme(register))
    joined = _join(register, one, other)
    with register.read() as snapshot:
        told = history.of_resident(snapshot, resident_id=one)
    assert told[0].what.text == "Joined two residents who are one person"
    register.perform(joinings.take_back, joining_id=joined, reason="Brothers")
    for each in (one, other):
        with register.read() as snapshot:
            told = history.of_resident(snapshot, resident_id=each)
        assert [row.what.text for row in told[:2]] == [
            "Took back that two are one person",
            "Joined two residents who are one person",
        ]


def _accepted(register: Register, programme: ProgrammeId) -> CandidateId:
    return builders.candidate(
        register, programme, family_name="Youssef", given_names="Mohamad", state=CandidateState.ACCEPTED
    )


def test_a_candidate_who_is_a_resident_holds_no_second_place_and_arrives_as_that_resident(register: Register) -> None:
    programme = builders.programme(register)
    resident = builders.resident(register, "K-0001", family_name="Yousuf", given_names="Mohammed")
    builders.stay(register, resident, programme, date(2026, 6, 12), date(2026, 6, 20))
    candidate = _accepted(register, programme)
    with register.read() as snapshot:
        assert [row.candidate_id for row in queries.alike(snapshot, resident_id=resident)] == [candidate]
        assert read_places(snapshot.connection, programme, today=snapshot.today).taken == 2
    known = register.perform(joinings.join_candidate, resident_id=resident, candidate_id=candidate, reason=WHY).value
    with register.read() as snapshot:
        places = read_places(snapshot.connection, programme, today=snapshot.today)
        assert (places.taken, places.held) == (1, 0)
        assert queries.alike(snapshot, resident_id=resident) == ()
    with pytest.raises(Refused, match="known to be a resident already"):
        register.perform(joinings.join_candidate, resident_id=resident, candidate_id=candidate, reason=WHY)
    register.perform(joinings.take_back, joining_id=known, reason="Another")
    with register.read() as snapshot:
        assert read_places(snapshot.connection, programme, today=snapshot.today).taken == 2
    register.perform(joinings.join_candidate, resident_id=resident, candidate_id=candidate, reason=WHY)
    stay = register.perform(
        stays.admit, programme_id=programme, arrived=Moment(date(2026, 7, 1)), candidate_id=candidate
    ).value
    assert stay in [row.id for row in _page(register, resident).stays]


def test_whoever_was_joined_is_joined_to_nobody_else(register: Register) -> None:
    programme = builders.programme(register)
    one, other = _two(register, programme)
    third = builders.resident(register, "K-0003", family_name="Yousuf", given_names="Mohammed")
    _join(register, one, other)
    with pytest.raises(Refused, match="was joined to"):
        register.perform(joinings.join, resident_id=third, other_id=other, reason=WHY, chosen=CHOSEN)
    register.perform(joinings.join, resident_id=third, other_id=one, reason=WHY)
    assert _found(register, "K-0002") == [third]
