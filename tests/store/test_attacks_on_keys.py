"""What somebody does who may write into the folder, holds a key of yesterday, or has a role no more."""

import json
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from models.actions import complaints, people, rooms, safeguards
from models.actions.complaints import COMPLAINTS
from models.errors import Refused, Revoked, Unavailable
from models.ids import ResidentId, SealedNoteId, UserId
from models.queries import trail
from models.rules.vocabulary import Role, SealedKind
from models.store import check, rekey, staged_keys
from models.store import engine as engines
from models.store import keys as key_file
from models.store.ciphers import KEY_BYTES, random_bytes, stretched
from models.store.declaring import LOCKED
from models.store.keys import Keys, Opened, Recovery, Slot
from models.store.opening import create_register, open_register, recover_register
from models.store.recovery import words
from models.store.register import Register
from models.store.sealing import Place, salted, unsalted, unseal
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK

SECRET, OTHER_SECRET = b"fedcba9876543210", b"0123456789abcdef"
OTHER = "a passphrase of the doctor"
NEW = "another one of the doctor"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Register]:
    """An administrator's register; a doctor holds the seal, and has sealed a note about the first resident."""
    made = create_register(
        tmp_path / "house", facility="N", administrator="Adm", passphrase=PASSPHRASE, stretch=QUICK, secret=SECRET
    )
    with made as register:
        builders.resident(register, family_name="Ahmadzai")
        register.perform(people.add, name="Dr", role=Role.HEALTH_LEGAL, passphrase=OTHER, words=words(SECRET))
        with _doctor(register) as doctor:
            doctor.perform(safeguards.enter_note, resident_id=_FIRST, kind=SealedKind.HEALTH, text="Zzyzx fever")
        yield register


@contextmanager
def _refused_for(name: str) -> Iterator[None]:
    """It is refused, naming what does not belong there."""
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.message.values["names"] == name


_FIRST = ResidentId(1)
_DOCTOR = UserId(2)


@contextmanager
def _as(register: Register, person: str, passphrase: str = OTHER) -> Iterator[Register]:
    """The register as another of its people has it, who sits beside the first."""
    yield register.beside(person=person, passphrase=passphrase)


def _doctor(register: Register, passphrase: str = OTHER) -> AbstractContextManager[Register]:
    return _as(register, "Dr", passphrase)


def _strange(register: Register) -> Slot:
    """A slot as somebody makes it who has no key at all."""
    keys = Keys.load(register.folder)
    slot, _ = Slot.make(keys.register_id, "Mallory", "a passphrase of mine", Opened(bytes(32), bytes(32)), QUICK)
    keys.put(slot).save(register.folder)
    return slot


def _found(register: Register) -> list[str]:
    return [finding.said.text for finding in check.check(register.source, register.verified)]


def test_a_slot_that_somebody_wrote_gets_no_key_and_is_taken_out(house: Register) -> None:
    slot = _strange(house)
    assert any("lets somebody in" in said for said in _found(house))
    with _refused_for("Mallory"):
        rekey.rekey(house, words(SECRET))
    with _refused_for("Mallory"):
        house.perform(people.add, name="C", role=Role.CLERK, passphrase=OTHER)
    assert Keys.load(house.folder).slot_of(slot.id) == slot, "nothing was given to it"
    house.perform(people.take_out)
    assert Keys.load(house.folder).slot_of(slot.id) is None
    rekey.rekey(house, words(SECRET))
    with pytest.raises(Refused, match="belongs to the people"):
        house.perform(people.take_out)


def test_a_recovery_sheet_that_somebody_wrote_gets_no_key(house: Register) -> None:
    keys = Keys.load(house.folder)
    mine = Recovery.make(keys.register_id, OTHER_SECRET, Opened(bytes(32), bytes(32)), "0000AAAA")
    Keys(keys.register_id, keys.slots, mine).save(house.folder)
    with _refused_for("0000AAAA"), _doctor(house) as doctor:
        rekey.rekey(doctor)


