"""Dates and numbers as people write them in lists: read where they are clear, never guessed where not.

A function that can fail gives back a `Message` instead of a value: what is wrong and what to do.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from models.exchange.clocks import day_of_instant
from models.exchange.clocks import western_digits as western_digits
from models.exchange.tables import Native, Number1904
from models.exchange.values import key
from models.text import Message, message

if TYPE_CHECKING:
    from babel import Locale


class DayOrder(StrEnum):
    """Whether a column writes the day before the month, where it writes both as numbers and the year last."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    ANY = "any"
    """No value of the column depends on it."""
    UNKNOWN = "unknown"
    """Some value depends on it, and nothing in the column decides: somebody must be asked."""
    EXCHANGED = "exchanged"
    """What stands there as a date has its day for its month: it is said of a column (`exchanged_samples`)."""


_YEAR_LAST = re.compile(r"(\d{1,2})\s*([./\- ])\s*(\d{1,2})\s*\2\s*(\d{4})\.?(?=$|[\sT,])")
_YEAR_FIRST = re.compile(r"(\d{4})([./\- ])(\d{1,2})\2(\d{1,2})\.?(?=$|[\sT,])")
_DANISH = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*-\s*(\d{4})(?=$|[\s,])")
"""2/6-2026 is 2 June: nobody writes the month first so."""
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|[\sT])")
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_WORD = r"([^\W\d_]+)\.?"
_OF = r"(?:de|del|of)\s+"
_NAMED = (
    re.compile(
        rf"(?P<day>\d{{1,2}}){_ORDINAL}[\s.\-/]*(?:{_OF})?{_WORD}[.,\s\-/]*(?:{_OF})?(?P<year>\d{{4}})(?!\d)\.?"
    ),
    re.compile(rf"{_WORD}[.\s\-/]+(?P<day>\d{{1,2}}){_ORDINAL}[,.\s\-/]+(?P<year>\d{{4}})(?!\d)\.?"),
    re.compile(rf"(?P<year>\d{{4}})[.\s\-/]+{_WORD}[.\s\-/]+(?P<day>\d{{1,2}})(?!\d)\.?"),
)
_YEAR_BEHIND = re.compile(rf"{_WORD}\s+(?P<day>\d{{1,2}})\s+(?P<clock>\d{{1,2}}:\d{{2}}\S*.*?)\s+(?P<year>\d{{4}})$")
"""As Unix and Java write it: Fri May 01 14:30:00 CEST 2026."""
_YEAR_WORD = re.compile(
    r"^(?:god(?:ine|\.)?|година|године|годину|години|года|год\.?|viti|r\.|г\.)(?=$|[\s,])\.?", re.IGNORECASE
)
_FURTHER = re.compile(r"\d{4}([./\-])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)\d{1,2}([./\-])\d{1,2}\2\d{4}(?!\d)")
_WEEKDAY_BEHIND = re.compile(r"\(?((?:e\s+)?[^\W\d_]{2,})\.?\)?(?:,?\s+|$)")
"""04.05.2026 (Mon) 14:30"""
_SHORT_YEAR = re.compile(
    r"(?:\d{1,2}\s*[./\- ]\s*\d{1,2}\s*[./\- ]|(?:\d{1,2}[\s.\-/]+)?[^\W\d_]{3,}[.\-/]|\d{1,2}[\s.]+[^\W\d_]{3,}\.?\s|"
    r"[^\W\d_]{3,}\.?\s\d{1,2},?\s|[^\W\d_]{3,}\.?\s*(?=['’]))\s*['’]?\d{2}\.?$"
)
"""1/5/26, May-26, 1 May 26, May 1, 26 and May ’26."""

EARLIEST_YEAR = 1850
LATEST_YEAR = 2200
_SERIALS = range(7_000, 80_000)
"""The day numbers of spreadsheets that lie between 1919 and 2119."""
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?$")
_ZERO_1900 = date(1899, 12, 30)
_ZERO_1904 = date(1904, 1, 1)


def day_order(header: str, values: Iterable[str | Native]) -> DayOrder:
    """Find out whether a column writes the day or the month first.

    A header such as `DOB (MM/DD/YYYY)` decides, and then a value over 12. Between points the day is first unless a
    value says otherwise: no country writes `month.day.year`.
    """
    if stated := _order_in_header(header):
        return stated
    day_first = month_first = open_question = False
    for value in values:
        found = _YEAR_LAST.match(western_digits(value.strip())) if isinstance(value, str) else None
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        day_first |= first > 12 >= second
        month_first |= second > 12 >= first
        open_question |= first <= 12 and second <= 12 and first != second and found[2] != "."
    if day_first != month_first:
        return DayOrder.DAY_FIRST if day_first else DayOrder.MONTH_FIRST
    return DayOrder.UNKNOWN if open_question or day_first else DayOrder.ANY


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T ])")


