"""Programmes of a few months, made up at random, with corrections that come to light after some were issued."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from models.rules.figures import Heading, MonthFigures, counted_kind
from models.rules.money import Payment
from models.rules.months import PlaceNumbers, ReviewRow, StayRow, Terms, month_figures
from models.rules.time import Month
from models.rules.vocabulary import AbsencesRule, CountingRule, DepartureKind, Destination, PlacesRule
from tests.rules.strategies import heading

FIRST = Month(2026, 1)
Chain = list[MonthFigures]

KINDS = (
    (DepartureKind.VOLUNTARY_RETURN, Destination.COUNTRY_OF_ORIGIN, "AF"),
    (DepartureKind.ONWARD_RESETTLEMENT, Destination.THIRD_COUNTRY, "CA"),
    (DepartureKind.BACK_TO_PARTNER, Destination.PARTNER, "US"),
    (DepartureKind.ESCAPE, None, None),
)


@dataclass(frozen=True)
class _Programme:
    """What the months of a programme are reckoned from, as they were issued at one time or another."""

    head: Heading
    terms: Terms
    stays: list[StayRow]
    reviews: list[ReviewRow]
    months: int

    @property
    def chain(self) -> Chain:
        return [_figures(self.head, self.terms, self.stays, self.reviews, number) for number in range(self.months)]


def chains(seed: int) -> list[Chain]:
    """The months of a programme as they were issued last; before them, as they were issued before corrections."""
    return [each.chain for each in _programmes(seed)]


def neighbours(seed: int, place: int) -> Iterator[Chain]:
    """The months of `chains(seed)[place]`, had one person been another, or not been there, or had one come more."""
    programme = _programmes(seed)[place]
    stays = programme.stays
    for at, stay in enumerate(stays):
        others = [stay._replace(nationality=each) for each in sorted({each.nationality or "" for each in stays})]
        others += [stay._replace(sex=each) for each in ("M", "F", "X", None)]
        others += [stay._replace(birth=each) for each in sorted({each.birth or "" for each in stays})]
        changed = [[other] for other in others if other != stay]
        for instead in ([], [stay, stay._replace(stay_id=len(stays), resident_id=len(stays))], *changed):
            yield replace(programme, stays=[*stays[:at], *instead, *stays[at + 1 :]]).chain


def _programmes(seed: int) -> list[_Programme]:
    dice = random.Random(seed)
    months = dice.randint(3, 6)
    stays = _stays(dice, months)
    head = _heading(dice)
    terms = _terms(dice, head.counting_rule)
    some = dice.sample(stays, len(stays) // 4)
    reviews = [ReviewRow(stay.stay_id, stay.arrived_on, _day(dice, months)) for stay in some]
    issued = _Programme(head, terms, stays, reviews, months)
    if dice.random() < 0.5:
        return [issued]
    changed = [_corrected(dice, stay) if dice.random() < 0.1 else stay for stay in stays]
    return [replace(issued, months=dice.randint(1, months)), replace(issued, stays=changed)]


def _heading(dice: random.Random) -> Heading:
    rule = dice.choice([CountingRule.NIGHTS] * 3 + [CountingRule.DAYS, CountingRule.NIGHTS_MIN_ONE])
    return replace(heading(rule, AbsencesRule.ALWAYS), small_count=dice.choice([3, 5, 5, 10]))


def _terms(dice: random.Random, rule: CountingRule) -> Terms:
    middle = FIRST.first + timedelta(days=dice.randint(10, 80))
    kind = counted_kind(rule)
    one, later = Payment(kind, Decimal("41.00"), date(2025, 1, 1)), Payment(kind, Decimal("45.50"), middle)
    paid = dice.choice([(), (one,), (one._replace(until_on=middle), later)])
    return Terms(dice.choice([*PlacesRule, None]), 500, date(2025, 1, 1), None, review_every=30, payments=paid)


def _stays(dice: random.Random, months: int) -> list[StayRow]:
    """Who is there from before, and who comes; few or many, of few nationalities or many, staying long or short."""
    here, coming = dice.choice([0, 2, 6, 15, 40, 120]), dice.choice([0, 1, 3, 8, 25, 150])
    countries = ["AF", "SY", "VN", "NG", "CU", "IQ", "ER", "SO", "XXA"][: dice.randint(1, 9)]
    weights = [dice.choice([1, 2, 4, 30]) for _ in countries]
    leaves = dice.choice([0.05, 0.2, 0.6])
    rows: list[StayRow] = []
    for number in range(-here, round(coming * months * dice.uniform(0.5, 1.5))):
        arrived = FIRST.first - timedelta(days=dice.randint(1, 300)) if number < 0 else _day(dice, months)
        gone = _day(dice, months) if dice.random() < leaves else None
        if gone is not None and gone < arrived:
            gone = arrived if dice.random() < 0.3 else None
        kind, where, country = dice.choices(KINDS, [6, 2, 2, 1])[0]
        rows.append(
            StayRow(
                len(rows),
                len(rows),
                arrived,
                gone,
                kind if gone else None,
                where if gone else None,
                country if gone else None,
                dice.choices(countries, weights)[0],
                dice.choices(["M", "F", "X", None], [30, 10, 1, 1])[0],
                f"{dice.choice([1950, 1975, 1990, 1995, 2005, 2012, 2018, 2022])}-07-01",
                arrived + timedelta(days=dice.choice([60, 180])),
                dice.random() < 0.05,
            )
        )
        if gone is not None and dice.random() < 0.1:  # some come back, on the very day
            rows.append(rows[-1]._replace(stay_id=len(rows), arrived_on=gone, departed_on=None, departure_kind=None))
    return rows


def _day(dice: random.Random, months: int) -> date:
    return FIRST.first + timedelta(days=dice.randrange((FIRST.next(months).first - FIRST.first).days))


def _corrected(dice: random.Random, stay: StayRow) -> StayRow:
    if stay.departed_on is not None and dice.random() < 0.5:
        return stay._replace(departed_on=max(stay.arrived_on, stay.departed_on - timedelta(days=dice.randint(1, 40))))
    return stay._replace(nationality=dice.choice(["AF", "SY", "VN"]), sex=dice.choice(["M", "F"]))


def _figures(head: Heading, terms: Terms, stays: list[StayRow], reviews: list[ReviewRow], number: int) -> MonthFigures:
    month = FIRST.next(number)
    places = PlaceNumbers(len({stay.resident_id for stay in stays if stay.arrived_on < month.end}), number * 2)
    return month_figures(month, head, terms, stays, cut_off=date(2027, 1, 1), reviews=reviews, places=places)
