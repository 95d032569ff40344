"""An arrival that is left half entered and gone on with; and what is offered once it is registered."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from models.actions import arrival_drafts, corrections
from models.errors import Conflict, Refused
from models.ids import ArrivalDraftId, StayId
from models.queries import admissions
from models.queries.admissions import ArrivalRecord
from models.queries.arrival_drafts import DraftRow
from ui import prompts, session, work
from ui.arrivals.pending import Entry, enter_waiting, is_entry, is_of_person
from ui.arrivals.photo import PhotoField
from ui.kit.form import Form
from ui.kit.labels import Button
from ui.kit.notices import Toast, main_window
from ui.kit.page import Page
from ui.kit.undoing import Undo, tell
from ui.language import _, isolated, plural
from ui.reading import Unreadable

_SEALED = "notes"
"""The field that is sealed as soon as it is saved, and so is in no draft."""


def name_in(form: Form) -> str:
    """The name of whoever arrives, as far as it is typed."""
    parts = []
    for name in ("family_name", "given_names"):
        with suppress(Unreadable):
            parts.append(str(form[name].read() or "").strip())
    return ", ".join(part for part in parts if part)


class HalfEntered(QObject):
    """What is kept in the register of a form that is not sent yet; what would be sealed is no part of it."""

    changed = Signal()
    """Something is kept, or waits to be entered, or does not any more."""
    left = Signal()
    """It was left on purpose, or dropped."""

    def __init__(self, form: Form, owner: QWidget) -> None:
        """Begin with nothing.

        Args:
            form: Of the arrival.
            owner: The page.
        """
        super().__init__(form)
        self._form, self._owner = form, owner
        self.draft: DraftRow | None = None
        """What the register holds of it."""
        self.waiting: list[Entry] = []
        """What is to be entered once the person is registered."""
        self.step = ""
        """The step that is looked at, by its key: what is gone on with begins there."""
        self._is_new, self._is_told = True, True
        self._is_kept, self._keeping, self._goes_on = True, False, False
        self._next: Callable[[], object] | None = None

    def go_on_with(self, draft: DraftRow) -> None:
        """Have stand in the form what was left of it."""
        restore(self._form, draft)
        self.draft, self.waiting, self._is_new = draft, waiting_in(draft.content), False
        self.step = str(draft.content.get("step") or "")

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept."""
        return self._form.dirty or not self._is_kept

    def wait(self, entry: Entry) -> None:
        """Let something wait until the person is registered; it is kept at once."""
        self.waiting.append(entry)
        self._anew()

    def wait_no_more(self, entry: Entry) -> None:
        """Let it go."""
        self.waiting.remove(entry)
        self._anew()

    def keep(self, *, leaves: bool = False, tells: bool = True) -> None:
        """Keep what was typed since it was kept last.

        Args:
            leaves: Whether somebody leaves it on purpose, and is told where what is sealed goes.
            tells: Whether it is said that it is kept.
        """
        is_elsewhere = leaves and self.draft is not None and self.draft.content.get("step") != self.step
        if not self.dirty and not self._keeping and not is_elsewhere:
            if tells and not self._is_told:
                self._tell()
            if leaves:
                self.left.emit()
            return
        if self._keeping:  # what is kept now has not come yet: once more, when it has
            if not self._goes_on:
                self._next = partial(self.keep, leaves=leaves, tells=tells)
            return
        if self._holds_sealed and leaves:
            sealed = self._form[_SEALED]
            sealed.show_error(
                _("What is sealed is not left half entered. Empty it, and enter it once the person is registered.")
            )
            self._form.go_to(sealed)
            return
        self._keeping, content = True, self.content()
        work.run_action(
            self._owner,
            arrival_drafts.keep,
            on_done=partial(self._kept, content, leaves=leaves, tells=tells),
            on_refused=self.refused,
            on_end=self._ended,
            content=json.dumps(content),
            draft_id=None if self.draft is None else self.draft.id,
            version=None if self.draft is None else self.draft.version,
        )

    def when_kept(self, go_on: Callable[[], object]) -> None:
        """Go on once what is being kept is kept: what sends the form must know of it, or it stays on Today."""
        if self._keeping:
            self._next, self._goes_on = go_on, True
        else:
            go_on()

    def refused(self, error: Refused) -> None:
        """Say why it is not kept or sent; what was finished or dropped elsewhere is kept anew from here."""
        if error.field == "draft_id" and not isinstance(error, Conflict):
            self.draft, self._is_kept = None, False
        self._form.show_refusal(error)

    def drop(self) -> None:
        """Throw it away, if that is meant."""
        if self.draft is None or not prompts.confirm(
            self._owner,
            _("Drop this half-entered arrival?"),
            _("Nothing of it is kept."),
            yes=_("Drop"),
            no=_("Keep it"),
            danger=True,
        ):
            return

        def done(_nothing: object) -> None:
            self._form.settle()
            self.left.emit()
            tell(self._owner, _("The half-entered arrival was dropped."))

        work.run_action(self._owner, arrival_drafts.throw_away, on_done=done, draft_id=self.draft.id)

    def content(self) -> dict[str, Any]:
        """What stands in the form, but what is sealed, what waits, and the step that is looked at."""
        return _content(self._form) | {"waiting": list(self.waiting), "step": self.step}

    # -- inside -------------------------------------------------------------------------------------------------------

    @property
    def _holds_sealed(self) -> bool:
        return bool(self._form[_SEALED].read())

    def _anew(self) -> None:
        self._is_kept = False
        self.changed.emit()
        self.keep(tells=False)

    def _kept(self, content: dict[str, Any], draft_id: ArrivalDraftId, *, leaves: bool, tells: bool) -> None:
        version = 1 if self.draft is None else self.draft.version + 1
        self.draft = DraftRow(draft_id, version, content, work.person().name, session.clock().now())
        self._is_kept = content["waiting"] == self.waiting
        beside: dict[str, Any] = {"waiting": (), "step": ""}
        if not self._holds_sealed and self.content() | beside == content | beside:
            self._form.settle()
        self.changed.emit()
        self._is_told = False
        if tells:
            self._tell()
        if leaves:
            self.left.emit()

    def _tell(self) -> None:
        """Say where it stands, and the way back to where nothing was."""
        said = _("It is left for later, and stands on Today.")
        if self._holds_sealed:
            said = " ".join((said, _("What is sealed is not kept there: it remains in the form until you lock.")))
        undo = [] if self.draft is None else [Undo(arrival_drafts.throw_away, {"draft_id": self.draft.id}, why="")]
        tell(self._owner, said, *(undo if self._is_new else ()))
        self._is_new, self._is_told = False, True

    def _ended(self) -> None:
        """What is kept is known only after this: until then nothing goes on, or it would be kept twice."""
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        go_on = self._next
        self._keeping, self._goes_on, self._next = False, False, None
        if go_on is not None:
            go_on()


