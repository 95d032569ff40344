"""What happened in the house, and what is sealed of residents, unopened: notes, complaints, self-harm."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select

from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.safeguards import Complaint, Incident, IncidentPerson, SealedNote, SelfHarm
from models.entities.selection import Candidate, ListRemark, ProposedList
from models.entities.stays import Stay
from models.ids import CandidateId, ProgrammeId, ResidentId, SealedNoteId, StayId
from models.queries.admissions import EntryRow, entry_rows
from models.repositories.joinings import everybody
from models.repositories.residents import NAME
from models.repositories.sealed_corrections import is_set_aside, may_open
from models.rules.people import reads
from models.rules.safeguards import ComplaintDays, ComplaintState, complaint_state, complaints_counted
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, SealedKind
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A sealed note, unopened."""

    id: SealedNoteId
    kind: SealedKind
    resident_id: ResidentId
    entered_by: str
    entered_at: datetime
    holds: bool
    """Neither corrected nor taken back."""


_NOTES = Rows(
    NoteRow,
    SealedNote,
    entered_by=User.name,
    holds=~is_set_aside(SealedNote),
)


def notes(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[NoteRow, ...]:
    """The notes that the person who asks may open, the latest first: that there is one tells something by itself."""
    snapshot.looks_at("resident", resident_id)
    may = may_open(SealedNote, snapshot.person.role)
    found = snapshot.connection.execute(
        _NOTES.select()
        .join(User, User.id == SealedNote.entered_by)
        .where(SealedNote.resident_id.in_(everybody(resident_id)), may)
        .order_by(SealedNote.id.desc())
    )
    return _NOTES.rows(found)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A list that says more of a resident than Konak knows, unopened."""

    candidate_id: CandidateId
    list_code: str


_LISTED = Rows(ListedRow, candidate_id=Candidate.id, list_code=ProposedList.code)


def listed(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[ListedRow, ...]:
    """As which candidates a resident came of whom something is kept sealed; none, for who may not read it."""
    snapshot.looks_at("resident", resident_id)
    came = select(Stay.candidate_id).where(Stay.resident_id == resident_id)
    first = select(Resident.candidate_id).where(
        Resident.id.in_(everybody(resident_id)), Resident.candidate_id.is_not(None)
    )
    may = may_open(ListRemark, snapshot.person.role)
    said = select(ListRemark.id).where(ListRemark.candidate_id == Candidate.id, may).exists()
    return _LISTED.rows(
        snapshot.connection.execute(
            _LISTED.select()
            .join(ProposedList, ProposedList.id == Candidate.list_id)
            .where(said, or_(Candidate.id.in_(came), Candidate.id.in_(first)))
            .order_by(Candidate.id)
        )
    )


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """The complaints of a resident and their self-harm, as far as the role that asks may read them, unopened."""

    resident_id: ResidentId
    entries: tuple[EntryRow, ...]
    stay_id: StayId | None = None
    """They hang on no stay."""


def record(snapshot: Snapshot, *, resident_id: ResidentId) -> SealedRecord:
    """What is on record of a resident that is sealed from who may not read it, that it is there as well."""
    snapshot.looks_at("resident", resident_id)
    found: list[EntryRow] = []
    for entity, kind in ((Complaint, SealedKind.COMPLAINT), (SelfHarm, SealedKind.HEALTH)):
        if reads(snapshot.person.role, kind):
            found += entry_rows(
                snapshot.connection, snapshot.person.role, entity, entity.resident_id.in_(everybody(resident_id))
            )
    return SealedRecord(resident_id, tuple(found))


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint, unopened."""

    id: int
    resident_id: ResidentId
    number: str
    name: str
    received_on: date
    answer_by: date
    answered_on: date | None
    entered_by: str

    @property
    def days(self) -> ComplaintDays:
        """Its days."""
        return ComplaintDays(self.received_on, self.answer_by, self.answered_on)

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been answered by a day, and is not."""
        return complaint_state(self.days, on) is ComplaintState.OVERDUE


_COMPLAINTS = Rows(ComplaintRow, Complaint, Resident, name=NAME, entered_by=User.name)


def complaints(snapshot: Snapshot) -> tuple[ComplaintRow, ...]:
    """All complaints, those first that wait for an answer, of these the one owed first; none, for who reads none."""
    return _complaints(snapshot) if reads(snapshot.person.role, SealedKind.COMPLAINT) else ()


def _complaints(snapshot: Snapshot, *which: ColumnElement[bool]) -> tuple[ComplaintRow, ...]:
    answered = Complaint.answered_on.is_not(None)
    return _COMPLAINTS.rows(
        snapshot.connection.execute(
            _COMPLAINTS.select()
            .join(Resident, Resident.id == Complaint.resident_id)
            .join(User, User.id == Complaint.entered_by)
            .where(*which)
            .order_by(answered, Complaint.answer_by, Complaint.id)
        )
    )


def unanswered(snapshot: Snapshot) -> tuple[ComplaintRow, ...]:
    """The complaints that wait for an answer, the one owed first; none, for who may read none."""
    if not reads(snapshot.person.role, SealedKind.COMPLAINT):
        return ()
    return _complaints(snapshot, Complaint.answered_on.is_(None))


@dataclass(frozen=True, slots=True)
class SelfHarmRow:
    """That somebody harmed themselves, unopened."""

    id: int
    resident_id: ResidentId
    number: str
    name: str
    happened: Moment
    told_whom: str


_SELF_HARM = Rows(SelfHarmRow, SelfHarm, Resident, name=NAME)


def self_harm(snapshot: Snapshot) -> tuple[SelfHarmRow, ...]:
    """When residents harmed themselves, the latest first; nothing, for who may not read it."""
    if not reads(snapshot.person.role, SealedKind.HEALTH):
        return ()
    return _SELF_HARM.rows(
        snapshot.connection.execute(
            _SELF_HARM.select()
            .join(Resident, Resident.id == SelfHarm.resident_id)
            .order_by(SelfHarm.happened_on.desc(), SelfHarm.happened_at.desc().nulls_last(), SelfHarm.id.desc())
        )
    )


@dataclass(frozen=True, slots=True)
class Concerned:
    """A resident whom an incident concerns."""

    resident_id: ResidentId
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Something that happened in the house."""

    id: int
    version: int
    kind: IncidentKind
    programme_id: ProgrammeId
    programme: str
    happened: Moment
    place: str
    what: str
    by_whom: str
    means: str
    why: str
    told_whom: str
    told: Moment | None
    entered_by: str
    entered_at: datetime
    concerned: tuple[Concerned, ...]


_INCIDENTS = Rows(IncidentRow, Incident, programme=Programme.code, entered_by=User.name)
_CONCERNED = Rows(Concerned, IncidentPerson, Resident, name=NAME)


def incidents(
    snapshot: Snapshot, *, resident_id: ResidentId | None = None, incident_id: int | None = None
) -> tuple[IncidentRow, ...]:
    """What happened in the house, the latest first; what was taken back is left out.

    Args:
        snapshot: The look at the register.
        resident_id: Only what concerns this resident.
        incident_id: Only this one.
    """
    which: list[ColumnElement[bool]] = []
    if resident_id is not None:
        snapshot.looks_at("resident", resident_id)
        concerns = select(IncidentPerson.incident_id).where(IncidentPerson.resident_id.in_(everybody(resident_id)))
        which.append(Incident.id.in_(concerns))
    if incident_id is not None:
        which.append(Incident.id == incident_id)
    return _incidents(snapshot, *which)


def _incidents(snapshot: Snapshot, *which: ColumnElement[bool]) -> tuple[IncidentRow, ...]:
    found = snapshot.connection.execute(
        _INCIDENTS.select()
        .join(Programme, Programme.id == Incident.programme_id)
        .join(User, User.id == Incident.entered_by)
        .where(~Incident.is_taken_back, *which)
        .order_by(Incident.happened_on.desc(), Incident.happened_at.desc().nulls_last(), Incident.id.desc())
    )
    rows = [_INCIDENTS.values(row) for row in found]
    whom = _whom(snapshot, [row["id"] for row in rows])
    return tuple(IncidentRow(**row, concerned=tuple(whom[row["id"]])) for row in rows)


def _whom(snapshot: Snapshot, incidents: Sequence[int]) -> Mapping[int, list[Concerned]]:
    found: defaultdict[int, list[Concerned]] = defaultdict(list)
    rows = snapshot.connection.execute(
        _CONCERNED.select()
        .add_columns(IncidentPerson.incident_id)
        .join(Resident, Resident.id == IncidentPerson.resident_id)
        .where(IncidentPerson.incident_id.in_(incidents))
        .order_by(IncidentPerson.id)
    )
    for row in rows:
        found[row.incident_id].append(_CONCERNED.row(row))
    return found


@dataclass(frozen=True, slots=True)
class NumberedIncident:
    """An incident under its number in the register.

    Attributes:
        on: The local date.
        number: That of its row: given when it was entered, and to no other; it stays where the day is corrected.
        row: What is said of it; None: it was taken back, and keeps its number (standards.md, D3).
    """

    on: date
    number: int
    row: IncidentRow | None


@dataclass(frozen=True, slots=True)
class IncidentRegister:
    """The register of incidents over a span, for a paper; in order of the days and of their numbers."""

    zone: ZoneInfo
    incidents: tuple[NumberedIncident, ...]


def register_of_incidents(
    snapshot: Snapshot, *, from_on: date | None = None, until_on: date | None = None
) -> IncidentRegister:
    """The register of incidents (standards.md, B5).

    Args:
        snapshot: The look at the register.
        from_on: The first local date.
        until_on: The last one.
    """
    within: list[ColumnElement[bool]] = []
    if from_on is not None:
        within.append(Incident.happened_on >= from_on)
    if until_on is not None:
        within.append(Incident.happened_on <= until_on)
    said = {row.id: row for row in _incidents(snapshot, *within)}
    ordered = select(Incident.id, Incident.happened_on).where(*within).order_by(Incident.happened_on, Incident.id)
    found = snapshot.connection.execute(ordered)
    numbered = tuple(NumberedIncident(on, number, said.get(number)) for number, on in found)
    return IncidentRegister(snapshot.facility.zone, numbered)


@dataclass(frozen=True, slots=True)
class ComplaintRegister:
    """The register of complaints over a span, for a paper.

    Attributes:
        first: The first day that counts; None: that of the first complaint.
        last: The last day that counts, on which what is not answered is late or not; today at the latest.
        complaints: Those received within it, and those of before that were not answered when it began; in order of
            time.
        counts: As the report of a month counts them.
    """

    first: date | None
    last: date
    complaints: tuple[ComplaintRow, ...]
    counts: Mapping[str, int]


def register_of_complaints(
    snapshot: Snapshot, *, from_on: date | None = None, until_on: date | None = None
) -> ComplaintRegister:
    """The register of complaints, unopened (standards.md, B4); an empty one, for who reads none.

    Args:
        snapshot: The look at the register.
        from_on: The first local date.
        until_on: The last one; it ends today at the latest.
    """
    since, last = from_on or date.min, min(until_on or snapshot.today, snapshot.today)
    found: Sequence[ComplaintRow] = ()
    if reads(snapshot.person.role, SealedKind.COMPLAINT):
        waited = or_(Complaint.answered_on.is_(None), Complaint.answered_on >= since)
        found = _complaints(snapshot, Complaint.received_on <= last, waited)
    rows = tuple(sorted(found, key=lambda row: (row.received_on, row.id)))
    counts = complaints_counted((row.days for row in rows), since, last)
    return ComplaintRegister(from_on, last, rows, counts)
