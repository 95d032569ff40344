"""The cells of one row by their fields, as both imports read them; nothing of them is lost, and nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from models.exchange.births import BirthReading, is_year, read_birth, read_month, read_part
from models.exchange.clocks import INVISIBLE
from models.exchange.countries import read_language
from models.exchange.dates import DayOrder, read_date, read_decimal
from models.exchange.headers import Heading
from models.exchange.meanings import Meanings, vocabulary_of
from models.exchange.problems import Note, Problem
from models.exchange.sentences import is_for_life, read_sentence
from models.exchange.tables import Native, Row
from models.exchange.values import is_no_answer, is_unknown, key
from models.rules.field_types import Field, FieldType
from models.rules.fields import CANDIDATE, PARTNER_NUMBER, PERSON
from models.rules.names import without_title
from models.rules.residents import PERSON_SAID
from models.rules.unknown import UNKNOWN, named_parts
from models.rules.vocabulary import Answer
from models.text import Message, message

_OVERRIDES = frozenset("\u202d\u202e")
"""What turns the letters of a name: that is seen, so it stays as it was written, with what ends it."""
_SEVERAL = re.compile(r"[&+;]|\s(?:and|with|dhe|me|og|und|et|sa|са)\s", re.IGNORECASE)
"""`Ana & Eva`, `Gul dhe Ali`, `Ana + 2`: no name of one person has these. Of `i` and `y` many have one."""
_COMMAS = 2
"""Family name, given names, middle names: more of them part people."""
_BREAKS = re.compile(r"\s*[\r\n\t\v\f\u2028\u2029]+\s*")
"""A name is one line, however a cell breaks it."""

LONGEST = {
    **{each.column: each.longest for each in (*PERSON, *CANDIDATE) if each.is_line},
    "full_name": 400,
    "birth_date": 100,
    "partner_number": PARTNER_NUMBER.longest,
    "person_id": PARTNER_NUMBER.longest,
    "list_number": 32,
    "case": 50,
    "case_person": 12,
    "stay_id": 100,
}
"""How many letters the register keeps of each column."""
_BIRTH_PARTS = ("birth_month", "birth_day")
_PERHAPS_NOTHING = UNKNOWN | frozenset(map(key, ("true", "false", "nat", "ditto", "see above", "as above")))
"""What is taken for a name, and people seldom have: `None`, `Nil`, `NaN`."""
EXPIRED = frozenset(map(key, ("expired", "skaduar", "i skaduar", "isteklo", "istekao", "istekla", "udløbet")))


@dataclass(slots=True)
class Cells:
    """The cells of one row, with what was not understood of them so far.

    Attributes:
        orders: Whether the day or the month is first, by field.
        meanings: What the words of the file stand for.
        notes: Cells that were not understood, or have no field: kept as they are.
        doubts: What a person should know before they rely on the row.
    """

    misses_columns: ClassVar[bool] = True
    """Whether it is doubtful of each row what the file has no column for."""

    row: Row
    heading: Heading
    orders: Mapping[str, DayOrder]
    meanings: Meanings
    notes: list[Note] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    def written(self, name: str) -> str:
        """What stands in the cell of a field; empty where the file has no such column."""
        return self.heading.text(self.row, name)

    def keep(self, name: str) -> None:
        """Keep a cell as a note, once."""
        if text := self.written(name):
            note = Note(self.heading.header(name) or name, text)
            if note not in self.notes:
                self.notes.append(note)

    def doubt(self, name: str | None, what: Message) -> None:
        """Say what a person should know of a cell, or of the row."""
        column = None if name is None else self.heading.header(name)
        if name is not None and column is None and not self.misses_columns:
            return
        value = "" if name is None else self.written(name)
        self.doubts.append(Problem(self.row.number, column, value, what))

    def text(self, name: str, is_nothing: Callable[[str], bool] = is_unknown) -> str:
        """The text of a cell; a note instead where it says that nothing is known, or is too long to be kept."""
        written = self.written(name)
        if is_nothing(written) or len(written) > LONGEST.get(name, len(written)):
            self.keep(name)
            return ""
        return written

    def value(self, declared: Field) -> Any:  # noqa: ANN401 - whatever the field holds
        """The value of a field; what cannot be understood is kept as a note, and the field is empty."""
        name = declared.column
        match declared.type:
            case FieldType.NAME:
                return self._name(name)
            case FieldType.DATE:
                return self._date(name)
            case FieldType.NUMBER:
                return self._number(name)
            case FieldType.LANGUAGES:
                return tuple(dict.fromkeys(map(read_language, _split(self.text(name)))))
            case FieldType.COUNTRY | FieldType.NATIONALITY:
                return self._meant(name)
            case FieldType.TEXTS:
                return _split(self.text(name))
            case FieldType.YES_NO:
                return self._meant(name) == Answer.YES
            case FieldType():
                return self.text(name)
            case vocabulary:
                code = self._meant(name)
                return declared.tidy(None if code is None else vocabulary(code))

    def person(self) -> dict[str, Any]:
        """What the row says of the person, by the name of the field."""
        family, given = self._names()
        read = self._birth()
        one = {
            "family_name": family,
            "given_names": given,
            "birth": read.birth,
            "birth_as_written": read.as_written[:100] if read.understood else "",
        }
        return self.values(each for each in PERSON_SAID if each.name not in one) | one

    def values(self, declared: Iterable[Field]) -> dict[str, Any]:
        """The values of the fields for which the file has a column, by the name of the field."""
        return {each.name: self.value(each) for each in declared if each.column in self.heading.by_field}

    def _meant(self, name: str) -> str | None:
        """The code that a word stands for; a note and a doubt instead where nobody knows, or said, what it means."""
        written = self.written(name)
        is_blank = is_no_answer(written) if vocabulary_of(name) is Answer else is_unknown(written)
        found = self.meanings.code(name, written, is_asked=not is_blank)
        if found is None and written:
            self.keep(name)
            if key(written) == "na" and vocabulary_of(name) is None and not self.meanings.is_left(name, written):
                self.doubt(name, message("NA is taken for not known: it may be Namibia."))
            elif not is_blank and not self.meanings.is_left(name, written):
                self.doubt(name, message("Konak does not know this word. It is kept as a sealed note."))
        return found

    def _name(self, name: str) -> str:
        """The parts of a name that are known; a note and a doubt where one stands for nothing."""
        written = self.text(name, lambda _: False)
        if not written.isascii():
            written = written if _OVERRIDES.intersection(written) else written.translate(INVISIBLE).strip()
        lines = _BREAKS.split(written)
        line = " ".join(lines)
        if line != written and any(map(str.isdecimal, line)):
            self.doubt(name, message("Several lines with digits stand here. See whether all of it is the name."))
        written = line
        known = named_parts(written)
        if known and not any(map(str.isalpha, known)):
            self.doubt(name, message("No letter stands in this name. See what it is."))
        if known != written:
            self.keep(name)
            self.doubt(name, message("This part of the name is not known."))
        if key(known) in _PERHAPS_NOTHING:
            self.doubt(name, message("This may say that the name is not known. See whether it is a name."))
        title, untitled = without_title(known)
        if title:
            self.keep(name)
            self.doubt(name, message("“{title}” is taken for a form of address and left out of the name.", title=title))
        is_several = len(lines) > 1 and all(len(re.findall(r"[^\W\d_]+", each)) > 1 for each in lines)
        if (
            is_several
            or _SEVERAL.search(untitled)
            or untitled.count(",") > _COMMAS
            or ("/" in untitled and untitled.isascii())
        ):
            self.doubt(name, message("Perhaps several people stand in this row. Give each a row of their own."))
        return untitled

    def _date(self, name: str) -> date | None:
        index = self.heading.by_field.get(name)
        if index is None or not self.row.text(index):
            return None
        found = read_date(self.row.value(index), self.orders[name])
        if not isinstance(found, Message):
            return found
        self.keep(name)
        written = self.row.text(index)
        if not is_unknown(written) and key(written) not in EXPIRED:
            # What stands there is kept sealed, so the sentence does not repeat it.
            self.doubt(name, message("What stands under “{column}” was not understood.", column=self._label(name)))
        return None

    def _label(self, name: str) -> Message:
        """What Konak calls a column, whatever its heading in the file says beyond."""
        return Message(next(field.label for field in (*PERSON, *CANDIDATE) if field.column == name))

    def _number(self, name: str) -> Decimal | None:
        index = self.heading.by_field.get(name)
        if index is None or not self.row.text(index):
            return None
        value = self.row.value(index)
        if name == "sentence_months" and isinstance(value, str) and is_for_life(value):
            self.keep(name)
            self.doubt(name, message("A sentence for life: it has no end."))
            return None
        found = read_sentence(value) if name == "sentence_months" else read_decimal(value)
        if isinstance(found, Message) or found < 0:
            self.keep(name)
            if not is_unknown(self.row.text(index)):
                self.doubt(name, message("What stands under “{column}” was not understood.", column=self._label(name)))
            return None
        return found

    def _names(self) -> tuple[str, str]:
        """Family and given names. A whole name that nothing divides is kept whole, as passports do (ICAO Doc 9303)."""
        names = ("family_name", "second_family_name", "given_names", "middle_names", "full_name")
        family, second, given, middle, whole = map(self._name, names)
        if whole:
            before, _, behind = (part.strip() for part in whole.partition(","))
            family, given = family or before, given or behind
        family, given = (" ".join(part for part in pair if part) for pair in ((family, second), (given, middle)))
        if whole:
            if "," not in whole:
                self.doubt("full_name", message("Family name and given names stand in one cell: divide them."))
        elif not family and not self.written("family_name"):
            self.doubt("family_name", message("No family name is given."))
        elif not given and not self.written("given_names"):
            self.doubt("given_names", message("No given name is given."))
        return family, given

    def _birth(self) -> BirthReading:
        index = self.heading.by_field.get("birth_date")
        if index is None or not self.row.text(index):
            self.doubt("birth_date", message("No date of birth is given."))
            for name in _BIRTH_PARTS:
                self.keep(name)
            return BirthReading(None, "")
        parts = any(self.written(name) for name in _BIRTH_PARTS)
        value = self._in_parts(index) if parts else self.row.value(index)
        read = read_birth(value, self.orders["birth_date"])
        for what in read.doubts:
            self.doubt("birth_date", what)
        if read.birth is None:
            for name in ("birth_date", *(_BIRTH_PARTS if parts else ())):
                self.keep(name)
            if read.understood:
                self.doubt("birth_date", message("The date of birth is not known."))
        return read

    def _in_parts(self, index: int) -> str | Native:
        """A birth whose year, month and day stand in three cells, as one text; a part that is none is kept sealed."""
        month, day = (self._part_of_birth(name) for name in _BIRTH_PARTS)
        year = is_year(self.row.text(index))
        if year is None or (month is None and day is not None):
            for name in _BIRTH_PARTS:
                self.keep(name)
            self.doubt("birth_month", message("The parts of the birth date do not make a date. Look at them."))
            return self.row.value(index)
        return "-".join(part for part in (f"{year:04}", month and f"{month:02}", day and f"{day:02}") if part)

    def _part_of_birth(self, name: str) -> int | None:
        """The number of a month or a day; None where it says nothing that is one."""
        written = self.written(name)
        found = read_part(written) if name == "birth_day" else read_month(written)
        if found is None and not is_unknown(written):
            self.keep(name)
            self.doubt(name, message("This is no part of a date. It is kept as a sealed note."))
        return found


def _split(text: str) -> tuple[str, ...]:
    """The texts that a cell names, each once."""
    for separator in ("/", ",", "|", "\n", " & "):
        text = text.replace(separator, ";")
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if not is_unknown(part)))
