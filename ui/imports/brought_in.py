"""What was brought in with files, and the way to take it back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.actions import imports
from models.ids import ImportId
from models.queries import imports as queries
from models.queries.imports import Consequences, ImportRow
from models.rules.wording import word
from ui import prompts, session
from ui.kit.columns import Cell, Column, day_column
from ui.kit.fields import LongTextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, Text
from ui.kit.layout import Empty, column, row
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, plural, say
from ui.permissions import may
from ui.work import run_query


def show(owner: QWidget) -> None:
    """Open the list of the files that were brought in."""
    BroughtIn(owner).open()


class BroughtIn(QDialog):
    """The files that were brought in, the latest first."""

    def __init__(self, owner: QWidget) -> None:
        """Read them."""
        super().__init__(owner.window())
        self.setWindowTitle(_("Brought in"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table: Table[ImportRow] = Table(
            self._columns(),
            name=_("Brought in"),
            keeps="brought in",
            row_id=lambda found: found.id,
            choosable=False,
            empty=Empty(_("Nothing was brought in yet"), _("Files of stays and proposed lists stand here.")),
        )
        self.table.followed.connect(lambda import_id, _column: self.take_back(import_id))
        words = Text(
            _("What a file brought in can be taken back whole, as long as nothing was built on it."), "body", wrap=True
        )
        close = Button(_("Close"), self.reject)
        self.setLayout(
            column(
                Text(_("Brought in"), "title"),
                words,
                (self.table, 1),
                row(None, close),
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )
        self.resize(900, 520)
        self.read_again()

    def read_again(self) -> None:
        """Read the list as it is now."""
        run_query(self, queries.latest, self.table.show_rows, latest="imports")

    def take_back(self, import_id: ImportId) -> None:
        """Say what would go, and ask why; or say what stands against it."""
        run_query(self, queries.consequences, lambda found: self._ask(import_id, found), import_id=import_id)

    def _ask(self, import_id: ImportId, found: Consequences) -> None:
        said = [say(each) for each in queries.told(found)]
        if found.against:
            prompts.tell(self, _("This cannot be taken back"), "\n".join(said))
            return
        reason = LongTextField("reason", _("Reason"), required=True)
        FormDialog(
            self,
            _("Take back what was brought in"),
            [reason],
            imports.take_back,
            submit=_("Take back"),
            says=" ".join([*said, _("Issued months that this touches will differ from what was issued.")]),
            on_done=lambda _done: self.read_again(),
            undoes=_("It cannot be undone, but the file can be brought in again."),
            values={"import_id": import_id},
        ).open()

    def _columns(self) -> list[Column[ImportRow]]:
        return [
            day_column("at", _("When"), lambda found: session.date_of(found.entered_at), width=110),
            Column("kind", _("What"), lambda found: say(word(found.kind)), width=120),
            Column("programme", _("Programme"), lambda found: found.programme, width=110),
            Column("counts", _("Rows"), _counts, width=220, stretch=True),
            Column("by", _("By"), lambda found: found.by, width=120),
            Column("back", "", self._back, width=170),
        ]

    def _back(self, found: ImportRow) -> Cell:
        if found.taken_back_at is not None:
            return Cell(
                _("Taken back on {date}", date=session.date_of(found.taken_back_at)), tone=Tone.AMBER, hint=found.reason
            )
        return Cell(_("Take back"), link=True) if may(imports.take_back) else Cell("")


def _counts(found: ImportRow) -> str:
    counts = found.counts
    said = (
        plural("{n} stay", "{n} stays", counts.get("stays", 0)) if counts.get("stays") else "",
        plural("{n} stay ended", "{n} stays ended", counts["ended"]) if counts.get("ended") else "",
        plural("{n} stay changed", "{n} stays changed", counts["changed"]) if counts.get("changed") else "",
        plural("{n} new person", "{n} new people", counts["people"]) if counts.get("people") else "",
        plural("{n} candidate", "{n} candidates", counts["candidates"]) if counts.get("candidates") else "",
    )
    return ", ".join(filter(None, said))
