"""The fields of a form: each has a label, a hint, and its error beside it in words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from models.rules.birth import BirthDate
from models.rules.time import Moment
from ui.kit import present
from ui.kit.labels import Button, CheckBox, Text, repolish
from ui.kit.layout import column, row
from ui.kit.reading import Unreadable, read_birth, read_date, read_money, read_number, read_time, say_birth
from ui.kit.theme import Theme
from ui.words import _, tr

T = TypeVar("T")


class Field(QWidget, Generic[T]):
    """One field of a form. Its `name` is the name of the action's argument."""

    edited = Signal()

    def __init__(self, name: str, label: str, *, hint: str = "", required: bool = False, wide: bool = True) -> None:
        """Lay out label, control, hint and error.

        Args:
            name: The argument of the action that it fills, and the `field` of a refusal that belongs here.
            label: What is asked for.
            hint: How to answer, or what for; always to be seen.
            required: Whether it must be filled.
            wide: Whether it takes the whole width of a form of two columns.
        """
        super().__init__()
        self.name, self.required, self.wide = name, required, wide
        self.title = label
        marked = label if required or not label else _("{label} (optional)", label=label)
        self.label = Text(marked, "label", wrap=True)
        self.label.setVisible(bool(label))
        self.hint = Text(hint, "hint", wrap=True)
        self.hint.setVisible(bool(hint))
        self.error = Text("", "error", wrap=True)
        self.error.setVisible(False)
        self._hint = hint
        self.inner: QVBoxLayout = column(gap=4)
        self.setLayout(column(self.label, self.inner, self.error, self.hint, gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._controls: list[QWidget] = []
        self._initial: object = None

    def adopt(self, control: QWidget, *, name: str = "") -> None:
        """Take a control in, and give it its accessible name."""
        self._controls.append(control)
        control.setAccessibleName(name or self.title)
        control.setAccessibleDescription(self._hint)
        if len(self._controls) == 1:
            self.label.setBuddy(control)
            self.setFocusProxy(control)

    def read(self) -> T | None:
        """The value, or None where nothing is given.

        Raises:
            Unreadable: What was typed cannot be read.
        """
        raise NotImplementedError

    def put(self, value: T | None) -> None:
        """Show a value."""
        raise NotImplementedError

    def raw(self) -> object:
        """What stands in the control, for comparing."""
        raise NotImplementedError

    def settle(self) -> None:
        """What stands here now counts as unchanged."""
        self._initial = self.raw()

    @property
    def dirty(self) -> bool:
        """Whether something else stands here than at first."""
        return self.raw() != self._initial

    def problem(self) -> str:
        """Why the field cannot be sent, in words; empty if it can."""
        try:
            value = self.read()
        except Unreadable as error:
            return str(error)
        if self.required and (value is None or value == "" or value == ()):
            return self.missing()
        return ""

    def missing(self) -> str:
        """What to say when it must be filled and is not."""
        return _("Please fill this in.")

    def show_error(self, text: str) -> None:
        """Say beside the field what is wrong with it; an empty text takes it back."""
        self.error.setText(f"!\u00a0{text}" if text else "")
        self.error.setVisible(bool(text))
        for control in self._controls:
            control.setProperty("wrong", "true" if text else "false")
            control.setAccessibleDescription(" ".join(part for part in (text, self._hint) if part))
            repolish(control)

    def changed(self) -> None:
        """To be called by the control: an error no longer stands, and the form hears of it."""
        if self.error.text():
            self.show_error("")
        self.edited.emit()


class TextField(Field[str]):
    """One line of text."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        hint: str = "",
        required: bool = False,
        wide: bool = True,
        placeholder: str = "",
        secret: bool = False,
        longest: int = 400,
    ) -> None:
        """Show a line; `secret` hides what is typed."""
        super().__init__(name, label, hint=hint, required=required, wide=wide)
        self.edit = QLineEdit(value)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(longest)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.textChanged.connect(self.changed)
        self.inner.addWidget(self.edit)
        self.adopt(self.edit)
        self.settle()

    def read(self) -> str | None:
        """The text without spaces around it; None if there is none. A secret is taken as it is."""
        text = self.edit.text()
        if self.edit.echoMode() is QLineEdit.EchoMode.Normal:
            text = text.strip()
        return text or None

    def put(self, value: str | None) -> None:
        """Show a text."""
        self.edit.setText(value or "")

    def raw(self) -> object:
        """What stands in the line."""
        return self.edit.text()


class _ReadField(Field[T]):
    """A line whose text is read, and which shows how."""

    def __init__(
        self, name: str, label: str, *, hint: str, required: bool, wide: bool, placeholder: str = "", width: int = 170
    ) -> None:
        super().__init__(name, label, hint=hint, required=required, wide=wide)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFixedWidth(width)
        self.reading = Text("", "read", wrap=True)
        if wide or width < 150:
            across = row(self.edit, gap=8)
            across.addWidget(self.reading, 1)
            self.inner.addLayout(across)
        else:
            # A narrow field has no room beside the line. The place below is kept, so that nothing jumps while typing.
            self.inner.addWidget(self.edit)
            self.inner.addWidget(self.reading)
            self.reading.setMinimumHeight(self.reading.fontMetrics().height())
        self.edit.textChanged.connect(self._typed)
        self.edit.editingFinished.connect(self._left)
        self.adopt(self.edit)
        self.settle()

    def parse(self, text: str) -> T | None:
        """Read the text."""
        raise NotImplementedError

    def said(self, value: T) -> str:
        """How it was read."""
        raise NotImplementedError

    def written(self, value: T) -> str:
        """How to write it."""
        return self.said(value)

    def read(self) -> T | None:
        """What was typed, read."""
        return self.parse(self.edit.text())

    def put(self, value: T | None) -> None:
        """Write a value."""
        self.edit.setText("" if value is None else self.written(value))

    def raw(self) -> object:
        """What stands in the line."""
        return self.edit.text()

    def _typed(self) -> None:
        self.changed()
        try:
            value = self.read()
            self.reading.setText("" if value is None else self.said(value))
        except Unreadable:
            self.reading.setText("")

    def _left(self) -> None:
        try:
            self.read()
        except Unreadable as error:
            self.show_error(str(error))


class DateField(_ReadField[date]):
    """A date as one types it: 5.12.2026, 5/12, 5 Dec, today, +3. Beside it stands how it was read."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: date | None = None,
        hint: str = "",
        required: bool = False,
        wide: bool = True,
    ) -> None:
        """Show a date."""
        super().__init__(name, label, hint=hint, required=required, wide=wide, placeholder=_("5.12.2026 or today"))
        self.put(value)
        self.settle()

    def parse(self, text: str) -> date | None:
        """Read it against today at the facility."""
        return read_date(text, present.today())

    def said(self, value: date) -> str:
        """With its weekday."""
        return tr().long_date(value)

    def written(self, value: date) -> str:
        """In figures."""
        return f"{value.day}.{value.month}.{value.year}"


class BirthDateField(_ReadField[BirthDate]):
    """A birth date as far as it is known: 2.7.1991, 7.1991, 1991, about 1991."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: BirthDate | None = None,
        hint: str = "",
        required: bool = False,
        wide: bool = True,
    ) -> None:
        """Show a birth date."""
        super().__init__(
            name, label, hint=hint, required=required, wide=wide, placeholder=_("2.7.1991, 1991, about 1991")
        )
        self.edit.setFixedWidth(210)
        self.put(value)
        self.settle()

    def parse(self, text: str) -> BirthDate | None:
        """Read what is known."""
        return read_birth(text, present.today())

    def said(self, value: BirthDate) -> str:
        """What is known, how old that is, and whether it is doubtful."""
        known = _("{born}, {age} years", born=say_birth(value), age=value.age(present.today()))
        return _("{known}; 1 January is often a guess", known=known) if value.doubtful else known

    def written(self, value: BirthDate) -> str:
        """As one would type it."""
        if value.about:
            return f"~{value.year}"
        return ".".join(str(part) for part in (value.day, value.month, value.year) if part is not None)


class MomentField(Field[Moment]):
    """When something happened: a date, and a time if it is known."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: Moment | None = None,
        hint: str = "",
        required: bool = False,
        wide: bool = True,
    ) -> None:
        """Show a moment."""
        super().__init__(name, label, hint=hint, required=required, wide=wide)
        self.day = QLineEdit()
        self.day.setPlaceholderText(_("5.12.2026 or today"))
        self.day.setFixedWidth(170)
        self.clock = QLineEdit()
        self.clock.setPlaceholderText(_("14:30"))
        self.clock.setFixedWidth(70)
        self.now = Button(_("Now"), self._now, kind="link")
        self.now.setAccessibleName(_("{label}: now", label=label))
        self.reading = Text("", "read", wrap=True)
        across = row(self.day, self.clock, self.now, gap=8)
        self.inner.addLayout(across)
        if wide:
            across.addWidget(self.reading, 1)
        else:
            across.addStretch(1)
            self.inner.addWidget(self.reading)
            self.reading.setMinimumHeight(self.reading.fontMetrics().height())
        self.adopt(self.day, name=_("{label}: date", label=label))
        self.adopt(self.clock, name=_("{label}: time, if known", label=label))
        for edit in (self.day, self.clock):
            edit.textChanged.connect(self._typed)
            edit.editingFinished.connect(self._left)
        self.put(value)
        self.settle()

    def read(self) -> Moment | None:
        """The moment, to the minute where a time is given, else to the day."""
        day, clock = read_date(self.day.text(), present.today()), read_time(self.clock.text())
        if day is None:
            if clock is not None:
                raise Unreadable(_("A time needs its date. Write the date, such as today."))
            return None
        return Moment.of_clock(day, clock, present.zone())

    def put(self, value: Moment | None) -> None:
        """Show a moment in the facility's time zone."""
        self.day.setText("" if value is None else f"{value.on.day}.{value.on.month}.{value.on.year}")
        at = None if value is None or value.at is None else value.at.astimezone(present.zone())
        self.clock.setText("" if at is None else f"{at:%H:%M}")

    def raw(self) -> object:
        """What stands in the two lines."""
        return self.day.text(), self.clock.text()

    def _now(self) -> None:
        self.put(Moment.of(present.clock().now(), present.zone()))

    def _typed(self) -> None:
        self.changed()
        try:
            value = self.read()
        except Unreadable:
            value = None
        if value is None:
            self.reading.setText("")
        elif value.at is None:
            self.reading.setText(_("{day}, time not known", day=tr().long_date(value.on)))
        else:
            self.reading.setText(tr().long_date(value.on))

    def _left(self) -> None:
        # The date is left for its time: only what is typed already can be wrong.
        try:
            self.read()
        except Unreadable as error:
            self.show_error(str(error))


