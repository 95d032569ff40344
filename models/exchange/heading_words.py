"""The headings by which a column is known: in any case and style, with hints and units, several languages at once."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from models.exchange.values import key
from models.text import LANGUAGES, translator

_LONGEST = 120
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|<[^>]*>")
_DATE_HINT = re.compile(
    r"\b(?:d{1,2}|m{1,3}|t{1,2}|j{1,2})[\s./\-]+(?:d{1,2}|m{1,3})[\s./\-]+[ygåvja]{1,4}\b"
    r"|\b[ygåvja]{1,4}[\s./\-]+m{1,2}[\s./\-]+(?:d{1,2}|t{1,2}|j{1,2})\b"
    r"|\b(?:ddmmyyyy|mmddyyyy|yyyymmdd|h{1,2}:mm(?::ss)?)\b",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:utc|gmt|cet|cest|local(?:\s+time)?)\b|\bin\s+(?:months|years|days)\b", re.IGNORECASE)
_STAMP = re.compile(r"[\s_]+(?:at|on|ts|tstamp|timestamp|iso|iso8601|dt|den|d|më|dana|le|am)\.?\s*$", re.IGNORECASE)
"""What says that a day or a moment follows: `admitted_at`, `Indsat den`, `U largua më`."""
_UNIT = re.compile(
    r"[\s,;:–-]+(?:in\s+|i\s+|në\s+|u\s+)?(?:months?|mths?|mos|years?|yrs?|days?|mdr|måneder|år|dage|muaj|vite|ditë|meseci|"
    r"meseca|godine|godina|dana|monate|jahre|tage|mois|ans|jours)\.?\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*[(\[]?(?:\d{1,2}|[A-Za-z])[.)\]:]\s+")
_WHOSE = re.compile(
    r"^(?:the\s+)?(?:client|resident|detainee|applicant|beneficiary|guest|inmate|individual|participant|person|subject|"
    r"evacuee|migrant|deportee|prisoner)(?:[’']?s)?\s+(?=\S)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-zà-ÿ])|[_.]+")
_OTHERWISE = re.compile(
    r"\b(?:project(?:ed|ion)|expect(?:ed|ation)|plan(?:ned)?|schedul(?:ed|e)|estimated?|anticipated|tentative|intended|"
    r"proposed|forecast|previous(?:ly)?|prior|former|mother|father|spouse|sponsor|"
    r"babait|babës|atit|nënës|bashkëshortit|oca|majke|supruga|оца|мајке|vaters?|mutter|père|mère|baba|anne|"
    r"parashikuar|pritshëm|planifikuar|planiran\w*|očekivan\w*|predviđen\w*|forventet|planlagt|geplant\w*|prévue?)\b",
    re.IGNORECASE,
)
"""A heading with one of these is known only as a whole: an expected release is no release, a former name no name."""
_SEVERAL = re.compile(r"\s*[/|\n;\\·•]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a file and the headings by which it is known.

    Attributes:
        label: What the field is called on the screen; an English message id.
        words: Headings, in any case, with or without marks and punctuation.
        labels: What else the screens, papers and exports of Konak call it; English message ids.
        is_kept_sealed: Whether all columns of it are kept as they are, however many there are.
    """

    label: str
    words: tuple[str, ...]
    labels: tuple[str, ...] = ()
    is_kept_sealed: bool = False


Fields = Mapping[str, FieldWords]


@cache
def _known(fields: tuple[tuple[str, FieldWords], ...]) -> Mapping[str, str]:
    """The field of each heading; the names of fields first, then how Konak calls them in each language."""
    found: dict[str, str] = {}
    for field, _ in fields:
        found.setdefault(_squeezed(field), field)
    for language in LANGUAGES:
        with suppress(OSError):  # without its catalogue Konak speaks English
            said = translator(language)
            for field, words in fields:
                for label in (words.label, *words.labels):
                    found.setdefault(_squeezed(said(label)), field)
    for field, words in fields:
        for word in words.words:
            found.setdefault(_squeezed(word), field)
    return found


class Headings:
    """The headings of a kind of file."""

    def __init__(self, fields: Fields) -> None:
        """Gather them, in all languages.

        Args:
            fields: What the file can have.
        """
        self._known = _known(tuple(fields.items()))

    def recognised(self, heading: str) -> str | None:
        """The field that one names: `EntryDate`, `entry_date`, `Entry date (dd/mm/yyyy)`, `Hyrja / Ulazak / Entry`."""
        if len(heading) > _LONGEST or not any(map(str.isalpha, heading)):
            return "list_number" if heading.strip() in ("#", "№") and "no" in self._known else None
        if (found := self._one(heading)) is not None:
            return found
        parts = [part for part in _SEVERAL.split(heading) if part]
        named = {found for part in parts if (found := self._one(part)) is not None} if len(parts) > 1 else set()
        if named >= {"family_name", "given_names"}:
            return "full_name"
        if len(named) == 2:
            named.discard("full_name")  # `Emri / Ime / Name`
        return named.pop() if len(named) == 1 else None

    def _one(self, text: str) -> str | None:
        return next((found for form in _forms(text) if (found := self._known.get(_squeezed(form))) is not None), None)


def _forms(heading: str) -> Iterator[str]:
    """A heading as it is, and without what programs and hands write around it."""
    form = heading.replace("#", " no ").replace("№", " no ").replace("N°", " no ").replace("Nº", " no ")
    yield form
    if _OTHERWISE.search(form):
        return
    for sign in (_BRACKETS, _DATE_HINT, _NUMBERED, _UNIT, _ZONE, _STAMP):
        shorter = sign.sub(" ", form)
        if shorter != form and shorter.strip():
            form = shorter
            yield form
    parted = _CAMEL.sub(" ", form)
    for sign in (_DATE_HINT, _ZONE, _UNIT, _STAMP, _WHOSE):
        shorter = sign.sub(" ", parted).strip()
        if shorter and shorter != parted:
            parted = shorter
            yield parted


def _squeezed(text: str) -> str:
    """The key of a text without spaces: `EntryDate`, `entry-date` and `Entry date` are one."""
    return key(text).replace(" ", "")
