"""The foot of the window: the state of the register, and the time; with it go the badges of the navigation."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer, Signal
from PySide6.QtWidgets import QStatusBar

from models.changes import EVERYTHING, Changes, Kind
from ui import session, work
from ui.kit.labels import Elided, Text
from ui.kit.tokens import MARGIN, px
from ui.language import tr
from ui.navigation import Area, Navigation

if TYPE_CHECKING:
    from datetime import datetime

_WITH_THE_HOUR: Changes = frozenset({Kind.ABSENCE})
"""What time alone changes within a day: who should be back."""
_AT_MIDNIGHT: Changes = EVERYTHING - {Kind.FACILITY, Kind.PEOPLE}
"""What another day changes: all that counts days."""


class StateBar(QStatusBar):
    """Reads its sentences and the badges again after each change, and tells the pages what time alone has changed."""

    was_read = Signal()
    """All that was asked last is shown."""
    TICK = 5000
    """Milliseconds after which the time is shown again."""
    LATER = 250
    """Milliseconds after a change at which the badges are read."""

    def __init__(
        self, areas: Sequence[Area], navigation: Navigation, status: Callable[..., Sequence[str]] | None
    ) -> None:
        """Show the time; nothing is read before `begin`.

        Args:
            areas: Those whose badges are shown.
            navigation: Where they are shown.
            status: A query `status(snapshot)` that gives the sentences at the left.
        """
        super().__init__()
        self._areas, self._navigation, self._query = areas, navigation, status
        self._status, self._clock = Elided("", "status"), Text("", "status")
        self.setSizeGripEnabled(False)
        self.setFixedHeight(px(26))
        self.setContentsMargins(MARGIN - 6, 0, MARGIN - 6, 0)
        self.addWidget(self._status, 1)
        self.addPermanentWidget(self._clock)
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._show_time)
        self._tick.start(self.TICK)
        self._shown_at: datetime | None = None
        self._show_time()
        self._news: Changes = frozenset()
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._read)
        self._has_begun = False
        self._asked = 0
        """How many answers are still to come."""
        work.worker().changed.connect(self._heard)

    def begin(self) -> None:
        """Read everything for the first time, right after the first page has asked for what it shows."""
        if not self._has_begun:
            self.read_all()

    def read_all(self, *, within: int = 0) -> None:
        """Read everything at once.

        Args:
            within: Milliseconds to wait for it, so that what is painted first is right already. Others are painted
                meanwhile; a large register is not waited for any longer.
        """
        self._has_begun = True
        self._news = EVERYTHING
        self._read()
        if within and self._asked:
            waiting = QEventLoop()
            QTimer.singleShot(within, waiting, waiting.quit)
            self.was_read.connect(waiting.quit)
            waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def end(self) -> None:
        """Read nothing more: the register may be closed by the time that news would be read."""
        self._later.stop()
        self._tick.stop()

    def _heard(self, changes: Changes) -> None:
        """Read a little later: the page that somebody looks at comes first."""
        self._news |= changes
        self._later.start(self.LATER)

    def _read(self) -> None:
        news, self._news = self._news, frozenset()
        for area in self._areas:
            if area.badge is not None and news & area.badge_kinds:
                show = partial(self._navigation.show_badge, area.key)
                self._asked += 1
                work.run_query(self._navigation, area.badge, show, on_end=self._answered, latest=f"badge {area.key}")
        if self._query is not None:
            self._asked += 1
            work.run_query(self._status, self._query, self._show_status, on_end=self._answered, latest="status")

    def _answered(self) -> None:
        """One answer is there, and is shown next."""
        self._asked -= 1
        if not self._asked:
            QTimer.singleShot(0, self, self.was_read.emit)

    def _show_status(self, sentences: Sequence[str]) -> None:
        self._status.setText("      ".join(sentences))

    def _show_time(self) -> None:
        now = session.clock().now().astimezone(session.zone())
        self._clock.setText(f"{tr().date(now.date())}   {now:%H:%M}")
        before = self._shown_at
        self._shown_at = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
        if before is not None and before != self._shown_at:
            # Who is overdue changes with the hour, and all that counts days at midnight: also while nobody types.
            work.worker().announce(_WITH_THE_HOUR if before.date() == now.date() else _AT_MIDNIGHT)
