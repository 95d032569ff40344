"""The rooms on paper, and the sheets of a roll call in their sizes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.ids import BedId, ResidentId, RoomId, StayId
from models.queries.in_house import InHouse, InHouseRow
from models.queries.rooms import BedRow, Occupant, Overview, RoomRow, occupancy
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, BedKind, RoomKind, SheetSize
from reports.house import roll_sheet
from reports.rooms import bed_plan, room_list
from tests.reports import pdf_text
from tests.reports.test_house import IMPRINT

MINA = Occupant(StayId(1), ResidentId(1), "K-0007", "Noori", "Mina", None, None, "US-2025", False)


def _house(*, plain: bool = False) -> Overview:
    """Two floors of a building and a gatehouse; with `plain` nothing is stated of the rooms."""
    rooms = []
    for number, (building, floor) in enumerate([("East", "1"), ("East", "2"), ("Gatehouse", "")], 1):
        beds = (
            BedRow(BedId(number * 10), "A", MINA if number == 1 else None),
            BedRow(BedId(number * 10 + 1), "B", None, BedKind.CRIB, "broken slats" if number == 2 else None),
        )
        where = ("", "") if plain else (building, floor)
        kind = None if plain else RoomKind.WOMEN
        rooms.append(RoomRow(RoomId(number), *where, str(number), kind, None, "", 1, beds))
    return Overview(tuple(rooms), (), occupancy("", rooms), ())


def test_the_room_list_has_every_bed_and_only_the_columns_that_the_house_uses() -> None:
    said = pdf_text.text(room_list(_house(), IMPRINT))
    for words in ("Building", "Floor", "For whom", "Noori, Mina", "out of use: broken slats", "free", "B, Crib"):
        assert words in said
    plain = pdf_text.text(room_list(_house(plain=True), IMPRINT))
    assert "Noori, Mina" in plain
    for words in ("Building", "Floor", "For whom"):
        assert words not in plain


def test_the_bed_plan_draws_each_block_on_a_page_of_its_own_with_names() -> None:
    drawn = bed_plan(_house(), IMPRINT)
    said = pdf_text.text(drawn)
    for words in ("East, floor 1", "East, floor 2", "Gatehouse", "Noori, Mina", "K-0007"):
        assert words in said
    assert len(pdf_text.pages(drawn)) == 3
    assert len(pdf_text.pages(bed_plan(_house(plain=True), IMPRINT))) == 1


def test_the_bed_plan_cuts_no_name_and_no_reason_and_names_its_block_where_it_goes_on() -> None:
    who = replace(MINA, family_name="Pérez Guédez de la Cruz", given_names="María Fernanda")
    beds = (
        BedRow(BedId(1), "A", who),
        BedRow(BedId(2), "B", None, out_of_use="Water damage; the repair was ordered"),
    )
    rooms = [RoomRow(RoomId(n), "East", "1", str(n), RoomKind.DETENTION, None, "", 1, beds) for n in range(1, 60)]
    drawn = bed_plan(Overview(tuple(rooms), (), occupancy("", rooms), ()), IMPRINT)
    first, second, *_ = pdf_text.pages(drawn)
    for page in (first, second):
        said = " ".join(page.split())
        assert "East, floor 1" in said
        assert "For detained people" in said
        assert "…" not in said.partition("Register head")[0]
        for word in ("Guédez", "Fernanda", "damage;", "ordered"):
            assert word in said


def test_the_bed_plan_says_the_names_of_rooms_and_beds_whole_before_what_kind_a_room_is() -> None:
    beds = (BedRow(BedId(1), "by the door", MINA), BedRow(BedId(2), "window 2", None))
    room = RoomRow(RoomId(1), "East", "1", "Quarantine, north wing", RoomKind.DETENTION, None, "", 1, beds)
    drawn = bed_plan(Overview((room,), (), occupancy("", [room]), ()), IMPRINT)
    said = " ".join(pdf_text.text(drawn).split())
    for words in ("Quarantine, north wing", "by the door", "window 2", "Noori, Mina", "K-0007"):
        assert words in said


def _roll(sheet: SheetSize) -> InHouse:
    at = Moment(date(2026, 11, 21), datetime(2026, 11, 21, 8, tzinfo=UTC))
    here = InHouseRow(ResidentId(1), "K-0007", "Noori, Mina", None, "US-2025", "East", "1", "A", None, None, None)
    gone = replace(here, number="K-0008", name="Okafor, Chidi", bed="B", away=AbsenceKind.HOSPITAL, left=at)
    return InHouse(at, ZoneInfo("Europe/Belgrade"), (here, gone), sheet)


@pytest.mark.parametrize(
    ("sheet", "width", "height"), [(SheetSize.A4, 595, 842), (SheetSize.A5, 420, 595), (SheetSize.LARGE, 593, 842)]
)
def test_the_sheet_of_a_roll_call_has_three_sizes_each_with_boxes_and_a_balance_to_sign(
    sheet: SheetSize, width: int, height: int
) -> None:
    drawn = roll_sheet(_roll(sheet), IMPRINT)
    said = pdf_text.text(drawn)
    for words in ("Noori, Mina", "Okafor, Chidi", "Balance", "Expected in the house", "Counted by", "Signature"):
        assert words in said
    box = drawn.partition(b"/MediaBox [")[2].partition(b"]")[0].split()
    assert [round(float(each)) for each in box[2:]] == pytest.approx([width, height], abs=3)
