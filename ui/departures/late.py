"""Why something is entered on a later day than its own: asked only where that day is over."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ui import session
from ui.kit.field import Field
from ui.kit.fields import LongTextField
from ui.reading import Unreadable


def why_late(
    label: str, hint: str, when: Field[Any], day_of: Callable[[Any], date], *, required: bool = False
) -> Field[Any]:
    """The field for the reason; it is hidden while the day is today or to come.

    Args:
        label: What is asked.
        hint: What the reason does.
        when: The field in which the day is typed.
        day_of: The day of what stands there.
        required: Whether a reason must be given.
    """
    late = LongTextField("late_reason", label, lines=2, hint=hint, required=required)

    def ask() -> None:
        try:
            value = when.read()
        except Unreadable:  # it is being typed
            return
        late.setVisible(value is not None and day_of(value) < session.today())

    when.edited.connect(ask)
    late.setVisible(False)
    return late
