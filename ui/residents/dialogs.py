"""The dialogs about a stay: to extend it, to enter an absence and a return, a review, and to put things right."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from models.actions import absences as absence_actions
from models.actions import corrections, emergencies, rooms
from models.actions import stays as actions
from models.ids import StayId
from models.queries import absences, stays
from models.queries.absences import AbsenceRow
from models.queries.residents import ResidentRow, Whereabouts
from models.queries.stays import StayRow
from models.rules.absences import kinds_under
from models.rules.vocabulary import Regime
from models.rules.wording import word
from models.text import pgettext
from ui import session, work
from ui.kit.commands import Command
from ui.kit.field import given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.typed_fields import DateField, MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, isolated, say, tr
from ui.presentation import when
from ui.residents.presentation import day_of

Row = TypeVar("Row")


def _reads(
    query: Callable[..., Row | None],
) -> Callable[[Callable[[QWidget, Row], FormDialog]], Callable[[QWidget, StayId], None]]:
    """Makes a dialog of a stay from a form about what a query reads of it; where it reads nothing, nothing opens."""

    def with_row(form: Callable[[QWidget, Row], FormDialog]) -> Callable[[QWidget, StayId], None]:
        def ask(owner: QWidget, stay_id: StayId) -> None:
            def show(row: Row | None) -> None:
                if row is not None:
                    form(owner, row).open()

            work.run_query(owner, query, show, stay_id=stay_id)

        return ask

    return with_row


def of_stay(owner: QWidget, row: ResidentRow, *, owes_review: bool = False) -> list[Command]:
    """What can be done now about somebody's open stay, the most frequent first; or about the last one."""
    which = row.stay_id
    if which is None:
        return []
    away = Command(_("Record absence"), lambda: absence_dialog(owner, which), needs=absence_actions.record)
    if row.departed_on is not None:
        return [away]
    is_away = row.whereabouts is not Whereabouts.PRESENT
    if is_away:
        away = Command(
            _("Record return"), lambda: return_dialog(owner, which), kind="primary", needs=absence_actions.return_
        )
    sign = Command(_("Countersign"), lambda: countersign_dialog(owner, which), needs=emergencies.countersign)
    cure = Command(_("Put in order"), lambda: cure_dialog(owner, which), needs=actions.cure_emergency)
    review = Command(_("Enter review"), lambda: review_dialog(owner, which), needs=actions.hold_review)
    past = Command(
        _("Enter an absence of the past"), lambda: past_absence_dialog(owner, which), needs=absence_actions.record
    )
    return [
        away,
        Command(_("Move room"), lambda: _move(owner, which), needs=rooms.move),
        Command(_("Extend stay"), lambda: extend_dialog(owner, which), needs=actions.extend),
        *([sign] if row.is_provisional else [cure] if row.is_emergency else []),
        Command(_("Set last day"), lambda: fix_limit_dialog(owner, which), needs=actions.fix_limit),
        *([review] if owes_review else []),
        Command(_("Correct arrival"), lambda: correct_dialog(owner, which), needs=actions.correct),
        *([past] if is_away else []),
    ]


def _move(owner: QWidget, stay_id: StayId) -> None:
    from ui.rooms.dialogs import move_dialog

    move_dialog(owner, stay_id)


_with_stay = _reads(stays.one)
_with_absence = _reads(absences.open_of_stay)
"""Nobody who is back already has an absence that can be read."""


def _limit(
    owner: QWidget, stay: StayRow, title: str, last_day: str, hint: str, action: Callable[..., object], done: str
) -> FormDialog:
    """Let another last day hold, on a decision; or, of a stay that is over, have held."""
    since = session.today() if stay.departed is None else stay.departed.on
    return FormDialog(
        owner,
        title,
        [
            DateField("until", last_day, required=True, wide=False, hint=hint),
            DateField("valid_from", _("Holds from"), value=since, required=True, wide=False),
            TextField("decided_by", _("Decided by"), required=True, wide=False),
            TextField(
                "authority",
                _("Authority"),
                required=True,
                wide=False,
                hint=_("The number of the decision, or the article."),
            ),
            LongTextField("reason", _("Reason"), required=True),
        ],
        action,
        values={"stay_id": stay.id},
        says=_("The limit so far stays to be read; the new one takes its place."),
        done=done,
        undoes=lambda limit: Undo(corrections.take_back_limit, {"stay_id": stay.id, "limit_id": limit}),
    )


@_with_stay
def extend_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Let a stay last longer, on a decision."""
    held = _("No limit so far.") if stay.limit_on is None else _("So far {day}.", day=tr().date(stay.limit_on))
    done = _("The stay is extended.")
    return _limit(owner, stay, _("Extend the stay"), _("New last day"), held, actions.extend, done)


@_with_stay
def fix_limit_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Set the last day to a date that another decision lays down, such as a release date."""
    hint = _("It may be earlier than the limit so far.")
    if stay.regime is Regime.DETAINED:
        hint = _("Such as the release date of a sentence. It may be earlier than the limit so far.")
    done = _("The last day is set.")
    return _limit(owner, stay, _("Set the last day"), _("Last day"), hint, actions.fix_limit, done)


