"""What a paper is to whoever has it read aloud, and to whatever reads its text: structure, order, bookmarks."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from models.text import translator
from reports import entries, long_table, parts
from reports.long_table import PaperColumn
from reports.page import Furniture, Picture, Strip, Text, draw_paper
from reports.parts import Row
from tests.reports import pdf_text, samples
from tests.reports.test_monthly import draft_pdf, issued_pdf
from ui.papers import catalogue

_SHOWS = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "S", "s"}


def elements(element: Any) -> Iterator[tuple[str, Any]]:
    """Every element of the tree below one, in its order, with its kind."""
    for child in element.K:
        if isinstance(child, pikepdf.Dictionary):
            yield str(child.S), child
            yield from elements(child)


def kinds(pdf: bytes) -> list[str]:
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        return [kind for kind, _ in elements(opened.Root.StructTreeRoot.K[0])]


def all_is_told(pdf: bytes) -> None:
    """Assert that all that is drawn is read or said not to be, and that each piece hangs in the tree once, in order."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        parents = opened.Root.StructTreeRoot.ParentTree.Nums
        leaves = [leaf for _, leaf in elements(opened.Root.StructTreeRoot.K[0]) if isinstance(leaf.K[0], int)]
        hung = [(leaf.Pg.objgen, int(place)) for leaf in leaves for place in leaf.K]
        found = []
        for number, page in enumerate(opened.pages):
            open_marks: list[str] = []
            places = []
            for each in pikepdf.parse_content_stream(page):
                operands: Any = each.operands
                match str(each.operator):
                    case "BDC" | "BMC":
                        open_marks.append(str(operands[0]))
                        if "/MCID" in (operands[1] if len(operands) > 1 else {}):
                            places.append(int(operands[1]["/MCID"]))
                    case "EMC":
                        open_marks.pop()
                    case sign if sign in _SHOWS:
                        assert open_marks, "drawn, and neither read nor said not to be"
            assert sorted(places) == list(range(len(places)))
            assert page.obj.StructParents == number
            assert len(parents[2 * number + 1]) == len(places)
            found += [(page.obj.objgen, place) for place in sorted(places)]
        assert hung == found, "the tree has the order of the pages"


@pytest.mark.parametrize(
    "figures", [samples.october(), samples.whole(), samples.huge()], ids=["october", "whole", "huge"]
)
def test_all_that_is_drawn_is_read_or_said_not_to_be_and_each_piece_hangs_in_the_tree_once(figures: Any) -> None:
    all_is_told(issued_pdf(figures))


_NAMES = ("Ahmadzai, Gul", "گل احمدزی", "Đorđević (Живко)", "a name of many words " * 9, "")
"""In the run of a page, drawn after it, of several lines, and none."""


def listed(rows: int) -> bytes:
    cells = [(str(at), _NAMES[at % 5], "away") for at in range(rows)]
    columns = [PaperColumn("No.", 40), PaperColumn("Name", 300), PaperColumn("State", 90)]
    return long_table.draw(
        cells, columns, opening=parts.title("A list"), furniture=Furniture(title="T", author="A"), tr=translator("en")
    )


def test_a_list_is_one_table_of_all_pages_whose_cells_stand_in_their_rows_in_whatever_script() -> None:
    pdf = listed(200)
    all_is_told(pdf)
    assert len(pdf_text.pages(pdf)) > 3
    assert kinds(pdf) == ["/H1", "/Table", *["/TR", *["/TH"] * 3], *["/TR", *["/TD"] * 3] * 200]
    assert pdf == listed(200), "the same bytes"


def test_a_very_long_list_is_words_in_their_order_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"{long_table.TAGGED:,} lines" in catalogue.REGISTER_EXTRACT.about, "who chooses the paper is told"
    monkeypatch.setattr(long_table, "TAGGED", 199)
    pdf = listed(200)
    all_is_told(pdf)
    assert kinds(pdf) == ["/H1", "/P", *["/P"] * len(pdf_text.pages(pdf))]


