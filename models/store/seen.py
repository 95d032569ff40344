"""What this workstation has seen of a register, kept outside of it: a register put back to yesterday is missed.

A small file for each register holds the number and the hash of the last entry that was written here; another one, how
far the trail was walked whole. Nobody is named in them. They help whoever has the register's folder alone, or a copy of
it, not at all; whoever has this account of the workstation can change them too.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.clock import Clock
from models.errors import Unavailable
from models.store.files import make_private_folder, read_regular, write_private

_LARGEST = 1_000_000
_WEEK = timedelta(days=7)
_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Head:
    """An entry of the trail.

    Attributes:
        number: Its number.
        hash: Its hash.
    """

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the trail was walked whole, and who could sign then.

    Attributes:
        head: The last entry.
        at: When, in UTC.
        people: The role, the key and whether they may open the register, of each person by number.
        sheet: The key of the recovery sheet; None where there is none.
    """

    head: Head
    at: datetime
    people: Mapping[str, Mapping[str, Any]]
    sheet: str | None


class Seen:
    """What this workstation has seen of one register."""

    def __init__(self, folder: Path | None, register_id: str, clock: Clock) -> None:
        """Keep it in a folder of this workstation; None: nowhere.

        Args:
            folder: It need not be there yet.
            register_id: Of which register; the files are named by its hash, since nobody has proven it.
            clock: Where the present comes from.
        """
        self.register_id, self.clock = register_id, clock
        name = sha256(register_id.encode()).hexdigest()[:32]
        self._head = None if folder is None else folder / f"{name}.json"
        self._walked = None if folder is None else folder / f"{name}.walked.json"

    @property
    def head(self) -> Head | None:
        """The last entry that was seen here; None where nothing was, or the file is none of ours."""
        with suppress(*_FAULTS):
            if self._head is not None:
                said = json.loads(read_regular(self._head, _LARGEST))
                return Head(int(said["number"]), str(said["hash"]))
        return None

    def keep(self, head: Head) -> None:
        """Keep the last entry; without waiting for the disk, since a line that is older harms nobody."""
        if self._head is None:
            return
        content = json.dumps({"number": head.number, "hash": head.hash}).encode()
        with suppress(OSError, Unavailable):
            try:
                _write(self._head, content)
            except FileNotFoundError:  # the first one of this workstation
                make_private_folder(self._head.parent)
                _write(self._head, content)

    @property
    def walked(self) -> Walked | None:
        """How far the trail was walked whole within the last week; None where it is to be walked whole now."""
        with suppress(*_FAULTS):
            if self._walked is not None:
                said = json.loads(read_regular(self._walked, _LARGEST))
                at = datetime.fromisoformat(said["at"])
                people = {str(id_): {**person} for id_, person in said["people"].items()}
                if timedelta(0) <= self.clock.now() - at < _WEEK:
                    return Walked(Head(int(said["number"]), str(said["hash"])), at, people, said["sheet"])
        return None

    def keep_walked(self, head: Head, people: Mapping[str, Mapping[str, Any]], sheet: str | None) -> None:
        """Keep that the trail was walked whole up to an entry, and held."""
        if self._walked is None:
            return
        said = {
            "number": head.number, "hash": head.hash, "at": self.clock.now().isoformat(timespec="seconds"),
            "people": people, "sheet": sheet,
        }  # fmt: skip
        with suppress(Unavailable):
            make_private_folder(self._walked.parent)
            write_private(self._walked, json.dumps(said, sort_keys=True).encode())


def _write(path: Path, content: bytes) -> None:
    """Put a file in the place of another, for its owner alone."""
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)
    partial.replace(path)
