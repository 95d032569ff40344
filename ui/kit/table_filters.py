"""What narrows a list: remembered for the person, and kept under names that the person gives."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from models.rules.preferences import Preferred
from ui import preferences, prompts
from ui.kit.fields import Combo
from ui.kit.labels import MenuButton
from ui.language import _

State = Mapping[str, Preferred]
"""What is typed and chosen: `find`, and each choice by its turn among the tools."""


class Filters:
    """The box and the choices above a list, as one thing that is remembered, named and put back."""

    def __init__(self, keeps: str, box: QLineEdit, tools: Sequence[QWidget]) -> None:
        """Say what narrows the list.

        Args:
            keeps: Under which name it is remembered; empty: it is not.
            box: What is typed.
            tools: The choices beside it.
        """
        self.keeps, self.is_set = keeps, False
        self._box, self._tools = box, tools
        self._told: State = {}

    def remember(self) -> None:
        """The first time put back what was there when the window was closed; from then on keep what is there."""
        if not self.keeps:
            return
        if not self.is_set:
            self.is_set = True
            kept = preferences.get(f"find/{self.keeps}")
            if isinstance(kept, Mapping):
                self.put(kept)
            self._told = self.state()
        state = self.state()
        if state != self._told:
            self._told = state
            preferences.put(f"find/{self.keeps}", dict(state))

    def state(self) -> State:
        """What is typed and chosen now."""
        chosen = {str(at): _chosen(each) for at, each in enumerate(self._choices())}
        return {"find": self._box.text().strip(), **chosen}

    def put(self, state: State) -> None:
        """Type and choose what was typed and chosen then; the page hears of it as of a hand."""
        for at, each in enumerate(self._choices()):
            if str(at) in state:
                _choose(each, state[str(at)])
        self._box.setText(str(state.get("find", "")))

    def words(self) -> list[str]:
        """What is typed and chosen, in words: for what is printed."""
        said = []
        for each in self._choices():
            if isinstance(each, Combo):
                said += [each.currentText()] if each.currentIndex() > 0 else []
            elif each.isChecked():
                said.append(each.text())
        typed = self._box.text().strip()
        return [*said, _("with “{text}”", text=typed)] if typed else said

    def button(self, name: str) -> MenuButton:
        """What opens the menu of the filters that the person has named."""
        made = MenuButton(_("Filters"), [])
        made.setAccessibleName(_("Filters of the list: {name}", name=name))
        made.menu().aboutToShow.connect(lambda: self._fill(made))
        return made

    def _named(self) -> dict[str, Preferred]:
        kept = preferences.get(f"filters/{self.keeps}")
        return dict(kept) if isinstance(kept, Mapping) else {}

    def _fill(self, button: MenuButton) -> None:
        shown, named = button.menu(), self._named()
        shown.clear()
        for name, state in named.items():
            if isinstance(state, Mapping):
                shown.addAction(name.replace("&", "&&"), partial(self.put, state))
        if named:
            shown.addSeparator()
        shown.addAction(_("Keep this filter under a name"), lambda: self._name(button))
        if named:
            gone = shown.addMenu(_("Delete a filter"))
            for name in named:
                gone.addAction(name.replace("&", "&&"), partial(self._delete, name))

    def _name(self, button: MenuButton) -> None:
        name = prompts.ask_text(button, _("Keep this filter"), _("What you call it. Nobody else sees it."))
        if name:
            preferences.put(f"filters/{self.keeps}", {**self._named(), name: dict(self.state())})

    def _delete(self, name: str) -> None:
        left = {each: state for each, state in self._named().items() if each != name}
        preferences.put(f"filters/{self.keeps}", left or None)

    def _choices(self) -> Iterator[Combo | QAbstractButton]:
        for tool in self._tools:
            for each in (tool, *tool.findChildren(QWidget)):
                if isinstance(each, Combo) or (isinstance(each, QAbstractButton) and each.isCheckable()):
                    yield each


def _chosen(control: Combo | QAbstractButton) -> Preferred:
    if isinstance(control, QAbstractButton):
        return control.isChecked()
    data = control.currentData()
    return {"id": data} if isinstance(data, int) else control.currentIndex()


def _choose(control: Combo | QAbstractButton, value: Preferred) -> None:
    if isinstance(control, QAbstractButton):
        if control.isChecked() != bool(value) and (value or (not control.autoExclusive() and control.group() is None)):
            control.click()
    elif isinstance(value, Mapping):
        at = control.findData(value.get("id"))
        if at >= 0:
            control.setCurrentIndex(at)
        elif control.count() <= 1:  # what can be chosen is still being read
            control.model().rowsInserted.connect(
                lambda: QTimer.singleShot(
                    0, control, lambda: control.setCurrentIndex(max(control.findData(value["id"]), 0))
                ),
                Qt.ConnectionType.SingleShotConnection,
            )
    elif isinstance(value, int) and value < control.count():
        control.setCurrentIndex(value)
