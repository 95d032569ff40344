"""The sealed notes of a resident: which there are, each opened on its own and recorded, and new ones entered."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from models.actions import safeguards
from models.ids import ResidentId, SealedNoteId
from models.queries import safeguards as queries
from models.queries.departures import StayDepartures
from models.queries.resident_page import ResidentPage
from models.queries.safeguards import NoteRow
from models.rules.people import HOLDS_SEALED_KEY
from models.rules.vocabulary import NOTE_KINDS
from models.rules.wording import word
from ui import permissions, work
from ui.kit.columns import Cell, Column
from ui.kit.fields import ChoiceField, LongTextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import Card, Empty, column, row
from ui.kit.sealed import show_opened
from ui.kit.table import Table
from ui.language import _, say
from ui.presentation import at_clock
from ui.residents.tabs import Tab


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
        self._kinds: dict[SealedNoteId, str] = {}
        self.table: Table[NoteRow] = Table(
            [
                Column("kind", _("Kind"), lambda note: Cell(say(word(note.kind)), strong=True), width=220),
                Column("who", _("Entered by"), lambda note: note.entered_by, stretch=True),
                Column("when", _("Entered on"), lambda note: at_clock(note.entered_at), width=190),
                Column("open", "", lambda _note: Cell(_("Open"), link=True), width=110, right=True),
            ],
            name=_("Sealed notes"),
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
        self.setLayout(column(card, row(self.enter, None), None))

    def show_resident(self, page: ResidentPage, leaving: StayDepartures | None) -> None:
        """Read which notes there are."""
        self._resident_id = page.row.id
        work.run_query(self, queries.notes, self._show, latest="notes", resident_id=page.row.id)

    def look(self, note_id: SealedNoteId) -> None:
        """Open a note."""
        title = self._kinds.get(note_id, "")
        work.run_action(
            self, safeguards.look, on_done=lambda text: show_opened(self.owner, title, text), note_id=note_id
        )

    def _show(self, notes: Sequence[NoteRow]) -> None:
        self._kinds = {note.id: say(word(note.kind)) for note in notes}
        self.table.show_rows(notes)

    def _enter(self) -> None:
        kinds = [(kind, say(word(kind))) for kind in NOTE_KINDS]
        sorts = permissions.may(safeguards.enter_note)
        FormDialog(
            self.owner,
            _("Enter a sealed note"),
            [
                *([ChoiceField("kind", _("Kind"), kinds, required=True)] if sorts else ()),
                LongTextField("text", _("Note"), required=True, lines=8),
            ],
            safeguards.enter_note if sorts else safeguards.add_remark,
            values={"resident_id": self._resident_id},
            submit=_("Enter and seal"),
            says=_("It cannot be changed afterwards. A later note says what is different."),
            done=_("The note was sealed."),
        ).open()
