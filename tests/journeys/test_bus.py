"""A clerk alone at six in the morning with a bus of forty at the gate: by keyboard, every key counted.

At most six keys for each of them beyond what the list holds, and at most 250 in all (docs/keys.md).
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.app import Program
from desktop.demo import persons
from models.actions import rooms, transports
from models.clock import FixedClock
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.rules.vocabulary import RoomKind, Sex, TransportMeans
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.actions.test_transports import listed
from tests.conftest import PASSPHRASE
from tests.journeys.clerk import SIZE, Clerk
from tests.journeys.fingers import Fingers
from ui.accelerators import Accelerators

DOCUMENT = Path(__file__).parents[2] / "docs" / "keys.md"
_CTRL = Qt.KeyboardModifier.ControlModifier
_TWIN: dict[str, Any] = {"family_name": "Rahmani", "given_names": "Yousuf", "birth": BirthDate(1984, 3, 2)}


_PEOPLES = (persons.TURKEY, persons.ROMANIA, persons.POLAND, persons.SERBIA, persons.UKRAINE, persons.MOROCCO,
            persons.SOMALIA, persons.NIGERIA, persons.VIETNAM, persons.VENEZUELA, persons.IRAQ, persons.CUBA,
            persons.ALBANIA)  # fmt: skip


def _forty() -> list[dict[str, Any]]:
    """26 alone, twelve in three families, one who was perhaps here before, and one whose age is in doubt."""
    names = [
        (family, given) for each in _PEOPLES for (family, _), (given, _) in zip(each.families, each.men, strict=False)
    ]
    people: list[dict[str, Any]] = [{"sex": Sex.FEMALE} if place < 9 else {} for place in range(26)]
    for family in ("F-1", "F-2", "F-3"):
        for place in range(4):
            child = {"birth": BirthDate(2015 + place, 3, 4), "relation": "child"} if place > 1 else {}
            people.append({"family_group": family, **child, **({"sex": Sex.FEMALE} if place % 2 else {})})
    named = [
        {"family_name": family, "given_names": given, **each}
        for (family, given), each in zip(names, people, strict=False)
    ]
    return [*named, _TWIN, {"family_name": "Yaqubi", "given_names": "Najib", "birth": BirthDate(2009, about=True)}]


def _furnish(register: Register) -> None:
    for name, last, beds, kind in (
        ("101", "104", 4, RoomKind.FAMILIES),
        ("201", "203", 4, RoomKind.WOMEN),
        ("301", "306", 4, RoomKind.MEN),
        ("401", "402", 1, None),
    ):
        register.perform(rooms.add_room, name=name, last=last, beds=beds, kind=kind)
    programme = builders.programme(register, "LIYA-2021", places=None)
    earlier = builders.resident(register, "K-0900", sex=Sex.MALE, **_TWIN)
    builders.stay(register, earlier, programme, date(2026, 7, 1), date(2026, 10, 3))
    people = listed(register, programme, *_forty())
    with register.read() as snapshot:
        today = Moment(snapshot.today)
    register.perform(
        transports.add, means=TransportMeans.BUS, expected=today, from_place="Prishtina airport", candidate_ids=people
    )


@pytest.fixture
def fingers(
    clerk: Clerk, program: Program, empty_register: Path, tmp_path: Path, clock: FixedClock
) -> Iterator[Fingers]:
    """Somebody without a mouse in front of a register that expects a bus today, and has opened it."""
    folder = tmp_path / "register"
    shutil.copytree(empty_register, folder)
    with open_register(folder, passphrase=PASSPHRASE, clock=clock) as register:
        _furnish(register)
    watch = Accelerators(program.app)
    program.start(folder)
    clerk.waits()
    made = Fingers(clerk)
    with made.job("Open"):
        made.tabs_to("Passphrase")
        made.types(PASSPHRASE, "passphrase")
        made.enter()
        clerk.waits_for("What needs a person today")
        made.settles()
    clerk.window.resize(*SIZE)
    clerk.waits()
    yield made
    program.app.removeEventFilter(watch)
    watch.deleteLater()


def test_a_bus_of_forty_is_admitted_printed_and_taken_back_by_keys(fingers: Fingers, clerk: Clerk) -> None:
    with fingers.job("Admit a bus of forty"):
        fingers.tabs_to("What needs a person today")
        fingers.goes_down_to("Bus from Prishtina airport")
        fingers.enter()
        clerk.waits_for("40 expected")
        fingers.alt("It has come")
        fingers.enter()
        _two_did_not_come(fingers)
        _decides(fingers, clerk)
        clerk.waits_for("Admit 38 people")
        clerk.picture("bus")
        fingers.key(Qt.Key.Key_Return, _CTRL)
        clerk.waits_for("38 people are admitted.")
    job = fingers.jobs["Admit a bus of forty"]
    assert job.keys <= 250
    assert job.keys / 40 <= 6
    written = re.search(r"bus of forty.*?\*\*(\d+) keys\*\*", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert written is not None
    assert int(written[1]) == job.keys, job.words
    assert "without a bed" not in clerk.reads()
    with fingers.job("Print"):
        fingers.alt("Print all papers")
        clerk.waits_for("First night")
        clerk.picture("papers")
    with fingers.job("Take back"):
        fingers.key(Qt.Key.Key_Z, _CTRL)
        clerk.waits_for("Undone: 38 people are admitted.")


def _two_did_not_come(fingers: Fingers) -> None:
    fingers.tabs_to("Who is on it")
    for _one in range(2):
        fingers.key(Qt.Key.Key_Space)
        assert "Not come: " in fingers.clerk.hears()
        fingers.key(Qt.Key.Key_Down)


def _decides(fingers: Fingers, clerk: Clerk) -> None:
    """Who was perhaps here before is somebody else; whose age is in doubt is taken for a child."""
    fingers.alt("To decide 2")
    fingers.tabs_to("Who is on it")
    fingers.key(Qt.Key.Key_End)
    fingers.enter()
    fingers.chooses("None of them: somebody else")
    fingers.enter()
    clerk.waits_for("It is decided who it is.")
    fingers.key(Qt.Key.Key_End)
    fingers.enter()
    fingers.chooses("Taken for a child")
    fingers.tabs_to("On what this rests")
    fingers.types("looks it", "why")
    fingers.key(Qt.Key.Key_Return, _CTRL)
    clerk.waits_for("It is decided on the age.")
