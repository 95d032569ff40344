"""What was done to a resident, from the trail, in plain words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from models.actions import declared
from models.entities.departures import Plan
from models.entities.residents import Resident
from models.entities.rooms import Bed, Room
from models.entities.stays import Stay
from models.entities.trail import TrailEntry, TrailSubject
from models.ids import ResidentId
from models.rules.birth import BirthDate
from models.rules.rooms import label
from models.rules.vocabulary import (
    AbsenceKind,
    Answer,
    CandidateState,
    CheckKind,
    DepartureKind,
    Destination,
    DocumentKind,
    LimitBasis,
    PlanState,
    Sex,
)
from models.rules.wording import word
from models.store.snapshot import Snapshot
from models.text import N_, Message, message, pgettext

Value = str | date | BirthDate | Message | None
"""None where nothing stood, or nothing stands."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that changed.

    Attributes:
        what: What it is.
        before: What stood there; None where nothing did.
        after: What stands there.
        is_country: Whether both are codes of countries, to be named in the reader's language.
    """

    what: Message
    before: Value
    after: Value
    is_country: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the trail.

    Attributes:
        id: Its number.
        at: When, in UTC.
        user: Who did it.
        what: What was done.
        details: What changed by it.
    """

    id: int
    at: datetime
    user: str
    what: Message
    details: tuple[Detail, ...]


_FIELDS: Mapping[str, Mapping[str, str]] = {
    "residents": {
        "family_name": N_("Family name"),
        "given_names": N_("Given names"),
        "own_script": N_("Name in own script"),
        "aliases": N_("Other names"),
        "sex": N_("Sex"),
        "birth": N_("Born"),
        "birth_as_written": N_("Birth date as written"),
        "birth_country": N_("Country of birth"),
        "nationality": N_("Nationality"),
        "other_nationalities": N_("Further nationalities"),
        "languages": N_("Languages"),
        "needs_interpreter": N_("Interpreter"),
        "relation": N_("In the family"),
        "notes": N_("Notes"),
    },
    "partner_numbers": {"number": N_("Number with the partner")},
    "documents": {
        "kind": N_("Document"),
        "number": N_("Number"),
        "country": N_("Issued by"),
        "issued_on": N_("Issued on"),
        "expires_on": N_("Valid until"),
        "note": N_("Note"),
    },
    "stays": {
        "arrived_on": N_("Arrived"),
        "departed_on": N_("Departed"),
        "departure_kind": N_("Left by"),
        "destination": N_("Destination"),
        "destination_country": N_("Country"),
        "destination_place": N_("Place"),
        "cured_note": N_("How it was put in order"),
    },
    "stay_limits": {
        "limit_on": N_("Last day"),
        "basis": N_("On the ground of"),
        "valid_from": N_("Holds from"),
        "reason": N_("Reason"),
        "decided_by": N_("Decided by"),
        "authority": N_("Authority"),
    },
    "reviews": {
        "due_on": N_("Due on"),
        "held_on": N_("Held on"),
        "outcome": N_("Outcome"),
        "held_by": N_("Held by"),
    },
    "absences": {
        "kind": N_("Reason"),
        "place": N_("Place"),
        "from_on": N_("Left on"),
        "due_back_on": N_("Due back"),
        "until_on": N_("Back on"),
        "note": N_("Note"),
    },
    "placements": {"bed_id": N_("Bed"), "from_on": N_("From"), "until_on": N_("Until")},
    "plans": {
        "kind": N_("Departure"),
        "destination": N_("Destination"),
        "destination_country": N_("Country"),
        "destination_place": N_("Place"),
        "planned_on": N_("Planned for"),
        "state": N_("Plan"),
        "note": N_("Note"),
    },
    "checks": {"kind": N_("Check"), "held_on": pgettext("check", "Held on"), "withdrawn_on": N_("Withdrawn on")},
    "candidate_answers": {"answer": N_("Answer"), "note": N_("Note")},
    "candidate_decisions": {"outcome": N_("Decision"), "reason": N_("Reason"), "decided_by": N_("Decided by")},
}
"""What is shown of the rows that changed. What a check found is sealed, so it is not shown (rules.md, Disclosure)."""

_CODES: Mapping[tuple[str, str], type[StrEnum]] = {
    ("residents", "sex"): Sex,
    ("documents", "kind"): DocumentKind,
    ("stays", "departure_kind"): DepartureKind,
    ("stays", "destination"): Destination,
    ("stay_limits", "basis"): LimitBasis,
    ("absences", "kind"): AbsenceKind,
    ("plans", "kind"): DepartureKind,
    ("plans", "destination"): Destination,
    ("plans", "state"): PlanState,
    ("checks", "kind"): CheckKind,
    ("candidate_answers", "answer"): Answer,
    ("candidate_decisions", "outcome"): CandidateState,
}
_COUNTRIES = frozenset({"birth_country", "nationality", "country", "destination_country"})
_REASONS = ("reason", "explanation", "what_changed")
"""The notes of an entry in which a person says why."""

