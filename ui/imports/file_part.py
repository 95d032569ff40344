"""What was found out about a file that comes in, and what the clerk says of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QGridLayout, QWidget

from models.errors import Refused
from models.exchange.answers import LEFT_OUT, SEALED, Answers
from models.exchange.delimited import SEPARATORS
from models.exchange.encodings import ENCODINGS, label_of
from models.exchange.headers import Heading, samples
from models.exchange.heading_words import Fields
from models.exchange.opening import Opened
from models.exchange.questions import Question, answered
from models.exchange.readings import FileReading
from ui.imports.questions_part import QuestionsPart
from ui.kit.fields import ChoiceField
from ui.kit.form import Form
from ui.kit.labels import Elided, Text
from ui.kit.layout import Card, clear, column, held
from ui.kit.notices import Callout
from ui.kit.tokens import Tone
from ui.kit.typed_fields import NumberField
from ui.language import _, say
from ui.work import explanation

R = TypeVar("R", bound=FileReading)

_SAMPLED = 500


@dataclass(frozen=True, slots=True)
class Look(Generic[R]):
    """A file as it was read, as far as that went.

    Attributes:
        read: Its rows; None where they could not be read.
        refusal: Why not.
    """

    opened: Opened
    read: R | None
    refusal: Refused | None = None


class FilePart(QWidget):
    """What was found out about a file, each of it changeable."""

    def __init__(self, fields: Fields, changed: Callable[[Answers], None]) -> None:
        """Lay it out, empty.

        Args:
            fields: What this kind of file can have.
            changed: Is given what the clerk says, as soon as something is changed.
        """
        super().__init__()
        self._fields, self._emit = fields, changed
        self._told = Answers()
        self._shown: tuple[Any, ...] = ()
        self.refusal = Callout(tone=Tone.RED)
        self.source = Card(_("File"))
        self.earlier = Callout(_("Read as the last file of this shape from this programme. Change what is not right."))
        self.earlier.setVisible(False)
        self.questions = QuestionsPart(self._answered)
        self.columns = Card(_("Columns"))
        self.choices: dict[str, ChoiceField[str]] = {}
        self.setLayout(column(self.refusal, self.earlier, self.questions, self.source, self.columns, gap=12))

    def show_refusal(self, error: Refused) -> None:
        """Say why the file cannot be read like that."""
        self.refusal.say(explanation(error))

    def show_look(self, look: Look[Any], told: Answers) -> None:
        """Show how the file was read.

        Args:
            look: The file.
            told: What the clerk has said of it so far.
        """
        self._told = told
        self.refusal.say("")
        if look.refusal is not None:
            self.show_refusal(look.refusal)
        self.earlier.setVisible(look.read is not None and bool(look.read.answers.earlier))
        self.questions.show_questions(() if look.read is None else look.read.questions)
        heading = None if look.read is None else look.read.heading
        shown = (look.opened.table.source, heading)
        if shown == self._shown:
            return
        self._shown = shown
        self._show_source(look, heading)
        self._show_columns(look, heading)

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Answers
        self._emit(replace(self._told, **values))

    def _answered(self, question: Question, value: str) -> None:
        self._emit(answered(self._told, question, value))

    def _show_source(self, look: Look[Any], heading: Heading | None) -> None:
        self.source.clear()
        source = look.opened.table.source
        rows = len(look.opened.table.rows)
        self.source.say(_("File"), _("{name}, {n} rows", name=source.name, n=rows))
        number = NumberField(
            "heading_row",
            _("The headings are in row"),
            value=None if heading is None else heading.row_number,
            hint=_("0 where the columns have no headings"),
            required=True,
            wide=False,
        )
        number.edit.editingFinished.connect(lambda: self._heading_row(number, heading))
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

    def _heading_row(self, number: NumberField, heading: Heading | None) -> None:
        if number.problem():
            return
        wanted = number.read()
        now = None if heading is None else heading.row_number
        if wanted is not None and wanted != now:
            self._change(heading_row=wanted, mapping={}, orders={})

    def _encoding(self, now: str) -> ChoiceField[str]:
        known = {now: say(label_of(now))} | {each.name: say(each.label) for each in ENCODINGS}
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
        field_.edited.connect(lambda: self._change(sheets=(field_.read(),), heading_row=None, mapping={}, orders={}))
        return field_

    def _show_columns(self, look: Look[Any], heading: Heading | None) -> None:
        clear(self.columns.body)
        self.choices = {}
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
        offered = [(LEFT_OUT, _("Leave it out")), *((name, _(words.label)) for name, words in self._fields.items())]
        below = [each for each in look.opened.table.rows[:_SAMPLED] if each.number > heading.row_number]
        for at, found in enumerate(heading.columns, 1):
            letter = found.letter
            head = Text(found.header, "strong", wrap=True)
            head.setFixedWidth(220)
            some = samples(below, found.index)
            holds = LEFT_OUT if found.is_left_out else found.field
            choice = ChoiceField(letter, "", offered, value=holds, none=_("Keep sealed"))
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
        wanted = choice.read() or SEALED
        several = (SEALED, LEFT_OUT)
        mapping = {name: held for name, held in self._told.mapping.items() if held in several or held != wanted}
        self._change(mapping={**mapping, letter: wanted})
