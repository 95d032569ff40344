"""What users may be called, and which passphrases open a register."""

import ast
import inspect
from contextlib import nullcontext

import pytest
from zxcvbn import feedback

from models.errors import Refused
from models.rules.passphrases import ADVICE, check_passphrase, guessing, wait_after
from models.rules.people import (
    EVERYBODY,
    READS_SEALED,
    SETS_UP,
    check_can_seal,
    check_may_do,
    check_may_unseal,
    checked_user_name,
    looks_like,
    may_do,
    reads,
)
from models.rules.vocabulary import Role, SealedKind
from models.rules.wording import word

PLAIN = [
    "A. Berisha",
    "Агим Бериша",
    "Ελένη",
    "Đorđe Živković",
    "Nurse 2",
    "O’Brien",
    "Ümit Şahin",
    "أحمد",
    "Ə. Əliyev",
]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_in_one_alphabet_is_kept_as_it_is(name: str) -> None:
    assert checked_user_name(f"  {name} ", [each for each in PLAIN if each != name]) == name


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("A. B\u200berisha", "U+200B"),  # zero width space
        ("A. B\u200derisha", "U+200D"),  # zero width joiner
        ("\ufeffA. Berisha", "U+FEFF"),
        ("A. Be\u00adrisha", "U+00AD"),  # soft hyphen
        ("A. \u202eahsireB", "U+202E"),  # right to left override
        ("A. \u2066Berisha\u2069", "U+2066"),
        ("A. Berisha\0", "U+0000"),
        ("A. Beri\u0007sha", "U+0007"),
        ("A. Berisha\ufe0f", "U+FE0F"),  # variation selector
        ("A. Beri\u034fsha", "U+034F"),  # combining grapheme joiner
        ("A. Berisha\u3164", "U+3164"),  # a Hangul filler, a letter by its category
        ("A. Berisha\ud800", "U+D800"),
        ("A. Berisha\ue000", "U+E000"),
        ("\U0001d400. Berisha", "U+1D400"),  # mathematical bold A
        ("Ａ. Berisha", "U+FF21"),  # full width
        ("A. Berisha 🙂", "U+1F642"),
        ("A<b>", "U+003C"),
    ],
)
def test_a_name_that_hides_a_sign_is_refused_and_the_sign_is_named(name: str, sign: str) -> None:
    with pytest.raises(Refused, match="cannot be seen") as refused:
        checked_user_name(name)
    assert refused.value.message.values["sign"] == sign


@pytest.mark.parametrize(
    ("name", "sign"),
    [("A. B\u0435risha", "U+0435"), ("\u0410. Berisha", "U+0042"), ("A. Berishα", "U+03B1"), ("A. Bɑrisha", "U+0251")],
)
def test_a_letter_of_another_alphabet_is_refused(name: str, sign: str) -> None:
    with pytest.raises(Refused, match="another alphabet") as refused:
        checked_user_name(name)
    assert refused.value.message.values["sign"] == sign


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Сара Росе", "Capa Poce"),  # all Cyrillic, all Latin
        ("ΑΝΝΑ", "ANNA"),
        ("a. berisha", "A. Berisha"),
        ("A Berisha", "A. Berisha"),
        ("lLIR", "ILIR"),
        ("Ilir", "I1ir"),
        ("R0se", "Rose"),
        ("Amold", "Arnold"),
        ("ADNAN\u0131", "Adnani"),
        ("\u0410\u041d\u0410", "AHA"),
    ],
)
def test_a_name_that_looks_like_another_is_refused(name: str, other: str) -> None:
    with pytest.raises(Refused, match="looks like") as refused:
        checked_user_name(name, ["B. Hoxha", other])
    assert refused.value.message.values["name"] == other
    assert looks_like(name) == looks_like(other)


@pytest.mark.parametrize(("name", "said"), [("A. Berisha", "somebody of this name"), ("", "Write the name"), (
    "x" * 100_000, "at most")])  # fmt: skip
