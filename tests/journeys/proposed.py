"""A proposed list for a journey that has no other: in the shape of the real ones, with invented people."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

_HEADINGS = (
    "No.", "Case no.", "FAMILY NAME", "Given name(s)", "Sex", "DOB (MM/DD/YYYY)", "Country of birth", "Citizenship",
    "Travel document", "Document no.", "Document expiry", "Final order date", "Criminal history (Y/N)", "Family group",
    "Remarks",
)  # fmt: skip
_EXPIRY, _ORDER = datetime(2030, 3, 3), datetime(2024, 5, 6)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A list and whom the journey looks for on it.

    Attributes:
        path: The file.
        people: How many are on it.
        twice: The case number that stands on it twice.
        alone: Somebody who travels alone, with a number to find them by.
        refused: Somebody who is refused.
        family: The head of the family F-1 of four.
    """

    path: Path
    people: int
    twice: str
    alone: tuple[str, str]
    refused: tuple[str, str]
    family: tuple[str, str]


def small_list(folder: Path) -> Path:
    """Write a list of nine people: somebody twice, a family of four, a year alone for a birth date, a note."""
    people: list[tuple[object, ...]] = [
        ("900-128-667", "NGUYỄN", "Thị Hồng", "F", datetime(1984, 7, 19), "Vietnam", "Passport", "P86724846", "N", ""),
        ("900-667-236", "DÉSIR", "Jean-Baptiste", "M", "02/14/2000", "Haiti", "Passport", "F66778714", "Y", ""),
        ("900-667-236", "Désir", "Jean-Baptiste", "M", "02/14/2000", "Haiti", "Passport", "F66778714", "Y", ""),
        ("900-441-000", "RAHMANI", "Mohammad Yousuf", "M", datetime(1984, 3, 21), "Afghanistan", "Passport",
         "P02837100", "N", "F-1"),
        ("900-441-001", "RAHMANI", "Zarghuna", "F", "1988", "Afghanistan", "Passport", "P02837101", "N", "F-1"),
        ("900-441-002", "RAHMANI", "Haroon", "M", datetime(2014, 9, 2), "Afghanistan", "Passport", "P02837102", "N",
         "F-1"),
        ("900-441-003", "RAHMANI", "Setayesh", "F", "11/30/2019", "Afghanistan", "Passport", "P02837103", "N", "F-1"),
        ("900-764-941", "SARGSYAN", "Gevorg", "M", datetime(1963, 11, 7), "Armenia", "Passport", "C58036792", "N", ""),
        ("900-553-932", "Suárez Leyva", "Osmany", "M", datetime(1973, 4, 4), "Cuba", "ID card", "K622", "see file", ""),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PROPOSED LIST US-01"])
    sheet.append([])
    sheet.append(list(_HEADINGS))
    for number, (case, family, given, sex, born, country, kind, paper, crime, group) in enumerate(people, 1):
        expiry: object = "EXPIRED" if number == 1 else _EXPIRY
        sheet.append(
            [number, case, family, given, sex, born, country, country, kind, paper, expiry, _ORDER, crime, group, ""]
        )
    sheet.append(["", "", f"Total: {len(people)}"])
    path = folder / "US-01.xlsx"
    book.save(path)
    return path
