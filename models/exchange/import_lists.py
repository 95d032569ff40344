"""Brings a proposed list into the register: every person of it as a candidate, every cell kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from models.entities.programmes import Programme
from models.entities.residents import Resident
from models.entities.selection import Candidate, ProposedList
from models.errors import Refused
from models.exchange.lists_file import CandidateLine, ListReading, as_person
from models.exchange.questions import refuse_unanswered
from models.exchange.remembering import remember
from models.exchange.summary import Summary
from models.ids import ListId, ProgrammeId
from models.repositories.imports import record
from models.repositories.likeness import Somebody, candidates_like, residents_like
from models.repositories.safeguards import add_remark, as_text
from models.rules.kept import stored
from models.rules.people import BRINGS_IN
from models.rules.selection import PARTICULARS
from models.rules.vocabulary import ImportKind
from models.store.declaring import action
from models.store.snapshot import Snapshot
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, message

_LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a proposed list would bring in.

    Attributes:
        candidates: The people of the list; what may be wrong about each is among their doubts.
        already: Under which code and since when the register has this very file; None where it has not.
    """

    candidates: tuple[CandidateLine, ...]
    already: Message | None


@dataclass(frozen=True, slots=True)
class ListBroughtIn:
    """What an import has done.

    Attributes:
        list_id: The list in the register.
        candidates: How many people are on it.
        doubtful: Of how many of them something is in doubt.
        summary: What became of every row.
    """

    list_id: ListId
    candidates: int
    doubtful: int
    summary: Summary


def preview_list(snapshot: Snapshot, *, programme_id: ProgrammeId, read: ListReading) -> ListPreview:
    """Say what a list would bring in, and change nothing.

    Args:
        snapshot: A look at the register.
        programme_id: Under which the people are proposed.
        read: The file.
    """
    candidates = _with_register(snapshot.connection, programme_id, read.candidates)
    already = _already(snapshot.connection, read.source.digest)
    return ListPreview(candidates, None if already is None else already.message)


@action("import_lists.bring_in", about="programme_id", roles=BRINGS_IN, told=N_("Brought in a proposed list"))
def bring_in(
    unit: UnitOfWork,
    *,
    programme_id: ProgrammeId,
    read: ListReading,
    code: str = "",
    received_on: date | None = None,
) -> ListBroughtIn:
    """Add a proposed list with its people, none of them decided on yet.

    Args:
        unit: The transaction.
        programme_id: Under which the people are proposed.
        read: The file.
        code: How the house calls the list; the name of the file without its ending if it is empty.
        received_on: The local date on which it came; today if None.

    Raises:
        Refused: The register has this file already, it holds nobody, or something must be said of it first.
    """
    refuse_unanswered(read.questions)
    if not read.candidates:
        raise Refused("There is nobody on this list. Choose another file.", field="file")
    if already := _already(unit.connection, read.source.digest):
        raise already
    received_on = received_on or unit.today
    if received_on > unit.today:
        raise Refused("A list that came cannot lie in the future. Correct the date.", field="received_on")
    code = (code.strip() or read.source.name.rpartition(".")[0] or read.source.name)[:_LONGEST_CODE]
    programme = unit.session.get_one(Programme, programme_id)
    if programme.is_closed:
        raise Refused("This programme is closed and takes no lists. Choose another.", field="programme_id")
    _refuse_same_name(unit.connection, programme_id, code)
    proposed = ProposedList(
        programme_id=programme_id,
        code=code,
        received_on=received_on,
        file_hash=read.source.digest,
    )
    unit.session.add(proposed)
    unit.session.flush()
    unit.about("list", proposed.id)
    lines = _with_register(unit.connection, programme_id, read.candidates)
    candidates = [(_candidate(line, proposed), line) for line in lines]
    unit.session.add_all(candidate for candidate, _ in candidates)
    unit.session.flush()
    add_remark(unit, proposed.id, None, "\n".join(each.value for each in read.aside))
    for candidate, line in candidates:
        add_remark(unit, proposed.id, candidate.id, as_text((note.column, note.value) for note in line.notes))
    unit.note(file=read.source.name, file_hash=read.source.digest, candidates=len(lines))
    remember(unit, programme_id, "list", read)
    record(unit, ImportKind.LIST, programme_id, read.source.digest, {"candidates": len(lines)})
    doubtful = sum(1 for line in lines if line.doubts)
    return ListBroughtIn(proposed.id, len(lines), doubtful, summary_of_list(read, lines))


