"""Who counts as present on which date, by the counting rule of the programme (rules.md, Counting presence).

All dates are local dates; all windows are half-open. A month of ten thousand stays is reckoned by a difference array:
how many start to count on each date, and how many stop.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate, compress
from operator import attrgetter, not_
from typing import NamedTuple, Protocol

from models.rules.vocabulary import AbsencesRule, CountingRule

_OPEN = date.max.toordinal() + 1
"""The end, as an ordinal, of what has no end yet."""


class Stayed(Protocol):
    """Any row of a stay: whose it is, and from when to when; `departed_on` is None while it is open."""

    @property
    def stay_id(self) -> Hashable:
        """The stay."""

    @property
    def resident_id(self) -> Hashable:
        """The person."""

    @property
    def arrived_on(self) -> date:
        """The local date of arrival."""

    @property
    def departed_on(self) -> date | None:
        """The local date of departure."""


class Span(NamedTuple):
    """The least of a stay that presence can be counted from."""

    stay_id: Hashable
    resident_id: Hashable
    arrived_on: date
    departed_on: date | None


class Absence(NamedTuple):
    """An absence of a stay; it covers D when from_on <= D < until_on, or to the departure while it has no end."""

    stay_id: Hashable
    from_on: date
    until_on: date | None


def length(arrived_on: date, departed_on: date | None, cut_off: date) -> int:
    """Nights from arrival to departure, or to the cut-off while the stay is open (rules.md, Length of stay)."""
    return ((departed_on or cut_off) - arrived_on).days


def uncounted(
    absence: Absence, departed_on: date | None, *, rule: AbsencesRule, first_nights: int | None
) -> tuple[int, int]:
    """The dates of an absence that do not count, as ordinals [start, end); empty where start >= end.

    With `first N of each absence` the N count from the start of the absence itself, also where it began in an
    earlier month. An absence without an end, and one that was left running over the departure, ends with the stay.
    """
    start = absence.from_on.toordinal()
    end = min(_ordinal(absence.until_on), _ordinal(departed_on))
    match rule:
        case AbsencesRule.ALWAYS:
            return start, start
        case AbsencesRule.NEVER:
            return start, end
        case AbsencesRule.FIRST:
            return start + (first_nights or 0), end


def by_date(
    spans: Iterable[Stayed],
    absences: Iterable[Absence],
    *,
    counting: CountingRule,
    first: date,
    end: date,
    absences_rule: AbsencesRule = AbsencesRule.ALWAYS,
    absences_first: int | None = None,
) -> list[int]:
    """How many count on each date of the window [first, end), by a difference array.

    A date of the rule `days` counts once per person: it counts where any stay of the person lets it count. Where
    two absences of a stay cover one date, it counts only if both let it.

    Args:
        spans: The stays, in any order.
        absences: The absences of these stays, in any order; those of other stays change nothing.
        counting: The counting rule.
        first: The first date of the window.
        end: The first date after it; a window that ends before it starts is empty.
        absences_rule: Whether absent dates count.
        absences_first: The N of `first N of each absence`.
    """
    low, high = first.toordinal(), end.toordinal()
    if high <= low:
        return []
    gaps: dict[Hashable, list[Absence]] = defaultdict(list)
    if absences_rule is not AbsencesRule.ALWAYS:
        for absence in absences:
            gaps[absence.stay_id].append(absence)
    plain, special = _sorted_out(list(spans), gaps, once_per_person=counting is CountingRule.DAYS)
    pieces: list[tuple[int, int]] = []
    by_person: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for each in special:
        start, stop = _dates(counting, each.arrived_on, each.departed_on)
        holes = [
            uncounted(gap, each.departed_on, rule=absences_rule, first_nights=absences_first)
            for gap in gaps.get(each.stay_id, ())
        ]
        left = _without(max(start, low), min(stop, high), holes)
        (by_person[each.resident_id] if counting is CountingRule.DAYS else pieces).extend(left)
    for mine in by_person.values():
        pieces.extend(_merged(mine))
    starts, stops = _steps(plain, counting)
    starts.update(start for start, _ in pieces)
    stops.update(stop for _, stop in pieces)
    return _summed(starts, stops, low, high)


def _ordinal(day: date | None) -> int:
    return _OPEN if day is None else day.toordinal()


def _dates(rule: CountingRule, arrived_on: date, departed_on: date | None) -> tuple[int, int]:
    """The dates that a stay counts by a rule, as ordinals [start, end)."""
    arrived, departed = arrived_on.toordinal(), _ordinal(departed_on)
    match rule:
        case CountingRule.NIGHTS:
            return arrived, departed
        case CountingRule.DAYS:
            return arrived, departed + 1
        case CountingRule.NIGHTS_MIN_ONE:
            return arrived, max(departed, arrived + 1)


def _steps(rows: Sequence[Stayed], rule: CountingRule) -> tuple[Counter[int], Counter[int]]:
    """On which dates, as ordinals, how many stays start to count and stop: `_dates` of them all at once."""
    arrivals = Counter(map(attrgetter("arrived_on"), rows))
    departures = Counter(map(attrgetter("departed_on"), rows))
    starts = Counter({day.toordinal(): number for day, number in arrivals.items()})
    late = rule is CountingRule.DAYS
    stops = Counter({_ordinal(day) + late: number for day, number in departures.items()})
    if rule is CountingRule.NIGHTS_MIN_ONE:
        same_day = Counter(row.arrived_on.toordinal() for row in rows if row.arrived_on == row.departed_on)
        stops.update({day + 1: number for day, number in same_day.items()})
        stops.subtract(same_day)
    return starts, stops


def _sorted_out(
    rows: list[Stayed], gaps: Mapping[Hashable, object], *, once_per_person: bool
) -> tuple[list[Stayed], list[Stayed]]:
    """The stays that count for themselves alone, and those that absences or another stay of the person touch."""
    if once_per_person:
        stays_of = Counter(map(attrgetter("resident_id"), rows))
        touched = [row.stay_id in gaps or stays_of[row.resident_id] > 1 for row in rows]
    elif gaps:
        touched = [row.stay_id in gaps for row in rows]
    else:
        return rows, []
    return [*compress(rows, map(not_, touched))], [*compress(rows, touched)]


def _without(start: int, stop: int, holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of [start, stop) outside the holes, which may overlap."""
    left = []
    for hole_start, hole_stop in sorted(hole for hole in holes if hole[0] < hole[1]):
        if hole_start > start:
            left.append((start, min(hole_start, stop)))
        start = max(start, hole_stop)
    left.append((start, stop))
    return [piece for piece in left if piece[0] < piece[1]]


def _merged(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same dates, each once."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _summed(starts: Counter[int], stops: Counter[int], low: int, high: int) -> list[int]:
    """How many have started to count and not stopped, on each date of [low, high)."""
    steps = [0] * (high - low + 1)
    for sign, days in ((1, starts), (-1, stops)):
        for day, number in days.items():
            steps[min(max(day, low), high) - low] += sign * number
    return list(accumulate(steps[:-1]))
