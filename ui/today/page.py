"""Today: how the house stands, and what needs a person, most urgent first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from models.actions import (
    absences,
    admissions,
    arrival_drafts,
    backups,
    complaints,
    deciding,
    departures,
    emergencies,
    endings,
    months,
    people,
    roll_calls,
    rooms,
    selection,
    signing,
    stays,
)
from models.actions.separations import VISITS
from models.changes import Changes, Kind
from models.ids import StayId
from models.queries import absences as away
from models.queries import departures as departure_rows
from models.queries.absences import AbsenceRow
from models.queries.departures import StayDepartures
from models.queries.needing import Item, Need
from models.queries.today import PlacesLeft, Summary, Today
from models.rules.papers import TODAY
from models.store.declaring import Declared
from models.store.snapshot import Snapshot
from models.text import N_, pgettext
from ui import permissions, session
from ui.kit.columns import Cell, Column
from ui.kit.labels import Text
from ui.kit.layout import Card, Empty, PageHeader, Tile, held, row
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import GAP, Tone
from ui.language import _, plural, say, tr
from ui.today import latest
from ui.today.night_bars import NightBars
from ui.work import run_query, worker

_LOOKS: Mapping[Need, tuple[str, Tone, str]] = {
    Need.ROLL_CALL: (N_("Roll call"), Tone.AMBER, N_("Count the house")),
    Need.ROLL_CALL_MISSED: (N_("Roll call missed"), Tone.RED, N_("Enter it, or say why")),
    Need.FIRE_LIST: (N_("Fire list"), Tone.AMBER, N_("Print it now")),
    Need.LIMIT_PASSED: (N_("Limit passed"), Tone.RED, N_("Decide extension")),
    Need.LIMIT_NEAR: (N_("Limit near"), Tone.AMBER, N_("Decide extension")),
    Need.LEFT: (N_("Perhaps left on their own"), Tone.RED, N_("End the stay")),
    Need.AWAY_OVERDUE: (N_("Away, overdue"), Tone.RED, N_("Record return")),
    Need.UNSEEN: (N_("Kept apart"), Tone.RED, N_("Enter the visit")),
    Need.PROVISIONAL: (N_("Provisional"), Tone.RED, N_("Countersign")),
    Need.EMERGENCY: (N_("Emergency arrival"), Tone.RED, N_("See what is missing")),
    Need.REVIEW_LATE: (N_("Review late"), Tone.RED, N_("Enter review")),
    Need.REVIEW_DUE: (N_("Review due"), Tone.AMBER, N_("Enter review")),
    Need.NO_BED: (N_("No bed"), Tone.AMBER, N_("Give a bed")),
    Need.DEPARTURE_BLOCKED: (N_("Blocked"), Tone.RED, N_("See what is missing")),
    Need.DEPARTURE_STEPS: (N_("Steps to do"), Tone.AMBER, N_("See what is missing")),
    Need.DEPARTURE_READY: (N_("Departure"), Tone.GREEN, N_("Record departure")),
    Need.NO_PROSPECT: (N_("No prospect"), Tone.RED, N_("Decide what follows")),
    Need.REPORT_DUE: (N_("Report"), Tone.AMBER, N_("Check and issue")),
    Need.REPORT_DIFFERS: (N_("Report differs"), Tone.AMBER, N_("Check and issue")),
    Need.REPORT_UNSENT: (N_("Report not sent"), Tone.AMBER, N_("Send it, or enter it")),
    Need.COMPLAINT: (N_("Complaint"), Tone.AMBER, N_("Answer")),
    Need.INJURIES: (N_("Seen on arrival"), Tone.RED, N_("Read")),
    Need.ARRIVAL_OPEN: (N_("Arrival incomplete"), Tone.AMBER, N_("Enter what is missing")),
    Need.WAITING: (N_("Half entered"), Tone.AMBER, N_("Go on")),
    Need.DRAFT: (N_("Half entered"), Tone.AMBER, N_("Go on")),
    Need.ARRIVAL: (N_("Arrival"), Tone.BLUE, N_("See who is expected")),
    Need.SECOND_PERSON: (N_("Second person"), Tone.AMBER, N_("Confirm")),
    Need.SELECTION: (N_("Selection"), Tone.BLUE, N_("Decide")),
    Need.OUT_OF_USE: (N_("Out of use"), Tone.AMBER, N_("See the room")),
    Need.BACKUP_OLD: (N_("Backup"), Tone.AMBER, N_("Back up now")),
    Need.KEYS: (N_("Sealing"), Tone.AMBER, N_("Set it right")),
    Need.CERTIFICATE: (N_("Certificate"), Tone.AMBER, N_("Renew it")),
}
"""For each need its chip, and the one thing that settles it."""

_SETTLED_BY: Mapping[Need, tuple[Declared, ...]] = {
    Need.ROLL_CALL: (roll_calls.begin,),
    Need.ROLL_CALL_MISSED: (roll_calls.begin, roll_calls.not_held),
    Need.LIMIT_PASSED: (stays.extend,),
    Need.LIMIT_NEAR: (stays.extend,),
    Need.LEFT: (endings.record_left,),
    Need.AWAY_OVERDUE: (absences.return_,),
    Need.PROVISIONAL: (emergencies.countersign,),
    Need.REVIEW_LATE: (stays.hold_review,),
    Need.REVIEW_DUE: (stays.hold_review,),
    Need.UNSEEN: (VISITS.enter,),
    Need.NO_BED: (rooms.place, rooms.move),
    Need.DEPARTURE_READY: (endings.depart,),
    Need.NO_PROSPECT: (stays.extend, departures.plan, endings.record_release),
    Need.REPORT_DUE: (months.issue,),
    Need.REPORT_DIFFERS: (months.issue,),
    Need.REPORT_UNSENT: (months.send,),
    Need.COMPLAINT: (complaints.answer,),
    Need.INJURIES: (admissions.look_at_injuries,),
    Need.ARRIVAL_OPEN: (admissions.RIGHTS.enter,),
    Need.WAITING: (arrival_drafts.drop_entry,),
    Need.DRAFT: (arrival_drafts.keep,),
    Need.SECOND_PERSON: (deciding.confirm,),
    Need.SELECTION: (selection.decide,),
    Need.OUT_OF_USE: (rooms.bring_back, rooms.take_out_of_use),
    Need.BACKUP_OLD: (backups.made,),
    Need.KEYS: (people.add, people.grant_sealed, people.make_recovery_sheet),
    Need.CERTIFICATE: (signing.set_up,),
}
"""The actions that settle a need; who may do none of them is offered to look instead."""

_GOES_TO: Mapping[Need, tuple[str, Mapping[str, object]]] = {
    Need.ROLL_CALL: ("roll", {"begins": True}),
    Need.ROLL_CALL_MISSED: ("roll", {}),
    Need.FIRE_LIST: ("papers", {"paper": "fire_list", "made": True, "prints": True}),
    Need.BACKUP_OLD: ("administration", {}),
    Need.KEYS: ("administration", {}),
    Need.CERTIFICATE: ("administration", {}),
}
"""Where a need of nobody is settled."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An item with its place in the list."""

    id: int
    item: Item


