"""What leaves the register as data, one datum a column, typed: residents, stays, candidates, placements, absences.

The columns of stays and candidates are those that an import of stays and of a proposed list knows again. Nothing that
is sealed is among them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from models.entities.absences import Absence
from models.entities.programmes import Programme
from models.entities.residents import Family, PartnerNumber, Resident
from models.entities.rooms import Bed, Placement, Room
from models.entities.selection import Candidate, ProposedList
from models.entities.stays import Stay
from models.errors import Refused
from models.ids import ProgrammeId
from models.queries.roll_calls import calls
from models.rules.birth import BirthDate, BirthPrecision
from models.rules.field_types import Field, FieldClass
from models.rules.fields import CANDIDATE, LISTED, PARTNER_NUMBER
from models.rules.residents import PERSON_SAID
from models.store.snapshot import Snapshot
from models.text import N_

Datum = str | bool | int | Decimal | date | time | None
"""What stands in a cell; a date is a local one."""
Progress = Callable[[int, int], None]
_AT_ONCE = 2_000
_SAID = tuple(field for field in PERSON_SAID if field.name != "birth_as_written")


@dataclass(frozen=True, slots=True)
class Export:
    """Data that leaves.

    Attributes:
        columns: What each column is called, an English message id, by the name of its field.
        rows: What stands in the cells.
    """

    columns: Mapping[str, str]
    rows: tuple[tuple[Datum, ...], ...]


def residents(snapshot: Snapshot, *, programme_id: ProgrammeId | None, progress: Progress) -> Export:
    """Everybody who was ever admitted, under a programme or at all."""
    columns = {"number": N_("Number"), "partner_number": N_("Number of the person"), **_labels(LISTED)}
    columns |= {"family": N_("Family group"), "relation": N_("Relation")}
    wanted = (
        select(Resident.number, Resident.id, *_of(Resident, LISTED), Family.name, Resident.relation)
        .outerjoin(Family, Family.id == Resident.family_id)
        .order_by(Resident.id)
    )
    if programme_id is not None:
        wanted = wanted.where(Resident.id.in_(select(Stay.resident_id).where(Stay.programme_id == programme_id)))
    numbers = _partner_numbers(snapshot, programme_id)
    rows = [
        (number, "; ".join(numbers.get(id_, ())), *map(datum, values))
        for number, id_, *values in _rows(snapshot, wanted, progress)
    ]
    return Export(columns, tuple(rows))


def stays(snapshot: Snapshot, *, programme_id: ProgrammeId | None, progress: Progress) -> Export:
    """Every stay, as a file of stays has it."""
    columns = {"stay_id": N_("Number of the stay"), "person_id": N_("Number of the person")}
    columns |= (
        {"programme": N_("Programme")}
        | _labels(_SAID)
        | {
            "arrived_on": N_("Arrival: date"),
            "arrived_time": N_("Arrival: time"),
            "departed_on": N_("Departure: date"),
            "departed_time": N_("Departure: time"),
            "departure_kind": N_("Departure: kind"),
            "destination": N_("Departure: destination"),
            "destination_country": N_("Departure: country"),
            "destination_place": N_("Departure: place"),
        }
    )
    wanted = (
        select(
            Stay.source_key, Stay.id, Stay.programme_id, Programme.code, Resident.number, Resident.id,
            *_of(Resident, _SAID),
            Stay.arrived_on, Stay.arrived_at, Stay.departed_on, Stay.departed_at,
            Stay.departure_kind, Stay.destination, Stay.destination_country, Stay.destination_place,
        )
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .order_by(Stay.arrived_on, Stay.id)
    )  # fmt: skip
    if programme_id is not None:
        wanted = wanted.where(Stay.programme_id == programme_id)
    numbers, zone = _partner_numbers(snapshot, programme_id, by_programme=True), snapshot.facility.zone
    rows: list[tuple[Datum, ...]] = []
    for key, id_, programme, code, number, resident, *values in _rows(snapshot, wanted, progress):
        said, (came, came_at, left, left_at, *ending) = values[: len(_SAID)], values[len(_SAID) :]
        person = next(iter(numbers.get((programme, resident), ())), number)
        clocks = came, _clock(came_at, zone), left, _clock(left_at, zone)
        rows.append((key or f"{number}/{id_}", person, code, *map(datum, said), *clocks, *map(datum, ending)))
    return Export(columns, tuple(rows))


def candidates(snapshot: Snapshot, *, programme_id: ProgrammeId | None, progress: Progress) -> Export:
    """Everybody who was ever proposed, as a proposed list has it, and how their selection stands."""
    columns = {
        "programme": N_("Programme"),
        "list": N_("List"),
        "list_number": N_("Number on the list"),
        "partner_number": PARTNER_NUMBER.label,
    }
    columns |= _labels(_SAID) | _labels(CANDIDATE) | {"state": N_("State")}
    wanted = (
        select(
            Programme.code, ProposedList.code, Candidate.list_number, Candidate.partner_number,
            *_of(Candidate, _SAID), *_of(Candidate, CANDIDATE), Candidate.state,
        )
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .join(Programme, Programme.id == Candidate.programme_id)
        .order_by(ProposedList.id, Candidate.row_number, Candidate.id)
    )  # fmt: skip
    if programme_id is not None:
        wanted = wanted.where(Candidate.programme_id == programme_id)
    return Export(columns, tuple(tuple(map(datum, row)) for row in _rows(snapshot, wanted, progress)))


def placements(snapshot: Snapshot, *, programme_id: ProgrammeId | None, progress: Progress) -> Export:
    """Who had which bed, and from when until when."""
    columns = _WHO | {
        "building": N_("Building"), "room": N_("Room"), "bed": N_("Bed"),
        "from_on": N_("From: date"), "from_time": N_("From: time"),
        "until_on": N_("Until: date"), "until_time": N_("Until: time"),
    }  # fmt: skip
    wanted = (
        select(*_OF_WHOM, Room.building, Room.name, Bed.name, Placement.from_on, Placement.from_at, Placement.until_on,
               Placement.until_at)
        .select_from(Placement)
        .join(Stay, Stay.id == Placement.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .join(Bed, Bed.id == Placement.bed_id)
        .join(Room, Room.id == Bed.room_id)
        .order_by(Placement.from_on, Placement.id)
    )  # fmt: skip
    return _of_stays(snapshot, columns, wanted, programme_id, progress)


def absences(snapshot: Snapshot, *, programme_id: ProgrammeId | None, progress: Progress) -> Export:
    """Who was away, and from when until when."""
    columns = _WHO | {
        "kind": N_("Reason"), "place": N_("Place"),
        "from_on": N_("From: date"), "from_time": N_("From: time"),
        "due_back_on": N_("Due back: date"), "due_back_time": N_("Due back: time"),
        "until_on": N_("Until: date"), "until_time": N_("Until: time"),
    }  # fmt: skip
    wanted = (
        select(*_OF_WHOM, Absence.kind, Absence.place, Absence.from_on, Absence.from_at, Absence.due_back_on,
               Absence.due_back_at, Absence.until_on, Absence.until_at)
        .select_from(Absence)
        .join(Stay, Stay.id == Absence.stay_id)
        .join(Resident, Resident.id == Stay.resident_id)
        .join(Programme, Programme.id == Stay.programme_id)
        .order_by(Absence.from_on, Absence.id)
    )  # fmt: skip
    return _of_stays(snapshot, columns, wanted, programme_id, progress)


def roll_calls(snapshot: Snapshot, *, programme_id: ProgrammeId | None, progress: Progress) -> Export:
    """The register of counts, in order of time; it names nobody but who counted and who signed.

    Raises:
        Refused: A programme is named, and the house is counted as a whole.
    """
    if programme_id is not None:
        raise Refused("A roll call is of the whole house. Leave the programme out.", field="programme")
    columns = {
        "from_on": N_("From: date"), "from_time": N_("From: time"),
        "until_on": N_("Until: date"), "until_time": N_("Until: time"),
        "due_on": N_("Held for: date"), "due_time": N_("Held for: time"), "counted_by": N_("Counted by"),
        "on_roll": N_("On the roll"), "away": N_("Away"), "expected": N_("Expected"), "counted": N_("Counted"),
        "missing": N_("Missing"), "unexpected": N_("Unexpected"), "corrections": N_("Corrections"),
        "missing_now": N_("Missing as corrected"), "unexpected_now": N_("Unexpected as corrected"),
        "signed_by": N_("Signed by"), "not_held": N_("Why it was not held"), "taken_back": N_("Why it was taken back"),
        "remark": N_("Remark"),
    }  # fmt: skip
    zone, rows = snapshot.facility.zone, calls(snapshot)[::-1]

    def at(instant: datetime | None) -> tuple[date | None, time | None]:
        local = None if instant is None else instant.astimezone(zone)
        return (None, None) if local is None else (local.date(), local.time().replace(second=0, microsecond=0))

    found = tuple(
        (
            *at(row.began_at), *at(row.ended_at), *at(row.due_at), "; ".join(map(str, row.counters)),
            row.on_roll, row.away, row.expected, row.counted, row.missing, row.unexpected, row.corrections,
            row.missing_now, row.unexpected_now, row.closed_by or None, row.not_held or None, row.taken_back or None,
            row.remark or None,
        )
        for row in rows
    )  # fmt: skip
    progress(len(found), len(found))
    return Export(columns, found)


_WHO = {
    "programme": N_("Programme"),
    "number": N_("Number"),
    "family_name": N_("Family name"),
    "given_names": N_("Given names"),
    "own_script": N_("Name in own script"),
}
_OF_WHOM = (Programme.code, Resident.number, Resident.family_name, Resident.given_names, Resident.own_script)


def _of_stays(
    snapshot: Snapshot,
    columns: Mapping[str, str],
    wanted: Select[*tuple[Any, ...]],
    programme_id: ProgrammeId | None,
    progress: Progress,
) -> Export:
    """Rows that belong to stays; an instant stands as the local time beside its date."""
    if programme_id is not None:
        wanted = wanted.where(Stay.programme_id == programme_id)
    zone = snapshot.facility.zone
    return Export(
        columns,
        tuple(
            tuple(_clock(each, zone) if isinstance(each, datetime) else datum(each) for each in row)
            for row in _rows(snapshot, wanted, progress)
        ),
    )


def _labels(fields: tuple[Field, ...]) -> dict[str, str]:
    return {field.name: field.label for field in fields if field.disclosure is not FieldClass.SEALED}


def _of(table: type[Resident] | type[Candidate], fields: tuple[Field, ...]) -> list[Any]:
    return [getattr(table, field.name) for field in fields if field.disclosure is not FieldClass.SEALED]


def _rows(snapshot: Snapshot, wanted: Select[*tuple[Any, ...]], progress: Progress) -> Iterator[Any]:
    done = 0
    for some in snapshot.connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}).partitions():
        yield from some
        done += len(some)
        progress(done, 0)


def _partner_numbers(
    snapshot: Snapshot, programme_id: ProgrammeId | None, *, by_programme: bool = False
) -> dict[Any, list[str]]:
    """The numbers that partners gave, by resident, or by programme and resident."""
    wanted = select(PartnerNumber.programme_id, PartnerNumber.resident_id, PartnerNumber.number)
    if programme_id is not None:
        wanted = wanted.where(PartnerNumber.programme_id == programme_id)
    found: dict[Any, list[str]] = {}
    for programme, resident, number in snapshot.connection.execute(wanted.order_by(PartnerNumber.id)):
        found.setdefault((programme, resident) if by_programme else resident, []).append(number)
    return found


def _clock(at: datetime | None, zone: ZoneInfo) -> time | None:
    """The local time of day of an instant."""
    return None if at is None else at.astimezone(zone).time().replace(microsecond=0)


def datum(value: object) -> Datum:
    """A value as a cell has it: a birth that is known to the day as a date, several texts as one."""
    match value:
        case BirthDate():
            return date(value.year, value.month or 1, value.day or 1) if _is_exact(value) else str(value)
        case list() | tuple():
            return "; ".join(map(str, value))
        case str():
            return str(value)
        case None | bool() | int() | Decimal() | date() | time():
            return value
    return str(value)


def _is_exact(birth: BirthDate) -> bool:
    return birth.precision is BirthPrecision.DAY


EXPORTS: Mapping[str, Callable[..., Export]] = {
    "residents": residents,
    "stays": stays,
    "candidates": candidates,
    "placements": placements,
    "absences": absences,
    "roll_calls": roll_calls,
}
"""What can leave as data, by its name."""
