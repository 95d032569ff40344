"""Names in any spelling or script."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.rules.birth import BirthDate
from models.rules.names import (
    Person,
    births_agree,
    display_name,
    fold,
    fold_query,
    folded_variants,
    likely_pairs,
    likely_same,
    sort_name,
)
from models.text import translator


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đorđević", "dordevic"),
        ("Ђорђевић", "dordevic"),
        ("Živković", "zivkovic"),
        ("Живковић", "zivkovic"),
        ("Љиљана Његош Џемал", "ljiljana njegos dzemal"),
        ("Gëzim Çela", "gezim cela"),
        ("NGUYỄN Thị Hồng", "nguyen thi hong"),
        ("Đặng", "dang"),
        ("ADÉBÁYỌ̀", "adebayo"),
        ("Łukasz Święcki", "lukasz swiecki"),
        ("Şimkus Žydrūnas", "simkus zydrunas"),
        ("Sørensen-Haddad", "sorensen haddad"),
        ("Þór Guðmundsson", "thor gudmundsson"),
        ("Weiß", "weiss"),
        ("İstanbul ILGIN ılgın", "istanbul ilgin ilgin"),
        ("Юлия Щукина", "iuliia scukina"),
        ("Їжак Євген Ґонта", "izak ievgen gonta"),
        ("O’Brien d'Angelo", "obrien dangelo"),
        ("احمدزي", "احمدزی"),
        ("كريم", "کریم"),
        ("أحمد إبراهيم آقا", "احمد ابراهیم اقا"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("نور\u200cالله", "نورالله"),
        ("فاطمة", "فاطمه"),
        ("۱۲۳ ١٢٣", "123 123"),
        ("\u202eabc\u202c \u2067x\u2069", "abc x"),
        ("  900-128-667 ", "900 128 667"),
        ("😀", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_spellings_of_one_name_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def finds(typed: str, stored: str) -> bool:
    """As the search does: each typed word as a part of what is stored."""
    return all(word in folded_variants(stored) for word in fold_query(typed).split())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Đorđević", "Ђорђевић", "Djordjevic", "Dordevic", "DJORDJEVIĆ"),
        ("Živković", "Живковић", "Zivkovic"),
        ("Sørensen", "SOERENSEN", "Sorensen"),
        ("Müller", "Mueller", "MULLER"),
        ("Жуков", "Zhukov", "Žukov"),
        ("Шабан", "Šaban", "Shaban"),
        ("Mohammad", "Mohamad", "MOHAMMAD"),
        ("Yousuf", "Iousuf"),
        ("احمدزی", "احمدزي", "أحمدزی"),
        ("Nguyễn", "NGUYEN", "Nguyen"),
        ("Gëzim", "Gezim", "GËZIM"),
    ],
)
def test_any_spelling_finds_any_other(spellings: tuple[str, ...]) -> None:
    for typed in spellings:
        for stored in spellings:
            assert finds(typed, stored), (typed, stored)


def test_latin_finds_what_is_stored_in_cyrillic_also_the_way_of_passports() -> None:
    assert finds("Khan", "Хан")
    assert finds("Tsvetkov", "Цветков")
    assert finds("Cvetkov", "Цветков")


def test_both_ways_of_writing_dj_are_stored() -> None:
    assert folded_variants("Đorđe").split() == ["dorde", "djordje"]


def test_numbers_are_found_as_they_are_and_not_by_their_sound() -> None:
    assert fold_query("AA11 CH22") == "aa11 ch22"


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
latin = st.text("abcdehjnorstuyzšđčćžüøåëç", max_size=12)


@given(st.one_of(latin, names.map(fold)))
@example("sheikh")
@example("y0")
def test_a_name_is_found_at_every_key_that_is_typed(name: str) -> None:
    for end in range(1, len(name) + 1):
        assert finds(name[:end], name), name[:end]


@given(names)
@example("'; DROP TABLE residents")
@example("../../x")
@example("=cmd|' /C calc'!A0")
@example("a" * 400)
def test_folding_twice_is_folding_once_and_leaves_only_letters_digits_and_spaces(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert all(letter.isalnum() or letter == " " or ord(letter) > 127 for letter in folded)
    assert folded == folded.strip()


@pytest.mark.parametrize(
    ("family", "given_names", "shown"),
    [
        ("Ahmadzai", "Gul", "Ahmadzai, Gul"),
        ("Ahmadzai", "", "Ahmadzai"),
        (" ", "Zarghuna", "Zarghuna"),
        ("", "", "K-0012"),
    ],
)
def test_a_name_is_shown_family_first_and_a_person_without_one_by_number(
    family: str, given_names: str, shown: str
) -> None:
    assert display_name(family, given_names, "K-0012") == shown


def test_lists_are_sorted_by_the_folded_name_or_the_number() -> None:
    assert sort_name("Ђорђевић", "Ана", "K-1") == "dordevic ana"
    assert sort_name("", "", "K-0012") == "k 0012"


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
