"""The table of roles is what is done: every action is called as every role and compared with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.actions import complaints, departures, people, safeguards, selection
from models.actions.complaints import COMPLAINTS
from models.entities import Base
from models.errors import Refused
from models.ids import ResidentId, UserId
from models.rules.people import (
    HOLDS_SEALED_KEY,
    READS_SEALED,
    check_may_unseal,
)
from models.rules.vocabulary import NOTE_KINDS, Role, SealedKind
from models.store import engine as engines
from models.store import trail
from models.store.ciphers import KEY_BYTES, WrongKey, unbox, unwrap
from models.store.declaring import Action, declared
from models.store.keys import Keys
from models.store.opening import create_register, open_register, recover_register
from models.store.recovery import new_secret, words
from models.store.register import Register
from models.store.sealing import Place, unseal
from tests import builders
from tests.conftest import PASSPHRASE, QUICK
from tests.entries import last

OTHER = "another passphrase"

ALLOWED = {name: each.roles for name, each in declared().items() if each.roles and not name.startswith("tests.")}
OF_KONAK = {name: each for name, each in declared().items() if isinstance(each, Action) and name in ALLOWED}
NO_ACTIONS = {
    "stays.admit_emergency",  # asked for by stays.admit
    "transports.decide_adult",  # asked for by transports.decide_age
    "departures.enter_sealed_check",  # asked for by departures.enter_check
    "setup.create",  # the first entry of every register
    "people.rekey",  # store.rekey, since it needs the file for itself
    "people.recovered",  # with the recovery sheet, before anybody is there
    "papers.number",  # asked for by papers.printed and papers.saved
    "photos.see",  # asked for by the queries of photos
    "rooms.allow",  # asked for by whoever gives a bed that its kind forbids
    "trail.read",  # a query, whose refusal is an entry
}


def test_the_table_names_every_action_and_nothing_else() -> None:
    assert len(OF_KONAK) > 50
    assert set(OF_KONAK) | NO_ACTIONS == set(ALLOWED)
    print(f"\n{len(OF_KONAK)} actions as {len(Role)} roles")


@pytest.mark.parametrize("role", list(Role))
def test_every_action_is_refused_to_a_role_exactly_where_the_table_says(register: Register, role: Role) -> None:
    register.person = replace(register.person, role=role, stands_in=False)
    for name, action in sorted(OF_KONAK.items()):
        refused = _refused_by_role(register, action)
        assert refused != (role in ALLOWED[name]), (name, role)


def _refused_by_role(register: Register, action: Any) -> bool:
    """Whether the role is why nothing was done: an action that may be done fails for what it was not given."""
    try:
        register.perform(action)
    except Refused as refused:
        return refused.message.text.startswith(("You are here as", "Nobody may"))
    except TypeError as error:
        return "required keyword-only argument" not in str(error)
    return False  # what needs to be given nothing is done


def test_a_refusal_names_a_role_that_may_and_is_in_the_trail(register: Register) -> None:
    register.person = replace(register.person, role=Role.CLERK, stands_in=False)
    with pytest.raises(Refused, match="Ask") as refused:
        register.perform(people.add, name="X", role=Role.CLERK, passphrase=OTHER)
    assert refused.value.message.values["asked"]
    entry = last(register)
    assert (entry["action"], entry["changed"]) == ("people.add", [])
    assert entry["notes"]["refused"].startswith("You are here as")


def test_an_inspector_changes_nothing() -> None:
    changing = {name for name, each in OF_KONAK.items() if Role.INSPECTOR in each.roles and not each.only_tells}
    assert changing == {"complaints.look", "people.change_passphrase", "safeguards.look"}


def test_what_may_be_read_follows_the_table_too() -> None:
    for role in Role:
        for kind, roles in READS_SEALED.items():
            assert Role.ADMINISTRATOR not in roles
            if role in roles:
                check_may_unseal(role, kind)
            else:
                with pytest.raises(Refused):
                    check_may_unseal(role, kind)


@pytest.mark.parametrize("name", ["A. B\u0435risha", "a berisha", "Leka\u200b"])
def test_nobody_is_let_in_who_hides_in_a_name_or_behind_that_of_another(register: Register, name: str) -> None:
    with pytest.raises(Refused) as refused:
        register.perform(people.add, name=name, role=Role.CLERK, passphrase=OTHER)
    assert refused.value.field == "name"
    hidden = register.folder.with_name("hidden")
    if name != "a berisha":
        with pytest.raises(Refused):
            create_register(hidden, facility="North", administrator=name, passphrase=OTHER, stretch=QUICK)
        assert not hidden.exists()


def test_the_name_of_somebody_is_put_right_wherever_they_are_named_from_then_on(register: Register) -> None:
    user = register.perform(people.add, name="B. Hoxa", role=Role.CLERK, passphrase=OTHER).value
    register.perform(people.add, name="C", role=Role.CLERK, passphrase=OTHER)
    for name in ("B. Hoxa", "C", "a berisha", " "):
        with pytest.raises(Refused) as refused:
            register.perform(people.correct_name, user_id=user, name=name, reason="as on the card")
        assert refused.value.field == "name"
    with pytest.raises(Refused) as refused:
        register.perform(people.correct_name, user_id=user, name="B. Hoxha", reason=" ")
    assert refused.value.field == "reason"
    register.perform(people.correct_name, user_id=user, name="B. Hoxha", reason="as on the card")
    assert last(register)["changed"][0]["before"]["name"] == "B. Hoxa"
    with pytest.raises(Refused):
        register.perform(people.add, name="B. Hoxa", role=Role.CLERK, passphrase=OTHER)
    folder = register.folder
    register.close()
    for known in ("B. Hoxa", "B. Hoxha"):  # once by the name that the unlock screen still lists
        with open_register(folder, passphrase=OTHER, person=known, stretch=QUICK) as again:
            assert again.person.name == "B. Hoxha"
            assert [slot.label for slot in again.vault.keys().slots] == ["A. Berisha", "C", "B. Hoxha"]
            assert again.verified().problem is None


def test_who_reads_beside_somebody_who_writes_is_listed_by_the_former_name_until_they_write(register: Register) -> None:
    user = register.perform(people.add, name="B. Hoxa", role=Role.CLERK, passphrase=OTHER).value
    register.perform(people.correct_name, user_id=user, name="B. Hoxha", reason="as on the card")
    with open_register(register.folder, passphrase=OTHER, person="B. Hoxa", stretch=QUICK, for_reading=True) as other:
        assert other.person.name == "B. Hoxha"
        assert "B. Hoxa" in [slot.label for slot in other.vault.keys().slots]


@pytest.mark.parametrize("passphrase", ["password1", " " * 12, "aaaaaaaa", "Berisha1", "North2026"])
def test_no_action_takes_a_passphrase_that_is_easily_guessed(register: Register, passphrase: str) -> None:
    register.perform(people.add, name="B. Hoxha", role=Role.CLERK, passphrase=OTHER)
    hoxha = UserId(2)
    with pytest.raises(Refused, match="easily guessed") as refused:
        register.perform(people.change_passphrase, old=PASSPHRASE, new=passphrase)
    assert refused.value.reasons
    with pytest.raises(Refused, match="easily guessed"):
        register.perform(people.add, name="C", role=Role.CLERK, passphrase=passphrase)
    with pytest.raises(Refused, match="easily guessed"):
        register.perform(people.reset_passphrase, user_id=hoxha, passphrase=passphrase)
    register.perform(people.remove, user_id=hoxha)
    with pytest.raises(Refused, match="easily guessed"):
        register.perform(people.restore, user_id=hoxha, passphrase=passphrase)


def test_the_administrator_stands_in_only_until_the_first_colleague_of_another_role(register: Register) -> None:
    assert register.person.stands_in
    register.perform(people.add, name="D", role=Role.ADMINISTRATOR, passphrase=OTHER)
    assert register.person.stands_in
    user = register.perform(people.add, name="C", role=Role.CLERK, passphrase=OTHER).value
    assert not register.person.stands_in
    register.perform(people.change_role, user_id=user, role=Role.ADMINISTRATOR)
    assert not register.person.stands_in  # that ends for good, whoever is there later
    register.perform(people.remove, user_id=user)
    assert not register.person.stands_in


def test_the_last_administrator_can_neither_be_removed_nor_become_anything_else(register: Register) -> None:
    me = register.person.id
    with pytest.raises(Refused, match="last administrator"):
        register.perform(people.remove, user_id=me)
    with pytest.raises(Refused, match="last administrator"):
        register.perform(people.change_role, user_id=me, role=Role.CLERK)
    other = register.perform(people.add, name="D", role=Role.ADMINISTRATOR, passphrase=OTHER).value
    register.perform(people.change_role, user_id=me, role=Role.SUPERVISOR)
    assert register.person.role is Role.SUPERVISOR
    assert other != me


# -- what is sealed ---------------------------------------------------------------------------------------------------

SECRET = b"0123456789abcdef"


@pytest.fixture
def house(tmp_path: Any) -> Iterator[Register]:
    """A register whose recovery sheet is known, opened by its administrator; health staff hold the key."""
    made = create_register(
        tmp_path / "house", facility="N", administrator="Adm", passphrase=PASSPHRASE, stretch=QUICK, secret=SECRET
    )
    with made as register:
        for name, role in (("Dr", Role.HEALTH_LEGAL), ("Ins", Role.INSPECTOR), ("Sup", Role.SUPERVISOR)):
            register.perform(people.add, name=name, role=role, passphrase=OTHER, words=words(SECRET))
        yield register


def _resident(register: Register) -> ResidentId:
    """A resident, put there while nobody looks at roles."""
    person = register.person
    register.person = replace(person, stands_in=True)
    found = builders.resident(register)
    register.person = person
    return found


def _as(register: Register, person: str, passphrase: str = OTHER) -> Register:
    register.close()
    return open_register(register.folder, passphrase=passphrase, person=person, stretch=QUICK)


def test_a_sealed_note_is_read_by_its_readers_alone_and_each_look_is_an_entry(house: Register) -> None:
    resident = _resident(house)
    with _as(house, "Dr") as doctor:
        notes = {
            kind: doctor.perform(safeguards.enter_note, resident_id=resident, kind=kind, text=f"said of {kind}").value
            for kind in NOTE_KINDS
        }
        said = {"received_on": date(2026, 11, 1), "said": "no hot water"}
        complaint = doctor.perform(COMPLAINTS.enter, resident_id=resident, **said).value
        for kind, note in notes.items():
            assert doctor.perform(safeguards.look, note_id=note).value == f"said of {kind}"
        with doctor.read() as snapshot:
            looks = snapshot.connection.exec_driver_sql("SELECT count(*) FROM trail WHERE action = 'safeguards.look'")
            assert looks.scalar_one() == len(notes)
    with _as(house, "Ins") as inspector:
        assert inspector.perform(complaints.look, entry_id=complaint).value == "no hot water"
        with pytest.raises(Refused):
            inspector.perform(safeguards.look, note_id=notes[SealedKind.HEALTH])
    with _as(house, "Sup") as supervisor, pytest.raises(Refused):
        supervisor.perform(complaints.look, entry_id=complaint)


def test_the_administrator_cannot_open_what_is_sealed_not_even_by_sql(house: Register) -> None:
    resident = _resident(house)
    with _as(house, "Dr") as doctor:
        doctor.perform(safeguards.enter_note, resident_id=resident, kind=SealedKind.HEALTH, text="Zzyzx fever")
    keys = Keys.load(house.folder)
    slot = keys.slot("Adm")
    assert slot.sealed is None
    own = slot.stretch.key(PASSPHRASE, slot.salt)
    private = unwrap(slot.wrapped, own, slot.nonce, slot.context(keys.register_id))[:KEY_BYTES]
    opened = slot.open(keys.register_id, PASSPHRASE)
    assert opened.seal is None
    # Every box of keys.json against the administrator's own key, in the context of every slot.
    for other in keys.slots:
        for boxed in filter(None, (other.sealed,)):
            for context in (one._purpose(keys.register_id, "sealed") for one in keys.slots):  # noqa: SLF001
                with pytest.raises(WrongKey):
                    unbox(boxed, private, context)
    connection = engines.connect(house.folder / engines.FILE_NAME, opened.register_key)
    sealed = [
        connection.execute(f'SELECT "{column.name}" FROM "{table.name}" WHERE "{column.name}" IS NOT NULL').fetchall()
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("sealed", "finding", "needs", "remarks")
    ]
    blobs = [row[0] for rows in sealed for row in rows]
    assert blobs
    for blob in blobs:
        assert b"Zzyzx" not in blob
        for key in (private, opened.register_key):
            with pytest.raises(Exception, match="changed outside Konak"):
                unseal(blob, key, Place("sealed_notes", "sealed", 1))
    # Nor does it stand anywhere else in the clear text of the tables, the trail among them.
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        assert "Zzyzx" not in str(connection.execute(f'SELECT * FROM "{name}"').fetchall())
    connection.close()


def test_a_reset_passphrase_does_not_carry_the_key_to_what_is_sealed(house: Register) -> None:
    with house.read() as snapshot:
        doctor = UserId(snapshot.connection.exec_driver_sql("SELECT id FROM users WHERE name = 'Dr'").scalar_one())
    house.perform(people.reset_passphrase, user_id=doctor, passphrase="set by the administrator")
    resident = _resident(house)
    with _as(house, "Dr", "set by the administrator") as reset:
        assert reset.person.must_change
        assert not reset.can_unseal
        note = reset.perform(safeguards.enter_note, resident_id=resident, kind=SealedKind.OTHER, text="x").value
        with pytest.raises(Refused, match="nobody has given you the key"):
            reset.perform(safeguards.look, note_id=note)
    with _as(house, "Sup") as supervisor, pytest.raises(Refused, match="somebody else knows"):
        supervisor.perform(people.grant_sealed, user_id=doctor)
    with _as(house, "Dr", "set by the administrator") as reset:
        reset.perform(people.change_passphrase, old="set by the administrator", new="my own passphrase")
    with _as(house, "Sup") as supervisor:
        supervisor.perform(people.grant_sealed, user_id=doctor)
    with _as(house, "Dr", "my own passphrase") as again:
        assert again.perform(safeguards.look, note_id=note).value == "x"


def test_whoever_comes_to_another_role_loses_the_key(house: Register) -> None:
    with house.read() as snapshot:
        doctor = UserId(snapshot.connection.exec_driver_sql("SELECT id FROM users WHERE name = 'Dr'").scalar_one())
    with pytest.raises(Refused, match="words"):
        house.perform(people.change_role, user_id=doctor, role=Role.CLERK)
    house.perform(people.change_role, user_id=doctor, role=Role.CLERK, words=words(SECRET))
    with _as(house, "Dr") as clerk:
        assert not clerk.can_unseal
    assert Role.CLERK not in HOLDS_SEALED_KEY


def test_the_recovery_sheet_opens_the_register_and_a_new_one_voids_it(house: Register) -> None:
    folder = house.folder
    with _as(house, "Sup") as supervisor:
        fresh = new_secret()
        supervisor.perform(people.make_recovery_sheet, secret=fresh, number="0000AAAA")
        assert supervisor.sheet_number == "0000AAAA"
    with pytest.raises(Refused, match="older"):
        recover_register(folder, secret=SECRET, person="Adm", passphrase="a new passphrase", stretch=QUICK)
    with recover_register(folder, secret=fresh, person="Dr", passphrase="a new passphrase", stretch=QUICK) as again:
        assert again.person.name == "Dr"
        assert again.can_unseal
    with recover_register(folder, secret=fresh, person="Adm", passphrase="a new passphrase", stretch=QUICK) as again:
        assert not again.can_unseal
        with again.read() as snapshot:
            assert trail.head(snapshot.connection)[0] > 5
    with pytest.raises(Refused):
        open_register(folder, passphrase=PASSPHRASE, person="Adm")


def test_looks_at_findings_and_remarks_are_for_those_who_care() -> None:
    for action in (departures.look, selection.look):
        assert action.roles == frozenset({Role.SUPERVISOR, Role.HEALTH_LEGAL})
