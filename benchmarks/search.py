"""Keystroke to painted results in the search box of the real window, over the bare SQL of the same searches.

Names, numbers, documents' letters and other scripts are typed letter by letter. Each keystroke is timed from the key's
event to the end of the painting of what was found, with everything that the event loop does in between.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy  # before PySide6, whose hooks would slow its import
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from benchmarks import data
from benchmarks.running import SEED, Job, Line, peak, percentile
from desktop.app import Program
from desktop.collector import GarbageCollector
from desktop.garbage import spare_what_stays
from models.queries.search import box
from models.store.register import Register
from ui import work

_MOST_SECONDS = 0.016


def measure(job: Job) -> list[Line]:
    """Type into the search box of the whole window."""
    at = data.register(job.folder, job.stays)
    app = QApplication(sys.argv[:1])
    GarbageCollector(app)
    with tempfile.TemporaryDirectory() as home:
        program = Program(app, Path(home) / "settings.json")
        register = data.open_register(at)
        texts = typed(register, job.keys)
        program.open(register)
        spare_what_stays()
        keys = _Typist(program).type(texts)
        floor = [_bare(register, text) for text in _begun(texts)]
        program.end()
    figure, bare = percentile(keys, 95), percentile(floor, 95)
    middle = f"50th {percentile(keys, 50) * 1000:.1f} ms, 99th {percentile(keys, 99) * 1000:.1f} ms, {len(keys)} keys"
    name = "keystroke to painted results, 95th percentile"
    return [Line(name, figure, bare, figure / bare, most_seconds=_MOST_SECONDS, peak=peak(), note=middle)]


def typed(register: Register, keys: int) -> list[str]:
    """What is typed: parts of what the register holds, and a few misspellings, of so many letters together."""
    chance = Random(SEED)
    sql = (
        "SELECT r.number, r.family_name, r.given_names, r.own_script, n.number FROM residents r "
        "JOIN partner_numbers n ON n.resident_id = r.id ORDER BY r.id"
    )
    with register.read() as snapshot:
        people = snapshot.connection.exec_driver_sql(sql).all()
    texts: list[str] = []
    while sum(map(len, texts)) < keys:
        own, family, given, script, partner = chance.choice(people)
        kinds = [own, partner, own[2:]]
        if family:
            kinds = [family, f"{given} {family}", f"{family} {given}", _spelled(family), own, partner]
        if script:
            kinds += [script, script.split()[-1]]
        texts.append(chance.choice(kinds)[:14])
    return texts


def _spelled(name: str) -> str:
    """As somebody types who has no such keys."""
    plain = {"Đ": "Dj", "đ": "dj", "ć": "c", "č": "c", "š": "s", "Š": "S", "ž": "z", "ç": "c", "Ç": "C", "ë": "e"}
    return "".join(plain.get(letter, letter) for letter in name).lower()


def _begun(texts: Sequence[str]) -> list[str]:
    """Each text after each of its letters."""
    return [text[: end + 1] for text in texts for end in range(len(text))]


class _Typist(QObject):
    """Types, and sees when what was found is painted."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        window = program.window
        if window is None:
            raise RuntimeError("the window is not there")
        self._line = window.search
        self._line.shown.connect(self._mark_shown)
        self._is_shown = self._is_painted = False
        window.activateWindow()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle(1.0)
        self._line.popup.list.viewport().installEventFilter(self)

    def type(self, texts: Sequence[str]) -> list[float]:
        """Type each text and clear the box again; the seconds of each keystroke. The first text is not counted."""
        seconds: list[float] = []
        for text in ["warm up", *texts]:
            times = [self._press(letter) for letter in text]
            seconds += times if text != "warm up" else []
            self._line.clear()
            self._line.search()
            self._settle(0.02)
        return seconds

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        """The list is about to be painted."""
        if event.type() == QEvent.Type.Paint:
            self._is_painted = True
        return super().eventFilter(watched, event)

    def _press(self, letter: str) -> float:
        self._is_shown = self._is_painted = False
        before = self._listed()
        begin = time.perf_counter()
        QApplication.sendEvent(self._line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
        while not self._is_shown:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if self._listed() not in ([], before):
            while not self._is_painted:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        return time.perf_counter() - begin

    def _listed(self) -> list[str]:
        """What stands in the list; nothing is painted where it stays the same."""
        shown = self._line.popup.list
        return [shown.item(row).text() for row in range(shown.count() if shown.isVisible() else 0)]

    def _mark_shown(self) -> None:
        # What was painted before was an earlier answer.
        self._is_shown, self._is_painted = True, False

    def _settle(self, seconds: float) -> None:
        """Let the event loop run until all is answered, and a little longer."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or work.worker().busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def _bare(register: Register, text: str) -> float:
    """The seconds of the same statements on the bare connection, rows fetched."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_more: object) -> None:
        asked.append((statement, values))

    with register.read() as snapshot:
        sqlalchemy.event.listen(snapshot.connection, "before_cursor_execute", note)
        box(snapshot, text=text)
        sqlalchemy.event.remove(snapshot.connection, "before_cursor_execute", note)
        cursor = snapshot.connection.connection.cursor()
        gc.collect(0)
        begin = time.perf_counter()
        for statement, values in asked:
            cursor.execute(statement, values)
            cursor.fetchall()
        seconds = time.perf_counter() - begin
        cursor.close()
    return seconds
