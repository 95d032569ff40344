"""Which residents of the whole register are perhaps one person: linear in their number, and with little in memory.

The rule is that of `models.rules.likeness`. What two must have in common to reach it is asked of everybody at once, in
three ways: a number; the day of birth; a whole name, where a birth says little or both have documents of which one may
be mistyped. Of each only ids and hashes are held; the people themselves are read in parts.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappush, heappushpop
from itertools import combinations

from sqlalchemy import Connection, select

from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.ids import ResidentId
from models.repositories.alike import settled_pairs
from models.repositories.likeness import resident_persons
from models.rules.birth import BirthDate
from models.rules.likeness import Known, Likeness, birth_keys, name_keys, weighed
from models.rules.numbers import number_key
from models.rules.pairs import stands_for_several, within, without

_AT_ONCE = 2_000
"""So many people are in memory at a time."""
_CROWD = 40
"""Of more people of one name in one year the newest are compared."""
_COUNTED = 100_000
"""So many pairs are counted; of more it is said that there are more."""
_ABOUT = 2
"""By so many years an estimated year of birth may be wrong."""
_PARTS = 64
"""What is heard of names is looked through in so many parts, one in memory as a list at a time."""
_HASH, _ORDINAL = 40, 24
"""Bits of the hash of what is heard, and of a place, in one number."""
_WORDS = 5
"""The words of a name by two of which people are compared."""

Pair = tuple[ResidentId, ResidentId]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The pairs of residents that may be one person each.

    Attributes:
        pairs: The likeliest first, each with the one who was entered first before the other.
        n: How many there are; of those beyond 100,000 only that there are more.
        is_more: Whether there are more than `n`.
        compared: How many people were compared.
    """

    pairs: tuple[tuple[ResidentId, ResidentId, Likeness], ...]
    n: int
    is_more: bool
    compared: int


