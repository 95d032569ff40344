"""Departures: what is planned, ready, blocked and why, most urgent first; and each plan whole."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.actions import endings
from models.changes import Changes, Kind
from models.errors import Refused
from models.ids import PlanId
from models.queries import departures as queries
from models.queries.departures import PlanPage, PlanRow
from models.rules.leaving import Standing
from models.rules.papers import PLANS
from models.rules.wording import word
from ui.departures import presentation
from ui.departures.endings import group_dialog
from ui.departures.panel import DeparturePanel
from ui.kit.columns import Cell, Column
from ui.kit.commands import Command
from ui.kit.fields import Combo
from ui.kit.labels import Button
from ui.kit.layout import Empty, PageHeader, column
from ui.kit.page import Page, Place
from ui.kit.table import Table
from ui.language import _, plural, say, tr
from ui.scrolled import Scrolled
from ui.work import run_query

_OPEN = (Standing.BLOCKED, Standing.READY, Standing.PLANNED, Standing.STOPPED)
"""What an open plan can be narrowed to."""
_DAYS = (7, 30)


class DeparturesPage(Page):
    """All plans that need somebody, or one of them."""

    kinds: ClassVar[Changes] = frozenset({Kind.PLAN, Kind.STAY, Kind.RESIDENT, Kind.PROGRAMME})

    def __init__(self) -> None:
        """Lay out the list and the place of one plan."""
        super().__init__()
        self._plan_id: PlanId | None = None
        self.list = _List(self)
        self.one = _One(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.one)
        self.body.addWidget(self._stack)

    def show_at(self, where: Place) -> None:
        """Show one plan, by `plan_id`, or all."""
        plan_id = where.get("plan_id")
        self._plan_id = None if plan_id is None else PlanId(plan_id)
        if self._plan_id is None:
            self._stack.setCurrentWidget(self.list)
        super().show_at(where)

    def refresh(self) -> None:
        """Read what is shown."""
        if self._plan_id is None:
            self.list.refresh()
        else:
            run_query(self, queries.plan, self._show_one, on_refused=self._gone, latest="plan", plan_id=self._plan_id)

    def _show_one(self, page: PlanPage) -> None:
        self.one.show_plan(page)
        self._stack.setCurrentWidget(self.one)

    def _gone(self, _error: Refused) -> None:
        self.open("departures")


class _List(QWidget):
    """The plans as a table."""

    def __init__(self, page: DeparturesPage) -> None:
        super().__init__()
        self._page = page
        self.group = Button(_("Record group departure"), self._group, needs=endings.depart_group)
        self.header = PageHeader(_("Departures"), " ", [self.group])
        self.standing = Combo()
        self.standing.setAccessibleName(_("Which plans"))
        self.standing.addItems([_("All open plans"), *(presentation.chip(each)[0] for each in _OPEN), _("Over")])
        self.days = Combo()
        self.days.setAccessibleName(_("How soon"))
        self.days.addItems([_("Any day"), *(plural("Within {n} day", "Within {n} days", days) for days in _DAYS)])
        self.table: Table[PlanRow] = Table(
            self._columns(),
            name=_("Departure plans"),
            keeps="departures",
            leaves=PLANS,
            commands=self._commands,
            load_ids=queries.ids,
            load_rows=queries.rows,
            sort="urgency",
            filter_hint=_("Name, number or place"),
            tools=[self.standing, self.days],
            empty=Empty(
                _("No departure is planned"),
                _("A departure is planned on the page of the resident, under Departure."),
                [Button(_("Go to Residents"), lambda: page.open("residents"))],
            ),
        )
        self.table.opened.connect(self._open)
        self.table.followed.connect(lambda plan_id, _name: self._open(plan_id))
        self.table.selected.connect(lambda ids: self._offer(len(ids)))
        self.standing.currentIndexChanged.connect(lambda _at: self._narrow())
        self.days.currentIndexChanged.connect(lambda _at: self._narrow())
        self.setLayout(column(self.header, (self.table, 1)))
        self._offer(0)

    def refresh(self) -> None:
        """Read the list and how many stand how."""
        self.table.reload()
        run_query(self, queries.standings, self._say, latest="standings")

    def _narrow(self) -> None:
        at, days = self.standing.currentIndex(), self.days.currentIndex()
        self.table.narrow(
            standing=_OPEN[at - 1] if 0 < at <= len(_OPEN) else None,
            is_over=at > len(_OPEN),
            within=_DAYS[days - 1] if days > 0 else None,
        )

    def _say(self, counts: Mapping[Standing, int]) -> None:
        parts = [
            _("{n} {standing}", n=tr().number(counts[each]), standing=presentation.chip(each)[0].lower())
            for each in _OPEN
            if counts.get(each)
        ]
        self.header.say(_("Departures"), ", ".join(parts) or _("nothing is planned"))

    def _offer(self, chosen: int) -> None:
        """The button for a group asks for a group."""
        self.group.setEnabled(chosen > 1)
        self.group.setToolTip("" if chosen > 1 else _("Choose several people first: hold Ctrl or Shift."))

    def _commands(self, row: PlanRow) -> list[Command]:
        who = Command(_("Open the resident"), lambda: self._page.open("residents", resident_id=row.resident_id))
        group = Command(_("Record group departure"), self._group, needs=endings.depart_group)
        return [who, group] if self.group.isEnabled() else [who]

    def _open(self, plan_id: int) -> None:
        self._page.open("departures", plan_id=plan_id)

    def _group(self) -> None:
        rows = [found for found in map(self.table.row, self.table.selected_ids()) if found is not None]
        group_dialog(self, rows)

    def _columns(self) -> list[Column[PlanRow]]:
        return [
            Column(
                "planned_on",
                _("Day"),
                lambda row: Cell(tr().date(row.planned_on), muted=presentation.days_line(row.days)),
                width=178,
                sort=True,
                data={_("Day"): lambda row: row.planned_on, _("Days from today"): lambda row: row.days},
            ),
            Column(
                "standing", _("State"), lambda row: Cell(chips=(presentation.chip(row.standing),)), width=128, sort=True
            ),
            Column(
                "name",
                _("Who"),
                lambda row: Cell(row.name, strong=True, muted=_number(row)),
                width=222,
                sort=True,
                whom=True,
                data={_("Who"): lambda row: row.name, _("Number"): lambda row: row.number},
            ),
            Column("kind", _("How"), lambda row: say(word(row.kind)), width=196, sort=True, spare=3),
            Column("destination", _("Where to"), presentation.where_to, width=128, sort=True, spare=1),
            Column(
                "steps",
                _("Steps"),
                lambda row: _("{done} of {steps}", done=row.done, steps=row.steps),
                width=66,
                sort=True,
                spare=2,
                data={_("Steps done"): lambda row: row.done, _("Steps"): lambda row: row.steps},
            ),
            Column("why", _("Why"), _why, stretch=True),
            Column("programme", _("Programme"), lambda row: row.programme, width=100, hidden=True),
        ]


class _One(QWidget):
    """One plan whole."""

    def __init__(self, page: DeparturesPage) -> None:
        super().__init__()
        self._page = page
        self._shown: PlanPage | None = None
        self.panel: DeparturePanel | None = None
        self.header = PageHeader(
            " ",
            " ",
            [
                Button(_("All departures"), lambda: page.open("departures")),
                Button(_("Open the resident"), self._resident),
            ],
        )
        self._area = Scrolled()
        self.setLayout(column(self.header, (self._area, 1)))

    def show_plan(self, page: PlanPage) -> None:
        """Show a plan; the panel of the same stay reads by itself."""
        another = self._shown is None or self._shown.row.stay_id != page.row.stay_id
        self._shown = page
        self.header.say(page.row.name, " · ".join((page.row.number, page.row.programme)))
        if another:
            self.panel = DeparturePanel(page.row.stay_id)
            self._area.setWidget(self.panel)

    def _resident(self) -> None:
        if self._shown is not None:
            self._page.open("residents", resident_id=self._shown.row.resident_id)


def _number(row: PlanRow) -> str:
    return "" if row.name == row.number else row.number


def _why(row: PlanRow) -> Cell:
    text = presentation.why_line(row)
    return Cell(text, hint="\n".join(say(reason) for reason in row.reasons))
