"""What a clerk enters about a stay: the arrival, its limit, its reviews, and what was wrong about it."""

from collections.abc import Sequence
from datetime import date

from models.actions import arrivals
from models.entities.admissions import Admission, ArrivalDraft
from models.entities.photos import Photo
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.selection import Candidate
from models.entities.stays import Review, Stay
from models.errors import Refused
from models.ids import ArrivalDraftId, BedId, CandidateId, ProgrammeId, ResidentId, StayId
from models.repositories import filled_in, rooms
from models.repositories.admissions import let_wait
from models.repositories.arrivals import correct_arrival, last_day, objections, returning
from models.repositories.joinings import known_candidates
from models.repositories.limits import NewLimit, earlier, following, set_limit
from models.rules import stays as rules
from models.rules.entry import needed
from models.rules.kept import stored
from models.rules.limits import GoesOn, limit_after
from models.rules.people import DECIDES, DESK
from models.rules.photos import checked_photo
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.time import Moment
from models.rules.vocabulary import LimitBasis
from models.store.declaring import Declared, action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, message

ADMIT_EMERGENCY = Declared(name="stays.admit_emergency", roles=DECIDES)
"""Who admits for good where something stands against the arrival (rules.md, Places).

Decided beside the rule: a clerk who is alone at night registers it provisionally. Until a supervisor countersigns it or
takes it back it is flagged as provisional, and it cannot be put in order before.
"""


@action("stays.admit", about=("candidate_id", "resident_id"), roles=DESK, told=N_("Registered the arrival"))
def admit(
    unit: UnitOfWork,
    *,
    programme_id: ProgrammeId,
    arrived: Moment,
    candidate_id: CandidateId | None = None,
    resident_id: ResidentId | None = None,
    person: PersonFacts | None = None,
    documents: Sequence[DocumentFacts] = (),
    bed_id: BedId | None = None,
    bed_reason: str = "",
    fixed_limit: date | None = None,
    notes: str = "",
    emergency_reason: str = "",
    journey_failed: bool = False,
    photo: bytes | None = None,
    draft_id: ArrivalDraftId | None = None,
    waiting: Sequence[str] = (),
) -> StayId:
    """Admit a person: an accepted candidate, somebody who comes back, or an emergency arrival (rules.md, Places).

    Args:
        unit: The transaction.
        programme_id: Under which agreement.
        arrived: When; never in the future.
        candidate_id: Who it is on the proposed list.
        resident_id: Who it is in the register already; what is known of them is added to, never written over.
        person: Who it is; None: as the list says, or as the register says.
        documents: The papers that the person brings; those that the register knows are not entered twice.
        bed_id: The bed from the arrival on.
        bed_reason: Why this bed; as the reason of `rooms.place`.
        fixed_limit: The last day of the stay, where a date replaces the days or months of the programme. Where the
            programme limits stays by a date and none is given, the release date of the list is taken.
        notes: Needs and whatever else is worth knowing, in free words: kept as a sealed note.
        journey_failed: Whether somebody who departed comes back because the journey failed: the limit then goes on, as
            it does after an escape and after leaving on one's own.
        photo: As `actions.photos.put` takes it.
        draft_id: The half-entered arrival that this finishes: nothing is left of it.
        waiting: What was typed of the arrival before, each as JSON: it waits until it is entered, or dropped.
        emergency_reason: Why the person is admitted although something stands against it. The stay is then flagged
            with all that stands against it, until it is cured; of who may not decide so it is provisional, until a
            supervisor countersigns it or takes it back.

    Raises:
        Refused: Something stands against the admission and it is no emergency: all of it, each in a sentence. Or what
            was entered cannot be, with the field that is at fault; or somebody else has finished the draft.
    """
    if resident_id is None and candidate_id is not None:
        resident_id = known_candidates(unit.connection).get(candidate_id)
    programme = unit.session.get_one(Programme, programme_id)
    candidate = None if candidate_id is None else unit.session.get_one(Candidate, candidate_id)
    known = None if resident_id is None else unit.session.get_one(Resident, resident_id)
    rules.check_arrival(arrived, unit.moment)
    arrivals.check_who(unit, programme, candidate, known, person)
    rules.check_fixed_limit(arrived.on, last_day(programme, fixed_limit, candidate, None))
    going_on = returning(unit.session, known, programme, arrived, journey_failed=journey_failed)
    fixed_limit = last_day(programme, fixed_limit, candidate, going_on)
    against = objections(unit.session, unit.today, programme, candidate, known, arrived, fixed_limit)
    reason = emergency_reason.strip()
    if against and not reason:
        raise _not_admitted(against)
    before = None if known is None else filled_in.known(unit, known)
    resident = arrivals.take_in(unit, candidate, known, person, documents, notes)
    arrivals.set_partner_number(unit, resident, programme_id, arrivals.facts_of(candidate, person))
    stay = Stay(
        resident_id=resident.id,
        programme_id=programme_id,
        candidate_id=candidate_id,
        arrived=arrived,
        departure_facts={},
        journey_failed=journey_failed,
        emergency_reasons=stored([message("Emergency arrival: {reason}", reason=reason), *against]) if against else [],
        is_provisional=bool(against) and not unit.person.may(ADMIT_EMERGENCY),
    )
    unit.session.add(stay)
    if photo is not None:
        image = checked_photo(photo)
        unit.session.add(Photo(resident_id=resident.id, image=image, entered_by=unit.person.id, entered_at=unit.now))
    _finish_draft(unit, draft_id)
    unit.session.flush()
    unit.about("stay", stay.id)
    let_wait(unit, stay.id, waiting)
    if programme.arrival_steps:
        unit.session.add(Admission(stay_id=stay.id, required=list(programme.arrival_steps)))
    _set_first_limit(unit, stay, programme, fixed_limit, going_on)
    if candidate is not None:
        arrivals.join_kin(unit, resident, candidate)
    if before is not None:
        filled_in.keep(unit, stay, before)
    if bed_id is not None:
        rooms.check(unit, [rooms.give(unit, stay, bed_id, arrived, reason=bed_reason)], bed_reason, field="bed_reason")
    return stay.id


