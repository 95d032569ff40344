"""The figures of a month, gathered from the register (rules.md, The balance and Issued months)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    and_,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from models.entities.absences import Absence
from models.entities.months import IssuedMonth
from models.entities.programmes import Programme
from models.entities.residents import Joining, Resident
from models.entities.selection import Candidate, CandidateDecision
from models.entities.stays import Review, Stay
from models.errors import Refused
from models.ids import IssuedMonthId, ProgrammeId, StayId
from models.queries.issued_months import issued, stored_figures
from models.queries.month_tallies import Gathering, gathered, of_stays, touching
from models.queries.programmes import payments
from models.repositories.stays import SPANS, is_uncured, limit_on
from models.rules import money, months
from models.rules.figures import ADDRESSED, ClaimLine, Heading, IssuedClaim, MonthFigures
from models.rules.report_sections import resolved
from models.rules.time import Month
from models.rules.vocabulary import CandidateState, PlacesRule
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot

_EARLIEST = Month(1900, 1)


def figures(snapshot: Snapshot, programme_id: ProgrammeId, month: Month) -> MonthFigures:
    """The figures of a month as the register knows them now, with the corrections that its claim must carry.

    A month that was issued keeps the settings under which it was issued, so that it depends on itself alone.

    Raises:
        Refused: There is no such programme, or the month has not begun.
    """
    programme = _programme(snapshot, programme_id)
    if month.first > snapshot.today:
        raise Refused("This month has not begun yet. Choose an earlier one.", field="month")
    earlier = issued(snapshot, programme_id, month)
    before = stored_figures(snapshot, earlier[-1].id) if earlier else None
    if before is not None:
        programme = programme.as_issued(before)
    corrections = _corrections(snapshot, programme, month)
    return _figures(snapshot, programme, month, corrections, before=before)


def frozen_and_now(snapshot: Snapshot, issued_id: IssuedMonthId) -> tuple[MonthFigures, MonthFigures]:
    """The figures of a revision as they were frozen, and as the register knows them now, to be compared with them.

    Those of now are reckoned under the settings under which it was issued, without the corrections of other months.
    """
    asked = select(IssuedMonth.programme_id, IssuedMonth.month).where(IssuedMonth.id == issued_id)
    programme_id, first = snapshot.connection.execute(asked).one()
    frozen = stored_figures(snapshot, issued_id)
    programme = _programme(snapshot, programme_id).as_issued(frozen)
    return frozen, _figures(snapshot, programme, Month.of(first), (), before=frozen, compared=True)


def first_month(snapshot: Snapshot, programme_id: ProgrammeId) -> Month:
    """The month of the first arrival, or from which on something is paid whoever comes; else the one that runs.

    Of the months before nothing is owed.
    """
    first = snapshot.connection.execute(
        select(func.min(Stay.arrived_on)).where(Stay.programme_id == programme_id)
    ).scalar_one()
    paid = [each.from_on for each in payments(snapshot, programme_id=programme_id) if not each.kind.is_by_person]
    return max(Month.of(min((first or snapshot.today, snapshot.today, *paid))), _EARLIEST)


_HEADINGS = Rows(Heading, Programme, programme=Programme.code, sections=Made(resolved, Programme.report_sections))
_TERMS = Rows(months.Terms, Programme)
_REVIEWS = Rows(months.ReviewRow, Review)
_ABSENCES = Rows(months.AbsenceRow, Absence)


@dataclass(frozen=True, slots=True)
class _Programme:
    id: ProgrammeId
    heading: Heading
    terms: months.Terms

    @property
    def zone(self) -> ZoneInfo:
        """By which its days begin."""
        return ZoneInfo(self.heading.time_zone)

    def as_issued(self, frozen: MonthFigures) -> "_Programme":
        """With the settings under which a month was issued; what is paid over time is no setting, and is as it is.

        To whom it goes and where it is paid to is no figure: a revision says what holds now.
        """
        places = frozen.places
        terms = replace(
            self.terms,
            places_rule=places.rule,
            places=places.limit,
            window_start=places.window_start,
            window_end=places.window_end,
            length_bounds=frozen.length_present.bounds,
            review_every=self.terms.review_every if frozen.review_every is None else frozen.review_every,
        )
        now = self.heading
        addressed = {name: getattr(now, name) for name in ADDRESSED} if frozen.heading.sections else {}
        return replace(self, heading=replace(frozen.heading, **addressed), terms=terms)


def is_readdressed(snapshot: Snapshot, programme_id: ProgrammeId, frozen: MonthFigures) -> bool:
    """Whether a report would go to another address, or to another account, than that with which it was issued."""
    return _programme(snapshot, programme_id).as_issued(frozen).heading != frozen.heading


def _programme(snapshot: Snapshot, programme_id: ProgrammeId) -> _Programme:
    found = snapshot.connection.execute(_TERMS.select().where(Programme.id == programme_id)).one_or_none()
    if found is None:
        raise Refused("This programme is no longer there. Choose another.", field="programme")
    named = snapshot.connection.execute(_HEADINGS.select().where(Programme.id == programme_id)).one()
    facility = snapshot.facility
    heading = Heading(
        **_HEADINGS.values(named),
        facility=facility.name,
        letterhead=facility.letterhead,
        time_zone=facility.zone.key,
        sender=facility.sender,
        bank_details=facility.bank_details,
    )
    return _Programme(
        programme_id,
        heading,
        months.Terms(**_TERMS.values(found), payments=payments(snapshot, programme_id=programme_id)),
    )


def _figures(
    snapshot: Snapshot,
    programme: _Programme,
    month: Month,
    corrections: Sequence[ClaimLine],
    *,
    before: MonthFigures | None,
    compared: bool = False,
) -> MonthFigures:
    connection, cut = snapshot.connection, min(month.end, max(snapshot.today, month.first))
    here = touching(programme.id, month.first, month.end)
    reviews = _REVIEWS.select().where(of_stays(Review, here), Review.held_on < cut)
    rows, absences = _stays(snapshot, here, cut, programme.zone), _absences(connection, here, month.end)
    found = months.month_figures(
        month,
        programme.heading,
        programme.terms,
        rows,
        cut_off=cut,
        absences=absences,
        reviews=_REVIEWS.rows(connection.execute(reviews).all()),
        places=_places(snapshot, programme, cut),
        corrections=corrections,
    )
    at, every = _midnight(cut, programme.zone), programme.terms.review_every
    more = Gathering(snapshot, programme.id, found, rows, absences, every, at)
    return gathered(more, before, compared=compared)


def _absences(connection: Connection, here: ColumnElement[bool], end: date) -> Sequence[months.AbsenceRow]:
    asked = _ABSENCES.select().where(of_stays(Absence, here), Absence.from_on < end)
    return _ABSENCES.rows(connection.execute(asked).all())


def _stays(snapshot: Snapshot, here: ColumnElement[bool], cut: date, zone: ZoneInfo) -> list[months.StayRow]:
    """The stays that touch the month, as plain rows: thousands, so nothing is made of them but what is counted."""
    rows = snapshot.connection.execute(
        select(
            Stay.id,
            Stay.resident_id,
            Stay.arrived_on,
            Stay.departed_on,
            type_coerce(Stay.departure_kind, String),
            type_coerce(Stay.destination, String),
            type_coerce(Stay.destination_country, String),
            type_coerce(Resident.nationality, String),
            type_coerce(Resident.sex, String),
            type_coerce(Resident.birth, String),
            limit_on(cut - timedelta(days=1)),
            is_uncured(before=_midnight(cut, zone)),
            Resident.number,
            Resident.family_id,
            type_coerce(Stay.candidate_id.is_not(None), Integer),
            type_coerce(func.json_array_length(Stay.emergency_reasons) > 0, Integer),
            type_coerce(Stay.arrived_at.is_(None), Integer),
            type_coerce(and_(Stay.departed_on.is_not(None), Stay.departed_at.is_(None)), Integer),
        )
        .join(Resident, Resident.id == Stay.resident_id)
        .where(here)
    )
    return list(map(months.StayRow._make, rows.all()))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local date begins."""
    return datetime.combine(day, time(), zone)


