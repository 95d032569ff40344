"""A paper in a real queue: CUPS with the PDF printer of Debian, and one that takes a PDF as those of today do."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from models.errors import Unavailable
from models.exchange.door import Ready
from models.rules.papers import RESIDENTS
from models.store.register import Register
from tests.ui.audit import complaints
from tests.ui.conftest import press, wait_idle
from tests.ui.preview.private_cups import PrivateCups, server
from ui import prompts, work
from ui.kit.notices import Toast
from ui.preview import following
from ui.preview.following import Following
from ui.preview.print_dialog import PrintDialog
from ui.preview.sending import print_
from ui.printing.handing import send
from ui.printing.settings import FIT, Printing, Sides


def paper(pages: int = 4) -> bytes:
    """A paper whose pages say which they are."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(1, pages + 1):
        canvas.drawString(72, 700, f"Sheet {number} of all")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateCups]:
    made = server()
    monkeypatch.setenv("CUPS_SERVER", made.address)
    monkeypatch.setattr(PrintDialog, "last", Printing())
    yield made
    made.stop()


def _done(qtbot: QtBot, cups: PrivateCups) -> None:
    qtbot.waitUntil(lambda: not cups.waiting())


def _sheets(pdf: Path) -> list[int]:
    """Which pages came out, in their order; each is still letters, and no picture of letters."""
    pages = PdfReader(pdf).pages
    assert not any(page.images for page in pages)
    return [int(page.extract_text().split()[1]) for page in pages]


def test_a_queue_takes_the_pdf_itself_with_what_was_chosen(cups: PrivateCups, qtbot: QtBot) -> None:
    chosen = Printing(queue=cups.MODERN, pages=(2, 3), copies=2, sides=Sides.LONG_EDGE)
    send(chosen, paper(), "Extract")
    _done(qtbot, cups)
    assert _sheets(cups.file(cups.MODERN)) == [2, 3, 2, 3]
    assert f'"{cups.MODERN} 4 Extract two-sided-long-edge A4 auto-fit"' in cups.told()
    send(Printing(queue=cups.MODERN, copies=2, by_set=False, scale=100), paper(2), "Apart")
    _done(qtbot, cups)
    assert _sheets(cups.file(cups.MODERN)) == [1, 1, 2, 2]


def test_a_page_is_printed_as_large_as_was_chosen_around_its_middle(cups: PrivateCups, qtbot: QtBot) -> None:
    places: dict[int, list[float]] = {}
    for scale in (FIT, 50):
        send(Printing(queue=cups.MODERN, scale=scale), paper(1), "Half")
        _done(qtbot, cups)
        found: list[list[float]] = []

        def at(text: str, around: list[float], matrix: list[float], _font: object, size: float) -> None:
            if text.strip():
                x, y = matrix[4], matrix[5]
                found.append([around[0] * x + around[4], around[3] * y + around[5], around[0] * size])  # noqa: B023

        PdfReader(cups.file(cups.MODERN)).pages[0].extract_text(visitor_text=at)
        places[scale] = found[0]
    assert places[FIT] == pytest.approx([72, 700, 12])
    assert places[50] == pytest.approx([(72 + 595 / 2) / 2, (700 + 842 / 2) / 2, 6])


def test_the_pdf_printer_of_debian_prints_letters_too(cups: PrivateCups, qtbot: QtBot, tmp_path: Path) -> None:
    send(Printing(queue=cups.DEBIAN, pages=(1, 4), sides=Sides.ONE), paper(), "Extract")
    _done(qtbot, cups)
    out = tmp_path / "out.pdf"
    convert = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={out}"]
    subprocess.run([*convert, str(cups.file(cups.DEBIAN))], check=True, capture_output=True)
    assert _sheets(out) == [1, 4]


def test_a_queue_that_is_not_there_says_what_to_look_at(cups: PrivateCups) -> None:
    with pytest.raises(Unavailable, match="has paper"):
        send(Printing(queue="Nowhere"), paper(1), "Extract")


