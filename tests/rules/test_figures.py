"""Frozen figures: they come back from JSON as they went, to the byte."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.figures import ClaimLine, Issue, MonthFigures, number_of
from models.rules.money import Payment
from models.rules.months import StayRow, Terms, month_figures
from models.rules.vocabulary import CountingRule, PlacesRule
from tests.rules.strategies import MONTH, heading, rate_lists, stay_lists


@given(stay_lists(), rate_lists(), st.sampled_from(CountingRule), st.sampled_from([*PlacesRule, None]))
def test_figures_come_back_from_json_equal_and_to_the_byte(
    stays: list[StayRow], rates: tuple[Payment, ...], rule: CountingRule, places: PlacesRule | None
) -> None:
    correction = ClaimLine(-2, Decimal("41.00"), Decimal("-82.00"), "2028-01")
    terms = Terms(places, 50, date(2028, 1, 1), None, payments=rates)
    figures = month_figures(MONTH, heading(rule), terms, stays, cut_off=date(2030, 1, 1), corrections=[correction])
    text = figures.to_json()
    again = MonthFigures.from_json(text)
    assert again == figures
    assert again.to_json() == text
    assert again.digest == figures.digest
    assert isinstance(again.heading.counting_rule, CountingRule)


def some_json() -> dict[str, object]:
    figures = month_figures(MONTH, heading(), Terms(), [], cut_off=date(2030, 1, 1))
    raw = json.loads(figures.to_json())
    assert isinstance(raw, dict)
    return raw


def test_json_is_canonical_sorted_without_spaces_and_with_letters_as_they_are() -> None:
    text = month_figures(MONTH, heading(), Terms(), [], cut_off=date(2030, 1, 1)).to_json()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "Punëve" in text
    assert "Ђорђе" in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("admissions", "7"),
        ("admissions", 7.0),
        ("admissions", True),
        ("average", 1.5),
        ("average", "one"),
        ("cut_off", "yesterday"),
        ("month", {"year": 2028, "number": 13}),
        ("month", {"year": 2028}),
        ("departures_by", [["removal", "host"]]),
        ("roll_by_night", None),
        ("surprise", 1),
    ],
)
def test_what_to_json_does_not_write_is_refused(name: str, value: object) -> None:
    raw = some_json()
    raw[name] = value
    with pytest.raises(ValueError, match=r"figures|strict|shorter|must be|zip|isoformat|month"):
        MonthFigures.from_json(json.dumps(raw))


def test_figures_that_lack_a_name_are_refused() -> None:
    raw = some_json()
    del raw["admissions"]
    with pytest.raises(ValueError, match="names"):
        MonthFigures.from_json(json.dumps(raw))


def test_figures_that_do_not_add_up_do_not_balance() -> None:
    raw = some_json()
    raw["admissions"] = 1
    assert not MonthFigures.from_json(json.dumps(raw)).balances


def test_the_first_report_of_a_month_has_its_number_and_what_replaces_it_says_which_it_is() -> None:
    assert [number_of(MONTH, revision) for revision in (1, 2, 11)] == [f"{MONTH}", f"{MONTH} r2", f"{MONTH} r11"]
    issues = [Issue(MONTH, revision, MONTH.end, "0" * 64, "A. Berisha") for revision in (1, 2, 3)]
    assert [issue.replaces for issue in issues] == [None, f"{MONTH}", f"{MONTH} r2"]
