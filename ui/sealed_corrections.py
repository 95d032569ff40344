"""Puts right what was sealed by mistake: whoever reads it says of whom it is and what it is, or takes it back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from models.actions import sealed_corrections as actions
from models.ids import SealedNoteId
from models.queries.safeguards import NoteRow
from models.rules.people import kinds_within, reads
from models.rules.safeguards import OpenedRemark
from models.rules.vocabulary import SealedKind
from models.rules.wording import word
from models.store.declaring import Action, Declared
from ui import search, work
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, LongTextField
from ui.kit.form import FormDialog
from ui.kit.search import Found
from ui.kit.undoing import Undo, Undoes
from ui.language import _, say
from ui.picks import PickField
from ui.presentation import at_clock, name_of
from ui.sealed import Opened, show_opened

Doing = Action[Any, ..., Any]


class Mending(NamedTuple):
    """By what a note or a remark is put right, and which it is."""

    correct: Doing
    take_back: Doing
    restore: Doing
    given: Mapping[str, object]

    @property
    def undoes(self) -> Undoes:
        """What undoes that it was corrected or taken back."""
        return lambda _done: Undo(self.restore, self.given)


def of_note(note_id: SealedNoteId) -> Mending:
    """By what a sealed note is put right."""
    return Mending(actions.correct_note, actions.take_back_note, actions.restore_note, {"note_id": note_id})


def of_remark(remark_id: int) -> Mending:
    """By what a remark of a list is put right."""
    return Mending(actions.correct_remark, actions.take_back_remark, actions.restore_remark, {"remark_id": remark_id})


def opened_note(owner: QWidget, note: NoteRow, whose: Found, text: str) -> Opened:
    """A note that was just opened, with what can be done about it.

    Args:
        owner: The page.
        note: What is known of it.
        whose: The resident of whom it is.
        text: What it says.
    """
    by = of_note(note.id)
    correct = partial(correct_note, owner, note, whose, text)
    return Opened(text, deeds=_deeds(owner, by, correct, holds=note.holds))


def show_remarks(owner: QWidget, title: str, remarks: Sequence[OpenedRemark]) -> None:
    """Show the remarks of a list that were just opened, each with what can be done about it."""
    show_opened(owner, title, *(_opened_remark(owner, each, tells=len(remarks) > 1) for each in remarks))


def _opened_remark(owner: QWidget, remark: OpenedRemark, *, tells: bool) -> Opened:
    """A remark; `tells`: it says of itself when it came, since there are several."""
    said = [say(word(remark.kind)), remark.entered_by, at_clock(remark.entered_at)] if tells else []
    about = " · ".join(each for each in said if each)
    by, correct = of_remark(remark.id), partial(correct_remark, owner, remark)
    deeds = _deeds(owner, by, correct, holds=remark.holds)
    return Opened(remark.text, about, deeds)


def _deeds(
    owner: QWidget, by: Mending, correct: Callable[[], FormDialog], *, holds: bool
) -> list[tuple[str, Callable[[], object], Declared]]:
    if holds:
        return [
            (_("Correct"), lambda: correct().open(), by.correct),
            (_("Take back"), lambda: take_back(owner, by).open(), by.take_back),
        ]
    return [(_("Let it hold again"), lambda: restore(owner, by).open(), by.restore)]


def correct_note(owner: QWidget, note: NoteRow, whose: Found, text: str) -> FormDialog:
    """Say of whom a note is, what it is, and what it says."""
    whom: Field[Any] = PickField("resident_id", _("Of whom it is"), search.find, value=whose, required=True)
    return _correct(owner, of_note(note.id), note.kind, text, whom)


def correct_remark(owner: QWidget, remark: OpenedRemark) -> FormDialog:
    """Say of whom a remark of a list is, what it is, and what it says."""
    whose, hint = None, _("Of nobody: leave it empty.")
    if remark.candidate_id is not None:
        whose = Found(remark.candidate_id, name_of(remark, remark.partner_number), remark.partner_number)
        hint = _("Of somebody who has arrived: take it back, and enter a note with the resident.")
    whom: Field[Any] = PickField(
        "candidate_id", _("Of whom it is"), search.find_candidates, value=whose, required=whose is not None, hint=hint
    )
    return _correct(owner, of_remark(remark.id), remark.kind, remark.text, whom)


def _correct(owner: QWidget, by: Mending, kind: SealedKind, text: str, whom: Field[Any]) -> FormDialog:
    kinds = [(each, say(word(each))) for each in kinds_within(kind)]
    hint = _("Who may not read this kind is not told of the note any more, nor undoes this.")
    what: ChoiceField[SealedKind] = ChoiceField("kind", _("Kind"), kinds, value=kind, required=True, hint=hint)
    chosen: list[SealedKind] = []

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        chosen[:] = [values["kind"]]
        return values

    def undoes(done: object) -> Undo | tuple[Undo, ...]:
        return by.undoes(done) if all(reads(work.person().role, each) for each in chosen) else ()

    return FormDialog(
        owner,
        _("Correct the sealed note"),
        [
            whom,
            what,
            # Cleared at the lock, and in no draft: it was opened for whoever looks at it now, and not typed here.
            LongTextField("text", _("Note"), value=text, required=True, lines=6, sealed=True, secret=True),
            _reason(),
        ],
        by.correct,
        values=by.given,
        prepare=prepare,
        submit=_("Correct and seal"),
        says=_("What stood there is kept, with the reason, for whoever reads both kinds."),
        done=_("The note is corrected."),
        undoes=undoes,
    )


def take_back(owner: QWidget, by: Mending) -> FormDialog:
    """Take a note or a remark back."""
    return FormDialog(
        owner,
        _("Take the sealed note back"),
        [_reason()],
        by.take_back,
        values=by.given,
        submit=_("Take back"),
        says=_("It is kept, with the reason, for whoever reads its kind."),
        done=_("The note is taken back."),
        undoes=by.undoes,
    )


def restore(owner: QWidget, by: Mending) -> FormDialog:
    """Undo that a note or a remark was corrected or taken back."""
    return FormDialog(
        owner,
        _("Let the sealed note hold again"),
        [_reason()],
        by.restore,
        values=by.given,
        submit=_("Let it hold again"),
        says=_("What came instead of it holds no more, and is kept."),
        done=_("The note holds again."),
        undoes=_("To undo this, correct the note again or take it back."),
    )


def _reason() -> Field[Any]:
    return LongTextField("reason", _("What was the mistake"), required=True, lines=2, sealed=True)


def taken_back_note(made: SealedNoteId) -> Undo:
    """What undoes that a note was entered."""
    return Undo(actions.take_back_note, {"note_id": made})


def taken_back_remark(made: int) -> Undo:
    """What undoes that a remark of a list was entered."""
    return Undo(actions.take_back_remark, {"remark_id": made})
