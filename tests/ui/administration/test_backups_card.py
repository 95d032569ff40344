"""Backups on the page Administration: a place is added, backed up, said with its state, and removed."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from models.queries import backups as queries
from models.store.register import Register
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from ui import prompts, work
from ui.administration.page import AdministrationPage


def test_a_place_is_added_backed_up_and_the_register_checked(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    work.start(register)
    page = AdministrationPage()
    qtbot.addWidget(page)
    page.resize(1170, 690)
    page.show()
    qtbot.wait(20)
    wait_idle(qtbot)
    card = page.backups
    assert not card.now.isEnabled()
    assert prompts.answers is not None
    prompts.answers.append(stick)
    card.add.click()
    wait_idle(qtbot)
    card.refresh()
    wait_idle(qtbot)
    card.now.click()
    wait_idle(qtbot)
    assert len(list(stick.glob("*.konak"))) == 1
    card.refresh()
    wait_idle(qtbot)
    with register.read() as snapshot:
        assert not queries.backups(snapshot).is_too_old
    assert complaints(page) == []
    stick.rename(tmp_path / "gone")
    card.now.click()
    wait_idle(qtbot)
    with register.read() as snapshot:
        assert "Plug in" in queries.backups(snapshot).places[0].failure
    card.check.click()
    wait_idle(qtbot)
    card.rebuild.click()
    wait_idle(qtbot)
    assert prompts.asked[-1].title == "The search index was written anew"
