"""What stands against an arrival, said as soon as it can be known and not when everything is typed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from models.actions import rooms, stays
from models.ids import CandidateId, ResidentId
from models.queries import arrivals, beds
from models.queries.rooms import Asked
from models.text import Message
from ui import permissions
from ui.arrivals.asked import ACCEPTED, KNOWN
from ui.arrivals.fields import IDENTITY, person_of, read_now
from ui.kit.fields import LongTextField
from ui.kit.form import Form
from ui.kit.notices import Callout
from ui.language import _, say
from ui.rooms.presentation import against as bed_against
from ui.work import run_query


class StandsAgainst(Callout):
    """The objections, and what follows from them for who is at the desk; hidden where there are none."""

    asked = Signal(bool)
    """It is known whether something stands against it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._objections: Sequence[Message] = ()
        self._known: ResidentId | None = None
        self._bar: Message | None = None

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
        if known != self._known:
            self._known, self._bar = known, None
            if known is not None:
                run_query(self, arrivals.bar, partial(self._show_bar, known), resident_id=known)
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
        self._objections = found
        self._tell()

    def _show_bar(self, known: ResidentId, found: Message | None) -> None:
        if known == self._known:  # somebody else may be chosen meanwhile
            self._bar = found
            self._tell()

    def _tell(self) -> None:
        """Who cannot come at all is no emergency."""
        against = [] if self._bar is not None else [f"•\u00a0{say(each)}" for each in self._objections]
        self.say(say(self._bar) if self._bar is not None else "\n".join([follows(), *against]) if against else "")
        self.asked.emit(bool(against))


class BedAgainst(Callout):
    """What speaks against the bed that is chosen, and why it is allowed all the same, where a supervisor may say so."""

    PATIENCE = 350
    """Milliseconds after the last change."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.reason = LongTextField("bed_reason", _("Why it is allowed"), lines=2, required=True)
        self.reason.setVisible(False)
        self.soon = QTimer(self, singleShot=True)
        """To be started when something else is known of who is to get the bed."""
        self.soon.setInterval(self.PATIENCE)

    def watch(self, form: Form, who_of: Callable[[], tuple[CandidateId | None, ResidentId | None]]) -> None:
        """Ask whenever a form says another bed, or something else of who is to get it.

        Args:
            form: The arrival.
            who_of: Who is chosen of a list, and the resident of whom somebody said that it is the same person.
        """
        self.soon.timeout.connect(lambda: self._ask(form, *who_of()))
        for name in ("bed_id", "who", "programme_id", "arrived", "resident_id", *IDENTITY):
            form[name].edited.connect(self.soon.start)

    def _ask(self, form: Form, candidate_id: CandidateId | None, same: ResidentId | None) -> None:
        bed_id, programme_id, who = read_now(form["bed_id"]), form["programme_id"].read(), form["who"].read()
        known = read_now(form["resident_id"]) if who == KNOWN else same
        if bed_id is None or programme_id is None or (who == KNOWN and known is None):
            self._show(Asked((), ()))
            return
        run_query(
            self,
            beds.asked,
            self._show,
            latest="bed",
            bed_id=bed_id,
            programme_id=programme_id,
            arrived=read_now(form["arrived"]),
            person=None if who == KNOWN else person_of({name: read_now(form[name]) for name in IDENTITY}, None),
            candidate_id=candidate_id if who == ACCEPTED else None,
            resident_id=known,
        )

    def _show(self, found: Asked) -> None:
        may = permissions.may(rooms.ALLOW)
        self.say("\n".join(bed_against(found, may_allow=may)))
        self.reason.setVisible(found.is_allowable and may)


def follows() -> str:
    """What an arrival against which something stands is, for who is at the desk."""
    if permissions.may(stays.ADMIT_EMERGENCY):
        return _("Something stands against this arrival. It can be admitted as an emergency arrival:")
    return _(
        "Something stands against this arrival. It can be registered provisionally; a supervisor then countersigns "
        "it or takes it back:"
    )
