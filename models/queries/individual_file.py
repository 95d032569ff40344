"""The file of one person, for paper: all that the register holds of them and that is not sealed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.entities.trail import TrailEntry, TrailSubject
from models.errors import Refused
from models.ids import ResidentId
from models.queries import admissions, departures, resident_page, separations, veil
from models.queries.admissions import EntryRow
from models.queries.departures import PlanPage
from models.queries.history import sentence
from models.queries.resident_page import DecisionRow, ResidentPage
from models.queries.separations import SeparationRow
from models.repositories.joinings import everybody
from models.rules.leaving import CheckRow
from models.rules.needs import SEALED_NEEDS
from models.rules.rooms import bed_name
from models.rules.time import Moment
from models.rules.vocabulary import SEALED_CHECKS, DepartureKind, FilePart, HealthStep, NeedKind, PlanState
from models.rules.wording import word
from models.store.snapshot import Snapshot
from models.text import Message, message


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a chronology.

    Attributes:
        when: To the minute or to the day, as it is known.
        what: What happened.
        by: Who decided or did it; empty where it was not said.
        opens: Whether it begins its day where its hour is not known; others of a day alone end it.
    """

    when: Moment
    what: Message
    by: str = ""
    opens: bool = False

    @property
    def place(self) -> tuple[date, bool, datetime]:
        """By what events are put in order."""
        begins, instant = self.when.beginning
        return begins, self.when.at is None and not self.opens, instant


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper about the person that was printed or saved.

    Attributes:
        title: What it is called.
        way: Whether it was printed or saved.
        by: Who did it.
    """

    at: datetime
    title: Message
    way: Message
    by: str


@dataclass(frozen=True, slots=True)
class PlannedDeparture:
    """A departure as it was planned, and its checks that are not sealed.

    Attributes:
        has_left: Whether the person left by it. That a plan was stopped is told on no paper, nor what stopped it.
    """

    kind: DepartureKind
    planned_on: date
    country: str | None
    place: str
    has_left: bool
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class IndividualFile:
    """The file of one person. What is sealed is nowhere in it, whoever asks (rules.md, Disclosure).

    Attributes:
        is_own_copy: Whether it is for the person: then it names no other resident, and of the staff only who decided.
        chronology: The earliest first.
        decisions: The earliest first.
        record: What was entered of the arrivals, and of the person.
        papers: Those printed and saved before this one, the earliest first.
        today: The local date, to which what goes on is counted.
        parts: Those that stand on the paper; all of them, unless some were chosen.
    """

    is_own_copy: bool
    page: ResidentPage
    chronology: tuple[Event, ...]
    decisions: tuple[DecisionRow, ...]
    record: tuple[EntryRow, ...]
    departures: tuple[PlannedDeparture, ...]
    separations: tuple[SeparationRow, ...]
    papers: tuple[IssuedPaper, ...]
    today: date
    zone: ZoneInfo
    parts: tuple[FilePart, ...] = tuple(FilePart)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out by choice."""
        return len(self.parts) == len(FilePart)


def of_resident(
    snapshot: Snapshot, *, resident_id: ResidentId, parts: Iterable[str] = tuple(FilePart)
) -> IndividualFile:
    """The file of a person, for the house and for an authority that may have it.

    Args:
        snapshot: The look at the register.
        resident_id: Whose.
        parts: The parts that the authority may have; the name and the number stand on it always.

    Raises:
        Refused: There is no such person, or no such part, or none is chosen.
    """
    chosen = _parts(parts)
    page = resident_page.page(snapshot, resident_id=resident_id)
    if page is None:
        raise Refused("This resident is not in the register. Choose one from the list.", field="resident_id")
    arrivals = [found for stay in page.stays if (found := admissions.of_stay(snapshot, stay_id=stay.id)) is not None]
    entered = {(entry.table, entry.id): entry for each in arrivals for entry in each.entries}
    record = tuple(entry for entry in entered.values() if entry.values.get("kind") not in SEALED_NEEDS)
    parted = tuple(row for stay in page.stays for row in separations.of_stay(snapshot, stay_id=stay.id).separations)
    plans = [
        plan
        for stay in page.stays
        for found in [departures.of_stay(snapshot, stay_id=stay.id)]
        for plan in (*([found.current] if found.current else []), *found.earlier)
    ]
    decisions = page.decisions[::-1]
    return IndividualFile(
        is_own_copy=False,
        page=page,
        chronology=_chronology(page, decisions, record, parted),
        decisions=decisions,
        record=record,
        departures=tuple(map(_unsealed, sorted(plans, key=lambda plan: plan.row.id))),
        separations=parted[::-1],
        papers=_papers(snapshot, page.row.id),
        today=snapshot.today,
        zone=snapshot.facility.zone,
        parts=chosen,
    )


def _parts(named: Iterable[str]) -> tuple[FilePart, ...]:
    """Some parts in their order, each once."""
    wanted = {name.strip().casefold() for name in named}
    if not wanted <= {*FilePart} or not wanted:
        raise Refused(
            "Choose at least one part of the file. Its parts are: {known}.", field="parts", known=", ".join(FilePart)
        )
    return tuple(part for part in FilePart if part in wanted)


_OF_OTHERS = frozenset({"room_decisions"})
"""What is entered of a person and speaks of those with whom they would live."""
_NEEDS_OF_OTHERS = frozenset({NeedKind.SEPARATE_FROM, NeedKind.NOT_SHARED})


