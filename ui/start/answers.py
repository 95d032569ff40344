"""What the assistant was answered, from which a register is made."""

from dataclasses import dataclass, field
from pathlib import Path

from models.rules.vocabulary import Role
from models.store.recovery import new_secret


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is to read what is sealed: the first who holds its key, which the administrator never does."""

    name: str
    role: Role
    passphrase: str


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What was answered.

    Attributes:
        folder: Where the register is to lie; not there yet, or empty.
        reader: Who is to read what is sealed; None: somebody is added later.
        programmes: The codes of the ready-made programmes that are wanted.
        secret: What the words of the recovery sheet stand for.
        backups: The folder in which backups are kept; empty: a place is added later.
    """

    folder: Path
    language: str
    name: str
    letterhead: str
    time_zone: str
    administrator: str
    passphrase: str
    programmes: tuple[str, ...]
    reader: Reader | None = None
    secret: bytes = field(default_factory=new_secret, repr=False)
    backups: str = ""
