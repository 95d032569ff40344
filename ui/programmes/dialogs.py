"""The dialogs by which programmes are made and changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.ids import ProgrammeId
from models.queries import programmes as queries
from models.queries.programmes import ProgrammeWhole
from models.rules.departures import REQUIRED
from models.rules.money import RatePeriod
from models.rules.presets import PRESETS
from models.rules.programmes import CriterionFacts, DepartureFacts, ProgrammeFacts
from models.rules.vocabulary import (
    PLANNED_KINDS,
    CheckKind,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
)
from models.rules.wording import word
from ui.kit.fields import CheckField, ChoiceField, DateField, LongTextField, MoneyField
from ui.kit.form import Anew, FormDialog, Section
from ui.language import _, say
from ui.programmes.forms import Fields, agreement_fields, counting_fields, places_fields, report_fields


def change_dialog(
    owner: QWidget, title: str, programme: ProgrammeWhole, fields: Callable[[ProgrammeFacts], Fields]
) -> FormDialog:
    """A form for some of the facts of a programme; the others stay as they are.

    Args:
        owner: The page that asks.
        title: What is changed.
        programme: As it was read.
        fields: Makes some of the fields of this module from the facts.
    """

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        return {"facts": replace(programme.facts, **_kept(programme.facts, _full(values)))}

    return FormDialog(
        owner,
        title,
        fields(programme.facts),
        actions.change,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        done=_("The programme was changed."),
        anew=_anew(programme, lambda at, now: change_dialog(at, title, now, fields)),
    )


def _anew(
    programme: ProgrammeWhole, show: Callable[[QWidget, ProgrammeWhole], FormDialog | None]
) -> Anew[ProgrammeWhole]:
    """How a form about a programme is made again when somebody else has changed the programme."""
    return Anew(partial(queries.whole, programme_id=programme.row.id), show)


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
        anew=_anew(programme, lambda at, anew: _rate_again(at, anew, now)),
    )


def _rate_again(owner: QWidget, programme: ProgrammeWhole, rate: RatePeriod | None) -> FormDialog | None:
    """The form for the rate that began on the same night; none where there is no such rate any more."""
    if rate is None:
        return rate_dialog(owner, programme, None)
    at = [place for place, each in enumerate(programme.rates) if each.from_on == rate.from_on]
    return rate_dialog(owner, programme, at[0]) if at else None


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
        anew=_anew(programme, lambda at, anew: _criterion_again(at, anew, now)),
    )


def _criterion_again(owner: QWidget, programme: ProgrammeWhole, criterion: CriterionFacts | None) -> FormDialog | None:
    """The form for the same criterion, wherever it stands now; none where it is gone."""
    if criterion is None:
        return criterion_dialog(owner, programme, None)
    at = [place for place, each in enumerate(programme.criteria) if each.id == criterion.id]
    return criterion_dialog(owner, programme, at[0]) if at else None


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
        anew=_anew(programme, departures_dialog),
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
        anew=_anew(programme, lambda at, anew: _checks_again(at, anew, kind)),
    )


def _checks_again(owner: QWidget, programme: ProgrammeWhole, kind: DepartureKind) -> FormDialog | None:
    is_there = any(departure.kind is kind for departure in programme.departures)
    return checks_dialog(owner, programme, kind) if is_there else None


def checks_text(checks: Sequence[CheckKind]) -> str:
    """Checks by their names, one after the other."""
    return ", ".join(say(word(check)) for check in checks)
