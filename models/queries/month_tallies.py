"""What the further sections of a month's report tell, gathered from the register up to the cut-off.

Each tally has one function here, by its name in `_TALLIES`; only those of the sections that the programme has chosen
are gathered. Nothing that is sealed is counted, neither what a check has found nor needs of health; but for complaints
and self-harm where the agreement names them, by the choice of that section.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, distinct, func, or_, select
from sqlalchemy.orm import aliased

from models.entities.absences import Absence
from models.entities.admissions import HealthCheck, RightsTalk
from models.entities.departures import Check, Plan
from models.entities.erasing import Erasure
from models.entities.needs import Need
from models.entities.residents import Resident
from models.entities.roll_calls import RollCall
from models.entities.safeguards import Complaint, Incident, SelfHarm
from models.entities.selection import Candidate, CandidateDecision, ProposedList
from models.entities.stays import Review, Stay, StayLimit
from models.ids import ProgrammeId, StayId
from models.queries.issued_months import issued
from models.repositories.departures import load, looks_open
from models.rules import leaving, limits, reissuing, tallies
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.departures import Objection
from models.rules.figures import Corrected, Counts, LastMonth, Listed, MonthFigures, Tally
from models.rules.leaving import Standing
from models.rules.months import AbsenceRow, StayRow, counted
from models.rules.needs import SEALED_NEEDS
from models.rules.report_sections import DECLARED, ChosenSection, chosen
from models.rules.safeguards import ComplaintDays, complaints_counted
from models.rules.tallies import MISSING, NEED, REFUSED, SOON, in_order
from models.rules.vocabulary import (
    SEALED_CHECKS,
    CandidateState,
    CountingRule,
    DepartureKind,
    Destination,
    HealthStep,
    IncidentKind,
    LimitBasis,
    PlanState,
    ReportSection,
)
from models.store.snapshot import Snapshot


class _Laid(NamedTuple):
    """A limit as it was laid down."""

    limit_on: date | None
    basis: LimitBasis
    valid_from: date


def touching(programme_id: ProgrammeId, first: date, end: date) -> ColumnElement[bool]:
    """SQL: whether a stay of the programme touches the window [first, end)."""
    return and_(
        Stay.programme_id == programme_id,
        Stay.arrived_on < end,
        or_(Stay.departed_on.is_(None), Stay.departed_on >= first),
    )


_OfStay = type[Absence] | type[StayLimit] | type[Plan] | type[HealthCheck] | type[RightsTalk] | type[Review]


def of_stays(of: _OfStay, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """SQL: whether what hangs on a stay hangs on one of these.

    Not as a join: there SQLite walks all stays the programme ever had, however little hangs on them.
    """
    return select(Stay.id).where(Stay.id == of.stay_id, *where).correlate(of).exists()


@dataclass(frozen=True)
class Gathering:
    """A month whose tallies are gathered.

    Attributes:
        figures: Its figures, without them.
        rows: The stays that touch it.
        absences: Theirs.
        review_every: The days between reviews under which it is reckoned.
        at: The instant of the cut-off, in the facility's time zone.
    """

    snapshot: Snapshot
    programme_id: ProgrammeId
    figures: MonthFigures
    rows: Sequence[StayRow]
    absences: Sequence[AbsenceRow]
    review_every: int
    at: datetime

    @property
    def first(self) -> date:
        """The first day."""
        return self.figures.month.first

    @property
    def begins(self) -> datetime:
        """The instant at which it begins."""
        return datetime.combine(self.first, time(), self.at.tzinfo)

    @property
    def cut(self) -> date:
        """The day before which events count."""
        return self.figures.cut_off

    @property
    def last(self) -> date:
        """The last day that counts."""
        return self.cut - timedelta(days=1)

    @cached_property
    def admitted(self) -> Sequence[StayRow]:
        """Those admitted in the month."""
        return [row for row in self.rows if self.first <= row.arrived_on < self.cut]

    @cached_property
    def departed(self) -> Sequence[StayRow]:
        """Those departed in the month."""
        return [row for row in self.rows if row.departed_on is not None and row.departed_on < self.cut]

    @cached_property
    def present(self) -> Sequence[StayRow]:
        """Those on the roll at the cut-off."""
        gone = (row.departed_on is not None and row.departed_on < self.cut for row in self.rows)
        return [row for row, is_gone in zip(self.rows, gone, strict=True) if not is_gone and row.arrived_on < self.cut]

    @cached_property
    def erased(self) -> frozenset[str]:
        """What stands in the place of the numbers of those who were under the programme and were erased."""
        asked = (
            select(Resident.number)
            .join(Erasure, Erasure.resident_id == Resident.id)
            .join(Stay, Stay.resident_id == Resident.id)
            .where(self.mine, Stay.arrived_on < self.cut, Erasure.erased_at.is_not(None))
        )
        return frozenset(self.snapshot.connection.scalars(asked))

    def within(self, column: SQLColumnExpression[date] | SQLColumnExpression[date | None]) -> ColumnElement[bool]:
        """SQL: whether a date lies in the month, before the cut-off."""
        return and_(column >= self.first, column < self.cut)

    @cached_property
    def on_roll(self) -> ColumnElement[bool]:
        """SQL: whether a stay of the programme was on the roll at the cut-off."""
        return touching(self.programme_id, self.cut, self.cut)

    @property
    def mine(self) -> ColumnElement[bool]:
        """SQL: whether a stay is of the programme."""
        return Stay.programme_id == self.programme_id

    def count(self, what: ColumnElement[int], *where: ColumnElement[bool]) -> int:
        """One number."""
        return self.snapshot.connection.execute(select(what).where(*where)).scalar_one()


def gathered(month: Gathering, before: MonthFigures | None, *, compared: bool = False) -> MonthFigures:
    """The figures of a month with those of its further sections.

    Args:
        month: The month.
        before: What was issued of it; None: nothing was. What is told as it stood then is kept.
        compared: Whether nothing is wanted but what is compared with what was issued.
    """
    sections = chosen(month.figures.heading.sections) if month.figures.heading.sections else ()
    if not sections:
        return month.figures
    found = replace(
        month.figures,
        tallies=tuple(_tallies(month, sections, before, compared=compared)),
        listed=tuple(_listed(month, sections)) if before is None else _listed_again(month, sections, before),
    )
    if compared:
        return found
    return replace(
        found,
        last_month=_last_month(month) if before is None else before.last_month,
        corrected=_corrected(month) if before is None else before.corrected,
    )


def _tallies(
    month: Gathering, sections: Sequence[ChosenSection], before: MonthFigures | None, *, compared: bool
) -> Iterable[Tally]:
    """The tallies of the sections; of what was issued with the lines that it had."""
    issued_ones = {tally.name: tally for tally in before.tallies} if before is not None else {}
    for name in (DECLARED[each.section].tally for each in sections):
        was = issued_ones.get(name)
        if was is not None and name in reissuing.STATES:
            yield was
        elif was is not None:
            now = _TALLIES[name](month)
            yield Tally(name, reissuing.counts_again(name, was.counts, now, was_erased=bool(month.erased)))
        elif name and not compared:
            yield Tally(name, _TALLIES[name](month))


# -- tallies, one function each -----------------------------------------------------------------------------------


def _selection(month: Gathering) -> Counts:
    """Who was proposed in the month, the last decision on each in it, and who waits for one at its end."""
    connection, mine = month.snapshot.connection, Candidate.programme_id == month.programme_id
    proposed = (
        select(func.count(Candidate.id))
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(mine, month.within(ProposedList.received_on))
    )
    last = (
        select(func.max(CandidateDecision.id).label("id"))
        .join(Candidate, Candidate.id == CandidateDecision.candidate_id)
        .where(mine, CandidateDecision.decided_at < month.at)
        .group_by(CandidateDecision.candidate_id)
        .subquery()
    )
    decided = connection.execute(
        select(CandidateDecision.outcome, CandidateDecision.reasons, CandidateDecision.decided_at).join(
            last, last.c.id == CandidateDecision.id
        )
    ).all()
    counts = Counter({"proposed": connection.execute(proposed).scalar_one()})
    settled = 0
    for outcome, reasons, at in decided:
        settled += outcome not in _WAITING
        if at < month.begins:
            continue
        if outcome is not CandidateState.PROPOSED:
            counts[outcome.value] += 1
        if outcome is CandidateState.REFUSED:
            counts.update(f"{REFUSED}{reason}" for reason in (reasons or [""]))
    received = (
        select(func.count(Candidate.id))
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(mine, ProposedList.received_on < month.cut)
    )
    counts["pending"] = max(0, connection.execute(received).scalar_one() - settled)
    return in_order("selection", {key: counts[key] for key in (*tallies.LINES["selection"], *counts)})


_WAITING = (CandidateState.PROPOSED, CandidateState.HELD)
"""Outcomes after which a decision is still owed."""


def _admissions(month: Gathering) -> Counts:
    earlier = aliased(Stay)
    before = select(earlier.id).where(
        earlier.resident_id == Stay.resident_id,
        earlier.programme_id == Stay.programme_id,  # a stay under another one changes no figure of this one
        earlier.arrived_on < Stay.arrived_on,
    )
    came = (month.mine, month.within(Stay.arrived_on))
    again = month.count(func.count(Stay.id), *came, before.correlate(Stay).exists())
    return tallies.admissions_by_kind(month.admitted, again)


def _children(month: Gathering) -> Counts:
    """Children of whose family no adult was on the roll on the day are unaccompanied."""
    grown: defaultdict[Hashable, list[StayRow]] = defaultdict(list)
    for row in month.rows:
        if row.family is not None and not tallies.is_child(row.birth, month.last):
            grown[row.family].append(row)

    def alone(rows: Iterable[StayRow], on: Callable[[StayRow], date]) -> int:
        return sum(
            not any(_was_here(adult, on(row)) for adult in grown.get(row.family, ()))
            for row in rows
            if tallies.is_child(row.birth, on(row))
        )

    counts = {
        "admitted": alone(month.admitted, lambda row: row.arrived_on),
        "departed": alone(month.departed, lambda row: row.departed_on or month.last),
        "present": alone(month.present, lambda _: month.last),
    }
    return tallies.children(month.figures, counts)


def _was_here(row: StayRow, on: date) -> bool:
    """Whether somebody was on the roll on a day, or came or left on it."""
    return row.arrived_on <= on and (row.departed_on is None or row.departed_on >= on)


def _absences(month: Gathering) -> Counts:
    ends = {row.stay_id: row.departed_on or month.cut for row in month.rows}
    nights = sum(
        max(0, (min(each.until_on or month.cut, month.cut, ends[each.stay_id]) - max(each.from_on, month.first)).days)
        for each in month.absences
        if each.stay_id in ends
    )
    away = _away(month)
    counts = {
        "begun": sum(month.first <= each.from_on < month.cut for each in month.absences),
        "ended": sum(each.until_on is not None and month.first <= each.until_on < month.cut for each in month.absences),
        "nights": nights,
        "away": len(away),
        "overdue": sum(due < month.cut for *_, due in away),
        "left_on_own": tallies.kinds_of_departure(month.figures).get(DepartureKind.LEFT_ON_OWN, 0),
    }
    return in_order("absences", counts)


def _away(month: Gathering) -> list[tuple[str, date, date]]:
    """Who is away at the cut-off: number, since when, and by when they are to be back."""
    is_open = or_(Absence.until_on.is_(None), Absence.until_on >= month.cut)
    asked = select(Absence.stay_id, Absence.from_on, Absence.due_back_on).where(
        of_stays(Absence, month.on_roll), Absence.from_on < month.cut, is_open
    )
    numbers = {row.stay_id: row.number for row in month.present}
    away = [(numbers[stay], since, due) for stay, since, due in month.snapshot.connection.execute(asked)]
    return sorted(away, key=lambda each: (each[1], each[0]))


def _limits(month: Gathering) -> Counts:
    return tallies.limits_ahead(month.present, month.last)


def _open_plans(month: Gathering) -> list[tuple[str, str, date, Standing, tuple[Objection, ...]]]:
    """The plans that look open to who may not know what checks found: number, kind, day, standing, what is missing."""
    found = []
    for plan in load(month.snapshot, month.on_roll, looks_open(Plan, Stay), Plan.made_at < month.at, is_veiled=True):
        missing = leaving.objections(plan.facts, tells_findings=False)
        standing = leaving.standing(PlanState.OPEN, missing, travel_on=plan.planned_on, today=month.cut)
        found.append((plan.number, plan.kind.value, plan.planned_on, standing, missing))
    return found


def _plans(month: Gathering) -> Counts:
    plans = _open_plans(month)
    standings = Counter(standing for *_, standing, _ in plans)
    counts = {each.value: standings[each] for each in (Standing.READY, Standing.PLANNED, Standing.BLOCKED)}
    counts["none"] = max(0, len(month.present) - len(plans))
    missing = Counter(check for *_, found in plans for check in {f"{MISSING}{each.check.value}" for each in found})
    return in_order("plans", counts | dict(missing))


def _reviews(month: Gathering) -> Counts:
    return tallies.reviews(month.figures, month.present, month.review_every, month.last, _extensions(month))


def _extensions(month: Gathering) -> int:
    """The extensions that stand and begin in the month: each is one decision, however often it was laid down anew."""
    extended = (StayLimit.basis == LimitBasis.EXTENSION, month.within(StayLimit.valid_from))
    which = select(StayLimit.stay_id).where(*extended, of_stays(StayLimit, month.mine))
    laid: defaultdict[StayId, list[_Laid]] = defaultdict(list)
    asked = select(StayLimit.stay_id, StayLimit.limit_on, StayLimit.basis, StayLimit.valid_from)
    for stay_id, *row in month.snapshot.connection.execute(
        asked.where(StayLimit.stay_id.in_(which)).order_by(StayLimit.id)
    ):
        laid[stay_id].append(_Laid._make(row))
    return sum(
        each.basis is LimitBasis.EXTENSION and month.first <= each.valid_from < month.cut
        for rows in laid.values()
        for each in limits.standing(rows)
    )


def _safeguards(month: Gathering) -> Counts:
    """What was done to safeguard people; without the sealed checks: one more, and still not ready, tells of a risk."""
    planned = select(Plan.id).where(Plan.id == Check.plan_id, of_stays(Plan, month.mine)).correlate(Check)
    counts_held = (
        RollCall.closed_at >= month.begins,
        RollCall.closed_at < month.at,
        RollCall.not_held == "",
        RollCall.taken_back == "",
    )
    kinds = tallies.kinds_of_departure(month.figures)
    recorded = (month.within(Check.held_on), planned.exists())
    left_by_it = of_stays(Plan, month.mine, month.within(Stay.departed_on))
    held = (HealthCheck.step == HealthStep.HELD, month.within(HealthCheck.done_on))
    told = (month.within(RightsTalk.explained_on), of_stays(RightsTalk, month.mine))
    counts = {
        "open_checks": month.count(func.count(Check.id), *recorded, Check.kind.not_in(SEALED_CHECKS)),
        "by_plan": month.count(func.count(distinct(Plan.stay_id)), Plan.state == PlanState.DEPARTED, left_by_it),
        "health": month.count(func.count(distinct(HealthCheck.stay_id)), *held, of_stays(HealthCheck, month.mine)),
        "rights": month.count(func.count(distinct(RightsTalk.stay_id)), *told),
        "counts": month.count(func.count(RollCall.id), *counts_held),
        "escapes": kinds.get(DepartureKind.ESCAPE, 0),
        "left_on_own": kinds.get(DepartureKind.LEFT_ON_OWN, 0),
        "deaths": kinds.get(DepartureKind.DEATH, 0),
    }
    return in_order("safeguards", counts)


def _incidents(month: Gathering) -> Counts:
    """What happened in the month, and how far the complaints of the programme are at the cut-off.

    Escapes and deaths stand among the safeguards.
    """
    connection = month.snapshot.connection
    kinds = (
        select(Incident.kind, func.count(Incident.id))
        .where(Incident.programme_id == month.programme_id, ~Incident.is_taken_back, month.within(Incident.happened_on))
        .group_by(Incident.kind)
    )
    happened: dict[IncidentKind, int] = {kind: n for kind, n in connection.execute(kinds)}
    self_harm = select(func.count(SelfHarm.id)).where(month.within(SelfHarm.happened_on), _under(SelfHarm, month))
    received = select(Complaint.received_on, Complaint.answer_by, Complaint.answered_on)
    received = received.where(Complaint.received_on < month.cut, _under(Complaint, month))
    counts = {
        **complaints_counted(map(ComplaintDays._make, connection.execute(received)), month.first, month.last),
        "incidents": happened.get(IncidentKind.INCIDENT, 0),
        "force": happened.get(IncidentKind.FORCE, 0),
        "self_harm": connection.execute(self_harm).scalar_one(),
    }
    return in_order("incidents", counts)


def _under(of: type[Complaint] | type[SelfHarm], month: Gathering) -> ColumnElement[bool]:
    """SQL: whether whoever it is about was under the programme on the day, or, after a departure, had been last."""
    on = Complaint.received_on if of is Complaint else SelfHarm.happened_on
    whose = (
        select(func.coalesce(Resident.joined_into_id, Resident.id))
        .where(Resident.id == of.resident_id)
        .correlate(of)
        .scalar_subquery()
    )
    last = (
        select(Stay.programme_id)
        .where(Stay.resident_id == whose, Stay.arrived_on <= on)
        .order_by(Stay.arrived_on.desc(), Stay.id.desc())
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )
    return last == month.programme_id


def _needs(month: Gathering) -> Counts:
    here = select(Stay.id).where(Stay.resident_id == Need.resident_id, month.on_roll).correlate(Need)
    asked = (
        select(Need.kind, func.count(distinct(Need.resident_id)))
        .where(here.exists(), Need.entered_at < month.at, Need.kind.not_in(SEALED_NEEDS))
        .group_by(Need.kind)
    )
    counts = {f"{NEED}{kind.value}": n for kind, n in month.snapshot.connection.execute(asked)}
    return tuple(sorted(counts.items()))


def _quality(month: Gathering) -> Counts:
    births = Counter(row.birth for row in month.present)
    known = {birth: BirthDate.parse(birth) for birth in births if birth is not None}
    in_part = sum(n for birth, n in births.items() if birth and known[birth].precision is not BirthPrecision.DAY)
    doubtful = sum(n for birth, n in births.items() if birth and known[birth].doubtful)
    no_time = sum(row.no_arrival_time for row in month.admitted)
    no_time += sum(row.no_departure_time for row in month.departed)
    unsaid = (None, Destination.NOT_RECORDED, Destination.NOT_RECORDED.value)
    counts = {
        "nationality": sum(not row.nationality for row in month.present),
        "sex": sum(not row.sex for row in month.present),
        "birth": births[None],
        "birth_in_part": in_part,
        "birth_doubtful": doubtful,
        "no_time": no_time,
        "destination": sum(row.destination in unsaid for row in month.departed),
        "emergencies": month.figures.emergencies,
    }
    return in_order("quality", counts)


_TALLIES: Mapping[str, Callable[[Gathering], Counts]] = {
    "selection": _selection,
    "admissions_by_kind": _admissions,
    "children": _children,
    "absences": _absences,
    "limits": _limits,
    "plans": _plans,
    "reviews": _reviews,
    "safeguards": _safeguards,
    "incidents": _incidents,
    "needs": _needs,
    "quality": _quality,
}


# -- one by one, by number ----------------------------------------------------------------------------------------


def _listed(month: Gathering, sections: Sequence[ChosenSection]) -> Iterable[Listed]:
    lists = (_LISTS[each.section] for each in sections if not each.counts_only and each.section in _LISTS)
    for each in dict.fromkeys(lists):  # both annexes are of one list
        yield from each(month)


def _listed_again(month: Gathering, sections: Sequence[ChosenSection], before: MonthFigures) -> tuple[Listed, ...]:
    """The lists of a month that was issued, as they are now; but what was ahead when it was drawn."""
    now = _listed(month, [each for each in sections if each.section not in reissuing.LISTED_AHEAD])
    return reissuing.lists_again(before.listed, now, month.erased)


def _limits_listed(month: Gathering) -> Iterable[Listed]:
    """Who is past the limit or reaches it soon: the limit, and the days past it, negative before."""
    until = month.last + timedelta(days=SOON)
    near = [row for row in month.present if row.limit_on is not None and row.limit_on <= until]
    for row in sorted(near, key=lambda row: (row.limit_on, row.number)):
        past = (month.last - row.limit_on).days if row.limit_on else 0
        yield Listed(ReportSection.LIMITS.value, row.number, (row.limit_on,), past)


def _absences_listed(month: Gathering) -> Iterable[Listed]:
    """Who is away: since when, and by when they are to be back."""
    for number, since, due in _away(month):
        yield Listed(ReportSection.ABSENCES.value, number, (since, due), (month.cut - since).days)


def _plans_listed(month: Gathering) -> Iterable[Listed]:
    """Who is to leave: the day, the kind, and what is missing."""
    for number, kind, planned_on, standing, missing in _open_plans(month):
        checks = dict.fromkeys(each.check.value for each in missing)
        yield Listed(ReportSection.PLANS.value, number, (planned_on,), len(checks), (kind, standing.value, *checks))


def _people(month: Gathering) -> Iterable[Listed]:
    """Everybody who was there in the month: from when to when, and what of it counts by the rule of the agreement."""
    of: defaultdict[Hashable, list[StayRow]] = defaultdict(list)
    for row in month.rows:
        of[row.resident_id].append(row)
    away: defaultdict[Hashable, list[AbsenceRow]] = defaultdict(list)
    for absence in month.absences:
        away[absence.stay_id].append(absence)
    found = []
    for stays in of.values():
        stays.sort(key=lambda row: row.arrived_on)
        absences = [each for row in stays for each in away[row.stay_id]]
        nights = _nights(month, stays, absences)
        gone = stays[-1].departed_on
        left = gone if gone is not None and gone < month.cut else None
        found.append(Listed(ReportSection.ANNEXES.value, stays[0].number, (stays[0].arrived_on, left), nights))
    return sorted(found, key=lambda each: each.number)


def _nights(month: Gathering, stays: Sequence[StayRow], absences: Sequence[AbsenceRow]) -> int:
    """What of some stays of one person counts by the rule of the agreement."""
    if absences or month.figures.heading.counting_rule is not CountingRule.NIGHTS:
        return sum(counted(month.figures.heading, stays, absences, first=month.first, end=month.cut))
    ends = ((row, min(row.departed_on or month.cut, month.cut)) for row in stays)  # what `counted` comes to, sooner
    return sum(max(0, (end - max(row.arrived_on, month.first)).days) for row, end in ends)


_LISTS: Mapping[ReportSection, Callable[[Gathering], Iterable[Listed]]] = {
    ReportSection.ABSENCES: _absences_listed,
    ReportSection.LIMITS: _limits_listed,
    ReportSection.PLANS: _plans_listed,
    ReportSection.ANNEXES: _people,
    ReportSection.NAMES: _people,
}


# -- beside the month ---------------------------------------------------------------------------------------------


def _last_month(month: Gathering) -> LastMonth | None:
    """What of the month before is told; None where nobody was there then, nor came.

    Who was on the roll at its end is among the stays of this month; beside them stand those who had departed by then.
    """
    first, end = month.figures.month.next(-1).first, month.first
    gone = month.snapshot.connection.execute(
        select(Stay.arrived_on, Stay.departed_on).where(
            Stay.programme_id == month.programme_id, Stay.departed_on >= first, Stay.departed_on < end
        )
    ).all()
    here = [row for row in month.rows if row.arrived_on < end]
    if not here and not gone:
        return None
    nights = sum((end - max(row.arrived_on, first)).days for row in here)
    nights += sum((left - max(arrived, first)).days for arrived, left in gone if left is not None)
    last = end - timedelta(days=1)
    return LastMonth(
        admissions=sum(row.arrived_on >= first for row in here) + sum(arrived >= first for arrived, _ in gone),
        departures=len(gone),
        person_nights=nights,
        past_limit=sum(row.limit_on is not None and row.limit_on < last for row in here),
    )


def _corrected(month: Gathering) -> tuple[Corrected, ...]:
    """The earlier months that were issued again since the last report of another month was."""
    rows = issued(month.snapshot, month.programme_id)
    own = month.figures.month
    since = max((row.issued_on for row in rows if row.month < own and row.revision == 1), default=date.min)
    found = (row for row in rows if row.month < own and row.revision > 1 and row.issued_on >= since)
    return tuple(Corrected(row.number, row.issued_on, row.changed) for row in found)
