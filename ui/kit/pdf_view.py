"""Shows a paper before it is printed: page by page, as wide as there is room."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.flow import Flow
from ui.kit.labels import Button, Text
from ui.kit.layout import Empty, column, held
from ui.kit.theme import Theme
from ui.language import _

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView


class PdfView(QWidget):
    """A preview. QtPdf is loaded when the first paper is shown."""

    def __init__(self, name: str, empty: str = "") -> None:
        """Begin without a paper.

        Args:
            name: What it previews, for those who cannot see it.
            empty: What stands there before there is a paper.
        """
        super().__init__()
        self._name = name
        self._buffer: QBuffer | None = None
        self._document: QPdfDocument | None = None
        self._view: QPdfView | None = None
        self.page = Text("", "note")
        self.previous = _sign("◂", _("Page before"), lambda: self.turn(-1), _("Page before (Page up)"))
        self.next = _sign("▸", _("Next page"), lambda: self.turn(1), _("Next page (Page down)"))
        self.smaller = _sign("−", _("Smaller"), lambda: self.zoom(1 / 1.2), _("Smaller (Ctrl+-)"))
        self.larger = _sign("+", _("Larger"), lambda: self.zoom(1.2), _("Larger (Ctrl++)"))
        self.whole = Button(_("Whole page"), self.fit_page)
        self.wide = Button(_("Full width"), self.fit_width)
        self._bar = held(
            Flow((self.previous, self.next, self.page, self.smaller, self.larger, self.whole, self.wide), gap=6)
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(Empty(empty or _("There is nothing to preview yet")))
        self.setLayout(column(self._stack, self._bar, gap=8))
        self._bar.setVisible(False)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, button in (
            (QKeySequence.StandardKey.ZoomIn, self.larger),
            (QKeySequence.StandardKey.ZoomOut, self.smaller),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(button.click)

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return 0 if self._document is None else self._document.pageCount()

    def show_bytes(self, data: bytes) -> None:
        """Show a paper that is in memory: nothing of it is written to disk."""
        view, document = self._ready()
        document.close()
        buffer = QBuffer(self)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        old, self._buffer = self._buffer, buffer
        if old is not None:
            old.deleteLater()
        self._stack.setCurrentWidget(view)
        self._bar.setVisible(True)
        self.go_to(0)

    def clear(self) -> None:
        """Show no paper."""
        if self._document is not None:
            self._document.close()
        self._stack.setCurrentIndex(0)
        self._bar.setVisible(False)

    def turn(self, by: int) -> None:
        """Go some pages on or back."""
        if self._view is not None:
            at = self._view.pageNavigator().currentPage()
            self.go_to(min(max(at + by, 0), self.pages - 1))

    def go_to(self, page: int) -> None:
        """Go to a page, from 0."""
        if self._view is not None:
            self._view.pageNavigator().jump(page, QPointF(), 0)
            self._say_page()

    def zoom(self, by: float) -> None:
        """Make it larger or smaller."""
        if self._view is not None:
            mode = type(self._view).ZoomMode
            if self._view.zoomMode() is not mode.Custom:
                self._view.setZoomFactor(self._factor())
                self._view.setZoomMode(mode.Custom)
            self._view.setZoomFactor(min(max(self._view.zoomFactor() * by, 0.2), 6.0))

    def fit_width(self) -> None:
        """As wide as there is room."""
        if self._view is not None:
            self._view.setZoomMode(type(self._view).ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """The whole page at once."""
        if self._view is not None:
            self._view.setZoomMode(type(self._view).ZoomMode.FitInView)

    def changeEvent(self, event: QEvent) -> None:
        """The backdrop follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._view is not None:
            self._paint_backdrop()

    def _paint_backdrop(self) -> None:
        """QtPdf takes its backdrop from the palette, not from the style sheet."""
        if self._view is not None:
            palette = self._view.palette()
            backdrop = QColor(Theme.tokens().backdrop)
            if palette.color(QPalette.ColorRole.Dark) != backdrop:
                palette.setColor(QPalette.ColorRole.Dark, backdrop)
                self._view.setPalette(palette)

    def _factor(self) -> float:
        if self._view is None or self._document is None or not self.pages:
            return 1.0
        points = self._document.pagePointSize(0).width()
        return float(self._view.viewport().width() / (points * self._view.logicalDpiX() / 72.0))

    def _ready(self) -> tuple["QPdfView", "QPdfDocument"]:
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPdfWidgets import QPdfView

        if self._view is None or self._document is None:
            self._document = QPdfDocument(self)
            self._view = QPdfView(self)
            self._view.setProperty("role", "document")  # before its name, at which readers ask for it
            self._view.setAccessibleName(self._name)
            self._view.setDocument(self._document)
            self._view.setPageMode(QPdfView.PageMode.MultiPage)
            self._view.setZoomMode(QPdfView.ZoomMode.FitInView)
            self._paint_backdrop()
            self._view.pageNavigator().currentPageChanged.connect(lambda _page: self._say_page())
            self._stack.addWidget(self._view)
        return self._view, self._document

    def _say_page(self) -> None:
        at = 0 if self._view is None else self._view.pageNavigator().currentPage()
        self.page.setText(_("Page {n} of {all}", n=at + 1, all=self.pages))
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at < self.pages - 1)


def _sign(sign: str, name: str, do: Callable[[], object], hint: str) -> Button:
    made = Button(sign, do, hint=hint)
    made.setAccessibleName(name)
    return made
