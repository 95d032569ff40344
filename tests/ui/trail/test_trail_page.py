"""The page of the trail in a real window: found, verified, and saved for an inspector."""

from collections import deque
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from models.actions import residents, rooms
from models.ids import ResidentId
from models.rules.residents import PersonFacts
from models.rules.time import Moment
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.departures.windows import picture, settle, show
from ui import prompts
from ui.kit.search import Found
from ui.shell import MainWindow
from ui.trail.page import TrailPage

__all__ = ["picture"]


@pytest.fixture
def shown(register: Register, qtbot: QtBot) -> tuple[MainWindow, TrailPage]:
    programme = builders.programme(register)
    gul = builders.resident(register, "K-0012", family_name="Ahmadzai", given_names="Gul")
    noori = builders.resident(register, "K-0013", family_name="Noori")
    stay = builders.stay(register, gul, programme, date(2026, 8, 1))
    builders.stay(register, noori, programme, date(2026, 8, 1))
    bed = builders.bed(register)
    register.perform(rooms.place, stay_id=stay, bed_id=bed, moment=Moment(date(2026, 8, 1), None))
    register.perform(
        residents.change, reason="seen", resident_id=noori, person=PersonFacts(family_name="Noori \U0001f600")
    )
    window = show(qtbot, register, "trail", TrailPage)
    page = window.page("trail")
    assert isinstance(page, TrailPage)
    return window, page


def _said(page: TrailPage) -> list[str]:
    model = page.table.model
    return [model.index(place, 2).data() for place in range(model.rowCount())]


def _last(register: Register) -> tuple[str, str]:
    with register.read() as snapshot:
        row = snapshot.connection.exec_driver_sql("SELECT action, details FROM trail ORDER BY number DESC").fetchone()
    assert row is not None
    return row[0], row[1]


def test_it_says_in_words_what_was_done_and_narrows_it(
    shown: tuple[MainWindow, TrailPage], qtbot: QtBot, picture: Callable[..., None]
) -> None:
    window, page = shown
    assert complaints(page) == []
    picture(window, "trail")
    assert "Gave a bed" in _said(page)
    everything = len(_said(page))
    page.resident.show_found(Found(ResidentId(1), "Ahmadzai, Gul", ""))
    page.look.click()
    settle(qtbot)
    assert "Gave a bed" in _said(page)
    assert len(_said(page)) < everything
    page.form["from_on"].put(date(2027, 1, 1))
    page.look.click()
    settle(qtbot)
    assert _said(page) == []


def test_a_verified_trail_is_said_to_be_whole(shown: tuple[MainWindow, TrailPage], qtbot: QtBot) -> None:
    _window, page = shown
    page.verify.click()
    settle(qtbot)
    assert prompts.asked[-1].title == "The trail is whole"


def test_an_inspector_gets_it_on_paper_and_the_trail_tells_of_that(
    shown: tuple[MainWindow, TrailPage], register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    _window, page = shown
    path = tmp_path / "trail.pdf"
    prompts.answers = deque([path])
    page.paper.click()
    qtbot.waitUntil(path.exists)
    settle(qtbot)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Ahmadzai" not in prompts.asked[-1].text
    text = " ".join(" ".join(each.extract_text().split()) for each in PdfReader(BytesIO(path.read_bytes())).pages)
    for words in (
        "A. Berisha",
        "Gave a bed",
        "Ahmadzai, Gul",
        "everything",
        "was verified when this was printed, and fits",
    ):
        assert words in text, words
    assert "Noori [U+1F600]" in text  # written by its number, not left out, and no reason to refuse the paper
    action, content = _last(register)
    assert action == "papers.saved"
    assert '"paper":"trail"' in content


def test_what_is_narrowed_is_what_is_saved(shown: tuple[MainWindow, TrailPage], qtbot: QtBot, tmp_path: Path) -> None:
    _window, page = shown
    page.resident.show_found(Found(ResidentId(2), "Noori", ""))
    page.look.click()
    settle(qtbot)
    path = tmp_path / "trail.pdf"
    prompts.answers = deque([path])
    page.paper.click()
    qtbot.waitUntil(path.exists)
    settle(qtbot)
    text = " ".join(" ".join(each.extract_text().split()) for each in PdfReader(BytesIO(path.read_bytes())).pages)
    assert "Noori" in text
    assert "Gave a bed" not in text


def test_the_list_is_saved_too(
    shown: tuple[MainWindow, TrailPage], register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    _window, page = shown
    path = tmp_path / "trail.csv"
    prompts.answers = deque([path])
    page.table.save()
    qtbot.waitUntil(path.exists)
    settle(qtbot)
    assert "Gave a bed" in path.read_text("utf-8-sig")
    assert _last(register)[0] == "papers.saved"
