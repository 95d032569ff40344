"""A backup: one file, made while work goes on, proven before it gets its name."""

import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from models.errors import KonakError, Refused, Unavailable
from models.rules.backups import ABSENT, INSIDE, kept, name_of
from models.store import engine as engines
from models.store import integrity, migration, package, staged_keys
from models.store import keys as key_files
from models.store.vault import Source
from models.store.verify import verify
from models.text import N_

_PAGES = 500
"""So many pages are copied at a time."""
_PAUSE = 0.02
"""Seconds between two steps on a file system of the network, where whoever copies keeps others from writing."""
_RESTARTS = 3
_PREFIX = ".konak-backup-"
_LEFT_OVER = 86_400
"""Seconds after which what a power cut has left behind is taken away."""

Tell = Callable[[int, int, str], None]
"""Is told how much is done, of how much, and what, as an untranslated sentence; what it raises stops the work."""


def say_nothing(_done: int, _total: int, _what: str) -> None:
    """Tells nobody."""


def make(source: Source, into: Path, at: datetime, tell: Tell = say_nothing, *, beside: Sequence[Path] = ()) -> Path:
    """Make a backup in a folder, prove it, and take away those that are not kept; whole or not at all.

    Args:
        source: The register.
        into: The folder.
        at: The present, local time with its offset.
        beside: Folders whose backups are asked what they know of the register, besides its places.
        tell: Is told how far it is; what it raises stops the work and leaves nothing behind.

    Returns:
        The file.

    Raises:
        Refused: The folder lies inside the register.
        Unavailable: The folder is not there or cannot be written, the disk is full, or the register is damaged.
    """
    _check_folder(into)
    if into.resolve().is_relative_to(source.folder.resolve()):
        raise Refused(INSIDE, field="folder")
    _sweep(source.folder)
    _sweep(into)
    try:
        with engines.in_words(), _partial(source.folder) as database, _partial(into) as packed:
            raw_keys = _copy(source, database, tell)
            head = _prove(source, database, raw_keys, beside, tell)
            package.pack(
                database,
                raw_keys,
                schema=migration.HEAD,
                at=at,
                head=head,
                target=packed,
                tell=lambda done, total: tell(done, total, N_("Writing the backup")),
            )
            tell(0, 0, N_("Reading the backup again"))
            with package.opened(packed) as again:
                again.check_register()
            made = _name(packed, into, at)
    except OSError as error:
        raise _failed(error) from error
    _rotate(source, into, made)
    return made


def _check_folder(into: Path) -> None:
    try:
        is_there = into.is_dir()
    except OSError:
        is_there = False
    if not is_there:
        raise Unavailable(ABSENT)
    if not os.access(into, os.W_OK | os.X_OK):
        raise _not_writable()


def _not_writable() -> Unavailable:
    return Unavailable(
        "The folder for backups cannot be written. Take the write protection off the stick, or choose another folder."
    )


