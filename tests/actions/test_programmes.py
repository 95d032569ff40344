"""Programmes are data: presets, programmes of one's own, changes with their refusals, and closing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from models.actions import facility, programmes
from models.changes import Kind
from models.entities.departures import Plan
from models.entities.months import IssuedMonth
from models.entities.selection import Candidate, CandidateAnswer, ProposedList
from models.errors import Conflict, Refused
from models.ids import ProgrammeId
from models.queries import facility as facility_queries
from models.queries import people as people_queries
from models.queries import programmes as queries
from models.queries.programmes import ProgrammeWhole
from models.rules.admissions import BY_STANDARD
from models.rules.limits import limit_after
from models.rules.money import Payment
from models.rules.presets import PRESETS, Asked, Stated
from models.rules.programmes import CriterionFacts, DepartureFacts, ProgrammeFacts
from models.rules.vocabulary import (
    AbsencesRule,
    Answer,
    CandidateState,
    CheckKind,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    Destination,
    LimitRule,
    PaymentKind,
    PlacesRule,
    PlanState,
    Regime,
)
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.builders import per_night
from tests.entries import last

FACTS = ProgrammeFacts(
    code="XK-TEST",
    title="A programme of one's own",
    partner="the Government of Testland",
    partner_country="IS",
    window_start=date(2026, 1, 1),
)
RETURN = DepartureFacts(DepartureKind.VOLUNTARY_RETURN)


def own(register: Register, **fields: Any) -> ProgrammeId:
    return register.perform(programmes.create, facts=replace(FACTS, **fields), departures=[RETURN]).value


def whole(register: Register, programme_id: ProgrammeId) -> ProgrammeWhole:
    with register.read() as snapshot:
        return queries.whole(snapshot, programme_id=programme_id)


def last_entry(register: Register) -> dict[str, Any]:
    return last(register)


def candidate(register: Register, programme_id: ProgrammeId, **fields: Any) -> Any:
    proposed = ProposedList(programme_id=programme_id, code="L1", received_on=date(2026, 6, 1), file_hash="a" * 64)
    list_id = register.perform(builders.put, row=proposed).value
    values: dict[str, Any] = {"languages": [], "doubts": []}
    row = Candidate(list_id=list_id, programme_id=programme_id, row_number=1, **(values | fields))
    return register.perform(builders.put, row=row).value


@pytest.mark.parametrize("code", PRESETS)
def test_every_preset_comes_in_as_its_data_says_and_is_read_back_whole(register: Register, code: str) -> None:
    outcome = register.perform(programmes.add_preset, code=code)
    read = whole(register, outcome.value)
    preset = PRESETS[code]
    assert outcome.changes == {Kind.PROGRAMME}
    opens = preset.facts.window_start or date(2026, 11, 21)
    assert read.facts == replace(preset.facts, window_start=opens, arrival_steps=BY_STANDARD)
    assert [replace(criterion, id=None) for criterion in read.criteria] == list(preset.criteria)
    assert set(read.departures) == set(preset.departures)
    assert read.version == 1


def test_the_presets_say_what_the_agreements_say() -> None:
    us, uk, dk, liya = (PRESETS[code] for code in ("US-2025", "UK-RETURN", "DK-GJILAN", "LIYA-2021"))
    assert (us.facts.places, us.facts.places_rule) == (50, PlacesRule.CUMULATIVE)
    assert (us.facts.window_start, us.facts.window_end) == (date(2026, 6, 11), date(2027, 6, 10))
    assert (us.facts.limit_rule, us.facts.limit_amount, us.payments_from(date(2026, 6, 11))) == (
        LimitRule.NONE,
        None,
        (),
    )
    assert (us.facts.report_due_day, us.facts.names_ground, "Art." in us.facts.legal_basis) == (5, "", False)
    assert us.asked == (Asked.LIMIT, Asked.PAYMENTS, Asked.REPORTS)
    assert (uk.facts.places, uk.facts.places_rule, uk.facts.limit_rule) == (
        None,
        PlacesRule.CONCURRENT,
        LimitRule.NONE,
    )
    assert (dk.facts.places, dk.facts.places_rule, dk.facts.limit_rule, dk.facts.regime) == (
        300,
        PlacesRule.CONCURRENT,
        LimitRule.FIXED_DATE,
        Regime.DETAINED,
    )
    assert (liya.facts.places, liya.facts.limit_rule, liya.facts.limit_amount) == (2000, LimitRule.MONTHS, 12)
    (yearly,) = dk.payments_from(date(2026, 1, 1))
    assert yearly == Payment(PaymentKind.YEAR, Decimal(15_000_000), date(2026, 1, 1), date(2036, 1, 1))
    assert all(preset.facts.source for preset in PRESETS.values())
    assert [preset.payments_from(date(2026, 1, 1)) for preset in (uk, liya)] == [(), ()]
    for preset in (us, uk):
        assert (CriterionEffect.EXCLUDES, CriterionTest.UNACCOMPANIED_CHILD) in {
            (criterion.effect, criterion.test) for criterion in preset.criteria
        }


def test_a_preset_can_start_earlier_and_then_its_window_and_what_is_paid_move_with_it(register: Register) -> None:
    read = whole(register, register.perform(programmes.add_preset, code="us-2025", window_start=date(2025, 9, 1)).value)
    assert (read.facts.window_start, read.facts.window_end) == (date(2025, 9, 1), date(2026, 8, 31))
    assert read.payments == ()
    read = whole(
        register, register.perform(programmes.add_preset, code="DK-GJILAN", window_start=date(2025, 9, 1)).value
    )
    assert [(paid.kind, paid.from_on, paid.until_on) for paid in read.payments] == [
        (PaymentKind.YEAR, date(2025, 9, 1), date(2035, 9, 1))
    ]


def test_what_is_not_public_can_be_stated_when_a_preset_is_added(register: Register) -> None:
    stated: Stated = {
        "limit_rule": LimitRule.DAYS,
        "limit_amount": 180,
        "legal_basis": "Reports by Art. 6",
        "currency": "USD",
    }
    paid = [per_night("12.345", date(2026, 6, 11), currency="USD")]
    made = register.perform(programmes.add_preset, code="US-2025", stated=stated, payments=paid).value
    read = whole(register, made)
    assert limit_after(read.facts.limit_rule, read.facts.limit_amount, date(2026, 6, 26)) == date(2026, 12, 22)
    assert (read.facts.legal_basis, read.payments) == ("Reports by Art. 6", tuple(paid))
    assert read.facts.source == PRESETS["US-2025"].facts.source


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("held_ready", {"kind": PaymentKind.PLACE_NIGHT}),
        ("currency", {"currency": "euro"}),
        ("due_on", {"kind": PaymentKind.YEAR, "due_on": date(2025, 12, 31)}),
        ("purpose", {"purpose": "x" * 201}),
    ],
)
def test_a_payment_that_lacks_something_is_refused_beside_its_field(
    register: Register, field: str, more: dict[str, Any]
) -> None:
    made, paid = own(register), per_night("1", date(2026, 1, 1))._replace(**more)
    with pytest.raises(Refused) as refused:
        register.perform(programmes.set_payments, programme_id=made, version=1, payments=[paid])
    assert refused.value.field == field


def test_fixed_sums_may_begin_on_one_day_beside_a_rate_and_each_other(register: Register) -> None:
    made, rate = own(register), per_night("41.00", date(2026, 1, 1))
    yearly = rate._replace(kind=PaymentKind.YEAR, amount=Decimal(900), currency="DKK", purpose="Guards")
    paid = (rate, yearly, yearly._replace(purpose="Heating"), rate._replace(kind=PaymentKind.PERSON_DAY))
    register.perform(programmes.set_payments, programme_id=made, version=1, payments=paid)
    assert whole(register, made).payments == paid
    register.perform(programmes.set_payments, programme_id=made, version=2, payments=paid[1:])
    assert set(whole(register, made).payments) == set(paid[1:])


def test_a_preset_takes_a_window_of_ones_own(register: Register) -> None:
    added = register.perform(
        programmes.add_preset, code="DK-GJILAN", window_start=date(2025, 9, 1), window_end=date(2030, 1, 1)
    ).value
    facts = whole(register, added).facts
    assert (facts.window_start, facts.window_end) == (date(2025, 9, 1), date(2030, 1, 1))


def test_a_preset_that_is_not_there_is_refused_and_the_answer_names_those_that_are(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(programmes.add_preset, code="US-2026")
    assert refused.value.field == "code"
    assert "UK-RETURN" in translator("en").render(refused.value.message)


def test_a_code_is_taken_once(register: Register) -> None:
    register.perform(programmes.add_preset, code="UK-RETURN")
    with pytest.raises(Refused) as refused:
        register.perform(programmes.add_preset, code="UK-RETURN")
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("code", {"code": " "}),
        ("code", {"code": "../../x"}),
        ("code", {"code": "A" * 33}),
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 301}),
        ("partner", {"partner": ""}),
        ("partner", {"partner": "x" * 201}),
        ("partner_country", {"partner_country": "IRL"}),
        ("partner_country", {"partner_country": "XX"}),
        ("currency", {"currency": "XXX"}),
        ("window_start", {"window_start": None}),
        ("window_end", {"window_end": date(2025, 12, 31)}),
        ("places", {"places": 0}),
        ("limit_amount", {"limit_rule": LimitRule.DAYS}),
        ("limit_amount", {"limit_rule": LimitRule.MONTHS, "limit_amount": 0}),
        ("limit_amount", {"limit_rule": LimitRule.DAYS, "limit_amount": 10**30}),
        ("review_every", {"review_every": -1}),
        ("absences_first", {"absences_rule": AbsencesRule.FIRST}),
        ("length_bounds", {"length_bounds": (7, 7)}),
        ("length_bounds", {"length_bounds": ()}),
        ("currency", {"currency": "euro"}),
        ("report_language", {"report_language": "xx"}),
        ("report_due_day", {"report_due_day": 31}),
        ("small_count", {"small_count": -1}),
        ("small_count", {"small_count": 2}),
    ],
)
def test_a_fact_that_makes_no_sense_is_refused_beside_its_field(
    register: Register, field: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        own(register, **facts)
    assert refused.value.field == field
    with register.read() as snapshot:
        assert queries.rows(snapshot) == []


def test_texts_are_stripped_and_what_the_rules_do_not_use_is_not_kept(register: Register) -> None:
    made = own(register, code=" xk-test ", title=" Title ", limit_amount=12, absences_first=3, currency="eur")
    facts = whole(register, made).facts
    assert (facts.code, facts.title, facts.limit_amount, facts.absences_first) == ("XK-TEST", "Title", None, None)
    assert facts.currency == "EUR"


def test_a_programme_changes_as_a_whole_and_the_trail_says_what_changed(register: Register) -> None:
    made = own(register)
    facts = replace(FACTS, places=12, limit_rule=LimitRule.MONTHS, limit_amount=6)
    register.perform(programmes.change, programme_id=made, version=1, facts=facts)
    read = whole(register, made)
    assert (read.facts, read.version) == (facts, 2)
    entry = last_entry(register)
    assert entry["subject"] == f"programme:{made}"
    assert entry["changed"][0]["before"] == {"places": None, "limit_rule": "none", "limit_amount": None, "version": 1}


def test_a_change_over_somebody_elses_is_refused(register: Register) -> None:
    made = own(register)
    register.perform(programmes.change, programme_id=made, version=1, facts=replace(FACTS, places=5))
    with pytest.raises(Conflict):
        register.perform(programmes.change, programme_id=made, version=1, facts=replace(FACTS, places=6))
    assert whole(register, made).facts.places == 5


def test_rates_criteria_and_departures_count_as_changes_of_the_programme(register: Register) -> None:
    made = own(register)
    rate = per_night("30", date(2026, 1, 1))
    register.perform(programmes.set_payments, programme_id=made, version=1, payments=[rate])
    register.perform(programmes.set_criteria, programme_id=made, version=2, criteria=[])
    register.perform(programmes.set_departures, programme_id=made, version=3, departures=[RETURN])
    assert whole(register, made).version == 4
    with pytest.raises(Conflict):
        register.perform(programmes.set_payments, programme_id=made, version=3, payments=[])
    assert last_entry(register)["changed"] == []


def test_a_programme_that_is_gone_is_refused(register: Register) -> None:
    with pytest.raises(Refused):
        register.perform(programmes.close, programme_id=ProgrammeId(99), version=1)
    with register.read() as snapshot, pytest.raises(Refused):
        queries.whole(snapshot, programme_id=ProgrammeId(99))


def test_the_code_can_change_until_it_stands_on_issued_paper(register: Register) -> None:
    made = own(register)
    register.perform(programmes.change, programme_id=made, version=1, facts=replace(FACTS, code="XK-NEW"))
    issued = IssuedMonth(
        programme_id=made,
        month=date(2026, 10, 1),
        revision=1,
        figures="{}",
        figures_hash=sha256(b"{}").hexdigest(),
        trail_head="0" * 64,
        language="en",
        pdf=b"",
        changed=[],
        issued_on=date(2026, 11, 1),
        issued_at=datetime(2026, 11, 1, tzinfo=UTC),
        issued_by=register.person.id,
    )
    register.perform(builders.put, row=issued)
    with pytest.raises(Refused) as refused:
        register.perform(programmes.change, programme_id=made, version=2, facts=FACTS)
    assert refused.value.field == "code"
    register.perform(programmes.change, programme_id=made, version=2, facts=replace(FACTS, code="XK-NEW", places=3))


def test_rates_follow_one_another_and_are_replaced_as_a_whole(register: Register) -> None:
    made = own(register)
    first = per_night("41.00", date(2026, 1, 1))
    register.perform(programmes.set_payments, programme_id=made, version=1, payments=[first])
    ended, later = first._replace(until_on=date(2026, 7, 1)), per_night("43.5", date(2026, 7, 1))
    register.perform(programmes.set_payments, programme_id=made, version=2, payments=[later, ended])
    assert whole(register, made).payments == (ended, later)
    register.perform(programmes.set_payments, programme_id=made, version=3, payments=[later])
    assert whole(register, made).payments == (later,)


@pytest.mark.parametrize(
    "payments",
    [
        [per_night("1", date(2026, 1, 1)), per_night("2", date(2026, 2, 1))],
        [per_night("1", date(2026, 1, 1), date(2026, 2, 2)), per_night("2", date(2026, 2, 1))],
        [per_night("1", date(2026, 1, 1)), per_night("2", date(2026, 1, 1))],
        [per_night("1", date(2026, 1, 1), date(2026, 1, 1))],
        [per_night("0", date(2026, 1, 1))],
        [per_night("NaN", date(2026, 1, 1))],
        [per_night("1.0000001", date(2026, 1, 1))],
    ],
)
def test_rates_that_overlap_or_make_no_sense_are_refused(register: Register, payments: list[Payment]) -> None:
    made = own(register)
    with pytest.raises(Refused) as refused:
        register.perform(programmes.set_payments, programme_id=made, version=1, payments=payments)
    assert refused.value.field in ("payments", "amount", "until_on")
    assert whole(register, made).payments == ()


def test_criteria_are_reordered_reworded_added_and_taken_out(register: Register) -> None:
    made = own(register)
    three = [CriterionFacts(text, CriterionEffect.EXCLUDES) for text in ("a", "b", "c")]
    register.perform(programmes.set_criteria, programme_id=made, version=1, criteria=three)
    a, b, c = whole(register, made).criteria
    wanted = [c, replace(a, text="a2", effect=CriterionEffect.REQUIRED), CriterionFacts("d", CriterionEffect.WEIGHS)]
    register.perform(programmes.set_criteria, programme_id=made, version=2, criteria=wanted)
    now = whole(register, made).criteria
    assert [(row.text, row.effect) for row in now] == [
        ("c", CriterionEffect.EXCLUDES),
        ("a2", CriterionEffect.REQUIRED),
        ("d", CriterionEffect.WEIGHS),
    ]
    assert [row.id for row in now[:2]] == [c.id, a.id]
    assert b.id not in {row.id for row in now}


def test_a_question_that_was_answered_stays_but_may_come_to_weigh_only(register: Register) -> None:
    made = own(register)
    one = CriterionFacts("Is it so?", CriterionEffect.EXCLUDES)
    register.perform(programmes.set_criteria, programme_id=made, version=1, criteria=[one])
    (kept,) = whole(register, made).criteria
    answer = CandidateAnswer(
        candidate_id=candidate(register, made),
        criterion_id=kept.id,
        answer=Answer.NO,
        answered_by=register.person.id,
        answered_at=datetime(2026, 7, 1, tzinfo=UTC),
    )
    register.perform(builders.put, row=answer)
    assert whole(register, made).answered == {kept.id}
    for wanted in ([], [replace(kept, text="Is it not so?")]):
        with pytest.raises(Refused) as refused:
            register.perform(programmes.set_criteria, programme_id=made, version=2, criteria=wanted)
        assert refused.value.field == "criteria"
    weighed = replace(kept, effect=CriterionEffect.WEIGHS)
    register.perform(programmes.set_criteria, programme_id=made, version=2, criteria=[weighed])
    assert whole(register, made).criteria == (weighed,)


@pytest.mark.parametrize("texts", [[" "], ["a", "a "]])
def test_criteria_without_a_question_or_with_the_same_twice_are_refused(register: Register, texts: list[str]) -> None:
    made = own(register)
    with pytest.raises(Refused) as refused:
        register.perform(
            programmes.set_criteria,
            programme_id=made,
            version=1,
            criteria=[CriterionFacts(text, CriterionEffect.WEIGHS) for text in texts],
        )
    assert refused.value.field == "criteria"


def test_a_criterion_of_another_programme_is_refused(register: Register) -> None:
    us = register.perform(programmes.add_preset, code="US-2025").value
    made = own(register)
    with pytest.raises(Refused):
        register.perform(
            programmes.set_criteria, programme_id=made, version=1, criteria=[whole(register, us).criteria[0]]
        )


def test_a_departure_may_require_more_and_never_less(register: Register) -> None:
    made = own(register)
    wanted = [
        DepartureFacts(DepartureKind.STAY_GRANTED, (CheckKind.COUNSELLING, CheckKind.DECISION)),
        DepartureFacts(DepartureKind.VOLUNTARY_RETURN),
    ]
    register.perform(programmes.set_departures, programme_id=made, version=1, departures=wanted)
    assert whole(register, made).departures == (
        DepartureFacts(DepartureKind.VOLUNTARY_RETURN),
        DepartureFacts(DepartureKind.STAY_GRANTED, (CheckKind.COUNSELLING,)),
    )


@pytest.mark.parametrize(
    "kinds",
    [
        [],
        [DepartureKind.ESCAPE],
        [DepartureKind.VOLUNTARY_RETURN, DepartureKind.VOLUNTARY_RETURN],
    ],
)
def test_departures_that_make_no_sense_are_refused(register: Register, kinds: list[DepartureKind]) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(programmes.create, facts=FACTS, departures=[DepartureFacts(kind) for kind in kinds])
    assert refused.value.field == "departures"


def test_a_way_of_leaving_that_an_open_plan_needs_is_not_taken_out(register: Register) -> None:
    made = own(register)
    stay = builders.stay(register, builders.resident(register), made, date(2026, 2, 1))
    plan = Plan(
        stay_id=stay,
        kind=DepartureKind.VOLUNTARY_RETURN,
        destination=Destination.COUNTRY_OF_ORIGIN,
        planned_on=date(2026, 12, 1),
        made_by=register.person.id,
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    plan_id = register.perform(builders.put, row=plan).value
    granted = [DepartureFacts(DepartureKind.STAY_GRANTED)]
    with pytest.raises(Refused) as refused:
        register.perform(programmes.set_departures, programme_id=made, version=1, departures=granted)
    assert refused.value.field == "departures"
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        found = unit.session.get(Plan, plan_id)
        assert found is not None
        found.state = PlanState.CANCELLED
    register.perform(programmes.set_departures, programme_id=made, version=1, departures=granted)


def test_a_programme_is_closed_once_nobody_depends_on_it_and_can_be_opened_again(register: Register) -> None:
    made = own(register)
    resident = builders.resident(register)
    builders.stay(register, resident, made, date(2026, 2, 1))
    candidate(register, made, state=CandidateState.ACCEPTED)
    with pytest.raises(Refused) as refused:
        register.perform(programmes.close, programme_id=made, version=1)
    assert [translator("en").render(reason) for reason in refused.value.reasons] == [
        "1 person is on the roll.",
        "1 accepted candidate has not arrived.",
    ]
    empty = own(register, code="XK-2")
    register.perform(programmes.close, programme_id=empty, version=1)
    with register.read() as snapshot:
        assert [(row.code, row.is_closed) for row in queries.rows(snapshot)] == [("XK-TEST", False), ("XK-2", True)]
    register.perform(programmes.reopen, programme_id=empty, version=2)
    assert not whole(register, empty).row.is_closed


def test_the_list_says_how_many_are_on_the_roll_and_how_many_places_are_left(register: Register) -> None:
    made = own(register, places=3)
    builders.stay(register, builders.resident(register), made, date(2026, 2, 1))
    builders.stay(register, builders.resident(register, "K-0013"), made, date(2026, 2, 1), date(2026, 3, 1))
    candidate(register, made, state=CandidateState.ACCEPTED)
    with register.read() as snapshot:
        (row,) = queries.rows(snapshot)
    assert (row.on_roll, row.held, row.taken, row.left) == (1, 1, 2, 1)


def test_the_facility_is_changed_and_the_register_knows_it_at_once(register: Register) -> None:
    outcome = register.perform(
        facility.change_facility,
        name=" Centre South ",
        letterhead=" Republic of Kosovo \n Ministry ",
        language="sq",
        time_zone="Europe/Copenhagen",
        number_prefix="S-",
        lock_after=3,
    )
    assert outcome.changes == {Kind.FACILITY}
    assert (register.facility.name, register.facility.zone.key) == ("Centre South", "Europe/Copenhagen")
    assert register.facility.lock_after == 3
    with register.read() as snapshot:
        facts = facility_queries.facility(snapshot)
        (user,) = people_queries.users(snapshot)
    assert facts.letterhead == "Republic of Kosovo\nMinistry"
    assert user.name == "A. Berisha"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 201),
        ("language", "xx"),
        ("time_zone", "Europe/Nowhere"),
        ("time_zone", "../../etc/passwd"),
        ("number_prefix", "x" * 9),
        ("lock_after", -1),
        ("lock_after", 241),
    ],
)
def test_a_facility_that_makes_no_sense_is_refused_beside_its_field(register: Register, field: str, value: Any) -> None:
    good: dict[str, Any] = {
        "name": "Centre",
        "letterhead": "",
        "language": "en",
        "time_zone": "Europe/Belgrade",
        "number_prefix": "K-",
        "lock_after": 10,
    }
    with pytest.raises(Refused) as refused:
        register.perform(facility.change_facility, **(good | {field: value}))
    assert refused.value.field == field
