"""Files that only their owner may read, written so that a crash leaves the old one or the new one."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from models.errors import Unavailable


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, if it is not there.

    Raises:
        Unavailable: The folder cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_make() from error


def cannot_make() -> Unavailable:
    """What is said where a folder cannot be made."""
    return Unavailable("The folder cannot be made. Choose another place, or ask who looks after this computer.")


def check_place(path: Path) -> None:
    """Look whether a file can be saved in a place, before anything is done that the file is to tell of.

    Raises:
        Unavailable: There is no such folder, it cannot be written, or what is there is no file.
    """
    try:
        is_good = path.is_file() or (bool(path.name) and not path.exists())
        if is_good and os.access(path.parent, os.W_OK | os.X_OK):
            return
    except OSError as error:
        raise _not_saved() from error
    raise _not_saved()


def read_regular(path: Path, most: int) -> bytes:
    """What a file holds, at most so many bytes; a pipe or a device in its place, which may never end, is refused.

    Raises:
        OSError: It is not there, cannot be read, or is no file.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError as error:  # there are signs that no path holds
        raise OSError("no path") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("no file")
        return file.read(most)


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only.

    It is first written beside its place under a name that nobody else has, so that no file of another name is lost.
    When this returns, it outlives a power cut.

    Raises:
        Unavailable: The disk is full, the folder cannot be written, or what is there is no file but a folder or a
            device.
    """
    check_place(path)
    partial: Path | None = None
    try:
        descriptor, name = mkstemp(prefix=".konak-", suffix=".partial", dir=path.parent)
        partial = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _keep_name(path.parent)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                partial.unlink()
        raise _not_saved() from error


def _keep_name(folder: Path) -> None:
    """Have the disk keep the new name of a file too; where the system cannot do that, it does it in its own time."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _not_saved() -> Unavailable:
    return Unavailable(
        "The file cannot be saved there. Check that the disk has space and the folder can be written, "
        "or choose another place."
    )
