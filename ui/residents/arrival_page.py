"""An arrival on one page, step by step: half entered as long as nobody is registered, then what is on record of it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence

from models.changes import Changes, Kind
from models.ids import ArrivalDraftId, CandidateId, StayId
from models.queries import departures, resident_page
from models.queries import stays as stay_queries
from models.queries.departures import StayDepartures
from models.queries.resident_page import ResidentPage
from models.store.snapshot import Snapshot
from ui import work
from ui.arrivals import asked
from ui.arrivals.asked import Choices
from ui.arrivals.form import ArrivalForm
from ui.arrivals.pending import enter_waiting
from ui.kit.labels import Button
from ui.kit.layout import Empty, PageHeader, column, held
from ui.kit.page import Page, Place
from ui.language import _, isolated, tr
from ui.presentation import when
from ui.residents.arrival_tab import ArrivalTab
from ui.work import run_query

Recorded = tuple[ResidentPage | None, StayDepartures | None]


def recorded(snapshot: Snapshot, *, stay_id: StayId) -> Recorded:
    """What the page shows of somebody who is registered; nothing where the arrival was taken back."""
    stay = stay_queries.one(snapshot, stay_id=stay_id)
    page = None if stay is None else resident_page.page(snapshot, resident_id=stay.resident_id)
    return page, None if page is None else departures.of_stay(snapshot, stay_id=stay_id)


class ArrivalPage(Page):
    """Whoever `show_at` names: a new person, an accepted candidate, a half-entered arrival, or a stay."""

    kinds: ClassVar[Changes] = frozenset(
        {Kind.RESIDENT, Kind.STAY, Kind.ROOM, Kind.ABSENCE, Kind.CANDIDATE, Kind.PROGRAMME, Kind.DRAFT}
    )

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.form: ArrivalForm | None = None
        self._stay_id: StayId | None = None
        self._step = ""
        self._asked: Place = {}
        self._went: dict[int, Place] = {}
        self._opens = Button(_("Open the person's page"), self._open_person)
        self._leaves = Button(_("Close"), self._leave)
        self._header = PageHeader("", " ", [self._opens, self._leaves])
        self.record = ArrivalTab(self, lambda which: self.open("residents", resident_id=which))
        self._recorded = held(column(self._header, (self.record, 1)))
        self._nothing = Empty("", "")
        for part in (self._recorded, self._nothing):
            self.body.addWidget(part)
            part.hide()

    def show_at(self, where: Place) -> None:
        """Show a stay by `stay_id`, perhaps at a `step`; else the form: of `candidate_id`, `draft_id`, or nobody.

        With `goes_on` what waits of the stay is entered.
        """
        where = self._went.get(int(where.get("fresh", 0)), where)
        stay_id = where.get("stay_id")
        self._stay_id = None if stay_id is None else StayId(int(stay_id))
        self._step = str(where.get("step", ""))
        goes_on = self._stay_id is None and self.form is not None and self._is_of(where)
        super().show_at(where)
        if self._stay_id is not None and where.get("goes_on"):
            enter_waiting(self, self._stay_id, lambda _entered, _refused: None)
        if not goes_on:
            self._let_go()
            if self._stay_id is None:
                self._ask(where)

    def refresh(self) -> None:
        """Read what is on record; a form asks for itself."""
        if self._stay_id is not None:
            run_query(self, recorded, self._show_record, latest="arrival", stay_id=self._stay_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is typed is kept as soon as another page is looked at."""
        if self.form is not None and self.window().isVisible() and work.is_open():
            self.form.keep()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.form is None:
            self._leave()
        else:
            super().keyPressEvent(event)

    # -- the form -----------------------------------------------------------------------------------------------------

    def _is_of(self, where: Mapping[str, Any]) -> bool:
        """Whether the form that is here is the one that is asked for."""
        draft = None if self.form is None else self.form.draft
        is_draft = draft is not None and where.get("draft_id") == draft.id
        return is_draft or (bool(where) and dict(where) == dict(self._asked))

    def _ask(self, where: Place) -> None:
        self._asked = dict(where)
        candidate, draft = where.get("candidate_id"), where.get("draft_id")
        run_query(
            self,
            asked.choices,
            lambda offered: self._show_form(offered, is_left=draft is not None),
            latest="arrival",
            candidate_id=None if candidate is None else CandidateId(int(candidate)),
            draft_id=None if draft is None else ArrivalDraftId(int(draft)),
        )

    def _show_form(self, offered: Choices, *, is_left: bool) -> None:
        self._let_go()
        gone = is_left and offered.draft is None
        if gone:
            self._say(_("This arrival was finished or dropped meanwhile. Look at Today."), "")
        elif not offered.programmes:
            self._say(_("There is no programme yet"), _("Add the programme first: people arrive under an agreement."))
        else:
            self.form = ArrivalForm(self, offered)
            self.form.went.connect(self._leave)
            self.form.done_with.connect(self._became)
            self.body.addWidget(self.form)
            self.form.show()
            if self.isVisible():
                self.form.focus_first()

    def _became(self, stay_id: StayId) -> None:
        """The person is registered: the same page goes on with what is on record, at the step that was looked at."""
        step = "" if self.form is None else self.form.steps.key
        where = {"stay_id": stay_id, "step": step}
        self._went[int(self._asked.get("fresh", 0))] = where
        self.form = None
        if self.isVisible():
            self.show_at(where)

    def _let_go(self) -> None:
        if self.form is not None:
            self.form.deleteLater()
            self.form.hide()
        self.form = None
        self._recorded.hide()
        self._nothing.hide()

    def _say(self, title: str, what: str) -> None:
        self._nothing.hide()
        self.body.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = Empty(title, what)
        self.body.addWidget(self._nothing)

    # -- the record ---------------------------------------------------------------------------------------------------

    def _show_record(self, found: Recorded) -> None:
        page, leaving = found
        self._recorded.setVisible(page is not None)
        if page is None or page.stay is None:
            self._say(_("This arrival was taken back"), _("What was half entered before stands on Today."))
            return
        self._nothing.hide()
        name = " ".join(isolated(part) for part in (page.row.name, page.facts.own_script) if part)
        came = _("came {moment}", moment=when(page.stay.arrived))
        self._header.say(_("Arrival: {name}", name=name), tr().join([page.row.number, page.stay.programme, came]))
        self.record.show_resident(page, leaving)
        if self._step:
            self.record.view.steps.turn_to(self._step)
            self._step = ""
            self.record.view.steps.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_person(self) -> None:
        found = self.record.page
        if found is not None:
            self.open("residents", resident_id=found.row.id)

    def _leave(self) -> None:
        """Back to where one came from."""
        from ui.shell import MainWindow

        window = self.window()
        self._let_go()
        if isinstance(window, MainWindow):
            window.go_back()
