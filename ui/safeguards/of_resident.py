"""The incidents that concern one resident."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from models.actions import incidents
from models.queries import arrivals, safeguards
from models.queries.arrivals import ProgrammeChoice
from models.queries.resident_page import ResidentPage
from ui.kit.labels import Button
from ui.kit.layout import Card, row
from ui.kit.search import Found
from ui.language import _
from ui.safeguards import dialogs
from ui.safeguards.incidents_table import incidents_table
from ui.work import run_query


class IncidentsCard(Card):
    """What happened in the house that concerns a resident."""

    def __init__(self, owner: QWidget) -> None:
        """Begin without a resident.

        Args:
            owner: The page, to which forms belong.
        """
        super().__init__(_("Incidents"), flush=True)
        self._owner = owner
        self._page: ResidentPage | None = None
        self.enter = Button(_("Enter an incident"), self._enter, needs=incidents.enter)
        self.table = incidents_table(owner, keeps="resident/incidents", fits=True)
        self.append(row(self.enter, None, margins=(14, 0, 14, 4)), self.table)

    def show_resident(self, page: ResidentPage) -> None:
        """Read what concerns a resident."""
        self._page = page
        run_query(self, safeguards.incidents, self.table.show_rows, latest="incidents", resident_id=page.row.id)

    def _enter(self) -> None:
        run_query(self, arrivals.programmes, self._ask, latest="programmes")

    def _ask(self, programmes: Sequence[ProgrammeChoice]) -> None:
        page = self._page
        if page is not None:
            whom = [Found(page.row.id, page.row.name, page.row.number)]
            own = None if page.stay is None else page.stay.programme_id
            dialogs.enter_incident(self._owner, programmes, whom, own).open()
