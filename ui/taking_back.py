"""What was entered, put right or taken back: the links to it in a table, and the form that takes back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.store.declaring import Declared
from ui import permissions
from ui.kit.columns import Cell, Column
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.undoing import Undoes
from ui.language import _

CORRECT, TAKE_BACK = "correct", "take_back"
"""The names of the columns that `mending` makes."""


def mending(
    *, correct: Declared | None = None, take_back: Declared | None = None, of: Callable[[Any], bool] = bool
) -> tuple[Column[Any], ...]:
    """The columns of a table with the links that put a row right and take it back, for whoever may.

    Args:
        correct: The action that puts it right; None: nothing does.
        take_back: The action that takes it back; None: nothing does.
        of: Of which rows; of all, since a row is never nothing.
    """
    offered = ((CORRECT, _("Correct"), correct), (TAKE_BACK, _("Take back"), take_back))
    return tuple(
        Column(name, "", partial(_link, of, text), width=84)
        for name, text, action in offered
        if action is not None and permissions.may(action)
    )


def _link(of: Callable[[Any], bool], text: str, row: object) -> Cell:
    return Cell(text, link=True) if of(row) else Cell()


def reason_dialog(
    owner: QWidget,
    title: str,
    action: Callable[..., Any],
    values: Mapping[str, object],
    *,
    says: str = "",
    done: str | Callable[[Any], str],
    undoes: Undoes | str,
) -> FormDialog:
    """Ask what the mistake was, and take back what was entered by it."""
    return FormDialog(
        owner,
        title,
        [LongTextField("reason", _("What was the mistake"), required=True)],
        action,
        values=values,
        submit=_("Take back"),
        says=says,
        done=done,
        undoes=undoes,
    )
