"""Which facts make a programme: of each limit the last that is taken and the first that is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.errors import Refused
from models.rules.money import Payment
from models.rules.programmes import (
    CriterionFacts,
    DepartureFacts,
    ProgrammeFacts,
    checked,
    checked_criteria,
    checked_departures,
    checked_payments,
)
from models.rules.vocabulary import (
    AbsencesRule,
    CheckKind,
    CriterionEffect,
    DepartureKind,
    LimitRule,
    PaymentKind,
)

START = date(2026, 1, 1)
FACTS = ProgrammeFacts(
    code="XK-TEST", title="A hosting", partner="Testland", partner_country="IS", window_start=START, window_end=START
)
NIGHT = Payment(PaymentKind.PERSON_NIGHT, Decimal("41.00"), START)


@pytest.mark.parametrize(
    ("field", "taken", "refused"),
    [
        ("code", "X", ""),
        ("code", "X" * 32, "X" * 33),
        ("code", "7-A", "-A"),
        ("title", "x" * 300, "x" * 301),
        ("title", "x", " "),
        ("partner", "x" * 200, "x" * 201),
        ("partner", "x", " "),
        ("partner_country", "dk", "Dk!"),
        ("currency", "dkk", "DKR"),
        ("window_start", date(2025, 12, 31), None),
        ("window_end", START, date(2025, 12, 31)),
        ("window_end", None, date.min),
        ("places", 1, 0),
        ("places", 1_000_000, 1_000_001),
        ("places", None, -1),
        ("review_every", 0, -1),
        ("review_every", 3650, 3651),
        ("report_language", "sr", "de"),
        ("report_due_day", 1, 0),
        ("report_due_day", 28, 29),
        ("small_count", 0, -1),
        ("small_count", 1, 2),
        ("small_count", 3, 2),
        ("small_count", 1000, 1001),
        ("length_bounds", (7, 8), (7, 7)),
    ],
)
def test_of_each_fact_the_last_is_taken_and_the_next_refused_beside_it(field: str, taken: Any, refused: Any) -> None:
    kept = getattr(checked(replace(FACTS, **{field: taken})), field)
    assert kept == (taken.upper() if field in ("partner_country", "currency") else taken)
    with pytest.raises(Refused) as raised:
        checked(replace(FACTS, **{field: refused}))
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("rule", "taken", "refused"),
    [
        (LimitRule.DAYS, (1, 36_500), (None, 0, 36_501)),
        (LimitRule.MONTHS, (1, 1_200), (None, 0, 1_201)),
    ],
)
def test_a_limit_has_an_amount_within_a_century(
    rule: LimitRule, taken: tuple[int, ...], refused: tuple[int | None, ...]
) -> None:
    for amount in taken:
        assert checked(replace(FACTS, limit_rule=rule, limit_amount=amount)).limit_amount == amount
    for wrong in refused:
        with pytest.raises(Refused) as raised:
            checked(replace(FACTS, limit_rule=rule, limit_amount=wrong))
        assert raised.value.field == "limit_amount"
    assert checked(replace(FACTS, limit_rule=LimitRule.NONE, limit_amount=0)).limit_amount is None


def test_the_first_nights_of_an_absence_are_a_number_and_kept_where_they_are_used() -> None:
    for first in (1, 3650):
        facts = checked(replace(FACTS, absences_rule=AbsencesRule.FIRST, absences_first=first))
        assert facts.absences_first == first
    for wrong in (None, 0, -1, 3651):
        with pytest.raises(Refused) as raised:
            checked(replace(FACTS, absences_rule=AbsencesRule.FIRST, absences_first=wrong))
        assert raised.value.field == "absences_first"
    for rule in (AbsencesRule.ALWAYS, AbsencesRule.NEVER):
        assert checked(replace(FACTS, absences_rule=rule, absences_first=0)).absences_first is None


@pytest.mark.parametrize(
    ("field", "taken", "refused"),
    [
        ("amount", Decimal("0.000001"), Decimal(0)),
        ("amount", Decimal("12.345678"), Decimal("12.3456789")),
        ("amount", Decimal("999999999999.99"), Decimal(10**12)),
        ("amount", Decimal(1), Decimal("Infinity")),
        ("amount", Decimal(1), Decimal("-1")),
        ("amount", Decimal("1.0000000"), Decimal("1.0000001")),
        ("until_on", date(2026, 1, 2), START),
        ("purpose", "x" * 200, "x" * 201),
        ("currency", "dkk", "DKR"),
    ],
)
def test_of_each_part_of_a_payment_the_last_is_taken_and_the_next_refused(field: str, taken: Any, refused: Any) -> None:
    (kept,) = checked_payments([NIGHT._replace(**{field: taken})])
    assert getattr(kept, field) == ("DKK" if field == "currency" else taken)
    with pytest.raises(Refused) as raised:
        checked_payments([NIGHT._replace(**{field: refused})])
    assert raised.value.field == field


def test_places_held_ready_are_a_number_and_kept_where_they_are_paid_for() -> None:
    ready = NIGHT._replace(kind=PaymentKind.PLACE_NIGHT)
    for places in (1, 1_000_000):
        assert checked_payments([ready._replace(places=places)])[0].places == places
    for wrong in (None, 0, 1_000_001):
        with pytest.raises(Refused) as raised:
            checked_payments([ready._replace(places=wrong)])
        assert raised.value.field == "held_ready"
    assert checked_payments([NIGHT._replace(places=0)])[0].places is None


def test_a_sum_is_due_from_its_first_day_on_where_it_is_spread_and_a_single_one_has_no_end() -> None:
    monthly = NIGHT._replace(kind=PaymentKind.MONTH, until_on=date(2026, 7, 1))
    assert checked_payments([monthly._replace(due_on=START)])[0].due_on == START
    with pytest.raises(Refused) as raised:
        checked_payments([monthly._replace(due_on=date(2025, 12, 31))])
    assert raised.value.field == "due_on"
    assert checked_payments([NIGHT._replace(due_on=date(2025, 12, 31))])[0].due_on is None
    once = monthly._replace(kind=PaymentKind.ONCE, until_on=date(2025, 1, 1))
    assert (checked_payments([once])[0].until_on, checked_payments([monthly])[0].until_on) == (None, date(2026, 7, 1))


@pytest.mark.parametrize("kind", [PaymentKind.PERSON_NIGHT, PaymentKind.PERSON_DAY])
def test_rates_by_the_person_follow_each_other_in_each_currency(kind: PaymentKind) -> None:
    first = NIGHT._replace(kind=kind, until_on=date(2026, 3, 1))
    after = NIGHT._replace(kind=kind, from_on=date(2026, 3, 1))
    assert checked_payments([after, first]) == (first, after)
    for wrong in (first._replace(until_on=None), first._replace(until_on=date(2026, 3, 2))):
        with pytest.raises(Refused) as raised:
            checked_payments([after, wrong])
        assert raised.value.field == "payments"
        assert len(checked_payments([wrong, after._replace(currency="DKK")])) == 2
        assert len(checked_payments([wrong, after._replace(kind=PaymentKind.MONTH)])) == 2
    between = after._replace(currency="DKK", from_on=date(2026, 2, 1))
    with pytest.raises(Refused):
        checked_payments([first._replace(until_on=None), between, after])


def test_criteria_ask_something_and_nothing_twice() -> None:
    one, other = (CriterionFacts(text, CriterionEffect.WEIGHS) for text in (" a ", "b"))
    assert [each.text for each in checked_criteria([one, other])] == ["a", "b"]
    assert checked_criteria([]) == ()
    for wrong in ([one, replace(other, text=" ")], [one, other, replace(one, text="a")]):
        with pytest.raises(Refused) as raised:
            checked_criteria(wrong)
        assert raised.value.field == "criteria"


def test_ways_of_leaving_stand_in_one_order_with_what_is_asked_beyond_the_rule() -> None:
    asked = (CheckKind.PROPERTY_RETURNED, CheckKind.COUNSELLING, CheckKind.DECISION)
    granted, back = DepartureFacts(DepartureKind.STAY_GRANTED, asked), DepartureFacts(DepartureKind.VOLUNTARY_RETURN)
    more = tuple(kind for kind in CheckKind if kind is CheckKind.COUNSELLING)
    assert checked_departures([granted, back]) == (back, replace(granted, extra_checks=more))
    for wrong in ([], [back, back], [back, DepartureFacts(DepartureKind.DEATH)]):
        with pytest.raises(Refused) as raised:
            checked_departures(wrong)
        assert raised.value.field == "departures"


def test_an_annex_by_name_needs_the_ground_and_no_count_that_is_hidden() -> None:
    naming = replace(FACTS, report_sections=("movement", "names"), names_ground="Art. 7", small_count=0)
    assert checked(naming).report_sections == ("movement", "names")
    for facts in (
        replace(naming, names_ground=" "),
        replace(naming, small_count=3),
        replace(naming, report_sections=("movement", "names:counts")),
    ):
        with pytest.raises(Refused) as refused:
            checked(facts)
        assert refused.value.field == "report_sections"
