"""That two residents, or a candidate and a resident, are one person; and taking that back (rules.md, Who is who)."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from models.entities.documents import Document
from models.entities.erasing import Erasure
from models.entities.photos import Photo
from models.entities.residents import Joining, PartnerNumber, Resident, ToldApart
from models.entities.selection import Candidate
from models.entities.stays import Stay, TakenBackArrival
from models.errors import Refused
from models.ids import ApartId, CandidateId, JoiningId, ResidentId
from models.repositories.admissions import ENTRIES_OF_RESIDENT
from models.repositories.alike import told_apart
from models.repositories.joinings import known_candidates
from models.repositories.limits import following
from models.repositories.residents import facts_of_resident, write_person
from models.rules.entry import needed, the_mistake
from models.rules.fields import PERSON
from models.rules.joining import Side, check_overlaps, read, together, written
from models.rules.people import DECIDES
from models.rules.stays import check_dead
from models.rules.vocabulary import DepartureKind
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_

_THEIRS: tuple[type[Any], ...] = (Stay, Document, PartnerNumber, Photo, *ENTRIES_OF_RESIDENT)
"""What becomes the one's who remains. Sealed notes stay as they are written, and are read with the rest."""
_COLUMNS = (*(field.name for field in PERSON), "family_id", "relation", "candidate_id")


@action("joinings.join", about="resident_id", roles=DECIDES, told=N_("Joined two residents who are one person"))
def join(
    unit: UnitOfWork,
    *,
    resident_id: ResidentId,
    other_id: ResidentId,
    reason: str,
    chosen: Mapping[str, Side] | None = None,
) -> JoiningId:
    """Say that two residents are one. Everything of the other becomes the first one's; both numbers lead there.

    Args:
        unit: The transaction.
        resident_id: Who remains.
        other_id: Who was entered a second time.
        reason: How it is known.
        chosen: Whose value holds, by field, where the two differ.

    Raises:
        Refused: They differ and nobody chose, their stays overlap, one is joined already or is to be erased, or there
            is no reason.
    """
    said = needed(reason, Refused("Say how it is known that they are one person.", field="reason"))
    if resident_id == other_id:
        raise Refused("Choose another person: these two are one already.", field="other_id")
    row, other = (_resident(unit, each) for each in (resident_id, other_id))
    for each in (row, other):
        _refuse_asked(unit, each)
    if _pair(row, other) in told_apart(unit.connection):
        raise Refused(
            "It was found that {number} and {other} are two persons. Take that back first, on the page of one of them.",
            field="other_id",
            number=row.number,
            other=other.number,
        )
    stays = [unit.session.scalars(select(Stay).where(Stay.resident_id == each.id)).all() for each in (row, other)]
    check_overlaps(*([stay.interval for stay in some] for some in stays), numbers=(row.number, other.number))
    every = [stay for some in stays for stay in some]
    dead = [stay.interval for stay in every if stay.departure_kind is DepartureKind.DEATH]
    check_dead(dead, (stay.interval for stay in every), field="other_id")
    facts = together(facts_of_resident(row), facts_of_resident(other), chosen or {})
    before = {name: getattr(row, name) for name in _COLUMNS}
    others = {"family_id": other.family_id, "relation": other.relation, "candidate_id": other.candidate_id}
    write_person(row, facts)
    if row.family_id is None:
        row.family_id, row.relation = other.family_id, other.relation
    other.family_id, other.relation = None, ""
    if row.candidate_id is None and other.candidate_id is not None:
        first, other.candidate_id = other.candidate_id, None
        unit.session.flush()
        row.candidate_id = first
    other.joined_into_id = row.id
    with following(unit, [row.id, other.id], said):
        moved = {entity.__tablename__: _move(unit, entity, other.id, row.id) for entity in _THEIRS}
    earlier = unit.session.scalars(select(Resident).where(Resident.joined_into_id == other.id)).all()
    for each in earlier:
        each.joined_into_id = row.id
    changed = {name for name in _COLUMNS if getattr(row, name) != before[name]}
    joining = Joining(
        resident_id=row.id,
        joined_id=other.id,
        reason=said,
        before=written(
            {name: before[name] for name in changed} | {f"other.{name}": own for name, own in others.items()}
        ),
        after=written({name: getattr(row, name) for name in changed}),
        moved={table: ",".join(map(str, numbers)) for table, numbers in moved.items()}
        | {"residents": ",".join(str(each.id) for each in earlier)},
        joined_by=unit.person.id,
        joined_at=unit.now,
    )
    unit.session.add(joining)
    unit.session.flush()
    unit.concerns("resident", {other.id})
    unit.find_anew(row, other)
    return joining.id


