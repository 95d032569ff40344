"""How well two names fit, in any order, spelling and script (rules.md, Who is who)."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from models.rules.names import fold_query
from models.rules.sounds import Sound, apart, name_words, plainly_heard, sounds


class Fit(Enum):
    """How two names fit."""

    SAME = auto()
    SPELLED = auto()
    """The same by its sound."""
    PARTLY = auto()
    """Mistyped, or one of them has fewer parts."""
    NOT = auto()
    UNKNOWN = auto()
    """One of the two has no name."""


class NameFit(NamedTuple):
    """How two names fit, and how much that says.

    Attributes:
        fit: How.
        points: From -8 to 10.
    """

    fit: Fit
    points: float


WHOLE = 10.0
"""What a whole name says that is the same; no name says more."""
_EACH = 5.0
_ONE_NAME = 9.0
"""What a name of one word says that is the same as a whole."""
_STRANGE = -5.0
"""Each of the two has a part that the other lacks."""
_IN_PART = 7.5
"""So much is said at the most by parts that are the same beside such: with the same birth date it does not suffice."""
_STRANGERS = -8.0
_MORE = -0.5
"""For each part that only one of the two has: a second given name, a father's name."""
_HEARD_ALIKE = 0.97
_VOWELS_COUNT = 0.16
ALIKE = 0.8
"""From here on two words are one name in two spellings."""
_TYPED_ENOUGH = 0.7
_TYPED_COSTS = 1.0
_INITIAL = 0.7


@lru_cache(maxsize=65536)
def _spelled(word: str) -> str:
    """A word in one spelling, for mistyped letters to be seen in."""
    return fold_query(word).replace(" ", "")


def name_fit(ones: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> NameFit:
    """How well the names of two people fit: the best of all the names of each.

    Args:
        ones: Each name of one person, as `name_words` takes it apart.
        others: Each name of the other.
    """
    best = NameFit(Fit.UNKNOWN, 0.0)
    for one in ones:
        for other in others:
            if one and other:
                found = _fit(tuple(one), tuple(other))
                if best.fit is Fit.UNKNOWN or found.points > best.points:
                    best = found
    return best


def taken_apart(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The words of several names of one person, each name once."""
    return tuple(dict.fromkeys(words for name in names if (words := name_words(name))))


@lru_cache(maxsize=16384)
def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> NameFit:
    if len(one) == len(other) and sorted(one) == sorted(other):
        return NameFit(Fit.SAME, min(WHOLE, max(_ONE_NAME, _EACH * len(one))))
    alone, others = list(one), list(other)
    for word in one:
        if word in others:
            alone.remove(word)
            others.remove(word)
    found = [1.0] * (len(one) - len(alone))
    left, right = dict(enumerate(alone)), dict(enumerate(others))
    pairs = [(-likeness, i, j) for i, a in left.items() for j, b in right.items() if (likeness := word_likeness(a, b))]
    pairs.sort()
    for likeness, i, j in pairs:
        if i in left and j in right:
            found.append(-likeness)
            del left[i], right[j]
    if left and right:
        together = word_likeness("".join(left.values()), "".join(right.values()))
        if together:
            found.append(together)
            left.clear()
            right.clear()
    return _weighed(found, len(left), len(right))


def _weighed(found: Sequence[float], left: int, right: int) -> NameFit:
    if not found:
        return NameFit(Fit.NOT, _STRANGERS)
    points = min(
        WHOLE, sum(_EACH * likeness if likeness >= ALIKE else _EACH * likeness - _TYPED_COSTS for likeness in found)
    )
    if left and right:
        return NameFit(Fit.NOT, min(points, _IN_PART) + _STRANGE)
    if left or right:
        return NameFit(Fit.PARTLY, points + _MORE * (left + right))
    worst = min(found)
    if worst >= _HEARD_ALIKE:
        return NameFit(Fit.SAME, max(points, _ONE_NAME))
    if worst >= ALIKE:
        return NameFit(Fit.SPELLED, points if len(found) > 1 else points + _ONE_NAME - _EACH)
    return NameFit(Fit.PARTLY, points)


def _weight(sound: Sound) -> float:
    """Where consonants are few, vowels tell more: Ali and Ola."""
    return _VOWELS_COUNT if len(sound.code) > 2 else 1.5 * _VOWELS_COUNT


@lru_cache(maxsize=262144)
def word_likeness(one: str, other: str) -> float:
    """How alike two words of names are: 1 for the same, from 0.8 on for one sound, from 0.7 for mistyped; else 0."""
    if one == other:
        return 1.0
    a, b = _spelled(one), _spelled(other)
    if a == b:
        return 0.99
    heard = _heard(one, other)
    if heard >= ALIKE:
        return heard
    if min(len(a), len(b)) == 1:
        return _INITIAL if a[:1] == b[:1] else 0.0
    return _typed(a, b)


def _heard(one: str, other: str) -> float:
    """How alike two words sound; 0 where their consonants are not the same."""
    a, b = plainly_heard(one), plainly_heard(other)
    if a != b and a is not None and b is not None:
        return 0.0
    return max(
        (_HEARD_ALIKE - _weight(x) * apart(x, y) for x in sounds(one) for y in sounds(other) if x.code == y.code),
        default=0.0,
    )


def _typed(one: str, other: str) -> float:
    """Whether one is the other with letters mistyped, left out or exchanged: from 0.7 to 0.79, else 0."""
    short, long = (len(one), len(other)) if len(one) < len(other) else (len(other), len(one))
    if short < 3 or long - short > max(1, long * (1 - _TYPED_ENOUGH)):
        return 0.0
    distance = _distance()(one, other)
    likeness = 1 - distance / long
    if likeness < _TYPED_ENOUGH and distance != 1:
        return 0.0
    return _TYPED_ENOUGH + 0.3 * max(0.0, likeness - _TYPED_ENOUGH)


@cache
def _distance() -> Callable[[str, str], int]:
    from rapidfuzz.distance import OSA

    return OSA.distance
