"""Brings a proposed list into the register: every person of it as a candidate, every cell kept."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from models.entities.programmes import Programme
from models.entities.selection import Candidate, ChangeOfList, ProposedList
from models.errors import Refused
from models.exchange.headers import Heading
from models.exchange.list_versions import ChangedLine, Overwritten, Version, version_of
from models.exchange.lists_file import CandidateLine, ListReading, as_person
from models.exchange.problems import Problem
from models.exchange.questions import refuse_unanswered
from models.exchange.remembering import remember
from models.exchange.summary import Summary, told_columns
from models.ids import ImportId, ListId, ProgrammeId
from models.repositories.alike import sentences
from models.repositories.imports import record
from models.repositories.likeness import Somebody, candidates_like, residents_like
from models.repositories.list_moves import move
from models.repositories.safeguards import add_remark, as_text
from models.rules.birth import doubt_of_age
from models.rules.entry import needed
from models.rules.field_values import plain
from models.rules.kept import stored
from models.rules.people import BRINGS_IN
from models.rules.selection import PARTICULARS, impossible
from models.rules.vocabulary import ImportKind, ListChange
from models.store.declaring import action
from models.store.snapshot import Snapshot
from models.store.unit_of_work import UnitOfWork
from models.text import N_, Message, message

_LONGEST_CODE = 64
_A_YEAR = timedelta(days=365)
_COLUMNS = {field.name: field.column for field in PARTICULARS}


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a proposed list would bring in.

    Attributes:
        candidates: The people of the list; what may be wrong about each is among their doubts.
        already: Under which code and since when the register has this very file; None where it has not.
        is_sealing: Whether something of it is kept sealed, which needs somebody who can read it.
        version: What is new, changed and gone, where it is a new version of a list.
    """

    candidates: tuple[CandidateLine, ...]
    already: Message | None
    is_sealing: bool
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class ListBroughtIn:
    """What an import has done.

    Attributes:
        list_id: The list in the register.
        candidates: How many people are on it.
        doubtful: Of how many of them something is in doubt.
        summary: What became of every row.
        changed: Of how many people a new version of the list says something otherwise.
        gone: How many are not on it any more.
    """

    list_id: ListId
    candidates: int
    doubtful: int
    summary: Summary
    changed: int = 0
    gone: int = 0


def preview_list(
    snapshot: Snapshot,
    *,
    programme_id: ProgrammeId,
    read: ListReading,
    code: str = "",
    replaces: ListId | None = None,
) -> ListPreview:
    """Say what a list would bring in, and change nothing.

    Args:
        snapshot: A look at the register.
        programme_id: Under which the people are proposed.
        read: The file.
        code: How the list is to be called, as of `bring_in`.
        replaces: The list of which it is a new version; None: it is another list.

    Raises:
        Refused: The programme has a list of this name already.
    """
    if replaces is not None:
        version = version_of(snapshot.connection, replaces, read.candidates)
        version = replace(
            version, came=_looked_at(snapshot.connection, programme_id, read, version.came, today=snapshot.today)
        )
        already = _already(snapshot.connection, programme_id, read.source.digest)
        return ListPreview(
            version.came,
            None if already is None else already.message,
            _is_sealing(read, version.came, version),
            version,
        )
    already = _already(snapshot.connection, programme_id, read.source.digest)
    if already is None:
        _refuse_same_name(snapshot.connection, programme_id, _code(code, read))
    candidates = _looked_at(snapshot.connection, programme_id, read, read.candidates, today=snapshot.today)
    return ListPreview(candidates, None if already is None else already.message, _is_sealing(read, candidates))


