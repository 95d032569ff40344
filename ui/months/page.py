"""Monthly reports: the months of a programme, the figures of one, its paper, and issuing it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize

from models.actions import months as actions
from models.actions import signing as signatures
from models.changes import Changes, Kind
from models.exchange import door
from models.exchange.door import Ready
from models.exchange.figures import figures_as_csv
from models.ids import ProgrammeId
from models.queries import issued_months, month_states, monthly_reports, months, programmes, signing
from models.queries.issued_months import IssuedRow
from models.queries.month_states import SendingRow
from models.queries.monthly_reports import MonthRow
from models.queries.programmes import ProgrammeRow
from models.queries.signing import SignatureRow
from models.rules.figure_lines import Change, changes
from models.rules.figures import MonthFigures, number_of
from models.rules.month_states import LETS_CHECK
from models.rules.papers import AGREEMENTS, FIGURES, Choice
from models.rules.vocabulary import MonthState
from models.rules.wording import figure
from models.store.snapshot import Snapshot
from models.text import choices_of, pgettext
from reports.terms import translator_of
from ui import prompts, work
from ui.flow import Flow
from ui.kit import outgoing
from ui.kit.columns import Cell, Column
from ui.kit.fields import ChoiceField
from ui.kit.labels import Button, Chip, Text
from ui.kit.layout import Card, Empty, KeyValues, PageHeader, column, held, row
from ui.kit.page import Page, Place
from ui.kit.table import Table
from ui.kit.tokens import GAP, Tone
from ui.language import _, say, tr
from ui.months.checking import check_report
from ui.months.doubts import open_doubts
from ui.months.issuing import issue_dialog, sign_dialog
from ui.months.presentation import name_of, note, number, signed_by, state, told
from ui.months.sending import SendDialog, SendingsCard
from ui.papers.catalogue import MONTHLY_REPORT
from ui.preview.sending import print_
from ui.preview.view import PdfView
from ui.work import run_job, run_query

if TYPE_CHECKING:
    from models.rules.time import Month


@dataclass(frozen=True, slots=True)
class _Shown:
    """One month as it is shown: its figures, where it stands, and its paper for whoever may print it."""

    row: MonthRow
    figures: MonthFigures
    revisions: tuple[IssuedRow, ...]
    paper: Ready | None
    changes: tuple[Change, ...] = ()
    sendings: tuple[SendingRow, ...] = ()
    can_sign: bool = False
    holds_key: bool = False
    signed: SignatureRow | None = None
    is_readdressed: bool = False


def _month(register: Any, programme_id: ProgrammeId, row: MonthRow, language: str) -> _Shown:  # noqa: ANN401 - see ui.work
    """What is shown of a month: the paper as it was issued, or a draft of it as it stands."""
    with register.read() as snapshot:
        figures = monthly_reports.paper(snapshot, programme_id=programme_id, month=row.month).figures
        revisions = tuple(issued_months.issued(snapshot, programme_id, row.month))
        code = figures.heading.programme
        moved = bool(revisions) and months.is_readdressed(snapshot, programme_id, figures)
        now = months.figures(snapshot, programme_id, row.month) if row.differs or moved else figures
        sent = tuple(month_states.sendings(snapshot, programme_id=programme_id, month=row.month))
        signed = next(iter(signing.signatures(snapshot, issued_id=revisions[-1].id)), None) if revisions else None
        can_sign = bool(revisions) and signed is None and signing.current(snapshot) is not None
    changed = tuple(changes(figures, now, tr()))
    if register.person.role not in MONTHLY_REPORT.roles:
        return _Shown(row, figures, revisions, None, changed, sent, can_sign, register.can_unseal, signed, moved)
    chosen = {Choice.PROGRAMME: programme_id, Choice.MONTH: row.month}
    drawn = door.drawn(register, MONTHLY_REPORT, language=language, chosen=chosen)
    name = f"{code} {number_of(row.month, max(len(revisions), 1))}".replace(" ", "-").replace("/", "-")
    return _Shown(
        row, figures, revisions, replace(drawn, name=name), changed, sent, can_sign, register.can_unseal, signed, moved
    )


def _listed(snapshot: Snapshot, *, programme_id: ProgrammeId | None) -> "_Listed":
    rows = tuple(programmes.rows(snapshot))
    chosen = next((each for each in rows if each.id == programme_id), None)
    if chosen is None:  # nobody has chosen yet: where a report is due comes first
        of = {each.id: monthly_reports.months_of(snapshot, each.id) for each in rows}
        due = (each for each in rows if any(month.is_due for month in of[each.id]))
        chosen = next(due, rows[0] if rows else None)
    if chosen is None:
        return _Listed((), None, "en", 1, ())
    whole = programmes.whole(snapshot, programme_id=chosen.id)
    return _Listed(
        rows,
        chosen,
        whole.facts.report_language,
        whole.facts.report_due_day,
        tuple(monthly_reports.months_of(snapshot, chosen.id)),
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """The months of the chosen programme."""

    programmes: tuple[ProgrammeRow, ...]
    chosen: ProgrammeRow | None
    language: str
    due_day: int
    rows: tuple[MonthRow, ...]


def _row_id(row: MonthRow) -> int:
    return row.month.year * 12 + row.month.number


class ReportsPage(Page):
    """The months of one programme at a time."""

    kinds: ClassVar[Changes] = frozenset(Kind) - {Kind.PEOPLE}

    def __init__(self) -> None:
        """Lay the page out: months and figures at the left, the paper at the right."""
        super().__init__()
        self._programme: ProgrammeId | None = None
        self._month: Month | None = None
        self._listed: _Listed | None = None
        self._shown: _Shown | None = None
        self._language_of: ProgrammeId | None = None
        self._choice: ChoiceField[ProgrammeId] = ChoiceField("programme", _("Programme"), [], required=True)
        self._choice.edited.connect(self._choose)
        offered = choices_of(MONTHLY_REPORT.languages, beside=MONTHLY_REPORT.beside)
        self.language: ChoiceField[str] = ChoiceField(
            "language", _("Language of the paper"), list(offered.items()), value="en", required=True
        )
        self.language.edited.connect(self._read_month)
        self.check_button = Button(
            _("Check a report"), lambda: check_report(self), hint=_("Is a PDF what was issued here?")
        )
        self._header = PageHeader(_("Monthly reports"), " ", [self.check_button, self._choice, self.language])
        self._table: Table[MonthRow] = Table(
            self._columns(),
            name=_("Months"),
            keeps="months",
            leaves=AGREEMENTS,
            row_id=_row_id,
            fits=False,
            choosable=False,
            empty=Empty(_("No months yet")),
        )
        self._table.selected.connect(self._pick)
        self._card = Card(" ")
        self._figures = KeyValues(right=True)
        self._told = Text("", "note", wrap=True)
        self.doubts_button = Button(_("Look through"), self._show_doubts, hint=_("What is missing or doubtful?"))
        self.issue_button = Button(_("Issue"), self._ask_issue, kind="primary", needs=actions.issue)
        self.sign_button = Button(_("Sign"), self._ask_sign, needs=signatures.sign)
        self.send_button = Button(_("Enter as sent"), self._ask_sent, needs=actions.send)
        self.print_button = Button(_("Print"), self._send_to_printer, kind="primary")
        self.print_button.setProperty("prints", True)
        self.save_button = Button(_("Save PDF"), self._save_pdf)
        self.figures_button = Button(_("Save figures"), self._save_figures)
        self.compare_button = Button(_("Compare revisions"), self._show_revisions)
        self._card.append(self._figures, self._told)
        buttons = (self.doubts_button, self.issue_button, self.sign_button, self.send_button, self.print_button)
        self._card.body.addLayout(Flow((*buttons, self.save_button, self.figures_button, self.compare_button)))
        self.sendings = SendingsCard(self)
        may_print = work.may_let_out(MONTHLY_REPORT)
        for button in (self.print_button, self.save_button, self.figures_button):
            button.is_offered = may_print
        instead = _("Choose a month to see its report.") if may_print else _("Nothing is printed here in your role")
        self.preview = PdfView(_("Preview of the report"), instead)
        left = held(column(self._table, self._card, self.sendings, gap=GAP))
        across = row((left, 11), (self.preview, 10), gap=GAP)
        self.body.addWidget(self._header)
        self.body.addLayout(across, 1)
        self._card.setVisible(False)

    def sizeHint(self) -> QSize:
        """Room for both halves."""
        return QSize(1100, 640)

    @property
    def programme(self) -> ProgrammeId | None:
        """The programme whose months are shown."""
        return self._programme

    def show_at(self, where: Place) -> None:
        """Go to a programme and a month."""
        self._programme = where.get("programme_id", self._programme)
        self._month = where.get("month", self._month)
        super().show_at(where)

    @property
    def chosen(self) -> "Month | None":
        """The month that is shown."""
        return self._month

    @property
    def paper(self) -> bytes:
        """The paper that is shown, as PDF."""
        return b"" if self._shown is None or self._shown.paper is None else self._shown.paper.content

    @property
    def told(self) -> str:
        """What is said below the figures."""
        return self._told.text()

    def refresh(self) -> None:
        """Read the months of the programme, then the chosen one."""
        run_query(self, _listed, self._show_listed, latest="months", programme_id=self._programme)

    def _columns(self) -> list[Column[MonthRow]]:
        return [
            Column("month", _("Month"), lambda row: Cell(name_of(row.month), strong=True), width=140),
            Column("state", _("State"), lambda row: Cell(chips=(state(row),)), width=96),
            Column("number", _("No."), number, width=92, spare=2),
            Column("due", _("Due by"), lambda row: tr().day(row.due_on), width=70, spare=1),
            Column("note", _("Note"), lambda row: Cell(note(row), hint=note(row)), width=100, stretch=True),
        ]

    def _show_listed(self, listed: _Listed) -> None:
        self._listed = listed
        chosen = listed.chosen
        self._choice.setVisible(len(listed.programmes) > 1)
        self._choice.offer([(each.id, each.code) for each in listed.programmes])
        self.language.setVisible(chosen is not None)
        if chosen is None:
            self._header.say(_("Monthly reports"), _("There is no programme yet. Add one under Programmes."))
            return
        self._programme = chosen.id
        self._choice.put(chosen.id)
        if self._language_of != chosen.id:
            self._language_of = chosen.id
            self.language.put(listed.language)
        said = _("{code} · to the partner by day {day} of the following month", code=chosen.code, day=listed.due_day)
        self._header.say(_("Monthly reports"), said)
        self._table.show_rows(listed.rows)
        wanted = self._wanted(listed)
        if wanted is not None:
            self._month = wanted.month
            self._table.select(_row_id(wanted))
        self._read_month()

    def _wanted(self, listed: _Listed) -> MonthRow | None:
        """The month that was chosen; else the last one that is over."""
        chosen = next((row for row in listed.rows if row.month == self._month), None)
        over = next((row for row in listed.rows if row.is_over), None)
        return chosen or over or (listed.rows[0] if listed.rows else None)

    def _choose(self) -> None:
        chosen = self._choice.read()
        if chosen is not None and chosen != self._programme:
            self._programme, self._month = chosen, None
            self.refresh()

    def _pick(self, ids: list[int]) -> None:
        rows = () if self._listed is None else self._listed.rows
        picked = next((row for row in rows if ids and _row_id(row) == ids[0]), None)
        if picked is not None and picked.month != self._month:
            self._month = picked.month
            self._read_month()

    def _read_month(self) -> None:
        rows = () if self._listed is None else self._listed.rows
        chosen = next((row for row in rows if row.month == self._month), None)
        if chosen is None or self._programme is None:
            return
        programme_id, language = self._programme, self.language.read() or "en"
        run_job(
            self,
            lambda register: _month(register, programme_id, chosen, language),
            self._show_month,
            latest="month",
            asks=True,
        )

    def _show_month(self, shown: _Shown) -> None:
        self._shown = shown
        last = shown.revisions[-1] if shown.revisions else None
        name = name_of(shown.row.month)
        if last is None:
            self._card.say(name, _("Draft"))
        elif last.revision > 1:
            self._card.say(_("{month}, revision {n}", month=name, n=last.revision))
        else:
            self._card.say(name, _("Issued {day} by {who}", day=last.issued_on, who=last.issued_by))
        self._fill(shown)
        self.issue_button.setVisible(shown.row.is_due or shown.is_readdressed)
        readdressed = _("Issue with the new address")
        self.issue_button.setText(
            _("Issue") if not last else _("Issue a revision") if shown.row.is_due else readdressed
        )
        self.compare_button.setVisible(len(shown.revisions) > 1)
        stands = shown.row.stands
        self.send_button.setVisible(last is not None and not shown.row.differs and stands.state is not MonthState.SENT)
        self.sign_button.setVisible(shown.can_sign)
        self.sign_button.setEnabled(shown.holds_key)
        lacking = "" if shown.holds_key else _(signatures.NO_KEY)
        self.sign_button.setToolTip(lacking)
        self.sign_button.setAccessibleDescription(lacking)
        self.sendings.show_rows(shown.sendings)
        self._card.setVisible(True)
        if shown.paper is not None:
            self.preview.show_bytes(shown.paper.content)

    def _fill(self, shown: _Shown) -> None:
        figures, lines = shown.figures, self._figures
        lines.clear()
        start, end = tr().full_date(figures.month.first), tr().full_date(figures.cut_off)
        number = tr().number
        lines.add(_("On the roll on {day}, 00:00", day=start), number(figures.on_roll_at_start))
        lines.add(_("Admitted"), number(figures.admissions))
        lines.add(_(pgettext("figure", "Departed")), number(figures.departures))
        proof = Chip(_("balances"), Tone.GREEN) if figures.balances else Chip(_("does not balance"), Tone.RED)
        lines.add(_("On the roll on {day}, 00:00", day=end), number(figures.on_roll_at_end), strong=True, chip=proof)
        lines.add(_("Person-nights"), number(figures.person_nights))
        for total in figures.claim.totals if figures.claim else ():
            lines.add(_("Claimed"), tr().money(total.amount, total.currency))
        self._told.setText(" ".join(part for part in (told(shown.row), signed_by(shown.signed)) if part))
        self._told.setVisible(bool(self._told.text()))

    # -- what can be done -----------------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        shown = self._shown
        if shown is not None and self._programme is not None:
            language = self.language.read() or "en"
            issue_dialog(self, self._programme, shown.row.month, language, len(shown.revisions), shown.changes).open()

    def _show_doubts(self) -> None:
        shown = self._shown
        if shown is not None and self._programme is not None:
            may = shown.row.is_over and shown.row.stands.state in LETS_CHECK
            open_doubts(self, self._programme, shown.row.month, may_check=may)

    def _ask_sign(self) -> None:
        if self._shown is not None and self._shown.revisions:
            sign_dialog(self, self._shown.revisions[-1]).open()

    def _ask_sent(self) -> None:
        shown = self._shown
        if shown is not None and shown.revisions:
            SendDialog(self, shown.revisions[-1], next(iter(shown.sendings[::-1]), None), shown.paper).open()

    def _send_to_printer(self) -> None:
        if self._shown is not None and self._shown.paper is not None:
            print_(self, self._shown.paper)

    def _save_pdf(self) -> None:
        if self._shown is not None and self._shown.paper is not None:
            outgoing.save(self, self._shown.paper, title=_("Save the report"))

    def _save_figures(self) -> None:
        if self._shown is None or self._shown.paper is None:
            return
        paper, figures, language = self._shown.paper, self._shown.figures, self.language.read() or "en"

        def make(_register: object, _progress: object) -> Ready:
            return replace(paper, what=FIGURES, content=figures_as_csv(figures, translator_of(language).first))

        outgoing.make_and_save(self, FIGURES, paper.name, make, title=_("Save the figures"))

    def _show_revisions(self) -> None:
        """What each revision of the month changed, and why."""
        if self._shown is None:
            return
        lines = []
        for each in self._shown.revisions:
            head = _("{number}, issued {day} by {who}", number=each.number, day=each.issued_on, who=each.issued_by)
            changed = "; ".join(say(figure(name)) for name in each.changed)
            lines.append("\n".join(part for part in (head, each.reason, changed) if part))
        prompts.tell(self, _("Revisions"), "\n\n".join(lines))
