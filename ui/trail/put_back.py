"""The question why a register lacks what this computer knows of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import trail
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.language import _


def ask(parent: QWidget, entered: Callable[[Any], None]) -> None:
    """Ask for the reason, and enter it.

    Args:
        parent: The window.
        entered: Is called once it is entered.
    """
    reason = LongTextField(
        "reason",
        _("Reason"),
        required=True,
        hint=_(
            "Which backup was restored, when, why and by whom. What was entered since then is not in this register."
        ),
    )
    says = _("From then on nobody is warned of it any more.")
    lasts = _("It cannot be undone.")
    title = _("The register was put back")
    FormDialog(
        parent, title, [reason], trail.put_back, submit=_("Enter why"), says=says, on_done=entered, undoes=lasts
    ).open()
