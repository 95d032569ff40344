"""The figures of a month from a real register, and what becomes of them once they are issued."""

import random
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.actions import months as actions
from models.actions import programmes
from models.actions.facility import change_facility
from models.clock import FixedClock
from models.entities.programmes import Payment
from models.entities.selection import Candidate, CandidateDecision, ProposedList
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId, ResidentId, StayId
from models.queries import facility as facility_read
from models.queries import issued_months, monthly_reports, months
from models.queries import programmes as programmes_read
from models.rules.figures import Claim, ClaimLine, Issue, MonthFigures
from models.rules.people import EVERYBODY
from models.rules.time import Month
from models.rules.vocabulary import (
    AbsencesRule,
    CandidateState,
    CountingRule,
    DepartureKind,
    Destination,
    PaymentKind,
    PlacesRule,
    Sex,
)
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders

OCTOBER = Month(2026, 10)


def _draw(figures: MonthFigures, language: str, papers: Issue) -> bytes:
    return f"{language} {papers.number} {papers.trail_head} {papers.changed} {figures.digest}".encode()


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """US-2025 at 41.00 a night, with two men and a woman in October 2026."""
    rate = Payment(from_on=date(2026, 6, 11), until_on=None, amount=Decimal("41.00"))
    programme_id = builders.programme(register, payments=[rate])
    people = [
        builders.resident(register, f"K-000{n}", sex=sex, nationality=country)
        for n, (sex, country) in enumerate([(Sex.MALE, "AF"), (Sex.MALE, "CU"), (Sex.FEMALE, "AF")], 1)
    ]
    builders.stay(register, people[0], programme_id, date(2026, 9, 20))
    builders.stay(register, people[1], programme_id, date(2026, 10, 5), date(2026, 10, 15))
    builders.stay(register, people[2], programme_id, date(2026, 10, 31))
    return programme_id


def _figures(register: Register, programme_id: ProgrammeId, month: Month = OCTOBER) -> MonthFigures:
    with register.read() as snapshot:
        return months.figures(snapshot, programme_id, month)


def _issue(register: Register, programme_id: ProgrammeId, month: Month = OCTOBER, reason: str = "") -> object:
    return register.perform(
        actions.issue, programme_id=programme_id, month=month, language="en", draw=_draw, reason=reason
    ).value


@action("tests.leave", roles=EVERYBODY, told="")
def leave(unit: UnitOfWork, *, stay_id: StayId, on: date) -> None:
    stay = unit.session.get_one(Stay, stay_id)
    stay.departed_on, stay.departure_kind = on, DepartureKind.VOLUNTARY_RETURN
    stay.destination, stay.destination_country = Destination.COUNTRY_OF_ORIGIN, "AF"


@action("tests.came_as", roles=EVERYBODY, told="")
def came_as(unit: UnitOfWork, *, stay_id: StayId, who: CandidateId) -> None:
    stay = unit.session.get_one(Stay, stay_id)
    stay.candidate_id = who
    stay.resident.candidate_id = stay.resident.candidate_id or who


def test_a_month_says_who_was_there(register: Register, programme: ProgrammeId) -> None:
    figures = _figures(register, programme)
    assert (figures.on_roll_at_start, figures.admissions, figures.departures, figures.on_roll_at_end) == (1, 2, 1, 2)
    assert figures.person_nights == 31 + 10 + 1
    assert figures.roll_by_night[:6] == (1, 1, 1, 1, 2, 2)
    assert figures.present_by_nationality == (("AF", 2),)
    assert figures.departures_by == (("not_recorded", "not_recorded", 1),)
    assert figures.places.used == 3
    assert figures.places.left == 47
    assert figures.claim is not None
    assert figures.claim.total == Decimal("1722.00")
    assert figures.balances


def test_the_running_month_is_counted_to_the_last_day_that_is_over(register: Register, programme: ProgrammeId) -> None:
    figures = _figures(register, programme, Month(2026, 11))
    assert figures.cut_off == date(2026, 11, 21)
    assert figures.person_nights == 2 * 20
    assert len(figures.roll_by_night) == 30


