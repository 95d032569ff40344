"""The dialogs about a stay: to extend it, to enter an absence and a return, a review, and to put things right."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import absences as absence_actions
from models.actions import stays as actions
from models.ids import StayId
from models.queries import absences, stays
from models.queries.absences import AbsenceRow
from models.queries.stays import StayRow
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime
from models.rules.wording import word
from ui import work
from ui.kit import session
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.typed_fields import DateField, MomentField
from ui.language import _, say, tr
from ui.presentation import when
from ui.residents.presentation import day_of


def extend_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Let a stay last longer, on a decision."""
    _with_stay(owner, stay_id, lambda stay: _extend(owner, stay))


def fix_limit_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Set the last day to a date that another decision lays down, such as a release date."""
    _with_stay(owner, stay_id, lambda stay: _fix_limit(owner, stay))


def absence_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Enter that somebody leaves the house for a while."""
    _with_stay(owner, stay_id, lambda stay: _absence(owner, stay))


def return_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Enter that somebody who is away is back."""
    _with_absence(owner, stay_id, lambda absence: _return(owner, absence))


def due_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Let somebody who is away come back at another time."""
    _with_absence(owner, stay_id, lambda absence: _due(owner, absence))


def review_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Enter a review that was held."""
    _with_stay(owner, stay_id, lambda stay: _review(owner, stay))


def cure_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Say that an emergency arrival was put in order."""
    _with_stay(owner, stay_id, lambda stay: _cure(owner, stay))