def test_a_name_that_is_there_and_no_name_and_one_without_end_are_refused(name: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        checked_user_name(name, ["A. Berisha"])


def test_a_name_may_have_two_hundred_letters_and_a_letter_of_latin_languages() -> None:
    assert checked_user_name("x" * 200) == "x" * 200
    with pytest.raises(Refused, match="at most"):
        checked_user_name("x" * 201)
    for name in ("Đặng Ǵorđe Ẁỿ", "Əli Ȁɏ", "ƿulf", "Ḁli"):
        assert checked_user_name(name) == name


@pytest.mark.parametrize("sign", ["\ufe00", "\ufe0f", "\u01c0", "\u01c3", "\u0250", "\uab30"])
def test_a_mark_that_is_not_seen_and_a_letter_that_only_phonetics_writes_are_refused(sign: str) -> None:
    with pytest.raises(Refused):
        checked_user_name(f"A{sign}b")


@pytest.mark.parametrize(
    "passphrase",
    ["password1", " " * 12, "aaaaaaaa", "qwertyuiop", "A. Berisha", "Reception Centre North", "Berisha1", "12345678901",
     "iloveyou2"],
)  # fmt: skip
def test_a_passphrase_that_is_easily_guessed_is_refused_with_what_would_help(passphrase: str) -> None:
    with pytest.raises(Refused, match="easily guessed") as refused:
        check_passphrase(passphrase, others=("A. Berisha", "Reception Centre North"), field="new")
    assert refused.value.field == "new"
    assert refused.value.reasons


@pytest.mark.parametrize(
    "passphrase", ["seven wet goats sing", "mali krov iza brda", "x" * 30 + "gH3!kq82 unlikely", "зелена врата ноћу"]
)
def test_several_words_of_ones_own_are_good(passphrase: str) -> None:
    check_passphrase(passphrase, others=("A. Berisha",))


def test_all_that_the_meter_says_can_be_said_in_every_language() -> None:
    tree = ast.parse(inspect.getsource(feedback))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "_"]
    said = {str(ast.literal_eval(call.args[0])) for call in calls}
    assert len(said) > 20
    assert said == ADVICE


def test_three_wrong_passphrases_are_free_and_each_further_one_waits_twice_as_long_up_to_five_minutes() -> None:
    assert [wait_after(wrong) for wrong in range(13)] == [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert wait_after(10**9) == 300


def test_a_passphrase_of_any_length_is_measured() -> None:
    check_passphrase("seven wet goats sing in the rain " * 9)
    with pytest.raises(Refused, match="easily guessed"):
        check_passphrase("a" * 500)


def test_what_zxcvbn_calls_hard_enough_is_taken() -> None:
    passphrase = "correct battery"
    assert guessing(passphrase, ())[0] == 3
    check_passphrase(passphrase)


def test_who_may_do_a_thing_is_its_roles_and_the_administrator_stands_in_while_alone() -> None:
    for role in Role:
        assert may_do(role, EVERYBODY)
        assert may_do(role, frozenset({role}))
        assert not may_do(role, frozenset())
        assert may_do(role, frozenset(), stands_in=True) is (role is Role.ADMINISTRATOR)
        assert may_do(role, SETS_UP) is (role is Role.ADMINISTRATOR)


def test_who_may_not_is_told_whom_to_ask() -> None:
    check_may_do(Role.CLERK, frozenset({Role.CLERK}))
    with pytest.raises(Refused, match="Ask:") as refused:
        check_may_do(Role.CLERK, SETS_UP)
    assert refused.value.message.values["asked"] == word(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="Nobody may"):
        check_may_do(Role.CLERK, frozenset())


def test_an_administrator_reads_nothing_that_is_sealed_an_inspector_complaints_and_legal_staff_all() -> None:
    readers = {kind: {role for role in Role if reads(role, kind)} for kind in SealedKind}
    assert all(
        Role.HEALTH_LEGAL in roles and not roles & {Role.ADMINISTRATOR, Role.CLERK} for roles in readers.values()
    )
    assert [kind for kind, roles in readers.items() if Role.INSPECTOR in roles] == [SealedKind.COMPLAINT]
    for kind, roles in READS_SEALED.items():
        for role in Role:
            with nullcontext() if role in roles else pytest.raises(Refused):
                check_may_unseal(role, kind)


def test_nothing_is_sealed_that_nobody_could_read() -> None:
    check_can_seal(True)
    with pytest.raises(Refused, match="Nobody can read"):
        check_can_seal(False)
