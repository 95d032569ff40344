"""The register extract: every stay once, every name whole, whatever its script, and linear."""

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest

from models.rules.birth import BirthDate
from models.rules.extract import ExtractRow, ExtractRows
from models.rules.papers import Imprint
from models.text import LANGUAGES, translator
from reports import extract, long_table
from reports import type as lettering
from reports.long_table import PaperColumn
from reports.page import BOTTOM, TOP
from reports.terms import birth
from tests.reports import pdf_text
from tests.reports.test_type import NAMES_OF_THE_WORLD


def row(number: int = 1, name: str = "Ahmadzai, Gul", **changes: Any) -> ExtractRow:
    base = ExtractRow(
        number=f"K-{number:05}",
        name=name,
        born="1991-07-02",
        nationality="AF",
        arrived_on=date(2026, 6, 26),
        departed_on=date(2026, 9, 1),
        nights=67,
        kind="voluntary_return",
    )
    return base._replace(**changes)


def drawn(*rows: ExtractRow, language: str = "en") -> bytes:
    imprint = Imprint(
        language=language,
        facility="Reception Centre North",
        letterhead="Republic of Kosovo · Ministry of Internal Affairs",
        chosen=("US-2025, June to November 2026",),
        trail_head="7f3a" + "0" * 56 + "c19e",
        printed_by="A. Berisha",
        printed_at=datetime(2026, 11, 21, 9, 14),
    )
    return extract.draw(rows, imprint)


def test_a_row_says_everything_about_a_stay() -> None:
    text = pdf_text.text(drawn(row()))
    assert "K-00001 Ahmadzai, Gul 2 Jul 1991 Afghanistan 26 Jun 2026 1 Sept 2026 67 Assisted voluntary return" in text
    for words in (
        "Register extract",
        "US-2025, June to November 2026 · 1 stay",
        "Number Name Born Nationality Arrived Departed Nights How the stay ended",
        "Register head 7f3a…c19e",
        "Personal data: keep it locked",
        "Printed by A. Berisha, 21 Nov 2026 09:14",
        "1 / 1",
    ):
        assert words in text, words


def test_what_is_not_known_or_not_over_stays_empty_or_says_so() -> None:
    text = pdf_text.text(drawn(row(born=None, nationality=None, departed_on=None, kind=None, name="")))
    assert "K-00001 Not known 26 Jun 2026 67" in text


@pytest.mark.parametrize(("born", "words"), [("1991", "1991"), ("~1991", "about 1991"), ("1991-07", "July 1991")])
def test_a_birth_date_is_told_as_far_as_it_is_known(born: str, words: str) -> None:
    assert birth(translator("en"), BirthDate.parse(born)) == words


def test_every_stay_stands_once_and_in_order_on_pages_that_say_how_many_they_are() -> None:
    pages = pdf_text.pages(drawn(*(row(n, f"Name{n}") for n in range(1, 501))))
    text = " ".join(pages)
    places = [text.index(f"K-{n:05} Name{n} ") for n in range(1, 501)]
    assert places == sorted(places)
    assert all(text.count(f"K-{n:05}") == 1 for n in range(1, 501))
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, start=1))
    assert all("Number Name Born" in page for page in pages)


def test_names_of_many_scripts_and_more_than_two_hundred_letters_are_all_there() -> None:
    latin = [chr(code) for code in range(0x100, 0x180)] + [chr(code) for code in range(0x1EA0, 0x1EF9)]
    cyrillic = [chr(code) for code in range(0x400, 0x460)]
    names = ["".join(letters[at : at + 8]) for letters in (latin, cyrillic) for at in range(0, len(letters), 8)]
    pages = pdf_text.pages(drawn(*(row(n, name) for n, name in enumerate(names))))
    missing = [name for name in names if name not in " ".join(pages)]
    assert not missing


def test_names_that_have_to_be_set_letter_by_letter_are_there_too() -> None:
    pdf = drawn(row(1, "Ọ̀ṣunlékè Adéọlá"), row(2, "گل احمدزی"), row(3, "Đorđević (Живко) \\ 100%"))
    text = pdf_text.text(pdf)
    assert "Đorđević (Живко) \\ 100%" in text
    fonts = {name.split("+")[1] for name in pdf_text.fonts(pdf)}
    assert "NotoSansArabic-Regular" in fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in pdf_text.fonts(pdf).values())


