"""The further sections of a month's report, gathered from a real register up to the cut-off."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.actions import programmes
from models.entities.absences import Absence
from models.entities.needs import Need
from models.entities.residents import Family, Resident
from models.entities.selection import Candidate, CandidateDecision, ProposedList
from models.entities.stays import Stay
from models.ids import ProgrammeId, StayId
from models.queries import months
from models.queries import programmes as programmes_read
from models.rules.birth import BirthDate
from models.rules.figures import MonthFigures
from models.rules.people import EVERYBODY
from models.rules.time import Month
from models.rules.vocabulary import AbsenceKind, CandidateState, DepartureKind, NeedKind, Sex
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders

OCTOBER = Month(2026, 10)


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """US-2025 with a family, a child alone, somebody past the limit, and somebody who has left on their own."""
    programme_id = builders.programme(register)
    births = {"K-0001": "1980-01-01", "K-0002": "2018-05-06", "K-0003": "2012-03-01", "K-0004": "1990", "K-0005": None}
    who = {
        number: builders.resident(register, number, sex=Sex.MALE, nationality="AF" if number < "K-0005" else None)
        for number in births
    }
    stays = {
        number: builders.stay(register, who[number], programme_id, date(2026, 10, 3), None) for number in list(who)[:3]
    }
    stays["K-0004"] = builders.stay(register, who["K-0004"], programme_id, date(2026, 5, 1))
    stays["K-0005"] = builders.stay(register, who["K-0005"], programme_id, date(2026, 9, 1), date(2026, 10, 20))
    register.perform(_furnish, programme_id=programme_id, births=births, stays=stays)
    return programme_id


@action("tests.furnish_month", roles=EVERYBODY, told="")
def _furnish(
    unit: UnitOfWork, *, programme_id: ProgrammeId, births: Mapping[str, str | None], stays: Mapping[str, StayId]
) -> None:
    """What the month needs beyond stays."""
    session = unit.session
    family = Family(name="A")
    session.add(family)
    session.flush()
    people = {row.number: row for row in session.query(Resident)}
    for number, birth in births.items():
        people[number].birth = BirthDate.parse(birth) if birth else None
    people["K-0001"].family_id = people["K-0002"].family_id = family.id
    session.get_one(Stay, stays["K-0004"]).limit_on = date(2026, 10, 28)
    session.get_one(Stay, stays["K-0001"]).limit_on = date(2026, 11, 15)
    session.get_one(Stay, stays["K-0005"]).departure_kind = DepartureKind.LEFT_ON_OWN
    session.add_all(
        [
            Absence(stay_id=stays["K-0001"], kind=AbsenceKind.LEAVE, from_on=date(2026, 10, 10),
                    until_on=date(2026, 10, 13), due_back_on=date(2026, 10, 13)),
            Absence(stay_id=stays["K-0004"], kind=AbsenceKind.LEAVE, from_on=date(2026, 10, 29),
                    due_back_on=date(2026, 10, 30)),
        ]
    )  # fmt: skip
    entered = {"entered_by": unit.person.id, "entered_at": datetime(2026, 10, 5, tzinfo=UTC)}
    session.add_all(
        Need(resident_id=people[number].id, kind=kind, **entered)
        for number, kind in (("K-0001", NeedKind.DIET), ("K-0002", NeedKind.DIET), ("K-0002", NeedKind.PREGNANCY))
    )
    proposed = ProposedList(programme_id=programme_id, code="L1", received_on=date(2026, 10, 1), file_hash="a" * 64)
    session.add(proposed)
    session.flush()
    for row_number, (outcome, reasons, on) in enumerate(
        [
            (CandidateState.ACCEPTED, [], 5),
            (CandidateState.REFUSED, ["Unaccompanied child"], 6),
            (CandidateState.REFUSED, [], 6),
            (CandidateState.HELD, [], 7),
            (CandidateState.ACCEPTED, [], 45),
            (CandidateState.ACCEPTED, [], -1 / 24),  # 23:00 by UTC, 1:00 of the first in Belgrade
            (CandidateState.ACCEPTED, [], -3 / 24),
        ]
    ):
        candidate = Candidate(
            list_id=proposed.id,
            programme_id=programme_id,
            row_number=row_number,
            state=outcome,
            doubts=[],
            languages=[],
        )
        session.add(candidate)
        session.flush()
        session.add(
            CandidateDecision(
                candidate_id=candidate.id, outcome=outcome, reason="", decided_by="B", entered_by=unit.person.id,
                decided_at=datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=on), reasons=reasons,
            )
        )  # fmt: skip


def october(register: Register, programme_id: ProgrammeId) -> MonthFigures:
    with register.read() as snapshot:
        return months.figures(snapshot, programme_id, OCTOBER)


def told(figures: MonthFigures) -> dict[str, dict[str, int]]:
    return {tally.name: dict(tally.counts) for tally in figures.tallies}


def choose(register: Register, programme_id: ProgrammeId, *sections: str, **facts: Any) -> None:
    with register.read() as snapshot:
        whole = programmes_read.whole(snapshot, programme_id=programme_id)
    changed = replace(whole.facts, report_sections=sections, **facts)
    register.perform(programmes.change, programme_id=programme_id, version=whole.version, facts=changed)


def test_each_section_counts_what_it_says(register: Register, programme: ProgrammeId) -> None:
    counts = told(october(register, programme))
    assert counts["selection"] == {
        "proposed": 7, "accepted": 2, "held": 1, "withdrawn": 0, "refused": 2, "refused/": 1,
        "refused/Unaccompanied child": 1, "pending": 2,
    }  # fmt: skip
    assert counts["admissions_by_kind"] == {"listed": 0, "emergency": 0, "other": 3, "again_here": 0}
    assert counts["children"] == {
        "children/admitted": 2, "children/departed": 0, "children/present": 2,
        "alone/admitted": 1, "alone/departed": 0, "alone/present": 1,
    }  # fmt: skip
    assert counts["absences"] == {"begun": 2, "ended": 1, "nights": 6, "away": 1, "overdue": 1, "left_on_own": 1}
    assert counts["limits"] == {"past": 1, "soon": 1, "later": 0, "none": 2}
    assert counts["needs"] == {"need/diet": 2}, "a need of health is told to nobody"
    assert counts["quality"]["birth_in_part"] == 1
    assert counts["quality"]["birth_doubtful"] == 1
    assert counts["plans"]["none"] == 4
    assert counts["reviews"]["due"] == 1, "of K-0004, 180 days after 1 May"


def test_a_month_gathers_no_more_than_its_sections_ask_for(register: Register, programme: ProgrammeId) -> None:
    choose(register, programme, "movement", "absences:counts", "limits")
    figures = october(register, programme)
    assert [tally.name for tally in figures.tallies] == ["absences", "limits"]
    assert [(each.number, each.count) for each in figures.listed] == [("K-0004", 3), ("K-0001", -15)]


def test_an_annex_lists_everybody_and_adds_up_to_what_is_counted(register: Register, programme: ProgrammeId) -> None:
    choose(register, programme, "movement", "annexes")
    figures = october(register, programme)
    assert sum(each.count for each in figures.listed) == figures.counted
    assert {each.number: each.count for each in figures.listed} == {
        "K-0001": 29, "K-0002": 29, "K-0003": 29, "K-0004": 31, "K-0005": 19,
    }  # fmt: skip
    assert figures.listed[-1].days == (date(2026, 9, 1), date(2026, 10, 20))


def test_who_had_been_here_before_is_asked_of_the_same_programme_alone(
    register: Register, programme: ProgrammeId
) -> None:
    other = builders.programme(register, "DK-2022")
    elsewhere = builders.resident(register, "K-0006")
    builders.stay(register, elsewhere, other, date(2026, 1, 5), date(2026, 2, 5))
    builders.stay(register, elsewhere, programme, date(2026, 10, 5))
    assert told(october(register, programme))["admissions_by_kind"]["again_here"] == 0
    back = builders.resident(register, "K-0007")
    builders.stay(register, back, programme, date(2026, 1, 5), date(2026, 2, 5))
    builders.stay(register, back, programme, date(2026, 10, 5))
    assert told(october(register, programme))["admissions_by_kind"]["again_here"] == 1


def test_the_month_before_stands_beside_it(register: Register, programme: ProgrammeId) -> None:
    last = october(register, programme).last_month
    assert last is not None
    assert (last.admissions, last.departures, last.person_nights, last.past_limit) == (1, 0, 60, 0)


def test_who_sends_and_where_is_paid_is_frozen_with_the_month(register: Register, programme: ProgrammeId) -> None:
    choose(register, programme, addressee="  Bureau \n Street 1 ", agreement_reference=" A 11 ", claim_reference="C")
    heading = october(register, programme).heading
    assert (heading.addressee, heading.agreement_reference, heading.claim_reference) == (
        "Bureau\nStreet 1",
        "A 11",
        "C",
    )
    assert heading.sections[0] == "movement"
