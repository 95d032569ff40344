"""Several papers as one file: read aloud, found and opened as each of them by itself."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from models.text import translator
from reports import parts
from reports.joined import join
from reports.page import Furniture, draw_paper
from reports.parts import Row
from tests.reports.test_tagged import elements

NUMBERS = (1, 2, 3)


def _paper(number: int, language: str = "en") -> bytes:
    """A paper of more than one page."""
    rows = [Row(f"Line {line} of paper {number}", [str(line)]) for line in range(60)]
    strips = [
        *(*parts.title(f"Paper {number}"), *parts.note(f"Words of paper {number}.")),
        *(*parts.heading(f"Heading {number}"), *parts.table(Row("What", ["How many"]), rows)),
    ]
    return draw_paper(strips, Furniture(title=f"Title {number}", author="A"), tr=translator(language))


@pytest.fixture(scope="module")
def joined() -> bytes:
    return join((f"Bookmark {number}", _paper(number, "sq" if number == 2 else "en")) for number in NUMBERS)


def _marked(page: pikepdf.Page) -> list[int]:
    operands: list[Any] = [each.operands for each in pikepdf.parse_content_stream(page) if str(each.operator) == "BDC"]
    return [int(each[1]["/MCID"]) for each in operands if len(each) > 1]


def test_each_piece_of_text_hangs_in_one_tree_and_each_page_finds_its_own(joined: bytes) -> None:
    with pikepdf.Pdf.open(BytesIO(joined)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        root = pdf.Root.StructTreeRoot
        numbers = [int(each) for each in list(root.ParentTree.Nums)[::2]]
        assert numbers == list(range(len(pdf.pages)))
        assert int(root.ParentTreeNextKey) == len(pdf.pages)
        assert {str(part.S) for part in root.K.K} == {"/Part"}
        assert all(each.P.objgen == above.objgen for above in (root.K, *root.K.K) for each in above.K)
        hung = {
            (leaf.Pg.objgen, int(place)): leaf.objgen
            for _, leaf in elements(root.K)
            for place in leaf.K
            if isinstance(place, int)
        }
        found = 0
        for page in pdf.pages:
            parents = root.ParentTree.Nums[2 * int(page.obj.StructParents) + 1]
            places = _marked(page)
            assert len(parents) == len(places) > 0
            for place in places:
                assert hung[page.obj.objgen, place] == parents[place].objgen
                found += 1
        assert found == len(hung), "the tree tells of no page that is not there"


def test_it_is_read_aloud_in_order_each_paper_in_its_language(joined: bytes, tmp_path: Path) -> None:
    with pikepdf.Pdf.open(BytesIO(joined)) as pdf:
        assert [str(element.Lang) for element in pdf.Root.StructTreeRoot.K.K] == ["en-GB", "sq", "en-GB"]
        assert str(pdf.Root.Lang) == "en-GB"
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler is not installed")
    (tmp_path / "x.pdf").write_bytes(joined)
    said = subprocess.run(["pdfinfo", "-struct-text", str(tmp_path / "x.pdf")], capture_output=True, check=True)
    assert said.stderr == b""
    text = said.stdout.decode()
    wanted = [
        f"{what} {number}" for number in NUMBERS for what in ("Paper", "Words of paper", "Heading", "Line 59 of paper")
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    assert text.count("H1") == len(NUMBERS)


def test_the_bookmarks_of_each_paper_stand_below_its_own_and_lead_to_its_pages(joined: bytes) -> None:
    with pikepdf.Pdf.open(BytesIO(joined)) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        begin = 0
        for number, mark in zip(NUMBERS, outline.root, strict=True):
            assert mark.title == f"Bookmark {number}"
            ((title,), (heading,)) = mark.children, mark.children[0].children
            assert (title.title, heading.title) == (f"Paper {number}", f"Heading {number}")
            leads: list[Any] = [each.destination for each in (mark, title, heading)]
            places = [pages[each[0].objgen] for each in leads]
            assert places == [begin] * 3
            with pikepdf.Pdf.open(BytesIO(_paper(number))) as one:
                assert len(one.pages) > 1
                begin += len(one.pages)


def test_the_same_papers_give_the_same_bytes(joined: bytes) -> None:
    again = join((f"Bookmark {number}", _paper(number, "sq" if number == 2 else "en")) for number in NUMBERS)
    assert again == joined
