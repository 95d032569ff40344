"""Who of the register may be the same person: one finder, whatever the size of what is asked."""

from collections.abc import Iterable
from itertools import product

import pytest

from models.entities.documents import Document
from models.entities.residents import Resident
from models.ids import ResidentId
from models.repositories import likeness
from models.repositories.likeness import Somebody, candidates_like, residents_like
from models.rules.birth import BirthDate
from models.rules.likeness import Person
from models.rules.namesakes import Strangers
from models.rules.people import EVERYBODY
from models.rules.vocabulary import DocumentKind
from models.store import search
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders

BORN = BirthDate(1991, 3, 7)


def _like(register: Register, person: Person) -> list[ResidentId]:
    with register.read() as snapshot:
        found = residents_like(snapshot.connection, {"asked": Somebody(person)})
    return [resident for resident, _ in found.get("asked", ())]


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        (("Yousuf", "Mohammed"), Person("Jusuf", "Muhamed", birth=BORN)),
        (("Yousuf", "Mohammed"), Person("Mohamad", "Youssef", birth=BirthDate(1991))),
        (("Yousuf", "Mohammed"), Person("یوسف", "محمد", birth=BirthDate(1992, about=True))),
        (("Yousuf", "Mohammed"), Person("Yousof", "Mohammed", birth=BirthDate(1991, 7, 3))),
        (("Karimi", "Abdul Rahman"), Person("Karimi", "Abdulrahman")),
        (("Beridze", "Giorgi"), Person("", "", "გიორგი ბერიძე", BirthDate(1991, 3))),
        (("Rahimzadeh", "Zohra"), Person("Rahimzxdeh", "Zohrab", birth=BORN)),
    ],
)
def test_a_resident_is_found_in_any_spelling_and_by_part_of_the_birth_date(
    register: Register, stored: tuple[str, str], asked: Person
) -> None:
    builders.resident(register, "K-0001", family_name="Kowalski", given_names="Jan", birth=BORN)
    resident = builders.resident(register, "K-0002", family_name=stored[0], given_names=stored[1], birth=BORN)
    assert _like(register, asked) == [resident]


