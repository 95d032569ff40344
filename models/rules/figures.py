"""The figures of a month, frozen: what is computed once, issued, printed and kept (rules.md, Issued months)."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

from models.rules.time import Month
from models.rules.vocabulary import AbsencesRule, CountingRule, PaymentKind, PlacesRule

LATER = {"later": True}
"""The mark of a name that came later: it is written only where it says something, so that what was issued before is
written again to the byte."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the report says about the programme, frozen with its figures.

    Attributes:
        names_ground: The legal ground on which names may stand in the report; empty: numbers only.
        small_count: Counts of 1 to `small_count` - 1 are shown as "<k"; 0 or 1: all are shown.
        sections: The sections of the report in their order, as `models.rules.report_sections` writes them; empty in
            what an earlier Konak has issued.
        addressee: To whom the report goes, in lines.
        sender: Who sends it and from where, in lines.
        agreement_reference: By which the partner knows the agreement.
        claim_reference: What stands before the number of the month in the reference of the claim.
        bank_details: Where a claim is paid to, in lines.
    """

    facility: str
    letterhead: str
    time_zone: str
    programme: str
    title: str
    partner: str
    legal_basis: str
    counting_rule: CountingRule
    absences_rule: AbsencesRule
    absences_first: int | None
    small_count: int
    names_ground: str
    sections: tuple[str, ...] = field(default=(), metadata=LATER)
    addressee: str = field(default="", metadata=LATER)
    sender: str = field(default="", metadata=LATER)
    agreement_reference: str = field(default="", metadata=LATER)
    claim_reference: str = field(default="", metadata=LATER)
    bank_details: str = field(default="", metadata=LATER)


ADDRESSED = ("addressee", "sender", "agreement_reference", "claim_reference", "bank_details")
"""What of a heading is no setting of figures: to whom a report goes, and where its claim is paid to."""


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Places under the agreement at the end of the month (rules.md, Places).

    Attributes:
        rule: How the programme counts its places; None where the agreement sets no number.
        limit: The number of places, None where the agreement sets none.
        window_start: The first day on which the agreement admits.
        window_end: The last day on which it admits, None where it is open.
        used: Persons ever admitted within the window (cumulative), or the highest roll of the month (concurrent).
        held: Accepted candidates who have not arrived.
        left: The places that are left after those held, None where there is no limit; negative where emergencies
            went beyond it. Concurrent places are left beside the roll at the end of the month, not beside its highest.
    """

    rule: PlacesRule | None
    limit: int | None
    window_start: date | None
    window_end: date | None
    used: int
    held: int
    left: int | None


@dataclass(frozen=True, slots=True)
class LengthFigures:
    """Length of stay in nights (rules.md, Length of stay).

    Attributes:
        bounds: The upper bound of each band in nights but the last, which is open.
        counts: The number of stays in each band: one more than `bounds`.
        median: In nights, None where there is no stay.
        mean: In nights, to four decimals, None where there is no stay.
        longest: In nights, None where there is no stay.
    """

    bounds: tuple[int, ...]
    counts: tuple[int, ...]
    median: Decimal | None
    mean: Decimal | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the cost claim: summed exactly, and rounded half up to the minor unit once.

    Attributes:
        nights: How much is paid for: person-nights, person-days, nights of places; of a sum that is spread over a
            period, the days of it; 1 of a sum that is due.
        rate: What is paid for each of them, or the whole sum.
        correction_of: The issued month that the line corrects, `YYYY-MM`; None for what is of this month.
        kind: What is paid for; None in what an earlier Konak has issued: what the programme counts.
        currency: ISO 4217; empty in what an earlier Konak has issued: that of the claim.
        places: How many are held ready.
        of: The days of the period over which the sum is spread; 0 where nothing is spread.
        purpose: What the sum is for, as the agreement calls it.
    """

    nights: int
    rate: Decimal
    amount: Decimal
    correction_of: str | None = None
    kind: PaymentKind | None = field(default=None, metadata=LATER)
    currency: str = field(default="", metadata=LATER)
    places: int | None = field(default=None, metadata=LATER)
    of: int = field(default=0, metadata=LATER)
    purpose: str = field(default="", metadata=LATER)

    @property
    def is_by_person(self) -> bool:
        """Whether it tells how many people were there."""
        return self.kind is None or self.kind.is_by_person


@dataclass(frozen=True, slots=True)
class Total:
    """What the lines of one currency add up to."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Claim:
    """What the partner owes for the month: lines, and a total for each currency.

    Attributes:
        currency: Of the first total.
        total: The first total.
        unrated_nights: Person-nights or days on which no rate was in force, where the agreement pays by them.
        others: The totals of further currencies.
    """

    currency: str
    lines: tuple[ClaimLine, ...]
    total: Decimal
    unrated_nights: int
    others: tuple[Total, ...] = field(default=(), metadata=LATER)

    @property
    def totals(self) -> tuple[Total, ...]:
        """Of each currency."""
        return (Total(self.currency, self.total), *self.others)

    def whole_lines(self, counting: CountingRule) -> tuple[ClaimLine, ...]:
        """The lines, each with its kind and its currency, also where an earlier Konak has issued them.

        Args:
            counting: The counting rule under which they were issued.
        """
        return tuple(
            replace(line, kind=line.kind or counted_kind(counting), currency=line.currency or self.currency)
            for line in self.lines
        )


