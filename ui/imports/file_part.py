"""What was found out about a file that comes in, and what the clerk says of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QGridLayout, QWidget

from models.errors import Refused
from models.exchange.dates import DayOrder
from models.exchange.delimited import SEPARATORS
from models.exchange.headers import SKIP, Fields, Heading, column_letter
from models.exchange.problems import Unsettled
from models.exchange.readings import FileReading
from models.exchange.tables import Table
from ui.kit.fields import ChoiceField, NumberField
from ui.kit.form import Form
from ui.kit.labels import Elided, Text
from ui.kit.layout import Card, clear, column, held
from ui.kit.notices import Callout
from ui.kit.tokens import Tone
from ui.language import _
from ui.work import explanation

R = TypeVar("R", bound=FileReading)

_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1256": "Windows-1256",
    "iso8859-1": "ISO 8859-1",
    "iso8859-2": "ISO 8859-2",
    "utf-16": "UTF-16",
}
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What the clerk says of a file; what is empty is found out.

    Attributes:
        mapping: The field of a column, by the column's letter.
        orders: Whether the day or the month comes first, by field.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    heading_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, DayOrder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look(Generic[R]):
    """A file as it was read, as far as that went.

    Attributes:
        read: Its rows; None where they could not be read.
        refusal: Why not.
    """

    table: Table
    heading: Heading | None
    read: R | None
    refusal: Refused | None = None

    @property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """The columns whose order of day and month must be told."""
        return () if self.read is None else self.read.unsettled

    @property
    def orders(self) -> Mapping[str, DayOrder]:
        """Whether the day or the month is first, by field."""
        return {} if self.read is None else self.read.orders


class FilePart(QWidget):
    """What was found out about a file, each of it changeable."""

    def __init__(self, fields: Fields, changed: Callable[[Told], None]) -> None:
        """Lay it out, empty.

        Args:
            fields: What this kind of file can have.
            changed: Is given what the clerk says, as soon as something is changed.
        """
        super().__init__()
        self._fields, self._emit = fields, changed
        self._told = Told()
        self._shown: tuple[Any, ...] = ()
        self.refusal = Callout("", tone=Tone.RED)
        self.refusal.setVisible(False)
        self.source = Card(_("File"))
        self.orders = Card(_("Day and month"))
        self.columns = Card(_("Columns"))
        self.choices: dict[str, ChoiceField[str]] = {}
        self.order_choices: dict[str, ChoiceField[DayOrder]] = {}
        self.setLayout(column(self.refusal, self.source, self.orders, self.columns, gap=12))

    def show_refusal(self, error: Refused) -> None:
        """Say why the file cannot be read like that."""
        self.refusal.label.setText(explanation(error))
        self.refusal.setVisible(True)

    def show_look(self, look: Look[Any], told: Told, date_fields: Sequence[str]) -> None:
        """Show how the file was read."""
        self._told = told
        self.refusal.setVisible(False)
        if look.refusal is not None:
            self.show_refusal(look.refusal)
        shown = (look.table.source, look.heading, look.unsettled, tuple(look.orders.items()))
        if shown == self._shown:
            return
        self._shown = shown
        self._show_source(look)
        self._show_orders(look, date_fields)
        self._show_columns(look)

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Told
        self._emit(replace(self._told, **values))

    def _show_source(self, look: Look[Any]) -> None:
        self.source.clear()
        source = look.table.source
        rows = len(look.table.rows)
        self.source.say(_("File"), _("{name}, {n} rows", name=source.name, n=rows))
        number = NumberField(
            "heading_row",
            _("The headings are in row"),
            value=None if look.heading is None else look.heading.row_number,
            required=True,
            wide=False,
        )
        number.edit.editingFinished.connect(lambda: self._heading_row(number, look))
        parts: list[Any] = []
        if source.kind == "csv":
            parts += [self._encoding(source.encoding), self._separator(source.separator)]
        elif source.other_sheets:
            parts.append(self._sheet(source.sheet, source.other_sheets))
        self.source.append(Form([*parts, number]))
        if not source.is_sure:
            says = _(
                "The letters are only likely right. Look at the examples below; choose other letters if one is wrong."
            )
            self.source.append(Callout(says))

    def _heading_row(self, number: NumberField, look: Look[Any]) -> None:
        if number.problem():
            return
        wanted = number.read()
        now = None if look.heading is None else look.heading.row_number
        if wanted is not None and wanted != now:
            self._change(heading_row=wanted, mapping={}, orders={})

    def _encoding(self, now: str) -> ChoiceField[str]:
        known = {now: _ENCODINGS.get(now, now)} | {
            code: name for code, name in _ENCODINGS.items() if name != _ENCODINGS.get(now)
        }
        field_ = ChoiceField("encoding", _("Letters"), list(known.items()), value=now, required=True, wide=False)
        field_.edited.connect(lambda: self._change(encoding=field_.read()))
        return field_

    def _separator(self, now: str) -> ChoiceField[str]:
        names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("bar")}
        offered = [(each, names.get(each, each)) for each in dict.fromkeys((now, *SEPARATORS)) if each]
        field_ = ChoiceField("separator", _("Between the cells"), offered, value=now, required=True, wide=False)
        field_.edited.connect(lambda: self._change(separator=field_.read(), heading_row=None, mapping={}, orders={}))
        return field_

    def _sheet(self, now: str, others: Sequence[str]) -> ChoiceField[str]:
        offered = [(each, each) for each in (now, *others)]
        field_ = ChoiceField("sheet", _("Sheet"), offered, value=now, required=True, wide=False)
        field_.edited.connect(lambda: self._change(sheet=field_.read(), heading_row=None, mapping={}, orders={}))
        return field_

    def _show_orders(self, look: Look[Any], date_fields: Sequence[str]) -> None:
        """Ask for the order of day and month where it cannot be told; show it where it was found out."""
        self.orders.clear()
        self.order_choices = {}
        heading = look.heading
        asked = {each.column: each.examples for each in look.unsettled}
        offered = [(DayOrder.DAY_FIRST, _("The day comes first")), (DayOrder.MONTH_FIRST, _("The month comes first"))]
        parts = []
        for name in date_fields:
            order = look.orders.get(name)
            if heading is None or order in (None, DayOrder.ANY):
                continue
            header = heading.header(name) or name
            examples = asked.get(header, ())
            hint = (
                _("Nobody can tell from the file, as in {examples}.", examples=", ".join(examples)) if examples else ""
            )
            choice = ChoiceField(name, header, offered, value=order, required=True, hint=hint, wide=False)
            choice.edited.connect(lambda name=name, choice=choice: self._order(name, choice))
            self.order_choices[name] = choice
            parts.append(choice)
        self.orders.setVisible(bool(parts))
        if parts:
            self.orders.append(Form(parts))

    def _order(self, name: str, choice: ChoiceField[DayOrder]) -> None:
        order = choice.read()
        if order is not None:
            self._change(orders={**self._told.orders, name: order})

    def _show_columns(self, look: Look[Any]) -> None:
        clear(self.columns.body)
        self.choices = {}
        heading = look.heading
        self.columns.setVisible(heading is not None)
        if heading is None:
            return
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, title in enumerate((_("Column of the file"), _("What stands in it"), _("What it holds"))):
            grid.addWidget(Text(title, "note"), 0, place)
        offered = [(name, _(words.label)) for name, words in self._fields.items()]
        below = [each for each in look.table.rows if each.number > heading.row_number]
        for at, found in enumerate(heading.columns, 1):
            letter = column_letter(found.index)
            head = Text(found.header, "strong", wrap=True)
            head.setFixedWidth(220)
            some: dict[str, None] = {}
            for each in below:
                if text := each.text(found.index):
                    some[text] = None
                if len(some) == _EXAMPLES:
                    break
            choice = ChoiceField(letter, "", offered, value=found.field, none=_("Keep as a note"))
            choice.combo.setAccessibleName(_("What the column {column} holds", column=found.header))
            choice.setFixedWidth(260)
            choice.edited.connect(lambda letter=letter, choice=choice: self._map(letter, choice))
            self.choices[letter] = choice
            grid.addWidget(head, at, 0)
            grid.addWidget(Elided(" · ".join(some), "subtitle"), at, 1)
            grid.addWidget(choice, at, 2)
        known = sum(each.field is not None for each in heading.columns)
        self.columns.say(_("Columns"), _("{n} of {total} recognised", n=known, total=len(heading.columns)))
        self.columns.append(held(grid))

    def _map(self, letter: str, choice: ChoiceField[str]) -> None:
        """What the clerk says of one column; another column that held the same gives it up."""
        wanted = choice.read() or SKIP
        mapping = {name: held for name, held in self._told.mapping.items() if held == SKIP or held != wanted}
        self._change(mapping={**mapping, letter: wanted})
