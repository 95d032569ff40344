"""What an action has changed, by kind, so that a page can ask itself whether to read again."""

from enum import Enum, auto


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
    BACKUP = auto()


Changes = frozenset[Kind]

EVERYTHING: Changes = frozenset(Kind)
