"""The figures of a month of a programme, from the rows of its stays (rules.md, The balance, and what it draws on).

Everything is reckoned set by set in a few passes, never person by person. What stands in a figure is what was known
before the cut-off: an arrival or a departure from the cut-off on has not happened yet.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from models.rules import limits, money
from models.rules.birth import BirthDate
from models.rules.figures import AGE_BANDS, Claim, ClaimLine, Counts, Heading, MonthFigures, PlaceFigures
from models.rules.lengths import DEFAULT_BOUNDS, four_decimals, length_figures
from models.rules.presence import Absence, Stayed, by_date, length
from models.rules.time import Month
from models.rules.vocabulary import CountingRule, DepartureKind, Destination, PaymentKind, PlacesRule

AbsenceRow = Absence

UNKNOWN = "unknown"
"""The key under which is counted what is not known."""

_AGE_STARTS: tuple[int, ...] = tuple(int(band.split("-")[0].rstrip("+")) for band in AGE_BANDS[:-1])


class StayRow(NamedTuple):
    """One stay, as the figures need it.

    Attributes:
        departure_kind: A `DepartureKind`, as its text is enough to count by.
        destination: A `Destination`, likewise.
        birth: The text of a `BirthDate`, None where nothing is known.
        limit_on: The limit that held at the end of the month, None where there is none.
        emergency: Whether it is an emergency arrival that is not yet cured.
        number: Of the resident.
        family: Of the resident, None where there is none.
        is_listed: Whether it is that of a candidate.
        was_emergency: Whether it began as an emergency arrival, cured or not.
        no_arrival_time: Whether the arrival is known to the day only.
        no_departure_time: Whether the departure is, where there is one.
    """

    stay_id: Hashable
    resident_id: Hashable
    arrived_on: date
    departed_on: date | None = None
    departure_kind: str | None = None
    destination: str | None = None
    destination_country: str | None = None
    nationality: str | None = None
    sex: str | None = None
    birth: str | None = None
    limit_on: date | None = None
    emergency: bool = False
    number: str = ""
    family: Hashable | None = None
    is_listed: bool | int = False
    was_emergency: bool | int = False
    no_arrival_time: bool | int = False
    no_departure_time: bool | int = False


class ReviewRow(NamedTuple):
    """One review that was held, and the day on which it had fallen due."""

    stay_id: Hashable
    due_on: date
    held_on: date


class PlaceNumbers(NamedTuple):
    """What the figures of places need beyond the stays of the month.

    Attributes:
        admitted: Distinct persons ever admitted within the window, up to the cut-off.
        held: Accepted candidates who had not arrived by the cut-off.
    """

    admitted: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a programme lays down for its figures, beyond what the heading of the report says.

    Attributes:
        places: The number of places, None where the agreement sets none.
        window_end: The last day on which people are admitted.
        review_every: Days between reviews; 0: no reviews.
        payments: What the agreement pays over time; without any there is no claim.
    """

    places_rule: PlacesRule | None = None
    places: int | None = None
    window_start: date | None = None
    window_end: date | None = None
    length_bounds: tuple[int, ...] = DEFAULT_BOUNDS
    review_every: int = 90
    currency: str = "EUR"
    payments: tuple[money.Payment, ...] = ()


