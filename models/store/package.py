"""The file of a backup: a zip with three names, nothing compressed, and the hash of the whole at its end.

It is a zip so that the register can be had out of it without Konak; whoever has the file and a passphrase has it all.
"""

import json
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.errors import KonakError, Unavailable
from models.rules.backups import time_of
from models.store import engine as engines
from models.store import keys as key_files
from models.store.keys import Keys

FORMAT = 1
ABOUT = "about.json"
NAMES = frozenset({ABOUT, key_files.FILE_NAME, engines.FILE_NAME})
CHUNK = 1024 * 1024
_LARGEST = {ABOUT: 10_000, key_files.FILE_NAME: 4 * 1024 * 1024}
_MARK = b"konak sha256 "
_HASH = 64
_ENCRYPTED = 0x1
_MOST_ENTRIES = 2**63 - 1
"""What a column of the database holds."""

Tell = Callable[[int, int], None]
"""Is told how many bytes are done, of how many; what it raises stops the work."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself without a key; nothing of anybody.

    Attributes:
        schema: Of the program that made it.
        at: When it was made, with the offset of local time.
        hashes: SHA-256 of each of the other two files.
        sizes: Bytes of each of the other two files.
        head: The number and the hash of the last entry of its trail.
    """

    schema: str
    at: datetime
    hashes: dict[str, str]
    sizes: dict[str, int]
    head: tuple[int, str]

    def as_bytes(self) -> bytes:
        """The content of `about.json`."""
        said = {
            "format": FORMAT,
            "program": "Konak",
            "schema": self.schema,
            "at": self.at.isoformat(timespec="seconds"),
            "sha256": self.hashes,
            "bytes": self.sizes,
            "trail": list(self.head),
        }
        return json.dumps(said, indent=2, sort_keys=True).encode() + b"\n"

    @classmethod
    def parse(cls, raw: bytes) -> "About":
        """Read it.

        Raises:
            Unavailable: It is of a newer program, or no such file.
        """
        try:
            said: Any = json.loads(raw)
            newer = int(said["format"]) > FORMAT
            at = datetime.fromisoformat(said["at"])
            hashes = {str(name): str(digest) for name, digest in said["sha256"].items()}
            sizes = {str(name): int(size) for name, size in said["bytes"].items()}
            number, digest = said["trail"]
            head = int(number), str(digest)
            if at.tzinfo is None or not 2000 <= at.year < 9999 or not 0 <= head[0] <= _MOST_ENTRIES:
                raise ValueError("made at no time, or of no trail")
            json.dumps(said, ensure_ascii=False).encode()  # half a letter is none
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise foreign() from error
        if newer:
            raise Unavailable("This backup was made by a newer Konak. Install the newest version, then restore it.")
        return cls(str(said["schema"]), at, hashes, sizes, head)


def foreign() -> Unavailable:
    """What is said of a file that is no backup."""
    return Unavailable(
        "This file is no backup of Konak. Choose a file whose name begins with konak- and ends in .konak."
    )


def damaged() -> Unavailable:
    """What is said of a backup that is not as it was made."""
    return Unavailable("This backup is damaged: it is not as it was made. Choose another backup.")


def pack(
    database: Path, raw_keys: bytes, *, schema: str, at: datetime, head: tuple[int, str], target: Path, tell: Tell
) -> None:
    """Write the file of a backup into a file that is there already and empty, and have the disk keep it.

    Args:
        database: The proven copy of the register; nobody writes to it.
        raw_keys: The content of `keys.json`.
        schema: Of the program.
        at: When it is made, local time with its offset.
        head: The number and the hash of the last entry of the trail.
        target: The file.
        tell: Is told how far it is.

    Raises:
        OSError: The disk says no.
    """
    size = database.stat().st_size
    hashes = {engines.FILE_NAME: _digest_of(database), key_files.FILE_NAME: sha256(raw_keys).hexdigest()}
    sizes = {engines.FILE_NAME: size, key_files.FILE_NAME: len(raw_keys)}
    with target.open("r+b") as file:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            archive.comment = _MARK + b"0" * _HASH
            archive.writestr(_entry(ABOUT, at), About(schema, at, hashes, sizes, head).as_bytes())
            archive.writestr(_entry(key_files.FILE_NAME, at), raw_keys)
            with (
                database.open("rb") as source,
                archive.open(_entry(engines.FILE_NAME, at), "w", force_zip64=True) as to,
            ):
                _pour(source, size, tell, to.write)
        whole = file.seek(0, os.SEEK_END)
        digest = _hash(file, whole - _HASH)
        file.seek(whole - _HASH)
        file.write(digest.encode())
        file.flush()
        os.fsync(file.fileno())


def _entry(name: str, at: datetime) -> ZipInfo:
    entry = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.external_attr = 0o100600 << 16
    return entry


def _pour(source: IO[bytes], size: int, tell: Tell, to: Callable[[bytes], object]) -> str:
    """Copy so many bytes, and give their hash."""
    digest, done = sha256(), 0
    while done < size and (chunk := source.read(min(CHUNK, size - done))):
        digest.update(chunk)
        to(chunk)
        done += len(chunk)
        tell(done, size)
    return digest.hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return _hash(file, path.stat().st_size)


def _hash(file: IO[bytes], length: int) -> str:
    file.seek(0)
    return _pour(file, length, lambda _done, _size: None, lambda _chunk: None)


