"""Incidents: what happened in the house; and, for who may read them, complaints and self-harm."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from models.actions import incidents
from models.changes import Changes, Kind
from models.queries import arrivals, safeguards
from models.queries.arrivals import ProgrammeChoice
from models.queries.safeguards import ComplaintRow, IncidentRow, SelfHarmRow
from models.rules.people import reads
from models.rules.safeguards import ComplaintState, complaint_state
from models.rules.vocabulary import SealedKind
from models.store.snapshot import Snapshot
from ui import session, work
from ui.kit.columns import Cell, Column, day_column
from ui.kit.labels import Button
from ui.kit.layout import Card, Empty, PageHeader
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, isolated, plural
from ui.presentation import moment_column
from ui.safeguards import dialogs
from ui.safeguards.incidents_table import incidents_table
from ui.work import run_query


class House(NamedTuple):
    """What the page shows."""

    programmes: Sequence[ProgrammeChoice]
    incidents: Sequence[IncidentRow]
    complaints: Sequence[ComplaintRow]
    self_harm: Sequence[SelfHarmRow]


def read_house(snapshot: Snapshot) -> House:
    """All that the page shows, in one look at the register."""
    return House(
        arrivals.programmes(snapshot),
        safeguards.incidents(snapshot),
        safeguards.complaints(snapshot),
        safeguards.self_harm(snapshot),
    )


class SafeguardsPage(Page):
    """What happened in the house."""

    kinds: ClassVar[Changes] = frozenset({Kind.NOTE, Kind.RESIDENT, Kind.PROGRAMME})

    def __init__(self) -> None:
        """Lay the tables out: those of what the role may not read are not there."""
        super().__init__()
        self._programmes: Sequence[ProgrammeChoice] = ()
        self.enter = Button(_("Enter an incident"), self._enter, kind="primary", needs=incidents.enter)
        self.table = incidents_table(self, keeps="incidents", fits=False)
        self.header = PageHeader(_("Incidents"), " ", [self.enter])
        self.body.addWidget(self.header)
        role = work.person().role
        self.complaints = self._complaints_table() if reads(role, SealedKind.COMPLAINT) else None
        self.self_harm = self._self_harm_table() if reads(role, SealedKind.HEALTH) else None
        for title, table in ((_("Complaints"), self.complaints), (_("Self-harm"), self.self_harm)):
            if table is not None:
                card = Card(title, _("Opened and answered with the resident, under Sealed notes."), flush=True)
                card.append(table)
                self.body.addWidget(card)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read all of it."""
        run_query(self, read_house, self._show, latest="safeguards")

    def _show(self, found: House) -> None:
        self._programmes = found.programmes
        n = len(found.incidents)
        self.header.say(_("Incidents"), plural("{n} incident is entered", "{n} incidents are entered", n))
        self.table.show_rows(found.incidents)
        if self.complaints is not None:
            self.complaints.show_rows(found.complaints)
        if self.self_harm is not None:
            self.self_harm.show_rows(found.self_harm)

    def _enter(self) -> None:
        dialogs.enter_incident(self, self._programmes).open()

    def _complaints_table(self) -> Table[ComplaintRow]:
        table: Table[ComplaintRow] = Table(
            [
                day_column("received", _("Received on"), lambda row: row.received_on, width=120),
                Column("who", _("Resident"), lambda row: Cell(isolated(row.name), muted=row.number), stretch=True),
                day_column("owed", _("Answer owed by"), lambda row: row.answer_by, width=130),
                day_column("answered", _("Answered on"), lambda row: row.answered_on, width=120),
                Column("state", _("State"), _state, width=190),
            ],
            name=_("Complaints"),
            keeps="complaints",
            fits=True,
            framed=False,
            choosable=False,
            empty=Empty(_("No complaint is entered")),
        )
        table.opened.connect(lambda which: self._open(table.row(which)))
        return table

    def _self_harm_table(self) -> Table[SelfHarmRow]:
        table: Table[SelfHarmRow] = Table(
            [
                moment_column("when", _("When it happened"), lambda row: row.happened, width=150),
                Column("who", _("Resident"), lambda row: Cell(isolated(row.name), muted=row.number), stretch=True),
                Column("told", _("Reported to"), lambda row: isolated(row.told_whom), width=200),
            ],
            name=_("Self-harm"),
            keeps="self-harm",
            fits=True,
            framed=False,
            choosable=False,
            empty=Empty(_("No self-harm is entered")),
        )
        table.opened.connect(lambda which: self._open(table.row(which)))
        return table

    def _open(self, row: ComplaintRow | SelfHarmRow | None) -> None:
        if row is not None:
            self.open("residents", resident_id=row.resident_id, tab="sealed")


_STATES = {
    ComplaintState.IN_TIME: Tone.GREEN,
    ComplaintState.LATE: Tone.AMBER,
    ComplaintState.OPEN: Tone.GREY,
    ComplaintState.OVERDUE: Tone.RED,
}


def _state(row: ComplaintRow) -> Cell:
    state = complaint_state(row.days, session.today())
    words = {
        ComplaintState.IN_TIME: _("answered in time"),
        ComplaintState.LATE: _("answered late"),
        ComplaintState.OPEN: _("waits for an answer"),
        ComplaintState.OVERDUE: _("answer overdue"),
    }
    return Cell(chips=((words[state], _STATES[state]),))
