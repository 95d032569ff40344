"""What is read in memory before the register is opened spares the first reading, and leaves nothing behind."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine, select

from models.clock import FixedClock
from models.entities.facility import Facility
from models.store import engine as engines
from models.store.register import Register
from models.store.rehearsal import rehearse
from models.store.snapshot import Snapshot
from ui import areas

pytestmark = pytest.mark.usefixtures("each_engine_its_own_statements")

NOW = datetime(2026, 11, 28, 5, 0, tzinfo=UTC)


@pytest.fixture
def each_engine_its_own_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the program: the engines of other tests share what they have made."""
    monkeypatch.setattr(engines, "create_engine", create_engine)


def test_each_role_can_read_the_first_things_of_a_register_of_one_row_each() -> None:
    roles = []

    def read(snapshot: Snapshot) -> None:
        roles.append(snapshot.person.role)
        areas.first_read(snapshot)

    rehearse(read, FixedClock(NOW))
    assert len(set(roles)) == len(roles) == 5
    engines._rehearsed.clear()  # noqa: SLF001 - the next test opens a register


def test_the_next_engine_goes_on_with_the_statements_and_reads_the_register(register: Register) -> None:
    statement = select(Facility.name)

    def read(snapshot: Snapshot) -> None:
        assert snapshot.connection.scalars(statement).all() == [""]

    rehearse(read, FixedClock(NOW))
    file, key = register.folder / engines.FILE_NAME, register.source.key
    engine, other = engines.make_engine(file, key), engines.make_engine(file, key)
    try:
        assert engine is not other
        assert _statements(engine) > _statements(other) == 0
        made = _statements(engine)
        with engine.connect() as connection:
            assert connection.scalars(statement).all() == [register.facility.name]
        assert _statements(engine) == made
    finally:
        engine.dispose()
        other.dispose()


def _statements(engine: Engine) -> int:
    """How many statements an engine has made."""
    return len(engine._compiled_cache or ())  # noqa: SLF001 - that nothing is made anew is what the rehearsal is for
