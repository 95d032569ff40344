"""The fire list and the sheet of a roll call: everybody on the roll once, by bed; who is away has no box to tick."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.actions import absences, rooms
from models.queries import in_house
from models.queries.in_house import InHouse
from models.queries.rooms import free_beds
from models.rules.birth import BirthDate
from models.rules.papers import Imprint
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, SheetSize
from models.store.register import Register
from models.text import LANGUAGES, translator
from reports.house import fire_list, roll_sheet
from tests import builders
from tests.reports import pdf_text

PEOPLE = (("Zogu", "10", "A"), ("Ahmadzai", "2", "B"), ("Noor", "2", "A"), ("Čela", "", ""), ("Cela", "1", "A"))
IMPRINT = Imprint(language="en", facility="North", printed_by="A. Berisha")


@pytest.fixture
def house(register: Register) -> InHouse:
    """Five people in two buildings: one without a bed, one at court since this morning; two who are not here."""
    programme = builders.programme(register)
    for building, room, count in (("", "1", 1), ("Block B", "2", 2), ("Block B", "10", 1)):
        register.perform(rooms.add_room, name=room, building=building, beds=count)
    with register.read() as snapshot:
        beds = {(bed.room, bed.name): bed.bed_id for bed in free_beds(snapshot)}
    for number, (name, room, bed) in enumerate(PEOPLE, 1):
        who = builders.resident(register, f"K-000{number}", family_name=name, birth=BirthDate(1990, 2, number))
        stay = builders.stay(register, who, programme, date(2026, 6, 1))
        if room:
            register.perform(rooms.move, stay_id=stay, bed_id=beds[room, bed])
        if name == "Noor":
            left = Moment(date(2026, 11, 21), datetime(2026, 11, 21, 7, 5, tzinfo=UTC))
            due = Moment(date(2026, 11, 21), datetime(2026, 11, 21, 18, 0, tzinfo=UTC))
            register.perform(
                absences.record, stay_id=stay, kind=AbsenceKind.COURT, place="High court", left=left, due_back=due
            )
    gone = builders.resident(register, "K-0009", family_name="Gone")
    builders.stay(register, gone, programme, date(2026, 6, 1), date(2026, 7, 1))
    with register.read() as snapshot:
        return in_house.roll(snapshot)


def test_everybody_on_the_roll_is_read_once_by_bed_as_people_count(house: InHouse) -> None:
    told = [(row.building, row.room, row.bed, row.name) for row in house.rows]
    assert told == [
        ("", "1", "A", "Cela"),
        ("Block B", "2", "A", "Noor"),
        ("Block B", "2", "B", "Ahmadzai"),
        ("Block B", "10", "A", "Zogu"),
        (None, None, None, "Čela"),
    ]
    assert (len(house.rows), house.present, house.away) == (5, 4, 1)


def test_the_fire_list_names_all_counts_them_and_says_who_is_away_since_when(house: InHouse) -> None:
    said = pdf_text.text(fire_list(house, IMPRINT))
    assert "As of 21 Nov 2026 09:14" in said
    assert "In the house 4" in said
    assert "Away 1" in said
    assert "On the roll 5" in said
    assert all(f"{name} K-000{number}" in said for number, (name, _, _) in enumerate(PEOPLE, 1))
    assert "2 · A Noor K-0003 3 Feb 1990 away: High court, since 21 Nov 2026 08:05" in said
    assert said.index("Rooms 1") < said.index("Block B 2") < said.index("No bed 1")
    assert "Gone" not in said


def test_a_long_name_and_a_long_room_are_never_cut(house: InHouse) -> None:
    name, room = "Hernández Rojas de la Cruz, Luis Alberto María", "Mother and child 2"
    long = replace(house, rows=tuple(replace(row, name=name, room=row.room and room) for row in house.rows))
    drawn = [fire_list(long, IMPRINT), *(roll_sheet(replace(long, sheet=size), IMPRINT) for size in SheetSize)]
    for said in map(pdf_text.text, drawn):
        assert (said.count(name), said.count(f"{room} · A")) == (5, 3)


def test_where_somebody_is_who_is_away_is_never_cut(house: InHouse) -> None:
    place = "Department of infectious diseases of the university clinic in the capital"
    away = replace(house, rows=tuple(replace(row, place=place if row.away else "") for row in house.rows))
    assert f"away: {place}, since 21 Nov 2026 08:05" in pdf_text.text(fire_list(away, IMPRINT))


def test_whoever_is_in_the_house_has_a_box_and_whoever_is_away_has_none(house: InHouse) -> None:
    back = replace(house, rows=tuple(replace(row, away=None) for row in house.rows))
    drawn = [pdf_text.reader(fire_list(each, IMPRINT)).pages[0].get_contents() for each in (house, back)]
    assert [0 if page is None else page.get_data().count(b" re S") for page in drawn] == [4, 5]


def test_the_sheet_of_a_roll_call_ends_in_a_balance_to_be_signed(house: InHouse) -> None:
    said = pdf_text.text(roll_sheet(house, IMPRINT))
    assert "On the roll 5 Away 1 Expected in the house 4 Counted Missing Unexpected" in said
    assert "From when to when Counted by Signature" in said
    assert all(name in said for name, _, _ in PEOPLE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_are_in_the_language_of_the_reader_and_the_same_again(house: InHouse, language: str) -> None:
    imprint, tr = replace(IMPRINT, language=language), translator(language)
    for draw, words in ((fire_list, ("Fire list", "In the house", "No bed")), (roll_sheet, ("Balance", "Signature"))):
        made = draw(house, imprint)
        assert made == draw(house, imprint)
        assert all(tr(word) in pdf_text.text(made) for word in words)


def test_a_house_of_many_begins_each_page_with_its_building(house: InHouse) -> None:
    (row,) = (row for row in house.rows if row.name == "Zogu")
    many = replace(house, rows=tuple(replace(row, number=f"K-{n:04}", name=f"Nr{n:03}") for n in range(130)))
    pages = pdf_text.pages(fire_list(many, IMPRINT))
    assert len(pages) == 3
    assert all("Block B 130" in page for page in pages)
    assert all(sum(f"Nr{n:03}" in page for page in pages) == 1 for n in range(130))


def test_an_empty_house_says_so(house: InHouse) -> None:
    assert "Nobody is on the roll." in pdf_text.text(fire_list(replace(house, rows=()), IMPRINT))
