"""The fields of a form that take what is typed or chosen as it is: lines, texts, choices, boxes to tick and lists."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Unpack

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate

from models.errors import Refused
from models.rules.field_types import LONGEST_TEXT, check_text
from ui.dropping import Line, Lines
from ui.forgetting import ForgettingLines
from ui.kit.field import Field, LineField, More, T
from ui.kit.labels import Button, CheckBox
from ui.kit.layout import column, row
from ui.kit.painting import stroke
from ui.kit.theme import Theme
from ui.language import _, say
from ui.reading import Unreadable


class TextField(LineField[str]):
    """One line of text."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        secret: bool = False,
        longest: int = 400,
        **more: Unpack[More],
    ) -> None:
        """Show a line; `secret` hides what is typed."""
        self._longest = longest
        super().__init__(name, label, value, placeholder=placeholder, **more)
        self.is_secret = secret
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.settle()

    def parse(self, text: str) -> str | None:
        """The text without spaces around it; None if there is none. A secret is taken as it is."""
        return _kept(text if self.is_secret else text.strip(), self._longest)


def _kept(text: str, most: int) -> str | None:
    """A text that the register can keep; None if there is none.

    Raises:
        Unreadable: It is too long.
    """
    try:
        check_text(text, most)
    except Refused as refused:
        raise Unreadable(say(refused.message)) from refused
    return text or None


class LongTextField(Field[str]):
    """Several lines of text."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        lines: int = 3,
        secret: bool = False,
        sealed: bool = False,
        **more: Unpack[More],
    ) -> None:
        """Show some lines.

        Args:
            name: As of `Field`.
            label: As of `Field`.
            value: What stands there.
            lines: So many are seen.
            secret: Whether they are cleared when the window is locked.
            sealed: Whether what is typed is sealed: what is copied from there is then on no clipboard afterwards.
            more: As of `Field`.
        """
        super().__init__(name, label, **more)
        self.is_secret = secret
        self.edit = ForgettingLines(value) if sealed or secret else Lines(value)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + 22)
        self.edit.textChanged.connect(self.changed)
        self.inner.addWidget(self.edit)
        self.adopt(self.edit)
        self.settle()

    def read(self) -> str | None:
        """The text without spaces around it."""
        return _kept(self.edit.toPlainText().strip(), LONGEST_TEXT)

    def put(self, value: str | None) -> None:
        """Show a text."""
        self.edit.setPlainText(value or "")

    def raw(self) -> object:
        """What stands there."""
        return self.edit.toPlainText()

    def state(self) -> object:
        """What stands there."""
        return self.edit.toPlainText()

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Write it."""
        self.edit.setPlainText(state)


class Combo(QComboBox):
    """A choice that the wheel never changes: it scrolls what the choice stands in, or the list once that is open."""

    def __init__(self) -> None:
        """Show the choices as the style sheet has them: Qt's own painter for them knows nothing of it."""
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))
        # Qt's own policy takes the keyboard from the wheel, before `wheelEvent`.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what it stands in scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an arrow in the theme's own colour: the style sheet takes Qt's away."""
        super().paintEvent(event)
        tokens, x, y = Theme.tokens(), self.width() - 16, self.height() // 2 - 1
        ink = tokens.body if self.isEnabled() else tokens.disabled
        stroke(self, ink, 1.6, QPoint(x - 4, y - 1), QPoint(x, y + 3), QPoint(x + 4, y - 1))


