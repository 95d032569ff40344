"""A register out of a backup: unpacked beside its place, proven, looked at, and only then given its name."""

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Refused, Unavailable
from models.store import engine as engines
from models.store import integrity, migration, package
from models.store import keys as key_files
from models.store.backup import Tell, say_nothing
from models.store.files import cannot_make, make_private_folder, write_private
from models.store.keys import Keys
from models.store.vault import Source
from models.store.write_lock import WriteLock
from models.text import N_

_ROOM = 16 * 1024 * 1024
"""Bytes that stay free on the disk beside what is restored."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a register holds, so that two can be told apart.

    Attributes:
        facility: The name of the facility.
        residents: How many.
        stays: How many.
        on_roll: How many stays have not ended.
        last_number: Of the last entry of the trail.
        last_at: Its instant, in UTC.
        last_hash: Its hash.
        issued: How many reports were issued, revisions included.
        last_month: The last month of which one was issued, as 2026-10; empty: none.
    """

    facility: str
    residents: int
    stays: int
    on_roll: int
    last_number: int
    last_at: datetime
    last_hash: str
    issued: int
    last_month: str


class Restoring:
    """A backup that lies unpacked beside the place where it is to go, until it is put there or dropped."""

    def __init__(self, backup: Path, into: Path, tell: Tell = say_nothing) -> None:
        """Unpack it.

        Args:
            backup: The file.
            into: Where the register is to lie; the folder need not be there yet.
            tell: Is told how far it is; what it raises stops the work and leaves nothing behind.

        Raises:
            Unavailable: It is no backup, damaged, too large for the disk, or the place cannot be written.
        """
        self.into = _resolved(into)
        with package.opened(backup) as packed:
            self.keys = packed.keys
            self.at = packed.about.at
            make_private_folder(self.into.parent)
            needed = packed.about.sizes[engines.FILE_NAME] + _ROOM
            try:
                if shutil.disk_usage(self.into.parent).free < needed:
                    raise _no_space()
                self._folder = Path(mkdtemp(prefix=".konak-", suffix=".partial", dir=self.into.parent))
            except OSError as error:
                raise cannot_make() from error
            try:
                self._unpack(packed, tell)
            except BaseException:
                self.drop()
                raise

    def _unpack(self, packed: package.Package, tell: Tell) -> None:
        database = self._folder / engines.FILE_NAME
        try:
            os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            packed.unpack(database, lambda done, total: tell(done, total, N_("Unpacking the backup")))
        except OSError as error:
            raise _no_space() if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else cannot_make() from error
        write_private(self._folder / key_files.FILE_NAME, packed.raw_keys)

    def __enter__(self) -> "Restoring":
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what was not put in its place."""
        self.drop()

    def drop(self) -> None:
        """Take away what was unpacked, unless it was put in its place."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def people(self) -> Sequence[str]:
        """Who may open it."""
        return [slot.label for slot in self.keys.slots]

    def open(self, passphrase: str, person: str | None = None, tell: Tell = say_nothing) -> Summary:
        """Prove it with the passphrase of one of its people, and say what it holds.

        Raises:
            Refused: The passphrase is wrong, or nobody of that name may open it.
            Unavailable: It is damaged, or of a newer program.
        """
        opened = self.keys.slot(person).open(self.keys.register_id, passphrase)
        database = self._folder / engines.FILE_NAME
        integrity.prove_file(database, opened.register_key, lambda: tell(0, 0, N_("Checking the backup")))
        found = migration.revision(database, opened.register_key)
        if found is None or found > migration.HEAD:
            raise Unavailable("This backup was made by a newer Konak. Install the newest version, then restore it.")
        return summary(Source(self._folder, opened.register_key))

    def put(self, *, instead: datetime | None = None) -> Path | None:
        """Put it in its place. What is there is never written over.

        Args:
            instead: The present, local: a register that is there is kept under another name beside it, which tells
                this time. None: the place has to be empty.

        Returns:
            Where the register that was there lies now; None where there was none.

        Raises:
            Refused: There is something in the place.
            Unavailable: The register there is open, or the disk says no.
        """
        aside = None
        try:
            if self.into.is_dir() and not any(self.into.iterdir()):
                self.into.rmdir()
            if self.into.exists():
                if instead is None or not (self.into / engines.FILE_NAME).is_file():
                    raise Refused(
                        "This folder is not empty. Choose a new folder; what is there is never written over.",
                        field="folder",
                    )
                aside = self._set_aside(instead)
            try:
                self._folder.rename(self.into)
            except OSError:
                if aside is not None:
                    with suppress(OSError):
                        aside.rename(self.into)
                raise
        except OSError as error:
            raise cannot_make() from error
        return aside

    def _set_aside(self, at: datetime) -> Path:
        write_lock = WriteLock(self.into)
        holder = write_lock.take("", at)
        if holder is not None:
            raise Unavailable("The register that is there is open. Close it everywhere, then restore the backup.")
        write_lock.let_go()
        for number in range(100):
            ending = f" ({number})" if number else ""
            aside = self.into.with_name(f"{self.into.name} before {at:%Y-%m-%d %H%M%S}{ending}")
            if not aside.exists():
                return self.into.rename(aside)
        raise FileExistsError(errno.EEXIST, "")


def _resolved(into: Path) -> Path:
    try:
        return into.resolve()
    except (OSError, RuntimeError) as error:
        raise cannot_make() from error


def _no_space() -> Unavailable:
    return Unavailable("There is not enough space to restore the backup. Free some space, or choose another folder.")


def summary(source: Source) -> Summary:
    """What a register holds.

    Raises:
        Unavailable: It cannot be read.
    """
    connection = engines.connect(source.folder / engines.FILE_NAME, source.key)
    try:

        def one(statement: str) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
            return connection.execute(statement).fetchone()[0]

        number, at, digest = connection.execute(
            "SELECT number, at, hash FROM trail ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return Summary(
            one("SELECT name FROM facility"),
            one("SELECT count(*) FROM residents"),
            one("SELECT count(*) FROM stays"),
            one("SELECT count(*) FROM stays WHERE departed_on IS NULL"),
            number,
            datetime.fromisoformat(at).replace(tzinfo=UTC),
            digest,
            one("SELECT count(*) FROM issued_months"),
            str(one("SELECT max(month) FROM issued_months") or "")[:7],
        )
    except (sqlcipher.Error, TypeError) as error:  # where there is no row, there is nothing to index
        raise engines.unreadable(error) from error
    finally:
        connection.close()


def there(folder: Path, passphrase: str, person: str | None) -> Summary | None:
    """What the register of a folder holds; None where there is none, or the passphrase does not open it."""
    with suppress(Refused, Unavailable):
        if (folder / engines.FILE_NAME).is_file():
            keys = Keys.load(folder)
            opened = keys.slot(person).open(keys.register_id, passphrase)
            return summary(Source(folder, opened.register_key))
    return None
