"""Whatever somebody who has the key changes past Konak is found: any byte of the trail, any row of the tables."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, UniqueConstraint
from sqlalchemy.orm import Session

from desktop.demo.build import PASSPHRASE as DEMONSTRATION
from models.actions import absences, people, residents, rooms, stays
from models.clock import FixedClock
from models.entities import Base
from models.entities.base import DERIVED
from models.entities.residents import Family
from models.errors import Refused
from models.exchange.files import read_table
from models.exchange.import_stays import bring_in
from models.exchange.stays_file import read_stays
from models.ids import FamilyId, ResidentId, StayId
from models.rules.people import EVERYBODY
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Role
from models.store import engine as engines
from models.store import trail
from models.store.declaring import UNLOCKED, action
from models.store.keys import Keys
from models.store.opening import open_register
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from models.store.verify import Verified, verify
from models.text import translator
from tests import builders
from tests.conftest import NOON, PASSPHRASE
from tests.covering import is_whole
from tests.entries import entries

EVERY_BYTE = is_whole("KONAK_BYTES")


def _fill(register: Register, folder: Path) -> None:
    """Entries of many kinds: rows told one by one and set-wise, a refusal, keys, unlockings."""
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    bed = builders.bed(register)
    file = folder / "stays.csv"
    file.write_text("person_id,entry_date,exit_date\nP-1,2026-07-01,2026-07-09\nP-2,2026-07-03,\n", encoding="utf-8")
    register.perform(bring_in, programme_id=programme, read=read_stays(read_table(file), zone=register.facility.zone))
    stay = builders.stay(register, builders.resident(register, "K-0099"), programme, date(2026, 8, 1))
    register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=Moment(date(2026, 8, 1), None))
    register.perform(rooms.free, stay_id=stay, moment=Moment(date(2026, 8, 20), None))
    absence = register.perform(
        absences.record,
        stay_id=stay,
        kind=AbsenceKind.COURT,
        left=Moment(date(2026, 9, 1), None),
        due_back=Moment(date(2026, 9, 2), None),
        place="Court",
    ).value
    register.perform(absences.return_, absence_id=absence, returned=Moment(date(2026, 9, 2), None))
    for until, is_refused in ((date(2027, 3, 1), False), (date(2020, 1, 1), True)):
        with pytest.raises(Refused) if is_refused else nullcontext():
            register.perform(stays.extend, stay_id=stay, until=until, reason="vetting", decided_by="B", authority="M")
    # What came in set-wise is changed by itself afterwards, twice.
    register.perform(stays.correct, stay_id=StayId(2), arrived=Moment(date(2026, 7, 4), None), reason="a slip")
    register.perform(stays.correct, stay_id=StayId(2), arrived=Moment(date(2026, 7, 2), None), reason="another slip")
    register.perform(people.add, name="C. Clerk", role=Role.CLERK, passphrase="a passphrase of theirs")


@pytest.fixture(scope="module")
def filled(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed register with entries of many kinds, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(empty_register, folder / "register")
    with open_register(folder / "register", passphrase=PASSPHRASE, clock=FixedClock(NOON)) as register:
        _fill(register, folder)
    return folder / "register"


@pytest.fixture
def past_konak(filled: Path, tmp_path: Path) -> Iterator[Connection]:
    """A connection of somebody who has the key, with the guards taken down."""
    folder = shutil.copytree(filled, tmp_path / "filled")
    with _opened(folder, PASSPHRASE, "A. Berisha") as connection:
        yield connection


class _opened:  # noqa: N801 - a way to open, not a thing
    def __init__(self, folder: Path, passphrase: str, person: str, register: Register | None = None) -> None:
        keys = Keys.load(folder)
        key = keys.slot(person).open(keys.register_id, passphrase).register_key
        if register is not None:
            register.close()
        self.engine = engines.make_engine(folder / engines.FILE_NAME, key)

    def __enter__(self) -> Connection:
        connection = engines.writing(self.engine).connect()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        return connection

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def _tampered(connection: Connection, statement: str, values: tuple[object, ...] = ()) -> Verified:
    """What is found after a statement, which is then undone."""
    part = connection.begin_nested()
    assert connection.exec_driver_sql(statement, values).rowcount > 0, statement
    found = verify(connection)
    part.rollback()
    if found.problem is not None:
        assert translator("en").render(found.problem)
    return found


def test_a_register_that_nobody_touched_fits(past_konak: Connection) -> None:
    found = verify(past_konak)
    assert found.problem is None
    assert found.entries > 15
    assert (
        past_konak.exec_driver_sql("SELECT hash FROM trail WHERE number = ?", (found.entries,)).scalar() == found.head
    )


def test_the_whole_demonstration_fits(demonstration: Path) -> None:
    opened = open_register(demonstration, passphrase=DEMONSTRATION, person="A. Berisha", clock=FixedClock(NOON))
    with opened as register, register.read() as snapshot:
        found = verify(snapshot.connection)
    assert found.problem is None
    assert found.entries > 1000


@pytest.mark.long
def test_any_one_byte_changed_in_any_row_of_the_trail_is_found_at_its_entry(past_konak: Connection) -> None:
    """Each column of each row; of it some bytes, from a place that differs by row, or all by `KONAK_BYTES=all`."""
    texts = ("at", "user", "role", "action", "subject", "details", "digest", "previous_hash", "hash")
    others = ("salts", "signature")
    rows = past_konak.exec_driver_sql(f"SELECT number, {', '.join((*texts, *others))} FROM trail").all()
    assert {row.action for row in rows} >= {"import_stays.bring_in", "people.add"}
    flipped = 0
    for row in rows:
        for column in (*texts, *others):
            raw = getattr(row, column)
            raw = raw if isinstance(raw, bytes) else raw.encode()
            step = 1 if EVERY_BYTE else 7 if len(raw) < 30 else 29 if len(raw) < 300 else 101
            for place in range(row.number % min(step, len(raw) or 1), len(raw), step):
                changed = bytearray(raw)
                changed[place] ^= 1
                kind = "TEXT" if column in texts else "BLOB"
                statement = f"UPDATE trail SET {column} = CAST(? AS {kind}) WHERE number = ?"
                found = _tampered(past_konak, statement, (bytes(changed), row.number))
                assert found.number in (row.number, row.number + 1), (row.number, column, place)
                flipped += 1
    print(f"\n{flipped} bytes of {len(rows)} entries of the trail changed, each found at its entry")
    assert flipped > 500


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trail WHERE number = 1",
        "DELETE FROM trail WHERE number = 5",
        "DELETE FROM trail WHERE number = (SELECT max(number) FROM trail)",
        "UPDATE trail SET number = number + 1000 WHERE number = 5",
        "UPDATE trail SET number = -number WHERE number = 5",
        "UPDATE trail SET details = (SELECT t.details FROM trail t WHERE t.number = 6) WHERE number = 5",
        "UPDATE trail SET user_id = 2 WHERE number = 5",
        "UPDATE trail SET kind = 'health' WHERE number = 5",
        "UPDATE trail SET former = hash WHERE number = 5",
        "UPDATE trail SET signature = NULL WHERE number = 5",
        "UPDATE trail SET salts = salts || zeroblob(16) WHERE number = 5",
        "UPDATE trail SET number = CASE number WHEN 5 THEN -6 ELSE -5 END WHERE number IN (5, 6)",
        "INSERT INTO trail SELECT number + 1, at, user_id, user, role, action, subject, kind, details, salts, digest, "
        "hash, 'x', signature, former FROM trail ORDER BY number DESC LIMIT 1",
        "UPDATE trail_head SET number = number - 1",
        "UPDATE trail_head SET hash = 'x'",
        "DELETE FROM trail_head",
        "DELETE FROM trail_subjects WHERE number = 1",
        "INSERT INTO trail_subjects (subject, number) VALUES ('stay:999', 5)",
        "INSERT INTO trail_subjects (subject, number) VALUES ('stay:999', 999999)",
        "UPDATE trail_subjects SET subject = subject || '1' WHERE number = 1",
    ],
)
def test_an_entry_that_is_removed_reordered_or_made_up_is_found(past_konak: Connection, statement: str) -> None:
    assert _tampered(past_konak, statement).problem is not None


def test_any_change_of_any_column_of_any_row_past_konak_is_found(past_konak: Connection) -> None:
    changed = 0
    for name, table in Base.metadata.tables.items():
        if name.startswith("trail"):
            continue
        keys = " AND ".join(f'"{column.name}" = ?' for column in table.primary_key)
        columns = ", ".join(f'"{column.name}"' for column in table.primary_key)
        for key in past_konak.exec_driver_sql(f'SELECT {columns} FROM "{name}"').all():
            for column in table.columns:
                # What changes any value: numbers and dates by one, texts at their end.
                if column.primary_key or DERIVED.items() <= column.info.items():  # `check` finds these
                    continue
                value = past_konak.exec_driver_sql(
                    f'SELECT "{column.name}" FROM "{name}" WHERE {keys}', tuple(key)
                ).scalar()
                other = _another(column.name, value)
                statement = f'UPDATE "{name}" SET "{column.name}" = ? WHERE {keys}'
                assert _tampered(past_konak, statement, (other, *key)).problem is not None, (name, column.name)
                changed += 1
            assert _tampered(past_konak, f'DELETE FROM "{name}" WHERE {keys}', tuple(key)).problem is not None, name
    assert changed > 200


def test_a_row_added_past_konak_is_found(past_konak: Connection) -> None:
    added = 0
    for name, table in Base.metadata.tables.items():
        if name.startswith("trail") or "id" not in table.columns or name == "facility":
            continue
        held = {
            column.name for each in table.constraints if isinstance(each, UniqueConstraint) for column in each.columns
        }
        others = [column.name for column in table.columns if column.name != "id"]
        values = [f"\"{each}\" || 'x'" if each in held else f'"{each}"' for each in others]
        columns = ", ".join(f'"{each}"' for each in others)
        if past_konak.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar():
            statement = f'INSERT INTO "{name}" ({columns}) SELECT {", ".join(values)} FROM "{name}" LIMIT 1'
            assert _tampered(past_konak, statement).problem is not None, name
            added += 1
    assert added > 8


def _another(column: str, value: object) -> object:
    """A value that the column can be read with, and that is not the one that stands there."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return (
            1 - value
            if value in (0, 1) and column.startswith(("is_", "may_", "must_", "needs_", "passed"))
            else value + 1
        )
    if isinstance(value, str):
        if value.startswith(("[", "{")):
            return '["x"]' if value.startswith("[") else '{"x": "x"}'
        if len(value) >= 10 and value[4] == value[7] == "-":
            return "2001" + value[4:]
        return {"administrator": "clerk", "clerk": "inspector"}.get(value, value + "x")
    return {"birth": "1990", "sex": "F", "departure_kind": "removal", "destination": "host"}.get(column) or (
        "2001-01-01" if column.endswith("_on") else "2001-01-01 00:00:00.000000" if column.endswith("_at") else "1"
    )


