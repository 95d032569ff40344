"""What is copied in the window: a name from a card, a sealed text, and nothing that nobody sees."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import activate, press
from ui import clipboard
from ui.kit.labels import Text
from ui.kit.layout import KeyValues
from ui.language import isolated
from ui.sealed import SealedText


@pytest.mark.parametrize("name", ["گل احمدزی", "Đorđević, Goran", "محمد علی"])
def test_a_name_that_is_copied_from_a_card_is_the_name_alone(qtbot: QtBot, name: str) -> None:
    clipboard.keep_clean()
    card = KeyValues()
    qtbot.addWidget(card)
    card.add("Name", isolated(name))
    card.show()
    activate(qtbot, card)
    label = next(each for each in card.findChildren(Text) if name in each.text())
    label.setSelection(0, len(label.text()))
    press(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == name)


def test_a_sealed_text_that_was_copied_still_leaves_the_clipboard_with_its_dialog(qtbot: QtBot) -> None:
    clipboard.keep_clean()
    said = SealedText(f"Of {isolated('گل')}")
    qtbot.addWidget(said)
    said.show()
    activate(qtbot, said)
    said.selectAll()
    said.copy()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "Of گل")
    said.hide()
    assert QGuiApplication.clipboard().text() == ""
