"""Dates of which a spreadsheet has read a part, with the day for the month: asked, and put right."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from models.errors import Refused
from models.exchange.answers import Answers
from models.exchange.dates import DayOrder
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.questions import Asks, Question, answered
from models.exchange.stays_file import StaysReading, read_stays
from models.rules.birth import BirthDate

BELGRADE = ZoneInfo("Europe/Belgrade")
HEADINGS = ("Person no.", "Surname", "Date of birth", "Arrival date", "Departure date")
ROWS: tuple[tuple[object, ...], ...] = (
    ("P-1", "Abaro", "25/12/1980", date(2026, 1, 5), "13/05/2026"),
    ("P-2", "Bekele", date(1981, 3, 2), date(2026, 2, 5), "15/05/2026"),
    ("P-3", "Cela", "14/05/1985", "14/05/2026", None),
    ("P-4", "Doko", date(1990, 7, 8), datetime(2026, 3, 5, 14, 30), datetime(2026, 6, 5)),
)


def book(folder: Path, *rows: tuple[object, ...]) -> Path:
    made = Workbook()
    for row in (HEADINGS, *rows):
        made.worksheets[0].append(row)
    made.save(folder / "stays.xlsx")
    return folder / "stays.xlsx"


def text(folder: Path, *rows: tuple[object, ...]) -> Path:
    lines = (",".join("" if cell is None else str(cell) for cell in row) for row in (HEADINGS, *rows))
    (folder / "stays.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder / "stays.csv"


def read(path: Path, answers: Answers | None = None) -> StaysReading:
    return read_stays(read_table(path), zone=BELGRADE, answers=answers or Answers(open_stays=True))


def orders(found: StaysReading) -> list[Question]:
    return [each for each in found.questions if each.asks is Asks.DAY_ORDER and each.is_open]


@pytest.mark.parametrize("write", [book, text])
def test_dates_of_which_none_is_after_the_twelfth_beside_texts_that_all_are_get_asked_about(
    tmp_path: Path, write: object
) -> None:
    path = (book if write is book else text)(tmp_path, *ROWS)
    asked = orders(read(path))
    assert [each.about for each in asked] == ["arrived_on", "departed_on", "birth_date"]
    assert asked[0].samples == ("2026-01-05", "2026-02-05", "14/05/2026")
    assert [each.option for each in asked[0].choices] == [
        "--day-order 'Arrival date=dmy'", "--day-order 'Arrival date=exchanged'",
    ]  # fmt: skip


@pytest.mark.parametrize("write", [book, text])
def test_they_come_in_as_it_is_said(tmp_path: Path, write: object) -> None:
    path = (book if write is book else text)(tmp_path, *ROWS)
    right, wrong = Answers(), Answers()
    for question in orders(read(path)):
        right = answered(right, question, question.choices[0].value)
        wrong = answered(wrong, question, DayOrder.EXCHANGED)
    as_it_stands, put_right = read(path, right), read(path, wrong)
    assert [as_it_stands.open_questions, put_right.open_questions] == [(), ()]
    assert [line.arrived.on for line in as_it_stands.lines] == [
        date(2026, 1, 5), date(2026, 2, 5), date(2026, 5, 14), date(2026, 3, 5),
    ]  # fmt: skip
    assert [line.arrived.on for line in put_right.lines] == [
        date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 14), date(2026, 5, 3),
    ]  # fmt: skip
    assert [line.departed and line.departed.on for line in put_right.lines] == [
        date(2026, 5, 13), date(2026, 5, 15), None, date(2026, 5, 6),
    ]  # fmt: skip
    assert put_right.lines[1].birth == BirthDate.exact(date(1981, 2, 3))
    at = put_right.lines[3].arrived.at
    assert at is not None
    assert at.astimezone(BELGRADE).time() == time(14, 30)


def test_a_date_after_the_twelfth_or_a_text_before_it_shows_that_nothing_was_exchanged(tmp_path: Path) -> None:
    after = ("P-5", "Eko", "31/07/1990", date(2026, 5, 20), "20/05/2026")
    before = ("P-6", "Fani", "01/07/1990", "03/06/2026", "05/06/2026")
    assert [each.about for each in orders(read(book(tmp_path, *ROWS, after)))] == ["departed_on", "birth_date"]
    assert not orders(read(book(tmp_path, *ROWS, before)))


def test_what_was_said_of_the_last_file_is_asked_anew(tmp_path: Path) -> None:
    told = Answers(orders={"arrived_on": DayOrder.EXCHANGED}, earlier=frozenset({"order:arrived_on"}))
    assert "arrived_on" in [each.about for each in orders(read(book(tmp_path, *ROWS), told))]
    whole = ("P-5", "Eko", "31/07/1990", date(2026, 5, 20), "20/05/2026")
    assert read(book(tmp_path, *ROWS, whole), told).lines[0].arrived.on == date(2026, 1, 5)


def test_it_cannot_be_said_of_dates_that_cannot_have_been_exchanged(tmp_path: Path) -> None:
    whole = ("P-5", "Eko", "31/07/1990", date(2026, 5, 20), "20/05/2026")
    with pytest.raises(Refused, match="cannot have been exchanged"):
        read(book(tmp_path, *ROWS, whole), Answers(orders={"arrived_on": DayOrder.EXCHANGED}))


def test_births_of_a_list_are_asked_about_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "No,Case no,Surname,Given names,DOB\n1,A-1,Abaro,Tomi,12/25/1980\n2,A-2,Sok,Ana,1981-02-03\n"
        "3,A-3,Wok,Eva,1985-05-04\n",
        encoding="utf-8",
    )
    (question,) = [each for each in read_list(read_table(path)).questions if each.is_open]
    assert question.choices[0].value == DayOrder.MONTH_FIRST
    found = read_list(read_table(path), answers=answered(Answers(), question, DayOrder.EXCHANGED))
    assert [str(line.birth) for line in found.candidates] == ["1980-12-25", "1981-03-02", "1985-04-05"]
