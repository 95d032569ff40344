"""Whether an encrypted file is a whole register: pages, hashes of pages, references, and the chain of the trail."""

import json
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from models.errors import Unavailable
from models.store import engine as engines
from models.store.details import Salts, told_again
from models.store.trail import HEADER, START, header_of, link
from models.text import N_

Raw = Any
"""A connection of sqlcipher3, which has no types."""

PAGES = N_("The file is damaged: pages of it cannot be read as they were written.")
INSIDE = N_("The file is damaged inside: tables and their indexes do not agree.")
REFERENCES = N_("Entries refer to others that are not there.")
CHAIN = N_("The trail was changed outside Konak: an entry does not follow from the one before.")
HEAD = N_("The trail was changed outside Konak: its last entries are missing.")


def faults(connection: Raw, stop: Callable[[], None] = lambda: None, *, walks: bool = True) -> list[str]:
    """What is wrong with a register, as untranslated sentences; empty where it is whole.

    Args:
        connection: On the register, with its key.
        stop: Is called between the parts; what it raises stops the work.
        walks: Whether the trail is walked; not where somebody does it anyway.
    """
    found = []
    parts = [(_pages, PAGES), (_inside, INSIDE), (_references, REFERENCES), (_chain, CHAIN), (_head, HEAD)]
    for wrong, sentence in parts if walks else parts[:3]:
        stop()
        try:
            if wrong(connection):
                found.append(sentence)
        except sqlcipher.DatabaseError as error:
            if not engines.is_damage(error):
                raise
            found.append(PAGES)
            break
    return list(dict.fromkeys(found))


def prove(connection: Raw, stop: Callable[[], None] = lambda: None, *, walks: bool = True) -> None:
    """Refuse what is not a whole register.

    Raises:
        Unavailable: Saying what is wrong.
    """
    found = faults(connection, stop, walks=walks)
    if found:
        raise Unavailable(found[0])


def prove_file(path: Path, key: bytes, stop: Callable[[], None] = lambda: None, *, walks: bool = True) -> None:
    """Refuse a file that is not a whole register.

    Raises:
        Unavailable: Saying what is wrong.
    """
    with engines.in_words(), closing(engines.connect(path, key)) as connection:
        prove(connection, stop, walks=walks)


def rows(connection: Raw) -> dict[str, int]:
    """How many rows each table holds."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall()
    quoted = {name: name.replace('"', '""') for (name,) in names}
    return {name: connection.execute(f'SELECT count(*) FROM "{each}"').fetchone()[0] for name, each in quoted.items()}


def _pages(connection: Raw) -> bool:
    return bool(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def _inside(connection: Raw) -> bool:
    said: list[tuple[str]] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    return said != [("ok",)]


def _references(connection: Raw) -> bool:
    return connection.execute("PRAGMA foreign_key_check").fetchone() is not None


def is_of_former_form(connection: Raw) -> bool:
    """Whether the entries of the trail are of the form before schema 0007: the whole content in one, and hashed so."""
    return any(column[1] == "content" for column in connection.execute("PRAGMA table_info(trail)"))


def _chain(connection: Raw) -> bool:
    if is_of_former_form(connection):
        return former_chain_is_broken(connection)
    before, expected = START, 1
    for *columns, previous, own, details, salts in connection.execute(
        f"SELECT {', '.join(HEADER)}, previous_hash, hash, details, salts FROM trail ORDER BY number"
    ):
        if columns[0] != expected or previous != before or link(previous, header(*columns)) != own:
            return True
        try:
            said = json.loads(details)
            if told_again(said, Salts(salts)) != (details, columns[HEADER.index("digest")]):
                return True
        except (ValueError, KeyError, TypeError, AttributeError):
            return True
        before, expected = own, expected + 1
    return False


def header(*columns: Any) -> str:  # noqa: ANN401 - as they are stored
    """The canonical header of an entry from its columns as they are stored, in the order of `HEADER`."""
    said = dict(zip(HEADER, columns, strict=True))
    return header_of(said | {"at": f"{said['at'][:10]}T{said['at'][11:19]}+00:00"})


def former_chain_is_broken(connection: Raw) -> bool:
    """Whether an entry of the form before schema 0007 does not follow, is not what its columns say, or is missing."""
    before, expected = START, 1
    for *columns, content, previous, own in connection.execute(
        "SELECT number, at, user, action, subject, content, previous_hash, hash FROM trail ORDER BY number"
    ):
        if columns[0] != expected or previous != before or sha256((previous + content).encode()).hexdigest() != own:
            return True
        said = json.loads(content)
        at = f"{said['at'][:10]} {said['at'][11:19]}.000000"
        if columns != [said["number"], at, said["user"], said["action"], said["subject"]]:
            return True
        before, expected = own, expected + 1
    head = connection.execute("SELECT number, hash FROM trail_head").fetchone()
    return expected > 1 and head != (expected - 1, before)


def _head(connection: Raw) -> bool:
    last = connection.execute("SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1").fetchone()
    return last is None or last != connection.execute("SELECT number, hash FROM trail_head").fetchone()
