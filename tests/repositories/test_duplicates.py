"""Who in the whole register may be one person: found in any order, in whatever way, and nobody is merged."""

from itertools import combinations, count
from random import Random
from typing import Any

import pytest

from benchmarks import damaged
from models.actions import joinings
from models.entities.documents import Document
from models.entities.residents import PartnerNumber
from models.errors import Refused
from models.ids import ResidentId
from models.queries import duplicates
from models.queries import joinings as joining_rows
from models.queries.duplicates import Found
from models.repositories.likeness import resident_persons, residents_like
from models.rules.birth import BirthDate
from models.rules.vocabulary import DocumentKind
from models.store.register import Register
from tests import builders

_NUMBER = count(1)


def person(register: Register, family: str = "", given: str = "", birth: str = "", **more: Any) -> ResidentId:
    names = {"family_name": family, "given_names": given, "birth": BirthDate.parse(birth) if birth else None}
    return builders.resident(register, f"D-{next(_NUMBER):04}", **names, **more)


def paper(register: Register, who: ResidentId, number: str) -> None:
    register.perform(builders.put, row=Document(resident_id=who, kind=DocumentKind.PASSPORT, number=number))


def found(register: Register, **asked: Any) -> Found:
    with register.read() as snapshot:
        return duplicates.find(snapshot, **asked)


def pairs(register: Register, **asked: Any) -> set[tuple[ResidentId, ResidentId]]:
    return {(pair.this, pair.other) for pair in found(register, **asked).pairs}


def test_two_are_found_by_day_by_name_and_by_number_each_once_with_reasons(register: Register) -> None:
    day = person(register, "Yousuf", "Mohammed", "1991-03-07"), person(register, "Jusuf", "Muhamed", "1991-07-03")
    scripts = person(register, "Hosseini", "Reza", "~1980"), person(register, "حسینی", "رضا", "1981-05-02")
    unknown = person(register, "Tesfaye", "Abebe"), person(register, "ተስፋዬ", "አበበ", "1975-10-11")
    january = person(register, "Kovač", "Ана", "1960-01-01"), person(register, "Kovac", "Ana", "1960-06-05")
    number = person(register, "Rossi", "Anna", "1950-05-05"), person(register, "Verdi", "Carla", "1971-02-02")
    for who in number:
        paper(register, who, "X 77-88-12")
    near = person(register, "Osman", "Idris", "1990-02-03"), person(register, "Osman", "Idris", "1990-11-09")
    paper(register, near[0], "A1234567")
    paper(register, near[1], "A1234576")
    person(register, "Osman", "Yasmin", "1990-02-04")
    told = found(register)
    assert {(pair.this, pair.other) for pair in told.pairs} == {day, scripts, unknown, january, number, near}
    assert told.n == 6
    assert not told.is_more
    assert all(pair.likeness.reasons for pair in told.pairs)


def test_it_finds_whom_a_look_up_of_each_one_finds(register: Register) -> None:
    """The walk over all and the look-up of one are two ways to one answer."""
    random = Random(7)
    for row in damaged.people(7, 60, 1, 3).rows:
        said = dict(zip(damaged.COLUMNS, row, strict=True))
        birth = said["date_of_birth"]
        shown = random.choice([birth, birth[:4], "", f"~{birth[:4]}"]) if random.random() < 0.3 else birth
        try:
            person(register, said["surname"], said["given_name"], _iso(shown))
        except ValueError:
            person(register, said["surname"], said["given_name"])
    with register.read() as snapshot:
        everybody = [ResidentId(row.id) for row in snapshot.connection.exec_driver_sql("SELECT id FROM residents")]
        people = resident_persons(snapshot.connection, everybody)
        one_by_one = {
            (min(who, other), max(who, other))
            for who in everybody
            for other, _ in residents_like(snapshot.connection, {who: people[who]}).get(who, ())
            if other != who
        }
    assert one_by_one
    assert pairs(register) >= one_by_one


