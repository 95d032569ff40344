"""What people set in the window: each their own, encrypted with the register, and no record of anything."""

import pytest
from sqlalchemy import select

from models.actions import erasing, people
from models.entities.base import UNTOLD, Base
from models.entities.erasing import Erasure
from models.entities.preferences import Preference
from models.entities.trail import TrailEntry
from models.errors import Refused, Revoked
from models.ids import ResidentId, UserId
from models.rules.preferences import Preferred, without
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.actions import test_erasing
from tests.conftest import NOON, PASSPHRASE


def _entries(register: Register) -> int:
    with register.read() as snapshot:
        return len(snapshot.connection.execute(select(TrailEntry.number)).all())


def _kept(register: Register) -> dict[tuple[int, str], object]:
    with register.read() as snapshot:
        found = snapshot.connection.execute(select(Preference.user_id, Preference.key, Preference.value)).all()
    return {(user, key): value for user, key, value in found}


def test_what_is_set_holds_at_once_and_after_the_register_was_opened_again(register: Register) -> None:
    register.preferences.put("theme", "dark")
    register.preferences.put("list/residents", {"shown": ["name", "room"], "widths": {"name": 240}})
    assert register.preferences.get("theme") == "dark"
    register.close()  # what was not written yet is written now
    with open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock) as again:
        assert again.preferences.get("theme") == "dark"
        assert again.preferences.get("list/residents") == {"shown": ["name", "room"], "widths": {"name": 240}}
        assert again.preferences.get("text size") is None
        again.preferences.put("theme", None)
        again.keep_preferences()
        assert [key for _, key in _kept(again)] == ["list/residents"]


def test_it_leaves_no_entry_and_the_register_still_proves_itself(register: Register) -> None:
    before = _entries(register)
    register.preferences.put("theme", "light")
    register.keep_preferences()
    register.preferences.put("theme", "dark")
    register.keep_preferences()
    assert _entries(register) == before
    assert list(_kept(register).values()) == ["dark"]
    assert register.verified().problem is None


def test_everybody_has_their_own(register: Register) -> None:
    register.perform(people.add, name="B. Kola", role=Role.CLERK, passphrase="quite another passphrase 7")
    register.preferences.put("language", "sq")
    register.keep_preferences()
    other = register.beside(person="B. Kola", passphrase="quite another passphrase 7")
    assert other.preferences.get("language") is None
    other.preferences.put("language", "sr")
    other.keep_preferences()
    assert sorted(str(value) for value in _kept(register).values()) == ["sq", "sr"]
    assert register.preferences.get("language") == "sq"


def test_a_register_that_is_only_read_keeps_it_in_memory(register: Register) -> None:
    with open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock) as reader:
        assert reader.holder is not None
        reader.preferences.put("theme", "dark")
        reader.keep_preferences()
        assert reader.preferences.get("theme") == "dark"
        assert reader.preferences.unwritten == {"theme": "dark"}
    assert _kept(register) == {}


def test_whoever_was_removed_keeps_nothing_and_writes_nothing(register: Register) -> None:
    user = register.perform(people.add, name="B. Kola", role=Role.CLERK, passphrase="quite another passphrase 7").value
    other = register.beside(person="B. Kola", passphrase="quite another passphrase 7")
    other.preferences.put("theme", "dark")
    other.keep_preferences()
    register.perform(people.remove, user_id=user)
    assert _kept(register) == {}
    other.preferences.put("theme", "light")
    with pytest.raises(Revoked):
        other.keep_preferences()
    assert _kept(register) == {}


def test_what_cannot_be_kept_is_refused_before_it_is_set(register: Register) -> None:
    with pytest.raises(Refused):
        register.preferences.put("k" * 101, "x")
    with pytest.raises(Refused):
        register.preferences.put("find", "\ud800")
    assert register.preferences.unwritten == {}


def test_what_was_set_while_it_was_written_is_written_next(register: Register) -> None:
    register.preferences.put("theme", "dark")
    put = register.preferences.unwritten
    register.preferences.put("theme", "light")
    assert put == {"theme": "dark"}
    register.preferences.written(put)
    assert register.preferences.get("theme") == "light"
    assert register.preferences.unwritten == {"theme": "light"}


