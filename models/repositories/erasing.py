"""What belongs to a resident in all tables, and what of it the figures of the months need (rules.md).

What does not stand here as kept is erased, so that a column that is added later goes by itself. Of nobody else is
anything taken.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from sqlalchemy import JSON, Column, Connection, String, Table, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from models.entities.absences import Absence
from models.entities.admissions import Admission, ArrivalDraft, WaitingEntry
from models.entities.base import Base
from models.entities.departures import Check, Ending, Plan
from models.entities.documents import Document
from models.entities.erasing import Erasure
from models.entities.gate import PlannedLeave
from models.entities.people import User
from models.entities.photos import Photo
from models.entities.residents import Family, FamilyNumber, Joining, PartnerNumber, Resident, ToldApart
from models.entities.roll_calls import RollCorrection, RollMark
from models.entities.rooms import Placement
from models.entities.safeguards import Complaint, Incident, IncidentPerson, SealedNote, SelfHarm
from models.entities.sealed_corrections import NoteCorrection, RemarkCorrection
from models.entities.selection import (
    Candidate,
    CandidateAnswer,
    CandidateDecision,
    ChangeOfList,
    DecisionProposal,
    LikenessVerdict,
    ListRemark,
)
from models.entities.separations import HealthVisit, Separation
from models.entities.stays import FilledIn, Review, Stay, StayLimit, TakenBackArrival
from models.entities.transports import Passenger
from models.ids import CandidateId, ResidentId
from models.repositories.admissions import ENTRIES_OF_RESIDENT, ENTRIES_OF_STAY
from models.repositories.alike import became, same_candidates
from models.repositories.joinings import everybody, remaining
from models.repositories.remarks import remarks
from models.repositories.sealed_corrections import of_the_same
from models.rules.birth import BirthDate
from models.rules.erasing import coarse_birth, days_that_count
from models.rules.joining import brought, read
from models.rules.known_by import KnownBy, texts_in
from models.rules.names import fold
from models.rules.vocabulary import AbsenceKind
from models.store import preferences, search
from models.store.erasing import Lent, Whose
from models.store.unit_of_work import UnitOfWork
from models.text import N_, translator

_STAY, _PLAN, _CANDIDATE, _RESIDENT = (
    ("stay_id", "stays"),
    ("plan_id", "plans"),
    ("candidate_id", "candidates"),
    ("resident_id", "residents"),
)
BELONGS: Mapping[type[Base], tuple[str, str]] = {
    Stay: _RESIDENT,
    Document: _RESIDENT,
    PartnerNumber: _RESIDENT,
    SealedNote: _RESIDENT,
    NoteCorrection: ("corrected_id", "sealed_notes"),
    Complaint: _RESIDENT,
    SelfHarm: _RESIDENT,
    IncidentPerson: _RESIDENT,
    **dict.fromkeys(ENTRIES_OF_STAY, _STAY),
    Admission: _STAY,
    WaitingEntry: _STAY,
    **dict.fromkeys(ENTRIES_OF_RESIDENT, _RESIDENT),
    Photo: _RESIDENT,
    TakenBackArrival: _RESIDENT,
    FilledIn: _STAY,
    StayLimit: _STAY,
    Review: _STAY,
    Placement: _STAY,
    Absence: _STAY,
    Separation: _STAY,
    HealthVisit: _STAY,
    PlannedLeave: _STAY,
    RollMark: _STAY,
    RollCorrection: _STAY,
    Plan: _STAY,
    Ending: _STAY,
    Check: _PLAN,
    CandidateDecision: _CANDIDATE,
    DecisionProposal: _CANDIDATE,
    LikenessVerdict: _CANDIDATE,
    ChangeOfList: _CANDIDATE,
    CandidateAnswer: _CANDIDATE,
    ListRemark: _CANDIDATE,
    RemarkCorrection: ("corrected_id", "list_remarks"),
    Passenger: _CANDIDATE,
    Erasure: _RESIDENT,
    FamilyNumber: ("family_id", "families"),
    Joining: _RESIDENT,
    ToldApart: _RESIDENT,
}
"""By which column the rows of a table belong to whom; the first ones first."""

BESIDE: Mapping[type[Base], tuple[tuple[str, str], ...]] = {
    NoteCorrection: (("instead_id", "sealed_notes"),),
    RemarkCorrection: (("instead_id", "list_remarks"),),
    Joining: (("joined_id", "residents"), ("candidate_id", "candidates")),
    FilledIn: (("candidate_id", "candidates"),),
    ToldApart: (("other_id", "residents"),),
    LikenessVerdict: (("other_id", "candidates"), ("resident_id", "residents")),
}
"""By which further columns a row is of somebody as well: what is written there is about both."""

KEPT: Mapping[type[Base], frozenset[str]] = {
    Resident: frozenset({"id", "version", "sex", "birth", "nationality", "candidate_id", "joined_into_id"}),
    Stay: frozenset(
        {"id", "version", "resident_id", "programme_id", "candidate_id", "arrived_on", "departed_on", "departure_kind",
         "destination", "destination_country", "limit_on", "cured_at"}
    ),
    StayLimit: frozenset({"id", "stay_id", "limit_on", "basis", "valid_from", "entered_by", "entered_at"}),
    TakenBackArrival: frozenset(
        {"stay_id", "resident_id", "programme_id", "candidate_id", "arrived_on", "departed_on", "taken_back_by",
         "taken_back_at"}
    ),
    FilledIn: frozenset({"stay_id", "candidate_id", "undone_at"}),
    Review: frozenset({"id", "version", "stay_id", "due_on", "held_on"}),
    Placement: frozenset({"id", "version", "stay_id", "bed_id", "from_on", "until_on", "entered_by"}),
    Separation: frozenset({"id", "version", "stay_id", "began_on", "ended_on", "entered_by", "entered_at"}),
    HealthVisit: frozenset({"id", "version", "stay_id", "seen_on", "entered_by", "entered_at"}),
    Absence: frozenset({"id", "version", "stay_id", "from_on", "due_back_on", "until_on"}),
    PlannedLeave: frozenset(
        {"id", "version", "stay_id", "from_on", "due_back_on", "decided_by", "decided_at", "absence_id"}
    ),
    RollMark: frozenset(
        {"id", "roll_call_id", "stay_id", "state", "counted_by", "counter_id", "marked_at", "answer", "answered_by",
         "answered_at", "standing"}
    ),
    RollCorrection: frozenset(
        {"id", "roll_call_id", "stay_id", "standing_before", "standing", "entered_by", "entered_at"}
    ),
    Plan: frozenset(
        {"id", "version", "stay_id", "kind", "destination", "destination_country", "planned_on", "state", "made_by",
         "made_at"}
    ),
    Check: frozenset(
        {"id", "plan_id", "kind", "held_on", "passed", "valid_until", "withdrawn_on", "entered_by", "entered_at"}
    ),
    Ending: frozenset({"stay_id", "plan_id", "placement_id", "absence_id", "entered_at"}),
    Candidate: frozenset({"id", "version", "list_id", "programme_id", "row_number", "state"}),
    CandidateDecision: frozenset(
        {"id", "candidate_id", "outcome", "entered_by", "decided_at", "takes_back_id", "proposal_id"}
    ),
    LikenessVerdict: frozenset(
        {"id", "candidate_id", "other_id", "resident_id", "is_same", "settled_by", "settled_at", "undone_by",
         "undone_at"}
    ),
    DecisionProposal: frozenset(
        {"id", "candidate_id", "outcome", "takes_back", "proposed_by", "proposed_at", "state", "settled_by",
         "settled_at"}
    ),
    Erasure: frozenset({"id", "resident_id", "reason", "asked_by", "asked_at", "erased_by", "erased_at"}),
    Joining: frozenset(
        {"id", "resident_id", "joined_id", "candidate_id", "joined_by", "joined_at", "undone_by", "undone_at"}
    ),
    ToldApart: frozenset(
        {"id", "resident_id", "other_id", "settled_by", "settled_at", "undone_by", "undone_at"}
    ),
    Document: frozenset({"id", "resident_id"}),
    PartnerNumber: frozenset({"id", "resident_id", "programme_id"}),
    SealedNote: frozenset({"id", "resident_id", "was_row", "entered_by", "entered_at"}),
    **dict.fromkeys(
        (NoteCorrection, RemarkCorrection),
        frozenset({"id", "corrected_id", "instead_id", "entered_by", "entered_at", "undone_by", "undone_at"}),
    ),
    **dict.fromkeys(
        (Complaint, SelfHarm), frozenset({"id", "version", "resident_id", "entered_by", "entered_at"})
    ),
    IncidentPerson: frozenset({"id", "incident_id", "resident_id"}),
    Incident: frozenset(
        {"id", "version", "programme_id", "kind", "happened_on", "is_taken_back", "entered_by", "entered_at"}
    ),
    **dict.fromkeys(ENTRIES_OF_STAY, frozenset({"id", "version", "stay_id", "entered_by", "entered_at"})),
    **dict.fromkeys(ENTRIES_OF_RESIDENT, frozenset({"id", "version", "resident_id", "entered_by", "entered_at"})),
    Admission: frozenset({"stay_id", "required"}),
    WaitingEntry: frozenset({"id", "stay_id", "typed_by", "typed_at"}),
    Photo: frozenset({"id", "resident_id", "entered_by", "entered_at"}),
    ChangeOfList: frozenset({"id", "import_id", "candidate_id", "what"}),
    CandidateAnswer: frozenset({"id", "candidate_id", "criterion_id"}),
    ListRemark: frozenset({"id", "list_id", "candidate_id", "entered_by", "entered_at"}),
    FamilyNumber: frozenset({"id", "family_id", "programme_id"}),
    Passenger: frozenset({"id", "version", "transport_id", "candidate_id", "is_aboard", "bed_is_chosen"}),
    Family: frozenset({"id"}),
}  # fmt: skip
"""What may stay of the rows of a table, in it or in the trail."""

_GONE: tuple[type[Base], ...] = (
    *ENTRIES_OF_STAY,
    *ENTRIES_OF_RESIDENT,
    WaitingEntry,
    Photo,
    Document,
    PartnerNumber,
    NoteCorrection,
    SealedNote,
    Complaint,
    SelfHarm,
    IncidentPerson,
    CandidateAnswer,
    RemarkCorrection,
    ListRemark,
    FamilyNumber,
    Family,
)
"""Of these no row stays."""
_INSTEAD: Mapping[tuple[str, str], object] = {
    ("absences", "kind"): AbsenceKind.OTHER,
    ("planned_leaves", "kind"): AbsenceKind.OTHER,
    ("stays", "departure_facts"): {},
    ("checks", "details"): {},
    ("candidates", "listed"): {},
    ("list_changes", "before"): {},
    ("list_changes", "after"): {},
    ("candidate_decisions", "reasons"): [],
    ("candidate_decisions", "facts"): {},
    ("decision_proposals", "reasons"): [],
    ("decision_proposals", "facts"): {},
    ("joinings", "before"): {},
    ("joinings", "after"): {},
    ("joinings", "moved"): {},
    ("filled_in", "before"): {},
    ("filled_in", "after"): {},
    ("filled_in", "added"): {},
}
"""What stands where something was that has to be something."""
_LONG_NAME = 5
"""Letters from which on a name alone tells of somebody in what was written about others."""
_ERASED = N_("What stood here was erased.")


def whose(unit: UnitOfWork, resident: Resident) -> Whose:
    """All that belongs to a resident, as far as it is there now."""
    rows: dict[str, set[int]] = {name.__tablename__: set() for name in KEPT}
    rows["residents"] = {*unit.session.scalars(everybody(resident.id))}
    rows["candidates"] = {*one_person(unit.connection, resident.id)[1]}
    if resident.family_id is not None:
        others = select(Resident.id).where(Resident.family_id == resident.family_id, Resident.id != resident.id)
        if unit.session.scalars(others.limit(1)).first() is None:
            rows["families"] = {resident.family_id}
    for entity, own in BELONGS.items():
        table = cast("Table", entity.__table__)
        (key,) = table.primary_key
        for column, of in (own, *BESIDE.get(entity, ())):
            rows[table.name] |= set(unit.connection.scalars(select(key).where(table.c[column].in_(rows[of]))))
        if entity is SealedNote or entity is ListRemark:
            rows[table.name] |= of_the_same(unit.connection, entity, rows[table.name])
        if entity is TakenBackArrival:
            rows["stays"] |= rows[table.name]  # by the number that the stay had plans are found that are kept
    for name, number in _rows_that_came(unit, rows["residents"], rows["candidates"]):
        rows[name].add(number)
    rows["incidents"] = _told_of_nobody_else(unit, rows["incident_persons"])
    named = {
        "residents": "resident",
        "stays": "stay",
        "plans": "plan",
        "candidates": "candidate",
        "incidents": "incident",
    }
    subjects = [f"{kind}:{number}" for table, kind in named.items() for number in sorted(rows[table])]
    words = _words(unit, rows)
    return Whose(
        rows=rows,
        belongs={entity.__tablename__: said for entity, said in BELONGS.items()},
        kept={entity.__tablename__: said for entity, said in KEPT.items()},
        subjects=subjects,
        words=KnownBy(words, _alone(unit, rows)),
        parts=KnownBy(words | _parts(unit, rows)),
        lent=[*_lent(unit, rows["residents"], rows["candidates"])],
        remarks=remarks(frozenset(entity.__tablename__ for entity in KEPT)),
        instead=translator(unit.facility.language)(_ERASED),
    )


def one_person(connection: Connection, resident_id: ResidentId) -> tuple[set[ResidentId], set[CandidateId]]:
    """The residents and the candidates who were found to be one person with a resident, however they hang together."""
    of_candidate = became(connection)
    found = select(Passenger.candidate_id, Passenger.resident_id).where(Passenger.resident_id.is_not(None))
    for candidate, resident in connection.execute(found):
        of_candidate[candidate] |= set() if resident is None else {resident}
    residents, candidates = {*connection.scalars(everybody(resident_id))}, set[CandidateId]()
    while True:
        new = {each for each, persons in of_candidate.items() if residents & persons} - candidates
        new |= {same for each in new for same in same_candidates(connection, each)} - candidates
        if not new:
            return residents, candidates
        candidates |= new
        for other in {person for each in new for person in of_candidate.get(each, ())} - residents:
            residents |= {*connection.scalars(everybody(remaining(connection, other)))}


def _told_of_nobody_else(unit: UnitOfWork, mine: set[int]) -> set[int]:
    """The incidents that concern these persons alone; one that concerns others too stays theirs, and names nobody."""
    concerned = select(IncidentPerson.incident_id).where(IncidentPerson.id.in_(mine))
    others = select(IncidentPerson.incident_id).where(IncidentPerson.id.not_in(mine))
    return {*unit.session.scalars(concerned)} - {*unit.session.scalars(others)}


def _lent(unit: UnitOfWork, persons: set[int], candidates: set[int]) -> Iterator[Lent]:
    """What had become somebody else's of these persons: by a joining, or by an arrival, that was taken back."""
    parted = select(Joining).where(Joining.joined_id.in_(persons), Joining.resident_id.not_in(persons))
    for joining in unit.session.scalars(parted.where(Joining.undone_at.is_not(None))):
        yield _of(joining.resident_id, joining.before, joining.after, ("joinings", joining.id))
    for filled, whom in _filled_wrongly(unit, persons, candidates):
        said_by = ("filled_in", filled.stay_id)
        yield _of(whom, filled.before, filled.after, said_by)
        for table, rows in read(filled.added).items():
            for number, said in rows.items():
                if said:
                    yield Lent(table, int(number), {"number": [said]}, [], said_by)


