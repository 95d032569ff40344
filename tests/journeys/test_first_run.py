"""The first run in the real window: the assistant makes a register, and each empty page says what to do."""

from pathlib import Path

from desktop.app import Program
from tests.conftest import PASSPHRASE
from tests.journeys.clerk import SIZE, Clerk
from tests.ui.audit import complaints

EMPTY = (
    ("Today", "Nobody can read sealed notes yet", "Register arrival"),
    ("Residents", "Register an arrival, or bring in stays from a file.", "Bring in stays"),
    ("Rooms", "Add them all at once, such as 1 to 40 with 4 beds.", "Add rooms"),
    ("Departures", "A departure is planned on the page of the resident, under Departure.", "Go to Residents"),
    ("Selection", "Bring it in, and decide on each of them.", "Bring in a list"),
    ("Monthly reports", "It can be issued once it is over.", "Save PDF"),
    ("Papers", "Choose what the paper holds, then press Show.", "Show"),
    ("Programmes", "US-2025 | Temporary relocation of up to 50 persons in one year", "New programme, menu"),
    ("Administration", "A. Berisha | Administrator", "Change the facility"),
)
"""What each page says where there is nothing yet, and what can be done there."""


def test_first_run(clerk: Clerk, program: Program, tmp_path: Path) -> None:
    program.start(None)
    clerk.waits()
    answers(clerk, tmp_path / "Konak")
    clerk.waits_for("What needs a person today")
    clerk.window.resize(*SIZE)
    looks_around(clerk)


def answers(clerk: Clerk, folder: Path) -> None:
    clerk.picture("language")
    clerk.presses("Next")
    clerk.presses("Next")
    assert clerk.error_beside("Name of the facility") == "!\u00a0Please fill this in."
    clerk.writes("Name of the facility", "Qendra e Pritjes Veri")
    clerk.writes("Letterhead", "Republika e Kosovës")
    clerk.picture("facility")
    clerk.presses("Next")
    clerk.writes("Your name", "A. Berisha")
    clerk.writes("Passphrase", "short")
    clerk.writes("The same again", "short")
    clerk.presses("Next")
    assert "Use at least" in clerk.error_beside("Passphrase")
    clerk.picture("short")
    clerk.writes("Passphrase", PASSPHRASE)
    clerk.presses("Next")
    assert clerk.error_beside("The same again") == "!\u00a0The two are not the same. Type it again."
    clerk.writes("The same again", PASSPHRASE)
    clerk.picture("person")
    clerk.presses("Next")
    clerk.picture("reader")
    clerk.presses("Next")
    clerk.ticks("US-2025")
    clerk.ticks("LIYA-2021")
    clerk.picture("programmes")
    clerk.presses("Next")
    assert clerk.written("Folder") == str(folder)
    clerk.picture("place")
    clerk.presses("Next")
    clerk.picture("backups")
    clerk.presses("Next")
    clerk.picture("summary")
    clerk.presses("Make the register")
    clerk.waits_for("These words open the register when all passphrases are forgotten.")
    clerk.picture("recovery")
    clerk.presses("I have written it down")


def looks_around(clerk: Clerk) -> None:
    clerk.sees_below("0 present, 0 away, 0 on the roll")
    for area, said, deed in EMPTY:
        clerk.goes_to(area)
        assert said in clerk.reads()
        assert clerk.can_press(deed)
        assert complaints(clerk.window) == []
        clerk.picture(area.replace(" ", "-"))
