"""Keeping somebody apart from others: why, by whom, from when to when, and how health staff saw them meanwhile."""

from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions.separations import SEPARATIONS, VISITS
from models.ids import StayId
from models.queries import separations as queries
from models.queries.separations import SeparationRow, StaySeparations, VisitRow
from models.rules.papers import ONE_RESIDENT
from ui import session
from ui.kit.columns import Cell, Column
from ui.kit.field import Field
from ui.kit.fields import LongTextField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, row
from ui.kit.table import Table
from ui.kit.typed_fields import MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, plural, tr
from ui.presentation import moment_column
from ui.taking_back import CORRECT, TAKE_BACK, mending, reason_dialog
from ui.work import run_query

_MOST_DAYS = 5
"""How many days without a visit are named; of more, how many."""


class SeparationCard(Card):
    """The separations of one stay; where there is none, it is not shown."""

    def __init__(self, owner: QWidget, stay_id: StayId) -> None:
        """Begin without any.

        Args:
            owner: The panel, which outlives what is shown.
            stay_id: The stay.
        """
        super().__init__()
        self._owner, self._stay_id = owner, stay_id
        self.unseen = Text("", "strong", wrap=True)
        visit = Button(_("Enter a visit of health staff"), lambda: visit_dialog(owner, stay_id), needs=VISITS.enter)
        self.separations: Table[SeparationRow] = Table(
            [
                Column("why", _("Why"), lambda one: Cell(one.grounds, strong=True), stretch=True, whom=True),
                Column("by", _("Who decided"), lambda one: one.ordered_by, width=160, spare=1),
                moment_column("from", _("From"), lambda one: one.began, width=140),
                moment_column("to", _("To"), lambda one: one.ended or one.departed, width=140),
                Column("unseen", _("Days not seen"), lambda one: tr().number(len(one.unseen)), width=110),
                *mending(correct=SEPARATIONS.correct, take_back=SEPARATIONS.take_back),
            ],
            name=_("Kept apart from others"),
            leaves=ONE_RESIDENT,
            row_id=lambda one: one.id,
            fits=True,
            framed=False,
        )
        self.visits: Table[VisitRow] = Table(
            [
                moment_column("seen", _("Seen"), lambda one: one.seen, width=150),
                Column("by", _("Seen by"), lambda one: one.seen_by, stretch=True),
                Column("entered", _("Entered by"), lambda one: one.entered_by, width=160),
                *mending(correct=VISITS.correct, take_back=VISITS.take_back),
            ],
            name=_("Seen by health staff"),
            leaves=ONE_RESIDENT,
            row_id=lambda one: one.id,
            fits=True,
            framed=False,
        )
        self.separations.followed.connect(self._mend_separation)
        self.visits.followed.connect(self._mend_visit)
        self.append(row((Text(_("Kept apart from others"), "cardTitle"), 1), visit, gap=8), self.unseen)
        self.append(self.separations, Text(_("Seen by health staff"), "section"), self.visits)
        self.setVisible(False)

    def refresh(self) -> None:
        """Read them."""
        run_query(self, queries.of_stay, self._show, latest="separations", stay_id=self._stay_id)

    def _show(self, found: StaySeparations) -> None:
        self.setVisible(bool(found.separations))
        self.separations.show_rows(found.separations)
        self.visits.show_rows(found.visits)
        going_on = next((one for one in found.separations if one.goes_on), None)
        self.unseen.setText("" if going_on is None or not going_on.unseen else _said(going_on))
        self.unseen.setVisible(bool(self.unseen.text()))

    def _mend_separation(self, which: int, name: str) -> None:
        one = self.separations.row(which)
        if one is not None and name == CORRECT:
            correct_separation(self._owner, one).open()
        elif one is not None and name == TAKE_BACK:
            take_back_separation(self._owner, one).open()

    def _mend_visit(self, which: int, name: str) -> None:
        one = self.visits.row(which)
        if one is not None and name == CORRECT:
            correct_visit(self._owner, one).open()
        elif one is not None and name == TAKE_BACK:
            take_back_visit(self._owner, one).open()