def _failed(error: OSError) -> Unavailable:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Unavailable(
                "There is not enough space for the backup. Free some space there, or choose another folder."
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _not_writable()
        case _:
            return Unavailable(
                "The backup could not be written. Check the stick or the disk, or choose another folder."
            )


@contextmanager
def _partial(folder: Path) -> Iterator[Path]:
    """A file that its owner alone may read, taken away in the end if it is still there."""
    descriptor, name = mkstemp(prefix=_PREFIX, suffix=".partial", dir=folder)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(name + ending).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    with suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*.partial*"):
            if left.is_file() and time.time() - left.lstat().st_mtime > _LEFT_OVER:
                left.unlink(missing_ok=True)


def _copy(source: Source, database: Path, tell: Tell) -> bytes:
    """Copy the register page by page, and give the keys that belong to it.

    They are those of `keys.json`; or those that lie beside them, where the copy tells that they hold and the disk has
    not let them take their place yet.
    """
    keys_file = source.folder / key_files.FILE_NAME
    for _try in range(_RESTARTS):
        both = keys_file.read_bytes(), staged_keys.laid(source.folder)
        _copy_pages(source, database, tell)
        if (keys_file.read_bytes(), staged_keys.laid(source.folder)) == both:
            raw_keys, laid = both
            if laid is not None and staged_keys.is_told(database, source.key, sha256(laid).hexdigest()):
                raw_keys = laid
            key_files.Keys.parse(raw_keys)
            return raw_keys
    raise Unavailable("Somebody is changing who may open the register. Make the backup when that is done.")


def _copy_pages(source: Source, database: Path, tell: Tell) -> None:
    stored = engines.connect(source.folder / engines.FILE_NAME, source.key)
    try:
        copied = engines.connect(database, source.key)
        try:
            # With a write-ahead log one look stays the same while others write, and keeps nobody from it. Without,
            # it would; then the file is let go between the steps, and the copy begins anew where somebody has written.
            is_held = stored.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            if is_held:
                stored.execute("BEGIN")
                stored.execute("SELECT count(*) FROM sqlite_master").fetchone()
            engines.copy_pages(stored, copied, pages=_PAGES, progress=_Steps(tell, pauses=not is_held), sleep=_PAUSE)
            if is_held and integrity.rows(stored) != integrity.rows(copied):
                raise Unavailable("The backup is not the same as the register. Make it again.")
            copied.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            copied.close()
    finally:
        stored.close()


class _Steps:
    """Tells how far the copy is, and gives up where others write faster than it copies."""

    def __init__(self, tell: Tell, *, pauses: bool) -> None:
        self._tell, self._pauses = tell, pauses
        self._left: int | None = None
        self._began_anew = 0

    def __call__(self, _status: int, left: int, total: int) -> None:
        if self._left is not None and left > self._left:
            self._began_anew += 1
            if self._began_anew > 100:
                raise Unavailable("Others write so much now that no backup can be made. Make it a little later.")
        self._left = left
        self._tell(total - left, total, N_("Copying the register"))
        if self._pauses and self._began_anew <= _RESTARTS:
            time.sleep(_PAUSE)


def _prove(source: Source, database: Path, raw_keys: bytes, beside: Sequence[Path], tell: Tell) -> tuple[int, str]:
    """Prove the copy, and give the number and the hash of the last entry of its trail.

    What was walked whole within the last week need not be walked again. Backups in the folders beside are asked
    what they know of the register, too.
    """
    tell(0, 0, N_("Checking the copy"))
    integrity.prove_file(database, source.key, lambda: tell(0, 0, N_("Checking the copy")), walks=False)
    engine = engines.make_engine(database, source.key)
    try:
        with engine.connect() as connection:
            users = connection.exec_driver_sql("SELECT slot, public FROM users WHERE is_active").all()
            found = verify(
                connection,
                seen=source.seen,
                in_part=True,
                beside=beside,
                progress=lambda done, total: tell(done, total, N_("Verifying the trail")),
            )
    finally:
        engine.dispose()
    if {(slot.id, slot.public) for slot in key_files.Keys.parse(raw_keys).slots} != {tuple(user) for user in users}:
        raise Unavailable(
            "The keys do not belong to the people of the register, so its copy is no backup. Let an administrator set "
            "a new passphrase for each who cannot open the register, and keep the last good backup."
        )
    if found.problem is not None:
        raise Unavailable(
            "The register was changed outside Konak, so its copy is no backup. Verify the trail, which says what does "
            "not fit, and keep the last good backup.",
            reasons=[found.problem],
        )
    with database.open("r+b") as file:
        os.fsync(file.fileno())
    return found.entries, found.head


def _name(packed: Path, into: Path, at: datetime) -> Path:
    """Give the backup its name; a name that is taken is never taken away from its file."""
    for second in range(3600):
        target = into / name_of(at + timedelta(seconds=second))
        if not target.exists():
            packed.replace(target)
            _keep_folder(into)
            return target
    raise FileExistsError(errno.EEXIST, "")


def _keep_folder(folder: Path) -> None:
    """Have the disk keep the new name; not every file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _rotate(source: Source, into: Path, made: Path) -> None:
    """Take away the backups of this register that are not kept; where that fails, they stay.

    A backup that holds what this register does not stays too: it is of the register that this one was restored beside,
    or of what was done since the backup that it was restored from.
    """
    with suppress(OSError, KonakError):
        ours = package.of_register(into, package.register_of(made))
        stays = kept(ours)
        trail = engines.connect(source.folder / engines.FILE_NAME, source.key)
        try:
            for at, path in ours.items():
                if at not in stays and path != made and _is_behind(trail, package.about_of(path)):
                    path.unlink()
        finally:
            trail.close()


def _is_behind(trail: Any, about: package.About) -> bool:  # noqa: ANN401 - sqlcipher3 has no types
    """Whether all that a backup holds is in the trail of this register."""
    number, digest = about.head
    found = trail.execute("SELECT hash FROM trail WHERE number = ?", (number,)).fetchone()
    return found is not None and found[0] == digest
