"""A paper that comes back to the house: its bytes, and what the register has issued under its number."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Unavailable
from models.queries import issued_months
from models.queries.issued_months import KnownReport
from models.store.files import read_regular

if TYPE_CHECKING:
    from models.store.register import Register

_LARGEST = 64 * 1024 * 1024
"""Bytes that are read."""


def content_of(path: Path) -> bytes:
    """What a file holds.

    Raises:
        Unavailable: It cannot be read.
    """
    try:
        return read_regular(path, _LARGEST)
    except OSError as error:
        raise Unavailable("This file cannot be read: {name}. Check the name and the folder.", name=path.name) from error


def known_report(register: "Register", *, programme: str, number: str) -> KnownReport | None:
    """What the register has issued under the number of a report; None where it is nothing.

    Raises:
        Unavailable: The register cannot be read.
    """
    with register.read() as snapshot:
        return issued_months.of_number(snapshot, programme=programme, number=number)