def test_a_long_name_goes_on_below_and_is_not_cut() -> None:
    name = "Very Long Family Name Of Somebody Who Has Many Names, And Given Names That Are As Many"
    text = pdf_text.text(drawn(row(1, name), row(2)))
    assert all(word in text for word in name.split())
    assert "…" not in text.replace("7f3a…c19e", "")
    letters = "x" * 400
    assert pdf_text.text(drawn(row(1, letters))).count("x") >= 400


def test_a_row_of_several_lines_is_not_torn_between_pages() -> None:
    tall = [1 + n % 4 for n in range(300)]
    pages = long_table._pages(tall, first=TOP + 50, top=TOP, bottom=BOTTOM)  # noqa: SLF001
    assert [begin for begin, _ in pages][1:] == [end for _, end in pages][:-1]
    assert pages[-1][1] == 300
    room = BOTTOM - TOP
    assert all(sum(tall[begin:end]) * 10.6 <= room for begin, end in pages)


def test_no_row_stands_alone_on_the_last_page() -> None:
    rows = range(2, 300)
    pages = [long_table._pages([1] * count, first=TOP + 50, top=TOP, bottom=BOTTOM) for count in rows]  # noqa: SLF001
    assert all(each[-1][1] - each[-1][0] > 1 for each in pages)
    assert [sum(end - begin for begin, end in each) for each in pages] == list(rows)
    assert long_table._pages([60, 60], first=TOP, top=TOP, bottom=BOTTOM) == [(0, 1), (1, 2)]  # noqa: SLF001


def test_one_name_in_whatever_letters_refuses_no_extract() -> None:
    """A name in each script, one that no font has, and the same bytes again."""
    names = [*NAMES_OF_THE_WORLD.values(), "Noori 😀"]
    pdf = drawn(*(row(n, name) for n, name in enumerate(names)))
    text = " ".join(pdf_text.poppler(pdf).split())
    for name in NAMES_OF_THE_WORLD.values():
        if name not in {
            NAMES_OF_THE_WORLD[script] for script in ("Thaana", "N'Ko", "Adlam")
        }:  # which poppler turns not
            assert unicodedata.normalize("NFC", name) in text
    assert "Noori [U+1F600]" in text
    assert pdf == drawn(*(row(n, name) for n, name in enumerate(names)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_stays_give_the_same_bytes(language: str) -> None:
    rows = [row(n, f"Đorđević{n}") for n in range(200)]
    assert drawn(*rows, language=language) == drawn(*rows, language=language)


def test_an_extract_of_nothing_is_a_page_that_says_so() -> None:
    assert "0 stays" in pdf_text.text(drawn())


def test_nothing_is_drawn_over_the_foot_and_the_file_is_one_that_readers_open() -> None:
    pdf = drawn(*(row(n) for n in range(130)))
    assert len(pdf_text.reader(pdf).pages) == 3


@pytest.mark.parametrize("number", ["", "3/2026"])
def test_a_long_extract_is_the_same_to_the_byte_however_its_rows_are_held(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    rows = [row(n, f"Name {n} " * (1 + n % 7)) for n in range(450)]
    imprint = Imprint(language="sq", facility="Reception Centre North", number=number)
    plain = extract.draw(rows, imprint)
    assert extract.draw(ExtractRows(rows), imprint) == plain
    monkeypatch.setattr(ExtractRows, "HELD", 100)
    monkeypatch.setattr(ExtractRows, "_BLOCK", 60)
    monkeypatch.setattr(long_table, "_SOME", 50)
    monkeypatch.setattr(long_table, "_KNOWN", 70)
    packed = ExtractRows(rows)
    assert len(packed._packed) == 5  # noqa: SLF001 - else it is not tried
    assert (len(packed), list(packed), list(packed)) == (450, rows, rows)
    assert rows[449] in packed
    assert extract.draw(packed, imprint) == plain


def test_fitted_columns_are_as_wide_as_their_texts_and_share_what_is_too_little() -> None:
    columns = [PaperColumn("No."), PaperColumn("Unerwartet dazugekommen", right=True), PaperColumn("State")]
    short = long_table.fitted(columns, [("1", "12", "away")], 400)
    assert sum(column.width for column in short) == pytest.approx(400)
    assert all(column.width > lettering.width(column.title, 7) + 8 for column in short)
    number, _, state = long_table.fitted(columns, [("1", "12", "a long sentence " * 20)], 400)
    assert number.width < 40
    assert state.width > 200
    equal = long_table.fitted(columns, [("x" * 300, "x" * 300, "x" * 300)], 300)
    assert [column.width for column in equal] == pytest.approx([100, 100, 100])
    assert sum(column.width for column in long_table.fitted(columns, [], 200)) == pytest.approx(200)
