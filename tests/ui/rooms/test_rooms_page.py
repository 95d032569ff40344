"""Rooms in a real window: who is where, which beds are free, and moving people between them."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.actions import residents
from models.actions import rooms as actions
from models.entities.absences import Absence
from models.ids import BedId, ProgrammeId, ResidentId, RoomId, StayId
from models.queries import rooms as queries
from models.queries.rooms import BedRow, Occupancy, Occupant, RoomRow
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, BedKind, Regime, Role, RoomKind, Sex
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints, told
from tests.ui.conftest import activate, press
from tests.ui.departures.windows import settle, show
from ui import permissions, prompts, work
from ui.kit.fields import ChoiceField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, MenuButton, Text
from ui.kit.notices import Toast
from ui.kit.search import SearchLine
from ui.kit.tokens import Tone
from ui.kit.undoing import UndoCommand
from ui.rooms import dialogs
from ui.rooms.grid import RoomsGrid, Spot
from ui.rooms.page import RoomsPage
from ui.rooms.panel import RoomPanel
from ui.shell import MainWindow

ARRIVED = date(2026, 6, 26)
PEOPLE = [
    ("Ahmadzai", "Gul", Sex.MALE),
    ("Noori", "Nasrullah", Sex.MALE),
    ("Okafor", "Chidi", Sex.MALE),
    ("Hernández", "María", Sex.FEMALE),
    ("Nguyen", "Van Thanh", Sex.MALE),
    ("Rahmani-Mohammadzadeh", "Abdul Rahman", Sex.MALE),
]


@pytest.fixture
def stays(register: Register) -> list[StayId]:
    """Six people, of whom four have a bed: 1A, 1B, 2A and 12A; one of them is away, one room is out of use."""
    programme = builders.programme(register)
    register.perform(actions.add_room, name="1", last="14", beds=4, building="House A")
    register.perform(actions.add_room, name="1", last="3", beds=2, building="House B")
    made = []
    for number, (family, given, sex) in enumerate(PEOPLE, 12):
        resident = builders.resident(
            register, f"K-{number:04}", family_name=family, given_names=given, sex=sex, sort_name=family.lower()
        )
        made.append(builders.stay(register, resident, programme, ARRIVED))
    beds = {(room.name, bed.name): bed.bed_id for room in _house(register)[:14] for bed in room.beds}
    for stay, place in zip(made, [("1", "A"), ("1", "B"), ("2", "A"), ("12", "A")], strict=False):
        register.perform(actions.place, stay_id=stay, bed_id=beds[place], moment=Moment(ARRIVED))
    absence = Absence(
        stay_id=made[2], kind=AbsenceKind.HOSPITAL, from_on=date(2026, 11, 19), due_back_on=date(2026, 11, 20)
    )
    register.perform(builders.put, row=absence)
    register.perform(
        actions.take_out_of_use, room_id=_house(register)[6].room_id, reason="Water damage, plumber on 24 November"
    )
    return made


def _house(register: Register) -> tuple[RoomRow, ...]:
    with register.read() as snapshot:
        return queries.overview(snapshot).rooms


def _bed_of(register: Register, stay_id: StayId) -> str | None:
    with register.read() as snapshot:
        who = queries.sleeping(snapshot, stay_id=stay_id)
    return None if who.room is None else f"{who.room}{who.bed}"


def _page(window: MainWindow) -> RoomsPage:
    page = window.page("rooms")
    assert isinstance(page, RoomsPage)
    return page


def _spot(page: RoomsPage, room: str, bed: str | None = None) -> Spot:
    return next(
        spot
        for spot in page.grid.spots
        if spot.room.name == room and (spot.bed.name if spot.bed is not None else None) == bed
    )


def _do(page: RoomsPage, spot: Spot, text: str) -> None:
    next(each for each in page.entries(spot) if each.text() == text).trigger()


def _dialog(qtbot: QtBot) -> FormDialog:
    settle(qtbot)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible())
    assert complaints(dialog) == []
    return dialog


def _send(qtbot: QtBot, dialog: FormDialog) -> None:
    dialog.send()
    settle(qtbot)


def _pick(qtbot: QtBot, dialog: FormDialog, bed: str) -> None:
    line = dialog.form["bed_id"]
    QTest.keyClicks(line.focusProxy() or line, bed)
    settle(qtbot)
    press(line.focusProxy() or line, Qt.Key.Key_Down)
    press(line.focusProxy() or line, Qt.Key.Key_Return)
    settle(qtbot)


def _warning(dialog: FormDialog) -> str:
    return "\n".join(text.text() for text in dialog.form.findChildren(Text) if text.isVisible() and "•" in text.text())


def test_the_page_shows_the_house_and_how_full_it_is(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    window = show(qtbot, register, "rooms", RoomsPage)
    page = _page(window)
    assert complaints(window) == []
    assert page.header.subtitle.text() == "4 of 58 beds taken, 54 free, 4 out of use"
    assert _spot(page, "1", "A").said == "Room 1 (House A), bed A, \u2068Ahmadzai, Gul\u2069, K-0012"
    assert _spot(page, "2", "A").said.endswith("away")
    assert (
        _spot(page, "7").said == "Room 7 (House A), out of use: Water damage, plumber on 24 November, since 21 Nov 2026"
    )
    assert _spot(page, "3", "D").said.endswith("free")
    page.grid.setFocus()
    page.grid.go_to(_spot(page, "1", "B"))
    picture(window, "rooms")


def test_the_house_is_narrowed_by_building_free_beds_and_text(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))

    def rooms() -> list[str]:
        return list(dict.fromkeys(f"{spot.room.building} {spot.room.name}" for spot in page.grid.spots))

    page.building.setCurrentIndex(2)
    assert rooms() == ["House B 1", "House B 2", "House B 3"]
    page.building.setCurrentIndex(0)
    page.free.setChecked(True)
    assert len(rooms()) == 16
    page.free.setChecked(False)
    page.box.setText("hernandez")
    assert rooms() == ["House A 12"]
    page.box.setText("nobody at all")
    assert not page.grid.isVisible()
    button = next(each for each in page.findChildren(Button) if each.text() == "Show all again")
    button.click()
    assert len(rooms()) == 17


def test_somebody_is_moved_from_a_bed_by_keyboard_and_the_concern_is_shown_before(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    window = show(qtbot, register, "rooms", RoomsPage)
    page = _page(window)
    _do(page, _spot(page, "1", "A"), "Move to another bed")
    dialog = _dialog(qtbot)
    _pick(qtbot, dialog, "12 (House A), bed B")
    assert "Women and men who are not a family would share room 12 (House A)." in _warning(dialog)
    assert complaints(dialog) == []
    picture(dialog, "rooms-move")
    _send(qtbot, dialog)
    assert _bed_of(register, stays[0]) == "12B"
    assert _spot(page, "1", "A").said.endswith("free")


def test_a_free_bed_is_given_to_who_has_none(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    _do(page, _spot(page, "3", "A"), "Give this bed")
    dialog = _dialog(qtbot)
    dialog.form["stay_id"].put(stays[4])
    picture(dialog, "rooms-give")
    _send(qtbot, dialog)
    assert _bed_of(register, stays[4]) == "3A"
    waiting = page.header.findChildren(MenuButton)
    assert [button.text() for button in waiting if button.isVisible()] == ["1 without a bed"]


def test_two_of_one_name_are_told_apart_wherever_somebody_gets_a_bed(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    born = BirthDate(1990, 5, 3)
    twin = builders.resident(register, "K-0099", family_name="Nguyen", given_names="Văn Thanh", birth=born)
    builders.stay(register, twin, builders.programme(register, "UK-RETURN"), ARRIVED)
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    button = next(each for each in page.header.findChildren(MenuButton) if each.isVisible())
    assert [entry.text() for entry in button.menu().actions()][:2] == [
        "Nguyen, Van Thanh · K-0016 · not known, since 26 Jun 2026",
        "Nguyen, Văn Thanh · K-0099 · 3 May 1990, since 26 Jun 2026",
    ]
    _do(page, _spot(page, "3", "A"), "Give this bed")
    line = _dialog(qtbot).form["stay_id"].findChildren(SearchLine)[0]
    line.setFocus()
    press(line, Qt.Key.Key_Down)
    offered = [line.popup.list.item(at).text() for at in range(line.popup.list.count())]
    assert offered[:2] == [
        "Nguyen, Van Thanh K-0016 · not known No bed",
        "Nguyen, Văn Thanh K-0099 · 3 May 1990 No bed",
    ]


def test_who_has_no_bed_is_named_and_gets_one_from_the_header(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    button = next(each for each in page.header.findChildren(MenuButton) if each.isVisible())
    assert [entry.text() for entry in button.menu().actions()] == [
        "Nguyen, Van Thanh · K-0016, since 26 Jun 2026",
        "Rahmani-Mohammadzadeh, Abdul Rahman · K-0017, since 26 Jun 2026",
    ]
    button.menu().actions()[0].trigger()
    dialog = _dialog(qtbot)
    dialog.form["bed_id"].put(_spot(page, "4", "C").bed.bed_id)  # type: ignore[union-attr]
    _send(qtbot, dialog)
    assert _bed_of(register, stays[4]) == "4C"


def test_a_bed_is_freed_and_a_resident_opened_from_the_grid(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    asked: list[tuple[str, dict[str, object]]] = []
    page.wanted.disconnect()
    page.wanted.connect(lambda area, where: asked.append((area, where)))
    _do(page, _spot(page, "1", "A"), "Open Ahmadzai, Gul")
    assert asked == [("residents", {"resident_id": 1})]
    _do(page, _spot(page, "1", "A"), "Free this bed")
    _send(qtbot, _dialog(qtbot))
    assert _bed_of(register, stays[0]) is None


def test_an_inspector_is_offered_to_look_and_nothing_else(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    register.person = replace(register.person, role=Role.INSPECTOR, stands_in=False)
    offered = {each.text() for spot in page.grid.spots for each in page.entries(spot)}
    looks = {"Who had this bed", "Who had a bed here"}
    assert looks <= offered
    assert {text for text in offered if not text.startswith("Open ")} == looks
    assert stays


def test_a_room_is_taken_out_of_use_and_brought_back_and_a_bed_added_and_removed(
    qtbot: QtBot, register: Register, stays: list[StayId], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    _do(page, _spot(page, "3"), "Take out of use")
    dialog = _dialog(qtbot)
    dialog.form["reason"].put("paint")
    _send(qtbot, dialog)
    assert _spot(page, "3").room.out_of_use == "paint"
    _do(page, _spot(page, "3"), "Bring back into use")
    settle(qtbot)
    _do(page, _spot(page, "3"), "Add a bed")
    settle(qtbot)
    assert [bed.name for bed in _spot(page, "3").room.beds] == ["A", "B", "C", "D", "E"]
    _do(page, _spot(page, "3", "E"), "Remove this bed")
    settle(qtbot)
    assert len(_spot(page, "3").room.beds) == 4


def test_who_sleeps_in_what_is_to_be_taken_out_of_use_is_named_and_moved_first(
    qtbot: QtBot, register: Register, stays: list[StayId], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a bed and of a whole room; who may not move anybody is told whom."""
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    prompts.answers = deque([False, True, True, True])
    _do(page, _spot(page, "2", "A"), "Take this bed out of use")
    settle(qtbot)
    assert _bed_of(register, stays[2]) == "2A", "nothing happens where that is not wanted"
    _do(page, _spot(page, "1"), "Take out of use")
    for stay, bed in zip(stays, ("5 (House A), bed A", "5 (House A), bed B"), strict=False):
        dialog = _dialog(qtbot)
        _pick(qtbot, dialog, bed)
        _send(qtbot, dialog)
        assert _bed_of(register, stay) == "5" + bed[-1]
    dialog = _dialog(qtbot)
    dialog.form["reason"].put("paint")
    _send(qtbot, dialog)
    assert _spot(page, "1").room.out_of_use == "paint"
    assert "Bed A: \u2068Ahmadzai, Gul\u2069\nBed B: \u2068Noori, Nasrullah\u2069" in prompts.asked[1].text
    told = []
    monkeypatch.setattr(prompts, "tell", lambda _owner, _title, text: told.append(text))
    register.person = replace(register.person, role=Role.ADMINISTRATOR, stands_in=False)
    _do(page, _spot(page, "2", "A"), "Take this bed out of use")
    assert "Bed A: \u2068Okafor, Chidi\u2069" in told[0]


