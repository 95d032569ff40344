"""Who in the register may be the same person: the likely pairs, each settled side by side."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from models.actions import joinings
from models.changes import Changes, Kind
from models.ids import ImportId
from models.queries import duplicates as queries
from models.queries.duplicates import MOST, Found, ImportChoice, PairRow
from models.queries.residents import ResidentRow
from models.rules.papers import DUPLICATES
from models.rules.vocabulary import DepartureKind
from models.store.register import Register
from ui import work
from ui.kit.columns import Cell, Column
from ui.kit.commands import Command
from ui.kit.fields import Combo
from ui.kit.labels import Button
from ui.kit.layout import Empty, PageHeader
from ui.kit.page import Page, Place
from ui.kit.table import Table
from ui.language import _, isolated, plural, say, tr
from ui.presentation import born
from ui.residents import joining


class DuplicatesPage(Page):
    """The pairs that were found when the register was last looked through; those that are settled are gone."""

    kinds: ClassVar[Changes] = frozenset({Kind.RESIDENT, Kind.STAY, Kind.IMPORT})

    def __init__(self) -> None:
        """Lay it out; nothing is looked for until somebody asks, since it takes long in a large register."""
        super().__init__()
        self._found: Found | None = None
        self._wished: ImportId | None = None
        self.whom = Combo()
        self.whom.setAccessibleName(_("Who is looked for"))
        self.whom.addItem(_("All residents"), None)
        self.look = Button(_("Look through the register"), self.look_through, kind="primary")
        may = work.may_let_out(DUPLICATES)
        self.header = PageHeader(_("Who may be the same"), "", [self.look] if may else [])
        self.empty = Empty(
            _("Nobody was looked for yet"),
            _(
                "Residents who may be one person are found by their names in any spelling and script, by births and by "
                "numbers. Nobody is merged: a person decides on each pair."
            ),
        )
        self.table: Table[PairRow] = Table(
            [
                Column("this", _("Resident"), lambda pair: _who(pair.this), width=330),
                Column("other", _("Perhaps the same as"), lambda pair: _who(pair.other), width=330),
                Column("why", _("Why"), _why, width=200, stretch=True),
                Column("do", "", lambda _pair: Cell(_("Side by side"), link=True), width=120, right=True),
            ],
            name=_("Who may be the same"),
            keeps="duplicates",
            tools=[self.whom] if may else [],
            leaves=DUPLICATES,
            commands=self._commands,
            empty=self.empty,
        )
        self.table.opened.connect(self._compare)
        self.table.followed.connect(lambda which, _column: self._compare(which))
        self.body.addWidget(self.header)
        self.body.addWidget(self.table, 1)

    def show_at(self, where: Place) -> None:
        """Show what was found; of an import, `import_id`, choose those who came with it."""
        if "import_id" in where:
            self._wished = ImportId(int(where["import_id"]))
        super().show_at(where)

    def refresh(self) -> None:
        """Read how the pairs stand now, and which files have brought people in."""
        work.run_query(self, queries.imports, self._show_imports, latest="imports")
        if self._found is not None:
            work.run_query(self, queries.rows, self._show_rows, latest="rows", pairs=self._found.pairs)

    def look_through(self) -> None:
        """Look for them, in the whole register; it can be cancelled."""
        import_id: ImportId | None = self.whom.currentData()

        def job(register: Register, progress: work.Progress, _is_stopped: Callable[[], bool]) -> Found:
            with register.read() as snapshot:
                return queries.find(snapshot, import_id=import_id, progress=progress)

        work.run_long(self, job, title=_("Looking through the register"), on_done=self._show_found)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _show_imports(self, found: Sequence[ImportChoice]) -> None:
        chosen, self._wished = self._wished or self.whom.currentData(), None
        while self.whom.count() > 1:
            self.whom.removeItem(1)
        for each in found:
            text = plural(
                "{n} person who came with the file of {day}", "{n} people who came with the file of {day}", each.people,
                day=each.on,
            )  # fmt: skip
            self.whom.addItem(text, each.id)
        self.whom.setCurrentIndex(max(0, self.whom.findData(chosen)))

    def _show_found(self, found: Found) -> None:
        self._found = found
        number = tr().number
        compared = plural("{n} resident was compared", "{n} residents were compared", found.compared)
        pairs = (
            _("more than {n} pairs may be one person each", n=number(found.n))
            if found.is_more
            else plural("{n} pair may be one person", "{n} pairs may be one person each", found.n)
        )
        cut = found.is_more or found.n > len(found.pairs)
        shown = _("the {n} likeliest are shown: settle them, and look again", n=number(MOST)) if cut else ""
        self.header.say(_("Who may be the same"), " · ".join(filter(None, (compared, pairs, shown))))
        self.empty.title.setText(_("Nobody seems to be somebody else as well"))
        self.refresh()

    def _show_rows(self, rows: Sequence[PairRow]) -> None:
        self.table.show_rows(rows)

    def _compare(self, which: int) -> None:
        pair = self.table.row(which)
        if pair is not None:
            joining.compare(self, pair.this.id, pair.other.id)

    def _commands(self, pair: PairRow) -> Sequence[Command]:
        this, other = pair.this, pair.other
        return [
            Command(_("Side by side"), partial(joining.compare, self, this.id, other.id)),
            Command(_("Join"), partial(joining.join_dialog, self, this.id, other.id), needs=joinings.join),
            Command(
                _("Somebody else"),
                lambda: joining.apart_dialog(self, (this.id, this.number), (other.id, other.number)).open(),
                needs=joinings.tell_apart,
            ),
            *(
                Command(_("Open {number}", number=each.number), partial(self.open, "residents", resident_id=each.id))
                for each in (this, other)
            ),
        ]


def _who(found: ResidentRow) -> Cell:
    """The name, and what tells two of one name apart: number, birth, and that somebody has died."""
    said = [found.number, born(found.facts.birth)]
    if found.departure_kind is DepartureKind.DEATH and found.departed_on is not None:
        said.append(_("Died on {date}", date=found.departed_on))
    return Cell(isolated(found.name), strong=True, muted=" · ".join(said))


def _why(pair: PairRow) -> Cell:
    reasons = " ".join(map(say, pair.reasons))
    return Cell(reasons, hint=reasons)
