"""The register extract: one line for each stay, in the order of arrival."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import String, and_, or_, select, type_coerce

from models.entities.residents import Resident
from models.entities.stays import Stay
from models.ids import ProgrammeId
from models.rules.extract import ExtractRow
from models.rules.names import display_name
from models.rules.presence import length
from models.store.reading import Reading

_AT_ONCE = 2000


def rows(
    reading: Reading,
    *,
    programme_id: ProgrammeId | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Iterator[ExtractRow]:
    """The stays that touch a period, one after the other as they are read, so that thousands need little room.

    Args:
        reading: The look at the register; open as long as rows are taken.
        programme_id: The programme; all of them if None.
        from_on: The first local date of the period; from the beginning if None.
        until_on: Its last local date; up to today if None.
    """
    conditions = [Stay.arrived_on <= (until_on or reading.today)]
    if programme_id is not None:
        conditions.append(Stay.programme_id == programme_id)
    if from_on is not None:
        conditions.append(or_(Stay.departed_on.is_(None), Stay.departed_on >= from_on))
    statement = (
        select(
            Resident.number,
            Resident.family_name,
            Resident.given_names,
            type_coerce(Resident.birth, String),
            Resident.nationality,
            Stay.arrived_on,
            Stay.departed_on,
            Stay.departure_kind,
        )
        .join(Resident, Resident.id == Stay.resident_id)
        .where(and_(*conditions))
        .order_by(Stay.arrived_on, Resident.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    for number, family, given, born, nationality, arrived_on, departed_on, kind in reading.connection.execute(
        statement
    ):
        yield ExtractRow(
            number,
            display_name(family, given, "") if family or given else "",
            born,
            nationality,
            arrived_on,
            departed_on,
            length(arrived_on, departed_on, reading.today),
            kind,
        )
