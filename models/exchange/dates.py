"""Dates, times and numbers as people write them in lists: read where they are clear, never guessed where not.

A function that can fail gives back a `Message` instead of a value: what is wrong and what to do.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from models.exchange.tables import Native, Number1904
from models.exchange.values import key
from models.rules.time import Moment
from models.text import Message, message


class DayOrder(StrEnum):
    """Whether a column writes the day before the month, where it writes both as numbers and the year last."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    ANY = "any"
    """No value of the column depends on it."""
    UNKNOWN = "unknown"
    """Some value depends on it, and nothing in the column decides: somebody must be asked."""


_YEAR_LAST = re.compile(r"(\d{1,2})\s*([./\-])\s*(\d{1,2})\s*\2\s*(\d{4})\.?(?=$|[\sT,])")
_YEAR_FIRST = re.compile(r"(\d{4})([./\-])(\d{1,2})\2(\d{1,2})\.?(?=$|[\sT,])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_NAMED = re.compile(
    r"(?:(\d{1,2})[.\s\-]+([^\W\d_]+)|([^\W\d_]+)[.\s\-]+(\d{1,2})(?:st|nd|rd|th)?)[.,\s\-]+(\d{4})\.?$"
)
_SHORT_YEAR = re.compile(r"\d{1,2}([./\-])\d{1,2}\1\d{2}$")
_CLOCK = re.compile(r"(\d{1,2})(?::|\.|h)(\d{2})(?:(?::|\.)(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?$", re.IGNORECASE)
_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

EARLIEST_YEAR = 1850
LATEST_YEAR = 2200
_SERIALS = range(7_000, 80_000)
"""The day numbers of spreadsheets that lie between 1919 and 2119."""
_ZERO_1900 = date(1899, 12, 30)
_ZERO_1904 = date(1904, 1, 1)


def western_digits(text: str) -> str:
    """The text with the digits of Arabic and Persian script as 0 to 9."""
    return text.translate(_DIGITS)


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


@lru_cache(maxsize=65_536)
def _date_in_text(text: str, order: DayOrder) -> date | Message:
    """A date in a text; a time behind it is not looked at."""
    if found := _YEAR_FIRST.match(text):
        return _made(int(found[1]), int(found[3]), int(found[4]))
    if found := _YEAR_LAST.match(text):
        return _year_last(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".", order=order)
    if found := _COMPACT.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.match(text):
        month = months_by_name().get(key(found[2] or found[3]))
        return _no_date() if month is None else _made(int(found[5]), month, int(found[1] or found[4]))
    if _SHORT_YEAR.match(text):
        return message("The year has two digits only. Write it with four, as in 2026-03-31.")
    if text.isdecimal() and int(text) in _SERIALS:
        return message("This is a day number of a spreadsheet. Format the column as dates, or write 2026-03-31.")
    return _no_date()


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


@cache
def months_by_name() -> dict[str, int]:
    """The months by the keys of their names and abbreviations in English, Albanian, Serbian and Danish."""
    from babel import Locale

    names: dict[str, int] = {}
    for locale in ("da", "sr", "sr_Latn", "sq", "en"):
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(locale).months[use][width].items():
                    names[key(name)] = number
    return names


def read_clock(value: str | Native) -> time | Message:
    """Read a time of day: 23:34:35, 23:34, 23.34, 11:34 PM, or a spreadsheet's own."""
    match value:
        case datetime():
            return value.time()
        case time():
            return value.replace(microsecond=0)
        case Decimal() if 0 <= value < 1:
            return (datetime.min + timedelta(seconds=round(float(value) * 86_400) % 86_400)).time()
    found = _CLOCK.match(western_digits(str(value).strip()))
    if not found:
        return message("This is not a time of day. Write it as 23:45.")
    hour, half = int(found[1]), (found[4] or "").casefold()
    if half and not 1 <= hour <= 12:
        return message("This is not a time of day. Write it as 23:45.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        return message("There is no such time of day. Write it as 23:45.")


def read_moment(day: str | Native, clock: str | Native, order: DayOrder, zone: ZoneInfo) -> Moment | Message:
    """Read when something happened, from a cell with the date and perhaps a time, and perhaps a cell with the time.

    Args:
        day: The date, with or without a time behind it.
        clock: The time of day; empty where there is none.
        order: Whether the day or the month is first.
        zone: The time zone of the facility, for times that do not say their own.

    A time 00:00:00 behind a date in the same cell is what programs write for a date alone: it is read as the day only.
    """
    on = read_date(day, order)
    if isinstance(on, Message):
        return on
    if clock not in ("", None):
        at = read_clock(clock)
        return at if isinstance(at, Message) else Moment.of_clock(on, at, zone)
    if isinstance(day, datetime):
        return Moment.of_clock(on, day.time(), zone)
    if not isinstance(day, str) or len(day) < 11:
        return Moment(on)
    return _with_trailing_clock(on, western_digits(day.strip()), zone)


def _with_trailing_clock(on: date, text: str, zone: ZoneInfo) -> Moment | Message:
    begun = _YEAR_FIRST.match(text) or _YEAR_LAST.match(text)
    rest = text[begun.end() :].lstrip("T, ").strip() if begun else ""
    if not rest:
        return Moment(on)
    offset = _OFFSET.search(rest)
    at = read_clock(rest[: offset.start()] if offset else rest)
    if isinstance(at, Message):
        return at
    if offset:
        stated = "+0000" if offset[1] == "Z" else offset[1].replace(":", "")
        if int(stated[1:3]) > 23 or int(stated[3:]) > 59:
            return message("This is not a time of day. Write it as 23:45.")
        hours, minutes = int(stated[:3]), int(stated[0] + stated[3:])
        instant = datetime.combine(on, at, UTC) - timedelta(hours=hours, minutes=minutes)
        return Moment.of(instant, zone)
    return Moment(on) if at == time() else Moment.of_clock(on, at, zone)


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