def month_figures(
    month: Month,
    heading: Heading,
    terms: Terms,
    stays: Iterable[StayRow],
    *,
    cut_off: date,
    absences: Sequence[AbsenceRow] = (),
    reviews: Sequence[ReviewRow] = (),
    places: PlaceNumbers = PlaceNumbers(),  # noqa: B008 - a tuple, made once and never changed
    corrections: Sequence[ClaimLine] = (),
) -> MonthFigures:
    """The figures of a month.

    Args:
        month: The month.
        heading: What the report says about the programme; its counting and absences rules are the ones that count.
        terms: What else the programme lays down.
        stays: The stays of the programme, in any order; those that do not touch the month change nothing.
        cut_off: The first local date that is not over; a month that is over is counted to its end. The nights of a
            month that still runs are counted up to the last day that is over, and so is all else: on its first day
            that is the last day of the month before.
        absences: The absences of these stays.
        reviews: The reviews that were held for these stays, whenever that was.
        places: What the figures of places need beyond the stays.
        corrections: Lines of the claim that correct months which were issued before.
    """
    first, cut = month.first, min(max(cut_off, month.first), month.end)
    last = cut - timedelta(days=1)
    rows = [row for row in stays if row.arrived_on < cut and (row.departed_on is None or row.departed_on >= first)]
    admitted = [row for row in rows if row.arrived_on >= first]
    departed = [row for row in rows if row.departed_on is not None and row.departed_on < cut]
    present = [row for row in rows if row.departed_on is None or row.departed_on >= cut]
    roll = by_date(rows, (), counting=CountingRule.NIGHTS, first=first, end=cut)
    days = by_date(rows, (), counting=CountingRule.DAYS, first=first, end=cut)
    min_one = by_date(rows, (), counting=CountingRule.NIGHTS_MIN_ONE, first=first, end=cut)
    by_rule = {CountingRule.NIGHTS: roll, CountingRule.DAYS: days, CountingRule.NIGHTS_MIN_ONE: min_one}
    counts = counted(heading, rows, absences, first=first, end=cut) if absences else by_rule[heading.counting_rule]
    highest = max(roll, default=0)
    on_roll_at_end = len(present)
    return MonthFigures(
        month=month,
        heading=heading,
        cut_off=cut,
        on_roll_at_start=sum(row.arrived_on < first for row in rows),
        admissions=len(admitted),
        departures=len(departed),
        on_roll_at_end=on_roll_at_end,
        roll_by_night=(*roll, *[0] * (month.nights - len(roll))),
        person_nights=sum(roll),
        person_days=sum(days),
        person_nights_min_one=sum(min_one),
        same_day_stays=sum(row.arrived_on == row.departed_on for row in departed),
        counted=sum(counts),
        average=four_decimals(sum(roll), len(roll)),
        highest=highest,
        highest_on=first + timedelta(days=roll.index(highest)) if highest else None,
        places=place_figures(terms, places, highest=highest, on_roll_at_end=on_roll_at_end),
        admissions_by_nationality=_tally(admitted, "nationality"),
        admissions_by_sex=_tally(admitted, "sex"),
        admissions_by_age=_by_age((row.birth, row.arrived_on) for row in admitted),
        present_by_nationality=_tally(present, "nationality"),
        present_by_sex=_tally(present, "sex"),
        present_by_age=_by_age((row.birth, last) for row in present),
        departures_by=_by_kind(departed),
        departures_by_country=_tally(departed, "destination_country"),
        departures_by_nationality=_tally(departed, "nationality"),
        departures_by_sex=_tally(departed, "sex"),
        departures_by_age=_by_age((row.birth, row.departed_on or last) for row in departed),
        length_present=length_figures((length(row.arrived_on, None, cut) for row in present), terms.length_bounds),
        length_departed=length_figures(
            (length(row.arrived_on, row.departed_on, cut) for row in departed), terms.length_bounds
        ),
        past_limit=_past_limit(present, last),
        reviews_held=sum(first <= review.held_on < cut for review in reviews),
        reviews_late=_reviews_late(present, reviews, terms.review_every, last),
        emergencies=sum(row.emergency for row in rows),
        claim=_claim(terms, paid_counts(heading, terms, rows, absences, first=first, end=cut), first, cut, corrections),
        review_every=terms.review_every,
        start_by_age=_by_age((row.birth, first - timedelta(days=1)) for row in rows if row.arrived_on < first),
    )


def counted(
    heading: Heading, rows: Iterable[Stayed], absences: Iterable[AbsenceRow], *, first: date, end: date
) -> list[int]:
    """How many count on each date of the window [first, end) by the programme's own rules.

    Args:
        heading: Its counting and absences rules are the ones that count.
        rows: The stays, in any order.
        absences: The absences of these stays.
        first: The first date of the window.
        end: The first date after it.
    """
    return by_date(
        rows,
        absences,
        counting=heading.counting_rule,
        first=first,
        end=end,
        absences_rule=heading.absences_rule,
        absences_first=heading.absences_first,
    )


