"""The dialogs by which a stay ends, by a plan or without one, and is put right or goes on again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import endings as actions
from models.ids import StayId
from models.queries import departures as queries
from models.queries.absences import AbsenceRow
from models.queries.departures import PlanPage, PlanRow, StayDepartures
from models.rules.departures import ends_without_plan
from models.rules.vocabulary import DepartureKind
from models.rules.wording import word
from ui import session
from ui.codes import CountryField
from ui.departures import presentation
from ui.departures.late import why_late
from ui.kit.field import Field, given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.typed_fields import DateField, MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, isolated, plural, say
from ui.presentation import when
from ui.taking_back import reason_dialog


def depart_dialog(owner: QWidget, page: PlanPage) -> None:
    """Record that somebody has left; who leaves together is recorded at one moment."""
    row = page.row
    together = [one for one in page.relatives if one.plan_id in page.companions]
    says = _("The stay ends, and with it the bed and an open absence.")
    if together:
        names = "; ".join(isolated(one.name) for one in together)
        says += " " + _("The family leaves together: {names}.", names=names)
    FormDialog(
        owner,
        _("Record the departure of {name}", name=isolated(row.name)),
        _when_left(),
        actions.depart_group if together else actions.depart,
        values={"plan_ids": (row.id, *page.companions)} if together else {"plan_id": row.id},
        submit=_("Record departure"),
        says=says,
        done=_("The departure of {name} is recorded.", name=isolated(row.name)),
        undoes=_undoes,
    ).open()


def group_dialog(owner: QWidget, rows: Sequence[PlanRow]) -> None:
    """Record that the people of several plans have left at one moment: all of them or none."""
    FormDialog(
        owner,
        plural("Record {n} departure", "Record {n} departures", len(rows)),
        _when_left(),
        actions.depart_group,
        values={"plan_ids": tuple(row.id for row in rows)},
        says=_(
            "All leave at this moment, or nobody: {names}. Their stays end, and with them beds and open absences.",
            names="; ".join(_("{value} ({number})", value=isolated(row.name), number=row.number) for row in rows),
        ),
        done=plural("{n} departure is recorded.", "{n} departures are recorded.", len(rows)),
        undoes=_undoes,
    ).open()


def _when_left() -> list[Field[Any]]:
    """The moment of a departure; of a day that is over also why it is recorded only now."""
    left = MomentField("moment", _("Left"), value=session.now(), required=True)
    late = why_late(
        _("Why it is recorded on a later day"),
        _("The checks count as they stood when the person left."),
        left,
        lambda moment: moment.on,
        required=True,
    )
    return [left, late]


def _undoes(stays: StayId | Sequence[StayId]) -> tuple[Undo, ...]:
    """Each of the departures that were recorded at one moment is taken back."""
    each = (stays,) if isinstance(stays, int) else stays
    return tuple(Undo(actions.undo, {"stay_id": stay_id}) for stay_id in each)


def left_dialog(owner: QWidget, stay: StayDepartures, away: AbsenceRow) -> None:
    """End the stay of somebody who did not come back, with what is known of it filled in: to be looked at, and sent."""
    known = {
        "moment": away.left,
        "seen_last": _("Went out on {when}", when=when(away.left)),
        "how_known": _("Was due back on {when}, and did not come", when=when(away.due_back)),
    }
    end_dialog(owner, stay, DepartureKind.LEFT_ON_OWN, known)


def end_dialog(
    owner: QWidget, stay: StayDepartures, kind: DepartureKind, known: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """End a stay without a plan: an escape, leaving on one's own, a death, a release by order.

    Args:
        owner: The page.
        stay: The stay.
        kind: How it ends.
        known: What of it is known already, by the names of the fields.
    """
    action, moment, fields = _endings()[kind]
    for field in fields:
        if field.name in known:
            field.put(known[field.name])
            field.settle()
    says = _("The stay ends, and with it the bed and an open absence.")
    if stay.current is not None and stay.current.row.standing in presentation.OPEN:
        says += " " + _("The plan of departure is cancelled.")
    FormDialog(
        owner,
        _("{kind}: {name}", kind=word(kind), name=isolated(stay.name)),
        [
            MomentField("moment", moment, value=known.get("moment") or session.now(), required=True),
            *fields,
            LongTextField("note", _("Note"), lines=2),
        ],
        action,
        values={"stay_id": stay.stay_id},
        prepare=given,
        submit=_("End the stay"),
        says=says,
        danger=True,
        done=_("The stay of {name} has ended.", name=isolated(stay.name)),
        undoes=lambda _none: Undo(actions.undo, {"stay_id": stay.stay_id}),
    ).open()


def _endings() -> Mapping[DepartureKind, tuple[Callable[..., None], str, list[Field[Any]]]]:
    """For each end without a plan its action, what its moment is called, and what must be stated."""
    return {
        DepartureKind.ESCAPE: (
            actions.record_escape,
            _("Noticed"),
            [
                TextField("last_seen", _("Where and when last seen"), required=True),
                TextField("reported_to", _("Reported to"), required=True),
            ],
        ),
        DepartureKind.LEFT_ON_OWN: (
            actions.record_left,
            _("Went"),
            [
                TextField("seen_last", _("Where and when last seen"), required=True),
                TextField(
                    "how_known",
                    _("How it is known that the person is not coming back"),
                    hint=_("Said so, or is overdue: seven days, unless the house has set another time."),
                    required=True,
                ),
            ],
        ),
        DepartureKind.DEATH: (
            actions.record_death,
            _("Died"),
            [
                TextField("place", _("Place of death"), required=True),
                TextField("certified_by", _("Death certified by"), required=True),
                TextField("family_told", _("Family or consulate told"), required=True),
            ],
        ),
        DepartureKind.RELEASE_BY_ORDER: (
            actions.record_release,
            _("Released"),
            [
                TextField("authority", _("Authority that ordered the release"), required=True),
                TextField("order_number", _("Number of the order"), required=True, wide=False),
                DateField("order_date", _("Date of the order"), required=True, wide=False),
            ],
        ),
    }


def undo_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Take back a departure that was recorded by mistake, whenever."""
    reason_dialog(
        owner,
        _("Take the departure back"),
        actions.undo,
        {"stay_id": stay_id},
        says=_(
            "The stay goes on, with its plan, and with the bed if nobody else has it now. Months that were issued will "
            "show that they differ."
        ),
        done=lambda has_bed: _("The stay goes on, with the bed.") if has_bed else _("The stay goes on, without a bed."),
        undoes=_("It cannot be undone, but the departure can be recorded again."),
    ).open()


