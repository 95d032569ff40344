"""Which pairs of a list may be one person each, and which of its numbers name nobody (rules.md, Who is who).

Linear in the length of the list: people are compared who share a key of `models.rules.likeness`.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from models.rules.likeness import LIKELY, Known, Likeness, Person, differ, number_keys, weighed
from models.rules.names import fold_query
from models.rules.sounds import codes
from models.text import message

_SEVERAL = 3
"""A number of so many people who all differ from each other names none of them."""
_SURE = 3.0
"""So much above `LIKELY` is said enough for what follows from two pairs."""
_CROWD = 40
"""Of more people who have one thing in common only neighbours by name and birth are compared."""
_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Worn:
    """A number that stands for several people who differ, and so for none.

    Attributes:
        number: As it is written for the first of them.
        places: Their places in the list.
    """

    number: str
    places: tuple[int, ...]


def worn_numbers(people: Sequence[Known]) -> dict[str, Worn]:
    """The numbers of a list that stand for three people or more who all differ, by key; in one pass over the list."""
    having: dict[str, list[int]] = {}
    for place, known in enumerate(people):
        for key in number_keys(known):
            having.setdefault(key, []).append(place)
    return {
        key: Worn(_as_written(people[places[0]], key), tuple(places))
        for key, places in having.items()
        if len(places) >= _SEVERAL and stands_for_several(people[place] for place in places)
    }


def _as_written(known: Known, key: str) -> str:
    return known.partners[key[1:]] if key[0] == "p" else known.numbers[key[1:]]


def stands_for_several(people: Iterable[Known]) -> bool:
    """Whether at least three of those who have one number all differ from each other."""
    told: list[Known] = []
    for known in people:
        if all(differ(known, other) for other in told):
            told.append(known)
            if len(told) == _SEVERAL:
                return True
    return False


def likely_pairs(people: Iterable[Person]) -> tuple[tuple[int, int, Likeness], ...]:
    """All pairs of a list that may be one person each: their places in the list, the earlier first, and why.

    Linear in the length of the list: people are compared who share a key, and of a crowd that shares one, neighbours.
    """
    return compared_pairs([Known(person) for person in people])


def compared_pairs(listed: Sequence[Known]) -> tuple[tuple[int, int, Likeness], ...]:
    """The same for people who are made ready."""
    worn = worn_numbers(listed)
    pairs: set[tuple[int, int]] = set()
    for places in sharing(listed, worn).values():
        pairs.update(within(listed, places))
    if worn:
        listed = [without(known, worn) for known in listed]
    found = ((one, other, weighed(listed[one], listed[other])) for one, other in sorted(pairs))
    return tuple((one, other, likeness) for one, other, likeness in found if likeness is not None)


def with_implied(
    pairs: Iterable[tuple[int, int, Likeness]], name: Callable[[int], str]
) -> tuple[tuple[int, int, Likeness], ...]:
    """The pairs of a list and those that follow: who are both likely the same as a third are perhaps one.

    Args:
        pairs: As `likely_pairs` gives them.
        name: How a place in the list is called.
    """
    pairs = tuple(pairs)
    near: dict[int, dict[int, float]] = {}
    for one, other, likeness in pairs:
        if likeness.score >= LIKELY + _SURE:
            near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = likeness.score
    known = {(one, other) for one, other, _ in pairs}
    implied: dict[tuple[int, int], tuple[float, int]] = {}
    for third, others in near.items():
        if len(others) <= _CROWD:
            for pair in combinations(sorted(others), 2):
                if pair not in known:
                    score = min(others[pair[0]], others[pair[1]]) - _SURE
                    implied[pair] = max(implied.get(pair, (0.0, third)), (score, third))
    said = (
        (*pair, Likeness(round(score, 2), (message("Both are perhaps the same as {third}.", third=name(third)),)))
        for pair, (score, third) in implied.items()
    )
    return tuple(sorted((*pairs, *said), key=lambda pair: pair[:2]))


def sharing(people: Sequence[Known], worn: Mapping[str, Worn]) -> dict[str, list[int]]:
    """The places of those who share a key, by key; numbers that name nobody are none."""
    shared: dict[str, list[int]] = {}
    for place, known in enumerate(people):
        for key in known.keys:
            if key not in worn:
                shared.setdefault(key, []).append(place)
    return {key: places for key, places in shared.items() if len(places) > 1}


def without(known: Known, worn: Container[str]) -> Known:
    """A person without the numbers that name nobody."""
    if not any(key in worn for key in number_keys(known)):
        return known
    kept = tuple(number for key, number in known.numbers.items() if f"d{key}" not in worn)
    partners = {key.partition(":")[0]: number for key, number in known.partners.items() if f"p{key}" not in worn}
    own = partners.pop("", "")
    return Known(replace(known.person, document_numbers=kept, partner_number=own), partners)


def within(people: Sequence[Known], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of those who have something in common; of a crowd, only who stand near each other by name and by birth.

    Args:
        people: A list.
        places: The places in it of those who have it in common.
    """
    if len(places) <= _CROWD:
        yield from combinations(places, 2)
        return
    for order in (_by_name, _by_birth):
        keyed = sorted((order(people[place]), place) for place in places)
        ordered = [place for _, place in keyed]
        for at, place in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + _NEIGHBOURS]:
                yield (place, other) if place < other else (other, place)


def _by_name(known: Known) -> tuple[str, str]:
    return " ".join(sorted(_canonical(known))), str(known.person.birth or "")


def _by_birth(known: Known) -> tuple[str, str]:
    return str(known.person.birth or ""), " ".join(sorted(_canonical(known)))


def _canonical(known: Known) -> list[str]:
    """The first name by its sound."""
    return [next(iter(codes(word)), fold_query(word)) for word in known.names[0]] if known.names else []
