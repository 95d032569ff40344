"""Expected arrivals: the transports by their day and who is expected with none; and one transport whole."""

from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget

from models.changes import Changes, Kind
from models.errors import Refused
from models.ids import TransportId
from models.queries import passengers, transports
from models.queries.passengers import TransportWhole
from ui.kit.page import Page, Place
from ui.transports.one import OnePart
from ui.transports.overview import OverviewPart
from ui.work import run_query


class TransportsPage(Page):
    """What is expected, or one transport by `transport_id`."""

    kinds: ClassVar[Changes] = frozenset(
        {Kind.TRANSPORT, Kind.CANDIDATE, Kind.STAY, Kind.ROOM, Kind.RESIDENT, Kind.PROGRAMME}
    )

    def __init__(self) -> None:
        """Lay out both views."""
        super().__init__()
        self._transport_id: TransportId | None = None
        self.overview = OverviewPart(self)
        self.one = OnePart(self)
        self._stack = QStackedWidget()
        for part in (self.overview, self.one):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack)

    def show_at(self, where: Place) -> None:
        """Show one transport by `transport_id`, or all."""
        transport_id = where.get("transport_id")
        self._transport_id = None if transport_id is None else TransportId(transport_id)
        if self._transport_id is None:
            self._stack.setCurrentWidget(self.overview)
        super().show_at(where)

    def refresh(self) -> None:
        """Read what is shown."""
        if self._transport_id is None:
            run_query(self, transports.arrivals, self.overview.show_arrivals, latest="arrivals")
            return
        run_query(
            self,
            passengers.whole,
            self._show_one,
            on_refused=self._gone,
            latest="transport",
            transport_id=self._transport_id,
        )

    def _show_one(self, found: TransportWhole) -> None:
        self.one.show_transport(found)
        self._stack.setCurrentWidget(self.one)

    def _gone(self, _error: Refused) -> None:
        self.open("transports")
