"""Papers: which one at the left, what it holds in the middle, the paper at the right; all from the catalogue."""

from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar

from PySide6.QtWidgets import QSizePolicy

from models.actions import papers as paper_actions
from models.actions import roll_calls
from models.changes import Changes, Kind
from models.exchange.door import Ready
from models.ids import ResidentId, TransportId
from models.queries import papers as queries
from models.queries import residents
from models.queries import roll_calls as counts
from models.queries.papers import Offers
from models.queries.residents import ResidentRow
from models.rules.forms import forms_of
from models.rules.papers import SECRET, Choice, Paper, Section
from models.rules.vocabulary import FilePart, SheetSize
from models.rules.wording import word
from models.text import choices_of
from ui import permissions, prompts, work
from ui.flow import Flow
from ui.kit import outgoing
from ui.kit.choosing import Choices
from ui.kit.field import Field
from ui.kit.fields import CheckField, ChoiceField, TextField, TicksField
from ui.kit.form import Form
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, Empty, PageHeader, column, held, row
from ui.kit.page import Page, Place
from ui.kit.tokens import GAP, px
from ui.kit.typed_fields import DateField, MomentField
from ui.language import _, plural, say, tr
from ui.papers import many
from ui.papers.catalogue import FIRE_LIST, PAPERS, SORTED
from ui.papers.closing import SaveEncrypted
from ui.picks import PickField
from ui.preview.sending import print_
from ui.preview.view import PdfView
from ui.scrolled import Scrolled
from ui.search import find, found
from ui.work import run_action, run_query


