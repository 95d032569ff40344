"""Who is on a transport: what is known and open of each, what has to be decided first, and the bed that is proposed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.selection import Candidate, ProposedList
from models.entities.stays import Stay
from models.entities.transports import Passenger
from models.ids import BedId, CandidateId, FamilyId, ListId, PassengerId, ResidentId, RoomId, StayId, TransportId
from models.queries import arrivals, needs, transports
from models.queries.candidates import AlikeRow, alike_rows
from models.queries.rooms import free_beds
from models.queries.selection import likes
from models.queries.transports import TransportRow
from models.repositories.residents import document_of, person_of
from models.rules import beds, rooms
from models.rules import transports as rules
from models.rules.beds import FreeBed, Guest, Space
from models.rules.birth import BirthDate, may_be_child
from models.rules.needs import ROOM_NEEDS
from models.rules.residents import PersonFacts, missing_facts
from models.rules.rooms import CRIB_UNTIL
from models.rules.time import Moment
from models.rules.transports import Stage
from models.rules.vocabulary import NeedKind, Regime, RoomKind, Sex
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message


@dataclass(frozen=True, slots=True)
class BedShown:
    """A bed that somebody on a transport is to get."""

    id: BedId
    building: str
    room: str
    bed: str
    kind: RoomKind | None


@dataclass(frozen=True, slots=True)
class PassengerRow:
    """Somebody on a transport.

    Attributes:
        own: When the person arrived, where that is another hour than that of the transport.
        bed: The bed that was chosen, or is proposed; None: none.
        is_child: What was decided where the age was in doubt, and `decided_why`; None: nothing.
        known: How many of the facts that an arrival asks for are known, and of how many.
        open: What stays to be entered after the arrival; it keeps nobody out.
        bed: The bed that the person is to get.
        lost_bed: The bed that somebody chose and that cannot be given any more, taken or out of use by now; `bed` is
            proposed in its stead. Empty: there is none such.
        decisions: What has to be decided before.
        objections: What stands against the admission.
        alike: Who may be the same person, by what they are called in the register.
        age_in_doubt: Whether it is to be decided if the person is a child.
        same_as: The number of the resident whom somebody has found the person to be.
        became: The number of the resident whom the person has become.
    """

    id: PassengerId
    candidate_id: CandidateId
    list_code: str
    partner_number: str
    family_name: str
    given_names: str
    own_script: str
    sex: Sex | None
    birth: BirthDate | None
    family_group: str
    relation: str
    is_aboard: bool | None
    stage: Stage
    own: Moment | None
    bed: BedShown | None
    bed_is_chosen: bool
    lost_bed: str
    version: int
    needs_accessible: bool
    not_shared: bool
    is_child: bool | None
    decided_why: str
    known: tuple[int, int]
    open: tuple[Message, ...]
    decisions: tuple[Message, ...]
    objections: tuple[Message, ...]
    alike: tuple[str, ...]
    told_apart: tuple[str, ...]
    age_in_doubt: bool
    same_id: ResidentId | None
    same_as: str
    became_id: ResidentId | None
    stay_id: StayId | None
    became: str

    @property
    def is_to_decide(self) -> bool:
        """Whether something is to be settled before the admission; that can be done before the transport has come."""
        return self.stage in (Stage.EXPECTED, Stage.TO_DECIDE) and bool(self.decisions or self.objections)


@dataclass(frozen=True, slots=True)
class TransportWhole:
    """A transport with all who are on it, in the order of their lists."""

    row: TransportRow
    people: tuple[PassengerRow, ...]

    @property
    def ready(self) -> tuple[PassengerRow, ...]:
        """Who can be admitted as they stand."""
        return self.at(Stage.READY)

    def at(self, stage: Stage) -> tuple[PassengerRow, ...]:
        """Who stands at a stage."""
        return tuple(each for each in self.people if each.stage is stage)


_ROWS = Rows(
    PassengerRow,
    Passenger,
    Candidate,
    ProposedList,
    list_code=ProposedList.code,
    same_id=Passenger.resident_id,
    same_as=func.coalesce(Resident.number, ""),
)
Found = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Came:
    stay_id: StayId
    resident_id: ResidentId
    number: str


def whole(snapshot: Snapshot, *, transport_id: TransportId) -> TransportWhole:
    """A transport with all who are on it, what is open of each, and the bed that each is proposed.

    Raises:
        Refused: It is not there.
    """
    transport = transports.one(snapshot, transport_id=transport_id)
    moment = transport.came or transport.expected
    on = moment.on
    found = _found(snapshot, transport_id)
    candidates = [row.candidate_id for row in found]
    came = _admitted(snapshot, candidates)
    against = _objections(snapshot, [row for row in found if row.candidate_id not in came], moment)
    open_yet = _open(snapshot, candidates)
    alike = likes(snapshot, candidates)
    people: list[PassengerRow] = []
    for row in found:
        subjects = tuple(like.subject for like in alike.get(row.candidate_id, ()))
        one = came.get(row.candidate_id)
        values = _ROWS.values(row)
        day = (values["own"] or moment).on
        missing, asked = open_yet[row.candidate_id]
        decisions = (
            ()
            if one
            else rules.to_decide(
                row.birth,
                day,
                decided=row.is_child,
                alike=() if row.same_id else subjects,
                told_apart=row.told_apart,
            )
        )
        objections = against.get(row.candidate_id, ())
        people.append(
            PassengerRow(
                **values,
                stage=rules.stage_of(
                    is_aboard=row.is_aboard, has_arrived=one is not None, decisions=decisions, objections=objections
                ),
                bed=None,
                lost_bed="",
                known=(asked - len(missing), asked),
                open=missing,
                decisions=decisions,
                objections=objections,
                alike=subjects,
                age_in_doubt=rules.is_age_in_doubt(row.birth, day, row.is_child),
                became_id=None if one is None else one.resident_id,
                stay_id=None if one is None else one.stay_id,
                became="" if one is None else one.number,
            )
        )
    shown, lost = _beds(snapshot, found, people, on)
    return TransportWhole(
        transport,
        tuple(replace(each, bed=shown.get(each.id), lost_bed=lost.get(each.id, "")) for each in people),
    )


def _found(snapshot: Snapshot, transport_id: TransportId) -> Sequence[Found]:
    return snapshot.connection.execute(
        _ROWS.select()
        .add_columns(Candidate.programme_id, Candidate.list_id, Programme.regime, Passenger.bed_id)
        .join(Candidate, Candidate.id == Passenger.candidate_id)
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .join(Programme, Programme.id == Candidate.programme_id)
        .outerjoin(Resident, Resident.id == Passenger.resident_id)
        .where(Passenger.transport_id == transport_id)
        .order_by(Candidate.list_id, Candidate.row_number)
    ).all()


def _admitted(snapshot: Snapshot, candidates: Sequence[CandidateId]) -> Mapping[CandidateId, _Came]:
    """Who has arrived, with this transport or on another way."""
    rows = snapshot.connection.execute(
        select(Stay.candidate_id, Stay.id, Stay.resident_id, Resident.number)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(Stay.candidate_id.in_(candidates))
    )
    return {row.candidate_id: _Came(row.id, row.resident_id, row.number) for row in rows}


def _open(
    snapshot: Snapshot, candidates: Sequence[CandidateId]
) -> Mapping[CandidateId, tuple[tuple[Message, ...], int]]:
    """What is not known of each, and of how many facts."""
    asked = len(missing_facts(PersonFacts(), ()))
    with Session(snapshot.connection) as session:
        found = session.scalars(select(Candidate).where(Candidate.id.in_(candidates)))
        return {
            each.id: (missing_facts(person_of(each), () if (paper := document_of(each)) is None else (paper,)), asked)
            for each in found
        }


def _objections(snapshot: Snapshot, waiting: Sequence[Found], on: Moment) -> Mapping[CandidateId, tuple[Message, ...]]:
    """What stands against the admission of each, as the admission itself finds it."""
    return {
        row.candidate_id: arrivals.objections(
            snapshot,
            programme_id=row.programme_id,
            arrived=_ROWS.values(row)["own"] or on,
            candidate_id=row.candidate_id,
            resident_id=row.same_id,
        )
        for row in waiting
    }


# -- beds -------------------------------------------------------------------------------------------------------------


def _beds(
    snapshot: Snapshot, found: Sequence[Found], people: Sequence[PassengerRow], on: date
) -> tuple[Mapping[PassengerId, BedShown], Mapping[PassengerId, str]]:
    """The bed that each who is to be admitted was given by hand, or is proposed; and the chosen that are lost."""
    free, spaces = _spaces(snapshot, on)
    families = _families(snapshot, found)
    chosen: dict[PassengerId, BedId | None] = {}
    lost: dict[PassengerId, BedId] = {}
    guests: list[Guest] = []
    told = needs.by_resident(snapshot, ROOM_NEEDS)
    for row, each in zip(found, people, strict=True):
        if each.stage in (Stage.ADMITTED, Stage.NOT_COME):
            continue
        known = told.get(each.same_id, ()) if each.same_id is not None else ()
        guest = _guest(row, families.get((row.list_id, row.family_group)), known, on)
        if each.bed_is_chosen and row.bed_id is not None and row.bed_id not in free:
            lost[each.id] = row.bed_id
        if each.bed_is_chosen and each.id not in lost:
            chosen[each.id] = row.bed_id
            if row.bed_id in free:
                room_id = free[row.bed_id][0]
                spaces[room_id] = spaces[room_id].taken_by(guest, row.bed_id)
        elif not each.age_in_doubt or guest.family is not None:
            guests.append(guest)
    proposed = beds.propose(guests, [*spaces.values()])
    shown = {
        each.id: free[bed][1]
        for each in people
        if (bed := chosen.get(each.id, proposed.get(each.id))) is not None and bed in free
    }
    called = _called(snapshot, lost.values())
    return shown, {each: called[bed] for each, bed in lost.items()}


def _called(snapshot: Snapshot, which: Collection[BedId]) -> Mapping[BedId, str]:
    """What beds are called, whether they can be given or not."""
    rows = snapshot.connection.execute(
        select(Bed.id, Bed.name, Room.building, Room.name.label("room"))
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.id.in_(which))
    )
    return {row.id: rooms.short_name(row.building, row.room, row.name) for row in rows}


def _guest(row: Found, family_id: FamilyId | None, known: Collection[NeedKind], on: date) -> Guest:
    group = (row.list_id, row.family_group) if row.family_group else None
    return Guest(
        row.id,
        row.sex,
        is_child=rules.counts_as_child(row.birth, on, row.is_child),
        family=family_id or group,
        is_detained=row.regime is Regime.DETAINED,
        needs_accessible=row.needs_accessible or NeedKind.ACCESSIBLE_BED in known,
        not_shared=row.not_shared or NeedKind.NOT_SHARED in known,
        fits_crib=row.birth is not None and row.birth.age(on) < CRIB_UNTIL,
    )


def _families(snapshot: Snapshot, found: Sequence[Found]) -> Mapping[tuple[ListId, str], FamilyId]:
    """The families in the house whose members came of the same group of a list."""
    lists = {row.list_id for row in found}
    rows = snapshot.connection.execute(
        select(Candidate.list_id, Candidate.family_group, Resident.family_id)
        .join(Stay, Stay.candidate_id == Candidate.id)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(Candidate.list_id.in_(lists), Candidate.family_group != "", Resident.family_id.is_not(None))
    )
    return {(row.list_id, row.family_group): row.family_id for row in rows}


def _spaces(snapshot: Snapshot, on: date) -> tuple[dict[BedId, tuple[RoomId, BedShown]], dict[RoomId, Space]]:
    """The beds that can be given, and the rooms as they fill, in the order of the house."""
    shown: dict[BedId, tuple[RoomId, BedShown]] = {}
    told = needs.by_resident(snapshot, [NeedKind.NOT_SHARED])
    spaces: dict[RoomId, Space] = {}
    for bed in free_beds(snapshot):
        shown[bed.bed_id] = (
            bed.room_id,
            BedShown(bed.bed_id, bed.building, bed.room, bed.name, bed.room_kind),
        )
        space = spaces.get(bed.room_id, Space(bed.room_kind))
        spaces[bed.room_id] = replace(space, free=(*space.free, FreeBed(bed.bed_id, bed.kind)))
    sleepers = snapshot.connection.execute(
        select(
            Stay.id, Stay.resident_id, Bed.room_id, Resident.sex, Resident.birth, Resident.family_id, Programme.regime
        )
        .join(Placement, Placement.stay_id == Stay.id)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .where(Placement.until_on.is_(None))
    )
    for row in sleepers:
        if row.room_id in spaces:
            is_child = may_be_child(row.birth, on)
            is_detained = row.regime is Regime.DETAINED
            not_shared = NeedKind.NOT_SHARED in told.get(row.resident_id, ())
            guest = Guest(("stay", row.id), row.sex, is_child, row.family_id, is_detained, not_shared=not_shared)
            spaces[row.room_id] = spaces[row.room_id].taken_by(guest, None)
    return shown, spaces


def alike(snapshot: Snapshot, *, candidate_id: CandidateId) -> tuple[AlikeRow, ...]:
    """Who of the register may be the same person as somebody on a transport, the likeliest first."""
    return alike_rows(snapshot, likes(snapshot, [candidate_id]).get(candidate_id, ()))


def free(snapshot: Snapshot, *, transport_id: TransportId) -> tuple[BedShown, ...]:
    """The beds that can be given now and that nobody else on the transport is to get."""
    taken = {each.bed.id for each in whole(snapshot, transport_id=transport_id).people if each.bed is not None}
    shown, _spaces_of = _spaces(snapshot, snapshot.today)
    return tuple(bed for _room, bed in shown.values() if bed.id not in taken)
