"""What a field is: how it is declared, and what a value of it is where it is tidy, added to, or stored."""

from dataclasses import KW_ONLY, dataclass
from enum import Enum, StrEnum, auto

from models.errors import Refused
from models.rules.codes import checked_country
from models.rules.vocabulary import Answer


class FieldClass(StrEnum):
    """How closely a field is kept (rules.md, Disclosure)."""

    OPEN = "open"
    PERSONAL = "personal"
    SEALED = "sealed"


class FieldType(Enum):
    """What kind of value a field holds, beside the words of a vocabulary."""

    NAME = auto()
    """A text in which what other texts say for nothing, such as Na or Nema, is a name."""
    TEXT = auto()
    LONG_TEXT = auto()
    TEXTS = auto()
    NUMBER = auto()
    YES_NO = auto()
    DATE = auto()
    BIRTH = auto()
    COUNTRY = auto()
    """ISO 3166 alpha-2."""
    NATIONALITY = auto()
    """The same, or `XXA` for a stateless person."""
    COUNTRIES = auto()
    LANGUAGES = auto()
    """ISO 639 codes where the language has one, else its name as written."""
    BED = auto()
    RESIDENT = auto()
    """The number of another resident."""
    ENTRY = auto()
    """The number of another row, of which no form asks."""
    MOMENT = auto()
    """A date and, where it is known, an hour: two columns, of its name with `_on` and `_at`."""


class Asked(Enum):
    """When a clerk is asked for a field of a person."""

    FIRST = auto()
    """On arrival, at the top: it tells one person from another."""
    ON_ARRIVAL = auto()
    LATER = auto()
    """Not on arrival, but where a person is put right."""
    NEVER = auto()
    """Nobody types it: it comes from where the person comes from."""


LONGEST_TEXT = 100_000
"""So many letters of a text of several lines the register keeps; of a line, as many as its field says."""


def check_text(text: str, most: int = LONGEST_TEXT, *, field: str | None = None) -> None:
    """Refuse a text that the register cannot keep.

    Args:
        text: What was typed, or stands in a file.
        most: How many letters it may have.
        field: Of the form.

    Raises:
        Refused: It is too long, or holds half a letter, which no text is written with.
    """
    if len(text) > most:
        raise Refused("This can have at most {n} letters. Shorten it.", field=field, n=most)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise half_letter(field)


def half_letter(field: str | None = None) -> Refused:
    """What is said of a text that is none: half of a pair that would be one letter together."""
    return Refused("This holds half a letter, which cannot be kept. Type it anew.", field=field)


_TEXTS = (FieldType.NAME, FieldType.TEXT)
COUNTRIES = (FieldType.COUNTRY, FieldType.NATIONALITY, FieldType.COUNTRIES)
CODES = (*COUNTRIES, FieldType.LANGUAGES)
"""Kept as codes, and named in the reader's language."""
_SEVERAL = (FieldType.TEXTS, FieldType.COUNTRIES, FieldType.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Field:
    """A field, once: what all that shows it, asks for it, keeps it or lets it out goes by.

    Attributes:
        name: Of the column and of the attribute of the facts.
        label: What it is called; an English message id.
        type: What it holds, or the vocabulary whose words it holds.
        disclosure: How closely it is kept.
        headings: By what else than its name columns of files are known to hold it.
        in_files: Its name among the columns of files, where that is another; None: no file has it.
        searched: Whether the search finds people by it.
        longest: How many letters the register keeps of a text.
        asked: When a clerk is asked for it.
        question: What a form asks, where the label alone would not do.
        required: Whether nothing is entered without it.
    """

    name: str
    label: str
    type: FieldType | type[StrEnum]
    disclosure: FieldClass
    _: KW_ONLY
    headings: tuple[str, ...] = ()
    in_files: str | None = ""
    searched: bool = False
    longest: int = 400
    asked: Asked = Asked.ON_ARRIVAL
    question: str = ""
    required: bool = False

    @property
    def column(self) -> str:
        """What the field is called among the columns of files."""
        return self.in_files or self.name

    @property
    def is_line(self) -> bool:
        """Whether it holds one line of text."""
        return self.type in _TEXTS

    @property
    def empty(self) -> object:
        """What stands where nothing is known."""
        if self.type in (*_TEXTS, FieldType.LONG_TEXT):
            return ""
        if self.type in _SEVERAL:
            return ()
        if self.type is Answer:
            return Answer.UNKNOWN
        return False if self.type is FieldType.YES_NO else None

    def tidy(self, value: object) -> object:
        """A value as the facts have it: without surplus spaces, and of the right emptiness where nothing is known."""
        if self.type in _TEXTS:
            return " ".join(str(value or "").split())
        if self.type in _SEVERAL:
            texts = (" ".join(each.split()) for each in _several(value))
            return tuple(dict.fromkeys(text.upper() if self.type in COUNTRIES else text for text in texts if text))
        if self.type in COUNTRIES:
            return str(value or "").strip().upper() or None
        if self.type is FieldType.LONG_TEXT:
            return str(value or "").strip()
        return self.empty if value is None or value == "" else value

    def added(self, known: object, said: object) -> object:
        """What is known, and what is said where nothing was known, both tidy; nothing that is known is written over."""
        if self.type in _SEVERAL:
            return tuple(dict.fromkeys((*_several(known), *_several(said))))
        if self.type is FieldType.LONG_TEXT:
            return "\n".join(dict.fromkeys(str(text) for text in (known, said) if text))
        return said if known == self.empty else known

    def check(self, value: object) -> None:
        """Refuse a tidy value that the register cannot keep: a text that is too long, a country that there is not.

        Raises:
            Refused: Of this field.
        """
        if self.type in COUNTRIES:
            for code in (value,) if isinstance(value, str) else _several(value):
                checked_country(code, self.name, stateless=self.type is FieldType.NATIONALITY)
        if isinstance(self.type, type) and value is not None and value not in tuple(self.type):
            raise Refused("This is none of the words of the list. Choose one.", field=self.name)
        most = LONGEST_TEXT if self.type is FieldType.LONG_TEXT else self.longest
        for text in (value,) if isinstance(value, str) else _several(value):
            check_text(str(text), most, field=self.name)

    def stored(self, value: object) -> object:
        """A value as a column has it."""
        return list(value) if isinstance(value, tuple) else value


def _several(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
