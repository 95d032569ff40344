"""Whether a file of stays has something that is kept sealed: known before, since it needs somebody who can read it."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from models.entities.residents import Resident
from models.exchange.stays_file import StayLine
from models.exchange.stays_known import in_parts
from models.exchange.stays_sorting import Sorting
from models.rules.birth import BirthDate
from models.rules.vocabulary import Sex


def is_sealing(connection: Connection, sorting: Sorting) -> bool:
    """Whether a cell without a field, a number that is nobody's, or what rows of one person say otherwise is kept."""
    if any(line.notes for lines in (*sorting.new.values(), *sorting.known.values()) for line in lines):
        return True
    if any(sorting.people.unused(line) for line in sorting.coming):
        return True
    if any(_differ(lines, None, None) for lines in sorting.new.values()):
        return True
    return any(_known_differ(connection, sorting))


def _known_differ(connection: Connection, sorting: Sorting) -> Iterator[bool]:
    for some in in_parts(sorted(sorting.known)):
        for id_, birth, sex in connection.execute(
            select(Resident.id, Resident.birth, Resident.sex).where(Resident.id.in_(some))
        ):
            yield _differ(sorting.known[id_], birth, sex)


def _differ(lines: list[StayLine], birth: BirthDate | None, sex: Sex | None) -> bool:
    """Whether rows of a person say more than one birth or sex, or another than is known."""
    births = {birth, *(line.birth for line in lines)} - {None}
    return len(births) > 1 or len({sex, *(line.sex for line in lines)} - {None}) > 1