def own_copy(snapshot: Snapshot, *, resident_id: ResidentId) -> IndividualFile:
    """The file as the person may have it (standards.md, C5): who decided they may know, and nobody else is named.

    Raises:
        Refused: There is no such person.
    """
    whole = of_resident(snapshot, resident_id=resident_id)
    page = replace(
        whole.page,
        relatives=(),
        joinings=(),
        placements=tuple(replace(row, reason="", exceptions=(), decided_by="") for row in whole.page.placements),
        stays=tuple(
            replace(
                stay,
                limits=tuple(replace(limit, entered_by="") for limit in stay.limits),
                reviews=tuple(replace(review, held_by="") for review in stay.reviews),
            )
            for stay in whole.page.stays
        ),
    )
    return replace(
        whole,
        is_own_copy=True,
        page=page,
        chronology=tuple(replace(each, by="") for each in whole.chronology),
        record=tuple(_own(entry) for entry in whole.record if not _is_of_others(entry)),
        departures=tuple(
            replace(each, checks=tuple(replace(check, who="") for check in each.checks)) for each in whole.departures
        ),
        separations=tuple(replace(each, ordered_by="") for each in whole.separations),
        papers=tuple(replace(each, by="") for each in whole.papers),
    )


# -- inside ------------------------------------------------------------------------------------------------------------


def _is_of_others(entry: EntryRow) -> bool:
    return entry.table in _OF_OTHERS or (entry.table == "needs" and entry.values.get("kind") in _NEEDS_OF_OTHERS)


_STAFF = frozenset({"decided_by", "by_whom", "explained_by", "looked_by", "told_by", "staff"})
"""The fields of entries in which staff is named."""


def _own(entry: EntryRow) -> EntryRow:
    values = {name: value for name, value in entry.values.items() if name not in _STAFF}
    return replace(entry, values=values, others={}, entered_by="")


def _unsealed(plan: PlanPage) -> PlannedDeparture:
    row = plan.row
    checks = tuple(check for check in plan.checks if check.kind not in SEALED_CHECKS)
    return PlannedDeparture(row.kind, row.planned_on, row.country, row.place, plan.state is PlanState.DEPARTED, checks)


def _chronology(
    page: ResidentPage,
    decisions: Sequence[DecisionRow],
    record: Sequence[EntryRow],
    parted: Sequence[SeparationRow],
) -> tuple[Event, ...]:
    events = [
        *(Event(Moment(each.on), each.what, each.by) for each in decisions),
        *_of_stays(page),
        *_of_record(record),
        *_of_rooms(page, parted),
    ]
    return tuple(sorted(events, key=lambda event: event.place))


def _of_stays(page: ResidentPage) -> Iterator[Event]:
    for stay in page.stays:
        yield Event(stay.arrived, message("Arrived: {programme}", programme=stay.programme), opens=True)
        if stay.departed is not None and stay.departure_kind is not None:
            yield Event(stay.departed, message("Departed: {kind}", kind=word(stay.departure_kind)))


def _of_record(record: Sequence[EntryRow]) -> Iterator[Event]:
    for entry in record:
        values = entry.values
        if entry.table == "health_checks" and values["step"] == HealthStep.HELD:
            yield Event(values["done"], message("First health check"), values["by_whom"])
        elif entry.table == "rights_talks":
            yield Event(values["explained"], message("Rights explained"), values["explained_by"])
        elif entry.table == "property_receipts":
            yield Event(Moment(values["signed_on"]), message("Property signed for"), values["staff"])


def _of_rooms(page: ResidentPage, parted: Sequence[SeparationRow]) -> Iterator[Event]:
    for row in page.placements:
        bed = bed_name(row.building, row.room, row.bed)
        yield Event(row.start, bed, row.decided_by or "")
    for absence in page.absences:
        yield Event(absence.left, message("Left the house: {kind}", kind=word(absence.kind)))
        if absence.returned is not None:
            yield Event(absence.returned, message("Came back"))
    for each in parted:
        yield Event(each.began, message("Kept apart from others"), each.ordered_by)
        if each.ended is not None:
            yield Event(each.ended, message("Not kept apart any more"))


_LEFT = ("papers.printed", "papers.saved", "papers.failed")
"""The names of the actions by which a paper leaves or does not, as the trail keeps them."""


def _papers(snapshot: Snapshot, resident_id: ResidentId) -> tuple[IssuedPaper, ...]:
    """What the trail says was printed and saved about a person."""
    whose = [f"resident:{each}" for each in snapshot.connection.scalars(everybody(resident_id))]
    found = snapshot.connection.execute(
        select(TrailEntry.at, TrailEntry.user, TrailEntry.action, TrailEntry.details)
        .where(
            TrailEntry.action.in_(_LEFT),
            TrailEntry.number.in_(select(TrailSubject.number).where(TrailSubject.subject.in_(whose))),
        )
        .order_by(TrailEntry.number)
    )
    contents = [(at, user, action, veil.told(json.loads(told))) for at, user, action, told in found]
    return tuple(
        IssuedPaper(at, Message(said["notes"].get("title", "")), sentence(action, said), user)
        for at, user, action, said in contents
        if "refused" not in said["notes"]
    )