def test_a_copied_register_verifies_as_the_first(past_konak: Connection, tmp_path: Path, register: Register) -> None:
    past_konak.rollback()
    copied = tmp_path / "copied"
    shutil.copytree(register.folder, copied)
    with open_register(copied, passphrase=PASSPHRASE, person="A. Berisha") as opened, opened.read() as snapshot:
        assert verify(snapshot.connection).problem is None


@action("tests.with_gaps", roles=EVERYBODY, told="")
def _with_gaps(unit: UnitOfWork) -> Sequence[int]:
    """Families as a database may number them that others use at the same time: with gaps, in no order."""
    return unit.insert(Family, [{"id": number, "name": f"F{number}"} for number in (9, 3, 4, 7, 8)])


def test_rows_written_set_wise_need_not_follow_each_other(register: Register, tmp_path: Path) -> None:
    assert sorted(register.perform(_with_gaps).value) == [3, 4, 7, 8, 9]
    register.perform(builders.put, row=Family(id=FamilyId(5), name="Between"))
    assert register.verified().problem is None
    with _opened(register.folder, PASSPHRASE, "A. Berisha", register) as connection:
        (content,) = entries(connection, "action = 'tests.with_gaps'")
        assert [(run["first"], run["last"], run["rows"]) for run in content["written"]] == [(3, 4, 2), (7, 9, 3)]
        for number in (3, 4, 7, 8, 9):
            found = _tampered(connection, "UPDATE families SET name = 'X' WHERE id = ?", (number,))
            assert (found.number, found.problem is None) == (content["number"], False)
            assert _tampered(connection, "DELETE FROM families WHERE id = ?", (number,)).number == content["number"]
        assert _tampered(connection, "UPDATE families SET id = 6 WHERE id = 5").problem is not None


