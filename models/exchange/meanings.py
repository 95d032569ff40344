"""What the words of a file stand for: what is known, what somebody said, and what must be asked, once for each word."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from models.errors import Refused
from models.exchange.answers import LEFT_OUT, Answers
from models.exchange.countries import has_codes, read_country
from models.exchange.headers import Heading
from models.exchange.tables import Row
from models.exchange.values import key, read_answer, read_departure_kind, read_sex
from models.rules.field_types import Field, FieldType
from models.rules.fields import CANDIDATE, PERSON, STAY
from models.rules.vocabulary import Answer, DepartureKind, Sex

T = TypeVar("T")

_READERS: Mapping[type[StrEnum], Callable[[str], StrEnum | None]] = {
    Sex: read_sex,
    Answer: read_answer,
    DepartureKind: read_departure_kind,
}
_OF_STAYS = ("departure_kind", "destination_country")
_DECLARED: Mapping[str, Field] = {
    each.column: each
    for each in (*PERSON, *CANDIDATE, *(field for field in STAY if field.name in _OF_STAYS))
    if each.type in (FieldType.COUNTRY, FieldType.NATIONALITY, FieldType.YES_NO, *_READERS)
}
"""The fields whose words have a meaning that can be said: countries, sexes, kinds of departure, yes and no."""

_NAMIBIA = "NA"
"""In a cell it is more often no answer; as a meaning it is the country."""


def vocabulary_of(field: str) -> type[StrEnum] | None:
    """The words that a field can hold; None where it holds a country."""
    kind = _DECLARED[field].type
    return kind if isinstance(kind, type) else Answer if kind is FieldType.YES_NO else None


def read_word(field: str, text: str) -> str | None:
    """The code that a text states in a field: of a country, or a word of its vocabulary; None where it states none."""
    vocabulary = vocabulary_of(field)
    return read_country(text) if vocabulary is None else _READERS[vocabulary](text)


class Meanings:
    """What words of a file stand for, and the words that nobody knows.

    Attributes:
        told: What was said, by field and key of the text.
        unknown: How often each text was met that nobody knows, by field and key.
        texts: How such a text is written, or one of which something was said and that was met.
    """

    def __init__(self, heading: Heading, answers: Answers) -> None:
        """Take what was said of words.

        Raises:
            Refused: It names no column, or gives a word a meaning that there is not.
        """
        self.told: dict[tuple[str, str], str] = {}
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.texts: dict[tuple[str, str], str] = {}
        self._typed: dict[tuple[str, str], str] = {}
        self._coded: frozenset[str] = frozenset()
        for said, meaning in answers.values.items():
            self._take(heading, said, meaning, is_earlier=f"value:{said}" in answers.earlier)

    def find_codes(self, heading: Heading, rows: Iterable[Row]) -> None:
        """See in which columns of countries codes of two letters stand, so that `NA` is Namibia there."""
        self._coded = frozenset(
            field
            for field, index in heading.by_field.items()
            if field in _DECLARED and vocabulary_of(field) is None and has_codes(row.text(index) for row in rows)
        )

    def _take(self, heading: Heading, said: str, meaning: str, *, is_earlier: bool) -> None:
        place = _place(heading, said)
        if place is None:
            if is_earlier:
                return
            raise Refused(
                "“{value}” names no column whose words can be told. Write it as column:text=meaning.",
                field="values",
                value=said,
            )
        code = LEFT_OUT if meaning.strip() in ("", LEFT_OUT) else read_word(place[0], meaning)
        if code is None and meaning.strip().upper() == _NAMIBIA and vocabulary_of(place[0]) is None:
            code = _NAMIBIA
        if code is None:
            vocabulary = vocabulary_of(place[0])
            words = () if vocabulary is None else tuple(each.value for each in vocabulary)
            raise Refused(
                "“{meaning}” is no word for this column. Write one of: {words}.",
                field="values",
                meaning=meaning,
                words=", ".join((*words, LEFT_OUT)) if words else f"AF, AL …, {LEFT_OUT}",
            )
        self.told[place] = code
        if not is_earlier:
            self._typed[place] = said

    def code(self, field: str, text: str, *, is_asked: bool = True) -> str | None:
        """The code for a text, as it was said, else as it is known; None where there is none."""
        place = (field, _word(text))
        if (told := self.told.get(place)) is not None:
            self.texts.setdefault(place, text)
            return None if told == LEFT_OUT else told
        found = read_country(text, codes=True) if field in self._coded else read_word(field, text)
        if found is None and is_asked:
            self.unknown[place] += 1
            self.texts.setdefault(place, text)
        return found

    @property
    def unmet(self) -> tuple[str, ...]:
        """What was said now of texts that no row has, as it was written: `column:text`."""
        return tuple(said for place, said in self._typed.items() if place not in self.texts)

    def is_left(self, field: str, text: str) -> bool:
        """Whether somebody said that a text has no word of Konak's."""
        return self.told.get((field, _word(text))) == LEFT_OUT


def _place(heading: Heading, said: str) -> tuple[str, str] | None:
    """The field and the key of a text that are told as `column:text`; a heading may have colons itself."""
    parts = said.split(":")
    for at in range(1, len(parts)):
        column = heading.named(":".join(parts[:at]))
        field = None if column is None else column.field
        if field is not None and field in _DECLARED:
            return field, _word(":".join(parts[at:]))
    return None


def _word(text: str) -> str:
    """By what words are one; signs without a letter, such as a cross or a dash, are none but themselves."""
    return key(text) or text.strip()
