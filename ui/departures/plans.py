"""The dialogs of a plan: how somebody leaves, the day and the destination moved, the plan given up."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import departures as actions
from models.queries import departures as queries
from models.queries.departures import PlanPage, StayDepartures
from models.rules.vocabulary import CheckKind
from models.rules.wording import word
from ui.codes import CountryField
from ui.kit.field import Field, given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.typed_fields import DateField
from ui.kit.undoing import Undo
from ui.language import _, isolated, say, tr


def plan_dialog(owner: QWidget, stay: StayDepartures) -> None:
    """Plan how somebody leaves."""
    closed = [kind for kind in stay.permitted if kind not in stay.open]
    fields: list[Field[Any]] = [
        ChoiceField("kind", _("How"), [(kind, say(word(kind))) for kind in stay.permitted], required=True, wide=False),
        DateField("planned_on", _("Day of travel"), required=True, wide=False),
        CountryField("country", _("Country"), wide=False, hint=_("Empty: it is not recorded where to.")),
        TextField("place", _("Town"), wide=False),
        LongTextField("note", _("Note"), hint=_("Such as flight and ticket."), lines=2),
    ]
    has_left = stay.ended is not None
    says = []
    if has_left:
        says.append(
            _("The person has left. Plan how they really left, enter its checks, and correct the departure then.")
        )
    if closed:
        says.append(
            _(
                "A risk was found before. These ways are closed, unless it is said what has changed: {kinds}.",
                kinds=", ".join(say(word(kind)) for kind in closed),
            )
        )
    if stay.closed_countries:
        says.append(
            _(
                "A risk was found for {countries}. No way leads there, unless it is said what has changed.",
                countries=tr().join([tr().country(code) for code in stay.closed_countries]),
            )
        )
    if closed or stay.closed_countries:
        fields.append(
            LongTextField("what_changed", _("What has changed since, and who found so"), lines=2, sealed=True)
        )
    FormDialog(
        owner,
        _("Plan the departure of {name}", name=isolated(stay.name)),
        fields,
        actions.plan,
        values={"stay_id": stay.stay_id},
        prepare=given,
        submit=_("Plan the departure"),
        says="\n".join(says),
        done=_("The departure of {name} is planned.", name=isolated(stay.name)),
        undoes=lambda plan: Undo(actions.cancel, {"plan_id": plan}),
    ).open()


def change_dialog(owner: QWidget, page: PlanPage) -> FormDialog:
    """Move the day or the destination."""
    row = page.row
    return FormDialog(
        owner,
        _("Change the plan"),
        [
            DateField("planned_on", _("Day of travel"), value=row.planned_on, required=True, wide=False),
            CountryField("country", _("Country"), value=row.country, wide=False),
            TextField("place", _("Town"), value=row.place, wide=False),
            LongTextField("note", _("Note"), value=page.note, lines=2),
        ],
        actions.change_plan,
        values={"plan_id": row.id, "version": page.version},
        prepare=given,
        says=_(
            "Another country takes back the consent, the non-refoulement check and the acceptance: they were for the "
            "first one."
        ),
        done=_changed,
        undoes=lambda again: (
            Undo(
                actions.change_plan,
                {
                    "plan_id": row.id,
                    "version": None if page.version is None else page.version + 1,
                    "planned_on": row.planned_on,
                    "country": row.country,
                    "place": row.place,
                    "note": page.note,
                },
                why="",
            )
            if not again
            else ()
        ),
        anew=Anew(partial(queries.plan, plan_id=row.id), change_dialog),
    )


def _changed(again: Sequence[CheckKind]) -> str:
    if not again:
        return _("The plan is changed.")
    return _("The plan is changed. To be held again: {checks}.", checks=", ".join(say(word(kind)) for kind in again))


def cancel_dialog(owner: QWidget, page: PlanPage) -> None:
    """Give a plan up."""
    FormDialog(
        owner,
        _("Cancel the plan"),
        [LongTextField("reason", _("Why"), required=True)],
        actions.cancel,
        values={"plan_id": page.row.id},
        says=_("The checks stay in the register. A new plan begins with none."),
        danger=True,
        done=_("The plan is cancelled."),
        undoes=_("It cannot be undone, but the departure can be planned again."),
    ).open()