def _iso(text: str) -> str:
    if len(text) == 8 and text.isdecimal():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def test_a_number_of_several_who_differ_makes_no_pair_of_anybody(register: Register) -> None:
    people = [
        person(register, *name, birth)
        for name, birth in (
            (("Rossi", "Anna"), "1950-05-05"), (("Osman", "Idris"), "1990-02-03"), (("Kim", "Min"), "1981-09-30"),
            (("Haile", "Sara"), "2001-12-24"),
        )
    ]  # fmt: skip
    for who in people:
        paper(register, who, "PLACEHOLDER1")
    assert pairs(register) == set()


def test_two_partners_may_give_one_number_to_two_people(register: Register) -> None:
    us, uk = builders.programme(register, "US"), builders.programme(register, "UK")
    one, other = person(register, "Rossi", "Anna", "1950-05-05"), person(register, "Verdi", "Carla", "1971-02-02")
    register.perform(builders.put, row=PartnerNumber(resident_id=one, programme_id=us, number="A-1234"))
    register.perform(builders.put, row=PartnerNumber(resident_id=other, programme_id=uk, number="A 1234"))
    assert pairs(register) == set()
    register.perform(builders.put, row=PartnerNumber(resident_id=other, programme_id=us, number="a1234"))
    assert pairs(register) == {(one, other)}


def test_the_list_is_cut_at_the_likeliest_and_says_how_many_there_are(register: Register) -> None:
    sure = person(register, "Haile", "Sara", "2001-12-24"), person(register, "Haile", "Sara", "2001-12-24")
    paper(register, sure[0], "EP776655")
    paper(register, sure[1], "EP776655")
    several = [person(register, "Osman", "Idris", "1990-02-03") for _ in range(4)]
    told = found(register, most=1)
    assert [(pair.this, pair.other) for pair in told.pairs] == [sure]
    assert told.n == 1 + len(list(combinations(several, 2)))


def test_whom_somebody_has_told_apart_is_not_asked_about_until_that_is_taken_back(register: Register) -> None:
    one, other = person(register, "Osman", "Idris", "1990-02-03"), person(register, "Ossman", "Idriss", "1990-02-03")
    before = found(register).pairs
    apart = register.perform(joinings.tell_apart, resident_id=other, other_id=one, reason="Two at one table").value
    assert pairs(register) == set()
    with register.read() as snapshot:
        assert duplicates.rows(snapshot, pairs=before) == ()
        assert joining_rows.alike(snapshot, resident_id=one) == ()
        (row,) = joining_rows.apart_of(snapshot, resident_id=one)
        assert row.reason == "Two at one table"
    with pytest.raises(Refused, match="two persons"):
        register.perform(joinings.join, resident_id=one, other_id=other, reason="One photo")
    with pytest.raises(Refused, match="settled in the meantime"):
        register.perform(joinings.tell_apart, resident_id=one, other_id=other, reason="Again")
    register.perform(joinings.ask_again, apart_id=apart, reason="It was a mirror")
    assert pairs(register) == {(one, other)}
    chosen: dict[str, Any] = {"family_name": "this", "given_names": "this"}
    register.perform(joinings.join, resident_id=one, other_id=other, reason="One photo", chosen=chosen)
    assert pairs(register) == set()


def test_who_was_told_apart_stays_so_from_whoever_the_other_is_found_to_be(register: Register) -> None:
    one, other = person(register, "Osman", "Idris", "1990-02-03"), person(register, "Osman", "Idris", "1990-02-03")
    third = person(register, "Osman", "Idris", "1990-02-03")
    register.perform(joinings.tell_apart, resident_id=one, other_id=other, reason="Two at one table")
    register.perform(joinings.join, resident_id=third, other_id=other, reason="One photo")
    assert pairs(register) == set()


def test_it_can_be_stopped(register: Register) -> None:
    class Stop(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stop

    person(register, "Osman", "Idris", "1990-02-03")
    with pytest.raises(Stop):
        found(register, progress=stop)
