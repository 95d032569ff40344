"""What was just done, taken back in the notice that tells of it."""

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


Undoes = Callable[[Any], Undo | tuple[Undo, ...]]
"""Says what takes a deed back, given what its action returned."""
