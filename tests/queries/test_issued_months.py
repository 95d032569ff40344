"""Issued months that are no longer what was issued: found however old they are, and compared only when touched."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from desktop.commands.report import differences_said
from models.actions import corrections, endings, incidents, joinings, residents, stays
from models.actions import months as actions
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.clock import FixedClock
from models.entities.absences import Absence
from models.entities.admissions import HealthCheck, RightsTalk
from models.entities.months import TouchedMonth
from models.entities.programmes import PermittedDeparture
from models.entities.residents import Resident
from models.entities.roll_calls import RollCall
from models.entities.stays import Stay
from models.ids import AbsenceId, ProgrammeId, ResidentId, RollCallId
from models.queries import issued_months, month_states, monthly_reports, months, needing_house
from models.queries.needing import Need
from models.rules import months as month_rules
from models.rules.figure_lines import changes
from models.rules.figures import Issue, MonthFigures
from models.rules.issuing import differences
from models.rules.people import EVERYBODY
from models.rules.residents import PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    AbsenceKind,
    CheckKind,
    DepartureKind,
    HealthStep,
    IncidentKind,
    MonthState,
    ReportSection,
    Role,
    Signature,
)
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
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


def _issued_of(register: Register, programme: ProgrammeId, clock: FixedClock) -> None:
    _issue_all(register, programme, clock, SEPTEMBER, 1)
    assert _differs(register, programme) == ()


def _differs(register: Register, programme: ProgrammeId) -> tuple[str, ...]:
    """What differs of September: on the list, on Today, and for whoever compares it all."""
    with register.read() as snapshot:
        rows = monthly_reports.differing(snapshot, programme)
        last = issued_months.issued(snapshot, programme, SEPTEMBER)[-1]
        assert [item.month for item in needing_house.differing(snapshot)] == [row.month for row in rows]
        found = rows[0].differs if rows else ()
        assert found == differences(*months.frozen_and_now(snapshot, last.id))
    return found


def _revised(register: Register, programme: ProgrammeId) -> tuple[MonthFigures, list[tuple[str, str, str]]]:
    """The figures of a revision, and what it says of what has changed."""
    said: dict[str, Any] = {"language": "en", "draw": monthly.draw_issued, "reason": "a mistake"}
    made = register.perform(actions.issue, programme_id=programme, month=SEPTEMBER, **said).value
    assert _differs(register, programme) == ()
    with register.read() as snapshot:
        first = issued_months.issued(snapshot, programme, SEPTEMBER)[0]
        old, new = (issued_months.stored_figures(snapshot, each) for each in (first.id, made))
    return new, [(each.of, each.before, each.after) for each in changes(old, new, _EN)]


SEPTEMBER = Month(2027, 9)


@pytest.fixture
def whole(register: Register) -> ProgrammeId:
    """An agreement under which everything is told, people by number among it."""
    leavers.at_desk(register, Role.SUPERVISOR)
    sections = [each.value for each in ReportSection if each is not ReportSection.NAMES]
    returns = PermittedDeparture(kind=DepartureKind.VOLUNTARY_RETURN, extra_checks=[])
    return builders.programme(register, window_start=date(2019, 1, 1), report_sections=sections, departures=[returns])


def test_a_wrong_person_in_an_annex_is_put_right_by_a_revision(
    register: Register, whole: ProgrammeId, clock: FixedClock
) -> None:
    """Two who are alike in all that is counted: nothing but the lists of people says who of them came."""
    wrong, right = (builders.resident(register, number, nationality="AF") for number in ("K-1", "K-2"))
    stay = builders.stay(register, wrong, whole, date(2027, 9, 3))
    _issued_of(register, whole, clock)
    register.perform(corrections.take_back, stay_id=stay, reason="it was the other one")
    builders.stay(register, right, whole, date(2027, 9, 3))
    assert _differs(register, whole) == ("listed",)
    figures, said = _revised(register, whole)
    assert [(each.number, each.count) for each in figures.listed if each.section == "annexes"] == [("K-2", 28)]
    assert said == [("K-1", "3 Sept 2027 – …: 28", ""), ("K-2", "", "3 Sept 2027 – …: 28")]


def test_what_a_month_lists_of_limits_and_absences_is_what_it_counts(
    register: Register, whole: ProgrammeId, clock: FixedClock
) -> None:
    stays_of = [
        builders.stay(register, builders.resident(register, number), whole, date(2027, 9, 3), limit_on=limit)
        for number, limit in (("K-1", date(2027, 10, 5)), ("K-2", date(2027, 10, 6)))
    ]
    away = {"kind": AbsenceKind.COURT, "from_on": date(2027, 9, 20), "due_back_on": date(2027, 10, 4)}
    for each in stays_of:
        register.perform(builders.put, row=Absence(stay_id=each, **away))
    _issued_of(register, whole, clock)
    register.perform(corrections.take_back, stay_id=stays_of[0], reason="nobody came")
    assert {"limits", "absences", "listed"} <= {*_differs(register, whole)}
    figures, _ = _revised(register, whole)
    assert [(each.section, each.number) for each in figures.listed] == [
        ("absences", "K-2"), ("limits", "K-2"), ("annexes", "K-2"),
    ]  # fmt: skip


def test_a_revision_says_the_same_of_an_ending_wherever_it_counts_it(
    register: Register, whole: ProgrammeId, clock: FixedClock
) -> None:
    stay = builders.stay(register, builders.resident(register, "K-1"), whole, date(2027, 9, 5))
    clock.instant = datetime(2027, 10, 1, 8, 0, tzinfo=UTC)
    day = Moment(date(2027, 9, 20))
    register.perform(endings.record_death, stay_id=stay, moment=day, place="a", certified_by="b", family_told="c")
    _issued_of(register, whole, clock)
    left = {"seen_last": "at the gate", "how_known": "seen"}
    kind = DepartureKind.LEFT_ON_OWN
    register.perform(endings.correct, stay_id=stay, kind=kind, moment=day, reason="alive", facts=left)
    assert "safeguards" in _differs(register, whole)
    figures, _ = _revised(register, whole)
    told = {tally.name: dict(tally.counts) for tally in figures.tallies}
    assert [told["safeguards"][key] for key in ("deaths", "left_on_own")] == [0, 1]


def _force(register: Register, programme: ProgrammeId, who: ResidentId) -> int:
    said: dict[str, Any] = {"what": "held", "place": "yard", "by_whom": "x", "means": "hands", "why": "y"}
    happened, kind = Moment(date(2027, 9, 10)), IncidentKind.FORCE
    entered = register.perform(
        incidents.enter, programme_id=programme, kind=kind, happened=happened, residents=[who], **said
    )
    return int(entered.value)


@pytest.mark.parametrize(
    "what", ["force", "complaint", "self-harm", "check", "health", "rights", "roll call", "hour", "number"]
)
def test_what_has_a_day_of_its_own_is_compared(
    register: Register, whole: ProgrammeId, clock: FixedClock, what: str
) -> None:
    clock.instant = datetime(2027, 9, 30, 8, 0, tzinfo=UTC)
    who = builders.resident(register, "K-1")
    stay = builders.stay(register, who, whole, date(2027, 9, 5))
    plan = leavers.plan(register, stay, planned_on=date(2027, 10, 5))
    force, closed = _force(register, whole, who), datetime(2027, 9, 12, 20, 0, tzinfo=UTC)
    by = register.person.id
    count = RollCall(began_at=closed, begun_by=by, closed_at=closed, closed_by=by)
    counted = register.perform(builders.put, row=count).value
    _issued_of(register, whole, clock)
    if what == "force":
        register.perform(incidents.take_back, incident_id=force, reason="another house")
    elif what == "complaint":
        with builders.reading(register):
            register.perform(COMPLAINTS.enter, resident_id=who, received_on=date(2027, 9, 29), said="cold")
    elif what == "self-harm":
        with builders.reading(register):
            register.perform(SELF_HARM.enter, resident_id=who, happened=Moment(date(2027, 9, 29)), found="a cut")
    elif what == "health":
        held = HealthCheck(stay_id=stay, step=HealthStep.HELD, done_on=date(2027, 9, 6), by_whom="Dr B", entered_by=by,
                           entered_at=clock.instant)  # fmt: skip
        register.perform(builders.put, row=held)
    elif what == "check":
        leavers.check(register, plan, CheckKind.COUNSELLING, held_on=date(2027, 9, 29), late_reason="on paper")
    elif what == "rights":
        talk = RightsTalk(
            stay_id=stay, explained_on=date(2027, 9, 6), languages=["en"], explained_by="B", signature=Signature.SIGNED,
            entered_by=by, entered_at=clock.instant,
        )  # fmt: skip
        register.perform(builders.put, row=talk)
    elif what == "roll call":
        register.perform(_take_back, roll_call_id=counted)
    elif what == "hour":
        noon = datetime(2027, 9, 5, 10, 0, tzinfo=UTC)
        register.perform(stays.correct, stay_id=stay, arrived=Moment(date(2027, 9, 5), noon), reason="the gate book")
    else:
        register.perform(_renumber, resident_id=who)
    expected = {
        **dict.fromkeys(("force", "complaint", "self-harm"), "incidents"),
        "hour": "quality",
        "number": "listed",
    }
    assert _differs(register, whole) == (expected.get(what, "safeguards"),)
    assert _revised(register, whole)[1]


@action("tests.take_back_count", roles=EVERYBODY, told="")
def _take_back(unit: UnitOfWork, *, roll_call_id: RollCallId) -> None:
    unit.session.get_one(RollCall, roll_call_id).taken_back = "begun by mistake"


@action("tests.renumber", roles=EVERYBODY, told="")
def _renumber(unit: UnitOfWork, *, resident_id: ResidentId) -> None:
    unit.session.get_one(Resident, resident_id).number = "K-9"


@pytest.mark.parametrize("at_once", [False, True])
def test_a_complaint_is_of_the_programme_of_the_last_stay_and_both_are_compared_when_that_is_another(
    register: Register, whole: ProgrammeId, clock: FixedClock, *, at_once: bool
) -> None:
    who = builders.resident(register, "K-1")
    builders.stay(register, who, whole, date(2027, 8, 5), date(2027, 8, 20))
    with builders.reading(register):
        clock.instant = datetime(2027, 9, 20, 8, 0, tzinfo=UTC)
        register.perform(COMPLAINTS.enter, resident_id=who, received_on=date(2027, 9, 12), said="cold")
    _issued_of(register, whole, clock)
    other = builders.programme(register, "OTHER")
    if at_once:
        row = {"resident_id": who, "programme_id": other, "arrived_on": date(2027, 9, 10)}
        register.perform(_admit_many, rows=[row | {"departure_facts": {}, "emergency_reasons": []}])
    else:
        builders.stay(register, who, other, date(2027, 9, 10))
    assert _differs(register, whole) == ("incidents",)


@action("tests.admit_many", roles=EVERYBODY, told="")
def _admit_many(unit: UnitOfWork, *, rows: list[dict[str, Any]]) -> None:
    """As a file does it: set-wise."""
    unit.insert(Stay, rows)


def test_nothing_that_is_told_as_it_stood_makes_a_month_differ(
    register: Register, whole: ProgrammeId, clock: FixedClock
) -> None:
    """A departure that is planned, an absence that is prolonged and a stay under another programme, all afterwards."""
    who = builders.resident(register, "K-1", nationality="AF")
    stay = builders.stay(register, who, whole, date(2027, 9, 5))
    away = Absence(stay_id=stay, kind=AbsenceKind.COURT, from_on=date(2027, 9, 29), due_back_on=date(2027, 10, 2))
    absence = register.perform(builders.put, row=away).value
    _issued_of(register, whole, clock)
    clock.instant = datetime(2027, 10, 2, 8, 0, tzinfo=UTC)
    register.perform(_prolong, absence_id=absence, until=date(2027, 10, 9))
    leavers.plan(register, stay, planned_on=date(2027, 10, 5))
    elsewhere = builders.programme(register, "OTHER")
    builders.stay(register, who, elsewhere, date(2026, 1, 5), date(2026, 2, 5))
    assert _differs(register, whole) == ()


@action("tests.prolong", roles=EVERYBODY, told="")
def _prolong(unit: UnitOfWork, *, absence_id: AbsenceId, until: date) -> None:
    unit.session.get_one(Absence, absence_id).due_back_on = until


def test_a_complaint_opens_no_month_again_that_was_looked_through(
    register: Register, whole: ProgrammeId, clock: FixedClock
) -> None:
    """Whoever may not read complaints must not see by the state of a month that one was entered."""
    who = builders.resident(register, "K-1")
    builders.stay(register, who, whole, date(2027, 9, 5))
    clock.instant = datetime(2027, 10, 2, 8, 0, tzinfo=UTC)
    register.perform(actions.check, programme_id=whole, month=SEPTEMBER)
    with builders.reading(register):
        register.perform(COMPLAINTS.enter, resident_id=who, received_on=date(2027, 9, 29), said="cold")
    with register.read() as snapshot:
        assert month_states.state_of(snapshot, programme_id=whole, month=SEPTEMBER).state is MonthState.CHECKED
