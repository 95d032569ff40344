"""What stands against an arrival, said as soon as it can be known and not when everything is typed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.actions import stays
from models.queries import arrivals
from models.text import Message
from ui import permissions
from ui.kit.notices import Callout
from ui.language import _, say
from ui.work import run_query


class StandsAgainst(Callout):
    """The objections, and what follows from them for who is at the desk; hidden where there are none."""

    asked = Signal(bool)
    """It is known whether something stands against it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()

    def ask(self, owner: QWidget, **values: Any) -> None:  # noqa: ANN401 - the arguments of the query
        """Ask the register, with the arguments of `models.queries.arrivals.objections`."""
        run_query(owner, arrivals.objections, self._show, latest="objections", **values)

    def _show(self, found: Sequence[Message]) -> None:
        self.say("\n".join([follows(), *(f"•\u00a0{say(each)}" for each in found)]) if found else "")
        self.asked.emit(bool(found))


def follows() -> str:
    """What an arrival against which something stands is, for who is at the desk."""
    if permissions.may(stays.ADMIT_EMERGENCY):
        return _("Something stands against this arrival. It can be admitted as an emergency arrival:")
    return _(
        "Something stands against this arrival. It can be registered provisionally; a supervisor then countersigns "
        "it or takes it back:"
    )
