"""The ways into a register: to make one, to open it with a passphrase, to open it with its recovery sheet."""

import os
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.clock import Clock, SystemClock
from models.entities.facility import Facility
from models.entities.people import User
from models.errors import Refused, Unavailable
from models.ids import UserId
from models.rules.people import HOLDS_SEALED_KEY, checked_user_name
from models.rules.time import local_date
from models.rules.vocabulary import Role
from models.store import attempts, belonging, headings_forgotten, migration, staged_keys
from models.store import engine as engines
from models.store.declaring import MADE, RECOVERED, RENEWED, UPGRADED
from models.store.files import cannot_make, make_private_folder
from models.store.keys import LEVEL, Keys, Opened, Slot, Stretch
from models.store.recovery import new_secret
from models.store.register import Register
from models.store.seen import Seen
from models.store.snapshot import FacilityProfile, Person
from models.store.unit_of_work import UnitOfWork
from models.store.vault import Vault
from models.store.write_lock import WriteLock


def create_register(
    folder: Path,
    *,
    facility: str,
    administrator: str,
    passphrase: str,
    letterhead: str = "",
    language: str = "en",
    time_zone: str = "Europe/Belgrade",
    is_demonstration: bool = False,
    clock: Clock | None = None,
    stretch: Stretch | None = None,
    secret: bytes | None = None,
    seen_in: Path | None = None,
) -> Register:
    """Make a new register in a folder that is not there yet or is empty; whole or not at all.

    Args:
        folder: Where.
        facility: The name of the facility.
        administrator: Who opens it first.
        passphrase: The administrator's.
        letterhead: The lines above the name on paper.
        language: Of the facility.
        time_zone: Of the facility.
        is_demonstration: Whether all people in it are invented.
        clock: Where the present comes from.
        stretch: How hard passphrases are stretched.
        secret: What the words of the recovery sheet stand for; None: random, and nobody knows them.
        seen_in: Where this workstation keeps what it has seen of registers; None: nowhere.

    Raises:
        Refused: The folder holds something, or the name of the administrator hides something.
        Unavailable: The disk says no.
    """
    administrator = checked_user_name(administrator, field="administrator")
    try:
        folder = folder.resolve()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused("This folder is not empty. Choose a new folder for the register.", field="folder")
        make_private_folder(folder.parent)
        making = Path(mkdtemp(prefix=".konak-", suffix=".partial", dir=folder.parent))
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError
        raise cannot_make() from error
    clock = clock or SystemClock()
    try:
        keys, opened, seal = Keys.new(administrator, passphrase, stretch or Stretch(), secret or new_secret())
        slot = keys.slots[0]
        now = clock.now()
        row = Facility(
            id=1,
            name=facility,
            letterhead=letterhead,
            language=language,
            time_zone=time_zone,
            seal=seal.public,
            recovery_on=local_date(now, ZoneInfo(time_zone)),
            is_demonstration=is_demonstration,
            created_at=now,
        )
        first = User(
            name=administrator,
            role=Role.ADMINISTRATOR,
            slot=slot.id,
            public=slot.public,
            signs=slot.signs,
            created_at=now,
        )
        _fill(making, Vault(making, slot, opened), keys, row, first, clock)
        if folder.exists():
            folder.rmdir()
        making.replace(folder)
    except OSError as error:
        raise cannot_make() from error
    finally:
        rmtree(making, ignore_errors=True)
    return open_register(folder, passphrase=passphrase, clock=clock, stretch=stretch, seen_in=seen_in)


def open_register(
    folder: Path,
    *,
    passphrase: str,
    person: str | None = None,
    clock: Clock | None = None,
    stretch: Stretch | None = None,
    for_reading: bool = False,
    seen_in: Path | None = None,
) -> Register:
    """Open a register, bringing it to this program's version if it is older; a copy is kept before that.

    Who comes while somebody else has it open for writing gets it for reading: `holder` says who that is. That it
    was opened is entered in the trail, with the wrong passphrases before.

    Args:
        folder: Where it lies.
        passphrase: Of the person.
        person: The name; None: the only one who may open it.
        clock: Where the present comes from.
        stretch: How hard new passphrases are stretched.
        for_reading: Whether nothing will be written, so that nobody need be kept from writing.
        seen_in: Where this workstation keeps what it has seen of registers; None: nowhere.

    Raises:
        Refused: The passphrase is wrong, one has to wait after several wrong ones, or nobody of that name may
            open it.
        Unavailable: It is missing, damaged, newer than this program, or cannot be read.
    """
    clock = clock or SystemClock()

    def way(keys: Keys) -> Opened:
        attempts.check(folder, keys.slot(person).id, clock.now())
        return keys.slot(person).open(keys.register_id, passphrase)

    keys = staged_keys.settle(folder, person or "", clock.now(), way)
    slot = keys.slot(person)
    attempts.check(folder, slot.id, clock.now())
    try:
        opened = slot.open(keys.register_id, passphrase)
    except Refused:
        attempts.enter(folder, slot.id, clock.now())
        raise
    vault = Vault(folder, slot, opened, stretch or Stretch())
    register = _opened(vault, clock, Seen(seen_in, keys.register_id, clock), for_reading=for_reading)
    try:
        register.check_slot()
        register.check_keys()
        may_write = register.holder is None and not for_reading
        is_called_otherwise = may_write and slot.label != register.person.name
        if slot.stretch.level < LEVEL or not register.signs or is_called_otherwise:
            _make_anew(register, passphrase)
        elif register.unsigned:
            register.tell(UPGRADED, "facility:1", unsigned_until=register.unsigned)
        if may_write:
            headings_forgotten.forget(register)
        register.tell_unlocking()
    except BaseException:
        register.close()
        raise
    return register


