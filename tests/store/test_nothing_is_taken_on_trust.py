"""What nobody would miss until it counts: labels of boxes, writes that outlive a power cut, waits, comparisons."""

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from sqlalchemy import select

from models.actions import endings, months, people
from models.clock import FixedClock
from models.entities.programmes import Programme
from models.errors import Refused, Unavailable
from models.ids import ResidentId, UserId
from models.queries import safeguards as queries
from models.repositories.safeguards import add_note
from models.rules.people import EVERYBODY
from models.rules.time import Month
from models.rules.vocabulary import NOTE_KINDS, Role, SealedKind
from models.store import backup, files, package
from models.store import engine as engines
from models.store.ciphers import Pair
from models.store.declaring import action
from models.store.keys import Keys, Opened, Recovery, Slot
from models.store.opening import open_register
from models.store.recovery import words
from models.store.register import Register
from models.store.sealing import Place, seal
from models.store.unit_of_work import UnitOfWork
from reports import monthly
from tests import builders
from tests.actions import leavers
from tests.builders import SHEET
from tests.conftest import PASSPHRASE, QUICK

REGISTER, ELSEWHERE = "a register", "another register"
KEYS = Opened(b"k" * 32, b"s" * 32)


def test_a_slot_opens_nothing_in_the_file_of_another_register() -> None:
    slot, _ = Slot.make(REGISTER, "A", PASSPHRASE, KEYS, QUICK)
    assert slot.open(REGISTER, PASSPHRASE).register_key == KEYS.register_key
    with pytest.raises(Refused):
        slot.open(ELSEWHERE, PASSPHRASE)
    # Nor do boxes that were given to it for another register, though the passphrase is right.
    with pytest.raises(Unavailable):
        replace(slot, register=slot.given(ELSEWHERE, KEYS).register).open(REGISTER, PASSPHRASE)


def test_a_recovery_sheet_opens_nothing_in_the_file_of_another_register() -> None:
    sheet = Recovery.make(REGISTER, SHEET, KEYS)
    assert sheet.open(REGISTER, SHEET).seal == KEYS.seal
    with pytest.raises(Unavailable):
        sheet.open(ELSEWHERE, SHEET)


