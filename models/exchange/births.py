"""Birth dates in lists: exact, in part, about, unknown, and of the Afghan solar calendar (rules.md, Time)."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from models.exchange.clocks import clock_and_zone
from models.exchange.dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    DayOrder,
    months_by_name,
    read_date,
    split_date,
    western_digits,
)
from models.exchange.tables import Native
from models.exchange.values import is_unknown, key
from models.rules.birth import OLDEST, BirthDate
from models.text import Message, message

_ABOUT = re.compile(
    r"^(?:approximately|approx|aprox|appr|about|abt|around|estimated|est|circa|cca|ca|c|rreth|afërsisht|përafërsisht|oko|"
    r"otprilike|približno|око|отприлике|приближно|omkring|cirka|~|≈)[\s.:]*(?=\d)",
    re.IGNORECASE,
)
_ABOUT_BEHIND = re.compile(
    r"\s*(?:\?|\(\s*(?:\?|approx\.?|about|est\.?|estimated|ca\.?|rreth|oko|око)\s*\))$", re.IGNORECASE
)
_SOLAR = re.compile(
    r"(?:\(\s*)?(?:\bafghan\s+solar|\bsolar\s+hijri|\bhijri\s+shamsi|\bsolar|\bshamsi|\bjalali|\bs\.?\s?h\.?(?=$|\W)|"
    r"\bh\.?\s?s\.?(?:\s?h\.?)?(?=$|\W)|\bdiellor|\bsunčev[ai]|شمسی|خورشیدی|هجری\s+شمسی|هـ?\.?\s?ش\.?)(?:\s*\))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(\d{4})(?:\.0)?\.?$")
_NOTHING = r"(?:0{1,2}|\?{1,2}|x{1,2}|n{1,2}|_{1,2}|-{1,2}|dd?|mm?)"
_ZEROS_BEHIND = re.compile(rf"(\d{{4}}(?:[./\-](?:0?[1-9]|1[0-2]))?)(?:[./\-]{_NOTHING}){{1,2}}", re.IGNORECASE)
_ZEROS_BEFORE = re.compile(rf"(?:{_NOTHING}[./\-]){{1,2}}((?:(?:0?[1-9]|1[0-2])[./\-])?\d{{4}})", re.IGNORECASE)
_BORN = re.compile(
    r"^(?:born|b\.|d\.?o\.?b\.?|year|rođen[ao]?|рођен[ао]?|godište|godina|годиште|година|(?:i |e )?lindur|viti|"
    r"født|f\.|årgang|né|née|geb\.|geboren|nacid[oa])(?:\s+(?:in|on|of birth|më|në|u|den|i|en|le|el|am))?[\s.:]*(?=\d)|"
    r"(?<=\d)\.?\s*(?:god(?:ine|\.)|godište|године|годиште|born|lindur|vit)$",
    re.IGNORECASE,
)
"""What may stand around a birth and says no more than that it is one."""
_PART = re.compile(r"(\d{1,2})(?:\.0+)?\.?")
_YEAR_MONTH = re.compile(r"(?:(\d{4})\s*[./\-]\s*(\d{1,2})|(\d{1,2})\s*[./\-]\s*(\d{4}))$")
_NAMED_MONTH = re.compile(r"([^\W\d_]+)[.,\s\-]+(\d{4})\.?$")
_AGE = re.compile(
    r"(\d{1,3})(?:[.,]0+)?\s*(?:y|yo|yrs?|years?|years old|vjeçare?|vjeç|vjec|god\.?|godina|år)?\.?", re.IGNORECASE
)
_AGED = re.compile(r"^(?:aged?|mosha|starost|alder)[\s:]*", re.IGNORECASE)
_SOLAR_YEARS = range(1200, 1500)
_SOLAR_DATE = re.compile(r"(\d{4})(?:\s*[./\-]\s*(\d{1,2})(?:\s*[./\-]\s*(\d{1,2}))?)?$")


@dataclass(frozen=True, slots=True)
class BirthReading:
    """What a cell says of a birth date.

    Attributes:
        birth: The date as far as it is known; None where nothing was understood.
        as_written: The cell's text; a native date as ISO 8601.
        doubts: What a person should know before they rely on it.
        understood: False where the cell says something that is neither a date nor a word for unknown.
    """

    birth: BirthDate | None
    as_written: str
    doubts: tuple[Message, ...] = ()
    understood: bool = True


def read_birth(value: str | Native, order: DayOrder) -> BirthReading:
    """Read a birth date as far as it is known, and guess nothing.

    Args:
        value: A text as written, or the native value of a spreadsheet's cell.
        order: What `day_order` found for the column, or what the clerk answered.
    """
    if isinstance(value, (date, datetime)):
        day = value.date() if isinstance(value, datetime) else value
        return _exact(day, day.isoformat())
    written = str(value).strip()
    if is_unknown(written):
        return BirthReading(None, written)
    text = _without_zeros(_BORN.sub("", western_digits(written)))
    if marker := _SOLAR.search(text):
        return _solar(text[: marker.start()].strip() + text[marker.end() :].rstrip(), written)
    bare = _ABOUT_BEHIND.sub("", _ABOUT.sub("", text))
    if bare != text:
        return _about(bare.strip(), written, order)
    if partial := _partial(text):
        return _in_part(partial, written)
    found = read_date(value if isinstance(value, (int, Decimal)) else text, order)
    if isinstance(found, Message):
        return _not_understood(written, _solar_doubt(text) or _age_doubt(text) or found)
    read, behind = _exact(found, written), split_date(text, order)[1]
    if behind and isinstance(clock_and_zone(behind), Message):
        return replace(
            read, doubts=(*read.doubts, message("Only the date is read of what stands here. Look at the rest."))
        )
    return read


def _without_zeros(text: str) -> str:
    """A date without what stands for a day or a month that is not known: 1980-00-00, 00/07/1980, XX.XX.1980."""
    found = _ZEROS_BEHIND.fullmatch(text) or _ZEROS_BEFORE.fullmatch(text)
    return text if found is None else found[1]


def read_age(text: str) -> int | None:
    """The full years that a cell for an age states, None where it states none: `46`, `46.0`, `46 years`, `46 vjeç`."""
    found = _AGE.fullmatch(western_digits(text.strip()))
    return int(found[1]) if found and int(found[1]) <= OLDEST + 5 else None


def is_year(text: str) -> int | None:
    """The year that a cell is, where it is nothing else: `1984`, `1984.0`."""
    found = _YEAR.fullmatch(western_digits(text.strip()))
    return None if found is None else int(found[1])


def read_part(text: str) -> int | None:
    """The number of a day of the month, where it is one: `7`, `07`, `7.0`, `7.`."""
    found = _PART.fullmatch(western_digits(text.strip()))
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def read_month(text: str) -> int | None:
    """The number of a month by its number or its name in any language; None where it is none."""
    number = read_part(text)
    if number is not None:
        return number if number <= 12 else None
    return months_by_name().get(key(text.strip().rstrip(".")))


def _not_understood(written: str, why: Message) -> BirthReading:
    return BirthReading(None, written, (why,), understood=False)


def _exact(day: date, written: str) -> BirthReading:
    birth = BirthDate.exact(day)
    doubts = (message("Born on 1 January: perhaps not the real day."),) if birth.doubtful else ()
    return BirthReading(birth, written, doubts)


def _partial(text: str) -> BirthDate | Message | None:
    """A year, or a year and a month; None where the text is neither."""
    if found := _YEAR.match(text):
        return _birth(int(found[1]), None)
    if found := _YEAR_MONTH.match(text):
        return _birth(int(found[1] or found[4]), int(found[2] or found[3]))
    if (found := _NAMED_MONTH.match(text)) and (month := months_by_name().get(key(found[1]))):
        return _birth(int(found[2]), month)
    return None


def _birth(year: int, month: int | None, *, about: bool = False) -> BirthDate | Message:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return _solar_doubt(str(year)) or message("The year {year} cannot be right. Correct it.", year=str(year))
    if month is not None and not 1 <= month <= 12:
        return message("Month {month} does not exist. Correct it.", month=month)
    return BirthDate(year, month, about=about)


def _in_part(found: BirthDate | Message, written: str) -> BirthReading:
    if isinstance(found, Message):
        return _not_understood(written, found)
    doubt = message("Only the year of birth is known.")
    if found.month is not None:
        doubt = message("Only the year and the month of birth are known.")
    return BirthReading(found, written, (doubt,))


def _about(text: str, written: str, order: DayOrder) -> BirthReading:
    """An estimate: whatever it names, only its year is kept."""
    found = _partial(text)
    if found is None:
        day = read_date(text, order)
        found = day if isinstance(day, Message) else BirthDate(day.year)
    if isinstance(found, Message):
        return _not_understood(written, _age_doubt(text) or found)
    doubt = message("The year of birth is an estimate: {written}.", written=written)
    return BirthReading(BirthDate(found.year, about=True), written, (doubt,))


def _age_doubt(text: str) -> Message | None:
    """What to do where an age stands for a birth: of which day it is said is not known."""
    if read_age(_AGED.sub("", text)) in (None, 0):
        return None
    return message("This is an age and not a date of birth. Write the year of the birth as an estimate: about 1990.")


def _solar_doubt(text: str) -> Message | None:
    found = _SOLAR_DATE.match(text)
    if found and int(found[1]) in _SOLAR_YEARS:
        return message(
            "Perhaps a date of another calendar. If it is the Afghan solar one, write “(solar)” behind it; if it is "
            "the lunar one, write the date of the Gregorian calendar, or about 1990; if neither, correct the year."
        )
    return None


def _solar(text: str, written: str) -> BirthReading:
    """A date of the Afghan solar calendar, whose year begins about 21 March.

    A solar year spans two Gregorian ones: it becomes an estimate, the year in which most of it lies. A full date is
    exact in both calendars; a solar month lies in two Gregorian ones and gives no more than its year.
    """
    about = bool(_ABOUT.match(text))
    found = _SOLAR_DATE.match(_ABOUT.sub("", text))
    if not found or int(found[1]) not in _SOLAR_YEARS:
        how = message(
            "This is not a date of the Afghan solar calendar. Write it as 1362 (solar) or 1362-05-14 (solar)."
        )
        return _not_understood(written, how)
    year = int(found[1])
    month, day = (int(part) if part else None for part in found.groups()[1:])
    if month is not None and not 1 <= month <= 12:
        return _not_understood(written, message("Month {month} does not exist. Correct it.", month=month))
    if month is None or day is None or about:
        mostly = _first_day(year).year if month is None else (_solar_month(year, month) + timedelta(days=14)).year
        doubt = message("Converted from the Afghan solar year {year}: an estimate.", year=str(year))
        return BirthReading(BirthDate(mostly, about=True), written, (doubt,))
    converted = _solar_month(year, month) + timedelta(days=day - 1)
    if not _solar_month(year, month) <= converted < _solar_month(year + month // 12, month % 12 + 1):
        return _not_understood(written, message("There is no such day in the Afghan solar calendar. Correct it."))
    doubts = [message("Converted from the date {written} of the Afghan solar calendar.", written=written)]
    if (month, day) == (1, 1):
        doubts.append(message("The first day of the solar year: perhaps not the real day."))
    return BirthReading(BirthDate.exact(converted), written, tuple(doubts))


@cache
def _first_day(year: int) -> date:
    """The first day of a solar year; reckoned from the sun's own place, which takes a while, so once for each year."""
    from convertdate import persian

    return date(*persian.to_gregorian(year, 1, 1))


def _solar_month(year: int, month: int) -> date:
    """The first day of a solar month: six of 31 days come first, then five of 30; the last fills the year."""
    return _first_day(year) + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0))
