"""How well two names fit, in any order, spelling and script (rules.md, Who is who)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from models.rules.names import fold_query
from models.rules.sounds import Sound, apart, name_words, of_other_vowels, plainly_heard, sounds


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
_ONE_SPELLING = 0.99
_HEARD_ALIKE = 0.97
_VOWELS_COUNT = 0.16
ALIKE = 0.8
"""From here on two words are one name in two spellings."""
_TYPED_ENOUGH = 0.7
_TYPED_COSTS = 1.0
_INITIAL = 0.7
_SHORTEST = 3
"""So many letters has a name that is shortened: Ben, Ali."""
_FEMININE = "ه"
"""How Arabic writes the ending of Karima; other languages write an e with it."""
_ENDINGS = frozenset({"a", "e", "i", _FEMININE})
_OTHER_VOWELS = 0.77
"""What a word says that sounds like another but for vowels by which the two are told apart."""


class _Word(NamedTuple):
    """A word as it is compared, made ready once.

    Attributes:
        written: In small letters.
        spelled: In one spelling, for mistyped letters to be seen in.
        heard: What is surely heard of it (`plainly_heard`).
    """

    written: str
    spelled: str
    heard: str | None


@lru_cache(maxsize=65536)
def _word(word: str) -> _Word:
    return _Word(word, fold_query(word).replace(" ", ""), plainly_heard(word))


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


def differ_by_endings(ones: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> bool:
    """Whether only an ending tells a name of one from one of the other, as a woman's from a man's: Karim and Karima."""
    return any(
        one != other and sorted(map(_without_ending, one)) == sorted(map(_without_ending, other))
        for one in ones
        for other in others
    )


def is_shortened(ones: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> bool:
    """Whether a name of one is one of the other but for a word that begins as the other's: Chris and Christopher."""
    for one in ones:
        for other in others:
            if len(one) == len(other) > 1:
                _, left, right = _paired(one, other)
                if len(left) == len(right) == 1:
                    short, long = sorted((_word(left[0]).spelled, _word(right[0]).spelled), key=len)
                    if len(short) >= _SHORTEST and long.startswith(short):
                        return True
    return False


def _without_ending(word: str) -> str:
    spelled = _word(word).spelled
    return spelled[:-1] if spelled[-1:] in _ENDINGS else spelled


