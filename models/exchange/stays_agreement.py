"""Which arrivals of a file the agreement does not cover: outside its dates, or beyond its places (rules.md, Places).

They may have happened all the same, so that they come in; but it is said before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from models.entities.stays import Stay
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine
from models.exchange.stays_people import People
from models.ids import ProgrammeId, StayId
from models.repositories.programmes import admitted_to, read_places
from models.rules.places import Agreement, beyond_concurrent, beyond_cumulative, outside_window
from models.rules.time import Interval, Moment
from models.rules.vocabulary import PlacesRule
from models.text import message


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The arrivals that the agreement does not cover, in the order of the file.

    Attributes:
        outside: Those outside of its dates.
        beyond: Those for whom it has no place left.
    """

    outside: tuple[Problem, ...] = ()
    beyond: tuple[Problem, ...] = ()


def not_covered(
    connection: Connection,
    programme_id: ProgrammeId,
    coming: Sequence[StayLine],
    people: People,
    moved: Iterable[StayLine],
    changed: Mapping[StayId, Interval],
    *,
    today: date,
) -> NotCovered:
    """Say which arrivals the agreement does not cover.

    Args:
        connection: Of the reading.
        programme_id: The programme.
        coming: The rows that would come in.
        people: Whose each row is.
        moved: The rows that would put an arrival right.
        changed: From when until when stays of the programme are, once the file has changed them.
        today: The local date.
    """
    arrivals = {each.row_number: each.arrived.on for each in coming} | {
        line.row_number: line.arrived.on for line in moved
    }
    if not arrivals:
        return NotCovered()
    places = read_places(connection, programme_id, today=today)
    column = people.heading.header("arrived_on")
    said = {day: outside_window(places.agreement, day) for day in {*arrivals.values()}}
    outside = [Problem(row, column, "", why) for row, day in sorted(arrivals.items()) if (why := said[day]) is not None]
    del arrivals
    if places.agreement.places is None:
        return NotCovered(tuple(outside))
    those = Stay.programme_id == programme_id
    if places.agreement.rule is PlacesRule.CUMULATIVE:
        admitted = admitted_to(connection, places.agreement, those)
        rows = beyond_cumulative(
            places.agreement,
            admitted,
            coming,
            lambda line: people.resident(line) or people.identity(line),
            held=places.held,
        )
    else:
        rows = _beyond(connection, programme_id, places.agreement, coming, changed, held=places.held)
    full = message(
        "All {places} places of the agreement are taken before this arrival.", places=places.agreement.places
    )
    return NotCovered(tuple(outside), tuple(Problem(row, column, "", full) for row in sorted(rows)))


def _beyond(
    connection: Connection,
    programme_id: ProgrammeId,
    agreement: Agreement,
    coming: Sequence[StayLine],
    changed: Mapping[StayId, Interval],
    *,
    held: int,
) -> frozenset[int]:
    if not coming:
        return frozenset()
    days = [each.arrived.on for each in coming]
    # Who came later and has gone, or had gone before, took no place from anybody; who is there now takes one.
    between = and_(Stay.departed_on >= min(days), Stay.arrived_on <= max(days))
    touching = or_(Stay.departed_on.is_(None), between)
    rows = connection.execute(
        select(Stay.id, Stay.arrived_on, Stay.arrived_at, Stay.departed_on, Stay.departed_at).where(
            Stay.programme_id == programme_id, touching
        )
    )
    there: list[tuple[Moment, Moment | None]] = [(anew.start, anew.end) for anew in changed.values()]
    for id_, arrived_on, arrived_at, departed_on, departed_at in rows:
        if id_ not in changed:
            end = None if departed_on is None else Moment(departed_on, departed_at)
            there.append((Moment(arrived_on, arrived_at), end))
    return beyond_concurrent(agreement, there, coming, held=held)
