"""What happens in the demonstration: steps at instants, done in their order by the same actions as the window's."""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from itertools import count
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Select, select

from desktop.demo.persons import Invented, as_list
from desktop.demo.staff import CLERK, DOCTOR, LAWYER, SUPERVISOR, Staff
from models.actions import absences, departures, endings, gate, incidents, rooms, safeguards, selection, stays
from models.actions.complaints import COMPLAINTS
from models.clock import FixedClock
from models.entities.documents import Document
from models.entities.programmes import Criterion
from models.entities.residents import Resident
from models.entities.rooms import Bed, Room
from models.entities.selection import Candidate
from models.entities.stays import Stay
from models.errors import Refused
from models.exchange.delimited import read_delimited
from models.exchange.import_lists import bring_in
from models.exchange.lists_file import read_list
from models.ids import AbsenceId, BedId, CandidateId, CriterionId, DocumentId, PlanId, ProgrammeId, StayId
from models.rules.departures import REQUIRED, RETURNS
from models.rules.leaving import Together
from models.rules.time import Moment
from models.rules.vocabulary import (
    SEALED_CHECKS,
    AbsenceKind,
    Answer,
    CandidateState,
    CheckKind,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    IncidentKind,
    RoomKind,
    SealedKind,
)
from models.store.declaring import Action
from models.store.register import Register

_ASKED = (CriterionTest.MANUAL, CriterionTest.LIFE_SENTENCE)
"""What the lists of the demonstration do not tell, so that a person answers it."""

T = TypeVar("T")
Step = Callable[[], None]


