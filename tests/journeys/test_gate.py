"""Out at the gate and in again, by the scanner and by hand: what is pressed is counted, and stands in docs/keys.md."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.app import Program
from models.clock import FixedClock
from models.ids import ProgrammeId
from models.store.opening import open_register
from tests import builders
from tests.actions.test_gate import keep_gate
from tests.conftest import PASSPHRASE
from tests.journeys.clerk import SIZE, Clerk
from tests.journeys.fingers import Fingers

DOCUMENT = Path(__file__).parents[2] / "docs" / "keys.md"
_CTRL = Qt.KeyboardModifier.ControlModifier
MOST = 4
"""So many interactions a going out or a coming in takes at most."""


@pytest.fixture
def gate(house: Path) -> Path:
    """A house that keeps a gate, with two residents."""
    with open_register(house, passphrase=PASSPHRASE) as register:
        keep_gate(register)
        for number, name in (("K-0012", "Ahmadzai"), ("K-0013", "Noori")):
            who = builders.resident(register, number, family_name=name, given_names="Gul")
            builders.stay(register, who, ProgrammeId(1), date(2026, 6, 26))
    return house


def test_a_house_without_a_gate_shows_nothing_of_it(clerk: Clerk, program: Program, house: Path) -> None:
    _unlocks(clerk, program, house)
    assert "Gate" not in clerk.reads().split("\n")


def test_out_and_in_take_the_keys_of_the_document(
    clerk: Clerk, program: Program, gate: Path, clock: FixedClock
) -> None:
    _unlocks(clerk, program, gate)
    fingers = Fingers(clerk)
    jobs = (
        ("Out, by the scanner", "K-0012", "card", "Out at 09:14: \u2068Ahmadzai, Gul\u2069 · K-0012"),
        ("Out, by hand", "13", "number", "Out at 09:14: \u2068Noori, Gul\u2069 · K-0013"),
        ("In, by the scanner", "K-0012", "card", "In at 09:14: \u2068Ahmadzai, Gul\u2069 · K-0012"),
        ("In, by hand", "13", "number", "In at 09:14: \u2068Noori, Gul\u2069 · K-0013"),
    )
    for name, typed, what, said in jobs:
        with fingers.job(name):
            fingers.key(Qt.Key.Key_4, _CTRL)
            fingers.types(typed, what)
            fingers.enter()
        clerk.waits_for(said)
        clerk.picture(name)
    assert all(job.keys <= MOST for job in fingers.jobs.values())
    written = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (\d+) \| gate \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert [(name, job.words, str(job.keys)) for name, job in fingers.jobs.items()] == written
    with fingers.job("Once more"):
        fingers.types("K-0013", "card")
        fingers.enter()
        clerk.waits_for("has just passed: nothing more is entered.")
    assert "Nobody is out" in clerk.reads()


def test_a_card_of_nobody_who_can_pass_is_told_why_and_the_next_one_is_not_written_behind_it(
    clerk: Clerk, program: Program, gate: Path
) -> None:
    with open_register(gate, passphrase=PASSPHRASE) as register:
        gone = builders.resident(register, "K-0014", family_name="Karimi", given_names="Yousuf")
        builders.stay(register, gone, ProgrammeId(1), date(2026, 6, 26), date(2026, 10, 9))
    _unlocks(clerk, program, gate)
    fingers = Fingers(clerk)
    with fingers.job("Three cards"):
        fingers.key(Qt.Key.Key_4, _CTRL)
        for card, said in (
            ("K-0014", "\u2068Karimi, Yousuf\u2069 is not on the roll: left 9 Oct 2026. Nothing is entered."),
            ("x-0012", "Nobody on the roll has the number or the name \u2068x-0012\u2069. Nothing is entered."),
            ("K-0012", "Out at 09:14: \u2068Ahmadzai, Gul\u2069"),
        ):
            fingers.types(card, "card")
            fingers.enter()
            clerk.waits_for(said)
        fingers.key(Qt.Key.Key_Z, _CTRL)
        clerk.waits_for("Undone: \u2068Ahmadzai, Gul\u2069 is out.")
    assert "Nobody is out" in clerk.reads()


def test_who_is_out_too_long_is_overdue_by_the_minute_and_proposed_as_having_left(
    clerk: Clerk, program: Program, gate: Path, clock: FixedClock
) -> None:
    _unlocks(clerk, program, gate)
    fingers = Fingers(clerk)
    with fingers.job("Out"):
        fingers.key(Qt.Key.Key_4, _CTRL)
        fingers.types("12", "number")
        fingers.enter()
    clerk.waits_for("Out at 09:14")
    clerk.lets_pass(clock, timedelta(hours=13))
    clerk.goes_to("Today")
    clerk.goes_to("Gate")
    clerk.waits_for("overdue by 0:14")
    clerk.lets_pass(clock, timedelta(days=7))
    clerk.goes_to("Today")
    clerk.waits_for("Perhaps left on their own")
    clerk.picture("proposed")


def _unlocks(clerk: Clerk, program: Program, house: Path) -> None:
    program.start(house)
    clerk.writes("Passphrase", PASSPHRASE)
    clerk.key(Qt.Key.Key_Return)
    clerk.waits_for("What needs a person today")
    clerk.window.resize(*SIZE)
    clerk.waits()
