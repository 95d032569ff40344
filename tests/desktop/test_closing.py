"""The backup on closing: made where something was entered since the last, by whoever may, and only then."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.closing import back_up_on_closing
from models.actions import backups
from models.rules.vocabulary import Role
from models.store.register import Register
from tests import builders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def place(register: Register, tmp_path: Path) -> Path:
    at = tmp_path / "stick"
    at.mkdir()
    register.perform(backups.add_place, folder=str(at))
    return at


def made(place: Path) -> list[Path]:
    return sorted(place.glob("*.konak"))


def test_closing_backs_up_once_for_what_was_entered(qtbot: QtBot, register: Register, place: Path) -> None:
    back_up_on_closing(register)
    assert len(made(place)) == 1
    back_up_on_closing(register)
    assert len(made(place)) == 1


def test_a_place_that_is_absent_holds_nobody_up_and_is_entered(qtbot: QtBot, register: Register, place: Path) -> None:
    place.rmdir()
    back_up_on_closing(register)
    with register.read() as snapshot:
        assert snapshot.connection.exec_driver_sql("SELECT failed_at IS NOT NULL FROM backup_places").scalar() == 1


def test_an_inspector_makes_none(qtbot: QtBot, register: Register, place: Path) -> None:
    builders.resident(register)
    register.person = replace(register.person, role=Role.INSPECTOR, stands_in=False)
    back_up_on_closing(register)
    assert made(place) == []
