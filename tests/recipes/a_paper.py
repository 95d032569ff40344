"""What the recipe of a paper has made: it is printed by its name, and offered on the page."""

from collections import deque
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.cli import main
from models.store.opening import open_register
from models.store.register import Register
from tests import builders
from tests.conftest import PASSPHRASE
from tests.reports import pdf_text
from tests.ui.conftest import look, wait_idle
from ui import prompts, work
from ui.papers.page import PapersPage

__all__ = ["look"]


@pytest.fixture
def house(register: Register) -> Register:
    for number, code in enumerate(("US-2025", "UK-RETURN"), 1):
        person = builders.resident(register, f"K-000{number}", family_name="Ahmadzai")
        builders.stay(register, person, builders.programme(register, code), date(2026, 9, 1))
    return register


def test_it_is_printed_by_its_name(house: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house.close()
    monkeypatch.setenv("KONAK_PASSPHRASE", PASSPHRASE)
    paper = tmp_path / "tonight.pdf"
    to = ["--register", str(house.folder), "--programme", "UK-RETURN", "--language", "en", "--out", str(paper)]
    assert main(["print", "present_tonight", *to]) == 0
    text = pdf_text.text(paper.read_bytes())
    assert "Present tonight" in text
    assert "UK-RETURN" in text
    assert "K-0002" in text
    assert "K-0001" not in text
    with open_register(house.folder, passphrase=PASSPHRASE) as again, again.read() as snapshot:
        told = snapshot.connection.exec_driver_sql("SELECT details FROM trail WHERE action = 'papers.saved'")
        assert '"paper":"present_tonight"' in told.scalar_one()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_it_is_offered_on_the_page(house: Register, qtbot: QtBot, tmp_path: Path) -> None:
    work.start(house)
    page = PapersPage()
    qtbot.addWidget(page)
    page.show()
    wait_idle(qtbot)
    page.choices.buttons["present_tonight"].click()
    page.show_button.click()
    wait_idle(qtbot)
    prompts.answers = deque([tmp_path / "tonight.pdf"])
    page.save_button.click()
    wait_idle(qtbot)
    text = pdf_text.text((tmp_path / "tonight.pdf").read_bytes())
    assert "K-0001, K-0002" in text
    assert "Ahmadzai" not in text
