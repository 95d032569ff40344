"""The log of this workstation: what went wrong and where in the program, and never about whom."""

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import extract_tb

from models.errors import Unavailable
from models.store.files import make_private_folder

_MOST_BYTES = 256 * 1024
_KEPT = 3
_FORMAT = "%(asctime)s %(levelname)s %(message)s"

log = logging.getLogger("konak")
"""The log. What is given to it holds no names, no numbers, no paths of residents' papers, and no texts of errors."""


class _PrivateFile(RotatingFileHandler):
    """A log file that only its owner may read, also after it was turned over."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def begin(file: Path) -> None:
    """Write the log to a file; where the disk says no, there is none."""
    log.setLevel(logging.INFO)
    log.propagate = False
    logging.raiseExceptions = False
    try:
        make_private_folder(file.parent)
        handler: logging.Handler = _PrivateFile(file, maxBytes=_MOST_BYTES, backupCount=_KEPT, delay=False)
    except (OSError, Unavailable):
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    for old in list(log.handlers):
        log.removeHandler(old)
        with suppress(OSError):  # what its disk did not take is lost with it
            old.close()
    log.addHandler(handler)


def where(error: BaseException) -> str:
    """Where an error comes from: kinds, files, lines and names of functions. No text and no value of it."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines += [
            f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
            for frame in extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)