def counted_kind(counting: CountingRule) -> PaymentKind:
    """What is paid by the person under a counting rule."""
    return PaymentKind.PERSON_DAY if counting is CountingRule.DAYS else PaymentKind.PERSON_NIGHT


def number_of(month: Month, revision: int) -> str:
    """The number of a report within its programme: 2026-10, and 2026-10 r2 for what replaces it."""
    return str(month) if revision == 1 else f"{month} r{revision}"


@dataclass(frozen=True, slots=True)
class Issue:
    """What stands on an issued paper beside its figures.

    Attributes:
        trail_head: The hash of the last entry of the trail when it was issued.
        changed: The names of the figures that the revision changed (rules.md, Issued months).
        reason: Why it was issued again; empty for the first.
        before: The figures of the revision before, None for the first.
    """

    month: Month
    revision: int
    issued_on: date
    trail_head: str
    issued_by: str
    changed: tuple[str, ...] = ()
    reason: str = ""
    before: "MonthFigures | None" = None

    @property
    def number(self) -> str:
        """Its number within the programme."""
        return number_of(self.month, self.revision)

    @property
    def replaces(self) -> str | None:
        """The number of the revision before, None for the first."""
        return number_of(self.month, self.revision - 1) if self.revision > 1 else None


Counts = tuple[tuple[str, int], ...]
"""Counts by a key, the highest first, then by key; those by age group in the order of `AGE_BANDS`, all of them.

Keys are values of the vocabularies, ISO 3166 alpha-2, age groups, or `unknown`.
"""

