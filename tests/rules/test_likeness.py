"""Who is perhaps the same person, and why."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules import likeness
from models.rules.birth import BirthDate
from models.rules.likeness import LIKELY, Known, Likeness, Person, births_agree, likely_same, weighed
from models.rules.namesakes import Strangers
from models.rules.pairs import likely_pairs, sharing, with_implied, without, worn_numbers
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
        Person("Désir", "Jean-Baptist", birth=BirthDate(2000, 2, 15)),
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
        ("Mohammed Yusup", "Mahomed Yousuf"),
        ("Boubacar Traoré", "Abu Bakr Traore"),
        ("Hoxhiq Recep", "Hodžić Rexhep"),
        ("Konstantinou Lampros", "Κωνσταντίνου Λάμπρος"),
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
    ("one", "other"),
    [
        ("Hasan", "Husain"),
        ("حسن", "حسین"),
        ("حسن", "Husain"),
        ("حسین", "Hasan"),
        ("جمیل", "جمال"),
        ("جمیل", "جمیلة"),
        ("Said", "Saad"),
        ("Salim", "Salam"),
        ("Salim", "Salma"),
        ("Hamid", "Hamad"),
        ("Jamil", "Jamal"),
        ("Rashid", "Рашад"),
        ("Marko", "Mirko"),
        ("Milan", "Milena"),
        ("Zahra", "Zohra"),
        ("Zaid", "Zaida"),
        ("Karim", "Karima"),
        ("Amin", "Amina"),
        ("Arta", "Arti"),
        ("Дара", "Daro"),
    ],
)
def test_twins_whose_names_their_vowels_tell_apart_have_a_similar_name_and_no_more(one: str, other: str) -> None:
    """Who has the same in another spelling of one name is the likelier one, and an uncertain birth does not suffice."""
    twins = [Person("Jaber", given, birth=BORN) for given in (one, other)]
    for a, b in (twins, twins[::-1]):
        found = likely_same(a, b)
        assert found is not None, (one, other)
        assert (said(found), found.score) == (["A similar name.", "The same birth date."], 14.85)
        assert likely_same(a, replace(b, birth=BirthDate(1991, 1, 1))) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BirthDate(1991, 7, 20), BirthDate(1991, 7, 21)),
        (BirthDate(1980, 2, 3), BirthDate(1985, 2, 3)),
        (BirthDate(1980, 2, 3), BirthDate(1980, 2, 30 - 7)),
        (BirthDate(1991, 7, 20), BirthDate(1919, 7, 20)),
    ],
)
def test_the_very_same_name_and_a_birth_in_which_one_digit_is_another_are_shown(
    one: BirthDate, other: BirthDate
) -> None:
    a, b = Person("McVeigh", "Christopher", birth=one), Person("MCVEIGH", "Christopher", birth=other)
    found = likely_same(a, b)
    if abs(one.year - other.year) > 12:
        assert found is None
        return
    assert said(found) == ["The same name.", "Nearly the same birth date."]
    assert likely_same(a, replace(b, given_names="Kristofer")) is None
    assert likely_same(replace(a, sex=Sex.MALE), replace(b, sex=Sex.FEMALE)) is None


@pytest.mark.parametrize("years", [20, 28, 30])
def test_a_father_and_a_son_of_one_name_are_two(years: int) -> None:
    father = Person("Hoxha", "Agim", birth=BirthDate(1960, 2, 3))
    assert likely_same(father, replace(father, birth=BirthDate(1960 + years, 2, 3))) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Chris", "Christopher"), ("Ben", "Benjamin"), ("Ale", "Aleksandar"), ("Екатерина", "Ekat"), ("Jo", "Joseph")],
)
def test_a_name_that_is_shortened_is_shown_beside_the_same_birth_date_where_nothing_speaks_against_it(
    one: str, other: str
) -> None:
    a, b = Person("Andretzke", one, birth=BORN, sex=Sex.MALE), Person("Andretzke", other, birth=BORN)
    if one == "Jo":
        assert likely_same(a, b) is None
        return
    for found in (likely_same(a, b), likely_same(b, a)):
        assert said(found) == ["The same birth date.", "A similar name."]
    assert likely_same(a, replace(b, sex=Sex.FEMALE)) is None
    assert likely_same(a, replace(b, family_name="Andretta Lock")) is None
    assert likely_same(a, replace(b, birth=BirthDate(BORN.year))) is None


def test_twins_of_other_names_are_two() -> None:
    for one, other in (("Ana", "Eva"), ("Besa", "Drita"), ("Christina", "Christopher")):
        assert likely_same(Person("Jaber", one, birth=BORN), Person("Jaber", other, birth=BORN)) is None


@pytest.mark.parametrize(
    ("men", "women", "score"),
    [
        ("Karim Noori", "Karima Noori", 10.85),
        ("کریم نوری", "کریمه نوری", 10.85),
        ("Ivan Ivanov", "Ivana Ivanova", 10.7),
        ("Milan Petrović", "Milena Petrović", 12.35),
        ("Arben Krasniqi", "Arben Krasniqi", 14.5),
    ],
)
def test_a_brother_and_a_sister_of_one_name_but_for_its_ending_are_less_likely_one(
    men: str, women: str, score: float
) -> None:
    he, she = replace(_named(men, BORN), sex=Sex.MALE), replace(_named(women, BORN), sex=Sex.FEMALE)
    assert _score(he, she) == _score(she, he) == score


@pytest.mark.parametrize(
    "names",
    [
        "Mohammed Muhamed Mohamad محمد محمّد Maxamed Mahamat Магомед",
        "Yousuf Yusuf Youssef Jusuf یوسف",
        "Hosseini Hussaini حسینی",
        "Husain Hussein Hosein Husejin حسین",
        "Abdulrahman Abdelrahman Abdurrahmane عبدالرحمن Абдурахман",
        "Abdallah Abdullah Abdulla عبدالله",
        "Nasrullah Nasrallah Nasrollah نصرالله",
        "Nureddin Nuruddin Nuraddin Noureddine نورالدین",
        "Hassan Alhassan حسن",
        "Đorđević Djordjevic Ђорђевић",
        "Musa Mousa موسی",
        "Said Saeed Saïd سعید",
        "Faisal Feisal Faysal فیصل",
        "Amin Amine امین",
        "Raouf Rauf رئوف رووف",
        "Navid Nawid نوید",
        "Nimat Naimat نعمت",
        "Ismail Esmaeel اسماعیل اسمعیل",
        "Ljudmila Ludmila Людмила",
        "Olena Elena Елена Jelena",
        "Ahmad Ahmed Ahmd احمد",
        "Zainab Zeinab Znab زینب",
    ],
)
def test_vowels_that_hands_write_for_one_tell_nobody_apart(names: str) -> None:
    for one, other in combinations(names.split(), 2):
        found = likely_same(Person("Jaber", one, birth=BORN), Person("Jaber", other, birth=BORN))
        assert said(found)[-1].startswith("The same"), (one, other, said(found))
        assert "A similar name." not in said(found), (one, other)


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
    one, other = (Person("Rahimi", name, birth=birth) for name, birth in zip(("Zahra", "Zehra"), births, strict=True))
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


@settings(max_examples=600)
@given(told, told)
def test_of_strangers_nobody_is_likely_the_same_without_a_number_or_an_address(one: Person, other: Person) -> None:
    one = replace(one, partner_number="", document_numbers=(), address={})
    if Known(other).names in Strangers(Known(one).names):
        assert weighed(Known(one), Known(other)) is None


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


def test_of_a_placeholder_passport_of_thousands_so_many_are_compared_as_the_list_is_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("models.rules.pairs.weighed", lambda *both: asked.append(both))
    likely_pairs(_invented(500))
    few = len(asked)
    asked.clear()
    likely_pairs(_invented(4_000))
    assert few < 500
    assert len(asked) < 4 * 8 * few


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


GUL = Person("Ahmadzai", "Gul")
"""A name of two words: the same name says 10, and that a birth date is not known says 1."""


def _score(one: Person, other: Person) -> float | None:
    there, back = likely_same(one, other), likely_same(other, one)
    assert (there and there.score) == (back and back.score)
    return there.score if there else None


@pytest.mark.parametrize(
    ("one", "other", "beside"),
    [
        ("1991-03-07", "1991-03-07", 7.0),
        ("1991-03-07", "1991-07-03", 5.5),
        ("1991-01-01", "1991-01-01", 4.0),
        ("1991-03", "1991-03-07", 4.0),
        ("1991", "1991-03-07", 2.5),
        ("~1991", "1991-03-07", 2.5),
        ("~1991", "~1993", 1.0),
        ("1991-01-01", "1991-06-09", 1.0),
        ("1991-03-07", "1991-03-08", 0.0),
        ("1991-03-12", "1991-03-21", 0.0),
        ("1991-03-07", "1991-03-29", -1.5),
        ("1991-03-07", "1991-12-07", -1.5),
        ("1991-03-07", "1978-03-07", -1.5),
        ("1991-03", "1991-04", -2.0),
        ("1991-03-07", "1993-09-28", -5.0),
        ("1991-03-07", "1991-09-28", -5.0),
        ("1991-03", "1992-04", -5.0),
        ("~1991", "1994-03-07", -5.0),
    ],
)
def test_what_two_births_say_beside_one_name(one: str, other: str, beside: float) -> None:
    """Ten for the name: below nothing from the births the two are not shown, and a passport of both shows them."""
    here, there = (replace(GUL, birth=BirthDate.parse(birth)) for birth in (one, other))
    assert _score(here, there) == (10.0 + beside if beside >= 0 else None)
    here, there = (replace(each, document_numbers=("P7788123",)) for each in (here, there))
    assert _score(here, there) == 22.0 + beside


def test_a_birth_that_is_not_known_speaks_a_little_for_one_person() -> None:
    assert _score(GUL, GUL) == _score(GUL, replace(GUL, birth=BORN)) == 11.0


@pytest.mark.parametrize(
    ("one", "other", "beside"),
    [
        ({"street": "Rruga e Pejës"}, {"street": "Rruga e Pejes"}, 3.0),
        ({"street": "Rruga e Pejës"}, {"street": "Rruga e Pejas"}, 2.25),
        ({"street": "Rruga e Pejës"}, {"street": "Nënë Tereza"}, -0.5),
        ({"building": "Kulla"}, {"building": "Kulla"}, 3.0),
        ({"building": "Kulla"}, {"building": "Shkolla"}, 0.0),
        ({"town": "Gjilan"}, {"town": "Gjilan"}, 2.0),
        ({"town": "Gjilan"}, {"town": "Pejë"}, -0.5),
        ({"postcode": "60000"}, {"postcode": "60000"}, 2.5),
        ({"postcode": "60000"}, {"postcode": "12345"}, -0.5),
        ({"house": "3"}, {"house": "3"}, 1.5),
        ({"house": "3"}, {"house": "4"}, -0.25),
        ({"region": "Anamorava"}, {"region": "Anamorava"}, 0.25),
        ({"region": "Anamorava"}, {"region": "Dukagjini"}, -0.25),
        ({"town": "Gjilan", "house": "3"}, {"town": "Gjilan", "house": "4"}, 1.75),
        ({"town": "Gjilan", "house": "3"}, {"town": "Gjilan"}, 2.0),
        ({"town": ""}, {"town": ""}, 0.0),
    ],
)
def test_what_two_addresses_say_beside_one_name(one: dict[str, str], other: dict[str, str], beside: float) -> None:
    assert _score(replace(GUL, address=one), replace(GUL, address=other)) == 11.0 + beside


WHOLE = {"street": "Rruga e Pejës", "building": "Kulla", "town": "Gjilan", "postcode": "60000", "house": "3"}


def test_an_address_is_said_to_be_the_same_from_a_street_on_and_says_no_more_than_a_name_and_something() -> None:
    """All parts together would say 12; 11 and an unknown birth are as much as the name itself can outweigh."""
    assert _score(replace(GUL, address=WHOLE), replace(GUL, address=WHOLE)) == 22.0
    same = "The same address."
    for address, told in (({"street": "Bulevardi"}, True), ({"postcode": "60000"}, False), (WHOLE, True)):
        found = likely_same(replace(GUL, address=address), replace(GUL, address=address))
        assert (same in said(found)) is told


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("12a", "12b", True),
        ("3a", "3b", False),
        ("1234", "1235", True),
        ("1234", "1265", False),
        ("Gjan", "Gjane", False),
        ("Gjani", "Gjain", True),
        ("Gjani", "Gjanis", True),
        ("Gjani", "Peja", False),
    ],
)
def test_two_short_parts_of_an_address_are_alike_by_one_letter_and_long_ones_as_words_of_names_are(
    one: str, other: str, alike: bool
) -> None:
    score = _score(replace(GUL, address={"town": one}), replace(GUL, address={"town": other}))
    assert score == (12.5 if alike else 10.5)


@pytest.mark.parametrize(
    ("one", "other", "beside"),
    [
        ("P7788123", "p 7788-123", 12.0),
        ("P7788123", "P7788124", 7.0),
        ("P7788123", "P7788132", 7.0),
        ("P7788123", "P778812", 7.0),
        ("P7788123", "P7788145", -0.5),
        ("P7788123", "F66778714", -0.5),
        ("P77881", "P77882", 7.0),
        ("P7788", "P7781", -0.5),
        ("P77881", "P7788", -0.5),
    ],
)
def test_what_the_numbers_of_two_papers_say_beside_one_name(one: str, other: str, beside: float) -> None:
    assert _score(replace(GUL, document_numbers=(one,)), replace(GUL, document_numbers=(other,))) == 11.0 + beside


def test_a_number_with_the_partner_and_one_of_a_paper_say_more_than_one_alone_and_no_number_nothing() -> None:
    known = replace(GUL, partner_number="A-17-3", document_numbers=("P7788123",))
    assert _score(known, known) == 35.0
    assert _score(known, replace(known, document_numbers=())) == 23.0
    assert _score(known, GUL) == 11.0
    assert _score(known, replace(GUL, partner_number="B-99")) == 11.0
    assert _score(known, replace(GUL, document_numbers=("none",))) == 11.0


def test_another_sex_and_another_nationality_take_away() -> None:
    known = replace(GUL, birth=BORN, sex=Sex.FEMALE, nationality="AF")
    assert _score(known, known) == _score(known, replace(known, sex=None, nationality=None)) == 17.0
    assert _score(known, replace(known, nationality="HT")) == 16.0
    assert _score(known, replace(known, sex=Sex.MALE)) == 14.5
    found = likely_same(known, replace(known, sex=Sex.MALE, nationality="HT"))
    assert said(found)[2:] == ["But the nationality differs.", "But the sex differs."]


def test_points_are_told_to_the_hundredth() -> None:
    score = _score(replace(GUL, given_names="Gülşen"), replace(GUL, given_names="Gulshan"))
    assert score is not None
    assert score == round(score, 2) != round(score, 1)


@pytest.mark.parametrize(
    ("days", "several"), [((7, 8, 9), False), ((7, 18, 29), True), ((7, 18, None), False), ((7, 18, 18), False)]
)
def test_a_number_names_nobody_where_three_births_differ_by_more_than_a_slip(
    days: tuple[int | None, ...], several: bool
) -> None:
    births = [BirthDate(1991, 3, day) if day else None for day in days]
    listed = [replace(GUL, birth=birth, document_numbers=("P 7788-12",)) for birth in births]
    worn = worn_numbers([Known(person) for person in listed])
    assert [each.number for each in worn.values()] == (["P 7788-12"] if several else [])


def test_a_number_of_three_of_whom_two_may_be_one_is_a_number() -> None:
    ones = [_named(name, None) for name in ("Rahimi Zahra", "Karimi Omid", "Karimi Omid")]
    sexes = (Sex.FEMALE, Sex.MALE, Sex.FEMALE)
    listed = [Known(replace(one, partner_number="A-1")) for one in ones]
    assert worn_numbers(listed) == {}
    listed = [Known(replace(one, partner_number="A-1", sex=sex)) for one, sex in zip(ones, sexes, strict=True)]
    (worn,) = worn_numbers(listed).values()
    assert (worn.number, worn.places) == ("A-1", (0, 1, 2))
    assert without(listed[0], {"pUS:a1", "dk7"}) is listed[0]
    assert without(listed[0], worn_numbers(listed)) == Known(replace(ones[0], sex=Sex.FEMALE))
    known = Known(replace(ones[0], partner_number="A-1", document_numbers=("K 7", "K-8")), {"DK": "77-12", "US": "A 1"})
    kept = without(known, {"p:a1", "pUS:a1", "dk7"})
    assert (kept.person.partner_number, kept.person.document_numbers, kept.scoped) == ("", ("K-8",), {"DK": "77-12"})


@pytest.mark.parametrize(("score", "implied"), [(12.99, ()), (13.0, (10.0,)), (14.5, (11.5,))])
def test_what_follows_from_two_pairs_is_likely_itself(score: float, implied: tuple[float, ...]) -> None:
    pairs = [(0, 1, Likeness(20.0, ())), (1, 2, Likeness(score, ()))]
    found = with_implied(pairs, str)
    assert tuple(each.score for one, other, each in found if (one, other) == (0, 2)) == implied


def test_of_two_from_whom_it_follows_the_surer_is_named() -> None:
    sure, surer = Likeness(15.0, ()), Likeness(17.0, ())
    pairs = [(0, 1, sure), (0, 2, surer), (1, 3, surer), (2, 3, surer)]
    found = {(one, other): each for one, other, each in with_implied(pairs, str)}
    assert (found[0, 3].score, said(found[0, 3])) == (14.0, ["Both are perhaps the same as 2."])


@pytest.mark.parametrize(("count", "least"), [(40, 780), (41, 0)])
def test_from_one_who_is_like_a_crowd_nothing_follows(count: int, least: int) -> None:
    pairs = [(0, other, Likeness(20.0, ())) for other in range(1, count + 1)]
    assert len(with_implied(pairs, str)) == count + least


def test_of_a_crowd_of_one_name_the_neighbours_are_compared_and_of_fewer_all() -> None:
    def apart(count: int) -> set[int]:
        return {other - one for one, other, _ in likely_pairs([GUL] * count)}

    assert max(apart(40)) == 39
    assert apart(41) == set(range(1, 13))


def test_a_key_of_one_person_alone_is_shared_by_nobody() -> None:
    listed = [Known(_named(name, None)) for name in ("Rahimi Zahra", "Karimi Omid", "Karimi Omid")]
    assert set(map(tuple, sharing(listed, {}).values())) == {(1, 2)}


@pytest.mark.parametrize("birth", ["1991-03-07", "1991-03", "1991", "1991-01-01", "~1991"])
@pytest.mark.parametrize("shared", [{"name"}, {"word"}, {"word", "birth"}, {"birth"}])
def test_who_has_a_name_or_one_word_and_the_birth_or_a_day_in_common_is_compared(birth: str, shared: set[str]) -> None:
    born = BirthDate.parse(birth)
    name = _named(
        "Ahmadzai Gul" if "name" in shared else "Ahmadzai Kowalski" if "word" in shared else "Sahak Omid", None
    )
    one, other = replace(GUL, birth=born), replace(name, birth=born if "birth" in shared else None)
    together = "name" in shared or shared >= {"word", "birth"} or (shared == {"birth"} and birth == "1991-03-07")
    assert Known(one).keys.isdisjoint(Known(other).keys) is not together


def test_who_has_two_parts_of_an_address_or_one_beside_a_word_of_the_name_in_common_is_compared() -> None:
    def together(name: str, *parts: str) -> bool:
        living = replace(_named(name, None), address={part: WHOLE[part] for part in parts})
        return not Known(living).keys.isdisjoint(Known(replace(GUL, address=WHOLE)).keys)

    assert all(together("Sahak Omid", *pair) for pair in combinations(WHOLE, 2))
    assert not any(together("Sahak Omid", part) for part in WHOLE)
    assert {part for part in WHOLE if together("Ahmadzai", part)} == {"street", "town", "postcode"}
