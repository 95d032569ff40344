"""Programmes: the list of all, and each as one page with its agreement, places, counting, selection and report."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.actions import programmes as actions
from models.changes import Changes, Kind
from models.ids import ProgrammeId
from models.queries import programmes as queries
from models.queries.programmes import ProgrammeRow, ProgrammeWhole
from models.rules.papers import AGREEMENTS
from models.rules.presets import PRESETS
from models.rules.vocabulary import Regime
from models.rules.wording import word
from models.store.declaring import Action
from models.text import pgettext
from ui import prompts
from ui.kit.choosing import Tabs
from ui.kit.columns import Cell, Column, number_column
from ui.kit.commands import Command
from ui.kit.labels import Button, Chip, LinkButton, MenuButton
from ui.kit.layout import Empty, PageHeader, column, held, row
from ui.kit.page import Page, Place
from ui.kit.table import Table
from ui.kit.tokens import GAP, Tone
from ui.kit.undoing import former
from ui.language import _, plural, say, tr
from ui.programmes import dialogs, parts, presets, report, sections
from ui.work import run_query


class ProgrammesPage(Page):
    """The agreements: all of them, or one."""

    kinds: ClassVar[Changes] = frozenset({Kind.PROGRAMME, Kind.STAY, Kind.CANDIDATE, Kind.MONTH})

    def __init__(self) -> None:
        """Lay out the list and the page of one."""
        super().__init__()
        self._programme_id: ProgrammeId | None = None
        self._codes: frozenset[str] = frozenset()
        self.list = _List(self._add_preset, self._add_own)
        self.list.table.opened.connect(self._open_one)
        self.list.table.followed.connect(lambda programme_id, _name: self._open_one(programme_id))
        self.one = _One(lambda: self.open("programmes"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.one)
        self.body.addWidget(self._stack)

    def show_at(self, where: Place) -> None:
        """Show one programme, by `programme_id`, or all."""
        wanted = where.get("programme_id")
        if wanted != self._programme_id:
            self.one.empty()
        self._programme_id = wanted
        self._stack.setCurrentWidget(self.list if wanted is None else self.one)
        super().show_at(where)

    def refresh(self) -> None:
        """Read what is shown."""
        if self._programme_id is None:
            run_query(self, queries.rows, self._show_all, latest="programmes")
        else:
            run_query(
                self, queries.whole, self.one.show_programme, latest="programmes", programme_id=self._programme_id
            )

    def _show_all(self, rows: Sequence[ProgrammeRow]) -> None:
        self._codes = frozenset(row.code for row in rows)
        self.list.table.show_rows(rows)

    def _open_one(self, programme_id: ProgrammeId) -> None:
        self.open("programmes", programme_id=programme_id)

    def _add_preset(self) -> None:
        codes = [code for code in PRESETS if code not in self._codes]
        if codes:
            presets.preset_dialog(self, codes, self._open_one).open()
        else:
            prompts.tell(self, _("All ready-made programmes are there"), _("Add one of your own instead."))

    def _add_own(self) -> None:
        dialogs.create_dialog(self, self._open_one).open()


class _List(QWidget):
    """All programmes."""

    def __init__(self, add_preset: Callable[[], None], add_own: Callable[[], None]) -> None:
        super().__init__()
        new = MenuButton(
            _("New programme"),
            [Command(_("Ready-made"), add_preset), Command(_("One of your own"), add_own)],
            needs=actions.create,
        )
        header = PageHeader(_("Programmes"), _("Agreements under which people are hosted"), [new])
        self.table: Table[ProgrammeRow] = Table(
            [
                Column("code", _("Programme"), lambda row: Cell(row.code, link=True), width=104),
                Column("title", _("What it is"), lambda row: _(row.title), stretch=True),
                number_column("roll", _("On the roll"), lambda row: row.on_roll, width=136),
                Column(
                    "places",
                    _("Places taken"),
                    _places,
                    width=140,
                    right=True,
                    data={_("Places taken"): lambda row: row.taken, _("Places"): lambda row: row.places},
                ),
                Column(
                    "window",
                    _("Admits"),
                    _window,
                    width=196,
                    spare=1,
                    data={
                        _("Admits from"): lambda row: row.window_start,
                        _("Admits until"): lambda row: row.window_end,
                    },
                ),
                Column("state", _("State"), _state, width=142),
            ],
            name=_("Programmes"),
            keeps="programmes",
            leaves=AGREEMENTS,
            fits=True,
            empty=Empty(
                _("There are no programmes yet"),
                _("A programme is an agreement with a partner government. Add a ready-made one, or one of your own."),
                [
                    Button(_("Add a ready-made one"), add_preset, kind="primary", needs=actions.add_preset),
                    Button(_("One of your own"), add_own, needs=actions.create),
                ],
            ),
        )
        self.setLayout(column(header, self.table, None))


def _places(programme: ProgrammeRow) -> Cell:
    if programme.places is None:
        return Cell(tr().number(programme.taken), muted=_(pgettext("places", "no limit")))
    taken = _("{taken} of {places}", taken=programme.taken, places=programme.places)
    return Cell(taken, tone=Tone.RED if (programme.left or 0) < 0 else None)


def _window(programme: ProgrammeRow) -> str:
    if programme.window_end is None:
        return _("from {start}", start=programme.window_start)
    return _("{start} to {end}", start=programme.window_start, end=programme.window_end)


def _state(programme: ProgrammeRow) -> Cell:
    if programme.is_closed:
        return Cell(chips=((_("Closed"), Tone.GREY),))
    tone = Tone.AMBER if programme.regime is Regime.DETAINED else Tone.GREEN
    return Cell(chips=((say(word(programme.regime)), tone),))


class _One(QWidget):
    """One programme with its parts as tabs."""

    def __init__(self, back: Callable[[], None]) -> None:
        super().__init__()
        self._programme: ProgrammeWhole | None = None
        self._header = PageHeader("")
        self._chips = row(None, gap=6)
        self._close = Button(_("Close the programme"), self._ask_close, needs=actions.close)
        self._reopen = Button(_("Open again"), self._open_again, needs=actions.reopen)
        for button in (self._close, self._reopen):
            button.hide()
        above = held(row(LinkButton(_("All programmes"), back), None))
        head = held(row(self._header, self._reopen, self._close, gap=8))
        for each in (above, head):  # what is pressed there is offered by the right button
            each.setProperty("role", "pageHeader")
        self.tabs = Tabs(_("The parts of the programme"))
        for key, (title, maker) in self._parts().items():
            self.tabs.add(key, title, maker)
        self._body = held(column(head, self._chips, self.tabs, gap=GAP))
        self._body.hide()
        self.setLayout(column(above, self._body, None, gap=4))

    def empty(self) -> None:
        """Show nothing until the next programme is read."""
        self._programme = None
        self._body.hide()

    def show_programme(self, programme: ProgrammeWhole) -> None:
        """Show a programme; the same part of it as before."""
        self._programme = programme
        found = programme.row
        self._header.say(found.code, _("{title}, with {partner}", title=_(found.title), partner=_(found.partner)))
        self._show_chips(programme)
        self._close.setVisible(not found.is_closed)
        self._reopen.setVisible(found.is_closed)
        key = self.tabs.key
        self.tabs.forget()
        self.tabs.turn_to(key)
        self._body.show()

    def _show_chips(self, programme: ProgrammeWhole) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        found = programme.row
        chips = [Chip(_("Closed"), Tone.GREY)] if found.is_closed else []
        chips.append(Chip(say(word(found.regime)), Tone.AMBER if found.regime is Regime.DETAINED else Tone.GREEN))
        chips.append(Chip(_("{n} on the roll", n=found.on_roll), Tone.BLUE))
        if found.left is not None:
            none_left = found.left <= 0
            text = _("No place left") if none_left else plural("{n} place left", "{n} places left", found.left)
            chips.append(Chip(text, Tone.RED if none_left else Tone.GREY))
        for chip in chips:
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def _parts(self) -> Mapping[str, tuple[str, Callable[[], QWidget]]]:
        def made(part: Callable[[ProgrammeWhole], QWidget]) -> Callable[[], QWidget]:
            return lambda: part(self._programme) if self._programme else QWidget()

        return {
            "agreement": (_("Agreement"), made(sections.agreement)),
            "places": (_("Places and limits"), made(sections.places)),
            "counting": (_("Counting and payments"), made(sections.Counting)),
            "selection": (_("Selection"), made(sections.Selection)),
            "arrival": (_("Arrival"), made(sections.arrival)),
            "departures": (_("Departures"), made(sections.Departures)),
            "report": (_("Monthly report"), made(report.Report)),
        }

    def _ask_close(self) -> None:
        programme = self._programme
        if programme is not None and prompts.confirm(
            self,
            _("Close the programme {code}?", code=programme.row.code),
            _("It takes no lists and no arrivals any more. Its reports stay, and it can be opened again."),
            yes=_("Close the programme"),
        ):
            self._run(actions.close, _("The programme {code} was closed.", code=programme.row.code), actions.reopen)

    def _open_again(self) -> None:
        if (programme := self._programme) is not None:
            self._run(actions.reopen, _("The programme {code} is open again.", code=programme.row.code), actions.close)

    def _run(self, action: Callable[..., None], done: str, back: Action[Any, ..., Any]) -> None:
        if (programme := self._programme) is not None:
            undoes = former(back, programme.version, programme_id=programme.row.id)
            parts.change_part(self, programme, action, done, undoes)
