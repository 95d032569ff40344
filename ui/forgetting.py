"""Lines of what is sealed or secret: what was copied from them is on no clipboard once they are gone."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication, QHideEvent

from ui.dropping import Lines
from ui.language import bare

_CLIPBOARDS = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ForgettingLines(Lines):
    """Several lines that know what of them was copied: what is typed there, and what is shown there to be read."""

    def __init__(self, text: str) -> None:
        """Show a text."""
        super().__init__(text)
        self._copied: set[str] = set()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied or cut, or only selected where the system keeps that too."""
        data = super().createMimeDataFromSelection()
        self._copied |= {data.text(), bare(data.text())}  # see `clipboard.keep_clean`
        return data

    def hideEvent(self, event: QHideEvent) -> None:
        """Take what was copied from here off the clipboard, unless it holds something else by now."""
        super().hideEvent(event)
        if event.spontaneous():  # it was minimised
            return
        clipboard = QGuiApplication.clipboard()
        for mode in _CLIPBOARDS:
            if clipboard.text(mode) in self._copied:
                clipboard.clear(mode)
