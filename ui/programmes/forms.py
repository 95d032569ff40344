"""The forms by which programmes are made and changed; each field is named as the fact that it fills."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from models.actions import programmes as actions
from models.ids import ProgrammeId
from models.queries.programmes import ProgrammeWhole
from models.rules.departures import REQUIRED
from models.rules.money import RatePeriod
from models.rules.presets import PRESETS
from models.rules.programmes import CriterionFacts, DepartureFacts, ProgrammeFacts
from models.rules.vocabulary import (
    PLANNED_KINDS,
    AbsencesRule,
    CheckKind,
    CountingRule,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    LimitRule,
    PlacesRule,
    Regime,
)
from models.rules.wording import word
from models.text import LANGUAGES
from ui.kit.fields import CheckField, ChoiceField, DateField, Field, LongTextField, MoneyField, NumberField, TextField
from ui.kit.form import FormDialog, Section
from ui.kit.pick import CountryField
from ui.kit.reading import Unreadable
from ui.words import _, say

Fields = list[Field[Any] | Section | QWidget]


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


_PLAIN = ProgrammeFacts(code="", title="", partner="", partner_country="")


def change_dialog(owner: QWidget, title: str, programme: ProgrammeWhole, fields: Fields) -> FormDialog:
    """A form for some of the facts of a programme; the others stay as they are.

    Args:
        owner: The page that asks.
        title: What is changed.
        programme: As it was read.
        fields: Some of the fields of this module.
    """

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        return {"facts": replace(programme.facts, **_kept(programme.facts, _full(values)))}

    return FormDialog(
        owner,
        title,
        fields,
        actions.change,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        done=_("The programme was changed."),
    )


def _kept(facts: ProgrammeFacts, values: dict[str, Any]) -> dict[str, Any]:
    """A text of a preset that was shown in another language and left as it was stays what it is."""
    return {
        name: getattr(facts, name) if isinstance(value, str) and value == _(getattr(facts, name)) else value
        for name, value in values.items()
    }


def _full(values: dict[str, Any]) -> dict[str, Any]:
    """An empty text as a text."""
    texts = ("legal_basis", "names_ground")
    return {name: "" if value is None and name in texts else value for name, value in values.items()}


def create_dialog(owner: QWidget, on_done: Callable[[ProgrammeId], None]) -> FormDialog:
    """The form for a programme of one's own."""
    kinds: Fields = [CheckField(f"kind_{kind.value}", say(word(kind)), wide=False) for kind in PLANNED_KINDS]

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        chosen = [DepartureFacts(kind) for kind in PLANNED_KINDS if values.pop(f"kind_{kind.value}")]
        return {"facts": ProgrammeFacts(**_full(values)), "departures": chosen}

    return FormDialog(
        owner,
        _("New programme"),
        [
            *agreement_fields(None),
            Section(_("Places and limits")),
            *places_fields(None),
            Section(_("Counting")),
            *counting_fields(None),
            Section(_("People may leave by")),
            *kinds,
            Section(_("Monthly report")),
            *report_fields(None),
        ],
        actions.create,
        prepare=prepare,
        submit=_("Add the programme"),
        done=_("The programme was added."),
        on_done=on_done,
        width=640,
    )


def preset_dialog(owner: QWidget, codes: Sequence[str], on_done: Callable[[ProgrammeId], None]) -> FormDialog:
    """The form that adds one of the programmes that ship with Konak; `codes` are those that are not there yet."""
    return FormDialog(
        owner,
        _("Add a ready-made programme"),
        [
            ChoiceField("code", _("Programme"), preset_choices(codes), value=codes[0], required=True),
            DateField(
                "window_start",
                _("First day of admission"),
                hint=_("Leave it empty to take the programme's own, or today."),
                wide=False,
            ),
            DateField("window_end", _("Last day of admission"), wide=False),
        ],
        actions.add_preset,
        submit=_("Add the programme"),
        done=_("The programme was added. Everything in it can be changed."),
        on_done=on_done,
    )


def preset_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """The ready-made programmes in words."""
    return [(code, _("{code}: {title}", code=code, title=_(PRESETS[code].facts.title))) for code in codes]


def rate_dialog(owner: QWidget, programme: ProgrammeWhole, at: int | None) -> FormDialog:
    """The form for one rate.

    Args:
        owner: The page that asks.
        programme: As it was read.
        at: The place of the rate that is changed; None for a new one.
    """
    now = programme.rates[at] if at is not None else None

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        last: date | None = values["last_night"]
        rate = RatePeriod(values["from_on"], last + timedelta(days=1) if last else None, values["amount"])
        others = [period for place, period in enumerate(programme.rates) if place != at]
        return {"rates": [*(ended_by(rate, period) for period in others), rate]}

    last_night = now.until_on - timedelta(days=1) if now and now.until_on else None
    return FormDialog(
        owner,
        _("Change the rate") if now else _("New rate"),
        [
            MoneyField(
                "amount",
                _("For each night"),
                currency=programme.facts.currency,
                value=now.rate if now else None,
                required=True,
            ),
            DateField("from_on", _("First night"), value=now.from_on if now else None, required=True, wide=False),
            DateField(
                "last_night", _("Last night"), value=last_night, hint=_("Leave it empty while it holds."), wide=False
            ),
        ],
        actions.set_rates,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says="" if now else _("A rate that holds until now ends the night before this one begins."),
        done=_("The rates were changed."),
    )


