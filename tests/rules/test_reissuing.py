"""What of an issued month is reckoned anew in a revision, and what stays as it was issued."""

from datetime import date

from models.rules.figures import Listed
from models.rules.reissuing import counts_again, lists_again, lists_differ

ISSUED = (("health", 7), ("counts", 62), ("deaths", 1))
NOW = (("open_checks", 3), ("health", 6), ("counts", 62), ("deaths", 0))


def test_a_tally_has_the_lines_with_which_it_was_issued_as_they_are_now() -> None:
    again = counts_again("safeguards", ISSUED, NOW, was_erased=False)
    assert again == (("health", 6), ("counts", 62), ("deaths", 0))


def test_a_line_that_is_not_counted_any_more_stays_and_none_comes_beside_it() -> None:
    """Beside a count with the sealed checks one without them would tell how many are sealed."""
    assert counts_again("safeguards", (("checks", 5),), NOW, was_erased=False) == (("checks", 5),)


def test_what_was_erased_with_a_person_was_counted_then() -> None:
    assert counts_again("safeguards", ISSUED, NOW, was_erased=True) == (("health", 7), ("counts", 62), ("deaths", 0))


def _annex(number: str, arrived: int, nights: int) -> Listed:
    return Listed("annexes", number, (date(2026, 10, arrived), None), nights)


def test_people_are_listed_anew_and_plans_as_they_stood() -> None:
    plan = Listed("plans", "K-1", (date(2026, 12, 5),), 0, ("removal", "ready"))
    issued, now = (_annex("K-1", 3, 29), plan), (_annex("K-2", 3, 29),)
    assert lists_again(issued, now, ()) == (_annex("K-2", 3, 29), plan)
    assert lists_differ(issued, now)
    assert not lists_differ(issued, (_annex("K-1", 3, 29),)), "what was planned is not compared"


def _away(number: str, since: int, due: date) -> Listed:
    return Listed("absences", number, (date(2026, 10, since), due), 32 - since)


def test_by_when_somebody_was_to_be_back_is_what_was_known_then() -> None:
    issued = (_away("K-1", 28, date(2026, 11, 2)), _away("K-2", 29, date(2026, 11, 3)))
    now = (_away("K-1", 28, date(2026, 11, 9)), _away("K-2", 30, date(2026, 11, 9)))
    assert lists_again(issued, now, ()) == (issued[0], now[1])


def test_who_was_erased_keeps_the_number_that_was_issued_and_its_place() -> None:
    issued = (_annex("K-1", 3, 29), _annex("K-2", 4, 28), _annex("K-3", 5, 27))
    now = (_annex("#2", 4, 28), _annex("K-1", 3, 29), _annex("K-3", 5, 27))
    assert lists_again(issued, now, {"#2"}) == issued
    others = (_annex("#2", 6, 26), _annex("K-4", 4, 28))
    assert lists_again(issued, others, {"#2"}) == others, "the number of nobody else"


def test_who_was_erased_is_known_by_the_absence_whenever_they_were_to_be_back() -> None:
    issued = (_away("K-1", 28, date(2026, 11, 2)),)
    assert lists_again(issued, (_away("#1", 28, date(2026, 11, 9)),), {"#1"}) == issued
