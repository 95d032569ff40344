"""Taking back what a file has brought in: all of it, as long as nothing was built on it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from models.actions import (
    absences,
    corrections,
    departures,
    endings,
    gate,
    imports,
    incidents,
    joinings,
    rooms,
    selection,
    stays,
)
from models.actions.complaints import COMPLAINTS, SELF_HARM
from models.actions.needs import NEEDS
from models.errors import Refused
from models.exchange import import_lists, import_stays
from models.exchange.contradictions import Choice, Choices
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.ids import CandidateId, ImportId, ProgrammeId, ResidentId, StayId
from models.queries import imports as queries
from models.queries import veil
from models.queries.months import figures
from models.repositories.imports import SEALED
from models.rules.time import Moment, Month
from models.rules.vocabulary import AbsenceKind, CandidateState, DepartureKind, IncidentKind, LimitRule, NeedKind, Role
from models.store import search
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.actions import leavers
from tests.builders import rows

HEAD = "stay id,case number,surname,given name,born,arrived,departed,room\n"
MAY = (
    "A,1,Noori,Ali,1980-02-03,2026-05-01,,12\nB,2,Gashi,Besa,1990-03-04,2026-05-02,,\n"
    "C,3,Hoti,Drita,1991-03-04,2026-05-03,2026-05-09,\n"
)
JUNE = (
    "A,1,Noori,Ali,1980-02-03,2026-05-01,2026-06-05,12\nB,2,Gashi,Besa,1990-03-04,2026-05-02,,\n"
    "C,3,Hoti,Drita,1991-03-04,2026-05-03,2026-05-11,\nD,4,Musa,Omar,1970-03-04,2026-06-06,,9\n"
    "E,9,Krasniqi,Ana,1980-03-04,2026-06-06,,\nF,9,Krasniqi,Ben,2015-03-04,2026-06-06,,\n"
)
TAKEN = Choices(Choice.TAKE, reason="Letter of June")


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register, window_start=date(1990, 1, 1))


def bring(register: Register, programme: ProgrammeId, folder: Path, content: str) -> ImportId:
    path = folder / "stays.csv"
    path.write_text(HEAD + content, encoding="utf-8")
    read = read_stays(read_table(path), zone=register.facility.zone)
    register.perform(import_stays.bring_in, programme_id=programme, read=read, choices=TAKEN)
    with register.read() as snapshot:
        return queries.latest(snapshot)[0].id


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [translator("en").render(each) for each in refused.value.reasons]


def do_take_back(register: Register) -> None:
    """Done to its end for `tests/dialects`, too."""
    programme = builders.programme(register, "IMPORTED", window_start=date(1990, 1, 1))
    with TemporaryDirectory() as folder:
        bring(register, programme, Path(folder), MAY)
        june = bring(register, programme, Path(folder), JUNE)
    register.perform(imports.take_back, import_id=june, reason="The wrong file")


STATE = (
    "SELECT source_key, arrived_on, departed_on, departure_kind, destination FROM stays ORDER BY id",
    "SELECT number, family_name, birth, family_id FROM residents ORDER BY id",
    "SELECT number, resident_id FROM partner_numbers ORDER BY id",
    "SELECT from_on, until_on FROM placements",
    "SELECT from_on, until_on FROM absences",
    "SELECT id FROM families",
    "SELECT stay_id FROM endings",
    "SELECT id, resident_id FROM sealed_notes ORDER BY id",
    "SELECT rowid, words FROM search_words ORDER BY 1",
)


def test_a_file_is_taken_back_whole_and_the_register_is_as_it_was(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, tmp_path, MAY)
    register.perform(rooms.place, stay_id=StayId(1), bed_id=builders.bed(register), moment=Moment(date(2026, 5, 3)))
    register.perform(
        absences.record,
        stay_id=StayId(1),
        kind=AbsenceKind.HOSPITAL,
        left=Moment(date(2026, 6, 2)),
        due_back=Moment(date(2026, 6, 9)),
    )
    before = [rows(register, sql) for sql in STATE]
    with register.read() as snapshot:
        months = [figures(snapshot, programme, Month(2026, number)) for number in (5, 6)]
    june = bring(register, programme, tmp_path, JUNE)
    assert [rows(register, sql) for sql in STATE] != before
    with register.read() as snapshot:
        found = queries.consequences(snapshot, import_id=june)
        assert (found.stays, found.residents, found.restored, found.against) == (3, 3, 2, ())
        assert search.find(snapshot.connection, "musa") == [4]
    register.perform(imports.take_back, import_id=june, reason="The wrong file")
    assert [rows(register, sql) for sql in STATE] == before
    with register.read() as snapshot:
        assert [figures(snapshot, programme, Month(2026, number)) for number in (5, 6)] == months
        assert search.find(snapshot.connection, "musa") == []
        first, second = queries.latest(snapshot)
        assert (first.reason, first.taken_back_at is not None, second.taken_back_at) == ("The wrong file", True, None)
    assert register.verified().problem is None
    with pytest.raises(Refused, match="taken back already"):
        register.perform(imports.take_back, import_id=june, reason="Again")
    again = bring(register, programme, tmp_path, JUNE)
    assert again != june
    # Nobody new gets the number of a row by which the trail tells of somebody who is gone.
    assert rows(register, "SELECT id FROM residents ORDER BY id") == [(1,), (2,), (3,), (7,), (8,), (9,)]
    assert rows(register, "SELECT count(*), max(number) FROM residents") == [(6, "K-0009")]
    assert register.verified().problem is None


def test_a_reason_is_needed(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    may = bring(register, programme, tmp_path, MAY)
    with pytest.raises(Refused) as refused:
        register.perform(imports.take_back, import_id=may, reason="  ")
    assert refused.value.field == "reason"


def test_what_was_built_on_it_stands_against_it_in_words(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = bring(register, programme, tmp_path, MAY)
    register.perform(
        absences.record,
        stay_id=StayId(2),
        kind=AbsenceKind.HOSPITAL,
        left=Moment(date(2026, 5, 4)),
        due_back=Moment(date(2026, 5, 9)),
    )
    with pytest.raises(Refused) as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused) == ["Entered since: an absence (1). K-0002"]
    assert rows(register, "SELECT count(*) FROM stays") == [(3,)]


def test_a_departure_that_is_planned_stands_against_it_and_a_cancelled_one_is_told_as_such(
    register: Register, tmp_path: Path
) -> None:
    may = bring(register, leavers.programme(register), tmp_path, MAY)
    plan = leavers.plan(register, StayId(2))
    with pytest.raises(Refused, match="Take that back first") as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused) == ["Entered since: a departure plan (1). K-0002"]
    register.perform(departures.cancel, plan_id=plan, reason="no flight")
    with pytest.raises(Refused, match="cannot be taken back as a whole any more") as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused) == ["Entered since, and undone: a departure plan (1). K-0002"]
    assert rows(register, "SELECT count(*) FROM stays") == [(3,)]


def test_what_was_undone_and_stays_on_record_is_not_said_to_be_taken_back_first(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = bring(register, programme, tmp_path, MAY)
    apart = register.perform(
        joinings.tell_apart, resident_id=ResidentId(1), other_id=ResidentId(2), reason="Seen together"
    ).value
    with pytest.raises(Refused, match="Take that back first"):
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    register.perform(joinings.ask_again, apart_id=apart, reason="by mistake")
    with pytest.raises(Refused, match="cannot be taken back as a whole any more") as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused) == ["Entered since, and undone: that two residents are two persons (1). K-0001"]


def _complains(register: Register) -> None:
    register.perform(COMPLAINTS.enter, resident_id=ResidentId(2), received_on=date(2026, 6, 1), said="the food is cold")


def _harms(register: Register) -> None:
    happened = Moment(date(2026, 6, 1))
    register.perform(SELF_HARM.enter, resident_id=ResidentId(2), happened=happened, found="a cut")


def _needs(register: Register) -> None:
    register.perform(NEEDS.enter, resident_id=ResidentId(2), kind=NeedKind.PREGNANCY, detail="month 5")


@pytest.mark.parametrize("seal", [_complains, _harms, _needs])
def test_what_is_sealed_stands_against_it_without_a_word_that_betrays_it(
    register: Register, programme: ProgrammeId, tmp_path: Path, seal: Callable[[Register], None]
) -> None:
    may = bring(register, programme, tmp_path, MAY)
    with builders.reading(register):
        seal(register)
        with register.read() as snapshot:
            assert queries.consequences(snapshot, import_id=may).against != ()
    leavers.at_desk(register, Role.SUPERVISOR)
    with register.read() as snapshot:
        assert queries.consequences(snapshot, import_id=may).against == ()
    with pytest.raises(Refused) as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused) == ["1 row was changed since: K-0002"]


def test_a_remark_about_a_candidate_is_called_by_the_row_of_the_list(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("A number,Last name,First name\n1,Noori,Ali\n2,Gashi,Besa\n", encoding="utf-8")
    register.perform(import_lists.bring_in, programme_id=programme, read=read_list(read_table(path)), code="L-1")
    with register.read() as snapshot:
        brought = queries.latest(snapshot)[0].id
    register.perform(selection.add_remark, candidate_id=CandidateId(2), text="limps")
    with pytest.raises(Refused, match="Where it remains on record all the same, put right") as refused:
        register.perform(imports.take_back, import_id=brought, reason="The wrong list")
    assert reasons(refused) == ["1 row was changed since: L-1 / 3"]


def test_every_table_that_is_sealed_from_somebody_is_sealed_here_too() -> None:
    assert set(veil.SEALED_TABLES) <= set(SEALED)


def test_an_incident_that_was_taken_back_is_told_as_such(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = bring(register, programme, tmp_path, MAY)
    leavers.at_desk(register, Role.SUPERVISOR)
    said: dict[str, Any] = {"kind": IncidentKind.INCIDENT, "happened": Moment(date(2026, 6, 1)), "what": "a fight"}
    incident = register.perform(incidents.enter, programme_id=programme, residents=[ResidentId(2)], **said).value
    with pytest.raises(Refused, match="Take that back first"):
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    register.perform(incidents.take_back, incident_id=incident, reason="another house")
    with pytest.raises(Refused, match="cannot be taken back as a whole any more") as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused) == ["Entered since, and undone: an incident (1). K-0002"]


def test_a_later_file_that_goes_on_with_it_must_be_taken_back_first(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = bring(register, programme, tmp_path, MAY)
    june = bring(register, programme, tmp_path, JUNE)
    with pytest.raises(Refused) as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert any("changed since: K-0001, K-0003" in said for said in reasons(refused))
    register.perform(imports.take_back, import_id=june, reason="The wrong file")
    register.perform(imports.take_back, import_id=may, reason="The wrong file, too")
    assert rows(register, "SELECT (SELECT count(*) FROM stays), (SELECT count(*) FROM residents)") == [(0, 0)]
    assert register.verified().problem is None


def test_what_was_put_right_and_back_again_does_not_stand_against_taking_a_file_back(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, tmp_path, MAY)
    june = bring(register, programme, tmp_path, JUNE)
    back_and_forth = [(1, date(2026, 4, 30)), (1, date(2026, 5, 1)), (4, date(2026, 6, 7)), (4, date(2026, 6, 6))]
    for stay, day in back_and_forth:
        register.perform(stays.correct, stay_id=StayId(stay), arrived=Moment(day), reason="The list says so")
    with register.read() as snapshot:
        assert queries.consequences(snapshot, import_id=june).against == ()
    register.perform(stays.correct, stay_id=StayId(4), arrived=Moment(date(2026, 6, 7)), reason="The list says so")
    with pytest.raises(Refused) as refused:
        register.perform(imports.take_back, import_id=june, reason="The wrong file")
    assert any("1 row was changed since: K-0004" in said for said in reasons(refused))


def test_what_was_taken_back_so_that_nothing_of_it_holds_does_not_stand_against_taking_a_file_back(
    register: Register, tmp_path: Path
) -> None:
    limited = builders.programme(register, limit_rule=LimitRule.DAYS, limit_amount=180)
    may = bring(register, limited, tmp_path, MAY)
    said: dict[str, Any] = {"until": date(2027, 3, 1), "reason": "a", "decided_by": "b", "authority": "c"}
    limit = register.perform(stays.fix_limit, stay_id=StayId(2), **said).value
    leave = register.perform(
        gate.plan_leave,
        stay_id=StayId(2),
        kind=AbsenceKind.HOSPITAL,
        reason="a tooth",
        start=Moment(date(2026, 11, 22)),
        due_back=Moment(date(2026, 11, 23)),
    ).value
    with pytest.raises(Refused, match="Take that back first") as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert reasons(refused)[:2] == [
        "Entered since: a planned leave (1). K-0002",
        "Entered since: another last day (1). K-0002",
    ]
    register.perform(gate.call_off, leave_id=leave, reason="It is well again")
    register.perform(corrections.take_back_limit, stay_id=StayId(2), limit_id=limit, reason="of another")
    for day in (2, 1):
        register.perform(stays.correct, stay_id=StayId(1), arrived=Moment(date(2026, 5, day)), reason="The list")
    with register.read() as snapshot:
        assert queries.consequences(snapshot, import_id=may).against == ()
    register.perform(imports.take_back, import_id=may, reason="The wrong file")
    for table in ("stays", "stay_limits", "planned_leaves"):
        assert rows(register, f"SELECT count(*) FROM {table}") == [(0,)]
    assert register.verified().problem is None


def test_a_last_day_that_holds_again_otherwise_stands_against_it(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    may = bring(register, programme, tmp_path, MAY)
    said: dict[str, Any] = {"reason": "a", "decided_by": "b", "authority": "c"}
    register.perform(stays.fix_limit, stay_id=StayId(2), until=date(2027, 3, 1), **said)
    other = register.perform(stays.fix_limit, stay_id=StayId(2), until=date(2027, 4, 1), **said).value
    register.perform(corrections.take_back_limit, stay_id=StayId(2), limit_id=other, reason="of another")
    with pytest.raises(Refused, match="Take that back first") as refused:
        register.perform(imports.take_back, import_id=may, reason="The wrong file")
    assert "Entered since: another last day (3). K-0002" in reasons(refused)


def test_a_bed_that_somebody_else_got_since_stands_against_it(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, tmp_path, MAY)
    bed = builders.bed(register)
    register.perform(rooms.place, stay_id=StayId(1), bed_id=bed, moment=Moment(date(2026, 5, 3)))
    june = bring(register, programme, tmp_path, JUNE)
    register.perform(rooms.place, stay_id=StayId(2), bed_id=bed, moment=Moment(date(2026, 6, 8)))
    with pytest.raises(Refused, match="This bed is taken at that time"):
        register.perform(imports.take_back, import_id=june, reason="The wrong file")
    assert rows(register, "SELECT count(*) FROM stays WHERE departed_on IS NULL") == [(4,)]
    assert register.verified().problem is None


def test_a_list_is_taken_back_until_somebody_has_decided_on_it(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("A number,Last name,First name,Remarks\n1,Noori,Ali,ill\n2,Gashi,Besa,\n", encoding="utf-8")

    def bring_list(code: str) -> ImportId:
        read = read_list(read_table(path))
        register.perform(import_lists.bring_in, programme_id=programme, read=read, code=code)
        with register.read() as snapshot:
            return queries.latest(snapshot)[0].id

    first = bring_list("L-1")
    register.perform(imports.take_back, import_id=first, reason="The wrong list")
    assert rows(register, "SELECT (SELECT count(*) FROM candidates), (SELECT count(*) FROM proposed_lists)") == [(0, 0)]
    second = bring_list("L-1")
    who = CandidateId(int(str(rows(register, "SELECT max(id) FROM candidates")[0][0])))
    register.perform(
        selection.decide, candidate_id=who, outcome=CandidateState.REFUSED, reason="No place", decided_by="V. Gashi"
    )
    with pytest.raises(Refused) as refused:
        register.perform(imports.take_back, import_id=second, reason="The wrong list")
    assert "Entered since: a decision (1). " in reasons(refused)
    register.perform(selection.take_back, candidate_id=who, reason="of another")
    register.perform(imports.take_back, import_id=second, reason="The wrong list")
    assert rows(register, "SELECT (SELECT count(*) FROM candidates), (SELECT count(*) FROM candidate_decisions)") == [
        (0, 0)
    ]
    assert register.verified().problem is None


def test_a_departure_of_which_a_file_says_no_kind_is_not_recorded_again_after_a_wrong_correction(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    bring(register, programme, tmp_path, MAY)
    asked = "SELECT id, departed_on FROM stays WHERE departure_kind = 'not_recorded' ORDER BY id"
    number, day = rows(register, asked)[-1]
    stay, moment = StayId(int(str(number))), Moment(date.fromisoformat(str(day)))
    right: dict[str, Any] = {"stay_id": stay, "moment": moment, "reason": "the letter"}
    facts = {"seen_last": "the yard", "how_known": "a note"}
    register.perform(endings.correct, kind=DepartureKind.LEFT_ON_OWN, facts=facts, **right)
    register.perform(endings.correct, kind=DepartureKind.NOT_RECORDED, **right)
    assert rows(register, asked)[-1] == (number, day)
    assert register.verified().problem is None