def _finish_draft(unit: UnitOfWork, draft_id: ArrivalDraftId | None) -> None:
    """Leave nothing of what was half entered; whoever finished it first has registered the person."""
    if draft_id is None:
        return
    draft = unit.session.get(ArrivalDraft, draft_id)
    if draft is None:
        raise Refused(
            "This arrival was finished or dropped meanwhile. Look whether the person is registered; if not, admit once "
            "more.",
            field="draft_id",
        )
    unit.session.delete(draft)


def _not_admitted(against: Sequence[Message]) -> Refused:
    return Refused(
        "This person cannot be admitted. Put right what stands against it, or say why it is an emergency.",
        field="emergency_reason",
        reasons=against,
    )


def _set_first_limit(
    unit: UnitOfWork, stay: Stay, programme: Programme, fixed_limit: date | None, going_on: GoesOn | None
) -> None:
    if going_on is not None and fixed_limit in (None, going_on.limit_on):
        stay.counted_from = going_on.counted_from
        set_limit(unit, stay, NewLimit(going_on.limit_on, LimitBasis.CONTINUED, stay.arrived_on))
        return
    limit_on = limit_after(programme.limit_rule, programme.limit_amount, stay.arrived_on, fixed_date=fixed_limit)
    if limit_on is None:
        return
    basis = LimitBasis.PROGRAMME if fixed_limit is None else LimitBasis.FIXED_DATE
    set_limit(unit, stay, NewLimit(limit_on, basis, stay.arrived_on))


@action("stays.extend", about="stay_id", roles=DECIDES, told=N_("Extended the stay"))
def extend(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    until: date,
    reason: str,
    decided_by: str,
    authority: str,
    valid_from: date | None = None,
) -> int:
    """Let a stay last longer: a new limit takes the place of the old one, which stays to be read (rules.md, Limits).

    Args:
        unit: The transaction.
        stay_id: The stay; of one that is over it is put right what held.
        until: The new last day.
        reason: Why.
        decided_by: Who decided.
        authority: On what authority: the decision's number, the article of the agreement.
        valid_from: The local date from which it holds; None: today, or the day on which the stay ended.

    Returns:
        The number of the decision.

    Raises:
        Refused: It does not extend, or a text is missing; with the field that is at fault.
    """
    stay = unit.session.get_one(Stay, stay_id)
    since = valid_from or stay.departed_on or unit.today
    new = _decided(LimitBasis.EXTENSION, until, since, reason, decided_by, authority)
    rules.check_extension(stay.interval, _current(stay), until=until, valid_from=new.valid_from, today=unit.today)
    with following(unit, [stay.resident_id], new.reason):
        set_limit(unit, stay, new)
    return stay.limits[-1].id


@action("stays.fix_limit", about="stay_id", roles=DECIDES, told=N_("Set the last day of the stay"))
def fix_limit(
    unit: UnitOfWork,
    *,
    stay_id: StayId,
    until: date,
    reason: str,
    decided_by: str,
    authority: str,
    valid_from: date | None = None,
) -> int:
    """Set the last day of a stay to a date that another decision lays down, such as a release date, later or earlier.

    Args:
        unit: The transaction.
        stay_id: The stay; of one that is over it is put right what held.
        until: The last day.
        reason: Why it is set, or set anew.
        decided_by: Who decided.
        authority: On what authority: the decision's number, the article of the agreement.
        valid_from: The local date from which it holds; None: today, or the day on which the stay ended.

    Returns:
        The number of the decision.

    Raises:
        Refused: The day cannot be, or a text is missing; with the field that is at fault.
    """
    stay = unit.session.get_one(Stay, stay_id)
    since = valid_from or stay.departed_on or unit.today
    new = _decided(LimitBasis.FIXED_DATE, until, since, reason, decided_by, authority)
    rules.check_fixed_date(stay.interval, _current(stay), limit_on=until, valid_from=new.valid_from, today=unit.today)
    with following(unit, [stay.resident_id], new.reason):
        set_limit(unit, stay, new)
    return stay.limits[-1].id


