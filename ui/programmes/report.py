"""What the monthly report of a programme says: to whom, in which language, and its sections in their order."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.queries.programmes import ProgrammeWhole
from models.rules.disclosure import hidden_counts, least_shown
from models.rules.report_sections import ANNEXED, DECLARED, USUAL, ChosenSection, chosen, written
from models.rules.vocabulary import ReportSection
from models.rules.wording import word
from models.text import language_name
from ui.kit.fields import ChoiceField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Chip, LinkButton, Text
from ui.kit.layout import column, row
from ui.kit.tokens import Tone
from ui.kit.undoing import Undoes, former
from ui.language import _, say
from ui.programmes import forms
from ui.programmes.cards import facts_card
from ui.programmes.dialogs import anew
from ui.programmes.parts import change_part, line, listing


class Report(QWidget):
    """The settings of the report, and its sections."""

    def __init__(self, programme: ProgrammeWhole) -> None:
        """Show both."""
        super().__init__()
        self._programme = programme
        self.chosen = chosen(programme.facts.report_sections)
        facts = programme.facts
        hidden = hidden_counts(facts.small_count)
        settings = facts_card(
            _("Monthly report"),
            programme,
            forms.report_fields,
            [
                (_("Language"), language_name(facts.report_language)),
                (_("Due by"), _("on day {n} of the next month", n=facts.report_due_day)),
                (_("Addressed to"), facts.addressee or _(facts.partner)),
                (_("Reference of the agreement"), facts.agreement_reference or _("none")),
                (
                    _("Reference of a claim"),
                    _("{reference} and the month", reference=facts.claim_reference or facts.code),
                ),
                (_("Names"), facts.names_ground or _("none: numbers only")),
                (_("Small counts"), say(hidden) if hidden else _("All are shown.")),
            ],
        )
        card = listing(_("Sections of the report"))
        for place in range(len(self.chosen)):
            card.append(self._line(place))
        needs = actions.change
        add = Button(_("Add a section"), self._add, needs=needs)
        add.setEnabled(bool(_left(programme)))
        usual = Button(_("Take the usual sections"), lambda: self._set(USUAL), needs=needs)
        usual.setEnabled(self.chosen != USUAL)
        card.append(row(add, usual, None, gap=8, margins=(14, 8, 14, 12)))
        note = Text(
            _("What no section shows does not go along with the report as data. Issued months do not change."),
            "note",
            wrap=True,
        )
        self.setLayout(column(settings, card, note, None))

    def _line(self, place: int) -> QWidget:
        each, last, needs = self.chosen[place], len(self.chosen) - 1, actions.change
        name = say(word(each.section))
        links = []
        if DECLARED[each.section].lists and each.section not in ANNEXED:
            what = _("List by number") if each.counts_only else _("Counts only")
            links.append(LinkButton(what, partial(self._turn, place), needs=needs))
        if place:
            links.append(LinkButton(_("Up"), partial(self._move, place, -1), needs=needs))
        if place < last:
            links.append(LinkButton(_("Down"), partial(self._move, place, 1), needs=needs))
        if each.section is not ReportSection.MOVEMENT:
            links.append(LinkButton(_("Remove"), partial(self._remove, place), needs=needs))
        how = _("By name") if each.section is ReportSection.NAMES else _("By number")
        chips = [] if each.counts_only else [Chip(how, Tone.BLUE)]
        return line(Text(name, "body", wrap=True), *chips, *links, named=name)

    def _turn(self, at: int) -> None:
        each = self.chosen[at]
        self._set(_with(self.chosen, at, each._replace(counts_only=not each.counts_only)))

    def _move(self, at: int, by: int) -> None:
        sections = list(self.chosen)
        sections.insert(at + by, sections.pop(at))
        self._set(sections)

    def _remove(self, at: int) -> None:
        self._set([each for place, each in enumerate(self.chosen) if place != at])

    def _add(self) -> None:
        add_dialog(self, self._programme).open()

    def _set(self, sections: Sequence[ChosenSection]) -> None:
        programme = self._programme
        facts = replace(programme.facts, report_sections=written(sections))
        change_part(self, programme, actions.change, _("The sections were changed."), _undoes(programme), facts=facts)


def add_dialog(owner: QWidget, programme: ProgrammeWhole) -> FormDialog:
    """The form by which a section is added; it comes last."""
    now = chosen(programme.facts.report_sections)
    left = [(section, say(word(section))) for section in _left(programme)]
    return FormDialog(
        owner,
        _("Add a section"),
        [ChoiceField("report_sections", _("Section"), left, required=True)],
        actions.change,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=lambda values: {
            "facts": replace(programme.facts, report_sections=written([*now, _added(values["report_sections"])]))
        },
        submit=_("Add"),
        done=_("The section was added."),
        undoes=_undoes(programme),
        anew=anew(programme, add_dialog),
    )


def _left(programme: ProgrammeWhole) -> list[ReportSection]:
    """The sections that can be added: names only where the agreement cites the ground, and no small count is hidden."""
    facts = programme.facts
    there = {each.section for each in chosen(facts.report_sections)}
    if not facts.names_ground or least_shown(facts.small_count):
        there.add(ReportSection.NAMES)
    return [section for section in ReportSection if section not in there]


def _added(section: ReportSection) -> ChosenSection:
    """An annex lists people; whatever else can begins with counts alone."""
    return ChosenSection(section, section not in ANNEXED)


def _undoes(programme: ProgrammeWhole) -> Undoes:
    return former(actions.change, programme.version, programme_id=programme.row.id, facts=programme.facts)


def _with(sections: Sequence[ChosenSection], at: int, now: ChosenSection) -> list[ChosenSection]:
    return [now if place == at else each for place, each in enumerate(sections)]
