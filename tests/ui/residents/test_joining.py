"""Joining two residents in the window: found, side by side, chosen, joined, and taken back."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from models.rules.birth import BirthDate
from models.rules.joining import Side
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from tests.ui.departures.windows import show
from ui.kit.form import FormDialog
from ui.kit.labels import LinkButton, Text
from ui.residents.page import ResidentsPage
from ui.search import find_everyone
from ui.shell import MainWindow


def _links(page: ResidentsPage, text: str) -> list[LinkButton]:
    return [link for link in page.view.findChildren(LinkButton) if link.isVisible() and link.text() == text]


def _reads(page: ResidentsPage) -> str:
    return "\n".join(text.text() for text in page.view.findChildren(Text) if text.isVisible())


def _dialog(window: MainWindow) -> FormDialog:
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert isinstance(dialog, FormDialog)
    return dialog


def _picture(window: MainWindow, name: str) -> None:
    if folder := os.environ.get("KONAK_PICTURES"):
        window.grab().save(str(Path(folder) / f"{name}.png"))
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.grab().save(str(Path(folder) / f"{name}-dialog.png"))


def _fill(dialog: FormDialog, values: dict[str, object]) -> None:
    for name, value in values.items():
        dialog.form[name].put(value)


@pytest.fixture
def twice(register: Register) -> Register:
    programme = builders.programme(register)
    one = builders.resident(
        register, "K-0001", family_name="Yousuf", given_names="Mohammed", birth=BirthDate(1991), sort_name="yousuf m"
    )
    other = builders.resident(
        register, "K-0002", family_name="Jusuf", given_names="Muhamed", birth=BirthDate(1991, 3, 7), sort_name="jusuf m"
    )
    builders.stay(register, one, programme, date(2026, 6, 12), date(2026, 6, 20))
    builders.stay(register, other, programme, date(2026, 7, 1))
    return register


def _until(qtbot: QtBot, there: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(there()))


def test_two_are_found_joined_and_parted_again(qtbot: QtBot, twice: Register) -> None:
    window = show(qtbot, twice, "residents", ResidentsPage, resident_id=1)
    page = window.page("residents")
    assert isinstance(page, ResidentsPage)
    _until(qtbot, lambda: _links(page, "Join"))
    assert "Perhaps the same as" in _reads(page)
    assert "The same name in another spelling." in _reads(page)
    assert complaints(window) == []
    _picture(window, "same")
    _links(page, "Join")[0].click()
    _until(qtbot, lambda: [each for each in window.findChildren(QDialog) if each.isVisible()])
    dialog = _dialog(window)
    _picture(window, "beside")
    _fill(dialog, {"family_name": Side.THIS, "given_names": Side.THIS, "birth": Side.OTHER, "reason": "One photo."})
    dialog.send()
    _until(qtbot, lambda: "K-0002 was found to be this person" in _reads(page))
    wait_idle(qtbot)
    _picture(window, "joined")
    with twice.read() as snapshot:
        assert [row.note for row in find_everyone(snapshot, text="K-0002")] == ["K-0001"]
    window.open("residents", resident_id=2)
    _until(qtbot, lambda: not page.view.joined.isHidden())
    assert page.view.joined.label.text() == "K-0002 was found to be this person, K-0001."
    _until(qtbot, lambda: _links(page, "Take back"))
    _links(page, "Take back")[0].click()
    _until(qtbot, lambda: [each for each in window.findChildren(QDialog) if each.isVisible()])
    dialog = _dialog(window)
    _fill(dialog, {"reason": "Brothers."})
    dialog.send()
    _until(qtbot, lambda: _links(page, "Join"))
    assert page.view.whole[0] is not None
    assert page.view.whole[0].joinings == ()
