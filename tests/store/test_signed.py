"""Nobody writes history in another's name: each entry is signed by the key that its person had then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, strategies
from sqlalchemy import Connection

from models.actions import people, residents
from models.ids import UserId
from models.rules.residents import PersonFacts
from models.rules.vocabulary import Role
from models.store import engine as engines
from models.store import signatures, trail
from models.store.ciphers import Signer, is_signed, sign
from models.store.keys import Keys
from models.store.opening import open_register, recover_register
from models.store.register import Register
from models.store.snapshot import Person
from models.store.verify import Verified, verify
from models.text import translator
from tests import builders
from tests.conftest import NOON, PASSPHRASE, QUICK, SHEET

THEIRS = "quite another phrase of theirs"
NEW = "a third one, of seven words or so"


@pytest.fixture
def two(register: Register) -> Register:
    """A register with an administrator and a clerk, who has chosen a passphrase of their own."""
    builders.resident(register)
    register.perform(people.add, name="C. Clerk", role=Role.CLERK, passphrase=PASSPHRASE)
    with as_clerk(register, PASSPHRASE) as clerk:
        clerk.perform(people.change_passphrase, old=PASSPHRASE, new=THEIRS)
    return register


def as_clerk(register: Register, passphrase: str = THEIRS) -> Register:
    return open_register(
        register.folder, person="C. Clerk", passphrase=passphrase, clock=register.clock, stretch=QUICK, for_reading=True
    )


@contextmanager
def past_konak(register: Register) -> Iterator[Connection]:
    engine = engines.make_engine(register.folder / engines.FILE_NAME, register.source.key)
    with engines.writing(engine).connect() as connection, connection.begin() as undone:
        yield connection
        undone.rollback()
    engine.dispose()


def clerk_key(register: Register) -> bytes:
    keys = Keys.load(register.folder)
    signer = keys.slot("C. Clerk").open(keys.register_id, THEIRS).signer
    assert signer is not None
    return signer


def appended(connection: Connection, *, signer: bytes | None, **said: Any) -> Verified:
    """What is found where somebody has added an entry that follows from the one before."""
    user, name, role = said.pop("who", (2, "C. Clerk", Role.CLERK))
    values: dict[str, Any] = {"action": "people.looked", "subject": "resident:1", "changes": [], "notes": {}, **said}
    trail.append(
        connection,
        at=NOON,
        person=Person(UserId(user), name, role),
        sign=lambda digest: None if signer is None else sign(digest, signer),
        **values,
    )
    found = verify(connection)
    if found.problem is not None:
        assert translator("en").render(found.problem)
    return found


def test_an_entry_of_ones_own_is_accepted_and_one_in_another_name_is_found(two: Register) -> None:
    key = clerk_key(two)
    with past_konak(two) as connection:
        number = trail.head(connection)[0] + 1
        assert appended(connection, signer=key).problem is None
    for who in ((1, "A. Berisha", Role.ADMINISTRATOR), (2, "A. Berisha", Role.CLERK), (2, "C. Clerk", Role.SUPERVISOR)):
        with past_konak(two) as connection:
            assert appended(connection, signer=key, who=who).number == number, who
    with past_konak(two) as connection:
        assert appended(connection, signer=key, who=(7, "X", Role.CLERK)).number == number


@pytest.mark.parametrize("signer", [None, Signer.make().private], ids=["none", "a stranger"])
def test_an_entry_without_a_signature_or_with_that_of_a_stranger_is_found(two: Register, signer: bytes | None) -> None:
    with past_konak(two) as connection:
        number = trail.head(connection)[0] + 1
        assert appended(connection, signer=signer).number == number


def test_a_wrong_signature_in_the_midst_is_found_at_its_entry_where_the_chain_holds(two: Register) -> None:
    with past_konak(two) as connection:
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql(
            "UPDATE trail SET signature = (SELECT t.signature FROM trail t WHERE t.number = 2) WHERE number = 3"
        )
        assert verify(connection).number == 3


def test_who_gives_another_a_key_is_an_administrator(two: Register) -> None:
    """Else whoever has a key would let others sign for people, in their names."""
    mine = Signer.make()
    with past_konak(two) as connection:
        before = connection.exec_driver_sql("SELECT signs FROM users WHERE id = 1").scalar_one()
        connection.exec_driver_sql("UPDATE users SET signs = ? WHERE id = 1", (mine.public,))
        given = trail.Change("users", "1", {"signs": before.hex()}, {"signs": mine.public.hex()})
        number = trail.head(connection)[0] + 1
        assert appended(connection, signer=clerk_key(two), changes=[given]).number == number


def test_each_new_key_holds_from_the_next_entry_on(two: Register) -> None:
    old = clerk_key(two)
    with as_clerk(two) as clerk:
        clerk.perform(people.change_passphrase, old=THEIRS, new=NEW)
        clerk.perform(residents.change, reason="seen", resident_id=1, person=PersonFacts(family_name="Aa"))  # type: ignore[arg-type]
    assert two.verified().problem is None
    with past_konak(two) as connection:
        assert appended(connection, signer=old).number == trail.head(connection)[0]


def test_an_opening_by_the_sheet_is_signed_by_the_sheet(two: Register) -> None:
    two.close()
    with recover_register(
        two.folder, secret=SHEET, person="C. Clerk", passphrase=NEW, clock=two.clock, stretch=QUICK
    ) as again:
        assert again.verified().problem is None
        key = again.vault.opened.signer
        with past_konak(again) as connection:
            number = trail.head(connection)[0] + 1
            assert appended(connection, signer=key, action="people.recovered", subject="user:2").number == number


def test_somebody_who_was_removed_makes_no_entry_any_more(two: Register) -> None:
    key = clerk_key(two)
    two.perform(people.remove, user_id=UserId(2))
    with past_konak(two) as connection:
        number = trail.head(connection)[0] + 1
        assert appended(connection, signer=key).number == number


# RFC 8032, 7.1, test 2: the content is one byte, 72.
_PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
_SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
_ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group: a factor to which it is added is the same factor, written otherwise."""
_SMALL = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)
"""Public halves of small order, the last one written so as no library writes it."""


