"""The list of keys, for whoever works without the mouse."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui.kit.labels import Button, Text
from ui.kit.layout import column, held, row
from ui.language import _
from ui.scrolled import Scrolled


class KeysDialog(QDialog):
    """Keys and what they do."""

    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
        """Show the list."""
        super().__init__(parent.window())
        self.setWindowTitle(_("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        for at, (key, command) in enumerate(keys):
            grid.addWidget(Text(key, "strong"), at, 0)
            grid.addWidget(Text(command), at, 1)
        close = Button(_("Close"), self.accept)
        close.setDefault(True)
        area = Scrolled(held(grid), sideways=False)
        area.setMinimumWidth(grid.sizeHint().width() + area.verticalScrollBar().sizeHint().width())
        self.setLayout(column(Text(_("Keys"), "title"), (area, 1), row(None, close), gap=12, margins=20))
        room = self.screen().availableGeometry().height() - 80
        self.resize(self.sizeHint().width(), min(room, grid.sizeHint().height() + 140))


def show_keys(parent: QWidget, keys: Sequence[tuple[str, str]]) -> KeysDialog:
    """Show the list of keys in front of a window."""
    dialog = KeysDialog(parent, keys)
    dialog.open()
    return dialog
