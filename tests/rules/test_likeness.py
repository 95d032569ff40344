"""Who is perhaps the same person, and why."""

import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules import likeness
from models.rules.birth import BirthDate
from models.rules.likeness import (
    LIKELY,
    Known,
    Likeness,
    Person,
    births_agree,
    likely_pairs,
    likely_same,
    weighed,
    with_implied,
    worn_numbers,
)
from models.rules.vocabulary import Sex
from models.text import translator

DESIR = Person("DÉSIR", "Jean-Baptiste", "", BirthDate(2000, 2, 14), "900-667-236", ("F66778714",))


def said(found: Likeness | None) -> list[str]:
    return [] if found is None else [translator("en").render(reason) for reason in found.reasons]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Person("X", partner_number="900 667 236"), "The same number with the partner: 900-667-236."),
        (Person("X", document_numbers=("Z1", "f 66778714")), "The same document number: F66778714."),
        (
            Person("Désir", "Jean Baptiste", birth=BirthDate(2000)),
            "The same name, and a birth date that may be the same.",
        ),
        (Person("Jean-Baptiste", "Desir", birth=None), "The same name, and a birth date that may be the same."),
        (
            Person("Desir", "J. Baptiste", birth=BirthDate(2000, 2, 14)),
            "A similar name.",
        ),
        (
            Person("Désir", "Jean-Baptiste", birth=BirthDate(2000, 2, 14), document_numbers=("F66778741",)),
            "Nearly the same document number: F66778714 and F66778741.",
        ),
    ],
)
def test_likely_duplicates_say_why(other: Person, reason: str) -> None:
    found = likely_same(DESIR, other)
    assert reason in said(found)
    assert found is not None
    assert found.score >= LIKELY


@pytest.mark.parametrize(
    "other",
    [
        Person("Désir", "Jean-Baptiste", birth=BirthDate(2000, 2, 15)),
        Person("Désir", "Jean-Baptiste", birth=BirthDate(1987, 11, 30)),
        Person("Désir", "Jean-Baptiste", birth=BirthDate(1987)),
        Person("Désir", "Rose-Laure", birth=BirthDate(2000, 2, 14)),
        Person("Désir", "Jean Olivier", birth=BirthDate(2000, 2, 14)),
        Person(),
        Person(partner_number="none", document_numbers=("unknown", "")),
    ],
)
def test_people_who_only_resemble_each_other_are_not_taken_for_one(other: Person) -> None:
    assert likely_same(DESIR, other) is None


BORN = BirthDate(1991, 3, 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Yousuf", "Muhamed Jusuf"),
        ("Yousuf Mohammad", "Mohamad Youssef"),
        ("Mohammed Yousuf", "محمد یوسف"),
        ("Ali Hosseini", "Hussaini Ali"),
        ("Abdul Rahman Karimi", "Abdulrahman Karimi"),
        ("Abdel-Rahman Karimi", "عبدالرحمن کریمی"),
        ("Omar Al-Hassan", "Umar Alhassan"),
        ("Đorđević Ana", "Djordjevic Ana"),
        ("Ђорђевић Ана", "Ana Đorđević"),
        ("Musa Kamara", "Mousa Kamara"),
        ("Giorgi Beridze", "გიორგი ბერიძე"),
        ("Hovhannes Sargsyan", "Հովհաննես Սարգսյան"),
        ("Tesfaye Gebremariam", "ተስፋዬ ገብረማርያም"),
        ("Giorgos Papadopoulos", "Παπαδόπουλος Γιώργος"),
        ("Hussein Magomedov", "Хусейн Магомедов"),
        ("Nguyễn Văn An", "Nguyen Van An"),
        ("Khalid Ahmadi", "Halid Ahmedi"),
        ("Chaled Achmadi", "خالد احمدی"),
    ],
)
@pytest.mark.parametrize("births", [(BORN, BORN), (BORN, BirthDate(1991)), (BORN, None)])
def test_one_name_in_any_spelling_order_and_script_is_shown(
    one: str, other: str, births: tuple[BirthDate, BirthDate | None]
) -> None:
    found = likely_same(_named(one, births[0]), _named(other, births[1]))
    assert found is not None
    assert likely_same(_named(one, births[0]), _named(other, BirthDate(1960, 11, 30))) is None


def _named(name: str, birth: BirthDate | None) -> Person:
    family, _, given = name.partition(" ")
    return Person(family, given, birth=birth)


@pytest.mark.parametrize(
    ("births", "reason"),
    [
        ((BirthDate(1991, 3, 7), BirthDate(1991, 7, 3)), "The same birth date with day and month exchanged."),
        ((BirthDate(1991, 3, 7), BirthDate(1991, 3)), "A birth date that may be the same."),
        ((BirthDate(1991, about=True), BirthDate(1993, 7, 3)), "A birth date that may be the same."),
        ((BirthDate(1991, 3, 7), BirthDate(1991, 3, 7)), "The same birth date."),
        (
            (BirthDate(1991, 1, 1), BirthDate(1991, 6, 9)),
            "The same year of birth; 1 January may stand for a day that is not known.",
        ),
    ],
)
def test_births_as_far_as_they_are_known_speak_for_one_person(births: tuple[BirthDate, BirthDate], reason: str) -> None:
    one, other = (Person("Rahimi", name, birth=birth) for name, birth in zip(("Zahra", "Zohra"), births, strict=True))
    assert reason in said(likely_same(one, other))


