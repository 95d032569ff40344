"""The forms by which programmes are made and changed; each field is named as the fact that it fills."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from models.rules.programmes import ProgrammeFacts
from models.rules.vocabulary import (
    AbsencesRule,
    CountingRule,
    LimitRule,
    PlacesRule,
    Regime,
)
from models.rules.wording import word
from models.text import LANGUAGES
from ui.kit.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.kit.form import Section
from ui.kit.pick import CountryField
from ui.kit.reading import Unreadable
from ui.language import _, say

Fields = list[Field[Any] | Section | QWidget]


_PLAIN = ProgrammeFacts(code="", title="", partner="", partner_country="")


class BandsField(Field[tuple[int, ...]]):
    """The upper bounds of length-of-stay bands, separated by commas."""

    def __init__(self, name: str, label: str, *, value: Sequence[int], hint: str = "") -> None:
        """Show the bounds in nights."""
        super().__init__(name, label, hint=hint, required=True)
        self.edit = QLineEdit()
        self.edit.textChanged.connect(self.changed)
        self.inner.addWidget(self.edit)
        self.adopt(self.edit)
        self.put(tuple(value))
        self.settle()

    def read(self) -> tuple[int, ...] | None:
        """The numbers.

        Raises:
            Unreadable: Something else stands there.
        """
        parts = [part.strip() for part in self.edit.text().replace(";", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() and len(part) <= 6 for part in parts):
            raise Unreadable(_("Write whole numbers of nights, separated by commas."))
        return tuple(map(int, parts))

    def put(self, value: tuple[int, ...] | None) -> None:
        """Show numbers."""
        self.edit.setText(", ".join(map(str, value or ())))

    def raw(self) -> object:
        """What stands in the line."""
        return self.edit.text()


def agreement_fields(facts: ProgrammeFacts | None) -> Fields:
    """Who agreed on what, and from when to when people are admitted."""
    return [
        TextField(
            "code",
            _("Code"),
            value=facts.code if facts else "",
            hint=_("Short, as papers name it, such as US-2025."),
            required=True,
            wide=False,
            longest=32,
        ),
        ChoiceField(
            "regime",
            _("The house is"),
            _choices(Regime),
            value=facts.regime if facts else Regime.OPEN,
            required=True,
            wide=False,
        ),
        TextField(
            "title",
            _("What it is"),
            value=_(facts.title) if facts else "",
            hint=_("In the words of the agreement; stands under the heading of the report."),
            required=True,
            longest=300,
        ),
        TextField(
            "partner",
            _("Partner government, as on paper"),
            value=_(facts.partner) if facts else "",
            required=True,
            wide=False,
            longest=200,
        ),
        CountryField(
            "partner_country",
            _("Country of the partner"),
            value=facts.partner_country if facts else None,
            required=True,
            wide=False,
        ),
        LongTextField("legal_basis", _("Legal basis"), value=_(facts.legal_basis) if facts else "", lines=2),
        DateField(
            "window_start",
            _("First day of admission"),
            value=facts.window_start if facts else None,
            required=True,
            wide=False,
        ),
        DateField(
            "window_end",
            _("Last day of admission"),
            value=facts.window_end if facts else None,
            hint=_("Leave it empty if there is none."),
            wide=False,
        ),
    ]


def places_fields(facts: ProgrammeFacts | None) -> Fields:
    """How many may come, and how long they may stay."""
    rule: ChoiceField[LimitRule] = ChoiceField(
        "limit_rule",
        _("Limit of a stay"),
        _choices(LimitRule),
        value=facts.limit_rule if facts else LimitRule.NONE,
        required=True,
        wide=False,
    )
    amount = NumberField(
        "limit_amount",
        _("How many"),
        value=facts.limit_amount if facts else None,
        hint=_("The day of arrival is day 1."),
        required=True,
        wide=False,
    )
    _shown_while(amount, rule, (LimitRule.DAYS, LimitRule.MONTHS))
    return [
        NumberField(
            "places",
            _("Places"),
            value=facts.places if facts else None,
            hint=_("Leave it empty if the agreement sets no number."),
            wide=False,
        ),
        ChoiceField(
            "places_rule",
            _("What takes a place"),
            _choices(PlacesRule),
            value=facts.places_rule if facts else PlacesRule.CONCURRENT,
            required=True,
            wide=False,
        ),
        rule,
        amount,
        NumberField(
            "review_every",
            _("Days between reviews"),
            value=facts.review_every if facts else 90,
            hint=_("0: there are no reviews."),
            required=True,
            wide=False,
        ),
    ]


def counting_fields(facts: ProgrammeFacts | None) -> Fields:
    """Which days and nights count, and how stays are grouped by length."""
    rule: ChoiceField[AbsencesRule] = ChoiceField(
        "absences_rule",
        _("Absences"),
        _choices(AbsencesRule),
        value=facts.absences_rule if facts else AbsencesRule.ALWAYS,
        required=True,
        wide=False,
    )
    first = NumberField(
        "absences_first",
        _("First nights of each absence that count"),
        value=facts.absences_first if facts else None,
        required=True,
        wide=False,
    )
    _shown_while(first, rule, (AbsencesRule.FIRST,))
    return [
        ChoiceField(
            "counting_rule",
            _("What counts"),
            _choices(CountingRule),
            value=facts.counting_rule if facts else CountingRule.NIGHTS,
            required=True,
            wide=False,
        ),
        TextField(
            "currency",
            _("Currency"),
            value=facts.currency if facts else "EUR",
            hint=_("Three letters, such as EUR."),
            required=True,
            wide=False,
            longest=3,
        ),
        rule,
        first,
        BandsField(
            "length_bounds",
            _("Bands of length of stay"),
            value=(facts or _PLAIN).length_bounds,
            hint=_("The last night of each band but the last, which is open."),
        ),
    ]


def report_fields(facts: ProgrammeFacts | None) -> Fields:
    """What the monthly report says, in which language, and until when."""
    return [
        ChoiceField(
            "report_language",
            _("Language of the report"),
            list(LANGUAGES.items()),
            value=facts.report_language if facts else "en",
            required=True,
            wide=False,
        ),
        NumberField(
            "report_due_day",
            _("Due on this day of the next month"),
            value=facts.report_due_day if facts else 5,
            required=True,
            wide=False,
        ),
        LongTextField(
            "names_ground",
            _("Legal ground on which the report may name people"),
            value=facts.names_ground if facts else "",
            hint=_("Leave it empty, and the report shows numbers only."),
            lines=2,
        ),
        NumberField(
            "small_count",
            _("Lowest count that is shown as it is"),
            value=facts.small_count if facts else 0,
            hint=_("Lower counts are shown as less than it, so that nobody is given away. 0: all counts are shown."),
            required=True,
        ),
    ]


def _choices(vocabulary: Any) -> list[tuple[Any, str]]:  # noqa: ANN401 - any of the closed vocabularies
    return [(each, say(word(each))) for each in vocabulary]


def _shown_while(field: Field[Any], choice: ChoiceField[Any], values: Sequence[object]) -> None:
    """Show a field only while one of some values is chosen."""

    def follow() -> None:
        field.setVisible(choice.read() in values)

    choice.edited.connect(follow)
    if choice.read() not in values:
        field.hide()