def test_a_signature_is_taken_as_the_standard_has_it_and_for_nothing_else() -> None:
    assert is_signed(b"r", _SIGNATURE, _PUBLIC)
    for at in range(len(_SIGNATURE) * 8):
        changed = bytearray(_SIGNATURE)
        changed[at // 8] ^= 1 << at % 8
        assert not is_signed(b"r", bytes(changed), _PUBLIC), at
    assert not is_signed(b"s", _SIGNATURE, _PUBLIC)
    for signature, public in (
        (_SIGNATURE[:-1], _PUBLIC),
        (_SIGNATURE, _PUBLIC[:-1]),
        (b"", _PUBLIC),
        (_SIGNATURE, b""),
    ):
        assert not is_signed(b"r", signature, public)


def test_a_signature_cannot_be_written_in_a_second_way() -> None:
    factor = int.from_bytes(_SIGNATURE[32:], "little") + _ORDER
    assert not is_signed(b"r", _SIGNATURE[:32] + factor.to_bytes(32, "little"), _PUBLIC)


@pytest.mark.parametrize("public", _SMALL)
def test_no_public_half_fits_whatever_is_said(public: str) -> None:
    """With a half of small order, R of small order and a factor of nothing fit one content of eight, or every one."""
    for point in _SMALL:
        signature = bytes.fromhex(point) + bytes(32)
        assert not any(is_signed(bytes([content]), signature, bytes.fromhex(public)) for content in range(64))


@given(content=strategies.binary(max_size=200), private=strategies.binary(min_size=32, max_size=32))
def test_what_is_signed_is_taken_for_its_content_and_its_key_alone(content: bytes, private: bytes) -> None:
    signer = Signer.of(private)
    signature = sign(content, signer.private)
    assert is_signed(content, signature, signer.public)
    assert not is_signed(content + b"x", signature, signer.public)
    assert not is_signed(content, signature, Signer.of(bytes(32) if private != bytes(32) else bytes([1] * 32)).public)


def test_many_signatures_are_proven_in_other_processes_and_the_first_wrong_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signatures, "_AT_ONCE", 10)
    signer = Signer.make()
    digests = [bytes([number + 1]) * 32 for number in range(47)]
    for wrong in ([], [46, 23], [9]):
        with signatures.Proving() as proving:
            for number, digest in enumerate(digests):
                content = bytes(32) if number in wrong else digest
                proving.add(number, signer.public, digest, sign(content, signer.private))
            assert proving.first_wrong() == min(wrong, default=None)