def _filled_wrongly(unit: UnitOfWork, persons: set[int], candidates: set[int]) -> list[tuple[FilledIn, ResidentId]]:
    """What came to somebody else by an arrival of these candidates that was taken back, and to whom."""
    asked = select(FilledIn, TakenBackArrival.resident_id).join(
        TakenBackArrival, TakenBackArrival.stay_id == FilledIn.stay_id
    )
    theirs = FilledIn.candidate_id.in_(candidates)
    found = unit.session.execute(asked.where(theirs, TakenBackArrival.resident_id.not_in(persons)))
    return [(row[0], row[1]) for row in found]


def _rows_that_came(unit: UnitOfWork, persons: set[int], candidates: set[int]) -> Iterator[tuple[str, int]]:
    """The rows that came so and are gone since; one that is there still is of whom it was written over for."""
    for filled, _ in _filled_wrongly(unit, persons, candidates):
        added = read(filled.added)
        for entity in (Document, PartnerNumber, Photo):
            came = {int(number) for number in added.get(entity.__tablename__, ())}
            here = set(unit.session.scalars(select(entity.id).where(entity.id.in_(came))))
            yield from ((entity.__tablename__, number) for number in came - here)


def _of(whom: ResidentId, before: Mapping[str, str], after: Mapping[str, str], said_by: tuple[str, int]) -> Lent:
    values = {
        name: said for name, said in brought(before, after).items() if name not in KEPT[Resident] or name == "birth"
    }
    names = [fold(text) for name in ("family_name", "given_names") for text in values.get(name, ())]
    return Lent("residents", whom, values, [text for text in names if text], said_by)


