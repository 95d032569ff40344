"""Issued months that are no longer what was issued: found however old they are, and compared only when touched."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from desktop.commands.report import differences_said
from models.actions import corrections, endings, joinings, residents, stays
from models.actions import months as actions
from models.clock import FixedClock
from models.entities.absences import Absence
from models.entities.months import TouchedMonth
from models.ids import ProgrammeId
from models.queries import issued_months, monthly_reports, needing_house
from models.queries.needing import Need
from models.rules import months as month_rules
from models.rules.figure_lines import changes
from models.rules.figures import Issue, MonthFigures
from models.rules.residents import PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import AbsenceKind, Role
from models.store.register import Register
from models.text import translator
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.reports import pdf_text

_EN = translator("en")


def _draw(figures: MonthFigures, language: str, papers: Issue) -> bytes:
    return f"{language} {papers.number} {papers.trail_head} {figures.digest}".encode()


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """One under which people came long ago."""
    leavers.at_desk(register, Role.SUPERVISOR)
    return builders.programme(register, window_start=date(2019, 1, 1))


def _differing(register: Register, programme: ProgrammeId) -> list[Month]:
    with register.read() as snapshot:
        return [row.month for row in monthly_reports.differing(snapshot, programme)]


def _issue_all(register: Register, programme: ProgrammeId, clock: FixedClock, first: Month, count: int) -> None:
    for place in range(count):
        month = first.next(place)
        clock.instant = max(clock.instant, datetime.combine(month.end, time(9), UTC))
        register.perform(actions.issue, programme_id=programme, month=month, language="en", draw=_draw)


def test_however_old_the_month_that_a_correction_touches_differs(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    old = builders.stay(register, builders.resident(register, "K-1"), programme, date(2019, 3, 4), date(2019, 3, 20))
    _issue_all(register, programme, clock, Month(2019, 3), 3)
    assert _differing(register, programme) == []
    register.perform(stays.correct, stay_id=old, arrived=Moment(date(2019, 3, 5)), reason="the gate book")
    assert _differing(register, programme) == [Month(2019, 3)]
    register.perform(stays.correct, stay_id=old, arrived=Moment(date(2019, 3, 4)), reason="it was right")
    assert _differing(register, programme) == []


def test_a_month_in_which_nobody_is_left_differs_on_the_list_on_today_and_in_the_badge(
    register: Register, clock: FixedClock
) -> None:
    programme = builders.programme(register, "DK-OLD")
    only = builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 6, 14), date(2026, 6, 20))
    _issue_all(register, programme, clock, Month(2026, 6), 1)
    clock.instant = datetime(2028, 3, 3, 8, 0, tzinfo=UTC)
    register.perform(corrections.take_back, stay_id=only, reason="it was another person")
    with register.read() as snapshot:
        assert [row.month for row in monthly_reports.months_of(snapshot, programme) if row.differs] == [Month(2026, 6)]
        assert [(item.need, item.month) for item in needing_house.differing(snapshot)] == [
            (Need.REPORT_DIFFERS, Month(2026, 6))
        ]


@pytest.mark.parametrize("what", ["absence", "review", "limit", "birth", "departure"])
def test_whatever_counts_in_a_month_is_compared(
    register: Register, programme: ProgrammeId, clock: FixedClock, what: str
) -> None:
    person = builders.resident(register, "K-1", nationality="AF")
    stay = builders.stay(register, person, programme, date(2025, 1, 6), limit_on=date(2027, 1, 1))
    _issue_all(register, programme, clock, Month(2025, 4), 1)
    clock.instant = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    if what == "absence":
        away = Absence(stay_id=stay, kind=AbsenceKind.COURT, from_on=date(2025, 4, 3), due_back_on=date(2025, 4, 4),
                       until_on=date(2025, 4, 4))  # fmt: skip
        register.perform(builders.put, row=away)
    elif what == "review":
        due = date(2025, 4, 6)
        register.perform(stays.hold_review, stay_id=stay, due_on=due, held_on=due, outcome="goes on", held_by="V. G.")
    elif what == "limit":
        decided = {"reason": "a", "decided_by": "b", "authority": "c"}
        register.perform(stays.fix_limit, stay_id=stay, until=date(2025, 4, 20), valid_from=date(2025, 4, 2), **decided)
    elif what == "birth":
        register.perform(residents.change, reason="seen", resident_id=person, person=PersonFacts(nationality="SY"))
    else:
        register.perform(endings.record_left, stay_id=stay, moment=Moment(date(2025, 4, 9)), seen_last="a",
                         how_known="b")  # fmt: skip
    with register.read() as snapshot:
        noted = snapshot.connection.execute(select(TouchedMonth.month)).scalars().all()
    assert noted == [date(2025, 4, 1)]
    if what not in ("absence",):
        assert _differing(register, programme) == [Month(2025, 4)]


def test_that_an_emergency_was_not_put_in_order_after_all_touches_the_months_since(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    flagged = [{"text": "The person is on no proposed list."}]
    person = builders.resident(register, "K-1")
    stay = builders.stay(register, person, programme, date(2026, 12, 6), emergency_reasons=flagged)
    _issue_all(register, programme, clock, Month(2026, 12), 1)
    clock.instant = datetime(2027, 1, 20, 8, 0, tzinfo=UTC)
    register.perform(stays.cure_emergency, stay_id=stay, note="the list came")
    _issue_all(register, programme, clock, Month(2027, 1), 1)
    assert _differing(register, programme) == []
    clock.instant = datetime(2027, 2, 20, 8, 0, tzinfo=UTC)
    register.perform(corrections.take_back_cure, stay_id=stay, reason="it was another list")
    assert _differing(register, programme) == [Month(2027, 1)]
    with register.read() as snapshot:
        (frozen,) = issued_months.issued(snapshot, programme, Month(2027, 1))
        assert "Emergency arrivals: issued 0, now 1" in differences_said(snapshot, frozen)


def test_a_place_that_was_not_held_by_the_end_of_a_month_is_not_held_afterwards_either(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    """A candidate was known as a resident in June; that this is taken back in August changes nothing of June."""
    resident = builders.resident(register, "K-1")
    builders.stay(register, resident, programme, date(2026, 6, 2))
    clock.instant = datetime(2027, 6, 3, 8, 0, tzinfo=UTC)
    who = builders.candidate(register, programme, family_name="Noori", given_names="Gul")
    builders.accept(register, who)
    made = register.perform(
        joinings.join_candidate, resident_id=resident, candidate_id=who, reason="the same passport"
    ).value
    _issue_all(register, programme, clock, Month(2027, 6), 1)
    clock.instant = datetime(2027, 8, 3, 8, 0, tzinfo=UTC)
    register.perform(joinings.take_back, joining_id=made, reason="another passport")
    with register.read() as snapshot:
        (frozen,) = issued_months.issued(snapshot, programme, Month(2027, 6))
        assert differences_said(snapshot, frozen) == ""


def test_what_is_entered_of_today_compares_no_month_anew(
    register: Register, programme: ProgrammeId, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = builders.stay(register, builders.resident(register, "K-2"), programme, date(2026, 6, 14), date(2026, 6, 20))
    stay = builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 6, 14))
    _issue_all(register, programme, clock, Month(2026, 6), 6)
    register.perform(endings.record_left, stay_id=stay, moment=Moment(date(2026, 12, 1)), seen_last="a",
                     how_known="b")  # fmt: skip
    reckoned: list[Month] = []
    reckon = month_rules.month_figures

    def counted(month: Month, *args: Any, **more: Any) -> MonthFigures:
        reckoned.append(month)
        return reckon(month, *args, **more)

    monkeypatch.setattr(month_rules, "month_figures", counted)
    assert _differing(register, programme) == []
    assert reckoned == []
    register.perform(endings.undo, stay_id=stay, reason="by mistake")
    assert reckoned == []
    register.perform(stays.correct, stay_id=old, arrived=Moment(date(2026, 6, 15)), reason="the gate book")
    assert _differing(register, programme) == [Month(2026, 6)]
    reckoned.clear()
    assert _differing(register, programme) == [Month(2026, 6)]
    assert reckoned == [], "what was reckoned once is not reckoned again until something touches it"


def test_a_revision_is_equal_to_what_was_issued(register: Register, programme: ProgrammeId, clock: FixedClock) -> None:
    stay = builders.stay(register, builders.resident(register, "K-1"), programme, date(2026, 6, 14))
    _issue_all(register, programme, clock, Month(2026, 6), 1)
    register.perform(stays.correct, stay_id=stay, arrived=Moment(date(2026, 6, 15)), reason="the gate book")
    register.perform(
        actions.issue, programme_id=programme, month=Month(2026, 6), language="en", draw=_draw, reason="gate book"
    )
    assert _differing(register, programme) == []


def test_a_revision_names_what_changed_with_both_values_and_why(
    register: Register, programme: ProgrammeId, clock: FixedClock
) -> None:
    person = builders.resident(register, "K-1", nationality="AF")
    stay = builders.stay(register, person, programme, date(2026, 6, 14), date(2026, 6, 20))
    _issue_all(register, programme, clock, Month(2026, 6), 1)
    register.perform(stays.correct, stay_id=stay, arrived=Moment(date(2026, 6, 15)), reason="the gate book")
    reason = "The gate book was found"
    with register.read() as snapshot:
        (frozen,) = issued_months.issued(snapshot, programme, Month(2026, 6))
        assert "Person-nights: issued 6, now 5" in differences_said(snapshot, frozen)
    register.perform(
        actions.issue,
        programme_id=programme,
        month=Month(2026, 6),
        language="en",
        draw=monthly.draw_issued,
        reason=reason,
    )
    with register.read() as snapshot:
        paper = monthly_reports.paper(snapshot, programme_id=programme, month=Month(2026, 6))
    assert paper.issued is not None
    assert paper.before is not None
    found = {(each.figure, each.of): (each.before, each.after) for each in changes(paper.before, paper.figures, _EN)}
    assert found["person_nights", ""] == ("6", "5")
    said = " ".join(pdf_text.text(paper.pdf).split())
    assert "What changed since 2026-06" in said
    assert f"Issued again, because: {reason}" in said
    assert "Person-nights 6 5" in said
    assert "Average per night 0.2000 0.1667" in said
    assert monthly.draw_issued(paper.figures, "en", paper.issued.issue(paper.before)) == paper.pdf
