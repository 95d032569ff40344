"""What a file says otherwise than the register, row by row, and which of the two holds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.exchange.contradictions import Choice, Choices, Contradiction, PersonQuestion, Who
from models.exchange.fields import STAY_FIELDS
from ui.kit.columns import Cell, Column
from ui.kit.fields import TextField
from ui.kit.labels import Button, Text
from ui.kit.layout import column, held, row
from ui.kit.table import Table
from ui.kit.tokens import Tone
from ui.language import _, plural, tr

Asked = Contradiction | PersonQuestion


class ContradictionsPart(QWidget):
    """A table of what contradicts; a press on the last column takes the other value, or another person."""

    edited = Signal()

    def __init__(self) -> None:
        """Lay it out, with nothing in it."""
        super().__init__()
        self._rows: Sequence[Asked] = ()
        self._chosen: dict[int, Choice] = {}
        self._people: dict[int, Who] = {}
        self.said = Text("", "strong", wrap=True)
        self.reason = TextField("reason", _("How it is known that the file is right"), required=True, longest=2000)
        self.table: Table[Asked] = Table(
            self._columns(), name=_("Rows that contradict the register"), row_id=id, choosable=False
        )
        self.table.followed.connect(lambda row_id, _column: self._turn(row_id))
        keep = Button(_("Keep all that the register says"), lambda: self._all(Choice.KEEP))
        take = Button(_("Take all that the file says"), lambda: self._all(Choice.TAKE))
        self.setLayout(column(self.said, held(row(keep, take, None, gap=8)), (self.table, 1), self.reason, gap=8))
        self.reason.edited.connect(self.edited)
        self.reason.setVisible(False)

    def show_rows(self, rows: Sequence[Asked]) -> None:
        """Show them; what was chosen of a row before still holds."""
        self._rows = rows
        stays = {each.row_number for each in rows if isinstance(each, Contradiction)}
        people = {each.row_number for each in rows if isinstance(each, PersonQuestion)}
        self._chosen = {number: choice for number, choice in self._chosen.items() if number in stays}
        self._people = {number: who for number, who in self._people.items() if number in people}
        self.said.setText(
            plural(
                "{n} row contradicts the register. Say which of the two holds.",
                "{n} rows contradict the register. Say which of the two holds.",
                len(stays | people),
            )
        )
        self._show()

    @property
    def is_answered(self) -> bool:
        """Whether it is said of every row what holds, and why where the file is right."""
        reasoned = Choice.TAKE not in self._chosen.values() or bool(self.reason.read())
        return reasoned and all(self._answer(each) is not None for each in self._rows)

    def choices(self) -> Choices:
        """What was said."""
        return Choices(rows=dict(self._chosen), reason=self.reason.read() or "", people=dict(self._people))

    def _answer(self, asked: Asked) -> Choice | Who | None:
        if isinstance(asked, PersonQuestion):
            return self._people.get(asked.row_number)
        return self._chosen.get(asked.row_number)

    def _show(self) -> None:
        self.table.show_rows(self._rows)
        self.reason.setVisible(Choice.TAKE in self._chosen.values())
        self.edited.emit()

    def _all(self, choice: Choice) -> None:
        """Who somebody is, is never said of all at once."""
        self._chosen = {each.row_number: choice for each in self._rows if isinstance(each, Contradiction)}
        self._show()

    def _turn(self, row_id: object) -> None:
        found = next((each for each in self._rows if id(each) == row_id), None)
        if isinstance(found, PersonQuestion):
            is_same = self._people.get(found.row_number) is Who.SAME
            self._people[found.row_number] = Who.OTHER if is_same else Who.SAME
        elif found is not None:
            turned = Choice.KEEP if self._chosen.get(found.row_number) is Choice.TAKE else Choice.TAKE
            self._chosen[found.row_number] = turned
        self._show()

    def _columns(self) -> list[Column[Asked]]:
        return [
            Column(
                "row",
                _("Row"),
                lambda found: str(found.row_number),
                width=60,
                right=True,
                data=lambda found: found.row_number,
            ),
            Column("whose", _("Resident"), _whose, width=100),
            Column("what", _("What"), _what, width=140),
            Column("ours", _("The register says"), lambda found: tr().value(found.ours), width=200),
            Column("theirs", _("The file says"), lambda found: tr().value(found.theirs), width=150, stretch=True),
            Column("holds", _("What holds"), self._holds, width=150),
        ]

    def _holds(self, found: Asked) -> Cell:
        match self._answer(found):
            case Choice.KEEP:
                return Cell(_("The register"), strong=True, link=True)
            case Choice.TAKE:
                return Cell(_("The file"), strong=True, link=True)
            case Who.SAME:
                return Cell(_("The same person"), strong=True, link=True)
            case Who.OTHER:
                return Cell(_("Somebody else"), strong=True, link=True)
            case _:
                return Cell(_("Choose"), tone=Tone.RED, link=True)


def _whose(found: Asked) -> str:
    return found.number if isinstance(found, PersonQuestion) else found.whose


def _what(found: Asked) -> str:
    field = "person_id" if isinstance(found, PersonQuestion) else found.field
    return _(STAY_FIELDS[field].label)
