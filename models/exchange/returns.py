"""Whose limit goes on of those whom a file brings in again: after going, or where all stays are summed."""

from collections.abc import Mapping, Sequence, Set

from models.entities.programmes import Programme
from models.exchange.stays_file import StayLine
from models.ids import ResidentId
from models.repositories.limits import earlier_of
from models.rules.limits import EarlierStay, GoesOn, limit_after, limit_of_return
from models.rules.vocabulary import DepartureKind
from models.store.unit_of_work import UnitOfWork


def limits_that_go_on(
    unit: UnitOfWork, programme: Programme, people: Mapping[ResidentId, Sequence[StayLine]], changing: Set[int]
) -> dict[int, GoesOn]:
    """The limits that go on, by the number of the row; all other stays begin one of their own (rules.md, Limits).

    Args:
        unit: The transaction.
        programme: Under which all of them stay.
        people: The rows of each.
        changing: The numbers of those that change a stay of the register: all others come in.
    """
    before = earlier_of(unit, programme.id, list(people))
    found: dict[int, GoesOn] = {}
    for who, lines in people.items():
        if len(lines) == 1 and who not in before:
            continue
        stays = [line for line in lines if line.row_number not in changing]
        known = before.get(who, [])
        for line in sorted(stays, key=lambda stay: stay.arrived.on):
            last = max(
                (each for each in known if each.departed_on <= line.arrived.on),
                key=lambda each: each.departed_on,
                default=None,
            )
            going_on = limit_of_return(last, line.arrived.on, journey_failed=False, sums_stays=programme.sums_stays)
            if going_on is not None:
                found[line.row_number] = going_on
            if line.departed is not None:
                known.append(_as_earlier(programme, line, going_on))
    return found


def _as_earlier(programme: Programme, line: StayLine, going_on: GoesOn | None) -> EarlierStay:
    own = limit_after(programme.limit_rule, programme.limit_amount, line.arrived.on)
    first, limit_on = (line.arrived.on, own) if going_on is None else going_on
    assert line.departed is not None
    return EarlierStay(first, line.departed.on, line.departure_kind or DepartureKind.NOT_RECORDED, limit_on)