def test_a_link_leads_to_a_bed_whatever_was_looked_for_before(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    wanted = _spot(page, "12", "C")
    page.box.setText("House B")
    assert wanted.key not in [spot.key for spot in page.grid.spots]
    page.show_at({"room_id": wanted.room.room_id, "bed_id": wanted.key[1]})
    settle(qtbot)
    assert page.grid.current is not None
    assert page.grid.current.key == wanted.key
    assert page.grid.hasFocus()
    assert stays


def test_rooms_are_added_at_once_from_an_empty_page_and_that_is_undone(
    qtbot: QtBot, register: Register, picture: Callable[..., None]
) -> None:
    window = show(qtbot, register, "rooms", RoomsPage)
    page = _page(window)
    assert complaints(window) == []
    picture(window, "rooms-none")
    next(each for each in page.findChildren(Button) if each.isVisible() and each.text() == "Add rooms").click()
    dialog = _dialog(qtbot)
    dialog.form["name"].put("1")
    dialog.form["last"].put("40")
    picture(dialog, "rooms-add")
    _send(qtbot, dialog)
    assert page.header.subtitle.text() == "0 of 160 beds taken, 160 free"
    undo = next(each for each in window.findChildren(Button) if each.isVisible() and each.text() == "Undo")
    undo.click()
    settle(qtbot)
    assert _house(register) == ()


@pytest.mark.parametrize("regime", list(Regime))
def test_rooms_for_detained_people_are_offered_where_there_are_any(
    qtbot: QtBot, register: Register, regime: Regime
) -> None:
    builders.programme(register, regime=regime)
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    dialogs.add_dialog(page)
    kind = _dialog(qtbot).form["kind"]
    assert isinstance(kind, ChoiceField)
    settle(qtbot)
    kind.put(RoomKind.DETENTION)
    assert kind.read() == (RoomKind.DETENTION if regime is Regime.DETAINED else None)
    kind.put(RoomKind.WOMEN)
    assert kind.read() is RoomKind.WOMEN


def test_the_history_of_a_room_names_who_was_there(qtbot: QtBot, register: Register, stays: list[StayId]) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    _do(page, _spot(page, "1"), "Who had a bed here")
    settle(qtbot)
    shown = next(each for each in QApplication.topLevelWidgets() if isinstance(each, dialogs.History))
    assert len(shown.table.model.ids) == 2
    assert complaints(shown) == []
    shown.accept()


def test_the_panel_of_a_stay_shows_its_beds_and_moves(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    work.start(register)
    panel = RoomPanel(stays[0])
    qtbot.addWidget(panel)
    panel.resize(1134, 300)
    panel.show()
    settle(qtbot)
    assert panel.now.text() == "Room 1 (House A), bed A"
    panel.move_.click()
    dialog = _dialog(qtbot)
    with register.read() as snapshot:
        bed = queries.free_beds(snapshot)[-1]
    dialog.form["bed_id"].put(bed.bed_id)
    _send(qtbot, dialog)
    assert panel.now.text() == "Room 3 (House B), bed B"
    assert len(panel.table.model.ids) == 2
    assert complaints(panel) == []
    picture(panel, "room-panel")
    told = panel.window().findChildren(Toast)[-1]
    assert told.label.text() == "\u2068Ahmadzai, Gul\u2069 is moved: Room 3 (House B), bed B."
    undo = next(each for each in told.findChildren(Button) if each.text() == "Undo")
    assert undo.accessibleName() == f"Undo: {told.label.text()}"
    undo.click()
    settle(qtbot)
    assert panel.now.text() == "Room 1 (House A), bed A"
    assert len(panel.table.model.ids) == 1
    assert panel.window().findChildren(Toast)[-1].label.text().startswith("Undone: ")


def test_a_forgotten_bed_is_entered_in_the_panel_and_that_is_undone(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    work.start(register)
    panel = RoomPanel(stays[5])
    qtbot.addWidget(panel)
    panel.show()
    settle(qtbot)
    panel.enter.click()
    settle(qtbot)
    dialog = _dialog(qtbot)
    with register.read() as snapshot:
        bed = queries.free_beds(snapshot)[-1]
    dialog.form["bed_id"].put(bed.bed_id)
    dialog.form.put({"moment": Moment(date(2026, 7, 9)), "end": Moment(date(2026, 7, 2))})
    _send(qtbot, dialog)
    assert "before the beginning" in dialog.form["end"].error.text()
    dialog.form["end"].put(Moment(date(2026, 8, 1)))
    _send(qtbot, dialog)
    assert (panel.now.text(), len(panel.table.model.ids)) == ("No bed", 1)
    told = panel.window().findChildren(Toast)[-1]
    next(each for each in told.findChildren(Button) if each.text() == "Undo").click()
    settle(qtbot)
    assert panel.table.model.ids == []


def test_the_panel_of_somebody_without_a_bed_gives_one(qtbot: QtBot, register: Register, stays: list[StayId]) -> None:
    work.start(register)
    panel = RoomPanel(stays[5])
    qtbot.addWidget(panel)
    panel.show()
    settle(qtbot)
    assert (panel.now.text(), panel.move_.text(), panel.free.isVisible()) == ("No bed", "Give a bed", False)


def _big_house(rooms: int, beds: int) -> tuple[list[RoomRow], list[Occupancy]]:
    made = []
    for number in range(rooms):
        inside = tuple(
            BedRow(
                BedId(number * beds + bed),
                "ABCDEFGH"[bed],
                Occupant(StayId(1), ResidentId(1), f"K-{number:04}", "Rahmani", "Omid", None, None, "LIYA", False)
                if (number + bed) % 3
                else None,
            )
            for bed in range(beds)
        )
        made.append(RoomRow(RoomId(number), "", "", str(number), None, None, "", 1, inside))
    return made, [Occupancy("", rooms, rooms * beds, 0, 0)]


@pytest.mark.parametrize(("rooms", "beds"), [(300, 1), (500, 4)])
def test_a_large_house_is_one_widget_and_no_labels(
    qtbot: QtBot, rooms: int, beds: int, picture: Callable[..., None]
) -> None:
    grid = RoomsGrid()
    qtbot.addWidget(grid)
    grid.resize(1130, 560)
    grid.show()
    grid.show_rooms(*_big_house(rooms, beds))
    QApplication.processEvents()
    for step in range(10):
        grid.verticalScrollBar().setValue(step * 200)
        grid.grab()
    assert len(grid.spots) == rooms * (1 if beds == 1 else beds + 1)
    assert len(grid.findChildren(Text)) == 0
    picture(grid, f"rooms-{rooms}")


def test_the_arrow_keys_go_from_bed_to_bed_and_enter_chooses(qtbot: QtBot, register: Register) -> None:
    grid = RoomsGrid()
    qtbot.addWidget(grid)
    grid.resize(1130, 560)
    grid.show()
    grid.show_rooms(*_big_house(12, 2))
    activate(qtbot, grid)
    grid.setFocus()
    seen = [told(grid)]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        press(grid, key)
        seen.append(told(grid).split(", \u2068")[0])
    assert seen == [
        "Room 0, 1 of 2 taken",
        "Room 0, bed A, free",
        "Room 0, bed B",
        "Room 1, bed B",
        "Room 1, bed A",
        "Room 0, bed A, free",
    ]
    with qtbot.waitSignal(grid.chosen) as chosen:
        press(grid, Qt.Key.Key_Return)
    assert chosen.args[0].said == "Room 0, bed A, free"
    press(grid, Qt.Key.Key_End)
    assert grid.current is grid.spots[-1]


def test_a_press_on_a_bed_offers_what_can_be_done_there(qtbot: QtBot, register: Register, stays: list[StayId]) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    spot = _spot(page, "1", "A")
    down = page.grid.verticalScrollBar().value()
    with qtbot.waitSignal(page.grid.chosen) as chosen:
        QTest.mouseClick(
            page.grid.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            spot.rect.center() - QPoint(0, down),
        )
    assert chosen.args[0].key == spot.key
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.actions()[0].text() == "Open Ahmadzai, Gul"
    menu.close()


def test_a_bed_has_its_menu_by_shift_f10_and_by_the_right_button(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    activate(qtbot, page.window())
    page.grid.setFocus()
    page.grid.go_to(spot := _spot(page, "1", "A"))
    offered = [each.text() for each in page.entries(spot)]
    QTest.keyClick(page.window().windowHandle(), Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert _in_the_menu() == offered
    at = spot.rect.center() - QPoint(0, page.grid.verticalScrollBar().value())
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    assert QApplication.activePopupWidget() is None, "its menu comes once, when it is asked for"
    asks = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, page.grid.viewport().mapToGlobal(at))
    QApplication.sendEvent(page.grid.viewport(), asks)
    assert _in_the_menu() == offered


def _in_the_menu() -> list[str]:
    """What the menu that is open offers; it is closed again."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [each.text() for each in menu.actions()]
    menu.close()
    return texts


def test_programmes_do_not_matter_to_who_can_be_found(register: Register, stays: list[StayId]) -> None:
    other: ProgrammeId = builders.programme(register, "UK-RETURN")
    resident = builders.resident(register, "K-0099", family_name="Smith")
    stay = builders.stay(register, resident, other, ARRIVED)
    with register.read() as snapshot:
        assert [one.stay_id for one in queries.people(snapshot, text="smith")] == [stay]
        assert queries.people(snapshot)[0].room is None


# -- somebody on the way ----------------------------------------------------------------------------------------------


def _at(page: RoomsPage, spot: Spot) -> QPoint:
    return spot.rect.center() - QPoint(0, page.grid.verticalScrollBar().value())


def _over(qtbot: QtBot, page: RoomsPage, origin: Spot, target: Spot) -> None:
    """Drag somebody over a bed, and wait for what is said."""
    view = page.grid.viewport()
    start, end = _at(page, origin), _at(page, target)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for at in (start + QPoint(20, 4), end):
        buttons = Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), QPointF(view.mapToGlobal(at)), buttons, buttons, none)
        QApplication.sendEvent(view, moved)
    settle(qtbot)


def test_who_is_dragged_to_a_free_bed_has_it_and_undo_brings_them_back(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    window = show(qtbot, register, "rooms", RoomsPage)
    page = _page(window)
    _over(qtbot, page, _spot(page, "1", "A"), _spot(page, "3", "B"))
    assert page.grid.carried is not None
    assert (page.grid.carried.tone, page.grid.carried.said) == (Tone.GREEN, "To Room 3 (House A).")
    picture(window, "rooms-carried")
    QTest.mouseRelease(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=_at(page, _spot(page, "3", "B")))
    settle(qtbot)
    assert _bed_of(register, stays[0]) == "3B"
    undo = window.findChild(UndoCommand)
    assert undo is not None
    undo.trigger()
    settle(qtbot)
    assert _bed_of(register, stays[0]) == "1A"


def test_a_press_without_a_way_still_opens_what_can_be_done(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    with qtbot.waitSignal(page.grid.chosen):
        QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=_at(page, _spot(page, "1", "A")))
    for menu in QApplication.topLevelWidgets():
        if isinstance(menu, QMenu):
            menu.close()


def test_two_change_places_by_keys_alone(qtbot: QtBot, register: Register, stays: list[StayId]) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    page.grid.setFocus()
    page.grid.go_to(_spot(page, "1", "A"))
    QTest.keyClick(page.grid, Qt.Key.Key_X)
    page.grid.go_to(_spot(page, "2", "A"))
    settle(qtbot)
    assert page.grid.carried is not None
    assert "change places" in page.grid.carried.said
    assert page.grid.accessibleDescription() == page.grid.carried.words
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    settle(qtbot)
    assert (_bed_of(register, stays[0]), _bed_of(register, stays[2])) == ("2A", "1A")


def test_what_is_forbidden_is_said_before_the_drop_and_a_supervisor_is_asked_why(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    room = _house(register)[2]
    register.perform(actions.change, room_id=room.room_id, name="3", building="House A", kind=RoomKind.WOMEN)
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    _over(qtbot, page, _spot(page, "1", "A"), _spot(page, "3", "B"))
    assert page.grid.carried is not None
    assert page.grid.carried.tone is Tone.AMBER
    QTest.mouseRelease(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=_at(page, _spot(page, "3", "B")))
    dialog = _dialog(qtbot)
    settle(qtbot)
    assert "Ahmadzai, Gul" in dialog.accessibleDescription(), "nobody is named"
    assert _bed_of(register, stays[0]) == "1A"
    dialog.form["reason"].put("her brother; only tonight")
    _send(qtbot, dialog)
    assert _bed_of(register, stays[0]) == "3B"
    with register.read() as snapshot:
        assert queries.placements(snapshot, stay_id=stays[0])[0].reason == "her brother; only tonight"


def test_a_clerk_is_refused_before_the_drop(
    qtbot: QtBot, register: Register, stays: list[StayId], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = _house(register)[2]
    register.perform(actions.change, room_id=room.room_id, name="3", building="House A", kind=RoomKind.WOMEN)
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    monkeypatch.setattr(permissions, "may", lambda *asked: actions.ALLOW not in asked)
    _over(qtbot, page, _spot(page, "1", "A"), _spot(page, "3", "B"))
    assert page.grid.carried is not None
    assert page.grid.carried.tone is Tone.RED
    assert "is for women" in page.grid.carried.said
    page.grid.let_go()
    out = _spot(page, "7")
    _over(qtbot, page, _spot(page, "1", "A"), out)
    assert page.grid.carried is not None
    assert page.grid.carried.tone is Tone.RED
    assert "out of use" in page.grid.carried.said
    page.grid.let_go()


def test_a_family_goes_together_or_is_told_that_the_room_is_too_small(
    qtbot: QtBot, register: Register, stays: list[StayId]
) -> None:
    with register.read() as snapshot:
        whose = [queries.placements(snapshot, stay_id=stay)[0].resident_id for stay in (stays[0], stays[2])]
    register.perform(residents.join_family, resident_id=whose[0], with_id=whose[1])
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    page.grid.setFocus()
    page.grid.go_to(_spot(page, "1", "A"))
    QTest.keyClick(page.grid, Qt.Key.Key_X)
    QTest.keyClick(page.grid, Qt.Key.Key_F)
    page.grid.go_to(_spot(page, "3"))
    settle(qtbot)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    settle(qtbot)
    assert {_bed_of(register, stays[0]), _bed_of(register, stays[2])} == {"3A", "3B"}
    room = _spot(page, "12").room
    for bed in room.beds[1:]:
        register.perform(actions.take_out_of_use, room_id=room.room_id, bed_id=bed.bed_id, reason="broken")
    page.refresh()
    settle(qtbot)
    page.grid.go_to(_spot(page, "3", "A"))
    QTest.keyClick(page.grid, Qt.Key.Key_X)
    QTest.keyClick(page.grid, Qt.Key.Key_F)
    page.grid.go_to(_spot(page, "12"))
    settle(qtbot)
    assert page.grid.carried is not None
    assert page.grid.carried.said == "Room 12 (House A) is full."
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.grid.carried is None


def test_floors_and_kinds_are_shown_where_they_are_stated_and_nowhere_else(
    qtbot: QtBot, register: Register, stays: list[StayId], picture: Callable[..., None]
) -> None:
    page = _page(show(qtbot, register, "rooms", RoomsPage))
    assert not page.kind.isVisible()
    room = _house(register)[0]
    register.perform(actions.change, room_id=room.room_id, name="1", building="House A", floor="2", kind=RoomKind.MEN)
    register.perform(actions.change_bed, bed_id=room.beds[3].bed_id, name="D", kind=BedKind.ACCESSIBLE)
    page.refresh()
    settle(qtbot)
    assert page.kind.isVisible()
    assert "floor 2, For men" in _spot(page, "1").said
    assert _spot(page, "1", "D").said.endswith("free, Accessible bed")
    picture(page.window(), "rooms-kinds")
    page.kind.setCurrentIndex(1)
    assert {spot.room.name for spot in page.grid.spots} == {"1"}
