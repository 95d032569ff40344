"""What is sealed shows nowhere to a role that may not read it: neither itself, nor by any difference that betrays it.

A register is filled several times: with something of every sealed kind, and without some of the kinds. Whatever a role
can ask must be the same where only kinds differ that it may not read, but for instants and numbers of entries.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from re import sub
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from models.actions import (
    admissions,
    complaints,
    corrections,
    departures,
    endings,
    gate,
    incidents,
    people,
    roll_calls,
    safeguards,
    sealed_corrections,
    selection,
    stays,
    transports,
)
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.actions.needs import NEEDS
from models.clock import FixedClock
from models.errors import Refused
from models.exchange import import_lists, import_stays
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.ids import CandidateId, PlanId, ResidentId, SealedNoteId, StayId
from models.queries import trail, veil
from models.rules.extract import ExtractRows
from models.rules.papers import Choice
from models.rules.people import READS_SEALED, reads
from models.rules.residents import PersonFacts
from models.rules.time import Moment, Month
from models.rules.vocabulary import (
    NOTE_KINDS,
    SEALED_CHECKS,
    AbsenceKind,
    CheckKind,
    DepartureKind,
    HealthStep,
    IncidentKind,
    NeedKind,
    Role,
    SealedKind,
    TransportMeans,
)
from models.store.opening import open_register
from models.store.register import Register
from models.store.snapshot import Snapshot
from models.store.verify import Verified, verify
from tests import builders
from tests.actions import leavers
from tests.conftest import NOON, PASSPHRASE, QUICK
from tests.covering import is_turn
from tests.desktop.command import konak
from tests.dialects.asking import asked, queries, values_of
from tests.once import shared

MARK = "Zzyzx"
"""Of what is sealed: nobody is told it but by opening it."""
HELD_BY = "Xyzzy"
"""Of who has held a sealed check: who may read what it found is told."""
OF_HEALTH = "Wyqxz"
"""Of what stands open on the page to who may read what is known of health, and to nobody else."""
TODAY = leavers.TODAY
ALL = frozenset(SealedKind)
UNREAD = {role: frozenset(kind for kind in SealedKind if not reads(role, kind)) for role in Role}
TURNS = (
    (Role.CLERK, Role.ADMINISTRATOR),
    (Role.SUPERVISOR, None, Role.INSPECTOR, None, Role.HEALTH_LEGAL, None),
)
"""By whose turn it is a query is asked with a further value: of who may read nothing, and of the others."""
_LAST = 7
NUMBERED = {
    "TrailRow": {"id", "hash"},
    "HistoryRow": {"id"},
    "Event": {"number"},
    "CheckRow": {"check_id"},
    "NoteRow": {"id"},
}
"""The numbers of entries and of rows, by which nobody is told anything, and what is made of them."""


Houses = Callable[[frozenset[SealedKind]], Path]
"""Registers alike but for what is sealed in them, by the kinds of which there is something."""


@pytest.fixture(scope="session")
def houses(much_done: Path, tmp_path_factory: pytest.TempPathFactory) -> Houses:
    """Each is made once for all who ask; see `shared`."""

    def house(kinds: frozenset[SealedKind]) -> Path:
        def make(folder: Path) -> None:
            shutil.copytree(much_done, folder / "register")
            with open_register(
                folder / "register", passphrase=PASSPHRASE, clock=FixedClock(NOON), stretch=QUICK
            ) as register:
                fill(register, kinds, folder)

        return shared(tmp_path_factory, f"sealed-{'-'.join(sorted(kinds)) or 'nothing'}", make) / "register"

    return house


def fill(register: Register, kinds: frozenset[SealedKind], folder: Path) -> None:
    """Seal something of each of some kinds, everywhere where that kind can be; leave the same undone of the others."""
    programme = leavers.programme(register, "SEALED")
    marked = MARK if SealedKind.UNSORTED in kinds else ""
    _bring_in(register, programme, folder, marked)
    leavers.at_desk(register, Role.SUPERVISOR)
    stay = register.perform(
        stays.admit,
        programme_id=programme,
        arrived=Moment(TODAY - timedelta(days=1)),
        person=PersonFacts(family_name="Gashi", given_names="Dea"),
        notes=f"{marked} notes" if marked else "",
        emergency_reason="came by night",
    ).value
    (resident,) = _ids(register, f"SELECT resident_id FROM stays WHERE id = {stay}")
    (candidate,) = _ids(register, "SELECT id FROM candidates WHERE family_name = 'Gjoni'")
    for kind in sorted(kinds):
        if kind in NOTE_KINDS:
            leavers.at_desk(register, Role.HEALTH_LEGAL)
            note = register.perform(
                safeguards.enter_note, resident_id=ResidentId(resident), kind=kind, text=f"{MARK} {kind}"
            ).value
            _corrected(register, note, ResidentId(resident), kind)
            leavers.at_desk(register, Role.CLERK)
            with pytest.raises(Refused):
                register.perform(safeguards.look, note_id=note)
    _happenings(register, programme, ResidentId(resident), kinds)
    if SealedKind.UNSORTED in kinds:
        leavers.at_desk(register, Role.CLERK)
        note = register.perform(safeguards.add_remark, resident_id=ResidentId(resident), text=f"{MARK} remark").value
        remark = register.perform(
            selection.add_remark, candidate_id=CandidateId(candidate), text=f"{MARK} remark"
        ).value
        leavers.at_desk(register, Role.SUPERVISOR)
        _corrected(register, note, ResidentId(resident), SealedKind.UNSORTED)
        said: dict[str, Any] = {"kind": SealedKind.UNSORTED, "text": f"{MARK} of them", "reason": f"{MARK} mistake"}
        register.perform(
            sealed_corrections.correct_remark, remark_id=remark, candidate_id=CandidateId(candidate), **said
        )
        register.perform(sealed_corrections.restore_remark, remark_id=remark, reason=f"{MARK} none")
        leavers.at_desk(register, Role.CLERK)
        register.perform(sealed_corrections.take_back_remark, remark_id=remark, reason=f"{MARK} mistake")
        with pytest.raises(Refused):
            register.perform(selection.look, candidate_id=CandidateId(candidate))
    _departures(register, programme, is_found=SealedKind.CHECK in kinds)
    _day(register, stay, is_found=SealedKind.HEALTH in kinds)
    _taken_back(register, programme, is_found=SealedKind.HEALTH in kinds)
    builders.sealed_texts(register)
    builders.sealed_remarks(register)
    leavers.at_desk(register, Role.ADMINISTRATOR)
    for role in Role:
        register.perform(people.add, name=f"The {role}", role=role, passphrase=f"{PASSPHRASE} of others")


def _corrected(register: Register, note: SealedNoteId, resident: ResidentId, kind: SealedKind) -> None:
    """A note that was put right, which was undone, and that was taken back then."""
    said: dict[str, Any] = {"kind": kind, "text": f"{MARK} of them", "reason": f"{MARK} mistake"}
    register.perform(sealed_corrections.correct_note, note_id=note, resident_id=resident, **said)
    register.perform(sealed_corrections.restore_note, note_id=note, reason=f"{MARK} none")
    register.perform(sealed_corrections.take_back_note, note_id=note, reason=f"{MARK} mistake")
    register.perform(sealed_corrections.restore_note, note_id=note, reason=f"{MARK} none")


def _happenings(register: Register, programme: Any, resident: ResidentId, kinds: frozenset[SealedKind]) -> None:
    """Force with injuries, self-harm, and a complaint that is overdue and was put right."""
    leavers.at_desk(register, Role.CLERK)
    force: dict[str, Any] = {
        "what": "held by the arms",
        "by_whom": "A guard",
        "why": "to end a fight",
        "means": "hands",
    }
    injuries = f"{MARK} bruise" if SealedKind.HEALTH in kinds else ""
    register.perform(
        incidents.enter, programme_id=programme, kind=IncidentKind.FORCE, happened=Moment(TODAY), residents=[resident],
        injuries=injuries, **force,
    )  # fmt: skip
    if SealedKind.HEALTH in kinds:
        leavers.at_desk(register, Role.HEALTH_LEGAL)
        harm = {"happened": Moment(TODAY), "found": f"{MARK} cut", "told_whom": f"{OF_HEALTH} clinic"}
        entry = register.perform(SELF_HARM.enter, resident_id=resident, **harm).value
        leavers.at_desk(register, Role.CLERK)
        with pytest.raises(Refused):
            register.perform(complaints.look_at_self_harm, entry_id=entry)
    if SealedKind.COMPLAINT in kinds:
        said = {"received_on": TODAY - timedelta(days=20), "said": f"{MARK} no water"}
        with builders.reading(register):
            entry = register.perform(COMPLAINTS.enter, resident_id=resident, **said).value
            register.perform(COMPLAINTS.correct, entry_id=entry, reason="misheard", **said)
            other = register.perform(COMPLAINTS.enter, resident_id=resident, **said).value
            register.perform(complaints.answer, entry_id=other, answered_on=TODAY, answer=f"{MARK} repaired")
        leavers.at_desk(register, Role.SUPERVISOR)
        with pytest.raises(Refused):
            register.perform(complaints.look, entry_id=entry)
        with pytest.raises(Refused):
            register.perform(COMPLAINTS.take_back, entry_id=entry, reason="no")


def _day(register: Register, stay: StayId, *, is_found: bool) -> None:
    """What else a day brings: an arrival that is looked after, a leave, a transport, a roll call."""
    leavers.at_desk(register, Role.CLERK)
    seen = {"looked_on": TODAY, "looked_by": "B. Hoxha", "found": f"{MARK} bruise" if is_found else "nothing"}
    register.perform(admissions.INJURIES.enter, stay_id=stay, **seen)
    register.perform(roll_calls.begin)
    soon, later = (Moment(TODAY + timedelta(days=days)) for days in (1, 2))
    register.perform(transports.add, means=TransportMeans.BUS, expected=soon, from_place="Prishtina")
    leavers.at_desk(register, Role.HEALTH_LEGAL)
    held = {"step": HealthStep.HELD, "done": Moment(TODAY), "by_whom": "A nurse"}
    check = register.perform(
        admissions.HEALTH_CHECKS.enter, stay_id=stay, **held, found=f"{MARK} fever" if is_found else ""
    ).value
    if is_found:
        more = {"found": f"{MARK} cough", "reason": f"{OF_HEALTH} coughs"}
        with builders.reading(register):
            register.perform(admissions.HEALTH_CHECKS.correct, entry_id=check, **held, **more)
        (who,) = _ids(register, f"SELECT resident_id FROM stays WHERE id = {stay}")
        register.perform(
            NEEDS.enter, resident_id=ResidentId(who), kind=NeedKind.PREGNANCY, detail=f"{OF_HEALTH} month 5"
        )
    leavers.at_desk(register, Role.CLERK)
    with pytest.raises(Refused):
        register.perform(admissions.HEALTH_CHECKS.correct, entry_id=check, **{**held, "step": HealthStep.ORDERED},
                         reason="it was not")  # fmt: skip
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(
        gate.plan_leave, stay_id=stay, kind=AbsenceKind.COURT, reason="A hearing", start=soon, due_back=later
    )


def _taken_back(register: Register, programme: Any, *, is_found: bool) -> None:
    """An arrival of the wrong person, of whom something was found or not, which a clerk takes back unread."""
    leavers.at_desk(register, Role.SUPERVISOR)
    who: dict[str, Any] = {"person": PersonFacts(family_name="Wrong"), "emergency_reason": "came by night"}
    stay = register.perform(stays.admit, programme_id=programme, arrived=Moment(TODAY), **who).value
    found = f"{MARK} scabies" if is_found else ""
    held: dict[str, Any] = {"step": HealthStep.HELD, "done": Moment(TODAY), "by_whom": "A nurse", "found": found}
    register.perform(admissions.HEALTH_CHECKS.enter, stay_id=stay, **held)
    leavers.at_desk(register, Role.CLERK)
    register.perform(corrections.take_back, stay_id=stay, reason="of the wrong person")


def _bring_in(register: Register, programme: Any, folder: Path, marked: str) -> None:
    leavers.at_desk(register, Role.ADMINISTRATOR)
    more = f",{marked} medical conditions,Needs,Remarks" if marked else ""
    cells = f",{marked} fever,{marked} needs,{marked} remarks" if marked else ""
    listed = folder / "SEALED.csv"
    listed.write_text(
        f"{marked or 'The'} unit\n"
        f"No,Surname,Given name,Date of birth,Nationality{more}\n"
        f"1,Gjoni,Besa,1990-02-03,Laos{cells}\n",
        encoding="utf-8",
    )
    register.perform(import_lists.bring_in, programme_id=programme, read=read_list(read_table(listed)))
    came = folder / "SEALED-stays.csv"
    came.write_text(f"id,surname,arrived,departed{more}\n1,Toska,2026-01-01,2026-02-01{cells}\n", encoding="utf-8")
    read = read_stays(read_table(came), zone=register.facility.zone)
    register.perform(import_stays.bring_in, programme_id=programme, read=read)


def _departures(register: Register, programme: Any, *, is_found: bool) -> None:
    """Somebody unfit, somebody at risk, and somebody at risk who then leaves otherwise; or checks still to do."""
    leavers.at_desk(register, Role.SUPERVISOR)
    here = [leavers.stay(register, programme, f"K-8{n:03}") for n in range(3)]
    plans = [leavers.plan(register, each, planned_on=TODAY + timedelta(days=2)) for each in here]
    for plan in plans:
        leavers.check_all(register, plan, set(CheckKind) - set(SEALED_CHECKS), held_on=TODAY)
    if is_found:
        found = {"passed": False, "note": f"{MARK} found", "who": f"{HELD_BY} doctor"}
        leavers.check(register, plans[0], CheckKind.FIT_TO_TRAVEL, **found)
        leavers.check(register, plans[1], CheckKind.NON_REFOULEMENT, **found)
        register.perform(departures.stop, plan_id=plans[2], who=f"{HELD_BY} doctor", note=f"{MARK} risk")
        for plan in plans[:2]:
            with pytest.raises(Refused):
                register.perform(endings.depart, plan_id=plan)
        with pytest.raises(Refused, match="A risk was found"):
            leavers.plan(register, here[2])
    else:
        register.perform(departures.cancel, plan_id=plans[2], reason="no flight")
    changed = f"{MARK} court" if is_found else ""
    leavers.plan(register, here[2], DepartureKind.STAY_GRANTED, what_changed=changed)
    leavers.at_desk(register, Role.CLERK)
    for plan in plans[:2]:
        leavers.check(register, plan, CheckKind.PROPERTY_RETURNED, held_on=TODAY)
    for plan in plans:
        with pytest.raises(Refused):
            register.perform(endings.depart, plan_id=PlanId(plan))


def _ids(register: Register, statement: str) -> Sequence[int]:
    with register.read() as snapshot:
        return list(snapshot.connection.execute(text(statement)).scalars())


def _asked_with(snapshot: Snapshot) -> dict[str, Sequence[Any]]:
    """What queries are asked with: what is asked in every register, and of whom something is sealed."""
    values = values_of(snapshot)

    def every(statement: str) -> list[int]:
        """The last ones, since something is sealed of them, in the order of their numbers."""
        return list(snapshot.connection.execute(text(statement)).scalars())[-_LAST:]

    plans = every("SELECT id FROM plans ORDER BY id")
    residents, stays_ = every("SELECT id FROM residents ORDER BY id"), every("SELECT id FROM stays ORDER BY id")
    candidates = every("SELECT id FROM candidates ORDER BY id")
    (programme,), now = every("SELECT id FROM programmes WHERE code = 'SEALED'"), Month.of(snapshot.today)
    return values | {
        "programme_id": [programme, *values["programme_id"]],
        "month": [now, *values["month"]],
        "draft": [True, *values["draft"]],
        "chosen": [{**values["chosen"][0], Choice.PROGRAMME: programme, Choice.MONTH: now}, *values["chosen"]],
        "plan_id": plans,
        "departures.ids": [plans],
        "resident_id": residents,
        "residents.ids": [residents],
        "stay_id": stays_,
        "stay_ids": [stays_],
        "candidate_id": candidates,
        "candidates.ids": [candidates],
        "selection.ids": [candidates],
        "user_id": every("SELECT id FROM users ORDER BY id"),
        "list_id": every("SELECT id FROM proposed_lists ORDER BY id"),
        "trail.ids": [list(snapshot.connection.execute(text("SELECT number FROM trail ORDER BY number")).scalars())],
        "text": [*values["text"], MARK, "asylum_claim", "sealed", "unsorted", "non_refoulement", "unit", "SEALED"],
    }


def plain(value: object) -> object:
    """An answer without instants and numbers of entries, and without entries of which only that is told."""
    if isinstance(value, str | int | date | None):  # the most by far
        return sub(r"\b[0-9a-f]{64}\b", "#", repr(value))
    if isinstance(value, Verified):
        return value.problem
    if is_dataclass(value) and not isinstance(value, type):
        left_out = NUMBERED.get(type(value).__name__, set())
        said = [(each.name, plain(getattr(value, each.name))) for each in fields(value) if each.name not in left_out]
        return (type(value).__name__, *said)
    if isinstance(value, Mapping):
        return sorted((repr(plain(name)), plain(each)) for name, each in value.items())
    if isinstance(value, list | tuple | ExtractRows):
        return [plain(each) for each in value if getattr(each, "what", None) != veil.HIDDEN]
    if isinstance(value, set | frozenset):
        return sorted(repr(plain(each)) for each in value)
    return sub(r"\b[0-9a-f]{64}\b", "#", repr(value))


def differences(one: object, other: object) -> list[tuple[object, object]]:
    """The parts in which two plain answers differ."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        return [each for pair in zip(one, other, strict=True) for each in differences(*pair)]
    return [] if one == other else [(one, other)]