def ended_by(later: RatePeriod, earlier: RatePeriod) -> RatePeriod:
    """An earlier rate without an end, ended by the one that follows it; any other rate as it is."""
    if earlier.until_on is None and earlier.from_on < later.from_on:
        return earlier._replace(until_on=later.from_on)
    return earlier


def criterion_dialog(owner: QWidget, programme: ProgrammeWhole, at: int | None) -> FormDialog:
    """The form for one criterion; `at` is the place of the one that is changed, None for a new one."""
    now = programme.criteria[at] if at is not None else None
    answered = now is not None and now.id in programme.answered

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        text = values.get("text")
        if now is not None and (text is None or text == _(now.text)):
            text = now.text
        made = CriterionFacts(text or "", values["effect"], values["test"], now.id if now else None)
        criteria = list(programme.criteria)
        if at is None:
            criteria.append(made)
        else:
            criteria[at] = made
        return {"criteria": criteria}

    question = LongTextField(
        "text",
        _("Question"),
        value=_(now.text) if now else "",
        hint=_("So that yes or no answers it."),
        required=True,
        lines=2,
    )
    if answered:
        question.hide()
    return FormDialog(
        owner,
        _(now.text) if now and answered else _("Change the criterion") if now else _("New criterion"),
        [
            question,
            ChoiceField(
                "effect",
                _("What it decides"),
                [(effect, say(word(effect))) for effect in CriterionEffect],
                value=now.effect if now else CriterionEffect.EXCLUDES,
                hint=_("Excludes: yes stands against it. Required: no does. Weighs: it decides nothing alone."),
                required=True,
            ),
            ChoiceField(
                "test",
                _("Who answers"),
                [(test, say(word(test))) for test in CriterionTest],
                value=now.test if now else CriterionTest.MANUAL,
                hint=_("What the list itself tells is answered by the program; a person can always correct it."),
                required=True,
            ),
        ],
        actions.set_criteria,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("Candidates were already screened by this question, so its words stay as they are.") if answered else "",
        done=_("The criteria were changed."),
    )


def departures_dialog(owner: QWidget, programme: ProgrammeWhole) -> FormDialog:
    """The form for the ways in which people may leave."""
    now = {departure.kind: departure for departure in programme.departures}

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        return {
            "departures": [
                now.get(kind, DepartureFacts(kind)) for kind in PLANNED_KINDS if values[f"kind_{kind.value}"]
            ]
        }

    fields: Fields = [
        CheckField(f"kind_{kind.value}", say(word(kind)), value=kind in now, hint=checks_text(REQUIRED[kind]))
        for kind in PLANNED_KINDS
    ]
    return FormDialog(
        owner,
        _("Ways of leaving"),
        fields,
        actions.set_departures,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        done=_("The ways of leaving were changed."),
    )


def checks_dialog(owner: QWidget, programme: ProgrammeWhole, kind: DepartureKind) -> FormDialog:
    """The form for what a way of leaving requires beyond what is always required."""
    offered = [check for check in CheckKind if check not in REQUIRED[kind]]
    extra = next(departure.extra_checks for departure in programme.departures if departure.kind is kind)

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        chosen = tuple(check for check in offered if values[f"check_{check.value}"])
        return {
            "departures": [
                DepartureFacts(kind, chosen) if departure.kind is kind else departure
                for departure in programme.departures
            ]
        }

    fields: Fields = [CheckField(f"check_{check.value}", say(word(check)), value=check in extra) for check in offered]
    return FormDialog(
        owner,
        _("{kind}: further checks", kind=word(kind)),
        fields,
        actions.set_departures,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("Always required: {checks}.", checks=checks_text(REQUIRED[kind])),
        done=_("The required checks were changed."),
    )


def checks_text(checks: Sequence[CheckKind]) -> str:
    """Checks by their names, one after the other."""
    return ", ".join(say(word(check)) for check in checks)


def _choices(vocabulary: Any) -> list[tuple[Any, str]]:  # noqa: ANN401 - any of the closed vocabularies
    return [(each, say(word(each))) for each in vocabulary]


def _shown_while(field: Field[Any], choice: ChoiceField[Any], values: Sequence[object]) -> None:
    """Show a field only while one of some values is chosen."""

    def follow() -> None:
        field.setVisible(choice.read() in values)

    choice.edited.connect(follow)
    if choice.read() not in values:
        field.hide()