def forget_typed(unit: UnitOfWork, owned: Whose) -> None:
    """Take out of what people have set in their windows the texts that tell of a person, or that find them.

    To be done before the person is taken out of the search.
    """
    persons = owned.rows["residents"]

    @cache
    def tells(text: str) -> bool:
        return owned.parts.is_in(text) or not persons.isdisjoint(search.matching(unit.connection, text))

    preferences.forget_texts(unit.connection, tells)


def is_half_entered(unit: UnitOfWork, owned: Whose) -> bool:
    """Whether a half-entered arrival tells of a person: by a number, or by the whole name, in one text or in two."""
    names = select(Resident.family_name, Resident.given_names).where(Resident.id.in_(owned.rows["residents"]))
    whole = [{fold(part) for part in row if part} for row in unit.session.execute(names)]
    known = KnownBy(_words(unit, owned.rows))
    for content in unit.session.scalars(select(ArrivalDraft.content)):
        typed = [*texts_in(json.loads(content))]
        texts = {fold(text) for text in typed}
        if any(name and name <= texts for name in whole) or known.is_in(typed):
            return True
    return False


def _parts(unit: UnitOfWork, rows: Mapping[str, set[int]]) -> set[str]:
    """The names by which the person is known."""
    return {part for name in _names(unit, rows) for part in name[:2]}


