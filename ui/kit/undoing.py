"""What was just done, taken back in the notice that tells of it, or by the key of undoing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from models.store.declaring import Action
from ui import permissions
from ui.kit.notices import Toast, toast
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


def tell(widget: QWidget, done: str, *undo: Undo) -> Toast:
    """Say at the foot of the window what was done, with the way back where the person may go it.

    Args:
        widget: The page.
        done: What was done, by its name.
        undo: What takes it back, one after the other.
    """
    if not undo or not all(permissions.may(each.action) for each in undo):
        return toast(widget, done)

    def said(_value: object) -> None:
        toast(widget, _("Undone: {what}", what=done))

    def take_back() -> None:
        for each in undo:
            why = {each.why: _("Undone in the notice, right after it was entered")} if each.why else {}
            last = said if each is undo[-1] else None
            run_action(widget, partial(each.action, **each.values, **why), on_done=last)

    return toast(widget, done, take_back)


def do(widget: QWidget, action: Callable[..., Any], done: str, undoes: Undoes, /, **values: object) -> None:
    """Do at once what asks for nothing more, and say so with the way back.

    Args:
        widget: The page.
        action: What is done.
        done: What to say then.
        undoes: What takes it back.
        values: The arguments of the action.
    """

    def told(value: object) -> None:
        undo = undoes(value)
        tell(widget, done, *((undo,) if isinstance(undo, Undo) else undo))

    run_action(widget, partial(action, **values), on_done=told)
