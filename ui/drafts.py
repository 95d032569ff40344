"""What was typed into forms and not sent when the window went away: gathered, kept, and offered at the next unlocking.

A form that says what it is about is known again by that: whoever opens the same form for the same thing finds in it
what they had typed, marked as not saved. What opens a register is never gathered.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.errors import KonakError
from models.store import drafts as store
from models.store.register import Register
from ui import session, work
from ui.kit.form import Form
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, column, held, row
from ui.language import _, plural
from ui.presentation import at_clock
from ui.scrolled import Scrolled
from ui.shell import MainWindow


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form.

    Attributes:
        about: What the form was about, as `Form.about` has it.
        title: Of the form, as it was called on the screen.
        kept_at: When it was kept, in UTC.
        area: The key of the area that was shown.
        where: The place in it.
        typed: What stood in each field that was changed, by its name.
        said: The labels of those fields and what stood there, to be read.
    """

    about: str
    title: str
    kept_at: str
    area: str
    where: Mapping[str, int | str]
    typed: Mapping[str, Any] = field(repr=False)
    said: Sequence[Sequence[str]] = field(repr=False)


class _Waiting:
    """What was kept before, and waits for its form."""

    drafts: ClassVar[dict[str, Draft]] = {}
    changed: ClassVar[Callable[[], object]] = staticmethod(lambda: None)


def gather(window: MainWindow) -> list[Draft]:
    """What stands typed in the forms of a window and its dialogs and is not being sent, and what still waits."""
    found = dict(_Waiting.drafts)
    for form in window.findChildren(Form):
        stands_in = form.parentWidget()
        if form.about and form.dirty and stands_in is not None and form.isEnabledTo(stands_in):
            found[form.about] = _draft(window, form)
    return list(found.values())


def keep(register: Register, drafts: Sequence[Draft]) -> None:
    """Keep drafts for the person who has a register open, instead of those that were kept before; in any thread.

    Where the disk says no, they are lost with the window: nobody waits any more who could be told. Where somebody else
    writes, nothing is kept: it would be laid over what they keep meanwhile.
    """
    with suppress(KonakError):
        if register.holder is None:
            store.keep(register.vault, json.dumps([asdict(each) for each in drafts]) if drafts else "")


def take(register: Register, changed: Callable[[], object]) -> None:
    """Let what was kept of the person wait for its forms.

    Args:
        register: Open for the person.
        changed: Is called whenever something waits no longer.
    """
    _Waiting.drafts = {each.about: each for each in _read(store.kept(register.vault))}
    _Waiting.changed = staticmethod(changed)
    Form.kept_for = staticmethod(_fill)


def stand_in(window: MainWindow) -> None:
    """Let go of what stands in the forms of a window that was locked and has come back."""
    for form in window.findChildren(Form):
        drop(window, form.about)


def waiting() -> Sequence[Draft]:
    """What waits for its form."""
    return list(_Waiting.drafts.values())


def drop(owner: QWidget, about: str) -> None:
    """Let one draft go."""
    if _Waiting.drafts.pop(about, None) is not None:
        left = waiting()
        work.run_job(owner, lambda register: keep(register, left), lambda _nothing: None)
        _Waiting.changed()


def sentence() -> str:
    """What is said of what waits; empty where nothing does."""
    found = waiting()
    if not found:
        return ""
    return plural(
        "Konak was closed while {n} form was open. What you had typed was kept, and is not saved.",
        "Konak was closed while {n} forms were open. What you had typed was kept, and is not saved.",
        len(found),
    )


class KeptDialog(QDialog):
    """What was kept, form by form, with a way to where each was filled in."""

    def __init__(self, window: MainWindow) -> None:
        """Lay it out; show it with `open`."""
        super().__init__(window)
        self._main = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What was kept"))
        title = Text(_("What was kept"), "title")
        about = _("Go there and open the same form: what you had typed stands in it, for you to save.")
        self._cards = column(*map(self._card, waiting()), gap=10)
        area = Scrolled(held(column(self._cards, None, gap=0)), sideways=False)
        close = Button(_("Close"), self.accept, kind="primary")
        head = Text(about, "subtitle", wrap=True)
        self.setLayout(column(title, head, (area, 1), row(None, close), gap=12, margins=20))
        self.resize(620, 420)

    def _card(self, draft: Draft) -> Card:
        card = Card(draft.title, at_clock(datetime.fromisoformat(draft.kept_at)))
        for label, said in draft.said:
            card.append(Text(f"{label}: {said}", "body", wrap=True))
        there = Button(_("Go there"), lambda: self._go(draft))
        there.setAccessibleName(_("{command}: {what}", command=_("Go there"), what=draft.title))
        gone = Button(_("Throw away"), lambda: self._throw(draft, card), kind="danger")
        gone.setAccessibleName(_("{command}: {what}", command=_("Throw away"), what=draft.title))
        card.append(row(None, gone, there, gap=8))
        return card

    def _go(self, draft: Draft) -> None:
        self.accept()
        self._main.open(draft.area, **draft.where)

    def _throw(self, draft: Draft, card: Card) -> None:
        drop(self._main, draft.about)
        card.hide()
        if not waiting():
            self.accept()


# -- forms ---------------------------------------------------------------------------------------------------------


def _fill(form: Form) -> None:
    """Fill in what was typed into the same form before."""
    draft = _Waiting.drafts.get(form.about)
    if draft is None:
        return
    for _turn in range(2):  # what can be chosen in one field may hang on another
        for name, state in draft.typed.items():
            if name in form.fields:
                with suppress(ValueError, TypeError, KeyError, IndexError):
                    form.fields[name].put_state(state)
    at = at_clock(datetime.fromisoformat(draft.kept_at))
    form.warn(_("You had typed this by {time}, when Konak was closed. It has not been saved.", time=at))
    drop(form, form.about)


def _draft(window: MainWindow, form: Form) -> Draft:
    area, where = window.here or (window.frame.areas[0].key, {})
    changed = [each for each in form.fields.values() if each.dirty and not each.is_secret]
    dialog = form.window()
    title = dialog.windowTitle() if dialog is not window else _title(form)
    return Draft(
        about=form.about,
        title=title,
        kept_at=session.clock().now().isoformat(timespec="seconds"),
        area=area,
        where={name: value for name, value in where.items() if isinstance(value, int | str)},
        typed={each.name: each.state() for each in changed},
        said=[(each.title or each.name, each.shown()) for each in changed if each.shown()],
    )


def _title(form: Form) -> str:
    """The title of the card in which a form stands."""
    at = form.parentWidget()
    while at is not None and not isinstance(at, Card):
        at = at.parentWidget()
    return "" if at is None else at.title.text()


def _read(content: str) -> list[Draft]:
    """The drafts of a content; none of one that another Konak has written otherwise."""
    with suppress(ValueError, TypeError, KeyError):
        return [Draft(**each) for each in json.loads(content or "[]")]
    return []
