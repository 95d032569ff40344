"""The settings of this computer, which its administrator writes for all who sit at it: `konak/settings.json` of XDG.

They stand in the folders of `XDG_CONFIG_DIRS` (`/etc/xdg` where that is not set); what an earlier folder says counts. A
value is what holds while a person has chosen none; named under `fixed`, it holds whatever a person has chosen.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop import paths
from desktop.logs import log
from models.rules.facility import LONGEST_UNLOCKED
from models.store.files import read_regular
from models.text import LANGUAGES
from ui.fixed import Fixed

_LARGEST = 100_000
_NAMES = ("register", "language", "lock_after", "backup_places")


@dataclass(frozen=True, slots=True)
class Computer:
    """What the administrator of this computer has set.

    Attributes:
        register: The folder of the register; None: none is named.
        language: Of the screen; empty: as the facility's.
        lock_after: Minutes after which a window that is left alone locks itself, 0: never; None: as the facility says.
        backup_places: Folders for backups, which a register is given when somebody opens it who may add them.
        fixed: The names of those that hold whatever a person has chosen. A lock time always does: nobody has another.
        wrong: The names of those that make no sense, which are passed over.
    """

    register: Path | None = None
    language: str = ""
    lock_after: int | None = None
    backup_places: tuple[str, ...] = ()
    fixed: frozenset[str] = frozenset()
    wrong: tuple[str, ...] = field(default=())

    @classmethod
    def load(cls) -> "Computer":
        """Read all files there are; what makes no sense is passed over, and named in the log."""
        said: dict[str, object] = {}
        for file in reversed(paths.computer_files()):
            said |= _read(file)
        found = cls._of(said)
        for name in found.wrong:
            log.warning("the settings of this computer: %s makes no sense and is passed over", name[:40])
        return found

    @classmethod
    def _of(cls, said: Mapping[str, object]) -> "Computer":
        wrong = [name for name in said if name not in (*_NAMES, "fixed")]
        register, language, minutes = said.get("register"), said.get("language", ""), said.get("lock_after")
        places, names = said.get("backup_places", []), said.get("fixed", [])
        is_path = _is_folder(register)
        is_time = isinstance(minutes, int) and not isinstance(minutes, bool) and 0 <= minutes <= LONGEST_UNLOCKED
        folders = places if isinstance(places, list) else [None]
        are_paths = all(map(_is_folder, folders))
        listed = names if isinstance(names, list) else [None]
        checks = {
            "register": register is None or is_path,
            "language": language in ("", *LANGUAGES),
            "lock_after": minutes is None or is_time,
            "backup_places": are_paths,
            "fixed": all(each in _NAMES for each in listed),
        }
        return cls(
            register=Path(str(register)) if is_path else None,
            language=str(language) if checks["language"] else "",
            lock_after=int(str(minutes)) if is_time else None,
            backup_places=tuple(str(Path(str(each))) for each in folders) if are_paths else (),
            fixed=frozenset(str(each) for each in listed if each in _NAMES),
            wrong=(*sorted(map(str, wrong)), *(name for name, is_right in checks.items() if not is_right)),
        )

    def as_fixed(self) -> Fixed:
        """What of it nobody at the window can choose otherwise."""
        return Fixed(
            register="register" in self.fixed and self.register is not None,
            language=self.language if "language" in self.fixed else "",
            lock_after=self.lock_after,
            backup_places=self.backup_places if "backup_places" in self.fixed else (),
        )


def _read(file: Path) -> Mapping[str, object]:
    """What a file says; nothing where there is none, and of one that is no settings at all only that it is wrong."""
    with suppress(OSError, ValueError, RecursionError):
        if not file.exists():
            return {}
        said = json.loads(read_regular(file, _LARGEST))
        if isinstance(said, Mapping):
            return said
    return {"file": None}


def _is_folder(said: object) -> bool:
    """Whether it can be the path of a folder, from the root on."""
    return isinstance(said, str) and "\0" not in said and Path(said).is_absolute()
