"""Every look at somebody's page is an entry, committed before anything of the page is read."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from sqlalchemy import event

from models import queries
from models.actions import people
from models.clock import FixedClock
from models.errors import Refused, Unavailable
from models.exchange import door
from models.ids import CandidateId, ResidentId, StayId
from models.queries import (
    admissions,
    arrivals,
    beside,
    candidates,
    departures,
    history,
    joinings,
    needs,
    replay,
    resident_page,
    safeguards,
)
from models.queries import trail as entries
from models.rules.papers import Choice
from models.rules.vocabulary import Role
from models.store import engine as engines
from models.store import trail
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.actions import leavers
from tests.actions.test_selection import candidate, proposed
from tests.conftest import NOON, PASSPHRASE, QUICK
from ui.papers.catalogue import TRAIL

PAGES: dict[str, tuple[Callable[..., Any], str]] = {
    "page of a resident": (resident_page.page, "resident"),
    "history": (history.of_resident, "resident"),
    "which sealed notes there are": (safeguards.notes, "resident"),
    "which lists say more": (safeguards.listed, "resident"),
    "complaints and self-harm": (safeguards.record, "resident"),
    "incidents": (safeguards.incidents, "resident"),
    "page of a candidate": (candidates.whole, "candidate"),
    "form of an arrival": (arrivals.prospect, "candidate"),
    "page of a plan": (departures.plan, "plan"),
    "who may be the same": (joinings.alike, "resident"),
    "what lists leave in doubt": (joinings.list_doubts, "resident"),
    "needs": (needs.of_resident, "resident"),
    "what the criteria of today say of a candidate": (replay.of_candidate, "candidate"),
}


@pytest.fixture
def house(register: Register) -> Register:
    """Somebody with a plan, and a candidate: each of number 1."""
    programme = leavers.programme(register)
    leavers.plan(register, leavers.stay(register, programme))
    candidate(register, programme, proposed(register, programme))
    return register


def looks(register: Register) -> list[str]:
    """What was looked at, as another connection reads it: only what is committed."""
    connection = engines.connect(register.folder / engines.FILE_NAME, register.source.key)
    try:
        found = connection.execute("SELECT user, subject FROM trail WHERE action = 'people.looked' ORDER BY number")
        return [f"{user} {subject}" for user, subject in found]
    finally:
        connection.close()


def ask(register: Register, page: str) -> Any:
    query, subject = PAGES[page]
    with register.read() as snapshot:
        return query(snapshot, **{f"{subject}_id": 1})


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.HEALTH_LEGAL, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_a_look_by_any_role_is_committed_before_the_page_is_read(
    house: Register, role: Role, clock: FixedClock
) -> None:
    leavers.at_desk(house, role)
    read: list[int] = []

    def watch(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if " trail_subjects " not in statement and not statement.startswith("PRAGMA"):  # was it entered already?
            read.append(len(looks(house)))

    for page, (query, subject) in PAGES.items():
        clock.instant += timedelta(hours=1)  # within a quarter of an hour a look at the same person is no other
        before = looks(house)
        read.clear()
        with house.read() as snapshot:
            event.listen(snapshot.connection, "before_cursor_execute", watch)
            assert query(snapshot, **{f"{subject}_id": 1}) is not None
        assert looks(house) == [*before, f"A. Berisha {subject}:1"], page
        assert {*read} <= {len(before) + 1}, page


def test_every_query_of_one_person_is_a_look_or_a_part_of_a_page() -> None:
    """Who adds a query of one person comes here: it says whose page it is, or it is a part of one."""
    parts = {
        "absences.one",
        "absences.open_of_stay",
        "admission_papers.of_resident",  # by the page of the resident, which looks first
        "admissions.is_of_use",
        "arrival_drafts.waiting",  # by the page of the arrival, which looks first
        "arrivals.bar",
        "arrivals.likely",
        "arrivals.objections",
        "beds.asked",  # by the form of an arrival, as what stands against it
        "departures.of_stay",
        "documents.of_resident",
        "documents.one",
        "gate.at_gate_now",
        "history.subjects_of",
        "individual_file.of_resident",  # by the page of the resident, as the notices
        "individual_file.own_copy",
        "joinings.apart_of",
        "joinings.of_resident",
        "newcomers.cards",  # a paper: the door enters of whom, before it is drawn
        "notices.certificate",
        "notices.on_roll",
        "papers.number_of",
        "passengers.alike",
        "photos.of_resident",
        "roll_calls.last_seen",
        "rooms.choice",
        "rooms.of_stay",
        "rooms.placements",
        "rooms.sleeping",
        "separations.of_stay",
        "stays.of_resident",
        "stays.one",
        "trail.ids",
        "trail.paper",
    }
    names = ("resident_id", "candidate_id", "plan_id", "stay_id", "absence_id", "document_id")
    found = set()
    for module in iter_modules(queries.__path__):
        held = import_module(f"models.queries.{module.name}")
        for name, query in inspect.getmembers(held, inspect.isfunction):
            if query.__module__ != held.__name__ or name.startswith("_"):
                continue
            if not inspect.signature(query).parameters.keys().isdisjoint(names):
                found.add(f"{module.name}.{name}")
    looked = {f"{query.__module__.rpartition('.')[2]}.{query.__name__}" for query, _subject in PAGES.values()}
    others = {"admissions.of_stay", "beside.beside", "joinings.beside"}  # at whom a stay belongs to; at two
    assert found == looked | parts | others


def test_two_residents_side_by_side_are_a_look_at_each(house: Register) -> None:
    other = builders.resident(house, "K-0099", family_name="Hoxha")
    with house.read() as snapshot:
        joinings.beside(snapshot, resident_id=ResidentId(1), other_id=other)
    assert looks(house) == ["A. Berisha resident:1", f"A. Berisha resident:{other}"]


def test_a_candidate_beside_a_resident_is_a_look_at_each(house: Register) -> None:
    with house.read() as snapshot:
        beside.beside(snapshot, candidate_id=CandidateId(1), resident_id=ResidentId(1))
    assert looks(house) == ["A. Berisha candidate:1", "A. Berisha resident:1"]


def test_the_record_of_an_arrival_is_a_look_at_who_arrived_and_nothing_is_read_before_but_who_that_is(
    house: Register,
) -> None:
    before: list[str] = []

    def watch(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("PRAGMA") and " trail_subjects " not in statement and not looks(house):
            before.append(" ".join(statement.split()))

    with house.read() as snapshot:
        event.listen(snapshot.connection, "before_cursor_execute", watch)
        assert admissions.of_stay(snapshot, stay_id=StayId(1)) is not None
    assert looks(house) == ["A. Berisha resident:1"]
    assert before == ["SELECT stays.resident_id FROM stays WHERE stays.id = ?"]


def test_nothing_is_shown_of_a_page_whose_look_could_not_be_entered(
    house: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise Unavailable("The disk is full.")

    shown = []
    with monkeypatch.context() as patch:
        patch.setattr(trail, "append", full)
        for page in PAGES:
            with pytest.raises(Unavailable, match="full"):
                shown.append(ask(house, page))
    assert shown == []


def test_looks_at_the_same_page_within_a_quarter_of_an_hour_are_one_entry_per_person(
    house: Register, clock: FixedClock
) -> None:
    for minutes in (0, 1, 14):
        clock.instant = NOON + timedelta(minutes=minutes)
        ask(house, "page of a resident")
        ask(house, "history")
    assert looks(house) == ["A. Berisha resident:1"]
    ask(house, "page of a candidate")
    clock.instant = NOON + timedelta(minutes=15)
    ask(house, "page of a resident")
    again = ["A. Berisha resident:1", "A. Berisha candidate:1", "A. Berisha resident:1"]
    assert looks(house) == again
    leavers.at_desk(house, Role.ADMINISTRATOR)
    house.perform(people.add, name="B. Hoxha", role=Role.CLERK, passphrase="a first passphrase")
    ask(house.beside(person="B. Hoxha", passphrase="a first passphrase"), "page of a resident")
    assert looks(house) == [*again, "B. Hoxha resident:1"]


def test_a_reading_that_looks_twice_at_one_page_enters_it_once(house: Register) -> None:
    with house.read() as snapshot:
        for subject in ("resident", "candidate", "resident"):
            snapshot.looks_at(subject, 1)
    assert looks(house) == ["A. Berisha resident:1", "A. Berisha candidate:1"]


def test_a_window_that_is_opened_again_goes_on_with_the_looks_of_before(house: Register, clock: FixedClock) -> None:
    ask(house, "page of a resident")
    house.close()
    with open_register(house.folder, passphrase=PASSPHRASE, clock=clock, stretch=QUICK) as again:
        ask(again, "page of a resident")
        assert looks(again) == ["A. Berisha resident:1"]
        clock.instant = NOON - timedelta(hours=1)  # set back: what lies ahead is no look of now
        ask(again, "page of a resident")
        assert looks(again) == ["A. Berisha resident:1"] * 2


def test_a_look_in_a_window_that_only_reads_is_an_entry_too(house: Register, clock: FixedClock) -> None:
    with open_register(house.folder, passphrase=PASSPHRASE, clock=clock, stretch=QUICK) as second:
        assert second.holder is not None
        ask(second, "page of a plan")
    assert looks(house) == ["A. Berisha plan:1"]


def test_a_look_is_an_entry_where_reading_keeps_others_from_writing(
    house: Register, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.close()
    monkeypatch.setattr(engines, "is_on_network", lambda _folder: True)
    with open_register(house.folder, passphrase=PASSPHRASE, clock=clock, stretch=QUICK) as shared:
        with shared.read() as snapshot:
            assert engines.keeps_from_writing(snapshot.connection)
            page = resident_page.page(snapshot, resident_id=1)  # type: ignore[arg-type]
            assert looks(shared) == ["A. Berisha resident:1"]
        assert page is not None
        assert page.row.number == "K-0012"
        builders.resident(shared, "K-0099")


def test_a_paper_about_somebody_is_a_look_before_it_is_shown(house: Register) -> None:
    drawn = door.drawn(house, TRAIL, language="en", chosen={Choice.RESIDENT: 1})
    assert drawn.subject == "resident:1"
    assert looks(house) == ["A. Berisha resident:1"]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_read_the_trail_is_refused_with_an_entry(house: Register, role: Role) -> None:
    leavers.at_desk(house, role)
    asked: list[Callable[[Any], object]] = [
        lambda snapshot: entries.ids(snapshot),
        lambda snapshot: entries.rows(snapshot, ids=[1]),
        entries.users,
    ]
    for query in asked:
        before = _refused(house)
        if role in (Role.CLERK, Role.HEALTH_LEGAL):
            with pytest.raises(Refused, match="may not"), house.read() as snapshot:
                query(snapshot)
            assert _refused(house) == before + 1
        else:
            with house.read() as snapshot:
                assert query(snapshot)
            assert _refused(house) == before


def _refused(register: Register) -> int:
    with register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail WHERE action = 'trail.read'")
        return int(found.scalar_one())


def test_a_paper_that_is_refused_for_what_it_holds_is_an_entry(register: Register, tmp_path: Path) -> None:
    builders.programme(register)
    with pytest.raises(Refused, match="not in the register"):
        door.drawn(register, TRAIL, language="en", chosen={Choice.RESIDENT: 99})
    with register.read() as snapshot:
        last = snapshot.connection.exec_driver_sql("SELECT action, subject FROM trail ORDER BY number DESC LIMIT 1")
        assert tuple(last.one()) == ("papers.saved", "paper:trail")


def test_who_only_looked_stands_in_the_trail_and_in_no_history(house: Register, clock: FixedClock) -> None:
    ask(house, "page of a resident")
    ask(house, "page of a candidate")
    assert "people.looked" not in [event.action for event in ask(house, "page of a candidate").history]
    assert "Looked at the page" not in [row.what.text for row in ask(house, "history")]
    with house.read() as snapshot:
        told = entries.rows(snapshot, ids=entries.ids(snapshot, resident_id=ResidentId(1)))
    assert [row.whom for row in told if row.what.text == "Looked at the page"] == ["K-0012"]