class NumberField(_ReadField[int]):
    """A whole number."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: int | None = None,
        unit: str = "",
        hint: str = "",
        required: bool = False,
        wide: bool = True,
    ) -> None:
        """Show a number; `unit` stands after it."""
        self._unit = unit
        super().__init__(name, label, hint=hint, required=required, wide=wide, width=110)
        self.reading.setText(unit)
        self.put(value)
        self.settle()

    def parse(self, text: str) -> int | None:
        """Read a whole number."""
        return read_number(text)

    def said(self, value: int) -> str:
        """The unit; from a thousand on, the number as it was read."""
        return f"{tr().number(value)} {self._unit}".strip() if abs(value) >= 1000 else self._unit

    def written(self, value: int) -> str:
        """In figures."""
        return str(value)


class MoneyField(_ReadField[Decimal]):
    """An amount of money."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        currency: str,
        value: Decimal | None = None,
        hint: str = "",
        required: bool = False,
        wide: bool = True,
    ) -> None:
        """Show an amount in a currency of three letters."""
        self._currency = currency
        super().__init__(name, label, hint=hint, required=required, wide=wide, width=130)
        self.put(value)
        self.settle()

    def parse(self, text: str) -> Decimal | None:
        """Read an amount."""
        return read_money(text)

    def said(self, value: Decimal) -> str:
        """With its currency."""
        return tr().money(value, self._currency)

    def written(self, value: Decimal) -> str:
        """In figures."""
        return f"{value:.2f}"