def taken_apart(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The words of several names of one person, each name once."""
    return tuple(dict.fromkeys([words for name in names if name and (words := name_words(name))]))


class Strangers:
    """Tells whose names have nothing of somebody's, for a fraction of what it takes to compare them.

    Of a stranger `name_fit` says no more than that the names do not fit.
    """

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        """Take somebody's names.

        Args:
            names: As `taken_apart` gives them.
        """
        parted = [name for name in names if name]
        self._words = _Like({word for name in parted for word in name})
        self._wholes = _Like({"".join(name) for name in parted})

    def meet(self, people: Iterable[Iterable[tuple[str, ...]]]) -> None:
        """Take the names of many at once, of whom it will be asked: that is quicker than one after the other."""
        names = {name for person in people for name in person}
        self._words.meet({word for name in names for word in name})
        self._wholes.meet({"".join(name) for name in names})

    def __contains__(self, names: Iterable[tuple[str, ...]]) -> bool:
        """Whether no word of these names is like one of somebody's, nor the whole like the whole."""
        for name in names:
            for word in name:
                if self._words[word]:
                    return False
            if self._wholes["".join(name)]:
                return False
        return True


class _Like(dict[str, bool]):
    """Whether a word is at all like one of some words, noted when it is first met."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(dict.fromkeys(words, True))
        self._of = [_word(word) for word in self]
        self._heard = {word.heard for word in self._of}
        self._initials = {word.spelled for word in self._of if len(word.spelled) == 1}

    def meet(self, written: Iterable[str]) -> None:
        """Note it of many words. Most are like none: too many of their letters are others, and so is their sound."""
        words = [_word(word) for word in written if word not in self]
        spelled = [word.spelled for word in words]
        typed = {place for one in self._of for place in _perhaps_typed(one.spelled, spelled)}
        for place, (word, letters, heard) in enumerate(words):
            is_perhaps_heard = heard is None or heard in self._heard or None in self._heard
            is_perhaps_initial = len(letters) == 1 or letters[:1] in self._initials
            if not (place in typed or is_perhaps_heard or is_perhaps_initial):
                self[word] = False

    def __missing__(self, written: str) -> bool:
        word = _word(written)
        found = self[written] = any([_likeness(one, word) for one in self._of])
        return found


@lru_cache(maxsize=16384)
def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> NameFit:
    if len(one) == len(other) and sorted(one) == sorted(other):
        return NameFit(Fit.SAME, min(WHOLE, max(_ONE_NAME, _EACH * len(one))))
    found, left, right = _paired(one, other)
    if (len(left) > 1 and right) or (len(right) > 1 and left):  # two words that are left differ
        together = _one_name("".join(left), "".join(right))
        if together:
            found, left, right = [*found, together], [], []
    return _weighed(found, len(left), len(right))


def _paired(one: Sequence[str], other: Sequence[str]) -> tuple[list[float], Sequence[str], Sequence[str]]:
    """How alike the words are that fit each other best, and those of each name that fit none."""
    found: list[float] = []
    if not set(one).isdisjoint(other):
        one, other = list(one), list(other)
        for word in dict.fromkeys(one):
            while word in one and word in other:
                one.remove(word)
                other.remove(word)
                found.append(1.0)
    pairs = [(-likeness, i, j) for i, a in enumerate(one) for j, b in enumerate(other) if (likeness := _one_name(a, b))]
    if not pairs:
        return found, one, other
    left, right = dict(enumerate(one)), dict(enumerate(other))
    for likeness, i, j in sorted(pairs):
        if i in left and j in right:
            found.append(-likeness)
            del left[i], right[j]
    return found, list(left.values()), list(right.values())


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


def _one_name(one: str, other: str) -> float:
    """How alike two words are, no more than mistyped ones where their vowels tell two people apart: Salim, Salam."""
    likeness = word_likeness(one, other)
    return min(likeness, _OTHER_VOWELS) if ALIKE <= likeness < _ONE_SPELLING and _are_two(one, other) else likeness


@lru_cache(maxsize=65536)
def _are_two(one: str, other: str) -> bool:
    """Whether two words that sound alike are two names, in whatever way they are read."""
    a, b = _word(one).spelled, _word(other).spelled
    if a + _FEMININE == b or b + _FEMININE == a:
        return True
    return all(of_other_vowels(x, y) for x in sounds(one) for y in sounds(other) if x.code == y.code)


@lru_cache(maxsize=262144)
def word_likeness(one: str, other: str) -> float:
    """How alike two words of names are: 1 for the same, from 0.8 on for one sound, from 0.7 for mistyped; else 0."""
    return 1.0 if one == other else _likeness(_word(one), _word(other))


def _likeness(one: _Word, other: _Word) -> float:
    """The same for two words that are not the same."""
    _, a, a_heard = one
    _, b, b_heard = other
    if a == b:
        return _ONE_SPELLING
    if a_heard == b_heard or a_heard is None or b_heard is None:  # else their consonants differ
        heard = _heard(one.written, other.written)
        if heard >= ALIKE:
            return heard
    if len(a) == 1 or len(b) == 1:
        return _INITIAL if a[:1] == b[:1] else 0.0
    return _typed(a, b)


def _heard(one: str, other: str) -> float:
    """How alike two words sound; 0 where their consonants are not the same."""
    return max(
        (_HEARD_ALIKE - _weight(x) * apart(x, y) for x in sounds(one) for y in sounds(other) if x.code == y.code),
        default=0.0,
    )


def _typed(one: str, other: str) -> float:
    """Whether one is the other with letters mistyped, left out or exchanged: from 0.7 to 0.79, else 0."""
    short, long = (len(one), len(other)) if len(one) < len(other) else (len(other), len(one))
    if short < 3 or (long - short > 1 and long - short > long * (1 - _TYPED_ENOUGH)):
        return 0.0
    distance = _distance()(one, other)
    likeness = 1 - distance / long
    if likeness < _TYPED_ENOUGH and distance != 1:
        return 0.0
    return _TYPED_ENOUGH + 0.3 * max(0.0, likeness - _TYPED_ENOUGH)


def _perhaps_typed(one: str, others: Sequence[str]) -> Iterator[int]:
    """The places of all words of which `_typed` says more than 0, and of some others: asked of many at once."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    # No word is longer than `len(one) / _TYPED_ENOUGH`, and in no more than the rest of its letters may it differ.
    most = max(1, int(len(one) * (1 / _TYPED_ENOUGH - 1)))
    for _, _, place in process.extract(one, others, scorer=OSA.distance, score_cutoff=most, limit=None):
        yield place


@cache
def _distance() -> Callable[[str, str], int]:
    from rapidfuzz.distance import OSA

    return OSA.distance
