"""Papers: the register extract, chosen at the left and shown at the right."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from models.changes import Changes, Kind
from models.queries import extract, programmes
from models.queries.programmes import ProgrammeRow
from models.rules.extract import ExtractRow
from models.text import LANGUAGES
from reports.catalogue import MONTHLY_REPORT, REGISTER_EXTRACT
from reports.terms import translator_of
from ui.kit import session
from ui.kit.fields import ChoiceField
from ui.kit.form import Form
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, PageHeader, column, row
from ui.kit.page import Page
from ui.kit.pdf_view import PdfView
from ui.kit.tokens import GAP
from ui.kit.typed_fields import DateField
from ui.language import _
from ui.language import tr as screen
from ui.papers.keeping import Kept, print_paper, save_paper
from ui.work import Progress, Register, run_long, run_query

if TYPE_CHECKING:
    from models.ids import ProgrammeId


class PapersPage(Page):
    """What can be printed, beside the monthly reports."""

    kinds: ClassVar[Changes] = frozenset({Kind.PROGRAMME})

    def __init__(self) -> None:
        """Lay the page out: what to print at the left, the paper at the right."""
        super().__init__(scrolls=False)
        self._kept: Kept | None = None
        self.programme: ChoiceField[ProgrammeId] = ChoiceField(
            "programme_id", _("Programme"), [], none=_("All programmes")
        )
        self.form = Form(
            [
                self.programme,
                DateField("from_on", _("From"), wide=False, hint=_("Empty: from the beginning.")),
                DateField("until_on", _("To"), wide=False, hint=_("Empty: up to today.")),
                ChoiceField(
                    "language",
                    _("Language of the paper"),
                    list(LANGUAGES.items()),
                    value=screen().language,
                    required=True,
                ),
            ]
        )
        self.show_button = Button(_("Show"), self.make, kind="primary")
        self.print_button = Button(_("Print"), self._print)
        self.save_button = Button(_("Save PDF"), self._save)
        card = Card(_(REGISTER_EXTRACT.title))
        card.body.addWidget(Text(_(REGISTER_EXTRACT.about), "subtitle", wrap=True))
        card.body.addWidget(self.form)
        card.body.addLayout(row(self.show_button, self.print_button, self.save_button, None, gap=8))
        reports = Card(_(MONTHLY_REPORT.title))
        reports.body.addWidget(Text(_(MONTHLY_REPORT.about), "subtitle", wrap=True))
        reports.body.addLayout(row(LinkButton(_("Go to the monthly reports"), lambda: self.open("reports")), None))
        self.preview = PdfView(_("Preview of the paper"), _("Choose what the extract holds, then press Show."))
        left = QWidget()
        left.setLayout(column(card, reports, None, gap=GAP))
        across = row(gap=GAP)
        across.addWidget(left, 8)
        across.addWidget(self.preview, 12)
        self.body.addWidget(PageHeader(_("Papers"), _("What is printed, and who may see it")))
        self.body.addLayout(across, 1)
        self._may_keep()

    def refresh(self) -> None:
        """Read which programmes there are."""
        run_query(self, programmes.rows, self._offer, latest="programmes")

    @property
    def paper(self) -> bytes:
        """The paper that is shown, as PDF."""
        return b"" if self._kept is None else self._kept.content

    def make(self) -> None:
        """Make the extract and show it."""
        if not self.form.check():
            return
        values = self.form.values()
        chosen = {name: values.get(name) for name in ("programme_id", "from_on", "until_on")}
        language = values.get("language") or screen().language
        programme = self.programme.combo.currentText() if chosen["programme_id"] else ""
        who = session.who()

        def draw(register: Register, progress: Progress, _cancelled: object) -> bytes:
            from reports import extract as paper

            with register.read() as snapshot:
                return paper.draw(
                    _told(extract.rows(snapshot, **chosen), progress),
                    language=language,
                    facility=snapshot.facility.name,
                    letterhead=snapshot.facility.letterhead,
                    shown=_shown(language, programme, chosen["from_on"], chosen["until_on"]),
                    printed_by=who,
                    printed_at=snapshot.now.astimezone(snapshot.facility.zone),
                )

        run_long(self, draw, title=_("Making the register extract"), on_done=self._show)

    def _show(self, pdf: bytes) -> None:
        name = f"{REGISTER_EXTRACT.id.replace('_', '-')}-{session.today().isoformat()}"
        self._kept = Kept(pdf, name, REGISTER_EXTRACT.id, f"day:{session.today().isoformat()}")
        self.preview.show_bytes(pdf)
        self._may_keep()

    def _offer(self, rows: Sequence[ProgrammeRow]) -> None:
        self.programme.offer([(each.id, each.code) for each in rows])

    def _may_keep(self) -> None:
        """A paper can be printed and saved once it is shown, so that somebody has looked at it."""
        for button in (self.print_button, self.save_button):
            button.setEnabled(self._kept is not None)

    def _print(self) -> None:
        if self._kept is not None:
            print_paper(self, self._kept)

    def _save(self) -> None:
        if self._kept is not None:
            save_paper(self, self._kept, title=_("Save the paper"), ending=".pdf", kinds=_("PDF (*.pdf)"))


def _told(rows: Iterable[ExtractRow], progress: Progress) -> Iterator[ExtractRow]:
    """The same rows; tells how many were taken, and stops where the user has cancelled."""
    for taken, each in enumerate(rows):
        if taken % 500 == 0:
            progress(taken, 0)
        yield each


def _shown(language: str, programme: str, from_on: date | None, until_on: date | None) -> str:
    """What the extract holds, in the words of its reader."""
    tr = translator_of(language)
    what = programme or tr("All programmes")
    if from_on is None and until_on is None:
        return what
    if from_on is None:
        return tr("{what}, up to {day}", what=what, day=until_on)
    if until_on is None:
        return tr("{what}, from {day} on", what=what, day=from_on)
    return tr("{what}, from {first} to {last}", what=what, first=from_on, last=until_on)
