"""The search index: who is found by what, and in which order."""

from datetime import date

import pytest

from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.ids import ResidentId
from models.rules.birth import BirthDate
from models.rules.people import EVERYBODY
from models.rules.vocabulary import DocumentKind
from models.store import search, search_index
from models.store.declaring import action
from models.store.register import Register
from models.store.unit_of_work import UnitOfWork
from tests import builders


def _found(register: Register, typed: str, limit: int = 12) -> list[ResidentId]:
    with register.read() as snapshot:
        found = list(search.find(snapshot.connection, typed, limit))
        assert set(found) <= search.matching(snapshot.connection, typed)
    return found


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Đorđević", ["dord", "djordj", "ĐORĐ", "ђорђ", "đo", "dj", "rdev"]),
        ("Ђорђевић", ["dord", "djord", "Đorđević", "ђо"]),
        ("Saint-Fleur", ["saint", "fleur", "saint-fleur", "fl sa", "int-fl"]),
        ("Nguyễn Văn Thành", ["nguyen", "van thanh", "thà", "ng v t"]),
        ("Öztürk", ["ozturk", "oeztuerk", "öz"]),
        ("O'Brien", ["obrien", "o'br", "ob"]),
        ("گل احمدزی", ["احمد", "احمدزي", "گل", "گ"]),
        ("Çelik", ["celik", "çe", "ce"]),
    ],
)
def test_a_name_is_found_in_any_spelling_and_by_a_part_of_it(register: Register, stored: str, typed: list[str]) -> None:
    resident = builders.resident(register, family_name=stored)
    builders.resident(register, "K-0099", family_name="Kowalski")
    for text in typed:
        assert _found(register, text) == [resident], text


@pytest.mark.parametrize("typed", ["K-0012", "k0012", "k 0012", "0012", "12", "k-0", "K-00"])
def test_a_number_is_found_however_it_is_typed(register: Register, typed: str) -> None:
    resident = builders.resident(register, "K-0012")
    assert _found(register, typed)[0] == resident


def test_a_number_typed_whole_comes_before_those_that_contain_it(register: Register) -> None:
    builders.resident(register, "K-0112", sort_name="a")
    builders.resident(register, "K-0120", sort_name="b")
    resident = builders.resident(register, "K-0012", sort_name="c")
    assert _found(register, "12")[0] == resident


def test_letters_alone_mean_names_and_not_the_numbers_that_all_begin_with_them(register: Register) -> None:
    for number in range(1, 20):
        builders.resident(register, f"K-{number:04}")
    karimi = builders.resident(register, "K-0099", family_name="Karimi")
    assert _found(register, "k") == [karimi]


def test_documents_and_numbers_of_partners_are_found_with_and_without_what_parts_them(register: Register) -> None:
    programme = builders.programme(register)
    resident = builders.resident(register)
    register.perform(
        builders.put, row=PartnerNumber(resident_id=resident, programme_id=programme, number="A-201-884-113")
    )
    register.perform(
        builders.put, row=Document(resident_id=resident, kind=DocumentKind.OTHER, number="9359-8123-91865")
    )
    for typed in ("A-201-884-113", "a201884113", "884", "9359-8123", "9359812391865", "91865"):
        assert _found(register, typed) == [resident], typed


def test_whose_name_begins_so_comes_first_then_the_roll_then_the_alphabet(register: Register) -> None:
    programme = builders.programme(register)
    inside = builders.resident(register, "K-0001", family_name="Bahmadi", sort_name="bahmadi")
    gone = builders.resident(register, "K-0002", family_name="Ahmadi", sort_name="ahmadi")
    here = builders.resident(register, "K-0003", family_name="Ahmadzai", sort_name="ahmadzai")
    also = builders.resident(register, "K-0004", family_name="Ahmadov", sort_name="ahmadov")
    builders.stay(register, gone, programme, date(2026, 7, 1), date(2026, 8, 1))
    for resident in (inside, here, also):
        builders.stay(register, resident, programme, date(2026, 7, 1))
    assert _found(register, "ahmad") == [also, here, gone, inside]
    assert _found(register, "ahmad", limit=2) == [also, here]


