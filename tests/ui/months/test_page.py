"""The page of the monthly reports in a real window: figures, paper, issuing, saving, revising."""

from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from models.actions import months, stays
from models.actions.facility import change_facility
from models.actions.programmes import add_preset
from models.clock import FixedClock
from models.ids import ProgrammeId, StayId
from models.queries import facility, issued_months, month_states, monthly_reports, programmes
from models.rules.time import Moment, Month
from models.rules.vocabulary import DoubtKind, Role
from models.store.register import Register
from models.store.snapshot import Snapshot
from reports import monthly
from tests import builders
from tests.actions import leavers, test_signing
from tests.ui.audit import complaints
from tests.ui.conftest import wait_idle
from ui import prompts, work
from ui.kit.form import FormDialog
from ui.kit.table import Table
from ui.months.page import ReportsPage

OCTOBER = Month(2026, 10)


@pytest.fixture
def page(register: Register, qtbot: QtBot) -> ReportsPage:
    programme = register.perform(add_preset, code="US-2025", **builders.US_TERMS).value
    person = builders.resident(register, "K-0001", family_name="Ahmadzai")
    builders.stay(register, person, programme, date(2026, 10, 2), limit_on=date(2027, 3, 30))
    work.start(register)
    shown = ReportsPage()
    qtbot.addWidget(shown)
    shown.resize(1170, 690)
    shown.show()
    wait_idle(qtbot)
    return shown


def _issue(page: ReportsPage, qtbot: QtBot, reason: str = "") -> None:
    page.issue_button.click()
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    if reason:
        dialog.form.put({"reason": reason})
    dialog.send()
    wait_idle(qtbot)
    if shiboken6.isValid(dialog):
        dialog.setParent(None)
        dialog.deleteLater()


def _issued(register: Register) -> list[issued_months.IssuedRow]:
    with register.read() as snapshot:
        return list(issued_months.issued(snapshot, programmes.of_code(snapshot, "US-2025"), OCTOBER))


def test_the_last_month_that_is_over_is_shown_as_a_draft(page: ReportsPage) -> None:
    assert page.chosen == OCTOBER
    text = PdfReader(BytesIO(page.paper)).pages[0].extract_text()
    assert "Monthly report, October 2026" in text
    assert "not issued" in text
    assert "Ahmadzai" not in text
    assert page.preview.pages >= 2
    assert complaints(page) == []