AGE_BANDS = ("0-5", "6-11", "12-17", "18-24", "25-39", "40-59", "60+", "unknown")
"""The age groups of the report in full years, in this order."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a section of the report that has no other figures.

    Attributes:
        name: Of the section's figures, as `models.rules.wording.FIGURES` has it.
        counts: By keys that `models.rules.tallies` puts into words. A key that is missing was not counted.
    """

    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a section that tells of people one by one, by their numbers.

    Attributes:
        section: A `ReportSection`.
        number: Of the resident.
        days: The dates of the line, as its section has them.
        count: Days or nights.
        keys: What else is said, in codes.
    """

    section: str
    number: str
    days: tuple[date | None, ...]
    count: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What of the month before is told beside a month, as it was known when the month was drawn."""

    admissions: int
    departures: int
    person_nights: int
    past_limit: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """An earlier month that was issued again since the report before this one.

    Attributes:
        number: Of the revision.
        issued_on: When it was issued.
        changed: The names of the figures that it changed.
    """

    number: str
    issued_on: date
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Everything that a month's report of a programme says.

    Attributes:
        cut_off: The day before which events count: the first of the next month, or today while the month runs.
        on_roll_at_end: The roll at 00:00 of the cut-off.
        roll_by_night: One number for each night of the month; 0 from the cut-off on.
        person_nights: By the rule `nights` with absences `always`: the sum of `roll_by_night`.
        person_days: By the rule `days`: both ends count, once per person and date.
        counted: By the programme's own counting and absences rule: what the claim is reckoned from.
        average: Person-nights over the nights of the month that are over, to four decimals.
        highest: The highest roll of a night.
        highest_on: The first night that had it, None where nobody was there.
        departures_by: Pairs of departure kind and destination, each with its count.
        emergencies: Emergency arrivals who were on the roll in the month and are not yet cured.
        start_by_age: The roll at the start by age on the day before: `present_by_age` of the month before. It stands on
            no paper; what may be shown is judged by it.
        review_every: The days between reviews as they were agreed; None in what an earlier Konak has issued.
        past_limit: The days past its limit of each stay on the roll at the end, as of the last day, the most first.
        reviews_held: Reviews held in the month.
        reviews_late: Reviews that were due by the end of the month and not held.
        tallies: The counts of the further sections that the programme has chosen.
        listed: What these sections tell of people one by one.
        last_month: What of the month before stands beside it; None: nothing is told of it.
        corrected: The earlier months that were issued again since the last report.
    """

    month: Month
    heading: Heading
    cut_off: date
    on_roll_at_start: int
    admissions: int
    departures: int
    on_roll_at_end: int
    roll_by_night: tuple[int, ...]
    person_nights: int
    person_days: int
    person_nights_min_one: int
    same_day_stays: int
    counted: int
    average: Decimal
    highest: int
    highest_on: date | None
    places: PlaceFigures
    admissions_by_nationality: Counts
    admissions_by_sex: Counts
    admissions_by_age: Counts
    present_by_nationality: Counts
    present_by_sex: Counts
    present_by_age: Counts
    departures_by: tuple[tuple[str, str, int], ...]
    departures_by_country: Counts
    departures_by_nationality: Counts
    departures_by_sex: Counts
    departures_by_age: Counts
    length_present: LengthFigures
    length_departed: LengthFigures
    past_limit: tuple[int, ...]
    reviews_held: int
    reviews_late: int
    emergencies: int
    claim: Claim | None
    start_by_age: Counts = ()
    review_every: int | None = field(default=None, metadata=LATER)
    tallies: tuple[Tally, ...] = field(default=(), metadata=LATER)
    listed: tuple[Listed, ...] = field(default=(), metadata=LATER)
    last_month: LastMonth | None = field(default=None, metadata=LATER)
    corrected: tuple[Corrected, ...] = field(default=(), metadata=LATER)

    @property
    def balances(self) -> bool:
        """Whether the month balances (rules.md, The balance)."""
        return (
            self.on_roll_at_start + self.admissions - self.departures == self.on_roll_at_end
            and sum(self.roll_by_night) == self.person_nights
        )

    @property
    def claimed(self) -> tuple[ClaimLine, ...]:
        """The lines of its claim, whole; none where nothing is claimed."""
        return self.claim.whole_lines(self.heading.counting_rule) if self.claim else ()

    def to_json(self) -> str:
        """Canonical JSON: sorted keys, no spaces, decimals and dates as texts."""
        return json.dumps(_plain(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> "MonthFigures":
        """Read back what `to_json` wrote: equal to what was written, to the byte when written again.

        Raises:
            ValueError: The text is no JSON, or not what `to_json` writes.
        """
        return cast("MonthFigures", _rebuilt(cls, json.loads(text)))


class IssuedClaim(NamedTuple):
    """What of the figures of an issued month its claim is judged by."""

    heading: Heading
    lines: tuple[ClaimLine, ...]

    @classmethod
    def read(cls, text: str) -> "IssuedClaim":
        """Read it from what `MonthFigures.to_json` wrote, which is quicker than to read it all.

        Raises:
            ValueError: As of `MonthFigures.from_json`.
        """
        read = _checked(dict, json.loads(text))
        heading = cast("Heading", _rebuilt(Heading, read.get("heading")))
        claim = cast("Claim | None", _rebuilt(Claim | None, read.get("claim")))
        return cls(heading, claim.whole_lines(heading.counting_rule) if claim else ())


def _plain(value: object) -> object:
    """A value of dataclasses and tuples as JSON has it, without the later names that say nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        named = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _plain(one) for each, one in named if not (each.metadata and one == each.default)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


_T = TypeVar("_T")
_PLAIN = (int, str)


def _rebuilt(kind: object, raw: object) -> object:
    """A value of a type, from what `to_json` made of it; nothing is dropped.

    A name that is missing is taken by its default, so that months issued before the name was there can be read.

    Raises:
        ValueError: The value is not of that type.
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return None if raw is None else _rebuilt(inner, raw)
    if origin is tuple:
        return _rebuilt_tuple(arguments, _checked(list, raw))
    if not isinstance(kind, type):
        raise TypeError("figures hold no such type")
    if is_dataclass(kind):
        values = _checked(dict, raw)
        hints = _hints(kind)
        needed = {each.name for each in fields(kind) if each.default is MISSING}
        if not needed <= values.keys() <= hints.keys():
            raise ValueError("figures with other names than these")
        return kind(**{name: _rebuilt(hints[name], value) for name, value in values.items()})
    if issubclass(kind, Decimal):
        try:
            return Decimal(_checked(str, raw))
        except InvalidOperation as error:
            raise ValueError("figures with a number that is none") from error
    if issubclass(kind, date):
        return date.fromisoformat(_checked(str, raw))
    return kind(_checked(str, raw)) if issubclass(kind, StrEnum) else _checked(kind, raw)


def _rebuilt_tuple(kinds: tuple[object, ...], raw: list[object]) -> tuple[object, ...]:
    if kinds[-1] is Ellipsis:
        if kinds[0] in _PLAIN and set(map(type, raw)) <= {kinds[0]}:
            return tuple(raw)
        return tuple(_rebuilt(kinds[0], item) for item in raw)
    return tuple(_rebuilt(kind, item) for kind, item in zip(kinds, raw, strict=True))


@cache
def _hints(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)


def _checked(kind: type[_T], raw: object) -> _T:
    if type(raw) is not kind:
        raise ValueError("figures of another type than these")
    return raw
