"""What of an issued month is reckoned anew in a revision, and what stays as it was issued (rules.md, Issued months).

Whatever has a day of its own is reckoned anew and compared. What only tells how things stood when the month was drawn
stays: who waited, what was planned, by when somebody was to be back. So does what cannot be reckoned any more, because
it was erased with a person.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from models.rules.figures import Counts, Listed
from models.rules.vocabulary import ReportSection

STATES = frozenset({"selection", "plans", "needs"})
"""The tallies that tell how things stood when the month was drawn."""

LISTED_AHEAD = frozenset({ReportSection.PLANS})
"""The sections whose lists do."""

ERASED_WITH_A_PERSON: Mapping[str, frozenset[str]] = {
    "safeguards": frozenset({"health", "rights"}),
    "incidents": frozenset({"received", "in_time", "late", "open", "overdue", "self_harm"}),
    "quality": frozenset({"birth_in_part", "birth_doubtful", "no_time"}),
}
"""The lines of tallies that rest on what is erased with a person: a figure of an issued month stays as it was then."""


def counts_again(name: str, issued: Counts, now: Counts, *, was_erased: bool) -> Counts:
    """The lines with which a tally was issued, as they are now; those that are not counted any more, as they were.

    Args:
        name: Of the tally.
        issued: As it was issued.
        now: As it is counted now.
        was_erased: Whether somebody was erased who may have been counted.
    """
    kept = ERASED_WITH_A_PERSON.get(name, frozenset()) if was_erased else frozenset()
    counted = {key: count for key, count in now if key not in kept}
    return tuple((key, counted.get(key, count)) for key, count in issued)


def lists_again(issued: Sequence[Listed], now: Iterable[Listed], erased: Collection[str]) -> tuple[Listed, ...]:
    """The lists of a month as they are now, section by section.

    Args:
        issued: As they were issued.
        now: As they are now; what is listed ahead is left out.
        erased: What stands in the place of the numbers of those who were erased: they keep that which was issued.
    """
    lists: defaultdict[str, list[Listed]] = defaultdict(list)
    for each in now:
        lists[each.section].append(each)
    due = {(each.number, each.days[0]): each for each in issued if each.section == ReportSection.ABSENCES}
    for section, lines in lists.items():
        numbered = _numbered([each for each in issued if each.section == section], lines, erased)
        if section == ReportSection.ABSENCES:
            numbered = [replace(x, days=due.get((x.number, x.days[0]), x).days) for x in numbered]
        lists[section] = sorted(numbered, key=_place) if erased else numbered
    for each in issued:
        if each.section in LISTED_AHEAD:
            lists[each.section].append(each)
    return tuple(line for lines in lists.values() for line in lines)


def lists_differ(issued: Sequence[Listed], now: Sequence[Listed]) -> bool:
    """Whether lists differ in what is reckoned anew, in whatever order they stand."""
    return _compared(issued) != _compared(now)


def _compared(listed: Sequence[Listed]) -> frozenset[Listed]:
    return frozenset(each for each in listed if each.section not in LISTED_AHEAD)


def _numbered(issued: Sequence[Listed], now: Sequence[Listed], erased: Collection[str]) -> list[Listed]:
    """Lines with the numbers that were issued in the place of erased ones: of the line that says the same."""
    there = {each.number for each in now}
    gone: defaultdict[object, list[str]] = defaultdict(list)
    for each in issued:
        if each.number not in there:
            gone[_said(each)].append(each.number)
    return [
        replace(each, number=gone[_said(each)].pop(0)) if each.number in erased and gone[_said(each)] else each
        for each in now
    ]


def _said(line: Listed) -> object:
    """What a line says of somebody; not by when they were to be back, which can be another by now."""
    return line.days[:1] if line.section == ReportSection.ABSENCES else line.days, line.count


def _place(line: Listed) -> tuple[str, str]:
    """In which order the lines of a list stand: an annex by number, the others by their first day."""
    return "" if line.section == ReportSection.ANNEXES else str(line.days[0]), line.number