def test_a_box_is_taken_for_nothing_but_what_it_was_made_for() -> None:
    slot, _ = Slot.make(REGISTER, "A", PASSPHRASE, KEYS, QUICK)
    assert slot.sealed is not None
    with pytest.raises(Unavailable):
        replace(slot, register=slot.sealed).open(REGISTER, PASSPHRASE)
    with pytest.raises(Unavailable):
        replace(slot, sealed=slot.register).open(REGISTER, PASSPHRASE)
    other, _ = Slot.make(REGISTER, "A", PASSPHRASE, KEYS, QUICK)
    with pytest.raises(Unavailable):
        replace(slot, register=replace(other, public=slot.public).given(REGISTER, KEYS).register).open(
            REGISTER, PASSPHRASE
        )


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the disk was told to keep, in order: files that were flushed, and names that were given."""
    said: list[str] = []
    fsync, give = os.fsync, Path.replace

    def kept(descriptor: int) -> None:
        at = Path(f"/proc/self/fd/{descriptor}").readlink()
        said.append("folder" if at.is_dir() else "file")
        fsync(descriptor)

    def named(path: Path, target: Path) -> Path:
        said.append("name")
        return give(path, target)

    monkeypatch.setattr(os, "fsync", kept)
    monkeypatch.setattr(Path, "replace", named)
    return said


def test_a_file_is_on_the_disk_before_it_has_its_name_and_its_name_before_it_counts(
    tmp_path: Path, synced: list[str]
) -> None:
    files.write_private(tmp_path / "a", b"x")
    assert synced == ["file", "name", "folder"]


def test_a_backup_is_on_the_disk_before_it_has_its_name(register: Register, tmp_path: Path, synced: list[str]) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup.make(register.source, stick, at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    last = len(synced) - 1 - synced[::-1].index("name")
    assert synced[last + 1 :] == ["folder"]
    assert synced[:last].count("file") >= 2, "the copy, and what it is packed into"


def test_every_connection_waits_for_the_disk_and_writes_nothing_in_clear_beside_it(register: Register) -> None:
    connection = engines.connect(register.folder / engines.FILE_NAME, register.source.key)
    asked = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "temp_store")}
    connection.close()
    assert asked == {"synchronous": 2, "temp_store": 2}  # FULL, MEMORY


def test_the_length_of_a_sealed_text_tells_no_more_than_its_next_64_bytes() -> None:
    public, place = Pair.make().public, Place("sealed_notes", "sealed", 1)
    lengths = {len(seal("x" * many, public, place) or b"") for many in (1, 2, 30, 64)}
    assert len(lengths) == 1
    assert len(seal("x" * 65, public, place) or b"") - lengths.pop() == 64


def test_a_seal_that_is_not_that_of_the_keys_opens_no_register(register: Register) -> None:
    register.perform(people.add, name="Dr", role=Role.HEALTH_LEGAL, passphrase=PASSPHRASE, words=words(SHEET))
    connection = engines.connect(register.folder / engines.FILE_NAME, register.source.key)
    connection.execute("UPDATE facility SET seal = ?", (Pair.make().public,))
    connection.close()
    register.close()
    with pytest.raises(Unavailable, match="outside Konak"):
        open_register(register.folder, person="Dr", passphrase=PASSPHRASE)


def test_the_key_of_the_seal_is_given_to_the_slot_alone_that_was_made_here(register: Register) -> None:
    register.perform(people.add, name="Dr", role=Role.HEALTH_LEGAL, passphrase=PASSPHRASE)
    doctor = register.beside(person="Dr", passphrase=PASSPHRASE)
    doctor.perform(people.change_passphrase, old=PASSPHRASE, new="another passphrase of hers")
    keys = Keys.load(register.folder)
    strange, _ = Slot.make(keys.register_id, "Dr", PASSPHRASE, KEYS, QUICK)
    keys.put(replace(strange, id=keys.slot("Dr").id)).save(register.folder)
    with pytest.raises(Refused):
        register.perform(people.grant_sealed, user_id=UserId(2), words=words(SHEET))
    assert Keys.load(register.folder).slot("Dr").sealed == strange.sealed


def test_who_types_wrong_passphrases_waits_twice_as_long_each_time_whatever_is_typed_then(register: Register) -> None:
    clock = FixedClock(register.clock.now())
    folder = register.folder
    register.close()

    def tried(passphrase: str) -> str:
        try:
            open_register(folder, passphrase=passphrase, clock=clock).close()
        except Refused as refused:
            return refused.message.text.split(".")[0]
        return "open"

    wrong, waits = "This passphrase does not open the register", "Too many wrong passphrases"
    assert [tried("wrong") for _ in range(3)] == [wrong] * 3
    for seconds in (2, 4, 8):
        assert tried(PASSPHRASE) == waits
        clock.instant += timedelta(seconds=seconds - 1)
        assert tried(PASSPHRASE) == waits
        clock.instant += timedelta(seconds=1)
        assert tried("wrong") == wrong
    clock.instant += timedelta(seconds=16)
    assert tried(PASSPHRASE) == "open"


@action("tests.permit_nothing", roles=EVERYBODY, told="")
def _permits_nothing(unit: UnitOfWork) -> None:
    for row in unit.session.scalars(select(Programme)):
        row.departures.clear()


def test_what_the_programme_permits_no_more_lets_nobody_leave(register: Register) -> None:
    programme = leavers.programme(register)
    plan_id = leavers.plan(register, leavers.stay(register, programme))
    leavers.check_all(register, plan_id)
    register.perform(_permits_nothing)
    with pytest.raises(Refused) as refused:
        register.perform(endings.depart, plan_id=plan_id)
    said = [refused.value.message, *refused.value.reasons]
    assert any("does not permit" in each.text for each in said)


@action("tests.keep_note", roles=EVERYBODY, told="")
def _keep_note(unit: UnitOfWork, *, resident_id: ResidentId, kind: SealedKind) -> None:
    add_note(unit, resident_id, kind, "x")


def test_each_kind_of_sealed_note_is_listed_to_its_readers_alone(register: Register) -> None:
    resident = builders.resident(register)
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    kinds = {*NOTE_KINDS, SealedKind.COMPLAINT}  # complaints were notes once
    for kind in kinds:
        register.perform(_keep_note, resident_id=resident, kind=kind)
    assert {row.kind for row in _listed(register, resident)} == kinds
    leavers.at_desk(register, Role.INSPECTOR)
    assert {row.kind for row in _listed(register, resident)} == {SealedKind.COMPLAINT}
    for role in (Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR):
        leavers.at_desk(register, role)
        assert _listed(register, resident) == ()


def _listed(register: Register, resident: ResidentId) -> tuple[queries.NoteRow, ...]:
    with register.read() as snapshot:
        return queries.notes(snapshot, resident_id=resident)


def test_a_backup_that_reads_back_otherwise_is_none(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, pour = tmp_path / "stick", package._pour  # noqa: SLF001 - between the hash and the disk there is no other
    stick.mkdir()

    def poured(source: IO[bytes], size: int, tell: Any, to: Any) -> str:
        """As a fault of the memory writes it: what is packed is not what was hashed."""
        is_packed = type(getattr(to, "__self__", None)).__name__ == "_ZipWriteFile"
        return pour(source, size, tell, (lambda chunk: to(bytes([chunk[0] ^ 1]) + chunk[1:])) if is_packed else to)

    monkeypatch.setattr(package, "_pour", poured)
    with pytest.raises(Unavailable, match="not as it was made"):
        backup.make(register.source, stick, at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert not [*stick.iterdir()]


def test_a_month_that_was_issued_on_another_trail_is_found(register: Register, tmp_path: Path) -> None:
    programme = builders.programme(register)
    resident = builders.resident(register)
    builders.stay(register, resident, programme, datetime(2026, 10, 3, tzinfo=UTC).date())
    register.perform(
        months.issue, programme_id=programme, month=Month(2026, 10), language="en", draw=monthly.draw_issued
    )
    assert register.verified().problem is None
    copy = Path(shutil.copytree(register.folder, tmp_path / "copy"))
    with suppress(FileNotFoundError):
        (copy / "register.lock").unlink()
    connection = engines.connect(copy / engines.FILE_NAME, register.source.key)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE issued_months SET trail_head = ?", ("f" * 64,))
    connection.close()
    with open_register(copy, passphrase=PASSPHRASE, clock=register.clock) as other:
        problem = other.verified().problem
    assert problem is not None
    assert "was issued on a trail" in problem.text or "not the paper that was issued" in problem.text