@action("joinings.join_candidate", about="resident_id", roles=DECIDES, told=N_("Found a candidate to be this resident"))
def join_candidate(unit: UnitOfWork, *, resident_id: ResidentId, candidate_id: CandidateId, reason: str) -> JoiningId:
    """Say that a candidate is somebody who is or was a resident: the place that is held counts no second time.

    Raises:
        Refused: The candidate has arrived, or is known already; the resident was joined to another; or no reason.
    """
    said = needed(reason, Refused("Say how it is known that they are one person.", field="reason"))
    row, candidate = _resident(unit, resident_id), unit.session.get_one(Candidate, candidate_id)
    arrived = select(Stay.id).where(Stay.candidate_id == candidate_id)
    became = select(Resident.id).where(Resident.candidate_id == candidate_id)
    if any(unit.session.scalars(each).first() is not None for each in (arrived, became)):
        raise Refused("This candidate has arrived and is a resident. Join the two residents.", field="candidate_id")
    if candidate_id in known_candidates(unit.connection):
        raise Refused("This candidate is known to be a resident already. Take that back first.", field="candidate_id")
    joining = Joining(
        resident_id=row.id,
        candidate_id=candidate.id,
        reason=said,
        before={},
        after={},
        moved={},
        joined_by=unit.person.id,
        joined_at=unit.now,
    )
    unit.session.add(joining)
    unit.session.flush()
    unit.concerns("candidate", {candidate.id})
    return joining.id


@action(
    "joinings.take_back",
    about="joining_id",
    of=Joining.resident_id,
    roles=DECIDES,
    told=N_("Took back that two are one person"),
)
def take_back(unit: UnitOfWork, *, joining_id: JoiningId, reason: str) -> None:
    """Say that two who were joined are two. What the joining changed becomes as it was; what came since stays.

    Raises:
        Refused: It was taken back already, one of them was erased or joined to somebody else since, the candidate has
            arrived since, or no reason.
    """
    said = needed(reason, Refused("Say why they are two persons.", field="reason"))
    joining = unit.session.get_one(Joining, joining_id)
    if joining.undone_at is not None:
        raise Refused("This joining was taken back already.", field="joining_id")
    if joining.joined_id is not None:
        with following(unit, [joining.resident_id, joining.joined_id], said):
            _part(unit, joining)
        unit.concerns("resident", {joining.joined_id})
    elif joining.candidate_id is not None:
        _refuse_arrived(unit, joining.candidate_id)
        unit.concerns("candidate", {joining.candidate_id})
    joining.undone_by, joining.undone_at, joining.undone_reason = unit.person.id, unit.now, said


@action("joinings.tell_apart", about="resident_id", roles=DECIDES, told=N_("Found two residents to be two persons"))
def tell_apart(unit: UnitOfWork, *, resident_id: ResidentId, other_id: ResidentId, reason: str) -> ApartId:
    """Say that two residents who look like one are two persons: they are not shown as likely the same any more.

    Args:
        unit: The transaction.
        resident_id: One of them.
        other_id: The other.
        reason: How it is known.

    Raises:
        Refused: It was said before, one is joined already or is erased, they are one, or there is no reason.
    """
    said = needed(reason, Refused("Say how it is known.", field="reason"))
    if resident_id == other_id:
        raise Refused("Choose another person: these two are one already.", field="other_id")
    row, other = (_resident(unit, each) for each in (resident_id, other_id))
    if _pair(row, other) in told_apart(unit.connection):
        raise Refused("This was settled in the meantime. Look at the page again.")
    made = ToldApart(resident_id=row.id, other_id=other.id, reason=said, settled_by=unit.person.id, settled_at=unit.now)
    unit.session.add(made)
    unit.session.flush()
    unit.concerns("resident", {other.id})
    return made.id


@action(
    "joinings.ask_again",
    about="apart_id",
    of=ToldApart.resident_id,
    roles=DECIDES,
    told=N_("Took back that two residents are two persons"),
)
def ask_again(unit: UnitOfWork, *, apart_id: ApartId, reason: str) -> None:
    """Take back that two are two persons: they are perhaps one again.

    Raises:
        Refused: It was taken back already, or there is no reason.
    """
    said = the_mistake(reason)
    made = unit.session.get(ToldApart, apart_id)
    if made is None or made.undone_at is not None:
        raise Refused("This was settled in the meantime. Look at the page again.")
    made.undone_by, made.undone_at, made.undone_reason = unit.person.id, unit.now, said
    unit.concerns("resident", {made.other_id})


