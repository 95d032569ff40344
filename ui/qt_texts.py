"""The words of Qt's own parts in our languages: the menu of a line, the dialogs for files and for printing."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTranslator

from models.text import N_
from ui.language import tr

_WORDS: Mapping[str, str] = {
    # The menu of a line or a box
    "&Undo": N_("Undo"),
    "&Redo": N_("Redo"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
    # Buttons
    "OK": N_("OK"),
    "&OK": N_("OK"),
    "Cancel": N_("Cancel"),
    "&Cancel": N_("Cancel"),
    "Save": N_("Save"),
    "&Save": N_("Save"),
    "Open": N_("Open it"),
    "&Open": N_("Open it"),
    "&Choose": N_("Choose"),
    "&Yes": N_("Yes"),
    "&No": N_("No"),
    "Close": N_("Close"),
    # The dialog for files
    "&Look in:": N_("Folder:"),
    "Directory:": N_("Folder:"),
    "File &name:": N_("Name of the file:"),
    "Files of &type:": N_("Kind of file:"),
    "All Files (*)": N_("All files (*)"),
    "Files": N_("Files"),
    "Folder": N_("Folder"),
    "Drive": N_("Disk"),
    "List of places and bookmarks": N_("Places"),
    "Back": N_("Back"),
    "Forward": N_("Forward"),
    "Parent Directory": N_("Folder above"),
    "Create New Folder": N_("Make a new folder"),
    "Create a New Folder": N_("Make a new folder"),
    "&New Folder": N_("Make a new folder"),
    "New Folder": N_("New folder"),
    "List View": N_("As a list"),
    "Change to list view mode": N_("As a list"),
    "Detail View": N_("With size and date"),
    "Change to detail view mode": N_("With size and date"),
    "Go back": N_("Back"),
    "Go forward": N_("Forward"),
    "Go to the parent directory": N_("Folder above"),
    "&Rename": N_("Rename"),
    "&Delete": N_("Delete"),
    "Show &hidden files": N_("Show hidden files"),
    "Computer": N_("Computer"),
    "My Computer": N_("Computer"),
    "Sidebar": N_("Places"),
    "Name": N_("Name of the file"),
    "Size": N_("Size"),
    "Type": N_("Kind"),
    "Date Modified": N_("Changed on"),
    # The dialog for printing
    "Print": N_("Print"),
    "&Print": N_("Print"),
    "Printer": N_("Printer"),
    "&Name:": N_("Name:"),
    "P&roperties": N_("Settings"),
    "Location:": N_("Place:"),
    "Preview": N_("Preview"),
    "Type:": N_("Kind:"),
    "Output &file:": N_("File:"),
    "Print to File (PDF)": N_("To a PDF file"),
    "Print range": N_("What is printed"),
    "Print all": N_("All pages"),
    "Pages from": N_("Pages from"),
    "to": N_("up to page"),
    "Pages": N_("Pages"),
    "Current Page": N_("This page"),
    "Selection": N_("What is selected"),
    "Output Settings": N_("How it is printed"),
    "Copies": N_("Copies"),
    "Copies:": N_("Copies:"),
    "Collate": N_("Sorted"),
    "Reverse": N_("Last page first"),
    "Options": N_("More settings"),
    "&Options >>": N_("More settings"),
    "&Options <<": N_("Fewer settings"),
    "Color Mode": N_("Colour"),
    "Color": N_("In colour"),
    "Grayscale": N_("In grey"),
    "Duplex Printing": N_("Both sides of the paper"),
    "None": N_("One side"),
    "Long side": N_("Turned on the long side"),
    "Short side": N_("Turned on the short side"),
}

_PARTS = (
    "QLineEdit",
    "QWidgetTextControl",
    "QPlatformTheme",
    "QDialogButtonBox",
    "QFile",
    "QPrint",
    "QSidebar",
    "QAbstractFile",
)


class QtWords(QTranslator):
    """Gives Qt's own parts our words; in English they keep theirs."""

    def __init__(self, parent: QObject) -> None:
        """It speaks the language of the screen, whichever that is by then."""
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """There is something in it."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - as Qt has it
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Our word for a text of Qt; the text itself where we have none."""
        own = _WORDS.get(sourceText) if context.startswith(_PARTS) else None
        return sourceText if own is None or tr().language == "en" else tr()(own)
