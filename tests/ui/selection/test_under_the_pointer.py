"""What is pressed again and again at one point of the screen: nothing else comes to lie there."""

from collections import deque
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.actions import selection as actions
from models.exchange import import_lists
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.ids import CandidateId, ListId, ProgrammeId
from models.rules.vocabulary import Answer, CandidateState
from models.store.register import Register
from tests import builders
from tests.ui.departures.windows import settle, show
from tests.ui.selection.conftest import whole
from ui import prompts
from ui.selection.page import SelectionPage
from ui.shell import MainWindow

HEAD = "No.,Case no.,Family name,Given name,Sex,Date of birth,Citizenship,Document no.,Convictions,Family\n"
NAMES = (
    "LI,Wu",
    "BARTHOLOMEW-WINTERBOTTOM AL-HASHIMI,Mohammad Yousuf Abdul Rahman Khan",
    "A,B",
    "DÉSIR,Jean",
    "C,D",
    "E,F",
)


@pytest.fixture
def different(register: Register, programme: ProgrammeId, tmp_path: Path) -> ListId:
    """A list of people of whom each has another page: long names, families, doubts, decided or not."""
    lines = [
        f"{at},900-441-00{at},{name},M,{'1988' if at % 2 else '1984-03-21'},Haiti,F6677{at},,{'F-1' if at < 4 else ''}"
        for at, name in enumerate(NAMES, 1)
    ]
    file = tmp_path / "US-03.csv"
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    read = read_list(read_table(file))
    return register.perform(import_lists.bring_in, programme_id=programme, read=read).value.list_id


def begin(qtbot: QtBot, register: Register, list_id: ListId) -> tuple[MainWindow, SelectionPage]:
    """The page of the first candidate, gone to from the list."""
    window = show(qtbot, register, "selection", SelectionPage, list_id=list_id)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    page.open("selection", candidate_id=page.people.order[0])
    settle(qtbot)
    return window, page


def middle(window: QWidget, part: QWidget) -> QPoint:
    return part.mapTo(window, part.rect().center())


def press(qtbot: QtBot, window: MainWindow, at: QPoint) -> None:
    """The button of the mouse, at a point of the window: whatever lies there has it."""
    handle = window.windowHandle()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    settle(qtbot)


def answer_all(register: Register, who: CandidateId) -> None:
    for criterion in whole(register, who).criteria:
        if criterion.answer is Answer.UNKNOWN:
            register.perform(actions.answer, candidate_id=who, criterion_id=criterion.id, given=Answer.NO, note="")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_next_stays_under_the_pointer_from_the_first_to_the_last(
    qtbot: QtBot, register: Register, different: ListId, size: tuple[int, int]
) -> None:
    window, page = begin(qtbot, register, different)
    order = list(page.people.order)
    register.perform(actions.decide, candidate_id=order[1], outcome=CandidateState.REFUSED, reason="r", decided_by="L")
    answer_all(register, order[2])
    builders.accept(register, order[2])
    window.resize(*size)
    settle(qtbot)
    at = middle(window, page.one.next)
    seen = [page.where()["candidate_id"]]
    for _each in order[1:]:
        press(qtbot, window, at)
        seen.append(page.where()["candidate_id"])
    assert seen == order
    press(qtbot, window, at)
    assert page.where()["candidate_id"] == order[-1]
    assert {whole(register, who).state for who in (order[0], *order[3:])} == {CandidateState.PROPOSED}


def test_the_button_of_the_decision_stays_under_the_pointer(
    qtbot: QtBot, register: Register, different: ListId
) -> None:
    """Whoever presses it twice, or for one candidate after the other, presses nothing else."""
    window, page = begin(qtbot, register, different)
    order, card = list(page.people.order), page.one.decision
    for who in order:
        answer_all(register, who)
    page.refresh()
    settle(qtbot)
    at, turn = QPoint(), middle(window, page.one.next)
    for place, who in enumerate(order):
        card.form["outcome"].put(CandidateState.ACCEPTED if place % 2 else CandidateState.REFUSED)
        card.form["reason"].put("said so")
        card.form["decided_by"].put("L. Hoxha")
        settle(qtbot)
        prompts.answers = deque([True])  # of some only the year of birth is known
        here = card.submit.mapTo(window, QPoint(12, card.submit.height() // 2))
        assert here == (at or here)
        at = here
        press(qtbot, window, at)
        press(qtbot, window, at)
        assert len(whole(register, who).decisions) == 1
        press(qtbot, window, turn)
    assert all(whole(register, who).state is not CandidateState.PROPOSED for who in order)


def test_an_outcome_that_is_chosen_is_not_lost_by_next(qtbot: QtBot, register: Register, different: ListId) -> None:
    window, page = begin(qtbot, register, different)
    order, card = list(page.people.order), page.one.decision
    card.form["outcome"].put(CandidateState.ACCEPTED)
    settle(qtbot)
    prompts.answers = deque([False, True])
    at = middle(window, page.one.next)
    press(qtbot, window, at)
    assert page.where()["candidate_id"] == order[0]
    assert card.form["outcome"].read() is CandidateState.ACCEPTED
    assert "Throw away" in prompts.asked[-1].title
    press(qtbot, window, at)
    assert page.where()["candidate_id"] == order[1]


def test_a_double_press_on_the_name_of_a_list_opens_the_list_alone(
    qtbot: QtBot, register: Register, different: ListId
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    view = page.overview.lists.view
    room = view.visualRect(view.model().index(0, 0))
    at = view.viewport().mapTo(window, QPoint(room.left() + 16, room.center().y()))
    for _time in range(2):  # the second time its people are there at once
        QTest.mouseDClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        settle(qtbot)
        assert dict(page.where()) == {"list_id": different}
        assert page.people.isVisible()
        page.open("selection")
        settle(qtbot)


def test_a_link_is_followed_once_however_often_it_is_pressed(
    qtbot: QtBot, register: Register, different: ListId
) -> None:
    """And not where the pointer was let go that was pressed elsewhere."""
    window = show(qtbot, register, "selection", SelectionPage)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    lists, view = page.overview.lists, page.overview.lists.view
    followed: list[object] = []
    lists.followed.disconnect()
    lists.followed.connect(lambda one, _name: followed.append(one))
    room = view.visualRect(view.model().index(0, 0))
    link, beside = (QPoint(x, room.center().y()) for x in (room.left() + 16, room.right() + 40))
    handle, none = window.windowHandle(), Qt.KeyboardModifier.NoModifier
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, none, view.viewport().mapTo(window, link))
    assert followed == [different]
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, view.viewport().mapTo(window, beside))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, view.viewport().mapTo(window, link))
    assert followed == [different]
