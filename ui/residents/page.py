"""Residents: the list of them, and the page of each."""

from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget

from models.changes import Changes, Kind
from models.ids import ResidentId
from models.queries.residents import Shown
from ui.kit.layout import column, held
from ui.kit.page import Page, Place
from ui.kit.tokens import MARGIN
from ui.residents.listing import ResidentList
from ui.residents.view import ResidentView
from ui.scrolled import Scrolled


class ResidentsPage(Page):
    """The list, or one resident: whoever `show_at` names."""

    kinds: ClassVar[Changes] = frozenset(
        {
            Kind.RESIDENT,
            Kind.STAY,
            Kind.ROOM,
            Kind.ABSENCE,
            Kind.PLAN,
            Kind.CANDIDATE,
            Kind.PROGRAMME,
            Kind.FACILITY,
            Kind.NOTE,
        }
    )

    def __init__(self) -> None:
        """Lay out the list and the page of a resident; the list is in front."""
        super().__init__()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.resident_id: ResidentId | None = None
        self.list = ResidentList(self, self._open_resident)
        self.view = ResidentView(self, self._open_resident)
        self._stack = QStackedWidget()
        self._list_side = held(column(self.list, margins=MARGIN))
        self._area = Scrolled(held(column(self.view, margins=MARGIN)))
        for side in (self._list_side, self._area):
            self._stack.addWidget(side)
        self.body.addWidget(self._stack)

    def show_at(self, where: Place) -> None:
        """Show the resident `resident_id`, perhaps at the tab `tab`; without one the list, perhaps as `shown`."""
        which = where.get("resident_id")
        self.resident_id = None if which is None else ResidentId(int(which))
        self._stack.setCurrentWidget(self._list_side if self.resident_id is None else self._area)
        if self.resident_id is not None:
            self._area.verticalScrollBar().setValue(0)
            self.view.show_resident(self.resident_id, str(where.get("tab", "")))
        elif "shown" in where:
            self.list.show_filter(Shown(where["shown"]))
        super().show_at(where)

    def where(self) -> Place:
        """The list or the resident, at the tab that is looked at: the way back leads there."""
        where = super().where()
        return where if self.resident_id is None else {**where, "tab": self.view.tab}

    def refresh(self) -> None:
        """Read what is in front."""
        if self.resident_id is None:
            self.list.read()
        else:
            self.view.read()

    def print_shown(self) -> bool:
        """Of one resident: the first paper about the person, shown before it is printed."""
        if self.resident_id is None:
            return super().print_shown()
        papers = self.view.papers(self.resident_id)
        if papers:
            papers[0].trigger()
        return bool(papers)

    def _open_resident(self, which: int) -> None:
        self.open("residents", resident_id=which)