def _places(snapshot: Snapshot, programme: _Programme, cut: date) -> months.PlaceNumbers:
    """Who has taken a place of the agreement by the cut-off, and who holds one (rules.md, Places).

    Whoever was accepted and came later, or under another programme, still held a place of this one; who came before
    as somebody else and was found to be the same did not.
    """
    came = select(Stay.id).where(Stay.resident_id == Resident.id, *_admitted_within(programme, cut))
    admitted = select(func.count(Resident.id)).where(came.correlate(Resident).exists())
    last = (
        select(func.max(CandidateDecision.id))
        .where(
            CandidateDecision.candidate_id == Candidate.id,
            CandidateDecision.decided_at < _midnight(cut, programme.zone),
        )
        .correlate(Candidate)
        .scalar_subquery()
    )
    here = (Stay.programme_id == programme.id, Stay.arrived_on < cut)
    came = select(Stay.id).where(Stay.candidate_id == Candidate.id, *here).correlate(Candidate)
    by_that_name = select(Stay.id).where(Stay.candidate_id == Candidate.id).correlate(Candidate)
    known = (
        select(Stay.id)
        .join(Resident, Resident.id == Stay.resident_id)
        .where(Resident.candidate_id == Candidate.id, *here)
        .correlate(Candidate)
    )
    held = (
        select(func.count(Candidate.id))
        .join(CandidateDecision, CandidateDecision.id == last)
        .where(
            Candidate.programme_id == programme.id,
            CandidateDecision.outcome == CandidateState.ACCEPTED,
            ~came.exists(),
            or_(by_that_name.exists(), ~known.exists()),
            ~_has_place_already(programme, cut).exists(),
        )
    )
    connection = snapshot.connection
    return months.PlaceNumbers(connection.execute(admitted).scalar_one(), connection.execute(held).scalar_one())


