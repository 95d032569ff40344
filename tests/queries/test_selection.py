"""Proposed lists as they arrive, read back: counts, filters, doubts, likely duplicates, families, expected arrivals."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.actions import programmes, selection, stays
from models.errors import Refused
from models.exchange import import_lists
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.ids import CandidateId, ListId, ProgrammeId
from models.queries import arrivals, candidates
from models.queries import selection as lists
from models.rules.birth import BirthDate
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, DocumentKind, Role
from models.store.register import Register
from models.text import translator
from tests import builders

TODAY = date(2026, 11, 21)
ENGLISH = translator("en")


def bring_in(register: Register, file: Path, preset: str) -> tuple[ProgrammeId, ListId]:
    programme_id = register.perform(programmes.add_preset, code=preset).value
    read = read_list(read_table(file))
    return programme_id, register.perform(import_lists.bring_in, programme_id=programme_id, read=read).value.list_id


@pytest.fixture
def us(register: Register, shared_data: Path) -> tuple[ProgrammeId, ListId]:
    return bring_in(register, shared_data / "lists" / "US-01.xlsx", "US-2025")


def by_number(register: Register, number: str, place: int = 0) -> CandidateId:
    with register.read() as snapshot:
        return lists.ids(snapshot, text=number)[place]


def accept(register: Register, who: CandidateId) -> None:
    with register.read() as snapshot:
        found = candidates.whole(snapshot, candidate_id=who)
    for row in found.criteria:
        if row.effect is not CriterionEffect.WEIGHS and row.answer is not Answer.NO:
            register.perform(
                selection.answer, candidate_id=who, criterion_id=row.id, given=Answer.NO, note="the file was seen"
            )
    builders.accept(register, who)


def test_the_overview_counts_each_state_of_each_list(register: Register, us: tuple[ProgrammeId, ListId]) -> None:
    one = by_number(register, "900-441-000")
    accept(register, one)
    register.perform(
        selection.decide,
        candidate_id=by_number(register, "900-503-711"),
        outcome=CandidateState.REFUSED,
        reason="sentenced",
        decided_by="L. Hoxha",
    )
    register.perform(stays.admit, programme_id=us[0], arrived=Moment(TODAY), candidate_id=one)
    with register.read() as snapshot:
        found = lists.overview(snapshot)
    row = found.lists[0]
    assert (row.code, row.total, row.arrived) == ("US-01", 64, 1)
    assert row.counts == {CandidateState.PROPOSED: 62, CandidateState.ACCEPTED: 1, CandidateState.REFUSED: 1}
    assert row.doubtful > 5
    places = found.places[0]
    assert (places.places, places.taken, places.held, places.left) == (50, 1, 0, 49)


def test_candidates_are_filtered_by_state_text_doubt_and_likeness(
    register: Register, us: tuple[ProgrammeId, ListId]
) -> None:
    with register.read() as snapshot:
        everyone = lists.ids(snapshot, list_id=us[1])
        assert len(everyone) == 64
        assert lists.ids(snapshot, list_id=us[1], states=[CandidateState.ACCEPTED]) == []
        duplicates = lists.rows(snapshot, lists.ids(snapshot, list_id=us[1], duplicates=True))
        assert {row.partner_number for row in duplicates} == {"900-667-236"}
        assert [row.likes for row in duplicates] == [1, 1]
        doubtful = lists.rows(snapshot, lists.ids(snapshot, list_id=us[1], doubtful=True))
        assert all(row.doubts for row in doubtful)
        assert 0 < len(doubtful) < 64
        named = lists.rows(snapshot, lists.ids(snapshot, text="nguyen thi"))
        assert {row.family_name for row in named} == {"NGUYỄN"}
        assert lists.ids(snapshot, text="adebayo") == lists.ids(snapshot, text="ADÉBÁYỌ̀")


@pytest.mark.parametrize("sort", ["list", "name", "number", "birth", "nationality", "family", "state"])
def test_every_order_shows_everybody_once(register: Register, us: tuple[ProgrammeId, ListId], sort: str) -> None:
    with register.read() as snapshot:
        up = lists.ids(snapshot, sort=sort)
        down = lists.ids(snapshot, sort=sort, descending=True)
    assert sorted(up) == sorted(down) == sorted(set(up))
    assert len(up) == 64


def test_those_of_one_nationality_stand_in_the_order_of_their_numbers(
    register: Register, us: tuple[ProgrammeId, ListId]
) -> None:
    with register.read() as snapshot:
        ids = lists.ids(snapshot, sort="nationality", then=(("number", True),))
        found = {row.id: row for row in lists.rows(snapshot, ids)}
    keys = [(found[one].nationality, found[one].partner_number) for one in ids if found[one].nationality]
    ordered = sorted(keys, key=lambda key: key[1], reverse=True)
    assert keys == sorted(ordered, key=lambda key: key[0] or "")
    assert keys != sorted(keys)


def test_the_family_of_four_is_shown_with_each_of_them(register: Register, us: tuple[ProgrammeId, ListId]) -> None:
    father = by_number(register, "900-441-000")
    with register.read() as snapshot:
        whole = candidates.whole(snapshot, candidate_id=father)
        rows = lists.rows(snapshot, lists.ids(snapshot, text="900-441"))
    assert [(row.family_group, row.family) for row in rows] == [("F-1", 4)] * 4
    assert [row.given_names for row in whole.family] == ["Zarghuna", "Haroon", "Setayesh"]
    child = next(row for row in rows if row.given_names == "Setayesh")
    with register.read() as snapshot:
        asked = {row.text: row.answer for row in candidates.whole(snapshot, candidate_id=child.id).criteria}
    assert asked["Is this an unaccompanied child?"] is Answer.NO


def test_a_candidate_shows_who_is_listed_twice_and_why(register: Register, us: tuple[ProgrammeId, ListId]) -> None:
    with register.read() as snapshot:
        whole = candidates.whole(snapshot, candidate_id=by_number(register, "900-667-236"))
    assert [(row.family_name, row.number, row.where) for row in whole.alike] == [("Désir", "51", "US-01")]
    assert "same number" in ENGLISH.render(whole.alike[0].reasons[0])


def test_a_resident_who_was_here_before_is_shown_and_one_of_another_partner_is_not(
    register: Register, us: tuple[ProgrammeId, ListId]
) -> None:
    before = builders.resident(
        register,
        family_name="Suarez Leyva",
        given_names="Osmany",
        sort_name="suarez leyva osmany",
        candidate_id=by_number(register, "900-441-000"),
    )
    with register.read() as snapshot:
        whole = candidates.whole(snapshot, candidate_id=by_number(register, "900-553-932"))
        rows = lists.rows(snapshot, lists.ids(snapshot, duplicates=True))
    (alike,) = whole.alike
    assert (alike.resident_id, alike.candidate_id, alike.where, alike.number) == (before, None, "K-0012", "")
    assert len(rows) == 3


def test_cells_that_were_not_understood_are_sealed(register: Register, us: tuple[ProgrammeId, ListId]) -> None:
    register.person = replace(register.person, role=Role.SUPERVISOR, stands_in=False)
    with register.read() as snapshot:
        whole = candidates.whole(snapshot, candidate_id=by_number(register, "900-498-189", 0))
        unclear = candidates.whole(snapshot, candidate_id=by_number(register, "900-689-298"))
        about = candidates.whole(snapshot, candidate_id=by_number(register, "900-626-741"))
    assert whole.list_code == "US-01"
    assert unclear.has_remarks
    register.person = replace(register.person, role=Role.CLERK)
    with register.read() as snapshot:
        assert not candidates.whole(snapshot, candidate_id=unclear.id).has_remarks
    assert "Criminal history (Y/N): see file" in dict(builders.sealed_remarks(register))[unclear.id]
    assert about.particulars.birth == BirthDate(1968, about=True)
    assert about.particulars.birth_as_written == "approx. 1968"


def test_an_unknown_candidate_is_refused_in_words(register: Register) -> None:
    with register.read() as snapshot, pytest.raises(Refused, match="not in the register"):
        candidates.whole(snapshot, candidate_id=CandidateId(99))


def test_whoever_is_accepted_is_expected_until_they_arrive(register: Register, us: tuple[ProgrammeId, ListId]) -> None:
    with register.read() as snapshot:
        family = lists.ids(snapshot, text="900-441")
    for who in family[:3]:
        accept(register, who)
    with register.read() as snapshot:
        assert [(row.given_names, row.family) for row in arrivals.expected(snapshot)] == [
            ("Mohammad Yousuf", 3),
            ("Zarghuna", 3),
            ("Haroon", 3),
        ]
        prospect = arrivals.prospect(snapshot, candidate_id=family[0])
    assert (prospect.person.family_name, prospect.person.partner_number) == ("RAHMANI", "900-441-000")
    assert prospect.documents[0].number == "P02837100"
    assert [row.given_names for row in prospect.family] == ["Zarghuna", "Haroon"]
    register.perform(stays.admit, programme_id=us[0], arrived=Moment(TODAY), candidate_id=family[0])
    with register.read() as snapshot:
        assert [row.family for row in arrivals.expected(snapshot, programme_id=us[0])] == [2, 2]
        whole = candidates.whole(snapshot, candidate_id=family[0])
    assert (whole.resident, whole.arrived_on, whole.alike) == ("K-0001", TODAY, ())


def test_whoever_comes_back_by_another_list_is_expected_no_more(
    register: Register, us: tuple[ProgrammeId, ListId]
) -> None:
    uk = builders.programme(register, "UK-RETURN", places=None)
    known = builders.resident(register, family_name="RAHMANI", given_names="Zarghuna", candidate_id=None)
    builders.stay(register, known, uk, date(2026, 7, 1), date(2026, 8, 1))
    first, second = by_number(register, "900-441-000"), by_number(register, "900-441-001")
    accept(register, first)
    accept(register, second)
    register.perform(stays.admit, programme_id=us[0], arrived=Moment(date(2026, 11, 1)), candidate_id=first)
    register.perform(stays.admit, programme_id=us[0], arrived=Moment(TODAY), candidate_id=second, resident_id=known)
    with register.read() as snapshot:
        assert arrivals.expected(snapshot) == []
        taken = {row.code: row.taken for row in lists.overview(snapshot).places}
    assert taken == {"US-2025": 2, "UK-RETURN": 1}


def test_the_form_of_an_arrival_is_told_who_may_be_the_same(register: Register, us: tuple[ProgrammeId, ListId]) -> None:
    known = builders.resident(register, family_name="Zeledón", given_names="Denis", sort_name="zeledon denis")
    person = PersonFacts(family_name="ZELEDON", given_names="Denis")
    with register.read() as snapshot:
        found = arrivals.likely(snapshot, programme_id=us[0], person=person)
        by_paper = arrivals.likely(
            snapshot,
            programme_id=us[0],
            person=PersonFacts(family_name="Somebody"),
            documents=[DocumentFacts(kind=DocumentKind.PASSPORT, number="p-02837100")],
        )
    assert {row.resident_id for row in found} >= {known}
    assert {row.family_name for row in found} == {"Zeledón", "ZELEDÓN"}
    assert [row.given_names for row in by_paper] == ["Mohammad Yousuf"]


def test_a_partners_number_is_compared_within_its_programme_alone(
    register: Register, us: tuple[ProgrammeId, ListId]
) -> None:
    uk = builders.programme(register, "UK-RETURN")
    person = PersonFacts(family_name="Somebody", partner_number="900-441-000")
    with register.read() as snapshot:
        assert arrivals.likely(snapshot, programme_id=uk, person=person) == ()
        assert len(arrivals.likely(snapshot, programme_id=us[0], person=person)) == 1


def test_a_former_resident_is_found_with_the_last_stay(register: Register) -> None:
    us = builders.programme(register)
    gone = builders.resident(register, "K-0001", family_name="Noori", sort_name="noori")
    here = builders.resident(register, "K-0002", family_name="Noori", given_names="F", sort_name="noori f")
    builders.stay(register, gone, us, date(2026, 7, 1), date(2026, 8, 1))
    builders.stay(register, here, us, date(2026, 7, 1))
    with register.read() as snapshot:
        found = {row.id: row for row in arrivals.known(snapshot, text="noori")}
    assert (found[gone].departed_on, found[gone].is_here, found[gone].programme) == (date(2026, 8, 1), False, "US-2025")
    assert found[here].is_here
    assert found[here].departed_on is None


@pytest.mark.parametrize(
    ("file", "preset", "people"), [("DK-01.csv", "DK-GJILAN", 30), ("LIYA-01.csv", "LIYA-2021", 181)]
)
def test_the_other_lists_are_read_back_whole(
    register: Register, shared_data: Path, file: str, preset: str, people: int
) -> None:
    programme_id, list_id = bring_in(register, shared_data / "lists" / file, preset)
    with register.read() as snapshot:
        ids = lists.ids(snapshot, programme_id=programme_id)
        rows = lists.rows(snapshot, ids)
        whole = [candidates.whole(snapshot, candidate_id=one) for one in ids[:10]]
        choice = arrivals.programmes(snapshot)
    assert len(rows) == lists_total(register, list_id) == people
    assert all(found.criteria for found in whole)
    assert choice[0].needs_last_day is (preset == "DK-GJILAN")


def lists_total(register: Register, list_id: ListId) -> int:
    with register.read() as snapshot:
        return next(row.total for row in lists.lists(snapshot) if row.id == list_id)
