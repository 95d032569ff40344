"""Asks for what is sealed, and shows what was, for as long as somebody looks at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.errors import Refused
from models.rules.people import check_can_seal
from models.store.declaring import Declared
from models.text import Message
from ui import prompts, work
from ui.forgetting import ForgettingLines
from ui.kit.field import Field
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import column, held, row
from ui.kit.tokens import px
from ui.kit.undoing import Undoes
from ui.language import _, say
from ui.scrolled import Scrolled

_WIDE, _LOW = 520, 110
"""How wide a text is, and how high one of several, in pixels."""


class SealedText(ForgettingLines):
    """A text to be read, that knows what of it was copied."""

    def __init__(self, text: str) -> None:
        """Show it."""
        super().__init__(text)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed text, opened.

    Attributes:
        text: What it says.
        about: Of what kind it is, and whose; empty where the title says it.
        deeds: What can be done about it: in words, what does it, and the action that is needed.
    """

    text: str
    about: str = ""
    deeds: Sequence[tuple[str, Callable[[], object], Declared]] = ()


class OpenedDialog(QDialog):
    """A sealed text, opened. Nothing of it stays when the dialog is closed, and none of it is kept anywhere.

    When the window is locked it is closed: whoever comes back opens the text anew, which is another entry.
    """

    def __init__(self, parent: QWidget, title: str, *parts: Opened) -> None:
        """Lay it out; show it with `open`.

        Args:
            parent: The page.
            title: What was opened.
            parts: The texts, each with what can be done about it.
        """
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("secret", "sealed")
        several = len(parts) > 1
        self.said = [self._text(part, title, low=several) for part in parts]
        texts = column(gap=10)
        for part, said in zip(parts, self.said, strict=True):
            if part.about:
                texts.addWidget(Text(part.about, "note", wrap=True))
            texts.addWidget(said, 0 if several else 1)
            if part.deeds:
                texts.addLayout(row(*(self._link(*deed) for deed in part.deeds), None, gap=14))
        close = Button(_("Close"), self.accept, kind="primary")
        note = Text(_("That you have opened this stands in the trail, with your name."), "note", wrap=True)
        shown = Scrolled(held(texts), sideways=False) if several else held(texts)
        if several:
            shown.setMinimumSize(px(_WIDE + 20), px(min(len(parts), 3) * (_LOW + 70)))
        self.setLayout(
            column(Text(title, "cardTitle", wrap=True), (shown, 1), note, row(None, close), gap=10, margins=20)
        )

    def _text(self, part: Opened, title: str, *, low: bool) -> SealedText:
        said = SealedText(part.text or _("Nothing is written there."))
        said.setAccessibleName(title)
        if low:
            said.setFixedHeight(px(_LOW))
        else:
            said.setMinimumSize(px(_WIDE), px(160))
        return said

    def _link(self, text: str, deed: Callable[[], object], needs: Declared) -> LinkButton:
        """A link that closes this first: what is opened here stays open behind no form."""

        def close_and_do() -> None:
            self.accept()
            deed()

        return LinkButton(text, close_and_do, needs=needs)


def cannot_seal() -> Message | None:
    """Why nothing can be sealed yet, and what to do; None where somebody can read it. To be said before it is typed."""
    try:
        check_can_seal(work.worker().register.facility.has_holder)
    except Refused as refused:
        return refused.message
    return None


def tells_that_nothing_can_be_sealed(owner: QWidget) -> bool:
    """Say why nothing can be sealed, where that is so."""
    why = cannot_seal()
    if why is not None:
        prompts.tell(owner, _("Nothing can be sealed yet"), say(why))
    return why is not None


def enter_note(
    owner: QWidget, action: Callable[..., Any], undoes: Undoes, *asked: Field[Any], **values: object
) -> None:
    """Ask for a note that is sealed as soon as it is entered.

    Args:
        owner: Where it is asked.
        action: Takes the note as `text`.
        undoes: What takes it back.
        asked: What is asked before it.
        values: What else the action is given.
    """
    if tells_that_nothing_can_be_sealed(owner):
        return
    FormDialog(
        owner,
        _("Enter a sealed note"),
        [*asked, LongTextField("text", _("Note"), required=True, lines=8, sealed=True)],
        action,
        values=values,
        submit=_("Enter and seal"),
        done=_("The note was sealed."),
        undoes=undoes,
    ).open()


def show_opened(parent: QWidget, title: str, *said: str | Opened) -> None:
    """Show sealed texts that were just opened."""
    parts = [Opened(each) if isinstance(each, str) else each for each in said] or [Opened("")]
    OpenedDialog(parent, title, *parts).open()
