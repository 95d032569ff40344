"""Every page, tab and dialog of the demonstration.

Nothing is unnamed, nothing cut off, nothing left in English, and the wheel changes nothing.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.app import Program
from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.queries import departures, programmes, residents, selection, today
from models.queries.residents import Shown
from models.rules.leaving import Standing
from models.rules.vocabulary import CandidateState
from models.store.opening import open_register
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.text import LANGUAGES
from tests.journeys.clerk import SIZE, Clerk
from tests.journeys.leftovers import LOCALE
from tests.journeys.visitor import Visitor
from ui import areas
from ui.kit.theme import Scheme, Theme


@pytest.fixture
def register(demonstration: Path, tmp_path: Path, clock: FixedClock) -> Register:
    """An open copy of the demonstration register."""
    folder = tmp_path / "demonstration"
    shutil.copytree(demonstration, folder)
    return open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=clock)


@pytest.mark.parametrize(("language", "scheme"), [*((each, "light") for each in LANGUAGES), ("en", "dark")])
def test_every_page(clerk: Clerk, program: Program, register: Register, language: str, scheme: str) -> None:
    """In light with every dialog and in each language; in dark each page once, since the same words stand on them."""
    compiled = LOCALE / language / "LC_MESSAGES" / "konak.mo"
    assert language == "en" or compiled.exists(), "the catalogues are not compiled: run make setup"
    program.settings.language = language
    Theme.use(program.app, Scheme(scheme))
    with register.read() as snapshot:
        places = list(_places(snapshot))
    program.open(register)
    assert program.window is not None
    program.window.resize(*SIZE)
    clerk.waits()
    visitor = Visitor(clerk, program.window, language)
    for area, where in places if scheme == "light" else places[: len(areas.areas()) + 1]:
        visitor.visits(area, presses=scheme == "light", **where)
    assert visitor.seen > len(areas.areas()) + 7
    assert not visitor.wrong, "\n".join(f"{where}: {what}" for what, where in visitor.wrong.items())


def _places(snapshot: Snapshot) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every area, and in it one of each kind: of residents, of plans, of candidates, of programmes."""
    for area in areas.areas():
        yield area.key, {}
    found = {item.need: item for item in today.today(snapshot).items if item.resident_id is not None}
    for item in found.values():
        yield "residents", {"resident_id": item.resident_id}
    for shown in (Shown.DEPARTED, Shown.AWAY):
        yield "residents", {"resident_id": residents.ids(snapshot, shown=shown)[0]}
    for standing in Standing:
        plans = departures.plans(snapshot, standing=standing)
        if plans:
            yield "departures", {"plan_id": plans[0].id}
    for proposed in selection.lists(snapshot):
        yield "selection", {"list_id": proposed.id}
    for state in CandidateState:
        people = selection.ids(snapshot, states=(state,))
        if people:
            yield "selection", {"candidate_id": people[0]}
    for each in programmes.rows(snapshot):
        yield "programmes", {"programme_id": each.id}
        yield "reports", {"programme_id": each.id}