def exchanged_samples(values: Iterable[str | Native]) -> tuple[str, ...]:
    """Some values of a column in which a spreadsheet has perhaps taken days for months; none where it has not.

    Where it reads a list in another order than it was written in, it makes a date of each text that it can, 05/01/2026
    of 5 January, and leaves 13/05/2026 as a text. So no date has a day after 12 then, and each text has one.
    """
    dates, texts = list[str](), list[str]()
    could_be = False
    for value in values:
        if (day := _as_date(value)) is not None:
            if day.day > 12:
                return ()
            could_be |= day.day != day.month
            dates.append(day.isoformat())
        elif isinstance(value, str) and (found := _YEAR_LAST.match(western_digits(value.strip()))):
            if int(found[1]) <= 12 and int(found[3]) <= 12:
                return ()
            texts.append(value)
    is_enough = could_be and texts and len(dates) + len(texts) > _FEW
    return (*dict.fromkeys(dates[:2]), texts[0]) if is_enough else ()


_FEW = 2
"""So few dates may be as they are by chance."""


def exchanged(value: str | Native) -> str | Native:
    """A date with its day for its month, and what is no date as it is."""
    day = _as_date(value)
    if day is None or day.day > 12:
        return value
    return _ISO.sub(r"\1-\3-\2", value.strip()) if isinstance(value, str) else day.replace(month=day.day, day=day.month)


def _as_date(value: str | Native) -> date | None:
    """A date of a spreadsheet, with its time where it has one, or as it is written to a CSV file."""
    if isinstance(value, date):
        return value
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    made = _made(*(int(part) for part in found.groups()))
    return None if isinstance(made, Message) else made


def _order_in_header(header: str) -> DayOrder | None:
    letters = re.sub(r"[^a-z]", "", header.casefold())
    if re.search(r"\bm{1,2}[^a-z]{0,2}d{1,2}[^a-z]{0,2}y", header.casefold()) or letters.endswith("mmddyyyy"):
        return DayOrder.MONTH_FIRST
    # dd/mm/yyyy, dd-mm-åååå (Danish), dd.mm.gggg (Serbian), dd/mm/vvvv (Albanian)
    if re.search(r"\bd{1,2}[^a-z]{0,2}m{1,2}[^a-z]{0,2}[yågv]", header.casefold()):
        return DayOrder.DAY_FIRST
    return None


def read_date(value: str | Native, order: DayOrder) -> date | Message:
    """Read a date known to the day.

    Args:
        value: A text as written, or the native value of a spreadsheet's cell.
        order: What `day_order` found for the column, or what the clerk answered.
    """
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case str():
            return _date_in_text(western_digits(value.strip()), order)
        case time() | bool():
            return _no_date()
    zero = _ZERO_1904 if isinstance(value, Number1904) else _ZERO_1900
    if value in _SERIALS and value == int(value):
        return zero + timedelta(days=int(value))
    return _date_in_text(str(value), order)


def _no_date() -> Message:
    return message("This is not a date. Write it as 2026-03-31.")


def _date_in_text(text: str, order: DayOrder) -> date | Message:
    """A date in a text. Of a time behind it only this is looked at: whether an instant of another zone is a day."""
    found, rest = split_date(text, order)
    if isinstance(found, Message) or not rest:
        return found
    return day_of_instant(found, rest)


@lru_cache(maxsize=65_536)
def split_date(text: str, order: DayOrder) -> tuple[date | Message, str]:
    """The date that a text begins with, and what stands behind it: perhaps a time of day, but no other date."""
    found, rest = _split(text, order)
    if rest and _FURTHER.search(rest):
        return message("More than one date stands here. Write one of them, as 2026-03-31."), ""
    return found, rest


def _split(text: str, order: DayOrder) -> tuple[date | Message, str]:
    if found := _YEAR_FIRST.match(text):
        return _made(int(found[1]), int(found[3]), int(found[4])), _behind(text, found)
    if found := _YEAR_LAST.match(text):
        day = _year_last(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".", order=order)
        return day, _behind(text, found)
    if found := _DANISH.match(text):
        return _made(int(found[3]), int(found[2]), int(found[1])), _behind(text, found)
    if found := _COMPACT.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3])), _behind(text, found)
    if named := _named(text):
        return named
    if _SHORT_YEAR.match(text):
        return message("The year has two digits only. Write it with four, as in 2026-03-31."), ""
    if (serial := _SERIAL.match(text)) and int(serial[1]) in _SERIALS:
        return message("This is a day number of a spreadsheet. Format the column as dates, or write 2026-03-31."), ""
    # Some write the day of the week before a date of digits: Fri 01/05/2026.
    word, _, behind = text.partition(" ")
    if behind and _are_no_more_than_words(word):
        return _split(behind.strip(), order)
    return _no_date(), ""


def _behind(text: str, found: re.Match[str]) -> str:
    rest = _YEAR_WORD.sub("", text[found.end() :].lstrip("T,/ ").strip()).strip()
    word = _WEEKDAY_BEHIND.match(rest)
    return rest[word.end() :] if word and _are_no_more_than_words(word[1]) else rest