def correct_dialog(owner: QWidget, stay_id: StayId) -> None:
    """Put right when a person arrived."""
    _with_stay(owner, stay_id, lambda stay: _correct(owner, stay))


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of an action from a form: what was left empty is not given."""
    return {name: value for name, value in values.items() if value is not None}


def _with_stay(owner: QWidget, stay_id: StayId, show: Callable[[StayRow], FormDialog]) -> None:
    """Read the stay, then open the dialog."""

    def opened(stay: StayRow | None) -> None:
        if stay is not None:
            show(stay).open()

    work.run_query(owner, stays.one, opened, stay_id=stay_id)


def _with_absence(owner: QWidget, stay_id: StayId, show: Callable[[AbsenceRow], FormDialog]) -> None:
    """Read the absence, then open the dialog; nothing opens for somebody who is back already."""

    def opened(absence: AbsenceRow | None) -> None:
        if absence is not None:
            show(absence).open()

    work.run_query(owner, absences.open_of_stay, opened, stay_id=stay_id)


def _now() -> Moment:
    return Moment.of(session.clock().now(), session.zone())


def _deciding() -> list[TextField | LongTextField]:
    return [
        TextField("decided_by", _("Decided by"), required=True, wide=False),
        TextField(
            "authority",
            _("Authority"),
            required=True,
            wide=False,
            hint=_("The number of the decision, or the article."),
        ),
        LongTextField("reason", _("Reason"), required=True),
    ]


def _extend(owner: QWidget, stay: StayRow) -> FormDialog:
    held = _("No limit so far.") if stay.limit_on is None else _("So far {day}.", day=tr().date(stay.limit_on))
    return FormDialog(
        owner,
        _("Extend the stay"),
        [
            DateField("until", _("New last day"), required=True, wide=False, hint=held),
            DateField("valid_from", _("Holds from"), value=session.today(), required=True, wide=False),
            *_deciding(),
        ],
        actions.extend,
        values={"stay_id": stay.id},
        submit=_("Extend the stay"),
        says=_("The limit so far stays to be read; the new one takes its place."),
        done=_("The stay is extended."),
    )


def _fix_limit(owner: QWidget, stay: StayRow) -> FormDialog:
    return FormDialog(
        owner,
        _("Set the last day"),
        [
            DateField(
                "until",
                _("Last day"),
                required=True,
                wide=False,
                hint=_("Such as the release date of a sentence. It may be earlier than the limit so far."),
            ),
            DateField("valid_from", _("Holds from"), value=session.today(), required=True, wide=False),
            *_deciding(),
        ],
        actions.fix_limit,
        values={"stay_id": stay.id},
        submit=_("Set the last day"),
        says=_("The limit so far stays to be read; the new one takes its place."),
        done=_("The last day is set."),
    )


def _absence(owner: QWidget, stay: StayRow) -> FormDialog:
    kinds = [kind for kind in AbsenceKind if kind is not AbsenceKind.LEAVE or stay.regime is not Regime.DETAINED]
    return FormDialog(
        owner,
        _("Record an absence"),
        [
            ChoiceField("kind", _("Why"), [(kind, say(word(kind))) for kind in kinds], required=True, wide=False),
            TextField("place", _("Where to"), wide=False, longest=200),
            MomentField("left", _("Left"), value=_now(), required=True),
            MomentField("due_back", _("Due back"), required=True, hint=_("From then on the person is overdue.")),
            LongTextField("note", _("Note"), lines=2),
        ],
        absence_actions.record,
        values={"stay_id": stay.id},
        prepare=given,
        submit=_("Record the absence"),
        done=_("The absence is entered."),
    )


def _return(owner: QWidget, absence: AbsenceRow) -> FormDialog:
    return FormDialog(
        owner,
        _("Record the return"),
        [
            MomentField(
                "returned",
                _("Came back"),
                value=_now(),
                required=True,
                hint=_("Left {left}, due back {due}.", left=when(absence.left), due=when(absence.due_back)),
            )
        ],
        absence_actions.return_,
        values={"absence_id": absence.id},
        submit=_("Record the return"),
        done=_("The return is entered."),
    )


def _due(owner: QWidget, absence: AbsenceRow) -> FormDialog:
    return FormDialog(
        owner,
        _("Change when the person is due back"),
        [
            MomentField(
                "due_back",
                _("Due back"),
                value=absence.due_back,
                required=True,
                hint=_("Left {left}.", left=when(absence.left)),
            ),
            LongTextField("reason", _("Reason"), required=True, lines=2),
        ],
        absence_actions.change_due,
        values={"absence_id": absence.id, "version": absence.version},
        submit=_("Change the time"),
        done=_("The time is changed."),
        anew=Anew(partial(absences.one, absence_id=absence.id), _due),
    )


def _review(owner: QWidget, stay: StayRow) -> FormDialog:
    due = [review.due_on for review in stay.reviews if review.held_on is None]
    return FormDialog(
        owner,
        _("Enter a review"),
        [
            ChoiceField(
                "due_on",
                _("Review due on"),
                [(day, tr().date(day)) for day in sorted(due)],
                value=min(due, default=None),
                required=True,
                wide=False,
            ),
            DateField("held_on", _("Held on"), value=session.today(), required=True, wide=False),
            TextField("held_by", _("Held by"), required=True),
            LongTextField("outcome", _("Outcome"), required=True, hint=_("What was looked at, and what follows.")),
        ],
        actions.hold_review,
        values={"stay_id": stay.id},
        submit=_("Enter the review"),
        says=""
        if due
        else _("All reviews of this stay were held, or its programme has none. There is nothing to enter."),
        done=_("The review is entered."),
    )


def _cure(owner: QWidget, stay: StayRow) -> FormDialog:
    return FormDialog(
        owner,
        _("Put the emergency arrival in order"),
        [
            LongTextField(
                "note",
                _("How it was put in order"),
                required=True,
                hint=_("Such as the list that accepted the person."),
            )
        ],
        actions.cure_emergency,
        values={"stay_id": stay.id},
        submit=_("Put in order"),
        says="\n".join(f"•\u00a0{say(reason)}" for reason in stay.emergency),
        done=_("The emergency arrival is in order."),
    )


def _correct(owner: QWidget, stay: StayRow) -> FormDialog:
    return FormDialog(
        owner,
        _("Correct the arrival"),
        [
            MomentField("arrived", _("Arrival"), value=stay.arrived, required=True, hint=_("When it really was.")),
            LongTextField("reason", _("How this is known"), required=True),
        ],
        actions.correct,
        values={"stay_id": stay.id, "version": stay.version},
        submit=_("Correct the arrival"),
        says=_(
            "Now {day}. The first bed and the reviews move with the arrival; a limit that the agreement reckons is "
            "reckoned anew. Months that were issued will show that they differ.",
            day=_("{arrived}, {day}", arrived=when(stay.arrived), day=day_of(stay.day, stay.days_allowed).lower()),
        ),
        done=_("The arrival is corrected."),
        anew=Anew(partial(stays.one, stay_id=stay.id), _correct),
    )
