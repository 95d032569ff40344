"""What was done to a resident, from the trail, in plain words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.entities.absences import Absence
from models.entities.departures import Plan
from models.entities.residents import Joining, Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.stays import Stay, TakenBackArrival
from models.entities.trail import TrailEntry, TrailSubject
from models.ids import ResidentId
from models.queries import veil
from models.repositories.joinings import everybody
from models.rules.birth import BirthDate
from models.rules.field_types import CODES, Field, FieldClass, FieldType
from models.rules.fields import FIELDS_OF
from models.rules.rooms import short_name
from models.rules.vocabulary import Protection
from models.rules.wording import word
from models.store.declaring import LOOKED, declared
from models.store.rows import Rows
from models.store.snapshot import Snapshot
from models.text import Message, message, pgettext

Value = str | Decimal | date | BirthDate | Message | None
"""None where nothing stood, or nothing stands; a date may be a datetime, in local time."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that changed.

    Attributes:
        what: What it is.
        before: What stood there; None where nothing did.
        after: What stands there.
        codes: What both are codes of, to be named in the reader's language: countries or languages; None: of nothing.
        stays: Whether it is sealed from everybody outside: the screen shows it, and nothing that leaves does.
    """

    what: Message
    before: Value
    after: Value
    codes: FieldType | None = None
    stays: bool = False


def leaving(details: Iterable[Detail]) -> tuple[Detail, ...]:
    """Of what changed, what may stand in a list or on a paper (rules.md, Disclosure)."""
    return tuple(each for each in details if not each.stays)


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


_REASONS = ("reason", "explanation")
"""The notes of an entry in which a person says why."""

_ISO = len("2026-11-21")
_OF_STAYS = {entity.__tablename__: entity for entity in (Placement, Absence)}
"""By their tables, what an entry tells of without the stay where it was changed only."""
_Beds = Mapping[int, str]
_ENTRIES = Rows(HistoryRow, TrailEntry, id=TrailEntry.number)


def of_resident(snapshot: Snapshot, *, resident_id: ResidentId) -> tuple[HistoryRow, ...]:
    """All that was done to a resident, their stays and plans, and to the candidate they were; the latest first.

    What is about something that the role may not read is left out, and so is who only looked: that the trail tells.
    """
    snapshot.looks_at("resident", resident_id)
    found = snapshot.connection.execute(
        _ENTRIES.select()
        .add_columns(TrailEntry.action)
        .where(
            TrailEntry.number.in_(
                select(TrailSubject.number).where(TrailSubject.subject.in_(subjects_of(snapshot, resident_id)))
            ),
            TrailEntry.action != LOOKED.name,
            ~veil.is_hidden(snapshot.person),
        )
        .order_by(TrailEntry.number.desc())
    ).all()
    contents = [veil.told(json.loads(row.details)) for row in found]
    own = _Own(snapshot, resident_id, contents)
    contents = [content | {"changed": [*filter(own.has, content["changed"])]} for content in contents]
    beds, zone = beds_of(snapshot, contents), snapshot.facility.zone
    return tuple(
        HistoryRow(
            **_ENTRIES.values(row) | {"what": sentence(row.action, content), "details": details(content, beds, zone)}
        )
        for row, content in zip(found, contents, strict=True)
    )


class _Own:
    """Tells which of the rows that an entry tells of are of one resident, and which of others who are in it too."""

    def __init__(self, snapshot: Snapshot, resident_id: ResidentId, contents: Iterable[Mapping[str, Any]]) -> None:
        stays = select(Stay.id).where(Stay.resident_id == resident_id)
        taken_back = select(TakenBackArrival.stay_id).where(TakenBackArrival.resident_id.in_(everybody(resident_id)))
        own = {*snapshot.connection.scalars(stays), *snapshot.connection.scalars(taken_back)}
        them = {int(each) for each in snapshot.connection.scalars(everybody(resident_id))}
        self.owners = {"resident_id": them, "stay_id": own}
        self.rows = {"residents": self.owners["resident_id"], "stays": self.owners["stay_id"]}
        self.rows |= {
            table: {*snapshot.connection.scalars(select(entity.id).where(entity.stay_id.in_(stays)))}
            for table, entity in _OF_STAYS.items()
        }
        # What was taken back since stands in its table no more, but the entries told whose it was.
        for change in (each for content in contents for each in content["changed"]):
            said = change["before"] | change["after"]
            if change["table"] in _OF_STAYS and said.get("stay_id") in own and change["id"].isdigit():
                self.rows[change["table"]].add(int(change["id"]))

    def has(self, change: Mapping[str, Any]) -> bool:
        """Whether a row is the resident's, or nobody's."""
        said = change["before"] | change["after"]
        for column, numbers in self.owners.items():
            if isinstance(said.get(column), int):
                return said[column] in numbers
        mine = self.rows.get(change["table"])
        return mine is None or (change["id"].isdigit() and int(change["id"]) in mine)


def sentence(action: str, content: Mapping[str, Any]) -> Message:
    """What an entry says was done, or was not done because it was refused."""
    what = declared().get(action)
    said = message("Did something else") if what is None else Message(what.told)
    return message("Refused: {what}", what=said) if "refused" in content["notes"] else said


def refusal(content: Mapping[str, Any]) -> Message | None:
    """Why an entry says that something was refused; None where it was done."""
    notes = content["notes"]
    if not notes.get("refused"):
        return None
    values = {name: _day(value) for name, value in notes.get("values", {}).items()}
    return Message(notes["refused"], values)


def _day(value: str | int) -> str | int | date:
    """A value of a refusal, which an entry keeps as text; a date is one again, for each language to write its way."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == _ISO else value
    except ValueError:
        return value


