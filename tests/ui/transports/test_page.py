"""Expected arrivals in a real window: what is shown of a bus, what keys and links do, and where nothing is shown."""

from collections import deque
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from models.actions import rooms, transports
from models.ids import CandidateId, ProgrammeId, TransportId
from models.queries import passengers
from models.queries import rooms as room_rows
from models.rules.birth import BirthDate
from models.rules.vocabulary import Role, RoomKind, Sex
from models.store.register import Register
from tests import builders
from tests.actions.leavers import at_desk
from tests.actions.test_transports import CAME, expected, listed, whole
from tests.ui.audit import complaints
from tests.ui.conftest import activate, press
from tests.ui.departures.windows import arrival_of, settle, show
from ui import prompts
from ui.arrivals.against import StandsAgainst
from ui.arrivals.asked import NEW
from ui.arrivals.form import open_arrival
from ui.kit.form import FormDialog
from ui.kit.labels import LinkButton
from ui.kit.layout import Tile
from ui.kit.notices import Callout
from ui.kit.undoing import UndoCommand
from ui.selection.page import SelectionPage
from ui.shell import MainWindow
from ui.transports import dialogs
from ui.transports.one import Which
from ui.transports.page import TransportsPage


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    register.perform(rooms.add_room, name="1", last="3", beds=2)
    return builders.programme(register)


def _page(window: MainWindow) -> TransportsPage:
    page = window.page("transports")
    assert isinstance(page, TransportsPage)
    return page


def _open(qtbot: QtBot, register: Register, bus: TransportId | None = None) -> TransportsPage:
    window = show(qtbot, register, "transports", TransportsPage)
    if bus is not None:
        window.open("transports", transport_id=bus)
    settle(qtbot)
    return _page(window)


def _rows(page: TransportsPage) -> list[list[str]]:
    table = page.one.table
    return [
        [each.cell(row).plain for each in table.model.columns] for one in table.model.ids if (row := table.row(one))
    ]


def _form() -> FormDialog:
    (form,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible())
    return form


def _asked(qtbot: QtBot, register: Register, bus: TransportId) -> FormDialog:
    """What its link asks of the first person on a bus."""
    page = _open(qtbot, register, bus)
    page.one.table.followed.emit(whole(register, bus).people[0].id, "open")
    settle(qtbot)
    return _form()


def _undo(page: TransportsPage, qtbot: QtBot) -> None:
    command = page.window().findChild(UndoCommand)
    assert isinstance(command, UndoCommand)
    prompts.answers = deque([True])
    command.trigger()
    settle(qtbot)


