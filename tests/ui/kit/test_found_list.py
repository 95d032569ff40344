"""The list below the search box: it says what was found last, and costs the page beneath it nothing at each key."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import activate
from ui.kit import search, table_cells
from ui.kit.columns import Cell
from ui.kit.search import Found, SearchLine
from ui.kit.theme import Theme


class Beneath(QWidget):
    """A red page that counts how often it is painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - as Qt calls it
        self.painted += 1
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor("red"))
        painter.end()


@pytest.fixture
def page(qtbot: QtBot) -> Beneath:
    """The page with a line on it, whose list is open with twelve names."""
    made = Beneath()
    made.resize(600, 500)
    line = SearchLine([], name="Find")
    line.setParent(made)
    line.setGeometry(20, 20, 400, 30)
    qtbot.addWidget(made)
    made.show()
    activate(qtbot, made)
    line.setFocus()
    show(line, names(12))
    return made


def names(count: int, word: str = "Ahmadzai") -> list[Found]:
    return [Found(number, f"{word} {number}", f"K-{number:04}") for number in range(count)]


def show(line: SearchLine, found: Sequence[Found]) -> None:
    line.popup.show_found(found, "Nothing")
    for _ in range(3):
        QApplication.processEvents()


def listed(line: SearchLine) -> list[str]:
    rows = line.popup.list
    return [rows.item(row).text() for row in range(rows.count())]


def test_the_list_holds_what_was_found_last_whether_that_is_more_or_less(page: Beneath) -> None:
    line = page.findChild(SearchLine)
    assert isinstance(line, SearchLine)
    for count in (12, 3, 7, 0, 1):
        show(line, names(count, f"Noori {count}"))
        assert listed(line) == [f"Noori {count} {number} K-{number:04}" for number in range(count)]
        current = line.popup.current()
        assert (current.value if current else None) == (0 if count else None)
        assert line.popup.word.isVisible() == (count == 0)


def test_the_page_beneath_is_not_painted_again_when_other_names_come(qtbot: QtBot, page: Beneath) -> None:
    line = page.findChild(SearchLine)
    assert isinstance(line, SearchLine)
    before = page.painted
    show(line, names(12, "Noori"))
    assert page.painted == before
    ground = page.grab().toImage().pixelColor(line.popup.mapTo(page, QPoint(300, 60)))
    assert ground == QColor(Theme.tokens().surface)


def test_a_list_that_shows_the_same_people_as_before_is_not_painted(
    page: Beneath, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = page.findChild(SearchLine)
    assert isinstance(line, SearchLine)
    painted: list[str] = []

    def note(_painter: QPainter, _room: QRect, cell: Cell, _font: QFont, **_more: object) -> int:
        painted.append(cell.text)
        return 0

    monkeypatch.setattr(search, "write_cell", note)
    show(line, names(12))
    assert painted == []
    show(line, [*names(12)[:4], Found(99, "Noori, Zahra", "K-0099")])
    assert "Noori, Zahra" in painted


def test_signs_that_keep_a_text_from_turning_the_line_are_written_only_where_it_could(
    monkeypatch: pytest.MonkeyPatch, page: Beneath
) -> None:
    written: list[str] = []
    monkeypatch.setattr(table_cells, "write", lambda _painter, _room, text, *_more: written.append(text))
    picture = QPixmap(400, 30)
    painter = QPainter(picture)
    for text in ("Đorđević, Ана", "Khan گل", "כהן", "12 / 3"):
        table_cells.write_cell(painter, QRect(0, 0, 400, 30), Cell(text), page.font())
    painter.end()
    assert written == ["Đorđević, Ана", "\u2068Khan گل\u2069", "\u2068כהן\u2069", "12 / 3"]


@pytest.mark.parametrize("name", ["Noori", "Noori, " + "Mohammad " * 30])
@pytest.mark.parametrize("other", [Found(1, "", "K-0002", "Room 4"), Found(1, "", "K-0001", "Room 5")])
def test_the_number_and_the_room_of_who_was_found_are_read_however_long_the_name_is(
    page: Beneath, name: str, other: Found
) -> None:
    line = page.findChild(SearchLine)
    assert isinstance(line, SearchLine)
    pictures = []
    for note, detail in (("K-0001", "Room 4"), (other.note, other.detail)):
        show(line, [Found(0, "Nobody"), Found(1, name, note, detail)])
        rows = line.popup.list
        pictures.append(rows.viewport().grab(rows.visualItemRect(rows.item(1))).toImage())
    assert pictures[0] != pictures[1]
