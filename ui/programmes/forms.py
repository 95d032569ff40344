"""The forms by which programmes are made and changed; each field is named as the fact that it fills."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TypedDict, TypeVar

from PySide6.QtWidgets import QWidget

from models.rules.admissions import STEPS
from models.rules.programmes import ProgrammeFacts
from models.rules.vocabulary import AbsencesRule, CountingRule, LimitRule, PlacesRule, Regime
from models.rules.wording import word
from models.text import REPORT_LANGUAGES, choices_of
from ui.codes import CountryField
from ui.kit.field import Field, LineField
from ui.kit.fields import CheckField, ChoiceField, LongTextField, TextField, TicksField
from ui.kit.form import Section
from ui.kit.typed_fields import DateField, NumberField
from ui.language import _, say, tr
from ui.reading import Unreadable

Fields = list[Field[Any] | Section | QWidget]
V = TypeVar("V", bound=StrEnum)

_PLAIN = ProgrammeFacts(code="", title="", partner="", partner_country="")


class Half(TypedDict):
    """That a field must be filled, and takes half the width."""

    required: bool
    wide: bool


HALF: Half = {"required": True, "wide": False}
"""What must be filled, and takes half the width."""


class BandsField(LineField[tuple[int, ...]]):
    """The upper bounds of length-of-stay bands, separated by commas."""

    def __init__(self, name: str, label: str, *, value: Sequence[int], hint: str = "") -> None:
        """Show the bounds in nights."""
        super().__init__(name, label, tuple(value), hint=hint, required=True)

    def parse(self, text: str) -> tuple[int, ...]:
        """The bounds.

        Raises:
            Unreadable: Something else stands there.
        """
        parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() and len(part) <= 6 for part in parts):
            raise Unreadable(_("Write whole numbers of nights, separated by commas."))
        return tuple(map(int, parts))

    def written(self, value: tuple[int, ...]) -> str:
        """In figures."""
        return ", ".join(map(str, value))


def agreement_fields(facts: ProgrammeFacts | None) -> Fields:
    """Who agreed on what, and from when to when people are admitted."""
    now = facts or _PLAIN
    code_hint = _("Short, as papers name it, such as US-2025.")
    source_hint = _("Where these facts are published, and what of them is not.")
    title_hint = _("In the words of the agreement; stands under the heading of the report.")
    return [
        TextField("code", _("Code"), value=now.code, hint=code_hint, longest=32, **HALF),
        _choice("regime", _("The house is"), Regime, now.regime),
        TextField("title", _("What it is"), value=_(now.title), hint=title_hint, required=True, longest=300),
        TextField("partner", _("Partner government, as on paper"), value=_(now.partner), longest=200, **HALF),
        CountryField("partner_country", _("Country of the partner"), value=now.partner_country or None, **HALF),
        LongTextField("legal_basis", _("Legal basis"), value=_(now.legal_basis), lines=2),
        LongTextField("source", _("Known from"), value=_(now.source), hint=source_hint, lines=2),
        DateField("window_start", _("First day of admission"), value=now.window_start, **HALF),
        DateField(
            "window_end",
            _("Last day of admission"),
            value=now.window_end,
            hint=_("Leave it empty if there is none."),
            wide=False,
        ),
    ]


def places_fields(facts: ProgrammeFacts | None) -> Fields:
    """How many may come, and how long they may stay."""
    now = facts or _PLAIN
    rule = _choice("limit_rule", _("Limit of a stay"), LimitRule, now.limit_rule)
    day_1 = _("The day of arrival is day 1.")
    amount = NumberField("limit_amount", _("How many"), value=now.limit_amount, hint=day_1, **HALF)
    shown_while(amount, rule, (LimitRule.DAYS, LimitRule.MONTHS))
    sums_hint = _("Whoever comes back after going or after a failed journey goes on with it in any case.")
    unlimited, unreviewed = _("Leave it empty if the agreement sets no number."), _("0: there are no reviews.")
    return [
        NumberField("places", _("Places"), value=now.places, hint=unlimited, wide=False),
        _choice("places_rule", _("What takes a place"), PlacesRule, now.places_rule),
        rule,
        amount,
        CheckField(
            "sums_stays", _("All stays of a person together have this limit"), value=now.sums_stays, hint=sums_hint
        ),
        NumberField("review_every", _("Days between reviews"), value=now.review_every, hint=unreviewed, **HALF),
    ]


def counting_fields(facts: ProgrammeFacts | None) -> Fields:
    """Which days and nights count, and how stays are grouped by length."""
    now = facts or _PLAIN
    rule = _choice("absences_rule", _("Absences"), AbsencesRule, now.absences_rule)
    first_nights = _("First nights of each absence that count")
    first = NumberField("absences_first", first_nights, value=now.absences_first, **HALF)
    shown_while(first, rule, (AbsencesRule.FIRST,))
    currency_hint = _("Three letters, such as EUR.")
    bounds_hint = _("The last night of each band but the last, which is open.")
    return [
        _choice("counting_rule", _("What counts"), CountingRule, now.counting_rule),
        TextField("currency", _("Currency"), value=now.currency, hint=currency_hint, longest=3, **HALF),
        rule,
        first,
        BandsField("length_bounds", _("Bands of length of stay"), value=now.length_bounds, hint=bounds_hint),
    ]


def steps_text(steps: Sequence[str]) -> str:
    """What an agreement asks of an arrival, in words."""
    return tr().join(say(word(step)) for step in STEPS if step in steps) or _("nothing: an arrival is complete at once")


def arrival_fields(facts: ProgrammeFacts | None) -> Fields:
    """What a complete arrival needs."""
    return [
        TicksField(
            "arrival_steps",
            _("What a complete arrival needs"),
            {step.value: say(word(step)) for step in STEPS},
            value=(facts or _PLAIN).arrival_steps,
            hint=_("Asked of arrivals from now on. What is missing is shown on Today and keeps nobody out."),
        )
    ]


def report_fields(facts: ProgrammeFacts | None) -> Fields:
    """What the monthly report says, in which language, and until when."""
    now = facts or _PLAIN
    languages = list(choices_of(REPORT_LANGUAGES, beside=True).items())
    addressee = _("Office and address, in lines. Left empty: the partner government.")
    claim_hint = _("Stands before the month. Left empty: the code of the programme.")
    return [
        ChoiceField("report_language", _("Language of the report"), languages, value=now.report_language, **HALF),
        NumberField("report_due_day", _("Due on this day of the next month"), value=now.report_due_day, **HALF),
        LongTextField("addressee", _("Addressed to"), value=now.addressee, hint=addressee, lines=3),
        TextField(
            "agreement_reference",
            _("Reference of the agreement"),
            value=now.agreement_reference,
            wide=False,
            longest=200,
        ),
        TextField(
            "claim_reference",
            _("Reference of a claim"),
            value=now.claim_reference,
            hint=claim_hint,
            wide=False,
            longest=100,
        ),
        LongTextField(
            "names_ground",
            _("Legal ground on which the report may name people"),
            value=now.names_ground,
            hint=_("Leave it empty, and the report shows numbers only."),
            lines=2,
        ),
        NumberField(
            "small_count",
            _("Lowest count that is shown as it is"),
            value=now.small_count,
            hint=_("Lower counts are not shown exactly, nor what would give them away. 0: all are shown."),
            required=True,
        ),
    ]


def selection_fields(facts: ProgrammeFacts | None) -> Fields:
    """Who decides on candidates."""
    now = facts or _PLAIN
    hint = _("One proposes, another confirms: both must be people who may decide, and nobody confirms their own.")
    return [CheckField("two_persons", _("Two persons decide on a candidate"), value=now.two_persons, hint=hint)]


def _choice(name: str, label: str, vocabulary: Iterable[V], value: V) -> ChoiceField[V]:
    return ChoiceField(name, label, [(each, say(word(each))) for each in vocabulary], value=value, **HALF)


def shown_while(field: Field[Any], choice: ChoiceField[Any], values: Sequence[object]) -> None:
    """Show a field only while one of some values is chosen."""

    def follow() -> None:
        field.setVisible(choice.read() in values)

    choice.edited.connect(follow)
    if choice.read() not in values:
        field.hide()
