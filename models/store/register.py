"""The register on disk: a folder with the encrypted file and its keys."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Concatenate, Generic, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.changes import Changes, Kind
from models.clock import Clock, SystemClock
from models.entities.facility import Facility
from models.entities.people import User
from models.errors import Refused, Unavailable
from models.ids import UserId
from models.rules.vocabulary import Role
from models.store import engine as engines
from models.store import guards, migration
from models.store.files import cannot_make, make_private_folder
from models.store.keys import Keys, Stretch
from models.store.reading import House, Reading
from models.store.unit import Person, Unit

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["House", "Outcome", "Reading", "Register"]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What an action gave back, and which kinds of things it changed."""

    value: R
    changes: Changes


class Register:
    """An open register. Several threads may read at a time; one at a time writes."""

    def __init__(self, folder: Path, engine: Engine, person: Person, house: House, clock: Clock) -> None:
        """Take over what `create` or `open` has made; not to be called by others."""
        self.folder = folder
        self.person = person
        self.house = house
        self.clock = clock
        self._engine = engine

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
    ) -> "Register":
        """Make a new register in a folder that is not there yet or is empty; whole or not at all.

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
            keys, key = Keys.new(administrator, passphrase, stretch or Stretch())
            _fill(
                making / engines.FILE_NAME,
                key,
                Facility(
                    id=1,
                    name=facility,
                    letterhead=letterhead,
                    language=language,
                    time_zone=time_zone,
                    is_demonstration=is_demonstration,
                    created_at=clock.now(),
                ),
                User(name=administrator, role=Role.ADMINISTRATOR, slot=keys.slots[0].id, created_at=clock.now()),
                clock,
            )
            keys.save(making)
            if folder.exists():
                folder.rmdir()
            making.replace(folder)
        except OSError as error:
            raise cannot_make() from error
        finally:
            rmtree(making, ignore_errors=True)
        return cls.open(folder, passphrase=passphrase, clock=clock)

    @classmethod
    def open(
        cls, folder: Path, *, passphrase: str, person: str | None = None, clock: Clock | None = None
    ) -> "Register":
        """Open a register, bringing it to this program's version if it is older; a copy is kept before that.

        Raises:
            Refused: The passphrase is wrong, or nobody of that name may open it.
            Unavailable: It is missing, damaged, newer than this program, or cannot be read.
        """
        keys = Keys.load(folder)
        slot = keys.slot(person)
        key = slot.open(keys.register_id, passphrase)
        database = folder / engines.FILE_NAME
        if not database.is_file():
            raise Unavailable("There is no register in this folder: the file register.db is missing. Restore a backup.")
        engines.prepare(database, key)
        migration.bring_up(database, key)
        engine = engines.make_engine(database, key)
        try:
            with Session(engine) as session:
                user = session.scalars(select(User).where(User.slot == slot.id)).one()
                house = _house(session)
                who = Person(user.id, user.name, user.role)
        except DBAPIError as error:
            raise engines.unavailable(error) from error
        return cls(folder, engine, who, house, clock or SystemClock())

    def close(self) -> None:
        """Close the file and let go of the key."""
        self._engine.dispose()

    def __enter__(self) -> "Register":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def perform(self, action: Callable[Concatenate[Unit, P], R], /, *args: P.args, **values: P.kwargs) -> Outcome[R]:
        """Do one thing: one transaction with its trail entry, or nothing.

        Raises:
            Refused: A rule or a guard of the database says no.
            Unavailable: The world says no.
        """
        with self.write() as unit:
            value = action(unit, *args, **values)
        return Outcome(value, frozenset(unit.changes))

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work that is committed with its trail entry at the end, or rolled back whole on any error."""
        try:
            with Session(engines.writing(self._engine)) as session, session.begin():
                unit = Unit(session, self.clock, self.house, self.person)
                yield unit
                unit.finish()
        except StaleDataError as error:
            raise Refused(
                "Somebody else has changed this in the meantime. Close it, look at the new state, then do it again."
            ) from error
        except IntegrityError as error:
            refused = guards.refusal(error)
            if refused is None:
                raise
            raise refused from error
        except DBAPIError as error:
            raise engines.unavailable(error) from error
        self._refresh(unit)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """One look at the register; frozen rows come back, never its own objects."""
        try:
            with self._engine.connect() as connection, connection.begin():
                yield Reading(connection, self.clock.now(), self.house)
        except DBAPIError as error:
            raise engines.unavailable(error) from error

    def _refresh(self, unit: Unit) -> None:
        """Know the facility's new name or calendar once it was changed."""
        if Kind.FACILITY in unit.changes:
            with Session(self._engine) as session:
                self.house = _house(session)


def _house(session: Session) -> House:
    return _as_house(session.scalars(select(Facility)).one())


def _as_house(facility: Facility) -> House:
    return House(
        facility.name,
        facility.letterhead,
        facility.language,
        ZoneInfo(facility.time_zone),
        facility.number_prefix,
        facility.is_demonstration,
    )


def _fill(database: Path, key: bytes, facility: Facility, administrator: User, clock: Clock) -> None:
    """Make the encrypted file with its tables, its first two rows, and the first entry of its trail."""
    os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
    engines.prepare(database, key)
    migration.upgrade(database, key)
    engine = engines.make_engine(database, key)
    try:
        with Session(engines.writing(engine)) as session, session.begin():
            first = Person(UserId(1), administrator.name, administrator.role)
            unit = Unit(session, clock, _as_house(facility), first)
            unit.begin("setup.create", frozenset())
            unit.about("facility", 1)
            session.add_all((facility, administrator))
            unit.finish()
    except DBAPIError as error:
        raise engines.unavailable(error) from error
    finally:
        engine.dispose()
