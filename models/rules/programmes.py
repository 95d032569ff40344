"""What a programme is, as facts, and which facts make no programme (rules.md, Words)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from models.errors import Refused
from models.ids import CriterionId
from models.rounding import MOST_DECIMALS, decimals_of
from models.rules.codes import checked_country, checked_currency
from models.rules.departures import REQUIRED
from models.rules.disclosure import least_shown
from models.rules.facility import tidy_lines
from models.rules.lengths import DEFAULT_BOUNDS, check_bounds
from models.rules.money import PERIODS, Payment
from models.rules.report_sections import checked_sections, chosen
from models.rules.vocabulary import (
    PLANNED_KINDS,
    AbsencesRule,
    ArrivalStep,
    CandidateState,
    CheckKind,
    CountingRule,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    LimitRule,
    PaymentKind,
    PlacesRule,
    Regime,
    ReportSection,
)
from models.text import REPORT_LANGUAGES, choices_of

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
_MOST_PLACES = 1_000_000
_LONGEST = {LimitRule.DAYS: 36_500, LimitRule.MONTHS: 1_200}
_HIGHEST_AMOUNT = Decimal(10**12)
REASONED = (CandidateState.ACCEPTED, CandidateState.HELD, CandidateState.REFUSED, CandidateState.WITHDRAWN)
"""The decisions that have reasons."""
_LAST_DUE_DAY = 28
"""The last day that every month has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """The agreement itself; the columns of a programme, without what hangs on it over time.

    Attributes:
        code: By which people and papers call it, such as US-2025: capitals, digits and hyphens.
        title: What it is, in the words of the agreement.
        partner: The partner government's name as it stands on paper.
        partner_country: ISO 3166 alpha-2.
        source: From where the facts are known, and what of them is not public.
        window_start: The first local date on which people are admitted; None is refused: a form gives it while empty.
        window_end: The last one, None where it is open.
        places: How many, None where the agreement sets no number.
        limit_amount: Days or months, as `limit_rule` says.
        sums_stays: Whether all stays of a person together have the limit of one.
        review_every: Days between reviews; 0: none.
        absences_first: The N of `first N of each absence`.
        currency: ISO 4217.
        length_bounds: The upper bound in nights of each length-of-stay band but the last, which is open.
        report_due_day: The day of the following month by which the report is due, 1 to 28.
        names_ground: The legal ground on which the report may name people; empty: numbers only.
        small_count: Counts of 1 to one less than this are shown as "<k"; 0: all are shown.
        report_sections: Of the report, as `models.rules.report_sections` writes them; none: the usual ones.
        addressee: To whom the report goes, in lines; empty: to the partner.
        agreement_reference: By which the partner knows the agreement.
        claim_reference: What stands before the month in the reference of a claim; empty: the code.
        arrival_steps: What a complete arrival needs, in words of `ArrivalStep`; none: nothing is asked.
        two_persons: Whether a decision on a candidate is proposed by one person and confirmed by another.
    """

    code: str
    title: str
    partner: str
    partner_country: str
    legal_basis: str = ""
    source: str = ""
    regime: Regime = Regime.OPEN
    window_start: date | None = None
    window_end: date | None = None
    places: int | None = None
    places_rule: PlacesRule = PlacesRule.CONCURRENT
    limit_rule: LimitRule = LimitRule.NONE
    limit_amount: int | None = None
    sums_stays: bool = False
    review_every: int = 90
    counting_rule: CountingRule = CountingRule.NIGHTS
    absences_rule: AbsencesRule = AbsencesRule.ALWAYS
    absences_first: int | None = None
    currency: str = "EUR"
    length_bounds: tuple[int, ...] = DEFAULT_BOUNDS
    report_language: str = "en"
    report_due_day: int = 5
    names_ground: str = ""
    small_count: int = 0
    report_sections: tuple[str, ...] = ()
    addressee: str = ""
    agreement_reference: str = ""
    claim_reference: str = ""
    arrival_steps: tuple[str, ...] = ()
    two_persons: bool = False


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """One thing that a candidate is screened for.

    Attributes:
        text: The question as the screening person reads it.
        effect: What it means that the answer is yes.
        test: What the program itself can tell; the rest a person must answer.
        id: Of a criterion that is there already; None for a new one.
    """

    text: str
    effect: CriterionEffect
    test: CriterionTest = CriterionTest.MANUAL
    id: CriterionId | None = None


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """One reason that can be given for a decision on a candidate.

    Attributes:
        outcome: Which decision it is a reason of.
        text: As it stands in the history and on paper.
    """

    outcome: CandidateState
    text: str


@dataclass(frozen=True, slots=True)
class DepartureFacts:
    """A way in which people may leave, and what it requires beyond rules.md, Departures."""

    kind: DepartureKind
    extra_checks: tuple[CheckKind, ...] = ()


