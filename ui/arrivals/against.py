"""What stands against an arrival, said as soon as it can be known and not when everything is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from models.actions import stays
from models.ids import CandidateId, ResidentId
from models.queries import arrivals
from models.text import Message
from ui import permissions
from ui.arrivals.asked import ACCEPTED, KNOWN
from ui.arrivals.fields import read_now
from ui.kit.form import Form
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

    def ask_of(self, form: Form, *, candidate_id: CandidateId | None, same: ResidentId | None) -> None:
        """Ask the register, as far as the form says who arrives when.

        Args:
            form: The arrival.
            candidate_id: The candidate who is chosen; None: nobody.
            same: The resident of whom somebody said that it is the same person.
        """
        programme_id, arrived = form["programme_id"].read(), read_now(form["arrived"])
        who = form["who"].read()
        known = read_now(form["resident_id"]) if who == KNOWN else same
        lacks = known is None if who == KNOWN else candidate_id is None and who == ACCEPTED
        if programme_id is None or arrived is None or lacks:
            return
        run_query(
            self,
            arrivals.objections,
            self._show,
            latest="objections",
            programme_id=programme_id,
            arrived=arrived,
            candidate_id=candidate_id if who == ACCEPTED else None,
            resident_id=known,
            fixed_limit=read_now(form["fixed_limit"]),
            journey_failed=who == KNOWN and bool(form["journey_failed"].read()),
        )

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