def test_what_tells_of_somebody_goes_with_them_and_nothing_else(register: Register) -> None:
    """A filter by a name, by a part of it as the search finds it, or by a number: whoever has set it."""
    person = builders.resident(register, "K-0666", family_name="Ahmadzai", given_names="Gul")
    builders.resident(register, "K-0777", family_name="Hoti", given_names="Arta")
    user = register.perform(people.add, name="B. Kola", role=Role.CLERK, passphrase="quite another passphrase 7").value
    other = register.beside(person="B. Kola", passphrase="quite another passphrase 7")
    filters: Preferred = {
        "of room 12": {"find": "12"},
        "mine": {"find": "ahmadz", "narrowed": {"state": "away"}},
        "Gul Ahmadzai and others": {"narrowed": {"state": "away"}},
        "his number": {"find": "K-0666"},
        "Arta": {"find": "Hoti"},
    }
    other.preferences.put("filters/residents", filters)
    other.preferences.put("find/residents", "Ахмадзаи")
    other.preferences.put("list/residents", {"widths": {"name": 240}})
    other.keep_preferences()
    assert b"ahmadz" in test_erasing.in_clear(register)
    erased(register, person, user)
    assert _kept(register) == {
        (user, "filters/residents"): {"of room 12": {"find": "12"}, "Arta": {"find": "Hoti"}},
        (user, "list/residents"): {"widths": {"name": 240}},
    }
    assert register.verified().problem is None
    assert b"ahmadz" not in test_erasing.in_clear(register)


def erased(register: Register, person: int, user: int) -> None:
    """Have somebody erased for whom another has asked."""
    before = register.person
    test_erasing.at_desk(register, Role.SUPERVISOR)
    asked = Erasure(resident_id=ResidentId(person), reason="over", asked_by=UserId(user), asked_at=NOON)
    register.perform(builders.put, row=asked)
    register.perform(erasing.erase, resident_id=ResidentId(person))
    register.person = before


def test_what_was_not_written_yet_when_somebody_was_erased_is_not_written_by_any_window(register: Register) -> None:
    person = builders.resident(register, "K-0666", family_name="Ahmadzai", given_names="Gul")
    user = register.perform(people.add, name="B. Kola", role=Role.CLERK, passphrase="quite another passphrase 7").value
    other = register.beside(person="B. Kola", passphrase="quite another passphrase 7")
    locked = register.beside(person="B. Kola", passphrase="quite another passphrase 7").preferences
    for each in (register.preferences, other.preferences, locked):
        each.put("find/residents", {"text": "Ahmadzai"})
    erased(register, person, user)
    register.keep_preferences()
    other.keep_preferences()
    other.preferences.go_on(locked.unwritten, locked.erasings)  # as of a window that is unlocked again
    other.keep_preferences()
    assert _kept(register) == {}
    assert {*register.preferences.unwritten, *other.preferences.unwritten} == set()
    assert other.preferences.get("find/residents") is None
    assert b"ahmadz" not in test_erasing.in_clear(register)
    for window, theme in ((register, "dark"), (other, "light")):
        window.preferences.put("theme", theme)
        window.keep_preferences()
    assert sorted(map(str, _kept(register).values())) == ["dark", "light"]


def test_a_window_that_wrote_before_somebody_was_erased_does_not_write_of_them_again(register: Register) -> None:
    """What it has read before is read anew, so that a filter that is added to others does not bring them back."""
    person = builders.resident(register, "K-0666", family_name="Ahmadzai", given_names="Gul")
    user = register.perform(people.add, name="B. Kola", role=Role.CLERK, passphrase="quite another passphrase 7").value
    other = register.beside(person="B. Kola", passphrase="quite another passphrase 7")
    other.preferences.put("filters/residents", {"his": {"find": "Ahmadzai"}, "mine": {"find": "12"}})
    other.keep_preferences()
    erased(register, person, user)
    other.preferences.put("filters/residents", {"his": {"find": "Ahmadzai"}, "mine": {"find": "13"}})
    other.keep_preferences()
    assert _kept(register) == {(user, "filters/residents"): {"mine": {"find": "12"}}}
    assert other.preferences.get("filters/residents") == {"mine": {"find": "12"}}


def test_what_is_left_of_a_preference_is_whole() -> None:
    filters: Preferred = {"a": {"find": "x", "narrowed": {"b": 1}}, "x": {}, "c": {"find": "y"}}
    assert without(filters, "x".__eq__) == {"c": {"find": "y"}}
    assert without(["y", "x"], "x".__eq__) is None
    assert without({"a": "x"}, "x".__eq__) is None
    assert without(7, "x".__eq__) == 7


def test_no_other_table_is_without_entries() -> None:
    untold = {table.name for table in Base.metadata.tables.values() if UNTOLD.items() <= table.info.items()}
    assert untold == {"preferences"}
