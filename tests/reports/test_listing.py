"""A list of the window on paper: across the page, in its order, with its filter and the number of each page."""

import re

import pytest

from models.exchange import door
from models.rules.papers import Choice, Imprint
from models.store.register import Register
from reports.listing import Listed, draw
from reports.page import LANDSCAPE
from tests.queries.persons import House, furnished, house
from tests.reports import pdf_text
from ui.papers.catalogue import RESIDENT_LIST

__all__ = ["furnished", "house"]

COLUMNS = [("Name", 240.0, False), ("Nights", 80.0, True), ("State", 110.0, False)]
IMPRINT = Imprint(language="en", facility="North", chosen=("Away", "with “Gul”"), printed_by="A. Berisha")


def listed(rows: int) -> Listed:
    return Listed("Residents", COLUMNS, [(f"Ahmadzai {n:03}, Gul", str(n), "Away") for n in range(rows, 0, -1)])


def test_a_list_lies_across_the_page_with_its_filter_and_in_its_order() -> None:
    made = draw(listed(120), IMPRINT)
    said = pdf_text.text(made)
    assert all(part in said for part in ("Residents", "Away · with “Gul” · 120 rows", "Nights", "North", "A. Berisha"))
    assert said.index("Ahmadzai 120") < said.index("Ahmadzai 060") < said.index("Ahmadzai 001")
    pages = pdf_text.reader(made).pages
    assert len(pages) > 2
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pdf_text.pages(made), start=1))
    size = (round(LANDSCAPE.width), round(LANDSCAPE.height))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {size}


def test_the_same_list_gives_the_same_bytes_and_many_columns_stay_on_the_page() -> None:
    assert draw(listed(3), IMPRINT) == draw(listed(3), IMPRINT)
    many = Listed("Many", [(f"C{n}", 500.0, n % 2 == 0) for n in range(20)], [tuple(f"v{n}" for n in range(20))])
    said = pdf_text.text(draw(many, IMPRINT))
    assert all(f"v{n}" in said for n in range(20))


def test_a_row_that_is_higher_than_a_page_goes_on_on_the_next_and_loses_no_word() -> None:
    words = [f"w{n:04}" for n in range(1500)]
    rows = [("Before", "1", "Away"), (" ".join(words), "2", "Away"), ("After", "3", "\n".join(words[:90]))]
    made = draw(Listed("Remarks", COLUMNS, rows), IMPRINT)
    told = re.findall(r'yMax="([\d.]+)">(\w+)<', pdf_text.poppler(made, "-bbox"))
    assert [word for _, word in told if word in words[90:]] == words[90:]
    assert all(float(y) <= LANDSCAPE.bottom for y, word in told if word in words)


@pytest.mark.parametrize(("shown", "said"), [("departed", False), ("all", True)])
def test_the_list_of_who_has_departed_leaves_out_what_says_nothing_of_them(
    register: Register, house: House, shown: str, said: bool
) -> None:
    made = door.drawn(register, RESIDENT_LIST, language="en", chosen={Choice.SHOWN: shown}).content
    drawn = pdf_text.text(made)
    assert "K-0005" in drawn
    assert "Arrival" in drawn
    assert ("Last day" in drawn) is said
    assert ("Room" in drawn) is said