def checked(facts: ProgrammeFacts) -> ProgrammeFacts:
    """The facts as they are kept: texts stripped, and what the rules do not use taken out.

    Raises:
        Refused: Something is missing or makes no sense; `field` is the name of the fact.
    """
    facts = replace(
        facts,
        code=facts.code.strip().upper(),
        title=facts.title.strip(),
        partner=facts.partner.strip(),
        partner_country=facts.partner_country.strip().upper(),
        legal_basis=facts.legal_basis.strip(),
        source=facts.source.strip(),
        currency=facts.currency.strip().upper(),
        names_ground=facts.names_ground.strip(),
        report_sections=checked_sections(facts.report_sections),
        addressee=tidy_lines(facts.addressee, "addressee"),
        agreement_reference=facts.agreement_reference.strip(),
        claim_reference=facts.claim_reference.strip(),
        limit_amount=facts.limit_amount if facts.limit_rule in _LONGEST else None,
        absences_first=facts.absences_first if facts.absences_rule is AbsencesRule.FIRST else None,
    )
    _check_names(facts)
    _check_window_and_places(facts)
    _check_limit_and_counting(facts)
    _check_report(facts)
    return facts


def _check_names(facts: ProgrammeFacts) -> None:
    if not _CODE.fullmatch(facts.code):
        raise Refused(
            "Give the programme a short code of letters A to Z, digits and hyphens, such as US-2025.", field="code"
        )
    if not facts.title:
        raise Refused("Write in a few words what the programme is.", field="title")
    if len(facts.title) > 300:
        raise Refused("Write the title in at most {most} letters.", field="title", most=300)
    if not facts.partner:
        raise Refused("Write the name of the partner government as it stands on paper.", field="partner")
    if len(facts.partner) > 200:
        raise Refused("Write the name in at most {most} letters.", field="partner", most=200)
    checked_country(facts.partner_country, "partner_country")


def _check_window_and_places(facts: ProgrammeFacts) -> None:
    if facts.window_start is None:
        raise Refused("Enter the first day on which people are admitted.", field="window_start")
    if facts.window_end is not None and facts.window_end < facts.window_start:
        raise Refused(
            "The last day of admission lies before the first, {start}. Correct one of the two.",
            field="window_end",
            start=facts.window_start,
        )
    if facts.places is not None and not 1 <= facts.places <= _MOST_PLACES:
        raise Refused("Give at least 1 place, or leave the number empty if the agreement sets none.", field="places")


def _check_limit_and_counting(facts: ProgrammeFacts) -> None:
    longest = _LONGEST.get(facts.limit_rule)
    if longest is not None and (facts.limit_amount is None or not 1 <= facts.limit_amount <= longest):
        raise Refused(
            "Give the limit of a stay as a number from 1 to {longest}.", field="limit_amount", longest=longest
        )
    if not 0 <= facts.review_every <= 3_650:
        raise Refused("Give the days between reviews, or 0 if there are no reviews.", field="review_every")
    if facts.absences_rule is AbsencesRule.FIRST and not 1 <= (facts.absences_first or 0) <= 3_650:
        raise Refused("Say how many nights of each absence count: at least 1.", field="absences_first")
    check_bounds(facts.length_bounds)


def _check_report(facts: ProgrammeFacts) -> None:
    checked_currency(facts.currency)
    if facts.report_language not in choices_of(REPORT_LANGUAGES, beside=True):
        raise Refused("Choose the language of the report.", field="report_language")
    if not 1 <= facts.report_due_day <= _LAST_DUE_DAY:
        raise Refused(
            "The report is due on a day from 1 to {last}, which every month has.",
            field="report_due_day",
            last=_LAST_DUE_DAY,
        )
    for name, most in (("agreement_reference", 200), ("claim_reference", 100)):
        if len(getattr(facts, name)) > most:
            raise Refused("Write the reference in at most {most} letters.", field=name, most=most)
    if not {*facts.arrival_steps} <= {*ArrivalStep}:
        raise Refused("This is none of the words of the list. Choose one.", field="arrival_steps")
    if not 0 <= facts.small_count <= 1_000:
        raise Refused("Give the lowest count that is shown as it is, or 0 to show all counts.", field="small_count")
    if ReportSection.NAMES in {each.section for each in chosen(facts.report_sections)}:
        _check_naming(facts)
    if facts.small_count == 2:
        raise Refused(
            "A count of 1 alone cannot be hidden. Give 3 or more, or 0 to show all counts.", field="small_count"
        )


def _check_naming(facts: ProgrammeFacts) -> None:
    """Refuse an annex by name that nobody may give away (rules.md, Disclosure).

    The field is the section: it is there that the way out is.
    """
    if not facts.names_ground:
        raise Refused(
            "The agreement cites no legal ground to name people. Enter it first, or take the annex by name out.",
            field="report_sections",
        )
    if least_shown(facts.small_count):
        raise Refused(
            "A list of everybody betrays the small counts that are hidden. Show all counts, or take the annex by name "
            "out.",
            field="report_sections",
        )


