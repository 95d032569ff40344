"""One resident: who it is, where the person stands, the time line, and the tabs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from models.ids import ResidentId, StayId
from models.queries import departures, resident_page
from models.queries.departures import StayDepartures
from models.queries.resident_page import ResidentPage
from models.store.snapshot import Snapshot
from models.text import pgettext
from ui import session, work
from ui.kit.choosing import Tabs
from ui.kit.commands import Command
from ui.kit.labels import Button, Chip, MenuButton, Text
from ui.kit.layout import Card, Empty, clear, column, held, row
from ui.kit.notices import Callout
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import px
from ui.language import _, isolated
from ui.residents import dialogs, presentation
from ui.residents.arrival_tab import ArrivalTab, papers_of, photo_commands, show_photo
from ui.residents.lanes import axis, lanes
from ui.residents.sealed import SealedNotes, is_of_use
from ui.residents.stay_tabs import Absences, History, StayTab
from ui.residents.tabs import Identity, Overview, Tab
from ui.residents.timeline import TimeLine

ARRIVAL_AT = 2
"""The place of the tab of the arrival, which shows where an agreement asks for it, or something is on record."""
_NARROW = 900
"""Pixels below which name and commands have no room side by side."""

Whole = tuple[ResidentPage | None, StayDepartures | None]


def read_whole(snapshot: Snapshot, *, resident_id: ResidentId) -> Whole:
    """All that the page of a resident shows, in one look at the register."""
    page = resident_page.page(snapshot, resident_id=resident_id)
    if page is None or page.stay is None:
        return page, None
    return page, departures.of_stay(snapshot, stay_id=page.stay.id)


class ResidentView(QWidget):
    """The page of a resident. It reads when it is told to show somebody, and when it is told to read again."""

    def __init__(self, owner: Page, open_resident: Callable[[int], None]) -> None:
        """Lay the parts out, without a resident.

        Args:
            owner: The page that this stands in; dialogs belong to it.
            open_resident: Goes to another resident.
        """
        super().__init__()
        self.owner, self.open_resident = owner, open_resident
        self.resident_id: ResidentId | None = None
        self.whole: Whole = (None, None)
        self._stay_ids: tuple[StayId, ...] = ()
        self._tab = ""
        self._shown: dict[str, Tab] = {}
        self._made: dict[str, QWidget] = {}
        self.photo = Text("", "photo")
        self.photo.setFixedSize(px(64), px(76))
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name = Text("", "title")
        self.native = Text("", "native")
        self.facts = Text("", "body", wrap=True)
        self.chips = row(gap=5)
        self.commands = row(gap=14)
        self.joined = Callout()
        self._note_of: ResidentId | None = None
        self.timeline = TimeLine(_("Time line of the stay"))
        self.tabs = self._make_tabs()
        self.nobody = Empty(_("This resident is not in the register"), _("Look for the person in the list."))
        self._parts = QWidget()
        line = Card()
        line.append(self.timeline)
        self._parts.setLayout(column(self._head(), line, self.tabs))
        self.setLayout(column(self.nobody, self.joined, self._parts, None))
        self.nobody.setVisible(False)
        self._parts.setVisible(False)

    def show_resident(self, resident_id: ResidentId, tab: str = "") -> None:
        """Show somebody, perhaps at a tab; what is shown stays until it was read."""
        self.resident_id = resident_id
        self._tab = tab
        self.read()

    @property
    def tab(self) -> str:
        """The tab that is looked at, or that will be when its resident was read."""
        return self._tab or self.tabs.key

    def read(self) -> None:
        """Read again who is shown."""
        if self.resident_id is not None:
            work.run_query(self, read_whole, self._show, latest="whole", resident_id=self.resident_id)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _head(self) -> QWidget:
        names = row(self.name, self.native, None, gap=10)
        names.setAlignment(self.native, Qt.AlignmentFlag.AlignBottom)
        chips = row(self.chips, None, gap=0)
        who = row(self.photo, (column(None, names, self.facts, chips, None, gap=5), 1), gap=14)
        self._head_parts = row(gap=14)
        self._head_parts.addLayout(who, 1)
        self._head_parts.addLayout(self.commands)
        head = held(self._head_parts)
        head.setProperty("role", "pageHeader")
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what can be done stands below the name."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._head_parts.setDirection(direction.TopToBottom if self.width() < px(_NARROW) else direction.LeftToRight)

    def _make_tabs(self) -> Tabs:
        tabs = Tabs(_("About this resident"))
        own: list[tuple[str, str, type[Tab]]] = [
            ("overview", _("Overview"), Overview),
            ("identity", _("Identity and documents"), Identity),
            ("arrival", _(pgettext("tab", "Arrival")), ArrivalTab),
            ("stay", _("Stay"), StayTab),
            ("absences", _("Absences"), Absences),
            ("history", _("History"), History),
        ]
        if is_of_use():
            own.insert(-1, ("sealed", _("Sealed notes"), SealedNotes))
        for key, title, kind in own:
            if key == "absences":
                tabs.add("room", _("Room"), lambda: self._keep("room", self._room()))
            if key == "history":
                tabs.add("departure", _("Departure"), lambda: self._keep("departure", self._departure()))
            tabs.add(key, title, lambda key=key, kind=kind: self._make(key, kind))  # type: ignore[misc]
        tabs.turned.connect(self._fit)
        return tabs

    def _keep(self, key: str, made: QWidget) -> QWidget:
        self._made[key] = made
        return made

    def _fit(self, key: str) -> None:
        """Let the tab that is looked at alone say how high the page is."""
        policy = QSizePolicy.Policy
        for other, made in self._made.items():
            made.setSizePolicy(policy.Preferred, policy.Preferred if other == key else policy.Ignored)

    def _make(self, key: str, kind: type[Tab]) -> QWidget:
        made = self._shown[key] = kind(self.owner, self.open_resident)
        self._tell(made)
        return self._keep(key, made)

    def _tell(self, tab: Tab) -> None:
        """Have a tab show who is shown; what is copied there is told of that person."""
        page, leaving = self.whole
        if page is not None:
            tab.show_resident(page, leaving)
            for table in tab.findChildren(Table):
                table.subject = f"resident:{page.row.id}"

    def _room(self) -> QWidget:
        from ui.rooms.panel import RoomPanel

        return RoomPanel(self._stay_ids[0]) if self._stay_ids else Empty(_("No stay is entered"))

    def _departure(self) -> QWidget:
        from ui.departures.panel import DeparturePanel

        if not self._stay_ids:
            return Empty(_("No stay is entered"))
        return held(column(*map(DeparturePanel, self._stay_ids)))

    def _show(self, whole: Whole) -> None:
        page, leaving = whole
        self.nobody.setVisible(page is None)
        self._parts.setVisible(page is not None)
        if page is None:
            return
        before, self.whole = self.whole[0], whole
        self.tabs.bar.setTabVisible(ARRIVAL_AT, page.has_record and page.stay is not None)
        self._note_joined(page)
        self._show_head(page, leaving)
        today = session.today()
        self.timeline.show_lanes(lanes(page, today), *axis(page, today), today)
        self.timeline.setFixedHeight(self.timeline.sizeHint().height())
        is_other = before is None or before.row.id != page.row.id
        stay_ids = tuple(stay.id for stay in page.stays)
        if is_other or stay_ids != self._stay_ids:
            self._stay_ids = stay_ids
            self._shown.clear()
            self._made.clear()
            self.tabs.forget()
            self.tabs.turn_to(self._tab or ("overview" if is_other else self.tabs.key))
        else:
            for tab in self._shown.values():
                self._tell(tab)
            if self._tab:
                self.tabs.turn_to(self._tab)
        self._tab = ""

    def _note_joined(self, page: ResidentPage) -> None:
        """Say that the number which was asked for leads here, and go on as if this one had been."""
        if self.resident_id is not None and self.resident_id != page.row.id:
            joined = next((each.number for each in page.joinings if each.resident_id == self.resident_id), "")
            leads = _("{number} was found to be this person, {this}.", number=joined, this=page.row.number)
            self.joined.say(leads if joined else "")
            self.resident_id = page.row.id
        elif not self.joined.isHidden() and self._note_of != page.row.id:
            self.joined.say("")
        self._note_of = page.row.id

    def _show_head(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        show_photo(self.photo, page.photo, presentation.initials(page.facts))
        self.name.setText(isolated(page.row.name))
        self.native.setText(isolated(page.facts.own_script))
        self.native.setVisible(bool(page.facts.own_script))
        self.facts.setText(presentation.person_line(page.row.number, page.facts))
        clear(self.chips)
        for text, tone in presentation.page_chips(page.row, page.stay, leaving):
            self.chips.addWidget(Chip(text, tone))
        clear(self.commands)
        for button in self._commands(page):
            self.commands.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.commands.addStretch(1)

    def _commands(self, page: ResidentPage) -> list[QWidget]:
        """What can be done about the person now."""
        stay, printed = page.stay, [*photo_commands(self.owner, page), *self.papers(page.row.id)]
        if stay is None:
            return [MenuButton(_("More"), printed)] if printed else []
        review = any(review.held_on is None for review in stay.reviews)
        first, *more = dialogs.of_stay(self.owner, page.row, owes_review=review)
        if not stay.is_open:
            return [MenuButton(_("More"), [first, *printed])]
        move, extend, *more = more
        return [Button(first), Button(move), Button(extend), MenuButton(_("More"), [*more, *printed])]

    def papers(self, resident_id: ResidentId) -> list[Command]:
        """The papers about a resident that one may print, each with the way to it."""
        return papers_of(self.owner, resident_id)
