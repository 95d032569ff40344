"""Who may write: one window for each register; whoever comes second opens it for reading (and says who holds it).

The lock is the operating system's, so that it falls away with the process that holds it, however that ends.
"""

import json
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import Unavailable
from models.store.files import read_regular, write_private

_LOCK = "register.lock"
_NOTE = "holder.json"
_LARGEST = 10_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a register open for writing.

    Attributes:
        person: The name of who opened it.
        workstation: The name of the computer.
        since: When, in UTC, as ISO 8601.
    """

    person: str
    workstation: str
    since: str

    def refusal(self) -> Unavailable:
        """What is said to whoever wants to write."""
        return Unavailable(
            "{person} has this register open for writing on {workstation}, so here it can only be read. Close it "
            "there, then open it here again.",
            person=self.person or "?",
            workstation=self.workstation or "?",
        )


class WriteLock:
    """The right to write into one register, until it is let go."""

    def __init__(self, folder: Path) -> None:
        """Take hold of nothing yet."""
        self._note = folder / _NOTE
        # A lock of another user's would be no lock: the file is made for its owner alone, as all files are.
        self._lock = FileLock(folder / _LOCK, timeout=0, mode=0o600, thread_local=False)

    def take(self, person: str, now: datetime) -> Holder | None:
        """Take the right to write.

        Returns:
            None where it was taken; else who has it.

        Raises:
            Unavailable: The folder cannot be written.
        """
        try:
            self._lock.acquire()
        except Timeout:
            return self._read()
        except OSError as error:
            raise Unavailable(
                "The folder of the register cannot be written. Ask who looks after this computer to allow it, or copy "
                "the folder to a place that can be written."
            ) from error
        mine = Holder(person, socket.gethostname(), now.isoformat(timespec="seconds"))
        with suppress(Unavailable):
            write_private(self._note, json.dumps(asdict(mine)).encode())
        return None

    def let_go(self) -> None:
        """Let others write."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()

    def _read(self) -> Holder:
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            said = json.loads(read_regular(self._note, _LARGEST))
            return Holder(*(_shown(said[name]) for name in ("person", "workstation", "since")))
        return Holder("", "", "")


def _shown(said: object) -> str:
    """What another window has written, as a line that can be shown, whoever has changed it since."""
    return " ".join(str(said).encode("utf-8", "replace").decode().replace("\0", " ").split())[:_LONGEST]
