"""Every paper once: what it is called, what it needs, who may print it, whether it holds personal data."""

from dataclasses import dataclass
from enum import StrEnum

from models.rules.people import READS
from models.rules.vocabulary import Role
from models.text import N_


class Need(StrEnum):
    """What must be chosen before a paper can be made."""

    PROGRAMME = "programme"
    MONTH = "month"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper.

    Attributes:
        id: Its name in the program, in the trail and in file names.
        title: What it is called, a message id.
        about: What it is for, a message id.
        needs: What must be chosen before it can be made.
        printed_by: The roles that may print it.
        personal: Whether it holds data of persons.
    """

    id: str
    title: str
    about: str
    needs: frozenset[Need]
    printed_by: frozenset[Role]
    personal: bool


MONTHLY_REPORT = Paper(
    id="monthly_report",
    title=N_("Monthly report"),
    about=N_("The figures of a month for the partner: numbers only, no names."),
    needs=frozenset({Need.PROGRAMME, Need.MONTH, Need.LANGUAGE}),
    printed_by=frozenset({Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INSPECTOR}),
    personal=False,
)

REGISTER_EXTRACT = Paper(
    id="register_extract",
    title=N_("Register extract"),
    about=N_("One line for each stay, with names: for the house only."),
    needs=frozenset({Need.LANGUAGE}),
    printed_by=frozenset({Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INSPECTOR}),
    personal=True,
)

RECOVERY_SHEET = Paper(
    id="recovery_sheet",
    title=N_("Recovery sheet"),
    about=N_("Twelve words that open the register when all passphrases are forgotten."),
    needs=frozenset({Need.LANGUAGE}),
    printed_by=frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.HEALTH_LEGAL}),
    personal=False,
)

TRAIL = Paper(
    id="trail",
    title=N_("Trail"),
    about=N_("Who did what, to whom and when, for an inspector."),
    needs=frozenset(),
    printed_by=READS["trail"],
    personal=True,
)

PAPERS: tuple[Paper, ...] = (MONTHLY_REPORT, REGISTER_EXTRACT, RECOVERY_SHEET, TRAIL)


def paper(paper_id: str) -> Paper:
    """The paper of a name.

    Raises:
        KeyError: No paper has that name.
    """
    return {one.id: one for one in PAPERS}[paper_id]


def may_print(role: Role, one: Paper) -> bool:
    """Whether a role may print a paper."""
    return role in one.printed_by
