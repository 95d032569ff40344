"""An open register: one thread writes at a time, several read; see `models.store.opening` for the ways in."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.changes import Kind, Outcome
from models.clock import Clock
from models.entities.facility import Facility
from models.entities.people import User
from models.entities.trail import TrailEntry
from models.errors import Refused, Revoked, Unavailable
from models.ids import UserId
from models.rules.field_types import half_letter
from models.rules.vocabulary import SealedKind
from models.store import attempts, belonging, drafts, guards, looks, schema, trail
from models.store import engine as engines
from models.store.ciphers import Pair
from models.store.declaring import LOCKED, LOOKED, UNLOCKED, Declared
from models.store.disk import is_on_network
from models.store.keys import Keys, Opened
from models.store.preferences import Preferences
from models.store.sealing import exchanged
from models.store.seen import Seen
from models.store.snapshot import FacilityProfile, Person, Snapshot
from models.store.unit_of_work import UnitOfWork
from models.store.vault import Source, Vault
from models.store.write_lock import Holder, WriteLock
from models.text import N_, Message, Value

if TYPE_CHECKING:
    from models.store.verify import Verified

P = ParamSpec("P")
R = TypeVar("R")

_LONGEST_SAID = 400
"""So many letters of a value of a refusal its entry keeps."""


class Register:
    """An open register. Several threads may read at a time; one at a time writes.

    Attributes:
        folder: Where it lies: the encrypted file and its keys.
        person: Who has opened it.
        facility: The facility.
        clock: Where the present comes from.
        holder: Who else has it open for writing, so that this one only reads; None where this one may write.
        behind: What somebody knows of this register that is not in it, as after a backup was restored; None: nothing.
        clock_lags: Whether the last entry of the trail lies ahead of the clock of this computer.
        is_on_network: Whether it lies on a file system of the network.
        strangers: What of triggers and views was not of Konak, and was taken out at the opening.
        strange_keys: Whether `keys.json` is not what the register says: somebody has put an older one back, or another.
        signs: Whether the register knows by which key the entries of this person are signed.
        memory: What was reckoned once since the opening, see `Snapshot`.
        preferences: What the person has set in the window.
    """

    def __init__(
        self, vault: Vault, engine: Engine, write_lock: WriteLock, holder: Holder | None, clock: Clock, seen: Seen
    ) -> None:
        """Take over what `models.store.opening` has made; not to be called by others."""
        self.folder = vault.folder
        self.clock = clock
        self.holder = holder
        self.clock_lags = self.signs = self.strange_keys = False
        self.seen = seen
        self.behind: Message | None = None
        self.strangers: list[str] = []
        self.memory: dict[Hashable, Any] = {}
        self._schema = -1
        self.is_on_network = is_on_network(vault.folder)
        self.vault = vault
        self._opened: Engine | None = engine
        self._write_lock = write_lock
        with Session(engine) as session:
            self.facility = _profile(session)
            self.person = _person(session, vault.slot_id)
            self.preferences = Preferences(self.person.id)
            self.preferences.read(session.connection())
        self._role = self.person.role

    def check_slot(self) -> None:
        """Refuse a slot that was put back, such as one from before the passphrase was changed.

        Raises:
            Revoked: The person may not open the register, or not with this passphrase.
        """
        with engines.in_words(), self._engine.connect() as connection:
            self._ask_again(connection)

    def beside(self, *, person: str, passphrase: str) -> "Register":
        """The same open register for another person at the workstation, who shares the file and the right to write.

        Whoever opened it first closes it, for everybody.

        Raises:
            Refused: The passphrase is wrong, or nobody of that name may open the register.
        """
        keys = Keys.load(self.folder)
        slot = keys.slot(person)
        vault = Vault(self.folder, slot, slot.open(keys.register_id, passphrase), self.vault.stretch)
        other = Register(vault, self._engine, self._write_lock, self.holder, self.clock, self.seen)
        other.behind = self.behind
        other.check_slot()
        other.check_seal()
        other.tell_unlocking()
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
                self.know_again()
            except BaseException:
                self._write_lock.let_go()  # whoever was removed meanwhile writes nothing, and keeps nobody from it
                raise
        self.holder = holder
        return holder is None

    def close(self) -> None:
        """Close the file, let others write, and let go of the keys; what was set in the window is kept before."""
        if self._opened is not None:
            with suppress(Refused, Unavailable):
                self.keep_preferences()
            self._opened.dispose()
            self._opened = None  # it knows the key, to open further connections
        self._write_lock.let_go()
        self.vault.opened = Opened(b"", None)

    def let_go(self) -> None:
        """Close all connections; the next statement makes a new one."""
        self._engine.dispose()

    def reopen(self) -> None:
        """Go on with the key that the vault has by now."""
        database, key = self.folder / engines.FILE_NAME, self.vault.opened.register_key
        engines.prepare(database, key)
        self._opened = engines.make_engine(database, key)

    def lock(self) -> None:
        """Enter in the trail that the window was locked, and close."""
        with suppress(Refused, Unavailable):
            self.tell(LOCKED)
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
        return self.vault.can_unseal

    @property
    def unsigned(self) -> int:
        """The number of the last entry where an earlier Konak has made it, which signed nothing; else 0."""
        with engines.in_words(), self._engine.connect() as connection:
            return trail.unsigned(connection)

    @property
    def sheet_number(self) -> str:
        """The number of the recovery sheet that holds; empty where there is none.

        Raises:
            Unavailable: `keys.json` cannot be read.
        """
        recovery = self.vault.keys().recovery
        return "" if recovery is None else recovery.id

    @property
    def source(self) -> Source:
        """From what it is backed up and checked, by connections that hold nobody up."""
        return Source(self.folder, self.vault.opened.register_key, self.seen)

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
        return Outcome(value, unit.changes)

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A unit of work that is committed with its trail entry at the end, or rolled back whole on any error."""
        unit: UnitOfWork | None = None
        try:
            with self._transaction() as unit:
                yield unit
        except Refused as refused:
            what, subjects = (None, ()) if unit is None else unit.told
            if unit is not None and what is not None:
                self.tell_refusal(what, subjects, refused, unit.kind)
            raise
        self._refresh(unit)

    def keep_preferences(self) -> None:
        """Write what the person has set in the window since; where it may not be written it stays in memory.

        It is the one thing that is written without an entry of the trail: it is no record.

        Raises:
            Revoked: The person may not open the register any more.
            Unavailable: The world says no.
        """
        if self.holder is not None or not self.preferences.unwritten:
            return
        with engines.in_words(), engines.writing(self._engine).connect() as connection, connection.begin():
            self._check_schema(connection)
            self._ask_again(connection)
            put = self.preferences.write(connection)
        self.preferences.written(put)

    def may(self, what: Declared) -> bool:
        """Whether the person may do something here; where somebody else writes, only what just the trail tells of."""
        return self.person.may(what) and (self.holder is None or what.only_tells)

    def check_may(self, what: Declared) -> None:
        """Refuse what the person may not do, and enter that it was asked for; for what is no action.

        Raises:
            Refused: Naming a role that may.
        """
        try:
            self.person.check_may(what)
        except Refused as refused:
            self.tell_refusal(what, [f"{kind}:{number}" for kind, number in what.named({})], refused)
            raise

    def tell_refusal(
        self, what: Declared, subjects: Sequence[str], refused: Refused, kind: SealedKind | None = None, **notes: str
    ) -> None:
        """Enter that something was refused.

        Args:
            what: What was asked for.
            subjects: Whom it is about.
            refused: Why not.
            kind: Of which kind of what is sealed it is.
            notes: What else there is to tell.
        """
        if not refused.is_told:
            return
        said = [reason.text for reason in refused.reasons]
        values = {name: _said(value) for name, value in refused.message.values.items()}
        why = {"refused": refused.message.text, "values": values, "field": refused.field, "reasons": said}
        with self._transaction() as telling:
            telling.tell(what, subjects, {**notes, **why}, kind)

    def check_keys(self) -> None:
        """Look whether `keys.json` is what the register says; see `strange_keys`."""
        with engines.in_words(), Session(self._engine) as session:
            self.strange_keys = not belonging.is_as_told(session, self.vault.keys())

    def unit(self, session: Session) -> UnitOfWork:
        """A unit of work in a transaction that somebody else has begun: for the store itself."""
        return UnitOfWork(session, self.clock, self.facility, self.person, self.vault, self.holder, self.seen)

    @contextmanager
    def recovering(self) -> Iterator[UnitOfWork]:
        """A unit of work of somebody whom the words of the sheet have let in: the slot may be any."""
        with self._transaction(asks=False) as unit:
            yield unit
        self.know_again()

    @contextmanager
    def _transaction(self, *, asks: bool = True) -> Iterator[UnitOfWork]:
        try:
            with Session(engines.writing(self._engine)) as session, session.begin():
                self._check_schema(session.connection())
                if asks:
                    self._ask_again(session.connection())
                unit = self.unit(session)
                yield unit
                unit.finish()
        except BaseException as error:
            plain = _plain(error)
            if plain is error:
                raise
            raise plain from error
        unit.take_over()
        if unit.erases:
            with self._engine.connect() as connection:
                self.preferences.read(connection)
            self.sweep()
        if unit.told[0] is not None and unit.told[0].name == trail.PUT_BACK:
            self.compare()
        if self.behind is None and unit.head is not None:
            self.seen.keep(unit.head)

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """One look at the register; frozen rows come back, never its own objects.

        A page of one person is entered in the trail before anything of it is read; so is what the role may not read.
        """
        snapshot: Snapshot | None = None
        try:
            with engines.in_words(), self._engine.connect() as connection, connection.begin():
                self._ask_again(connection)
                entered: set[str] = set()
                enters = partial(self._enter_look, connection, entered)
                snapshot = Snapshot(connection, self.clock.now(), self.facility, self.person, enters)
                snapshot = replace(snapshot, seen=self.seen, memory=self.memory, entered=entered)
                yield snapshot
        except Refused as refused:
            if snapshot is not None and snapshot.asked:
                self.tell_refusal(snapshot.asked[-1], (), refused)
            raise

    def verified(self, progress: Callable[[int, int], None] | None = None) -> "Verified":
        """Walk the trail, and hold the tables against it.

        Args:
            progress: Is told how many entries are walked, and how many there are; it may raise to stop.

        Raises:
            Unavailable: The file cannot be read.
        """
        from models.store.verify import verify

        with self.read() as snapshot:
            return verify(snapshot.connection, seen=self.seen, progress=progress)

    def sweep(self) -> None:
        """Let no page of the file, nor what lies beside it, hold anything that was erased.

        Where somebody else has the register open, it is done at the next opening.
        """
        from models.store import erasing

        drafts.forget(self.folder)
        self.let_go()
        with closing(engines.connect(self.folder / engines.FILE_NAME, self.vault.opened.register_key)) as connection:
            erasing.sweep(connection, self.folder)

    def compare(self) -> None:
        """Compare the trail with the head of it that this workstation knows."""
        known, self.behind = self.seen.head, None
        if known is None:
            return
        with engines.in_words(), self._engine.connect() as connection:
            is_there = trail.holds(connection, known)
        if not is_there:
            from models.store import heads

            self.behind = next(heads.of_workstation(self.seen)).missing

    def tell(self, what: Declared, *subjects: str, **notes: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Enter what changes no row."""
        with self._transaction() as unit:
            unit.tell(what, subjects, notes)

    def tell_unlocking(self) -> None:
        """Enter that the register was opened, and what went before."""
        notes: dict[str, Any] = {}
        with self.read() as snapshot:
            last = snapshot.connection.scalar(select(TrailEntry.at).order_by(TrailEntry.number.desc()).limit(1))
        self.clock_lags = last is not None and last - self.clock.now() > trail.CLOCK_MAY_LAG
        if self.holder is not None:
            notes["for_reading"] = True
        if self.strange_keys:
            notes["strange_keys"] = True
        if self.strangers:
            notes["strangers"] = self.strangers
        wrong = attempts.take(self.folder, self.vault.slot_id)
        if wrong is not None:
            notes["wrong_before"] = {"count": wrong.count, "first": wrong.first, "last": wrong.last}
        self.tell(UNLOCKED, f"user:{self.person.id}", **notes)

    def _enter_look(self, connection: Connection, entered: set[str], subject: str) -> None:
        """Enter that somebody's page is looked at, unless it was a moment ago; while the reading waits."""
        if subject in entered or looks.is_entered(connection, self.person, subject, self.clock.now()):
            return
        waits = engines.keeps_from_writing(connection)
        if waits:
            connection.exec_driver_sql("ROLLBACK")
        self.tell(LOOKED, subject)
        entered.add(subject)
        if waits:
            connection.exec_driver_sql("BEGIN")

    def _check_schema(self, connection: Connection) -> None:
        """Refuse to write where somebody has put up what would run by it, since the register was opened.

        Raises:
            Unavailable: Naming it.
        """
        version = int(connection.exec_driver_sql("PRAGMA schema_version").scalar_one())
        if version != self._schema:
            strange = schema.running(connection.connection.driver_connection)
            if strange:
                raise schema.refusal(strange)
            self._schema = version

    def _ask_again(self, connection: Connection) -> None:
        """Ask whether the person still is who they were when they opened the register, and may still do as much.

        Raises:
            Revoked: The person was removed, or has another passphrase by now.
        """
        slot = self.vault.slot
        user = connection.execute(_STILL, {"slot": slot.id}).first()
        if user is None or not user.is_active or user.public != slot.public or user.signs not in (slot.signs, None):
            raise _is_out()
        self.signs = user.signs is not None
        if user.role is not self._role:
            self._role, self.person = user.role, replace(self.person, role=user.role)

    def check_seal(self) -> None:
        """Refuse a register whose seal is not that of its keys: what would be sealed, somebody else could read."""
        seal = self.vault.opened.seal
        if seal is not None and Pair.of(seal).public != self.facility.seal:
            raise exchanged()

    def _refresh(self, unit: UnitOfWork) -> None:
        """Know the facility's new name or calendar, or who there is now, once it was changed."""
        if self.strange_keys and Kind.PEOPLE in unit.changes:
            self.check_keys()
        if unit.changes & {Kind.FACILITY, Kind.PEOPLE}:
            self.know_again()

    def know_again(self) -> None:
        """Read once more what the facility is, and who has opened it."""
        with Session(self._engine) as session:
            self.facility = _profile(session)
            self.person = _person(session, self.vault.slot_id)
        self._role = self.person.role


def _said(value: Value) -> str | int:
    """A value of a sentence as an entry of the trail keeps it."""
    if isinstance(value, Message):
        return value.text
    if isinstance(value, int):
        return value
    return "" if value is None else str(value).encode("utf-8", "replace").decode()[:_LONGEST_SAID]


def _plain(error: BaseException) -> BaseException:
    """What an error of the database means."""
    if isinstance(error, StaleDataError):
        return Refused(
            "Somebody else has changed this in the meantime. Close it, look at the new state, then do it again."
        )
    if isinstance(error, UnicodeEncodeError):
        return half_letter()
    if isinstance(error, IntegrityError):
        return guards.refusal(error) or error
    if isinstance(error, DBAPIError):
        return engines.unavailable(error) or error
    return error


_STILL = select(User.is_active, User.role, User.public, User.signs).where(User.slot == bindparam("slot"))


def _is_out() -> Revoked:
    return Revoked(N_("This person may not open the register any more. Ask an administrator."), field="person")


def _person(session: Session, slot_id: str) -> Person:
    """Who has opened the register.

    Raises:
        Revoked: The slot is nobody's, or the person was removed.
    """
    user = session.scalars(select(User).where(User.slot == slot_id)).one_or_none()
    if user is None or not user.is_active:
        raise _is_out()
    is_shared = session.scalars(select(Facility.is_shared)).one()
    return Person(UserId(user.id), user.name, user.role, stands_in=not is_shared, must_change=user.must_change)


def _profile(session: Session) -> FacilityProfile:
    facility = session.scalars(select(Facility)).one()
    holds = select(User.id).where(User.is_active, User.may_unseal)
    return FacilityProfile(
        facility.name,
        facility.letterhead,
        facility.language,
        ZoneInfo(facility.time_zone),
        facility.number_prefix,
        facility.is_demonstration,
        facility.seal,
        facility.lock_after,
        session.scalar(holds.limit(1)) is not None,
        facility.uses_gate,
        facility.back_by,
        facility.left_after,
        facility.sender,
        facility.bank_details,
        facility.answer_within,
    )
