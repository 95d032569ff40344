"""The monthly file in a real window: what contradicts is decided row by row; and what was brought in is taken back."""

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import select

from models.entities.stays import Stay
from models.ids import ImportId, ProgrammeId
from models.store.register import Register
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from tests.ui.imports.test_importing import go_on, stays_importer
from tests.ui.selection.conftest import dialog
from ui.imports import brought_in
from ui.kit.form import FormDialog
from ui.selection.page import SelectionPage


def departures(register: Register) -> dict[str | None, date | None]:
    with register.read() as snapshot:
        return {key: left for key, left in snapshot.connection.execute(select(Stay.source_key, Stay.departed_on))}


def test_june_and_july_in_the_window_and_july_taken_back(
    qtbot: QtBot, register: Register, programme: ProgrammeId, shared_data: Path
) -> None:
    window = show(qtbot, register, "selection", SelectionPage)
    for name in ("w1_june.csv", "w2_july.csv"):
        form = stays_importer(qtbot, window, shared_data / "cases" / name)
        go_on(qtbot, form)
        assert form.step == 1
        assert complaints(form) == []
        if name == "w2_july.csv":
            assert not form.next.isEnabled()
            (asked,) = form.contradictions._rows  # noqa: SLF001 - the row that the table shows
            form.contradictions.table.followed.emit(id(asked), "holds")
            settle(qtbot)
            assert not form.next.isEnabled()  # what the file says is right is said with a reason
            form.contradictions.reason.put("Letter of July")
            settle(qtbot)
            assert complaints(form) == []
        assert form.next.isEnabled()
        go_on(qtbot, form)
        assert form.step == 2
        assert complaints(form) == []
        go_on(qtbot, form)
    assert departures(register) == {
        "1": date(2026, 6, 20), "2": date(2026, 6, 25), "3": date(2026, 5, 13), "4": None,
    }  # fmt: skip
    brought_in.show(window)
    listed = dialog(qtbot)
    settle(qtbot)
    assert isinstance(listed, brought_in.BroughtIn)
    assert complaints(listed) == []
    listed.take_back(ImportId(2))
    settle(qtbot)
    asking = dialog(qtbot)
    assert isinstance(asking, FormDialog)
    assert complaints(asking) == []
    asking.form["reason"].put("The wrong file")
    asking.submit.click()
    settle(qtbot)
    assert departures(register) == {"1": None, "2": None, "3": date(2026, 5, 12)}