def test_a_report_is_titles_headings_tables_and_words_and_a_head_that_recurs_is_read_once() -> None:
    rows = [Row(f"Line {n}", [str(n)]) for n in range(120)]
    strips = [
        *(*parts.title("A title"), *parts.heading("First"), *parts.table(Row("What", ["How many"]), rows)),
        *(*parts.note("Words under it."), *parts.heading("Second"), *parts.figures([Row("One", ["1"])])),
    ]
    pdf = draw_paper(strips, Furniture(title="T", author="A"), tr=translator("en"))
    assert len(pdf_text.pages(pdf)) > 2
    said = kinds(pdf)
    assert [kind for kind in said if kind in {"/H1", "/H2", "/Table", "/P"}] == [
        "/H1", "/H2", "/Table", "/P", "/H2", "/Table",
    ]  # fmt: skip
    assert said.count("/TR") == 122
    assert said.count("/TH") == 2, "its head, once"
    assert said.count("/TD") == 242


def test_each_heading_is_a_bookmark_below_the_title() -> None:
    pdf = issued_pdf(samples.october(), "en+sq")
    titles = [(str(each.title), [str(below.title) for below in each.children]) for each in _outline(pdf)]
    ((title, headings),) = titles
    assert title == "Monthly report, October 2026 / Raporti mujor, tetor 2026"
    assert headings[0] == "Movement / Lëvizja"
    assert len(headings) == kinds(pdf).count("/H2")


def _outline(pdf: bytes) -> list[Any]:
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        return list(outline.root)


@pytest.mark.parametrize("language", ["en", "cyr", "da+en"])
def test_the_text_comes_out_in_the_order_of_reading(language: str) -> None:
    """Head, then sections from the first to the last, then foot; with poppler, and as the file has it."""
    pdf = issued_pdf(samples.october(), language)
    (first, *_) = _outline(pdf)
    headings = [str(each.title).split(" / ")[0] for each in first.children]
    for text in (" ".join(pdf_text.poppler(pdf, "-raw").split()), pdf_text.text(pdf)):
        places: list[int] = []
        for heading in headings:
            places.append(text.index(heading, places[-1] if places else 0))
        assert text.index("Republic of Kosovo") < places[0]
        assert text.index("1 / ") > places[0]


def test_a_paper_says_its_title_and_its_language() -> None:
    pdf = issued_pdf(samples.october(), "cyr")
    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "sr-Cyrl"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert "октобар 2026" in str(opened.docinfo["/Title"])


def test_what_was_said_is_read_after_what_it_is() -> None:
    strips = entries.pairs([("Name", "Ahmadzai, Gul"), ("Remark", "very long words " * 20)])
    pdf = draw_paper(strips, Furniture(title="T", author="A"), tr=translator("en"))
    assert "Name Ahmadzai, Gul Remark very long words" in pdf_text.text(pdf).replace("NameA", "Name A")
    assert kinds(pdf).count("/TD") == 4


def test_a_picture_is_no_text() -> None:
    from PIL import Image

    dot = BytesIO()
    Image.new("RGB", (4, 4)).save(dot, "JPEG")
    strips = [Strip(40, (Picture(60, 0, 30, 30, dot.getvalue()), Text(120, 10, "Words"))) for _ in range(2)]
    assert kinds(draw_paper(strips, Furniture(title="T", author="A"), tr=translator("en"))) == ["/P", "/P"]


def test_what_stands_in_the_second_language_says_so_to_whoever_has_it_read_aloud() -> None:
    def spoken(language: str) -> dict[str, str]:
        found: dict[str, str] = {}
        with pikepdf.Pdf.open(BytesIO(draft_pdf(samples.whole(), language))) as pdf:
            assert str(pdf.Root.Lang) == "en-GB"
            for page in pdf.pages:
                for each in pikepdf.parse_content_stream(page):
                    operands: Any = each.operands
                    if str(each.operator) == "BDC" and "/Lang" in operands[1]:
                        found[str(operands[1]["/Lang"])] = str(operands[0])
        return found

    assert spoken("en") == {}
    assert spoken("en+sq").keys() == {"sq"}
    assert spoken("en+cyr").keys() == {"sr-Cyrl"}
