"""Wrong passphrases: how many in a row there were for each slot, and how long to wait before the next try.

They lie beside the register in `attempts.json`, since nobody who has not opened it can write into it. Whoever opens it
next enters them into the trail. Nothing hangs on this file: it slows down whoever sits at the workstation, while the
stretching of the passphrase slows down whoever has stolen the folder.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.errors import Refused, Unavailable
from models.rules.passphrases import wait_after
from models.store.files import read_regular, write_private

FILE_NAME = "attempts.json"
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """The wrong passphrases of one slot since it was opened last.

    Attributes:
        count: How many.
        first: When the first was typed, in UTC, as ISO 8601.
        last: When the last was typed.
    """

    count: int
    first: str
    last: str


def check(folder: Path, slot_id: str, now: datetime) -> None:
    """Refuse a try that comes too early.

    Raises:
        Refused: So many were wrong that one has to wait; `field` is `passphrase`.
    """
    seconds = remaining(folder, slot_id, now)
    if seconds > 0:
        raise Refused(
            "Too many wrong passphrases. Wait {seconds} seconds, then try again.", field="passphrase", seconds=seconds
        )


def remaining(folder: Path, slot_id: str, now: datetime) -> int:
    """Seconds until the next try. A clock that was set back begins the wait anew, and makes it no longer."""
    wrong = _load(folder)
    said = wrong.get(slot_id)
    if said is None:
        return 0
    since = now - datetime.fromisoformat(said.last)
    if since < timedelta(0):
        _save(folder, {**wrong, slot_id: replace(said, last=now.isoformat(timespec="seconds"))})
    return max(0, wait_after(said.count) - max(0, int(since.total_seconds())))


def enter(folder: Path, slot_id: str, now: datetime) -> None:
    """Count one more; a folder that cannot be written costs nobody more than the count."""
    wrong = _load(folder)
    before = wrong.get(slot_id)
    at = now.isoformat(timespec="seconds")
    counted = Wrong(1, at, at) if before is None else Wrong(before.count + 1, before.first, at)
    _save(folder, {**wrong, slot_id: counted})


def take(folder: Path, slot_id: str) -> Wrong | None:
    """What was counted for a slot, which begins anew."""
    wrong = dict(_load(folder))
    found = wrong.pop(slot_id, None)
    if found is not None:
        _save(folder, wrong)
    return found


def _load(folder: Path) -> Mapping[str, Wrong]:
    with suppress(OSError, ValueError, TypeError, OverflowError, RecursionError, KeyError, AttributeError):
        raw = json.loads(read_regular(folder / FILE_NAME, _LARGEST))
        return {str(slot): _wrong(said) for slot, said in raw.items()}
    return {}


def _wrong(said: Mapping[str, str]) -> Wrong:
    """As it was written; a file that says what is no instant is as none."""
    first, last = (datetime.fromisoformat(said[name]) for name in ("first", "last"))
    return Wrong(int(said["count"]), first.astimezone(UTC).isoformat(), last.astimezone(UTC).isoformat())


def _save(folder: Path, wrong: Mapping[str, Wrong]) -> None:
    content = {slot: asdict(said) for slot, said in wrong.items()}
    with suppress(Unavailable):
        write_private(folder / FILE_NAME, json.dumps(content).encode())
