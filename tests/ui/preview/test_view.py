"""The preview: pages large and small, and words that are found in them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.audit import complaints
from tests.ui.conftest import press
from tests.ui.preview.test_queues import paper
from ui.preview.thumbnails import Thumbnails
from ui.preview.view import PdfView


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    made = PdfView("Preview of the report")
    qtbot.addWidget(made)
    made.resize(700, 760)
    made.show()
    return made


def test_a_paper_is_previewed_page_by_page_without_a_file(view: PdfView, qtbot: QtBot) -> None:
    assert view.pages == 0
    view.show_bytes(paper(3))
    assert view.pages == 3
    assert view.page.text() == "Page 1 of 3"
    assert not view.previous.isEnabled()
    view.turn(1)
    view.turn(5)
    qtbot.waitUntil(lambda: view.page.text() == "Page 3 of 3")
    view.show_bytes(paper(1))
    assert view.page.text() == "Page 1 of 1"
    assert not view.next.isVisible()
    assert not view.pages_button.isVisible(), "one page has no others"
    assert complaints(view) == []
    view.clear()


def test_it_says_how_large_a_page_is_shown(view: PdfView) -> None:
    view.show_bytes(paper(3))

    def said() -> int:
        return int(view.size_.text().split()[0])

    whole = said()
    view.fit_width()
    wide = said()
    assert wide > whole
    view.larger.click()
    assert said() == pytest.approx(wide * 1.2, abs=2)
    view.smaller.click()
    assert said() == pytest.approx(wide, abs=2)
    for _again in range(30):
        view.larger.click()
    assert said() == 600
    view.whole.click()
    assert said() == whole


def test_all_pages_stand_small_beside_it_and_a_choice_goes_to_one(view: PdfView, qtbot: QtBot) -> None:
    view.show_bytes(paper(40))
    view.pages_button.click()
    small = view.thumbnails
    assert isinstance(small, Thumbnails)
    assert small.isVisible()
    assert small.model().rowCount() == 40
    drawn = small.model().index(0, 0)

    def has_ink() -> bool:
        picture = drawn.data(Qt.ItemDataRole.DecorationRole)
        assert isinstance(picture, QPixmap)
        image = picture.toImage()
        points = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
        return any(QColor(image.pixel(x, y)).lightness() < 200 for x, y in points)

    qtbot.waitUntil(has_ink)
    far = small.model().index(39, 0)
    small.setCurrentIndex(far)
    qtbot.waitUntil(lambda: view.page.text() == "Page 40 of 40")
    view.previous.click()
    qtbot.waitUntil(lambda: small.currentIndex().row() == 38)
    press(small, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: view.page.text() == "Page 38 of 40")
    assert complaints(view) == []
    view.show_bytes(paper(2))
    assert small.model().rowCount() == 2
    view.pages_button.click()
    assert not small.isVisible()


def test_words_are_found_one_place_after_the_other_and_around(view: PdfView, qtbot: QtBot) -> None:
    view.show_bytes(paper(12))
    box = view.finding.box
    QTest.keyClicks(box, "sheet 1")
    qtbot.waitUntil(lambda: view.finding.count.text() == "1 of 4")
    assert view.page.text() == "Page 1 of 12"
    press(box, Qt.Key.Key_Return)
    assert view.finding.count.text() == "2 of 4"
    qtbot.waitUntil(lambda: view.page.text() == "Page 10 of 12")
    view.finding.before.click()
    view.finding.before.click()
    assert view.finding.count.text() == "4 of 4"
    qtbot.waitUntil(lambda: view.page.text() == "Page 12 of 12")
    view.finding.after.click()
    assert view.finding.count.text() == "1 of 4"
    box.setText("nowhere")
    qtbot.waitUntil(lambda: view.finding.count.text() == "not found")
    assert not view.finding.after.isEnabled()
    box.setText("Sheet 2")
    view.show_bytes(paper(2))
    qtbot.waitUntil(lambda: view.finding.count.text() == "1 of 1")
    assert view.page.text() == "Page 2 of 2"
    box.clear()
    assert not view.finding.count.isVisible()