def _absence(owner: QWidget, stay: StayRow, *, is_over: bool) -> FormDialog:
    """Enter that somebody leaves the house for a while, or was away once."""
    kinds = [(kind, say(word(kind))) for kind in kinds_under(stay.regime)]
    returned = "" if is_over else _("Empty: the person is away.")
    return FormDialog(
        owner,
        _("Enter an absence of the past") if is_over else _("Record an absence"),
        [
            ChoiceField("kind", _("Why"), kinds, required=True, wide=False),
            TextField("place", _("Where to"), wide=False, longest=200),
            *escort_field(stay.regime, is_over=is_over),
            MomentField(
                "left", _(pgettext("absence", "Left")), value=None if is_over else session.now(), required=True
            ),
            MomentField("due_back", _("Due back"), required=True, hint=_("From then on the person is overdue.")),
            MomentField("returned", _("Came back"), required=is_over, hint=returned),
            LongTextField("note", _("Note"), lines=2),
        ],
        absence_actions.record,
        values={"stay_id": stay.id},
        prepare=given,
        submit=_("Record the absence"),
        done=_("The absence is entered."),
        undoes=lambda made: Undo(absence_actions.take_back, {"absence_id": made}),
    )


def escort_field(regime: Regime, value: str = "", *, is_over: bool) -> tuple[TextField, ...]:
    """Who goes along, which is asked where people are detained, or where it was said."""
    if regime is not Regime.DETAINED and not value:
        return ()
    hint = "" if is_over else _("Nobody goes alone, unless a leave was decided on.")
    return (TextField("escort", _("Escort"), value=value, hint=hint, longest=200),)


@_with_stay
def absence_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Enter that somebody leaves the house for a while; of a stay that is over, that they were away once."""
    return _absence(owner, stay, is_over=not stay.is_open)


@_with_stay
def past_absence_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Enter that somebody was away once, who may be away now, too."""
    return _absence(owner, stay, is_over=True)


@_with_absence
def return_dialog(owner: QWidget, absence: AbsenceRow) -> FormDialog:
    """Enter that somebody who is away is back."""
    return FormDialog(
        owner,
        _("Record the return"),
        [
            MomentField(
                "returned",
                _("Came back"),
                value=session.now(),
                required=True,
                hint=_("Left {left}, due back {due}.", left=when(absence.left), due=when(absence.due_back)),
            )
        ],
        absence_actions.return_,
        values={"absence_id": absence.id},
        done=_("{name} is back.", name=isolated(absence.name)),
        undoes=lambda _none: Undo(absence_actions.take_back_return, {"absence_id": absence.id}),
    )


def _due(owner: QWidget, absence: AbsenceRow) -> FormDialog:
    """Let somebody who is away come back at another time."""
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
        undoes=former(
            absence_actions.change_due, absence.version, "reason", absence_id=absence.id, due_back=absence.due_back
        ),
        anew=Anew(partial(absences.one, absence_id=absence.id), _due),
    )


due_dialog = _with_absence(_due)


@_with_stay
def review_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Enter a review that was held."""
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
            LongTextField("outcome", _("Outcome"), required=True, hint=outcome_hint()),
        ],
        actions.hold_review,
        values={"stay_id": stay.id},
        submit=_("Enter the review"),
        says=""
        if due
        else _("All reviews of this stay were held, or its programme has none. There is nothing to enter."),
        done=_("The review is entered."),
        undoes=lambda due_on: Undo(corrections.take_back_review, {"stay_id": stay.id, "due_on": due_on}),
    )


def outcome_hint() -> str:
    """What the outcome of a review says, and what it does not: it stands in the file that is given to the person."""
    return _(
        "What was looked at, and what follows. It stands in the person's file: health, an asylum claim and complaints "
        "belong in sealed notes."
    )


@_with_stay
def countersign_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Decide that an arrival stands that was registered provisionally."""
    return FormDialog(
        owner,
        _("Countersign the arrival"),
        [],
        emergencies.countersign,
        values={"stay_id": stay.id},
        submit=_("Countersign"),
        says="\n".join(
            [_("If it does not stand, take the arrival back."), *(f"•\u00a0{say(why)}" for why in stay.emergency)]
        ),
        done=_("The arrival is countersigned."),
        undoes=lambda _none: Undo(emergencies.take_back_countersign, {"stay_id": stay.id}),
    )


@_with_stay
def cure_dialog(owner: QWidget, stay: StayRow) -> FormDialog:
    """Say that an emergency arrival was put in order."""
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
        undoes=lambda _none: Undo(corrections.take_back_cure, {"stay_id": stay.id}),
    )


def _correct(owner: QWidget, stay: StayRow) -> FormDialog:
    """Put right when a person arrived."""
    return FormDialog(
        owner,
        _("Correct the arrival"),
        [
            MomentField("arrived", _("Arrival"), value=stay.arrived, required=True, hint=_("When it really was.")),
            LongTextField("reason", _("How this is known"), required=True),
        ],
        actions.correct,
        values={"stay_id": stay.id, "version": stay.version},
        says=_(
            "Now {day}. The first bed and the reviews move with the arrival; a limit that the agreement reckons is "
            "reckoned anew. Months that were issued will show that they differ.",
            day=_("{arrived}, {day}", arrived=when(stay.arrived), day=day_of(stay.day, stay.days_allowed).lower()),
        ),
        done=lambda moves: (
            _("The arrival is corrected.")
            if moves
            else _(
                "The arrival is corrected. The bed begins as before: somebody else had it until then. The nights "
                "before are without a bed."
            )
        ),
        undoes=former(actions.correct, stay.version, "reason", stay_id=stay.id, arrived=stay.arrived),
        anew=Anew(partial(stays.one, stay_id=stay.id), _correct),
    )


correct_dialog = _with_stay(_correct)
