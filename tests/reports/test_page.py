"""The page kit: how strips flow, and what every file of ours has."""

from dataclasses import replace

import pytest

from models.text import LANGUAGES, translator
from reports import page, parts
from reports.page import BOTTOM, LEFT, TOP, Furniture, Strip, Text, draw_paper, flow
from reports.parts import Row
from tests.reports import pdf_text

FURNITURE = Furniture(
    title="A paper",
    author="Reception Centre North",
    head_left=("Republic of Kosovo", "Reception Centre North"),
    head_right=("Report 1",),
    foot_left="figures 1234…abcd",
    foot_centre="No names: numbers only",
)
EN = translator("en")


def test_strips_go_to_the_next_page_when_one_is_full_and_none_is_lost() -> None:
    strips = [Strip(100) for _ in range(20)]
    pages = flow(strips)
    assert [len(one) for one in pages] == [6, 6, 6, 2]
    assert all(top + strip.height <= BOTTOM for one in pages for top, strip in one)
    assert [strip for one in pages for _, strip in one] == strips


def test_what_belongs_together_moves_together() -> None:
    heading, first = Strip(30, keep=True), Strip(100)
    pages = flow([Strip(BOTTOM - TOP - 100), heading, first])
    assert [strip for _, strip in pages[1]] == [heading, first]


def test_the_head_of_a_table_stands_again_on_each_page_and_space_does_not_begin_one() -> None:
    head = Row("Country", ["Persons"])
    strips = [*parts.heading("Countries", number=3), *parts.table(head, [Row(str(n), ["1"]) for n in range(100)])]
    pages = flow(strips)
    top = strips[2]
    assert len(pages) == 3
    assert pages[0][0][1] is strips[1], "the space before the heading is left out"
    assert [one[0][1] is top for one in pages[1:]] == [True, True]


def test_the_last_row_of_a_table_never_stands_alone() -> None:
    rows = [Row(str(n), ["1"]) for n in range(60)]
    for before in range(0, 200, 7):
        pages = flow([Strip(400 + before), *parts.table(Row("a", ["b"]), rows)])
        assert all(len([1 for _, strip in one if strip.heads]) != 1 for one in pages[-1:])


def test_a_group_that_is_longer_than_a_page_is_still_drawn() -> None:
    strips = parts.together([Strip(200) for _ in range(10)])
    assert sum(len(one) for one in flow(strips)) == 10


def test_what_is_higher_than_a_page_is_cut_between_its_lines() -> None:
    lines = [Text(LEFT, 10 + 12 * n, f"line {n}") for n in range(200)]
    pages = flow([Strip(40), Strip(200 * 12, (*lines, page.rule(200 * 12)))])
    drawn = [
        (top + mark.y, mark.text)
        for one in pages
        for top, strip in one
        for mark in strip.marks
        if isinstance(mark, Text)
    ]
    assert [text for _, text in drawn] == [line.text for line in lines]
    assert all(TOP < y <= BOTTOM for y, _ in drawn)
    assert all(top + strip.height <= BOTTOM for one in pages for top, strip in one)


def test_an_empty_paper_has_one_page() -> None:
    assert pdf_text.pages(draw_paper([], FURNITURE, tr=EN)) == [
        "Republic of Kosovo Reception Centre North Report 1 figures 1234…abcd No names: numbers only 1 / 1"
    ]


def test_each_page_says_which_of_how_many_it_is() -> None:
    pdf = draw_paper([Strip(100) for _ in range(70)], FURNITURE, tr=EN)
    pages = pdf_text.pages(pdf)
    assert len(pages) == 12
    assert all(f"{number} / 12" in text for number, text in enumerate(pages, start=1))
    assert all("Republic of Kosovo" in text and "Report 1" in text for text in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_language_title_and_author_and_no_date_that_varies(language: str) -> None:
    pdf = draw_paper(parts.title("Përmbledhje"), FURNITURE, tr=translator(language))
    file = pdf_text.reader(pdf)
    assert str(file.root_object["/Lang"]).startswith(language)
    assert file.metadata is not None
    assert (file.metadata.title, file.metadata.author) == ("A paper", "Reception Centre North")
    assert pdf == draw_paper(parts.title("Përmbledhje"), FURNITURE, tr=translator(language))
    assert pdf.startswith(b"%PDF-")


def test_every_font_is_embedded_as_a_subset_with_its_letters_readable() -> None:
    strips = [*parts.title("Ђорђе"), *parts.paragraph("Ọ̀ṣunlékè گل احمدزی"), *parts.note("bold", bold=True)]
    fonts = pdf_text.fonts(draw_paper(strips, FURNITURE, tr=EN))
    assert {name.split("+")[1] for name in fonts} == {"NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular"}
    for name, font in fonts.items():
        assert name[6] == "+", "a subset is marked as one"
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_long_letterheads_and_footers_wrap_and_push_the_body_down() -> None:
    long = replace(
        FURNITURE,
        head_left=("Ministry of Internal Affairs " * 8,),
        head_right=("A number " * 12,),
        mark="Draft – not issued",
        foot_left="Register head 1234…abcd · figures 1234…abcd",
        foot_centre="This paper discloses a great deal that is described in many words " * 2,
        foot_below="Printed by somebody " * 3,
    )
    body = page.head_height(long)
    assert body > TOP
    text = pdf_text.text(draw_paper(parts.title("Title"), long, tr=EN))
    assert text.count("Ministry of Internal Affairs") == 8
    assert text.count("described in many words") == 2


def test_a_chart_has_a_bar_for_each_value_as_high_as_its_value() -> None:
    (strip,) = parts.chart([0, 10, 20, 40], first="1 Oct", last="4 Oct", caption="highest 40")
    bars = [mark for mark in strip.marks if isinstance(mark, page.Box) and mark.colour == page.BAR]
    assert [bar.height / bars[-1].height for bar in bars] == [0.25, 0.5, 1]
    assert len({bar.y + bar.height for bar in bars}) == 1, "all stand on one line"


@pytest.mark.parametrize(("limit", "shown"), [(50, True), (5000, False), (0, False), (None, False)])
def test_a_chart_shows_the_limit_only_where_the_bars_stay_readable(limit: int | None, shown: bool) -> None:
    (strip,) = parts.chart([30, 40], first="a", last="b", caption="c", limit=limit, limit_label="places")
    assert any(isinstance(mark, page.Text) and mark.text == "places" for mark in strip.marks) is shown
