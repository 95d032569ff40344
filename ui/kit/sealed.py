"""Shows what was sealed, for as long as somebody looks at it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ui.kit.labels import Button, Text
from ui.kit.layout import column, row
from ui.language import _


class OpenedDialog(QDialog):
    """A sealed text, opened. Nothing of it stays when the dialog is closed, and none of it is kept anywhere."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        """Lay it out; show it with `open`."""
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.said = QPlainTextEdit(text or _("Nothing is written there."))
        self.said.setReadOnly(True)
        self.said.setTabChangesFocus(True)
        self.said.setAccessibleName(title)
        self.said.setMinimumSize(520, 160)
        close = Button(_("Close"), self.accept, kind="primary")
        note = Text(_("That you have opened this stands in the trail, with your name."), "note", wrap=True)
        self.setLayout(
            column(Text(title, "cardTitle", wrap=True), self.said, note, row(None, close), gap=10, margins=20)
        )


def show_opened(parent: QWidget, title: str, text: str) -> None:
    """Show a sealed text that was just opened."""
    OpenedDialog(parent, title, text).open()