@cache
def answers(house: Path, role: Role, names: frozenset[str] | None = None) -> list[tuple[str, object, object]]:
    """What each query answers a role when it is its turn, or some of them: what it was asked, the answer as it is."""
    with TemporaryDirectory() as folder:  # whoever opens a register leaves an entry in it
        copy = Path(folder) / "register"
        shutil.copytree(house, copy)
        passphrase = f"{PASSPHRASE} of others"
        with open_register(copy, passphrase=passphrase, person=f"The {role}", clock=FixedClock(NOON)) as opened:
            with opened.read() as snapshot:
                values = _asked_with(snapshot)
            with opened.read() as snapshot, pytest.MonkeyPatch.context() as patch:
                walked = verify(snapshot.connection, seen=snapshot.seen)
                patch.setattr(trail, "verify", lambda *_, **__: walked)  # once for all that ask: it takes the longest
                return list(_answers(snapshot, values, names))


def _answers(
    snapshot: Snapshot, values: Mapping[str, Sequence[Any]], names: frozenset[str] | None
) -> Iterator[tuple[str, object, object]]:
    turns = next(each for each in TURNS if snapshot.person.role in each)

    def is_wanted(name: str, at: int) -> bool:
        is_of_trail = name.startswith("trail.")  # of which each role may read another part, or nothing
        return names is not None or is_of_trail or is_turn(snapshot.person.role, turns, at)

    for name, given, found in asked(snapshot, values, names, is_wanted=is_wanted):
        if name == "trail.ids" and isinstance(found, list):
            found = trail.rows(snapshot, ids=found)
        yield name, {} if "ids" in given else given, found