@dataclass(frozen=True, slots=True)
class Package:
    """A backup that was found to be whole, open for reading."""

    about: About
    raw_keys: bytes
    keys: Keys
    _archive: ZipFile

    def unpack(self, database: Path, tell: Tell) -> None:
        """Write its register into a file that is there already and empty.

        Raises:
            OSError: The disk says no.
            Unavailable: It is not as it was made.
        """
        size = self.about.sizes[engines.FILE_NAME]
        with database.open("wb") as file, self._archive.open(engines.FILE_NAME) as source:
            found = _pour(source, size, tell, file.write)
            file.flush()
            os.fsync(file.fileno())
        if found != self.about.hashes[engines.FILE_NAME]:
            raise damaged()

    def check_register(self) -> None:
        """Read its register through and compare the hash.

        Raises:
            Unavailable: It is not as it was made.
        """
        with self._archive.open(engines.FILE_NAME) as source:
            found = _pour(source, self.about.sizes[engines.FILE_NAME], lambda _d, _s: None, lambda _chunk: None)
        if found != self.about.hashes[engines.FILE_NAME]:
            raise damaged()


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The backup of a file. No name in it is followed, and nothing is written; each byte of the file was compared.

    Raises:
        Unavailable: It is not there, cannot be read, is no backup, damaged, or of a newer program.
    """
    try:
        if not path.is_file():
            raise Unavailable(
                "This backup is not there. Plug in the stick or the disk that it lies on, then do it again."
            )
        with path.open("rb") as file:
            _check_end(file)
            with ZipFile(file) as archive:
                _check_names(archive, path.stat().st_size)
                yield _package(archive)
    except (BadZipFile, EOFError, ValueError, NotImplementedError, struct.error) as error:
        raise damaged() from error
    except OSError as error:
        raise Unavailable(
            "The backup cannot be read. Check the stick or the disk that it lies on, then do it again."
        ) from error


def _check_end(file: IO[bytes]) -> None:
    whole = file.seek(0, os.SEEK_END)
    start = whole - len(_MARK) - _HASH
    file.seek(0)
    if file.read(4) != b"PK\x03\x04" or start < 0:
        raise damaged() if _says_konak(file, start) else foreign()
    if not _says_konak(file, start):
        raise damaged() if _is_ours(file) else foreign()
    file.seek(whole - _HASH)
    said = file.read(_HASH)
    with suppress(AttributeError, OSError):  # read from the disk and not from what the system still remembers
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if _hash(file, whole - _HASH).encode() != said:
        raise damaged()
    file.seek(0)


def _says_konak(file: IO[bytes], start: int) -> bool:
    if start < 0:
        return False
    file.seek(start)
    return file.read(len(_MARK)) == _MARK


def _is_ours(file: IO[bytes]) -> bool:
    """Whether a file without its end begins as a backup does."""
    file.seek(30)
    return file.read(len(ABOUT)) == ABOUT.encode()


def _check_names(archive: ZipFile, whole: int) -> None:
    entries = archive.infolist()
    if len(entries) != len(NAMES) or {entry.filename for entry in entries} != NAMES:
        raise foreign()
    for entry in entries:
        is_plain = entry.compress_type == ZIP_STORED and not entry.flag_bits & _ENCRYPTED
        largest = _LARGEST.get(entry.filename, whole)
        if not is_plain or entry.file_size != entry.compress_size or entry.file_size > largest:
            raise foreign()
    if sum(entry.file_size for entry in entries) > whole:
        raise foreign()


def _package(archive: ZipFile) -> Package:
    about = About.parse(archive.read(ABOUT))
    raw_keys = archive.read(key_files.FILE_NAME)
    sizes = {engines.FILE_NAME: archive.getinfo(engines.FILE_NAME).file_size, key_files.FILE_NAME: len(raw_keys)}
    if about.sizes != sizes or about.hashes.get(key_files.FILE_NAME) != sha256(raw_keys).hexdigest():
        raise damaged()
    if engines.FILE_NAME not in about.hashes:
        raise foreign()
    return Package(about, raw_keys, Keys.parse(raw_keys), archive)


def about_of(path: Path) -> About:
    """What a backup says of itself, without looking whether it is whole.

    Raises:
        Unavailable: It cannot be read, or is no backup.
    """
    try:
        with ZipFile(path) as archive:
            _check_names(archive, path.stat().st_size)
            return About.parse(archive.read(ABOUT))
    except (BadZipFile, EOFError, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise damaged() from error


def of_register(folder: Path, register_id: str) -> dict[datetime, Path]:
    """The backups of one register in a folder, by their local time; others and what cannot be read are left out."""
    found = {}
    for path in folder.iterdir():
        at = time_of(path.name)
        if at is None or path.is_symlink() or not path.is_file():
            continue
        with suppress(KonakError, OSError):
            if register_of(path) == register_id:
                found[at] = path
    return found


def register_of(path: Path) -> str:
    """Which register a backup is of, without looking whether it is whole.

    Raises:
        Unavailable: It cannot be read, or is no backup.
    """
    try:
        with ZipFile(path) as archive:
            _check_names(archive, path.stat().st_size)
            return Keys.parse(archive.read(key_files.FILE_NAME)).register_id
    except (BadZipFile, EOFError, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise damaged() from error
