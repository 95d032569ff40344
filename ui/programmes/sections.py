"""The parts of one programme as cards, each with what can be changed in it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.queries.programmes import ProgrammeWhole
from models.rules.departures import REQUIRED
from models.rules.lengths import band_labels
from models.rules.programmes import CriterionFacts, ProgrammeFacts, ReasonFacts
from models.rules.vocabulary import AbsencesRule, CriterionEffect, CriterionTest, DepartureKind, LimitRule
from models.rules.wording import word
from ui.kit.labels import Button, Chip, LinkButton, Text
from ui.kit.layout import Empty, column, held
from ui.kit.tokens import Tone
from ui.kit.undoing import former
from ui.language import _, plural, say, tr
from ui.programmes import dialogs, forms, payments
from ui.programmes.cards import facts_card
from ui.programmes.parts import change_part, foot, line, listing

_TONES = {CriterionEffect.EXCLUDES: Tone.RED, CriterionEffect.REQUIRED: Tone.AMBER, CriterionEffect.WEIGHS: Tone.GREY}


def agreement(programme: ProgrammeWhole) -> QWidget:
    """Who agreed on what, and the window of admission."""
    facts = programme.facts
    window = _("no last day") if facts.window_end is None else tr().full_date(facts.window_end)
    return facts_card(
        _("Agreement"),
        programme,
        forms.agreement_fields,
        [
            (_("Code"), facts.code),
            (_("What it is"), _(facts.title)),
            (_("Partner"), _(facts.partner)),
            (_("Country of the partner"), tr().country(facts.partner_country)),
            (_("Legal basis"), _(facts.legal_basis) or _("not stated")),
            (_("Known from"), _(facts.source) or _("not stated")),
            (_("The house is"), say(word(facts.regime))),
            (_("First day of admission"), tr().full_date(programme.row.window_start)),
            (_("Last day of admission"), window),
        ],
    )


def places(programme: ProgrammeWhole) -> QWidget:
    """How many may come, who holds a place, and how long people may stay."""
    facts, found = programme.facts, programme.row
    number = _("as many as are agreed; no number is set") if facts.places is None else tr().number(facts.places)
    rows = [
        (_("Places"), number),
        (_("What takes a place"), say(word(facts.places_rule))),
        (_("Taken"), _taken(programme)),
    ]
    if found.left is not None:
        rows.append((_("Places left"), tr().number(found.left)))
    rows += [
        (_("Limit of a stay"), _limit(facts)),
        (_("All stays together"), _("have this limit") if facts.sums_stays else _("each has its own limit")),
        (
            _("Reviews"),
            plural("every {n} day", "every {n} days", facts.review_every) if facts.review_every else _("none"),
        ),
    ]
    return facts_card(_("Places and limits"), programme, forms.places_fields, rows)


def _taken(programme: ProgrammeWhole) -> str:
    found = programme.row
    taken = tr().number(found.taken)
    if not found.held:
        return taken
    held = plural("{n} held for somebody accepted", "{n} held for people accepted", found.held)
    return _("{taken}, of these {held}", taken=taken, held=held)


def _limit(facts: ProgrammeFacts) -> str:
    amount = facts.limit_amount or 0
    match facts.limit_rule:
        case LimitRule.DAYS:
            return plural("{n} day; the day of arrival is day 1", "{n} days; the day of arrival is day 1", amount)
        case LimitRule.MONTHS:
            return plural("{n} month", "{n} months", amount)
        case rule:
            return say(word(rule))


class Counting(QWidget):
    """What counts, and what is paid."""

    def __init__(self, programme: ProgrammeWhole) -> None:
        """Show both."""
        super().__init__()
        self._programme = programme
        facts = programme.facts
        absences = say(word(facts.absences_rule))
        if facts.absences_rule is AbsencesRule.FIRST:
            absences = plural(
                "the first {n} night of each absence counts",
                "the first {n} nights of each absence count",
                facts.absences_first or 0,
            )
        counting = facts_card(
            _("Counting"),
            programme,
            forms.counting_fields,
            [
                (_("What counts"), say(word(facts.counting_rule))),
                (_("Absences"), absences),
                (_("Bands of length of stay"), ", ".join(say(label) for label in band_labels(facts.length_bounds))),
                (_("Currency"), facts.currency),
            ],
        )
        self.setLayout(column(counting, payments.card(self, programme), None))


class Selection(QWidget):
    """What candidates are screened for, in order."""

    def __init__(self, programme: ProgrammeWhole) -> None:
        """Show the criteria."""
        super().__init__()
        self._programme = programme
        card = listing(_("What candidates are screened for"))
        if not programme.criteria:
            card.append(
                Empty(_("There are no criteria yet"), _("Without them, a decision stands on its reason alone."))
            )
        for place, criterion in enumerate(programme.criteria):
            card.append(self._line(place, criterion))
        card.append(foot(Button(_("New criterion"), lambda: self._change(None), needs=actions.set_criteria)))
        decides = _("two persons: one proposes, another confirms") if programme.facts.two_persons else _("one person")
        who = facts_card(_("Decisions"), programme, forms.selection_fields, [(_("Who decides"), decides)])
        self.setLayout(column(card, who, Reasons(programme), None))

    def _line(self, place: int, criterion: CriterionFacts) -> QWidget:
        last = len(self._programme.criteria) - 1
        links = [
            LinkButton(_("Change"), lambda: self._change(place), needs=actions.change),
            *([LinkButton(_("Up"), lambda: self._move(place, -1), needs=actions.set_criteria)] if place else []),
            *(
                [LinkButton(_("Down"), lambda: self._move(place, 1), needs=actions.set_criteria)]
                if place < last
                else []
            ),
        ]
        if criterion.id not in self._programme.answered:
            links.append(LinkButton(_("Remove"), lambda: self._remove(place), needs=actions.change))
        by = "" if criterion.test is CriterionTest.MANUAL else say(word(criterion.test))
        question = Text(_(criterion.text), "strong", wrap=True)
        note = Text(_("Read from the list: {what}", what=by) if by else _("Answered by a person"), "note")
        words = held(column(question, note, gap=1))
        chip = Chip(say(word(criterion.effect)), _TONES[criterion.effect])
        return line(words, chip, *links, named=_(criterion.text))

    def _change(self, at: int | None) -> None:
        dialogs.criterion_dialog(self, self._programme, at).open()

    def _move(self, at: int, by: int) -> None:
        criteria = list(self._programme.criteria)
        criteria.insert(at + by, criteria.pop(at))
        self._set(_("The order of the criteria was changed."), criteria, self._programme.criteria)

    def _remove(self, at: int) -> None:
        criteria = [criterion for place, criterion in enumerate(self._programme.criteria) if place != at]
        # What is removed is gone, with its number: to undo it is to add it anew in its place.
        before = [
            replace(each, id=None) if place == at else each for place, each in enumerate(self._programme.criteria)
        ]
        self._set(_("The criterion was removed."), criteria, before)

    def _set(self, done: str, criteria: Sequence[CriterionFacts], before: Sequence[CriterionFacts]) -> None:
        programme = self._programme
        undoes = former(actions.set_criteria, programme.version, programme_id=programme.row.id, criteria=before)
        change_part(self, programme, actions.set_criteria, done, undoes, criteria=criteria)


class Reasons(QWidget):
    """The reasons that can be given for decisions on candidates, in order."""

    def __init__(self, programme: ProgrammeWhole) -> None:
        """Show them."""
        super().__init__()
        self._programme = programme
        card = listing(_("Reasons of decisions"))
        if not programme.reasons:
            card.append(Empty(_("There are no reasons yet"), _("Without them, each is written in free words.")))
        for place, reason in enumerate(programme.reasons):
            card.append(self._line(place, reason))
        card.append(foot(Button(_("New reason"), lambda: self._change(None), needs=actions.set_reasons)))
        self.setLayout(column(card))

    def _line(self, place: int, reason: ReasonFacts) -> QWidget:
        last = len(self._programme.reasons) - 1
        needs = actions.set_reasons
        links = [
            LinkButton(_("Change"), lambda: self._change(place), needs=needs),
            *([LinkButton(_("Up"), lambda: self._move(place, -1), needs=needs)] if place else []),
            *([LinkButton(_("Down"), lambda: self._move(place, 1), needs=needs)] if place < last else []),
            LinkButton(_("Remove"), lambda: self._remove(place), needs=needs),
        ]
        text = Text(_(reason.text), "body", wrap=True)
        return line(text, Chip(say(word(reason.outcome)), Tone.GREY), *links, named=_(reason.text))

    def _change(self, at: int | None) -> None:
        dialogs.reason_dialog(self, self._programme, at).open()

    def _move(self, at: int, by: int) -> None:
        reasons = list(self._programme.reasons)
        reasons.insert(at + by, reasons.pop(at))
        self._set(_("The order of the reasons was changed."), reasons)

    def _remove(self, at: int) -> None:
        reasons = [reason for place, reason in enumerate(self._programme.reasons) if place != at]
        self._set(_("The reason was removed."), reasons)

    def _set(self, done: str, reasons: Sequence[ReasonFacts]) -> None:
        programme = self._programme
        undoes = former(
            actions.set_reasons, programme.version, programme_id=programme.row.id, reasons=programme.reasons
        )
        change_part(self, programme, actions.set_reasons, done, undoes, reasons=reasons)


class Departures(QWidget):
    """The ways in which people may leave, and what each requires."""

    def __init__(self, programme: ProgrammeWhole) -> None:
        """Show them."""
        super().__init__()
        self._programme = programme
        card = listing(_("People may leave by"))
        for departure in programme.departures:
            always = Text(dialogs.checks_text(REQUIRED[departure.kind]), "note", wrap=True)
            words = [Text(say(word(departure.kind)), "strong", wrap=True), always]
            if departure.extra_checks:
                extra = dialogs.checks_text(departure.extra_checks)
                words.append(Text(_("Required here as well: {checks}", checks=extra), wrap=True))
            said_of = held(column(*words, gap=1))
            more = LinkButton(_("Require more"), partial(self._open, departure.kind), needs=actions.set_departures)
            card.append(line(said_of, more, named=say(word(departure.kind))))
        card.append(foot(Button(_("Change the ways of leaving"), self._change, needs=actions.set_departures)))
        note = Text(
            _(
                "Death and release by order can always be entered; an escape where people are detained; that somebody "
                "left on their own where the house is open."
            ),
            "note",
            wrap=True,
        )
        self.setLayout(column(card, note, None))

    def _change(self) -> None:
        dialogs.departures_dialog(self, self._programme).open()

    def _open(self, kind: DepartureKind) -> None:
        dialogs.checks_dialog(self, self._programme, kind).open()


def arrival(programme: ProgrammeWhole) -> QWidget:
    """What an agreement asks of an arrival."""
    said = forms.steps_text(programme.facts.arrival_steps)
    return facts_card(_("Arrival"), programme, forms.arrival_fields, [(_("A complete arrival needs"), said)])
