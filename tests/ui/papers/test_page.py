"""The page of the papers in a real window."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.actions import transports
from models.rules.papers import RESIDENTS, Choice, Section
from models.rules.vocabulary import Protection, Role
from models.store.register import Register
from tests import builders
from tests.actions.test_transports import CAME, expected
from tests.covering import is_turn
from tests.papers import needed
from tests.reports.certificates import SEALS, made
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from ui import areas, prompts, work
from ui.kit.labels import MenuButton
from ui.months.page import ReportsPage
from ui.papers.catalogue import MONTHLY_REPORT, PAPERS, TRAIL
from ui.papers.closing import SaveEncrypted
from ui.papers.page import PapersPage
from ui.printing.drawing import draw
from ui.printing.settings import Printing
from ui.residents.page import ResidentsPage
from ui.shell import Frame, MainWindow


@pytest.fixture
def page(register: Register, qtbot: QtBot) -> PapersPage:
    for number, code in enumerate(("US-2025", "UK-RETURN"), 1):
        programme = builders.programme(register, code)
        person = builders.resident(register, f"K-000{number}", family_name=f"Ahmadzai{code[:2]}")
        builders.stay(register, person, programme, date(2026, 8 + number, 1))  # so that a month with both is over
    register.perform(transports.come, transport_id=expected(register, ()), came=CAME)
    builders.candidate(register, programme)
    work.start(register)
    shown = PapersPage()
    qtbot.addWidget(shown)
    shown.resize(1170, 690)
    shown.show()
    wait_idle(qtbot)
    shown.choices.buttons["register_extract"].click()
    return shown


def _text(page: PapersPage) -> str:
    return "\n".join(each.extract_text() for each in PdfReader(BytesIO(page.paper)).pages)


def test_the_extract_is_shown_before_it_can_be_printed_or_saved(page: PapersPage, qtbot: QtBot) -> None:
    assert complaints(page) == []
    assert not page.save_button.isEnabled()
    page.show_button.click()
    wait_idle(qtbot)
    assert "AhmadzaiUS" in _text(page)
    assert "AhmadzaiUK" in _text(page)
    assert page.save_button.isEnabled()
    assert page.preview.pages == 1


def test_programme_period_and_language_are_as_chosen(page: PapersPage, qtbot: QtBot) -> None:
    page.form.put({"programme_id": 2, "from_on": date(2026, 11, 1), "until_on": date(2026, 11, 30), "language": "en"})
    page.show_button.click()
    wait_idle(qtbot)
    text = _text(page)
    assert "AhmadzaiUS" not in text
    assert "UK-RETURN, from 1 Nov 2026 to 30 Nov 2026" in text


def test_a_saved_extract_is_its_owners_alone_and_stands_in_the_trail(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_button.click()
    wait_idle(qtbot)
    path = tmp_path / "extract.pdf"
    prompts.answers = deque([path])
    page.save_button.click()
    wait_idle(qtbot)
    assert path.read_bytes() == page.paper
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Ahmadzai" not in prompts.asked[-1].text
    with register.read() as snapshot:
        last = snapshot.connection.exec_driver_sql("SELECT action, details FROM trail ORDER BY number DESC").fetchone()
    assert last is not None
    assert last[0] == "papers.saved"
    assert '"paper":"register_extract"' in last[1]


def _printer(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(file))
    return printer


def _told(register: Register) -> list[str]:
    with register.read() as snapshot:
        return list(snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number").scalars())


def test_a_paper_is_printed_in_the_worker_and_stands_in_the_trail(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_by: list[str] = []

    def noted(printing: Printing, data: bytes, tell: Callable[[int, int], None]) -> int:
        drawn_by.append(threading.current_thread().name)
        return draw(printing, data, tell)

    monkeypatch.setattr("ui.printing.drawing.draw", noted)
    assert not page.print_shown(), "nothing is shown yet"
    page.show_button.click()
    wait_idle(qtbot)
    prompts.answers = deque([_printer(tmp_path / "out.pdf")])
    assert page.print_shown()
    wait_idle(qtbot)
    assert drawn_by[0].startswith("register")  # the window goes on
    qtbot.waitUntil(lambda: _told(register)[-1] == "papers.printed")
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 1
    prompts.answers = deque([None])
    page.print_button.click()
    wait_idle(qtbot)
    assert _told(register).count("papers.printed") == 1


def test_printing_that_is_cancelled_stands_in_the_trail_since_pages_may_have_left(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_button.click()
    wait_idle(qtbot)

    def stopped(_printer: object, _data: bytes, tell: Callable[[int, int], None]) -> int:
        tell(0, 1)
        raise work.Stopped

    monkeypatch.setattr("ui.printing.drawing.draw", stopped)
    prompts.answers = deque([_printer(tmp_path / "out.pdf")])
    page.print_button.click()
    wait_idle(qtbot)
    assert _told(register)[-2:] == ["papers.printed", "papers.failed"]


# -- what a role may have ---------------------------------------------------------------------------------------------


def _as(register: Register, role: Role) -> None:
    register.person = replace(register.person, role=role, stands_in=False)


@pytest.mark.parametrize("role", list(Role))
def test_the_page_offers_a_role_what_it_may_print_and_lets_it_print_all_of_that(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path, role: Role
) -> None:
    """Each paper is printed by one in turn of the roles that may have it; by each of them with `KONAK_LONG=1`."""
    builders.named_report(register)
    _as(register, role)
    shown = PapersPage()
    qtbot.addWidget(shown)
    shown.show()
    wait_idle(qtbot)
    assert complaints(shown) == []
    assert {paper.id for paper in shown.papers} == {
        paper.id for paper in PAPERS if role in paper.roles and paper.id != "recovery_sheet"
    }
    assert [paper.section for paper in shown.papers] == sorted(
        (paper.section for paper in shown.papers), key=list(Section).index
    )
    tried = [paper for paper in shown.papers if is_turn(role, sorted(paper.roles), PAPERS.index(paper))]
    for paper in tried:
        shown.choices.buttons[paper.id].click()
        assert not shown.save_button.isEnabled()
        shown.form.put({choice.value: value for choice, value in needed(register, paper).items()})
        if Choice.RESIDENT in paper.needs:  # picked as one types: by its number alone it is not known
            shown.show_at({"paper": paper.id, "resident_id": 1})
            wait_idle(qtbot)
        shown.show_button.click()
        wait_idle(qtbot)
        prompts.answers = deque([tmp_path / f"{paper.id}.pdf"])
        shown.save_button.click()
        wait_idle(qtbot)
        assert (tmp_path / f"{paper.id}.pdf").read_bytes() == shown.paper
        assert complaints(shown) == []
    assert _told(register).count("papers.saved") == len(tried)


def test_a_paper_is_saved_encrypted_and_a_certificate_that_cannot_be_is_refused_as_it_is_chosen(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not page.encrypt_button.isEnabled()
    page.show_button.click()
    wait_idle(qtbot)
    page.encrypt_button.click()
    dialog = page.window().findChild(SaveEncrypted)
    assert isinstance(dialog, SaveEncrypted)
    dialog.form.put({"protection": Protection.CERTIFICATE})
    curved = tmp_path / "partner.pem"
    curved.write_bytes(made("Partner", curve=True, uses=SEALS)[1].public_bytes(Encoding.PEM))
    prompts.answers = deque([curved])  # where to save is not asked any more
    dialog.submit.click()
    wait_idle(qtbot)
    assert "RSA key alone" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    path = tmp_path / "closed.pdf"
    good = "seven walnut lanterns drift"
    dialog.form.put({"protection": Protection.PASSPHRASE, "passphrase": good, "again": good})
    prompts.answers = deque([path])
    dialog.submit.click()
    qtbot.waitUntil(path.exists)
    wait_idle(qtbot)
    with pikepdf.Pdf.open(path, password=good) as closed:
        ((_name, attached),) = closed.attachments.items()
        assert attached.get_file().read_bytes() == page.paper
    assert _told(register)[-1] == "papers.saved"


@pytest.mark.parametrize("role", list(Role))
def test_the_report_of_a_month_and_its_figures_are_offered_to_those_who_may_print_them(
    page: PapersPage, register: Register, qtbot: QtBot, role: Role
) -> None:
    _as(register, role)
    shown = ReportsPage()
    qtbot.addWidget(shown)
    shown.show()
    wait_idle(qtbot)
    for button in (shown.print_button, shown.save_button, shown.figures_button):
        assert button.isVisible() == (role in MONTHLY_REPORT.roles)
    assert bool(shown.paper) == (role in MONTHLY_REPORT.roles)


@pytest.mark.parametrize("role", list(Role))
def test_the_list_of_residents_is_copied_and_saved_by_those_who_may_carry_names(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path, role: Role
) -> None:
    _as(register, role)
    shown = ResidentsPage()
    qtbot.addWidget(shown)
    shown.show()
    wait_idle(qtbot)
    QGuiApplication.clipboard().setText("as before")
    table, path = shown.list.table, tmp_path / "residents.csv"
    prompts.answers = deque([path])
    table.select(table.model.ids[0])
    table.copy()
    table.save()
    wait_idle(qtbot)
    may = role in RESIDENTS.roles
    offered = [entry.text() for entry in table.column_menu().actions()]
    assert ("Copy the selected rows" in offered) == ("Save what is shown" in offered) == path.exists() == may
    assert QGuiApplication.clipboard().text().startswith("Ahmadzai" if may else "as before")
    assert _told(register)[-2:] == (["papers.copied", "papers.saved"] if may else _told(register)[-2:])
    assert ("papers.copied" in _told(register)) == may


@pytest.mark.parametrize("role", list(Role))
def test_the_page_of_a_resident_leads_to_the_papers_about_them(
    page: PapersPage, register: Register, qtbot: QtBot, role: Role
) -> None:
    _as(register, role)
    residents = ResidentsPage()
    qtbot.addWidget(residents)
    residents.show_at({"resident_id": 1})
    residents.show()
    wait_idle(qtbot)
    wanted: list[tuple[str, dict[str, object]]] = []
    residents.wanted.connect(lambda area, where: wanted.append((area, where)))
    more = [each for each in residents.view.findChildren(MenuButton) if each.is_offered]
    entries = [entry for each in more for entry in each.menu().actions() if entry.text().startswith("Print:")]
    about = [paper for paper in PAPERS if Choice.RESIDENT in paper.choices and role in paper.roles]
    assert [entry.text() for entry in entries] == [f"Print: {paper.title}" for paper in about]
    assert (TRAIL in about) is (role in TRAIL.roles)
    for at, (paper, entry) in enumerate(zip(about, entries, strict=True)):
        entry.trigger()
        assert wanted[-1] == ("papers", {"paper": paper.id, "resident_id": 1})
        if not is_turn(role, sorted(paper.roles), at):  # by turns, as above
            continue
        papers = PapersPage()
        qtbot.addWidget(papers)
        papers.show_at(wanted[-1][1])
        papers.show()
        wait_idle(qtbot)
        assert papers.chosen is paper
        papers.show_button.click()
        wait_idle(qtbot)
        assert "AhmadzaiUS" in _text(papers)


def test_the_fire_list_is_one_key_away_and_is_made_at_once(register: Register, qtbot: QtBot) -> None:
    person = builders.resident(register, family_name="Ahmadzai")
    builders.stay(register, person, builders.programme(register), date(2026, 9, 1))
    work.start(register)
    shown: list[MainWindow] = []
    frame = Frame(
        "North",
        "A. Berisha",
        areas.areas(),
        lambda _reading, **_sought: [],
        lambda _found: None,
        commands=areas.commands(lambda: shown[0]),
    )
    window = MainWindow(frame)
    shown.append(window)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open("rooms")
    wait_idle(qtbot)
    QTest.keyClick(window, Qt.Key.Key_F9)
    wait_idle(qtbot)
    page = window.page("papers")
    assert isinstance(page, PapersPage)
    assert page.isVisible()
    assert "Fire list" in _text(page)
    assert "Ahmadzai" in _text(page)
    assert page.print_button.isEnabled()


def test_a_paper_about_those_selected_in_a_list_is_made_together_and_saved_one_each(
    page: PapersPage, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_at({"paper": "stay_certificate", "resident_ids": (1, 2)})
    wait_idle(qtbot)
    assert page.form["resident_id"].isHidden()
    page.show_button.click()
    qtbot.waitUntil(page.each_button.isEnabled)
    text = _text(page)
    assert "AhmadzaiUS" in text
    assert "AhmadzaiUK" in text
    prompts.answers = deque([tmp_path])
    page.each_button.click()
    qtbot.waitUntil(lambda: _told(register).count("papers.saved") == 2)
    wait_idle(qtbot)
    assert len([*tmp_path.glob("stay-certificate-K-000*.pdf")]) == 2
    page._one.click()  # noqa: SLF001 - the way back to one
    assert not page.form["resident_id"].isHidden()
    assert not page.each_button.isVisible()
