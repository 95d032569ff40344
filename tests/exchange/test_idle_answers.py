"""What is said of a file and meets nothing in it is told: a sheet of a CSV file, a word that stands in no row."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from models.exchange.answers import Answers
from models.exchange.dates import DayOrder
from models.exchange.fields import STAY_FIELDS
from models.exchange.opening import open_file
from models.exchange.stays_file import StaysReading, read_stays
from models.rules.vocabulary import DepartureKind
from models.text import translator

ZONE = ZoneInfo("Europe/Belgrade")
ROWS = [
    ["Case no", "Surname", "Sex", "Arrival date", "Departure date", "Reason for leaving"],
    ["P1", "Noori", "M", "2026-05-01", "2026-05-09", "Bonded out"],
    ["P2", "Gashi", "F", "2026-05-02", "2026-05-08", "Transferred"],
]
KINDS = {"Reason for leaving:Bonded out": "release_by_order"}


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "may.csv"
    path.write_text("\n".join(map(",".join, ROWS)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "may.xlsx")
    return tmp_path / "may.xlsx"


def read(path: Path, told: Answers) -> StaysReading:
    opened = open_file(path, STAY_FIELDS, told, {})
    return read_stays(opened.table, zone=ZONE, answers=opened.answers)


def said(path: Path, told: Answers) -> list[str]:
    return [translator("en").render(each) for each in read(path, told).said]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (Answers(sheets=("June",)), "The file has no sheets: what was said of sheets changes nothing."),
        (Answers(hidden=False), "No row of the file is hidden: what was said of hidden rows changes nothing."),
        (Answers(values={"Sex:W": "female"}), "“Sex:W” stands in no row: what was said of it changes nothing."),
        (
            Answers(values={"departure_kind:Paroled": "escape"}),
            "“departure_kind:Paroled” stands in no row: what was said of it changes nothing.",
        ),
        (
            Answers(orders={"Arival date": DayOrder.DAY_FIRST}),
            "“Arival date” is no column of dates: what was said of it changes nothing.",
        ),
        (
            Answers(orders={"Surname": DayOrder.DAY_FIRST}),
            "“Surname” is no column of dates: what was said of it changes nothing.",
        ),
        (
            Answers(open_stays=True),
            "The column “Departure date” ends the stays: that all are open was not taken.",
        ),
    ],
)
def test_what_meets_nothing_in_a_file_is_told(csv_file: Path, told: Answers, sentence: str) -> None:
    assert said(csv_file, told) == [sentence]


@pytest.mark.parametrize("told", [Answers(encoding="cp1250"), Answers(separator=";")])
def test_a_workbook_has_neither_letters_nor_separators_to_be_told(workbook: Path, told: Answers) -> None:
    assert said(workbook, told) == [
        "The file is no CSV: what was said of its letters or its separator changes nothing."
    ]


def test_what_meets_something_is_not_told(csv_file: Path, workbook: Path) -> None:
    orders = {"Arrival date": DayOrder.DAY_FIRST, "departed_on": DayOrder.DAY_FIRST, "": DayOrder.DAY_FIRST}
    told = Answers(encoding="utf-8", separator=",", orders=orders, values=KINDS)
    assert said(csv_file, told) == []
    assert said(workbook, Answers(sheets=("Sheet",), values={**KINDS, "Sex:m": "female"})) == []


def test_what_was_said_of_the_last_file_need_not_hold_for_this_one(csv_file: Path) -> None:
    last = Answers(sheets=("all",), values={"sex:w": "female"})
    told = Answers(values=KINDS).over(last)
    assert not any("changes nothing" in each for each in said(csv_file, told))


def test_what_is_said_of_a_word_holds_over_what_konak_takes_it_for(csv_file: Path) -> None:
    told = Answers(values={**KINDS, "Reason for leaving:transferred": "back_to_partner"})
    kinds = [line.departure_kind for line in read(csv_file, told).lines]
    assert kinds == [DepartureKind.RELEASE_BY_ORDER, DepartureKind.BACK_TO_PARTNER]