def _alone(unit: UnitOfWork, rows: Mapping[str, set[int]]) -> set[str]:
    """Their names that tell of them without another: long enough, and nobody else in the register is called so."""
    own = {fold(part) for name in _names(unit, rows) for part in name}
    own |= {fold(alias) for alias in _aliases(unit, rows)}
    own = {name for name in own if len(name) >= _LONG_NAME}
    others = {part for name in _names(unit, rows, of_others=True) for part in name}
    others |= {*_aliases(unit, rows, of_others=True), *unit.session.scalars(select(User.name))} if own else set()
    for name in others:
        folded = fold(name)
        own -= {folded, *folded.split()}
    return own


def _names(
    unit: UnitOfWork, rows: Mapping[str, set[int]], *, of_others: bool = False
) -> Iterator[tuple[str, str, str]]:
    """The family name, the given names and the name in the own script, as resident and as candidate."""
    for entity, table in ((Resident, "residents"), (Candidate, "candidates")):
        asked = select(entity.id, entity.family_name, entity.given_names, entity.own_script)
        for row in unit.session.execute(asked if of_others else asked.where(entity.id.in_(rows[table]))):
            if not (of_others and row.id in rows[table]):
                yield row.family_name, row.given_names, row.own_script


def _aliases(unit: UnitOfWork, rows: Mapping[str, set[int]], *, of_others: bool = False) -> Iterator[str]:
    """By what else they are called."""
    for number, aliases in unit.session.execute(select(Resident.id, Resident.aliases)):
        if (number in rows["residents"]) is not of_others:
            yield from aliases


