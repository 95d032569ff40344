"""A line across the top of the window that stays: a demonstration, a register that is read only."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame

from ui.kit.accessible import announce
from ui.kit.labels import Button, Text
from ui.kit.layout import row


@dataclass(frozen=True, slots=True)
class Line:
    """What a banner says.

    Attributes:
        text: The sentence.
        button: What its button says; empty for none.
        do: What its button does.
    """

    text: str
    button: str = ""
    do: Callable[[], object] | None = None


class Banner(QFrame):
    """A line across the window that stays: a demonstration, a register that is read only."""

    def __init__(self, line: Line) -> None:
        """Show the line."""
        super().__init__()
        self.setProperty("role", "banner")
        self.setAccessibleName(line.text)
        across = row((Text(line.text, "bannerText", wrap=True), 1), gap=14, margins=(18, 4, 18, 4))
        if line.button and line.do is not None:
            across.addWidget(Button(line.button, line.do, kind="link"))
        self.setLayout(across)

    def showEvent(self, event: QShowEvent) -> None:
        """Say it aloud."""
        super().showEvent(event)
        announce(self, self.accessibleName())
