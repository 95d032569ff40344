"""What stands under the tabs of a resident about the person: overview, identity and documents."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import corrections as correction_actions
from models.actions import documents, emergencies, residents, stays
from models.ids import DocumentId
from models.queries.absences import AbsenceRow
from models.queries.departures import StayDepartures
from models.queries.documents import DocumentRow
from models.queries.resident_page import DecisionRow, ResidentPage
from models.queries.residents import Whereabouts
from models.queries.stays import StayRow
from models.rules.field_types import Asked
from models.rules.fields import PERSON
from models.rules.papers import ONE_RESIDENT
from models.rules.residents import PersonFacts
from models.rules.rooms import bed_name
from models.rules.wording import word
from models.store.declaring import Declared
from ui import permissions
from ui.declared import said
from ui.kit.columns import Cell, Column, day_column
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, Empty, KeyValues, clear, column, row
from ui.kit.notices import Callout
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, isolated, plural, say, tr
from ui.presentation import at_clock, when
from ui.reading import say_birth
from ui.residents import corrections, dialogs, identity
from ui.residents.joining import SameCard


class Tab(QWidget):
    """A tab of the page of a resident: shows the resident whom it is given, and again after each change."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Begin empty.

        Args:
            owner: The page, which outlives the tab: dialogs belong to it.
            open_resident: Goes to another resident.
        """
        super().__init__()
        self.owner, self.open_resident = owner, open_resident

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Show a resident."""
        raise NotImplementedError