def restore(form: Form, draft: DraftRow) -> None:
    """Have stand in a form what was left of it; what another Konak has kept otherwise is passed over."""
    states = draft.content.get("typed")
    photo = draft.content.get("photo")
    for _turn in range(2):  # what can be chosen in one field may hang on another
        for name, state in (states if isinstance(states, dict) else {}).items():
            if name in form.fields:
                with suppress(ValueError, TypeError, KeyError, IndexError):
                    form[name].put_state(state)
    if isinstance(photo, str) and photo:
        with suppress(ValueError):
            form["photo"].put(b64decode(photo))


def waiting_in(content: Mapping[str, Any]) -> list[Entry]:
    """What was to be entered once the person is registered; what another Konak has kept otherwise is passed over."""
    kept = content.get("waiting")
    return [each for each in (kept if isinstance(kept, list) else ()) if is_entry(each)]


def registered(
    owner: QWidget, stay_id: StayId, name: str, back: Mapping[str, Any] | None, *, waits: bool, was_here: bool
) -> None:
    """Enter what has waited; then say who is registered, with the ways on and the way back.

    Args:
        owner: The page.
        stay_id: The new stay.
        name: Whose it is, as far as it was typed.
        back: What the form held, which stands on Today again where the arrival is undone; None: it was not kept.
        waits: Whether something has waited.
        was_here: Whether the person was here before, so that what was entered of the person outlives the arrival.
    """

    def say_so(entered: Sequence[Entry], refused: int) -> None:
        words = [_("The arrival is registered.")]
        if entered:
            words.append(plural("{n} entry was entered with it.", "{n} entries were entered with it.", len(entered)))
        if refused:
            words.append(plural("{n} entry still waits: see Today.", "{n} entries still wait: see Today.", refused))
        said = " ".join(words)
        undo = [Undo(corrections.take_back, {"stay_id": stay_id})]
        if back is not None:  # first: whatever happens in between, nothing of it is lost, and nothing entered twice
            stays = [each for each in entered if was_here and is_of_person(each)]
            again = {**back, "waiting": [each for each in waiting_in(back) if each not in stays]}
            undo.insert(0, Undo(arrival_drafts.keep, {"content": json.dumps(again)}, why=""))
        tell(owner, _("{name}: {what}", name=isolated(name), what=said) if name else said, *undo)
        offer_next(owner, stay_id)

    if waits:
        enter_waiting(owner, stay_id, say_so)
    else:
        say_so((), 0)


def offer_next(owner: QWidget, stay_id: object) -> None:
    """Beside the notice of who was registered: the ways to their page and to their papers."""
    if not isinstance(owner, Page) and not hasattr(owner, "open"):
        return

    def show(record: ArrivalRecord | None) -> None:
        notices = [each for each in main_window(owner).findChildren(Toast) if each.is_shown]
        if record is None or not notices:
            return
        layout = notices[-1].layout()
        name = isolated(record.name)
        goes: Any = owner
        ways = (
            (_("Open"), lambda: goes.open("residents", resident_id=record.resident_id, tab="arrival")),
            (_("Print"), lambda: goes.open("papers", paper="admission_sheet", resident_id=record.resident_id)),
        )
        for text, way in ways:
            button = Button(text, way, kind="link")
            button.setAccessibleName(_("{command}: {what}", command=text, what=name))
            if isinstance(layout, QBoxLayout):
                layout.insertWidget(layout.count() - 1, button)

    if isinstance(stay_id, int):
        work.run_query(main_window(owner), admissions.of_stay, show, stay_id=StayId(stay_id))


def _content(form: Form) -> dict[str, Any]:
    """What stands in the form, but what is sealed."""
    changed = [each for each in form.fields.values() if each.name != _SEALED and not isinstance(each, PhotoField)]
    photo = form["photo"].read()
    return {
        "name": name_in(form),
        "typed": {each.name: each.state() for each in changed if each.dirty or each.shown()},
        "photo": "" if photo is None else b64encode(photo).decode(),
    }
