"""The form by which something that was entered by mistake is taken back."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.language import _


def reason_dialog(
    owner: QWidget,
    title: str,
    action: Callable[..., Any],
    values: Mapping[str, object],
    *,
    says: str = "",
    done: str | Callable[[Any], str],
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
    )