def test_who_was_removed_gets_nothing_by_putting_the_slot_back(house: Register) -> None:
    before = Keys.load(house.folder)
    old = before.slot("Dr").open(before.register_id, OTHER)
    house.perform(people.remove, user_id=_DOCTOR, words=words(SECRET))
    Keys.load(house.folder).put(before.slot("Dr")).save(house.folder)
    with pytest.raises(Refused), _doctor(house):
        pass
    with _refused_for("Dr"):
        house.perform(people.add, name="C", role=Role.CLERK, passphrase=OTHER)
    house.perform(people.take_out)
    # Whoever kept the key of the seal reads with it nothing of what the register holds now.
    assert old.seal is not None
    _cannot_unseal(house, old.seal)


def test_who_came_to_another_role_reads_nothing_with_the_key_of_before(house: Register) -> None:
    before = Keys.load(house.folder)
    old = before.slot("Dr").open(before.register_id, OTHER)
    with pytest.raises(Refused, match="words"):
        house.perform(people.change_role, user_id=_DOCTOR, role=Role.CLERK)
    house.perform(people.change_role, user_id=_DOCTOR, role=Role.CLERK, words=words(SECRET))
    assert old.seal is not None
    _cannot_unseal(house, old.seal)
    # The old slot, with the box of the seal, put back: the next re-keying gives it no seal.
    Keys.load(house.folder).put(before.slot("Dr")).save(house.folder)
    with _refused_for("Dr"):
        rekey.rekey(house, words(SECRET))
    house.perform(people.take_out)
    assert all(slot.sealed is None for slot in Keys.load(house.folder).slots)
    # What was sealed is not lost: the sheet opens it.
    house.close()
    with recover_register(house.folder, secret=SECRET, person="Adm", passphrase=NEW, stretch=QUICK) as again:
        again.perform(people.change_role, user_id=_DOCTOR, role=Role.HEALTH_LEGAL)
        with _doctor(again) as doctor:
            doctor.perform(people.change_passphrase, old=OTHER, new=NEW)
        again.perform(people.reset_passphrase, user_id=_DOCTOR, passphrase=OTHER, words=words(SECRET))
    with open_register(house.folder, person="Dr", passphrase=OTHER, stretch=QUICK) as doctor:
        assert doctor.perform(safeguards.look, note_id=SealedNoteId(1)).value == "Zzyzx fever"


def _cannot_unseal(register: Register, seal: bytes) -> None:
    with register.read() as snapshot:
        sealed = snapshot.connection.execute(text("SELECT id, sealed FROM sealed_notes")).all()
    assert sealed
    for number, each in sealed:
        with pytest.raises(Unavailable):
            unseal(each, seal, Place("sealed_notes", "sealed", number))


