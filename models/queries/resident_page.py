"""One resident whole: who the person is, where they stand, and all that was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from models.entities.departures import Plan
from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Family, PartnerNumber, Resident
from models.entities.selection import CandidateDecision
from models.ids import CandidateId, FamilyId, ProgrammeId, ResidentId, StayId
from models.queries import absences, admissions, documents, joinings, photos, rooms, stays
from models.queries.absences import AbsenceRow
from models.queries.documents import DocumentRow
from models.queries.joinings import ApartRow, JoiningRow
from models.queries.photos import PhotoRow
from models.queries.residents import ResidentRow, Whereabouts, rows
from models.queries.rooms import PlacementRow
from models.queries.stays import StayRow
from models.repositories.joinings import remaining
from models.rules.residents import PersonFacts
from models.rules.time import local_date
from models.rules.vocabulary import LimitBasis
from models.rules.wording import word
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message, message


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the same family."""

    id: ResidentId
    number: str
    name: str
    relation: str
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class PartnerNumberRow:
    """The number under which a partner knows the person; empty where none is known."""

    programme_id: ProgrammeId
    programme: str
    number: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Something that was decided about a person.

    Attributes:
        on: The local date.
        what: What was decided.
        by: Who decided; empty where it was not said.
        reason: Why; empty where it was not said.
    """

    on: date
    what: Message
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResidentPage:
    """One resident, whole.

    Attributes:
        row: As the list shows the person.
        version: To be given back when the facts are changed.
        partner_numbers: Of each programme that the person is or was under, and of others that know a number.
        stays: The latest first.
        placements: Of all stays, the latest first.
        absences: Of all stays, the latest first.
        joinings: Who was found to be the same person, the latest first.
        apart: Who was found to be somebody else, the latest first.
        decisions: On the candidate, the last days of stays, reviews and departures, the latest first.
        has_record: Whether the agreement asks for what is on record of the arrival, or something is.
        photo: None where there is none, or the role sees none.
    """

    row: ResidentRow
    version: int
    family_id: FamilyId | None
    family_name: str
    relation: str
    relatives: tuple[Relative, ...]
    partner_numbers: tuple[PartnerNumberRow, ...]
    documents: tuple[DocumentRow, ...]
    stays: tuple[StayRow, ...]
    placements: tuple[PlacementRow, ...]
    absences: tuple[AbsenceRow, ...]
    joinings: tuple[JoiningRow, ...]
    apart: tuple[ApartRow, ...]
    decisions: tuple[DecisionRow, ...]
    has_record: bool
    photo: PhotoRow | None

    @property
    def facts(self) -> PersonFacts:
        """Who the person is."""
        return self.row.facts

    @property
    def stay(self) -> StayRow | None:
        """The open stay, or else the last one."""
        return self.stays[0] if self.stays else None

    @property
    def open_absence(self) -> AbsenceRow | None:
        """The absence that the person has not come back from."""
        return next((absence for absence in self.absences if absence.returned is None), None)


_PAGES = Rows(ResidentPage, Resident, family_name=func.coalesce(Family.name, ""))
_NUMBERS = Rows(PartnerNumberRow, PartnerNumber, programme=Programme.code)


def page(snapshot: Snapshot, *, resident_id: ResidentId) -> ResidentPage | None:
    """One resident whole; None where there is nobody of that number.

    Whoever was joined to another is that one: both numbers lead to one page.
    """
    snapshot.looks_at("resident", resident_id)
    resident_id = remaining(snapshot.connection, resident_id)
    person = snapshot.connection.execute(
        _PAGES.select()
        .add_columns(Resident.candidate_id)
        .outerjoin(Family, Family.id == Resident.family_id)
        .where(Resident.id == resident_id)
    ).first()
    if person is None:
        return None
    found = stays.of_resident(snapshot, resident_id=resident_id)
    return ResidentPage(
        **_PAGES.values(person),
        row=rows(snapshot, [resident_id])[0],
        relatives=_relatives(snapshot, resident_id, person.family_id),
        partner_numbers=_partner_numbers(snapshot, resident_id, found),
        documents=documents.of_resident(snapshot, resident_id=resident_id),
        stays=found,
        placements=tuple(row for stay in found for row in rooms.placements(snapshot, stay_id=stay.id)),
        absences=absences.of_stays(snapshot, stay_ids=[stay.id for stay in found]),
        joinings=joinings.of_resident(snapshot, resident_id=resident_id),
        apart=joinings.apart_of(snapshot, resident_id=resident_id),
        decisions=_decisions(snapshot, person.candidate_id, found),
        has_record=admissions.is_of_use(snapshot, [stay.id for stay in found], resident_id),
        photo=photos.of_resident(snapshot, resident_id=resident_id),
    )


def _relatives(snapshot: Snapshot, resident_id: ResidentId, family_id: FamilyId | None) -> tuple[Relative, ...]:
    if family_id is None:
        return ()
    asked = (
        select(Resident.id, Resident.relation)
        .where(Resident.family_id == family_id, Resident.id != resident_id)
        .order_by(Resident.sort_key)
    )
    relations = {row.id: row.relation for row in snapshot.connection.execute(asked)}
    found = {row.id: row for row in rows(snapshot, relations)}
    return tuple(
        Relative(id_, found[id_].number, found[id_].name, relation, found[id_].whereabouts)
        for id_, relation in relations.items()
    )


def _partner_numbers(
    snapshot: Snapshot, resident_id: ResidentId, found: Sequence[StayRow]
) -> tuple[PartnerNumberRow, ...]:
    known = snapshot.connection.execute(
        _NUMBERS.select()
        .join(Programme, Programme.id == PartnerNumber.programme_id)
        .where(PartnerNumber.resident_id == resident_id)
    )
    numbers = {row.programme_id: row for row in _NUMBERS.rows(known)}
    for stay in found:
        numbers.setdefault(stay.programme_id, PartnerNumberRow(stay.programme_id, stay.programme, ""))
    return tuple(sorted(numbers.values(), key=lambda row: row.programme))


def _decisions(
    snapshot: Snapshot, candidate_id: CandidateId | None, found: Sequence[StayRow]
) -> tuple[DecisionRow, ...]:
    made = [
        *_on_candidate(snapshot, {candidate_id, *(stay.candidate_id for stay in found)} - {None}),
        *_on_leaving(snapshot, [stay.id for stay in found]),
    ]
    for stay in found:
        decided = {  # once, though it was laid down again beyond a limit that was reckoned anew
            (limit.limit_on, limit.decided_by, limit.reason): limit for limit in reversed(stay.limits)
        }
        made += [
            DecisionRow(
                limit.valid_from, message("Last day set to {day}", day=limit.limit_on), limit.decided_by, limit.reason
            )
            for limit in decided.values()
            if limit.basis is not LimitBasis.PROGRAMME and limit.decided_by
        ]
        made += [
            DecisionRow(review.held_on, message("Review: {outcome}", outcome=review.outcome), review.held_by, "")
            for review in stay.reviews
            if review.held_on is not None
        ]
    return tuple(sorted(made, key=lambda decision: decision.on, reverse=True))


def _on_candidate(snapshot: Snapshot, candidates: Collection[CandidateId | None]) -> list[DecisionRow]:
    zone = snapshot.facility.zone
    rows = snapshot.connection.execute(
        select(
            CandidateDecision.decided_at,
            CandidateDecision.outcome,
            CandidateDecision.decided_by,
            CandidateDecision.reason,
        )
        .where(CandidateDecision.candidate_id.in_(candidates))
        .order_by(CandidateDecision.id)
    )
    return [
        DecisionRow(local_date(at, zone), message("Selection: {outcome}", outcome=word(outcome)), by, reason)
        for at, outcome, by, reason in rows
    ]


def _on_leaving(snapshot: Snapshot, stays: Collection[StayId]) -> list[DecisionRow]:
    zone = snapshot.facility.zone
    rows = snapshot.connection.execute(
        select(Plan.made_at, Plan.kind, User.name)
        .join(User, User.id == Plan.made_by)
        .where(Plan.stay_id.in_(stays))
        .order_by(Plan.id)
    )
    return [
        DecisionRow(local_date(at, zone), message("Departure planned: {kind}", kind=word(kind)), by, "")
        for at, kind, by in rows
    ]