@action("import_lists.bring_in", about="programme_id", roles=BRINGS_IN, told=N_("Brought in a proposed list"))
def bring_in(
    unit: UnitOfWork,
    *,
    programme_id: ProgrammeId,
    read: ListReading,
    code: str = "",
    received_on: date | None = None,
    replaces: ListId | None = None,
    over: Collection[Overwritten] = (),
) -> ListBroughtIn:
    """Add a proposed list with its people, none of them decided on yet.

    Args:
        unit: The transaction.
        programme_id: Under which the people are proposed.
        read: The file.
        code: How the house calls the list; the name of the file without its ending if it is empty.
        received_on: The local date on which it came; today if None.
        replaces: The list of which it is a new version: who is on it already stays with what was decided, who is new
            is added, and what is changed or gone is noted; None: it is another list.
        over: Of a new version: what was corrected here and is to be as the list says; all else that was is kept.

    Raises:
        Refused: The register has this file already, it holds nobody, or something must be said of it first.
    """
    refuse_unanswered(read.questions)
    if not read.candidates:
        raise Refused("There is nobody on this list. Choose another file.", field="file")
    if already := _already(unit.connection, programme_id, read.source.digest):
        raise already
    received_on = received_on or unit.today
    if received_on > unit.today:
        raise Refused("A list that came cannot lie in the future. Correct the date.", field="received_on")
    code = _code(code, read)
    programme = unit.session.get_one(Programme, programme_id)
    if programme.is_closed:
        raise Refused("This programme is closed and takes no lists. Choose another.", field="programme_id")
    if replaces is not None:
        return _bring_version(unit, replaces, programme_id, read, received_on, frozenset(over))
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
    lines = _looked_at(unit.connection, programme_id, read, read.candidates, today=unit.today)
    add_remark(unit, proposed.id, None, "\n".join(each.value for each in read.aside))
    _add(unit, proposed, [(_candidate(line, proposed, line.row_number), line) for line in lines])
    unit.note(file=read.source.name, file_hash=read.source.digest, candidates=len(lines))
    remember(unit, programme_id, "list", read)
    record(unit, ImportKind.LIST, programme_id, read.source.digest, {"candidates": len(lines)}, proposed.id)
    doubtful = sum(1 for line in lines if line.doubts)
    return ListBroughtIn(proposed.id, len(lines), doubtful, summary_of_list(read, lines))


def summary_of_list(
    read: ListReading,
    candidates: Sequence[CandidateLine],
    version: Version | None = None,
    over: Collection[Overwritten] = (),
) -> Summary:
    """What becomes of every row of a proposed list.

    Args:
        read: The file.
        candidates: Its people, with what is in doubt about them.
        version: What is new, changed and gone, where it is a new version of a list.
        over: What was corrected here and is to be as the list says.
    """
    came_in = tuple(line.row_number for line in candidates)
    return Summary(
        read=read.rows,
        came_in=came_in,
        changed=() if version is None else tuple(version.changes(over)),
        set_aside=read.aside if version is None else tuple(sorted((*read.aside, *version.left()), key=_by_row)),
        doubts=tuple(doubt for line in candidates for doubt in line.doubts),
        people_new=came_in,
        sealed_columns=read.sealed_columns,
        columns=told_columns(read.heading),
    )


def _bring_version(
    unit: UnitOfWork,
    replaces: ListId,
    programme_id: ProgrammeId,
    read: ListReading,
    received_on: date,
    over: Collection[Overwritten],
) -> ListBroughtIn:
    """Bring in what a new version of a list has beyond the list, and note what it says otherwise."""
    proposed = unit.session.get(ProposedList, replaces)
    if proposed is None or proposed.programme_id != programme_id:
        raise Refused("This programme has no such list. Choose one of its own.", field="replaces")
    unit.about("list", proposed.id)
    version = version_of(unit.connection, replaces, read.candidates)
    for each in version.changed:
        candidate = unit.session.get_one(Candidate, each.candidate_id)
        kept = each.not_taken(over)
        for name, value in each.values.items():
            if name not in kept:
                setattr(candidate, name, value)
        candidate.listed = _listed(candidate.listed, each, kept)
        wrong = [said.message for said in impossible(each.line, today=unit.today) if said.field in each.values]
        candidate.doubts = [*candidate.doubts, *stored([*each.said(over), *wrong])]
    for id_, _ in version.gone:
        candidate = unit.session.get_one(Candidate, id_)
        gone = message("Not on the version of the list of {date} any more.", date=received_on)
        candidate.doubts = [*candidate.doubts, *stored([gone])]
    last = unit.session.scalar(select(func.max(Candidate.row_number)).where(Candidate.list_id == replaces)) or 0
    first = max(last, max((line.row_number for line in read.candidates), default=0)) + 1
    lines = _looked_at(unit.connection, programme_id, read, version.came, today=unit.today)
    candidates = [(_candidate(line, proposed, first + place), line) for place, line in enumerate(lines)]
    _add(unit, proposed, candidates)
    proposed.file_hash = read.source.digest
    counts = {"candidates": len(lines), "changed": len(version.changed), "gone": len(version.gone)}
    unit.note(file=read.source.name, file_hash=read.source.digest, **counts)
    unit.concerns("candidate", [*(each.candidate_id for each in version.changed), *(id_ for id_, _ in version.gone)])
    remember(unit, programme_id, "list", read)
    import_id = record(unit, ImportKind.LIST, programme_id, read.source.digest, counts, proposed.id)
    unit.session.add_all(_changes(import_id, [candidate for candidate, _line in candidates], version, over))
    doubtful = sum(1 for line in lines if line.doubts)
    summary = summary_of_list(read, lines, version, over)
    return ListBroughtIn(proposed.id, len(lines), doubtful, summary, len(version.changed), len(version.gone))


