"""A period is the sum of its months, and tells nothing that they do not tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Refused
from models.rules.figures import MonthFigures
from models.rules.months import StayRow, Terms, month_figures
from models.rules.periods import sums, table, total, whole_months
from models.rules.small_counts import NOT_DIVIDED, NOT_SHOWN, shown_month
from models.rules.time import Month
from models.text import Message, message
from tests.reports.samples import HEADING

FIRST = Month(2026, 1)
_DAYS = st.integers(min_value=-40, max_value=200)
_STAYS = st.lists(
    st.tuples(_DAYS, st.one_of(st.none(), st.integers(min_value=0, max_value=90)), st.sampled_from(["M", "F", None]),
              st.sampled_from(["AF", "VN", None])),
    max_size=25,
)  # fmt: skip


def _stay(number: int, begin: int, nights: int | None, sex: str | None, nationality: str | None) -> StayRow:
    arrived = FIRST.first + timedelta(days=begin)
    gone = None if nights is None else arrived + timedelta(days=nights)
    kind = None if gone is None else "voluntary_return"
    return StayRow(number, number, arrived, gone, kind, None, None, nationality, sex)


def _figures(stays: list[StayRow], month: Month, small_count: int = 0) -> MonthFigures:
    heading = replace(HEADING, small_count=small_count)
    here = [each for each in stays if each.arrived_on < month.end]
    here = [each for each in here if each.departed_on is None or each.departed_on >= month.first]
    return month_figures(month, heading, Terms(), here, cut_off=month.end)


@settings(max_examples=60)
@given(drawn=_STAYS, count=st.integers(min_value=1, max_value=12))
def test_the_sum_of_the_months_is_the_period_whatever_the_register(
    drawn: list[tuple[int, int | None, str | None, str | None]], count: int
) -> None:
    stays = [_stay(number, *each) for number, each in enumerate(drawn)]
    months = [FIRST.next(at) for at in range(count)]
    begin, end = months[0].first, months[-1].end
    found = sums([shown_month(_figures(stays, month)) for month in months])
    came = [each for each in stays if begin <= each.arrived_on < end]
    went = [each for each in stays if each.departed_on is not None and begin <= each.departed_on < end]

    def nights(each: StayRow) -> int:
        until = end if each.departed_on is None else min(each.departed_on, end)
        return max(0, (until - max(each.arrived_on, begin)).days)

    assert (found.admissions, found.departures) == (len(came), len(went))
    assert found.person_nights == sum(map(nights, stays))
    assert found.balances
    assert found.gaps == ()
    assert not isinstance(found.admissions_by_sex, Message)
    by_sex = {key: cell for key, cell in found.admissions_by_sex if cell}
    assert by_sex == {
        key: n for key in ("M", "F", "unknown") if (n := sum((each.sex or "unknown") == key for each in came))
    }


def test_what_one_month_hides_is_hidden_in_the_period() -> None:
    stays = [_stay(number, 3 * number, 20, "M", "AF") for number in range(30)]
    months = [shown_month(_figures(stays, FIRST.next(at), small_count=5)) for at in range(3)]
    found = sums(months)
    assert any(month.admissions == NOT_SHOWN for month in months)
    assert found.admissions == NOT_SHOWN
    assert found.admissions_by_sex == NOT_DIVIDED
    assert found.balances is None


def test_a_sum_is_told_of_numbers_alone() -> None:
    assert total([1, 2, 0]) == 3
    assert total([1, message("<5")]) == NOT_SHOWN
    assert table([(("AF", 1), ("VN", 2)), (("VN", 3),)]) == (("AF", 1), ("VN", 5))
    assert table([(("AF", 1),), (("AF", message("<5")),)]) == NOT_DIVIDED
    assert table([(("AF", 1),), message("left out")]) == NOT_DIVIDED


def test_a_month_that_was_put_right_and_not_issued_again_is_a_gap() -> None:
    before, after = (shown_month(_figures([_stay(1, 3, None, "M", "AF")], FIRST.next(at))) for at in range(2))
    found = sums([replace(before, on_roll_at_end=0, admissions=0), after])
    assert found.gaps == (FIRST.next(),)
    assert found.balances is False


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 1, 2), None, "from_on"),
        (None, date(2026, 1, 30), "until_on"),
        (date(2026, 2, 1), date(2026, 1, 31), "until_on"),
    ],
)
def test_a_period_is_of_whole_months(first: date | None, last: date | None, field: str) -> None:
    with pytest.raises(Refused) as refused:
        whole_months(first, last)
    assert refused.value.field == field
    assert whole_months(date(2028, 2, 1), date(2028, 2, 29)) == (Month(2028, 2), Month(2028, 2))