def unread_marks(role: Role) -> list[str]:
    """The marks of what only who may read a kind is told without opening anything."""
    of_kinds = {SealedKind.CHECK: HELD_BY, SealedKind.HEALTH: OF_HEALTH}
    return [mark for kind, mark in of_kinds.items() if not reads(role, kind)]


@pytest.mark.parametrize("role", list(Role))
def test_no_query_tells_a_role_of_what_it_may_not_read(houses: Houses, role: Role) -> None:
    """Each query by each role; with every change each further value of it by one of the two that may read nothing.

    Every second is asked by one of the others, too, and the trail by every role.
    With `KONAK_LONG=1` each is asked by every role.
    """
    full, less = (answers(houses(kinds), role) for kinds in (ALL, ALL - UNREAD[role]))
    assert {name for name, _, _ in full} == {name for name, _ in queries()}
    marks = [MARK, *unread_marks(role)]
    marked = {name: given for name, given, found in full if any(map(repr(found).__contains__, marks))}
    assert marked == {}
    assert len(full) == len(less)
    betrayed = {
        name: (given, differs)
        for (name, given, found), (_, _, without) in zip(full, less, strict=True)
        if found != without and (differs := differences(plain(found), plain(without)))
    }
    assert betrayed == {}


def test_who_may_read_is_told_that_there_is_something(houses: Houses) -> None:
    """Else the registers would be alike for everybody, and the test above would see nothing."""
    of_health = {"safeguards.notes", "history.of_resident", "departures.of_stay", "candidates.whole"}
    wanted = {
        Role.HEALTH_LEGAL: {*of_health, "safeguards.complaints", "safeguards.self_harm", "today.today"},
        Role.SUPERVISOR: {"safeguards.notes", "today.today", "candidates.whole", "trail.ids"},
        Role.INSPECTOR: {"safeguards.notes", "safeguards.complaints", "safeguards.record", "trail.ids"},
    }
    none = houses(ALL - UNREAD[Role.CLERK])
    for role, names in wanted.items():
        pairs = zip(*(answers(house, role, frozenset(names)) for house in (houses(ALL), none)), strict=True)
        assert {name for (name, _, found), (_, _, without) in pairs if plain(found) != plain(without)} == names


