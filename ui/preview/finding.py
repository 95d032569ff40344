"""The box that finds words in a paper, with the way from one place to the next."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPointF

from ui.kit.labels import Button, Text
from ui.kit.layout import held, row
from ui.kit.search import FindBox
from ui.language import _, tr

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument, QPdfSearchModel


class Finding:
    """Looks through the paper that is shown; where each place is, the view is told."""

    def __init__(self, go: Callable[[int, QPointF, int], None]) -> None:
        """Make its parts; `go` is given the page from 0, the place on it, and the number of what was found, from 0."""
        self._go = go
        self._model: QPdfSearchModel | None = None
        self._at = -1
        self.box = FindBox(_("Find in the paper"))
        self.box.textChanged.connect(self._seek)
        self.box.left.connect(lambda: self.step(1))
        self.before = Button("▴", lambda: self.step(-1), hint=_("The place before"))
        self.after = Button("▾", lambda: self.step(1), hint=_("The next place (Enter)"))
        self.before.setAccessibleName(_("The place before"))
        self.after.setAccessibleName(_("The next place"))
        self.count = Text("", "note")
        self.bar = held(row(self.box, self.before, self.after, self.count, gap=6))
        self._say()

    def model(self, parent: QObject) -> "QPdfSearchModel":
        """What seeks, page by page while the window goes on."""
        from PySide6.QtPdf import QPdfSearchModel

        if self._model is None:
            self._model = QPdfSearchModel(parent)
            self._model.countChanged.connect(self._found)
        return self._model

    def begin(self, document: "QPdfDocument") -> None:
        """Look through another paper, for what stands in the box."""
        if self._model is not None:
            self._model.setDocument(document)
            self._seek(self.box.text())

    def end(self) -> None:
        """Look through nothing: the paper is about to go."""
        if self._model is not None:
            self._model.setSearchString("")
        self._at = -1

    def step(self, by: int) -> None:
        """Go to the next place, or to the one before; after the last one comes the first."""
        count = self._count()
        if not count or self._model is None:
            return
        self._at = (max(self._at, 0 if by < 0 else -1) + by) % count
        found = self._model.resultAtIndex(self._at)
        self._go(found.page(), found.location(), self._at)
        self._say()

    def _seek(self, text: str) -> None:
        self._at = -1
        if self._model is not None:
            self._model.setSearchString(text.strip())
        self._say()

    def _found(self) -> None:
        """Show the first place as soon as there is one; the others come in while one looks at it."""
        if self._at < 0 and self._count():
            self.step(1)
        self._say()

    def _count(self) -> int:
        return 0 if self._model is None else self._model.rowCount(QModelIndex())

    def _say(self) -> None:
        count, text = self._count(), self.box.text().strip()
        numbers = tr().number(max(self._at, 0) + 1), tr().number(count)
        said = _("{n} of {all}", n=numbers[0], all=numbers[1]) if count else _("not found") if text else ""
        self.count.setText(said)
        self.count.setVisible(bool(said))
        for each in (self.before, self.after):
            each.setEnabled(count > 1)
