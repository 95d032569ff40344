"""Which facts make a facility: of each limit the last that is taken and the first that is refused."""

from dataclasses import replace
from typing import Any

import pytest

from models.errors import Refused
from models.rules.facility import FacilityFacts, checked_facility

FACTS = FacilityFacts(name="Centre")


@pytest.mark.parametrize(
    ("field", "taken", "refused"),
    [
        ("name", "x", " "),
        ("name", "x" * 200, "x" * 201),
        ("language", "sq", "de"),
        ("time_zone", "Europe/Copenhagen", "Europe/Nowhere"),
        ("number_prefix", "x" * 8, "x" * 9),
        ("lock_after", 0, -1),
        ("lock_after", 240, 241),
    ],
)
def test_of_each_fact_the_last_is_taken_and_the_next_refused_beside_it(field: str, taken: Any, refused: Any) -> None:
    assert checked_facility(replace(FACTS, **{field: taken})) == replace(FACTS, **{field: taken})
    with pytest.raises(Refused) as raised:
        checked_facility(replace(FACTS, **{field: refused}))
    assert raised.value.field == field


def test_texts_are_kept_without_spaces_line_by_line() -> None:
    kept = checked_facility(FacilityFacts(name=" Centre ", letterhead=" A \n  B\n", number_prefix=" S- "))
    assert (kept.name, kept.letterhead, kept.number_prefix) == ("Centre", "A\nB", "S-")
    plain = checked_facility(FACTS)
    assert (plain.language, plain.time_zone, plain.number_prefix, plain.lock_after) == (
        "en",
        "Europe/Belgrade",
        "K-",
        10,
    )