class PapersPage(Page):
    """All papers that the person at the window may print."""

    kinds: ClassVar[Changes] = frozenset({Kind.PROGRAMME, Kind.STAY, Kind.PEOPLE})

    def __init__(self) -> None:
        """Lay the page out; the first paper is chosen."""
        super().__init__()
        self._ready: Ready | None = None
        self._transport_id: TransportId | None = None
        self._prints = False
        self._whose: tuple[ResidentId, ...] = ()
        self.papers = outgoing.printable(PAPERS)
        self.forms: dict[str, Form] = {}
        self._offers: Offers | None = None
        self.show_button = Button(_("Show"), self.make, kind="primary")
        self.print_button = Button(_("Print"), self.print_)
        self.print_button.setProperty("prints", True)
        self.save_button = Button(_("Save PDF"), self.save)
        self.encrypt_button = Button(_("Save encrypted"), self.save_encrypted)
        self.each_button = Button(_("Save one each"), self.save_each)
        self._several = Text("", wrap=True)
        self._one = LinkButton(_("About one person instead"), self._let_go)
        self.preview = PdfView(_("Preview of the paper"), _("Choose what the paper holds, then press Show."))
        self.body.addWidget(
            PageHeader(_("Papers"), _("Each is looked at before it is printed; each printing is recorded"))
        )
        if not self.papers:
            self.body.addWidget(Empty(_("Nothing is printed here in your role")), 1)
            return
        order = list(Section)
        self.papers = sorted(self.papers, key=lambda paper: order.index(paper.section))
        parts = groupby(self.papers, key=lambda paper: paper.section)
        heads = {next(papers).id: _(section) for section, papers in parts}
        titles = {paper.id: _(paper.title) for paper in self.papers}
        self.choices: Choices[str] = Choices(_("Papers"), titles, kind="nav", upright=True, above=heads)
        self.choices.chosen.connect(
            lambda: self.choose(next(each for each in self.papers if each.id == self.choices.value))
        )
        names, self._card = Card(), Card(" ")
        across = row((names, 4), (self._card, 8), gap=GAP)
        self.body.addLayout(across, 1)  # while it holds nothing: the look of all that is moved is reckoned anew
        inner = held(column(self.choices, None, margins=(0, 0, px(12), 0)))
        listed = Scrolled(inner, sideways=False)
        listed.setMinimumWidth(inner.sizeHint().width())
        names.append(listed)
        self._about = Text("", "subtitle", wrap=True)
        for part in (self._about, self._several, self._one):
            self._card.body.addWidget(part)
        self._fields = column(margins=(0, 0, px(12), 0))
        self._fields.addStretch(1)
        self._area = Scrolled(held(self._fields), sideways=False)  # so that what makes the paper is always there
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._area.setMinimumHeight(px(160))
        self._card.body.addWidget(self._area, 1)
        self._card.body.addLayout(
            Flow((self.show_button, self.print_button, self.save_button, self.encrypt_button, self.each_button))
        )
        across.addWidget(self.preview, 12)
        self.choose(self.papers[0])

    @property
    def form(self) -> Form:
        """What is chosen for the paper."""
        return self.forms[self.chosen.id]

    @property
    def paper(self) -> bytes:
        """The paper that is shown, as PDF."""
        return b"" if self._ready is None else self._ready.content

    def show_at(self, where: Place) -> None:
        """Go to the paper of a name, `paper`, perhaps about a resident, `resident_id`, or several, `resident_ids`.

        `made`: make it at once, and `prints`: ask for a printer then.
        """
        paper = next((each for each in self.papers if each.id == where.get("paper")), None)
        if paper is not None:
            self.choose(paper)
        self._whose = tuple(map(ResidentId, where.get("resident_ids", ())))
        if self.papers:
            self._tell_several()
        if self.papers and Choice.RESIDENT in where and Choice.RESIDENT in self.chosen.choices:
            ids = [ResidentId(int(where[Choice.RESIDENT]))]
            run_query(self, residents.rows, self._put_resident, latest="resident", ids=ids)
        if Choice.TRANSPORT in where and Choice.TRANSPORT in self.chosen.choices:
            self._transport_id = where[Choice.TRANSPORT]
            run_query(self, queries.offers, self._make_of_transport, latest="of transport")
        elif where.get("made"):
            self._prints = bool(where.get("prints"))
            self.make()
        super().show_at({name: value for name, value in where.items() if name != "prints"})

    def refresh(self) -> None:
        """Read what can be chosen."""
        run_query(self, queries.offers, self._offer, latest="offers")

    def _make_of_transport(self, offers: Offers) -> None:
        """Make the paper at once: the button said what it makes."""
        self._offer(offers)
        self.form[Choice.TRANSPORT].put(self._transport_id)
        self.make()

    def choose(self, paper: Paper[Any]) -> None:
        """Choose a paper; what was chosen for it before is still there."""
        self.chosen = paper
        self.choices.choose(paper.id)
        self._card.say(_(paper.title))
        self._about.setText(_(paper.about))
        self._make_form(paper)
        for form in self.forms.values():
            form.setVisible(form is self.form)
        self._area.setMinimumWidth(self.form.minimumSizeHint().width() + px(12))
        self._tell_several()
        self._show(None)

    def _make_form(self, paper: Paper[Any]) -> None:
        """Make the fields of a paper when it is first chosen: of all papers they would take longer than the page."""
        if paper.id not in self.forms:
            form = self.forms[paper.id] = _form(paper)
            self._fields.insertWidget(0, form)
            if self._offers is not None:
                _fill(form, self._offers)

    @property
    def several(self) -> tuple[ResidentId, ...]:
        """About whom the chosen paper is made, where they were selected in a list; else nobody."""
        return self._whose if Choice.RESIDENT in self.chosen.needs else ()

    def _tell_several(self) -> None:
        """Say about how many people the paper is, instead of asking about whom."""
        several = self.several
        self._several.setText(
            plural(
                "About the {n} person selected in the list.",
                "About the {n} people selected in the list.",
                len(several),
            )
        )
        for part in (self._several, self._one, self.each_button):
            part.setVisible(bool(several))
        field = self.form.fields.get(Choice.RESIDENT)
        if field is not None:
            field.setVisible(not several)

    def _let_go(self) -> None:
        self._whose = ()
        self._tell_several()
        self._show(None)

    def save_each(self) -> None:
        """Save the papers that are shown, a file for each person."""
        if self._ready is not None:
            many.save_each(self, self._ready)

    def make(self) -> None:
        """Make the paper and show it."""
        if self.form.check():
            values = self.form.values()
            language = values.pop("language")
            chosen = {Choice(name): value for name, value in values.items()}
            if self.several:
                many.draw_each(self, self.chosen, self._made, whose=self.several, chosen=chosen, language=language)
                return
            outgoing.draw(self, self.chosen, self._made, language=language, chosen=chosen)

    def _made(self, ready: Ready) -> None:
        self._show(ready)
        if ready.left_out:
            prompts.tell(self, _("Not everybody has this paper"), "\n".join(map(say, ready.left_out)))
        if self._prints:
            self._prints = False
            self.print_()

    def print_(self) -> None:
        """Print the paper that is shown."""
        if self._ready is not None:
            paper = self.chosen
            print_(self, self._ready, on_done=lambda: self._was_printed(paper))

    def _was_printed(self, paper: Paper[Any]) -> None:
        """The shift that has its fire list on paper is not reminded of it any more."""
        if paper.id == FIRE_LIST.id and permissions.may(roll_calls.fire_list_printed):
            run_query(self, counts.shift, self._keep_printed)

    def _keep_printed(self, shift: datetime | None) -> None:
        if shift is not None:
            run_action(self, roll_calls.fire_list_printed)

    def save(self) -> None:
        """Save the paper that is shown."""
        if self._ready is not None:
            outgoing.save(self, self._ready)

    def save_encrypted(self) -> None:
        """Save the paper that is shown so that whoever has the passphrase or the key alone can read it."""
        if self._ready is not None:
            SaveEncrypted(self, self._ready).open()

    def _show(self, ready: Ready | None) -> None:
        """Show a paper: it can be printed and saved once it is shown, so that somebody has looked at it."""
        self._ready = ready
        if ready is None:
            self.preview.clear()
        else:
            self.preview.show_bytes(ready.content)
        for button in (self.print_button, self.save_button, self.encrypt_button, self.each_button):
            button.setEnabled(ready is not None)

    def _offer(self, offers: Offers) -> None:
        self._offers = offers
        for form in self.forms.values():
            _fill(form, offers)
        there = {Choice.TRANSPORT: bool(offers.transports), Choice.REPORT: bool(offers.reports)}
        for paper in self.papers:  # a house where nobody comes by transport knows no papers of one
            for choice in there.keys() & paper.needs:
                self.choices.buttons[paper.id].setVisible(there[choice])

    def _put_resident(self, rows: tuple[ResidentRow, ...]) -> None:
        field = self.form.fields.get(Choice.RESIDENT)
        if rows and isinstance(field, PickField):
            field.show_found(found(rows[0]))


