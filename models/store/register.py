"""The register on disk: a folder with the encrypted file and its keys."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.changes import Changes, Kind
from models.clock import Clock, SystemClock
from models.entities.facility import Facility
from models.entities.people import User
from models.entities.trail import TrailEntry
from models.errors import Refused, Unavailable
from models.ids import UserId
from models.rules.people import HOLDS_SEALED_KEY, check_may_do
from models.rules.time import local_date
from models.rules.vocabulary import Role
from models.store import attempts, guards, migration, staged_keys
from models.store import engine as engines
from models.store.ciphers import Pair
from models.store.disk import is_on_network
from models.store.files import cannot_make, make_private_folder
from models.store.keys import LEVEL, Keys, Opened, Stretch
from models.store.recovery import new_secret, secret_of
from models.store.snapshot import FacilityProfile, Person, Snapshot
from models.store.unit_of_work import UnitOfWork
from models.store.vault import Source, Vault
from models.store.write_lock import Holder, WriteLock
from models.text import Message, Value

if TYPE_CHECKING:
    from models.store.verify import Verified

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["FacilityProfile", "Outcome", "Person", "Register", "Snapshot"]

_LOOKED_AGAIN = timedelta(minutes=15)
"""An inspector's look at the same page is entered again after so long."""
_CLOCK_MAY_LAG = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What an action gave back, and which kinds of things it changed."""

    value: R
    changes: Changes


class Register:
    """An open register. Several threads may read at a time; one at a time writes.

    Attributes:
        folder: Where it lies.
        person: Who has opened it.
        facility: The facility.
        clock: Where the present comes from.
        holder: Who else has it open for writing, so that this one only reads; None where this one may write.
        clock_lags: Whether the last entry of the trail lies ahead of the clock of this computer.
        is_on_network: Whether it lies on a file system of the network.
    """

    def __init__(self, vault: Vault, engine: Engine, holding: WriteLock, holder: Holder | None, clock: Clock) -> None:
        """Take over what `create` or `open` has made; not to be called by others."""
        self.folder = vault.folder
        self.clock = clock
        self.holder = holder
        self.clock_lags = False
        self.is_on_network = is_on_network(vault.folder)
        self._vault = vault
        self._opened: Engine | None = engine
        self._write_lock = holding
        self._looked: dict[str, datetime] = {}
        with Session(engine) as session:
            self.facility = _profile(session)
            self.person = _person(session, vault.slot_id)

    @classmethod
    def create(
        cls,
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
    ) -> "Register":
        """Make a new register in a folder that is not there yet or is empty; whole or not at all.

        Args:
            folder: Where.
            facility: The name of the house.
            administrator: Who opens it first.
            passphrase: The administrator's.
            letterhead: The lines above the name on paper.
            language: Of the facility.
            time_zone: Of the facility.
            is_demonstration: Whether all people in it are invented.
            clock: Where the present comes from.
            stretch: How hard passphrases are stretched.
            secret: What the words of the recovery sheet stand for; None: random, and nobody knows them.

        Raises:
            Refused: The folder holds something.
            Unavailable: The disk says no.
        """
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
            keys, key, seal = Keys.new(administrator, passphrase, stretch or Stretch(), secret or new_secret())
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
            first = User(name=administrator, role=Role.ADMINISTRATOR, slot=slot.id, public=slot.public, created_at=now)
            _fill(making, Vault(making, slot.id, Opened(key, None)), row, first, clock)
            keys.save(making)
            if folder.exists():
                folder.rmdir()
            making.replace(folder)
        except OSError as error:
            raise cannot_make() from error
        finally:
            rmtree(making, ignore_errors=True)
        return cls.open(folder, passphrase=passphrase, clock=clock, stretch=stretch)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        passphrase: str,
        person: str | None = None,
        clock: Clock | None = None,
        stretch: Stretch | None = None,
        for_reading: bool = False,
    ) -> "Register":
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

        Raises:
            Refused: The passphrase is wrong, one has to wait after several wrong ones, or nobody of that name may
                open it.
            Unavailable: It is missing, damaged, newer than this program, or cannot be read.
        """
        clock = clock or SystemClock()

        def way(keys: Keys) -> Opened:
            attempts.check(folder, keys.slot(person).id, clock.now())
            return keys.slot(person).open(keys.register_id, passphrase)

        staged_keys.settle(folder, person or "", clock.now(), way)
        keys = Keys.load(folder)
        slot = keys.slot(person)
        attempts.check(folder, slot.id, clock.now())
        try:
            opened = slot.open(keys.register_id, passphrase)
        except Refused:
            attempts.enter(folder, slot.id, clock.now())
            raise
        vault = Vault(folder, slot.id, opened, stretch or Stretch())
        register = cls._open(vault, slot.label, clock, for_reading=for_reading)
        if slot.stretch.level < LEVEL and register.holder is None:
            harder = slot.rewrapped(keys.register_id, passphrase, passphrase, vault.stretch)
            keys.put(harder).save(folder)
        return register

    @classmethod
    def recover(
        cls,
        folder: Path,
        *,
        secret: bytes,
        person: str,
        passphrase: str,
        clock: Clock | None = None,
        stretch: Stretch | None = None,
    ) -> "Register":
        """Open a register with its recovery sheet, and give a person a new passphrase.

        Args:
            folder: Where it lies.
            secret: What the words of the sheet stand for; see `models.store.recovery.secret_of`.
            person: Whose passphrase is set: the name of one who could open it.
            passphrase: The new one.
            clock: Where the present comes from.
            stretch: How hard it is stretched.

        Raises:
            Refused: The words are those of another sheet, or nobody of that name may open the register.
            Unavailable: It is missing, damaged, newer than this program, or cannot be read or written.
        """
        clock = clock or SystemClock()
        staged_keys.settle(folder, person, clock.now(), lambda keys: keys.recovered(secret))
        keys = Keys.load(folder)
        slot = keys.slot(person)
        opened = keys.recovered(secret)
        vault = Vault(folder, slot.id, opened, stretch or Stretch())
        register = cls._open(vault, slot.label, clock, tells=False)
        try:
            seal = opened.seal if register.person.role in HOLDS_SEALED_KEY else None
            made = vault.new_slot(person, passphrase, seal)
            with register.write() as unit:
                unit.begin("people.recovered", frozenset())
                unit.about("user", register.person.id)
                user = unit.session.get_one(User, register.person.id)
                user.slot, user.public, user.must_change = made.id, made.public, False
                user.may_unseal = seal is not None
                unit.change_keys(keys.without(slot.id).put(made))
        except BaseException:
            register.close()
            raise
        attempts.take(folder, slot.id)
        vault.slot_id, vault.opened = made.id, Opened(opened.register_key, seal)
        register._know_again()  # noqa: SLF001 - its own kind
        return register

    @classmethod
    def _open(
        cls, vault: Vault, label: str, clock: Clock, *, for_reading: bool = False, tells: bool = True
    ) -> "Register":
        database = vault.folder / engines.FILE_NAME
        if not database.is_file():
            raise Unavailable("There is no register in this folder: the file register.db is missing. Restore a backup.")
        holding = WriteLock(vault.folder)
        holder = None if for_reading else holding.take(label, clock.now())
        engine = None
        try:
            if vault.opened.earlier_key is not None:
                _settle_key(vault, may_write=holder is None and not for_reading)
            key = vault.opened.register_key
            engines.prepare(database, key)
            migration.bring_up(database, key)
            engine = engines.make_engine(database, key)
            register = cls(vault, engine, holding, holder, clock)
            register._check_seal()
            if tells:
                register._tell_unlocking()
        except DBAPIError as error:
            _let_go(engine, holding)
            raise engines.unavailable(error) from error
        except BaseException:
            _let_go(engine, holding)
            raise
        return register

    def rekey(self, words: str) -> None:
        """Give the register another key, which all who may open it have from now on; passphrases and sheet stay.

        Copies that were made before still open with the old key. To be done while nobody else has the register open;
        it takes as long as a backup.

        Args:
            words: Of the recovery sheet, which opens the new key too.

        Raises:
            Refused: The role may not do it, or the words are wrong.
            Unavailable: Somebody else has the register open, or the world says no. Nothing was changed, or what was
                begun is brought to its end at the next unlocking.
        """
        from models.store import rekey

        check_may_do(self.person.role, "people.rekey", stands_in=self.person.stands_in)
        if self.holder is not None:
            raise self.holder.refusal()
        vault, database = self._vault, self.folder / engines.FILE_NAME
        secret = secret_of(words)
        sheet = vault.recovered(secret)
        self._tell("people.rekey", "facility:1")
        self._engine.dispose()
        old, key = vault.opened.register_key, rekey.new_key()
        rekey.begun(vault.keys(), secret, Opened(old, sheet.seal), key).save(self.folder)
        try:
            rekey.rewrite(database, old, key)
        except BaseException:
            undone = rekey.begun(vault.keys(), secret, Opened(key, sheet.seal), old)
            rekey.ended(undone, old).save(self.folder)
            raise
        rekey.ended(vault.keys(), key).save(self.folder)
        vault.opened = replace(vault.opened, register_key=key)
        engines.prepare(database, key)
        self._opened = engines.make_engine(database, key)

    def beside(self, *, person: str, passphrase: str) -> "Register":
        """The same open register for another person at the workstation, who shares the file and the right to write.

        Whoever opened it first closes it, for everybody.

        Raises:
            Refused: The passphrase is wrong, or nobody of that name may open the register.
        """
        keys = Keys.load(self.folder)
        slot = keys.slot(person)
        vault = Vault(self.folder, slot.id, slot.open(keys.register_id, passphrase), self._vault.stretch)
        other = Register(vault, self._engine, self._write_lock, self.holder, self.clock)
        other._check_seal()
        other._tell_unlocking()
        return other

    def take_writing(self) -> bool:
        """Try to write from now on, where somebody else had the register open for writing when this was opened.

        Returns:
            Whether it may be written; else `holder` says who has it now.

        Raises:
            Refused: The person was removed meanwhile, or has a new passphrase.
            Unavailable: The folder cannot be written.
        """
        if self.holder is None:
            return True
        holder = self._write_lock.take(self.person.name, self.clock.now())
        if holder is None:
            try:
                self._know_again()
            except BaseException:
                self._write_lock.let_go()  # whoever was removed meanwhile writes nothing, and keeps nobody from it
                raise
        self.holder = holder
        return holder is None

    def close(self) -> None:
        """Close the file, let others write, and let go of the keys."""
        if self._opened is not None:
            self._opened.dispose()
            self._opened = None  # it knows the key, to open further connections
        self._write_lock.let_go()
        self._vault.opened = Opened(b"", None)

    def lock(self) -> None:
        """Enter in the trail that the window was locked, and close."""
        with suppress(Refused, Unavailable):
            self._tell("people.locked")
        self.close()

    def __enter__(self) -> "Register":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @property
    def _engine(self) -> Engine:
        """The open file.

        Raises:
            Unavailable: It was closed.
        """
        if self._opened is None:
            raise Unavailable("The register is locked. Unlock it, then do it again.")
        return self._opened

    @property
    def can_unseal(self) -> bool:
        """Whether this person's slot wraps the key to what is sealed."""
        return self._vault.can_unseal

    @property
    def sheet_number(self) -> str:
        """The number of the recovery sheet that holds; empty where there is none.

        Raises:
            Unavailable: `keys.json` cannot be read.
        """
        recovery = self._vault.keys().recovery
        return "" if recovery is None else recovery.id

    @property
    def source(self) -> Source:
        """From what it is backed up and checked, by connections that hold nobody up."""
        return Source(self.folder, self._vault.opened.register_key)

    def perform(
        self, action: Callable[Concatenate[UnitOfWork, P], R], /, *args: P.args, **values: P.kwargs
    ) -> Outcome[R]:
        """Do one thing: one transaction with its trail entry, or nothing but the entry that it was refused.

        Raises:
            Refused: A rule or a guard of the database says no, or the role may not do it.
            Unavailable: The world says no.
        """
        with self.write() as unit:
            value = action(unit, *args, **values)
        return Outcome(value, frozenset(unit.changes))

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A unit of work that is committed with its trail entry at the end, or rolled back whole on any error."""
        unit: UnitOfWork | None = None
        try:
            with self._transaction() as unit:
                yield unit
        except Refused as refused:
            if unit is not None and unit.told[0] and refused.is_told:
                said = [reason.text for reason in refused.reasons]
                values = {name: _said(value) for name, value in refused.message.values.items()}
                self._tell(*unit.told, refused=refused.message.text, values=values, field=refused.field, reasons=said)
            raise
        self._refresh(unit)

    @contextmanager
    def _transaction(self) -> Iterator[UnitOfWork]:
        try:
            with Session(engines.writing(self._engine)) as session, session.begin():
                unit = UnitOfWork(session, self.clock, self.facility, self.person, self._vault, self.holder)
                yield unit
                unit.finish()
        except BaseException as error:
            plain = _plain(error)
            if plain is error:
                raise
            raise plain from error
        unit.take_over()

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """One look at the register; frozen rows come back, never its own objects.

        Whose page an inspector has looked at is entered in the trail afterwards.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                snapshot = Snapshot(connection, self.clock.now(), self.facility, self.person)
                yield snapshot
        except DBAPIError as error:
            raise engines.unavailable(error) from error
        if snapshot.looked_at and self.person.role is Role.INSPECTOR:
            self._tell_looks(snapshot)

    def verified(self, progress: Callable[[int, int], None] | None = None) -> "Verified":
        """Walk the trail, and hold the tables against it.

        Args:
            progress: Is told how many entries are walked, and how many there are; it may raise to stop.

        Raises:
            Unavailable: The file cannot be read.
        """
        from models.store.verify import verify

        with self.read() as snapshot:
            return verify(snapshot.connection, progress=progress)

    def _tell(self, action: str, subject: str = "", **notes: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Enter what changes no row."""
        with self._transaction() as unit:
            unit.tell(action, subject, notes)

    def _tell_unlocking(self) -> None:
        """Enter that the register was opened, and what went before."""
        notes: dict[str, Any] = {}
        with self.read() as snapshot:
            last = snapshot.connection.scalar(select(TrailEntry.at).order_by(TrailEntry.number.desc()).limit(1))
        self.clock_lags = last is not None and last - self.clock.now() > _CLOCK_MAY_LAG
        if self.clock_lags:
            notes["clock_lags"] = True
        if self.holder is not None:
            notes["for_reading"] = True
        wrong = attempts.take(self.folder, self._vault.slot_id)
        if wrong is not None:
            notes["wrong_before"] = {"count": wrong.count, "first": wrong.first, "last": wrong.last}
        self._tell("people.unlocked", f"user:{self.person.id}", **notes)

    def _tell_looks(self, snapshot: Snapshot) -> None:
        fresh = [
            subject
            for subject in sorted(snapshot.looked_at)
            if subject not in self._looked or snapshot.now - self._looked[subject] >= _LOOKED_AGAIN
        ]
        for subject in fresh:
            self._tell("people.looked", subject)
            self._looked[subject] = snapshot.now

    def _check_seal(self) -> None:
        """Refuse a register whose seal is not that of its keys: what would be sealed, somebody else could read."""
        seal = self._vault.opened.seal
        if seal is not None and Pair.of(seal).public != self.facility.seal:
            raise Unavailable(
                "The key to what is sealed was changed outside Konak. Do not enter anything sealed; restore a backup."
            )

    def _refresh(self, unit: UnitOfWork) -> None:
        """Know the facility's new name or calendar, or who there is now, once it was changed."""
        if unit.changes & {Kind.FACILITY, Kind.PEOPLE}:
            self._know_again()

    def _know_again(self) -> None:
        """Read once more what the facility is, and who has opened it."""
        with Session(self._engine) as session:
            self.facility = _profile(session)
            self.person = _person(session, self._vault.slot_id)


def _settle_key(vault: Vault, *, may_write: bool) -> None:
    """Bring a change of keys to its end that a crash has cut off; who only reads takes the key that opens the file."""
    from models.store import rekey

    opened, database = vault.opened, vault.folder / engines.FILE_NAME
    if opened.earlier_key is not None and not rekey.opens(database, opened.register_key):
        if not may_write:
            vault.opened = Opened(opened.earlier_key, opened.seal)
            return
        rekey.rewrite(database, opened.earlier_key, opened.register_key)
    if may_write:
        rekey.ended(vault.keys(), opened.register_key).save(vault.folder)
    vault.opened = replace(opened, earlier_key=None)


def _said(value: Value) -> str | int:
    """A value of a sentence as an entry of the trail keeps it."""
    if isinstance(value, Message):
        return value.text
    return value if isinstance(value, int) else "" if value is None else str(value)


def _plain(error: BaseException) -> BaseException:
    """What an error of the database means."""
    if isinstance(error, StaleDataError):
        return Refused(
            "Somebody else has changed this in the meantime. Close it, look at the new state, then do it again."
        )
    if isinstance(error, IntegrityError):
        return guards.refusal(error) or error
    if isinstance(error, DBAPIError):
        return engines.unavailable(error)
    return error


def _let_go(engine: Engine | None, holding: WriteLock) -> None:
    if engine is not None:
        engine.dispose()
    holding.let_go()


def _person(session: Session, slot_id: str) -> Person:
    """Who has opened the register.

    Raises:
        Refused: The slot is nobody's, or the person was removed.
    """
    user = session.scalars(select(User).where(User.slot == slot_id)).one_or_none()
    if user is None or not user.is_active:
        raise Refused("This person may not open the register any more. Ask an administrator.", field="person")
    is_shared = session.scalars(select(Facility.is_shared)).one()
    return Person(UserId(user.id), user.name, user.role, stands_in=not is_shared, must_change=user.must_change)


def _profile(session: Session) -> FacilityProfile:
    return _profile_of(session.scalars(select(Facility)).one())


def _profile_of(facility: Facility) -> FacilityProfile:
    return FacilityProfile(
        facility.name,
        facility.letterhead,
        facility.language,
        ZoneInfo(facility.time_zone),
        facility.number_prefix,
        facility.is_demonstration,
        facility.seal,
        facility.lock_after,
    )


def _fill(folder: Path, vault: Vault, facility: Facility, administrator: User, clock: Clock) -> None:
    """Make the encrypted file with its tables, its first two rows, and the first entry of its trail."""
    database, key = folder / engines.FILE_NAME, vault.opened.register_key
    os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
    engines.prepare(database, key)
    migration.upgrade(database, key)
    engine = engines.make_engine(database, key)
    try:
        with Session(engines.writing(engine)) as session, session.begin():
            first = Person(UserId(1), administrator.name, administrator.role)
            # Filled before the house is made of it: what the columns have by default is only known after the flush.
            session.add_all((facility, administrator))
            unit = UnitOfWork(session, clock, _making(facility), first, vault)
            unit.begin("setup.create", frozenset())
            unit.about("facility", 1)
            unit.finish()
    except DBAPIError as error:
        raise engines.unavailable(error) from error
    finally:
        engine.dispose()


def _making(facility: Facility) -> FacilityProfile:
    """The house before its row is written, as far as the first entry needs it."""
    return FacilityProfile(
        facility.name, "", facility.language, ZoneInfo(facility.time_zone), "", False, facility.seal, 0
    )
