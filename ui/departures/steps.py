"""The check list of a departure: what is done, what is to be done, and what is in the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from ui.kit.labels import LinkButton, Text
from ui.kit.layout import clear, column, row
from ui.kit.tokens import Tone, px
from ui.language import _


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a check list.

    Attributes:
        sign: `done`, `open` or `stop`.
        name: What is to be done.
        text: What was done, or why it is not good enough.
        link: What to do about it; empty if nothing.
        follow: Called when the link is pressed.
    """

    sign: str
    name: str
    text: str = ""
    link: str = ""
    follow: Callable[[], object] | None = None


class Steps(QWidget):
    """A check list: a sign, a name, what there is, and what to do."""

    def __init__(self, steps: Sequence[Step] = (), *, names: int = 180) -> None:
        """Show the steps; `names` is the width of the names."""
        super().__init__()
        self._names = names
        self._rows = column(gap=0)
        self.setLayout(self._rows)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        clear(self._rows)
        for step in steps:
            line = self._line(step)
            line.setProperty("last", step is steps[-1])
            self._rows.addWidget(line)

    def _line(self, step: Step) -> QWidget:
        mark, tone, said = {
            "done": ("✓", Tone.GREEN, _("done")),
            "open": ("●", Tone.AMBER, _("still to do")),
            "stop": ("!", Tone.RED, _("in the way")),
        }[step.sign]
        line = QFrame()
        line.setProperty("role", "row")
        line.setMinimumHeight(px(31))
        sign = Text(mark, "strong", tone=tone)
        sign.setAccessibleName(said)
        sign.setToolTip(said)
        sign.setFixedWidth(px(16))
        name = Text(step.name, "strong", wrap=True)
        name.setFixedWidth(px(self._names))
        across = row(sign, name, (Text(step.text, wrap=True), 1), gap=12, margins=(10, 4, 6, 4))
        if step.link:
            link = LinkButton(step.link, step.follow)
            link.setAccessibleName(_("{command}: {what}", command=step.link, what=step.name))
            across.addWidget(link)
        line.setLayout(across)
        return line