def summary_of_list(read: ListReading, candidates: Sequence[CandidateLine]) -> Summary:
    """What becomes of every row of a proposed list.

    Args:
        read: The file.
        candidates: Its people, with what is in doubt about them.
    """
    came_in = tuple(line.row_number for line in candidates)
    return Summary(
        read=read.rows,
        came_in=came_in,
        set_aside=read.aside,
        doubts=tuple(doubt for line in candidates for doubt in line.doubts),
        people_new=came_in,
        sealed_columns=read.sealed_columns,
    )


def _refuse_same_name(connection: Connection, programme_id: ProgrammeId, code: str) -> None:
    """Two lists of one name could not be told apart, neither on the screen nor on paper."""
    others = connection.scalars(select(ProposedList.code).where(ProposedList.programme_id == programme_id))
    if code.casefold() in {other.casefold() for other in others}:
        raise Refused("This programme has a list {code} already. Give this one another name.", field="code", code=code)


def _already(connection: Connection, digest: str) -> Refused | None:
    known = connection.execute(
        select(ProposedList.code, ProposedList.received_on).where(ProposedList.file_hash == digest)
    ).first()
    if known is None:
        return None
    return Refused(
        "This list is here already, as {code} of {date}.", field="file", code=known.code, date=known.received_on
    )


def _candidate(line: CandidateLine, proposed: ProposedList) -> Candidate:
    said = {field.name: field.stored(getattr(line, field.name)) for field in PARTICULARS}
    return Candidate(
        list_id=proposed.id,
        programme_id=proposed.programme_id,
        row_number=line.row_number,
        list_number=line.list_number,
        doubts=stored(doubt.message for doubt in line.doubts),
        **said,
    )


def _with_register(
    connection: Connection, programme_id: ProgrammeId, lines: Sequence[CandidateLine]
) -> tuple[CandidateLine, ...]:
    """Note on each line who in the register is likely the same person: on any list, or a resident of any time."""
    people = {place: _somebody(line, programme_id) for place, line in enumerate(lines)}
    listed = candidates_like(connection, people)
    known = residents_like(connection, people)
    rows = connection.execute(
        select(Candidate.id, Candidate.row_number, ProposedList.code)
        .join(ProposedList, ProposedList.id == Candidate.list_id)
        .where(Candidate.id.in_({other for alike in listed.values() for other, _ in alike}))
    )
    numbers = connection.execute(
        select(Resident.id, Resident.number).where(
            Resident.id.in_({other for alike in known.values() for other, _ in alike})
        )
    )
    on_lists = {
        id_: message("Perhaps the same person as in row {row} of the list {list}.", row=row, list=code)
        for id_, row, code in rows
    }
    residents = {
        id_: message("Perhaps the same person as the resident {number}.", number=number) for id_, number in numbers
    }
    return tuple(
        line.doubted(
            (
                *(said for other, like in listed.get(place, ()) for said in (on_lists[other], *like.reasons)),
                *(said for other, like in known.get(place, ()) for said in (residents[other], *like.reasons)),
            )
        )
        for place, line in enumerate(lines)
    )


def _somebody(line: CandidateLine, programme_id: ProgrammeId) -> Somebody:
    """Two partners may give the same number to two people, so it stands under the programme."""
    numbers = {programme_id: line.partner_number} if line.partner_number else {}
    return Somebody(replace(as_person(line), partner_number=""), numbers)
