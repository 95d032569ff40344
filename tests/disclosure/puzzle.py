"""Whole numbers between bounds under linear relations: what follows, and whether another answer is possible."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

WIDE = 100_000
"""Beyond any count of these programmes."""

Name = tuple[object, ...]
Check = Callable[[tuple[int, ...]], bool]
Terms = Sequence[tuple[int, Name]]


_APART = (0, 1, 2, WIDE)
"""So many counts may be further from the truth than they must, one search after the other: what is near is found soon,
which a single search would come to after all that it can do with what it has asked last. Only the last comes to an end.
"""


class Contradiction(Exception):
    """Nothing fits."""


@dataclass
class Puzzle:
    """Unknown counts by their names, and relations between them."""

    names: dict[Name, int] = field(default_factory=dict)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    relations: list[tuple[list[tuple[int, int]], int, int]] = field(default_factory=list)
    of: list[list[int]] = field(default_factory=list)
    tables: list[tuple[list[int], Check]] = field(default_factory=list)
    table_of: dict[int, int] = field(default_factory=dict)

    def tabulate(self, names: Sequence[Name], check: Check) -> None:
        """That some counts together must pass a check, which a search asks as soon as it has them all."""
        self.table_of |= dict.fromkeys(map(self._at, names), len(self.tables))
        self.tables.append(([self._at(name) for name in names], check))

    def know(self, name: Name, low: int = 0, high: int = WIDE) -> None:
        """What is known of a count, beside all that was."""
        at = self._at(name)
        self.low[at], self.high[at] = max(self.low[at], low), min(self.high[at], high)

    def relate(self, terms: Iterable[tuple[int, Name]], low: int = 0, high: int = 0) -> None:
        """That a sum lies within bounds."""
        weights: dict[int, int] = {}
        for weight, name in terms:
            weights[self._at(name)] = weights.get(self._at(name), 0) + weight
        found = [(weight, at) for at, weight in weights.items() if weight]
        for _, at in found:
            self.of[at].append(len(self.relations))
        self.relations.append((found, low, high))

    def _at(self, name: Name) -> int:
        if name not in self.names:
            self.names[name] = len(self.low)
            self.low.append(0)
            self.high.append(WIDE)
            self.of.append([])
        return self.names[name]

    def span(self, name: Name) -> tuple[int, int]:
        """The bounds of a count as far as they are known."""
        at = self.names[name]
        return self.low[at], self.high[at]

    def follow(self) -> None:
        """Narrow all bounds by all relations, until nothing follows any more.

        Raises:
            Contradiction: Nothing fits.
        """
        _narrow(self, self.low, self.high, range(len(self.relations)))

    def other(
        self,
        name: Name,
        truth: Mapping[Name, int],
        holds: Callable[[Mapping[Name, int]], bool],
        *,
        free: Callable[[Name], bool],
        most: int,
    ) -> dict[Name, int] | None:
        """An answer in which a count is not what it is in truth, and which holds otherwise, too.

        Whatever need not differ stays as in truth, so an answer that is near is found first.

        Args:
            name: The count.
            truth: An answer.
            holds: What else an answer must hold to.
            free: Which counts may differ from the truth.
            most: So many steps are taken.

        Raises:
            TimeoutError: They were too few.
        """
        at, values = self.names[name], [truth[each] for each in self.names]
        loose = [place for each, place in self.names.items() if free(each)]
        low, high = list(values), list(values)
        for place in loose:
            low[place], high[place] = self.low[place], self.high[place]
        ended = True
        sides = [(low[at], values[at] - 1), (values[at] + 1, high[at])]
        for bounds in sides if values[at] > 1 else reversed(sides):  # to 0 is seldom as near as it looks
            if bounds[0] > bounds[1]:
                continue
            sys.setrecursionlimit(max(sys.getrecursionlimit(), 3 * most + 1_000))
            for apart in _APART:
                lows, highs = list(low), list(high)
                lows[at], highs[at] = bounds
                try:
                    found = _Search(self, values, loose, holds, most).within(lows, highs, at, apart)
                except TimeoutError:
                    ended = ended and apart < _APART[-1]
                    continue
                if found is not None:
                    return found
        if not ended:
            raise TimeoutError
        return None


@dataclass
class _Search:
    puzzle: Puzzle
    values: list[int]
    loose: list[int]
    holds: Callable[[Mapping[Name, int]], bool]
    steps: int

    def within(self, low: list[int], high: list[int], changed: int, apart: int) -> dict[Name, int] | None:
        self.steps -= 1
        if self.steps < 0:
            raise TimeoutError
        try:
            _narrow(self.puzzle, low, high, self.puzzle.of[changed])
        except Contradiction:
            return None
        values, tables = self.values, self.puzzle.table_of
        for place in {tables[at] for at in self.loose if at in tables}:
            members, check = self.puzzle.tables[place]
            if all(low[at] == high[at] for at in members) and not check(tuple(low[at] for at in members)):
                return None
        open_ones = [at for at in self.loose if low[at] < high[at]]
        if not open_ones:
            answer = dict(zip(self.puzzle.names, low, strict=True))
            return answer if self.holds(answer) else None
        # Tables come first, and what cannot stay as it is: the rest then often stays.
        at = min(open_ones, key=lambda at: (at not in tables, low[at] <= values[at] <= high[at], high[at] - low[at]))
        near = min(max(values[at], low[at]), high[at])
        for bounds in ((near, near), (near + 1, high[at]), (low[at], near - 1))[: 3 if apart else 1]:
            if bounds[0] <= bounds[1]:
                lows, highs = list(low), list(high)
                lows[at], highs[at] = bounds
                found = self.within(lows, highs, at, apart - (bounds != (near, near)))
                if found is not None:
                    return found
        return None


def _narrow(puzzle: Puzzle, low: list[int], high: list[int], start: Iterable[int]) -> None:
    waiting = dict.fromkeys(start)
    while waiting:
        relation = next(iter(waiting))
        del waiting[relation]
        terms, least, most = puzzle.relations[relation]
        down = sum(weight * (low[at] if weight > 0 else high[at]) for weight, at in terms)
        up = sum(weight * (high[at] if weight > 0 else low[at]) for weight, at in terms)
        if down > most or up < least:
            raise Contradiction
        for weight, at in terms:
            if low[at] == high[at]:
                continue
            rest_down = down - weight * (low[at] if weight > 0 else high[at])
            rest_up = up - weight * (high[at] if weight > 0 else low[at])
            if weight > 0:
                new = -((rest_up - least) // weight), (most - rest_down) // weight
            else:
                new = -((most - rest_down) // -weight), (rest_up - least) // -weight
            if new[0] > low[at] or new[1] < high[at]:
                before = (low[at], high[at])
                low[at], high[at] = max(low[at], new[0]), min(high[at], new[1])
                if low[at] > high[at]:
                    raise Contradiction
                if weight > 0:
                    down, up = down + weight * (low[at] - before[0]), up + weight * (high[at] - before[1])
                else:
                    down, up = down + weight * (high[at] - before[1]), up + weight * (low[at] - before[0])
                waiting.update(dict.fromkeys(puzzle.of[at]))
