"""The table holds ids and pages of rows, is worked by keyboard, and stays quick with 100,000 of them."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.rules.papers import RESIDENTS
from models.rules.vocabulary import Role
from tests.ui.audit import complaints
from tests.ui.conftest import click, press, wait_idle
from tests.ui.kit.fakes import FakeRegister, Guest, as_register, guest, guest_ids, guest_rows
from ui import work
from ui.kit.columns import Cell, Column
from ui.kit.table import Table
from ui.kit.table_model import KEPT, PAGE
from ui.kit.tokens import Tone


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister(100_000)
    work.start(as_register(fake))
    yield fake
    work.stop()


def columns() -> list[Column[Guest]]:
    return [
        Column("name", "Name", lambda one: Cell(one.name, strong=True, muted=one.number), stretch=True, sort=True),
        Column("state", "State", lambda _one: Cell(chips=(("Present", Tone.GREEN),)), width=110),
        Column("nights", "Nights", lambda one: str(one.nights), right=True, sort=True, key=lambda one: one.nights),
        Column("number", "Number", lambda one: one.number, hidden=True),
        Column("do", "", lambda _one: Cell("Open", link=True), width=90, right=True),
    ]


def table(qtbot: QtBot, **more: object) -> Table[Guest]:
    made: Table[Guest] = Table(
        columns(),
        name="Residents",
        load_ids=guest_ids,
        load_rows=guest_rows,
        sort="name",
        filter_hint="Find in this list",
        several=True,
        **more,  # type: ignore[arg-type]
    )
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.reload()
    wait_idle(qtbot)
    return made


def text(made: Table[Guest], place: int, column: int = 0) -> str:
    return str(made.model.index(place, column).data())


def test_a_pointer_that_passes_opens_nothing(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    opened: list[object] = []
    made.opened.connect(opened.append)
    made.followed.connect(lambda which, _name: opened.append(which))
    window, port = made.window().windowHandle(), made.view.viewport()
    for row in range(6):
        for column in (0, 4):
            at = made.view.visualRect(made.model.index(row, column)).center()
            QTest.mouseMove(window, port.mapTo(made, at))
            qtbot.wait(5)
    assert opened == []


def test_a_hundred_thousand_rows_show_at_once_and_right(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.grab()
    assert register.reads == 1, "one page of rows is enough to show the first screen"
    assert made.model.rowCount() == 100_000
    assert text(made, 0) == "Guest 000001 K-000001"
    assert made.count.text() == "100,000 rows"


def test_going_to_the_end_fetches_the_last_page_and_not_those_between(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    before = register.reads
    made.view.scrollToBottom()
    made.view.repaint()
    assert text(made, 99_999) == "…", "it is not here yet, and nothing waits for it"
    wait_idle(qtbot)
    qtbot.waitUntil(lambda: text(made, 99_999) == "Guest 100000 K-100000")
    wait_idle(qtbot)
    assert register.reads - before <= 3


def test_no_more_than_some_pages_are_kept(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    for page in range(KEPT + 10):
        ids = made.model.ids[page * PAGE : (page + 1) * PAGE]
        made.model.add({one: guest(one) for one in ids}, [page])
    assert made.model.row(0) is None
    assert made.model.row((KEPT + 9) * PAGE) is not None


def test_a_press_on_a_header_asks_the_query_for_another_order(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    wait_idle(qtbot)
    assert text(made, 0, 2) == "179"
    assert made.model.headerData(2, Qt.Orientation.Horizontal) == "Nights ▼"
    assert made.model.headerData(0, Qt.Orientation.Horizontal) == "Name"


def test_the_old_rows_stay_while_the_new_ones_load(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.box.setText("Guest 00001")
    made.reload()
    assert text(made, 0) == "Guest 000001 K-000001"
    wait_idle(qtbot)
    qtbot.waitUntil(lambda: made.model.rowCount() == 10)
    assert text(made, 0) == "Guest 000010 K-000010"


def test_a_filter_that_fits_nothing_says_so_and_offers_the_way_back(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.box.setText("nobody")
    qtbot.waitUntil(lambda: not made.view.isVisible())
    assert complaints(made) == []
    made.box.clear()
    qtbot.waitUntil(lambda: made.view.isVisible())


def test_the_selected_row_stays_selected_when_the_list_is_read_again(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select(42)
    made.narrow(least=40)
    wait_idle(qtbot)
    assert made.model.rowCount() == 100_000 - 39
    assert made.selected_ids() == [42]
    assert made.view.currentIndex().row() == 2


def test_enter_opens_the_row_and_on_a_link_follows_it(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    opened: list[int] = []
    followed: list[tuple[int, str]] = []
    made.opened.connect(opened.append)
    made.followed.connect(lambda row_id, column: followed.append((row_id, column)))
    made.view.setFocus()
    press(made.view, Qt.Key.Key_Down)
    press(made.view, Qt.Key.Key_Return)
    assert opened == [2]
    made.view.setCurrentIndex(made.model.index(1, 4))
    press(made.view, Qt.Key.Key_Return)
    assert followed == [(2, "do")]


def test_a_press_on_a_link_follows_it_and_beside_it_does_not(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    followed: list[int] = []
    made.followed.connect(lambda row_id, _column: followed.append(row_id))
    rect = made.view.visualRect(made.model.index(2, 4))
    port = made.view.viewport()
    click(port, rect.topLeft() + QPoint(4, 15))
    assert followed == []
    click(port, rect.center() + QPoint(20, 0))
    assert followed == [3]


def test_copy_takes_the_columns_that_are_shown(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot, leaves=RESIDENTS)
    made.select(7)
    made.view.setFocus()
    press(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wait_idle(qtbot)
    assert [notes["paper"] for notes in register.notes] == ["residents"]
    assert QGuiApplication.clipboard().text() == "Guest 000007 K-000007\tPresent\t7"


def test_rows_that_are_not_declared_to_leave_are_neither_copied_nor_offered(
    register: FakeRegister, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("as before")
    for made in (table(qtbot), table(qtbot, leaves=replace(RESIDENTS, roles=frozenset({Role.CLERK})))):
        made.select(7)
        press(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        made.save()
        wait_idle(qtbot)
        assert QGuiApplication.clipboard().text() == "as before"
        offered = [entry.text() for entry in made.column_menu().actions()]
        assert not {"Copy the selected rows", "Save what is shown"} & set(offered)
    assert register.notes == []


def test_everything_that_is_shown_can_be_exported_in_its_order(register: FakeRegister, qtbot: QtBot) -> None:
    register.size = 2500
    made = table(qtbot)
    made.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    wait_idle(qtbot)
    titles, rows = made.listing()(register)
    assert titles == ["Name", "State", "Nights"]
    assert len(rows) == 2500
    assert rows[0] == ["Guest 002500 K-002500", "Present", str(2500 % 180)]
    assert rows[-1][0].startswith("Guest 000001")


def test_the_menu_shows_and_hides_columns(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    menu = made.column_menu()
    entry = next(action for action in menu.actions() if action.text() == "Number")
    assert not entry.isChecked()
    entry.trigger()
    assert not made.view.isColumnHidden(3)


def narrow(qtbot: QtBot, width: int) -> Table[Guest]:
    """A table whose columns but the first and the last can be put away: the nights before the state."""
    spare = {"state": 2, "nights": 1}
    made: Table[Guest] = Table([replace(each, spare=spare.get(each.name, 0)) for each in columns()], name="Guests")
    qtbot.addWidget(made)
    made.show()
    made.show_rows([guest(one) for one in range(1, 6)])
    resized(made, width)
    return made


def resized(made: Table[Guest], width: int) -> None:
    made.resize(width, 400)
    QApplication.processEvents()


def shown(made: Table[Guest]) -> list[str]:
    return [each.name for at, each in enumerate(made.model.columns) if not made.view.isColumnHidden(at)]


def test_spare_columns_give_way_in_their_turn_and_come_back_with_the_room(qtbot: QtBot, register: FakeRegister) -> None:
    made = narrow(qtbot, 600)
    assert shown(made) == ["name", "state", "nights", "do"]
    assert made.view.columnWidth(0) == made.view.viewport().width() - 110 - 120 - 90
    resized(made, 400)
    assert shown(made) == ["name", "state", "do"]
    resized(made, 300)
    assert shown(made) == ["name", "do"]
    assert made.view.columnWidth(0) > 120
    resized(made, 600)
    assert shown(made) == ["name", "state", "nights", "do"]


def test_a_table_that_is_narrower_still_scrolls_sideways_and_shows_the_name(
    qtbot: QtBot, register: FakeRegister
) -> None:
    made = narrow(qtbot, 180)
    assert made.view.columnWidth(0) == 120
    assert made.view.horizontalScrollBar().maximum() > 0
    assert made.view.visualRect(made.model.index(0, 0)).left() == 0


def test_who_chooses_a_column_that_was_put_away_gets_it(qtbot: QtBot, register: FakeRegister) -> None:
    made = narrow(qtbot, 400)
    entry = next(each for each in made.column_menu().actions() if each.text() == "Nights (no room for it)")
    assert not entry.isChecked()
    entry.trigger()
    assert shown(made) == ["name", "nights", "do"], "the other one gives way"
    resized(made, 300)
    assert shown(made) == ["name", "nights", "do"]
    next(each for each in made.column_menu().actions() if each.text() == "Nights").trigger()
    assert shown(made) == ["name", "do"]


def test_a_column_that_was_drawn_wider_leaves_the_name_its_room(qtbot: QtBot, register: FakeRegister) -> None:
    made = narrow(qtbot, 600)
    made.view.header.resizeSection(1, 280)
    assert shown(made) == ["name", "state", "do"], "600 are too few for 120, 280, 120 and 90"
    assert made.view.columnWidth(0) == made.view.viewport().width() - 280 - 90


def test_what_is_saved_does_not_depend_on_the_room(qtbot: QtBot, register: FakeRegister) -> None:
    wide, tight = (narrow(qtbot, width).listing()(register) for width in (600, 300))
    assert wide == tight
    assert wide[0] == ["Name", "State", "Nights"]


def test_the_menu_sorts_for_those_who_work_by_keyboard(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    for expected in ("0", "179"):
        next(each for each in made.column_menu().actions() if each.text() == "Sort by: Nights").trigger()
        wait_idle(qtbot)
        assert text(made, 0, 2) == expected


def test_a_short_list_at_hand_is_sorted_by_native_values_and_filtered(qtbot: QtBot, register: FakeRegister) -> None:
    made: Table[Guest] = Table(columns(), name="Guests", filter_hint="Find", sort="nights", fits=True)
    qtbot.addWidget(made)
    made.show()
    made.show_rows([Guest(1, "B", "K-1", 100), Guest(2, "A", "K-2", 9), Guest(3, "C", "K-3", 20)])
    assert [text(made, place, 2) for place in range(3)] == ["9", "20", "100"]
    made.box.setText("k-3")
    made.reload()
    assert [text(made, place) for place in range(made.model.rowCount())] == ["C K-3"]


def test_a_table_that_fits_is_as_high_as_its_rows(qtbot: QtBot, register: FakeRegister) -> None:
    made: Table[Guest] = Table(columns(), name="Guests", fits=True, choosable=False)
    qtbot.addWidget(made)
    made.show()
    made.show_rows([guest(one) for one in range(1, 6)])
    QApplication.processEvents()
    assert made.view.verticalScrollBar().maximum() == 0
    assert made.view.visualRect(made.model.index(4, 0)).bottom() <= made.view.viewport().height()


def test_every_cell_says_its_column_to_those_who_cannot_see_it(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    said = made.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "State: Present"
    assert complaints(made) == []


def test_rows_that_come_for_an_older_list_are_not_mixed_into_the_new_one(register: FakeRegister, qtbot: QtBot) -> None:
    def slow_rows(snapshot: FakeRegister, *, ids: Sequence[int]) -> list[Guest]:
        time.sleep(0.05)
        return guest_rows(snapshot, ids=ids)

    made: Table[Guest] = Table(columns(), name="Residents", load_ids=guest_ids, load_rows=slow_rows, sort="name")
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.reload()
    wait_idle(qtbot)
    made.view.scrollToBottom()
    made.view.repaint()
    QApplication.processEvents()
    made.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    wait_idle(qtbot)
    for place in range(0, made.model.rowCount(), 997):
        row = made.model.row(place)
        assert row is None or row.id == made.model.ids[place]
