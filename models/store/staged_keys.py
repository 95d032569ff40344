"""A change of `keys.json` that belongs to a transaction: it holds together with it or not at all, whenever power fails.

The new keys are laid beside the old ones before the commit, and the register keeps their hash. After the commit they
take the place of `keys.json`. Where a crash came between, they still lie there when the register is opened next, and
the register says whether they hold; also where the change has put a file with another key in its place.
"""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from models.errors import Refused, Unavailable
from models.store import engine as engines
from models.store.files import read_regular, write_private
from models.store.keys import FILE_NAME, LARGEST_FILE, Keys, Opened
from models.store.write_lock import WriteLock

NEXT_NAME = "keys.next.json"


def lay(folder: Path, keys: Keys) -> None:
    """Write the new keys beside those that hold, before the transaction is committed.

    Raises:
        Unavailable: They cannot be written.
    """
    write_private(folder / NEXT_NAME, keys.as_bytes())


def take_over(folder: Path) -> bool:
    """Let the new keys hold, after the commit; False where the disk says no now, so that it must be done later."""
    try:
        (folder / NEXT_NAME).replace(folder / FILE_NAME)
    except OSError:
        return False
    return True


def load(folder: Path) -> Keys:
    """The new keys, which lie beside the old ones.

    Raises:
        Unavailable: They cannot be read.
    """
    return Keys.load(folder, NEXT_NAME)


def settle(folder: Path, person: str, now: datetime, way: Callable[[Keys], Opened]) -> Keys:
    """The keys that hold; after a crash, it is decided here whether those do that were laid beside the others.

    Args:
        folder: Of the register.
        person: Who opens it.
        now: The present.
        way: Opens the old keys or the new ones, whichever the person can open.

    Raises:
        Unavailable: The keys or the database cannot be read.
    """
    raw, laid = _laid(folder)
    held = Keys.load(folder)
    if laid is None:
        return held
    key = _key(folder, (laid, held), way)
    if key is None:
        return held  # a wrong passphrase
    holds = is_told(folder / engines.FILE_NAME, key, sha256(raw).hexdigest())
    write_lock = WriteLock(folder)
    if write_lock.take(person, now) is None:  # else the change may be under way in another program
        try:
            if holds:
                take_over(folder)
            else:
                (folder / NEXT_NAME).unlink(missing_ok=True)
        except OSError:
            pass  # it is done at the next opening; what lies there changes nothing by itself
        finally:
            write_lock.let_go()
    return laid if holds else held


def _laid(folder: Path) -> tuple[bytes, Keys | None]:
    """The new keys; what no Konak can have written is as none."""
    with suppress(OSError, Unavailable):
        raw = read_regular(folder / NEXT_NAME, LARGEST_FILE)
        return raw, Keys.parse(raw)
    return b"", None


def _key(folder: Path, both: tuple[Keys, Keys], way: Callable[[Keys], Opened]) -> bytes | None:
    """The key that opens the file; None where the person can open neither."""
    for keys in both:
        with suppress(Refused):
            key = way(keys).register_key
            if engines.opens(folder / engines.FILE_NAME, key):
                return key
    return None


def current(folder: Path, key: bytes) -> Keys:
    """The keys that hold, also where those of a change that was committed still lie beside `keys.json`.

    Args:
        folder: Of the register.
        key: Opens it.

    Raises:
        Unavailable: They cannot be read.
    """
    raw, found = _laid(folder)
    if found is not None and is_told(folder / engines.FILE_NAME, key, sha256(raw).hexdigest()):
        return found
    return Keys.load(folder)


def laid(folder: Path) -> bytes | None:
    """The content of the new keys; None where there are none."""
    raw, keys = _laid(folder)
    return None if keys is None else raw


def is_told(database: Path, key: bytes, digest: str) -> bool:
    """Whether the register says that these are its keys: what it says was committed."""
    if not database.is_file():
        return False
    try:
        with closing(engines.connect(database, key)) as connection:
            found = connection.execute("SELECT digest FROM key_file").fetchone()
    except engines.Error as error:
        raise engines.unreadable(error) from error
    return found is not None and found[0] == digest
