"""Names in any spelling or script."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.rules.names import (
    display_name,
    fold,
    fold_query,
    folded_variants,
    sort_name,
)


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


@given(st.text("djzhcsaeouyx", max_size=12))
def test_each_pair_of_letters_that_is_one_sound_is_one_letter_in_whatever_order_they_are_looked_for(word: str) -> None:
    sounds = {"dj": "d", "zh": "z", "ch": "c", "sh": "s", "ae": "a", "oe": "o", "ue": "u", "y": "i"}
    at_once = re.sub("|".join(sounds), lambda found: sounds[found[0]], word)
    assert fold_query(word) == re.sub(r"(.)\1+", r"\1", at_once)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Алӣ", "ali"),
        ("Раҳмонӯ", "rahmonu"),
        ("Ҷамшед", "jamsed"),
        ("Қосим", "qosim"),
        ("Ғафур", "gafur"),
        ("Әсел", "asel"),
    ],
)
def test_the_cyrillic_of_central_asia_is_read_with_the_marks_of_its_own(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("family", "stored"), [("Раҳмон Алӣ", "raҳmon alи"), ("Ђорђевић", "dordevic"), ("علي", "علی"), ("", "k 12")]
)
def test_what_is_stored_of_a_name_stays_as_the_trail_tells_it(family: str, stored: str) -> None:
    """Else a file that comes again would not know those who came in with it before."""
    assert sort_name(family, "", "K-12") == stored


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
@example("Ӭ")
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
