"""The questions of the screening by keyboard alone: what a candidate takes is counted, and stands in docs/keys.md."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.actions import programmes, selection
from models.exchange import import_lists
from models.exchange.files import read_table
from models.exchange.lists_file import read_list
from models.rules.presets import PRESETS, Stated
from models.rules.vocabulary import Answer, CandidateState, CriterionEffect, LimitRule
from models.store.register import Register
from tests.ui.audit import complaints
from tests.ui.departures.windows import settle, show
from tests.ui.selection.conftest import whole
from ui.kit.form import FormDialog
from ui.selection import dialogs, replay
from ui.selection.page import SelectionPage

DOCUMENT = Path(__file__).parents[3] / "docs" / "keys.md"
_MOST = 4
HEAD = (
    "No.,Case no.,Family name,Given name,Sex,Date of birth,Citizenship,Document no.,Convictions,Expulsion ordered,"
    "Life sentence,Expected release,Final order\n"
)
LINES = (
    "1,900-1,LI,Wu,M,1984-03-21,Haiti,F661,N,yes,no,2027-05-01,2026-01-01\n"
    "2,900-2,NGUYEN,Thi Mai,F,1990-11-02,Haiti,F662,N,yes,no,2027-05-01,\n"
)
_HELD = {"Alt": Qt.KeyboardModifier.AltModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}


def _press(keys: str) -> None:
    *held, key = keys.split("+")
    modifier = _HELD[held[0]] if held else Qt.KeyboardModifier.NoModifier
    target = QApplication.focusWidget()
    assert target is not None, "somebody has the keyboard"
    QTest.keyClick(target, Qt.Key.Key_Down if key == "Down" else Qt.Key(ord(key)), modifier)


@pytest.mark.parametrize("code", PRESETS)
def test_a_candidate_with_nothing_to_add_takes_at_most_four_keys(
    qtbot: QtBot, register: Register, tmp_path: Path, code: str
) -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    (line,) = re.findall(rf"^- {code}: (.+): (\d)$", written, re.MULTILINE)
    keys = line[0].split(", ")
    assert len(keys) == int(line[1]) <= _MOST
    stated: Stated = {"limit_rule": LimitRule.DAYS, "limit_amount": 180, "places": 40}
    programme = register.perform(programmes.add_preset, code=code, stated=stated).value
    file = tmp_path / "list.csv"
    file.write_text(HEAD + LINES, encoding="utf-8")
    read = read_list(read_table(file))
    list_id = register.perform(import_lists.bring_in, programme_id=programme, read=read).value.list_id
    window = show(qtbot, register, "selection", SelectionPage, list_id=list_id)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    one, two = page.people.order
    page.open("selection", candidate_id=two if code == "UK-RETURN" else one)
    settle(qtbot)
    first = page.where()["candidate_id"]
    page.setFocus()
    before = {key: line.geometry() for key, line in page.one.criteria.lines.items()}
    for each in keys[:-1]:
        _press(each)
        settle(qtbot)
        assert {key: line.geometry() for key, line in page.one.criteria.lines.items()} == before, "no row has moved"
    good = {CriterionEffect.EXCLUDES: Answer.NO, CriterionEffect.REQUIRED: Answer.YES}
    found = whole(register, first)
    assert all(row.answer is good[row.effect] for row in found.criteria if row.effect in good), "it is all answered"
    assert found.objections == ()
    _press(keys[-1])
    settle(qtbot)
    if code != "UK-RETURN":
        assert page.where()["candidate_id"] == two


def test_letters_in_the_decision_answer_nothing(qtbot: QtBot, register: Register, small: int) -> None:
    window = show(qtbot, register, "selection", SelectionPage, list_id=small)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    who = page.people.order[0]
    page.open("selection", candidate_id=who)
    settle(qtbot)
    page.one.decision.submit.setFocus()
    _press("N")
    settle(qtbot)
    assert not any(row.answered_by for row in whole(register, who).criteria)


@pytest.mark.parametrize(
    ("code", "asked", "hidden"),
    [("LIYA-2021", "vetting", "sentence_months"), ("DK-GJILAN", "sentence_months", "vetting")],
)
def test_what_a_programme_does_not_use_shows_no_field(
    qtbot: QtBot, register: Register, tmp_path: Path, code: str, asked: str, hidden: str
) -> None:
    programme = register.perform(programmes.add_preset, code=code).value
    file = tmp_path / "list.csv"
    file.write_text("No.,Family name,Given name\n1,LI,Wu\n", encoding="utf-8")
    read = read_list(read_table(file))
    list_id = register.perform(import_lists.bring_in, programme_id=programme, read=read).value.list_id
    page = show(qtbot, register, "selection", SelectionPage, list_id=list_id).page("selection")
    assert isinstance(page, SelectionPage)
    form = dialogs.correct_dialog(page, whole(register, page.people.order[0]))
    assert isinstance(form, FormDialog)
    assert asked in form.form.fields
    assert hidden not in form.form.fields


def test_the_selection_replays_step_by_step(qtbot: QtBot, register: Register, small: int) -> None:
    window = show(qtbot, register, "selection", SelectionPage, list_id=small)
    page = window.page("selection")
    assert isinstance(page, SelectionPage)
    one, two = page.people.order[:2]
    said: dict[str, Any] = {"decided_by": "L. Hoxha", "reason": "waits for the file"}
    register.perform(selection.decide, candidate_id=one, outcome=CandidateState.HELD, **said)
    register.perform(selection.decide, candidate_id=two, outcome=CandidateState.REFUSED, **said)
    replay.of_list(page, small)
    settle(qtbot)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, replay.ReplayDialog)
    assert "On hold" in shown.head.text()
    assert not shown.earlier.isEnabled()
    shown.later.click()
    assert "Refused" in shown.head.text()
    assert "waits for the file" in shown.why.text()
    assert not shown.later.isEnabled()
    settle(qtbot)
    assert complaints(shown) == []
    shown.accept()