def likely_residents(
    connection: Connection,
    *,
    only: Collection[ResidentId] | None = None,
    most: int,
    progress: Progress = lambda _done, _total: None,
) -> Duplicates:
    """Find them; whom a person has found to be two is left out.

    Args:
        connection: Of the reading.
        only: One of the two must be one of these; None: anybody.
        most: So many of the likeliest are given.
        progress: Is told how far it is; what it raises ends the work.
    """
    looked = _Looked(connection, only, most)
    everybody = looked.everybody
    steps = 3 * max(1, len(everybody.ids))
    looked.compare(_of_numbers(looked), lambda _done: progress(0, steps))
    looked.compare(_of_days(looked), lambda done: progress(done, steps))
    for done, total, pairs in _of_names(looked):
        looked.compare_pairs(pairs)
        progress(len(everybody.ids) + 2 * len(everybody.ids) * done // max(1, total), steps)
    progress(steps, steps)
    return looked.found()


class _Everybody:
    """Who stands in the register, by place: ids, births, and who has the number of a document."""

    def __init__(self, connection: Connection) -> None:
        self.ids = array("q")
        self.births: list[BirthDate | None] = []
        asked = select(Resident.id, Resident.birth).where(Resident.joined_into_id.is_(None)).order_by(Resident.id)
        for id_, birth in connection.execute(asked, execution_options={"yield_per": _AT_ONCE}):
            self.ids.append(id_)
            self.births.append(birth)
        self.numbered = bytearray(len(self.ids))
        self.having: dict[str, list[ResidentId]] = {}
        self._numbers(connection)

    def place(self, who: int) -> int | None:
        """The place of an id; None where the person was joined to another."""
        at = bisect_left(self.ids, who)
        return at if at < len(self.ids) and self.ids[at] == who else None

    def _numbers(self, connection: Connection) -> None:
        """Who has which number, where several have it."""
        first: dict[str, ResidentId] = {}
        papers = select(Document.resident_id, Document.number)
        partners = select(PartnerNumber.resident_id, PartnerNumber.number, PartnerNumber.programme_id)
        for asked in (papers, partners):
            for who, number, *programme in connection.execute(asked, execution_options={"yield_per": _AT_ONCE}):
                key, place = number_key(number), self.place(who)
                if not key or place is None:
                    continue
                if not programme:
                    self.numbered[place] = 1
                scoped = f"p{programme[0]}:{key}" if programme else f"d{key}"
                other = first.setdefault(scoped, who)
                if other != who:
                    self.having.setdefault(scoped, [other]).append(who)


class _Looked:
    """What was found so far."""

    def __init__(self, connection: Connection, only: Collection[ResidentId] | None, most: int) -> None:
        self._connection, self._only, self._most = connection, only, most
        self.everybody = _Everybody(connection)
        self._settled = settled_pairs(connection)
        self._worn: set[str] = set()
        self._known: set[Pair] = set()
        self._best: list[tuple[float, int, int, Likeness]] = []
        self._is_more = False

    def found(self) -> Duplicates:
        """All of it."""
        best = sorted(self._best, key=lambda each: (-each[0], -each[1], -each[2]))
        pairs = tuple((ResidentId(-one), ResidentId(-other), likeness) for _, one, other, likeness in best)
        return Duplicates(pairs, len(self._known), self._is_more, len(self.everybody.ids))

    def is_asked(self, people: Iterable[int]) -> bool:
        """Whether one of these is among those who are looked for."""
        return self._only is None or any(who in self._only for who in people)

    def wears(self, group: Sequence[ResidentId], key: str) -> bool:
        """Whether a number stands for several people who differ; it is none from now on."""
        if len(group) < 3:
            return False
        people = resident_persons(self._connection, sorted(set(group))[:_CROWD])
        if stands_for_several(each.known for each in people.values()):
            self._worn.add(key)
        return key in self._worn

    def names(self, people: Iterable[ResidentId]) -> Iterator[tuple[ResidentId, set[int]]]:
        """What is heard of the names of people, as hashes: two words of a name each, or its only one."""
        for who, somebody in resident_persons(self._connection, people, with_numbers=False).items():
            pairs = (pair for words in somebody.known.names for pair in name_keys(words[:_WORDS]))
            yield who, {hash(pair) & ((1 << _HASH) - 1) for pair in pairs}

    def compare(self, groups: Iterable[Sequence[ResidentId]], told: Callable[[int], None]) -> None:
        """Compare those of each group with each other; `told` hears how many were."""
        done, waiting = 0, list[Sequence[ResidentId]]()
        for group in groups:
            waiting.append(group)
            if sum(map(len, waiting)) >= _AT_ONCE:
                done += self._compare(waiting)
                told(done)
                waiting.clear()
        self._compare(waiting)

    def _compare(self, groups: Sequence[Sequence[ResidentId]]) -> int:
        known = self._read(who for group in groups for who in group)
        for group in groups:
            for a, b in within([known[who] for who in group], range(len(group))):
                self._weigh(known, group[a], group[b])
        return sum(map(len, groups))

    def compare_pairs(self, pairs: Collection[tuple[int, int]]) -> None:
        """Compare pairs, given by their places."""
        ids, ordered = self.everybody.ids, sorted(pairs)
        for begin in range(0, len(ordered), _AT_ONCE):
            some = [(ResidentId(ids[a]), ResidentId(ids[b])) for a, b in ordered[begin : begin + _AT_ONCE]]
            known = self._read(who for pair in some for who in pair)
            for one, other in some:
                self._weigh(known, one, other)

    def _read(self, people: Iterable[ResidentId]) -> dict[ResidentId, Known]:
        found = resident_persons(self._connection, sorted(set(people)))
        return {who: without(somebody.known, self._worn) for who, somebody in found.items()}

    def _weigh(self, known: dict[ResidentId, Known], one: ResidentId, other: ResidentId) -> None:
        pair = (one, other) if one < other else (other, one)
        if pair in self._known or not self.is_asked(pair):
            return
        likeness = weighed(known[one], known[other])
        if likeness is None or frozenset(f"resident:{who}" for who in pair) in self._settled:
            return
        told = (likeness.score, -pair[0], -pair[1], likeness)
        if len(self._known) < _COUNTED:
            self._known.add(pair)
        else:
            self._is_more = True
            if any(each[1:3] == told[1:3] for each in self._best):
                return
        if len(self._best) < self._most:
            heappush(self._best, told)
        elif told[:3] > self._best[0][:3]:
            heappushpop(self._best, told)


def _of_numbers(looked: _Looked) -> Iterator[Sequence[ResidentId]]:
    """Those who have one number. Before any is compared it is known which numbers name nobody."""
    having = looked.everybody.having
    for group in [group for key, group in having.items() if not looked.wears(group, key)]:
        if looked.is_asked(group):
            yield sorted(set(group))
    having.clear()


def _of_days(looked: _Looked) -> Iterator[Sequence[ResidentId]]:
    """Those who were born on one day, or on it with day and month exchanged. 1 January stands for too many."""
    days: dict[str, array[int]] = {}
    for id_, birth in zip(looked.everybody.ids, looked.everybody.births, strict=True):
        if birth is not None and birth.day is not None and not birth.doubtful:
            days.setdefault(birth_keys(birth)[0], array("q")).append(id_)
    for group in days.values():
        if len(group) > 1 and looked.is_asked(group):
            yield [ResidentId(who) for who in group]


def _of_names(looked: _Looked) -> Iterator[tuple[int, int, Collection[tuple[int, int]]]]:
    """The pairs of one whole name whose births may be one though no day says so; in parts, and how far that is."""
    everybody = looked.everybody
    is_vague = bytearray(map(_is_vague, everybody.births))
    if not any(is_vague) and not any(everybody.numbered):
        return
    heard = [array("Q") for _ in range(_PARTS)]
    for begin in range(0, len(everybody.ids), _AT_ONCE):
        part = [ResidentId(who) for who in everybody.ids[begin : begin + _AT_ONCE]]
        for who, keys in looked.names(part):
            for key in keys:
                heard[key % _PARTS].append(key << _ORDINAL | bisect_left(everybody.ids, who))
        yield begin, 2 * len(everybody.ids), ()
    for number in range(_PARTS):
        pairs: set[tuple[int, int]] = set()
        for group in _groups(sorted(heard[number])):
            pairs.update(
                (a, b)
                for a, b in _fitting(everybody, is_vague, group)
                if looked.is_asked((everybody.ids[a], everybody.ids[b]))
            )
        heard[number] = array("Q")
        yield _PARTS + number + 1, 2 * _PARTS, pairs


def _groups(keys: Sequence[int]) -> Iterator[list[int]]:
    """The places that stand behind one hash."""
    group: list[int] = []
    last = -1
    for key in keys:
        if key >> _ORDINAL != last:
            if len(group) > 1:
                yield group
            group, last = [], key >> _ORDINAL
        group.append(key & ((1 << _ORDINAL) - 1))
    if len(group) > 1:
        yield group


def _fitting(everybody: _Everybody, is_vague: bytearray, group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Of people of one name, the pairs whose births may be one, or of whom both have a document."""
    unknown = [at for at in group if everybody.births[at] is None][-_CROWD:]
    years: dict[int, list[int]] = defaultdict(list)
    for at in group:
        birth = everybody.births[at]
        if birth is not None:
            for year in range(birth.year - _ABOUT, birth.year + _ABOUT + 1) if birth.about else (birth.year,):
                years[year].append(at)
    for at in unknown:
        yield from ((min(at, other), max(at, other)) for other in group[-_CROWD:] if other != at)
    for several in years.values():
        vague = [at for at in several if is_vague[at]][-_CROWD:]
        for at in vague:
            yield from ((min(at, other), max(at, other)) for other in several[-_CROWD:] if other != at)
        yield from combinations([at for at in several if everybody.numbered[at]][-_CROWD:], 2)


def _is_vague(birth: BirthDate | None) -> bool:
    return birth is None or birth.day is None or birth.doubtful
