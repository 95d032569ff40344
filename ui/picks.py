"""The fields that pick one of many, or several, by typing a part of it."""

from collections.abc import Sequence
from typing import Any, Unpack

from PySide6.QtCore import Qt

from ui.kit.field import Field, More, T
from ui.kit.labels import Button
from ui.kit.layout import column
from ui.kit.search import Find, Found, SearchLine
from ui.language import _
from ui.reading import Unreadable


class PickField(Field[T]):
    """One of many, found as one types."""

    def __init__(
        self,
        name: str,
        label: str,
        find: Find | Sequence[Found],
        *,
        value: Found | None = None,
        placeholder: str = "",
        **more: Unpack[More],
    ) -> None:
        """Show a line.

        Args:
            name: As of every `Field`.
            label: As of every `Field`.
            find: A query `find(reading, text=…)` that returns `Found`; or all there is, for a short list.
            value: What is picked at first.
            placeholder: What can be typed.
            more: As of every `Field`.
        """
        super().__init__(name, label, **more)
        self.line = SearchLine(
            find, name=label, placeholder=placeholder or _("Type a part of it"), at_once=not callable(find)
        )
        self._all: Sequence[Found] = () if callable(find) else find
        self._found: Found | None = None
        self.line.taken.connect(self._take)
        self.line.textEdited.connect(lambda _text: self._let_go())
        self.inner.addWidget(self.line)
        self.adopt(self.line)
        self.show_found(value)
        self.settle()

    @property
    def found(self) -> Found | None:
        """What is picked, with its words."""
        return self._found

    def show_found(self, found: Found | None) -> None:
        """Show what is picked."""
        self._found = found
        self.line.setText("" if found is None else f"{found.text} {found.note}".strip())
        self.line.setCursorPosition(0)

    def read(self) -> T | None:
        """The value of what is picked.

        Raises:
            Unreadable: Something is typed, but nothing is picked.
        """
        if self._found is not None:
            value: T = self._found.value
            return value
        typed = self.line.text().strip()
        if not typed:
            return None
        same = [one for one in self._all if one.text.casefold() == typed.casefold()]
        if len(same) == 1:
            only: T = same[0].value
            return only
        raise Unreadable(_("Choose one from the list below the line: press the down key, then Enter."))

    def put(self, value: T | None) -> None:
        """Pick a value of a short list; of a query use `show_found`."""
        self.show_found(next((one for one in self._all if one.value == value), None))

    def raw(self) -> object:
        """What stands in the line."""
        return self.line.text()

    def state(self) -> object:
        """What stands in the line, and what is picked with its words, where a file can hold it."""
        found = self._found
        is_plain = found is not None and isinstance(found.value, int | str)
        return [self.line.text(), [found.value, found.text, found.note] if found and is_plain else None]

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """Pick it again, or type it."""
        text, found = state
        if found is None:
            self.line.setText(text)
        else:
            self.show_found(Found(*found))

    def bring_over(self, other: Field[T]) -> None:
        """Pick the same; what a query has found cannot be picked by its value alone."""
        if isinstance(other, PickField) and other.found is not None:
            self.show_found(other.found)
        else:
            super().bring_over(other)

    def missing(self) -> str:
        """Ask to pick."""
        return _("Please choose one.")

    def _take(self, found: Found) -> None:
        self.show_found(found)
        self.changed()

    def _let_go(self) -> None:
        self._found = None
        self.changed()


class PicksField(Field[tuple[T, ...]]):
    """Several of many, each found as one types on a line of its own."""

    def __init__(self, name: str, label: str, find: Find, *, value: Sequence[Found] = (), **more: Unpack[More]) -> None:
        """Show a line for each that is picked, or an empty one.

        Args:
            name: As of every `Field`.
            label: As of every `Field`.
            find: As of `PickField`.
            value: What is picked at first.
            more: As of every `Field`.
        """
        super().__init__(name, label, **more)
        self._find = find
        self.picks: list[PickField[T]] = []
        self._box = column(gap=4)
        self.inner.addLayout(self._box)
        self.add = Button(_("Add another"), self._another, kind="link")
        self.add.setAccessibleName(_("{label}: add another", label=label))
        self.inner.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_found(value)
        self.settle()

    def show_found(self, found: Sequence[Found | None]) -> None:
        """Show what is picked, on a line each; None is an empty line."""
        for pick in self.picks:
            self._controls.remove(pick.line)
            pick.hide()
            pick.deleteLater()
        self.picks.clear()
        for one in found or (None,):
            self._append(one)
        self.setFocusProxy(self.picks[0].line)

    def read(self) -> tuple[T, ...] | None:
        """The values of what is picked, each once.

        Raises:
            Unreadable: Something is typed on a line, but nothing is picked.
        """
        values = (pick.read() for pick in self.picks)
        return tuple(dict.fromkeys(value for value in values if value is not None))

    def put(self, value: tuple[T, ...] | None) -> None:
        """Take away what is picked; what a query has found cannot be picked by its value alone: `show_found`."""
        if not value:
            self.show_found(())

    def raw(self) -> object:
        """What stands in the lines."""
        return tuple(pick.raw() for pick in self.picks if pick.raw())

    def state(self) -> object:
        """Of each line."""
        return [pick.state() for pick in self.picks]

    def put_state(self, state: Any) -> None:  # noqa: ANN401 - as of `Field`
        """A line for each."""
        self.show_found([None] * len(state))
        for pick, one in zip(self.picks, state, strict=False):  # there is always a line
            pick.put_state(one)

    def shown(self) -> str:
        """As they stand in the lines."""
        return ", ".join(str(pick.raw()) for pick in self.picks if pick.raw())

    def bring_over(self, other: Field[tuple[T, ...]]) -> None:
        """Pick the same."""
        if isinstance(other, PicksField):
            self.show_found([pick.found for pick in other.picks if pick.found is not None])
        else:
            super().bring_over(other)

    def _append(self, found: Found | None) -> PickField[T]:
        pick: PickField[T] = PickField(self.name, "", self._find, value=found)
        pick.edited.connect(self.changed)
        self.picks.append(pick)
        self._box.addWidget(pick)
        self.adopt(pick.line, name=_("{label}, {n}", label=self.title, n=len(self.picks)))
        return pick

    def _another(self) -> None:
        pick = self._append(None)
        pick.show()
        pick.line.setFocus()
        self.changed()