def test_what_came_in_with_a_file_is_corrected_column_by_column_and_taken_away(
    register: Register, tmp_path: Path
) -> None:
    programme = builders.programme(register, window_start=date(2020, 1, 1))
    file = tmp_path / "stays.csv"
    file.write_text(
        "person_id,family_name,entry_date,exit_date\n"
        "P-1,Aa,2026-07-01,2026-07-09\nP-2,Bb,2026-07-03,\nP-3,Cc,2026-07-03,\n",
        encoding="utf-8",
    )
    register.perform(bring_in, programme_id=programme, read=read_stays(read_table(file), zone=register.facility.zone))
    one, two, three = (ResidentId(number) for number in (1, 2, 3))
    deeds: tuple[Callable[[], object], ...] = (
        lambda: register.perform(
            residents.change, reason="seen", resident_id=one, person=PersonFacts(family_name="Aa", given_names="x")
        ),
        lambda: register.perform(
            residents.change, reason="seen", resident_id=one, person=PersonFacts(family_name="Az", given_names="x")
        ),
        lambda: register.perform(
            residents.change, reason="seen", resident_id=one, person=PersonFacts(family_name="Aa")
        ),
        lambda: register.perform(residents.join_family, resident_id=one, with_id=two),
        lambda: register.perform(
            residents.change, reason="seen", resident_id=two, person=PersonFacts(family_name="Ab")
        ),
        *(
            lambda person=person, number=number: register.perform(
                residents.change,
                reason="seen",
                resident_id=person,
                person=PersonFacts(family_name="Ab"),
                partner_numbers={programme: number},
            )
            for person, number in ((three, ""), (three, "N-9"), (one, ""), (two, "M-1"), (two, ""), (three, ""))
        ),
        lambda: register.perform(
            stays.correct, stay_id=StayId(2), arrived=Moment(date(2026, 7, 2), None), reason="gate book"
        ),
        lambda: register.perform(
            stays.extend, stay_id=StayId(2), until=date(2027, 3, 1), reason="r", decided_by="B", authority="M"
        ),
        lambda: register.perform(
            stays.correct, stay_id=StayId(2), arrived=Moment(date(2026, 7, 1), None), reason="gate book"
        ),
    )
    for place, deed in enumerate(deeds):
        deed()
        assert register.verified().problem is None, place


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stays SET arrived_on = '2026-W27-3' WHERE id = 2",
        "UPDATE stays SET arrived_on = '20260703' WHERE id = 2",
        "UPDATE users SET is_active = 2 WHERE id = 1",
        "UPDATE users SET created_at = replace(created_at, '.000000', '.900000') WHERE id = 1",
        "UPDATE residents SET aliases = '[ ]' WHERE id = 1",
    ],
)
def test_what_reads_the_same_but_is_stored_otherwise_is_found(past_konak: Connection, statement: str) -> None:
    """The database compares what is stored: a date in another form is on another day for it."""
    assert _tampered(past_konak, statement).problem is not None


def test_a_column_of_a_later_konak_is_empty_in_the_rows_of_an_earlier_one(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        told = trail.changes_of

        def without(session: Session) -> Iterator[trail.Change]:
            for each in told(session):
                yield replace(each, after={name: value for name, value in each.after.items() if name != "sex"})

        earlier.setattr(trail, "changes_of", without)
        builders.resident(register)
    assert register.verified().problem is None
    with register.write() as unit:
        unit.tell(UNLOCKED, "", {})
        unit.connection.exec_driver_sql("UPDATE residents SET sex = 'F'")
    assert register.verified().problem is not None