def correct_dialog(owner: QWidget, stay: StayDepartures) -> FormDialog:
    """Put right how, when and where to somebody left."""
    now = stay.ended_by or DepartureKind.NOT_RECORDED
    ways = (*stay.correctable, *ends_without_plan(stay.regime))
    if stay.ended_by_file:
        ways = (*ways, DepartureKind.NOT_RECORDED)
    kinds = [kind for kind in DepartureKind if kind is now or kind in ways]
    if not stay.is_last:
        kinds = [kind for kind in kinds if kind is not DepartureKind.DEATH or kind is now]
    asked = {kind: fields for kind, (_action, _moment, fields) in _endings().items() if kind in kinds}
    for fields in asked.values():
        for field in fields:
            known = stay.facts.get(field.name, "")
            field.put((date.fromisoformat(known) if known else None) if isinstance(field, DateField) else known)
    to = [
        CountryField("country", _("Country"), value=stay.country, wide=False, hint=_("Empty: not recorded.")),
        TextField("town", _("Town"), value=stay.place, wide=False),
    ]
    kind = ChoiceField(
        "kind",
        _("How"),
        [(each, say(word(each))) for each in kinds],
        value=now,
        required=True,
        hint=_("A kind that was not planned is planned first, as it was, under Departure."),
    )
    stated = [field for fields in asked.values() for field in fields]
    dialog = FormDialog(
        owner,
        _("Correct the departure of {name}", name=isolated(stay.name)),
        [
            kind,
            MomentField("moment", _("Left"), value=stay.ended, required=True, hint=_("When it really was.")),
            *to,
            *stated,
            LongTextField("reason", _("How this is known"), required=True),
        ],
        actions.correct,
        values={"stay_id": stay.stay_id, "version": stay.version},
        prepare=_as_corrected,
        submit=_("Correct the departure"),
        says=_(
            "It is judged as on its own day: by the checks as they stood then, or by what this kind must state. The "
            "bed and an absence that ended with it move along. Months that were issued will show that they differ."
        ),
        done=lambda fits: (
            _("The departure is corrected.")
            if fits
            else _("The departure is corrected. The bed ends as before: somebody else has it by then.")
        ),
        undoes=former(
            actions.correct,
            stay.version,
            "reason",
            stay_id=stay.stay_id,
            kind=now,
            moment=stay.ended,
            country=stay.country,
            place=stay.place,
            facts=stay.facts,
        ),
        anew=Anew(partial(queries.of_stay, stay_id=stay.stay_id), _correct_again),
    )

    def ask() -> None:
        """Ask what the chosen kind must state."""
        chosen = kind.read()
        for each, fields in asked.items():
            for field in fields:
                field.setVisible(each is chosen)
        for field in to:
            field.setVisible(chosen is not DepartureKind.DEATH)

    kind.edited.connect(ask)
    ask()
    return dialog


def _correct_again(owner: QWidget, stay: StayDepartures) -> FormDialog | None:
    return None if stay.ended is None else correct_dialog(owner, stay)


def _as_corrected(values: dict[str, Any]) -> Mapping[str, Any]:
    """The arguments of `correct`: what a kind states stands in `facts`."""
    said = given(values)
    own: dict[str, Any] = {name: said.pop(name) for name in ("kind", "moment", "country", "reason") if name in said}
    town = said.pop("town", "")
    facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    return {**own, "place": town, "facts": facts}