def test_the_page_begins_with_a_programme_of_which_a_report_is_due(
    page: ReportsPage, register: Register, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = register.perform(add_preset, code="LIYA-2021", **builders.US_TERMS).value
    found = monthly_reports.months_of
    for due in (other, page.programme):

        def months_of(snapshot: Snapshot, programme_id: ProgrammeId, due: object = due) -> Sequence[object]:
            return found(snapshot, programme_id) if programme_id == due else ()

        monkeypatch.setattr(monthly_reports, "months_of", months_of)
        builders.stay(register, builders.resident(register, f"K-1{due}"), ProgrammeId(due or 0), date(2026, 10, 2))
        again = ReportsPage()
        qtbot.addWidget(again)
        again.show()
        wait_idle(qtbot)
        assert again.programme == due


def test_an_issued_month_is_frozen_and_saved_to_the_byte(
    page: ReportsPage, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    _issue(page, qtbot)
    (row,) = _issued(register)
    path = tmp_path / "october.pdf"
    prompts.answers = deque([path])
    page.save_button.click()
    wait_idle(qtbot)
    with register.read() as snapshot:
        assert path.read_bytes() == issued_months.stored_pdf(snapshot, row.id) == page.paper
        actions = [line[0] for line in snapshot.connection.exec_driver_sql("SELECT action FROM trail ORDER BY number")]
    assert actions[-2:] == ["months.issue", "papers.saved"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert not page.issue_button.isVisible()


def test_the_figures_are_saved_as_a_table(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "october.csv"
    prompts.answers = deque([path])
    page.figures_button.click()
    wait_idle(qtbot)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Figure,Of what,Value"
    assert "Person-nights,,30" in lines
    assert "Presence by night,2026-10-01,0" in lines
    assert "Presence by night,2026-10-02,1" in lines


def test_a_correction_asks_for_a_revision_with_its_reason(page: ReportsPage, register: Register, qtbot: QtBot) -> None:
    _issue(page, qtbot)
    register.perform(stays.correct, stay_id=StayId(1), arrived=Moment(date(2026, 10, 1)), reason="Transport paper")
    page.refresh()
    wait_idle(qtbot)
    assert page.issue_button.isVisible()
    assert "Issue a revision" in page.told
    _issue(page, qtbot)
    assert len(_issued(register)) == 1
    _issue(page, qtbot, "The transport paper names 1 October")
    assert [row.revision for row in _issued(register)] == [1, 2]
    assert "2026-10 r2" in PdfReader(BytesIO(page.paper)).pages[0].extract_text()


def test_a_report_that_comes_back_is_held_against_what_was_issued(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _issue(page, qtbot)
    path = tmp_path / "october.pdf"
    path.write_bytes(page.paper)
    assert "It is what was issued, to the byte." in _checked(page, qtbot, path)
    page.language.put("sq")
    page.language.edited.emit()
    wait_idle(qtbot)
    path.write_bytes(page.paper)
    assert "It is what was issued, to the byte." in _checked(page, qtbot, path), "the same figures in another language"
    path.write_bytes(page.paper + b"\n%%EOF\n")
    found = _checked(page, qtbot, path)
    assert "Something was added to the file after it was made." in found
    assert "It is not what was issued under that number." in found
    assert "There is no newer revision of it." in found


def _checked(page: ReportsPage, qtbot: QtBot, path: Path) -> str:
    prompts.answers = deque([path, None])
    page.check_button.click()
    wait_idle(qtbot)
    return prompts.asked[-1].text


def test_a_point_leads_to_the_place_where_it_is_put_right(page: ReportsPage, qtbot: QtBot) -> None:
    went: list[tuple[str, dict[str, object]]] = []
    page.wanted.connect(lambda area, where: went.append((area, where)))
    page.doubts_button.click()
    wait_idle(qtbot)
    dialog = page.findChild(FormDialog)
    assert dialog is not None
    assert complaints(dialog) == []
    table: Table[Any] = dialog.findChildren(Table)[0]
    rows = [table.row(place) for place in range(3)]
    kinds = [row[1].kind for row in rows if row is not None]
    assert DoubtKind.SEX in kinds
    table.followed.emit(kinds.index(DoubtKind.SEX), "do")
    assert went == [("residents", {"resident_id": 1, "tab": "identity"})]
    assert not dialog.isVisible()


def test_what_is_issued_is_entered_as_sent_and_the_list_says_so(
    page: ReportsPage, register: Register, qtbot: QtBot
) -> None:
    assert not page.send_button.isVisible()
    _issue(page, qtbot)
    page.send_button.click()
    (dialog,) = page.findChildren(FormDialog)
    dialog.form.put({"to_whom": "The embassy"})
    dialog.send()
    wait_idle(qtbot)
    with register.read() as snapshot:
        (row,) = month_states.sendings(snapshot, programme_id=programmes.of_code(snapshot, "US-2025"), month=OCTOBER)
    assert row.to_whom == "The embassy"
    assert page.sendings.isVisible()
    assert not page.send_button.isVisible()
    assert complaints(page) == []


def test_a_wrong_account_alone_is_put_right_by_a_revision_that_says_so(
    page: ReportsPage, register: Register, qtbot: QtBot
) -> None:
    _issue(page, qtbot)
    assert not page.issue_button.isVisible()
    with register.read() as snapshot:
        known = facility.administration(snapshot)
    right = asdict(replace(known.facility, bank_details="Central Bank\nIBAN XK05 0001"))
    register.perform(change_facility, version=known.version, **right)
    page.refresh()
    wait_idle(qtbot)
    assert page.issue_button.isVisible()
    assert page.issue_button.text() == "Issue with the new address"
    _issue(page, qtbot, "The account was another")
    assert [(row.revision, row.changed) for row in _issued(register)] == [(1, ()), (2, ())]
    text = " ".join("".join(each.extract_text() for each in PdfReader(BytesIO(page.paper)).pages).split())
    assert "Bank details Before: –. Now: Central Bank, IBAN XK05 0001." in text
    assert not page.issue_button.isVisible()


@pytest.mark.parametrize("holds", [False, True])
def test_who_has_no_key_to_what_is_sealed_is_told_so_before_signing(
    register: Register, clock: FixedClock, qtbot: QtBot, tmp_path: Path, holds: bool
) -> None:
    clock.instant = test_signing.NOW
    programme = register.perform(add_preset, code="US-2025", **builders.US_TERMS).value
    builders.stay(register, builders.resident(register, "K-0001"), programme, date(2026, 10, 2))
    issue: dict[str, Any] = {"programme_id": programme, "month": OCTOBER, "language": "en"}
    leavers.at_desk(register, Role.SUPERVISOR)
    register.perform(months.issue, draw=monthly.draw_issued, **issue)
    test_signing.set_up(register, tmp_path)
    if holds:
        seal = register.vault.recovered(builders.SHEET).seal
        register.vault.opened = replace(register.vault.opened, seal=seal)
    work.start(register)
    page = ReportsPage()
    qtbot.addWidget(page)
    page.show()
    wait_idle(qtbot)
    assert page.sign_button.isVisible()
    assert page.sign_button.isEnabled() == holds
    assert ("nobody has given you the key" in page.sign_button.toolTip()) != holds
    page.sign_button.click()
    assert (page.findChild(FormDialog) is not None) == holds
