"""Nobody writes history in another's name: each entry is signed by the key that its person had then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from models.actions import people, residents
from models.ids import UserId
from models.rules.residents import PersonFacts
from models.rules.vocabulary import Role
from models.store import engine as engines
from models.store import signatures, trail
from models.store.ciphers import Signer, sign
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