def separate_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Keep somebody apart from others."""
    FormDialog(
        owner,
        _("Keep apart from others"),
        _fields(MomentField("began", _("From"), value=session.now(), required=True)),
        SEPARATIONS.enter,
        values={"stay_id": stay_id},
        says=_("Health staff sees the person every day; a day without a visit stands on Today."),
        submit=_("Keep apart"),
        done=_("It is entered that the person is kept apart."),
        undoes=lambda made: Undo(SEPARATIONS.take_back, {"entry_id": made}),
    ).open()


def correct_separation(owner: QWidget, one: SeparationRow) -> FormDialog:
    """End a separation, or put it right."""
    ended = MomentField("ended", _("To"), value=one.ended, hint=_("Empty: it goes on."))
    began = MomentField("began", _("From"), value=one.began, required=True)
    why = LongTextField("reason", _("Why it is changed"), lines=2, required=True)
    was = {"entry_id": one.id, "grounds": one.grounds, "ordered_by": one.ordered_by, "began": one.began}
    return FormDialog(
        owner,
        _("Correct or end the separation"),
        [*_fields(began, one), ended, why],
        SEPARATIONS.correct,
        values={"entry_id": one.id, "version": one.version},
        submit=_("Save"),
        done=_("It is saved."),
        undoes=former(SEPARATIONS.correct, one.version, "reason", **was, ended=one.ended),
    )


def take_back_separation(owner: QWidget, one: SeparationRow) -> FormDialog:
    """Take back a separation that never was."""
    was = {"stay_id": one.stay_id, "grounds": one.grounds, "ordered_by": one.ordered_by}
    return reason_dialog(
        owner,
        _("Take the separation back"),
        SEPARATIONS.take_back,
        {"entry_id": one.id},
        done=_("It is taken back."),
        undoes=lambda _none: Undo(SEPARATIONS.enter, {**was, "began": one.began, "ended": one.ended}, why=""),
    )


def visit_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Enter that health staff saw somebody who is kept apart."""
    FormDialog(
        owner,
        _("Enter a visit of health staff"),
        _visit_fields(MomentField("seen", _("Seen"), value=session.now(), required=True)),
        VISITS.enter,
        values={"stay_id": stay_id},
        submit=_("Enter the visit"),
        done=_("The visit is entered."),
        undoes=lambda made: Undo(VISITS.take_back, {"entry_id": made}),
    ).open()


def correct_visit(owner: QWidget, one: VisitRow) -> FormDialog:
    """Put right when health staff saw somebody."""
    return FormDialog(
        owner,
        _("Correct the visit"),
        [
            *_visit_fields(MomentField("seen", _("Seen"), value=one.seen, required=True), one.seen_by),
            LongTextField("reason", _("How this is known"), lines=2, required=True),
        ],
        VISITS.correct,
        values={"entry_id": one.id, "version": one.version},
        submit=_("Save"),
        done=_("It is saved."),
        undoes=former(VISITS.correct, one.version, "reason", entry_id=one.id, seen=one.seen, seen_by=one.seen_by),
    )


def take_back_visit(owner: QWidget, one: VisitRow) -> FormDialog:
    """Take back a visit that never was."""
    was = {"stay_id": one.stay_id, "seen": one.seen, "seen_by": one.seen_by}
    return reason_dialog(
        owner,
        _("Take the visit back"),
        VISITS.take_back,
        {"entry_id": one.id},
        done=_("It is taken back."),
        undoes=lambda _none: Undo(VISITS.enter, was, why=""),
    )


def _fields(began: MomentField, one: SeparationRow | None = None) -> list[Field[Any]]:
    grounds, by = ("", "") if one is None else (one.grounds, one.ordered_by)
    hint = _("No diagnosis: that is a sealed note.")
    return [
        LongTextField("grounds", _("Why"), value=grounds, required=True, hint=hint),
        TextField("ordered_by", _("Who decided"), value=by, required=True),
        began,
    ]


def _visit_fields(seen: MomentField, seen_by: str = "") -> list[Field[Any]]:
    return [TextField("seen_by", _("Seen by"), value=seen_by, required=True), seen]


def _said(one: SeparationRow) -> str:
    if len(one.unseen) > _MOST_DAYS:
        return plural("Not seen by health staff on {n} day", "Not seen by health staff on {n} days", len(one.unseen))
    return _("Not seen by health staff on: {days}", days=tr().join(tr().date(day) for day in one.unseen))
