"""What every field of a form is: a label, a hint, and its error beside it in words."""

from collections.abc import Mapping
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.dropping import Line
from ui.kit.accessible import announce
from ui.kit.labels import Text, repolish
from ui.kit.layout import column, hide_empty
from ui.kit.tokens import px
from ui.language import _
from ui.reading import Unreadable

T = TypeVar("T")


class More(TypedDict, total=False):
    """What can be said of every kind of field beyond its name and its label; see `Field`."""

    hint: str
    required: bool
    wide: bool


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of an action from a form: what was left empty is left to the action."""
    return {name: value for name, value in values.items() if value is not None}


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
        self.label = Text(f"{label}\u00a0*" if required and label else label, "label", wrap=True)
        self.hint = Text(hint, "hint", wrap=True)
        self.error = Text("", "error", wrap=True)
        self._hint = " ".join(part for part in (_("Must be filled in.") if required else "", hint) if part)
        self.inner: QVBoxLayout = column(gap=4)
        self.foot: QVBoxLayout = column(gap=4)
        self.setLayout(column(self.label, self.inner, self.error, self.hint, self.foot, gap=4))
        hide_empty(self.label, self.hint, self.error)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.is_secret = False
        """Whether what is typed opens a register, so that it is cleared when the window is locked."""
        self._controls: list[QWidget] = []
        self.initial: object = None
        """What stood in the control at first, for comparing."""
        self.initially_shown = ""
        """The same in words."""

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
        """What stands in the control, for comparing; its value, where whatever stands there can be read."""
        return self.read()

    def state(self) -> object:
        """What stands in the control, as JSON holds it, also what cannot be read: for a form that is gone on with."""
        raise NotImplementedError

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as `state` has told it
        """Have stand in the control what `state` has told.

        Raises:
            ValueError: It has told nothing of the kind; also TypeError, KeyError or IndexError.
        """
        raise NotImplementedError

    def shown(self) -> str:
        """What stands in the control, in words."""
        return str(self.raw())

    def bring_over(self, other: "Field[T]") -> None:
        """Let stand here what stands in another field of the same kind; it can be read."""
        self.put(other.read())

    def add_below(self, note: QWidget) -> None:
        """Show something between the control and its error."""
        self.inner.addWidget(note)

    def settle(self) -> None:
        """What stands here now counts as unchanged."""
        self.initial, self.initially_shown = self.raw(), self.shown()

    @property
    def dirty(self) -> bool:
        """Whether something else stands here than at first."""
        return self.raw() != self.initial

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
        if text:
            announce(self, f"{self.title}: {text}")
        for control in self._controls:
            control.setProperty("wrong", "true" if text else "false")
            control.setAccessibleDescription(" ".join(part for part in (text, self._hint) if part))
            repolish(control)

    def changed(self) -> None:
        """To be called by the control: an error no longer stands, and the form hears of it."""
        if self.error.text():
            self.show_error("")
        self.edited.emit()

    def left(self) -> None:
        """To be called when the control is left: what is typed already can be wrong."""
        try:
            self.read()
        except Unreadable as error:
            self.show_error(str(error))


class LineField(Field[T]):
    """A value that is typed on one line."""

    def __init__(
        self, name: str, label: str, value: T | None, *, placeholder: str = "", width: int = 0, **more: Unpack[More]
    ) -> None:
        """Show a value; `width` is that of the line in pixels, 0: what room there is."""
        super().__init__(name, label, **more)
        self.edit = Line()
        self.edit.setPlaceholderText(placeholder)
        if width:
            self.edit.setFixedWidth(px(width))
        self.edit.textChanged.connect(self.typed)
        self.lay_out()
        self.adopt(self.edit)
        self.put(value)
        self.settle()

    def lay_out(self) -> None:
        """Give the line its place."""
        self.inner.addWidget(self.edit)

    def parse(self, text: str) -> T | None:
        """Read the text.

        Raises:
            Unreadable: It cannot be read.
        """
        raise NotImplementedError

    def written(self, value: T) -> str:
        """How to write a value."""
        return str(value)

    def typed(self) -> None:
        """Another text stands in the line."""
        self.changed()

    def read(self) -> T | None:
        """What was typed, read."""
        return self.parse(self.edit.text())

    def put(self, value: T | None) -> None:
        """Write a value."""
        self.edit.setText("" if value is None else self.written(value))

    def raw(self) -> object:
        """What stands in the line."""
        return self.edit.text()

    def state(self) -> object:
        """What stands in the line."""
        return self.edit.text()

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Write it."""
        self.edit.setText(state)
