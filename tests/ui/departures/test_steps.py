"""The check list of a departure."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.audit import complaints
from tests.ui.kit.test_parts import show
from ui.departures.steps import Step, Steps


def test_steps_say_their_state_in_words_and_link_to_what_to_do(qtbot: QtBot) -> None:
    followed: list[bool] = []
    steps = Steps([Step("stop", "Non-refoulement check", "too old", "Record new check", lambda: followed.append(True))])
    show(qtbot, steps)
    names = {widget.accessibleName() for widget in steps.findChildren(QWidget)}
    assert {"in the way", "Record new check: Non-refoulement check"} <= names
    assert complaints(steps) == []
