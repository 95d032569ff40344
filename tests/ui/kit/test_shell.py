"""The window: every area by keyboard, the way back, the search box, badges, and nothing unnamed or cut off."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.changes import EVERYTHING, Changes, Kind
from models.clock import FixedClock
from models.text import LANGUAGES
from tests.ui.audit import complaints, covered
from tests.ui.conftest import NOW, activate, click, press, wait_idle, write
from tests.ui.kit.fakes import FakeRegister, as_register
from tests.ui.kit.gallery import gallery, sample_pdf
from ui import session, work
from ui.areas import areas
from ui.keys import KeysDialog
from ui.kit.commands import Command, takes_key, within
from ui.kit.labels import Text
from ui.kit.notices import Toast
from ui.kit.page import Page
from ui.kit.search import Found
from ui.kit.theme import Theme
from ui.kit.tokens import NAVIGATION, TEXT_SIZES, px, text_size
from ui.language import set_language, tr
from ui.manual import Manual
from ui.manual import pages as manual_pages
from ui.navigation import Badge, Navigation, parts_of
from ui.shell import MainWindow
from ui.state_bar import StateBar

AREAS = ["today", "residents", "rooms", "departures", "selection", "reports"]
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister(500)
    work.start(as_register(fake))
    yield fake
    work.stop()


@pytest.fixture
def taken() -> list[Found]:
    return []


@pytest.fixture
def window(register: FakeRegister, qtbot: QtBot, taken: list[Found]) -> MainWindow:
    made = gallery("Demonstration: the people in this register are invented", taken.append)
    qtbot.addWidget(made)
    made.resize(1366, 768)  # the screen of tests is smaller
    made.show()
    wait_idle(qtbot)
    activate(qtbot, made)
    return made


def test_pages_are_made_when_they_are_first_visited(window: MainWindow, qtbot: QtBot) -> None:
    assert [page.accessibleName() for page in window.findChildren(QWidget) if isinstance(page, Page)] == ["Today"]
    first = window.open("residents")
    window.open("today")
    assert window.open("residents") is first
    wait_idle(qtbot)


def test_every_area_is_a_key_away_and_back_leads_back(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_4, CONTROL)
    assert window.page("departures").isVisible()
    window.open("residents", resident=12)
    press(window, Qt.Key.Key_1, CONTROL)
    press(window, Qt.Key.Key_Left, ALT)
    assert window.page("residents").isVisible()
    assert window.page("residents").where() == {"resident": 12}
    press(window, Qt.Key.Key_Left, ALT)
    assert window.page("departures").isVisible()
    press(window, Qt.Key.Key_Right, ALT)
    assert window.page("residents").where() == {"resident": 12}
    wait_idle(qtbot)


def test_a_page_can_send_to_another(window: MainWindow, qtbot: QtBot) -> None:
    window.page("today").open("residents", resident=3)
    assert window.page("residents").isVisible()
    wait_idle(qtbot)


def test_the_search_box_finds_as_one_types_and_takes_with_the_keyboard(
    window: MainWindow, qtbot: QtBot, taken: list[Found]
) -> None:
    press(window, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(window.search.hasFocus)
    write(window.search, "ahmad")
    qtbot.waitUntil(lambda: window.search.popup.isVisible())
    press(window.search, Qt.Key.Key_Down)
    press(window.search, Qt.Key.Key_Return)
    assert [found.text for found in taken] == ["Ahmadi, Zahra"]
    assert window.search.text() == ""
    assert not window.search.popup.isVisible()


def test_a_scanner_that_ends_with_enter_takes_the_one_that_was_scanned_and_nobody_found_before(
    window: MainWindow, qtbot: QtBot, taken: list[Found]
) -> None:
    window.focus_search()
    qtbot.waitUntil(window.search.hasFocus)
    write(window.search, "ahmad")
    qtbot.waitUntil(lambda: window.search.popup.isVisible())
    write(window.search, "i, z")
    press(window.search, Qt.Key.Key_Return)
    assert taken == [], "the list still shows who was found before"
    qtbot.waitUntil(lambda: bool(taken))
    assert [found.text for found in taken] == ["Ahmadi, Zahra"]


def test_the_search_box_says_when_nothing_is_found_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.focus_search()
    qtbot.waitUntil(window.search.hasFocus)
    write(window.search, "zzz")
    qtbot.waitUntil(lambda: window.search.popup.isVisible())
    assert "Nothing found" in window.search.popup.word.text()
    press(window.search, Qt.Key.Key_Escape)
    assert not window.search.popup.isVisible()


def test_the_key_of_an_area_takes_the_keyboard_there_too(window: MainWindow, qtbot: QtBot) -> None:
    window.focus_search()
    qtbot.waitUntil(window.search.hasFocus)
    press(window.search, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.here is not None
    page = window.page(window.here[0])
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is page or page.isAncestorOf(focus)


def entries(window: MainWindow) -> list[str]:
    """The entries of the navigation as they are told, from top to bottom."""
    whole = QAccessible.queryAccessibleInterface(window.navigation)
    assert whole.role() is QAccessible.Role.List
    return [whole.child(at).text(QAccessible.Text.Name) for at in range(whole.childCount())]


def test_badges_and_status_are_read_again_after_a_change(
    window: MainWindow, register: FakeRegister, qtbot: QtBot
) -> None:
    before = register.reads
    work.worker().announce(frozenset({Kind.RESIDENT}))
    qtbot.waitUntil(lambda: register.reads >= before + 5)
    qtbot.waitUntil(lambda: {"Today, 7 need a person", "Residents, 38"} <= set(entries(window)))


def test_no_badge_lies_over_the_name_of_an_area_or_cuts_it(qtbot: QtBot, qapp: QApplication, look: None) -> None:
    """Each area is the chosen one, in bold, and has the longest badge that it can have in a house of hundreds."""
    wrong = []
    for percent, language in product(TEXT_SIZES, LANGUAGES):
        if text_size() != percent:
            Theme.resize(qapp, percent)
        set_language(language)
        navigation = Navigation(areas())
        qtbot.addWidget(navigation)
        navigation.resize(px(NAVIGATION) - 20, 2000)
        navigation.show()
        room = QRect(0, 0, navigation.viewport().width(), 40)
        bold = QFont(navigation.font())
        bold.setBold(True)
        for area in areas():
            number = tr().number(1234)
            name, right = parts_of(room, Badge(number) if area.badge else None, navigation.font())
            needed = QFontMetrics(bold).horizontalAdvance(area.title)
            if needed > name.width() or (area.badge and name.right() >= right.left()):
                wrong.append((percent, language, area.title, number, needed, name.width()))
        navigation.hide()
    Theme.resize(qapp, 100)
    assert not wrong


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_a_notice_lies_over_the_state_alone(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    notice = Toast(window, "Ahmadzai, Gul: the stay was extended until 22 December 2026. " * 4, Command("Undo", print))
    window.resize(*size)
    for area in AREAS:
        window.open(area)
        wait_idle(qtbot)
        assert covered(notice) == []
    notice.dismiss()


def test_the_arrow_keys_open_area_by_area_and_a_press_opens_the_same_anew(window: MainWindow, qtbot: QtBot) -> None:
    window.open("today")
    window.navigation.setFocus()
    press(window.navigation, Qt.Key.Key_Down)
    assert window.here == ("residents", {})
    assert QApplication.focusWidget() is window.navigation, "to go on from there"
    window.open("residents", resident=12)
    (entry,) = window.navigation.selectedItems()
    click(window.navigation.viewport(), window.navigation.visualItemRect(entry).center())
    assert window.here == ("residents", {})
    press(window.navigation, Qt.Key.Key_End)
    assert window.here == ("administration", {})
    write(window.navigation, "dep")
    assert window.here == ("departures", {})
    wait_idle(qtbot)


def test_the_list_of_keys_opens_by_its_key(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = window.findChildren(KeysDialog)
    assert complaints(dialog) == []
    dialog.accept()


def test_the_list_of_keys_tells_those_of_the_page_that_is_shown_first_and_of_no_other(window: MainWindow) -> None:
    pressed: list[str] = []
    page, other = window.open("today"), window.page("rooms")
    within(page, Command("Next", lambda: pressed.append("next"), key="Alt+Down"))
    takes_key(page, "X", "Take up")
    within(other, Command("Before", lambda: pressed.append("before"), key="Alt+Up"))
    assert window.key_list()[:2] == [("Alt+Down", "Next"), ("X", "Take up")]
    assert "Before" not in dict(window.key_list()).values()
    page.setFocus()
    for key, held in ((Qt.Key.Key_Down, ALT), (Qt.Key.Key_X, NONE), (Qt.Key.Key_Up, ALT)):
        press(page, key, held)
    assert pressed == ["next"], "a key that a widget takes by itself is told and not taken twice"


def test_ctrl_l_and_the_entry_at_the_bottom_lock(window: MainWindow) -> None:
    locked: list[bool] = []
    window.locked.connect(lambda: locked.append(True))
    press(window, Qt.Key.Key_L, CONTROL)
    (lock,) = (button for button in window.findChildren(QPushButton) if button.text() == "Lock")
    click(lock)
    assert locked == [True, True]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_control_of_every_page_has_a_name_and_no_text_is_cut_off(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, *, dark: bool
) -> None:
    if dark:
        Theme.apply(qapp, dark=True)
    window.resize(1366, 768)
    for area in AREAS:
        page = window.open(area)
        wait_idle(qtbot)
        if area == "reports":
            page.preview.show_bytes(sample_pdf())  # type: ignore[attr-defined]
            wait_idle(qtbot)
        assert complaints(window) == [], area


def test_tab_goes_through_everything_and_comes_round(window: MainWindow, qtbot: QtBot) -> None:
    window.open("selection")
    wait_idle(qtbot)
    seen: list[object] = []
    for _ in range(120):
        press(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if seen and now is seen[0]:
            break
        seen.append(now)
    else:
        pytest.fail("the keyboard is caught somewhere")
    assert window.search in seen
    assert window.navigation in seen


class Shown(QObject):
    """Remembers what was shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(  # noqa: N802 - Qt names it
        self, watched: QObject, event: QEvent
    ) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_up_as_a_window_while_it_is_made(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    shown = Shown()
    qapp.installEventFilter(shown)
    for area in AREAS:
        window.open(area)
    wait_idle(qtbot)
    qapp.removeEventFilter(shown)
    assert shown.windows == []


def test_what_time_alone_changes_is_read_again_while_nobody_types(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FixedClock(NOW)
    session.begin_session(clock, session.zone())
    heard: list[Changes] = []
    monkeypatch.setattr(StateBar, "TICK", 10)
    again = gallery("", lambda _found: None)
    qtbot.addWidget(again)
    work.worker().changed.connect(heard.append)
    for passed, expected in (
        (timedelta(seconds=30), []),
        (timedelta(minutes=5), [frozenset({Kind.ABSENCE})]),
        (timedelta(days=1), [frozenset({Kind.ABSENCE}), EVERYTHING - {Kind.FACILITY, Kind.PEOPLE}]),
    ):
        clock.instant = NOW + passed
        qtbot.wait(60)
        assert heard == expected
    again.close()
    clock.instant += timedelta(days=1)
    qtbot.wait(60)
    assert heard[2:] == []
    wait_idle(qtbot)


def test_a_new_window_begins_with_the_keyboard_in_its_page(register: FakeRegister, qtbot: QtBot) -> None:
    before = QLineEdit()
    qtbot.addWidget(before)
    before.show()
    activate(qtbot, before)
    before.setFocus()
    made = gallery("", lambda _found: None)
    qtbot.addWidget(made)
    made.show()
    activate(qtbot, made)
    assert QApplication.focusWidget() is made.page("today")
    wait_idle(qtbot)


def test_the_manual_opens_at_the_page_one_is_on_and_has_one_for_every_area(window: MainWindow, qtbot: QtBot) -> None:
    window.open("departures")
    press(window, Qt.Key.Key_F1)
    (manual,) = window.findChildren(Manual)
    assert manual.title.text() == "Departures"
    assert "Nobody leaves on a plan" in " ".join(each.text() for each in manual.findChildren(Text))
    manual.contents.setCurrentRow(0)
    assert manual.title.text() == "Today"
    assert complaints(manual) == []
    assert set(manual_pages()) == {area.key for area in areas()} | {"gate"}  # of houses that keep one
