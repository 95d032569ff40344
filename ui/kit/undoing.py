"""What was just done, taken back in the notice that tells of it, or by the key of undoing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from models.errors import Refused
from models.store.declaring import Action
from ui import permissions, prompts
from ui.kit.commands import Command
from ui.kit.notices import Toast, main_window, toast
from ui.language import _
from ui.work import run_action


class Undo(NamedTuple):
    """The action that takes back what was done, with its arguments.

    Attributes:
        action: It is offered to whoever may do it.
        values: Its arguments; that it was done at once stands for the reason, where it asks for one.
        why: The name of that argument; empty where the action asks for no reason.
    """

    action: Action[Any, ..., Any]
    values: Mapping[str, object]
    why: str = "reason"


Undoes = Callable[[Any], Undo | tuple[Undo, ...]]
"""Says what takes a deed back, given what its action returned; nothing where what was done cannot be undone."""


def former(action: Action[Any, ..., Any], version: int, why: str = "", **values: object) -> Undoes:
    """How a change is undone: what stood there is sent again, unless somebody has changed it since.

    Args:
        action: What changes it.
        version: Of what is changed, as it was read before the change.
        why: As of `Undo`.
        values: The arguments of the action by which it becomes as it was.
    """
    return lambda _done: Undo(action, {**values, "version": version + 1}, why)


class UndoCommand(Command):
    """Takes back what was done last, by its name: in the notice, by its key, and in the menu."""

    def __init__(self, window: QWidget) -> None:
        """Begin with nothing to undo."""
        super().__init__(_("Undo"), self._undo, key="Ctrl+Z", icon=QIcon.ThemeIcon.EditUndo, parent=window)
        self._window = window
        self._take_back: Callable[[], object] | None = None
        self._notice: Toast | None = None
        window.addAction(self)
        self.forget()

    def offer(self, done: str, take_back: Callable[[], object]) -> Toast:
        """Say what was done, and offer to take it back; once the notice has gone, it is asked first what is meant.

        Args:
            done: What was done, by its name.
            take_back: Takes it back.
        """
        self.setText(_("Undo: {what}", what=done))
        self.setEnabled(True)
        self._take_back = take_back
        self._notice = Toast(self._window, done, self)
        return self._notice

    def forget(self) -> None:
        """Nothing can be undone now."""
        self.setText(_("Undo"))
        self.setEnabled(False)
        self._take_back = self._notice = None

    def _undo(self) -> None:
        take_back, notice, said = self._take_back, self._notice, self.text()
        if take_back is None:
            return
        if notice is not None and notice.is_shown:
            notice.dismiss()
        elif not prompts.confirm(
            self._window, said, _("It is the last thing done here that can be undone."), yes=_("Undo")
        ):
            return
        self.forget()
        take_back()


def offer(widget: QWidget, done: str, take_back: Callable[[], object]) -> Toast:
    """Say in a widget's window what was done, with a way back; see `UndoCommand.offer`."""
    window = main_window(widget)
    return (window.findChild(UndoCommand) or UndoCommand(window)).offer(done, take_back)


def tell(widget: QWidget, done: str, *undo: Undo) -> Toast:
    """Say at the foot of the window what was done, with the way back where the person may go it.

    Args:
        widget: The page.
        done: What was done, by its name.
        undo: What takes it back, one after the other.
    """
    if not undo or not all(permissions.may(each.action) for each in undo):
        return toast(widget, done)
    # The page may have gone by then: another person is looked at.
    return offer(widget, done, partial(_take_back, main_window(widget), done, undo))


def _take_back(window: QWidget, done: str, undo: Sequence[Undo]) -> None:
    """Take back one after the other; where one is refused the rest stays, and nothing says that it was undone."""
    first, *rest = undo
    why = {first.why: _("Undone in the notice, right after it was entered")} if first.why else {}

    def go_on(_value: object) -> None:
        if rest:
            _take_back(window, done, rest)
        else:
            toast(window, _("Undone: {what}", what=done))

    run_action(window, partial(first.action, **first.values, **why), on_done=go_on)


def do(
    widget: QWidget,
    action: Callable[..., Any],
    done: str,
    undoes: Undoes,
    on_refused: Callable[[Refused], None] | None = None,
    /,
    **values: object,
) -> None:
    """Do at once what asks for nothing more, and say so with the way back.

    Args:
        widget: The page.
        action: What is done.
        done: What to say then.
        undoes: What takes it back.
        on_refused: Is given the refusal; without it a dialog says why.
        values: The arguments of the action.
    """

    def told(value: object) -> None:
        undo = undoes(value)
        tell(widget, done, *((undo,) if isinstance(undo, Undo) else undo))

    run_action(widget, partial(action, **values), on_done=told, on_refused=on_refused)