def _fill(form: Form, offers: Offers) -> None:
    """Offer in the fields of a paper what the register has to choose from."""
    offered: dict[str, list[tuple[Any, str]]] = {
        Choice.PROGRAMME: list(offers.programmes),
        Choice.MONTH: [(month, tr().month(month.first)) for month in offers.months],
        Choice.USER: [(name, name) for name in offers.users],
        Choice.TRANSPORT: [(id_, say(name)) for id_, name in offers.transports],
        Choice.LIST: list(offers.lists),
        Choice.REPORT: list(offers.reports),
    }
    for name, field in form.fields.items():
        if isinstance(field, ChoiceField) and name in offered:
            field.offer(offered[name])
        if name == Choice.TRANSPORT:
            field.setVisible(bool(offers.transports))


def _form(paper: Paper[Any]) -> Form:
    """The fields for what can be chosen for a paper, and its language."""
    offered = choices_of(paper.languages, beside=paper.beside)
    language = ChoiceField(
        "language", _("Language of the paper"), list(offered.items()), value=tr().language, required=True
    )
    certifies = permissions.may(paper_actions.CERTIFIES)
    choices = [each for each in paper.choices if each is not Choice.CERTIFIED or certifies]
    return Form([*(_field(each, required=each in paper.needs) for each in choices), language])


def _field(choice: Choice, *, required: bool) -> Field[Any]:
    """The field in which something is chosen."""
    if choice in SECRET:
        raise ValueError(f"nobody can choose {choice}")
    offered = {
        Choice.PROGRAMME: (_("Programme"), None if required else _("All programmes")),
        Choice.MONTH: (_("Month"), None),
        Choice.LIST: (_("List"), None),
        Choice.REPORT: (_("Report"), None),
        Choice.TRANSPORT: (_("Transport"), None if required else _("None")),
        Choice.USER: (_("Who"), _("Everybody")),
    }
    ticked = {
        Choice.DRAFT: _("As the figures are now, not as they were issued"),
        Choice.CERTIFIED: _("Certified: with a number of its own, to be signed and stamped"),
        Choice.PHOTOS: _("With the photos, as far as you may see them"),
    }
    fixed = _fixed(choice)
    if fixed is not None:
        return fixed
    if choice in offered:
        label, none = offered[choice]
        return ChoiceField(choice, label, [], none=none, required=required)
    if choice in ticked:
        return CheckField(choice, ticked[choice])
    match choice:
        case Choice.RESIDENT:
            return PickField(choice, _("About a resident"), find, required=required)
        case Choice.AT:
            hint = _("Empty: now. Without an hour: the night of that day.")
            return MomentField(choice, _("As on"), hint=hint, required=required)
        case Choice.FROM:
            return DateField(choice, _("From"), hint=_("Empty: from the beginning."), required=required)
        case Choice.UNTIL:
            return DateField(choice, _("To"), hint=_("Empty: up to today."), required=required)
    return TextField(choice, _("Name, number or word"), required=required)


def _fixed(choice: Choice) -> Field[Any] | None:
    """The field of a choice of which what can be chosen is always the same; None for others."""
    match choice:
        case Choice.SIZE:
            sizes = [(size, say(word(size))) for size in SheetSize]
            return ChoiceField(choice, _("Size of the sheet"), sizes, value=SheetSize.A4, required=True)
        case Choice.SHOWN:
            which = [(shown, _(title)) for shown, title in residents.SHOWN.items()]
            return ChoiceField(choice, _("Which residents"), which, value=residents.Shown.ON_ROLL, required=True)
        case Choice.SORT:
            sorts = [(name, _(title)) for name, title in SORTED.items()]
            return ChoiceField(choice, _("Sorted by"), sorts, value="name", required=True)
        case Choice.FORM:
            forms = [(form.which, say(word(form.which))) for form in forms_of(keeps_gate=work.keeps_gate())]
            return ChoiceField(choice, _("Form"), forms, none=_("All forms"))
        case Choice.PARTS:
            parts = {part.value: say(word(part)) for part in FilePart}
            return TicksField(choice, _("Parts"), parts, value=tuple(parts), columns=1)
        case Choice.READER:
            hint = _("It stands on the paper and in the trail.")
            return TextField(choice, _("For whom"), hint=hint, longest=200)
    return None
