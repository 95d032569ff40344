"""Numbers as they are compared, and what stands where there is none (rules.md, Who is who)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.numbers import is_damaged_number, no_number, number_key
from models.rules.unknown import is_nameless, is_unknown, named_parts

NONE = [
    "N/A",
    "n/a",
    "NA",
    "none",
    "unknown",
    "-",
    "--",
    "—",
    "?",
    "0",
    "00",
    "0000000",
    "9999",
    "99999",
    "XXX",
    "xx",
    "x",
    "TBC",
    "TBA",
    "pending",
    "nil",
    "null",
    "nan",
    "#N/A",
    "#REF!",
    "####",
    "1111111",
    "123456789",
    "A000000000",
    "A-000-000-000",
    "999999999",
    "K-0000000",
    "2.01446E+08",
    "1E+05",
    "2,01E+08",
    "1.5e+15",
    "9999 9999",
    "AAA",
    "lost",
    "stolen",
    "not lost",
    "€",
    "°/°",
]
WORDS = (
    "no passport", "not issued", "No number", "without documents", "bez pasoša", "pa pasaportë", "nema pasoš",
    "uden pas",    "lost at sea", "Passport lost", "intet pas", "без пасоша", "nuk ka", "not available",
)  # fmt: skip
NUMBERS = [
    "A201445877",
    "1",
    "7",
    "22",
    "333",
    "1001",
    "12/3",
    "K-1",
    "P-10",
    "FC-7",
    "12E3",
    "1E5",
    "A-1",
    "00012",
    "NO123456",
    "X1",
    "AB-0001",
    "2000",
    "9990",
    "X-9",
    "AA1",
    "A",
    "P4366918",
    "111111",
    "NA-12",
    "NOR-7",
    "UNK12",
    "No 123456",
    "Doc 12",
    "999",
    "AA",
    "222222",
]


@pytest.mark.parametrize("text", [*NONE, *WORDS, "", "  "])
def test_what_stands_for_no_number_is_none_and_compares_with_nothing(text: str) -> None:
    assert no_number(text)
    assert number_key(text) == ""


@pytest.mark.parametrize("text", NUMBERS)
def test_what_is_a_number_stays_one(text: str) -> None:
    assert not no_number(text)
    assert number_key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A 201-445-877", "A201445877"),
        ("a201‑445‑877", "A201 445 877"),
        ("00123", "123"),
        ("101.0", "101"),
        ("٠١٢٣", "123"),
        ("0012/03", "12/3"),
        ("ABC–12", "abc 12"),
    ],
)
def test_one_number_in_two_spellings_is_one(one: str, other: str) -> None:
    assert number_key(one) == number_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("12/3", "1/23"), ("A012", "A12"), ("12.3", "123"), ("K-1", "L-1"), ("12/A03", "12/A3")]
)
def test_numbers_that_differ_stay_apart(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@given(st.integers(1, 10**12), st.integers(0, 4))
def test_leading_zeros_of_plain_digits_are_nothing(number: int, zeros: int) -> None:
    assert number_key("0" * zeros + str(number)) == number_key(str(number))


def test_a_number_that_a_spreadsheet_shortened_is_said_to_be_damaged() -> None:
    assert is_damaged_number("2.01446E+08")
    assert not is_damaged_number("201445877")
    assert not is_damaged_number("n/a")


@pytest.mark.parametrize(
    "text",
    [
        "FNU",
        "lnu",
        "NFN",
        "NLN",
        "XXX",
        "xxxx",
        "no name",
        "Unknown",
        "N.N.",
        "nn",
        "?",
        "pa emër",
        "bez imena",
        "(none)",
        "[unknown]",
        "(nema)",
        "No Name Given",
        "name not known",
        "no family name on file",
        "uden fornavn",
    ],
)
def test_a_part_of_a_name_that_is_not_known_is_none(text: str) -> None:
    assert is_nameless(text)
    assert named_parts(text) == ""


@pytest.mark.parametrize(
    "text", ["Na", "Nema", "Null", "Nil", "None", "No", "Name Given", "Unni", "X", "Xxu", "Open", "Nana"]
)
def test_names_that_look_like_it_are_names(text: str) -> None:
    assert not is_nameless(text)
    assert named_parts(text) == text


def test_the_parts_that_are_known_stay() -> None:
    assert named_parts("AHMADI FNU") == "AHMADI"
    assert named_parts("XXX Gulalai") == "Gulalai"
    assert named_parts("Anna  Maria") == "Anna  Maria"


def test_errors_of_a_spreadsheet_say_nothing() -> None:
    assert all(map(is_unknown, ("#N/A", "#REF!", "#VALUE!", "Err:502", "#####", "#DIV/0!")))
    assert not is_unknown("#12")