class ChoiceField(Field[T]):
    """One of several."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[tuple[T, str]],
        *,
        value: T | None = None,
        none: str | None = None,
        **more: Unpack[More],
    ) -> None:
        """Show a choice.

        Args:
            name: As of every `Field`.
            label: As of every `Field`.
            choices: Each value with its words.
            value: What is chosen at first.
            none: What "nothing chosen" says; without it "Choose" if required, "Not known" if not.
            more: As of every `Field`.
        """
        super().__init__(name, label, **more)
        self.combo = Combo()
        self.combo.setMinimumContentsLength(14)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._values: list[T | None] = [None]
        self._none = none if none is not None else _("Choose") if self.required else _("Not known")
        self.combo.addItem(self._none)
        self.inner.addWidget(self.combo)
        self.adopt(self.combo)
        self.offer(choices)
        self.put(value)
        self.combo.currentIndexChanged.connect(lambda _at: self.changed())
        self.settle()

    def offer(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer other choices; what was chosen stays chosen if it is still there."""
        before = self.read()
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItem(self._none)
        self._values = [None]
        for value, words in choices:
            self._values.append(value)
            self.combo.addItem(words)
        self.put(before)
        self.combo.blockSignals(False)

    def read(self) -> T | None:
        """What is chosen."""
        at = self.combo.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def put(self, value: T | None) -> None:
        """Choose."""
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def state(self) -> object:
        """What is chosen, as text."""
        chosen = self.read()
        return None if chosen is None else str(chosen)

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Choose the value that is written so."""
        self.put(next((each for each in self._values if each is not None and str(each) == state), None))

    def shown(self) -> str:
        """Its words."""
        return self.combo.currentText()

    def missing(self) -> str:
        """Ask to choose."""
        return _("Please choose one.")


class CheckField(Field[bool]):
    """Yes or no."""

    def __init__(self, name: str, label: str, *, value: bool = False, hint: str = "", wide: bool = True) -> None:
        """Show a box to tick; `label` is what ticking it says."""
        super().__init__(name, "", hint=hint, wide=wide)
        self.box = CheckBox(label)
        self.box.setChecked(value)
        self.box.toggled.connect(lambda _on: self.changed())
        self.inner.addWidget(self.box)
        self.adopt(self.box, name=label)
        self.settle()

    def read(self) -> bool | None:
        """Whether it is ticked."""
        return self.box.isChecked()

    def put(self, value: bool | None) -> None:
        """Tick or not."""
        self.box.setChecked(bool(value))

    def state(self) -> object:
        """Whether it is ticked."""
        return self.box.isChecked()

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Tick or not."""
        self.box.setChecked(state)

    def shown(self) -> str:
        """Yes or no."""
        return _("yes") if self.box.isChecked() else _("no")


class TicksField(Field[tuple[str, ...]]):
    """Some of several: a box for each."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Mapping[str, str],
        *,
        value: Collection[str],
        hint: str = "",
        columns: int = 2,
    ) -> None:
        """Tick what is chosen at first.

        Args:
            name: As of every `Field`.
            label: As of every `Field`.
            choices: Each value with its words, in their order.
            value: What is ticked.
            hint: As of every `Field`.
            columns: In how many columns they stand.
        """
        super().__init__(name, label, hint=hint)
        self.boxes = {each: CheckBox(words) for each, words in choices.items()}
        boxes, high = list(self.boxes.values()), -(-len(self.boxes) // columns)
        parts = [boxes[at : at + high] for at in range(0, len(boxes), high)]
        self.inner.addLayout(row(*(column(*some, None, gap=4) for some in parts), gap=16))
        for box in boxes:
            box.toggled.connect(lambda _on: self.changed())
            self.adopt(box, name=box.text())
        self.put(tuple(value))
        self.settle()

    def read(self) -> tuple[str, ...] | None:
        """What is ticked, in its order."""
        return tuple(each for each, box in self.boxes.items() if box.isChecked())

    def put(self, value: tuple[str, ...] | None) -> None:
        """Tick."""
        for each, box in self.boxes.items():
            box.setChecked(each in (value or ()))

    def state(self) -> object:
        """What is ticked."""
        return list(self.read() or ())

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Tick it."""
        self.put(tuple(state))

    def shown(self) -> str:
        """The words of what is ticked."""
        return ", ".join(box.text() for box in self.boxes.values() if box.isChecked())


class ListField(Field[tuple[str, ...]]):
    """Several short texts, one to a line: aliases, languages."""

    def __init__(self, name: str, label: str, *, value: Sequence[str] = (), **more: Unpack[More]) -> None:
        """Show a line for each text, and one more."""
        super().__init__(name, label, **more)
        self._lines: list[QLineEdit] = []
        self._box = column(gap=4)
        self.inner.addLayout(self._box)
        self.add = Button(_("Add another"), self._another, kind="link")
        self.add.setAccessibleName(_("{label}: add another", label=label))
        self.inner.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.put(tuple(value))
        self.settle()

    def read(self) -> tuple[str, ...] | None:
        """The texts that are not empty."""
        return tuple(text for text in (line.text().strip() for line in self._lines) if text)

    def put(self, value: tuple[str, ...] | None) -> None:
        """Show texts."""
        for line in self._lines:
            self._controls.remove(line)
            line.deleteLater()
        self._lines.clear()
        for text in value or ("",):
            self._append(text)
        self.setFocusProxy(self._lines[0])

    def state(self) -> object:
        """The texts, also where a field of the kind reads them as codes."""
        return list(ListField.read(self) or ())

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Show them."""
        ListField.put(self, tuple(state))

    def shown(self) -> str:
        """As they stand in the lines."""
        return ", ".join(text for text in (line.text().strip() for line in self._lines) if text)

    def _append(self, text: str) -> QLineEdit:
        line = Line(text)
        line.textChanged.connect(self.changed)
        self._lines.append(line)
        self._box.addWidget(line)
        self.adopt(line, name=_("{label}, {n}", label=self.title, n=len(self._lines)))
        return line

    def _another(self) -> None:
        line = self._append("")
        line.show()
        line.setFocus()
        self.changed()