def _listed(before: Mapping[str, Any], changed: ChangedLine, kept: Sequence[str]) -> dict[str, Any]:
    """What the list says now of what was corrected here; of what is taken as the list has it, nothing was."""
    others = {name: said for name, said in before.items() if name not in changed.values}
    return others | {name: plain(changed.values[name]) for name in kept if name in changed.corrected}


def _changes(
    import_id: ImportId, came: Sequence[Candidate], version: Version, over: Collection[Overwritten]
) -> Iterator[ChangeOfList]:
    """What a version of a list changed, candidate by candidate."""
    nothing: dict[str, Any] = {"before": {}, "after": {}, "not_taken": []}
    for candidate in came:
        yield ChangeOfList(import_id=import_id, candidate_id=candidate.id, what=ListChange.CAME, **nothing)
    for each in version.changed:
        yield ChangeOfList(
            import_id=import_id,
            candidate_id=each.candidate_id,
            what=ListChange.CHANGED,
            before={name: plain(value) for name, value in each.before.items()},
            after={name: plain(value) for name, value in each.values.items()},
            not_taken=list(each.not_taken(over)),
        )
    for id_, _name in version.gone:
        yield ChangeOfList(import_id=import_id, candidate_id=id_, what=ListChange.GONE, **nothing)


def _is_sealing(read: ListReading, coming: Sequence[CandidateLine], version: Version | None = None) -> bool:
    """Whether cells without a field, or lines that are nobody's, are kept sealed."""
    return any(line.notes for line in coming) or (version is None and bool(read.aside))


def _add(unit: UnitOfWork, proposed: ProposedList, candidates: Sequence[tuple[Candidate, CandidateLine]]) -> None:
    """Add candidates, and what stands in the file beyond what Konak knows, sealed."""
    unit.session.add_all(candidate for candidate, _ in candidates)
    unit.session.flush()
    for candidate, line in candidates:
        add_remark(unit, proposed.id, candidate.id, as_text((note.column, note.value) for note in line.notes))


@action(
    "import_lists.correct",
    about="list_id",
    roles=BRINGS_IN,
    told=N_("Corrected the name, the day or the programme of a list"),
)
def correct(
    unit: UnitOfWork,
    *,
    list_id: ListId,
    code: str,
    received_on: date,
    reason: str,
    programme_id: ProgrammeId | None = None,
) -> None:
    """Put right how a list is called, on which day it came, and under which programme. Papers keep what they say.

    Args:
        unit: The transaction.
        list_id: Which one.
        code: What it is to be called; no other list of the programme is called so.
        received_on: The local date on which it really came.
        reason: How it is known.
        programme_id: Under which its people are really proposed; None: as it is. What was decided or answered under
            the wrong one is taken back before.

    Raises:
        Refused: The name is missing, too long or that of another list, the day lies in the future, nothing is
            different, there is no reason, or it cannot go to that programme (`models.repositories.list_moves`).
    """
    row = unit.session.get(ProposedList, list_id)
    if row is None:
        raise Refused("This list is not in the register. Choose one from the list.", field="list_id")
    unit.note(reason=needed(reason, Refused("Say how this is known.", field="reason")))
    said = needed(code, Refused("Write what the list is called.", field="code"))
    if len(said) > _LONGEST_CODE:
        raise Refused("This can have at most {n} letters. Shorten it.", field="code", n=_LONGEST_CODE)
    if received_on > unit.today:
        raise Refused("A list that came cannot lie in the future. Correct the date.", field="received_on")
    under = programme_id or row.programme_id
    if (said, received_on, under) == (row.code, row.received_on, row.programme_id):
        raise Refused("Nothing is different from before. Correct something, or go back.")
    others = select(ProposedList.code).where(ProposedList.programme_id == under, ProposedList.id != row.id)
    if called_alike(said, unit.session.scalars(others)) is not None:
        raise Refused("This programme has a list {code} already. Give this one another name.", field="code", code=said)
    row.code, row.received_on = said, received_on
    if under != row.programme_id:
        move(unit, row, under)


