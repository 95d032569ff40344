"""What was said of a file is kept for the next one of its shape from the same programme, and nothing personal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from models.entities.import_answers import ImportAnswers
from models.exchange import import_lists, import_stays
from models.exchange.answers import Answers
from models.exchange.dates import DayOrder
from models.exchange.fields import LIST_FIELDS, STAY_FIELDS
from models.exchange.lists_file import read_list
from models.exchange.opening import open_file
from models.exchange.questions import Asks, answered
from models.exchange.remembering import recall
from models.exchange.stays_file import StaysReading, read_stays
from models.ids import ProgrammeId
from models.rules.vocabulary import DepartureKind
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.conftest import PASSPHRASE

MAY = "Ref;Surname;In;Out;How;Ward\nP1;Noori;03/04/2026;05/04/2026;Bonded out;x\n"
JUNE = "REF;surname;in;out;how;ward\nP2;Ahmadi;03/05/2026;06/05/2026;bonded OUT;y\nP3;Omar;01/05/2026;;;z\n"
TOLD = Answers(
    mapping={"Ref": "person_id", "In": "arrived_on", "D": "departed_on", "How": "departure_kind", "Ward": "-"},
    orders={"arrived_on": DayOrder.DAY_FIRST, "departed_on": DayOrder.DAY_FIRST},
    values={"How:Bonded out": "release_by_order"},
)


def read(register: Register, programme: ProgrammeId, path: Path, told: Answers) -> StaysReading:
    with register.read() as snapshot:
        opened = open_file(path, STAY_FIELDS, told, recall(snapshot, programme, "stays"))
    return read_stays(opened.table, zone=register.facility.zone, answers=opened.answers)


def kept(register: Register) -> list[tuple[int, str, Mapping[str, str]]]:
    with register.read() as snapshot:
        columns = (ImportAnswers.programme_id, ImportAnswers.kind, ImportAnswers.answers)
        return [(of, kind, said) for of, kind, said in snapshot.connection.execute(select(*columns))]


def written(folder: Path, text: str, name: str = "may.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_the_next_file_of_the_shape_needs_no_answer_and_says_so(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    first = read(register, programme, written(tmp_path, MAY), TOLD)
    assert first.open_questions == ()
    register.perform(import_stays.bring_in, programme_id=programme, read=first)

    june = written(tmp_path, JUNE, "june.csv")
    found = read(register, programme, june, Answers())
    assert found.open_questions == ()
    assert [(line.arrived.on, line.departure_kind) for line in found.lines] == [
        (date(2026, 5, 3), DepartureKind.RELEASE_BY_ORDER),
        (date(2026, 5, 1), None),
    ]
    assert not any(line.notes for line in found.lines)
    assert [each.is_as_last_time for each in found.questions] == [True, True, True]

    other = builders.programme(register, "OTHER", window_start=date(1990, 1, 1))
    asked = read(register, other, june, Answers()).open_questions
    assert [each.about for each in asked] == ["arrived_on", "departed_on"]


def test_what_is_said_anew_holds_over_what_was_said_before_and_from_then_on(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    register.perform(
        import_stays.bring_in, programme_id=programme, read=read(register, programme, written(tmp_path, MAY), TOLD)
    )
    june = written(tmp_path, JUNE, "june.csv")
    found = read(register, programme, june, Answers())
    order = next(each for each in found.questions if each.asks is Asks.DAY_ORDER and each.about == "arrived_on")
    told = answered(Answers(mapping={"Ward": "sealed"}), order, DayOrder.MONTH_FIRST)
    anew = read(register, programme, june, told)
    assert [line.arrived.on for line in anew.lines] == [date(2026, 3, 5), date(2026, 1, 5)]
    assert [note.value for line in anew.lines for note in line.notes] == ["y", "z"]
    register.perform(import_stays.bring_in, programme_id=programme, read=anew)
    assert len(kept(register)) == 1
    july = read(register, programme, written(tmp_path, JUNE.replace("P", "Q"), "july.csv"), Answers())
    assert july.lines[0].arrived.on == date(2026, 3, 5)


def test_nothing_personal_is_kept(register: Register, programme: ProgrammeId, tmp_path: Path) -> None:
    told = replace(TOLD, heading_row=1, sheets=("Noori",))
    register.perform(
        import_stays.bring_in, programme_id=programme, read=read(register, programme, written(tmp_path, MAY), told)
    )
    ((of, kind, answers),) = kept(register)
    assert (of, kind) == (programme, "stays")
    assert answers == {
        "map:Ref": "person_id",
        "map:In": "arrived_on",
        "map:D": "departed_on",
        "map:How": "departure_kind",
        "letter:F": "-",
        "order:arrived_on": "day_first",
        "order:departed_on": "day_first",
        "value:departure_kind:bonded out": "release_by_order",
    }


def test_letters_and_a_file_without_headings_are_remembered_too(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    told = Answers(mapping={"A": "partner_number", "B": "family_name", "C": "birth_date"}, encoding="mac-roman")
    path = written(tmp_path, "P1,Sørensen,1980-02-03\nP2,Bærentsen,1981-02-03\n", encoding="mac-roman")
    opened = open_file(path, LIST_FIELDS, told, {})
    first = read_list(opened.table, answers=opened.answers)
    register.perform(import_lists.bring_in, programme_id=programme, read=first, code="ONE")
    with register.read() as snapshot:
        recalled = recall(snapshot, programme, "list")
        assert recall(snapshot, programme, "stays") == {}
    path = written(tmp_path, "P3,Ødegård,1982-02-03\n", encoding="mac-roman")
    opened = open_file(path, LIST_FIELDS, Answers(), recalled)
    again = read_list(opened.table, answers=opened.answers)
    assert [line.family_name for line in again.candidates] == ["Ødegård"]
    assert again.open_questions == ()


def test_answers_are_the_same_after_they_were_kept() -> None:
    told = replace(TOLD, hidden=False, open_stays=True, heading_row=0, sheets=("A", "B"), encoding="cp1250")
    assert Answers.of(told.flat()) == told
    assert Answers.of({}) == Answers()


def test_letters_that_a_file_itself_is_sure_of_hold_over_those_of_the_last_one(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "Case no,Surname,Arrival,Departure\n"
    first = written(tmp_path, head + "P1,Bærentsen,2026-05-01,2026-05-03\n", encoding="mac-roman")
    told = Answers(encoding="mac-roman")
    register.perform(import_stays.bring_in, programme_id=programme, read=read(register, programme, first, told))
    later = written(tmp_path, head + "P2,Ćiro Ærø,2026-06-01,2026-06-03\n", "june.csv")
    found = read(register, programme, later, Answers())
    assert [line.family_name for line in found.lines] == ["Ćiro Ærø"]
    assert found.open_questions == ()


def test_that_all_stays_are_open_is_asked_again_once_a_column_has_dates_and_hidden_rows_in_each_file(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "Case no,Surname,Arrival,Gone\n"
    first = written(tmp_path, head + "P1,Noori,2026-05-01,\nP2,Sok,2026-05-02,\n")
    told = Answers(open_stays=True, hidden=False)
    register.perform(import_stays.bring_in, programme_id=programme, read=read(register, programme, first, told))
    assert [answers for _, _, answers in kept(register)] == [{"open_stays": "True"}]
    same = read(register, programme, written(tmp_path, head + "P3,Omar,2026-06-01,\n", "june.csv"), Answers())
    assert same.open_questions == ()
    dated = written(tmp_path, head + "P1,Noori,2026-05-01,2026-06-10\n", "july.csv")
    found = read(register, programme, dated, Answers())
    assert [(each.about, each.answer) for each in found.open_questions] == [("departed_on", None)]
    assert read(register, programme, dated, Answers(open_stays=True)).open_questions == ()


def test_headings_of_sealed_columns_that_an_earlier_konak_remembered_are_erased_at_the_opening(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    former = {"map:Ref": "person_id", "map:HIV": "sealed", "map:Zzyzx claim": "-", "order:arrived_on": "day"}
    row = ImportAnswers(programme_id=programme, kind="stays", shape="columns:4", answers=former)
    register.perform(builders.put, row=row)
    with register.read() as snapshot:
        assert "Zzyzx" in str(snapshot.connection.exec_driver_sql("SELECT details FROM trail").all())
    register.close()
    for times in (1, 1):
        with open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock) as again:
            assert [said for *_, said in kept(again)] == [{"map:Ref": "person_id", "order:arrived_on": "day"}]
            told = again.verified()
            assert (told.problem, len(told.erased)) == (None, times)
            with again.read() as snapshot:
                details = str(snapshot.connection.exec_driver_sql("SELECT details FROM trail").all())
            assert "Zzyzx" not in details
            assert "HIV" not in details


def test_what_is_remembered_by_a_letter_stays_at_the_opening(
    register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    first = read(register, programme, written(tmp_path, MAY), TOLD)
    register.perform(import_stays.bring_in, programme_id=programme, read=first)
    before = kept(register)
    register.close()
    with open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock) as again:
        assert kept(again) == before
        assert read(again, programme, written(tmp_path, JUNE, "june.csv"), Answers()).answers.mapping["F"] == "-"
