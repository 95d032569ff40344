"""The dialogs by which what was entered of a stay is put right or taken back, however long ago."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import absences as absence_actions
from models.actions import corrections as actions
from models.actions import emergencies
from models.actions import stays as stay_actions
from models.queries import absences, stays
from models.queries.absences import AbsenceRow
from models.queries.resident_page import ResidentPage
from models.queries.stays import LimitRow, ReviewRow, StayRow
from models.rules.absences import kinds_under
from models.rules.vocabulary import AbsenceKind, LimitBasis
from models.rules.wording import word
from models.text import pgettext
from ui.kit.field import given
from ui.kit.fields import ChoiceField, LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.typed_fields import DateField, MomentField
from ui.kit.undoing import Undo, former
from ui.language import _, isolated, plural, say, tr
from ui.presentation import when
from ui.residents.dialogs import escort_field, outcome_hint
from ui.taking_back import reason_dialog


def take_back_arrival(owner: QWidget, page: ResidentPage, stay: StayRow) -> FormDialog:
    """Take back an arrival that was entered for the wrong person; what ends with it is listed before."""
    says = _(
        "For an arrival that was entered for the wrong person. Place, numbers and nights are free again, and somebody "
        "of a list is expected as before. The history keeps all of it."
    )
    ends = _ends_with(page, stay)
    if ends:
        says += "\n" + _("What ends with it: {what}.", what=tr().join(ends, "; "))
    return reason_dialog(
        owner,
        _("Take the arrival of {name} back", name=isolated(page.row.name)),
        actions.take_back,
        {"stay_id": stay.id, "version": stay.version},
        says=says,
        done=_("The arrival is taken back."),
        undoes=_("It cannot be undone, but the arrival can be registered again."),
    )


def _ends_with(page: ResidentPage, stay: StayRow) -> list[str]:
    beds = sum(one.stay_id == stay.id for one in page.placements)
    away = sum(one.stay_id == stay.id for one in page.absences)
    held = sum(review.held_on is not None for review in stay.reviews)
    found = [plural("{n} bed", "{n} beds", beds)] if beds else []
    found += [plural("{n} absence", "{n} absences", away)] if away else []
    found += [plural("{n} review", "{n} reviews", held)] if held else []
    found += [plural("{n} last day", "{n} last days", len(stay.limits))] if stay.limits else []
    if stay.departed is not None:
        found.append(_("the departure on {day}", day=tr().date(stay.departed.on)))
    return found


def correct_absence(owner: QWidget, absence: AbsenceRow) -> FormDialog:
    """Put right why, where to and from when to when somebody was away."""
    kinds = [kind for kind in AbsenceKind if kind is absence.kind or kind in kinds_under(absence.regime)]
    is_over = absence.departed is not None
    return FormDialog(
        owner,
        _("Correct an absence"),
        [
            ChoiceField(
                "kind", _("Why"), [(kind, say(word(kind))) for kind in kinds], value=absence.kind, required=True,
                wide=False,
            ),
            TextField("place", _("Where to"), value=absence.place, wide=False, longest=200),
            *escort_field(absence.regime, absence.escort, is_over=True),
            MomentField("left", _(pgettext("absence", "Left")), value=absence.left, required=True),
            MomentField("due_back", _("Due back"), value=absence.due_back, required=True),
            MomentField(
                "returned", _("Came back"), value=absence.returned, required=is_over,
                hint="" if is_over else _("Empty: the person is away."),
            ),
            LongTextField("note", _("Note"), value=absence.note, lines=2),
            LongTextField("reason", _("How this is known"), required=True),
        ],
        absence_actions.correct,
        values={"absence_id": absence.id, "version": absence.version},
        prepare=given,
        submit=_("Correct the absence"),
        says=_("Months that were issued will show that they differ."),
        done=_("The absence is corrected."),
        undoes=former(absence_actions.correct, absence.version, "reason", absence_id=absence.id, **_said(absence)),
        anew=Anew(partial(absences.one, absence_id=absence.id), correct_absence),
    )  # fmt: skip


def _said(absence: AbsenceRow) -> dict[str, Any]:
    """What is known of an absence, as its actions take it."""
    names = ("kind", "place", "left", "due_back", "returned", "escort", "note")
    return given({name: getattr(absence, name) for name in names})


def take_back_absence(owner: QWidget, absence: AbsenceRow) -> FormDialog:
    """Take back an absence of somebody who was not away."""
    return reason_dialog(
        owner,
        _("Take the absence back"),
        absence_actions.take_back,
        {"absence_id": absence.id},
        says=_("{kind}, left {left}. For a person who was not away.", kind=word(absence.kind), left=when(absence.left)),
        done=_("The absence is taken back."),
        undoes=lambda _none: Undo(absence_actions.record, {"stay_id": absence.stay_id, **_said(absence)}, why=""),
    )


def correct_review(owner: QWidget, stay: StayRow, review: ReviewRow) -> FormDialog:
    """Put right when a review was held, by whom, and what came out of it."""

    def again(at: QWidget, now: StayRow) -> FormDialog | None:
        held = next((row for row in now.reviews if row.due_on == review.due_on and row.held_on is not None), None)
        return None if held is None else correct_review(at, now, held)

    return FormDialog(
        owner,
        _("Correct the review due on {day}", day=tr().date(review.due_on)),
        [
            DateField("held_on", _("Held on"), value=review.held_on, required=True, wide=False),
            TextField("held_by", _("Held by"), value=review.held_by, required=True, wide=False),
            LongTextField("outcome", _("Outcome"), value=review.outcome, required=True, hint=outcome_hint()),
            LongTextField("reason", _("How this is known"), required=True, lines=2),
        ],
        actions.correct_review,
        values={"stay_id": stay.id, "due_on": review.due_on, "version": review.version},
        submit=_("Correct the review"),
        done=_("The review is corrected."),
        undoes=former(
            actions.correct_review, review.version, "reason", stay_id=stay.id, due_on=review.due_on, **_held(review)
        ),
        anew=Anew(partial(stays.one, stay_id=stay.id), again),
    )


def _held(review: ReviewRow) -> dict[str, Any]:
    """What is known of a review, as its actions take it."""
    return {"held_on": review.held_on, "held_by": review.held_by, "outcome": review.outcome}


def take_back_review(owner: QWidget, stay: StayRow, review: ReviewRow) -> FormDialog:
    """Take back a review that was not held."""
    return reason_dialog(
        owner,
        _("Take the review back"),
        actions.take_back_review,
        {"stay_id": stay.id, "due_on": review.due_on},
        says=_("For a review that was not held. It is due again on {day}.", day=tr().date(review.due_on)),
        done=_("The review is taken back."),
        undoes=lambda _none: Undo(
            stay_actions.hold_review, {"stay_id": stay.id, "due_on": review.due_on, **_held(review)}, why=""
        ),
    )


def take_back_limit(owner: QWidget, stay: StayRow, limit: LimitRow) -> FormDialog:
    """Take back an extension, or a last day that was set."""
    again = {name: getattr(limit, name) for name in ("decided_by", "authority", "reason")}
    since = max(limit.valid_from, stay.arrived.on)
    decided = stay_actions.fix_limit if limit.basis is LimitBasis.FIXED_DATE else stay_actions.extend
    return reason_dialog(
        owner,
        _("Take the last day back"),
        actions.take_back_limit,
        {"stay_id": stay.id, "limit_id": limit.id},
        says=_("The limit before holds again. To set another day, enter it anew afterwards."),
        done=_("The last day is taken back."),
        undoes=lambda _none: Undo(
            decided, {"stay_id": stay.id, "until": limit.limit_on, "valid_from": since, **again}, why=""
        ),
    )


def take_back_cure(owner: QWidget, stay: StayRow) -> FormDialog:
    """Say that an emergency arrival is not in order after all."""
    return reason_dialog(
        owner,
        _("Not in order after all"),
        actions.take_back_cure,
        {"stay_id": stay.id},
        says=_("The emergency arrival is flagged again."),
        done=_("The emergency arrival is flagged again."),
        undoes=lambda _none: Undo(stay_actions.cure_emergency, {"stay_id": stay.id, "note": stay.cured_note}, why=""),
    )


def take_back_countersign(owner: QWidget, stay: StayRow) -> FormDialog:
    """Say that an arrival is provisional after all."""
    return reason_dialog(
        owner,
        _("Provisional after all"),
        emergencies.take_back_countersign,
        {"stay_id": stay.id},
        says=_("The arrival is flagged as provisional again."),
        done=_("The arrival is flagged as provisional again."),
        undoes=lambda _none: Undo(emergencies.countersign, {"stay_id": stay.id}, why=""),
    )