def test_an_old_passphrase_and_an_old_backup_open_nothing_newer(house: Register, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(house.folder / "keys.json", old)
    with _doctor(house) as doctor:
        doctor.perform(people.change_passphrase, old=OTHER, new=NEW)
    shutil.copy(house.folder / "keys.json", tmp_path / "now.json")
    # Put back whole: the register knows that the passphrase is of yesterday, and that the file is not its own.
    shutil.copy(old / "keys.json", house.folder)
    with pytest.raises(Revoked), _doctor(house):
        pass
    with open_register(house.folder, person="Adm", passphrase=PASSPHRASE, stretch=QUICK) as administrator:
        assert administrator.strange_keys
        assert _found(administrator)
    shutil.copy(tmp_path / "now.json", house.folder / "keys.json")
    rekey.rekey(house, words(SECRET))
    keys = Keys.load(old)
    opened = keys.slot("Dr").open(keys.register_id, OTHER)
    assert not engines.opens(house.folder / engines.FILE_NAME, opened.register_key)
    # The private halves of the old passphrase open no box of now, whatever is written around it.
    now = Keys.load(house.folder).slot("Dr")
    for slot in (now, keys.slot("Dr")):
        with pytest.raises((Refused, Unavailable)):
            replace(slot, wrapped=keys.slot("Dr").wrapped, register=now.register).open(keys.register_id, OTHER)


def test_a_void_recovery_sheet_opens_nothing_newer(house: Register, tmp_path: Path) -> None:
    shutil.copy(house.folder / "keys.json", tmp_path)
    with _doctor(house) as doctor:
        doctor.perform(people.make_recovery_sheet, secret=OTHER_SECRET, number="0000AAAA")
    shutil.copy(house.folder / "keys.json", tmp_path / "now.json")
    shutil.copy(tmp_path / "keys.json", house.folder)
    with pytest.raises(Refused, match="newer"):
        recover_register(house.folder, secret=SECRET, person="Adm", passphrase=NEW, stretch=QUICK)
    shutil.copy(tmp_path / "now.json", house.folder / "keys.json")
    with _doctor(house) as doctor:
        rekey.rekey(doctor)
    opened = Keys.load(tmp_path).recovered(SECRET)
    assert not engines.opens(house.folder / engines.FILE_NAME, opened.register_key)
    house.close()
    with recover_register(house.folder, secret=OTHER_SECRET, person="Dr", passphrase=NEW, stretch=QUICK) as again:
        assert again.can_unseal


def test_a_seal_that_is_exchanged_under_an_open_window_seals_nothing(house: Register) -> None:
    with _doctor(house) as doctor:
        connection = engines.connect(doctor.folder / engines.FILE_NAME, doctor.source.key)
        [kept] = connection.execute("SELECT seal FROM facility").fetchone()
        connection.execute("UPDATE facility SET seal = ?", (b"m" * 32,))
        with pytest.raises(Unavailable, match="outside Konak"):
            doctor.perform(safeguards.enter_note, resident_id=_FIRST, kind=SealedKind.HEALTH, text="x")
        connection.execute("UPDATE facility SET seal = ?", (kept,))
        connection.close()
        assert doctor.perform(safeguards.enter_note, resident_id=_FIRST, kind=SealedKind.HEALTH, text="x").value == 2


def test_nothing_is_sealed_that_nobody_could_read(house: Register) -> None:
    house.perform(people.remove, user_id=_DOCTOR, words=words(SECRET))
    house.perform(people.add, name="Dr 2", role=Role.HEALTH_LEGAL, passphrase=OTHER)
    with (
        _as(house, "Dr 2") as doctor,
        pytest.raises(Refused, match="Nobody can read"),
    ):
        doctor.perform(safeguards.enter_note, resident_id=_FIRST, kind=SealedKind.HEALTH, text="x")


def test_who_was_removed_reads_and_writes_nothing_in_a_second_window(house: Register) -> None:
    with _doctor(house) as doctor:
        house.perform(people.remove, user_id=_DOCTOR, words=words(SECRET))
        with pytest.raises(Revoked), doctor.read():
            pass
        for _ in range(2):
            with pytest.raises(Revoked):
                doctor.perform(safeguards.enter_note, resident_id=_FIRST, kind=SealedKind.HEALTH, text="x")
        before = _entries(house)
        with pytest.raises(Revoked):
            doctor.tell(LOCKED)
    assert _entries(house) == before


def test_who_has_another_role_by_now_does_what_it_may_alone(house: Register) -> None:
    house.perform(people.add, name="Sup", role=Role.SUPERVISOR, passphrase=OTHER)
    with _as(house, "Sup") as supervisor:
        supervisor.perform(rooms.add_room, name="1")
        house.perform(people.change_role, user_id=UserId(3), role=Role.CLERK)
        with pytest.raises(Refused, match="may not do this"):
            supervisor.perform(rooms.add_room, name="2")


def _entries(register: Register) -> int:
    with register.read() as snapshot:
        return int(snapshot.connection.execute(text("SELECT count(*) FROM trail")).scalar_one())


@pytest.mark.parametrize("change", ["public", "label", "number"])
def test_keys_that_no_konak_has_written_are_said_in_words(house: Register, change: str) -> None:
    house.close()
    path = house.folder / "keys.json"
    content = json.loads(path.read_text())
    if change == "public":
        content["slots"][1]["public"] = "A" * 43 + "="
    elif change == "label":
        content["slots"][1]["label"] = "\ud800"
    else:
        content["slots"][0]["kdf"]["rounds"] = float("inf")
    path.write_text(json.dumps(content).replace("Infinity", "1e999"))
    with pytest.raises((Unavailable, Refused)):
        open_register(house.folder, person="Dr", passphrase=OTHER, stretch=QUICK)
    if change == "public":  # the others still come in, and nothing is given to it
        with (
            open_register(house.folder, person="Adm", passphrase=PASSPHRASE, stretch=QUICK) as administrator,
            _refused_for("Dr"),
        ):
            rekey.rekey(administrator, words(SECRET))


def test_other_keys_leave_no_copy_that_the_old_one_opens(house: Register) -> None:
    old = house.folder / "register-before-0001.db"
    shutil.copy(house.folder / engines.FILE_NAME, old)
    rekey.rekey(house, words(SECRET))
    assert not old.exists()
    assert not (house.folder / staged_keys.NEXT_NAME).exists()


def test_a_sealed_text_opens_in_its_own_place_alone(house: Register) -> None:
    """What an inspector may not read is moved into what an inspector may read: it opens for nobody."""
    with _doctor(house) as doctor:
        other = doctor.perform(
            safeguards.enter_note, resident_id=_FIRST, kind=SealedKind.OTHER, text="the food is cold"
        ).value
        complaint = doctor.perform(
            COMPLAINTS.enter, resident_id=_FIRST, received_on=NOON.date(), said="the food is cold"
        ).value
        assert doctor.perform(safeguards.look, note_id=other).value == "the food is cold"
        assert doctor.perform(complaints.look, entry_id=complaint).value == "the food is cold"
        connection = engines.connect(doctor.folder / engines.FILE_NAME, doctor.source.key)
        connection.execute("DROP TRIGGER guard_note_update")
        connection.execute("UPDATE sealed_notes SET sealed = (SELECT sealed FROM sealed_notes WHERE id = 1)")
        connection.execute("UPDATE complaints SET said = (SELECT sealed FROM sealed_notes WHERE id = 1)")
        connection.close()
        with pytest.raises(Unavailable, match="outside Konak"):
            doctor.perform(safeguards.look, note_id=other)
        with pytest.raises(Unavailable, match="outside Konak"):
            doctor.perform(complaints.look, entry_id=complaint)
        assert doctor.perform(safeguards.look, note_id=SealedNoteId(1)).value == "Zzyzx fever"


def test_each_use_of_the_words_is_told_by_its_entry(house: Register) -> None:
    with house.read() as snapshot:
        before = len(trail.ids(snapshot))
    rekey.rekey(house, words(SECRET))
    house.perform(people.reset_passphrase, user_id=_DOCTOR, passphrase=NEW, words=words(SECRET))
    with house.read() as snapshot:
        told = trail.rows(snapshot, ids=trail.ids(snapshot)[: len(trail.ids(snapshot)) - before])
    said = {row.what.text: [str(detail.after) for detail in row.details] for row in told}
    assert house.sheet_number in said["Gave the register another key"]
    assert house.sheet_number in said["Set a new passphrase for a user"]


def test_the_key_file_is_of_the_measure_that_this_program_writes(house: Register) -> None:
    """Salt, nonce and number are as long as they must be, and no slot is stretched beyond what a workstation can."""
    (slot, _), recovery = Keys.load(house.folder).slots, Keys.load(house.folder).recovery
    assert (len(slot.salt), len(slot.nonce), slot.stretch.level) == (16, 12, key_file.LEVEL)
    assert key_file.LEVEL == 2
    assert recovery is not None
    assert len(bytes.fromhex(key_file.new_number())) == 4
    assert key_file.LARGEST_FILE == 2**22
    content = json.loads((house.folder / "keys.json").read_text())
    for memory, is_read in ((8, True), (7, False), (2**20, True), (2**20 + 1, False)):
        content["slots"][0]["kdf"]["memory_kib"] = memory
        content["slots"][0]["kdf"]["lanes"] = 1
        raw = json.dumps(content).encode()
        if is_read:
            assert Keys.parse(raw).slots[0].stretch.memory_kib == memory
        else:
            with pytest.raises(Unavailable):
                Keys.parse(raw)


def test_a_sealed_outcome_is_salted_with_sixteen_bytes_that_are_never_the_same() -> None:
    assert {len(salted(outcome)) for outcome in (True, False)} == {17}
    assert salted(True) != salted(True)
    assert [unsalted(salted(outcome)) for outcome in (True, False)] == [True, False]


def test_new_keys_that_were_committed_hold_before_they_lie_in_their_place(house: Register) -> None:
    """And those that the register does not tell of do not, wherever they lie."""
    key = house.source.key
    held = Keys.load(house.folder)
    beside = house.folder / staged_keys.NEXT_NAME
    strange = held.put(replace(held.slots[0], id="another"))
    beside.write_bytes(strange.as_bytes())
    assert staged_keys.current(house.folder, key) == held
    beside.write_bytes((house.folder / "keys.json").read_bytes())
    strange.save(house.folder)
    assert staged_keys.current(house.folder, key) == held
    beside.unlink()


def test_what_the_computer_cannot_do_with_keys_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="memory"):
        stretched("a passphrase", b"0" * 16, memory_kib=1, rounds=1, lanes=2)
    damaged = tmp_path / "register.db"
    damaged.write_bytes(random_bytes(8192))
    with pytest.raises(Unavailable):
        staged_keys.is_told(damaged, random_bytes(KEY_BYTES), "")


