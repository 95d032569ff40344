"""What stands under the tabs of a resident about stays: limits and reviews, absences, and the history."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.actions import absences, endings, rooms, stays
from models.actions import corrections as actions
from models.queries import history
from models.queries.absences import AbsenceRow
from models.queries.departures import StayDepartures, of_stay
from models.queries.resident_page import ResidentPage
from models.queries.stays import LimitRow, ReviewRow, StayRow
from models.rules.limits import ReviewState
from models.rules.papers import ONE_RESIDENT
from models.rules.wording import word
from models.store.declaring import Declared
from models.text import pgettext
from ui import permissions, session, work
from ui.departures import endings as departures
from ui.departures.presentation import place_line
from ui.kit.columns import Cell, Column, day_column
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, Empty, clear, column, held, row
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, say, tr
from ui.presentation import at_clock, instant_column, moment_column, moment_data, when
from ui.residents import corrections, dialogs, presentation
from ui.residents.tabs import Tab
from ui.rooms.corrections import enter_bed
from ui.rooms.panel import BedsTable
from ui.rooms.separations import SeparationCard
from ui.safeguards.of_resident import IncidentsCard
from ui.taking_back import CORRECT, TAKE_BACK, mending
from ui.trail.presentation import told


class StayTab(Tab):
    """Each stay with its limits, extensions and reviews."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Begin empty."""
        super().__init__(owner, open_resident)
        self.cards = column()
        self.incidents = IncidentsCard(owner)
        self.setLayout(column(self.cards, self.incidents, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Show the stays of a resident, the latest first."""
        clear(self.cards)
        for stay in page.stays:
            self.cards.addWidget(self._card(page, stay))
            if stay is not page.stays[0]:  # those of the last one stand under Room
                apart = SeparationCard(self.owner, stay.id)
                apart.refresh()
                self.cards.addWidget(apart)
        if not page.stays:
            self.cards.addWidget(Empty(_("No stay is entered")))
        self.incidents.show_resident(page)

    def _card(self, page: ResidentPage, stay: StayRow) -> Card:
        card = Card(
            f"{stay.programme} · {presentation.stay_span(stay)}", presentation.day_of(stay.day, stay.days_allowed)
        )
        tools = row(gap=8)
        if stay.is_open:
            tools.addWidget(
                Button(_("Extend stay"), lambda: dialogs.extend_dialog(self.owner, stay.id), needs=stays.extend)
            )
        tools.addWidget(
            Button(_("Set last day"), lambda: dialogs.fix_limit_dialog(self.owner, stay.id), needs=stays.fix_limit)
        )
        if any(review.held_on is None for review in stay.reviews):
            tools.addWidget(
                Button(_("Enter review"), lambda: dialogs.review_dialog(self.owner, stay.id), needs=stays.hold_review)
            )
        tools.addWidget(
            Button(_("Correct arrival"), lambda: dialogs.correct_dialog(self.owner, stay.id), needs=stays.correct)
        )
        tools.addWidget(
            Button(
                _("Take the arrival back"),
                lambda: corrections.take_back_arrival(self.owner, page, stay).open(),
                needs=actions.take_back,
            )
        )
        tools.addStretch(1)
        card.append(tools)
        if not stay.is_open:
            card.append(self._departed(stay, is_last=stay.id == page.stays[0].id))
        if stay.came_with_file:
            card.append(Text(_("This stay came in with a file."), "note"))
        for title, table in ((_("Limits"), self._limits(stay)), (_("Reviews"), self._reviews(stay))):
            card.append(Text(title, "strong"), table)
        if not stay.is_open:  # those of a stay that goes on have a tab of their own
            card.append(Text(_("Beds"), "strong"), *self._beds(page, stay))
        return card

    def _beds(self, page: ResidentPage, stay: StayRow) -> tuple[QWidget, QWidget]:
        """The beds of a stay that is over, and the way to enter one, or an absence, that was forgotten."""
        had = BedsTable(self.owner, framed=False, empty=Empty(_("No bed is entered")))
        had.show_rows(tuple(one for one in page.placements if one.stay_id == stay.id))
        enter = LinkButton(
            _("Enter a bed of the past"),
            lambda: enter_bed(self.owner, stay.id, stay.arrived, stay.departed),
            needs=rooms.place,
        )
        away = LinkButton(
            _("Enter an absence of the past"),
            lambda: dialogs.past_absence_dialog(self.owner, stay.id),
            needs=absences.record,
        )
        return had, held(row(enter, away, None, gap=14))

    def _departed(self, stay: StayRow, *, is_last: bool) -> QWidget:
        """How the stay ended, and the way to put that right; who came again has not stayed on."""
        how = say(word(stay.departure_kind)) if stay.departure_kind is not None else ""
        where = place_line(stay.destination, stay.destination_country, stay.destination_place)
        said = Text(_("Left: {how}", how=" · ".join(part for part in (when(stay.departed), how, where) if part)))
        correct = LinkButton(_("Correct the departure"), lambda: self._correct_departure(stay), needs=endings.correct)
        back = LinkButton(
            _("Take the departure back"), lambda: departures.undo_dialog(self.owner, stay.id), needs=endings.undo
        )
        return held(row(said, correct, *([back] if is_last else []), None, gap=14))

    def _correct_departure(self, stay: StayRow) -> None:
        def show(found: StayDepartures) -> None:
            if found.ended is not None:
                departures.correct_dialog(self.owner, found).open()

        work.run_query(self.owner, of_stay, show, stay_id=stay.id)

    def _limits(self, stay: StayRow) -> QWidget:
        table = _limits(stay)
        rows = {limit.id: limit for limit in stay.limits}
        table.followed.connect(lambda which, _name: corrections.take_back_limit(self.owner, stay, rows[which]).open())
        return table

    def _reviews(self, stay: StayRow) -> QWidget:
        table = _reviews(stay)
        rows = {review.due_on.toordinal(): review for review in stay.reviews}

        def follow(which: int, name: str) -> None:
            ask = corrections.correct_review if name == CORRECT else corrections.take_back_review
            ask(self.owner, stay, rows[which]).open()

        table.followed.connect(follow)
        return table


class Absences(Tab):
    """When the person was away."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Lay the table out."""
        super().__init__(owner, open_resident)
        self.table: Table[AbsenceRow] = Table(
            [
                Column("kind", _("Why"), lambda away: Cell(say(word(away.kind)), strong=True), width=130),
                Column(
                    "place",
                    _("Where to"),
                    lambda away: Cell(away.place, muted=_with(away.escort), hint=away.note),
                    stretch=True,
                ),
                moment_column("left", _(pgettext("absence", "Left")), lambda away: away.left, width=150),
                moment_column("due", _("Due back"), lambda away: away.due_back, width=150),
                Column(
                    "back",
                    _("Came back"),
                    _came_back,
                    width=170,
                    data={
                        **moment_data(_("Came back"), lambda away: away.returned),
                        _("Overdue"): lambda away: _("overdue") if away.is_overdue else None,
                    },
                ),
                Column("change", "", lambda away: _while_away(away, _("Change time"), absences.change_due), width=100),
                Column(
                    "return",
                    "",
                    lambda away: _while_away(away, _("Record return"), absences.return_),
                    width=110,
                ),
                *mending(correct=absences.correct, take_back=absences.take_back),
            ],
            name=_("Absences"),
            keeps="stay/absences",
            leaves=ONE_RESIDENT,
            fits=True,
            empty=Empty(_("The person was never away"), _("Record an absence when the person leaves for a while.")),
        )
        self.table.followed.connect(self._follow)
        self.setLayout(column(self.table, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Show the absences of a resident, the latest first."""
        self.table.show_rows(page.absences)

    def _follow(self, which: int, name: str) -> None:
        away = self.table.row(which)
        if away is None:
            return
        mends = {CORRECT: corrections.correct_absence, TAKE_BACK: corrections.take_back_absence}
        if name in mends:
            mends[name](self.owner, away).open()
        else:
            opened = dialogs.return_dialog if name == "return" else dialogs.due_dialog
            opened(self.owner, away.stay_id)


class History(Tab):
    """All that was done, from the trail."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Lay the table out."""
        super().__init__(owner, open_resident)
        self.table: Table[history.HistoryRow] = Table(
            [
                instant_column("at", _("When"), lambda entry: entry.at, width=140),
                Column("who", _("Who"), lambda entry: entry.user, width=130),
                Column("what", _("What"), lambda entry: Cell(say(entry.what), strong=True), width=250),
                Column(
                    "details",
                    _("Details"),
                    lambda entry: told(entry.details),
                    stretch=True,
                    outside=lambda entry: told(history.leaving(entry.details)).plain,
                ),
            ],
            name=_("History"),
            keeps="history",
            leaves=ONE_RESIDENT,
            fits=True,
            empty=Empty(_("Nothing was entered by hand"), _("What came in with a file is entered for its programme.")),
        )
        self.setLayout(column(self.table, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Read what was done to a resident."""
        work.run_query(self, history.of_resident, self.table.show_rows, latest="history", resident_id=page.row.id)


def _with(escort: str) -> str:
    return _("with {escort}", escort=escort) if escort else ""


def _came_back(away: AbsenceRow) -> Cell:
    if away.returned is not None:
        return Cell(when(away.returned))
    if away.is_overdue:
        return Cell(chips=((_("Away, overdue"), Tone.RED),))
    return Cell(chips=((_("Away"), Tone.AMBER),))


def _while_away(away: AbsenceRow, command: str, action: Declared) -> Cell:
    return Cell(command, link=True) if away.returned is None and permissions.may(action) else Cell()


def _limits(stay: StayRow) -> "Table[LimitRow]":
    table: Table[LimitRow] = Table(
        [
            Column(
                "day",
                _("Last day"),
                _limit_day,
                width=170,
                data={
                    _("Last day"): lambda limit: limit.limit_on,
                    _("Holds"): lambda limit: _("holds") if limit.holds else None,
                },
            ),
            Column("basis", _("Ground"), lambda limit: say(word(limit.basis)), width=140),
            day_column("from", _("Holds from"), lambda limit: limit.valid_from, width=110),
            Column("who", _("Decided by"), lambda limit: Cell(limit.decided_by, hint=limit.decided_by), width=170),
            Column(
                "authority",
                _("Authority"),
                lambda limit: Cell(limit.authority, hint=limit.authority),
                width=170,
                spare=1,
            ),
            Column("reason", _("Reason"), _reason, stretch=True),
            *mending(take_back=actions.take_back_limit, of=lambda limit: limit.can_be_taken_back),
        ],
        name=_("Limits of the stay"),
        keeps="stay/limits",
        leaves=ONE_RESIDENT,
        fits=True,
        framed=False,
        empty=Empty(_("This stay has no limit")),
    )
    table.show_rows(tuple(reversed(stay.limits)))
    return table


def _limit_day(limit: LimitRow) -> Cell:
    day = _("none") if limit.limit_on is None else tr().date(limit.limit_on)
    return Cell(day, strong=limit.holds, chips=((_("holds"), Tone.GREEN),) if limit.holds else ())


def _reason(limit: LimitRow) -> Cell:
    if not limit.entered_by:
        return Cell(limit.reason, hint=limit.reason)
    entered = _("Entered by {who} on {when}", who=limit.entered_by, when=at_clock(limit.entered_at))
    return Cell(limit.reason, hint="\n".join(part for part in (limit.reason, entered) if part))


def _reviews(stay: StayRow) -> "Table[ReviewRow]":
    table: Table[ReviewRow] = Table(
        [
            day_column("due", _("Due on"), lambda review: review.due_on, width=170),
            Column("state", _("State"), _review_state, width=140),
            day_column("held", _("Held on"), lambda review: review.held_on, width=128),
            Column("who", _("Held by"), lambda review: review.held_by, width=170),
            Column("outcome", _("Outcome"), lambda review: Cell(review.outcome, hint=review.outcome), stretch=True),
            *mending(
                correct=actions.correct_review,
                take_back=actions.take_back_review,
                of=lambda review: review.held_on is not None,
            ),
        ],
        name=_("Reviews of the stay"),
        keeps="stay/reviews",
        leaves=ONE_RESIDENT,
        row_id=lambda review: review.due_on.toordinal(),
        fits=True,
        framed=False,
        empty=Empty(_("This stay has no reviews")),
    )
    table.show_rows(stay.reviews)
    return table


def _review_state(review: ReviewRow) -> Cell:
    if review.state is ReviewState.DUE and review.due_on > session.today():
        return Cell(chips=((_("To come"), Tone.GREY),))
    tones = {ReviewState.HELD: Tone.GREEN, ReviewState.DUE: Tone.AMBER, ReviewState.LATE: Tone.RED}
    return Cell(chips=((say(word(review.state)), tones[review.state]),))
