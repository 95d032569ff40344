"""What runs on SQLite runs on PostgreSQL, with the same answers (architecture.md, Growing out of one workstation)."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    ClauseElement,
    Connection,
    Engine,
    String,
    UpdateBase,
    func,
    insert,
    literal_column,
    select,
    text,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.schema import CreateIndex

from desktop.demo.build import PASSPHRASE as DEMONSTRATION
from models.clock import FixedClock
from models.entities.base import Base
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement
from models.entities.stays import Stay
from models.entities.trail import TrailEntry
from models.store.declaring import Action, declared
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.demonstration import walked_once
from tests.dialects.asking import ask_all
from tests.dialects.doings import Doings
from tests.dialects.faults import faults, order_of
from tests.dialects.recording import Recorded, recording
from tests.dialects.server import binaries, running

Ran = tuple[Register, Recorded]
"""A register, and what ran on it."""


@pytest.fixture(scope="module")
def asked(demonstration: Path) -> Iterator[Ran]:
    """Every query, on the demonstration register."""
    opened = open_register(
        demonstration, passphrase=DEMONSTRATION, person="A. Berisha", clock=FixedClock(NOON), for_reading=True
    )
    with opened as register:
        with register.read() as snapshot, recording() as recorded, walked_once():
            ask_all(snapshot)
        yield register, recorded


@pytest.fixture(scope="module")
def done(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """Every action, on a register that begins empty."""
    folder = tmp_path_factory.mktemp("doings")
    shutil.copytree(empty_register, folder / "register")
    with open_register(folder / "register", passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK) as register:
        with recording() as recorded:
            Doings(register, folder).run()
        yield register, recorded


@pytest.fixture(scope="module")
def server() -> Iterator[Engine]:
    programs = binaries()
    if programs is None:
        pytest.skip("there is no server of PostgreSQL on this machine")
    pytest.importorskip("psycopg")
    with running(programs) as engine:
        yield engine


def test_every_action_is_done_to_its_end(done: Ran) -> None:
    with done[0].read() as snapshot:
        entries = snapshot.connection.execute(select(TrailEntry.action, TrailEntry.details)).all()
        told = {action for action, content in entries if "refused" not in json.loads(content)["notes"]}
    actions = {
        name
        for name, each in declared().items()
        if isinstance(each, Action) and each.function.__module__.startswith("models.")
    }
    assert len(actions) > 70
    assert actions - told == set()


def test_nothing_of_queries_is_for_one_of_the_two_alone(asked: Ran) -> None:
    _look(asked[1])


def test_nothing_of_actions_is_for_one_of_the_two_alone(done: Ran) -> None:
    _look(done[1])


def _look(recorded: Recorded) -> None:
    assert len(recorded.statements) > 100
    assert recorded.texts == set()
    assert {sql: wrong for sql, runs in recorded.statements.items() if (wrong := faults(runs[0][0]))} == {}


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (select(Stay.id).where(type_coerce(Stay.emergency_reasons, String) != "[]"), "JSON is compared"),
        (select(Stay.id).order_by(Stay.arrived_at.desc()), "where those without it come"),
        (select(Stay.id).outerjoin(Placement).order_by(Placement.from_on), "where those without it come"),
        (select(Resident.id).order_by(Resident.relation), "text without a collation"),
        (select(Resident.id).where(Resident.relation < "m"), "put in order"),
        (select(func.max(Resident.relation)), "without a collation"),
        (select(Resident.id).where(Resident.relation.contains("a")), "LIKE"),
        (select(Resident.id).where(Resident.id > 7), "numbers that the database gives"),
        (select(Resident.id).where(Resident.relation.is_(literal_column("'a'"))), "IS compares"),
        (select(Bed.id).where(Bed.is_removed == Bed.room_id), "a number is compared"),
        (select(func.group_concat(Resident.number)), "group_concat"),
        (select(func.julianday(Stay.arrived_on)), "julianday"),
        (insert(Bed).prefix_with("OR IGNORE"), "OR IGNORE"),
        (select(text("rowid")).select_from(Bed), "SQL as a text"),
    ],
)
def test_what_is_for_one_alone_is_seen(statement: ClauseElement, fault: str) -> None:
    assert any(fault in said for said in faults(statement))


def test_an_index_that_is_partial_on_one_is_partial_on_the_other() -> None:
    made = {
        str(index.name): [str(CreateIndex(index).compile(dialect=each.dialect())) for each in (sqlite, postgresql)]
        for table in Base.metadata.tables.values()
        for index in table.indexes
    }
    assert all(ours == theirs for ours, theirs in made.values())
    assert made["uq_plans_open_stay_id"][0].endswith("WHERE state = 'open'")


def test_queries_answer_the_same_on_a_server(asked: Ran, server: Engine) -> None:
    _compare(*asked, server)


def test_actions_run_the_same_on_a_server(done: Ran, server: Engine) -> None:
    _compare(*done, server)


def _compare(register: Register, recorded: Recorded, server: Engine) -> None:
    """Every statement on a copy of the register: what is read, to the row; what is written, that it can be."""
    Base.metadata.drop_all(server)
    Base.metadata.create_all(server)
    differing: dict[str, Any] = {}
    compared = 0
    with register.read() as snapshot, server.connect() as there:
        _copy(snapshot.connection, there)
        for sql, runs in recorded.statements.items():
            for statement, values in runs:
                point = there.begin_nested()
                try:
                    answer = there.execute(statement, values)
                    if not isinstance(statement, UpdateBase):
                        ours, theirs = snapshot.connection.execute(statement, values).all(), answer.all()
                        if not order_of(statement):
                            ours, theirs = (sorted(rows, key=repr) for rows in (ours, theirs))
                        compared += len(ours)
                        if ours != theirs:
                            differing[sql] = (ours, theirs)
                except IntegrityError:
                    pass  # the row is there already, since the register is copied as it was at the end
                except DBAPIError as error:
                    differing[sql] = str(error)
                point.rollback()
    assert differing == {}
    assert compared > 300


def _copy(ours: Connection, theirs: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        rows = [dict(row) for row in ours.execute(select(table)).mappings()]
        if rows:
            theirs.execute(insert(table), rows)
