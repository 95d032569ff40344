"""The sealed notes of a resident: which there are, each opened on its own and recorded, and new ones entered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from models.actions import safeguards, selection
from models.ids import ResidentId, SealedNoteId
from models.queries import safeguards as queries
from models.queries.departures import StayDepartures
from models.queries.resident_page import ResidentPage
from models.queries.safeguards import ListedRow, NoteRow, SealedRecord
from models.rules.people import HOLDS_SEALED_KEY, reads
from models.rules.vocabulary import NOTE_KINDS, SealedKind
from models.rules.wording import word
from models.text import pgettext
from ui import permissions, search, work
from ui.arrivals.record import PartCard
from ui.kit.columns import Cell, Column
from ui.kit.fields import ChoiceField
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, Empty, clear, column, row
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, say
from ui.presentation import instant_column
from ui.residents.tabs import Tab
from ui.safeguards.dialogs import COMPLAINTS, SELF_HARM
from ui.sealed import enter_note, show_opened
from ui.sealed_corrections import opened_note, show_remarks, taken_back_note


def is_of_use() -> bool:
    """Whether the person at the window reads some kind of note, or may add one."""
    return _reads_some() or permissions.may(safeguards.add_remark)


def _reads_some() -> bool:
    return work.person().role in HOLDS_SEALED_KEY


class SealedNotes(Tab):
    """The notes that the role may read, opened one by one; who may read none adds to them all the same."""

    def __init__(self, owner: QWidget, open_resident: Callable[[int], None]) -> None:
        """Lay the list out."""
        super().__init__(owner, open_resident)
        self._resident_id: ResidentId | None = None
        self._notes: dict[SealedNoteId, NoteRow] = {}
        self._page: ResidentPage | None = None
        self.table: Table[NoteRow] = Table(
            [
                Column("kind", _("Kind"), _kind, width=220),
                Column("who", _("Entered by"), lambda note: note.entered_by, stretch=True),
                instant_column("when", _("Entered on"), lambda note: note.entered_at, width=190),
                Column(
                    "open", "", lambda _note: Cell(_(pgettext("command", "Open")), link=True), width=110, right=True
                ),
            ],
            name=_("Sealed notes"),
            keeps="sealed notes",
            fits=True,
            framed=False,
            choosable=False,
            empty=Empty(_("There are no sealed notes that you may read")),
        )
        self.table.followed.connect(lambda note_id, _column: self.look(SealedNoteId(note_id)))
        self.enter = Button(_("Enter a sealed note"), self._enter, needs=(safeguards.enter_note, safeguards.add_remark))
        if _reads_some():
            card = Card(_("Sealed notes"), _("Each look is recorded."), flush=True)
            card.append(self.table)
        else:
            card = Card(_("Sealed notes"))
            card.append(Text(_("Whether there are any is sealed, too. You can add one."), wrap=True))
        self._records = column()
        self._listed = column(gap=4)
        self.setLayout(column(card, row(self.enter, None), self._listed, self._records, None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Read which notes there are."""
        self._resident_id = page.row.id
        self._page = page
        work.run_query(self, queries.notes, self._show, latest="notes", resident_id=page.row.id)
        work.run_query(self, queries.listed, self._show_listed, latest="listed", resident_id=page.row.id)
        if _reads_some():
            work.run_query(self, queries.record, self._show_record, latest="record", resident_id=page.row.id)

    def look(self, note_id: SealedNoteId) -> None:
        """Open a note."""
        work.run_action(self, safeguards.look, on_done=partial(self._show_opened, note_id), note_id=note_id)

    def _show_opened(self, note_id: SealedNoteId, text: str) -> None:
        note, page = self._notes.get(note_id), self._page
        if note is not None and page is not None:
            whose = replace(search.found(page.row), value=note.resident_id)
            opened = opened_note(self.owner, note, whose, text)
            show_opened(self.owner, say(word(note.kind)), opened)

    def _show(self, notes: Sequence[NoteRow]) -> None:
        self._notes = {note.id: note for note in notes}
        self.table.show_rows(notes)

    def _show_record(self, record: SealedRecord) -> None:
        """Complaints and self-harm, each for who may read of it."""
        clear(self._records)
        for part, kind in ((COMPLAINTS, SealedKind.COMPLAINT), (SELF_HARM, SealedKind.HEALTH)):
            if reads(work.person().role, kind):
                self._records.addWidget(PartCard(self.owner, part, record))

    def _show_listed(self, found: Sequence[ListedRow]) -> None:
        clear(self._listed)
        for each in found:
            text = _("Open what list {list} says beyond", list=each.list_code)
            look = LinkButton(text, partial(self._look_at_list, each), needs=selection.look)
            self._listed.addLayout(row(look, None))

    def _look_at_list(self, listed: ListedRow) -> None:
        work.run_action(
            self,
            selection.look,
            on_done=partial(show_remarks, self.owner, listed.list_code),
            candidate_id=listed.candidate_id,
        )

    def _enter(self) -> None:
        if permissions.may(safeguards.enter_note):
            kinds = [(kind, say(word(kind))) for kind in NOTE_KINDS]
            kind = ChoiceField("kind", _("Kind"), kinds, required=True)
            enter_note(self.owner, safeguards.enter_note, taken_back_note, kind, resident_id=self._resident_id)
        else:
            enter_note(self.owner, safeguards.add_remark, taken_back_note, resident_id=self._resident_id)


def _kind(note: NoteRow) -> Cell:
    if note.holds:
        return Cell(say(word(note.kind)), strong=True)
    return Cell(_("{kind}, set aside", kind=say(word(note.kind))), tone=Tone.GREY)
