"""What an action gave back and has changed, by kind, so that a page can ask itself whether to read again."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

R = TypeVar("R")


class Kind(Enum):
    """The kinds of things that pages show."""

    FACILITY = auto()
    PROGRAMME = auto()
    CANDIDATE = auto()
    RESIDENT = auto()
    STAY = auto()
    ROOM = auto()
    ABSENCE = auto()
    PLAN = auto()
    MONTH = auto()
    PEOPLE = auto()
    NOTE = auto()
    DRAFT = auto()
    BACKUP = auto()
    IMPORT = auto()
    TRANSPORT = auto()
    ROLL_CALL = auto()


Changes = frozenset[Kind]

EVERYTHING: Changes = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What an action gave back, and which kinds of things it changed."""

    value: R
    changes: Changes