def called_alike(code: str, others: Iterable[str]) -> str | None:
    """Which of the lists of a programme has this name: two of one name cannot be told apart, here or on paper."""
    return next((other for other in others if other.casefold() == code.strip().casefold()), None)


def _code(code: str, read: ListReading) -> str:
    return (code.strip() or read.source.name.rpartition(".")[0] or read.source.name)[:_LONGEST_CODE]


def _refuse_same_name(connection: Connection, programme_id: ProgrammeId, code: str) -> None:
    others = connection.scalars(select(ProposedList.code).where(ProposedList.programme_id == programme_id))
    if called_alike(code, others) is not None:
        raise Refused(
            "This programme has a list {code} already. Give this one another name, or say that it is a new version of "
            "that list.",
            field="code",
            code=code,
        )


def _already(connection: Connection, programme_id: ProgrammeId, digest: str) -> Refused | None:
    known = connection.execute(
        select(
            ProposedList.code, ProposedList.received_on, ProposedList.programme_id, Programme.code.label("programme")
        )
        .join(Programme, Programme.id == ProposedList.programme_id)
        .where(ProposedList.file_hash == digest)
    ).first()
    if known is None:
        return None
    if known.programme_id != programme_id:
        return Refused(
            "This list is here already, as {code} of {date} under {programme}. If that is the wrong programme, correct "
            "the list there.",
            field="file",
            code=known.code,
            date=known.received_on,
            programme=known.programme,
        )
    return Refused(
        "This list is here already, as {code} of {date}.", field="file", code=known.code, date=known.received_on
    )


def _by_row(said: Problem) -> int:
    return said.row_number


def _candidate(line: CandidateLine, proposed: ProposedList, row_number: int) -> Candidate:
    said = {field.name: field.stored(getattr(line, field.name)) for field in PARTICULARS}
    return Candidate(
        list_id=proposed.id,
        programme_id=proposed.programme_id,
        row_number=row_number,
        list_number=line.list_number,
        doubts=stored(doubt.message for doubt in line.doubts),
        **said,
    )


def _looked_at(
    connection: Connection, programme_id: ProgrammeId, read: ListReading, lines: Sequence[CandidateLine], *, today: date
) -> tuple[CandidateLine, ...]:
    """Note on each line what cannot be of it today, and who of the register may be the same person."""
    return _with_register(connection, programme_id, [_with_impossible(line, read.heading, today) for line in lines])


def _with_impossible(line: CandidateLine, heading: Heading, today: date) -> CandidateLine:
    said = [
        Problem(line.row_number, heading.header(_COLUMNS[refused.field or ""]), "", refused.message)
        for refused in impossible(line, today=today)
    ]
    if line.age is not None and line.birth is not None:
        # The list does not say on which day somebody was so old.
        contradicts = doubt_of_age(line.birth, line.age, on=today - _A_YEAR, until=today)
        said += [] if contradicts is None else [Problem(line.row_number, heading.header("age"), "", contradicts)]
    return replace(line, doubts=(*line.doubts, *said)) if said else line


def _with_register(
    connection: Connection, programme_id: ProgrammeId, lines: Sequence[CandidateLine]
) -> tuple[CandidateLine, ...]:
    """Note on each line who in the register is likely the same person: on any list, or a resident of any time."""
    people = {place: _somebody(line, programme_id) for place, line in enumerate(lines)}
    listed = candidates_like(connection, people)
    known = residents_like(connection, people)
    on_lists, residents = sentences(
        connection,
        {other for alike in listed.values() for other, _ in alike},
        {other for alike in known.values() for other, _ in alike},
    )
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
