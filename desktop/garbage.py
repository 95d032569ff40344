"""How much garbage may gather before it is looked for, in the window and in commands alike."""

import gc

_MOST = (20_000, 10, 10)
"""So much may gather in each generation. A page of thousands of rows is read without a break."""


def collect_seldom() -> None:
    """Have Python collect by itself once so much has gathered: it looks a hundredth as often as it would.

    Where a file of many rows comes in, that is a fifth of the time; nearly nothing of them is garbage.
    """
    gc.set_threshold(*_MOST)


def collect() -> None:
    """Collect the oldest generation that is full, and all younger ones with it."""
    counts = gc.get_count()
    if counts[0] <= _MOST[0]:
        return
    full = [age for age in (0, 1, 2) if counts[age] > _MOST[age]]
    gc.collect(full[-1])


def spare_what_stays() -> None:
    """Look no more at what was loaded for the start: it stays to the end. May be called in any thread."""
    gc.freeze()