def test_keys_that_the_disk_does_not_take_over_are_said_not_to_hold_yet(tmp_path: Path) -> None:
    assert not staged_keys.take_over(tmp_path)
    (tmp_path / staged_keys.NEXT_NAME).write_bytes(b"{}")
    assert staged_keys.take_over(tmp_path)
    assert (tmp_path / "keys.json").read_bytes() == b"{}"


def test_who_was_added_must_change_the_passphrase_and_the_trail_says_of_whom_it_tells(house: Register) -> None:
    with _doctor(house) as doctor:
        assert doctor.person.must_change
        with pytest.raises(Refused, match="not your passphrase") as refused:
            doctor.perform(people.change_passphrase, old=f"{OTHER}!", new=NEW)
        assert refused.value.field == "old"
        doctor.perform(people.change_passphrase, old=OTHER, new=NEW)
    with house.read() as snapshot:
        told = trail.rows(snapshot, ids=trail.ids(snapshot)[:1])[0]
        subject = snapshot.connection.execute(
            text("SELECT subject FROM trail ORDER BY number DESC LIMIT 1")
        ).scalar_one()
    assert (told.what.text, subject) == ("Changed the own passphrase", "user:2")
    with _doctor(house, NEW) as doctor:
        assert not doctor.person.must_change