def _pair(one: Resident, other: Resident) -> frozenset[str]:
    return frozenset(f"resident:{each.id}" for each in (one, other))


def _refuse_arrived(unit: UnitOfWork, candidate_id: CandidateId) -> None:
    came = select(Stay.arrived_on).where(Stay.candidate_id == candidate_id)
    arrived_on = unit.session.scalars(came).first()
    if arrived_on is not None:
        raise Refused(
            "This candidate arrived on {day} as this resident. Take that arrival back first; then it can be entered "
            "for the right person.",
            field="joining_id",
            day=arrived_on,
        )


def _still_theirs(unit: UnitOfWork, candidate_id: CandidateId | None) -> CandidateId | None:
    """The candidate whom somebody had become; None where that arrival was taken back since."""
    came = select(Stay.id).where(Stay.candidate_id == candidate_id)
    wrongly = select(TakenBackArrival.stay_id).where(TakenBackArrival.candidate_id == candidate_id)
    was_wrong = unit.session.scalars(wrongly).first() is not None and unit.session.scalars(came).first() is None
    return None if was_wrong else candidate_id


def _part(unit: UnitOfWork, joining: Joining) -> None:
    row, other = unit.session.get_one(Resident, joining.resident_id), unit.session.get_one(Resident, joining.joined_id)
    for each in (row, other):
        _refuse_erased(unit, each)
    if row.joined_into_id is not None or other.joined_into_id != row.id:
        raise Refused("One of them was joined to somebody else since. Take that back first.", field="joining_id")
    before, after = read(joining.before), read(joining.after)
    theirs = {name.removeprefix("other."): value for name, value in before.items() if name.startswith("other.")}
    for name, value in after.items():
        now = getattr(row, name)
        if now == value:  # what somebody has put right since is not written over
            setattr(row, name, before[name])
        elif isinstance(value, list):  # but of a list to which something came since goes what the joining brought
            setattr(row, name, [each for each in now if each in before[name] or each not in value])
    unit.session.flush()
    write_person(row, facts_of_resident(row))
    other.joined_into_id = None  # first: of who is joined nothing else is written
    other.family_id, other.relation = theirs["family_id"], theirs["relation"]
    if row.candidate_id != theirs["candidate_id"]:
        other.candidate_id = _still_theirs(unit, theirs["candidate_id"])
    for entity in _THEIRS:
        _move(unit, entity, row.id, other.id, _numbers(joining, entity.__tablename__))
    for each in unit.session.scalars(select(Resident).where(Resident.id.in_(_numbers(joining, "residents")))):
        each.joined_into_id = other.id
    unit.session.flush()
    unit.find_anew(row, other)


def _numbers(joining: Joining, table: str) -> list[int]:
    return [int(number) for number in joining.moved.get(table, "").split(",") if number]


def _move(
    unit: UnitOfWork, entity: type[Any], whose: ResidentId, to: ResidentId, only: Iterable[int] | None = None
) -> list[int]:
    """Have rows be another resident's, and give their numbers."""
    asked = select(entity).where(entity.resident_id == whose)
    rows = unit.session.scalars(asked if only is None else asked.where(entity.id.in_(only))).all()
    for row in rows:
        row.resident_id = to
    unit.session.flush()
    return [row.id for row in rows]


def _resident(unit: UnitOfWork, resident_id: ResidentId) -> Resident:
    row = unit.session.get_one(Resident, resident_id)
    if row.joined_into_id is not None:
        into = unit.session.get_one(Resident, row.joined_into_id)
        raise Refused(
            "{number} was joined to {into} already. Choose {into}.",
            field="other_id",
            number=row.number,
            into=into.number,
        )
    _refuse_erased(unit, row)
    return row


def _refuse_erased(unit: UnitOfWork, row: Resident) -> None:
    done = select(Erasure.id).where(Erasure.resident_id == row.id, Erasure.erased_at.is_not(None))
    if unit.session.scalars(done).first() is not None:
        raise Refused("This person was erased already.", field="resident_id")


def _refuse_asked(unit: UnitOfWork, row: Resident) -> None:
    """Refuse where somebody is to be erased: whoever asked for it meant one of the two."""
    asked = select(Erasure.id).where(Erasure.resident_id == row.id, Erasure.erased_at.is_(None))
    if unit.session.scalars(asked).first() is not None:
        raise Refused(
            "It was asked that {number} be erased. Withdraw that first, or erase them.",
            field="resident_id",
            number=row.number,
        )
