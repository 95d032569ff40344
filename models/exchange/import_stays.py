"""Brings the stays of a file into the register: all good rows at once, or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import func, select

from models.entities.programmes import Programme
from models.entities.residents import Family, FamilyNumber, PartnerNumber, Resident
from models.entities.safeguards import SealedNote
from models.entities.stays import Stay, StayLimit
from models.errors import Refused
from models.exchange.by_row import ByRow
from models.exchange.contradictions import Choices, refuse_open, refuse_strangers
from models.exchange.problems import Problem
from models.exchange.questions import refuse_unanswered
from models.exchange.remembering import remember
from models.exchange.returns import limits_that_go_on
from models.exchange.stays_file import StayLine, StaysReading
from models.exchange.stays_known import is_same
from models.exchange.stays_preview import StaysPreview, preview
from models.exchange.stays_sorting import StayChange
from models.exchange.stays_summary import summary_of_stays
from models.exchange.summary import Summary
from models.ids import FamilyId, ImportId, ProgrammeId, ResidentId
from models.repositories.arrivals import correct_arrival
from models.repositories.imports import record
from models.repositories.limits import following
from models.repositories.residents import fill_in, next_numbers, write_person
from models.repositories.safeguards import as_text, note_row
from models.repositories.stays import End, amend_end, end
from models.rules.fields import PARTNER_NUMBER, PERSON
from models.rules.leaving import Origins, destination_of
from models.rules.limits import GoesOn, limit_after
from models.rules.people import BRINGS_IN, check_can_seal
from models.rules.residents import PERSON_SAID, PersonFacts, tidied
from models.rules.vocabulary import DepartureKind, Destination, ImportKind, LimitBasis, SealedKind
from models.store import search_index
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_

Progress = Callable[[int, int], None]
"""Is told how many steps are done, and of how many."""

Cell = tuple[str, str]
"""What a cell of the file says: its heading, and what stands in it."""

T = TypeVar("T")

_AT_ONCE = 1_000
_SAID = attrgetter(*(field.name for field in PERSON_SAID))
"""What a row says of the person."""


class Stopped(Refused):
    """The clerk stopped an import; nothing was brought in, and nothing is left of it."""

    is_told = False


@dataclass(frozen=True, slots=True)
class StaysBroughtIn:
    """What an import has done.

    Attributes:
        stays: How many stays came in.
        ended: How many stays that were open have ended.
        changed: How many stays of the register say more than before, or were corrected.
        new_residents: How many people the register did not know before.
        known_residents: How many people it knew, and has further stays of now.
        repeated: How many rows it had already.
        kept: Of how many rows the register keeps what it says, although the file says otherwise.
        problems: What is wrong with each row that did not come in.
        summary: What became of every row.
        import_id: By which number it is found and taken back.
    """

    stays: int
    ended: int
    changed: int
    new_residents: int
    known_residents: int
    repeated: int
    kept: int
    problems: tuple[Problem, ...]
    summary: Summary
    import_id: ImportId | None = None


class _Steps:
    """Counts what is done, tells it, and stops where the clerk says so."""

    def __init__(self, total: int, progress: Progress | None, is_stopped: Callable[[], bool] | None) -> None:
        self.total = total
        self.done = 0
        self.progress = progress
        self.is_stopped = is_stopped

    def take(self, count: int) -> None:
        self.done += count
        if self.is_stopped is not None and self.is_stopped():
            raise Stopped("Stopped. Nothing was brought in.")
        if self.progress is not None:
            self.progress(self.done, self.total)


@action("import_stays.bring_in", about="programme_id", roles=BRINGS_IN, told=N_("Brought in with a file"))
def bring_in(
    unit: UnitOfWork,
    *,
    programme_id: ProgrammeId,
    read: StaysReading,
    choices: Choices | None = None,
    progress: Progress | None = None,
    is_stopped: Callable[[], bool] | None = None,
) -> StaysBroughtIn:
    """Bring in every row that neither the file nor the register stands against.

    History is not put through the gates of admission; a row that would overlap is left out and named. A stay that the
    register has is known again: one that the file ends is ended, and what the two say otherwise is left as it is, or
    corrected, as a person has said.

    Args:
        unit: The transaction.
        programme_id: The programme under which the people stayed.
        read: The file.
        choices: What a person has said of rows that contradict the register.
        progress: Is told how far it is, now and then.
        is_stopped: Is asked now and then; if it says so, nothing is brought in.

    Raises:
        Refused: Something must be said of the file first: which of two values holds; or nobody could read what of it
            is kept sealed.
        Stopped: The clerk stopped it.
    """
    refuse_unanswered(read.questions)
    choices = choices or Choices()
    programme = unit.session.get_one(Programme, programme_id)
    planned = preview(
        unit.connection, programme_id=programme_id, read=read, today=unit.today, zone=unit.zone, choices=choices
    )
    refuse_strangers(planned.questions, choices)
    refuse_open(planned.contradictions, choices)
    if planned.is_sealing:
        check_can_seal(unit.facility.has_holder)
    steps = _Steps(2 * len(planned.new) + len(planned.coming) + len(planned.changing), progress, is_stopped)
    steps.take(0)
    # An earlier stay of a person ends before the next one begins.
    _change_stays(unit, programme, planned.changing, choices.reason.strip(), steps)
    families = _add_families(unit, programme_id, planned)
    residents, differs = _add_residents(unit, planned, programme_id, families, steps)
    differs |= _complete_residents(unit, planned, programme_id, families)
    by_resident = planned.known | dict(zip(residents, planned.new.values(), strict=True))
    _add_stays(unit, programme, planned, by_resident, steps)
    _add_sealed_notes(unit, by_resident, differs, planned)
    for some in _parts(residents):
        search_index.reindex(unit.connection, some)
        steps.take(len(some))
    search_index.merge(unit.connection, len(residents))
    unit.concerns("resident", by_resident)
    unit.concerns("stay", [change.stay.id for change in planned.changing])
    result = StaysBroughtIn(
        stays=len(planned.coming),
        ended=len(planned.ending),
        changed=len(planned.changing) - len(planned.ending),
        new_residents=len(planned.new),
        known_residents=len(planned.known),
        repeated=planned.repeated,
        kept=len(planned.kept),
        problems=planned.problems,
        summary=summary_of_stays(read, planned),
    )
    _note(unit, read, planned, result)
    remember(unit, programme_id, "stays", read)
    counts = {"stays": result.stays, "ended": result.ended, "changed": result.changed, "people": result.new_residents}
    import_id = record(unit, ImportKind.STAYS, programme_id, read.source.digest, counts)
    if any(change.corrects for change in planned.changing):
        unit.note(reason=choices.reason.strip())
    return replace(result, import_id=import_id)


def _note(unit: UnitOfWork, read: StaysReading, planned: StaysPreview, result: StaysBroughtIn) -> None:
    """What the trail keeps of the import: the file by its hash, so that its rows can be shown again."""
    unit.note(
        file=read.source.name,
        file_hash=read.source.digest,
        stays=result.stays,
        new_residents=result.new_residents,
        known_residents=result.known_residents,
        repeated=result.repeated,
        refused_rows=len(planned.refused_rows),
        stays_ended=[change.stay.id for change in planned.ending],
        stays_corrected=[change.stay.id for change in planned.changing if change.corrects],
        rows_kept=list(planned.kept),
    )


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(values), _AT_ONCE):
        yield values[begin : begin + _AT_ONCE]


def _described(row: Resident, lines: Iterable[StayLine]) -> list[Cell]:
    """Add what the rows of a known person say; nothing that is known is written over, what differs is given back."""
    differs: list[Cell] = []
    for line in lines:
        if line.birth is not None and row.birth is not None and line.birth != row.birth:
            differs.append(("birth", line.birth_as_written or str(line.birth)))
        if line.sex is not None and row.sex is not None and line.sex != row.sex:
            differs.append(("sex", line.sex.value))
        fill_in(row, PersonFacts(**tidied(line, (*PERSON_SAID, PARTNER_NUMBER))))
    return differs


def _new_resident(number: str, lines: list[StayLine]) -> tuple[dict[str, Any], list[Cell]]:
    """The columns of a new resident, the first row as it is, then what the others add; and in what these differ."""
    row = Resident(number=number)
    write_person(row, PersonFacts(**tidied(lines[0], (*PERSON_SAID, PARTNER_NUMBER))))
    said = _SAID(lines[0])
    differs = _described(row, [line for line in lines[1:] if _SAID(line) != said])
    return {name: getattr(row, name) for name in ("number", "sort_name", *(field.name for field in PERSON))}, differs


def _add_families(unit: UnitOfWork, programme_id: ProgrammeId, planned: StaysPreview) -> dict[str, FamilyId]:
    """The families of the file by their numbers, with those that the register does not have yet."""
    families, added = dict(planned.people.known.families), dict[str, Family]()
    for lines in (*planned.new.values(), *planned.known.values()):
        number = planned.people.family(lines[0])
        if number and number not in families and number not in added:
            added[number] = Family(name=lines[0].family_name or lines[0].partner_number)
    for number in planned.kin.values():
        if number not in families and number not in added:
            added[number] = Family(name=number)
    unit.session.add_all(added.values())
    unit.session.flush()
    unit.insert(
        FamilyNumber,
        [{"family_id": family.id, "programme_id": programme_id, "number": number} for number, family in added.items()],
    )
    families |= {number: family.id for number, family in added.items()}
    for some in _parts(list(planned.kin)):
        alone = select(Resident).where(Resident.id.in_(some), Resident.family_id.is_(None))
        for row in unit.session.scalars(alone):
            row.family_id = families[planned.kin[row.id]]
    unit.session.flush()
    return families


def _add_residents(
    unit: UnitOfWork,
    planned: StaysPreview,
    programme_id: ProgrammeId,
    families: Mapping[str, FamilyId],
    steps: _Steps,
) -> tuple[list[ResidentId], dict[ResidentId, list[Cell]]]:
    """Add the people whom the register does not know, in their order, with their numbers; and how their rows differ."""
    people, numbered = planned.people, planned.people.number
    added: list[ResidentId] = []
    differs: dict[ResidentId, list[Cell]] = {}
    for some in _parts(list(zip(planned.new.items(), next_numbers(unit, len(planned.new)), strict=True))):
        rows = {number: _new_resident(number, lines) for (_, lines), number in some}
        kin = {number: families.get(people.family(lines[0])) for (_, lines), number in some}
        unit.insert(Resident, [row | {"family_id": kin[number]} for number, (row, _) in rows.items()])
        asked = select(Resident.number, Resident.id).where(Resident.number.in_(rows))
        ids = {number: id_ for number, id_ in unit.connection.execute(asked)}
        added += [ids[number] for _, number in some]
        differs |= {ids[number]: other for number, (_, other) in rows.items() if other}
        numbers = [
            {"resident_id": ids[number], "programme_id": programme_id, "number": numbered(lines[0])}
            for (_, lines), number in some
            if numbered(lines[0])
        ]
        unit.insert(PartnerNumber, numbers)
        steps.take(len(some))
    return added, differs


def _complete_residents(
    unit: UnitOfWork, planned: StaysPreview, programme_id: ProgrammeId, families: Mapping[str, FamilyId]
) -> dict[ResidentId, list[Cell]]:
    differs: dict[ResidentId, list[Cell]] = {}
    have = planned.people.known.numbers_of(planned.known)
    for some in _parts(list(planned.known)):
        for row in unit.session.scalars(select(Resident).where(Resident.id.in_(some))):
            lines = planned.known[row.id]
            differs[row.id] = _described(row, lines)
            row.family_id = row.family_id or families.get(planned.people.family(lines[0]))
            if row.id not in have and (number := planned.people.number(lines[0])):
                unit.session.add(PartnerNumber(resident_id=row.id, programme_id=programme_id, number=number))
    unit.session.flush()
    return differs


def _add_stays(
    unit: UnitOfWork,
    programme: Programme,
    planned: StaysPreview,
    people: Mapping[ResidentId, list[StayLine]],
    steps: _Steps,
) -> None:
    owners = ByRow[ResidentId]()
    for id_, lines in people.items():
        owners.put((line.row_number for line in lines), id_)
    changing = {change.line.row_number for change in planned.changing}
    going_on = limits_that_go_on(unit, programme, people, changing)
    for some in _parts(planned.coming):
        origins = _origins(unit, programme, {owners[line.row_number] for line in some})
        stays = [
            _stay(line, programme, owners[line.row_number], origins, going_on.get(line.row_number)) for line in some
        ]
        added = unit.insert(Stay, stays)
        steps.take(len(some))
        limited = unit.connection.execute(
            select(Stay.id, Stay.arrived_on, Stay.limit_on, Stay.counted_from)
            .where(Stay.id.in_(added), Stay.limit_on.is_not(None))
            .order_by(Stay.id)
        )
        limits = [
            {
                "stay_id": id_,
                "limit_on": limit_on,
                "basis": LimitBasis.PROGRAMME if counted_from is None else LimitBasis.CONTINUED,
                "valid_from": arrived_on,
                "entered_by": unit.person.id,
                "entered_at": unit.now,
            }
            for id_, arrived_on, limit_on, counted_from in limited
        ]
        unit.insert(StayLimit, limits)


def _change_stays(
    unit: UnitOfWork, programme: Programme, changes: Sequence[StayChange], reason: str, steps: _Steps
) -> None:
    """End the stays that rows end, and correct those of which a person has said so; all guards stand."""
    for some in _parts(list(changes)):
        there = unit.session.scalars(select(Stay).where(Stay.id.in_([change.stay.id for change in some])))
        stays = {stay.id: stay for stay in there}
        origins = _origins(unit, programme, {change.stay.resident_id for change in some})
        with following(unit, _who_came_again(unit, some), reason):
            for change in some:
                stay = stays[change.stay.id]
                if change.corrects and change.moves:
                    if stay.departed is not None and stay.departed.surely_before(change.line.arrived):
                        amend_end(unit, _end(change, stay, origins))  # else it would end before it begins
                    correct_arrival(unit, stay, change.line.arrived, reason)
                if change.corrects and change.is_renumbered:
                    stay.source_key = change.line.stay_id
            ends = [
                (change, _end(change, stays[change.stay.id], origins))
                for change in some
                if change.line.departed and not change.told
            ]
            end(unit, [each for change, each in ends if change.ends])
            for change, each in ends:
                if not change.ends:
                    amend_end(unit, each)
        steps.take(len(some))


def _who_came_again(unit: UnitOfWork, changes: Iterable[StayChange]) -> Sequence[ResidentId]:
    """Those whose departure is put right, and who have other stays: the limit of one may go on from it."""
    whose = {change.stay.resident_id for change in changes if change.line.departed and not (change.told or change.ends)}
    several = select(Stay.resident_id).where(Stay.resident_id.in_(whose)).group_by(Stay.resident_id)
    return unit.session.scalars(several.having(func.count() > 1)).all()


def _end(change: StayChange, stay: Stay, origins: Mapping[ResidentId, Origins]) -> End:
    """How a stay ends by a row; what the row leaves open is as the register has it."""
    line = change.line
    kind = line.departure_kind if line.departure_kind not in (None, DepartureKind.NOT_RECORDED) else stay.departure_kind
    kind = kind or DepartureKind.NOT_RECORDED
    moment = line.departed or stay.departed or line.arrived
    if stay.departed is not None and is_same(stay.departed, moment):
        moment = stay.departed
    if line.destination is None and line.destination_country is None and not line.destination_place and not change.ends:
        destination, country = stay.destination, stay.destination_country
        if kind is not stay.departure_kind:
            destination = destination_of(kind, country, origins[stay.resident_id])
        place = stay.destination_place
    else:
        country, place = line.destination_country, line.destination_place
        destination = line.destination or destination_of(kind, country, origins[stay.resident_id])
    destination = destination or Destination.NOT_RECORDED
    return End(stay=stay, moment=moment, kind=kind, destination=destination, country=country, place=place)


def _origins(unit: UnitOfWork, programme: Programme, residents: Iterable[ResidentId]) -> dict[ResidentId, Origins]:
    found = unit.connection.execute(
        select(Resident.id, Resident.nationality, Resident.other_nationalities).where(Resident.id.in_(residents))
    )
    return {id_: Origins(programme.partner_country, first, others) for id_, first, others in found}


def _add_sealed_notes(
    unit: UnitOfWork,
    people: Mapping[ResidentId, list[StayLine]],
    differs: Mapping[ResidentId, list[Cell]],
    planned: StaysPreview,
) -> None:
    """Keep what the file says beyond what Konak knows where those alone read it who may: one note for each person."""
    column, unused = planned.people.heading.header("person_id") or "", planned.people.unused
    coming = {line.row_number for line in planned.coming}
    said = (
        (
            id_,
            as_text(
                [
                    *((note.column, note.value) for line in lines for note in line.notes),
                    *((column, number) for line in lines if line.row_number in coming and (number := unused(line))),
                    *differs.get(id_, ()),
                ]
            ),
        )
        for id_, lines in people.items()
    )
    noted = [(id_, text) for id_, text in said if text]
    first = unit.number_for(SealedNote)
    rows = [note_row(unit, number, id_, SealedKind.UNSORTED, text) for number, (id_, text) in enumerate(noted, first)]
    unit.insert(SealedNote, rows)


def _stay(
    line: StayLine,
    programme: Programme,
    resident_id: ResidentId,
    origins: Mapping[ResidentId, Origins],
    going_on: GoesOn | None,
) -> dict[str, Any]:
    own = limit_after(programme.limit_rule, programme.limit_amount, line.arrived.on)
    left = line.departed
    kind, country = line.departure_kind or DepartureKind.NOT_RECORDED, line.destination_country
    return {
        "resident_id": resident_id,
        "programme_id": programme.id,
        "arrived_on": line.arrived.on,
        "arrived_at": line.arrived.at,
        "departed_on": None if left is None else left.on,
        "departed_at": None if left is None else left.at,
        "departure_kind": None if left is None else kind,
        "destination": None
        if left is None
        else line.destination or destination_of(kind, country, origins[resident_id]),
        "destination_country": None if left is None else country,
        "destination_place": "" if left is None else line.destination_place,
        "departure_facts": {},
        "limit_on": own if going_on is None else going_on.limit_on,
        "counted_from": None if going_on is None else going_on.counted_from,
        "emergency_reasons": [],
        "source_key": line.stay_id or None,
    }
