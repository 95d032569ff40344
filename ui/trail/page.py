"""The trail as it is read: by person, by resident, by day; verified, and saved for an inspector."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from models.changes import EVERYTHING, Changes
from models.exchange import door
from models.exchange.door import Ready
from models.queries import trail as queries
from models.queries.history import leaving
from models.queries.trail import TrailRow
from models.rules.papers import TRAIL_LIST, Choice
from models.store.register import Register
from models.store.verify import Verified
from ui import prompts, session
from ui.kit import outgoing
from ui.kit.columns import Cell, Column, number_column
from ui.kit.fields import ChoiceField
from ui.kit.form import Form
from ui.kit.labels import Button
from ui.kit.layout import Card, Empty, PageHeader, column, row
from ui.kit.page import Page
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.kit.typed_fields import DateField
from ui.language import _, plural, say, tr
from ui.papers.catalogue import TRAIL
from ui.picks import PickField
from ui.presentation import instant_column
from ui.search import find
from ui.trail.presentation import told
from ui.work import Progress, run_long, run_query


class TrailPage(Page):
    """Every entry in words."""

    kinds: ClassVar[Changes] = EVERYTHING

    def __init__(self) -> None:
        """Lay the page out: what to look for, and the entries."""
        super().__init__()
        self.verify = Button(_("Verify the trail"), self._verify)
        self.paper = Button(_("Save for an inspector"), self._save_paper)
        self._chosen: dict[Choice, Any] = {}
        self.person: ChoiceField[str] = ChoiceField("user", _("Who"), [], none=_("Everybody"), wide=False)
        self.resident: PickField[Any] = PickField("resident_id", _("About a resident"), find, wide=False)
        self.form = Form(
            [
                self.person,
                self.resident,
                DateField("from_on", _("From"), wide=False),
                DateField("until_on", _("To"), wide=False),
            ],
            columns=4,
        )
        self.table: Table[TrailRow] = Table(
            [
                instant_column("at", _("When"), lambda entry: entry.at, width=140, sort=True),
                Column("user", _("Who"), lambda entry: entry.user, width=130, sort=True),
                Column(
                    "what",
                    _("What"),
                    _what,
                    width=250,
                    data={
                        _("What"): lambda entry: say(entry.what),
                        _("Refused"): lambda entry: _("Refused") if entry.is_refusal else None,
                    },
                ),
                Column("whom", _("About"), lambda entry: entry.whom, width=180),
                Column(
                    "details",
                    _("Details"),
                    lambda entry: told(entry.details),
                    width=70,
                    stretch=True,
                    outside=lambda entry: told(leaving(entry.details)).plain,
                ),
                number_column("id", _("Number"), lambda entry: entry.id, width=80, hidden=True),
                Column("hash", _("Hash"), lambda entry: entry.hash, width=200, hidden=True),
            ],
            name=_("Trail"),
            keeps="trail",
            load_ids=queries.ids,
            load_rows=queries.rows,
            sort="at",
            descending=True,
            filter_hint=_("Name, number or word"),
            leaves=TRAIL_LIST,
            empty=Empty(_("Nothing of that kind was done"), _("Look for another person, resident or day.")),
        )
        self.look = Button(_("Show"), self._narrow, kind="primary")
        beside = column(
            self.look, None, margins=(0, 24, 0, 0)
        )  # level with the lines of the fields, below their labels
        filters = Card("")
        filters.append(row((self.form, 1), beside, gap=16))
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
            self._chosen = {each: values.get(each) for each in TRAIL.takes}
            self.table.narrow(**{name: value for name, value in self._chosen.items() if name != Choice.TEXT})

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
        """Save what is shown as a paper, the trail verified."""
        language, chosen = tr().language, {**self._chosen, Choice.TEXT: self.table.text or None}

        def make(register: Register, progress: Progress) -> Ready:
            return door.drawn(register, TRAIL, language=language, chosen=chosen, progress=progress)

        name = f"{TRAIL.id}-{session.today()}"
        outgoing.make_and_save(self, TRAIL, name, make, title=_("Save the trail"))


def _what(entry: TrailRow) -> Cell:
    chips = ((_("Refused"), Tone.AMBER),) if entry.is_refusal else ()
    return Cell(say(entry.what), strong=not entry.is_refusal, chips=chips)