def checked_payments(payments: Sequence[Payment]) -> tuple[Payment, ...]:
    """What is paid, in the order in which it comes into force. There may be gaps.

    Raises:
        Refused: An amount is not above 0, a period ends before it starts, something is missing, or two payments by the
            person overlap; `field` is the name of the fact.
    """
    ordered = tuple(sorted(map(_tidy, payments), key=lambda payment: payment.from_on))
    for payment in ordered:
        _check_payment(payment)
    for kind in (PaymentKind.PERSON_NIGHT, PaymentKind.PERSON_DAY):
        alike = sorted((each for each in ordered if each.kind is kind), key=lambda payment: payment.currency)
        for before, after in pairwise(alike):
            if before.currency == after.currency and (before.until_on is None or before.until_on > after.from_on):
                raise Refused(
                    "The rates of {first} and {second} overlap. End the first one before the second comes into force.",
                    field="payments",
                    first=before.from_on,
                    second=after.from_on,
                )
    return ordered


def _tidy(payment: Payment) -> Payment:
    """A payment without what its kind does not use."""
    spread = payment.kind in PERIODS
    return payment._replace(
        currency=payment.currency.strip().upper(),
        purpose=payment.purpose.strip(),
        places=payment.places if payment.kind is PaymentKind.PLACE_NIGHT else None,
        due_on=payment.due_on if spread else None,
        until_on=None if payment.kind is PaymentKind.ONCE else payment.until_on,
    )


def _check_payment(payment: Payment) -> None:
    start = payment.from_on
    if not payment.amount.is_finite() or not 0 < payment.amount < _HIGHEST_AMOUNT:
        raise Refused("Give what is paid from {start} on as an amount above 0.", field="amount", start=start)
    if decimals_of(payment.amount) > MOST_DECIMALS:
        raise Refused(
            "Give what is paid from {start} on with at most {most} decimals.",
            field="amount",
            start=start,
            most=MOST_DECIMALS,
        )
    checked_currency(payment.currency)
    if payment.until_on is not None and payment.until_on <= start:
        raise Refused("What is paid from {start} on ends before it starts.", field="until_on", start=start)
    if payment.kind is PaymentKind.PLACE_NIGHT and not 1 <= (payment.places or 0) <= _MOST_PLACES:
        raise Refused("Say how many places are held ready and paid for: at least 1.", field="held_ready")
    if payment.due_on is not None and payment.due_on < start:
        raise Refused("The sum cannot be due before {start}, from when on it is paid.", field="due_on", start=start)
    if len(payment.purpose) > 200:
        raise Refused("Write in at most {most} letters what it is for.", field="purpose", most=200)


def checked_criteria(criteria: Sequence[CriterionFacts]) -> tuple[CriterionFacts, ...]:
    """The criteria in their order, texts stripped.

    Raises:
        Refused: One has no text, or two have the same; `field` is `criteria`.
    """
    stripped = tuple(replace(criterion, text=criterion.text.strip()) for criterion in criteria)
    if not all(criterion.text for criterion in stripped):
        raise Refused("Write the question of each criterion, or take the empty one out.", field="criteria")
    if len({criterion.text for criterion in stripped}) < len(stripped):
        raise Refused("Two criteria ask the same. Take one of them out.", field="criteria")
    return stripped


def checked_reasons(reasons: Sequence[ReasonFacts]) -> tuple[ReasonFacts, ...]:
    """The reasons for decisions in their order, texts stripped.

    Raises:
        Refused: One has no text, or two of one decision have the same; `field` is `reasons`.
    """
    stripped = tuple(ReasonFacts(reason.outcome, reason.text.strip()) for reason in reasons)
    if not all(reason.text for reason in stripped):
        raise Refused("Write each reason in words, or take the empty one out.", field="reasons")
    if len(set(stripped)) < len(stripped):
        raise Refused("Two reasons of one decision read the same. Take one of them out.", field="reasons")
    if any(reason.outcome not in REASONED for reason in stripped):
        raise Refused("Say of which decision this is a reason.", field="reasons")
    return stripped


def checked_departures(departures: Sequence[DepartureFacts]) -> tuple[DepartureFacts, ...]:
    """The permitted departures in the order of the vocabulary, each with its further checks in that order.

    Raises:
        Refused: There is none, one is named twice, or one is no kind that can be planned; `field` is `departures`.
    """
    by_kind = {departure.kind: departure for departure in departures}
    if not by_kind:
        raise Refused("Choose at least one way in which people may leave.", field="departures")
    if len(by_kind) < len(departures):
        raise Refused("A way of leaving is named twice. Take one of them out.", field="departures")
    if not by_kind.keys() <= set(PLANNED_KINDS):
        raise Refused(
            "Escape, death and release by order need no permission. Take them out of the list.", field="departures"
        )
    return tuple(
        DepartureFacts(
            kind,
            tuple(check for check in CheckKind if check in by_kind[kind].extra_checks and check not in REQUIRED[kind]),
        )
        for kind in PLANNED_KINDS
        if kind in by_kind
    )
