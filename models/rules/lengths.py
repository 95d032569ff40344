"""Length of stay in bands, median, mean and longest (rules.md, Length of stay). Lengths are in nights."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from models.errors import Refused
from models.rounding import quotient
from models.rules.figures import LengthFigures
from models.text import Message, message

DEFAULT_BOUNDS = (7, 31, 91, 182, 365, 547, 730)
"""The upper bound of each band but the last, which is open: 0-7, 8-31, …, over 730."""


def check_bounds(bounds: Sequence[int]) -> None:
    """Refuse bounds that make no bands.

    Raises:
        Refused: A bound is below 0, or not above the one before it.
    """
    if not bounds or bounds[0] < 0 or any(after <= before for before, after in pairwise(bounds)):
        raise Refused(
            "Give the length bands as numbers of nights, each higher than the one before.", field="length_bounds"
        )


def band_labels(bounds: Sequence[int]) -> tuple[Message, ...]:
    """What stands over each band: 0–7, 8–31, …, over 730."""
    starts = (0, *(bound + 1 for bound in bounds))
    closed = (
        message("{nights}", nights=last) if first == last else message("{first}–{last}", first=first, last=last)
        for first, last in zip(starts, bounds, strict=False)
    )
    return (*closed, message("over {nights}", nights=bounds[-1]))


def band_counts(lengths: Iterable[int], bounds: Sequence[int]) -> tuple[int, ...]:
    """How many lengths lie in each band: one number more than there are bounds."""
    counts = [0] * (len(bounds) + 1)
    for nights in lengths:
        counts[bisect_left(bounds, nights)] += 1
    return tuple(counts)


def median(ordered: Sequence[int]) -> Decimal | None:
    """The middle of ordered lengths; of an even count, the mean of the two in the middle. None of nothing."""
    if not ordered:
        return None
    half = len(ordered) // 2
    return Decimal(ordered[half]) if len(ordered) % 2 else Decimal(ordered[half - 1] + ordered[half]) / 2


def four_decimals(total: int, over: int) -> Decimal:
    """A quotient to four decimals, rounded half up; 0 over nothing."""
    return quotient(total, over, 4)


def length_figures(lengths: Iterable[int], bounds: Sequence[int] = DEFAULT_BOUNDS) -> LengthFigures:
    """The figures of lengths of stay, in any order."""
    ordered = sorted(lengths)
    return LengthFigures(
        bounds=tuple(bounds),
        counts=band_counts(ordered, bounds),
        median=median(ordered),
        mean=four_decimals(sum(ordered), len(ordered)) if ordered else None,
        longest=ordered[-1] if ordered else None,
    )
