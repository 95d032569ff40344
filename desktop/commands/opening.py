"""Which register a command works on, and the passphrase that opens it; never from an argument."""

import argparse
import getpass
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.computer import Computer
from models.errors import Refused, Unavailable
from models.store.keys import Keys

if TYPE_CHECKING:
    from models.store.register import Register

_LONGEST = 4096
"""Bytes of a passphrase file that are looked at."""


def named_folder(typed: argparse.Namespace) -> Path | None:
    """The folder of the register as it was named: by `--register`, or by KONAK_REGISTER."""
    named: Path | None = typed.register
    meant = os.environ.get("KONAK_REGISTER", "")
    return named or (Path(meant) if meant else None)


def folder(typed: argparse.Namespace) -> Path | None:
    """The folder of the register as it was named, else the one that is set for all of this computer."""
    return named_folder(typed) or Computer.load().register


def person(typed: argparse.Namespace) -> str | None:
    """Who opens the register as was said: by `--person`, or by KONAK_PERSON.

    Raises:
        Refused: KONAK_PERSON is no text.
    """
    named: str | None = typed.person
    if named is not None:
        return named
    meant = os.environ.get("KONAK_PERSON", "")
    try:
        meant.encode()
    except UnicodeEncodeError:
        raise Refused("KONAK_PERSON is not written in UTF-8.", field="person") from None
    return meant or None


def named_person(at: Path, name: str | None) -> str | None:
    """The name of a person who may open a register; None where only one may.

    Raises:
        Refused: Nobody of that name may open it, or several may and none was named.
        Unavailable: There is no register in the folder.
    """
    names = sorted(slot.label for slot in Keys.load(at).slots)
    if name is None and len(names) > 1:
        raise Refused(
            "Several people may open this register. Say who you are: give --person NAME, or set KONAK_PERSON. "
            "The names are: {names}.",
            field="person",
            names=", ".join(names),
        )
    if name is not None and name not in names:
        raise Refused(
            "Nobody of this name may open the register. The names are: {names}.", field="person", names=", ".join(names)
        )
    return name


def open_register(typed: argparse.Namespace, *, for_reading: bool = False) -> "Register":
    """The register that a command works on, open.

    Args:
        typed: What was typed.
        for_reading: Whether nothing will be written, so that nobody need be kept from writing.

    Raises:
        Refused: None was named, several people may open it and none was named, or the passphrase is wrong.
        Unavailable: It cannot be opened.
    """
    from models.store import opening

    at = folder(typed)
    if at is None:
        raise Refused("Say which register: give --register DIR, or set KONAK_REGISTER.")
    if not _is_folder(at):
        raise Unavailable("There is no register in this folder. Give the folder that konak new has made.")
    name = named_person(at, person(typed))
    return opening.open_register(
        at, passphrase=passphrase(typed), person=name, for_reading=for_reading, seen_in=paths.seen()
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not be looked at, or no name can be that long
        return False


def passphrase(typed: argparse.Namespace, *, twice: bool = False) -> str:
    """The passphrase: from the file, from KONAK_PASSPHRASE, or asked for.

    Args:
        typed: What was typed.
        twice: Whether it is a new one, which is asked for twice.

    Raises:
        Refused: There is nobody to ask, it is empty, or the two do not agree.
        Unavailable: The file cannot be read.
    """
    given = given_passphrase(typed)
    if given is not None:
        return given
    said = ask_passphrase("Passphrase: ")
    if not said:
        raise Refused("The passphrase is empty.", field="passphrase")
    if twice and ask_passphrase("The same again: ") != said:
        raise Refused("The two passphrases are not the same. Do it again.", field="passphrase")
    return said


def given_passphrase(typed: argparse.Namespace) -> str | None:
    """The passphrase from the file or from KONAK_PASSPHRASE, which is told once; None where there is neither.

    Raises:
        Refused: It is empty, or no text.
        Unavailable: The file cannot be read.
    """
    meant = os.environ.pop("KONAK_PASSPHRASE", None)  # nothing that is started from here is to find it
    file: Path | None = getattr(typed, "passphrase_file", None)
    if file is not None:
        return first_line(file)
    if meant is None:
        return None
    try:
        meant.encode()
    except UnicodeEncodeError:
        raise Refused("KONAK_PASSPHRASE is not written in UTF-8.", field="passphrase") from None
    if not meant:
        raise Refused("KONAK_PASSPHRASE is empty.", field="passphrase")
    return meant


def first_line(file: Path) -> str:
    """A passphrase as a file holds it: its first line.

    Raises:
        Refused: It is empty, or no text.
        Unavailable: The file cannot be read.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(_LONGEST)
    except OSError as error:
        raise Unavailable("The passphrase file cannot be read. Check its name and who may read it.") from error
    lines = raw.splitlines()
    try:
        said = lines[0].decode("utf-8-sig") if lines else ""
    except UnicodeDecodeError:
        raise Refused("The passphrase file is not written in UTF-8.", field="passphrase") from None
    if not said:
        raise Refused("The first line of the passphrase file is empty.", field="passphrase")
    return said


def ask_passphrase(prompt: str) -> str:
    """Ask at the terminal, without showing what is typed."""
    try:
        with warnings.catch_warnings():
            # getpass would otherwise show the passphrase as it is typed.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError, OSError):
        raise Refused(
            "There is no terminal to ask for the passphrase. Give --passphrase-file, or set KONAK_PASSPHRASE.",
            field="passphrase",
        ) from None
