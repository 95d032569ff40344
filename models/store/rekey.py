"""Gives a register another key: for the day when somebody left who may have kept a copy and a passphrase.

The file is copied, the copy gets the new key and is proven, and takes the place of the old one. While that is under
way, `keys.json` boxes both keys; whoever opens the register after a crash brings the change to its end.
"""

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import mkstemp

from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Unavailable
from models.store import engine as engines
from models.store import integrity
from models.store.ciphers import KEY_BYTES, random_bytes
from models.store.declaring import REKEYED
from models.store.keys import Keys, Opened
from models.store.recovery import secret_of
from models.store.register import Register


def rekey(register: Register, words: str) -> None:
    """Give an open register another key, which all who may open it have from now on; passphrases and sheet stay.

    Copies that were made before still open with the old key. To be done while nobody else has the register open;
    it takes as long as a backup.

    Args:
        register: Open for writing.
        words: Of the recovery sheet, which opens the new key too.

    Raises:
        Refused: The role may not do it, or the words are wrong.
        Unavailable: Somebody else has the register open, or the world says no. Nothing was changed, or what was
            begun is brought to its end at the next unlocking.
    """
    register.person.check_may(REKEYED)
    if register.holder is not None:
        raise register.holder.refusal()
    vault, database = register.vault, register.folder / engines.FILE_NAME
    secret = secret_of(words)
    sheet = vault.recovered(secret)
    register.tell(REKEYED, "facility:1")
    register.let_go()
    old, key = vault.opened.register_key, random_bytes(KEY_BYTES)
    begun(vault.keys(), secret, Opened(old, sheet.seal), key).save(register.folder)
    try:
        rewrite(database, old, key)
    except BaseException:
        undone = begun(vault.keys(), secret, Opened(key, sheet.seal), old)
        ended(undone, old).save(register.folder)
        raise
    ended(vault.keys(), key).save(register.folder)
    vault.opened = replace(vault.opened, register_key=key)
    register.reopen()


def begun(keys: Keys, secret: bytes, opened: Opened, key: bytes) -> Keys:
    """The keys while the change is under way: each slot, and the recovery sheet, opens both.

    Args:
        keys: As they are.
        secret: What the words of the recovery sheet stand for.
        opened: What they open.
        key: The new one.
    """
    slots = tuple(slot.rekeyed(keys.register_id, key, opened.register_key) for slot in keys.slots)
    both = Opened(key, opened.seal, opened.register_key)
    recovery = None if keys.recovery is None else keys.recovery.rewrapped(keys.register_id, secret, both)
    return replace(keys, slots=slots, recovery=recovery)


def ended(keys: Keys, key: bytes) -> Keys:
    """The keys after it: each slot opens the new one alone."""
    return replace(keys, slots=tuple(slot.rekeyed(keys.register_id, key, None) for slot in keys.slots))


def opens(database: Path, key: bytes) -> bool:
    """Whether a key is that of the file."""
    connection = None
    try:
        connection = engines.connect(database, key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        return False
    finally:
        if connection is not None:
            connection.close()
    return True


def rewrite(database: Path, old: bytes, new: bytes) -> None:
    """Put a file with the new key in the place of the one with the old; nobody else may have it open.

    Raises:
        Unavailable: Somebody else has it open, the disk is full, or the copy is not whole.
    """
    _let_nobody_in(database, old)
    descriptor, name = mkstemp(prefix=".konak-", suffix=".partial", dir=database.parent)
    os.close(descriptor)
    partial = Path(name)
    try:
        engines.copy(database, old, partial)
        with engines.in_words(), closing(engines.connect(partial, old)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        integrity.prove_file(partial, new)
        partial.replace(database)
    except OSError as error:
        raise engines.of_disk(error) from error
    finally:
        partial.unlink(missing_ok=True)


def _let_nobody_in(database: Path, key: bytes) -> None:
    """Put what waits in the write-ahead log into the file; that can be done only where nobody else has it open."""
    connection = engines.connect(database, key)
    try:
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlcipher.OperationalError:
        mode = ""
    finally:
        connection.close()
    if mode != "delete":
        raise Unavailable("Somebody else has this register open. Close it everywhere, then change the key.")