def test_every_word_must_stand_somewhere_in_any_order(register: Register) -> None:
    gul = builders.resident(register, "K-0001", family_name="Ahmadzai", given_names="Gul")
    builders.resident(register, "K-0002", family_name="Ahmadzai", given_names="Omid")
    for typed in ("gul ahmadzai", "ahmad gu", "g ahm", "a g", "zai ul gul"):
        assert _found(register, typed) == ([gul] if typed != "zai ul gul" else []), typed


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "'; DROP", "%", "a\x00b", "*", "NEAR(", "ظظظ"])
def test_whatever_is_typed_nothing_breaks(register: Register, typed: str) -> None:
    builders.resident(register, family_name="Noori")
    assert _found(register, typed) == []


def test_a_list_is_narrowed_to_all_who_match_and_not_to_the_first(register: Register) -> None:
    @action("tests.many", roles=EVERYBODY, told="")
    def many(unit: UnitOfWork) -> None:
        for number in range(600):
            unit.session.add(
                Resident(
                    number=f"K-{number:04}",
                    family_name="Noori",
                    aliases=[],
                    other_nationalities=[],
                    languages=[],
                    sort_name=f"noori {number:04}",
                )
            )

    register.perform(many)
    with register.read() as snapshot:
        assert len(search.matching(snapshot.connection, "noo")) == 600
        assert len(search.matching(snapshot.connection, "no")) == 600
        assert len(search.find(snapshot.connection, "noo")) == 12


def test_the_index_can_be_written_anew(register: Register) -> None:
    resident = builders.resident(register, family_name="Noori")
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        unit.connection.exec_driver_sql("DELETE FROM search_words")
        unit.connection.exec_driver_sql("DELETE FROM search_starts")
    assert _found(register, "noori") == []
    with register.write() as unit:
        unit.begin(builders.TEST, {})
        assert search_index.rebuild(unit.connection) == 1
    assert _found(register, "noori") == _found(register, "no") == [resident]


def _pieces(register: Register) -> list[int]:
    """Of how many pieces each table of the index is."""
    statements = [f"SELECT count(DISTINCT segid) FROM {table}_idx" for table in search_index.TABLES]
    with register.read() as snapshot:
        return [snapshot.connection.exec_driver_sql(statement).scalar_one() for statement in statements]


def test_the_index_is_put_in_one_piece_where_it_is_written_anew_and_where_many_people_came(register: Register) -> None:
    """Whoever looks for somebody looks into each piece."""

    @action("tests.merge", roles=EVERYBODY, told="")
    def merge(unit: UnitOfWork, *, added: int) -> None:
        search_index.merge(unit.connection, added)

    @action("tests.rebuild", roles=EVERYBODY, told="")
    def rebuild(unit: UnitOfWork) -> None:
        search_index.rebuild(unit.connection)

    for number in range(3):
        builders.resident(register, f"K-{number:04}", family_name="Noori")
    assert _pieces(register) == [3, 3]
    register.perform(merge, added=0)
    assert _pieces(register) == [3, 3]
    register.perform(merge, added=1)
    assert _pieces(register) == [1, 1]
    builders.resident(register, "K-0009", family_name="Noori")
    assert _pieces(register) == [2, 2]
    register.perform(rebuild)
    assert _pieces(register) == [1, 1]
    assert len(_found(register, "noori")) == 4


