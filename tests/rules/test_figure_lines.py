"""What differs between two revisions of a month, line by line and in words; what the lines of a claim are called."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.rules.claim_lines import label
from models.rules.figure_lines import Change, changes
from models.rules.figures import ClaimLine, MonthFigures
from models.rules.vocabulary import PaymentKind
from models.text import translator
from tests.reports.samples import october

EN = translator("en")


def _changed(**values: object) -> list[Change]:
    return changes(october(), october(**values), EN)


def test_nothing_differs_between_a_month_and_itself() -> None:
    assert _changed() == []


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"admissions": 8}, Change("admissions", "", "7", "8")),
        ({"average": Decimal("33.8")}, Change("average", "", "33.7419", "33.8")),
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
        ({"roll_by_night": (31, *october().roll_by_night[1:])}, Change("roll_by_night", "1 Oct 2026", "32", "31")),
    ],
    ids=lambda value: value.figure if isinstance(value, Change) else "",
)
def test_each_line_that_differs_is_named_with_both_values(values: dict[str, object], line: Change) -> None:
    found = [each for each in _changed(**values) if each.figure == line.figure]
    assert [(each.figure, each.of.casefold(), each.before, each.after) for each in found] == [
        (line.figure, line.of.casefold(), line.before, line.after)
    ]


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
            ClaimLine(31, Decimal("9.00"), Decimal(9), kind=PaymentKind.PLACE_NIGHT, places=50),
            "31 nights of 50 places held ready, each at €9.00",
        ),
    ],
)
def test_a_line_of_a_claim_says_what_is_paid_for(line: ClaimLine, said: str) -> None:
    assert said in label(replace(line, currency="EUR"), EN)
