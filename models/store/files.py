"""Files that only their owner may read, written so that a crash leaves the old one or the new one."""

import os
from contextlib import suppress
from pathlib import Path

from models.errors import Unavailable


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, if it is not there.

    Raises:
        Unavailable: The folder cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            "The folder cannot be made. Choose another place, or ask who looks after this computer.",
        ) from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only.

    Raises:
        Unavailable: The disk is full or the folder cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise Unavailable(
            "The file cannot be saved there. Check that the disk has space and the folder can be written, "
            "or choose another place."
        ) from error
