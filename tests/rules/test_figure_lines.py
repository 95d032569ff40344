"""What differs between two revisions of a month, line by line and in words; what the lines of a claim are called."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.rules.claim_lines import label
from models.rules.figure_lines import Change, changes, lines
from models.rules.figures import ClaimLine, MonthFigures
from models.rules.small_counts import shown_month
from models.rules.vocabulary import PaymentKind
from models.text import Message, translator
from tests.reports import samples
from tests.reports.samples import october
from tests.reports.test_monthly import busy

EN = translator("en")


def _changed(**values: object) -> list[Change]:
    return changes(october(), october(**values), EN)


def test_nothing_differs_between_a_month_and_itself() -> None:
    assert _changed() == []


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"admissions": 8}, Change("admissions", "", "7", "8")),
        ({"average": Decimal("33.8")}, Change("average", "", "33.7419", "33.8000")),
        (
            {"admissions_by_nationality": (("AF", 4), ("VN", 2), ("NG", 2))},
            Change("admissions_by_nationality", "Nigeria", "1", "2"),
        ),
        (
            {"present_by_nationality": (("AF", 20), ("VN", 9), ("NG", 4), ("XXA", 1))},
            Change("present_by_nationality", "Not known", "1", ""),
        ),
        ({"admissions_by_sex": (("M", 4), ("F", 2))}, Change("admissions_by_sex", "male", "5", "4")),
        (
            {
                "departures_by": (
                    ("voluntary_return", "country_of_origin", 3),
                    ("onward_resettlement", "third_country", 1),
                    ("back_to_partner", "partner", 1),
                )
            },
            Change("departures_by", "Assisted voluntary return, country of origin", "2", "3"),
        ),
        ({"admissions_by_age": samples.ages(from_18=3, from_25=5)}, Change("admissions_by_age", "25-39", "4", "5")),
        (
            {"present_by_age": samples.ages(from_0=2, from_6=3, from_18=10, from_25=15, from_40=4)},
            Change("present_by_age", "Not known", "1", "0"),
        ),
        ({"present_by_sex": (("M", 25), ("F", 10), ("unknown", 9))}, Change("present_by_sex", "Not known", "", "9")),
        (
            {"departures_by_country": (("AF", 2), ("CA", 2), ("US", 1))},
            Change("departures_by_country", "Canada", "1", "2"),
        ),
        ({"past_limit": (3,)}, Change("past_limit", "", "2", "3")),
        ({"highest_on": date(2026, 10, 22)}, Change("highest_on", "", "21 Oct 2026", "22 Oct 2026")),
        ({"average": None}, Change("average", "", "33.7419", "")),
        ({"roll_by_night": (31, *october().roll_by_night[1:])}, Change("roll_by_night", "1 Oct 2026", "32", "31")),
    ],
    ids=lambda value: value.figure if isinstance(value, Change) else "",
)
def test_each_line_that_differs_is_named_with_both_values(values: dict[str, object], line: Change) -> None:
    found = [each for each in _changed(**values) if each.figure == line.figure]
    assert [(each.figure, each.of.casefold(), each.before, each.after) for each in found] == [
        (line.figure, line.of.casefold(), line.before, line.after)
    ]


def test_each_line_stands_under_its_figure_and_what_is_hidden_says_so_once() -> None:
    figures = samples.october(claim=None)
    told = lines(shown_month(figures), EN)
    assert ("admissions", "", 7) in told
    assert ("departures_by", "voluntary_return / country_of_origin", 2) in told
    assert [line[1:] for line in told if line[0] == "places"] == [("limit", 50), ("used", 45), ("held", 3), ("left", 2)]
    assert [line[1:] for line in told if line[0] == "length_present"][-3:] == [
        ("median", Decimal(84)), ("mean", Decimal("80.4571")), ("longest", 201)]  # fmt: skip
    assert [line[1:] for line in told if line[0] == "roll_by_night"][::30] == [("2026-10-01", 32), ("2026-10-31", 35)]
    assert not any(line[0] == "claim" for line in told)
    hiding = lines(shown_month(replace(figures, heading=replace(figures.heading, small_count=5))), EN)
    for name in ("roll_by_night", "length_present", "length_departed", "departures_by"):
        assert [(of, isinstance(value, Message)) for figure, of, value in hiding if figure == name] == [("", True)], (
            name
        )


def test_departures_that_are_told_by_their_kind_alone_stand_in_the_place_of_the_table() -> None:
    def kinds(*departures: tuple[str, str, int]) -> list[str]:
        told = lines(shown_month(busy(departures_by=departures, departures_by_country=(("AF", 65),))), EN)
        return [of for name, of, _ in told if name == "departures_by"]

    back, removed = ("voluntary_return", "country_of_origin", 62), ("removal", "partner")
    assert kinds(back, (*removed, 1), ("removal", "third_country", 2)) == ["", "voluntary_return", "removal"]
    assert kinds(back, (*removed, 3)) == ["voluntary_return / country_of_origin", "removal / partner"]


def test_what_is_below_nothing_has_the_sign_for_minus() -> None:
    beyond = replace(october().places, left=-1)
    assert changes(october(), october(places=beyond), EN) == [Change("places", "left", "2", "−1")]


def test_a_claim_says_in_words_what_differs_and_in_money_by_how_much() -> None:
    def paid(nights: int) -> MonthFigures:
        claim = october().claim
        assert claim is not None
        amount = nights * Decimal("41.00")
        return october(claim=replace(claim, lines=(ClaimLine(nights, Decimal("41.00"), amount),), total=amount))

    found = [each for each in changes(paid(1046), paid(1047), EN) if each.figure == "claim"]
    said = {each.of: (each.before, each.after) for each in found}
    assert said["1,046 person-nights at €41.00"] == ("€42,886.00", "")
    assert said["1,047 person-nights at €41.00"] == ("", "€42,927.00")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ClaimLine(-2, Decimal("41.00"), Decimal(-82), "2026-09"), "−2 person-nights at €41.00"),
        (ClaimLine(2, Decimal("41.00"), Decimal(82), "2026-09"), "Correction to September 2026: 2 person-nights"),
        (ClaimLine(1, Decimal("41.00"), Decimal(41), kind=PaymentKind.PERSON_DAY), "1 person-day at €41.00"),
        (ClaimLine(1, Decimal("9.00"), Decimal(9), kind=PaymentKind.ONCE, purpose="van"), "Single sum of €9.00 (van)"),
        (ClaimLine(1, Decimal("9.00"), Decimal(9), kind=PaymentKind.MONTH), "€9.00 for each month, due in this month"),
        (
            ClaimLine(31, Decimal("9.00"), Decimal(9), kind=PaymentKind.YEAR, of=365),
            "€9.00 for each year: 31 of its 365 days",
        ),
        (
            ClaimLine(-31, Decimal("9.00"), Decimal(-9), "2026-09", PaymentKind.MONTH, of=31, purpose="A-3"),
            "Correction to September 2026: €9.00 for each month: −31 of its 31 days (A-3)",
        ),
        (
            ClaimLine(31, Decimal("9.00"), Decimal(9), kind=PaymentKind.PLACE_NIGHT, places=50),
            "31 nights of 50 places held ready, each at €9.00",
        ),
    ],
)
def test_a_line_of_a_claim_says_what_is_paid_for(line: ClaimLine, said: str) -> None:
    assert said in label(replace(line, currency="EUR"), EN)
