"""Length of stay: bands, median, mean and longest."""

from decimal import Decimal
from statistics import median as median_of

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules.lengths import DEFAULT_BOUNDS, band_counts, band_labels, check_bounds, length_figures
from models.text import translator


def labels(bounds: tuple[int, ...]) -> list[str]:
    return [translator("en").render(label) for label in band_labels(bounds)]


def test_the_bands_are_those_of_the_rules() -> None:
    assert labels(DEFAULT_BOUNDS) == [
        "0–7", "8–31", "32–91", "92–182", "183–365", "366–547", "548–730", "over 730",
    ]  # fmt: skip


def test_a_programme_may_set_bands_of_its_own() -> None:
    assert labels((0, 1, 30)) == ["0", "1", "2–30", "over 30"]


@pytest.mark.parametrize(("band", "ends"), [*enumerate([(0, 7), (8, 31), (32, 91), (92, 182), (183, 365), (366, 547)])])
def test_both_ends_of_a_band_lie_in_it(band: int, ends: tuple[int, int]) -> None:
    for nights in ends:
        assert band_counts([nights], DEFAULT_BOUNDS)[band] == 1


def test_731_nights_are_over_730() -> None:
    assert band_counts([730, 731], DEFAULT_BOUNDS)[-2:] == (1, 1)


def test_the_median_of_an_even_count_is_the_mean_of_the_two_in_the_middle() -> None:
    assert length_figures([1, 10, 4, 3]).median == Decimal("3.5")
    assert length_figures([4, 1, 3]).median == 3


def test_the_mean_has_four_decimals_rounded_half_up() -> None:
    assert str(length_figures([1, 1, 2]).mean) == "1.3333"
    assert str(length_figures([0] * 31 + [1]).mean) == "0.0313"


def test_of_no_stay_there_is_no_median() -> None:
    figures = length_figures([])
    assert (figures.median, figures.mean, figures.longest) == (None, None, None)
    assert sum(figures.counts) == 0


@given(st.lists(st.integers(0, 3000), min_size=1))
def test_every_length_lies_in_one_band_and_the_order_does_not_matter(lengths: list[int]) -> None:
    figures = length_figures(lengths)
    assert sum(figures.counts) == len(lengths)
    assert float(figures.median or 0) == median_of(lengths)
    assert figures.longest == max(lengths)
    assert figures == length_figures(reversed(lengths))


@pytest.mark.parametrize("bounds", [(), (7, 7), (31, 7), (-1, 7)])
def test_bounds_that_make_no_bands_are_refused(bounds: tuple[int, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        check_bounds(bounds)
    assert refusal.value.field == "length_bounds"