def test_all_at_once_find_whom_each_alone_finds(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [("Yousuf", "Mohammed"), ("Karimi", "Zahra"), ("Đorđević", "Ana"), ("Beridze", "Giorgi")]
    for number, (family, given) in enumerate(names):
        builders.resident(register, f"K-{number:04}", family_name=family, given_names=given, birth=BORN)
    people = {
        (family, given): Somebody(Person(family, given, birth=BirthDate(1991)))
        for family, given in (("Jusuf", "Muhamed"), ("Ђорђевић", "Ана"), ("ბერიძე", "გიორგი"), ("Noori", "Jawad"))
    }
    with register.read() as snapshot:
        alone = residents_like(snapshot.connection, people)
        monkeypatch.setattr(likeness, "_MANY", 1)
        assert residents_like(snapshot.connection, people) == alone
        assert candidates_like(snapshot.connection, people) == {}
    assert len(alone) == 3


def test_whoever_is_passed_over_by_the_name_would_not_have_been_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = product(("Rahimi", "Rahinni", "Đorđević", "Gulahmad", "Z.", ""), ("Zohra", "Zxhrab", "Gul Ahmad", ""))
    for number, (family, given) in enumerate(stored):
        who = builders.resident(
            register, f"K-{number:04}", family_name=family, given_names=given, birth=BORN if number % 5 else None
        )
        if number % 7 == 0:
            paper = Document(resident_id=who, kind=DocumentKind.PASSPORT, number=f"P 778{number}")
            register.perform(builders.put, row=paper)
    asked = [
        Person(family, given, own_script, birth, document_numbers=numbers)
        for family, given, own_script in (("Raheemi", "Zahra", ""), ("", "Gulahmad", ""), ("Djordjevic", "", "گل احمد"))
        for birth in (BORN, BirthDate(1991, 7, 3), BirthDate(1991), None)
        for numbers in ((), ("P7787",))
    ]
    passed: list[bool] = []

    class Noted(Strangers):
        def __contains__(self, names: Iterable[tuple[str, ...]]) -> bool:
            passed.append(super().__contains__(names))
            return passed[-1]

    class Nobody(Strangers):
        def __contains__(self, names: Iterable[tuple[str, ...]]) -> bool:
            return False

    with register.read() as snapshot:
        monkeypatch.setattr(search, "Strangers", Noted)
        found = [residents_like(snapshot.connection, {0: Somebody(person)}) for person in asked]
        monkeypatch.setattr(search, "Strangers", Nobody)
        assert [residents_like(snapshot.connection, {0: Somebody(person)}) for person in asked] == found
    assert any(found)
    assert {*passed} == {True, False}


def test_a_number_that_many_residents_have_names_nobody(register: Register) -> None:
    for number, family in enumerate(("Rahimi", "Karimi", "Noori", "Sahak")):
        resident = builders.resident(register, f"K-{number:04}", family_name=family)
        register.perform(
            builders.put, row=Document(resident_id=resident, kind=DocumentKind.PASSPORT, number="P 7788-12")
        )
        asked = Person("Popal", "Omid", document_numbers=("p778812",))
        assert len(_like(register, asked)) == (number + 1 if number < 1 else 0), number


def _enter(register: Register, family_name: str, given_names: str, births: list[BirthDate]) -> None:
    """People of one name."""

    @action("tests.namesakes", roles=EVERYBODY, told="")
    def namesakes(unit: UnitOfWork) -> None:
        for number, birth in enumerate(births):
            unit.session.add(
                Resident(
                    number=f"L-{number:04}",
                    family_name=family_name,
                    given_names=given_names,
                    aliases=[],
                    other_nationalities=[],
                    languages=[],
                    sort_name=f"{family_name} {given_names}".lower(),
                    birth=birth,
                )
            )

    register.perform(namesakes)


def test_of_hundreds_of_one_name_the_one_with_the_birth_date_is_found(register: Register) -> None:
    _enter(register, "Ahmadi", "Mohammad", [BirthDate(1950 + n // 12, n % 12 + 1, 5) for n in range(400)])
    found = _like(register, Person("Achmadi", "Muhammed", birth=BirthDate(1951, 3, 5)))
    assert found[0] == ResidentId(15)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        (BirthDate(1991), BORN),
        (BirthDate(1991, 3), BORN),
        (BirthDate(1991, 1, 1), BORN),
        (BirthDate(1993, about=True), BORN),
        (BirthDate(1991, 7, 3), BORN),
        (None, BORN),
        (BORN, BirthDate(1991)),
        (BORN, BirthDate(1991, 1, 1)),
        (BORN, BirthDate(1989, about=True)),
        (BORN, BORN),
        (BirthDate(1991, 1, 1), BirthDate(1991, 1, 1)),
    ],
)
def test_among_a_hundred_of_one_name_and_year_who_may_be_the_same_is_found(
    register: Register, stored: BirthDate | None, asked: BirthDate
) -> None:
    resident = builders.resident(register, "K-0001", family_name="Ahmadi", given_names="Mohammad", birth=stored)
    builders.resident(register, "K-0002", family_name="Ahmadi", given_names="Mohammad", birth=BirthDate(1987, 3, 7))
    if asked == BORN:
        _enter(register, "Ahmadi", "Mohammad", [BirthDate(1991, 8 + n % 4, 9 + n % 20) for n in range(100)])
    assert resident in _like(register, Person("Achmadi", "Muhammed", birth=asked))


def test_among_a_hundred_born_on_one_day_who_has_one_of_the_names_is_found(register: Register) -> None:
    resident = builders.resident(register, "K-0001", family_name="Rahimzadeh", given_names="Zohra", birth=BORN)
    _enter(register, "Kowalski", "Jan", [BORN] * 100)
    assert _like(register, Person("Rahimzxdeh", "Zohra", birth=BORN)) == [resident]


def test_of_those_born_on_one_day_only_they_are_handed_over_whose_names_have_something_in_common(
    register: Register,
) -> None:
    """To a number that is nearly the same, who has no name may still be the same."""
    stored = [("Kowalski", "Jan"), ("Rahimzadeh", "Zohra"), ("Zxhra", ""), ("", ""), ("Hoxha", "Zohrab")]
    ids = [
        builders.resident(register, f"K-{number:04}", family_name=family, given_names=given, birth=BORN)
        for number, (family, given) in enumerate(stored)
    ]
    asked = Somebody(Person("Rahimzxdeh", "Zohra", birth=BORN))
    numbered = Somebody(Person("Rahimzxdeh", "Zohra", birth=BORN, document_numbers=("P7788132",)))
    with register.read() as snapshot:
        found, with_number = (
            {ResidentId(who) for who in search.near(snapshot.connection, each.known, residents=True)}
            for each in (asked, numbered)
        )
    assert found == {ids[1], ids[2], ids[4]}
    assert with_number == {*ids[1:]}


def test_whoever_has_no_name_is_found_by_the_day_and_a_number_that_is_nearly_the_same(register: Register) -> None:
    resident = builders.resident(register, "K-0001", family_name="", given_names="", birth=BORN)
    register.perform(builders.put, row=Document(resident_id=resident, kind=DocumentKind.PASSPORT, number="P7788123"))
    for name in ("Ahmadi", ""):
        assert _like(register, Person(name, birth=BORN, document_numbers=("P7788132",))) == [resident]


def test_a_number_that_is_nearly_the_same_outweighs_another_birthday(register: Register) -> None:
    resident = builders.resident(register, "K-0001", family_name="Ahmadi", given_names="Omid", birth=BORN)
    register.perform(builders.put, row=Document(resident_id=resident, kind=DocumentKind.PASSPORT, number="P7788123"))
    asked = Person("Ahmadi", "Omid", birth=BirthDate(1991, 8, 21), document_numbers=("P7788132",))
    assert _like(register, asked) == [resident]


def test_of_one_name_without_a_birth_the_newest_are_found_and_who_is_born_that_day_before_them(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FOUND_UNBORN", 2)
    monkeypatch.setattr(search, "_FOUND", 3)
    born = builders.resident(register, "K-0001", family_name="Yousuf", given_names="Mohammed", birth=BORN)
    others = [
        builders.resident(register, f"K-001{number}", family_name="Yousuf", given_names="Mohammed")
        for number in range(4)
    ]
    assert set(_like(register, Person("Jusuf", "Muhamed", birth=BORN))) == {born, *others[-2:]}
    assert set(_like(register, Person("Jusuf", "Muhamed"))) == set(others[-3:])
