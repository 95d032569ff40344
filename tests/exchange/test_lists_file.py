"""Proposed lists as they arrive: everybody is a candidate, and no cell is lost."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.exchange.answers import Answers
from models.exchange.countries import read_country, read_language
from models.exchange.dates import DayOrder
from models.exchange.files import read_table
from models.exchange.lists_file import CandidateLine, ListReading, read_list
from models.rules.birth import BirthDate
from models.rules.kept import restored, stored
from models.rules.vocabulary import Answer, Sex
from models.text import translator

PLAIN = {
    "list_number", "partner_number", "family_name", "given_names", "own_script", "document_kind", "document_number",
    "relation", "family_group", "destination", "vetting", "needs", "remarks",
}  # fmt: skip
DATES = {
    "document_expiry": "document_expires_on",
    "final_order_on": "final_order_on",
    "sentenced_on": "sentenced_on",
    "release_on": "release_on",
}


def said(line: CandidateLine) -> str:
    return " ".join(translator("en").render(doubt.message) for doubt in line.doubts)


def us_01(shared_data: Path) -> ListReading:
    return read_list(read_table(shared_data / "lists" / "US-01.xlsx"))


def is_found_again(field: str | None, header: str, text: str, line: CandidateLine) -> bool:
    """Whether a cell of the file stands in the candidate: in its own field with the same meaning, or in a note."""
    if any(note.column == header and note.value == text for note in line.notes):
        return True
    match field:
        case "birth_date":
            return line.birth_as_written == text
        case "sex":
            return line.sex is not None and line.sex.value == text[0].upper()
        case "nationality" | "birth_country":
            code = getattr(line, field)
            return code is not None and code == read_country(text)
        case "languages":
            return line.languages == tuple(read_language(part) for part in text.split(";"))
        case "criminal_history" | "expulsion_ordered" | "life_sentence":
            return bool(getattr(line, field).value[0] == {"j": "y"}.get(text[0].lower(), text[0].lower()))
        case "sentence_months":
            return line.sentence_months == Decimal(text.replace(",", "."))
        case "case":
            return line.family_group == text and line.partner_number.startswith(text + "/")
        case "case_person":
            return line.partner_number.endswith("/" + text)
        case _ if field in PLAIN:
            return bool(getattr(line, field) == text)
        case _ if field in DATES:
            day = getattr(line, DATES[field])
            return day is not None and text in (
                day.isoformat(), f"{day:%m/%d/%Y}", f"{day.month}/{day.day}/{day.year}", f"{day:%d-%m-%Y}"
            )  # fmt: skip
    return False


@pytest.mark.parametrize("name", ["US-01.xlsx", "DK-01.csv", "LIYA-01.csv"])
def test_every_cell_of_every_list_is_found_again(shared_data: Path, name: str) -> None:
    table = read_table(shared_data / "lists" / name)
    found = read_list(table)
    people = {line.row_number: line for line in found.candidates}
    counted = Counter(each.value for each in found.aside)
    for row in table.rows:
        line = people.get(row.number)
        filled = [text for index in range(len(row.cells)) if (text := row.text(index))]
        if row.number == found.heading.row_number:
            continue
        if line is None:
            assert counted[" | ".join(filled)] == 1
            continue
        for column in found.heading.columns:
            if text := row.text(column.index):
                assert is_found_again(column.field, column.header, text, line), (row.number, column.header, text)


def test_us_01_has_its_64_candidates_its_titles_and_its_total(shared_data: Path) -> None:
    found = us_01(shared_data)
    assert [line.list_number for line in found.candidates] == [str(number) for number in range(1, 65)]
    assert [line.row_number for line in found.candidates] == [*range(5, 45), *range(46, 70)]
    assert tuple(each.value for each in found.aside) == (
        "PROPOSED LIST US-01",
        "Transmitted under the arrangement of 11 June 2025. For selection by the receiving Government.",
        "Total: 64. The list replaces the one sent on 2 June 2025.",
    )
    assert not found.open_questions


def test_us_01_shows_the_person_who_stands_twice(shared_data: Path) -> None:
    doubles = {line.list_number: said(line) for line in us_01(shared_data).candidates if "same person" in said(line)}
    assert doubles.keys() == {"10", "51"}
    assert "Perhaps the same person as in row 56 of the list. The same number with the partner" in doubles["10"]


def test_us_01_shows_the_family_of_four_and_what_is_doubtful(shared_data: Path) -> None:
    people = us_01(shared_data).candidates
    family = [line for line in people if line.family_group]
    assert [(line.given_names, line.family_group) for line in family] == [
        ("Mohammad Yousuf", "F-1"), ("Zarghuna", "F-1"), ("Haroon", "F-1"), ("Setayesh", "F-1"),
    ]  # fmt: skip
    assert (family[1].birth, said(family[1])) == (BirthDate(1988), "Only the year of birth is known.")
    sisavath = people[5]
    assert (sisavath.birth, sisavath.birth_as_written) == (BirthDate(1968, about=True), "approx. 1968")
    assert sum("No family name" in said(line) for line in people) == 6
    assert sum("1 January" in said(line) for line in people) == 2
    assert [(line.list_number, note.value) for line in people for note in line.notes if "Criminal" in note.column] == [
        ("46", "see file")
    ]
    assert Counter(line.criminal_history for line in people)[Answer.UNKNOWN] == 4
    assert people[3].birth == BirthDate(1993, 10, 14)
    assert people[7].birth == BirthDate(1966, 5, 3)
    assert people[11].sex is Sex.FEMALE


def test_dk_01_has_its_letters_its_commas_and_its_dates(shared_data: Path) -> None:
    found = read_list(read_table(shared_data / "lists" / "DK-01.csv"))
    assert len(found.candidates) == 30
    fifth = found.candidates[4]
    assert (fifth.family_name, fifth.partner_number, fifth.nationality) == ("Sørensen-Haddad", "7311-90598-261", "LB")
    assert (fifth.birth, fifth.sentenced_on) == (BirthDate(1965, 4, 7), date(2023, 4, 22))
    assert (fifth.sentence_months, fifth.release_on) == (Decimal("116.0"), date(2029, 10, 1))
    assert found.candidates[3].sentence_months == Decimal("98.5")
    assert Counter(line.expulsion_ordered for line in found.candidates) == {Answer.YES: 26, Answer.NO: 4}
    assert all(line.nationality for line in found.candidates)
    assert not any(line.notes for line in found.candidates)


def test_liya_01_has_its_families_its_scripts_and_its_solar_years(shared_data: Path) -> None:
    found = read_list(read_table(shared_data / "lists" / "LIYA-01.csv"))
    assert len(found.candidates) == 181
    assert len({line.family_group for line in found.candidates}) == 43
    assert len({line.partner_number for line in found.candidates}) == 181
    head = found.candidates[12]
    assert (head.partner_number, head.family_group, head.relation) == ("L0003/1", "L0003", "head")
    assert (head.birth, head.birth_as_written) == (BirthDate(1962, about=True), "1341 (solar)")
    assert "Converted from the Afghan solar year 1341: an estimate." in said(head)
    assert (head.own_script, head.nationality) == ("فرید بارکزی", "AF")
    assert head.languages == (read_language("Dari"), "ps")
    zabihullah = next(line for line in found.candidates if line.given_names == "Zabihullah")
    assert zabihullah.own_script == "ذبیح‌الله حیدری"
    assert sum(line.birth is not None and line.birth.about for line in found.candidates) == 41


def test_doubts_can_be_kept_in_the_register(shared_data: Path) -> None:
    for name in ("US-01.xlsx", "DK-01.csv", "LIYA-01.csv"):
        for line in read_list(read_table(shared_data / "lists" / name)).candidates:
            said = tuple(doubt.message for doubt in line.doubts)
            assert restored(stored(said)) == said


def test_a_column_of_dates_that_can_be_read_both_ways_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("No,Surname,Given name,Date of birth\n1,A,B,03/04/1990\n2,C,D,1975\n", encoding="utf-8")
    found = read_list(read_table(path))
    assert [(each.column, each.samples) for each in found.open_questions] == [("Date of birth", ("03/04/1990",))]
    assert found.candidates[0].birth is None
    assert [(note.column, note.value) for note in found.candidates[0].notes] == [("Date of birth", "03/04/1990")]
    told = read_list(read_table(path), answers=Answers(orders={"birth_date": DayOrder.DAY_FIRST}))
    assert told.candidates[0].birth == BirthDate(1990, 4, 3)
    assert not told.open_questions


def test_headings_that_stand_twice_or_not_at_all_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Nr;Mbiemri;Emri;Emri;;Shtetësia\n1;Krasniqi;Lum;Lumi;!;Kosova\n", encoding="utf-8")
    found = read_list(read_table(path))
    assert [(each.about, [offer.value for offer in each.choices]) for each in found.open_questions] == [
        ("given_names", ["C", "D"])
    ]
    (line,) = read_list(read_table(path), answers=Answers(mapping={"C": "given_names"})).candidates
    assert (line.list_number, line.family_name, line.given_names, line.nationality) == ("1", "Krasniqi", "Lum", "XK")
    assert [(note.column, note.value) for note in line.notes] == [("Emri", "Lumi"), ("(E)", "!")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tyrkiet", "TR"), ("Rumænien", "RO"), ("VENEZUELA", "VE"), ("Laos", "LA"), ("Stateless", "XXA"), ("AFG", "AF"),
        ("Avganistan", "AF"), ("Авганистан", "AF"), ("Shqipëria", "AL"), ("Косово", "XK"), ("Kosova", "XK"),
        ("Viet Nam", "VN"), ("Côte d’Ivoire", "CI"), ("afghan", "AF"), ("D", "DE"), ("RKS", "XK"), ("dk", "DK"),
        ("Myanmar", "MM"), ("U.S.A.", "US"), ("Iraku", "IQ"), ("Türkiye", "TR"), ("Congo", None), ("Korea", None),
        ("Narnia", None), ("", None), ("YUG", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_any_of_its_names_and_never_guessed(name: str, code: str | None) -> None:
    assert read_country(name) == code


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("24", "24"), ("5 years", "60"), ("2 years 6 months", "30"), ("1 vit e 3 muaj", "15"),
        ("2 år og 6 måneder", "30"),
        ("2 godine i 6 meseci", "30"), ("1.5 years", "18"), ("18 mdr.", "18"), ("3y 2m", "38"), ("5 weeks", None),
        ("05-06-0000", None), ("5 years or more", None), ("Life", None), ("doživotna", None), ("livstid", None),
    ],
)  # fmt: skip
def test_the_length_of_a_sentence_is_read_or_said_not_to_be(tmp_path: Path, written: str, months: str | None) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"No,Family name,Given names,Sentence\n1,Abaro,Tomi,{written}\n")
    (line,) = read_list(read_table(path)).candidates
    assert line.sentence_months == (None if months is None else Decimal(months))
    is_life = written in ("Life", "doživotna", "livstid")
    assert line.life_sentence is (Answer.YES if is_life else Answer.UNKNOWN if months is None else Answer.NO)
    assert any(each.column == "Sentence" for each in line.doubts) is (months is None)
    assert any(note.value == written for note in line.notes) is (months is None)


@pytest.mark.parametrize(
    "headings",
    [
        "Last name;First name;Birth day;Birth month;Birth year",
        "Mbiemri;Emri;Dita e lindjes;Muaji i lindjes;Viti i lindjes",
        "Prezime;Ime;Dan rođenja;Mesec rođenja;Godina rođenja",
        "Efternavn;Fornavn;Fødselsdag;Fødselsmåned;Fødselsår",
        "Surname;Given name;DOB (day);DOB (month);DOB (year)",
        ";;Date of birth;;\nSurname;Given name;Day;Month;Year",
    ],
)
def test_a_birth_in_three_columns_is_put_together(tmp_path: Path, headings: str) -> None:
    rows = "Al;Bo;7;04;1984\nCe;Du;31;prill;1990\nEx;Fy;;5;1991\nGi;Ho;;;1992\nLa;Mo;9;;1994\nNe;Op;1;99;1995\n"
    path = tmp_path / "list.csv"
    path.write_text(f"{headings}\n{rows}", encoding="utf-8")
    found = read_list(read_table(path)).candidates
    assert [str(line.birth or "") for line in found] == ["1984-04-07", "", "1991-05", "1992", "1994", "1995"]
    assert [len(line.notes) for line in found] == [0, 3, 0, 0, 1, 2]
    assert "no such day" in said(found[1])
    assert "do not make a date" in said(found[4])


def test_two_family_names_in_two_columns_are_one(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Apellido paterno;Apellido materno;Nombres;DOB\nGarcía;Lorca;Federico;1990\nDíaz;;Ana;1991\n")
    found = read_list(read_table(path)).candidates
    assert [(line.family_name, line.given_names) for line in found] == [("García Lorca", "Federico"), ("Díaz", "Ana")]


@pytest.mark.parametrize("heading", ["Case", "Predmet", "Rasti", "Case No"])
def test_a_case_that_several_names_share_is_a_family_whatever_it_is_called(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f"{heading};Surname;First name;Sex\n12;Kola;Ana;F\n12;Hoxha;Beni;M\n12;Sok;Mira;F\n13;Dibra;Eda;F\n",
        encoding="utf-8",
    )
    found = read_list(read_table(path)).candidates
    assert [(line.family_group, line.partner_number) for line in found] == [("12", "")] * 3 + [("", "13")]


@pytest.mark.parametrize("heading", ["Predmet", "Rasti"])
def test_a_case_beside_a_number_of_their_own_is_the_family_of_those_who_share_it(tmp_path: Path, heading: str) -> None:
    path = tmp_path / "list.csv"
    rows = "A-7;12;Kola;Ana\nA-8;12;Kola;Beni\nA-9;13;Sok;Mira\nA-10;N/A;Dibra;Eda\nA-11;N/A;Hoxha;Lum\n"
    path.write_text(f"A-Number;{heading};Surname;First name\n{rows}", encoding="utf-8")
    found = read_list(read_table(path)).candidates
    assert [line.partner_number for line in found] == ["A-7", "A-8", "A-9", "A-10", "A-11"]
    assert [line.family_group for line in found] == ["12", "12", "", "", ""]
    assert [[note.value for note in line.notes] for line in found] == [[], [], ["13"], ["N/A"], ["N/A"]]


@pytest.mark.parametrize("written", ["12345", "1990-02-03", "-383 44 123 456", "(2)"])
def test_a_name_without_a_letter_is_kept_and_said(tmp_path: Path, written: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"No,Surname,Given name,DOB\n1,{written},Gul,1990-02-03\n", encoding="utf-8")
    (line,) = read_list(read_table(path)).candidates
    assert (line.family_name, line.given_names) == (written, "Gul")
    assert said(line) == "No letter stands in this name. See what it is."


@pytest.mark.parametrize(
    ("written", "is_said"),
    [('"Noori,Gul,1990-02-03\n2,Sok"', True), ('"Noori\n(A-2)"', True), ('"Noori\nZada"', False), ("Noori 2", False)],
)
def test_lines_of_a_name_with_digits_are_said(tmp_path: Path, written: str, is_said: bool) -> None:
    """A quotation mark that was lost in each of two rows makes a name of what stands between them."""
    path = tmp_path / "list.csv"
    path.write_text(f"No,Surname,Given name,DOB\n1,{written},Gul,1990-02-03\n", encoding="utf-8")
    (line,) = read_list(read_table(path)).candidates
    assert ("Several lines with digits stand here." in said(line)) is is_said


@pytest.mark.parametrize(
    ("written", "is_said"),
    [
        ("Gul & Ali", True),
        ("Gul dhe Ali", True),
        ("Ana + 2 children", True),
        ("Gul / Ali", True),
        ("Ramón y Cajal", False),
        ("Anders", False),
        ("Fatima / فاطمة", False),
    ],
)
def test_several_people_in_a_row_are_said(tmp_path: Path, written: str, is_said: bool) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"No,Surname,Given name,DOB\n1,Noori,{written},1990-02-03\n", encoding="utf-8")
    (line,) = read_list(read_table(path)).candidates
    assert line.given_names == written
    assert ("Perhaps several people stand in this row." in said(line)) is is_said