def test_a_month_that_has_not_begun_is_refused(register: Register, programme: ProgrammeId) -> None:
    with pytest.raises(Refused, match="has not begun"):
        _figures(register, programme, Month(2026, 12))


def test_a_month_that_is_not_over_cannot_be_issued(register: Register, programme: ProgrammeId) -> None:
    with pytest.raises(Refused, match="not over"):
        _issue(register, programme, Month(2026, 11))


def test_what_was_issued_stays_to_the_byte(register: Register, programme: ProgrammeId) -> None:
    _issue(register, programme)
    figures = _figures(register, programme)
    with register.read() as snapshot:
        (row,) = issued_months.issued(snapshot, programme, OCTOBER)
        assert issued_months.stored_figures(snapshot, row.id) == figures
        assert issued_months.stored_pdf(snapshot, row.id).decode().endswith(figures.digest)
    assert row.figures_hash == figures.digest
    assert row.trail_head != "0" * 64
    for statement in ("UPDATE issued_months SET figures = '{}'", "DELETE FROM issued_months"):
        with pytest.raises(Refused, match="Issue a new revision"), register.write() as unit:
            unit.connection.exec_driver_sql(statement)


def test_a_correction_shows_as_a_difference_and_is_issued_as_a_revision(
    register: Register, programme: ProgrammeId
) -> None:
    _issue(register, programme)
    with pytest.raises(Refused, match="Nothing has changed"):
        _issue(register, programme, reason="again")
    register.perform(leave, stay_id=StayId(1), on=date(2026, 10, 29))
    with register.read() as snapshot:
        row = next(row for row in monthly_reports.months_of(snapshot, programme) if row.month == OCTOBER)
    assert {"departures", "on_roll_at_end", "person_nights", "claim"} <= set(row.differs)
    assert row.is_due
    with pytest.raises(Refused, match="Say why") as refused:
        _issue(register, programme)
    assert refused.value.field == "reason"
    _issue(register, programme, reason="the departure of 29 October came to light")
    with register.read() as snapshot:
        first, second = issued_months.issued(snapshot, programme, OCTOBER)
        paper = issued_months.stored_pdf(snapshot, second.id).decode()
        assert paper.startswith("en 2026-10 r2 ")
        assert repr(second.changed) in paper, "the paper names what changed"
        assert second.issue(None).changed == second.changed
    assert (first.revision, second.revision) == (1, 2)
    assert "person_nights" in second.changed
    assert first.figures_hash != second.figures_hash


