"""A window with every widget of the kit in it, for tests to look over and for eyes to look at."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.rules.papers import RESIDENTS
from tests.ui.kit.fakes import FakeRegister, Guest, guest_ids, guest_rows
from ui.banner import Line
from ui.codes import CountryField
from ui.departures.steps import Step, Steps
from ui.kit.choosing import Tabs
from ui.kit.columns import Cell, Column
from ui.kit.commands import Command
from ui.kit.fields import CheckField, ChoiceField, ListField, LongTextField, TextField
from ui.kit.form import Form, Section
from ui.kit.labels import Button, Chip, LinkButton, MenuButton, Text
from ui.kit.layout import Card, Empty, KeyValues, PageHeader, Tile, column, row
from ui.kit.notices import Callout
from ui.kit.page import Page
from ui.kit.search import Found
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.kit.typed_fields import BirthDateField, DateField, MomentField, MoneyField, NumberField
from ui.navigation import Area, Badge
from ui.preview.view import PdfView
from ui.residents.timeline import Bar, Lane, TimeLine
from ui.shell import Frame, MainWindow
from ui.today.night_bars import NightBars

TODAY = date(2026, 11, 21)


class Task(tuple[int, str, str, Tone, str, str, str, str]):
    """One line of the work list."""

    @property
    def id(self) -> int:
        return self[0]


TASKS = [
    Task(
        (
            1,
            "since 18 Nov",
            "Limit passed",
            Tone.RED,
            "Noori, Nasrullah",
            "K-0031",
            "Stay limit 18 Nov; extension not decided",
            "Decide extension",
        )
    ),
    Task(
        (
            2,
            "since 20 Nov",
            "Away, overdue",
            Tone.RED,
            "Okafor, Chidi",
            "K-0017",
            "Hospital visit, due back 20 Nov 18:00",
            "Record return",
        )
    ),
    Task(
        (
            3,
            "today",
            "Review due",
            Tone.AMBER,
            "Hernández, María",
            "K-0024",
            "90-day review of departure plan",
            "Open review",
        )
    ),
    Task(
        (
            4,
            "today 14:30",
            "Arrival",
            Tone.BLUE,
            "2 people",
            "List US-07",
            "Family Rahmani; rooms 12A, 12B held",
            "Register arrival",
        )
    ),
    Task(
        (
            5,
            "today 22:00",
            "Roll call",
            Tone.GREY,
            "All residents",
            "",
            "Last roll balanced: 38 = 36 + 2",
            "Start roll call",
        )
    ),
    Task(
        (
            6,
            "23 Nov",
            "Departure",
            Tone.GREEN,
            "Nguyen, Van Thanh",
            "K-0009",
            "Return, Hanoi; all 9 steps done",
            "Hand-over sheet",
        )
    ),
    Task(
        (
            7,
            "24 Nov",
            "Blocked",
            Tone.RED,
            "Ahmadzai, Gul",
            "K-0012",
            "Non-refoulement check older than 30 days",
            "See what is missing",
        )
    ),
    Task(
        (
            8,
            "by 5 Dec",
            "Report",
            Tone.AMBER,
            "November 2026",
            "US-2025",
            "Opens 1 Dec; 2 entries need a date",
            "Check entries",
        )
    ),
]


class TodayPage(Page):
    """As design/today.png."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(PageHeader("Today", "Saturday 21 November 2026"))
        chart = Card("Present at midnight, last 30 days")
        bars = NightBars("Present at midnight, last 30 days")
        bars.show_nights(
            [(TODAY - timedelta(days=30 - at), (35, 35, 36)[min(at // 3, 2)] if at < 27 else 38) for at in range(30)]
        )
        chart.body.addWidget(bars)
        chart.setFixedWidth(297)
        tiles = row(
            Tile("36", "Present now", "38 on the roll, 2 away, 1 overdue"),
            Tile("3 of 50", "Places left", "US-2025, until 10 June 2027"),
            Tile("3", "Leaving within 7 days", "2 ready, 1 blocked"),
            Tile("4", "Past a limit or review", "shown in the report", Tone.RED),
        )
        for at in range(tiles.count()):
            tiles.setStretch(at, 1)
        tiles.addWidget(chart)
        self.body.addLayout(tiles)
        card = Card("What needs a person today", "7 items · most urgent first", flush=True)
        self.tasks: Table[Task] = Table(
            [
                Column("when", "When", lambda one: one[1], width=104),
                Column("what", "What", lambda one: Cell(chips=((one[2], one[3]),)), width=128),
                Column("who", "Who", lambda one: Cell(one[4], strong=True, muted=one[5]), width=305),
                Column("why", "Why", lambda one: one[6], stretch=True),
                Column("do", "What to do", lambda one: Cell(one[7], link=True), width=190, right=True),
            ],
            name="What needs a person today",
            header=False,
            fits=True,
            framed=False,
            choosable=False,
        )
        self.tasks.show_rows(TASKS)
        card.body.addWidget(self.tasks)
        self.body.addWidget(card)
        self.body.addStretch(1)


class ResidentPage(Page):
    """As design/resident.png."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addLayout(self._head())
        lines = Card()
        line = TimeLine("Stay, rooms, absences and decisions")
        line.show_lanes(
            [
                Lane("Stay", (Bar(date(2026, 6, 26), date(2026, 12, 22), "26 Jun 2026 to limit 22 Dec 2026"),)),
                Lane(
                    "Room",
                    (
                        Bar(date(2026, 6, 26), date(2026, 8, 11), "Room 4, bed B", soft=True),
                        Bar(date(2026, 8, 11), date(2026, 12, 22), "Room 12, bed A"),
                    ),
                ),
                Lane(
                    "Away",
                    (
                        Bar(date(2026, 8, 26), date(2026, 9, 4), "Hospital", Tone.AMBER),
                        Bar(date(2026, 10, 30), date(2026, 11, 3), "Court", Tone.AMBER),
                    ),
                ),
                Lane(
                    "Decisions",
                    tuple(
                        Bar(day, None, "Decision served", Tone.GREY, mark=True)
                        for day in (date(2026, 6, 26), date(2026, 9, 20), date(2026, 11, 18))
                    ),
                ),
            ],
            date(2026, 6, 12),
            date(2027, 1, 25),
            TODAY,
        )
        lines.body.addWidget(line)
        self.body.addWidget(lines)
        tabs = Tabs("Parts of the file")
        for key, title in (
            ("overview", "Overview"),
            ("identity", "Identity and documents"),
            ("stay", "Stay"),
            ("room", "Room"),
            ("absences", "Absences"),
        ):
            tabs.add(key, title, lambda: Empty("Nothing here yet", "It comes with the first absence."))
        tabs.add("departure", "Departure", self._departure)
        tabs.add("history", "History", lambda: Empty("Nothing here yet"))
        tabs.turn_to("departure")
        self.body.addWidget(tabs)
        self.body.addStretch(1)

    def _head(self) -> QHBoxLayout:
        photo = Text("GA", "photo")
        photo.setFixedSize(64, 76)
        photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = row(Text("Ahmadzai, Gul", "title"), Text("گل احمدزی", "native"), None, gap=10)
        chips = row(
            Chip("Present", Tone.GREEN),
            Chip("US-2025", Tone.BLUE),
            Chip("Day 149 of 180", Tone.AMBER),
            Chip("Departure blocked", Tone.RED),
            None,
            gap=4,
        )
        note = Text("K-0012 · man, born about 1991 · Afghanistan · Dari, some English (interpreter needed)")
        words = column(name, note, chips, gap=5)
        head = row(photo, gap=14)
        head.addLayout(words, 1)
        for button in (
            Button("Record absence"),
            Button("Move room"),
            MenuButton("Print", [Command("Card", lambda: None), Command("Individual file", lambda: None)]),
        ):
            head.addWidget(button)
        return head

    def _departure(self) -> QWidget:
        steps = Card("Assisted voluntary return, Kabul, 24 Nov 2026", "7 of 9 steps done", flush=True)
        steps.body.addWidget(
            Steps(
                [
                    Step("done", "Counselling held", "12 Nov, in Dari, interpreter F. Sadat"),
                    Step("done", "Consent signed", "14 Nov; can be withdrawn up to departure"),
                    Step(
                        "stop",
                        "Non-refoulement check",
                        "Last 19 Oct: older than 30 days on the day of travel",
                        "Record new check",
                    ),
                    Step("done", "Travel document", "Passport P0283714, valid to 3 Mar 2028"),
                    Step("done", "Fit to travel", "Dr. L. Krasniqi, 18 Nov"),
                    Step("done", "Family unity", "Travels alone; no family in the centre"),
                    Step("done", "Ticket", "PRN 24 Nov 06:15, TK1018 / TK706"),
                    Step("open", "Property returned", "3 items held", "Hand over"),
                    Step("done", "Partner told", "Notice sent 19 Nov"),
                ]
            )
        )
        stops = Card("What stops this departure")
        stops.body.addWidget(
            Text(
                "A non-refoulement check must be dated within 30 days of travel. The last one is 36 days old.",
                tone=Tone.RED,
                wrap=True,
            )
        )
        stops.body.addWidget(Text("Property can be handed over on the day.", wrap=True))
        record = Button("Record departure")
        record.setEnabled(False)
        stops.body.addWidget(record, 0, Qt.AlignmentFlag.AlignLeft)
        stops.body.addWidget(Text("A supervisor can move the date. Nobody can skip a check.", "note", wrap=True))
        stops.body.addStretch(1)
        both = QWidget()
        across = row()
        across.addWidget(steps, 2)
        across.addWidget(stops, 1)
        both.setLayout(across)
        return both


class Months(tuple[int, str, str, Tone, str, str, str]):
    """A month of reports."""

    @property
    def id(self) -> int:
        return self[0]


class ReportsPage(Page):
    """As design/reports.png."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(PageHeader("Monthly reports", "US-2025 · to the partner by the 5th of each month"))
        months: Table[Months] = Table(
            [
                Column("month", "Month", lambda one: Cell(one[1], strong=True), width=141),
                Column("state", "State", lambda one: Cell(chips=((one[2], one[3]),)), width=82),
                Column("number", "No.", lambda one: one[4], width=97),
                Column("due", "Due", lambda one: one[5], width=62),
                Column("note", "", lambda one: one[6], stretch=True),
            ],
            name="Months",
            fits=True,
            choosable=False,
        )
        issued = ("Issued", Tone.GREEN)
        months.show_rows(
            [
                Months((1, "November 2026", "Open", Tone.BLUE, "", "5 Dec", "2 entries need a date")),
                Months((2, "October 2026", *issued, "2026-10 r2", "5 Nov", "Corrects 1 departure date")),
                Months((3, "September 2026", *issued, "2026-09", "5 Oct", "")),
                Months((4, "August 2026", *issued, "2026-08", "5 Sep", "")),
                Months((5, "July 2026", *issued, "2026-07", "5 Aug", "")),
                Months((6, "June 2026", *issued, "2026-06", "5 Jul", "First month")),
            ]
        )
        figures = Card("October 2026, revision 2")
        rows = KeyValues(right=True)
        rows.add("On the roll on 1 October, 00:00", "32")
        rows.add("Admitted", "7")
        rows.add("Departed", "4")
        rows.add("On the roll on 1 November, 00:00", "35", strong=True, chip=Chip("balances", Tone.GREEN))
        rows.add("Person-nights", "1,046")
        rows.add("Changed since revision 1", "person-nights −2")
        figures.body.addWidget(rows)
        figures.body.addLayout(
            row(
                Button("Print", kind="primary"),
                Button("Save PDF"),
                Button("Save figures"),
                Button("Compare revisions"),
                None,
                gap=8,
            )
        )
        self.preview = PdfView("Preview of the report")
        across = row()
        left = column(months, figures, None)
        across.addLayout(left, 52)
        across.addWidget(self.preview, 48)
        self.body.addLayout(across, 1)


class ResidentsPage(Page):
    """A long list."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(PageHeader("Residents", "38 on the roll", [Button("Register arrival", kind="primary")]))
        self.table: Table[Guest] = Table(
            [
                Column(
                    "name", "Name", lambda one: Cell(one.name, strong=True, muted=one.number), stretch=True, sort=True
                ),
                Column(
                    "state",
                    "State",
                    lambda _one: Cell(chips=(("Present", Tone.GREEN), ("US-2025", Tone.BLUE))),
                    width=200,
                ),
                Column("nights", "Nights", lambda one: str(one.nights), width=90, right=True, sort=True),
                Column("hidden", "Number", lambda one: one.number, width=90, hidden=True),
                Column("do", "", lambda _one: Cell("Open", link=True), width=90, right=True),
            ],
            name="Residents",
            load_ids=guest_ids,
            load_rows=guest_rows,
            sort="name",
            filter_hint="Find in this list",
            leaves=RESIDENTS,
        )
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        self.table.reload()


class FormsPage(Page):
    """All fields."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(PageHeader("Register an arrival", "Everything that is typed stays until it is saved."))
        self.form = Form(every_field())
        card = Card("Who has come")
        card.body.addWidget(Callout("Admitting gives the person a bed from today."))
        card.body.addWidget(self.form)
        card.body.addLayout(
            row(
                None, Button("Cancel"), Button("Delete the plan", kind="danger"), Button("Admit", kind="primary"), gap=8
            )
        )
        card.body.addLayout(row(LinkButton("Open the list"), Button("Not now"), None))
        self.body.addWidget(card)
        self.body.addStretch(1)


def every_field() -> list[QWidget]:
    return [
        TextField("family", "Family name", required=True, wide=False, hint="As the document writes it."),
        TextField("given", "Given names", wide=False),
        BirthDateField("born", "Born", wide=False),
        ChoiceField("sex", "Sex", [("F", "woman"), ("M", "man"), ("X", "X")], wide=False),
        CountryField("country", "Nationality", wide=False, stateless=True),
        NumberField("days", "Days", unit="days", wide=False, value=180),
        Section("Stay"),
        MomentField("arrived", "Arrived", required=True, wide=False),
        DateField("until", "Limit", wide=False, value=date(2026, 12, 5)),
        MoneyField("rate", "Rate for a night", currency="EUR", wide=False),
        ListField("aliases", "Other names", wide=False),
        LongTextField("reason", "Reason", required=True),
        CheckField("explained", "Rights were explained in a language understood"),
    ]


class HugePage(Page):
    """Where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.body.addWidget(
            Empty("No rooms yet", "Add the first room, then its beds.", [Button("New room", kind="primary")]), 1
        )


def find(snapshot: FakeRegister, *, text: str) -> list[Found]:
    names = ["Ahmadzai, Gul", "Ahmadi, Zahra", "Noori, Nasrullah", "Okafor, Chidi", "Hernández, María"]
    return [
        Found(at, name, f"K-{at:04}", "Room 12, bed A")
        for at, name in enumerate(names)
        if text.casefold() in name.casefold()
    ]


def gallery(banner: str = "", on_taken: Callable[[Found], None] = lambda _found: None) -> MainWindow:
    areas = [
        Area("today", "Today", TodayPage, lambda _reading: Badge("7", Tone.RED, "7 need a person")),
        Area("residents", "Residents", ResidentsPage, lambda _reading: Badge("38")),
        Area("rooms", "Rooms", HugePage),
        Area("departures", "Departures", ResidentPage, lambda _reading: Badge("9")),
        Area("selection", "Selection", FormsPage, lambda _reading: Badge("12")),
        Area("reports", "Monthly reports", ReportsPage, lambda _reading: Badge("1 due", Tone.RED), "Paper"),
        Area("papers", "Papers", HugePage, None, "Paper"),
        Area("programmes", "Programmes", HugePage, None, "Set-up"),
        Area("administration", "Administration", HugePage, None, "Set-up"),
    ]
    made = MainWindow(
        Frame(
            facility="Reception Centre North",
            who="A. Berisha · Clerk",
            areas=areas,
            find=find,
            taken=on_taken,
            commands=[Command("Roll call", lambda: None), Command("Register arrival", lambda: None, kind="primary")],
            status=lambda _reading: ["36 present, 2 away, 38 on the roll", "Backed up today 06:00"],
        )
    )
    made.show_banners([Line(banner)] if banner else [])
    return made


def sample_pdf() -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for page in range(1, 4):
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 770, f"Monthly report, page {page}")
        canvas.rect(60, 500, 475, 200)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


SHOTS = Path(__file__).parents[3] / "build" / "gallery"
