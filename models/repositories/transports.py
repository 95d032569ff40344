"""How a transport and those who are on it are found."""

from collections.abc import Sequence

from sqlalchemy import select

from models.entities.stays import Stay
from models.entities.transports import Passenger, Transport
from models.errors import Refused
from models.ids import CandidateId, PassengerId, StayId, TransportId
from models.store.unit_of_work import UnitOfWork


def known_transport(unit: UnitOfWork, transport_id: TransportId) -> Transport:
    """A transport by its number.

    Raises:
        Refused: It is not there any more.
    """
    row = unit.session.get(Transport, transport_id)
    if row is None:
        raise Refused("This transport is not there any more.", field="transport_id")
    return row


def passengers_of(row: Transport, passenger_ids: Sequence[PassengerId]) -> list[Passenger]:
    """Some of those who are on a transport, in this order.

    Raises:
        Refused: One of them is not on it any more.
    """
    there = {each.id: each for each in row.passengers}
    if any(one not in there for one in passenger_ids):
        raise Refused("Somebody is not on this transport any more. Look at it as it is now, then do it again.")
    return [there[one] for one in passenger_ids]


def admitted_with(unit: UnitOfWork, row: Transport) -> dict[CandidateId, StayId]:
    """Who of those who came with a transport was admitted, and the stay that began so."""
    aboard = [each.candidate_id for each in row.passengers if each.is_aboard]
    found = unit.session.execute(select(Stay.candidate_id, Stay.id).where(Stay.candidate_id.in_(aboard)))
    return {candidate_id: stay_id for candidate_id, stay_id in found if candidate_id is not None}
