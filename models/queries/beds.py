"""What stands against a bed for somebody who is not on the roll yet, so that it is said before the admission."""

from dataclasses import replace

from sqlalchemy import Connection, func, select

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.selection import Candidate
from models.ids import BedId, CandidateId, FamilyId, ProgrammeId, ResidentId
from models.queries.rooms import Asked
from models.repositories import rooms as repository
from models.repositories.arrivals import have_come, kin_of
from models.rules import rooms as rules
from models.rules.names import display_name
from models.rules.residents import PersonFacts
from models.rules.rooms import Sleeper
from models.rules.time import Interval, Moment
from models.store.snapshot import Snapshot

_TO_BE_MADE = FamilyId(0)
"""The family of whom kin is on the list, and has not come: it is made with the arrival."""


def asked(
    snapshot: Snapshot,
    *,
    bed_id: BedId,
    programme_id: ProgrammeId | None = None,
    arrived: Moment | None = None,
    person: PersonFacts | None = None,
    candidate_id: CandidateId | None = None,
    resident_id: ResidentId | None = None,
) -> Asked:
    """What stands against giving a bed to somebody with the arrival.

    Args:
        snapshot: The reading.
        bed_id: The bed.
        programme_id: Under which the person arrives; None: as the list has it.
        arrived: When; None: now.
        person: As the form has it; None: as the list or the register has it.
        candidate_id: Who it is on a list; None: on none.
        resident_id: Who it is in the register; None: nobody. What is known there counts, and else what the form has.

    Raises:
        Refused: The bed is not there.
    """
    connection, moment = snapshot.connection, arrived or Moment.of(snapshot.now, snapshot.facility.zone)
    to = repository.wanted(connection, bed_id)
    who = _newcomer(connection, programme_id, person, candidate_id, resident_id)
    there = repository.sharers(connection, bed_id, Interval(moment), without=())
    objections = rules.objections(who, to, there, on=moment.on)
    said = {each.said.text for each in objections}
    concerns = rules.concerns(who, there, (), room=to.room, on=moment.on, kind=to.kind)
    return Asked(rules.once(objections), rules.once(each for each in concerns if each.text not in said))


def _newcomer(
    connection: Connection,
    programme_id: ProgrammeId | None,
    person: PersonFacts | None,
    candidate_id: CandidateId | None,
    resident_id: ResidentId | None,
) -> Sleeper:
    who = Sleeper("–")
    if resident_id is not None:
        who = _resident(connection, resident_id)
    elif candidate_id is not None:
        who = _candidate(connection, candidate_id)
    if person is not None and resident_id is None:
        name = display_name(person.family_name, person.given_names, who.name)
        who = replace(who, name=name, sex=person.sex, birth=person.birth)
    elif person is not None:  # what the register knows is added to, never written over
        who = replace(who, sex=who.sex or person.sex, birth=who.birth or person.birth)
    if programme_id is not None:
        regime = select(Programme.regime).where(Programme.id == programme_id)
        who = replace(who, regime=connection.execute(regime).scalar_one())
    who = replace(who, family_id=who.family_id or _family_of(connection, candidate_id))
    (with_needs,) = repository.with_needs(connection, [who])
    return with_needs


def _resident(connection: Connection, resident_id: ResidentId) -> Sleeper:
    named = (Resident.family_name, Resident.given_names, Resident.number)
    asked_for = select(*named, Resident.sex, Resident.birth, Resident.family_id).where(Resident.id == resident_id)
    family, given, number, sex, birth, family_id = connection.execute(asked_for).one()
    return Sleeper(display_name(family, given, number), sex, birth, family_id, resident_id=resident_id)


def _candidate(connection: Connection, candidate_id: CandidateId) -> Sleeper:
    named = (Candidate.family_name, Candidate.given_names, Candidate.partner_number)
    asked_for = (
        select(*named, Candidate.sex, Candidate.birth, Programme.regime)
        .join(Programme, Programme.id == Candidate.programme_id)
        .where(Candidate.id == candidate_id)
    )
    family, given, number, sex, birth, regime = connection.execute(asked_for).one()
    return Sleeper(display_name(family, given, number) or "–", sex, birth, regime=regime)


def _family_of(connection: Connection, candidate_id: CandidateId | None) -> FamilyId | None:
    """Into which family a candidate is put with the arrival (`models.actions.arrivals.join_kin`)."""
    kin = connection.scalars(kin_of(candidate_id)).all() if candidate_id is not None else ()
    if not kin:
        return None
    family_id = connection.scalar(select(func.min(Resident.family_id)).where(have_come(kin)))
    return _TO_BE_MADE if family_id is None else family_id
