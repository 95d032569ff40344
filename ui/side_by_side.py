"""Two people side by side: what is the same, and what differs, in words and in colour."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from models.queries.beside import Line
from ui.declared import said
from ui.kit.labels import Text
from ui.kit.layout import held
from ui.kit.tokens import Tone
from ui.language import _


def side_by_side(this: str, other: str, lines: Sequence[Line], more: Sequence[tuple[str, str, str]] = ()) -> QWidget:
    """What is known of two people, a line for each field.

    Args:
        this: How the one is called.
        other: How the other is called.
        lines: The fields.
        more: What stands below them: what it is, of the one, of the other.
    """
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    for place, text in enumerate(("", this, other, "")):
        grid.addWidget(Text(text, "strong", wrap=True), 0, place)
    for at, line in enumerate(lines, 1):
        both = bool(line.this and line.other)
        mark = _("differs") if line.differs else _("the same") if both else ""
        tone = Tone.RED if line.differs else Tone.GREEN if both else None
        texts = (_(line.field.label), said(line.field, line.this), said(line.field, line.other))
        for place, text in enumerate(texts):
            grid.addWidget(Text(text, "note" if place == 0 else "body", wrap=True), at, place)
        grid.addWidget(Text(mark, "strong", tone=tone), at, 3)
    for at, said_more in enumerate(more, len(lines) + 1):
        for place, text in enumerate(said_more):
            grid.addWidget(Text(text, "note" if place == 0 else "body", wrap=True), at, place)
    for place, share in enumerate((2, 4, 4, 1)):
        grid.setColumnStretch(place, share)
    return held(grid)