def test_a_correction_of_an_issued_month_stands_once_in_the_next_claim(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    _issue(register, programme)
    register.perform(leave, stay_id=StayId(1), on=date(2026, 10, 30))
    clock.instant = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
    november = _figures(register, programme, Month(2026, 11))
    assert november.claim is not None
    correction = november.claim.lines[-1]
    assert (correction.correction_of, correction.nights, correction.amount) == ("2026-10", -2, Decimal("-82.00"))
    assert november.claim.total == Decimal("41.00") * 30 - Decimal("82.00")
    _issue(register, programme, Month(2026, 11))
    december = _figures(register, programme, Month(2026, 12))
    assert december.claim is not None
    assert [line.correction_of for line in december.claim.lines] == [None]


def test_the_list_of_months_begins_with_the_first_arrival(register: Register, programme: ProgrammeId) -> None:
    with register.read() as snapshot:
        rows = monthly_reports.months_of(snapshot, programme)
    assert [str(row.month) for row in rows] == ["2026-11", "2026-10", "2026-09"]
    assert [row.is_over for row in rows] == [False, True, True]
    assert rows[1].due_on == date(2026, 11, 5)


def test_an_unknown_programme_is_answered_with_the_known_ones(register: Register, programme: ProgrammeId) -> None:
    with register.read() as snapshot:
        assert programmes_read.of_code(snapshot, "US-2025") == programme
        with pytest.raises(Refused) as refused:
            programmes_read.of_code(snapshot, "XX")
    assert refused.value.message.values["known"] == "US-2025"


def test_of_a_programme_to_which_nobody_has_come_only_the_month_that_runs_is_there(register: Register) -> None:
    programme_id = builders.programme(register, window_start=date(2021, 8, 1))
    with register.read() as snapshot:
        assert [(row.month, row.is_over) for row in monthly_reports.months_of(snapshot, programme_id)] == [
            (Month(2026, 11), False)
        ]


def _accepted(register: Register, programme_id: ProgrammeId, number: int, *, on: date) -> CandidateId:
    """A candidate of the programme, accepted on a day."""
    name = f"L{programme_id}-{number}"
    proposed = ProposedList(programme_id=programme_id, code=name, received_on=on, file_hash=name)
    list_id = register.perform(builders.put, row=proposed).value
    row = Candidate(
        list_id=list_id,
        programme_id=programme_id,
        row_number=1,
        family_name=name,
        state=CandidateState.ACCEPTED,
        languages=[],
        doubts=[],
    )
    who = CandidateId(register.perform(builders.put, row=row).value)
    decided = CandidateDecision(
        candidate_id=who,
        outcome=CandidateState.ACCEPTED,
        reason="",
        decided_by="V. Gashi",
        entered_by=register.person.id,
        decided_at=datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC),
    )
    register.perform(builders.put, row=decided)
    return who


def _came_as(register: Register, stay_id: StayId, who: CandidateId) -> None:
    """The stay is that of the candidate, as an admission writes it."""
    register.perform(came_as, stay_id=stay_id, who=who)


