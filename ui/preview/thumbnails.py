"""All pages of a paper small, one below the other; QtPdf draws them in a thread of its own, as they come into sight."""

from collections import OrderedDict

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractItemView, QListView

from ui.kit.tokens import px
from ui.language import _

_WIDE = 84
_KEPT = 300
"""Pages that are kept drawn: more than any screen shows, and no more than some megabytes."""


class _Pages(QAbstractListModel):
    """The pages, each with its number and its picture as soon as that is drawn."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._document = document
        self._count = 0
        self._drawn: OrderedDict[int, QPixmap] = OrderedDict()
        self._asked: set[int] = set()
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(document)
        self._renderer.pageRendered.connect(self._take)

    def begin(self) -> None:
        """Show the pages of the paper as it is now."""
        self.beginResetModel()
        self._drawn.clear()
        self._asked.clear()
        self._count = self._document.pageCount()
        self.endResetModel()

    def end(self) -> None:
        """Show none."""
        self.beginResetModel()
        self._drawn.clear()
        self._asked.clear()
        self._count = 0
        self.endResetModel()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not self._count

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many pages there are."""
        return 0 if parent.isValid() else self._count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The number of a page, what it is called, its picture."""
        page = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Page {n} of {all}", n=page + 1, all=self._count)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(page)
        return None

    def size_of(self, page: int) -> QSize:
        """How large a page is drawn, in pixels of the window."""
        points = self._document.pagePointSize(page)
        wide = px(_WIDE)
        return QSize(wide, max(1, round(wide * points.height() / max(points.width(), 1))))

    def _picture(self, page: int) -> QPixmap:
        found = self._drawn.get(page)
        if found is not None:
            self._drawn.move_to_end(page)
            return found
        if page not in self._asked:
            self._asked.add(page)
            self._renderer.requestPage(page, self.size_of(page) * 2)
        blank = QPixmap(self.size_of(page))
        blank.fill(Qt.GlobalColor.white)
        return blank

    def _take(self, page: int, _size: QSize, image: QImage) -> None:
        if page not in self._asked or page >= self._count:
            return
        self._asked.discard(page)
        drawn = QPixmap.fromImage(_on_white(image))
        drawn.setDevicePixelRatio(2)
        self._drawn[page] = drawn
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        at = self.index(page)
        self.dataChanged.emit(at, at, [Qt.ItemDataRole.DecorationRole])


class Thumbnails(QListView):
    """The pages small; the one that is looked at is marked, and a choice goes to another."""

    chosen = Signal(int)
    """The page that is wanted, from 0."""

    def __init__(self, document: QPdfDocument) -> None:
        """List the pages of a document, whatever it has loaded."""
        super().__init__()
        self._pages = _Pages(document)
        self.setModel(self._pages)
        self.setProperty("role", "thumbnails")
        self.setAccessibleName(_("All pages of the paper"))
        self.setSpacing(6)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._choose)
        self._marks = False

    def begin(self, page: int) -> None:
        """Show the pages of the paper as it is now, at one of them."""
        if self._pages.is_empty:
            self._pages.begin()
            size = self._pages.size_of(0)
            self.setIconSize(size)
            grid = QSize(size.width() + px(16), size.height() + self.fontMetrics().height() + px(14))
            self.setGridSize(grid)
            self.setFixedWidth(grid.width() + self.verticalScrollBar().sizeHint().width() + 2 * self.spacing())
        self.mark(page)

    def end(self) -> None:
        """Show none."""
        self._pages.end()

    def mark(self, page: int) -> None:
        """Mark the page that is looked at, and bring it into sight."""
        at = self._pages.index(page)
        if at.isValid() and at != self.currentIndex():
            self._marks = True
            self.setCurrentIndex(at)
            self._marks = False
            self.scrollTo(at)

    def _choose(self, at: QModelIndex) -> None:
        if at.isValid() and not self._marks:
            self.chosen.emit(at.row())


def _on_white(image: QImage) -> QImage:
    """QtPdf draws on nothing; a paper is white."""
    whole = QImage(image.size(), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    painter = QPainter(whole)
    painter.drawImage(0, 0, image)
    painter.end()
    return whole