def paid_counts(
    heading: Heading, terms: Terms, rows: Sequence[Stayed], absences: Sequence[AbsenceRow], *, first: date, end: date
) -> dict[PaymentKind, list[int]]:
    """How many count on each date of the window [first, end), for each way of paying by the person that is agreed.

    A payment by the person-night counts as the programme counts its nights, one by the person-day both ends; absent
    nights count or not as the programme says.
    """
    nights = CountingRule.NIGHTS if heading.counting_rule is CountingRule.DAYS else heading.counting_rule
    rules = {PaymentKind.PERSON_NIGHT: nights, PaymentKind.PERSON_DAY: CountingRule.DAYS}
    agreed = {payment.kind for payment in terms.payments}
    return {
        kind: counted(replace(heading, counting_rule=rule), rows, absences, first=first, end=end)
        for kind, rule in rules.items()
        if kind in agreed
    }


def place_figures(terms: Terms, numbers: PlaceNumbers, *, highest: int, on_roll_at_end: int) -> PlaceFigures:
    """The figures of places at the end of a month (rules.md, Places)."""
    concurrent = terms.places_rule is PlacesRule.CONCURRENT
    taken = (on_roll_at_end if concurrent else numbers.admitted) + numbers.held
    return PlaceFigures(
        rule=terms.places_rule,
        limit=terms.places,
        window_start=terms.window_start,
        window_end=terms.window_end,
        used=highest if concurrent else numbers.admitted,
        held=numbers.held,
        left=None if terms.places is None else terms.places - taken,
    )


def age_band(birth: str | None, on: date) -> str:
    """The age group of somebody on a date, by the full years that are certain (`BirthDate.age`).

    Args:
        birth: The text of a birth date.
        on: The date.
    """
    if birth is None:
        return UNKNOWN
    years = (on.year * 10000 + on.month * 100 + on.day - _born(birth)) // 10000
    return AGE_BANDS[bisect_right(_AGE_STARTS, max(years, 0)) - 1]


@lru_cache(maxsize=1 << 16)
def _born(birth: str) -> int:
    """The last day of birth that is possible, as the number YYYYMMDD: two of them differ by 10,000 for each year."""
    born = BirthDate.parse(birth).latest
    return born.year * 10000 + born.month * 100 + born.day


def _sorted_counts(counter: Counter[str]) -> Counts:
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _tally(rows: Iterable[StayRow], name: str) -> Counts:
    """Counts by a column, the highest first."""
    return _sorted_counts(Counter(str(value or UNKNOWN) for value in map(attrgetter(name), rows)))


def _by_age(births: Iterable[tuple[str | None, date]]) -> Counts:
    """Counts by age group in the order of the groups; a group without anybody stands there with 0."""
    groups = Counter(age_band(birth, on) for birth, on in births)
    return tuple((band, groups[band]) for band in AGE_BANDS)


def _by_kind(departed: Iterable[StayRow]) -> tuple[tuple[str, str, int], ...]:
    """Departures by kind and destination, in the order of the vocabularies; without a kind is "not recorded"."""
    pairs = Counter(
        (row.departure_kind or DepartureKind.NOT_RECORDED, row.destination or Destination.NOT_RECORDED)
        for row in departed
    )
    return tuple(
        (kind.value, destination.value, pairs[kind, destination])
        for kind in DepartureKind
        for destination in Destination
        if pairs[kind, destination]
    )


def _past_limit(present: Iterable[StayRow], last: date) -> tuple[int, ...]:
    """Days past the limit as of the last day: who leaves on the next morning is judged by the month, not by that."""
    past = (limits.days_past(row.limit_on, last) for row in present if row.limit_on is not None)
    return tuple(sorted((days for days in past if days), reverse=True))


def _reviews_late(present: Iterable[StayRow], reviews: Iterable[ReviewRow], every: int, last: date) -> int:
    """Reviews that fell due up to the last day, for those still on the roll, less those that were held by then."""
    held = Counter(review.stay_id for review in reviews if review.due_on <= last and review.held_on <= last)
    return sum(max(0, limits.reviews_due(row.arrived_on, every, last) - held[row.stay_id]) for row in present)


def _claim(
    terms: Terms,
    counts: Mapping[PaymentKind, Sequence[int]],
    first: date,
    cut: date,
    corrections: Sequence[ClaimLine],
) -> Claim | None:
    if not terms.payments and not corrections:
        return None
    return money.claim(counts, first, cut, terms.payments, currency=terms.currency, corrections=corrections)