def subjects_of(snapshot: Snapshot, resident_id: ResidentId) -> list[str]:
    """Under which subjects the trail tells of a resident: the person, the stays, the plans, the candidate.

    Stays that were taken back as well: what was entered of them meanwhile was entered for this person. Who was found to
    be the same is the same person.
    """
    stays = snapshot.connection.execute(
        select(Stay.id, Stay.candidate_id).where(Stay.resident_id == resident_id).order_by(Stay.id)
    ).all()
    taken_back = snapshot.connection.scalars(
        select(TakenBackArrival.stay_id).where(TakenBackArrival.resident_id.in_(everybody(resident_id)))
    ).all()
    every = [*(stay.id for stay in stays), *taken_back]
    plans = snapshot.connection.scalars(select(Plan.id).where(Plan.stay_id.in_(every)))
    them = snapshot.connection.execute(
        select(Resident.id, Resident.candidate_id).where(Resident.id.in_(everybody(resident_id))).order_by(Resident.id)
    ).all()
    known = select(Joining.candidate_id).where(
        Joining.resident_id == resident_id, Joining.candidate_id.is_not(None), Joining.undone_at.is_(None)
    )
    candidates = {stay.candidate_id for stay in stays} | {each.candidate_id for each in them}
    candidates |= set(snapshot.connection.scalars(known))
    return [
        *(f"resident:{each.id}" for each in them),
        *(f"stay:{number}" for number in (*(stay.id for stay in stays), *taken_back)),
        *(f"plan:{plan}" for plan in plans),
        *(f"candidate:{candidate}" for candidate in sorted(filter(None, candidates))),
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
        select(Bed.id, Room.building, Room.name, Bed.name).join(Room, Room.id == Bed.room_id).where(Bed.id.in_(wanted))
    )
    return {id_: short_name(building, room, bed) for id_, building, room, bed in rows}


def details(content: Mapping[str, Any], beds: _Beds, zone: ZoneInfo) -> tuple[Detail, ...]:
    """What an entry says has changed, and why; `beds` is what `beds_of` gave for it, `zone` that of the facility."""
    notes = content["notes"]
    found = [detail for change in content["changed"] for detail in _of_row(change, beds, zone)]
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
    if notes.get("sheet"):
        found.append(Detail(message("With the words of the recovery sheet"), None, str(notes["sheet"])))
    if notes.get("clock_lags"):
        found.append(Detail(message("Clock"), None, message("The clock of the computer was behind the entry before.")))
    if notes.get("strangers"):
        found.append(Detail(message("Taken out of the database"), None, ", ".join(map(str, notes["strangers"]))))
    if notes.get("is_erased"):
        found.append(Detail(message("Erased"), None, veil.ERASED))
    found += _of_paper(notes)
    return tuple(found)


def _of_paper(notes: Mapping[str, Any]) -> Iterable[Detail]:
    """What an entry says of a paper that left."""
    if notes.get("paper"):
        yield Detail(message(pgettext("field", "Paper")), None, Message(notes.get("title") or notes["paper"]))
    if notes.get("number"):
        yield Detail(message("Number"), None, str(notes["number"]))
    if notes.get("reader"):
        yield Detail(message("For whom"), None, str(notes["reader"]))
    if notes.get("protection"):
        yield Detail(message("Encryption"), None, word(Protection(notes["protection"])))


def _of_row(change: Mapping[str, Any], beds: _Beds, zone: ZoneInfo) -> Iterable[Detail]:
    before, after = change["before"], change["after"]
    for field in FIELDS_OF.get(change["table"], ()):
        name = f"{field.name}_on" if field.type is FieldType.MOMENT else field.name
        old, new = (_value(field, state.get(name), beds) for state in (before, after))
        if name.endswith("_on"):
            old, new = _with_hours(f"{name.removesuffix('_on')}_at", (old, new), (before, after), zone)
        if old != new:
            codes = field.type if isinstance(field.type, FieldType) and field.type in CODES else None
            stays = field.disclosure is FieldClass.SEALED
            yield Detail(Message(field.label), old, new, codes=codes, stays=stays)


def _with_hours(
    instant: str, days: tuple[Value, Value], states: tuple[Mapping[str, Any], Mapping[str, Any]], zone: ZoneInfo
) -> tuple[Value, Value]:
    """What stood and stands there, in local time where the hour is known; else the day alone.

    What moved within its day, or whose hour became known, is told by its instant alone: the other is of that day.
    """
    read = (datetime.fromisoformat(state[instant]).astimezone(zone) if state.get(instant) else None for state in states)
    before, after = (known or day for known, day in zip(read, days, strict=True))
    if not any(days):
        the_day = next((each.date() for each in (before, after) if isinstance(each, datetime)), None)
        return before or the_day, after or the_day
    return before, after


def _value(field: Field, stored: object, beds: _Beds) -> Value:
    """What a column says, as a reader may have it."""
    if stored is None or stored == "" or stored == []:
        return None
    match field.type:
        case FieldType.BED:
            return beds.get(int(str(stored)))
        case FieldType.BIRTH:
            return BirthDate.parse(str(stored))
        case FieldType.DATE | FieldType.MOMENT:
            return date.fromisoformat(str(stored))
        case FieldType.YES_NO:
            return message("Yes") if stored else None
        case FieldType.NUMBER:
            return Decimal(str(stored))
        case FieldType():
            return ", ".join(map(str, stored)) if isinstance(stored, list) else str(stored)
        case vocabulary:
            return word(vocabulary(str(stored)))
