"""How small counts are hidden: what a table shows leaves each of them open (rules.md, Disclosure)."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from models.rules.figures import Claim, ClaimLine, Counts, PlaceFigures
from models.rules.small_counts import Cell, Cells, Level, divided, level_of, shown_month
from models.rules.vocabulary import CountingRule, PaymentKind, PlacesRule
from models.text import Message, translator
from tests.reports import samples
from tests.reports.test_monthly import busy


def words(cells: Cells | Message) -> str:
    """A table as it is shown."""
    english = translator("en")
    return english.render(cells) if isinstance(cells, Message) else " ".join(english.value(cell) for _, cell in cells)


def shown(*counts: int, k: int = 5) -> str:
    return words(divided(tuple((str(key), count) for key, count in enumerate(counts)), k))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((40, 9, 12, 0), "40 9 12 0"),
        ((40, 3, 2, 0), "40 <5 <5 0"),
        ((40, 3, 9), "5 or more <5 5 or more"),
        ((40, 1, 1), "5 or more <5 <5"),
        ((4, 4), "Not divided up: it would give small counts away."),
        ((6, 1), "Not divided up: it would give small counts away."),
        ((2, 1), "Fewer than 5 persons: not divided up."),
        ((0, 0), "0 0"),
    ],
)
def test_a_table_is_shown_as_far_as_its_total_gives_nothing_away(counts: tuple[int, ...], said: str) -> None:
    assert shown(*counts) == said


@pytest.mark.parametrize(("k", "cells", "most"), [(3, 2, 14), (3, 3, 9), (3, 4, 7), (4, 3, 10), (5, 2, 20), (5, 3, 13)])
def test_whoever_knows_total_and_rule_can_take_every_small_count_for_any_of_1_to_k_less_1(
    k: int, cells: int, most: int
) -> None:
    seen = defaultdict(set)
    for counts in product(range(most + 1), repeat=cells):
        seen[sum(counts), shown(*counts, k=k)].add(counts)
    for (total, said), possible in seen.items():
        if total > most or "not divided" in said.casefold():
            continue  # not all tables of this total were tried, or no cell is named
        for place in range(cells):
            values = {counts[place] for counts in possible}
            assert values.isdisjoint(range(1, k)) or values >= set(range(1, k)), (total, said)


@pytest.mark.parametrize("k", [3, 5])
def test_a_table_of_two_groups_that_is_left_out_leaves_each_of_them_open(k: int) -> None:
    for total in range(k, 6 * k):
        left_out = [n for n in range(total + 1) if level_of([n, total - n], k) is Level.LEFT_OUT]
        assert len(left_out) != 1, total


def test_that_three_people_are_not_divided_up_does_not_tell_that_they_are_of_three_groups() -> None:
    assert level_of([3], 3) is Level.WHOLE
    assert level_of([1, 1, 1], 3) is level_of([2, 1], 3) is Level.LEFT_OUT


def test_which_of_the_hidden_counts_is_the_highest_is_not_told_by_their_order() -> None:
    def present(counts: Counts) -> Cells | Message:
        heading = replace(samples.HEADING, small_count=5)
        return shown_month(samples.october(heading=heading, present_by_nationality=counts)).present_by_nationality

    assert present((("VN", 20), ("AF", 3), ("NG", 2))) == present((("VN", 20), ("NG", 3), ("AF", 2)))


def test_where_nothing_is_hidden_all_is_as_it_is() -> None:
    figures = samples.october()
    as_shown = shown_month(figures)
    assert not as_shown.hides
    assert as_shown.digest == figures.digest
    assert as_shown.departures_by_country == figures.departures_by_country
    assert as_shown.past_limit == figures.past_limit


def test_a_month_without_anybody_hides_nothing_of_it() -> None:
    month = samples.empty(samples.october().month)
    as_shown = shown_month(replace(month, heading=replace(month.heading, small_count=5)))
    assert (as_shown.admissions, as_shown.departures, as_shown.on_roll_at_end) == (0, 0, 0)
    assert as_shown.roll_by_night == month.roll_by_night


@pytest.mark.parametrize("rule", CountingRule)
def test_no_two_ways_of_counting_tell_by_their_difference_how_few_came_and_went_on_one_day(rule: CountingRule) -> None:
    figures = busy(same_day_stays=1, person_nights=1045, person_nights_min_one=1046, person_days=1110)
    counted = {
        CountingRule.NIGHTS: figures.person_nights,
        CountingRule.DAYS: figures.person_days,
        CountingRule.NIGHTS_MIN_ONE: figures.person_nights_min_one,
    }
    heading = replace(figures.heading, counting_rule=rule)
    as_shown = shown_month(replace(figures, heading=heading, counted=counted[rule]))
    assert (as_shown.admissions, as_shown.departures, as_shown.counted) == (60, 65, counted[rule])
    assert words((("same day", as_shown.same_day_stays),)) == "<3"
    with_them = isinstance(as_shown.person_nights_min_one, int) or rule is CountingRule.NIGHTS_MIN_ONE
    without = isinstance(as_shown.person_nights, int) or isinstance(as_shown.person_days, int)
    assert not (with_them and without)


def said(*cells: Cell | None) -> list[str]:
    return [translator("en").value(cell) for cell in cells]


def test_counts_that_stand_alone_are_shown_by_their_class_and_of_few_people_not_at_all() -> None:
    many = busy(reviews_held=11, reviews_late=0, emergencies=1)
    as_shown = shown_month(many)
    assert said(as_shown.reviews_held, as_shown.reviews_late, as_shown.emergencies) == ["3 or more", "0", "<3"]
    for few in (replace(many, on_roll_at_end=2), replace(many, on_roll_at_start=1)):
        as_shown = shown_month(few)
        assert said(as_shown.reviews_held, as_shown.reviews_late, as_shown.emergencies) == [
            "not shown",
            "0",
            "not shown",
        ]


@pytest.mark.parametrize(
    ("rule", "held", "end", "left"),
    [
        (PlacesRule.CONCURRENT, 0, 60, "40"),
        (PlacesRule.CONCURRENT, 3, 60, "40"),
        (PlacesRule.CONCURRENT, 2, 60, "not shown"),
        (PlacesRule.CONCURRENT, 0, 2, "not shown"),
        (PlacesRule.CUMULATIVE, 0, 60, "not shown"),
    ],
)
def test_places_left_are_told_only_where_neither_who_is_there_nor_who_is_expected_is_few(
    rule: PlacesRule, held: int, end: int, left: str
) -> None:
    figures = replace(busy(), on_roll_at_end=end, places=PlaceFigures(rule, 100, None, None, 61, held, 40))
    places = shown_month(figures).places
    assert said(places.left) == [left]
    if rule is PlacesRule.CUMULATIVE:
        assert said(places.used) == ["not shown"]


def test_no_agreed_number_of_places_is_shown_as_none() -> None:
    figures = replace(busy(), places=PlaceFigures(PlacesRule.CUMULATIVE, None, None, None, 61, 0, None))
    assert shown_month(figures).places.left is None


@pytest.mark.parametrize(("came", "is_told"), [(9, True), (8, False)])
def test_flows_are_told_from_so_many_on_that_twice_k_more_came_than_the_tables_could_ask_for(
    came: int, is_told: bool
) -> None:
    """Three groups of "<3" may each have grown from 1 to 2, so that 3 could have come; with 6 more, 9 are told of."""
    people = (("AF", 30), ("VN", 2), ("NG", 2), ("CU", 1))
    from_afghanistan, men = (("AF", came),), (("M", came),)
    figures = busy()
    figures = replace(
        figures,
        on_roll_at_start=35,
        on_roll_at_end=35,
        admissions=came,
        departures=came,
        admissions_by_nationality=from_afghanistan,
        departures_by_nationality=from_afghanistan,
        admissions_by_sex=men,
        departures_by_sex=men,
        start_by_age=samples.ages(from_25=35),
        present_by_nationality=people,
        admissions_by_age=samples.ages(from_25=came),
        departures_by_age=samples.ages(from_25=came),
    )
    assert isinstance(shown_month(figures).admissions, int) is is_told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, {"nationality", "sex", "age"}),
        ({"present": 2, "admissions": 2}, set()),
        ({"departures": 2}, set()),
        ({"present": 3, "admissions": 2}, set()),
        ({"present": 2, "admissions": 4, "departures": 4}, set()),
        ({"present": 5, "admissions": 3, "departures": 3}, {"nationality", "sex", "age"}),
    ],
)
def test_who_came_and_went_is_divided_up_only_where_no_group_is_small_before_then_or_after(
    changes: dict[str, int], told: set[str]
) -> None:
    """The second group holds so many of those who are there, came and went; at the start what follows from these."""
    totals = {"present": 35, "admissions": 60, "departures": 65}
    few = {name: changes.get(name, 0) for name in totals}
    groups: dict[str, Any] = {}
    for name, total in totals.items():
        rest = total - few[name]
        groups[f"{name}_by_nationality"] = (("AF", rest), ("CU", few[name]))
        groups[f"{name}_by_sex"] = (("M", rest), ("F", few[name]))
        groups[f"{name}_by_age"] = samples.ages(from_25=rest, from_18=few[name])
    second = few["present"] - few["admissions"] + few["departures"]
    groups["start_by_age"] = samples.ages(from_25=40 - second, from_18=second)
    as_shown = shown_month(replace(busy(), **groups))
    assert as_shown.admissions == 60
    for by in ("nationality", "sex", "age"):
        for move in ("admissions", "departures"):
            cells = getattr(as_shown, f"{move}_by_{by}")
            assert (cells == groups[f"{move}_by_{by}"]) is (by in told), (move, by)
            assert isinstance(cells, Message) is (by not in told)


@pytest.mark.parametrize(
    ("by_kind", "by_country", "told"),
    [
        ((("voluntary_return", "country_of_origin", 65),), (("AF", 65),), True),
        ((("voluntary_return", "country_of_origin", 63), ("removal", "partner", 2)), (("AF", 65),), False),
        ((("voluntary_return", "country_of_origin", 65),), (("AF", 63), ("US", 2)), False),
        ((("voluntary_return", "country_of_origin", 62), ("removal", "partner", 3)), (("AF", 62), ("US", 3)), True),
    ],
)
def test_how_and_where_people_went_is_told_only_where_neither_kind_nor_country_is_small(
    by_kind: tuple[tuple[str, str, int], ...], by_country: Counts, told: bool
) -> None:
    figures = busy(departures_by=by_kind, departures_by_country=by_country)
    as_shown = shown_month(figures)
    assert (as_shown.departures_by == by_kind) is (as_shown.departures_by_country == by_country) is told
    assert isinstance(as_shown.departures_by, Message) is not told


def test_days_past_the_limit_are_told_by_their_number_alone_and_nobody_past_it_as_nobody() -> None:
    assert shown_month(busy(past_limit=())).past_limit == ()
    for past, word in (((9,), "<3"), ((9, 5, 2), "3 or more")):
        told = shown_month(busy(past_limit=past)).past_limit
        assert isinstance(told, Message)
        assert translator("en").render(told) == word


@pytest.mark.parametrize(
    ("roll", "shown_nights", "shown_roll", "shown_counted"),
    [
        ((40,) * 30 + (35,), True, True, True),
        ((40,) * 30 + (2,), True, False, True),
        ((2,) * 30 + (35,), True, False, True),
        ((0,) * 30 + (35,), True, True, True),
    ],
)
def test_nights_with_few_people_are_told_in_sum_and_not_one_by_one(
    roll: tuple[int, ...], shown_nights: bool, shown_roll: bool, shown_counted: bool
) -> None:
    as_shown = shown_month(busy(roll_by_night=roll, person_nights=sum(roll), counted=sum(roll)))
    assert (as_shown.person_nights == sum(roll)) is shown_nights
    assert (as_shown.roll_by_night == roll) is shown_roll
    assert (as_shown.counted == sum(roll)) is shown_counted


def test_nights_of_few_people_alone_or_of_a_month_that_still_runs_are_not_told() -> None:
    few = {"roll_by_night": (2,) * 31, "person_nights": 62, "counted": 62}
    alone = shown_month(replace(busy(**few), on_roll_at_start=2, on_roll_at_end=2))
    running = busy(roll_by_night=(40,) * 9 + (2,) * 22, cut_off=date(2026, 10, 15))
    long_ago = busy(roll_by_night=(40,) * 14 + (2,) * 17, cut_off=date(2026, 10, 15))
    assert said(alone.person_nights, alone.counted) == ["not shown", "not shown"]
    assert said(shown_month(running).person_nights, shown_month(running).counted) == ["not shown", "not shown"]
    assert shown_month(long_ago).person_nights == long_ago.person_nights, "nights to come are no nights of few"


def _claim(*lines: ClaimLine, unrated: int = 0) -> Claim:
    return Claim("EUR", lines, sum((line.amount for line in lines), Decimal(0)), unrated)


NIGHTS = ClaimLine(1240, Decimal(1), Decimal(1240))
YEARLY = ClaimLine(31, Decimal(9), Decimal(9), kind=PaymentKind.YEAR)


@pytest.mark.parametrize(
    ("claim", "with_few", "with_none_but_few"),
    [
        (_claim(NIGHTS), True, False),
        (_claim(YEARLY), True, True),
        (_claim(NIGHTS, YEARLY), True, False),
        (_claim(NIGHTS, replace(NIGHTS, rate=Decimal(2))), False, False),
        (_claim(NIGHTS, replace(NIGHTS, correction_of="2026-09")), True, False),
        (_claim(NIGHTS, unrated=5), False, False),
        (_claim(YEARLY, unrated=5), True, False),
        (_claim(replace(NIGHTS, kind=PaymentKind.PERSON_DAY)), False, False),
    ],
)
def test_a_claim_is_told_unless_it_tells_of_nights_of_few_or_counts_otherwise(
    claim: Claim, with_few: bool, with_none_but_few: bool
) -> None:
    nights = {"claim": claim, "roll_by_night": (40,) * 30 + (2,), "person_nights": 1202, "counted": 1202}
    figures = busy(**nights)
    figures = replace(figures, heading=replace(figures.heading, counting_rule=CountingRule.NIGHTS))
    assert (shown_month(figures).claim == claim) is with_few
    alone = replace(
        figures, on_roll_at_start=2, on_roll_at_end=2, roll_by_night=(2,) * 31, person_nights=62, counted=62
    )
    assert (shown_month(alone).claim == claim) is with_none_but_few
    many = replace(figures, roll_by_night=(40,) * 31, person_nights=1240, counted=1240)
    own = all(line.kind in (None, PaymentKind.PERSON_NIGHT, PaymentKind.YEAR) for line in claim.lines)
    assert (shown_month(many).claim == claim) is own
