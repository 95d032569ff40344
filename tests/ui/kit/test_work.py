"""The seam to the register: one worker, answers in the window's thread, nothing for pages that are gone."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.changes import Changes, Kind, Outcome
from models.errors import Refused, Unavailable
from models.store import opening
from models.store.register import Register
from models.store.snapshot import Snapshot
from tests.conftest import PASSPHRASE
from tests.ui.conftest import wait_idle
from tests.ui.kit.fakes import FakeRegister, as_register, refuse
from ui import prompts, work
from ui.kit.page import Page


@pytest.fixture
def register() -> Iterator[FakeRegister]:
    fake = FakeRegister(1000)
    work.start(as_register(fake))
    yield fake
    work.stop()


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def answer(_reading: object, *, number: int = 1) -> int:
    return number


def test_a_query_is_asked_in_the_worker_and_answered_in_the_window(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    got: list[tuple[int, int]] = []
    work.run_query(owner, answer, lambda value: got.append((value, threading.get_ident())), number=7)
    wait_idle(qtbot)
    assert got == [(7, threading.get_ident())]
    assert threading.get_ident() not in register.threads


def test_all_work_is_done_by_one_thread(register: FakeRegister, owner: QWidget, qtbot: QtBot) -> None:
    for _ in range(20):
        work.run_query(owner, answer, lambda _value: None)
        work.run_action(owner, answer)
    wait_idle(qtbot)
    assert len(register.threads) == 1


def test_an_action_hands_its_value_over_and_then_says_once_what_changed(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    heard: list[object] = []
    work.worker().changed.connect(heard.append)
    work.run_action(owner, answer, on_done=heard.append, number=3)
    wait_idle(qtbot)
    assert heard == [3, frozenset({Kind.RESIDENT})]


def test_an_answer_is_dropped_when_its_page_is_gone_but_the_others_still_hear_of_the_change(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    gone = QWidget()
    got: list[int] = []
    heard: list[Changes] = []
    work.worker().changed.connect(heard.append)

    def slow(_unit: FakeRegister) -> int:
        time.sleep(0.1)
        return 1

    work.run_action(gone, slow, on_done=got.append)
    work.run_query(gone, slow, got.append)
    gone.deleteLater()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    wait_idle(qtbot)
    assert got == []
    assert heard == [frozenset({Kind.RESIDENT})]


def test_the_window_goes_on_while_the_worker_works(register: FakeRegister, owner: QWidget, qtbot: QtBot) -> None:
    ticks: list[None] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(None))
    timer.start(5)
    enough = threading.Event()

    def slow(_reading: FakeRegister) -> bool:
        return enough.wait(30)

    answers: list[bool] = []
    work.run_query(owner, slow, answers.append)
    qtbot.waitUntil(lambda: len(ticks) > 20)
    assert answers == [], "the window has gone on while the worker is still at work"
    enough.set()
    wait_idle(qtbot)
    timer.stop()
    assert answers == [True]


def test_of_several_queries_with_one_key_only_the_last_is_answered(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    got: list[int] = []
    asked: list[int] = []

    def ask(_reading: FakeRegister, *, number: int) -> int:
        asked.append(number)
        time.sleep(0.02)
        return number

    for number in range(30):
        work.run_query(owner, ask, got.append, latest="typed", number=number)
    wait_idle(qtbot)
    assert got == [29]
    assert len(asked) < 5, "those that were overtaken are not even asked"


def test_keys_of_two_pages_do_not_meet(register: FakeRegister, owner: QWidget, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    got: list[int] = []
    work.run_query(owner, answer, got.append, latest="typed", number=1)
    work.run_query(other, answer, got.append, latest="typed", number=2)
    wait_idle(qtbot)
    assert got == [1, 2]


def test_a_refusal_goes_to_who_asked(register: FakeRegister, owner: QWidget, qtbot: QtBot) -> None:
    got: list[Refused] = []
    work.run_action(owner, refuse, on_refused=got.append)
    wait_idle(qtbot)
    assert [error.field for error in got] == ["until"]
    assert prompts.asked == []


def test_a_refusal_that_nobody_waits_for_is_shown_with_its_reasons(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    work.run_action(owner, refuse, reasons=True)
    wait_idle(qtbot)
    (told,) = prompts.asked
    assert told.title == "This cannot be done"
    assert told.text == "The limit must lie after 20 Nov.\n•\u00a0The stay has no decision yet."


def test_what_the_world_refuses_is_shown_with_what_to_do(register: FakeRegister, owner: QWidget, qtbot: QtBot) -> None:
    def full(_unit: FakeRegister) -> None:
        raise Unavailable("The disk is full. Free some space, then try again.")

    ended: list[bool] = []
    work.run_action(owner, full, on_end=lambda: ended.append(True))
    wait_idle(qtbot)
    (told,) = prompts.asked
    assert told.text == "The disk is full. Free some space, then try again."
    assert ended == [True]


def test_a_fault_is_told_without_any_word_of_what_it_was_about(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    def faulty(_unit: FakeRegister, *, name: str) -> None:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(f"cannot admit {name}") from error

    work.run_action(owner, faulty, name="Ahmadzai")
    wait_idle(qtbot)
    (told,) = prompts.asked
    assert told.title == "This is a fault in Konak; nothing was saved"
    assert "ValueError" in told.details
    assert "KeyError" in told.details
    assert "tests/ui/kit/test_work.py" in told.details.replace("\\", "/") or "kit/test_work.py" in told.details
    assert "Ahmadzai" not in told.details + told.text
    assert "/home" not in told.details


def test_a_table_that_is_not_there_is_a_fault_and_not_the_disk(
    owner: QWidget, qtbot: QtBot, tmp_path: Path, empty_register: Path
) -> None:
    def of_a_table_that_is_not_there(snapshot: Snapshot) -> None:
        snapshot.connection.exec_driver_sql("SELECT disk FROM full_and_locked")

    folder = Path(shutil.copytree(empty_register, tmp_path / "register"))
    with opening.open_register(folder, passphrase=PASSPHRASE) as register:
        work.start(register)
        work.run_query(owner, of_a_table_that_is_not_there, print)
        wait_idle(qtbot)
        work.stop()
    (told,) = prompts.asked
    assert told.title == "This is a fault in Konak; nothing was saved"
    assert "OperationalError" in told.details
    assert "full_and_locked" not in told.details + told.text


def test_a_long_job_shows_how_far_it_is_and_hands_its_value_over(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    got: list[object] = []
    heard: list[Changes] = []
    work.worker().changed.connect(heard.append)

    def job(register: Register, progress: Callable[..., None], _cancelled: Callable[[], bool]) -> object:
        for done in range(5):
            progress(done, 5)
            time.sleep(0.02)
        return register.perform(answer, number=38)

    dialog = work.run_long(owner, job, title="Bringing in stays", on_done=got.append)
    seen: set[str] = set()
    while work.worker().busy:
        QApplication.processEvents()
        seen.add(dialog.busy.note.text()) if work.worker().busy else None
        time.sleep(0.002)
    assert got == [38]
    assert heard == [frozenset({Kind.RESIDENT})]
    assert "2 of 5" in seen


def test_a_cancelled_job_stops_at_its_next_step_and_leaves_nothing(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    stopped: list[bool] = []
    done: list[object] = []
    steps: list[int] = []

    def job(_register: Register, progress: Callable[..., None], _cancelled: Callable[[], bool]) -> Outcome[int]:
        for step in range(1000):
            progress(step, 1000)
            steps.append(step)
            time.sleep(0.005)
        return Outcome(1, frozenset({Kind.STAY}))

    dialog = work.run_long(
        owner, job, title="Bringing in stays", on_done=done.append, on_stopped=lambda: stopped.append(True)
    )
    qtbot.waitUntil(lambda: len(steps) > 3)
    dialog.reject()
    wait_idle(qtbot)
    assert stopped == [True]
    assert done == []
    assert len(steps) < 500
    assert prompts.asked == []


def test_stopping_drops_what_was_still_waiting(register: FakeRegister, owner: QWidget) -> None:
    got: list[int] = []
    for _ in range(10):
        work.run_query(owner, answer, got.append)
    work.stop()
    QApplication.processEvents()
    assert got == []
    with pytest.raises(RuntimeError):
        work.worker()


def test_what_was_sent_before_the_lock_is_done_and_told_when_the_person_is_back(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    gate, done = threading.Event(), threading.Event()
    got: list[object] = []
    heard: list[Changes] = []

    def sent(_unit: FakeRegister) -> int:
        gate.wait(10)
        done.set()
        return 3

    work.worker().changed.connect(heard.append)
    work.run_action(owner, sent, on_done=got.append)
    work.run_query(owner, answer, got.append, number=7)
    resting = work.rest()
    with pytest.raises(RuntimeError):
        work.worker()
    work.run_query(owner, answer, got.append, number=8)
    gate.set()
    resting.let_go()
    qtbot.wait(20)
    assert done.is_set()
    assert register.reads == 0, "what only asks can wait"
    assert (got, heard) == ([], []), "nobody is there to be told"
    with pytest.raises(RuntimeError):
        _ = resting.register
    again = FakeRegister()
    work.resume(resting, as_register(again))
    wait_idle(qtbot)
    assert got == [3, 7]
    assert heard == [frozenset({Kind.RESIDENT})]
    assert (register.reads, again.reads) == (0, 1)


def test_a_long_job_is_stopped_by_the_lock_leaves_nothing_and_says_so_later(
    register: FakeRegister, owner: QWidget, qtbot: QtBot
) -> None:
    stopped: list[bool] = []
    steps: list[int] = []
    begun = threading.Event()

    def job(_register: Register, progress: Callable[..., None], _cancelled: Callable[[], bool]) -> Outcome[int]:
        for step in range(1000):
            progress(step, 1000)
            steps.append(step)
            begun.set()
            time.sleep(0.005)
        return Outcome(1, frozenset({Kind.STAY}))

    work.run_long(owner, job, title="Bringing in stays", on_stopped=lambda: stopped.append(True))
    begun.wait(10)
    resting = work.rest()
    resting.let_go()
    qtbot.wait(20)
    assert len(steps) < 500
    assert prompts.asked == []
    assert stopped == []
    work.resume(resting, as_register(register))
    wait_idle(qtbot)
    assert stopped == [True]
    (told,) = prompts.asked
    assert told.text == "Bringing in stays: nothing of it was kept."


class Counting(Page):
    kinds = frozenset({Kind.RESIDENT})

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def refresh(self) -> None:
        self.reads += 1


def test_a_page_reads_when_it_is_looked_at_and_again_only_for_what_it_shows(
    register: FakeRegister, qtbot: QtBot
) -> None:
    page = Counting()
    qtbot.addWidget(page)
    work.worker().announce(frozenset({Kind.RESIDENT}))
    qtbot.wait(20)
    assert page.reads == 0, "nobody looks at it yet"
    page.show()
    qtbot.waitUntil(lambda: page.reads == 1)
    work.worker().announce(frozenset({Kind.ROOM}))
    qtbot.wait(20)
    assert page.reads == 1
    work.worker().announce(frozenset({Kind.RESIDENT, Kind.ROOM}))
    qtbot.waitUntil(lambda: page.reads == 2)
    page.hide()
    work.worker().announce(frozenset({Kind.RESIDENT}))
    page.show()
    qtbot.waitUntil(lambda: page.reads == 3)
