"""Selection: the proposed lists, the people of one, and one candidate."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from models.changes import Changes, Kind
from models.exchange import import_lists
from models.exchange import import_stays as stay_files
from models.ids import CandidateId, ListId, ResidentId
from models.queries import arrivals, candidates
from models.queries import selection as queries
from models.queries.candidates import CandidateWhole
from models.queries.selection import ListRow, Overview
from ui import permissions, prompts
from ui.imports import brought_in
from ui.imports.lists import import_list
from ui.imports.stays import import_stays
from ui.kit.commands import Command, within
from ui.kit.page import Page, Place
from ui.language import _, isolated
from ui.selection.candidate import CandidatePart
from ui.selection.candidates import CandidatesPart
from ui.selection.overview import OverviewPart
from ui.work import run_query


class SelectionPage(Page):
    """Proposed lists and candidates, by `list_id` and `candidate_id`."""

    kinds: ClassVar[Changes] = frozenset({Kind.CANDIDATE, Kind.PROGRAMME, Kind.STAY, Kind.RESIDENT})

    def __init__(self) -> None:
        """Lay out the three views."""
        super().__init__()
        self._list_id: ListId | None = None
        self._candidate_id: CandidateId | None = None
        self.overview = OverviewPart(
            import_list=lambda: import_list(self, self._came),
            import_stays=lambda: import_stays(self),
            brought_in=lambda: brought_in.show(self),
            arrivals=lambda: self.open("transports"),
        )

        def arrival(one: CandidateId) -> None:
            self.open("arrival", candidate_id=one)

        def resident(one: ResidentId) -> None:
            self.open("residents", resident_id=one)

        self.people = CandidatesPart(back=lambda: self.open("selection"), arrival=arrival, opens=resident)
        self.one = CandidatePart(back=self._to_list, arrival=arrival)
        self._stack = QStackedWidget()
        for part in (self.overview, self.people, self.one):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack)
        self.overview.lists.opened.connect(lambda one: self.open("selection", list_id=one))
        self.overview.lists.followed.connect(lambda one, _name: self.open("selection", list_id=one))
        self.overview.expected.opened.connect(self._to_candidate)
        self.overview.expected.followed.connect(lambda one, _name: self.open("arrival", candidate_id=one))
        self.people.table.opened.connect(self._to_candidate)
        self.one.wanted.connect(self._to_candidate)
        self.one.resident_wanted.connect(resident)
        # On the page, because going to another candidate brings the keyboard back to it.
        within(
            self,
            Command(_("To the next candidate"), lambda: self._step(1), key="Alt+Down"),
            Command(_("To the candidate before"), lambda: self._step(-1), key="Alt+Up"),
        )

    def bring_in(self, file: Path) -> None:
        """Open the assistant for a file that is there already; what it is a file of is asked where it can be both."""
        ways: list[tuple[str, Callable[[], None]]] = []
        if permissions.may(import_lists.bring_in):
            ways.append((_("A proposed list"), lambda: import_list(self, self._came, file)))
        if permissions.may(stay_files.bring_in):
            ways.append((_("Stays of people who were admitted"), lambda: import_stays(self, path=file)))
        if not ways:
            prompts.tell(self, _("This cannot be done"), _("Your role brings in no files."))
            return
        title, text = _("What is in this file?"), isolated(file.name)
        at = 0 if len(ways) == 1 else prompts.choose(self, title, text, [words for words, _do in ways])
        if at is not None:
            ways[at][1]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On the page of a candidate letters answer the questions of the screening."""
        if self._candidate_id is None or not self.one.take_key(event):
            super().keyPressEvent(event)

    def show_at(self, where: Place) -> None:
        """Show all lists, or one by `list_id`, or a candidate by `candidate_id`."""
        candidate_id = where.get("candidate_id")
        if self._leaves(candidate_id) and not self._may_leave():
            return
        self._candidate_id = candidate_id
        if candidate_id is None:
            self._list_id = where.get("list_id")
        part = self.one if candidate_id is not None else self.overview if self._list_id is None else self.people
        self._stack.setCurrentWidget(part)
        super().show_at(where)

    def refresh(self) -> None:
        """Read what is shown."""
        if self._candidate_id is not None:
            run_query(self, candidates.whole, self._show_candidate, latest="candidate", candidate_id=self._candidate_id)
        elif self._list_id is not None:
            self.people.show_list(self._list_id)
            run_query(self, queries.lists, self._show_head, latest="lists")
        else:
            run_query(self, queries.overview, self._show_overview, latest="lists")
            run_query(self, arrivals.expected, self.overview.show_expected, latest="expected")

    def _show_overview(self, found: Overview) -> None:
        self.overview.show_overview(found)

    def _show_head(self, lists: Sequence[ListRow]) -> None:
        for each in lists:
            if each.id == self._list_id:
                self.people.show_head(each)
                show = partial(self.people.show_places, two_persons=each.two_persons)
                run_query(self, queries.places_of, show, latest="places", programme_id=each.programme_id)

    def _show_candidate(self, found: CandidateWhole) -> None:
        self._list_id = found.list_id
        self.one.show_candidate(found)
        if found.id in self.people.order:
            self.one.show_order(self.people.order)
        else:
            run_query(self, queries.ids, self.one.show_order, latest="order", list_id=found.list_id)

    def _step(self, by: int) -> None:
        if self._candidate_id is not None:
            self.one.step(by)

    def _to_list(self) -> None:
        self.open("selection", list_id=self._list_id)

    def _to_candidate(self, candidate_id: CandidateId) -> None:
        self.open("selection", candidate_id=candidate_id)

    def _came(self, list_id: ListId) -> None:
        self.open("selection", list_id=list_id)

    def _leaves(self, candidate_id: CandidateId | None) -> bool:
        return self._candidate_id is not None and candidate_id != self._candidate_id and self.one.decision.dirty

    def _may_leave(self) -> bool:
        gone = prompts.confirm(
            self,
            _("Throw away what you have chosen and typed?"),
            _("The decision was not entered."),
            yes=_("Throw away"),
            no=_("Keep typing"),
            danger=True,
        )
        if gone:
            self.one.decision.let_go()
        return gone
