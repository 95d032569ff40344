"""A change of `keys.json` that belongs to a transaction: it holds together with it or not at all, whenever power fails.

The new keys are laid beside the old ones before the commit, and the trail entry of the change names them by their
hash. After the commit they take the place of `keys.json`. Where a crash came between, they still lie there when the
register is opened next, and the trail says whether they hold.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from models.errors import Refused, Unavailable
from models.store import engine as engines
from models.store.files import read_regular, write_private
from models.store.keys import FILE_NAME, LARGEST_FILE, Keys, Opened
from models.store.write_lock import WriteLock

NEXT_NAME = "keys.next.json"
_TOLD = '"keys":"'
"""What stands before the hash in an entry. In no text that somebody typed: there a quotation mark is written as \\"."""


def digest_of(keys: Keys) -> str:
    """The hash by which the trail entry of a change names the keys that hold from then on."""
    return sha256(keys.as_bytes()).hexdigest()


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


def settle(folder: Path, person: str, now: datetime, way: Callable[[Keys], Opened]) -> None:
    """After a crash, decide whether the new keys hold; where there was none, which is nearly always, do nothing.

    Args:
        folder: Of the register.
        person: Who opens it.
        now: The present.
        way: Opens the old keys or the new ones, whichever the person can open.

    Raises:
        Unavailable: The database cannot be read.
    """
    raw, laid = _laid(folder)
    if laid is None:
        return
    key = _key((Keys.load(folder), laid), way)
    write_lock = WriteLock(folder)
    if key is None or write_lock.take(person, now) is not None:
        return  # a wrong passphrase; or the register is open elsewhere, and the change is under way there
    try:
        if is_told(folder / engines.FILE_NAME, key, sha256(raw).hexdigest()):
            take_over(folder)
        else:
            (folder / NEXT_NAME).unlink(missing_ok=True)
    except OSError:
        pass  # it is done at the next opening; what lies there changes nothing by itself
    finally:
        write_lock.let_go()


def _laid(folder: Path) -> tuple[bytes, Keys | None]:
    """The new keys; what no Konak can have written is as none."""
    with suppress(OSError, Unavailable):
        raw = read_regular(folder / NEXT_NAME, LARGEST_FILE)
        return raw, Keys.parse(raw)
    return b"", None


def _key(both: tuple[Keys, Keys], way: Callable[[Keys], Opened]) -> bytes | None:
    for keys in both:
        with suppress(Refused):
            return way(keys).register_key
    return None


def laid(folder: Path) -> bytes | None:
    """The content of the new keys; None where there are none."""
    raw, keys = _laid(folder)
    return None if keys is None else raw


def is_told(database: Path, key: bytes, digest: str) -> bool:
    """Whether the last change of keys that the trail tells of is this one: an entry that is there was committed."""
    if not database.is_file():
        return False
    try:
        connection = engines.connect(database, key)
        try:
            found = connection.execute(
                "SELECT content FROM trail WHERE instr(content, ?) ORDER BY number DESC LIMIT 1", (_TOLD,)
            ).fetchone()
        finally:
            connection.close()
    except engines.Error as error:
        raise engines.unreadable(error) from error
    return found is not None and _TOLD + digest in found[0]
