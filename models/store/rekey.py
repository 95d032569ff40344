"""Gives a register other keys: for the day when somebody left who may have kept a copy and a passphrase.

The file is copied, the copy gets the new key, everything sealed in it is sealed anew, and the entry is in the copy. The
new keys are laid beside `keys.json`; once the copy is proven it takes the place of the file. From that instant the new
keys hold, and `keys.json` follows, at the next opening if power failed between the two.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Refused, Unavailable
from models.store import engine as engines
from models.store import integrity, staged_keys
from models.store.ciphers import KEY_BYTES, random_bytes
from models.store.declaring import REKEYED
from models.store.register import Register
from models.store.renewal import renew
from models.store.unit_of_work import UnitOfWork
from models.store.vault import seal_of

_ROOM = 3
"""So many times its size must be free: for the copy, and for the log of what is written into it."""


def rekey(register: Register, words: str = "") -> None:
    """Give an open register another key, and another to what is sealed; passphrases and the sheet stay.

    Copies that were made before still open with the old keys. To be done while nobody else has the register open;
    it takes as long as a backup.

    Args:
        register: Open for writing.
        words: Of the recovery sheet, where whoever does it does not hold the key to what is sealed.

    Raises:
        Refused: The role may not do it, the words are missing or wrong, or in `keys.json` is what belongs to nobody.
        Unavailable: Somebody else has the register open, or the world says no. Nothing was changed.
    """
    try:
        _rekey(register, words)
    except Refused as refused:
        register.tell_refusal(REKEYED, [f"{kind}:{number}" for kind, number in REKEYED.named({})], refused)
        raise


def _rekey(register: Register, words: str) -> None:
    register.person.check_may(REKEYED)
    if register.holder is not None:
        raise register.holder.refusal()
    seal_key = seal_of(register.vault, words)
    if seal_key is None:
        raise Refused(
            "What is sealed is sealed anew, and you do not hold its key. Type the words of the recovery sheet.",
            field="words",
        )
    database, old, key = (
        register.folder / engines.FILE_NAME,
        register.vault.opened.register_key,
        random_bytes(KEY_BYTES),
    )
    _check_room(database)
    register.let_go()
    try:
        _let_nobody_in(database, old)
        with _partial(database) as partial:
            engines.copy(database, old, partial)
            _encrypt_anew(partial, old, key)
            unit = _renewed(register, partial, key, seal_key, words)
            integrity.prove_file(partial, key)
            partial.replace(database)
    except BaseException:
        with suppress(OSError):
            (register.folder / staged_keys.NEXT_NAME).unlink(missing_ok=True)
        with suppress(Unavailable):
            register.reopen()  # as it was, with its write-ahead log
        raise
    unit.take_over()
    register.reopen()
    register.know_again()
    _remove_copies(register.folder)


def _encrypt_anew(copied: Path, old: bytes, new: bytes) -> None:
    """Give a copy that was just made another key; what goes wrong is the disk's doing, whatever SQLCipher says."""
    with closing(engines.connect(copied, old)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        except engines.Error as error:
            said = None if engines.is_damage(error) else engines.unavailable(error)
            raise said or engines.no_answer() from error


def _renewed(register: Register, partial: Path, key: bytes, seal_key: bytes, words: str) -> UnitOfWork:
    """Seal everything anew in the copy, and enter what was done; the new keys lie beside `keys.json` then."""
    engine = engines.make_engine(partial, key)
    try:
        with engines.in_words(), Session(engines.writing(engine)) as session, session.begin():
            unit = register.unit(session)
            unit.begin(REKEYED, {})
            unit.seal_key(words)  # for the entry, where the words have opened it
            renew(unit, seal_key, register_key=key)
            unit.finish()
    finally:
        engine.dispose()
    return unit


def _check_room(database: Path) -> None:
    """Refuse to begin what the disk has no room for.

    Raises:
        Unavailable: Saying how much is wanted.
    """
    wanted = _ROOM * sum(each.stat().st_size for each in database.parent.glob(f"{database.name}*"))
    free = shutil.disk_usage(database.parent).free
    if free < wanted:
        raise Unavailable(
            "The disk of the register has {free} MB free, and {wanted} MB are needed for a moment. Free some space, "
            "then do it again. Nothing was changed.",
            free=free // 1_000_000,
            wanted=-(-wanted // 1_000_000),
        )


@contextmanager
def _partial(database: Path) -> Iterator[Path]:
    """A place for a file beside the register that is gone at the end, unless it has taken the register's place."""
    try:
        descriptor, name = mkstemp(prefix=".konak-", suffix=".partial", dir=database.parent)
        os.close(descriptor)
        partial = Path(name)
        try:
            yield partial
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise engines.of_disk(error) from error


def _let_nobody_in(database: Path, key: bytes) -> None:
    """Put what waits in the write-ahead log into the file; that can be done only where nobody else has it open."""
    with closing(engines.connect(database, key)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        except sqlcipher.OperationalError as error:
            said = engines.unavailable(error)
            if said is not None and not engines.is_busy(error):
                raise said from error
            mode = ""
    if mode != "delete":
        raise Unavailable("Somebody else has this register open. Close it everywhere, then change the key.")


def _remove_copies(folder: Path) -> None:
    """Take away the copies from before a newer Konak: the old key opens them."""
    for copy in folder.glob("register-before-*.db"):
        with suppress(OSError):
            copy.unlink()
