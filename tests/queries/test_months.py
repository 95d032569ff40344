"""The figures of a month from a real register, and what becomes of them once they are issued."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from models.actions import months as actions
from models.clock import FixedClock
from models.entities.programmes import Payment
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import ProgrammeId, StayId
from models.queries import months
from models.rules.figures import Issue, MonthFigures
from models.rules.people import EVERYBODY
from models.rules.time import Month
from models.rules.vocabulary import DepartureKind, Destination, Sex
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
        (row,) = months.issued(snapshot, programme, OCTOBER)
        assert months.stored_figures(snapshot, row.id) == figures
        assert months.stored_pdf(snapshot, row.id).decode().endswith(figures.digest)
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
        row = next(row for row in months.months_of(snapshot, programme) if row.month == OCTOBER)
    assert {"departures", "on_roll_at_end", "person_nights", "claim"} <= set(row.differs)
    assert row.is_due
    with pytest.raises(Refused, match="Say why") as refused:
        _issue(register, programme)
    assert refused.value.field == "reason"
    _issue(register, programme, reason="the departure of 29 October came to light")
    with register.read() as snapshot:
        first, second = months.issued(snapshot, programme, OCTOBER)
        paper = months.stored_pdf(snapshot, second.id).decode()
        assert paper.startswith("en 2026-10 r2 ")
        assert repr(second.changed) in paper, "the paper names what changed"
        assert second.issue.changed == second.changed
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
        rows = months.months_of(snapshot, programme)
    assert [str(row.month) for row in rows] == ["2026-11", "2026-10", "2026-09"]
    assert [row.is_over for row in rows] == [False, True, True]
    assert rows[1].due_on == date(2026, 11, 5)


def test_an_unknown_programme_is_answered_with_the_known_ones(register: Register, programme: ProgrammeId) -> None:
    with register.read() as snapshot:
        assert months.of_code(snapshot, "US-2025") == programme
        with pytest.raises(Refused) as refused:
            months.of_code(snapshot, "XX")
    assert refused.value.message.values["known"] == "US-2025"


def test_of_a_programme_to_which_nobody_has_come_only_the_month_that_runs_is_there(register: Register) -> None:
    programme_id = builders.programme(register, window_start=date(2021, 8, 1))
    with register.read() as snapshot:
        assert [(row.month, row.is_over) for row in months.months_of(snapshot, programme_id)] == [
            (Month(2026, 11), False)
        ]
