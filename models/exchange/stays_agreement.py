"""Which arrivals of a file the agreement does not cover: outside its dates, or beyond its places (rules.md, Places).

They may have happened all the same, so that they come in; but it is said before.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat

from sqlalchemy import Connection, and_, func, select

from models.entities.stays import Stay
from models.exchange.problems import Problem
from models.exchange.stays_file import StayLine
from models.exchange.stays_people import People
from models.exchange.stays_sorting import StayChange
from models.ids import ProgrammeId
from models.repositories.programmes import read_places
from models.rules.places import beyond_concurrent, beyond_cumulative, outside_window
from models.rules.time import Moment
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
    changing: Sequence[StayChange],
    people: People,
    *,
    today: date,
) -> NotCovered:
    """Say which arrivals the agreement does not cover.

    Args:
        connection: Of the reading.
        programme_id: The programme.
        coming: The rows that would come in.
        changing: The rows that would change a stay of the register.
        people: Whose each row is.
        today: The local date.
    """
    moved = [change.line for change in changing if change.moves]
    arrivals = {line.row_number: line.arrived.on for line in (*coming, *moved)}
    if not arrivals:
        return NotCovered()
    places = read_places(connection, programme_id, today=today)
    column = people.heading.header("arrived_on")
    said = {day: outside_window(places.agreement, day) for day in {*arrivals.values()}}
    outside = [Problem(row, column, "", why) for row, day in sorted(arrivals.items()) if (why := said[day]) is not None]
    del arrivals
    if places.agreement.places is None:
        return NotCovered(tuple(outside))
    if places.agreement.rule is PlacesRule.CUMULATIVE:
        rows = beyond_cumulative(
            places.agreement,
            places.admitted,
            coming,
            lambda line: people.resident(line) or people.identity(line),
            held=places.held,
        )
    else:
        mine = [change for change in changing if change.stay.programme_id == programme_id]
        there = _there(connection, programme_id, coming, mine)
        rows = beyond_concurrent(places.agreement, there, coming, held=places.held)
    full = message(
        "All {places} places of the agreement are taken before this arrival.", places=places.agreement.places
    )
    return NotCovered(tuple(outside), tuple(Problem(row, column, "", full) for row in sorted(rows)))


def _there(
    connection: Connection, programme_id: ProgrammeId, coming: Sequence[StayLine], changing: Sequence[StayChange]
) -> list[tuple[Moment, Moment | None]]:
    """Arrival and departure of the other stays of the programme, once the file has changed them."""
    there = [(change.becomes.start, change.becomes.end) for change in changing]
    if not coming:
        return there
    those, still = Stay.programme_id == programme_id, Stay.departed_on.is_(None)
    first, last = (edge(line.arrived.on for line in coming) for edge in (min, max))
    within = Stay.arrived_on.between(first, last)
    changed = {change.stay.id for change in changing}
    # Who came later and has gone, or had gone before, took no place from anybody. Of either at once no index tells.
    for touching in (and_(still, within), and_(Stay.departed_on >= first, Stay.arrived_on <= last)):
        rows = connection.execute(
            select(Stay.id, Stay.arrived_on, Stay.arrived_at, Stay.departed_on, Stay.departed_at).where(those, touching)
        )
        for id_, arrived_on, arrived_at, departed_on, departed_at in rows:
            if id_ not in changed:
                end = None if departed_on is None else Moment(departed_on, departed_at)
                there.append((Moment(arrived_on, arrived_at), end))
    # Who came before or after them all and is there now takes a place, and is only counted.
    around = select(Stay.arrived_on, func.count()).where(those, still, ~within).group_by(Stay.arrived_on)
    open_since = Counter({day: count for day, count in connection.execute(around)})
    open_since.subtract(change.stay.interval.start.on for change in changing if change.stay.interval.end is None)
    return [*there, *chain.from_iterable(repeat((Moment(day), None), count) for day, count in open_since.items())]
