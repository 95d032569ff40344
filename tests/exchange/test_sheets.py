"""Which sheet of a workbook is meant where several could be (data/cases, zb_two_sheets)."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from models.exchange.answers import Answers
from models.exchange.fields import STAY_FIELDS
from models.exchange.opening import open_file
from models.exchange.questions import Asks
from models.exchange.stays_file import StaysReading, read_stays

HEADINGS = ("Case No", "Surname", "Arrival", "Departure")


def workbook(folder: Path, hidden: tuple[str, ...]) -> Path:
    """A cover of one cell, and three sheets with stays."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover["B2"] = "The house, all months"
    for number, name in enumerate(("April", "May", "June"), 1):
        sheet = book.create_sheet(name)
        sheet.append(HEADINGS)
        sheet.append((f"A-{number}", "Noori", f"2026-0{number}-01", None))
        sheet.sheet_state = "veryHidden" if name in hidden else "visible"
    path = folder / "months.xlsx"
    book.save(path)
    return path


def read(path: Path, answers: Answers | None = None) -> StaysReading:
    opened = open_file(path, STAY_FIELDS, answers or Answers(), {})
    return read_stays(opened.table, zone=ZoneInfo("Europe/Belgrade"), answers=opened.answers)


def test_of_several_sheets_behind_a_cover_it_is_asked_which(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("April",))
    (question,) = read(path).open_questions
    assert (question.asks, [each.value for each in question.choices]) == (Asks.SHEET, ["May", "June", "all"])
    assert [line.partner_number for line in read(path, Answers(sheets=("all",))).lines] == ["A-2", "A-3"]
    assert [line.partner_number for line in read(path, Answers(sheets=("April",))).lines] == ["A-1"]


@pytest.mark.parametrize(
    ("hidden", "read_of"), [(("April", "June"), "A-2"), (("April", "May"), "A-3")], ids=["May", "June"]
)
def test_a_sheet_that_is_hidden_is_said_and_not_meant_where_one_is_shown(
    tmp_path: Path, hidden: tuple[str, ...], read_of: str
) -> None:
    found = read(workbook(tmp_path, hidden))
    assert (found.open_questions, [line.partner_number for line in found.lines]) == ((), [read_of])
    said = [each.values["sheet"] for each in found.said if each.text.startswith("The sheet “{sheet}” is hidden")]
    assert said == list(hidden)


@pytest.mark.parametrize("sheet_names", [("May", "June"), ("June",)])
def test_what_is_struck_out_merged_or_commented_is_said_of_each_sheet_that_is_read(
    tmp_path: Path, sheet_names: tuple[str, ...]
) -> None:
    path = workbook(tmp_path, ("April",))
    book = load_workbook(path)
    for name in sheet_names:
        sheet = book[name]
        sheet["A2"].comment = Comment("not here any more", "A. B.")
        sheet.append(("A-9", "Sok", "2026-02-01", "2026-02-02"))
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        sheet.merge_cells("B2:B3")
    book.save(path)
    source = read(path, Answers(sheets=("all",))).source
    assert [source.place(row) for row in source.struck_rows] == [(name, 3) for name in sheet_names]
    assert (source.comments, source.merged) == (len(sheet_names), len(sheet_names))