def _current(stay: Stay) -> date | None:
    """The last day that another takes the place of: of a stay that is over the one that held when it ended.

    A decision for a later day, which never held, does not stand in the way of what did.
    """
    ended = earlier(stay)
    return stay.limit_on if ended is None else ended.limit_on


def _decided(
    basis: LimitBasis, until: date, valid_from: date, reason: str, decided_by: str, authority: str
) -> NewLimit:
    return NewLimit(
        until,
        basis,
        valid_from,
        needed(reason, Refused("Say why the last day changes.", field="reason")),
        needed(decided_by, Refused("Say who decided.", field="decided_by")),
        needed(
            authority,
            Refused("Say on what authority: the number of the decision, or the article.", field="authority"),
        ),
    )


@action("stays.cure_emergency", about="stay_id", roles=DECIDES, told=N_("Put the emergency arrival in order"))
def cure_emergency(unit: UnitOfWork, *, stay_id: StayId, note: str) -> None:
    """Say that an emergency arrival has been put in order; why it was one stays to be read.

    Raises:
        Refused: It was none, it was put in order before, or there is no note.
    """
    stay = unit.session.get_one(Stay, stay_id)
    said = needed(note, Refused("Say how it was put in order.", field="note"))
    if not stay.emergency_reasons:
        raise Refused("This was no emergency arrival.", field="note")
    if stay.cured_at is not None:
        raise Refused("This emergency arrival was put in order already.", field="note")
    if stay.is_provisional and stay.countersigned_at is None:
        raise Refused("This arrival is provisional. Countersign it first, or take it back.", field="note")
    stay.cured_at = unit.now
    stay.cured_note = said


@action("stays.hold_review", about="stay_id", roles=DECIDES, told=N_("Entered a review"))
def hold_review(unit: UnitOfWork, *, stay_id: StayId, due_on: date, held_on: date, outcome: str, held_by: str) -> date:
    """Enter that a review was held (rules.md, Limits).

    Args:
        unit: The transaction.
        stay_id: The stay.
        due_on: The day on which the review falls due; it may be held before.
        held_on: The day on which it was held.
        outcome: What came out of it.
        held_by: Who held it.

    Returns:
        The day on which it fell due, by which it is known.

    Raises:
        Refused: No review falls due then, it was held already, or a text is missing.
    """
    stay = unit.session.get_one(Stay, stay_id)
    every = unit.session.get_one(Programme, stay.programme_id).review_every
    row = Review(
        due_on=due_on,
        held_on=held_on,
        outcome=needed(outcome, Refused("Say what came out of the review.", field="outcome")),
        held_by=needed(held_by, Refused("Say who held the review.", field="held_by")),
    )
    held = frozenset(review.due_on for review in stay.reviews)
    rules.check_review(stay.interval, every, due_on=due_on, held_on=held_on, held=held, today=unit.today)
    stay.reviews.append(row)
    return due_on


@action("stays.correct", about="stay_id", roles=DESK, told=N_("Corrected the arrival"))
def correct(unit: UnitOfWork, *, stay_id: StayId, arrived: Moment, reason: str, version: int | None = None) -> bool:
    """Put right when a person arrived.

    What began with the arrival moves with it: the first bed, and the days on which reviews fell due. A limit that the
    programme reckons from the arrival is reckoned anew and takes the place of the old one; a limit that somebody
    decided stands. Where the right arrival lies outside the window of the programme, the stay is flagged as an
    emergency arrival, since that is what it was, also where it was one that had been put in order; that goes again with
    an arrival that is found not to be the right one.

    Args:
        unit: The transaction.
        stay_id: The stay.
        arrived: When the person really arrived.
        reason: How that is known.
        version: The version that the form was filled in from; None: whatever is there.

    Returns:
        Whether the first bed moves; False where somebody else had it until then, so that it begins when it did, and
        the nights before are without a bed.

    Raises:
        Refused: The new arrival cannot be, it would overlap another stay or leave something outside that was entered
            of this one, or there is no reason.
        Conflict: Somebody else has changed the stay in the meantime.
    """
    stay = unit.session.get_one(Stay, stay_id)
    unit.check_version(stay, version)
    said = needed(reason, Refused("Say how the right arrival is known.", field="reason"))
    unit.note(reason=said)
    return correct_arrival(unit, stay, arrived, said)
