"""A text in two languages side by side, until it is drawn.

Words that differ stand in one text as a pair, `‹first|second›` with signs that no text has; what stands outside of
pairs is the same in both languages. So a paper puts its texts together as in one language, and the parts that draw
them ask for the one side or the other.
"""

import re
from collections.abc import Iterable

_OPENS, _PARTS, _CLOSES = "\ufdd0", "\ufdd1", "\ufdd2"
_PAIR = re.compile(f"{_OPENS}([^{_PARTS}]*){_PARTS}([^{_CLOSES}]*){_CLOSES}")
_BETWEEN = " / "


def pair(first: str, second: str) -> str:
    """What is said in two languages; plain where both say the same."""
    return first if first == second else f"{_OPENS}{first}{_PARTS}{second}{_CLOSES}"


def side(text: str, place: int) -> str:
    """A text in one of its languages.

    Args:
        text: It may have pairs.
        place: 0 for the first language, 1 for the second.
    """
    return _PAIR.sub(lambda found: found[place + 1], text) if _OPENS in text else text


def sides(text: str) -> tuple[str, str]:
    """A text in its first language, and in the second where that says something else, else nothing."""
    if _OPENS not in text:
        return text, ""
    first, second = side(text, 0), side(text, 1)
    return first, "" if first == second else second


def in_line(text: str) -> str:
    """Both languages one after the other, where there is room for one line only."""
    return _BETWEEN.join(part for part in sides(text) if part) if _OPENS in text else text


def short(text: str) -> str:
    """As `in_line`, but a number, a date or an amount is written as the first language does."""
    first = side(text, 0)
    return first if any(letter.isdigit() for letter in first) else in_line(text)


def each_line(lines: Iterable[str]) -> list[str]:
    """Lines, each followed by what it says in the second language."""
    return [part for line in lines for part in sides(line) if part]
