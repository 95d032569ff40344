"""What of a long sweep is tried with every change; `KONAK_LONG=1` asks for all of it."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
W = TypeVar("W")

LONG = os.environ.get("KONAK_LONG") == "1"
"""Whether everything is tried whole, as by `make long`."""


def is_whole(variable: str) -> bool:
    """Whether all is asked of a sweep, by its own variable (`KONAK_PAGES=all`) or of every sweep."""
    return LONG or os.environ.get(variable) == "all"


def times(variable: str, part: int, whole: int) -> int:
    """How often something random is tried: as its own variable says, else whole or in part."""
    return int(os.environ.get(variable, whole if LONG else part))


def is_turn(way: W, ways: Sequence[W], at: int) -> bool:
    """Whether it is the turn of one of several ways to try the thing at a place of a list.

    Each thing is tried in one way, and each way on some of the things; with `KONAK_LONG=1` each in every way.
    """
    return LONG or ways[at % len(ways)] == way


def covering(pairs: Sequence[tuple[T, W]]) -> Sequence[tuple[T, W]]:
    """Of pairs so many that each thing on either side is tried at least once; or all."""
    kept: list[tuple[T, W]] = []
    for one, other in () if LONG else pairs:
        if all(one != each for each, _ in kept) or all(other != each for _, each in kept):
            kept.append((one, other))
    return kept or pairs


def some(things: Sequence[T], every: int) -> Sequence[T]:
    """The first, the last, and each so manieth between; or all."""
    if LONG:
        return things
    return [each for at, each in enumerate(things) if at % every == 0 or at == len(things) - 1]
