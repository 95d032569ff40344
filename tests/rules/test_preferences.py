"""What is left of a preference without what tells of somebody."""

import pytest

from models.rules.preferences import Preferred, without


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (7, 7),
        ("Gul", None),
        ("wide", "wide"),
        (["wide", "Gul"], None),
        ([1, True, None], [1, True, None]),
        ({"mine": {"name": "Gul"}, "all": {"sex": ["F"]}}, {"all": {"sex": ["F"]}}),
        ({"Gul": 1, "all": 2}, {"all": 2}),
        ({"mine": ["x", {"y": "Gul"}]}, None),
        ({}, None),
    ],
)
def test_a_part_that_tells_of_somebody_goes_whole_and_another_stays(value: Preferred, left: Preferred) -> None:
    assert without(value, lambda text: text == "Gul") == left
