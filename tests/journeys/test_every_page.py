"""Every page, tab and dialog of the demonstration.

Nothing is unnamed, untold or unannounced, nothing cut off, nothing left in English, and the wheel changes nothing.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import Program
from desktop.demo.build import PASSPHRASE
from models.clock import FixedClock
from models.queries import departures, programmes, residents, selection, today, transports
from models.queries.residents import Shown
from models.rules.leaving import Standing
from models.rules.vocabulary import CandidateState, Role
from models.store.opening import open_register
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.store.write_lock import Holder
from models.text import LANGUAGES
from tests.covering import is_turn, is_whole, some
from tests.demonstration import walked_once
from tests.journeys.clerk import SIZE, Clerk
from tests.journeys.hands import titles
from tests.journeys.leftovers import LOCALE
from tests.journeys.visitor import Visitor
from tests.ui.audit import listen
from ui import areas
from ui.kit.choosing import Tabs
from ui.kit.columns import Cell
from ui.kit.table_cells import INSET, needs
from ui.kit.table_model import CELL
from ui.kit.table_view import TableView

Place = tuple[str, dict[str, Any]]
"""An area, and what is opened in it."""

_ONLY_READ = (Role.SUPERVISOR, Role.INSPECTOR)


@pytest.fixture
def register(demonstration: Path, tmp_path: Path, clock: FixedClock) -> Register:
    """An open copy of the demonstration register."""
    folder = tmp_path / "demonstration"
    shutil.copytree(demonstration, folder)
    return open_register(folder, passphrase=PASSPHRASE, person="A. Berisha", clock=clock)


_LOOKS = [*product(LANGUAGES, ("light", "dark"))] if is_whole("KONAK_PAGES") else [("sq", "light")]
"""Albanian has the longest words; in the others pages are seen in `test_every_size`."""


@pytest.fixture(autouse=True)
def _the_trail_fits() -> Iterator[None]:
    with walked_once():
        yield


@pytest.mark.long
@pytest.mark.parametrize(("language", "scheme"), _LOOKS)
def test_every_page(
    clerk: Clerk,
    program: Program,
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    scheme: str,
) -> None:
    """Every area, one of each kind within it, and every dialog, in the language with the longest words.

    Of the residents whom Today names, of lists and of programmes each third, and so of the buttons that are called
    alike (`Record: …`); the whole trail is not printed. By `KONAK_PAGES=all` all, in each language, in light and dark.
    """
    compiled = LOCALE / language / "LC_MESSAGES" / "konak.mo"
    assert language == "en" or compiled.exists(), "the catalogues are not compiled: run make setup"
    program.settings.language, program.settings.scheme = language, scheme
    with register.read() as snapshot:
        places = _fewer(list(_places(snapshot)))
    program.open(register)
    assert program.window is not None
    program.window.resize(*SIZE)
    clerk.waits()
    visitor = Visitor(clerk, program.window, language, listen(monkeypatch))
    for area, where in places:
        visitor.visits(area, **where)
    assert visitor.seen > len(areas.areas()) + 7
    assert not visitor.wrong, "\n".join(f"{where}: {what}" for what, where in visitor.wrong.items())


@pytest.mark.long
@pytest.mark.parametrize("role", _ONLY_READ)
def test_where_nothing_can_be_written_nothing_is_offered_that_writes(
    clerk: Clerk, program: Program, register: Register, role: Role
) -> None:
    """In a window that only reads, and to an inspector: no form opens that would be refused in the end.

    Each area, and what stands within it, is seen so by one of them in turn; by both, where `KONAK_LONG=1` asks.
    """
    register.person = replace(register.person, role=role, stands_in=False)
    if role is not Role.INSPECTOR:
        register.holder = Holder("D. Hoxha", "desk-2", "2026-11-21T08:00:00+00:00")
    with register.read() as snapshot:
        known = {area.key for area in areas.areas()}
        kinds = _one_of_each_kind([place for place in _places(snapshot) if place[0] in known])
    program.open(register)
    assert program.window is not None
    program.window.resize(*SIZE)
    clerk.waits()
    visitor = Visitor(clerk, program.window, "en", [], may_write=False)
    places = [place for at, place in enumerate(kinds) if is_turn(role, _ONLY_READ, at)]
    for area, where in places:
        visitor.visits(area, **where)
    assert visitor.seen > len(places) > 8
    assert not visitor.wrong, "\n".join(f"{where}: {what}" for what, where in visitor.wrong.items())


@pytest.mark.long
def test_who_it_is_can_be_read_in_a_narrow_window(clerk: Clerk, program: Program, register: Register) -> None:
    """At 125 % on a screen of 1366 pixels, and as narrow as the window can be: no list hides who it is about.

    Each list of every area, and of one of each kind within it; of all, where `KONAK_PAGES=all` asks.
    """
    with register.read() as snapshot:
        places = list(_places(snapshot))
    if not is_whole("KONAK_PAGES"):
        places = _one_of_each_kind(places)
    program.open(register)
    window = program.window
    assert window is not None
    cut: list[str] = []
    seen = 0
    for area, where in places:
        window.open(area, **where)
        clerk.waits()
        page = window.page(area)
        turns = [each for tabs in page.findChildren(Tabs) if tabs.isVisible() for each in titles(tabs.bar)]
        for turn in turns or [""]:
            if turn:
                window.resize(*SIZE)  # where the last one of many tabs need not be scrolled to
                clerk.turns_to(turn)
            for width in (1366 * 100 // 125, window.minimumWidth()):
                window.resize(width, SIZE[1])
                QApplication.processEvents()
                tables = [each for each in page.findChildren(TableView) if each.isVisible()]
                seen += len(tables)
                cut += [f"{area} {where} at {width}, {who}" for each in tables for who in _cut(each)]
    assert seen > 50
    assert not cut, "\n".join(dict.fromkeys(cut))


def _cut(view: TableView) -> Iterator[str]:
    """Who cannot be read in a table: in its first column, and in those that name a person."""
    model = view.model()
    shown = [at for at in view.header.chosen() if not view.isColumnHidden(at)]
    for at in {shown[0], *(at for at in shown if view.header.columns[at].name in ("name", "who"))}:
        for row in range(model.rowCount()):
            index = model.index(row, at)
            cell, room = index.data(CELL), view.visualRect(index)
            needed = needs(Cell(cell.text, cell.strong, link=cell.link), view.font()) + 2 * INSET
            if needed > room.width() or room.right() > view.viewport().width():
                yield f"{cell.text} has {room.width()} pixels from {room.left()} on"


def _places(snapshot: Snapshot) -> Iterator[Place]:
    """Every area, and in it one of each kind: of residents, of plans, of candidates, of programmes; none twice."""
    gone_to: list[Place] = []
    for place in _wanted(snapshot):
        if place not in gone_to:
            gone_to.append(place)
            yield place


def _fewer(places: list[Place]) -> list[Place]:
    """Each third of what is made by one hand: all residents have the same tabs, all programmes too; or all."""
    if is_whole("KONAK_PAGES"):
        return places
    alike = [[place for place in places if id_ in place[1]] for id_ in ("resident_id", "list_id", "programme_id")]
    left_out = [place for group in alike for place in group if place not in some(group, 3)]
    return [place for place in places if place not in left_out]


def _one_of_each_kind(places: list[Place]) -> list[Place]:
    """Every area, and one of each kind that stands within it."""
    found: dict[tuple[str, ...], Place] = {}
    for area, where in places:
        found.setdefault((area, *sorted(where)), (area, where))
    return list(found.values())


def _wanted(snapshot: Snapshot) -> Iterator[Place]:
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
    for transport in transports.transports(snapshot):
        yield "transports", {"transport_id": transport.id}
    for each in programmes.rows(snapshot):
        yield "programmes", {"programme_id": each.id}
        yield "reports", {"programme_id": each.id}
