"""The dialogs of the gate: who goes out under escort, and the leaves that are decided on beforehand."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import absences, gate
from models.ids import AbsenceId
from models.queries import gate as queries
from models.queries.gate import AtGate, LeaveRow
from models.rules.absences import kinds_under
from models.rules.vocabulary import AbsenceKind, Regime
from models.rules.wording import word
from ui import session
from ui.kit.field import Field, given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.notices import Callout
from ui.kit.search import Find
from ui.kit.typed_fields import MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, isolated, say
from ui.picks import PickField
from ui.presentation import when


def back_out(absence_id: AbsenceId) -> Undo:
    """What takes a going out back."""
    return Undo(absences.take_back, {"absence_id": absence_id})


def escort_dialog(owner: QWidget, person: AtGate) -> FormDialog:
    """Ask who goes along with somebody who is detained, and why, since no leave was decided on."""
    return FormDialog(
        owner,
        _("Let {name} out under escort", name=isolated(person.name)),
        [
            _kind(person.regime, None),
            TextField("place", _("Where to"), wide=False, longest=200),
            TextField("escort", _("Escort"), required=True, hint=_("Who goes along."), longest=200),
            MomentField("due_back", _("Due back"), required=True),
            LongTextField("reason", _("Reason"), required=True, lines=2),
        ],
        gate.out,
        values={"stay_id": person.stay_id},
        prepare=given,
        submit=_("Let out"),
        says=_("No leave was decided on. Where people are detained nobody goes out alone without one."),
        done=_("{name} is out.", name=isolated(person.name)),
        undoes=back_out,
    )


def plan_dialog(owner: QWidget, find: Find) -> FormDialog:
    """Decide on a leave of whoever is picked.

    Args:
        owner: The page.
        find: Finds people on the roll, as they stand at the gate.
    """
    whom: PickField[AtGate] = PickField("person", _("Who"), find, required=True)
    kind = _kind(Regime.OPEN, None)
    alone = Callout(_says(Regime.DETAINED))
    alone.hide()

    def fit() -> None:
        """Offer what there is where the person lives."""
        regime = Regime.OPEN if whom.found is None else whom.found.value.regime
        kind.offer(_kinds(regime))
        alone.setVisible(regime is Regime.DETAINED)

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        person: AtGate = values.pop("person")
        return {**given(values), "stay_id": person.stay_id}

    whom.edited.connect(fit)
    return FormDialog(
        owner,
        _("Plan a leave"),
        [whom, alone, *_fields(kind)],
        gate.plan_leave,
        prepare=prepare,
        submit=_("Plan the leave"),
        done=_("The leave is planned."),
        undoes=lambda made: Undo(gate.call_off, {"leave_id": made}),
    )


def change_dialog(owner: QWidget, leave: LeaveRow) -> FormDialog:
    """Decide anew on a leave by which nobody went yet."""
    said = {name: getattr(leave, name) for name in ("kind", "reason", "place", "escort", "start", "due_back")}
    return FormDialog(
        owner,
        _("Change the leave of {name}", name=isolated(leave.name)),
        [
            *_fields(_kind(leave.regime, leave.kind), leave),
            LongTextField("why", _("Why it is changed"), required=True, lines=2),
        ],
        gate.change_leave,
        values={"leave_id": leave.id, "version": leave.version},
        prepare=given,
        submit=_("Change the leave"),
        says=_says(leave.regime),
        done=_("The leave of {name} is changed.", name=isolated(leave.name)),
        undoes=former(gate.change_leave, leave.version, "why", leave_id=leave.id, **said),
        anew=Anew(partial(queries.leave, leave_id=leave.id), change_dialog),
    )


def call_off_dialog(owner: QWidget, leave: LeaveRow) -> FormDialog:
    """Decide that a leave does not take place."""
    return FormDialog(
        owner,
        _("Call off the leave of {name}", name=isolated(leave.name)),
        [LongTextField("reason", _("Reason"), required=True)],
        gate.call_off,
        values={"leave_id": leave.id},
        submit=_("Call the leave off"),
        says=_(
            "{kind}, from {start} to {back}.", kind=word(leave.kind), start=when(leave.start), back=when(leave.due_back)
        ),
        done=_("The leave of {name} is called off.", name=isolated(leave.name)),
        undoes=lambda _none: Undo(gate.let_hold, {"leave_id": leave.id}),
    )


def _says(regime: Regime) -> str:
    return _("Without an escort this decides that the person goes alone.") if regime is Regime.DETAINED else ""


def _fields(kind: ChoiceField[AbsenceKind], leave: LeaveRow | None = None) -> list[Field[Any]]:
    return [
        kind,
        TextField("place", _("Where to: the address"), value="" if leave is None else leave.place, longest=200),
        LongTextField("reason", _("Reason"), value="" if leave is None else leave.reason, required=True, lines=2),
        TextField("escort", _("Escort"), value="" if leave is None else leave.escort, wide=False, longest=200),
        MomentField("start", _("From"), value=session.now() if leave is None else leave.start, required=True),
        MomentField(
            "due_back", _("Due back"), value=None if leave is None else leave.due_back, required=True,
            hint=_("From then on the person is overdue."),
        ),
    ]  # fmt: skip


def _kind(regime: Regime, kind: AbsenceKind | None) -> ChoiceField[AbsenceKind]:
    return ChoiceField("kind", _("Why"), _kinds(regime), value=kind, required=True, wide=False)


def _kinds(regime: Regime) -> list[tuple[AbsenceKind, str]]:
    return [(kind, say(word(kind))) for kind in kinds_under(regime) if kind is not AbsenceKind.OUT]
