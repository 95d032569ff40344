"""What a month's report shows where small counts are hidden: one rule for papers and files (rules.md, Disclosure).

A small count is a number of people (or of their reviews) of 1 to k - 1. Whoever has the reports of all months knows the
roll between any two of them, so three things hold for each month by itself, whatever the months beside it show:

- How a table of those present is shown (`Level`) follows from nothing but that table, and leaves every small count in
  it all the values of 1 to k - 1.
- How many were admitted and departed, and what follows from that, is shown only where so many more came and went than
  those tables could tell (`_could_have_come`) that any other numbers under what they hide could be true as well.
- What is counted up over time in people (places taken, lengths of stay) is not shown at all, and nothing of the further
  sections is (`models.rules.tallies`), nor of the month before: whatever stands there, the report says the same.

What decides is itself shown, so that whoever knows this rule learns nothing from how it has decided.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum, auto
from hashlib import sha256
from typing import Any

from models.rules.disclosure import is_small, least_shown
from models.rules.figures import (
    LATER,
    Claim,
    Corrected,
    Counts,
    Heading,
    LastMonth,
    LengthFigures,
    Listed,
    MonthFigures,
    PlaceFigures,
    Tally,
    counted_kind,
)
from models.rules.report_sections import left_out
from models.rules.time import Month
from models.rules.vocabulary import CountingRule, PlacesRule, ReportSection
from models.text import Message, message

Cell = int | Message
"""A count, or what stands in its place."""

Cells = tuple[tuple[str, Cell], ...]
"""Counts by a key as `Counts` has them, some of them hidden."""

NOT_SHOWN = message("not shown")
NOT_DIVIDED = message("Not divided up: it would give small counts away.")
NO_LENGTHS = message("Lengths of stay are not given: they could be followed from month to month.")
NO_ROLL = message("The roll by night is not given: it would give small counts away.")
NOT_GIVEN = message("Not given: beside other figures it would tell small counts.")
NOT_IN_REPORT = message("Not part of this report.")
NO_CLAIM = message(
    "The claim is not given here: it would give small counts away. It is settled apart from this report."
)


@dataclass(frozen=True, slots=True)
class ShownPlaces:
    """`PlaceFigures` as they are shown."""

    rule: PlacesRule | None
    limit: int | None
    window_start: date | None
    window_end: date | None
    used: Cell
    held: Cell
    left: Cell | None


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """`MonthFigures` as they are shown: each as it is, or a message that says in words why it is not there.

    Attributes:
        departures_by_kind: Beside `departures_by`, which divides the same people by destination as well.
        balances: Whether the month balances, also where what balances is not shown.
        digest: SHA-256 in hexadecimal: of the frozen figures where all of them are shown; else of nothing but what is
            shown here, so that nobody can try guesses at what is hidden against it.
    """

    month: Month
    heading: Heading
    cut_off: date
    on_roll_at_start: Cell
    admissions: Cell
    departures: Cell
    on_roll_at_end: Cell
    roll_by_night: tuple[int, ...] | Message
    person_nights: Cell
    person_days: Cell
    person_nights_min_one: Cell
    same_day_stays: Cell
    counted: Cell
    average: Decimal | Message
    highest: Cell
    highest_on: date | Message | None
    places: ShownPlaces
    admissions_by_nationality: Cells | Message
    admissions_by_sex: Cells | Message
    admissions_by_age: Cells | Message
    present_by_nationality: Cells | Message
    present_by_sex: Cells | Message
    present_by_age: Cells | Message
    departures_by: tuple[tuple[str, str, int], ...] | Message
    departures_by_kind: Cells | Message
    departures_by_country: Cells | Message
    departures_by_nationality: Cells | Message
    departures_by_sex: Cells | Message
    departures_by_age: Cells | Message
    length_present: LengthFigures | Message
    length_departed: LengthFigures | Message
    past_limit: tuple[int, ...] | Message
    reviews_held: Cell
    reviews_late: Cell
    emergencies: Cell
    claim: Claim | Message | None
    balances: bool
    digest: str
    tallies: tuple[Tally, ...] | Message = field(default=(), metadata=LATER)
    listed: tuple[Listed, ...] | Message = field(default=(), metadata=LATER)
    last_month: LastMonth | None = field(default=None, metadata=LATER)
    corrected: tuple[Corrected, ...] = field(default=(), metadata=LATER)

    @property
    def hides(self) -> bool:
        """Whether the programme hides small counts."""
        return least_shown(self.heading.small_count) > 0

    @property
    def is_whole(self) -> bool:
        """Whether all figures that were frozen are shown."""
        return not self.hides and not left_out(self.heading.sections)

    def tally(self, name: str) -> Counts | Message:
        """The counts of a further section; none where the month has no such tally, or why they are not there."""
        if isinstance(self.tallies, Message):
            return self.tallies
        return next((each.counts for each in self.tallies if each.name == name), ())

    def lines_of(self, section: ReportSection) -> tuple[Listed, ...]:
        """What a section tells of people one by one."""
        return () if isinstance(self.listed, Message) else tuple(x for x in self.listed if x.section == section)


def shown_month(figures: MonthFigures) -> ShownMonth:
    """The figures of a month as whoever is outside the house may have them: the one way to a paper or a file.

    Args:
        figures: The figures; the k of the programme stands in their heading, 0 or 1 shows all of them.
    """
    shown, k = _whole(figures), least_shown(figures.heading.small_count)
    if not k:
        return _chosen(shown, figures)
    flows = _may_show_flows(figures, k)
    shown = _nights(_alone(_present(shown, figures, k), figures, k), figures, k, flows=flows)
    shown = _flows(shown, figures, k) if flows else _without_flows(shown)
    shown = replace(shown, places=_places_shown(figures, shown.highest, k))
    if figures.heading.sections:
        corrected = tuple(replace(each, changed=()) for each in figures.corrected)
        shown = replace(shown, tallies=NOT_GIVEN, listed=NOT_GIVEN, last_month=None, corrected=corrected)
    return _digested(_chosen(shown, figures))


def shown_text(figures: MonthFigures) -> str:
    """The canonical JSON of what is shown of a month: the text of which `ShownMonth.digest` is the hash."""
    shown = shown_month(figures)
    return figures.to_json() if shown.is_whole else _canonical(replace(shown, digest=""))


def _canonical(shown: ShownMonth) -> str:
    told = asdict(shown)
    for values, kind in ((told, ShownMonth), (told["heading"], Heading)):
        for each in fields(kind):
            if each.metadata and values[each.name] == each.default:
                del values[each.name]  # a month that was issued before is written as it was
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _digested(shown: ShownMonth) -> ShownMonth:
    """With the hash of what is shown."""
    return replace(shown, digest=sha256(_canonical(replace(shown, digest="")).encode()).hexdigest())


def _chosen(shown: ShownMonth, figures: MonthFigures) -> ShownMonth:
    """Without the figures that none of the sections of the report shows: they do not go along with it either."""
    names = left_out(figures.heading.sections)
    if not names:
        return shown
    without: dict[str, Any] = {name: () if name == "corrected" else NOT_IN_REPORT for name in names if name != "places"}
    if "places" in names:
        without["places"] = replace(shown.places, used=NOT_IN_REPORT, held=NOT_IN_REPORT, left=NOT_IN_REPORT)
    return _digested(replace(shown, **without))


_FEWEST = 3
"""So few people are divided up only where they are of one group."""


class Level(IntEnum):
    """How a table with a known total is shown, from all of it to nothing."""

    WHOLE = auto()
    """No count in it is small."""
    SMALL_HIDDEN = auto()
    """Small counts are "<k"; their sum, which the total gives away, leaves each of them 1 to k - 1."""
    CLASSES = auto()
    """All counts but 0 are "<k" or "k or more"."""
    LEFT_OUT = auto()


def level_of(counts: Sequence[int], k: int) -> Level:
    """How a table is shown.

    Each level asks for nothing but what it would show (how many counts are small, their sum, how many are not), and
    leaves every small count all values of 1 to k - 1, also for whoever knows that the level before did not do.

    Args:
        counts: Its counts.
        k: The lowest count that is shown as it is, at least 3.
    """
    small = [count for count in counts if is_small(count, k)]
    if not small:
        return Level.WHOLE
    most, large = len(small) * (k - 1), sum(count >= k for count in counts)
    # Were two and one shown as "<3", a table of three people that is left out would tell of three groups of one.
    if len(small) > 1 and len(small) + k - 2 <= sum(small) <= most - (k - 2) and sum(counts) > _FEWEST:
        return Level.SMALL_HIDDEN
    return Level.CLASSES if large and sum(counts) >= most + k * large else Level.LEFT_OUT


def divided(counts: Counts, k: int) -> Cells | Message:
    """A table whose total is shown beside it.

    Args:
        counts: Its counts, in an order that does not follow from them.
        k: As `level_of` has it.
    """
    total = sum(count for _, count in counts)
    if is_small(total, k):
        return _too_few(k)
    match level_of([count for _, count in counts], k):
        case Level.WHOLE:
            return counts
        case Level.SMALL_HIDDEN:
            return tuple((key, _less(count, k)) for key, count in counts)
        case Level.CLASSES:
            return tuple((key, class_of_count(count, k)) for key, count in counts)
        case Level.LEFT_OUT:
            return NOT_DIVIDED


def class_of_count(count: int, k: int) -> Cell:
    """Nothing, "<k" or "k or more"."""
    return _less(count, k) if count < k else message("{k} or more", k=k)


def _less(count: int, k: int) -> Cell:
    return message("<{k}", k=k) if is_small(count, k) else count


def _too_few(k: int) -> Message:
    return message("Fewer than {k} persons: not divided up.", k=k)


def _spans(counts: Counts, k: int) -> dict[str, tuple[int, int]] | None:
    """Between what each count of a table may lie for whoever sees the table; None where it is left out."""
    values = [count for _, count in counts if count]
    level, large = level_of(values, k), sum(count >= k for count in values)
    if level is Level.LEFT_OUT:
        return None
    highest = sum(values) - (len(values) - large) - k * (large - 1)
    spans = {}
    for key, count in counts:
        if is_small(count, k):
            spans[key] = (1, k - 1)
        elif count and level is Level.CLASSES:
            spans[key] = (k, highest)
        else:
            spans[key] = (count, count)
    return spans


def _could_have_come(before: Counts, after: Counts, k: int) -> int:
    """How many, at the most, must have come to lead from one table to another, for whoever sees the tables alone."""
    total, old, new = sum(count for _, count in after), _spans(before, k), _spans(after, k)
    if old is None or new is None:
        return total
    return min(total, sum(max(0, high - old.get(key, (0, 0))[0]) for key, (_, high) in new.items()))


def _may_show_flows(figures: MonthFigures, k: int) -> bool:
    """Whether it gives nothing away to say how many were admitted and departed.

    Where 2 k more were admitted than the tables of those present could ask for, as many more departed, too, and both
    are beyond k. Where fewer were, nobody can tell how many of these 2 k there were.
    """
    start, end = figures.on_roll_at_start, figures.on_roll_at_end
    if not any((start, end, figures.admissions, figures.departures)):
        return True
    if is_small(start, k) or is_small(end, k) or sum(count for _, count in figures.start_by_age) != start:
        return False
    before = (*_starts(figures), figures.start_by_age)
    after = (figures.present_by_nationality, figures.present_by_sex, figures.present_by_age)
    needed = max(_could_have_come(old, new, k) for old, new in zip(before, after, strict=True))
    return figures.admissions >= needed + 2 * k


def _starts(figures: MonthFigures) -> tuple[Counts, Counts]:
    """The roll at the start by nationality and by sex: as at the end, less those admitted, and with those departed."""
    return (
        _start(figures.present_by_nationality, figures.admissions_by_nationality, figures.departures_by_nationality),
        _start(figures.present_by_sex, figures.admissions_by_sex, figures.departures_by_sex),
    )


def _start(present: Counts, admitted: Counts, departed: Counts) -> Counts:
    counts = Counter(dict(present))
    counts.subtract(dict(admitted))
    counts.update(dict(departed))
    return tuple(counts.items())


def _present(shown: ShownMonth, figures: MonthFigures, k: int) -> ShownMonth:
    """The roll, and how those present are divided up."""
    return replace(
        shown,
        on_roll_at_start=_less(figures.on_roll_at_start, k),
        on_roll_at_end=_less(figures.on_roll_at_end, k),
        present_by_nationality=divided(_by_key(figures.present_by_nationality), k),
        present_by_sex=divided(_by_key(figures.present_by_sex), k),
        present_by_age=divided(figures.present_by_age, k),
        length_present=NO_LENGTHS,
        length_departed=NO_LENGTHS,
    )


def _by_key(counts: Counts) -> Counts:
    """In the order of the keys: the highest first would tell of hidden counts which is higher."""
    return tuple(sorted(counts))


def _alone(shown: ShownMonth, figures: MonthFigures, k: int) -> ShownMonth:
    """Counts that stand alone, by their class: of few people, none but 0."""
    few = is_small(figures.on_roll_at_start, k) or is_small(figures.on_roll_at_end, k)

    def told(count: int) -> Cell:
        return NOT_SHOWN if few and count else class_of_count(count, k)

    past = told(len(figures.past_limit))
    return replace(
        shown,
        reviews_held=told(figures.reviews_held),
        reviews_late=told(figures.reviews_late),
        emergencies=told(figures.emergencies),
        past_limit=past if isinstance(past, Message) else (),
    )


def _nights(shown: ShownMonth, figures: MonthFigures, k: int, *, flows: bool) -> ShownMonth:
    """The roll of each night, what it adds up to, and what is claimed for it.

    Beside what an agreement counts by another rule than `nights`, the nights would tell how many departed, or came and
    went on one day. Where people were few on a night, the nights are shown only of a whole month, in which there were
    more on others: an average of 3 is as good as the roll. Nights under several rates are those of a part of the month.
    """
    over = figures.roll_by_night[: (figures.cut_off - figures.month.first).days]
    rolls = (figures.on_roll_at_start, figures.on_roll_at_end, *over)
    # Where nobody stayed overnight, what is counted by another rule are those who came and went on one day.
    few, runs = _has_small((*rolls, figures.counted), k), figures.cut_off < figures.month.end
    too_few = few and (runs or max(rolls) < k or min(figures.person_nights, figures.counted) < k)
    rule, claim = figures.heading.counting_rule, figures.claim
    beside = flows and (rule is CountingRule.DAYS or not is_small(figures.same_day_stays, k))
    if too_few or not (rule is CountingRule.NIGHTS or beside):
        shown = replace(shown, person_nights=NOT_SHOWN, average=NOT_SHOWN)
    if few or not flows or isinstance(shown.person_nights, Message):
        shown = replace(shown, roll_by_night=NO_ROLL, highest=NOT_SHOWN, highest_on=NOT_SHOWN)
    if claim is not None and (_counts_otherwise(claim, rule) or (few and _tells(claim, at_all=too_few))):
        shown = replace(shown, claim=NO_CLAIM)
    return replace(shown, counted=NOT_SHOWN) if too_few else shown


def _tells(claim: Claim, *, at_all: bool) -> bool:
    """Whether a claim tells of the nights of people, or of a part of them; fixed sums tell of nobody.

    Args:
        claim: The claim.
        at_all: Whether it is asked for any of them; else for a part of those of the month itself.
    """
    by_person = [line for line in claim.lines if line.is_by_person]
    if at_all:
        return bool(by_person or claim.unrated_nights)
    return sum(line.correction_of is None for line in by_person) + bool(claim.unrated_nights) > 1


def _counts_otherwise(claim: Claim, rule: CountingRule) -> bool:
    """Whether a claim counts people by another rule than the programme: both together tell how many departed."""
    own = counted_kind(rule)
    return any(line.is_by_person and line.kind not in (None, own) for line in claim.lines)


def _without_flows(shown: ShownMonth) -> ShownMonth:
    """Without anything that tells how many were admitted or departed."""
    return replace(
        shown,
        admissions=NOT_SHOWN,
        departures=NOT_SHOWN,
        same_day_stays=NOT_SHOWN,
        person_days=NOT_SHOWN,
        person_nights_min_one=NOT_SHOWN,
        admissions_by_nationality=NOT_DIVIDED,
        admissions_by_sex=NOT_DIVIDED,
        admissions_by_age=NOT_DIVIDED,
        departures_by=NOT_DIVIDED,
        departures_by_kind=NOT_DIVIDED,
        departures_by_country=NOT_DIVIDED,
        departures_by_nationality=NOT_DIVIDED,
        departures_by_sex=NOT_DIVIDED,
        departures_by_age=NOT_DIVIDED,
    )


def _flows(shown: ShownMonth, figures: MonthFigures, k: int) -> ShownMonth:
    """How those admitted and departed are divided up: only where nobody of them is in a small group, nor was before."""
    by_nationality, by_sex = _starts(figures)
    if is_small(figures.same_day_stays, k):
        shown = replace(shown, same_day_stays=_less(figures.same_day_stays, k), person_nights_min_one=NOT_SHOWN)
        if figures.heading.counting_rule is CountingRule.NIGHTS_MIN_ONE:  # the days, less who departed, are nights
            shown = replace(shown, person_days=NOT_SHOWN)
    moves = (figures.admissions_by_nationality, figures.departures_by_nationality)
    if _any_small((by_nationality, *moves, figures.present_by_nationality), k):
        shown = replace(shown, admissions_by_nationality=NOT_DIVIDED, departures_by_nationality=NOT_DIVIDED)
    moves = (figures.admissions_by_sex, figures.departures_by_sex)
    if _any_small((by_sex, *moves, figures.present_by_sex), k):
        shown = replace(shown, admissions_by_sex=NOT_DIVIDED, departures_by_sex=NOT_DIVIDED)
    moves = (figures.admissions_by_age, figures.departures_by_age)
    if _any_small((figures.start_by_age, *moves, figures.present_by_age), k):
        shown = replace(shown, admissions_by_age=NOT_DIVIDED, departures_by_age=NOT_DIVIDED)
    pairs = tuple((kind, count) for kind, _, count in figures.departures_by)
    if _any_small((pairs, figures.departures_by_country), k):
        kinds = divided(_kinds(figures), k)
        shown = replace(shown, departures_by=NOT_DIVIDED, departures_by_country=NOT_DIVIDED, departures_by_kind=kinds)
    return shown


def _kinds(figures: MonthFigures) -> Counts:
    """Departures by kind alone."""
    counts: Counter[str] = Counter()
    for kind, _, count in figures.departures_by:
        counts[kind] += count
    return tuple(counts.items())


def _has_small(counts: Sequence[int], k: int) -> bool:
    return any(is_small(count, k) for count in counts)


def _any_small(tables: Sequence[Counts], k: int) -> bool:
    return any(is_small(count, k) for table in tables for _, count in table)


def _places_shown(figures: MonthFigures, highest: Cell, k: int) -> ShownPlaces:
    """Places as they are shown: those ever taken would tell, from one month to another, how many came."""
    places, concurrent = figures.places, figures.places.rule is PlacesRule.CONCURRENT
    told = concurrent and not _has_small((figures.on_roll_at_end, places.held), k)
    return replace(
        _places(places),
        used=highest if concurrent else NOT_SHOWN,
        held=_less(places.held, k),
        left=places.left if told or places.left is None else NOT_SHOWN,
    )


def _places(places: PlaceFigures) -> ShownPlaces:
    return ShownPlaces(
        places.rule, places.limit, places.window_start, places.window_end, places.used, places.held, places.left
    )


def _whole(figures: MonthFigures) -> ShownMonth:
    """The figures as they are."""
    named = {name: getattr(figures, name) for name in ShownMonth.__dataclass_fields__ if name not in _MADE}
    return ShownMonth(
        **named,
        places=_places(figures.places),
        departures_by_kind=_kinds(figures),
        balances=figures.balances,
        digest=figures.digest,
    )


_MADE = frozenset({"places", "departures_by_kind", "balances", "digest"})
