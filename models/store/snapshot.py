"""One look at the register, and the facility as every part of the program needs it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.ids import UserId
from models.rules.people import check_may_do, may_do
from models.rules.time import local_date
from models.rules.vocabulary import Role
from models.store.declaring import Declared

if TYPE_CHECKING:  # the window knows a person and a facility before it needs a database
    from sqlalchemy import Connection

    from models.store.seen import Seen


@dataclass(frozen=True, slots=True)
class FacilityProfile:
    """The facility as every part of the program needs it.

    Attributes:
        has_holder: Whether somebody holds the key to what is sealed: else nothing is sealed, for nobody could read it.
    """

    name: str
    letterhead: str
    language: str
    zone: ZoneInfo
    number_prefix: str
    is_demonstration: bool
    seal: bytes
    lock_after: int
    has_holder: bool
    uses_gate: bool = False
    back_by: str = ""
    left_after: int = 0
    sender: str = ""
    bank_details: str = ""
    answer_within: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Who is working with the register.

    Attributes:
        id: The number.
        name: The name.
        role: What decides on all that the person may do and see.
        stands_in: Whether this is an administrator who does what is everybody's, since there is nobody else yet; see
            `models.rules.people.may_do`.
        must_change: Whether somebody else has set the passphrase, so that it is to be changed.
    """

    id: UserId
    name: str
    role: Role
    stands_in: bool = False
    must_change: bool = False

    def may(self, what: Declared) -> bool:
        """Whether this person may do an action, as `stays.extend`, or something else that was declared."""
        return may_do(self.role, what.roles, stands_in=self.stands_in and not what.opens_sealed)

    def check_may(self, what: Declared) -> None:
        """Refuse what this person may not do.

        Raises:
            Refused: Naming a role that may.
        """
        check_may_do(self.role, what.roles, stands_in=self.stands_in and not what.opens_sealed)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look at the register: everything that is read through it is of the same instant.

    Attributes:
        connection: For queries.
        now: The present, in UTC.
        facility: The facility.
        person: Who looks.
        enters: Enters a look at somebody's page, as `resident:12`, and comes back once it is committed; None within an
            action, which is an entry itself.
        seen: What this workstation has seen of the register.
        asked: What the person asked to read and may not.
        entered: At whose pages a look was entered for this reading; as long as it lasts it does not see those entries.
        memory: What is reckoned once while the register is open, under all that it depends on.
    """

    connection: "Connection"
    now: datetime
    facility: FacilityProfile
    person: Person
    enters: Callable[[str], None] | None = None
    seen: "Seen | None" = None
    asked: list[Declared] = field(default_factory=list)
    entered: set[str] = field(default_factory=set)
    memory: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The local date."""
        return local_date(self.now, self.facility.zone)

    def looks_at(self, subject: str, number: int) -> None:
        """Say whose page is asked for, before anything of it is read: every look is an entry (rules.md, The trail).

        Raises:
            Unavailable: It could not be entered, so nothing is shown.
        """
        if self.enters is not None:
            self.enters(f"{subject}:{number}")

    def check_may(self, what: Declared) -> None:
        """Refuse what the person may not read; that it was asked for becomes an entry.

        Raises:
            Refused: Naming a role that may.
        """
        try:
            self.person.check_may(what)
        except Refused:
            self.asked.append(what)
            raise
