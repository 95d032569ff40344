"""A register in memory with as much as the kit asks of one."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from models.changes import Kind, Outcome
from models.errors import Refused
from models.ids import UserId
from models.rules.vocabulary import Role
from models.store.declaring import Declared
from models.store.preferences import Preferences
from models.store.register import Register
from models.store.snapshot import FacilityProfile, Person

T = TypeVar("T")


@dataclass(frozen=True)
class Guest:
    id: int
    name: str
    number: str
    nights: int


class FakeRegister:
    """Performs actions at once; remembers the threads that worked."""

    def __init__(self, size: int = 0) -> None:
        self.size = size
        self.threads: set[int] = set()
        self.reads = 0
        self.person = Person(UserId(1), "A. Berisha", Role.ADMINISTRATOR, stands_in=True)
        self.facility = FacilityProfile(
            "Reception Centre North", "", "en", ZoneInfo("Europe/Belgrade"), "K-", False, b"", 10, has_holder=True
        )
        self.sheet_number = ""
        self.can_unseal = False
        self.notes: list[dict[str, object]] = []
        self.preferences = Preferences(UserId(1))

    def may(self, what: Declared) -> bool:
        return self.person.may(what)

    def take_writing(self) -> bool:
        return True

    def keep_preferences(self) -> None:
        """As a register that is only read."""

    def perform(self, action: Callable[..., T], /, **values: object) -> Outcome[T]:
        self.threads.add(threading.get_ident())
        return Outcome(action(self, **values), frozenset({Kind.RESIDENT}))

    def begin(self, *_declared: object) -> None:
        """As a unit of work takes an action."""

    def about(self, _subject: str, _number: object) -> None:
        """As a unit of work is told its subject."""

    def note(self, **notes: object) -> None:
        self.notes.append(notes)

    @contextmanager
    def read(self) -> Iterator["FakeRegister"]:
        self.threads.add(threading.get_ident())
        self.reads += 1
        yield self


def as_register(fake: FakeRegister) -> Register:
    """The fake for what takes an open register."""
    return cast("Register", fake)


def guest(number: int) -> Guest:
    return Guest(number, f"Guest {number:06}", f"K-{number:06}", number % 180)


def guest_ids(
    snapshot: FakeRegister,
    *,
    sort: str,
    descending: bool,
    text: str,
    then: Sequence[tuple[str, bool]] = (),
    least: int = 0,
) -> Sequence[int]:
    ids: Sequence[int] = range(1, snapshot.size + 1)
    if text:
        ids = [one for one in ids if text in guest(one).name]
    if least:
        ids = [one for one in ids if one >= least]
    for name, down in then:
        assert name == "name"
        ids = sorted(ids, reverse=down)
    if sort == "nights":
        ids = sorted(ids, key=lambda one: guest(one).nights)
    return list(reversed(ids)) if descending and not then else ids


def guest_rows(_reading: FakeRegister, *, ids: Sequence[int]) -> list[Guest]:
    return [guest(one) for one in reversed(ids)]


def refuse(_unit: FakeRegister, **values: object) -> None:
    from models.text import message

    raise Refused(
        "The limit must lie after {day}.",
        field="until",
        day="20 Nov",
        reasons=[message("The stay has no decision yet.")] if values.get("reasons") else [],
    )