def test_a_bus_is_shown_as_it_stands_and_admitted_by_its_button(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    people = listed(
        register, programme, {}, {"sex": Sex.FEMALE, "family_group": "F-1"}, {"birth": BirthDate(2009, about=True)}
    )
    bus = expected(register, people)
    page = _open(qtbot, register, bus)
    assert page.one.came.isVisible()
    assert not page.one.admit.isVisible()
    register.perform(transports.come, transport_id=bus, came=CAME)
    page.refresh()
    settle(qtbot)
    assert complaints(page) == []
    rows = _rows(page)
    assert [row[0] for row in rows] == ["yes"] * 3
    assert [row[4] for row in rows] == ["2 · A", "1 · A", "none"]
    assert rows[2][6] == "Age in doubt: not with adults before it is decided; a document"
    assert page.one.admit.text() == "Admit 2 people"
    page.one.admit.click()
    settle(qtbot)
    assert [row[6] for row in _rows(page)][:2] == ["admitted as K-0001", "admitted as K-0002"]
    assert page.one.papers.isVisible()
    assert complaints(page) == []


def test_a_bed_that_is_not_for_somebody_is_asked_about_and_allowed_with_a_reason(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    room = register.perform(rooms.add_room, name="9", beds=1, kind=RoomKind.WOMEN).value[0]
    bus = expected(register, listed(register, programme, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    (one,) = whole(register, bus).people
    (bed,) = builders.rows(register, f"SELECT id FROM beds WHERE room_id = {room}")[0]
    at_desk(register, Role.SUPERVISOR)
    page = _open(qtbot, register, bus)
    with register.read() as snapshot:
        free = passengers.free(snapshot, transport_id=bus)
    dialogs.arrange_dialog(page, whole(register, bus).row, one, free)
    settle(qtbot)
    choosing = _form()
    choosing.form["bed_id"].put(bed)
    choosing.form["bed_id"].changed()
    settle(qtbot)
    said = [each.label.text() for each in choosing.form.findChildren(Callout) if each.isVisible()]
    assert ["is for women" in each for each in said] == [True], "it is said when the bed is chosen"
    assert complaints(choosing) == []
    choosing.send()
    settle(qtbot)
    assert builders.rows(register, "SELECT bed_id, bed_is_chosen FROM passengers") == [(bed, 1)]
    page.one.admit.click()
    settle(qtbot)
    form = _form()
    assert complaints(form) == []
    assert any("is for women" in each.label.text() for each in form.findChildren(Callout) if each.isVisible())
    form.form.put({"reason": "the only bed that is left"})
    form.send()
    settle(qtbot)
    assert builders.rows(register, "SELECT reason FROM placements") == [("the only bed that is left",)]
    _undo(page, qtbot)
    assert builders.rows(register, "SELECT count(*) FROM placements") == [(0,)]


def test_another_bed_is_proposed_where_the_chosen_one_goes_out_of_use_and_it_is_said(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {}))
    (one,) = whole(register, bus).people
    with register.read() as snapshot:
        found = next(each for each in room_rows.free_beds(snapshot) if (each.room, each.name) == ("1", "A"))
    bed, room = found.bed_id, found.room_id
    chosen: dict[str, Any] = {"bed_id": bed, "bed_is_chosen": True}
    register.perform(transports.arrange, transport_id=bus, passenger_id=one.id, **chosen)
    page = _open(qtbot, register, bus)
    assert "1 · A chosen" in _rows(page)[0]
    register.perform(rooms.take_out_of_use, room_id=room, reason="a burst pipe")
    page.refresh()
    settle(qtbot)
    (row,) = _rows(page)
    assert "2 · A" in row
    assert any("1 · A was chosen and cannot be given any more" in cell for cell in row)
    register.perform(rooms.bring_back, room_id=room)
    page.refresh()
    settle(qtbot)
    assert "1 · A chosen" in _rows(page)[0]


def test_space_takes_out_who_did_not_come_and_b_chooses_another_bed(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    page = _open(qtbot, register, bus)
    view = page.one.table.view
    view.setFocus()
    press(view, Qt.Key.Key_Space)
    settle(qtbot)
    assert [row[0] for row in _rows(page)] == ["no", "yes"]
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_B)
    settle(qtbot)
    form = _form()
    assert complaints(form) == []
    form.form.put({"bed_id": 6, "not_shared": True})
    form.send()
    settle(qtbot)
    found = whole(register, bus).people[1]
    assert (found.bed_is_chosen, found.not_shared) == (True, True)
    assert _rows(page)[1][4] == "3 · B chosen"


def test_what_has_to_be_decided_is_asked_by_its_link_and_a_clerk_decides_for_no_adult(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {"birth": None}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    at_desk(register, Role.CLERK)
    form = _asked(qtbot, register, bus)
    field: Any = form.form["is_child"]
    assert [field.combo.itemText(at) for at in range(field.combo.count())] == ["Choose", "Taken for a child"]
    assert complaints(form) == []


@pytest.mark.parametrize("departed", [None, date(2026, 5, 1)], ids=["on the roll", "left"])
def test_who_is_on_the_roll_is_shown_as_perhaps_the_same_and_not_offered(
    qtbot: QtBot, register: Register, programme: ProgrammeId, departed: date | None
) -> None:
    named: dict[str, Any] = {"family_name": "Rahmani", "given_names": "Haroon", "birth": BirthDate(1990, 5, 2)}
    here = builders.resident(register, "K-0009", sort_name="rahmani haroon", **named)
    builders.stay(register, here, programme, date(2026, 1, 1), departed)
    bus = expected(register, listed(register, programme, named))
    register.perform(transports.come, transport_id=bus, came=CAME)
    at_desk(register, Role.SUPERVISOR)
    form = _asked(qtbot, register, bus)
    field: Any = form.form["who"]
    offered = [field.combo.itemText(at) for at in range(field.combo.count())]
    assert ("The same person: comes back as K-0009" in offered) is (departed is not None)
    said = "\n".join(each.text() for each in form.findChildren(QLabel))
    assert ("Whoever is on the roll cannot come once more." in said) is (departed is None)
    assert complaints(form) == []


def test_what_has_to_be_decided_is_told_before_the_bus_has_come_and_who_has_not_come_is_not(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {"birth": None}, {}))
    page = _open(qtbot, register, bus)
    tiles = [each.number.text() for each in page.one.findChildren(Tile)]
    assert tiles == ["–", "1", "–"]
    assert page.one.which.buttons[Which.TO_DECIDE].text() == "To decide 1"
    window = page.window()
    assert isinstance(window, MainWindow)
    window.open("transports")
    settle(qtbot)
    assert page.overview.header.subtitle.text() == "1 transport · 2 expected"
    table = page.overview.table
    (row,) = (table.row(one) for one in table.model.ids)
    assert row is not None
    assert next(each.cell(row).plain for each in table.model.columns if each.name == "not_come") == "–"
    register.perform(transports.call_off, transport_id=bus, reason="snow")
    page.refresh()
    settle(qtbot)
    assert page.overview.header.subtitle.text() == "No transport is expected · 2 without a transport"


def test_space_and_b_are_keys_of_the_rows_and_not_of_what_stands_above_them(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    page = _open(qtbot, register, bus)
    activate(qtbot, page.window())
    for control in (page.one.which.buttons[Which.NOT_COME], page.one.table.box):
        control.setFocus()
        for key in (Qt.Key.Key_B, Qt.Key.Key_Space):
            press(control, key)
        settle(qtbot)
    assert page.one.which.value is Which.NOT_COME, "the space bar presses what has the keyboard"
    assert page.one.table.box.text() == "b "
    assert [each.is_aboard for each in whole(register, bus).people] == [True, True]
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible()]


def test_space_says_only_of_those_of_whom_it_was_not_so_and_is_undone_for_them_alone(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    found = whole(register, bus).people
    register.perform(transports.board, transport_id=bus, passenger_ids=[found[1].id], is_aboard=False)
    page = _open(qtbot, register, bus)
    page.one.table.view.setFocus()
    page.one.table.view.selectAll()
    press(page.one.table.view, Qt.Key.Key_Space)
    settle(qtbot)
    assert [row[0] for row in _rows(page)] == ["yes", "yes"]
    _undo(page, qtbot)
    assert [row[0] for row in _rows(page)] == ["yes", "no"]


def test_that_a_bus_has_not_come_is_undone_with_who_was_not_on_it(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {}, {}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    away = whole(register, bus).people[1].id
    register.perform(transports.board, transport_id=bus, passenger_ids=[away], is_aboard=False)
    page = _open(qtbot, register, bus)
    dialogs.not_come(page, whole(register, bus).row)
    settle(qtbot)
    assert [each.is_aboard for each in whole(register, bus).people] == [None, None]
    _undo(page, qtbot)
    assert [each.is_aboard for each in whole(register, bus).people] == [True, False]


def test_what_was_decided_of_an_age_is_decided_anew_and_undone_to_what_it_was(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {"birth": None}))
    register.perform(transports.come, transport_id=bus, came=CAME)
    ids = [whole(register, bus).people[0].id]
    values: dict[str, Any] = {"transport_id": bus, "passenger_ids": ids}
    register.perform(transports.decide_age, is_child=True, reason="looks it", **values)
    at_desk(register, Role.SUPERVISOR)
    page = _open(qtbot, register, bus)
    page.one.table.view.setFocus()
    page.one.table.view.selectAll()
    (again,) = (each for each in page.one.table.row_menu().actions() if each.text() == "Decide again on the age")
    again.trigger()
    settle(qtbot)
    form = _form()
    form.form.put({"is_child": False, "reason": "a school report"})
    form.send()
    settle(qtbot)
    assert whole(register, bus).people[0].is_child is False
    _undo(page, qtbot)
    (one,) = whole(register, bus).people
    assert (one.is_child, one.decided_why) == (True, "looks it")


def test_nothing_of_arrivals_is_shown_where_no_list_is_used(qtbot: QtBot, register: Register) -> None:
    builders.programme(register)
    window = show(qtbot, register, "selection", SelectionPage)
    settle(qtbot)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    assert not page.overview.arrivals.isVisible()
    open_arrival(window)
    settle(qtbot)
    form = arrival_of(qtbot, window)
    assert not [each for each in form.findChildren(LinkButton) if "at once" in each.text()]


def test_what_stands_against_an_arrival_is_said_before_anything_is_typed(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    waiting: tuple[CandidateId, ...] = listed(register, programme, {})
    bus = expected(register, waiting)
    at_desk(register, Role.CLERK)
    window = show(qtbot, register, "selection", SelectionPage)
    open_arrival(window)
    settle(qtbot)
    form = arrival_of(qtbot, window)
    assert [each.isVisible() for each in form.findChildren(LinkButton) if "whole bus" in each.text()] == [True], bus
    form.form.put({"who": NEW, "programme_id": programme})
    form.form["who"].edited.emit()
    settle(qtbot)
    (against,) = form.findChildren(StandsAgainst)
    assert against.isVisible()
    assert "registered provisionally" in against.label.text()
    assert "The person is on no proposed list." in against.label.text()


def test_how_the_list_of_who_is_on_a_bus_is_sorted_is_remembered(
    qtbot: QtBot, register: Register, programme: ProgrammeId
) -> None:
    bus = expected(register, listed(register, programme, {}, {}, {}))
    first = _open(qtbot, register, bus).one.table
    first.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    first.view.header.resizeSection(1, 210)
    wanted = list(first.model.ids)
    assert wanted == sorted(wanted, reverse=True)
    again = _open(qtbot, register, bus).one.table
    assert list(again.model.ids) == wanted
    assert again.view.columnWidth(1) == 210
