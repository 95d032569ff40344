"""The import assistants in a real window: what was found out, what can be changed, what comes in, what is refused."""

import csv
from collections import deque
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from models.actions import selection
from models.entities.stays import Stay
from models.exchange import import_lists
from models.exchange.dates import DayOrder
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.exchange.questions import Asks
from models.ids import CandidateId, ListId, ProgrammeId
from models.queries import candidates
from models.queries import selection as queries
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from tests.ui.selection.conftest import dialog
from ui import prompts
from ui.imports.lists import ListImporter, import_list
from ui.imports.stays import StaysImporter, import_stays
from ui.kit.fields import ChoiceField
from ui.kit.labels import CheckBox, LinkButton
from ui.kit.notices import Callout
from ui.kit.table import Table
from ui.selection.page import SelectionPage
from ui.selection.versions import VersionsDialog, show_versions
from ui.shell import MainWindow

STAYS = """person;arrived;left;name
P1;03/04/2026;05/04/2026;Noori Fatima
P2;01/05/2026;;Ahmadzai Gul
P2;02/05/2026;;Ahmadzai Gul
P3;2026-02-31;;Omar
"""


def list_importer(qtbot: QtBot, window: MainWindow, file: Path, came: list[ListId]) -> ListImporter:
    prompts.answers = deque([file])
    import_list(window, came.append)
    found = dialog(qtbot)
    assert isinstance(found, ListImporter)
    return found


def stays_importer(qtbot: QtBot, window: MainWindow, file: Path) -> StaysImporter:
    prompts.answers = deque([file])
    import_stays(window)
    found = dialog(qtbot)
    assert isinstance(found, StaysImporter)
    return found


def go_on(qtbot: QtBot, form: ListImporter | StaysImporter) -> None:
    form.next.click()
    settle(qtbot)