class Overview(Tab):
    """Where the person stands, with whom they belong together, and what was decided."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Lay the cards out."""
        super().__init__(owner, open_resident)
        self.standing = Card(_("Where the person stands"))
        self.values = KeyValues(names=130)
        self.standing.append(self.values, None)
        self.emergency = column(gap=8)
        self.standing.body.insertLayout(0, self.emergency)
        self.family = Card(_("Family"))
        self.decisions: Table[DecisionRow] = Table(
            [
                day_column("on", _("Day"), lambda made: made.on, width=100),
                Column("what", _("Decision"), lambda made: Cell(say(made.what), hint=made.reason), stretch=True),
                Column("by", _("By"), lambda made: made.by, width=130),
            ],
            name=_("Decisions"),
            keeps="decisions",
            leaves=ONE_RESIDENT,
            row_id=id,
            header=False,
            fits=True,
            framed=False,
            empty=Empty(_("Nothing was decided yet")),
        )
        decided = Card(_("Decisions"), flush=True)
        decided.append(self.decisions)
        self.same = SameCard(owner, open_resident)
        right = column(self.family, self.same, decided, None)
        across = row((self.standing, 1), (right, 1))
        self.setLayout(column(across, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Show where a resident stands."""
        self._show_standing(page, leaving)
        self._show_family(page)
        self.same.show_resident(page)
        self.decisions.show_rows(page.decisions)

    def _show_standing(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        self.values.clear()
        clear(self.emergency)
        stay = page.stay
        if stay is None:
            self.values.add(_("Stay"), _("None in this register"))
            return
        if stay.emergency:
            self._show_emergency(stay)
        self.values.add(_("Programme"), " · ".join(part for part in (stay.programme, _(stay.programme_title)) if part))
        self.values.add(_("Arrival"), when(stay.arrived))
        if stay.departed is not None and stay.departure_kind is not None:
            self.values.add(_("Departure"), when(stay.departed))
            self.values.add(_("Left by"), say(word(stay.departure_kind)))
            return
        self.values.add(_("Last day"), _last_day(stay))
        self.values.add(_("Room"), bed_of(page))
        away = page.open_absence
        if away is not None:
            self.values.add(_("Away"), _away(away))
        if stay.next_review is not None:
            self.values.add(_("Next review"), tr().date(stay.next_review))
        if leaving is not None and leaving.current is not None:
            plan = leaving.current.row
            done = _("{done} of {steps} steps done", done=plan.done, steps=plan.steps)
            self.values.add(_("Departure"), f"{say(word(plan.kind))}, {tr().date(plan.planned_on)} · {done}")

    def _show_emergency(self, stay: StayRow) -> None:
        lines = [f"•\u00a0{say(reason)}" for reason in stay.emergency]
        if stay.cured_at is not None:
            cured = at_clock(stay.cured_at)
            said = _("Emergency arrival, put in order on {day}: {note}", day=cured, note=stay.cured_note)
            again = LinkButton(
                _("Not in order after all"),
                lambda: corrections.take_back_cure(self.owner, stay).open(),
                needs=correction_actions.take_back_cure,
            )
            self.emergency.addWidget(Text(said, "note", wrap=True))
            self.emergency.addLayout(row(again, None))
            return
        head = _("Emergency arrival, not in order yet")
        if stay.is_provisional:
            head = _("Registered provisionally; to be countersigned by a supervisor, or taken back")
        self.emergency.addWidget(Callout("\n".join([head, *lines])))
        if stay.is_provisional:
            sign = Button(
                _("Countersign"),
                lambda: dialogs.countersign_dialog(self.owner, stay.id),
                needs=emergencies.countersign,
            )
            self.emergency.addLayout(row(sign, None))
            return
        if stay.countersigned_at is not None:
            signed = at_clock(stay.countersigned_at)
            said = _("Countersigned by {name}, {day}", name=stay.countersigned_by, day=signed)
            again = LinkButton(
                _("Provisional after all"),
                lambda: corrections.take_back_countersign(self.owner, stay).open(),
                needs=emergencies.take_back_countersign,
            )
            self.emergency.addLayout(row(Text(said, "note"), again, None, gap=10))
        cure = Button(_("Put in order"), lambda: dialogs.cure_dialog(self.owner, stay.id), needs=stays.cure_emergency)
        self.emergency.addLayout(row(cure, None))

    def _show_family(self, page: ResidentPage) -> None:
        self.family.clear()
        self.family.say(_("Family {name}", name=page.family_name) if page.family_name else _("Family"), page.relation)
        for relative in page.relatives:
            link = LinkButton(isolated(relative.name), partial(self.open_resident, relative.id))
            what = [relative.number, relative.relation]
            if relative.whereabouts is Whereabouts.DEPARTED:
                what.append(_("departed"))
            self.family.append(row(link, Text(" · ".join(part for part in what if part), "note"), None, gap=8))
        if not page.relatives:
            self.family.append(Text(_("Nobody in this register belongs to this person."), "note", wrap=True))
        has_family = page.family_id is not None
        opened = identity.leave_family_dialog if has_family else identity.family_dialog
        text = _("Take out of the family") if has_family else _("Join a family")
        needs = residents.leave_family if has_family else residents.join_family
        change = LinkButton(text, lambda: opened(self.owner, page), needs=needs)
        mend = LinkButton(
            _("Correct"),
            lambda: identity.correct_family_dialog(self.owner, page).open(),
            needs=residents.correct_family,
        )
        mend.setAccessibleName(_("Correct the family of {name}", name=isolated(page.row.name)))
        mend.setVisible(has_family or bool(page.relation))
        self.family.append(row(mend, change, None, gap=10))


class Identity(Tab):
    """Who the person is, and the papers that say so."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Lay the cards out."""
        super().__init__(owner, open_resident)
        self._page: ResidentPage | None = None
        self.values = KeyValues(names=150)
        self.change = Button(_("Change"), self._change, needs=residents.change)
        self.who = Card()
        self.who.append(row(Text(_("Who the person is"), "cardTitle"), None, self.change), self.values, None)
        self.documents: Table[DocumentRow] = Table(
            [
                Column(
                    "kind",
                    _("Document"),
                    _document,
                    width=92,
                    data={
                        _("Document"): lambda paper: say(word(paper.kind)),
                        _("Country"): lambda paper: paper.country or None,
                    },
                ),
                Column(
                    "number", _("Number"), lambda paper: Cell(paper.number, hint=paper.note), width=84, stretch=True
                ),
                Column(
                    "until",
                    _("Valid until"),
                    _valid_until,
                    width=104,
                    data={
                        _("Valid until"): lambda paper: paper.expires_on,
                        _("Expired"): lambda paper: _("Expired") if paper.has_expired else None,
                    },
                ),
                Column("do", "", lambda _paper: _link(_("Change"), documents.change), width=72),
                Column("back", "", lambda _paper: _link(_("Take back"), documents.take_back), width=84),
            ],
            name=_("Documents"),
            keeps="documents",
            leaves=ONE_RESIDENT,
            fits=True,
            framed=False,
            empty=Empty(_("No document is entered"), _("Enter the papers that the person has.")),
        )
        self.documents.followed.connect(self._follow_document)
        self.documents.opened.connect(lambda which: self._change_document(DocumentId(which)))
        self.papers = Card()
        add = Button(_("Enter a document"), self._add_document, needs=documents.add)
        self.papers.append(row(Text(_("Documents"), "cardTitle"), None, add), self.documents, None)
        self.setLayout(column(row((self.who, 1), (self.papers, 1)), None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Show who a resident is."""
        self._page = page
        shown = {field.name: said(field, getattr(page.facts, field.name)) for field in PERSON}
        shown["birth"] = _born(page.facts)
        rows = [
            (_("Number"), page.row.number),
            *((_(field.label), shown[field.name]) for field in PERSON if field.asked is not Asked.NEVER),
            *((_("With {programme}", programme=known.programme), known.number) for known in page.partner_numbers),
        ]
        self.values.say(rows)
        self.documents.show_rows(page.documents)

    def _change(self) -> None:
        if self._page is not None:
            identity.identity_dialog(self.owner, self._page).open()

    def _add_document(self) -> None:
        if self._page is not None:
            identity.document_dialog(self.owner, self._page.row.id).open()

    def _follow_document(self, which: int, name: str) -> None:
        paper = self.documents.row(which)
        if name == "back" and paper is not None and self._page is not None:
            identity.take_back_dialog(self.owner, self._page.row.id, paper).open()
        else:
            self._change_document(DocumentId(which))

    def _change_document(self, which: DocumentId) -> None:
        paper = self.documents.row(which)
        if self._page is not None and paper is not None:
            identity.document_dialog(self.owner, self._page.row.id, paper).open()


def _born(facts: PersonFacts) -> str:
    """The birth date, what is doubtful about it, and how the source had it."""
    born = "" if facts.birth is None else say_birth(facts.birth)
    if facts.birth is not None and facts.birth.doubtful:
        born = _("{born} (1 January is often a guess)", born=born)
    if facts.birth_as_written and facts.birth_as_written != str(facts.birth):
        written = isolated(facts.birth_as_written)
        born = _("{born}, written as {written}", born=born or _("not known"), written=written)
    return born


def _link(text: str, action: Declared) -> Cell:
    return Cell(text, link=True) if permissions.may(action) else Cell()


def _last_day(stay: StayRow) -> str:
    if stay.limit_on is None:
        return _("no limit")
    day = tr().date(stay.limit_on)
    if stay.days_past:
        past = plural("{n} day past it", "{n} days past it", stay.days_past)
        return _("{day}, {past}", day=day, past=past)
    left = (stay.days_allowed or 0) - stay.day
    return _("{day}, {left}", day=day, left=plural("{n} day left", "{n} days left", left))


def bed_of(page: ResidentPage) -> str:
    """Where somebody sleeps now, in words."""
    current = next((placement for placement in page.placements if placement.end is None), None)
    if current is None:
        return _("no bed")
    return say(bed_name(current.building, current.room, current.bed))


def _away(away: AbsenceRow) -> str:
    due = _("due back {due}", due=when(away.due_back))
    parts = [say(word(away.kind)), away.place, _("overdue") if away.is_overdue else "", due]
    return ", ".join(part for part in parts if part)


def _document(paper: DocumentRow) -> Cell:
    return Cell(say(word(paper.kind)), strong=True, muted=paper.country or "")


def _valid_until(paper: DocumentRow) -> Cell:
    if paper.expires_on is None:
        return Cell(_("not known"))
    chips = ((_("Expired"), Tone.RED),) if paper.has_expired else ()
    return Cell(tr().date(paper.expires_on), chips=chips)
