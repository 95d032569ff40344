"""The command line prints on a real queue, as the window does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from models.store.opening import open_register
from tests.conftest import PASSPHRASE
from tests.desktop.command import actions_of, konak, refused
from tests.ui.preview.private_cups import PrivateCups, server


@pytest.fixture
def cups() -> Iterator[PrivateCups]:
    made = server()
    yield made
    made.stop()


def test_a_paper_is_printed_as_it_was_asked_for_and_stands_in_the_trail(
    folder: Path, tmp_path: Path, cups: PrivateCups, qtbot: QtBot
) -> None:
    to = ["print", "roll_sheet", "--register", str(folder), "--printer", cups.MODERN]
    more = ["--copies", "2", "--pages", "1", "--sides", "short-edge", "--scale", "70"]
    done = konak(*to, *more, cwd=tmp_path, env={"CUPS_SERVER": cups.address})
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Office-1\n"
    qtbot.waitUntil(lambda: not cups.waiting())
    pages = [page.extract_text() for page in PdfReader(cups.file(cups.MODERN)).pages]
    assert [page for page in pages if page.strip()] == [pages[0]] * 2, "each on a sheet of its own"
    assert "Roll-call sheet" in pages[0]
    assert "two-sided-short-edge A4 none" in cups.told()
    assert actions_of(folder)[-1] == "papers.printed"
    with open_register(folder, passphrase=PASSPHRASE) as register, register.read() as snapshot:
        found = snapshot.connection.exec_driver_sql("SELECT details FROM trail WHERE action = 'papers.printed'")
        assert '"copies":2' in found.scalar_one()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--printer", "Office", "--pages", "9"), "1 to 1"),
        (("--printer", "Office", "--copies", "0"), "1 to 99"),
        (("--printer", "Office", "--scale", "5"), "10 to 400"),
        (("--printer", "Office", "--each"), "--each goes with --out"),
        (("--out", "x.pdf", "--copies", "2"), "--copies goes with --printer"),
        (("--out", "x.pdf", "--pages", "1"), "--pages goes with --printer"),
        (("--out", "x.pdf", "--sides", "one"), "--sides goes with --printer"),
    ],
)
def test_what_cannot_be_printed_so_is_refused_and_nothing_leaves(
    folder: Path, tmp_path: Path, more: tuple[str, ...], why: str
) -> None:
    before = actions_of(folder)
    assert why in refused(konak("print", "roll_sheet", "--register", str(folder), *more, cwd=tmp_path))
    assert "papers.printed" not in actions_of(folder)[len(before) :]
    assert not (tmp_path / "x.pdf").exists()


def test_a_printer_that_is_not_there_is_told_of(folder: Path, tmp_path: Path, cups: PrivateCups) -> None:
    to = ["print", "roll_sheet", "--register", str(folder), "--printer", "Nowhere"]
    assert "does not answer" in refused(konak(*to, cwd=tmp_path, env={"CUPS_SERVER": cups.address}))
