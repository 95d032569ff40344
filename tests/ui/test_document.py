"""What docs/window.md shows is so: its examples run in a real window, and its lists are those that are kept."""

import re
import sys
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from models.actions import programmes
from models.errors import Refused
from models.store.register import Register
from tests import builders
from tests.ui.audit import complaints
from tests.ui.conftest import click, write
from tests.ui.departures.windows import settle, show
from ui.kit.form import FormDialog
from ui.kit.notices import Toast

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "window.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The examples of the document, one after the other, as the module that they are."""
    module = ModuleType("example")
    monkeypatch.setitem(sys.modules, "example", module)
    exec(compile("\n".join(blocks("python")), "docs/window.md", "exec"), module.__dict__)
    return module


def test_the_page_and_the_form_work(example: ModuleType, register: Register, qtbot: QtBot) -> None:
    programme = register.perform(programmes.add_preset, code="US-2025", **builders.US_TERMS).value
    for number, name in (("K-0012", "Gjonaj"), ("K-0031", "Noori")):
        who = builders.resident(register, number, family_name=name)
        builders.stay(register, who, programme, date(2026, 6, 26), limit_on=date(2026, 12, 22))
    window = show(qtbot, register, "example", example.OnTheRoll)
    page: Any = window.page("example")
    assert page.header.subtitle.text() == "2 present, 0 away"
    assert complaints(window) == []
    assert shown(page) == ["Gjonaj | US-2025 | 22 Dec 2026 | Extend", "Noori | US-2025 | 22 Dec 2026 | Extend"]

    link = page.table.view.visualRect(page.table.model.index(1, 3))
    QTest.mouseClick(
        page.table.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        link.center() + QPoint(link.width() // 2 - 20, 0),
    )
    settle(qtbot)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible())
    assert complaints(dialog) == []
    fill(
        dialog, until="1.12.2026", authority="Decision 7", decided_by="A. Berisha", reason="Onward travel is arranged."
    )
    click(dialog.submit)
    settle(qtbot)
    assert dialog.form["until"].error.text(), "what a rule says no to stands beside its field"
    fill(dialog, until="31.1.2027")
    click(dialog.submit)
    settle(qtbot)
    said = [each.label.text() for each in window.findChildren(Toast) if each.isVisible()]
    assert said == ["\u2068Noori\u2069: The stay was extended."]
    assert shown(page)[1] == "Noori | US-2025 | 31 Jan 2027 | Extend", "it has read again by itself"


def test_each_text_says_something(example: ModuleType) -> None:
    said = example.words(date(2026, 11, 21), 4, Refused("A stay cannot end before it began."))
    assert said[:5] == [
        "Room 12, bed A",
        "4 nights",
        "A stay cannot end before it began.",
        "21 Nov 2026",
        "Saturday 21 November 2026",
    ]
    assert all(said)


def test_the_lists_of_who_knows_whom_are_those_that_are_kept() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {each["name"].partition(":")[0]: each for each in tool["contracts"]}
    layers, never = (block.splitlines() for block in blocks("text"))
    assert layers == contracts["Inside ui"]["layers"]
    assert never == contracts["The window knows no SQL"]["forbidden_modules"]


@pytest.mark.parametrize(
    ("begin", "where"), [("Parts (`from ui.kit.…`): ", "ui.kit"), ("Beside the kit (`from ui.…`): ", "ui")]
)
def test_each_part_that_is_named_is_there(begin: str, where: str) -> None:
    listed = " ".join(TEXT.partition(begin)[2].partition(".\n\n")[0].split())
    parts = [(part.split()[0].strip("`"), part.strip().split(maxsplit=1)[1]) for part in listed.split(" · ")]
    assert len(parts) > 4
    for module, names in parts:
        for name in re.findall(r"\b([A-Za-z_]\w*)(?=[,/(`]|$)", re.sub(r"\([^)]*\)", "()", names)):
            assert hasattr(import_module(f"{where}.{module}"), name), f"{module} has no {name}"


def test_each_module_of_the_kit_has_its_place_in_the_table() -> None:
    table = TEXT.partition("| of | modules |\n")[2].partition("\n\n")[0]
    modules = {path.stem for path in (ROOT / "ui/kit").glob("*.py")} - {"__init__"}
    assert set(re.findall(r"`(\w+)`", table)) == modules


def fill(dialog: FormDialog, **texts: str) -> None:
    for name, text in texts.items():
        line = dialog.form[name].findChild(QLineEdit) or dialog.form[name].findChild(QPlainTextEdit)
        assert line is not None
        line.clear()
        write(line, text)


def shown(page: Any) -> list[str]:
    model = page.table.model
    columns = range(model.columnCount())
    return [" | ".join(model.index(row, at).data() for at in columns) for row in range(model.rowCount())]
