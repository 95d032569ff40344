"""What may be told to whom, and small counts."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.disclosure import (
    FIELD_CLASSES,
    Audience,
    class_of,
    may_reach,
    shown_count,
    shown_counts,
)
from models.rules.field_types import FieldClass
from models.text import Message, translator

SEALED = [field for field, kind in FIELD_CLASSES.items() if kind is FieldClass.SEALED]


def words(cells: tuple[int | Message, ...]) -> list[str]:
    return [translator("en").value(cell) for cell in cells]


@pytest.mark.parametrize("field", [*SEALED, "something new"])
@pytest.mark.parametrize("audience", Audience)
def test_a_sealed_field_reaches_nobody_outside_whatever_the_ground(field: str, audience: Audience) -> None:
    assert not may_reach(field, audience, names_ground="Art. 6")


@pytest.mark.parametrize("field", ["asylum_claim", "health", "complaint", "non_refoulement_outcome"])
def test_what_the_rules_seal_is_sealed(field: str) -> None:
    assert class_of(field) is FieldClass.SEALED


def test_names_reach_a_partner_only_where_the_programme_cites_the_ground_and_no_country_of_origin() -> None:
    assert not may_reach("family_name", Audience.PARTNER)
    assert not may_reach("family_name", Audience.PARTNER, names_ground="  ")
    assert may_reach("family_name", Audience.PARTNER, names_ground="Art. 6")
    assert not may_reach("family_name", Audience.COUNTRY_OF_ORIGIN, names_ground="Art. 6")


def test_counts_and_reference_numbers_reach_a_partner() -> None:
    assert may_reach("counts", Audience.PARTNER)
    assert may_reach("number", Audience.PARTNER)


def test_counts_of_1_to_4_are_less_than_5_and_nought_and_5_are_shown() -> None:
    assert words(tuple(shown_count(n, 5) for n in range(7))) == ["0", "<5", "<5", "<5", "<5", "5", "6"]


@pytest.mark.parametrize("small_count", [0, 1])
def test_without_a_small_count_all_are_shown(small_count: int) -> None:
    assert shown_counts([1, 2, 0, 3], small_count) == (1, 2, 0, 3)


def test_a_single_small_count_takes_the_next_larger_ones_with_it() -> None:
    assert words(shown_counts([40, 3, 9, 12], 5)) == ["40", "<5", "5 or more", "12"]


def test_two_small_counts_hide_each_other() -> None:
    assert words(shown_counts([40, 3, 2, 0], 5)) == ["40", "<5", "<5", "0"]


def test_two_small_counts_that_their_sum_gives_away_take_a_third() -> None:
    assert words(shown_counts([40, 1, 1], 5)) == ["5 or more", "<5", "<5"]


def test_where_nothing_is_left_to_hide_no_cell_says_its_size() -> None:
    assert words(shown_counts([1, 5, 0], 5)) == ["not shown", "not shown", "0"]
    assert words(shown_counts([4, 4], 5)) == ["not shown", "not shown"]


def test_a_single_cell_is_as_small_as_its_total() -> None:
    assert words(shown_counts([0, 3], 5)) == ["0", "<5"]


@given(st.lists(st.integers(0, 9), min_size=2, max_size=5), st.integers(3, 5))
def test_whoever_knows_the_total_cannot_tell_any_small_count(counts: list[int], small_count: int) -> None:
    shown = words(shown_counts(counts, small_count))
    total = sum(counts)
    if sum(count > 0 for count in counts) < 2:
        return
    meanings = {
        f"<{small_count}": range(1, small_count),
        f"{small_count} or more": range(small_count, total + 1),
        "not shown": range(total + 1),
    }
    possible = [
        cells for cells in product(*(meanings.get(cell) or (int(cell),) for cell in shown)) if sum(cells) == total
    ]
    assert tuple(counts) in possible
    for place, count in enumerate(counts):
        if 0 < count < small_count:
            assert len({cells[place] for cells in possible}) > 1