def test_nobody_comes_back_who_never_was_here(house: Register) -> None:
    for nobody in (UserId(99), _DOCTOR):
        with pytest.raises(Refused, match="already"):
            house.perform(people.restore, user_id=nobody, passphrase=OTHER)


def test_a_sheet_made_by_who_holds_no_seal_asks_for_the_words_of_the_one_before(house: Register) -> None:
    assert not house.can_unseal
    with pytest.raises(Refused) as refused:
        house.perform(people.make_recovery_sheet, secret=OTHER_SECRET, number="0000BBBB")
    assert refused.value.field == "words"
    house.perform(people.make_recovery_sheet, secret=OTHER_SECRET, number="0000BBBB", words=words(SECRET))
    assert Keys.load(house.folder).recovered(OTHER_SECRET).seal is not None
    with _doctor(house) as doctor:  # who holds the seal needs no words
        doctor.perform(people.make_recovery_sheet, secret=SECRET, number="0000CCCC")
    assert Keys.load(house.folder).recovered(SECRET).seal is not None


def test_a_disk_without_room_is_said_in_megabytes_before_the_keys_change(
    house: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=3_999_999))
    monkeypatch.setattr(rekey, "_ROOM", 1000)
    with pytest.raises(Unavailable) as said:
        rekey.rekey(house, words(SECRET))
    assert said.value.message.values["free"] == 3
