"""In which order the processes of one run take the tests: what takes a minute first, so that none waits for it last."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


_MEANWHILE = 5
"""So manieth a part of the short ones takes as long as the demonstration, which is built when a run begins."""


def dealt(
    items: Sequence[T], shares: int, *, is_long: Callable[[T], bool], waits: Callable[[T], bool] = lambda _item: False
) -> list[T]:
    """The same items in shares of equal length one after the other, as xdist cuts them: the long ones begin each.

    Args:
        items: The tests in their order, which those of a share keep.
        shares: The number of processes.
        is_long: Whether a test takes so long that another process should not be left with it alone.
        waits: Whether a test needs what is being built while the first ones run; the long ones of these come later.
    """
    long, short = [each for each in items if is_long(each)], [each for each in items if not is_long(each)]
    order: list[T] = []
    for place in range(shares):
        size = (len(items) - len(order)) // (shares - place)
        begins = long[place::shares]
        taken = max(0, size - len(begins))
        meanwhile = taken // _MEANWHILE
        order += [each for each in begins if not waits(each)]
        order += [*short[:meanwhile], *(each for each in begins if waits(each)), *short[meanwhile:taken]]
        del short[:taken]
    return [*order, *short]
