"""An arrival that is left half entered and gone on with; and what is offered once it is registered."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QWidget

from models.actions import arrival_drafts
from models.ids import ArrivalDraftId, StayId
from models.queries import admissions
from models.queries.admissions import ArrivalRecord
from models.queries.arrival_drafts import DraftRow
from ui import prompts, session, work
from ui.arrivals.pending import PENDING, Entry
from ui.arrivals.photo import PhotoField
from ui.kit.form import Form
from ui.kit.labels import Button
from ui.kit.notices import Toast, main_window
from ui.kit.page import Page
from ui.kit.undoing import Undo, tell
from ui.language import _, isolated
from ui.reading import Unreadable
from ui.typed import put_typed, typed

_SEALED = "notes"
"""The field that is sealed as soon as it is saved, and so is in no draft."""


def name_in(form: Form) -> str:
    """The name of whoever arrives, as far as it is typed."""
    parts = []
    for name in ("family_name", "given_names"):
        with suppress(Unreadable):
            parts.append(str(form[name].read() or "").strip())
    return ", ".join(part for part in parts if part)


def keep(
    form: Form,
    waiting: Sequence[Entry],
    owner: QWidget,
    draft: DraftRow | None,
    on_kept: Callable[[DraftRow], object],
    on_end: Callable[[], None],
    *,
    leaves: bool,
    tells: bool,
) -> None:
    """Keep what stands in the form in the register; what would be sealed is no part of it.

    Args:
        form: Of the arrival.
        waiting: What is to be entered once the person is registered.
        owner: The page.
        draft: What was kept before; None: nothing was.
        on_kept: Is given what is kept now.
        on_end: Is called once it is kept, or could not be.
        leaves: Whether somebody leaves it on purpose, and is told where what is sealed goes.
        tells: Whether it is said that it is kept.
    """
    holds_sealed = bool(form[_SEALED].read())
    if holds_sealed and leaves:
        form[_SEALED].show_error(
            _("What is sealed is not left half entered. Empty it, and enter it once the person is registered.")
        )
        form.go_to(form[_SEALED])
        on_end()
        return
    content = _content(form) | {"waiting": list(waiting)}

    def kept(draft_id: ArrivalDraftId) -> None:
        now = session.clock().now()
        version = 1 if draft is None else draft.version + 1
        on_kept(DraftRow(draft_id, version, content, work.person().name, now))
        if not holds_sealed:
            form.settle()
        said = _("It is left for later, and stands on Today.")
        if holds_sealed:
            said = " ".join((said, _("What is sealed is not kept there: it remains in the form until you lock.")))
        if not tells:
            return
        undo = Undo(arrival_drafts.throw_away, {"draft_id": draft_id}, why="")
        tell(owner, said, *(() if draft else (undo,)))

    work.run_action(
        owner,
        arrival_drafts.keep,
        on_done=kept,
        on_refused=form.show_refusal,
        on_end=on_end,
        content=json.dumps(content),
        draft_id=None if draft is None else draft.id,
        version=None if draft is None else draft.version,
    )


def drop(form: Form, owner: QWidget, draft: DraftRow, on_dropped: Callable[[], object]) -> None:
    """Throw a half-entered arrival away, if that is meant."""
    if not prompts.confirm(
        owner,
        _("Drop this half-entered arrival?"),
        _("Nothing of it is kept."),
        yes=_("Drop"),
        no=_("Keep it"),
        danger=True,
    ):
        return

    def done(_nothing: object) -> None:
        form.settle()
        on_dropped()
        tell(owner, _("The half-entered arrival was dropped."))

    work.run_action(owner, arrival_drafts.throw_away, on_done=done, draft_id=draft.id)


def restore(form: Form, draft: DraftRow) -> None:
    """Have stand in a form what was left of it; what another Konak has kept otherwise is passed over."""
    states = draft.content.get("typed")
    photo = draft.content.get("photo")
    for _turn in range(2):  # what can be chosen in one field may hang on another
        for name, state in (states if isinstance(states, dict) else {}).items():
            if name in form.fields:
                with suppress(ValueError, TypeError, KeyError, IndexError):
                    put_typed(form[name], state)
    if isinstance(photo, str) and photo:
        with suppress(ValueError):
            form["photo"].put(b64decode(photo))


def waiting_in(draft: DraftRow) -> list[Entry]:
    """What was to be entered once the person is registered; what another Konak has kept otherwise is passed over."""
    kept = draft.content.get("waiting")
    return [
        each
        for each in (kept if isinstance(kept, list) else ())
        if isinstance(each, dict) and each.get("table") in PENDING and {"typed", "said"} <= each.keys()
    ]


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
        "typed": {each.name: typed(each) for each in changed if each.dirty or each.shown()},
        "photo": "" if photo is None else b64encode(photo).decode(),
    }
