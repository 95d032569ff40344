"""Tests are dealt to the processes of a run whole, the long ones at the beginning of each share."""

from hypothesis import given
from hypothesis import strategies as st

from tests.dealing import dealt


def test_the_long_ones_begin_each_share() -> None:
    assert "".join(dealt("abCdeFghiJ", 3, is_long=str.isupper)) == "CabFdeJghi"


def test_the_long_ones_that_wait_for_the_demonstration_come_after_some_of_the_others() -> None:
    assert "".join(dealt("aAbBcdefghij", 1, is_long=str.isupper, waits="A".__eq__)) == "BabAcdefghij"


@given(st.text("abAB", max_size=40), st.integers(1, 5))
def test_none_is_lost_and_none_is_dealt_twice(items: str, shares: int) -> None:
    assert sorted(dealt(items, shares, is_long=str.isupper, waits="A".__eq__)) == sorted(items)