def test_what_speaks_against_is_said_too() -> None:
    one = Person("Rahimi", "Zahra", birth=BirthDate(1990, 1, 5), partner_number="A-17-3", sex=Sex.FEMALE)
    other = Person("Karimi", "Omid", birth=BirthDate(1961, 8, 9), partner_number="A17 3", sex=Sex.MALE)
    assert said(likely_same(one, other)) == [
        "The same number with the partner: A-17-3.",
        "But the sex differs.",
        "But the birth dates differ.",
        "But the names do not fit.",
    ]


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
    st.sampled_from(["Rahmani", "RAHMANI", "Désir", "Rahmoni", ""]),
    st.sampled_from(["Gul", "Jean", "Gül", ""]),
    st.sampled_from(["", "گل"]),
    dates,
    st.sampled_from(["", "1", "2", "none"]),
    st.sampled_from([(), ("P1",), ("P1", "P2")]),
)


@given(people, people)
def test_likeness_is_the_same_from_either_side(one: Person, other: Person) -> None:
    there, back = likely_same(one, other), likely_same(other, one)
    assert (there is None) == (back is None)
    assert there is None or back is None or there.score == back.score
    assert births_agree(one.birth, other.birth) == births_agree(other.birth, one.birth)


told = st.builds(
    Person,
    st.sampled_from(["Rahmani", "Rahmany", "Karimi", ""]),
    st.sampled_from(["Gul", "Gul Ahmad", "Jean", ""]),
    birth=st.one_of(
        dates,
        st.dates(date(1990, 1, 1), date(1991, 3, 3)).map(BirthDate.exact),
        st.builds(BirthDate, st.integers(1988, 1993), about=st.just(True)),
    ),
    partner_number=st.sampled_from(["", "A-1"]),
    document_numbers=st.sampled_from([(), ("P1234567",), ("P1234576",), ("Z9",)]),
    sex=st.sampled_from([None, *Sex]),
    nationality=st.sampled_from([None, "AF", "HT"]),
    address=st.sampled_from([{}, {"street": "Rruga e Pejës", "house": "3", "town": "Pejë"}, {"town": "Gjilan"}]),
)


@settings(max_examples=600)
@given(told, told)
def test_nobody_is_passed_over_before_all_is_reckoned_who_would_be_likely(one: Person, other: Person) -> None:
    pair = Known(one), Known(other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "_have_more", lambda *_: True)  # whatever is known is reckoned to the end
        whole = weighed(*pair)
    assert weighed(*pair) == whole


@given(st.lists(people, max_size=6))
def test_the_likely_pairs_of_a_list_are_all_that_are_likely_the_same(listed: list[Person]) -> None:
    if worn_numbers([Known(person) for person in listed]):
        return
    pairs = {(one, other) for one, other, _ in likely_pairs(listed)}
    assert pairs == {
        (one, other)
        for other in range(len(listed))
        for one in range(other)
        if likely_same(listed[one], listed[other]) is not None
    }


def test_a_number_of_several_who_differ_is_none_and_of_two_is_a_question() -> None:
    names = ["Rahimi Zahra", "Karimi Omid", "Noori Jawad", "Sahak Palwasha"]
    listed = [replace(_named(name, None), document_numbers=("P-778812",)) for name in names]
    (worn,) = worn_numbers([Known(person) for person in listed]).values()
    assert worn.places == (0, 1, 2, 3)
    assert likely_pairs(listed) == ()
    assert [pair[:2] for pair in likely_pairs(listed[:2])] == [(0, 1)]


def test_one_person_who_stands_in_a_list_many_times_keeps_the_number() -> None:
    listed = [Person("Rahimi", name, document_numbers=("P-778812",)) for name in ("Zahra", "Zohra", "Zahrā", "Z.")]
    assert worn_numbers([Known(person) for person in listed]) == {}
    assert len(likely_pairs(listed)) == 6


def _invented(count: int) -> list[Person]:
    """Nobody is like anybody, but all have one passport."""
    begin, end = (
        ("ba", "ke", "lo", "mi", "nu", "ra", "si", "to", "ve", "za"),
        ("dan", "fik", "gor", "hem", "lus", "mon"),
    )
    words = ["".join(parts).title() for parts in product(begin, begin, end)]
    return [
        Person(
            words[n % 600],
            words[(n * 7 + n // 600 * 11) % 600],
            birth=BirthDate.exact(date(1950, 1, 2) + timedelta(n * 17 % 20000)),
            document_numbers=("000-111",),
        )
        for n in range(count)
    ]


def test_a_placeholder_passport_of_thousands_takes_time_in_step_with_the_list() -> None:
    begin = time.perf_counter()
    assert len(likely_pairs(_invented(500))) < 100
    few = time.perf_counter() - begin
    begin = time.perf_counter()
    likely_pairs(_invented(4_000))
    assert time.perf_counter() - begin < 8 * 4 * few + 1


def test_who_are_both_likely_a_third_are_perhaps_one() -> None:
    pairs = [
        (0, 1, Likeness(20.0, ())),
        (1, 2, Likeness(18.0, ())),
        (3, 4, Likeness(10.5, ())),
        (4, 5, Likeness(20.0, ())),
    ]
    found = with_implied(pairs, lambda place: f"row {place + 2}")
    assert [pair[:2] for pair in found] == [(0, 1), (0, 2), (1, 2), (3, 4), (4, 5)]
    assert said(found[1][2]) == ["Both are perhaps the same as row 3."]
