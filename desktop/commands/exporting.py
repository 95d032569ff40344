"""`konak export`: residents, stays, candidates, placements, absences or roll calls as a file for another program."""

import argparse
import sys

from desktop.commands.opening import open_register
from models.actions import papers
from models.errors import Refused
from models.exchange import door
from models.exchange.exports import export
from models.exchange.file_kinds import FileKind
from models.queries.programmes import of_code
from models.store.files import check_place


def run(typed: argparse.Namespace) -> int:
    """Write the file, or print it; that it left is entered in the trail before.

    Raises:
        Refused: There is no such programme, the role may not have it, or it is not said where to write it.
        Unavailable: The register cannot be opened, or the file cannot be written.
    """
    kind = _kind(typed)
    if typed.out is not None:
        check_place(typed.out)
    elif kind in (FileKind.XLSX, FileKind.ODS):
        raise Refused("A workbook must be written to a file. Name it with {option}.", option="--out")
    with open_register(typed) as register:
        programme_id = None
        if typed.programme:
            with register.read() as snapshot:
                programme_id = of_code(snapshot, typed.programme)
        ready = export(
            register,
            typed.what,
            kind,
            programme_id=programme_id,
            programme=typed.programme or "",
            language=typed.language or register.facility.language,
        )
        if typed.out is not None:
            door.save(register, ready, typed.out)
        else:
            door.let_out(register, ready, entry=papers.saved, way=_print)
    return 0


def _kind(typed: argparse.Namespace) -> FileKind:
    """The kind of file: as it is told, else as the name of the file ends."""
    if typed.format:
        return FileKind(typed.format)
    ending = "" if typed.out is None else typed.out.suffix.lower().removeprefix(".")
    if ending not in set(FileKind):
        raise Refused("Say which kind of file it is to be: {option}.", option="--format csv|xlsx|ods|json")
    return FileKind(ending)


def _print(content: bytes) -> None:
    sys.stdout.write(content.decode("utf-8-sig"))
