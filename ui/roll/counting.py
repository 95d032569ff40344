"""What is marked at this window in a roll call: shown at once, and written room by room.

A mark waits for the others of its room, for a few seconds at most: so the trail has an entry for each room instead of
one for each person, and whoever pulls the plug loses the last few marks alone.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.actions import roll_calls
from models.actions.roll_calls import Marked
from models.exchange.handed_counts import hand_over
from models.ids import RollCounterId, StayId
from models.queries import roll_calls as queries
from models.queries.roll_calls import Count, Line
from models.rules import roll_calls as rules
from models.rules.roll_calls import Balance
from models.rules.vocabulary import CountedBy, RollMarkState
from models.store.register import Register
from ui import session, work

MOST = 8
"""So many marks wait at most."""
LONGEST = 2500
"""So long the first of them waits, in milliseconds."""


class Counting(QObject):
    """The marks of one roll call, those of the register and those on their way to it."""

    changed = Signal()
    """Something is marked otherwise."""
    came = Signal()
    """What was sent has come, or could not: the register is to be read again."""

    def __init__(self, owner: QWidget) -> None:
        """Begin with nothing."""
        super().__init__(owner)
        self._owner = owner
        self._count: Count | None = None
        self._waiting: dict[StayId, Marked] = {}
        self._sent: list[dict[StayId, Marked]] = []
        self._come: list[dict[StayId, Marked]] = []
        self._joins = False
        self._own: dict[StayId, Marked] = {}
        self.part = ""
        """The building that is counted here, where this window only reads."""
        self.counter: RollCounterId | None = None
        self.by_sheet = False
        self._soon = QTimer(self, singleShot=True, interval=LONGEST)
        self._soon.timeout.connect(self.send)

    def take(self, count: Count) -> None:
        """Take what the register has; what is on its way stands before it."""
        if self._count is None or self._count.call.id != count.call.id:
            self._waiting.clear()
            self._own.clear()
            self.counter = None
        self._count = count
        self._sent = [each for each in self._sent if not any(each is one for one in self._come)]
        self._come.clear()
        self.by_sheet = count.call.is_from_sheet
        mine = [each.id for each in count.call.counters if each.entered_by == work.person().id]
        if self.counter is None:
            self.counter = mine[-1] if mine else None

    @property
    def lines(self) -> list[Line]:
        """Everybody, as it stands here."""
        if self._count is None:
            return []
        on_way = {which: each for some in (*self._sent, self._own, self._waiting) for which, each in some.items()}
        return [
            queries.marked(line, on_way[line.stay_id].state) if line.stay_id in on_way else line
            for line in self._count.lines
        ]

    @property
    def balance(self) -> Balance:
        """What it comes to here."""
        return rules.balance(line.facts for line in self.lines)

    def mark(self, line: Line, state: RollMarkState | None, counted_by: CountedBy = CountedBy.KEY) -> None:
        """Mark somebody; those of another room go first."""
        others = next(iter(self._waiting), None)
        if others is not None and self._room(others) != (line.building, line.room):
            self.send()
        if self.by_sheet and counted_by is CountedBy.KEY:
            counted_by = CountedBy.SHEET
        at = None if self.by_sheet else session.clock().now()
        self._waiting[line.stay_id] = Marked(line.stay_id, state, counted_by, at)
        if len(self._waiting) >= MOST:
            self.send()
        elif not self._soon.isActive():
            self._soon.start()
        self.changed.emit()

    def mark_stranger(self, stay_id: StayId) -> None:
        """Mark somebody as here who is not to be counted: known here, and not on the roll of this count."""
        self.send()
        self._waiting[stay_id] = Marked(stay_id, RollMarkState.HERE, CountedBy.CARD, session.clock().now())
        self.send()

    def send(self) -> None:
        """Write what waits, now."""
        self._soon.stop()
        if not self._waiting or self._count is None or not work.is_open():
            return
        if work.only_reads():
            self._hand_over(self._count)
            return
        if self.counter is None:
            self._join(self._count)
            return
        some, self._waiting = self._waiting, {}
        self._sent.append(some)
        work.run_action(
            self._owner,
            roll_calls.mark,
            on_end=partial(self._has_come, some),
            roll_call_id=self._count.call.id,
            counter_id=self.counter,
            marks=tuple(some.values()),
        )

    def _hand_over(self, count: Count) -> None:
        """Another workstation writes: all that was counted here goes to it, each time instead of what went before."""
        self._own |= self._waiting
        self._waiting.clear()
        which, part, marks = count.call.id, self.part, tuple(self._own.values())

        def hand(register: Register) -> None:
            hand_over(register, roll_call_id=which, part=part, marks=marks)

        work.run_job(self._owner, hand, lambda _nothing: self.changed.emit())

    def _join(self, count: Count) -> None:
        """Whoever marks somebody in what another has begun counts too."""
        if self._joins:
            return
        self._joins = True

        def joined(counter: RollCounterId) -> None:
            self.counter = counter
            self.send()

        def ended() -> None:
            self._joins = False

        work.run_action(self._owner, roll_calls.join, on_done=joined, on_end=ended, roll_call_id=count.call.id)

    def _has_come(self, some: dict[StayId, Marked]) -> None:
        """It was written, or could not be: either way what the register has is shown once it is read."""
        self._come.append(some)
        self.came.emit()

    def _room(self, stay_id: StayId) -> tuple[str | None, str | None] | None:
        lines = () if self._count is None else self._count.lines
        return next(((line.building, line.room) for line in lines if line.stay_id == stay_id), None)
