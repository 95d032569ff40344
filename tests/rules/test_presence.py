"""Counting presence: the worked examples of rules.md, and what must hold for any stays."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.months import AbsenceRow, StayRow
from models.rules.presence import Absence, Span, Stayed, by_date, length
from models.rules.time import Interval, Moment
from models.rules.vocabulary import AbsencesRule, CountingRule
from tests.rules.strategies import MONTH, absence_terms, absences_of, stay_lists

Window = tuple[date, date]
FEBRUARY = (MONTH.first, MONTH.end)
MAY = (date(2026, 5, 1), date(2026, 6, 1))
BELGRADE = ZoneInfo("Europe/Belgrade")


def counted(rule: CountingRule, arrived_on: date, departed_on: date | None) -> int:
    return sum(counts([Span(1, 1, arrived_on, departed_on)], rule=rule, window=(date(2000, 1, 1), date(2040, 1, 1))))


def counts(
    stays: Sequence[Stayed],
    absences: Sequence[Absence] = (),
    *,
    window: Window = FEBRUARY,
    rule: CountingRule = CountingRule.NIGHTS,
    terms: tuple[AbsencesRule, int | None] = (AbsencesRule.ALWAYS, None),
) -> list[int]:
    return by_date(
        stays,
        absences,
        counting=rule,
        first=window[0],
        end=window[1],
        absences_rule=terms[0],
        absences_first=terms[1],
    )


def dates_that_count(numbers: list[int]) -> list[int]:
    """The days of a month on which somebody counts."""
    return [day for day, number in enumerate(numbers, start=1) if number]


@pytest.mark.parametrize(
    ("rule", "expected"), [(CountingRule.NIGHTS, 4), (CountingRule.DAYS, 5), (CountingRule.NIGHTS_MIN_ONE, 4)]
)
def test_in_on_1_august_and_out_on_5_august(rule: CountingRule, expected: int) -> None:
    assert counted(rule, date(2026, 8, 1), date(2026, 8, 5)) == expected


@pytest.mark.parametrize(
    ("rule", "expected"), [(CountingRule.NIGHTS, 0), (CountingRule.DAYS, 1), (CountingRule.NIGHTS_MIN_ONE, 1)]
)
def test_in_and_out_on_20_september(rule: CountingRule, expected: int) -> None:
    day = date(2026, 9, 20)
    assert counted(rule, day, day) == expected
    window = (date(2026, 9, 1), date(2026, 10, 1))
    assert sum(counts([Span(1, 1, day, day)], rule=rule, window=window)) == expected


def test_in_at_23_59_on_20_september_and_out_at_00_01_on_21_september_is_one_night() -> None:
    arrival = Moment.of(datetime(2026, 9, 20, 23, 59, tzinfo=BELGRADE), BELGRADE)
    departure = Moment.of(datetime(2026, 9, 21, 0, 1, tzinfo=BELGRADE), BELGRADE)
    assert counted(CountingRule.NIGHTS, arrival.on, departure.on) == 1


def test_out_on_3_march_at_09_00_and_in_again_at_17_00_counts_3_march_once_by_days() -> None:
    third = date(2026, 3, 3)
    spans = [Span(1, 7, date(2026, 3, 1), third), Span(2, 7, third, date(2026, 3, 6))]
    march = (date(2026, 3, 1), date(2026, 4, 1))
    assert sum(counts(spans, rule=CountingRule.DAYS, window=march)) == 6
    assert sum(counts([spans[0], spans[1]._replace(resident_id=8)], rule=CountingRule.DAYS, window=march)) == 7
    assert sum(counts(spans, window=march)) == 5


def test_a_third_stay_that_touches_the_second_counts_their_common_date_once_by_days() -> None:
    """Whatever lies between the first stay and them."""
    spans = [
        Span(number, 1, date(2026, 2, a), date(2026, 2, b)) for number, (a, b) in enumerate([(1, 2), (9, 11), (11, 12)])
    ]
    found = counts(spans, rule=CountingRule.DAYS, window=(date(2026, 2, 1), date(2026, 2, 20)))
    assert dates_that_count(found) == [1, 2, 9, 10, 11, 12]
    assert max(found) == 1


def test_in_on_27_march_2026_and_out_on_30_march_is_three_nights_though_the_clocks_change() -> None:
    arrival = Moment.of(datetime(2026, 3, 27, 12, 0, tzinfo=UTC), BELGRADE)
    departure = Moment.of(datetime(2026, 3, 30, 11, 0, tzinfo=UTC), BELGRADE)
    assert counted(CountingRule.NIGHTS, arrival.on, departure.on) == 3


def test_in_on_28_february_2028_and_out_on_1_march_is_two_nights() -> None:
    assert counted(CountingRule.NIGHTS, date(2028, 2, 28), date(2028, 3, 1)) == 2


def test_15_august_to_30_september_2014_is_47_days() -> None:
    assert counted(CountingRule.DAYS, date(2014, 8, 15), date(2014, 9, 30)) == 47


ABSENT = Absence(1, date(2026, 5, 10), date(2026, 5, 15))


def nights_of_may(absence: Absence, rule: AbsencesRule, first_nights: int | None = None) -> list[int]:
    """The nights of May 2026 that count for a stay since April."""
    stay = Span(1, 1, date(2026, 4, 1), None)
    return dates_that_count(counts([stay], [absence], window=MAY, terms=(rule, first_nights)))


def test_absence_from_10_to_15_may_first_three_counts_the_nights_of_10_11_and_12() -> None:
    assert nights_of_may(ABSENT, AbsencesRule.FIRST, 3) == [*range(1, 13), *range(15, 32)]


def test_absence_never_counts_none_of_its_nights_and_always_all_of_them() -> None:
    assert nights_of_may(ABSENT, AbsencesRule.NEVER) == [*range(1, 10), *range(15, 32)]
    assert nights_of_may(ABSENT, AbsencesRule.ALWAYS) == [*range(1, 32)]


def test_the_first_nights_of_an_absence_count_from_its_own_start_in_the_month_before() -> None:
    absence = Absence(1, date(2026, 4, 29), date(2026, 5, 6))
    assert nights_of_may(absence, AbsencesRule.FIRST, 3) == [1, *range(6, 32)]
    assert nights_of_may(absence, AbsencesRule.FIRST, 2) == [*range(6, 32)]


def test_an_absence_that_ends_on_the_day_it_began_takes_no_night() -> None:
    assert nights_of_may(Absence(1, date(2026, 5, 10), date(2026, 5, 10)), AbsencesRule.NEVER) == [*range(1, 32)]


def test_an_open_absence_runs_on_and_ends_with_the_stay() -> None:
    assert nights_of_may(Absence(1, date(2026, 5, 20), None), AbsencesRule.NEVER) == [*range(1, 20)]
    stay = Span(1, 1, date(2026, 5, 1), date(2026, 5, 25))
    away = [Absence(1, date(2026, 5, 20), None)]
    days = counts([stay], away, window=MAY, rule=CountingRule.DAYS, terms=(AbsencesRule.NEVER, None))
    assert dates_that_count(days) == [*range(1, 20), 25]


def test_an_absence_of_one_stay_does_not_take_a_date_that_another_stay_of_the_person_counts() -> None:
    stays = [Span(1, 7, date(2026, 5, 1), date(2026, 5, 10)), Span(2, 7, date(2026, 5, 10), None)]
    away = [Absence(2, date(2026, 5, 10), date(2026, 5, 12))]
    window, never = (date(2026, 5, 1), date(2026, 5, 15)), (AbsencesRule.NEVER, None)
    days = counts(stays, away, window=window, rule=CountingRule.DAYS, terms=never)
    assert dates_that_count(days) == [*range(1, 11), 12, 13, 14]


def test_the_length_of_an_open_stay_runs_to_the_cut_off() -> None:
    assert length(date(2026, 6, 26), None, date(2026, 11, 21)) == 148
    assert length(date(2026, 6, 26), date(2026, 7, 1), date(2026, 11, 21)) == 5


def counts_on(rule: CountingRule, row: StayRow, day: date) -> bool:
    """The table of rules.md, word for word."""
    end = row.departed_on or date.max
    match rule:
        case CountingRule.NIGHTS:
            return row.arrived_on <= day < end
        case CountingRule.DAYS:
            return row.arrived_on <= day <= end
        case CountingRule.NIGHTS_MIN_ONE:
            return row.arrived_on <= day < end or row.arrived_on == day == end


def is_taken_out(
    row: StayRow, day: date, absences: list[AbsenceRow], rule: AbsencesRule, first_nights: int | None
) -> bool:
    """Whether an absence that does not count covers the date."""
    for absence in absences:
        if absence.stay_id == row.stay_id and rule is not AbsencesRule.ALWAYS:
            end = min(absence.until_on or date.max, row.departed_on or date.max)
            into = (day - absence.from_on).days
            if absence.from_on <= day < end and (rule is AbsencesRule.NEVER or into >= (first_nights or 0)):
                return True
    return False


@given(st.data(), stay_lists(), st.sampled_from(CountingRule), absence_terms)
def test_the_difference_array_counts_what_the_table_says_date_by_date(
    data: st.DataObject, stays: list[StayRow], rule: CountingRule, terms: tuple[AbsencesRule, int | None]
) -> None:
    absences = data.draw(absences_of(stays))
    expected = []
    for offset in range(MONTH.nights):
        day = MONTH.first + timedelta(days=offset)
        there = [row for row in stays if counts_on(rule, row, day) and not is_taken_out(row, day, absences, *terms)]
        expected.append(len({row.resident_id for row in there}) if rule is CountingRule.DAYS else len(there))
    assert counts(stays, absences, rule=rule, terms=terms) == expected


@given(stay_lists(), st.sampled_from([CountingRule.NIGHTS, CountingRule.NIGHTS_MIN_ONE]))
def test_nights_summed_by_person_equal_nights_summed_by_day(stays: list[StayRow], rule: CountingRule) -> None:
    by_person = sum(sum(counts([row], rule=rule)) for row in stays)
    assert by_person == sum(counts(stays, rule=rule))


@given(stay_lists())
def test_days_are_at_least_nights_and_so_are_nights_with_at_least_one_a_stay(stays: list[StayRow]) -> None:
    by_rule = {rule: sum(counts(stays, rule=rule)) for rule in CountingRule}
    assert by_rule[CountingRule.DAYS] >= by_rule[CountingRule.NIGHTS]
    assert by_rule[CountingRule.NIGHTS_MIN_ONE] >= by_rule[CountingRule.NIGHTS]


@given(st.data(), stay_lists(), absence_terms)
def test_absences_can_only_take_nights_away(
    data: st.DataObject, stays: list[StayRow], terms: tuple[AbsencesRule, int | None]
) -> None:
    absences = data.draw(absences_of(stays))
    nothing = counts(stays, absences, terms=(AbsencesRule.NEVER, None))
    some = counts(stays, absences, terms=terms)
    everything = counts(stays, absences)
    assert all(low <= middle <= high for low, middle, high in zip(nothing, some, everything, strict=True))


moments = st.builds(
    lambda day, minute: Moment(
        day, None if minute is None else datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    ),
    st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    st.one_of(st.none(), st.integers(0, 1439)),
)
intervals = st.builds(Interval, moments, st.one_of(st.none(), moments))


@given(intervals, intervals)
def test_overlap_is_the_same_from_either_side(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == other.overlaps(one)


@given(intervals, intervals)
def test_one_stay_that_ends_when_the_next_begins_does_not_overlap_it(one: Interval, other: Interval) -> None:
    if one.end is not None and not one.end.surely_before(one.start):
        assert not one.overlaps(Interval(one.end, other.end))
