"""Asks for what is sealed, and shows what was, for as long as somebody looks at it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.errors import Refused
from models.rules.people import check_can_seal
from models.text import Message
from ui import prompts, work
from ui.forgetting import ForgettingLines
from ui.kit.field import Field
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import column, row
from ui.kit.tokens import px
from ui.language import _, say


class SealedText(ForgettingLines):
    """A text to be read, that knows what of it was copied."""

    def __init__(self, text: str) -> None:
        """Show it."""
        super().__init__(text)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)


class OpenedDialog(QDialog):
    """A sealed text, opened. Nothing of it stays when the dialog is closed, and none of it is kept anywhere.

    When the window is locked it is closed: whoever comes back opens the text anew, which is another entry.
    """

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        """Lay it out; show it with `open`."""
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("secret", "sealed")
        self.said = SealedText(text or _("Nothing is written there."))
        self.said.setAccessibleName(title)
        self.said.setMinimumSize(px(520), px(160))
        close = Button(_("Close"), self.accept, kind="primary")
        note = Text(_("That you have opened this stands in the trail, with your name."), "note", wrap=True)
        self.setLayout(
            column(Text(title, "cardTitle", wrap=True), self.said, note, row(None, close), gap=10, margins=20)
        )


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


def enter_note(owner: QWidget, action: Callable[..., Any], *asked: Field[Any], **values: object) -> None:
    """Ask for a note that is sealed as soon as it is entered.

    Args:
        owner: Where it is asked.
        action: Takes the note as `text`.
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
        undoes=_("It cannot be changed afterwards. A later note says what is different."),
    ).open()


def show_opened(parent: QWidget, title: str, text: str) -> None:
    """Show a sealed text that was just opened."""
    OpenedDialog(parent, title, text).open()
