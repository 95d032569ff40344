"""Run in a copy of the tree to which the recipe of CONTRIBUTING.md has added a field: everything has it.

It is not collected in the tree itself, where there is no place of birth.
"""

import csv
from collections import deque
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.exchange import import_lists, import_stays
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.stays_file import read_stays
from models.ids import CandidateId, ProgrammeId, ResidentId
from models.queries import arrivals, candidates, history, resident_page
from models.queries.residents import Shown
from models.rules.disclosure import Audience, may_reach
from models.rules.time import Moment
from models.store import search
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.ui.departures.windows import arrival_of, settle, show
from ui import prompts
from ui.arrivals.asked import NEW
from ui.arrivals.form import open_arrival
from ui.kit.form import FormDialog
from ui.residents.identity import identity_dialog
from ui.residents.page import ResidentsPage
from ui.selection.dialogs import correct_dialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    return builders.programme(register)


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text().strip("\u2068\u2069") for label in widget.findChildren(QLabel) if label.isVisible())


def found_by(register: Register, typed: str) -> list[int]:
    with register.read() as snapshot:
        return list(search.find(snapshot.connection, typed))


def put_and_send(qtbot: QtBot, form: FormDialog, **values: object) -> None:
    form.form.put(values)
    form.send()
    settle(qtbot)
    left = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert [words_in(each) for each in left] == []


def test_it_is_typed_on_arrival_put_right_later_and_shown_found_told_and_exported(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    window = show(qtbot, register, "residents", ResidentsPage)
    open_arrival(window)
    form = arrival_of(qtbot, window)
    form.form.put({"who": NEW})
    arrived = {"arrived": Moment(date(2026, 11, 20)), "programme_id": programme, "emergency_reason": "By night"}
    put_and_send(qtbot, form, **arrived, family_name="Noori", place_of_birth="  Herat ")
    window.open("residents", resident_id=1, tab="identity")
    settle(qtbot)
    page = window.page("residents")
    assert isinstance(page, ResidentsPage)
    assert "Place of birth\nHerat" in words_in(page)
    assert found_by(register, "herat") == [1]

    with register.read() as snapshot:
        known = resident_page.page(snapshot, resident_id=ResidentId(1))
    assert known is not None
    changed = identity_dialog(page, known)
    changed.open()
    put_and_send(qtbot, changed, place_of_birth="Kunduz", reason="The passport says so")
    assert "Place of birth\nKunduz" in words_in(page)
    assert (found_by(register, "kund"), found_by(register, "herat")) == ([1], [])
    with register.read() as snapshot:
        told = history.of_resident(snapshot, resident_id=ResidentId(1))
    details = [(translator("en").render(each.what), each.before, each.after) for each in told[0].details]
    assert details == [("Place of birth", "Herat", "Kunduz"), ("Reason", None, "The passport says so")]

    window.open("residents")
    settle(qtbot)
    page.list.show_filter(Shown.ALL)
    settle(qtbot)
    chosen = next(each for each in page.list.table.column_menu().actions() if each.text() == "Place of birth")
    chosen.setChecked(True)
    file = tmp_path / "list.csv"
    prompts.answers = deque([file])
    next(a for a in page.list.table.column_menu().actions() if a.text() == "Save what is shown").trigger()
    settle(qtbot)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Place of birth"].strip("\u2068\u2069") for row in rows] == ["Kunduz"]


def test_it_comes_in_with_both_kinds_of_files_and_with_whoever_arrives(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "Case no,Family name,Birthplace,Arrival date,Departure date\nP1,Noori,Herat,2026-05-01,2026-05-09\n"
        "P1,Noori,,2026-06-01,\n",
        encoding="utf-8",
    )
    read = read_stays(read_table(file), zone=register.facility.zone)
    register.perform(import_stays.bring_in, programme_id=programme, read=read)
    assert len(found_by(register, "herat")) == 1

    listed = read_list(read_table(file))
    assert [line.place_of_birth for line in listed.candidates] == ["Herat", ""]  # type: ignore[attr-defined]
    register.perform(import_lists.bring_in, programme_id=programme, read=listed)
    with register.read() as snapshot:
        who = CandidateId(snapshot.connection.exec_driver_sql("SELECT min(id) FROM candidates").scalar_one())
        found = candidates.whole(snapshot, candidate_id=who)
    window = show(qtbot, register, "residents", ResidentsPage)
    correction = correct_dialog(window, found)
    correction.open()
    put_and_send(qtbot, correction, reason="The passport says so", place_of_birth="Ghazni")
    with register.read() as snapshot:
        prospect = arrivals.prospect(snapshot, candidate_id=who)
        assert prospect.person.place_of_birth == "Ghazni"  # type: ignore[attr-defined]


def test_it_reaches_a_partner_only_where_names_do() -> None:
    assert not may_reach("place_of_birth", Audience.PARTNER)
    assert may_reach("place_of_birth", Audience.PARTNER, names_ground="Art. 6")
    assert not may_reach("place_of_birth", Audience.COUNTRY_OF_ORIGIN, names_ground="Art. 6")