def test_what_the_index_says_of_a_person_has_a_mark_that_changes_with_it(register: Register) -> None:
    exact = builders.resident(register, "K-12", family_name="Đurić", birth=BirthDate(1991, 3, 7))
    vague = builders.resident(register, "K-13", family_name="علی", birth=BirthDate(1990))
    with register.read() as snapshot:
        said = search_index.kept(snapshot.connection.connection.driver_connection)
    day = "†19910307 †1991 †19910307♪GRS †19910307♪TRS †1991♪GRS †1991♪TRS"
    assert (search_index.FOLDED, said[exact].starts, said[vague].starts) == (
        "sounds 7",
        f"duric djuric №k12 №12 ♪GRS ♪TRS {day}",
        "علی №k13 №13 ♪AL †1990 ‡1990 †1990♪AL ‡1990♪AL",
    ), "Who changes what the index says changes FOLDED, or registers that are there are not indexed anew"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (("Yousuf", "Mohammad"), ["Mohammed", "mohammed y", "Muhamed Jusuf", "youssef mohamad", "mohamme"]),
        (("Hosseini", "Abdul Rahman"), ["abdulrahman", "Hussaini", "abdurrahman hussaini", "عبدالرحمن"]),
        (("احمدی", "خالد"), ["khalid ahmadi", "Halid", "chaled"]),
        (("Beridze", "Giorgi"), ["გიორგი", "ბერიძე", "georgi beridze"]),
        (("Papadopoulos", "Γιώργος"), ["yiorgos", "Giorgos Papadopoulos"]),
        (("Gebremariam", "Tesfaye"), ["ተስፋዬ", "tesfay"]),
    ],
)
def test_a_name_is_found_as_it_sounds(register: Register, stored: tuple[str, str], typed: list[str]) -> None:
    resident = builders.resident(register, family_name=stored[0], given_names=stored[1])
    builders.resident(register, "K-0099", family_name="Kowalski", given_names="Mahmood")
    for text in typed:
        assert _found(register, text) == [resident], text


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("علی", ["ali", "Ali", "aly", "Али", "علي", "Αλή"]),
        ("رضا", ["reza", "rez", "Реза"]),
        ("نور", ["nur", "noor", "Нур"]),
        ("گل", ["gul", "Гул"]),
        ("عمر", ["omar", "umar", "omer", "Омар"]),
        ("Али", ["ali", "علی"]),
        ("Αλή", ["ali", "علی", "Али"]),
        ("Ivo", ["Иво"]),
        ("Gul", ["گل", "гул"]),
        ("Nur", ["نور"]),
    ],
)
def test_a_short_name_is_found_from_one_script_in_another(register: Register, stored: str, typed: list[str]) -> None:
    resident = builders.resident(register, family_name="", own_script=stored)
    builders.resident(register, "K-0099", family_name="Kowalski", given_names="Mahmood")
    for text in typed:
        assert _found(register, text) == [resident], text


def test_a_short_word_is_still_the_beginning_of_one_beside_another_that_only_sounds_so(register: Register) -> None:
    resident = builders.resident(register, family_name="Achmadi", given_names="Karim")
    assert _found(register, "ahmadi kar") == [resident]


def test_who_is_written_as_it_was_typed_comes_before_who_only_sounds_so(register: Register) -> None:
    sounding = builders.resident(register, "K-0001", family_name="Ahmedi", sort_name="a")
    exact = builders.resident(register, "K-0002", family_name="Achmadi", sort_name="z")
    assert _found(register, "achmadi") == [exact, sounding]


def test_names_that_only_share_consonants_are_not_found(register: Register) -> None:
    builders.resident(register, family_name="Hassan")
    assert _found(register, "hussein") == []


def test_a_short_number_is_found_behind_the_letters_of_the_facility(register: Register) -> None:
    resident = builders.resident(register, "K-0033")
    builders.resident(register, "K-0099")
    for typed in ("K-33", "k33", "33", "K-033"):
        assert _found(register, typed) == [resident], typed


def test_candidates_are_found_until_they_have_arrived(register: Register) -> None:
    programme = builders.programme(register)
    candidate = builders.candidate(register, programme, family_name="Yousuf", given_names="Mohammad")
    with register.read() as snapshot:
        found = search.ranked_candidates(snapshot.connection, "Muhamed Jusuf")
    assert [search.candidate_of(match) for match in found] == [candidate]
    register.perform(
        builders.put,
        row=Resident(number="K-1", aliases=[], other_nationalities=[], languages=[], candidate_id=candidate),
    )
    with register.read() as snapshot:
        assert search.ranked_candidates(snapshot.connection, "Muhamed Jusuf") == []


def test_letters_within_a_word_and_the_beginning_of_another_are_found_together(register: Register) -> None:
    resident = builders.resident(register, "K-0001", family_name="Ivanova", given_names="Ana")
    builders.resident(register, "K-0002", family_name="Ivanova", given_names="Mira")
    assert _found(register, "nova an") == [resident]