class LongTextField(Field[str]):
    """Several lines of text."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: str = "",
        hint: str = "",
        required: bool = False,
        wide: bool = True,
        lines: int = 3,
    ) -> None:
        """Show some lines."""
        super().__init__(name, label, hint=hint, required=required, wide=wide)
        self.edit = QPlainTextEdit(value)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + 22)
        self.edit.textChanged.connect(self.changed)
        self.inner.addWidget(self.edit)
        self.adopt(self.edit)
        self.settle()

    def read(self) -> str | None:
        """The text without spaces around it."""
        return self.edit.toPlainText().strip() or None

    def put(self, value: str | None) -> None:
        """Show a text."""
        self.edit.setPlainText(value or "")

    def raw(self) -> object:
        """What stands there."""
        return self.edit.toPlainText()


class _Combo(QComboBox):
    """A choice that the wheel changes only when it has the keyboard: scrolling a form must not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an arrow in the theme's own colour: the style sheet takes Qt's away."""
        super().paintEvent(event)
        tokens = Theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.body if self.isEnabled() else tokens.disabled), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y = self.width() - 16, self.height() // 2 - 1
        painter.drawPolyline([QPoint(x - 4, y - 1), QPoint(x, y + 3), QPoint(x + 4, y - 1)])


class ChoiceField(Field[T]):
    """One of several."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[tuple[T, str]],
        *,
        value: T | None = None,
        hint: str = "",
        required: bool = False,
        wide: bool = True,
        none: str | None = None,
    ) -> None:
        """Show a choice.

        Args:
            name: The argument of the action.
            label: What is asked for.
            choices: Each value with its words.
            value: What is chosen at first.
            hint: How to choose.
            required: Whether something must be chosen.
            wide: Whether it takes the whole width.
            none: What "nothing chosen" says; without it "Choose" if required, "Not known" if not.
        """
        super().__init__(name, label, hint=hint, required=required, wide=wide)
        self.combo = _Combo()
        self.combo.setMinimumContentsLength(14)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._values: list[T | None] = [None]
        self._none = none if none is not None else _("Choose") if required else _("Not known")
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

    def raw(self) -> object:
        """What is chosen."""
        return self.read()

    def missing(self) -> str:
        """Ask to choose."""
        return _("Please choose one.")


