"""The trail as it is read: by person, by resident, by day; verified, and saved for an inspector."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from models.actions import papers
from models.changes import EVERYTHING, Changes
from models.errors import Unavailable
from models.exchange.table_export import write_listing
from models.queries import trail as queries
from models.queries.trail import TrailRow
from models.store.snapshot import Snapshot
from models.store.verify import Verified
from reports.catalogue import TRAIL
from ui.kit import prompts, session
from ui.kit.columns import Cell, Column, Listing
from ui.kit.fields import ChoiceField
from ui.kit.form import Form
from ui.kit.labels import Button
from ui.kit.layout import Card, Empty, PageHeader, column, row
from ui.kit.notices import toast
from ui.kit.page import Page
from ui.kit.pick import PickField
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.kit.typed_fields import DateField
from ui.language import _, plural, say, tr
from ui.papers.keeping import Kept, save_paper
from ui.search import find
from ui.trail.presentation import told
from ui.work import Progress, Register, run_action, run_long, run_query, show_unavailable

if TYPE_CHECKING:
    from reports.trail import Line

_PART = 1000


class TrailPage(Page):
    """Every entry in words."""

    kinds: ClassVar[Changes] = EVERYTHING

    def __init__(self) -> None:
        """Lay the page out: what to look for, and the entries."""
        super().__init__(scrolls=False)
        self.verify = Button(_("Verify the trail"), self._verify)
        self.paper = Button(_("Save for an inspector"), self._save_paper)
        self._chosen: dict[str, Any] = {}
        self.person: ChoiceField[str] = ChoiceField("user", _("Who"), [], none=_("Everybody"), wide=False)
        self.resident: PickField[Any] = PickField("resident_id", _("About a resident"), find, wide=False)
        self.form = Form(
            [
                self.person,
                self.resident,
                DateField("since", _("From"), wide=False),
                DateField("until", _("To"), wide=False),
            ],
            columns=4,
        )
        self.table: Table[TrailRow] = Table(
            [
                Column("at", _("When"), lambda entry: tr().value(_local(entry)), width=140, sort=True),
                Column("user", _("Who"), lambda entry: entry.user, width=130, sort=True),
                Column("what", _("What"), _what, width=250),
                Column("whom", _("About"), lambda entry: entry.whom, width=180),
                Column("details", _("Details"), lambda entry: told(entry.details), width=70, stretch=True),
                Column("id", _("Number"), lambda entry: tr().number(entry.id), width=80, right=True, hidden=True),
                Column("hash", _("Hash"), lambda entry: entry.hash, width=200, hidden=True),
            ],
            name=_("Trail"),
            load_ids=queries.ids,
            load_rows=queries.rows,
            sort="at",
            descending=True,
            filter_hint=_("Name, number or word"),
            export=self._export,
            empty=Empty(_("Nothing of that kind was done"), _("Look for another person, resident or day.")),
        )
        self.look = Button(_("Show"), self._narrow, kind="primary")
        across = row(gap=16)
        across.addWidget(self.form, 1)
        beside = column(self.look, None)
        beside.setContentsMargins(0, 24, 0, 0)  # level with the lines of the fields, below their labels
        across.addLayout(beside)
        filters = Card("")
        filters.body.addLayout(across)
        about = _("Who did what, to whom and when. Nothing of it can be changed.")
        self.body.addWidget(PageHeader(_("Trail"), about, [self.paper, self.verify]))
        self.body.addWidget(filters)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the newest entries, and who there is."""
        self.table.reload()
        run_query(self, queries.users, self._offer, latest="users")

    def _offer(self, names: Sequence[str]) -> None:
        self.person.offer([(name, name) for name in names])

    def _narrow(self) -> None:
        if self.form.check():
            values = self.form.values()
            self._chosen = {name: values.get(name) for name in ("user", "resident_id", "since", "until")}
            self.table.narrow(**self._chosen)

    def _verify(self) -> None:
        def job(register: Register, progress: Progress, _cancelled: Callable[[], bool]) -> Verified:
            with register.read() as snapshot:
                return queries.verified(snapshot, progress=progress)

        run_long(self, job, title=_("Verifying the trail"), on_done=self._verified)

    def _verified(self, found: Verified) -> None:
        if found.problem is None:
            said = plural("{n} entry, and it fits.", "{n} entries, and all fit.", found.entries)
            head = _("The last hash: {hash}", hash=found.head)
            prompts.tell(self, _("The trail is whole"), f"{said}\n{head}")
        else:
            todo = _("Do not work on. Keep this register as it is, and restore the last backup that verifies.")
            prompts.tell(self, _("The trail was changed"), f"{say(found.problem)}\n{todo}")

    def _save_paper(self) -> None:
        """Save what is shown as a paper, the trail verified; that it was saved is an entry too."""
        chosen = {**self._chosen, "text": self.table.text}
        language, who, shown = tr().language, session.who(), self._shown()

        def draw(register: Register, progress: Progress, _cancelled: Callable[[], bool]) -> bytes:
            from reports import trail as paper

            with register.read() as snapshot:
                found = queries.verified(snapshot, progress=progress)
                return paper.draw(
                    _lines(snapshot, chosen, progress),
                    language=language,
                    facility=snapshot.facility.name,
                    letterhead=snapshot.facility.letterhead,
                    shown=shown,
                    verified=found.entries,
                    problem=found.problem,
                    trail_head=found.head,
                    printed_by=who,
                    printed_at=snapshot.now.astimezone(snapshot.facility.zone),
                )

        def keep(pdf: bytes) -> None:
            day = session.today().isoformat()
            kept = Kept(pdf, f"{TRAIL.id}-{day}", TRAIL.id, f"day:{day}")
            save_paper(self, kept, title=_("Save the trail"), ending=".pdf", kinds=_("PDF (*.pdf)"))

        run_long(self, draw, title=_("Making the paper"), on_done=keep)

    def _shown(self) -> str:
        """What is chosen, in words."""
        who, resident = self.person.shown() if self._chosen.get("user") else "", self.resident.found
        since, until = self._chosen.get("since"), self._chosen.get("until")
        parts = [
            who,
            resident.text if resident is not None and self._chosen.get("resident_id") else "",
            _("from {day} on", day=since) if since else "",
            _("up to {day}", day=until) if until else "",
            _("with “{text}”", text=self.table.text) if self.table.text else "",
        ]
        return " · ".join(part for part in parts if part) or _("everything")

    def _export(self, listing: Listing) -> None:
        """Save what is shown as a file for an inspector; that it was saved is an entry too."""
        name = _("Trail {day}", day=session.today().isoformat()) + ".csv"
        path = prompts.ask_save_path(self, _("Save the trail"), name, _("List (*.csv)"))
        if path is None:
            return
        try:
            digest = write_listing(path, titles=listing.titles, rows=listing.rows)
        except Unavailable as error:
            show_unavailable(self, error)
            return
        count = len(listing.rows)
        subject = f"day:{session.today().isoformat()}"

        def said(_none: None) -> None:
            toast(self, plural("{n} row was saved.", "{n} rows were saved.", count))

        run_action(self, papers.saved, on_done=said, paper="trail", subject=subject, digest=digest)


def _lines(snapshot: Snapshot, chosen: Mapping[str, Any], progress: Progress) -> Iterator["Line"]:
    """The chosen entries, the first one first."""
    from reports.trail import Line

    ids = queries.ids(snapshot, descending=False, **chosen)
    for start in range(0, len(ids), _PART):
        progress(start, len(ids))
        for entry in queries.rows(snapshot, ids=ids[start : start + _PART]):
            said = tr().value(_local(entry)), entry.user, say(entry.what), entry.whom, told(entry.details).text
            yield Line(*said)


def _local(entry: TrailRow) -> datetime:
    return entry.at.astimezone(session.zone())


def _what(entry: TrailRow) -> Cell:
    chips = ((_("Refused"), Tone.AMBER),) if entry.is_refusal else ()
    return Cell(say(entry.what), strong=not entry.is_refusal, chips=chips)