def _named(text: str) -> tuple[date | Message, str] | None:
    """A date whose month is written as a word, in any of the languages that are known; None where there is none."""
    for form in (_YEAR_BEHIND, *_NAMED):
        found = form.search(text)
        month = months_by_name().get(key(found[_word_group(form)])) if found else None
        if found and month and _are_no_more_than_words(text[: found.start()]):
            rest = found["clock"] if form is _YEAR_BEHIND else _behind(text, found)
            return _made(int(found["year"]), month, int(found["day"])), rest
    return None


def _word_group(form: re.Pattern[str]) -> int:
    """Which group of a form is the word: the one that has no name."""
    return next(number for number in range(1, form.groups + 1) if number not in form.groupindex.values())


def _are_no_more_than_words(text: str) -> bool:
    """Whether what stands before a date is at most a day of the week and such: `Friday,`, `den`, `më`."""
    return all(key(word) in _before_dates() for word in re.findall(r"[^\W_]+", text))


def _year_last(first: int, second: int, year: int, *, dotted: bool, order: DayOrder) -> date | Message:
    if order is DayOrder.MONTH_FIRST:
        if first > 12:
            return message("Month {month} does not exist. In this column the month stands before the day.", month=first)
        return _made(year, first, second)
    if order is DayOrder.DAY_FIRST:
        if second > 12:
            return message(
                "Month {month} does not exist. In this column the day stands before the month.", month=second
            )
        return _made(year, second, first)
    if first > 12 or second > 12:
        return _made(year, min(first, second), max(first, second))
    if dotted or first == second:
        return _made(year, second, first)
    return message("It is not clear which is the day and which the month. Say which comes first in this column.")


def _made(year: int, month: int, day: int) -> date | Message:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return message("The year {year} cannot be right. Correct it.", year=str(year))
    try:
        return date(year, month, day)
    except ValueError:
        return message("There is no such day in the calendar. Correct it.")


_LOCALES = ("en", "sq", "sr_Latn", "sr", "da")
_MORE_LOCALES = (
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "tr",
    "nb",
    "sv",
    "ro",
    "sl",
    "bg",
    "ru",
    "uk",
    "mk",
    "el",
    "ar",
    "fa",
    "hr",
    "cs",
    "pl",
    "hu",
)
_MORE_MONTHS = {
    1: "januara јануара janari janarit jan. januarja يناير", 2: "februara фебруара shkurti shkurtit",
    3: "marta марта marsi marsit",
    4: "aprila априла prilli prillit", 5: "maja маја maji majit", 6: "juna јуна jun juni qershori qershorit",
    7: "jula јула jul juli korriku korrikut kor", 8: "avgusta августа gushti gushtit gus augusta",
    9: "septembra септембра sept shtatori shtatorit", 10: "oktobra октобра tetori tetorit",
    11: "novembra новембра nëntori nëntorit nentor", 12: "decembra децембра dhjetori dhjetorit",
}  # fmt: skip
"""Months as they stand in a date where the CLDR has them only by themselves."""


@cache
def months_by_name() -> dict[str, int]:
    """The months by the keys of their names and abbreviations; a word that languages use for two months is none."""
    from babel import Locale

    names: dict[str, int] = {}
    for locale in reversed(_LOCALES):
        names |= dict(_months(Locale.parse(locale)))
    names |= {key(name): month for month, several in _MORE_MONTHS.items() for name in several.split()}
    others: dict[str, int] = {}
    unclear: set[str] = set()
    for locale in _MORE_LOCALES:
        for name, month in _months(Locale.parse(locale)):
            if others.setdefault(name, month) != month:
                unclear.add(name)
    return {name: month for name, month in others.items() if name not in unclear} | names


def _months(locale: "Locale") -> Iterator[tuple[str, int]]:
    for use in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[use][width].items():
                yield key(name), number


@cache
def _before_dates() -> frozenset[str]:
    """What may stand before a date and says nothing: the days of the week, and articles."""
    from babel import Locale

    found = {
        key(word) for word in ("den", "d", "dne", "dana", "dana", "më", "date", "on", "the", "le", "el", "am", "dt")
    }
    for locale in (*_LOCALES, *_MORE_LOCALES):
        for width in ("wide", "abbreviated"):
            found |= {key(name) for name in Locale.parse(locale).days["format"][width].values()}
    return frozenset(word for name in found for word in name.split())


def read_decimal(value: str | Native) -> Decimal | Message:
    """Read a number with a decimal point or a decimal comma."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    text = re.sub(r"[\s']", "", western_digits(str(value)))
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        return message("It is not clear whether this is thousands or a decimal. Write it without separators.")
    if "," in text and "." in text:
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(thousands, "")
    if not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", text):
        return message("This is not a number. Write it as 12.5.")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return message("This is not a number. Write it as 12.5.")
