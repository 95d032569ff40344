"""What every test of papers chooses for them: whatever a paper needs, taken from the register."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from models.entities.stays import Stay
from models.queries.papers import offers
from models.rules import papers
from models.rules.papers import Choice, Outgoing, Paper
from models.rules.vocabulary import Role
from models.store.recovery import words
from models.store.register import Register
from tests import builders

LISTS = [each for each in vars(papers).values() if type(each) is Outgoing]
"""All that leaves and is no paper."""


def who_may(paper: Paper[Any]) -> Role:
    """The first role that may have a paper."""
    return min(paper.roles, key=list(Role).index)


def let_in(register: Register, paper: Paper[Any]) -> None:
    """Let somebody be at the desk who may have a paper, where whoever is there may not."""
    if register.person.role not in paper.roles:
        register.person = replace(register.person, role=who_may(paper), stands_in=False)


def needed(register: Register, paper: Paper[Any], *, programme: int = 0) -> dict[Choice, Any]:
    """A choice for each that the paper needs: a programme, last month, the first resident on the roll, some words."""
    if Choice.REPORT in paper.needs:
        builders.named_report(register)
    with register.read() as snapshot:
        offered = offers(snapshot)
        resident = snapshot.connection.scalar(select(func.min(Stay.resident_id)).where(Stay.departed_on.is_(None)))
    some: dict[Choice, Any] = {
        Choice.PROGRAMME: offered.programmes[programme][0],
        Choice.MONTH: offered.months[min(1, len(offered.months) - 1)],
        Choice.RESIDENT: resident or 1,
        Choice.LIST: offered.lists[0][0] if offered.lists else 1,
        Choice.REPORT: offered.reports[0][0] if offered.reports else 1,
        Choice.TRANSPORT: offered.transports[0][0] if offered.transports else 1,
        Choice.SHEET: "4F2A9C01",
        Choice.WORDS: words(bytes(range(16))),
    }
    return {choice: some[choice] for choice in paper.needs}
