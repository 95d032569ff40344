"""A day's work by keyboard alone: its keys are counted, and stand in docs/keys.md."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.app import Program
from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.queries import roll_calls
from tests.journeys.clerk import SIZE, Clerk
from tests.journeys.fingers import Fingers
from ui import work
from ui.accelerators import Accelerators
from ui.roll.page import RollPage

DOCUMENT = Path(__file__).parents[2] / "docs" / "keys.md"
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fingers(clerk: Clerk, program: Program, demonstration: Path, tmp_path: Path) -> Iterator[Fingers]:
    """Somebody without a mouse before the demonstration, which is locked."""
    watch = Accelerators(program.app)
    folder = tmp_path / "register"
    shutil.copytree(demonstration, folder)
    program.start(folder)
    clerk.waits()
    yield Fingers(clerk)
    program.app.removeEventFilter(watch)
    watch.deleteLater()


@pytest.mark.long
def test_a_days_work_by_keyboard_alone_takes_the_keys_of_the_document(
    fingers: Fingers, clerk: Clerk, clock: FixedClock
) -> None:
    opens(fingers)
    goes_away_and_comes_back(fingers)
    moves(fingers)
    extends(fingers)
    comes_back_late(fingers)
    checks(fingers)
    counts(fingers)
    clerk.lets_pass(clock, timedelta(days=10))
    reports(fingers)
    written = DOCUMENT.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\d+) \|$", written, re.MULTILINE)
    assert [(name, job.words, str(job.keys)) for name, job in fingers.jobs.items()] == rows
    assert fingers.jobs["Record an absence"].keys <= 12


def opens(fingers: Fingers) -> None:
    with fingers.job("Open the register"):
        fingers.chooses("A. Berisha")
        fingers.tabs_to("Passphrase")
        fingers.types(PASSPHRASE, "passphrase")
        fingers.enter()
        fingers.clerk.waits_for("What needs a person today")
        fingers.settles()
    assert fingers.name == "Today"
    fingers.clerk.window.resize(*SIZE)
    fingers.clerk.waits()


def finds(fingers: Fingers) -> None:
    fingers.key(Qt.Key.Key_K, _CTRL)
    fingers.finds("ahmadzai f", "Ahmadzai, Farid", "name")
    assert fingers.name == "Residents"


def goes_away_and_comes_back(fingers: Fingers) -> None:
    with fingers.job("Find a resident"):
        finds(fingers)
    with fingers.job("Record an absence"):
        finds(fingers)
        fingers.alt("Record absence")
        fingers.chooses("Hospital")
        fingers.tabs_to("Where to")
        fingers.types("Clinic", "where")
        fingers.tabs_to("Due back: date")
        fingers.types("today", "day")
        fingers.tabs_to("Due back: time, if known")
        fingers.types("18:00", "hour")
        fingers.enter()
    assert "The absence is entered." in fingers.clerk.hears()
    with fingers.job("Record the return"):
        finds(fingers)
        fingers.alt("Record return")
        assert fingers.name == "Came back: date"
        fingers.enter()
    assert "Ahmadzai, Farid⁩ is back." in fingers.clerk.hears()
    assert fingers.name == "Residents"


def moves(fingers: Fingers) -> None:
    with fingers.job("Move to another room"):
        finds(fingers)
        fingers.alt("Move room")
        fingers.finds("8 village", "8 (Village), bed A", "room")
        fingers.enter()
    assert "is moved: Room 8 (Village), bed A." in fingers.clerk.hears()
    assert fingers.name == "Residents"


def extends(fingers: Fingers) -> None:
    with fingers.job("Extend a stay"):
        finds(fingers)
        fingers.alt("Extend stay")
        fingers.types("1.5.2027", "last day")
        fingers.tabs_to("Decided by")
        fingers.types("Commission", "who")
        fingers.tabs_to("Authority")
        fingers.types("Art. 4", "article")
        fingers.tabs_to("Reason")
        fingers.types("The visa is on its way.", "reason")
        fingers.key(Qt.Key.Key_Return, _CTRL)
    assert "The stay is extended." in fingers.clerk.hears()
    assert fingers.name == "Residents"


def comes_back_late(fingers: Fingers) -> None:
    """What needs a person is settled from the list of Today, and the keyboard stays in it."""
    with fingers.job("Settle what Today names"):
        fingers.key(Qt.Key.Key_1, _CTRL)
        fingers.tabs_to("What needs a person today")
        fingers.goes_down_to("Away, overdue")
        fingers.key(Qt.Key.Key_End)
        fingers.enter()
        assert fingers.name == "Came back: date"
        fingers.enter()
    assert "is back." in fingers.clerk.hears()
    assert fingers.name == "What needs a person today"


def checks(fingers: Fingers) -> None:
    with fingers.job("Enter a check of a departure plan"):
        fingers.key(Qt.Key.Key_6, _CTRL)
        fingers.key(Qt.Key.Key_F, _CTRL)
        fingers.types("wardak", "name")
        fingers.clerk.waits_for("\n1 row\n")
        fingers.key(Qt.Key.Key_Down)
        fingers.goes_down_to("Wardak, Fatima")
        fingers.enter()
        fingers.alt("Enter check: Fit to travel")
        fingers.chooses("Fit to travel")
        fingers.tabs_to("Doctor")
        fingers.types("Dr Gashi", "who")
        fingers.enter()
    assert "The check is saved." in fingers.clerk.hears()
    assert "It can be recorded when 1 more step is done." in fingers.clerk.reads()
    assert fingers.name == "Departures"


def counts(fingers: Fingers) -> None:
    """Everybody of the house: one key for each, as quickly as a hand is, and few around them. Of 176 at most 190."""
    with fingers.job("Count the house of 195"):
        fingers.key(Qt.Key.Key_3, _CTRL)
        fingers.alt("Begin a roll call")
        fingers.clerk.waits_for("still to count")
        page = fingers.clerk.window.findChild(RollPage)
        assert isinstance(page, RollPage)
        expected = page.count.counting.balance.expected
        assert expected == 195
        for _person in range(expected):
            assert not page.count.counting.balance.balances
            fingers.key(Qt.Key.Key_Space, settles=False)
        fingers.settles()
        assert page.count.counting.balance.balances
        fingers.alt("Close and sign")
        fingers.key(Qt.Key.Key_Return, _CTRL)
    assert fingers.jobs["Count the house of 195"].keys - expected <= 190 - 176
    assert "The roll call is signed." in fingers.clerk.hears()
    with work.worker().register.read() as snapshot:
        signed = roll_calls.calls(snapshot)[0]
    assert signed.balances
    assert (signed.counted, signed.missing, signed.unexpected) == (expected, 0, 0)


def reports(fingers: Fingers) -> None:
    with fingers.job("Issue the report of a month"):
        fingers.key(Qt.Key.Key_8, _CTRL)
        fingers.alt("Issue")
        fingers.enter()
    assert "The report was issued." in fingers.clerk.hears()
    assert fingers.name == "Monthly reports"
