"""Words, dates and numbers as each language writes them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rounding import decimals_of, half_up, quotient
from models.text import LANGUAGES, message, minor_digits, translator


@pytest.mark.parametrize(
    ("language", "said"), [("en", "31 December 2026"), ("sq", "31 dhjetor 2026"), ("sr", "31. 12. 2026.")]
)
def test_a_date_fits_into_a_sentence(language: str, said: str) -> None:
    assert translator(language).full_date(date(2026, 12, 31)) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "stateless"), ("sq", "pa shtetësi"), ("sr", "bez državljanstva")]
)
def test_who_has_no_country_is_said_in_each_language(language: str, said: str) -> None:
    assert translator(language).country("XXA") == said


_CURRENCIES = ("EUR", "ALL", "RSD", "DKK", "JPY", "KWD", "HUF", "USD")


def digits_in(said: str, language: str) -> str:
    """An amount as it is written, with a point and nothing between the thousands."""
    sign = translator(language).decimal_sign
    kept = "".join(letter for letter in said if letter.isdigit() or letter in f"{sign}\N{MINUS SIGN}")
    return kept.replace(sign, ".").replace("\N{MINUS SIGN}", "-")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", _CURRENCIES)
@given(st.decimals(-(10**15), 10**15, places=6))
def test_an_amount_is_written_with_all_its_decimals_whatever_the_habit(
    language: str, currency: str, amount: Decimal
) -> None:
    said = digits_in(translator(language).money(amount, currency), language)
    assert Decimal(said) == amount
    assert len(said.partition(".")[2]) == max(minor_digits(currency), decimals_of(amount))


@pytest.mark.parametrize(
    ("amount", "currency", "language", "said"),
    [
        ("12.345", "EUR", "en", "€12.345"),
        ("1046.5", "ALL", "sq", "1 046,50 Lekë"),
        ("0.5", "RSD", "sr", "0,50 RSD"),
        ("125", "JPY", "en", "JP¥125"),
        ("-82.00", "DKK", "en", "−DKK 82.00"),
        ("15000000", "EUR", "sr", "15.000.000,00 €"),
    ],
)
def test_amounts_as_each_language_writes_them(amount: str, currency: str, language: str, said: str) -> None:
    written = translator(language).money(Decimal(amount), currency)
    assert written.replace("\N{NO-BREAK SPACE}", " ") == said


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 4))
def test_numbers_are_rounded_half_up_as_they_are_written(number: Decimal, places: int) -> None:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=50))
    assert half_up(number, places) == rounded
    assert Decimal(digits_in(translator("sq").number(number, places).replace("-", "−"), "sq")) == rounded


def test_the_average_daily_population_of_the_known_month_and_a_tie() -> None:
    assert translator("en").number(quotient(237_827, 31, 4), 2) == "7,671.84"
    assert [translator("en").number(Decimal(tie), 1) for tie in ("0.25", "0.35", "2.45")] == ["0.3", "0.4", "2.5"]


def test_a_sentence_that_ends_with_a_date_has_one_period_in_serbian() -> None:
    said = message("Not known yet: {what}. It can be entered later.", what=translator("sr").date(date(2026, 5, 20)))
    assert translator("sr").render(said).count("..") == 0
    assert "20. 5. 2026. " in translator("sr").render(said)
    assert translator("en")("Of {who}.", who="Smith Jr.") == "Of Smith Jr."
    assert translator("en")("Of {who}, here.", who="Smith Jr.") == "Of Smith Jr., here."
    assert translator("en")("Wait {what}.", what="a moment") == "Wait a moment."


@pytest.mark.parametrize("sign", [",", ";", ":", ")", "?"])
def test_no_sign_follows_the_point_of_a_date_in_serbian(sign: str) -> None:
    values = {"day": date(2026, 11, 26), "at": datetime(2026, 11, 26, 14, 30)}
    assert translator("sr")(f"do {{day}}{sign} ili {{at}}{sign}", **values) == (
        f"do 26. 11. 2026{sign} ili 26. 11. 2026. 14:30{sign}"
    )
    assert translator("sr")("Do {day} i {day}.", **values) == "Do 26. 11. 2026. i 26. 11. 2026."
    assert translator("en")(f"{{day}}{sign}", **values) == f"26 Nov 2026{sign}"


def test_facts_are_joined_without_two_signs_in_a_row() -> None:
    sr = translator("sr")
    assert sr.join([sr.date(date(2026, 11, 26)), "br. 5.", sr.date(date(2027, 1, 1))], "; ") == (
        "26. 11. 2026; br. 5; 1. 1. 2027."
    )
    assert translator("en").join(["No. 5.", "b"]) == "No. 5., b"
    assert (sr.join([]), sr.join(["26. 11. 2026."])) == ("", "26. 11. 2026.")
