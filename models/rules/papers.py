"""What may leave the house on paper, in a file or by the clipboard: how it is declared, and what stands on every paper.

Whatever leaves is declared once: a list as an `Outgoing` below, a paper as a `Paper` in `ui.papers.catalogue`. Nothing
leaves but through `models.exchange.door`, which asks the declaration who may have it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from models.errors import Refused
from models.rules.disclosure import SEALED_AS, UNSEALED, Audience, class_of
from models.rules.field_types import FieldClass
from models.rules.fields import CANDIDATE, LISTED
from models.rules.people import ANSWERS, DECIDES, EVERYBODY, READS, READS_SEALED, Roles, check_may_do
from models.rules.vocabulary import Role
from models.text import N_, PAPER_LANGUAGES, Message, choices_of, language_name

F = TypeVar("F")


class Choice(StrEnum):
    """What can be chosen for a paper. The value is the argument by which its query takes what was chosen."""

    PROGRAMME = "programme_id"
    MONTH = "month"
    DRAFT = "draft"
    PHOTOS = "photos"
    RESIDENT = "resident_id"
    TRANSPORT = "transport_id"
    LIST = "list_id"
    USER = "user"
    AT = "at"
    FROM = "from_on"
    UNTIL = "until_on"
    TEXT = "text"
    SHEET = "number"
    WORDS = "words"
    SIZE = "size"
    FORM = "form"
    SHOWN = "shown"
    SORT = "sort"
    CERTIFIED = "certified"
    READER = "reader"
    REPORT = "report_id"
    PARTS = "parts"


class Section(StrEnum):
    """Whom or what a paper is about: the parts of the list of papers, in its order."""

    PEOPLE = N_("People")
    HOUSE = N_("House")
    PARTNER = N_("Partner")
    REGISTERS = N_("Registers")


Chosen = Mapping[Choice, Any]
"""What was chosen for a paper."""

SECRET = frozenset({Choice.SHEET, Choice.WORDS})
"""What nobody can choose: whoever has just made it hands it over. A paper that needs it is offered nowhere else."""


SAID = frozenset({Choice.READER})
"""What is chosen to stand on the paper and in the trail alone: no query takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What stands on every paper, whatever it is about.

    Attributes:
        language: One of `models.text.REPORT_LANGUAGES`, or two as in `en+sq`.
        facility: The name of the facility.
        letterhead: The lines of the authority above it.
        chosen: What the paper holds, in the order in which it is told: a programme, a person, a period.
        printed_by: The name of who printed it.
        printed_at: When, in the facility's time zone.
        trail_head: The hash of the last entry of the register's trail, in hexadecimal.
        number: Of the paper itself, such as `3/2026`; empty where it has none.
        reader: For whom it is, as it was typed; empty where that was not said.
    """

    language: str
    facility: str
    letterhead: str = ""
    chosen: tuple[str | Message, ...] = ()
    printed_by: str = ""
    printed_at: datetime | None = None
    trail_head: str = ""
    number: str = ""
    reader: str = ""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What may leave the house.

    Attributes:
        id: Its name in the program, in the trail and in file names.
        title: What it is called, a message id.
        roles: The roles that may let it out.
        fields: The fields that it shows, as `models.rules.disclosure` has them.
        audience: Who outside the house reads it; None: it is for the house only.
        is_long: Whether to make it takes long, so that it can be cancelled.
        ending: Of its file.
    """

    id: str
    title: str
    roles: Roles
    fields: frozenset[str]
    audience: Audience | None = None
    is_long: bool = False
    ending: ClassVar[str] = ".csv"

    def __post_init__(self) -> None:
        """Look whether it may be declared so.

        Raises:
            ValueError: What is sealed would reach somebody who may not read it.
        """
        sealed = [field for field in self.fields if class_of(field) is FieldClass.SEALED]
        if sealed and (self.audience is not None or not all(self.roles <= _who_reads(field) for field in sealed)):
            raise ValueError(f"{self.id} would give away what is sealed")

    def check_role(self, role: Role) -> None:
        """Refuse it to a role that may not let it out.

        Raises:
            Refused: Naming a role that may.
        """
        check_may_do(role, self.roles)


