"""`konak transports`: what is expected, who is on one, and those of it admitted and taken back, as in the window."""

import json
from datetime import date
from pathlib import Path

import pytest

from models.actions import rooms, transports
from models.ids import TransportId
from models.rules.time import Moment
from models.store.opening import open_register
from tests import builders
from tests.actions.test_transports import expected, listed
from tests.conftest import PASSPHRASE
from tests.desktop.command import konak


@pytest.fixture
def bus(folder: Path) -> TransportId:
    """A house with a room, and a bus that has come, with two people on it of whom one's age is in doubt."""
    with open_register(folder, passphrase=PASSPHRASE) as register:
        register.perform(rooms.add_room, building="House A", name="1", beds=2)
        programme = builders.programme(register, "BUS", places=None, window_start=date(2018, 1, 1))
        people = listed(register, programme, {}, {"birth": None})
        now = Moment.of(register.clock.now(), register.facility.zone)
        transport_id = expected(register, people, expected=Moment(now.on))
        register.perform(transports.come, transport_id=transport_id, came=now)
        return transport_id


def test_a_bus_is_listed_shown_admitted_printed_and_taken_back(folder: Path, bus: TransportId, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        done = konak(*arguments, "--register", str(folder), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    (row,) = json.loads(run("transports", "--json"))
    assert (row["number"], row["people"], row["admitted"]) == (bus, 2, 0)
    assert "Bus from Prishtina airport" in run("transports")
    on_it = json.loads(run("transports", str(bus), "--json"))["on_it"]
    assert [each["stage"] for each in on_it] == ["ready", "to_decide"]
    assert on_it[0]["bed"] == "1 · A (House A)"
    assert "Age in doubt" in run("transports", str(bus))
    assert "1 person is admitted." in run("transports", str(bus), "--admit")
    run("print", "transport_papers", "--transport", str(bus), "--out", "bus.pdf")
    assert (tmp_path / "bus.pdf").read_bytes().startswith(b"%PDF")
    assert "1 arrival is taken back." in run("transports", str(bus), "--take-back", "the wrong bus")
    (row,) = json.loads(run("transports", "--json"))
    assert row["admitted"] == 0


def test_what_is_not_there_is_refused_in_words(folder: Path, bus: TransportId, tmp_path: Path) -> None:
    done = konak("transports", str(bus + 1), "--register", str(folder), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "konak: This transport is not there any more.\n")
    done = konak("transports", str(bus), "--take-back", "slip", "--register", str(folder), cwd=tmp_path)
    assert done.returncode == 1
    assert "Nobody was admitted with this transport" in done.stderr
