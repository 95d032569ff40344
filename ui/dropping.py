"""Files that are dropped: the window takes those that it knows, and no line writes where they lie."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class Line(QLineEdit):
    """A line in which one types; a file that is dropped on it is for the window."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take text alone: Qt would write the address of a file, and take the file from where it lies."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


class Lines(QPlainTextEdit):
    """Several lines, as of `Line`."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """As of `Line`."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


def file_of(event: QDropEvent, takes: Collection[str]) -> Path | None:
    """The one file that is dragged; None where it is none that is taken.

    Args:
        event: Of the drag.
        takes: The endings of what is taken, in small letters.
    """
    urls = event.mimeData().urls()
    can_be_copied = bool(event.possibleActions() & Qt.DropAction.CopyAction)
    if len(urls) != 1 or not urls[0].isLocalFile() or not can_be_copied:
        return None
    file = Path(urls[0].toLocalFile())
    return file if file.suffix.lower() in takes and file.is_file() else None


def take(event: QDropEvent) -> None:
    """Take what is dragged as a copy: whoever is told that a file was moved may delete it where it lay."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