_Beds = Mapping[int, str]


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[HistoryRow, ...]:
    """All that was done to a resident, their stays and plans, and to the candidate they were; the latest first."""
    found = snapshot.connection.execute(
        select(TrailEntry.number, TrailEntry.at, TrailEntry.user, TrailEntry.action, TrailEntry.content)
        .where(
            TrailEntry.number.in_(
                select(TrailSubject.number).where(TrailSubject.subject.in_(subjects_of(snapshot, resident_id)))
            )
        )
        .order_by(TrailEntry.number.desc())
    ).all()
    contents = [json.loads(row.content) for row in found]
    beds = beds_of(snapshot, contents)
    return tuple(
        HistoryRow(
            row.number,
            row.at,
            row.user,
            sentence(row.action, content),
            details(content, beds),
        )
        for row, content in zip(found, contents, strict=True)
    )


def sentence(action: str, content: Mapping[str, Any]) -> Message:
    """What an entry says was done, or was not done because it was refused."""
    what = declared().get(action)
    said = message("Did something else") if what is None else Message(what.told)
    return message("Refused: {what}", what=said) if "refused" in content["notes"] else said


def refusal(content: Mapping[str, Any]) -> Message | None:
    """Why an entry says that something was refused; None where it was done."""
    notes = content["notes"]
    return Message(notes["refused"], notes.get("values", {})) if notes.get("refused") else None


def subjects_of(snapshot: Snapshot, resident_id: ResidentId) -> list[str]:
    """Under which subjects the trail tells of a resident: the person, the stays, the plans, the candidate."""
    stays = snapshot.connection.execute(
        select(Stay.id, Stay.candidate_id).where(Stay.resident_id == resident_id).order_by(Stay.id)
    ).all()
    plans = snapshot.connection.execute(select(Plan.id).where(Plan.stay_id.in_([stay.id for stay in stays]))).scalars()
    first = snapshot.connection.execute(select(Resident.candidate_id).where(Resident.id == resident_id)).scalar()
    candidates = {stay.candidate_id for stay in stays} | {first}
    return [
        f"resident:{resident_id}",
        *(f"stay:{stay.id}" for stay in stays),
        *(f"plan:{plan}" for plan in plans),
        *(f"candidate:{candidate}" for candidate in candidates if candidate is not None),
    ]


def beds_of(snapshot: Snapshot, contents: Iterable[Mapping[str, Any]]) -> _Beds:
    """How the beds that entries speak of are called."""
    wanted = {
        state["bed_id"]
        for content in contents
        for change in content["changed"]
        if change["table"] == "placements"
        for state in (change["before"], change["after"])
        if "bed_id" in state
    }
    # An update of a placement names the bed only where it changed; nothing is asked where nothing is named.
    if not wanted:
        return {}
    rows = snapshot.connection.execute(
        select(Bed.id, Room.building, Room.name, Bed.name.label("bed"))
        .join(Room, Room.id == Bed.room_id)
        .where(Bed.id.in_(wanted))
    )
    return {row.id: f"{label(row.building, row.name)} {row.bed}" for row in rows}


def details(content: Mapping[str, Any], beds: _Beds) -> tuple[Detail, ...]:
    """What an entry says has changed, and why; `beds` is what `beds_of` gave for it."""
    notes = content["notes"]
    found = [detail for change in content["changed"] for detail in _of_row(change, beds)]
    if notes.get("question"):
        found.insert(0, Detail(message("Question"), None, Message(notes["question"])))  # a ready-made one: translated
    said = next((notes[name] for name in _REASONS if notes.get(name)), None)
    if said is not None and all(detail.after != said for detail in found):
        found.append(Detail(message("Reason"), None, str(said)))
    why = refusal(content)
    if why is not None:
        found.append(Detail(message("Why"), None, why))
    wrong = notes.get("wrong_before")
    if wrong:
        found.append(Detail(message("Wrong passphrases before"), None, str(wrong["count"])))
    if notes.get("paper"):
        found.append(Detail(message("Paper"), None, Message(notes.get("title") or notes["paper"])))
    return tuple(found)


def _of_row(change: Mapping[str, Any], beds: _Beds) -> Iterable[Detail]:
    table, before, after = change["table"], change["before"], change["after"]
    for column, name in _FIELDS.get(table, {}).items():
        old = _value(table, column, before.get(column), beds)
        new = _value(table, column, after.get(column), beds)
        if old != new:
            yield Detail(Message(name), old, new, is_country=column in _COUNTRIES)


def _value(table: str, column: str, stored: object, beds: _Beds) -> Value:
    """What a column says, as a reader may have it."""
    if stored is None or stored == "" or stored == []:
        return None
    vocabulary = _CODES.get((table, column))
    if vocabulary is not None:
        return word(vocabulary(str(stored)))
    if column == "bed_id":
        return beds.get(int(str(stored)))
    if column == "birth":
        return BirthDate.parse(str(stored))
    if column.endswith("_on"):
        return date.fromisoformat(str(stored))
    if isinstance(stored, bool):
        return message("Yes") if stored else None
    return ", ".join(map(str, stored)) if isinstance(stored, Sequence) and not isinstance(stored, str) else str(stored)
