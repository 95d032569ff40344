"""What the window remembers on this workstation from one day to the next; nothing of it is about a resident."""

import base64
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.errors import Unavailable
from models.store.files import make_private_folder, read_regular, write_private
from models.text import LANGUAGES
from ui.kit.tokens import TEXT_SIZES, USUAL_SIZE

SCHEMES = ("system", "light", "dark", "contrast")
_LARGEST = 100_000


@dataclass(slots=True)
class Settings:
    """The settings; whatever is missing or makes no sense in the file is as here.

    Attributes:
        register: The folder of the register that was open last; empty if there was none.
        language: Of the screen for whoever has chosen none; empty: as the facility's.
        greeting: The language of the facility whose register was open last, in which the unlock screen greets.
        scheme: The colours of the unlock screen, and for whoever has chosen none: one of `SCHEMES`.
        text_size: The same of the size of texts, in hundredths.
        files: The folder that a file was chosen in last.
        geometry: Size and place of the window, as Qt writes them, in base64.
    """

    register: str = ""
    language: str = ""
    greeting: str = ""
    scheme: str = "system"
    text_size: int = USUAL_SIZE
    files: str = ""
    geometry: str = ""

    @classmethod
    def load(cls, file: Path) -> "Settings":
        """Read the settings; a file that cannot be read or was tampered with gives what is given at first."""
        raw: Any = None
        with suppress(OSError, ValueError, RecursionError):
            raw = json.loads(read_regular(file, _LARGEST))
        if not isinstance(raw, dict):
            return cls()
        texts = {name: raw[name] for name in cls.__slots__ if isinstance(raw.get(name), str)}
        texts.pop("text_size", None)
        found = cls(**texts)
        if raw.get("text_size") in TEXT_SIZES:
            found.text_size = int(raw["text_size"])
        if found.language not in LANGUAGES:
            found.language = ""
        if found.greeting not in LANGUAGES:
            found.greeting = ""
        if found.scheme not in SCHEMES:
            found.scheme = "system"
        if not _is_path(found.register):
            found.register = ""
        if not _is_path(found.files):
            found.files = ""
        return found

    def save(self, file: Path) -> None:
        """Write the settings; a disk that says no costs nobody more than the size of a window."""
        with suppress(Unavailable):
            make_private_folder(file.parent)
            write_private(file, json.dumps(asdict(self), indent=2).encode() + b"\n")

    @property
    def folder(self) -> Path | None:
        """The folder of the register that was open last."""
        return Path(self.register) if self.register else None

    @property
    def window(self) -> bytes:
        """Size and place of the window; empty if they are not known."""
        with suppress(ValueError):
            return base64.b64decode(self.geometry, validate=True)
        return b""

    @window.setter
    def window(self, geometry: bytes) -> None:
        self.geometry = base64.b64encode(geometry).decode()


def _is_path(text: str) -> bool:
    """Whether a text could name a folder: half a letter and a NUL stand in no name."""
    with suppress(UnicodeEncodeError):
        return b"\0" not in text.encode()
    return False
