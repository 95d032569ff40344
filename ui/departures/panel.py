"""How one stay ends: the steps of its plan, what stops it, and what can be done."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.actions import departures, endings
from models.changes import Changes, Kind
from models.ids import StayId
from models.queries import departures as queries
from models.queries.departures import PlanPage, StayDepartures, StepRow
from models.rules.departures import ObjectionState, ends_without_plan
from models.rules.leaving import WITHDRAWABLE, CheckRow, Standing
from models.rules.vocabulary import SEALED_CHECKS, CheckKind, DepartureKind
from models.rules.wording import word
from models.store.declaring import Declared
from ui import permissions
from ui.departures import checks, plans, presentation
from ui.departures.endings import correct_dialog, depart_dialog, end_dialog, undo_dialog
from ui.departures.steps import Step, Steps
from ui.kit.commands import Command
from ui.kit.labels import Button, LinkButton, MenuButton, Text
from ui.kit.layout import Card, Empty, KeyValues, clear, column, held, row
from ui.kit.notices import Callout
from ui.kit.page import Panel
from ui.kit.tokens import GAP, Tone
from ui.language import _, plural, say, tr
from ui.presentation import when
from ui.sealed import show_opened
from ui.work import run_action, run_query


class DeparturePanel(Panel):
    """The departure of one stay, as a tab of the resident and as a part of the page of departures."""

    kinds: ClassVar[Changes] = frozenset(
        {Kind.PLAN, Kind.STAY, Kind.RESIDENT, Kind.ABSENCE, Kind.PROGRAMME, Kind.FACILITY}
    )

    def __init__(self, stay_id: StayId) -> None:
        """Begin empty; it reads when it is first shown."""
        super().__init__()
        self._stay_id = stay_id
        self._stay: StayDepartures | None = None
        self.depart: Button | None = None
        self._left = column(gap=GAP)
        self._right = column(gap=GAP)
        across = row((self._left, 66), (self._right, 34), gap=14)
        across.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(across, None))

    def refresh(self) -> None:
        """Read how the stay ends."""
        run_query(self, queries.of_stay, self._show, latest="stay", stay_id=self._stay_id)

    def _show(self, stay: StayDepartures) -> None:
        self._stay = stay
        self.depart = None
        clear(self._left)
        clear(self._right)
        if stay.ended is not None:
            self._show_ended(stay)
        elif stay.current is None or stay.current.row.standing is Standing.CANCELLED:
            self._show_nothing(stay)
        else:
            self._show_plan(stay, stay.current)
        if stay.earlier and stay.ended is None:
            self._left.addWidget(self._earlier(stay))
        for side in (self._left, self._right):
            side.addStretch(1)

    # -- there is a plan ----------------------------------------------------------------------------------------------

    def _show_plan(self, stay: StayDepartures, page: PlanPage) -> None:
        done = plural("{done} of {n} step done", "{done} of {n} steps done", page.row.steps, done=page.row.done)
        card = Card(presentation.heading(page.row), done, flush=True)
        card.append(Steps([self._step(each, page) for each in page.steps]))
        if page.note:
            note = Text(page.note, "note", wrap=True)
            note.setContentsMargins(14, 2, 14, 4)
            card.append(note)
        if page.row.standing is Standing.STOPPED:
            self._right.addWidget(self._stopped(stay, page))
        else:
            card.append(self._tools(page))
            self._right.addWidget(self._stops(page))
        self._right.addWidget(self._otherwise(stay))
        self._left.addWidget(card)

    def _step(self, step: StepRow, page: PlanPage) -> Step:
        text, name = presentation.step_line(step, page.relatives), say(word(step.kind))
        check = step.check
        is_settled = step.holds or page.row.standing is Standing.STOPPED
        has_failed = step.objection is not None and step.objection.state is ObjectionState.FAILED
        is_readable = check is not None and check.is_sealed and permissions.may(departures.look)
        if check is not None and is_readable and (is_settled or has_failed):
            return Step(presentation.sign(step), name, text, _("Open the finding"), lambda: self._look(check))
        if is_settled or not _may_enter(step.kind):
            return Step(presentation.sign(step), name, text)
        return Step(presentation.sign(step), name, text, self._link(step), lambda: self._enter(page, step.kind))

    def _link(self, step: StepRow) -> str:
        if step.kind is CheckKind.PROPERTY_RETURNED:
            return _("Hand over")
        return _("Enter check") if step.is_missing else _("Enter new check")

    def _tools(self, page: PlanPage) -> QWidget:
        entries = self._checks(page)
        entries += [
            Command(_("Withdraw: {check}", check=word(check.kind)), partial(self._withdraw, check))
            for check in _withdrawable(page)
        ]
        can_stop = any(step.kind is CheckKind.NON_REFOULEMENT for step in page.steps)
        stop = Button(_("A risk was found"), lambda: checks.stop_dialog(self, page), needs=departures.stop)
        stops = [stop] if can_stop else []
        across = row(
            MenuButton(_("Enter a check"), entries, needs=departures.enter_check),
            Button(_("Change the plan"), lambda: plans.change_dialog(self, page).open(), needs=departures.change_plan),
            Button(_("Cancel the plan"), lambda: plans.cancel_dialog(self, page), needs=departures.cancel),
            *stops,
            None,
            gap=8,
            margins=(10, 4, 10, 10),
        )
        return held(across)

    def _stops(self, page: PlanPage) -> Card:
        card = Card(_("What stops this departure"))
        for step in page.steps:
            if step.objection is not None:
                tone = None if step.is_missing else Tone.RED
                card.append(Text(say(step.objection.message), wrap=True, tone=tone))
        if page.may_depart:
            card.append(Text(_("Nothing: all steps are done."), "strong", wrap=True, tone=Tone.GREEN))
        self.depart = Button(
            _("Record departure"),
            lambda: depart_dialog(self, page),
            kind="primary",
            needs=endings.depart,
        )
        # Whether somebody has left on a day that is over is judged by what stood then, which the form asks for.
        may_record = page.may_depart or page.row.days < 0
        self.depart.setEnabled(may_record)
        self.depart.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        card.append(self.depart)
        if not page.may_depart:
            why = plural(
                "It can be recorded when {n} more step is done.",
                "It can be recorded when {n} more steps are done.",
                page.row.steps - page.row.done,
            )
            if may_record:
                why = _("The day is over. If the person left then, the checks count as they stood at that time.")
            else:
                self.depart.setToolTip(why)
                self.depart.setAccessibleDescription(why)
            card.append(Text(why, "note", wrap=True))
        card.append(Text(_("A supervisor can move the date. Nobody can skip a check."), "note", wrap=True))
        return card

    def _stopped(self, stay: StayDepartures, page: PlanPage) -> Card:
        card = Card(_("No prospect of return"))
        card.append(Callout(_("A risk was found: this plan is stopped, and nobody leaves on it."), tone=Tone.RED))
        if stay.open:
            ways = ", ".join(say(word(kind)) for kind in stay.open)
            card.append(Text(_("What may follow: {ways}.", ways=ways), wrap=True))
        else:
            card.append(Text(_("The agreement names no other way. Ask the partner what may follow."), wrap=True))
        button = self._plan_button(_("Plan what follows"), stay)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        card.append(button)
        return card

    def _plan_button(self, text: str, stay: StayDepartures) -> Button:
        return Button(text, lambda: plans.plan_dialog(self, stay), kind="primary", needs=departures.plan)

    # -- there is none ------------------------------------------------------------------------------------------------

    def _show_nothing(self, stay: StayDepartures) -> None:
        card = Card()
        if stay.permitted:
            text = _("Say how, where to and when. The steps that it requires then stand here.")
            card.append(Empty(_("No departure is planned"), text, [self._plan_button(_("Plan the departure"), stay)]))
        else:
            text = _("The programme permits no departure yet. Set it up under Programmes.")
            card.append(Empty(_("No departure can be planned"), text))
        self._left.addWidget(card)
        self._right.addWidget(self._otherwise(stay))

    def _otherwise(self, stay: StayDepartures) -> Card:
        card = Card(_("End the stay otherwise"))
        kinds = ends_without_plan(stay.regime)
        named = tr().join(say(word(kind)) for kind in kinds)
        card.append(Text(_("What needs no plan: {kinds}.", kinds=named), wrap=True))
        entries = [Command(say(word(kind)), partial(end_dialog, self, stay, kind), needs=_ENDS[kind]) for kind in kinds]
        button = MenuButton(_("End the stay"), entries)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        card.append(button)
        return card

    # -- the stay has ended -------------------------------------------------------------------------------------------

    def _show_ended(self, stay: StayDepartures) -> None:
        assert stay.ended is not None
        kind = stay.ended_by or DepartureKind.NOT_RECORDED
        card = Card(say(word(kind)), when(stay.ended))
        values = KeyValues()
        is_dead = kind is DepartureKind.DEATH
        place = "" if is_dead else presentation.place_line(stay.destination, stay.country, stay.place)
        values.say([(_("Where to"), place), *presentation.facts(stay)])
        card.append(values)
        correct = LinkButton(
            _("Correct the departure"), lambda: correct_dialog(self, stay).open(), needs=endings.correct
        )
        back = LinkButton(_("Take the departure back"), lambda: self._undo(stay.stay_id), needs=endings.undo)
        plan = LinkButton(_("Plan it as it was"), lambda: plans.plan_dialog(self, stay), needs=departures.plan)
        is_planned = bool({*stay.permitted} - {*stay.correctable}) or (bool(stay.permitted) and not stay.ended_by_file)
        ways = [correct, *([plan] if is_planned else []), *([back] if stay.is_last else [])]
        card.append(held(row(*ways, None, gap=14)))
        self._left.addWidget(card)
        for page in (*([] if stay.current is None else [stay.current]), *stay.earlier):
            self._left.addWidget(self._kept(page))

    def _kept(self, page: PlanPage) -> Card:
        """A plan of somebody who has left; what was held for it and not entered can still be."""
        chip, _tone = presentation.chip(page.row.standing)
        card = Card(presentation.heading(page.row), chip, flush=True)
        card.append(
            Steps(
                [
                    Step(presentation.sign(step), say(word(step.kind)), presentation.step_line(step, page.relatives))
                    for step in page.steps
                ]
            )
        )
        if page.row.standing is not Standing.STOPPED:
            enter = MenuButton(_("Enter a check"), self._checks(page), needs=departures.enter_check)
            card.append(held(row(enter, None, margins=(10, 4, 10, 10))))
        return card

    def _earlier(self, stay: StayDepartures) -> Card:
        card = Card(_("Earlier plans"))
        values = KeyValues()
        for page in stay.earlier:
            values.add(presentation.chip(page.row.standing)[0], presentation.heading(page.row))
        card.append(values)
        return card

    # -- commands ----------------------------------------------------------------------------------------------------

    def _checks(self, page: PlanPage) -> list[Command]:
        """The checks of a plan that the person at the window may enter."""
        kinds = (step.kind for step in page.steps if _may_enter(step.kind))
        return [Command(say(word(kind)), partial(self._enter, page, kind)) for kind in kinds]

    def _enter(self, page: PlanPage, kind: CheckKind) -> None:
        if self._stay is not None:
            checks.check_dialog(self, page, kind, self._stay)

    def _look(self, check: CheckRow) -> None:
        run_action(
            self,
            departures.look,
            on_done=lambda found: show_opened(self, say(word(check.kind)), presentation.finding_text(found)),
            check_id=check.check_id,
        )

    def _withdraw(self, check: CheckRow) -> None:
        if self._stay is not None:
            checks.withdraw_dialog(self, self._stay.stay_id, check.check_id, check.kind)

    def _undo(self, stay_id: StayId) -> None:
        undo_dialog(self, stay_id)


_ENDS: Mapping[DepartureKind, Declared] = {
    DepartureKind.ESCAPE: endings.record_escape,
    DepartureKind.LEFT_ON_OWN: endings.record_left,
    DepartureKind.DEATH: endings.record_death,
    DepartureKind.RELEASE_BY_ORDER: endings.record_release,
}
"""The action by which each kind that needs no plan is recorded."""


def _may_enter(kind: CheckKind) -> bool:
    """Whether the person at the window may enter a check of this kind."""
    return permissions.may(departures.ENTER_SEALED_CHECK if kind in SEALED_CHECKS else departures.enter_check)


def _withdrawable(page: PlanPage) -> list[CheckRow]:
    """What was given, counts, and can be taken back."""
    return [
        step.check
        for step in page.steps
        if step.kind in WITHDRAWABLE
        and step.check is not None
        and step.check.passed
        and step.check.withdrawn_on is None
    ]
