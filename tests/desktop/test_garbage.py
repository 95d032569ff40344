"""Garbage is collected between two events, and only when enough of it has gathered."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.cli import REFUSED, main
from desktop.collector import GarbageCollector
from desktop.garbage import collect


class _Knot:
    """Refers to itself, so that it goes only when garbage is collected."""

    def __init__(self) -> None:
        self.itself = self


def _tie() -> "weakref.ref[_Knot]":
    return weakref.ref(_Knot())


def _gather(objects: int) -> list[list[int]]:
    """Make so many objects that Python counts."""
    return [[] for _ in range(objects)]


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """Python collects nothing by itself, and begins with nothing gathered."""
    collected = gc.isenabled()
    gc.disable()
    gc.collect()
    yield
    if collected:
        gc.enable()


def test_little_is_left_lying(no_collecting: None) -> None:
    """Nothing is looked through for the sake of a few objects."""
    knot = _tie()
    collect()
    assert knot() is not None


def test_what_has_gathered_is_collected(no_collecting: None) -> None:
    """Once enough objects were made, those that nothing holds are gone."""
    knot = _tie()
    kept = _gather(30_000)
    collect()
    assert knot() is None
    assert len(kept) == 30_000


def test_what_grew_old_is_collected_as_well(no_collecting: None) -> None:
    """A knot that was held through a first sweep is in an older generation, and goes with it."""
    held = _Knot()
    knot = weakref.ref(held)
    kept = _gather(30_000)
    collect()
    del held
    kept += _gather(30_000)
    collect()
    assert knot() is not None, "the youngest alone were to be looked through"
    for _ in range(12):
        kept += _gather(30_000)
        collect()
    assert knot() is None


def test_a_command_has_garbage_looked_for_seldom(tmp_path: Path) -> None:
    """Once as much has gathered as in the window: a file of many rows would be looked through for each 700 objects."""
    found = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        assert main(["--register", str(tmp_path / "nothing"), "check"]) == REFUSED
        assert gc.get_threshold()[0] == 20_000
        assert gc.isenabled()
    finally:
        gc.set_threshold(*found)


def test_the_window_collects_between_events(no_collecting: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python collects no more by itself, however much is made; a turn of the events does."""
    monkeypatch.setattr(GarbageCollector, "EVERY", 10)
    gc.enable()
    parent = QObject()
    GarbageCollector(parent)
    knot = _tie()
    kept = _gather(200_000)
    assert knot() is not None
    qtbot.waitUntil(lambda: knot() is None)
    assert len(kept) == 200_000
    parent.deleteLater()
