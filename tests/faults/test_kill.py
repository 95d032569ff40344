"""kill -9 at random moments of a run of actions: what was acknowledged is there, and nothing is half there."""

from datetime import date
from pathlib import Path

import pytest

from models.actions import rooms
from models.clock import FixedClock
from models.entities.programmes import PermittedDeparture
from models.rules.vocabulary import PLANNED_KINDS
from models.store.opening import create_register
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK, let_seal
from tests.covering import times
from tests.faults.killing import OPERATOR, Killing, Zygote

KILLS = times("KONAK_KILLS", 10, 1000)
SECRET = bytes(range(16))


@pytest.fixture
def killing(tmp_path: Path) -> Killing:
    folder = tmp_path / "register"
    with create_register(
        folder,
        facility="Reception Centre North",
        administrator=OPERATOR,
        passphrase=PASSPHRASE,
        clock=FixedClock(NOON),
        stretch=QUICK,
        secret=SECRET,
    ) as register:
        register.perform(let_seal)
        permitted = [PermittedDeparture(kind=kind, extra_checks=[]) for kind in PLANNED_KINDS]
        programme = builders.programme(register, places=100_000, window_start=date(2026, 1, 1), departures=permitted)
        register.perform(rooms.add_room, building="House A", name="1", last="40", beds=4)
        killing = Killing(folder, programme, SECRET.hex(), {OPERATOR: PASSPHRASE}, Zygote())
        with register.read() as snapshot:
            killing.told.read_on(snapshot.connection)
    return killing


@pytest.mark.long
def test_what_was_acknowledged_outlives_every_kill(killing: Killing, capsys: pytest.CaptureFixture[str]) -> None:
    with killing.zygote:
        seed = 0
        while killing.kills < KILLS:
            killing.round(seed)
            seed += 1
    with capsys.disabled():
        print(
            f"\n{killing.kills} kills survived, {killing.acknowledged} acknowledged actions of "
            f"{len(killing.actions - {''})} kinds, {killing.unacknowledged} more that were under way"
        )
    assert killing.acknowledged > 5 * KILLS
    assert len(killing.actions - {""}) > 15, "most of what a day brings was refused"