class CheckField(Field[bool]):
    """Yes or no."""

    def __init__(
        self, name: str, label: str, *, value: bool = False, hint: str = "", wide: bool = True, must: str = ""
    ) -> None:
        """Show a box to tick.

        Args:
            name: The argument of the action.
            label: What ticking it says.
            value: Whether it is ticked.
            hint: What for.
            wide: Whether it takes the whole width.
            must: What to say if it is not ticked and must be.
        """
        super().__init__(name, "", hint=hint, required=bool(must), wide=wide)
        self._must = must
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

    def raw(self) -> object:
        """Whether it is ticked."""
        return self.box.isChecked()

    def problem(self) -> str:
        """Whether it must be ticked and is not."""
        return self._must if self._must and not self.box.isChecked() else ""


class ListField(Field[tuple[str, ...]]):
    """Several short texts, one to a line: aliases, languages."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        value: Sequence[str] = (),
        hint: str = "",
        required: bool = False,
        wide: bool = True,
        add: str = "",
    ) -> None:
        """Show a line for each text, and one more; `add` is what the button for another one says."""
        super().__init__(name, label, hint=hint, required=required, wide=wide)
        self._lines: list[QLineEdit] = []
        self._box = column(gap=4)
        self.inner.addLayout(self._box)
        self.add = Button(add or _("Add another"), self._another, kind="link")
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

    def raw(self) -> object:
        """The texts that are not empty."""
        return self.read()

    def _append(self, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.textChanged.connect(self.changed)
        self._lines.append(line)
        self._box.addWidget(line)
        self.adopt(line, name=_("{label}, {n}", label=self.title, n=len(self._lines)))
        return line

    def _another(self) -> None:
        self._append("").setFocus()
        self.changed()
