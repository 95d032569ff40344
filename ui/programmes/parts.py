"""What the cards of a programme are made of: rows with what can be done about them, and a change at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.queries.programmes import ProgrammeWhole
from ui.kit.labels import Button, LinkButton
from ui.kit.layout import Card, row
from ui.kit.undoing import Undoes, do
from ui.language import _


def change_part(
    widget: QWidget,
    programme: ProgrammeWhole,
    action: Callable[..., object],
    done: str,
    undoes: Undoes,
    **values: Any,  # noqa: ANN401 - the arguments of the action
) -> None:
    """Change a part of a programme at once; `done` is said afterwards, with what undoes it."""
    do(widget, action, done, undoes, programme_id=programme.row.id, version=programme.version, **values)


def listing(title: str) -> Card:
    """A card of rows that lie close together."""
    card = Card(title, flush=True)
    card.body.setSpacing(0)
    return card


def line(first: QWidget, *others: QWidget, named: str) -> QFrame:
    """One row of a card: what it is, and at the right what can be done about it."""
    framed = QFrame()
    framed.setProperty("role", "row")
    across = row((first, 1), gap=10, margins=(14, 7, 14, 7))
    for other in others:
        across.addWidget(other, 0, Qt.AlignmentFlag.AlignVCenter)
        if isinstance(other, LinkButton):
            other.setAccessibleName(_("{command}: {what}", command=other.text(), what=named))
    framed.setLayout(across)
    return framed


def foot(button: Button) -> QHBoxLayout:
    """The button below the rows of a card."""
    return row(button, None, margins=(14, 8, 14, 12))
