"""What stands against an arrival; what begins with it, the first bed and reviews, and how it moves when put right."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.rooms import Placement
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import CandidateId, ProgrammeId
from models.repositories.limits import earlier, following
from models.repositories.programmes import read_places
from models.repositories.residents import died_on
from models.repositories.selection import read_screening
from models.repositories.stays import LATEST_FIRST, has_come_with_file, is_taken
from models.repositories.within import check_arrival
from models.rules.kept import restored, stored
from models.rules.limits import GoesOn, limit_of_return
from models.rules.places import Agreement, admission_objections, outside_window
from models.rules.screening import excluded_by
from models.rules.stays import check_correction
from models.rules.time import Interval, Moment
from models.rules.vocabulary import LimitRule
from models.store.unit_of_work import UnitOfWork
from models.text import Message, message


def check_can_come(session: Session, known: Resident) -> None:
    """Refuse to admit who has not left, and anybody dead: not as an emergency either (rules.md, Departures).

    Raises:
        Refused: With the field that is at fault.
    """
    open_stay = select(Stay.id).where(Stay.resident_id == known.id, Stay.departed_on.is_(None))
    if session.scalars(open_stay).first() is not None:
        raise Refused("{number} is on the roll already.", field="resident_id", number=known.number)
    day = died_on(session, known.id)
    if day is not None:
        raise Refused(
            "{number} died on {day}. If that is wrong, take that departure back first; if this is somebody else, enter "
            "them as a new person.",
            field="resident_id",
            number=known.number,
            day=day,
        )


def objections(
    session: Session,
    today: date,
    programme: Programme,
    candidate: Candidate | None,
    known: Resident | None,
    arrived: Moment,
    fixed_limit: date | None,
) -> list[Message]:
    """All that stands against an admission, a sentence each; what the session has not written yet is looked at too.

    Args:
        session: Of the transaction, or of the reading.
        today: The local date.
        programme: Under which the person would be admitted.
        candidate: Who it is on a list.
        known: Who it is in the register.
        arrived: When the person arrives.
        fixed_limit: The last day of the stay, where a date replaces the days or months of the programme.
    """
    session.flush()
    accepted = candidate or (None if known is None else _came_from(session, known, programme.id))
    places = read_places(
        session.connection(),
        programme.id,
        today=today,
        since=arrived,
        without_candidate=None if accepted is None else accepted.id,
        without_resident=None if known is None else known.id,
    )
    came_before = known is not None and any(
        places.agreement.admits_on(day)
        for day in session.scalars(
            select(Stay.arrived_on).where(Stay.resident_id == known.id, Stay.programme_id == programme.id)
        )
    )
    against = admission_objections(
        places.agreement,
        arrived_on=arrived.on,
        state=None if accepted is None else accepted.state,
        taken_by_others=places.taken,
        was_admitted=came_before,
        excluded_by=() if accepted is None else excluded_by(read_screening(session, accepted, arrived.on)),
    )
    if programme.limit_rule is LimitRule.FIXED_DATE and fixed_limit is None:
        return [*against, message("The last day of the stay, such as the release date, is not known.")]
    return list(against)


def returning(
    session: Session, known: Resident | None, programme: Programme, arrived: Moment, *, journey_failed: bool
) -> GoesOn | None:
    """The limit that goes on for somebody who comes back; None where a new one begins (rules.md, Limits)."""
    if known is None:
        return None
    last = session.scalars(
        select(Stay)
        .where(Stay.resident_id == known.id, Stay.programme_id == programme.id, Stay.departed_on.is_not(None))
        .order_by(*LATEST_FIRST)
        .limit(1)
    ).first()
    before = None if last is None else earlier(last)
    return limit_of_return(before, arrived.on, journey_failed=journey_failed, sums_stays=programme.sums_stays)


def last_day(
    programme: Programme, stated: date | None, candidate: Candidate | None, going_on: GoesOn | None
) -> date | None:
    """The last day of a stay that a date limits: as it is stated, as the list says, or as it was of who comes back."""
    if stated is not None or programme.limit_rule is not LimitRule.FIXED_DATE:
        return stated
    if candidate is not None and candidate.release_on is not None:
        return candidate.release_on
    return None if going_on is None else going_on.limit_on


def _came_from(session: Session, known: Resident, programme_id: ProgrammeId) -> Candidate | None:
    """As whom a resident was accepted for a programme before: who comes back needs no new acceptance."""
    came_as = select(Stay.candidate_id).where(Stay.resident_id == known.id)
    return session.scalars(
        select(Candidate)
        .where(
            Candidate.programme_id == programme_id,
            or_(Candidate.id.in_(came_as), Candidate.id == known.candidate_id),
        )
        .order_by(Candidate.id.desc())
    ).first()


def correct_arrival(unit: UnitOfWork, stay: Stay, arrived: Moment, reason: str) -> bool:
    """Put right when a person arrived, and what began with it: the first bed, reviews, a limit of the programme.

    Returns:
        Whether the first bed moves; False where somebody else had it until then, so that it begins when it did.

    Raises:
        Refused: The new arrival cannot be, or would leave something outside that was entered of the stay.
    """
    programme = unit.session.get_one(Programme, stay.programme_id)
    check_correction(stay.interval, arrived, unit.moment)
    old = stay.arrived
    later = old.surely_before(arrived)
    check_arrival(unit, stay, arrived)  # of a day alone, an earlier time may be known than the right one
    with following(unit, [stay.resident_id], reason):
        if later:
            moves = _move_first_bed(unit, stay, old, arrived)
        stay.arrived = arrived
        unit.session.flush()
        if not later:
            moves = _move_first_bed(unit, stay, old, arrived)
        _move_reviews(unit, stay, arrived.on - old.on)
    _flag_outside_window(unit, stay, programme, reason)
    return moves


def _move_first_bed(unit: UnitOfWork, stay: Stay, old: Moment, arrived: Moment) -> bool:
    """Let the bed that began with the arrival begin with the right one, where nobody else had it then."""
    moves = True
    for row in unit.session.scalars(select(Placement).where(Placement.stay_id == stay.id)):
        if row.start != old:
            continue
        if row.end is not None and row.end.surely_before(arrived):
            raise Refused(
                "They had a bed until {day}, before this arrival. Correct or take back what was entered of that bed "
                "first, or enter an earlier time.",
                field="arrived",
                day=row.end.on,
            )
        if is_taken(unit, row, Interval(arrived, row.end)):
            moves = False
        else:
            row.start = arrived
    unit.session.flush()
    return moves


def _move_reviews(unit: UnitOfWork, stay: Stay, by: timedelta) -> None:
    """Move the due days of held reviews with the arrival; away from each other first, since no two may be equal."""
    for row in sorted(stay.reviews, key=lambda review: review.due_on, reverse=by > timedelta()):
        row.due_on += by
        unit.session.flush()


_CURED = "cured"
"""The name under which it stands with the flag of an arrival put right when the arrival had been cured before."""


def _flag_outside_window(unit: UnitOfWork, stay: Stay, programme: Programme, reason: str) -> None:
    """Flag an arrival that was put right to lie outside the agreement, and no longer one that does so no more.

    Whatever else made it an emergency stands: no other day of arrival cures that. Nor does what cured that cure the new
    reason: it counts again only once the reasons are again those that were cured.
    """
    if has_come_with_file(unit, stay):
        return
    outside = message("The arrival was put right and lies outside the dates of the agreement: {reason}", reason=reason)
    said = restored(stay.emergency_reasons)
    own = [each for each in said if each.text != outside.text]
    was = next((each for each in said if each.text == outside.text), None)
    agreement = Agreement(programme.places_rule, programme.places, programme.window_start, programme.window_end)
    against = outside_window(agreement, stay.arrived_on)
    cured = "" if was is None else str(was.values.get(_CURED, ""))
    if against is None or any(each.text == against.text for each in own):
        if was is not None:
            stay.emergency_reasons = stored(own)
        if cured and stay.cured_at is None and stay.cured_note:
            stay.cured_at = datetime.fromisoformat(cured)
        return
    if was is None and own and stay.cured_at is not None:
        cured, stay.cured_at = stay.cured_at.isoformat(), None
    values = {**outside.values, **({_CURED: cured} if cured else {})}
    stay.emergency_reasons = stored([*own, Message(outside.text, values)])


def kin_of(candidate_id: CandidateId) -> Select[CandidateId]:
    """SQL: the others of the same group of the same list."""
    one = aliased(Candidate)
    return (
        select(Candidate.id)
        .join(one, (one.list_id == Candidate.list_id) & (one.family_group == Candidate.family_group))
        .where(one.id == candidate_id, one.family_group != "", Candidate.id != candidate_id)
    )


def have_come(candidate_ids: Sequence[CandidateId]) -> ColumnElement[bool]:
    """SQL: whether a `Resident` is one of these, of whom the list or an arrival says so."""
    came = select(Stay.resident_id).where(Stay.candidate_id.in_(candidate_ids))
    return or_(Resident.candidate_id.in_(candidate_ids), Resident.id.in_(came))
