"""What a person sets in the window is written by the worker, a moment later, and on locking at the latest."""

from pytestqt.qtbot import QtBot
from sqlalchemy import select

from models.actions import people
from models.entities.preferences import Preference
from models.rules.vocabulary import Role
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.conftest import PASSPHRASE
from tests.store.test_preferences import erased
from ui import preferences, work


def _kept(register: Register) -> dict[str, object]:
    with register.read() as snapshot:
        return {key: value for key, value in snapshot.connection.execute(select(Preference.key, Preference.value))}


def test_what_is_set_holds_at_once_and_is_written_once_it_is_quiet(qtbot: QtBot, register: Register) -> None:
    work.start(register)
    for width in (200, 210, 220):
        preferences.put("list/residents", {"widths": {"name": width}})
        assert preferences.get("list/residents") == {"widths": {"name": width}}
    assert _kept(register) == {}
    qtbot.waitUntil(lambda: _kept(register) == {"list/residents": {"widths": {"name": 220}}})
    work.stop()


def test_nothing_is_set_while_no_register_is_open(register: Register) -> None:
    work.stop()
    preferences.put("theme", "dark")
    assert preferences.get("theme") is None


def test_a_window_that_may_not_write_keeps_it_through_a_lock(qtbot: QtBot, register: Register) -> None:
    reader = open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock)
    assert reader.holder is not None
    at = work.start(reader)
    preferences.put("theme", "dark")
    resting = work.rest()
    preferences.put("theme", "light")  # nobody is at the window
    resting.let_go()
    assert at is resting
    reader.close()
    again = open_register(register.folder, passphrase=PASSPHRASE, clock=register.clock)
    work.resume(resting, again)
    assert preferences.get("theme") == "dark"
    assert _kept(register) == {}
    work.stop()
    again.close()


def test_what_a_locked_window_keeps_is_not_set_again_where_somebody_was_erased(
    qtbot: QtBot, register: Register
) -> None:
    person = builders.resident(register, "K-0666", family_name="Ahmadzai", given_names="Gul")
    user = register.perform(people.add, name="B. Kola", role=Role.CLERK, passphrase="quite another passphrase 7").value
    reader = open_register(register.folder, passphrase=PASSPHRASE, person="A. Berisha", clock=register.clock)
    work.start(reader)
    preferences.put("find/residents", "Ahmadzai")
    resting = work.rest()
    resting.let_go()
    reader.close()
    erased(register, person, user)
    register.close()  # so that the window may write
    again = open_register(register.folder, passphrase=PASSPHRASE, person="A. Berisha", clock=register.clock)
    work.resume(resting, again)
    assert preferences.get("find/residents") is None
    again.keep_preferences()
    assert _kept(again) == {}
    work.stop()
    again.close()
