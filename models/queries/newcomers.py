"""Those who have just come: for their cards, and for whoever watches over their first night."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select

from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay
from models.entities.transports import Passenger
from models.errors import Refused
from models.ids import ResidentId, TransportId
from models.queries import admission_papers, needs, photos, transports
from models.queries.admission_papers import AdmissionFacts
from models.repositories.residents import NAME
from models.repositories.stays import last_stay, limit_on
from models.rules import rooms as rules
from models.rules.birth import BirthDate
from models.rules.sorting import sort_key
from models.rules.time import Moment, local_date
from models.rules.vocabulary import NeedKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message

_BEFORE = timedelta(hours=12)
"""Whoever came within so many hours before has come tonight; then to the beginning of that day."""
_OF_NIGHT = (
    NeedKind.HELP_TO_LEAVE,
    NeedKind.ACCESSIBLE_BED,
    NeedKind.CRIB,
    NeedKind.NOT_SHARED,
    NeedKind.SEPARATE_FROM,
    NeedKind.INTERPRETER,
    NeedKind.DIET,
)
"""What whoever is on duty at night is told; nothing of it is sealed."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """What stands on the card of somebody: neither where they come from nor why they are here.

    Attributes:
        number: Of the facility; the code of the card says it too.
        valid_until: The last day of the stay; None: until the departure.
        photo: As JPEG; None where there is none.
    """

    resident_id: ResidentId
    number: str
    family_name: str
    given_names: str
    own_script: str
    valid_until: date | None
    photo: bytes | None


@dataclass(frozen=True, slots=True)
class NewcomerRow:
    """Somebody in their first night.

    Attributes:
        room: None, as `building` and `bed`, where the person has no bed.
        languages: Their codes.
        needs: Those that may be told to whoever is on duty.
    """

    resident_id: ResidentId
    number: str
    name: str
    birth: BirthDate | None
    arrived: Moment
    building: str | None
    room: str | None
    bed: str | None
    languages: tuple[str, ...]
    needs: tuple[NeedKind, ...]


@dataclass(frozen=True, slots=True)
class FirstNight:
    """Who has come since a day, room by room."""

    since: date
    zone: ZoneInfo
    rows: tuple[NewcomerRow, ...]


_CARDS = Rows(CardRow, Resident, resident_id=Resident.id)
_ROWS = Rows(
    NewcomerRow,
    Resident,
    Stay,
    resident_id=Resident.id,
    name=NAME,
    building=Room.building,
    room=Room.name,
    bed=Bed.name,
)


def cards(
    snapshot: Snapshot,
    *,
    resident_id: ResidentId | None = None,
    transport_id: TransportId | None = None,
    from_on: date | None = None,
) -> tuple[CardRow, ...]:
    """The cards of those on the roll: of one person, of those of a transport, or of all who have come since a day.

    Args:
        snapshot: The reading.
        resident_id: Whose card; None: of several.
        transport_id: Of whom; None: of all.
        from_on: Since when they came; None: since the last night.

    Raises:
        Refused: The one person is not on the roll.
    """
    those = _came(snapshot, transport_id, from_on) if resident_id is None else Resident.id == resident_id
    found = snapshot.connection.execute(
        _CARDS.select()
        .add_columns(limit_on(snapshot.today).label("limit"))
        .join(Stay, and_(Stay.resident_id == Resident.id, Stay.id == last_stay()))
        .where(Stay.departed_on.is_(None), those)
        .order_by(Resident.sort_key, Resident.id)
    ).all()
    if resident_id is not None and not found:
        raise Refused(
            "A card is for somebody on the roll, and this person is not. Register the arrival of whoever came back.",
            field="resident_id",
        )
    faces = photos.of_residents(snapshot, resident_ids=[row.resident_id for row in found])
    return tuple(
        CardRow(**_CARDS.values(row), valid_until=row.limit, photo=faces.get(row.resident_id)) for row in found
    )


def first_night(
    snapshot: Snapshot, *, transport_id: TransportId | None = None, from_on: date | None = None
) -> FirstNight:
    """Who has come tonight, room by room, with what whoever is on duty is to know.

    Args:
        snapshot: The reading.
        transport_id: Only those of a transport; None: all.
        from_on: Since when they came; None: since the last night.
    """
    found = snapshot.connection.execute(
        _ROWS.select()
        .join(Stay, Stay.resident_id == Resident.id)
        .outerjoin(Placement, and_(Placement.stay_id == Stay.id, Placement.until_on.is_(None)))
        .outerjoin(Bed, Bed.id == Placement.bed_id)
        .outerjoin(Room, Room.id == Bed.room_id)
        .where(Stay.departed_on.is_(None), _came(snapshot, transport_id, from_on))
    )
    told = needs.by_resident(snapshot, _OF_NIGHT)
    rows = [NewcomerRow(**_ROWS.values(row), needs=tuple(told.get(row.resident_id, ()))) for row in found]
    language = snapshot.facility.language

    def order(row: NewcomerRow) -> tuple[object, ...]:
        place = [rules.natural(part or "", language) for part in (row.building, row.room, row.bed)]
        return (row.room is None, *place, sort_key(row.name, language), row.number)

    return FirstNight(_since(snapshot, from_on), snapshot.facility.zone, tuple(sorted(rows, key=order)))


def _since(snapshot: Snapshot, from_on: date | None) -> date:
    return from_on or local_date(snapshot.now - _BEFORE, snapshot.facility.zone)


def _came(snapshot: Snapshot, transport_id: TransportId | None, from_on: date | None) -> ColumnElement[bool]:
    """SQL: whether the `Stay` began with a transport, or since a day."""
    if transport_id is None:
        return Stay.arrived_on >= _since(snapshot, from_on)
    aboard = select(Passenger.candidate_id).where(Passenger.transport_id == transport_id, Passenger.is_aboard.is_(True))
    return Stay.candidate_id.in_(aboard)


@dataclass(frozen=True, slots=True)
class TransportPapers:
    """All that is printed in one go for those of a transport.

    Attributes:
        transport: How it is called.
        cards: Of its people who are on the roll.
        first_night: They, room by room.
        sheets: One for each of them.
    """

    transport: Message
    cards: tuple[CardRow, ...]
    first_night: FirstNight
    sheets: tuple[AdmissionFacts, ...]


def transport_papers(snapshot: Snapshot, *, transport_id: TransportId) -> TransportPapers:
    """The sheet of the first night, the admission sheets and the cards of those of a transport who are on the roll.

    Raises:
        Refused: There is no such transport.
    """
    transport = transports.one(snapshot, transport_id=transport_id)
    those = cards(snapshot, transport_id=transport_id)
    return TransportPapers(
        transports.name_of(transport),
        those,
        first_night(snapshot, transport_id=transport_id),
        tuple(admission_papers.of_resident(snapshot, resident_id=each.resident_id) for each in those),
    )
