"""The numbers of papers: which is the next, and which paper has one."""

from sqlalchemy import Connection, func, select

from models.entities.papers import PaperNumber


def next_number(connection: Connection, paper: str, year: int) -> int:
    """The number that the next paper of a kind gets in a year."""
    last = connection.scalar(
        select(func.max(PaperNumber.number)).where(PaperNumber.paper == paper, PaperNumber.year == year)
    )
    return (last or 0) + 1


def has_number(connection: Connection, paper: str, digest: str) -> bool:
    """Whether a paper of these bytes was given its number: printed or saved again, it keeps it."""
    found = select(PaperNumber.id).where(PaperNumber.paper == paper, PaperNumber.digest == digest).limit(1)
    return connection.scalar(found) is not None
