"""Keeps None, True and False alive under Python 3.11, whose count of references PySide6 6.12 wears down.

PySide6 6.12.0 takes them for immortal, as they are from Python 3.12 on: each of its methods that returns nothing gives
one reference to None too few (measured: 500 calls of `QFont.setPixelSize` take 500 away; PySide6 6.11.3 takes none).
After some thousands of calls Python 3.11 ends the program with "deallocating None". `tests/ui/test_singletons.py`
says when the release in use no longer needs this.
"""

import ctypes
import sys

SPARE = 1 << (60 if sys.maxsize > 2**32 else 29)
"""References to spare: more than any session wears down."""

_SINGLES = (None, True, False, NotImplemented, Ellipsis)


def keep_alive() -> None:
    """Give the singletons references to spare, where Python itself does not make them immortal; once is enough."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for single in _SINGLES:
        # The count is the first word of every object in CPython up to 3.11.
        count = ctypes.c_ssize_t.from_address(id(single))
        if count.value < SPARE // 2:
            count.value += SPARE