@dataclass(frozen=True, kw_only=True)
class Paper(Outgoing, Generic[F]):
    """A kind of paper: all that follows from it (page, command line, buttons, tests) is made from this.

    Attributes:
        about: What it is for, a message id.
        gather: The query for what stands on it: `gather(reading, **chosen)`; where it is long, also with `progress`.
        draw: Makes the PDF of what was gathered; called outside of any transaction.
        needs: What must be chosen.
        takes: What may be chosen.
        section: Under which of the list of papers it stands.
        is_card: Whether somebody carries it, so that it has no head and no foot.
        languages: Those in which it can be had, each by its own name.
        beside: Whether it can be had in two of them side by side.
    """

    about: str
    gather: Callable[..., F]
    draw: Callable[[F, Imprint], bytes]
    needs: tuple[Choice, ...] = ()
    takes: tuple[Choice, ...] = ()
    section: Section = Section.HOUSE
    is_card: bool = False
    languages: Mapping[str, str] = field(default_factory=lambda: PAPER_LANGUAGES)
    beside: bool = False
    ending: ClassVar[str] = ".pdf"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All that can be chosen for it."""
        return self.needs + self.takes

    def check_language(self, language: str) -> None:
        """Refuse a language in which it cannot be had.

        Raises:
            Refused: Naming those in which it can.
        """
        if language not in choices_of(self.languages, beside=self.beside):
            raise Refused(
                "This paper cannot be had in {language}. Choose one of: {languages}.",
                field="language",
                language=language_name(language),
                languages=", ".join(self.languages.values()),
            )

    @property
    def is_offered(self) -> bool:
        """Whether whoever may print it can choose all that it needs."""
        return SECRET.isdisjoint(self.needs)


def _who_reads(field: str) -> Roles:
    """The roles that may read a sealed field: those of its kind, or of every kind where it may be of any."""
    kind = SEALED_AS.get(field)
    return frozenset.intersection(*READS_SEALED.values()) if kind is None else READS_SEALED[kind]


CARRY_NAMES: Roles = EVERYBODY - {Role.HEALTH_LEGAL}
"""Who may let names out of the house; health and legal staff see them on the screen, where each works on one person."""

CERTIFY: Roles = CARRY_NAMES - {Role.INSPECTOR}
"""Who may give a paper a number of its own: an inspector changes nothing."""

NAME_TO_PARTNER: Roles = DECIDES | {Role.ADMINISTRATOR}
"""Who may tell a partner who somebody is: who answers for reports, and who stands in where there is nobody else yet."""

_PERSON = frozenset({"number", "family_name", "given_names"})
_STAY = frozenset({"arrived_on", "departed_on", "departure_kind", "limit_on", "destination", "room"})

RESIDENTS = Outgoing(
    id="residents",
    title=N_("Residents"),
    roles=CARRY_NAMES,
    fields=_PERSON | _STAY | {field.name for field in LISTED},
    is_long=True,
)
ONE_RESIDENT = Outgoing(
    id="one_resident",
    title=N_("What is known of a resident"),
    roles=CARRY_NAMES,
    fields=_PERSON | _STAY | {"document_number", "family"} | {field.name for field in LISTED},
)
DUPLICATES = Outgoing(
    id="duplicates",
    title=N_("Who may be the same"),
    roles=ANSWERS,
    fields=_PERSON | {"birth", "nationality", "sex", "document_number", "partner_number"},
    is_long=True,
)
"""Its reasons name a number that two people have, and in what they differ."""
TODAY = Outgoing(id="today", title=N_("What needs a person today"), roles=CARRY_NAMES, fields=_PERSON | _STAY)
GATE = Outgoing(id="gate", title=N_("Gate"), roles=CARRY_NAMES, fields=_PERSON | _STAY, is_long=True)
PLANS = Outgoing(id="plans", title=N_("Departure plans"), roles=CARRY_NAMES, fields=_PERSON | _STAY, is_long=True)
CANDIDATES = Outgoing(
    id="candidates",
    title=N_("Candidates"),
    roles=CARRY_NAMES,
    fields=_PERSON | {"partner_number", "birth", "nationality", "sex", "document_number", "family"},
    is_long=True,
)
ROLL_CALLS = Outgoing(
    id="roll_calls", title=N_("Register of counts"), roles=CARRY_NAMES, fields=frozenset({"counts"}), is_long=True
)
ROLL_CALL = Outgoing(id="roll_call", title=N_("Roll call"), roles=CARRY_NAMES, fields=_PERSON | {"room"})
ARRIVAL = Outgoing(
    id="arrival",
    title=N_("Arrival"),
    roles=CARRY_NAMES,
    fields=_PERSON | {"arrived_on", "personal_needs", "property", "arrival_record", "languages", "family", "photo"},
)
TRAIL_LIST = Outgoing(id="trail_list", title=N_("Trail"), roles=READS["trail"], fields=UNSEALED, is_long=True)
AGREEMENTS = Outgoing(id="agreements", title=N_("Programmes"), roles=EVERYBODY, fields=frozenset({"counts"}))
WORKPLACE = Outgoing(id="workplace", title=N_("Administration"), roles=EVERYBODY, fields=frozenset())
FIGURES = Outgoing(
    id="figures",
    title=N_("Figures of a month"),
    roles=CARRY_NAMES,
    fields=frozenset({"counts"}),
    audience=Audience.PARTNER,
)
REFUSED_ROWS = Outgoing(
    id="refused_rows", title=N_("Rows that cannot come in"), roles=EVERYBODY - {Role.INSPECTOR}, fields=frozenset()
)
"""It tells whoever has brought in a file nothing but what stands in that file."""


_EXPORTED = _PERSON | _STAY | {"partner_number", "family"} | {field.name for field in LISTED}
DATA = {
    "residents": Outgoing(
        id="data_residents", title=N_("Residents"), roles=CARRY_NAMES, fields=_EXPORTED, is_long=True
    ),
    "stays": Outgoing(id="data_stays", title=N_("Stays"), roles=CARRY_NAMES, fields=_EXPORTED, is_long=True),
    "candidates": Outgoing(
        id="data_candidates",
        title=N_("Candidates"),
        roles=CARRY_NAMES,
        fields=_EXPORTED | {field.name for field in CANDIDATE},
        is_long=True,
    ),
    "placements": Outgoing(
        id="data_placements", title=N_("Placements"), roles=CARRY_NAMES, fields=_EXPORTED, is_long=True
    ),
    "roll_calls": Outgoing(
        id="data_roll_calls", title=N_("Register of counts"), roles=CARRY_NAMES, fields=frozenset({"counts"})
    ),
    "absences": Outgoing(id="data_absences", title=N_("Absences"), roles=CARRY_NAMES, fields=_EXPORTED, is_long=True),
}
"""What leaves as data for another program, by the name that `konak export` takes."""
