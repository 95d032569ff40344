"""The table holds ids and pages of rows, is worked by keyboard, and stays quick with 100,000 of them."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.rules.papers import RESIDENTS
from models.rules.vocabulary import Role
from models.store.declaring import Declared, action
from models.store.unit_of_work import UnitOfWork
from tests.ui.audit import complaints
from tests.ui.conftest import activate, click, press, wait_idle
from tests.ui.kit.fakes import FakeRegister, Guest, as_register, guest, guest_ids, guest_rows
from ui import permissions, preferences, prompts, work
from ui.kit.columns import Cell, Column, day_column
from ui.kit.commands import Command
from ui.kit.fields import Combo
from ui.kit.labels import MenuButton
from ui.kit.table import Table
from ui.kit.table_model import KEPT, PAGE
from ui.kit.tokens import Tone

_SAID = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister(100_000)
    work.start(as_register(fake))
    yield fake
    work.stop()


@contextmanager
def permitted(may: Callable[[Declared], bool]) -> Iterator[None]:
    permissions.let(may)
    yield
    permissions.let(lambda _what: True)


@action("tests.nobody", told="Nobody does it", roles=frozenset())
def nobody(_unit: UnitOfWork) -> None:
    """What nobody at the window may do."""


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


def test_the_second_half_of_a_double_press_that_has_brought_the_list_up_opens_nobody(
    register: FakeRegister, qtbot: QtBot
) -> None:
    made = table(qtbot)
    opened: list[object] = []
    made.opened.connect(opened.append)
    port, at = made.view.viewport(), made.view.visualRect(made.model.index(1, 1)).center()
    # The first half went to what was shown here before.
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        where = QPointF(at)
        QApplication.sendEvent(port, QMouseEvent(kind, where, QPointF(port.mapToGlobal(at)), left, left, none))
    assert opened == []
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=at)
    assert len(opened) == 1


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
    header = made.view.header
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (2, Qt.SortOrder.DescendingOrder)
    said = [made.model.headerData(at, Qt.Orientation.Horizontal, _SAID) for at in (0, 2)]
    assert said == ["Name", "Nights, downwards"]


def test_the_old_rows_stay_while_the_new_ones_load(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.box.setText("Guest 00001")
    made.reload()
    assert text(made, 0) == "Guest 000001 K-000001"
    wait_idle(qtbot)
    qtbot.waitUntil(lambda: made.model.rowCount() == 10)
    assert text(made, 0) == "Guest 000010 K-000010"


def test_a_filter_that_fits_nothing_says_so_and_offers_the_way_back(
    register: FakeRegister, qtbot: QtBot, heard: list[str]
) -> None:
    made = table(qtbot)
    assert heard == [], "what is shown at first is read, not announced"
    made.box.setText("nobody")
    qtbot.waitUntil(lambda: not made.view.isVisible())
    assert heard == ["Nothing fits what you look for"]
    assert complaints(made) == []
    made.box.clear()
    qtbot.waitUntil(lambda: made.view.isVisible())
    assert heard[1:] == [made.count.text()]


def test_the_selected_row_stays_selected_when_the_list_is_read_again(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    made.select(42)
    made.narrow(least=40)
    wait_idle(qtbot)
    assert made.model.rowCount() == 100_000 - 39
    assert made.selected_ids() == [42]
    assert not made.view.currentIndex().isValid(), "a reader would take it for what has the keyboard"
    activate(qtbot, made)
    made.view.setFocus()
    assert made.view.currentIndex().row() == 2
    made.box.setFocus()
    assert not made.view.currentIndex().isValid()
    made.view.setFocus()
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


def test_what_of_a_column_is_sealed_from_outside_shows_and_is_neither_copied_nor_saved() -> None:
    column: Column[str] = Column("why", "Why", lambda one: one, outside=lambda _one: "")
    assert column.cell("a fever").plain == "a fever"
    assert column.words("a fever") == ""
    assert [value("a fever") for _title, value in column.all_data()] == [None]


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
    assert [each.title for each in made.shown()] == ["Name", "State", "Nights"]
    rows = list(made.in_order(made.model.ids)(register))
    assert [one.id for one in rows] == [*range(2500, 0, -1)]


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


def test_columns_that_stretch_share_what_room_is_left(qtbot: QtBot, register: FakeRegister) -> None:
    both = [replace(each, stretch=each.name in ("name", "state")) for each in columns()]
    made: Table[Guest] = Table(both, name="Guests")
    qtbot.addWidget(made)
    made.show()
    made.show_rows([guest(one) for one in range(1, 6)])
    resized(made, 800)
    wide, room = made.view.columnWidth, made.view.viewport().width()
    assert wide(0) - 120 == wide(1) - 110 > 0
    assert room - 1 <= sum(map(wide, range(len(both)))) <= room
    assert made.view.horizontalScrollBar().maximum() == 0


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
    wide, tight = ([each.title for each in narrow(qtbot, width).shown()] for width in (600, 300))
    assert wide == tight == ["Name", "State", "Nights"]


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
    for typed in ("k-3", "K 3", "ć"):
        made.box.setText(typed)
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


def type_(made: Table[Guest], typed: str) -> None:
    QTest.keyClicks(made.view, typed)


def test_what_is_typed_goes_to_the_row_that_begins_so_in_any_column(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    activate(qtbot, made)
    made.view.setFocus()
    type_(made, "guest 000150")
    assert made.selected_ids() == [150]
    made.column_menu().actions()[3].trigger()  # the number
    made.view.setCurrentIndex(made.model.index(0, 3))
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    type_(made, "k-0001")
    assert made.selected_ids() == [100]
    assert made.view.currentIndex().column() == 3


def test_what_is_typed_is_found_where_no_row_was_read_yet(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot)
    type_(made, "guest 004321")
    qtbot.waitUntil(lambda: made.selected_ids() == [4321])
    wait_idle(qtbot)
    assert text(made, 4320).startswith("Guest 004321")


def test_all_of_a_long_list_can_be_selected_and_copied_rows_that_were_never_read_too(
    register: FakeRegister, qtbot: QtBot
) -> None:
    register.size = 3000
    made = table(qtbot, leaves=RESIDENTS)
    press(made.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(made.selected_ids()) == 3000
    press(made.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wait_idle(qtbot)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 3000
    assert lines[-1] == "Guest 003000 K-003000\tPresent\t120"


def test_one_cell_is_copied_from_the_menu_of_its_row(register: FakeRegister, qtbot: QtBot) -> None:
    made = table(qtbot, leaves=RESIDENTS)
    made.view.setCurrentIndex(made.model.index(7, 2))
    next(each for each in made.row_menu().actions() if each.text() == "Copy the cell").trigger()
    wait_idle(qtbot)
    assert QGuiApplication.clipboard().text() == "8"
    assert [notes["paper"] for notes in register.notes] == ["residents"]


def test_no_copied_or_read_word_carries_a_sign_that_nobody_sees() -> None:
    cell = Cell("\u2068گل احمدزی\u2069", muted="\u2068K-1\u2069")
    assert cell.plain == "گل احمدزی K-1"


def test_the_menu_of_a_row_opens_it_follows_its_links_and_does_what_the_page_does(
    register: FakeRegister, qtbot: QtBot
) -> None:
    done: list[int] = []

    def commands(one: Guest) -> list[Command]:
        return [Command("Move", lambda: done.append(one.id)), Command("Never", lambda: None, needs=nobody)]

    with permitted(lambda what: what is not nobody):
        made = table(qtbot, leaves=RESIDENTS, commands=commands)
        made.view.setCurrentIndex(made.model.index(4, 0))
        assert _texts(made).count("Open") == 1, "nobody listens whether it is opened: the link alone"
        opened: list[int] = []
        followed: list[tuple[int, str]] = []
        made.opened.connect(opened.append)
        made.followed.connect(lambda which, name: followed.append((which, name)))
        offered = _texts(made)
        assert offered[:2] == ["Open", "Move"], "what the link says is not there twice"
        for at in range(2):
            [each for each in made.row_menu().actions() if not each.isSeparator() and each.isVisible()][at].trigger()
        assert (opened, followed, done) == ([5], [], [5])
        assert "Never" not in offered
        asked: list[QPoint] = []
        made.view.asked.connect(asked.append)
        for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
            there = made.view.visualRect(made.model.index(4, 0)).center()
            told = QContextMenuEvent(reason, there, made.view.viewport().mapToGlobal(there))
            QApplication.sendEvent(made.view.viewport(), told)
        assert len(asked) == 2
    for each in made.findChildren(QMenu):
        each.close()


def test_the_menu_of_a_row_says_of_a_link_under_a_title_what_it_is(register: FakeRegister, qtbot: QtBot) -> None:
    made: Table[Guest] = Table(
        [
            Column("list", "List", lambda one: Cell(one.number, link=True)),
            Column("do", "", lambda _one: Cell("Extend", link=True)),
        ],
        name="Residents",
    )
    qtbot.addWidget(made)
    made.show_rows([guest(7)])
    made.view.setCurrentIndex(made.model.index(0, 0))
    followed: list[tuple[int, str]] = []
    made.followed.connect(lambda which, name: followed.append((which, name)))
    assert _texts(made)[:2] == [f"List: {guest(7).number}", "Extend"]
    made.row_menu().actions()[0].trigger()
    assert followed == [(7, "list")]


def _texts(made: Table[Guest]) -> list[str]:
    return [each.text() for each in made.row_menu().actions() if each.isVisible() and not each.isSeparator()]


def test_a_second_column_sorts_those_who_are_the_same_in_the_first(register: FakeRegister, qtbot: QtBot) -> None:
    register.size = 400
    made = table(qtbot)
    made.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    wait_idle(qtbot)
    header = made.view.header
    place = QPoint(header.sectionViewportPosition(0) + 20, 10)
    for expected, mark in ((180, "upwards"), (360, "downwards")):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, place)
        wait_idle(qtbot)
        assert made.model.ids[0] == expected
        assert header.sortIndicatorSection() == 2
        assert made.model.headerData(0, Qt.Orientation.Horizontal, _SAID) == f"Name, {mark}"
    assert made.model.headerData(0, Qt.Orientation.Horizontal) == "Name 2▴"


def test_a_short_list_is_sorted_by_two_columns_too(qtbot: QtBot, register: FakeRegister) -> None:
    made: Table[Guest] = Table(columns(), name="Guests", sort="nights")
    qtbot.addWidget(made)
    made.show_rows([Guest(1, "B", "K-1", 9), Guest(2, "A", "K-2", 9), Guest(3, "C", "K-3", 2)])
    further = next(each.menu() for each in made.column_menu().actions() if each.text() == "Then by")
    assert isinstance(further, QMenu)
    next(each for each in further.actions() if each.text() == "Name").trigger()
    assert list(made.model.ids) == [3, 2, 1]


def test_every_title_of_a_short_list_sorts_it_by_what_the_cells_stand_for_and_the_third_press_sorts_it_no_more(
    qtbot: QtBot, register: FakeRegister
) -> None:
    days = {1: date(2026, 11, 2), 2: date(2026, 2, 11), 3: None}
    made: Table[Guest] = Table(
        [Column("name", "Name", lambda one: one.name), day_column("came", "Came", lambda one: days[one.id], width=140)],
        name="Guests",
        keeps="guests",
    )
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.show_rows([Guest(1, "B", "K-1", 9), Guest(2, "C", "K-2", 9), Guest(3, "A", "K-3", 2)])
    header = made.view.header

    def press_title(place: int) -> list[int]:
        at = QPoint(header.sectionViewportPosition(place) + 20, 10)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return list(made.model.ids)

    assert [press_title(1), press_title(1), press_title(1)] == [[2, 1, 3], [3, 1, 2], [1, 2, 3]]
    assert press_title(0) == [3, 1, 2]
    (clear,) = (each for each in made.column_menu().actions() if each.text() == "Not sorted")
    clear.trigger()
    assert list(made.model.ids) == [1, 2, 3]
    assert preferences.get("list/guests")["sort"] == {}  # type: ignore[index,call-overload]
    for each in made.findChildren(QMenu):
        each.close()


def liked(qtbot: QtBot, **more: object) -> Table[Guest]:
    made = table(qtbot, keeps="guests", tools=[choice()], **more)
    return made


def which(made: Table[Guest]) -> Combo:
    return made.findChildren(Combo)[0]


def choice() -> Combo:
    made = Combo()
    made.addItems(["All", "Away"])
    made.setAccessibleName("Which")
    return made


def test_columns_sorting_and_filter_are_as_the_person_has_left_them(register: FakeRegister, qtbot: QtBot) -> None:
    register.size = 2000
    made = liked(qtbot)
    made.view.header.resizeSection(2, 190)
    made.view.header.moveSection(2, 0)
    made.view.header.choose(3, shown=True)
    made.view.header.choose(1, shown=False)
    made.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    further = next(each.menu() for each in made.column_menu().actions() if each.text() == "Then by")
    assert isinstance(further, QMenu)
    further.actions()[0].trigger()
    made.box.setText("0001")
    which(made).setCurrentIndex(1)
    qtbot.waitUntil(lambda: made.model.rowCount() < 2_000)
    again = liked(qtbot)
    qtbot.waitUntil(lambda: list(again.model.ids) == list(made.model.ids))
    assert [each.title for each in again.shown()] == ["Nights", "Name", "Number"]
    assert again.view.columnWidth(2) == 190
    assert again.view.header.sortIndicatorSection() == 2
    assert again.model.sorted_by == {2: (0, True), 0: (1, False)}
    assert again.box.text() == "0001"
    assert which(again).currentText() == "Away"
    other = table(qtbot)
    assert shown(other) == ["name", "state", "nights", "do"], "another list is as it was"


def test_what_a_page_narrows_a_list_to_is_not_undone_by_what_was_there_before(
    register: FakeRegister, qtbot: QtBot
) -> None:
    register.size = 2000
    made = liked(qtbot)
    made.box.setText("0001")
    qtbot.waitUntil(lambda: made.model.rowCount() < 2_000)
    again: Table[Guest] = Table(
        columns(), name="G", keeps="guests", load_ids=guest_ids, load_rows=guest_rows, sort="name", filter_hint="Find"
    )
    qtbot.addWidget(again)
    again.narrow(least=1_990)
    wait_idle(qtbot)
    assert again.box.text() == ""
    assert again.model.rowCount() == 11


def test_a_choice_that_is_read_later_is_put_back_once_and_then_left_to_the_person(
    register: FakeRegister, qtbot: QtBot
) -> None:
    preferences.put("find/guests", {"find": "", "0": {"id": 7}})
    programmes = Combo()
    programmes.setAccessibleName("Which")

    def read() -> None:
        """As a page does it after every change: what is chosen stays chosen."""
        chosen = programmes.currentData()
        programmes.blockSignals(True)
        programmes.clear()
        for code, which_one in (("All", None), ("US", 3), ("UK", 7)):
            programmes.addItem(code, which_one)
        programmes.setCurrentIndex(max(programmes.findData(chosen), 0))
        programmes.blockSignals(False)
        qtbot.wait(5)

    table(qtbot, keeps="guests", tools=[programmes])
    read()
    assert programmes.currentText() == "UK"
    programmes.setCurrentIndex(0)
    read()
    assert programmes.currentText() == "All"


def test_a_filter_is_kept_under_a_name_chosen_and_deleted(register: FakeRegister, qtbot: QtBot) -> None:
    register.size = 2000
    made = liked(qtbot)
    made.box.setText("0001")
    which(made).setCurrentIndex(1)
    button = next(each for each in made.findChildren(MenuButton) if each.text() == "Filters")

    def offered() -> dict[str, QAction]:
        button.menu().aboutToShow.emit()
        return {each.text(): each for each in button.menu().actions() if each.text()}

    prompts.answers = deque(["A & B"])
    offered()["Keep this filter under a name"].trigger()
    made.box.clear()
    which(made).setCurrentIndex(0)
    offered()["A && B"].trigger()
    assert (made.box.text(), which(made).currentText()) == ("0001", "Away")
    gone = offered()["Delete a filter"].menu()
    assert isinstance(gone, QMenu)
    gone.actions()[0].trigger()
    assert [*offered()] == ["Keep this filter under a name"]
    assert made.filters.words() == ["Away", "with “0001”"]


def test_a_file_holds_one_datum_in_each_column(register: FakeRegister, qtbot: QtBot, tmp_path: Path) -> None:
    register.size = 300
    parted = [
        replace(columns()[0], data={"Name": lambda one: one.name, "Number": lambda one: one.number}),
        columns()[1],
        replace(columns()[2], data=lambda one: one.nights),
    ]
    made: Table[Guest] = Table(
        parted, name="Guests", load_ids=guest_ids, load_rows=guest_rows, sort="name", leaves=RESIDENTS
    )
    qtbot.addWidget(made)
    made.reload()
    wait_idle(qtbot)
    for ending in ("csv", "xlsx", "ods"):
        path = tmp_path / f"guests.{ending}"
        prompts.answers = deque([path])
        made.save()
        wait_idle(qtbot)
        qtbot.waitUntil(path.exists)
        if ending == "csv":
            lines = path.read_text("utf-8-sig").splitlines()
            assert lines[:2] == ["Name,Number,State,Nights", "Guest 000001,K-000001,Present,1"]
            assert len(lines) == 301
        else:
            sheet = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
            assert sheet[:2] == [["Name", "Number", "State", "Nights"], ["Guest 000001", "K-000001", "Present", 1.0]]
            assert len(sheet) == 301


def test_what_can_be_done_with_a_row_is_never_cut(qtbot: QtBot) -> None:
    back = Cell("Take the departure back", link=True)
    made: Table[Guest] = Table(
        [
            Column("name", "Name", lambda row: row.name, stretch=True),
            Column("do", "", lambda _row: back, width=40),
        ],
        name="Residents",
    )
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.show_rows([guest(one) for one in range(1, 6)])
    assert made.view.header.sectionSize(1) >= made.view.cells.needs_first([back], made.view.font()) > 120
