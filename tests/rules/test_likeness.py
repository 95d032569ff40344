"""Who is perhaps the same person, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.birth import BirthDate
from models.rules.likeness import Person, births_agree, likely_pairs, likely_same
from models.text import translator

DESIR = Person("DÉSIR", "Jean-Baptiste", "", BirthDate(2000, 2, 14), "900-667-236", ("F66778714",))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Person("X", partner_number="900 667 236"), "The same number with the partner: 900-667-236."),
        (Person("X", document_numbers=("Z1", "f 66778714")), "The same document number: F66778714."),
        (
            Person("Désir", "Jean Baptiste", birth=BirthDate(2000)),
            "The same name, and a birth date that may be the same.",
        ),
        (
            Person("Jean-Baptiste", "Desir", birth=None),
            "The same name, and a birth date that may be the same.",
        ),
    ],
)
def test_likely_duplicates_say_why(other: Person, reason: str) -> None:
    found = likely_same(DESIR, other)
    assert found is not None
    assert translator("en").render(found) == reason


@pytest.mark.parametrize(
    "other",
    [
        Person("Désir", "Jean-Baptiste", birth=BirthDate(2000, 2, 15)),
        Person("Désir", "Rose-Laure", birth=BirthDate(2000, 2, 14)),
        Person(),
        Person(partner_number="none", document_numbers=("unknown", "")),
    ],
)
def test_people_who_only_resemble_each_other_are_not_taken_for_one(other: Person) -> None:
    assert likely_same(DESIR, other) is None


def test_birth_dates_agree_where_one_day_may_be_both() -> None:
    assert births_agree(BirthDate(2000, 2, 14), BirthDate(2000, 2, 14))
    assert births_agree(BirthDate(2000, 12, 31), BirthDate(2000))
    assert not births_agree(BirthDate(2001, 1, 1), BirthDate(2000))


def test_no_number_and_no_name_are_not_the_same_number_and_name() -> None:
    nobody = Person(partner_number="none", document_numbers=("none",))
    assert likely_same(nobody, nobody) is None


def test_a_name_in_its_own_script_is_enough() -> None:
    one = Person("Ahmadzai", "Gul", "گل احمدزي", BirthDate(1991, about=True))
    other = Person("Ahmedzay", "Gull", "گل احمدزی", BirthDate(1991, 7, 2))
    assert likely_same(one, other) is not None


dates = st.one_of(st.none(), st.builds(BirthDate, st.integers(1990, 1992), st.one_of(st.none(), st.integers(1, 12))))
people = st.builds(
    Person,
    st.sampled_from(["Rahmani", "RAHMANI", "Désir", ""]),
    st.sampled_from(["Gul", "Jean", ""]),
    st.sampled_from(["", "گل"]),
    dates,
    st.sampled_from(["", "1", "2", "none"]),
    st.sampled_from([(), ("P1",), ("P1", "P2")]),
)


@given(people, people)
def test_likeness_is_the_same_from_either_side(one: Person, other: Person) -> None:
    assert (likely_same(one, other) is None) == (likely_same(other, one) is None)
    assert births_agree(one.birth, other.birth) == births_agree(other.birth, one.birth)


@given(st.lists(people, max_size=6))
def test_the_likely_pairs_of_a_list_are_all_that_are_likely_the_same(listed: list[Person]) -> None:
    pairs = {(one, other) for one, other, _ in likely_pairs(listed)}
    assert pairs == {
        (one, other)
        for other in range(len(listed))
        for one in range(other)
        if likely_same(listed[one], listed[other]) is not None
    }