class TodayPage(Page):
    """The page that opens in the morning."""

    kinds: ClassVar[Changes] = frozenset(Kind)
    LATER = 250
    """Milliseconds after which the issued months are compared: what is quick comes first."""

    def __init__(self) -> None:
        """Lay the page out: five tiles, then the list."""
        super().__init__()
        self._lines: list[_Line] = []
        self._header = PageHeader(_("Today"), tr().long_date(session.today()))
        self._present = Tile("–", _("Present now"))
        self._places = Tile("–", _("Places left"))
        self._leaving = Tile("–", _("Leaving within 7 days"))
        self._past = Tile("–", _("Past a limit or review"))
        self._bars = NightBars(_("Present at midnight, last 30 days"))
        chart = Card()
        self._legend = Text("", "note", wrap=True)
        chart.append(Text(_("Present at midnight, last 30 days"), "strong"), self._bars, self._legend)
        tiles = row(gap=GAP)
        for tile in (self._present, self._places, self._leaving, self._past):
            tiles.addWidget(tile, 2)
        tiles.addWidget(chart, 3)
        self._table: Table[_Line] = Table(
            self._columns(),
            name=_("What needs a person today"),
            keeps="today",
            leaves=TODAY,
            header=False,
            fits=True,
            framed=False,
            empty=Empty(_("Nothing needs you now"), _("What falls due shows here by itself.")),
        )
        self._table.opened.connect(self.settle)
        self._table.followed.connect(lambda line, _name: self.settle(line))
        self._card = Card(_("What needs a person today"), " ", flush=True)
        self._card.append(self._table)
        for part in (self._header, held(tiles), self._card):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._compare = QTimer(self, singleShot=True)
        self._compare.timeout.connect(self._look_at_issued)

    def refresh(self) -> None:
        """Read the whole page at once, so that tiles and list tell the same; then compare the issued months."""
        run_query(self, latest.today, self._show, latest="today")
        self._compare.start(self.LATER)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was not compared yet is compared when the page is looked at again."""
        super().hideEvent(event)
        if self._compare.isActive():
            self._compare.stop()
            self.stale = True

    def _look_at_issued(self) -> None:
        run_query(self._compare, latest.compared, self._show_compared, latest="compared")

    def _show_compared(self, read: Today | None) -> None:
        """Show the months that are no longer what was issued, and let the badges count them."""
        if read is not None:
            self._show(read)
            worker().announce(frozenset({Kind.MONTH}))

    def settle(self, line: int) -> None:
        """Do the one thing that settles an item of the list, or go where it is done."""
        self._settle(self._lines[line].item)

    def said(self) -> list[tuple[str, ...]]:
        """What the list says, row by row."""
        return [tuple(column.cell(line).plain for column in self._columns()) for line in self._lines]

    def _columns(self) -> list[Column[_Line]]:
        return [
            Column("when", _("When"), lambda line: _when(line.item), width=118, data=lambda line: line.item.on),
            Column("what", _("What"), lambda line: _chip(line.item.need), width=206),
            Column(
                "who",
                _("Who"),
                lambda line: _who(line.item),
                width=236,
                whom=True,
                data={_("Who"): lambda line: _who(line.item).text, _("Number"): lambda line: line.item.number or None},
            ),
            Column("text", _("What is so"), lambda line: say(line.item.text), width=90, stretch=True),
            Column("do", "", lambda line: _deed(line.item.need), width=166, right=True),
        ]

    def _show(self, read: Today) -> None:
        self._header.say(_("Today"), tr().long_date(read.day))
        self._show_summary(read.summary)
        self._lines = [_Line(place, item) for place, item in enumerate(read.items)]
        self._table.show_rows(self._lines)
        note = plural("{n} item · most urgent first", "{n} items · most urgent first", len(read.items))
        self._card.say(_("What needs a person today"), note if read.items else "")

    def _show_summary(self, summary: Summary) -> None:
        number = tr().number
        overdue = ", " + plural("{n} overdue", "{n} overdue", summary.overdue) if summary.overdue else ""
        note = _("{roll} on the roll, {away} away", roll=summary.on_roll, away=summary.away) + overdue
        self._present.show_figure(number(summary.on_roll - summary.away), note)
        self._show_places(summary.places)
        leaving = summary.leaving_ready + summary.leaving_blocked
        note = _("{ready} ready, {blocked} not ready", ready=summary.leaving_ready, blocked=summary.leaving_blocked)
        self._leaving.show_figure(number(leaving), note)
        past = summary.past_limit + summary.reviews_late
        reviews = plural("{n} review late", "{n} reviews late", summary.reviews_late)
        note = _("{limits} past the limit, {reviews}", limits=summary.past_limit, reviews=reviews)
        self._past.show_figure(number(past), note if past else _("nobody"), Tone.RED if past else None)
        self._bars.show_nights(summary.nights)
        self._legend.setText(self._bars.summary())

    def _show_places(self, places: tuple[PlacesLeft, ...]) -> None:
        """The programme with the fewest places left; the others are in the tool tip."""
        if not places:
            self._places.show_figure("–", _("no programme sets a number"))
            return
        tightest = min(places, key=lambda each: each.left)
        figure = _("{left} of {limit}", left=tightest.left, limit=tightest.limit)
        self._places.show_figure(figure, _places_note(tightest), Tone.RED if tightest.left <= 0 else None)
        self._places.setToolTip(
            "\n".join(
                _("{code}: {left} of {limit}", code=each.code, left=each.left, limit=each.limit) for each in places
            )
        )

    def _settle(self, item: Item) -> None:
        if item.draft_id is not None:
            self.open("arrival", draft_id=item.draft_id)
        elif item.need in (Need.ARRIVAL_OPEN, Need.INJURIES):
            self.open("arrival", stay_id=item.stay_id)
        elif item.need is Need.WAITING:
            self.open("arrival", stay_id=item.stay_id, goes_on=True)
        elif item.stay_id is not None and item.plan_id is None and not _may_settle(item.need):
            self.open("residents", resident_id=item.resident_id)
        elif item.stay_id is not None and item.need is Need.LEFT:
            self._propose_left(item.stay_id)
        elif item.stay_id is not None and (ask := _form_of(item.need)) is not None:
            ask(self, item.stay_id)
        elif item.need in _GOES_TO:
            area, where = _GOES_TO[item.need]
            self.open(area, **where)
        elif item.month is not None:
            self.open("reports", programme_id=item.programme_id, month=item.month)
        elif item.transport_id is not None:
            self.open("transports", transport_id=item.transport_id)
        elif item.room_id is not None:
            self.open("rooms", room_id=item.room_id, bed_id=item.bed_id)
        elif item.list_id is not None:
            self.open("selection", list_id=item.list_id)
        else:
            tab = "departure" if item.plan_id is not None else "sealed" if item.need is Need.COMPLAINT else ""
            self.open("residents", resident_id=item.resident_id, tab=tab)

    def _propose_left(self, stay_id: StayId) -> None:
        """Ask whether somebody who did not come back has left for good: nothing of it is done by itself."""
        from ui.departures.endings import left_dialog

        def show(found: tuple[StayDepartures, AbsenceRow | None]) -> None:
            stay, away = found
            if away is not None:
                left_dialog(self, stay, away)

        run_query(self, _leaving, show, stay_id=stay_id)


def _form_of(need: Need) -> Callable[[QWidget, StayId], None] | None:
    """The form about a stay that settles a need; None where none does. It is loaded when it is first asked for."""
    from ui.residents import dialogs
    from ui.rooms.dialogs import move_dialog
    from ui.rooms.separations import visit_dialog

    return {
        Need.LIMIT_PASSED: dialogs.extend_dialog,
        Need.LIMIT_NEAR: dialogs.extend_dialog,
        Need.PROVISIONAL: dialogs.countersign_dialog,
        Need.AWAY_OVERDUE: dialogs.return_dialog,
        Need.REVIEW_DUE: dialogs.review_dialog,
        Need.REVIEW_LATE: dialogs.review_dialog,
        Need.NO_BED: move_dialog,
        Need.UNSEEN: visit_dialog,
    }.get(need)


def _leaving(snapshot: Snapshot, *, stay_id: StayId) -> tuple[StayDepartures, AbsenceRow | None]:
    """The stay, and the absence from which nobody came back."""
    return departure_rows.of_stay(snapshot, stay_id=stay_id), away.open_of_stay(snapshot, stay_id=stay_id)


def _places_note(places: PlacesLeft) -> str:
    if places.window_end is None:
        return places.code
    return _("{code}, until {day}", code=places.code, day=tr().full_date(places.window_end))


def _when(item: Item) -> str:
    if item.on is None:
        return ""
    if item.on == session.today():
        return _("today")
    day = _day(item.on)
    return _("since {day}", day=day) if item.since else _("by {day}", day=day) if item.month else day


def _day(day: date) -> str:
    """A date of this year without the year."""
    return tr().day(day) if day.year == session.today().year else tr().date(day)


def _who(item: Item) -> Cell:
    if item.month is not None:
        name = tr().month(item.month.first)
        return Cell(name[:1].upper() + name[1:], strong=True, muted=item.number)
    return Cell(say(item.title), strong=True, muted=item.number)


def _chip(need: Need) -> Cell:
    text, tone, _deed_text = _LOOKS[need]
    return Cell(chips=((_(text), tone),))


def _may_settle(need: Need) -> bool:
    return permissions.may(*_SETTLED_BY.get(need, ()))


def _deed(need: Need) -> Cell:
    return Cell(_(_LOOKS[need][2]) if _may_settle(need) else _(pgettext("command", "Open")), link=True)
