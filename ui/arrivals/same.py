"""Who the person may be already, inside the form of an arrival: shown before saving, and a person decides."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from models.ids import ResidentId
from models.queries.candidates import AlikeRow
from ui.kit.labels import LinkButton, Text
from ui.kit.layout import clear, column, held, row
from ui.language import _, isolated
from ui.presentation import alike_head, name_of, reasons_of


class SamePeople(QFrame):
    """Possible duplicates, each with a way to say that it is the same person."""

    chosen = Signal(object)
    """The row of the same person; None where it is nobody of them."""

    def __init__(self) -> None:
        """Begin with nobody."""
        super().__init__()
        self.setProperty("role", "says")
        self._lines = column(gap=6)
        self.setLayout(column(Text(_("Perhaps known already"), "strong"), self._lines, gap=6, margins=(10, 8, 10, 8)))
        self.has_rows = False

    def show_rows(self, found: Sequence[AlikeRow], *, chosen: ResidentId | None) -> None:
        """Show who it may be.

        Args:
            found: The rows.
            chosen: The resident of whom somebody said that it is the same person.
        """
        clear(self._lines)
        self.has_rows = bool(found)
        for each in found:
            self._lines.addWidget(self._line(each, chosen=chosen is not None and each.resident_id == chosen))

    def _line(self, found: AlikeRow, *, chosen: bool) -> QWidget:
        name = isolated(name_of(found, found.where))
        said = Text(f"{alike_head(found)}\n{reasons_of(found)}", "body", wrap=True)
        if not found.can_arrive:  # if it is the same person, there is no arrival
            return said
        link = LinkButton(
            _("Not the same person") if chosen else _("This is the same person"),
            lambda: self.chosen.emit(None if chosen else found),
        )
        link.setAccessibleName(_("{command}: {what}", command=link.text(), what=name))
        return held(row((said, 1), link, gap=10))