def _later(register: Register, programme: ProgrammeId) -> list[Callable[[], object]]:
    """What may happen after October, and is no correction of October."""
    other = builders.programme(register, "UK-RETURN")
    waiting = [_accepted(register, programme, number, on=date(2026, 10, 20)) for number in range(3)]
    elsewhere = builders.resident(register, "K-0100")
    again = builders.resident(register, "K-0101")
    builders.stay(register, again, programme, date(2026, 9, 25), date(2026, 9, 28))

    def facts(**changed: Any) -> None:
        with register.read() as snapshot:
            whole = programmes_read.whole(snapshot, programme_id=programme)
        register.perform(
            programmes.change, programme_id=programme, version=whole.version, facts=replace(whole.facts, **changed)
        )

    def comes(who: ResidentId, under: ProgrammeId, as_: CandidateId) -> None:
        _came_as(register, builders.stay(register, who, under, date(2026, 11, 3)), as_)

    def facility(**changed: Any) -> None:
        with register.read() as snapshot:
            now = facility_read.facility(snapshot)
        register.perform(change_facility, **(asdict(now) | changed))

    return [
        lambda: comes(builders.resident(register, "K-0102", nationality="SY"), programme, waiting[0]),
        lambda: comes(elsewhere, other, waiting[1]),
        lambda: comes(again, programme, waiting[2]),
        lambda: _accepted(register, programme, 7, on=date(2026, 11, 4)),
        lambda: _accepted(register, other, 8, on=date(2026, 10, 4)),
        lambda: builders.stay(register, builders.resident(register, "K-0103"), other, date(2026, 10, 3)),
        lambda: register.perform(leave, stay_id=StayId(3), on=date(2026, 11, 5)),
        lambda: facts(counting_rule=CountingRule.DAYS, absences_rule=AbsencesRule.NEVER),
        lambda: facts(places=60, places_rule=PlacesRule.CONCURRENT, window_start=date(2026, 10, 7)),
        lambda: facts(length_bounds=(10, 20), review_every=20, small_count=5, currency="ALL"),
        lambda: facts(title="Another title", partner="Another partner", legal_basis="Art. 9"),
        lambda: facility(name="Another house", letterhead="Another ministry", time_zone="America/New_York"),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_what_an_issued_month_says_depends_on_that_month_alone(
    register: Register, programme: ProgrammeId, clock: FixedClock, seed: int
) -> None:
    happens = _later(register, programme)
    before = _figures(register, programme).to_json()
    _issue(register, programme)
    assert _figures(register, programme).to_json() == before
    random.Random(seed).shuffle(happens)
    for happen in happens:
        happen()
        assert _figures(register, programme).to_json() == before
        with register.read() as snapshot:
            assert (
                next(row for row in monthly_reports.months_of(snapshot, programme) if row.month == OCTOBER).differs
                == ()
            )
    clock.instant += timedelta(days=60)
    assert _figures(register, programme).to_json() == before
    december = _figures(register, programme, Month(2026, 12))
    assert december.claim is None or not [line for line in december.claim.lines if line.correction_of == "2026-10"]
    register.perform(leave, stay_id=StayId(1), on=date(2026, 10, 29))
    assert _figures(register, programme).to_json() != before, "a true correction still shows"


def test_a_place_is_held_until_the_candidate_comes_under_this_very_programme(
    register: Register, programme: ProgrammeId
) -> None:
    other = builders.programme(register, "UK-RETURN")
    mine, theirs = (_accepted(register, each, 1, on=date(2026, 10, 2)) for each in (programme, other))
    assert _figures(register, programme).places.held == 1
    _came_as(register, builders.stay(register, builders.resident(register, "K-0100"), other, date(2026, 10, 5)), theirs)
    assert _figures(register, programme).places.held == 1
    here = builders.stay(register, builders.resident(register, "K-0101"), programme, date(2026, 10, 6))
    _came_as(register, here, mine)
    assert _figures(register, programme).places.held == 0


def test_the_first_day_of_a_running_month_is_judged_like_any_other(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    """Up to the day that is over: who is past the limit on the last of October is so in both months, and no longer."""
    who = builders.resident(register, "K-0100")
    builders.stay(register, who, programme, date(2026, 10, 1), limit_on=date(2026, 10, 30))
    clock.instant = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    october, november = _figures(register, programme), _figures(register, programme, Month(2026, 11))
    assert (october.past_limit, november.past_limit) == ((1,), (1,))
    assert (november.reviews_late, november.on_roll_at_end) == (october.reviews_late, october.on_roll_at_end)
    assert november.present_by_age == october.present_by_age
    clock.instant = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert _figures(register, programme, Month(2026, 11)).past_limit == (2,)


def test_a_fixed_sum_is_owed_of_the_months_before_anybody_came(register: Register) -> None:
    yearly = Payment(from_on=date(2026, 8, 15), amount=Decimal(365), kind=PaymentKind.YEAR, currency="EUR")
    programme_id = builders.programme(register, "DK-GJILAN", payments=[yearly])
    with register.read() as snapshot:
        rows = monthly_reports.months_of(snapshot, programme_id)
    assert [str(row.month) for row in rows] == ["2026-11", "2026-10", "2026-09", "2026-08"]
    assert _figures(register, programme_id, Month(2026, 8)).claim == Claim(
        "EUR",
        (ClaimLine(17, Decimal(365), Decimal("17.00"), None, PaymentKind.YEAR, "EUR", of=365),),
        Decimal("17.00"),
        0,
    )


def test_a_rate_of_an_earlier_konak_goes_on_as_the_programme_counted_when_it_counts_otherwise(
    register: Register, programme: ProgrammeId
) -> None:
    with register.read() as snapshot:
        whole = programmes_read.whole(snapshot, programme_id=programme)
    (paid,) = whole.payments
    assert (paid.kind, paid.currency) == (PaymentKind.PERSON_NIGHT, "EUR")
    facts = replace(whole.facts, counting_rule=CountingRule.DAYS, currency="ALL")
    register.perform(programmes.change, programme_id=programme, version=whole.version, facts=facts)
    with register.read() as snapshot:
        assert programmes_read.whole(snapshot, programme_id=programme).payments == (paid,)