def _has_place_already(programme: _Programme, cut: date) -> Select[StayId]:
    """SQL: of a `Candidate` who was found to be a resident by the cut-off, a stay by which that one has the place.

    As `models.repositories.programmes.read_places` counts it: of places that are used once it is any admission within
    the window, of others a stay that is not over.
    """
    found = aliased(Resident)
    rows = (
        select(Stay.id)
        .join(found, func.coalesce(found.joined_into_id, found.id) == Stay.resident_id)
        .join(Joining, Joining.resident_id == found.id)
        .where(
            Joining.candidate_id == Candidate.id,
            Joining.joined_at < _midnight(cut, programme.zone),
            or_(Joining.undone_at.is_(None), Joining.undone_at >= _midnight(cut, programme.zone)),
        )
    )
    if programme.terms.places_rule is PlacesRule.CUMULATIVE:
        had = _admitted_within(programme, cut)
    else:
        here = or_(Stay.departed_on.is_(None), Stay.departed_on >= cut)
        had = [Stay.programme_id == programme.id, Stay.arrived_on < cut, here]
    return rows.where(*had).correlate(Candidate)


def _admitted_within(programme: _Programme, cut: date) -> list[ColumnElement[bool]]:
    """SQL: whether a stay was an admission under the agreement by the cut-off, within its window."""
    window = [
        Stay.programme_id == programme.id,
        Stay.arrived_on >= (programme.terms.window_start or date.min),
        Stay.arrived_on < cut,
    ]
    if programme.terms.window_end is not None:
        window.append(Stay.arrived_on <= programme.terms.window_end)
    return window


def _corrections(snapshot: Snapshot, programme: _Programme, month: Month) -> tuple[ClaimLine, ...]:
    """What the claim of a month must add or take for earlier months that were issued with other nights or payments.

    What other issued months have corrected already is not corrected twice.
    """
    frozen = _issued_claims(snapshot.connection, programme.id)
    now = _claimed_now(snapshot, programme, {of: frozen[of].heading for of in frozen if of < month})
    lines: list[ClaimLine] = []
    for of in sorted(now):
        claimed = (
            line
            for other, claim in frozen.items()
            if other != month
            for line in claim.lines
            if (line.correction_of is None and other == of) or line.correction_of == str(of)
        )
        lines.extend(money.correction_lines(claimed, now[of], of=of))
    return tuple(lines)


def _issued_claims(connection: Connection, programme_id: ProgrammeId) -> dict[Month, IssuedClaim]:
    """The claim of each issued month as the last revision has frozen it, with its heading."""
    rows = connection.execute(
        select(IssuedMonth.month, IssuedMonth.figures)
        .where(IssuedMonth.programme_id == programme_id)
        .order_by(IssuedMonth.month, IssuedMonth.revision)
    )
    last = {Month.of(first): text for first, text in rows.all()}
    return {month: IssuedClaim.read(text) for month, text in last.items()}


def _claimed_now(
    snapshot: Snapshot, programme: _Programme, of: Mapping[Month, Heading]
) -> dict[Month, tuple[ClaimLine, ...]]:
    """The lines of the claims of some issued months for themselves, reckoned anew.

    Those that were issued under one counting rule are reckoned in one pass over all their stays.
    """
    alike: defaultdict[tuple[object, ...], list[Month]] = defaultdict(list)
    for month, heading in of.items():
        alike[heading.counting_rule, heading.absences_rule, heading.absences_first].append(month)
    claimed: dict[Month, tuple[ClaimLine, ...]] = dict.fromkeys(of, ())
    for some in alike.values() if programme.terms.payments else ():
        claimed |= _claimed_alike(snapshot, replace(programme, heading=of[some[0]]), some)
    return claimed


def _claimed_alike(
    snapshot: Snapshot, programme: _Programme, of: Sequence[Month]
) -> dict[Month, tuple[ClaimLine, ...]]:
    first, end = min(of).first, min(max(of).end, snapshot.today)
    here = touching(programme.id, first, end)
    counts = months.paid_counts(
        programme.heading,
        programme.terms,
        SPANS.rows(snapshot.connection.execute(SPANS.select().where(here))),
        _absences(snapshot.connection, here, end),
        first=first,
        end=end,
    )
    claimed = {}
    for month in of:
        begin = (month.first - first).days
        own = {kind: each[begin : begin + month.nights] for kind, each in counts.items()}
        claimed[month] = money.claim(own, month.first, month.end, programme.terms.payments).lines
    return claimed