def _make_anew(register: Register, passphrase: str) -> None:
    """Give a person a slot as this program makes them, with the passphrase that has just opened the one before."""
    vault = register.vault
    made, opened = vault.new_slot(register.person.name, passphrase, vault.opened.seal)
    unsigned = register.unsigned
    with register.write() as unit:
        if unsigned:
            unit.tell(UPGRADED, ["facility:1"], {"unsigned_until": unsigned})
        else:
            unit.tell(RENEWED, [f"user:{register.person.id}"], {})
        _hand_over(unit, made, opened)


def _hand_over(unit: UnitOfWork, made: Slot, opened: Opened, *, takes_out: bool = False) -> User:
    """Have another slot stand in the place of the one that the person has come in with."""
    before = unit.vault.slot_id
    unit.change_keys(lambda keys: keys.without(before).put(made), mine=made, opened=opened, takes_out=takes_out)
    user = unit.session.get_one(User, unit.person.id)
    user.slot, user.public, user.signs = made.id, made.public, made.signs
    return user


def recover_register(
    folder: Path,
    *,
    secret: bytes,
    person: str,
    passphrase: str,
    clock: Clock | None = None,
    stretch: Stretch | None = None,
    seen_in: Path | None = None,
) -> Register:
    """Open a register with its recovery sheet, and give a person a new passphrase.

    Args:
        folder: Where it lies.
        secret: What the words of the sheet stand for; see `models.store.recovery.secret_of`.
        person: Whose passphrase is set: the name of one who could open it.
        passphrase: The new one.
        clock: Where the present comes from.
        stretch: How hard it is stretched.
        seen_in: Where this workstation keeps what it has seen of registers; None: nowhere.

    Raises:
        Refused: The words are those of another sheet, or nobody of that name may open the register.
        Unavailable: It is missing, damaged, newer than this program, or cannot be read or written.
    """
    clock = clock or SystemClock()
    keys = staged_keys.settle(folder, person, clock.now(), lambda keys: keys.recovered(secret))
    slot = keys.slot(person)
    opened = keys.recovered(secret)
    vault = Vault(folder, slot, opened, stretch or Stretch())
    register = _opened(vault, clock, Seen(seen_in, keys.register_id, clock))
    try:
        seal = opened.seal if register.person.role in HOLDS_SEALED_KEY else None
        made, mine = vault.new_slot(person, passphrase, seal)
        with register.recovering() as unit:
            if keys.recovery is None or belonging.belonging(unit.session, keys).recovery is None:
                raise Refused("This recovery sheet does not hold any more: a newer one was made.", field="words")
            unit.begin(RECOVERED, {"user_id": register.person.id})
            unit.note(sheet=keys.recovery.id)
            user = _hand_over(unit, made, mine, takes_out=True)
            user.must_change, user.may_unseal = False, seal is not None
    except BaseException:
        register.close()
        raise
    attempts.take(folder, slot.id)
    return register


def _opened(vault: Vault, clock: Clock, seen: Seen, *, for_reading: bool = False) -> Register:
    database = vault.folder / engines.FILE_NAME
    if not database.is_file():
        raise Unavailable("There is no register in this folder: the file register.db is missing. Restore a backup.")
    write_lock = WriteLock(vault.folder)
    holder = None if for_reading else write_lock.take(vault.slot.label, clock.now())
    engine = None
    try:
        key = vault.opened.register_key
        strangers = migration.bring_up(database, key)
        engine = engines.make_engine(database, key)
        with engines.in_words():
            register = Register(vault, engine, write_lock, holder, clock, seen)
            register.check_seal()
            register.compare()
            register.strangers = strangers
    except BaseException:
        _let_go(engine, write_lock)
        raise
    return register


def _let_go(engine: Engine | None, write_lock: WriteLock) -> None:
    if engine is not None:
        engine.dispose()
    write_lock.let_go()


def _fill(folder: Path, vault: Vault, keys: Keys, facility: Facility, administrator: User, clock: Clock) -> None:
    """Make the encrypted file with its tables, its first two rows, and the first entry of its trail."""
    database, key = folder / engines.FILE_NAME, vault.opened.register_key
    os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
    engines.prepare(database, key)
    migration.upgrade(database, key)
    engine = engines.make_engine(database, key)
    try:
        with engines.in_words(), Session(engines.writing(engine)) as session, session.begin():
            first = Person(UserId(1), administrator.name, administrator.role)
            # Filled before the profile is made of it: what the columns have by default is only known after the flush.
            session.add_all((facility, administrator))
            unit = UnitOfWork(session, clock, _making(facility), first, vault)
            session.flush()
            unit.begin(MADE, {})
            unit.begin_keys(keys)
            unit.finish()
        unit.take_over()
    finally:
        engine.dispose()


def _making(facility: Facility) -> FacilityProfile:
    """The facility before its row is written, as far as the first entry needs it."""
    return FacilityProfile(
        facility.name, "", facility.language, ZoneInfo(facility.time_zone), "", False, facility.seal, 0, False
    )
