"""Heads of the trail that stand outside of it: on issued papers, in backups within reach, with this workstation.

A trail from which entries were cut off, that was written anew, or that was put back with its whole folder, fits in
itself. But it does not hold the heads any more that others know.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from models.entities.backups import BackupPlace
from models.entities.trail import TrailEntry
from models.errors import KonakError
from models.store import package, trail
from models.store.seen import Head, Seen
from models.text import Message, message

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_HASH = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Named:
    """A head that is known outside of the register.

    Attributes:
        head: The entry.
        missing: What is said where the register does not hold it.
    """

    head: Head
    missing: Message


def elsewhere(connection: Connection, seen: Seen, beside: Iterable[Path] = ()) -> Iterator[Named]:
    """The heads that this workstation knows, and the backups within reach, which the register does not hold.

    Args:
        connection: Of a reading.
        seen: What this workstation keeps.
        beside: Further folders with backups than the places of the register.
    """
    for named in (*of_workstation(seen), *_of_backups(connection, seen.register_id, beside)):
        if not trail.holds(connection, named.head):
            yield named


def unknown(connection: Connection, hashes: Iterable[str]) -> set[str]:
    """Of some hashes those that are the head of no entry, whatever its number."""
    left = {*hashes} - {trail.START}
    for column in (TrailEntry.hash, TrailEntry.former):
        if left:
            left -= set(connection.scalars(select(column).where(column.in_(left))))
    return left


def printed(pdf: bytes) -> set[str]:
    """The hashes that stand on a paper, read back from it: the head of the trail, and that of the figures."""
    found = {*_HASH.findall(pdf)}
    for stream in _STREAM.findall(pdf):
        for content in (stream, _from_ascii(stream)):
            with suppress(zlib.error):
                found.update(_HASH.findall(zlib.decompressobj().decompress(content, _LARGEST)))
    return {digest.decode() for digest in found}


def _from_ascii(stream: bytes) -> bytes:
    """A stream that was written as ASCII, as it was before."""
    with suppress(ValueError):
        return base64.a85decode(b"<~" + stream.strip().removesuffix(b"~>") + b"~>", adobe=True)
    return b""


def of_workstation(seen: Seen) -> Iterator[Named]:
    """The head that this workstation knows."""
    if seen.head is not None:
        yield Named(
            seen.head,
            message(
                "This computer knows an entry {n} of the register that is not in it: the register was put back to an "
                "earlier state, or its trail was cut off or written anew. If a backup was restored on purpose, enter "
                "so, with the reason; else keep this register for whoever looks into it.",
                n=seen.head.number,
            ),
        )


def _of_backups(connection: Connection, register_id: str, beside: Iterable[Path]) -> Iterator[Named]:
    places = [Path(folder) for folder in connection.scalars(select(BackupPlace.folder))]
    for folder in dict.fromkeys([*places, *beside]):
        with suppress(OSError, ValueError):
            for path in package.of_register(folder, register_id).values():
                with suppress(KonakError, OSError):
                    head = Head(*package.about_of(path).head)
                    yield Named(
                        head,
                        message(
                            "The backup {file} knows an entry {n} of the register that is not in it: the register was "
                            "put back to an earlier state, or its trail was cut off or written anew. If a backup was "
                            "restored on purpose, enter so, with the reason; else keep this register for whoever looks "
                            "into it.",
                            n=head.number,
                            file=path.name,
                        ),
                    )