@dataclass(slots=True)
class Guest:
    """Somebody of a list on the way through the house."""

    who: Invented
    candidate_id: CandidateId
    programme_id: ProgrammeId
    building: str = ""
    stay_id: StayId | None = None
    document_id: DocumentId | None = None
    bed_id: BedId | None = None
    plan_id: PlanId | None = None

    @property
    def stay(self) -> StayId:
        """The stay.

        Raises:
            RuntimeError: The person has not arrived, which is a fault of the story.
        """
        if self.stay_id is None:
            raise RuntimeError("nobody can leave before arriving")
        return self.stay_id


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody leaves, and whereto; without a country, that of the person or of the partner."""

    kind: DepartureKind
    country: str | None = None
    place: str = ""


@dataclass(slots=True)
class Story:
    """The steps still to come, and the register in which they are done."""

    register: Register
    staff: Staff
    clock: FixedClock
    chance: Random
    end: datetime
    _steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _free: dict[str, list[BedId]] = field(default_factory=dict)
    _criteria: dict[ProgrammeId, Sequence[Any]] = field(default_factory=dict)

    # -- telling it -----------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The local date on which the story ends."""
        return self.end.date()

    def at(self, day: date, step: Step, hour: int = 9, minute: int = 0) -> None:
        """Do something on a local day; what lies behind the end never happens."""
        instant = datetime.combine(day, time(hour, minute), self.register.facility.zone)
        if instant <= self.end:
            heapq.heappush(self._steps, (instant, next(self._order), step))

    def tell(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Do everything in its order; a step may add later ones."""
        done = 0
        while self._steps:
            self.clock.instant, _, step = heapq.heappop(self._steps)
            step()
            done += 1
            if progress is not None and done % 50 == 0:
                progress(done, done + len(self._steps))
        self.clock.instant = self.end

    def do(self, action: Action[Any, ..., T], *, by: str = "", **values: object) -> T:
        """Do one thing now.

        Args:
            action: What is done.
            by: Who does it; empty: the first person who may.
            values: Its arguments.
        """
        register = self.staff.registers[by] if by else self.staff.who_may(action)
        return register.perform(action, **values).value

    @property
    def now(self) -> Moment:
        """The present of the story."""
        return Moment.of(self.clock.now(), self.register.facility.zone)

    def ask(self, statement: Select[T]) -> Sequence[T]:
        """What the register holds now."""
        with self.register.read() as snapshot:
            return snapshot.connection.scalars(statement).all()

    # -- what can happen ------------------------------------------------------------------------------------------

    def furnish(
        self,
        building: str,
        rooms_: int,
        beds: int,
        *,
        floors: int = 1,
        kind: RoomKind | None = None,
        out_of_use: str = "",
    ) -> None:
        """Put rooms with beds into a building, floor by floor, and one that takes nobody, if a reason is given."""
        each = -(-rooms_ // floors)
        for floor in range(floors):
            first, last = floor * each + 1, min(rooms_, (floor + 1) * each)
            where: dict[str, Any] = {"building": building, "floor": str(floor + 1) if floors > 1 else "", "kind": kind}
            self.do(rooms.add_room, name=str(first), last=str(last), beds=beds, **where)
        there = select(Bed.id).join(Room).where(Room.building == building).order_by(Bed.id)
        self._free[building] = list(self.ask(there))
        if out_of_use:
            (room_id,) = self.do(rooms.add_room, building=building, name=str(rooms_ + 1), beds=beds)
            self.do(rooms.take_out_of_use, room_id=room_id, reason=out_of_use)

    def propose(self, programme_id: ProgrammeId, code: str, about: str, people: Sequence[Invented]) -> list[Guest]:
        """A list comes in as a file."""
        content = as_list(code, about, people)
        table = read_delimited(content, name=f"{code}.csv", digest=sha256(content).hexdigest())
        brought = self.do(bring_in, by=SUPERVISOR, programme_id=programme_id, read=read_list(table), code=code)
        listed = select(Candidate.id).where(Candidate.list_id == brought.list_id).order_by(Candidate.row_number)
        return [Guest(who, id_, programme_id) for who, id_ in zip(people, self.ask(listed), strict=True)]

    def accept(self, guest: Guest) -> None:
        """Answer what a person must answer, and accept."""
        for criterion, good in self._questions(guest.programme_id):
            self.do(selection.answer, candidate_id=guest.candidate_id, criterion_id=criterion, given=good)
        self._decide(guest, CandidateState.ACCEPTED, "")

    def refuse(self, guest: Guest, reason: str) -> None:
        """Find that the first excluding criterion is met, and refuse."""
        for place, (criterion, good) in enumerate(self._questions(guest.programme_id)):
            other = Answer.YES if good is Answer.NO else Answer.NO
            given = other if place == 0 else good
            self.do(selection.answer, candidate_id=guest.candidate_id, criterion_id=criterion, given=given, note=reason)
        self._decide(guest, CandidateState.REFUSED, reason)

    def hold(self, guest: Guest, reason: str) -> None:
        """Decide later."""
        self._decide(guest, CandidateState.HELD, reason)

    def withdraw(self, guest: Guest, reason: str) -> None:
        """Take an acceptance back."""
        self._decide(guest, CandidateState.WITHDRAWN, reason)

    def _decide(self, guest: Guest, outcome: CandidateState, reason: str) -> None:
        said: dict[str, Any] = {"outcome": outcome, "reason": reason, "decided_by": SUPERVISOR}
        try:
            self.do(selection.decide, candidate_id=guest.candidate_id, **said)
        except Refused as refused:  # what is in doubt is read, and accepted all the same
            if refused.field != "knowing":
                raise
            self.do(selection.decide, candidate_id=guest.candidate_id, **said, knowing=refused.reasons)

    def _questions(self, programme_id: ProgrammeId) -> Sequence[tuple[CriterionId, Answer]]:
        """The criteria that a person must answer, each with the answer that lets somebody in."""
        if programme_id not in self._criteria:
            with self.register.read() as snapshot:
                rows = snapshot.connection.execute(
                    select(Criterion.id, Criterion.effect)
                    .where(Criterion.programme_id == programme_id, Criterion.test.in_(_ASKED))
                    .where(Criterion.effect != CriterionEffect.WEIGHS)
                    .order_by(Criterion.position)
                )
                good = {CriterionEffect.EXCLUDES: Answer.NO, CriterionEffect.REQUIRED: Answer.YES}
                self._criteria[programme_id] = [(id_, good[effect]) for id_, effect in rows]
        return self._criteria[programme_id]

    def arrive(self, guest: Guest, building: str) -> None:
        """Admit somebody into the next free bed."""
        guest.building = building
        guest.bed_id = self.bed(building)
        guest.stay_id = self.do(
            stays.admit,
            programme_id=guest.programme_id,
            arrived=self.now,
            candidate_id=guest.candidate_id,
            bed_id=guest.bed_id,
            fixed_limit=guest.who.release,
        )
        papers = select(Document.id).join(Stay, Stay.resident_id == Document.resident_id)
        guest.document_id = next(iter(self.ask(papers.where(Stay.id == guest.stay_id).limit(1))), None)

    def reviews(self, guest: Guest, arrived_on: date, until: date, *, but_last: bool = False) -> None:
        """Hold the reviews that fall due while somebody is here."""
        due = [arrived_on + timedelta(days=90 * n) for n in range(1, 20)]
        held = [day for day in due if day < min(until, self.today)]
        for day in held[:-1] if but_last else held:
            self.at(day, partial(self._review, guest), hour=14)

    def _review(self, guest: Guest) -> None:
        """Hold the review that fell due last, as the arrival stands now."""
        (arrived_on,) = self.ask(select(Stay.arrived_on).where(Stay.id == guest.stay))
        due_on = self.now.on - timedelta(days=(self.now.on - arrived_on).days % 90)
        self.do(
            stays.hold_review,
            stay_id=guest.stay,
            due_on=due_on,
            held_on=self.now.on,
            outcome="The plan stands; the person was heard",
            held_by=LAWYER,
        )

    def extend(self, guest: Guest, until: date, reason: str) -> None:
        """Replace the limit."""
        self.do(
            stays.extend,
            stay_id=guest.stay,
            until=until,
            reason=reason,
            decided_by=SUPERVISOR,
            authority="Department for Citizenship, Asylum and Migration",
        )

    def away(self, guest: Guest, kind: AbsenceKind, place: str, *, hours: int, back: bool = True) -> None:
        """Leave for some hours or days now, and come back unless told otherwise."""
        due = self.clock.now() + timedelta(hours=hours)
        zone = self.register.facility.zone
        absence_id = self.do(
            absences.record, stay_id=guest.stay, kind=kind, left=self.now, due_back=Moment.of(due, zone), place=place
        )
        if back:
            local = due.astimezone(zone)
            self.at(local.date(), partial(self._come_back, absence_id), local.hour, local.minute)

    def plan_leave(self, guest: Guest, place: str, reason: str, *, escort: str = "") -> None:
        """Decide that somebody may go out tomorrow until the evening of the day after."""
        zone, day = self.register.facility.zone, self.now.on + timedelta(days=1)
        self.do(
            gate.plan_leave,
            stay_id=guest.stay,
            kind=AbsenceKind.LEAVE,
            reason=reason,
            place=place,
            escort=escort,
            start=Moment.of_clock(day, time(9), zone),
            due_back=Moment.of_clock(day + timedelta(days=1), time(20), zone),
        )

    def _come_back(self, absence_id: AbsenceId) -> None:
        self.do(absences.return_, absence_id=absence_id, returned=self.now)

    def bed(self, building: str) -> BedId | None:
        """The next free bed of a building."""
        return self._free[building].pop(0) if self._free[building] else None

    # -- leaving --------------------------------------------------------------------------------------------------

    def plan(self, guests: Sequence[Guest], way: Way, travel_on: date) -> None:
        """Plan the departure of one person or of a family."""
        for guest in guests:
            guest.plan_id = self.do(
                departures.plan,
                stay_id=guest.stay,
                kind=way.kind,
                planned_on=travel_on,
                country=way.country or self._home(guest, way.kind),
                place=way.place,
            )

    def _home(self, guest: Guest, kind: DepartureKind) -> str | None:
        """The country of origin, for a kind that leads there."""
        if kind not in RETURNS:
            return None
        asked = select(Resident.nationality).join(Stay, Stay.resident_id == Resident.id).where(Stay.id == guest.stay)
        with self.register.read() as snapshot:
            return snapshot.connection.execute(asked).scalar_one()

    def check(self, guest: Guest, kind: CheckKind, *, passed: bool = True, held_on: date | None = None) -> None:
        """Enter one check, held today unless told otherwise."""
        details, document_id, valid_until = self._details(guest, kind)
        who, _days_before = _HELD[kind]
        self.do(
            departures.enter_check,
            by=who if kind in SEALED_CHECKS else CLERK,
            plan_id=guest.plan_id,
            kind=kind,
            held_on=held_on or self.now.on,
            passed=passed,
            who=who,
            valid_until=valid_until,
            details=details,
            document_id=document_id,
        )

    def note(self, guest: Guest, kind: SealedKind, text: str) -> None:
        """Enter a sealed note."""
        (resident_id,) = self.ask(select(Stay.resident_id).where(Stay.id == guest.stay))
        by = LAWYER if kind is SealedKind.ASYLUM_CLAIM else DOCTOR
        self.do(safeguards.enter_note, by=by, resident_id=resident_id, kind=kind, text=text)

    def complaint(self, guest: Guest, said: str, answer: str = "") -> None:
        """Enter a complaint of today, and perhaps that it was answered at once."""
        (resident_id,) = self.ask(select(Stay.resident_id).where(Stay.id == guest.stay))
        answered: dict[str, object] = {"answered_on": self.now.on, "answer": answer} if answer else {}
        self.do(COMPLAINTS.enter, by=DOCTOR, resident_id=resident_id, received_on=self.now.on, said=said, **answered)

    def fight(self, guests: Sequence[Guest]) -> None:
        """Enter that force was used to end a fight."""
        self.do(
            incidents.enter,
            by=SUPERVISOR,
            programme_id=guests[0].programme_id,
            kind=IncidentKind.FORCE,
            happened=self.now,
            residents=self.ask(select(Stay.resident_id).where(Stay.id.in_([each.stay for each in guests]))),
            place="Corridor of the ground floor",
            what="Two people fought. They were parted and held by the arms until they were calm.",
            by_whom="Guards 14 and 22",
            means="Hands",
            why="To end a fight",
            injuries="A bruise at the left wrist; seen by the doctor.",
            told_whom="Director",
            told=self.now,
        )

    def _details(self, guest: Guest, kind: CheckKind) -> tuple[dict[str, str], DocumentId | None, date | None]:
        match kind:
            case CheckKind.COUNSELLING:
                return {"language": guest.who.language}, None, None
            case CheckKind.DECISION:
                said = {"decision_number": f"DCAM {guest.stay}/{self.now.on.year}", "served": "by hand"}
                return {**said, "appeal": "time over"}, None, None
            case CheckKind.TRAVEL_DOCUMENT if guest.document_id is None:
                return {"document_number": f"TC {40_000 + guest.stay}"}, None, self.now.on + timedelta(days=120)
            case CheckKind.TRAVEL_DOCUMENT:
                return {}, guest.document_id, None
            case CheckKind.FAMILY_UNITY:
                said_of = Together.TOGETHER if guest.who.group else Together.ALONE
                return {"family": said_of.value}, None, None
            case CheckKind.ACCEPTANCE:
                return {"accepted_by": "Embassy, note verbale"}, None, None
            case _:
                return {}, None, None

    def leave(self, guests: Sequence[Guest], way: Way, travel_on: date) -> None:
        """Schedule a whole departure: the plan, each check in its time, and the day itself."""
        self.at(travel_on - timedelta(days=28), partial(self.plan, guests, way, travel_on), hour=10)
        with_children = any(guest.who.relation == "child" for guest in guests)
        for kind in REQUIRED[way.kind]:
            if kind is CheckKind.BEST_INTERESTS and not with_children:
                continue
            held_on = travel_on - timedelta(days=_HELD[kind][1])
            for guest in guests:
                self.at(held_on, partial(self.check, guest, kind), hour=11)
        self.at(travel_on, partial(self.depart, guests), hour=15)

    def depart(self, guests: Sequence[Guest]) -> None:
        """Leave together; the beds are free again."""
        if len(guests) == 1:
            self.do(endings.depart, plan_id=guests[0].plan_id)
        else:
            self.do(endings.depart_group, plan_ids=[guest.plan_id for guest in guests])
        self.vacate(guests)

    def vacate(self, guests: Sequence[Guest]) -> None:
        """Say whose beds can be given to others."""
        for guest in guests:
            if guest.bed_id is not None:
                self._free[guest.building].append(guest.bed_id)


_HELD: Mapping[CheckKind, tuple[str, int]] = {
    CheckKind.COUNSELLING: ("IOM, B. Hoti", 24),
    CheckKind.CONSENT: (CLERK, 22),
    CheckKind.DECISION: (SUPERVISOR, 25),
    CheckKind.NON_REFOULEMENT: (LAWYER, 14),
    CheckKind.TRAVEL_DOCUMENT: (CLERK, 20),
    CheckKind.FIT_TO_TRAVEL: (DOCTOR, 3),
    CheckKind.FAMILY_UNITY: (CLERK, 12),
    CheckKind.BEST_INTERESTS: ("Social services, D. Rexhepi", 16),
    CheckKind.ACCEPTANCE: (SUPERVISOR, 15),
    CheckKind.PROPERTY_RETURNED: (CLERK, 0),
}
"""By whom each check is held, and on which day before the journey."""