# -- in the window ----------------------------------------------------------------------------------------------------


@pytest.fixture
def owner(qtbot: QtBot, register: Register) -> QWidget:
    work.start(register)
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    shown.show()
    prompts.answers = None  # the dialog of the program is asked, and not its test
    return shown


def _dialog(owner: QWidget, qtbot: QtBot, pages: int = 4) -> PrintDialog:
    print_(owner, Ready(RESIDENTS, paper(pages), "list:residents", "residents"))
    dialog = owner.findChild(PrintDialog)
    assert isinstance(dialog, PrintDialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)
    return dialog


def test_what_is_chosen_is_printed_and_stands_in_the_trail(
    cups: PrivateCups, owner: QWidget, register: Register, qtbot: QtBot
) -> None:
    dialog = _dialog(owner, qtbot)
    assert complaints(dialog) == []
    assert dialog.form["queue"].read() == cups.MODERN, "the usual one is offered first"
    dialog.form.put({"copies": 0, "pages": "3-9"})
    dialog.send()
    assert "1 to 99" in dialog.form["copies"].error.text()
    dialog.form.put({"copies": 2})
    dialog.send()
    assert "1 to 4" in dialog.form["pages"].error.text()
    assert dialog.isVisible()
    dialog.form.put({"pages": "3-", "sides": Sides.SHORT_EDGE})
    press(dialog.print_button, Qt.Key.Key_Space)
    wait_idle(qtbot)
    _done(qtbot, cups)
    assert _sheets(cups.file(cups.MODERN)) == [3, 4, 3, 4]
    assert "residents two-sided-short-edge" in cups.told()
    with register.read() as snapshot:
        action, details = snapshot.connection.exec_driver_sql(
            "SELECT action, details FROM trail ORDER BY number DESC LIMIT 1"
        ).one()
    assert action == "papers.printed"
    assert '"copies":2' in details
    assert '"pages":"3-4"' in details
    again = _dialog(owner, qtbot)
    assert again.form["sides"].read() is Sides.SHORT_EDGE, "what was chosen last is offered again"
    again.reject()


def test_what_waits_for_its_printer_is_shown_and_can_be_taken_out_of_the_queue(
    cups: PrivateCups, owner: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following.Following, "EVERY", 50)
    cups.says("/usr/sbin/cupsdisable", cups.MODERN)
    _dialog(owner, qtbot).send()
    wait_idle(qtbot)
    assert len(cups.waiting()) == 1
    watched = owner.findChild(Following)
    assert isinstance(watched, Following)
    qtbot.waitUntil(watched.isVisible)
    assert complaints(watched) == []
    watched.cancel.click()
    qtbot.waitUntil(lambda: not cups.waiting())
    qtbot.waitUntil(lambda: "Not printed: residents" in [each.label.text() for each in owner.findChildren(Toast)])


def test_it_is_said_that_nothing_waits_any_more(
    cups: PrivateCups, owner: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following.Following, "EVERY", 50)
    monkeypatch.setattr(following.Following, "PATIENCE", 10_000)
    _dialog(owner, qtbot, pages=1).send()
    wait_idle(qtbot)
    qtbot.waitUntil(
        lambda: (
            "No longer waiting for the printer: residents" in [each.label.text() for each in owner.findChildren(Toast)]
        )
    )
    assert owner.findChild(Following) is None or not owner.findChildren(Following)[0].isVisible()


def test_where_no_printer_is_set_up_it_says_so(
    owner: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    print_(owner, Ready(RESIDENTS, paper(1), "list:residents", "residents"))
    dialog = owner.findChild(PrintDialog)
    assert isinstance(dialog, PrintDialog)
    qtbot.waitUntil(dialog.none.isVisible)
    assert not dialog.print_button.isEnabled()
    dialog.reject()
