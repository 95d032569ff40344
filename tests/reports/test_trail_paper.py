"""The trail on paper: every entry under its number, none left out."""

from models.exchange import door
from models.rules.papers import Choice
from models.store.register import Register
from tests import builders
from tests.reports import pdf_text
from ui.papers.catalogue import TRAIL


def test_each_entry_stands_under_its_number(register: Register) -> None:
    whose = builders.resident(register, "K-0012", family_name="Rahmani")
    said = pdf_text.text(door.drawn(register, TRAIL, language="en", chosen={}).content)
    numbers = [number for (number,) in builders.rows(register, "SELECT number FROM trail ORDER BY number")]
    assert len(numbers) > 1
    body = said[said.index("No. When") :]
    places = [body.index(f" {number} ") for number in numbers if number != numbers[0]]
    assert places == sorted(places), "in order of time"
    one = pdf_text.text(door.drawn(register, TRAIL, language="en", chosen={Choice.RESIDENT: whose}).content)
    assert "Rahmani" in one
