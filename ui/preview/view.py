"""Shows a paper before it is printed: its pages large and small, with a box that finds words in them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.flow import Flow
from ui.kit.labels import Button, Text
from ui.kit.layout import Empty, column, held, row
from ui.kit.theme import Theme
from ui.language import _, tr
from ui.preview.finding import Finding

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

    from ui.preview.thumbnails import Thumbnails

_SMALLEST, _LARGEST, _STEP = 0.2, 6.0, 1.2


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
        self.thumbnails: Thumbnails | None = None
        self.page, self.size_ = Text("", "note"), Text("", "note")
        self.previous = _sign("◂", _("Page before"), lambda: self.turn(-1), _("Page before (Page up)"))
        self.next = _sign("▸", _("Next page"), lambda: self.turn(1), _("Next page (Page down)"))
        self.smaller = _sign("−", _("Smaller"), lambda: self.zoom(1 / _STEP), _("Smaller (Ctrl+-)"))
        self.larger = _sign("+", _("Larger"), lambda: self.zoom(_STEP), _("Larger (Ctrl++)"))
        self.whole = Button(_("Whole page"), self.fit_page)
        self.wide = Button(_("Full width"), self.fit_width)
        self.pages_button = Button(_("Pages"), self._show_thumbnails, hint=_("Shows all pages small, at the left"))
        self.pages_button.setCheckable(True)
        self.finding = Finding(self._go_to_found)
        turning = (self.pages_button, self.previous, self.next, self.page)
        sizing = (self.smaller, self.larger, self.size_, self.whole, self.wide)
        self._bar = held(Flow((*turning, *sizing, self.finding.bar), gap=6))
        self._stack = QStackedWidget()
        self._stack.addWidget(Empty(empty or _("There is nothing to preview yet")))
        self._beside = row(gap=8)
        self._beside.addWidget(self._stack, 1)
        self.setLayout(column((held(self._beside), 1), self._bar, gap=8))
        self._bar.setVisible(False)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, deed in (
            (QKeySequence.StandardKey.ZoomIn, self.larger.click),
            (QKeySequence.StandardKey.ZoomOut, self.smaller.click),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(deed)

    @property
    def pages(self) -> int:
        """How many pages the paper has."""
        return 0 if self._document is None else self._document.pageCount()

    @property
    def at(self) -> int:
        """The page that is looked at, from 0."""
        return 0 if self._view is None else self._view.pageNavigator().currentPage()

    def show_bytes(self, data: bytes) -> None:
        """Show a paper that is in memory: nothing of it is written to disk."""
        view, document = self._ready()
        self._close(document)
        buffer = QBuffer(self)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        old, self._buffer = self._buffer, buffer
        if old is not None:
            old.deleteLater()
        self._stack.setCurrentWidget(view)
        self._bar.setVisible(True)
        many = self.pages > 1
        for each in (self.pages_button, self.previous, self.next):
            each.setVisible(many)
        self._show_thumbnails()
        self.finding.begin(document)
        self.go_to(0)
        self._say_size()

    def clear(self) -> None:
        """Show no paper."""
        if self._document is not None:
            self._close(self._document)
        self._stack.setCurrentIndex(0)
        self._bar.setVisible(False)

    def turn(self, by: int) -> None:
        """Go some pages on or back."""
        self.go_to(min(max(self.at + by, 0), self.pages - 1))

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
            self._view.setZoomFactor(min(max(self._view.zoomFactor() * by, _SMALLEST), _LARGEST))
            self._say_size()

    def fit_width(self) -> None:
        """As wide as there is room."""
        if self._view is not None:
            self._view.setZoomMode(type(self._view).ZoomMode.FitToWidth)
            self._say_size()

    def fit_page(self) -> None:
        """The whole page at once."""
        if self._view is not None:
            self._view.setZoomMode(type(self._view).ZoomMode.FitInView)
            self._say_size()

    def changeEvent(self, event: QEvent) -> None:
        """The backdrop follows the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._view is not None:
            self._paint_backdrop()

    def _close(self, document: "QPdfDocument") -> None:
        self.finding.end()
        if self.thumbnails is not None:
            self.thumbnails.end()
        document.close()

    def _show_thumbnails(self) -> None:
        wanted = self.pages_button.isChecked() and self.pages > 1
        if wanted and self._document is not None:
            if self.thumbnails is None:
                from ui.preview.thumbnails import Thumbnails

                self.thumbnails = Thumbnails(self._document)
                self.thumbnails.chosen.connect(self.go_to)
                self._beside.insertWidget(0, self.thumbnails)
            self.thumbnails.begin(self.at)
        if self.thumbnails is not None:
            self.thumbnails.setVisible(wanted)

    def _go_to_found(self, page: int, place: QPointF, number: int) -> None:
        if self._view is not None:
            self._view.setCurrentSearchResultIndex(number)
            self._view.pageNavigator().jump(page, place, 0)
            self._say_page()

    def _paint_backdrop(self) -> None:
        """QtPdf takes its backdrop from the palette, not from the style sheet."""
        if self._view is not None:
            palette = self._view.palette()
            backdrop = QColor(Theme.tokens().backdrop)
            if palette.color(QPalette.ColorRole.Dark) != backdrop:
                palette.setColor(QPalette.ColorRole.Dark, backdrop)
                self._view.setPalette(palette)

    def _factor(self) -> float:
        """How large the page is shown, where 1 is as large as on paper."""
        if self._view is None or self._document is None or not self.pages:
            return 1.0
        mode, modes = self._view.zoomMode(), type(self._view).ZoomMode
        if mode is modes.Custom:
            return float(self._view.zoomFactor())
        points, inch = self._document.pagePointSize(self.at), self._view.logicalDpiX() / 72.0
        margins, room = self._view.documentMargins(), self._view.viewport().size()
        wide = (room.width() - margins.left() - margins.right()) / (points.width() * inch)
        high = (room.height() - self._view.pageSpacing()) / (points.height() * inch)
        return float(wide if mode is modes.FitToWidth else min(wide, high))

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
            self._view.setSearchModel(self.finding.model(self))
            self._paint_backdrop()
            self._view.pageNavigator().currentPageChanged.connect(lambda _page: self._say_page())
            self._stack.addWidget(self._view)
        return self._view, self._document

    def _say_page(self) -> None:
        at = self.at
        self.page.setText(_("Page {n} of {all}", n=at + 1, all=self.pages))
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at < self.pages - 1)
        if self.thumbnails is not None:
            self.thumbnails.mark(at)

    def _say_size(self) -> None:
        self.size_.setText(_("{n} %", n=tr().number(round(100 * self._factor()))))


def _sign(sign: str, name: str, do: Callable[[], object], hint: str) -> Button:
    made = Button(sign, do, hint=hint)
    made.setAccessibleName(name)
    return made
