"""Where room is short: contents stand still beside a bar, rows go on in a second line, cut words are told."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.flow import Flow
from ui.kit.columns import Cell
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form
from ui.kit.labels import Button
from ui.kit.layout import column
from ui.kit.table_cells import CellDelegate
from ui.kit.tokens import MARGIN, USUAL_SIZE, set_text_size
from ui.kit.typed_fields import DateField, NumberField
from ui.language import set_language
from ui.qt_texts import QtWords
from ui.scrolled import Scrolled


def test_contents_stand_still_when_the_bar_comes_and_goes(qtbot: QtBot) -> None:
    tall = QWidget()
    inner = QWidget()
    inner.setLayout(column(tall, None, margins=MARGIN))
    area = Scrolled(inner)
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    tall.setFixedHeight(100)
    QApplication.processEvents()
    before = tall.width()
    tall.setFixedHeight(900)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    QApplication.processEvents()
    assert (before, tall.width()) == (400 - 2 * MARGIN, 400 - 2 * MARGIN)
    tall.setFixedHeight(100)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    QApplication.processEvents()
    assert tall.width() == before


def test_a_row_goes_on_in_a_second_line_and_never_overlaps(qtbot: QtBot) -> None:
    box = QLineEdit()
    box.setMaximumWidth(300)
    buttons: list[QWidget] = [Button("Nobody is left out here") for _each in range(4)]
    held = QWidget()
    held.setLayout(Flow([box, *buttons]))
    qtbot.addWidget(held)
    held.show()
    for width, least, most in ((1400, 1, 1), (500, 2, 4), (210, 5, 5)):
        held.resize(width, held.heightForWidth(width))
        QApplication.processEvents()
        places: list[QRect] = [each.geometry() for each in (box, *buttons)]
        assert least <= len({each.center().y() // 10 for each in places}) <= most
        assert all(each.right() <= width and each.bottom() < held.height() for each in places)
        assert not any(one.intersects(other) for at, one in enumerate(places) for other in places[at + 1 :])
    held.resize(1400, 60)
    QApplication.processEvents()
    assert box.width() == 300, "it takes what room is left, up to its most"


@pytest.mark.parametrize("percent", [100, 200])
def test_how_a_short_number_was_read_stands_beside_it_at_every_size_of_text(qtbot: QtBot, percent: int) -> None:
    set_text_size(percent)
    try:
        form = Form([NumberField("days", "Days", value=90)])
    finally:
        set_text_size(USUAL_SIZE)
    qtbot.addWidget(form)
    form.resize(900, 300)
    form.show()
    QApplication.processEvents()
    field = form["days"]
    assert isinstance(field, NumberField)
    assert field.reading.mapTo(form, QPoint(0, 0)).x() > field.edit.mapTo(form, field.edit.rect().topRight()).x()


def test_a_cell_tells_all_its_words_where_they_are_cut_off(qtbot: QtBot) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    delegate = CellDelegate(view)
    name = Cell("Urdaneta, José Gregorio", strong=True, muted="K-0464")
    assert delegate.tip(name, QRect(0, 0, 400, 31), view.font()) == []
    assert delegate.tip(name, QRect(0, 0, 150, 31), view.font()) == ["Urdaneta, José Gregorio K-0464"]
    why = Cell("A check is missing. And 2 more.", hint="A check is missing.\nAnother.")
    assert delegate.tip(why, QRect(0, 0, 400, 31), view.font()) == ["A check is missing.\nAnother."]


def test_the_parts_of_qt_speak_the_language_of_the_screen(qtbot: QtBot, qapp: QApplication) -> None:
    words = QtWords(qapp)
    qapp.installTranslator(words)
    try:
        line = QLineEdit()
        qtbot.addWidget(line)
        for language, copy, look in (
            ("en", "&Copy", "&Look in:"),
            ("sq", "Kopjo", "Dosja:"),
            ("sr", "Kopiraj", "Fascikla:"),
        ):
            set_language(language)
            menu = line.createStandardContextMenu()
            assert isinstance(menu, QMenu)
            assert copy in [each.text().split("\t")[0] for each in menu.findChildren(QAction)]
            menu.deleteLater()
            assert QCoreApplication.translate("QFileDialog", "&Look in:") == look
        assert QCoreApplication.translate("Anything", "&Copy") == "&Copy"
    finally:
        qapp.removeTranslator(words)


def test_the_few_that_must_be_filled_are_marked_and_the_sign_is_explained_and_said(qtbot: QtBot) -> None:
    name = TextField("name", "Name", required=True, hint="As in the passport.")
    sex = ChoiceField("sex", "Sex", [(1, "Female")])
    form = Form([name, sex])
    free = Form([TextField("note", "Note"), TextField("more", "More")])
    for each in (form, free):
        qtbot.addWidget(each)
        each.show()
    assert (name.label.text(), sex.label.text()) == ("Name\u00a0*", "Sex")
    assert name.edit.accessibleDescription() == "Must be filled in. As in the passport."
    name.show_error("Too long.")
    assert name.edit.accessibleDescription() == "Too long. Must be filled in. As in the passport."
    assert sex.combo.accessibleDescription() == ""
    said = [[each.text() for each in one.findChildren(QLabel) if each.isVisible()] for one in (form, free)]
    assert "* must be filled in" in said[0]
    assert "* must be filled in" not in said[1]
    for is_asked in (False, True):
        name.setVisible(is_asked)
        signs = [
            each for each in form.findChildren(QLabel) if each.isVisible() and each.text() == "* must be filled in"
        ]
        assert bool(signs) is is_asked, "no star is explained that is not there"


def test_what_is_wrong_with_a_narrow_date_stands_next_to_its_line(qtbot: QtBot) -> None:
    field = DateField("until", "Until", required=True, wide=False, hint="The last day.")
    qtbot.addWidget(field)
    field.resize(250, 200)
    field.show()
    field.show_error(field.problem())
    QApplication.processEvents()
    foot = field.edit.geometry().bottom()
    assert 0 < field.error.geometry().top() - foot < 12
    high = field.sizeHint().height()
    field.show_error("")
    field.edit.setText("5.12.2026")
    assert field.reading.text()
    assert field.sizeHint().height() < high, "only the error has gone"