def test_the_button_that_goes_on_stays_under_the_pointer(
    qtbot: QtBot, register: Register, programme: ProgrammeId, small_file: Path
) -> None:
    """Also at its left edge, though its words are longer on one step than on the next."""
    form = list_importer(qtbot, show(qtbot, register, "selection", SelectionPage), small_file, [])
    none, edge = Qt.KeyboardModifier.NoModifier, QPoint(6, form.next.height() // 2)
    QTest.mouseClick(form.windowHandle(), Qt.MouseButton.LeftButton, none, form.next.mapTo(form, edge))
    settle(qtbot)
    assert form.step == 1
    at = form.next.mapTo(form, edge)
    for step in (1, 2):
        assert form.step == step
        QTest.mouseClick(form.windowHandle(), Qt.MouseButton.LeftButton, none, at)
        settle(qtbot)
    assert not shiboken6.isValid(form), "it was closed by the third press"


def test_a_list_comes_in_step_by_step(
    qtbot: QtBot, register: Register, programme: ProgrammeId, small_file: Path
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    came: list[ListId] = []
    form = list_importer(qtbot, window, small_file, came)
    assert complaints(form) == []
    assert form.look is not None
    assert form.look.opened.table.source.separator == ","
    assert form.form.values()["code"] == "US-02"
    assert form.file_part.choices["C"].read() == "family_name"
    go_on(qtbot, form)
    assert form.step == 1
    assert complaints(form) == []
    assert form.next.text() == "Bring in 4 people"
    with register.read() as snapshot:
        assert list(queries.lists(snapshot)) == []
    go_on(qtbot, form)
    assert form.step == 2
    go_on(qtbot, form)
    with register.read() as snapshot:
        assert [(row.code, row.total) for row in queries.lists(snapshot)] == [("US-02", 4)]
        assert came == [queries.lists(snapshot)[0].id]


def test_the_same_list_is_not_brought_in_twice(
    qtbot: QtBot, register: Register, small: ListId, small_file: Path
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    form = list_importer(qtbot, window, small_file, [])
    go_on(qtbot, form)
    assert form.step == 1
    assert not form.next.isEnabled()


def test_a_column_can_hold_something_else_and_the_row_of_headings_be_another(
    qtbot: QtBot, register: Register, programme: ProgrammeId, small_file: Path
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    form = list_importer(qtbot, window, small_file, [])
    form.file_part.choices["I"].put("remarks")
    settle(qtbot)
    assert form.look is not None
    assert form.look.read is not None
    remarks = [note.value for each in form.look.read.candidates for note in each.notes]
    assert remarks == ["N", "N", "Y", "see file"]
    form.file_part.choices["I"].put(None)
    settle(qtbot)
    assert form.look.read is not None
    assert [note.value for each in form.look.read.candidates for note in each.notes] == ["N", "N", "Y", "see file"]
    form._changed(type(form.told)(heading_row=2))  # noqa: SLF001 - as typing another row does
    settle(qtbot)
    assert form.look.read is not None
    assert form.look.read.heading.row_number == 2


def test_letters_and_separator_are_shown_and_can_be_changed(
    qtbot: QtBot, register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    form = list_importer(qtbot, window, shared_data / "lists" / "DK-01.csv", [])
    assert form.look is not None
    assert (form.look.opened.table.source.encoding, form.look.opened.table.source.separator) == ("cp1252", ";")
    assert form.look.read is not None
    assert form.look.read.candidates[4].family_name == "Sørensen-Haddad"
    assert complaints(form) == []
    form._changed(type(form.told)(encoding="cp1250"))  # noqa: SLF001 - as choosing other letters does
    settle(qtbot)
    assert form.look.read is not None
    assert form.look.read.candidates[4].family_name != "Sørensen-Haddad"


def test_the_order_of_day_and_month_is_asked_and_the_refused_rows_are_saved(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    file = tmp_path / "old-register.csv"
    file.write_text(STAYS, encoding="utf-8")
    window = show(qtbot, register, "selection", SelectionPage)
    form = stays_importer(qtbot, window, file)
    assert form.look is not None
    form.file_part.choices["A"].put("person_id")
    settle(qtbot)
    assert not form.next.isEnabled()
    assert complaints(form) == []
    for field in ("arrived_on", "departed_on"):
        form.file_part.questions.choices[Asks.DAY_ORDER, field].put(DayOrder.DAY_FIRST)
        settle(qtbot)
    assert form.next.isEnabled()
    go_on(qtbot, form)
    assert form.step == 1
    assert complaints(form) == []
    assert form.next.text() == "Bring in 2 stays"
    go_on(qtbot, form)
    assert form.step == 2
    assert complaints(form) == []
    with register.write() as unit:
        assert unit.session.query(Stay).count() == 2
        unit.begin(builders.TEST, {})
    saved = tmp_path / "mend.csv"
    prompts.answers = deque([saved])
    form.save_refused()
    settle(qtbot)
    rows = list(csv.reader(saved.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["02/05/2026", "2026-02-31"]
    assert (saved.stat().st_mode & 0o777) == 0o600


def test_dates_of_which_day_and_month_were_exchanged_are_put_right_in_the_window(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    file = tmp_path / "half-read.csv"
    file.write_text(
        "person id;arrived;left;name\nP1;2026-01-05;;Noori\nP2;14/05/2026;;Gul\nP3;2026-02-05;2026-13-01;Sok\n",
        encoding="utf-8",
    )
    window = show(qtbot, register, "selection", SelectionPage)
    form = stays_importer(qtbot, window, file)
    assert complaints(form) == []
    assert not form.next.isEnabled()
    form.file_part.questions.choices[Asks.DAY_ORDER, "arrived_on"].put(DayOrder.EXCHANGED)
    settle(qtbot)
    assert form.next.isEnabled()
    assert complaints(form) == []
    go_on(qtbot, form)
    go_on(qtbot, form)
    with register.write() as unit:
        assert sorted(str(stay.arrived_on) for stay in unit.session.query(Stay)) == ["2026-05-01", "2026-05-14"]
        unit.begin(builders.TEST, {})
    saved = tmp_path / "mend.csv"
    prompts.answers = deque([saved])
    form.save_refused()
    settle(qtbot)
    rows = list(csv.reader(saved.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["2026-02-05"]


def test_a_file_that_is_no_table_of_stays_says_why_and_lets_the_columns_be_named(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("person id;first night;x\nP1;2026-05-01;\nP2;2026-05-02;\n", encoding="utf-8")
    window = show(qtbot, register, "selection", SelectionPage)
    form = stays_importer(qtbot, window, file)
    assert form.look is not None
    assert form.look.read is not None
    assert form.look.read.heading.row_number == 1
    assert not form.next.isEnabled()
    assert complaints(form) == []
    form.file_part.questions.choices[Asks.COLUMN, "arrived_on"].put("B")
    settle(qtbot)
    assert not form.next.isEnabled()
    form.file_part.questions.choices[Asks.COLUMN, "departed_on"].put("open")
    settle(qtbot)
    assert form.next.isEnabled()


TOTALS = """Case no,Name,Sex,Arrival date,Departure date,Nights
P1,Sum Sok,F,2026-05-01,2026-05-05,4
P2,Total Marie,F,2026-05-01,,2
,Total: 2,,,,6
"""


def named_in(form: ListImporter | StaysImporter) -> list[tuple[str, str, str]]:
    assert form.rows.isVisible()
    return [
        (each.became, each.place, each.said.value)
        for each in map(form.rows.model.row, range(form.rows.model.rowCount()))
        if each is not None
    ]


def test_who_is_called_total_comes_in_and_the_total_is_named(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    file = tmp_path / "named.csv"
    file.write_text(TOTALS, encoding="utf-8")
    window = show(qtbot, register, "selection", SelectionPage)
    for people in ("stays", "people"):
        is_list = people == "people"
        form = list_importer(qtbot, window, file, []) if is_list else stays_importer(qtbot, window, file)
        go_on(qtbot, form)
        assert form.next.text() == f"Bring in 2 {people}"
        assert [each for each in named_in(form) if each[0] != "In doubt"] == [("Set aside", "4", "Total: 2 | 6")]
        assert complaints(form) == []
        go_on(qtbot, form)
        assert form.step == 2
        assert [each for each in named_in(form) if each[0] != "In doubt"] == [("Set aside", "4", "Total: 2 | 6")]
        assert complaints(form) == []
        go_on(qtbot, form)
    with register.read() as snapshot:
        assert [(row.code, row.total) for row in queries.lists(snapshot)] == [("named", 2)]
        assert snapshot.connection.execute(select(func.count()).select_from(Stay)).scalar_one() == 2


def test_what_nobody_could_read_is_said_before_it_is_brought_in(
    qtbot: QtBot, register: Register, programme: ProgrammeId, small_file: Path
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    register.facility = replace(register.facility, has_holder=False)
    form = list_importer(qtbot, window, small_file, [])
    go_on(qtbot, form)
    assert "Nobody can read sealed notes yet" in "\n".join(label.text() for label in form.findChildren(QLabel))
    assert not form.next.isEnabled()


def test_what_was_corrected_here_is_asked_about_before_a_new_version_overwrites_it_and_each_version_is_shown(
    qtbot: QtBot, register: Register, programme: ProgrammeId, tmp_path: Path
) -> None:
    head = "A number,Last name,First name,Date of birth,Nationality\n"
    file = tmp_path / "L-1.csv"
    file.write_text(head + "A-1,Noori,Ali,1980-02-03,AF\nA-2,Gashi,Besa,1990-03-04,MK\n", encoding="utf-8")
    read = read_list(read_table(file))
    which = register.perform(import_lists.bring_in, programme_id=programme, read=read, code="L-1").value.list_id
    for number in (1, 2):
        with register.read() as snapshot:
            found = candidates.whole(snapshot, candidate_id=CandidateId(number))
        register.perform(
            selection.correct,
            candidate_id=found.id,
            particulars=replace(found.particulars, nationality="XK"),
            reason="the passport",
        )
    file.write_text(head + "A-1,Noori,Ali,1980-02-03,IR\nA-2,Gashi,Besa,1990-03-04,AL\n", encoding="utf-8")
    window = show(qtbot, register, "selection", SelectionPage)
    form = list_importer(qtbot, window, file, [])
    form.form["replaces"].put(which)
    go_on(qtbot, form)
    boxes = {each.accessibleName(): each for each in form.findChildren(CheckBox) if each.text().startswith("Take what")}
    (first, second) = sorted(boxes)
    assert "Gashi, Besa" in first
    assert "Nationality is Kosovo here, Albania on the list." in first
    assert complaints(form) == []
    boxes[second].setChecked(True)
    go_on(qtbot, form)
    assert builders.rows(register, "SELECT nationality FROM candidates ORDER BY id") == [("IR",), ("XK",)]
    form.reject()
    page = window.page("selection")
    show_versions(page, which, "L-1")
    settle(qtbot)
    told = dialog(qtbot)
    assert isinstance(told, VersionsDialog)
    assert complaints(told) == []
    (table,) = told.findChildren(Table)
    said = [table.model.index(row, 2).data() for row in range(2)]
    assert said == ["Nationality: Kosovo → Iran", "Nationality: Kosovo → Albania (not taken)"]
    told.accept()


def test_a_name_that_a_list_has_is_said_where_it_is_chosen_with_both_ways_on(
    qtbot: QtBot, register: Register, small: ListId, programme: ProgrammeId, small_file: Path
) -> None:
    """A new version keeps the name, and asks for none; what it is a version of is a list of its own programme."""
    other = builders.programme(register, "UK-RETURN")
    read = replace(read_list(read_table(small_file)), source=replace(read_table(small_file).source, digest="0" * 64))
    register.perform(import_lists.bring_in, programme_id=other, read=read, code="US-09")
    newer = small_file.with_name("us-02.csv")
    newer.write_text(small_file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    window = show(qtbot, register, "selection", SelectionPage)
    form = list_importer(qtbot, window, newer, [])
    form.form["programme_id"].put(programme)
    settle(qtbot)
    alike = next(each for each in form.findChildren(Callout) if "us-02" in each.label.text().casefold())
    assert alike.label.text().startswith("This programme has a list US-02 already.")
    assert complaints(form) == []
    go_on(qtbot, form)
    assert form.step == 0
    assert "another name" in form.form["code"].error.text()
    form.form["code"].put("US-03")
    settle(qtbot)
    assert not alike.isVisible()
    form.form["code"].put("us-02")
    replaces = form.form["replaces"]
    assert isinstance(replaces, ChoiceField)
    assert [replaces.combo.itemText(at) for at in range(1, replaces.combo.count())] == ["US-02"]
    alike.findChildren(LinkButton)[0].click()
    settle(qtbot)
    assert replaces.read() == small
    assert not form.form["code"].isVisible()
    assert not alike.isVisible()
    go_on(qtbot, form)
    assert form.step == 1
    form.back.click()
    form.form["programme_id"].put(other)
    settle(qtbot)
    assert replaces.read() is None, "that list is of another programme"
    assert form.form["code"].isVisible()