@pytest.mark.parametrize("role", list(Role))
def test_no_command_tells_a_role_of_what_it_may_not_read(houses: Houses, role: Role, tmp_path: Path) -> None:
    """Each command by one of those who may read nothing, and one of the others, and the trail by every role.

    With `KONAK_LONG=1` each by every role.
    """
    month = ["--programme", "SEALED", "--month", str(Month.of(TODAY))]
    readers = [each for each in next(turns for turns in TURNS if role in turns) if each is not None]
    commands = [
        ["verify"],
        ["check"],
        ["figures", *month],
        ["print", "register_extract", "--language", "en", "--out", "x.pdf"],
        ["print", "monthly_report", *month, "--language", "en", "--out", "x.pdf"],
        ["print", "trail", "--language", "en", "--out", "x.pdf"],
    ]
    said: list[list[str]] = []
    for kinds in (ALL, ALL - UNREAD[role]):
        home = tmp_path / f"home-{len(said)}"  # a workstation remembers the registers that it has seen
        folder = home / "register"
        shutil.copytree(houses(kinds), folder)
        said.append([])
        for at, command in enumerate(commands):
            if not (is_turn(role, readers, at) or "trail" in command):
                continue
            to = ["--register", str(folder), "--person", f"The {role}"]
            done = konak(*command, *to, cwd=home, passphrase=f"{PASSPHRASE} of others")
            out = home / "x.pdf"
            pages = [page.extract_text() for page in PdfReader(out).pages] if out.exists() else []
            out.unlink(missing_ok=True)
            everything = "\n".join([done.stdout, done.stderr, *pages])
            assert MARK not in everything, command
            if command[:2] != ["print", "trail"]:  # its lines are what the queries give
                said[-1].append(sub(r"[0-9a-f]+…[0-9a-f]+|[0-9a-f]{8,64}|\d+", "#", everything))
    assert said[0] == said[1]


def test_every_kind_is_sealed_from_somebody_and_the_administrator_reads_none() -> None:
    assert UNREAD[Role.ADMINISTRATOR] == UNREAD[Role.CLERK] == ALL
    assert frozenset(TURNS[0]) == {role for role in Role if UNREAD[role] == ALL}
    assert frozenset(chain(*TURNS)) - {None} == frozenset(Role), "each has its turns"
    assert all(roles < frozenset(Role) for roles in READS_SEALED.values())