def _words(unit: UnitOfWork, rows: Mapping[str, set[int]]) -> set[str]:
    """The numbers and the whole names by which the person is known; a number also without what parts it."""
    said: set[str] = set()
    for family, given, own_script in _names(unit, rows):
        said |= {f"{family}, {given}", f"{given} {family}", own_script}
    for column, key, numbers in (
        (Resident.number, Resident.id, rows["residents"]),
        (PartnerNumber.number, PartnerNumber.id, rows["partner_numbers"]),
        (Document.number, Document.id, rows["documents"]),
        (Candidate.partner_number, Candidate.id, rows["candidates"]),
        (Candidate.document_number, Candidate.id, rows["candidates"]),
    ):
        for number in unit.connection.scalars(select(column).where(key.in_(numbers))):
            said |= {number, fold(number).replace(" ", "")}
    return {text.strip(" ,") for text in said if len(text.strip(" ,")) > 3}


def left_of(unit: UnitOfWork, resident: Resident, owned: Whose) -> dict[Table, dict[int, dict[str, Any] | None]]:
    """What the rows of a person are to hold from now on, by column; None where a row goes."""
    left: dict[Table, dict[int, dict[str, Any] | None]] = {}
    for entity in (*(each for each in KEPT if each not in _GONE), *_GONE):
        table = cast("Table", entity.__table__)
        blank = None if entity in _GONE else _blank(table, KEPT[entity])
        left[table] = {number: None if blank is None else dict(blank) for number in owned.rows[table.name]}
    table = cast("Table", Resident.__table__)
    for number, own in left[table].items():
        if own is not None:
            own |= {"number": f"#{number}", "sort_name": f"#{number}", "birth": None}
            if number == resident.id:
                own["birth"] = _birth(unit, resident)
    for stay in unit.session.scalars(select(Stay).where(Stay.resident_id == resident.id)):
        said = left[cast("Table", Stay.__table__)][stay.id]
        if said is not None and stay.emergency_reasons:
            said["emergency_reasons"] = [{"text": _ERASED}]
    return left


def _blank(table: Table, kept: frozenset[str]) -> dict[str, Any]:
    """Nothing in each column that is not kept."""
    return {column.name: _nothing(table, column) for column in table.columns if column.name not in kept}


def _nothing(table: Table, column: Column[Any]) -> object:
    if (table.name, column.name) in _INSTEAD:
        return _INSTEAD[table.name, column.name]
    if column.nullable:
        return None
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    if isinstance(column.type, JSON):
        return []
    if isinstance(column.type, String):
        return ""
    raise TypeError(f"say what is left of {table.name}.{column.name}")


def _birth(unit: UnitOfWork, resident: Resident) -> BirthDate | None:
    """A birth that the figures of no month tell from the true one."""
    if resident.birth is None:
        return None
    stays = unit.session.scalars(select(Stay).where(Stay.resident_id == resident.id))
    days = [day for stay in stays if stay.departed_on for day in days_that_count(stay.arrived_on, stay.departed_on)]
    return coarse_birth(resident.birth, days)
