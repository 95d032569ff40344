"""Reads what a clerk types: dates, times, birth dates, numbers. Pure functions; nothing is guessed silently."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from models.errors import Named, Refused
from models.rounding import MOST_DECIMALS, decimals_of, half_up
from models.rules.birth import BirthDate
from models.rules.time import Moment, is_repeated
from ui.language import _, isolated, tr

_NUMERIC = re.compile(r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]?\s*(\d{2}|\d{4})?\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDED = re.compile(r"(\d{1,2})\.?\s*([^\W\d]+)\.?,?\s*(\d{4}|\d{2})?\.?")
_SHIFT = re.compile(r"([+-])\s*(\d{1,4})")
_CLOCK = re.compile(r"(?:(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?|(\d{2})(\d{2}))(?:\s*([ab]))?", re.IGNORECASE)
_ABOUT = re.compile(r"(?:~|≈|about|approx\.?|circa|ca?\.|rreth|oko|око)\s*(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})|(\d{1,2})\s*[-/.]\s*(\d{4})")
_WORDED_MONTH = re.compile(r"([^\W\d]+)\.?\s*(\d{4})")


class Unreadable(Exception):
    """What was typed cannot be read; its argument is a sentence in the screen's language that says how to write it."""


@cache
def _months(locale: str) -> Mapping[str, int]:
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in ("en_GB", locale):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                found = get_month_names(width, context, language)
                names.update({name.casefold().rstrip("."): number for number, name in found.items()})
    return names


def _month(word: str) -> int | None:
    wanted = word.casefold().rstrip(".")
    months = _months(tr().locale)
    if wanted in months:
        return months[wanted]
    fitting = {number for name, number in months.items() if len(wanted) >= 3 and name.startswith(wanted)}
    return fitting.pop() if len(fitting) == 1 else None


_OLDEST, _FURTHEST = 130, 100
"""How many years before and after today a date can lie: births on the one side, limits and rates on the other."""


def read_date(text: str, today: date) -> date | None:
    """Read a date; None where nothing is typed.

    Understood are `5.12.2026`, `5/12` (the year that brings it nearest to today), `5 Dec`, `2026-12-05`, `today`,
    `tomorrow`, `yesterday`, `+3` and `-3` days from today. The day stands before the month, as it does in all
    languages of the screen.

    Raises:
        Unreadable: It is none of these, there is no such day, or it lies where no day of a register can lie.
    """
    try:
        found = _read_date(text, today)
    except OverflowError:
        found = date.max
    if found is not None and not today.year - _OLDEST <= found.year <= today.year + _FURTHEST:
        raise Unreadable(_("Look at the year: that is more than a lifetime away."))
    return found


def _read_date(text: str, today: date) -> date | None:
    typed = " ".join(text.split()).casefold()
    if not typed:
        return None
    terms = {
        **{word: 0 for word in ("today", _("today").casefold(), "t")},
        **{word: 1 for word in ("tomorrow", _("tomorrow").casefold())},
        **{word: -1 for word in ("yesterday", _("yesterday").casefold())},
    }
    if typed in terms:
        return today + timedelta(days=terms[typed])
    if shift := _SHIFT.fullmatch(typed):
        return today + timedelta(days=int(shift[1] + shift[2]))
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.fullmatch(typed):
        return _nearest(int(numeric[1]), int(numeric[2]), numeric[3], today)
    if (worded := _WORDED.fullmatch(typed)) and (month := _month(worded[2])):
        return _nearest(int(worded[1]), month, worded[3], today)
    raise Unreadable(_("Write the date as day, month and year, such as 5.12.2026."))


def _nearest(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found: list[date] = []
    for each in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(each, month, day))
        except ValueError:
            continue
    if not found:
        raise Unreadable(_no_such_day())
    return min(found, key=lambda one: abs((one - today).days))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(_no_such_day()) from None


def _no_such_day() -> str:
    return _("There is no such day. Write day, month and year, such as 5.12.2026.")


def read_time(text: str) -> time | None:
    """Read a time of day, such as `14:30`, `14.30`, `1430` or `9`; None where nothing is typed.

    Of an hour that the clocks repeat in autumn `2:30 a` is the first, which is meant where nothing is said, and
    `2:30 b` the second.

    Raises:
        Unreadable: It is none of these.
    """
    typed = text.strip()
    if not typed:
        return None
    found = _CLOCK.fullmatch(typed)
    hour, minute = (int(found[1] or found[3]), int(found[2] or found[4] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise Unreadable(_("Write the time as hours and minutes, such as 14:30."))
    return time(hour, minute, fold=int(found is not None and (found[5] or "").casefold() == "b"))


def read_moment(day: str, clock: str, today: date, zone: ZoneInfo) -> Moment | None:
    """Read when something happened, to the minute where a time is typed; None where nothing is typed.

    Raises:
        Unreadable: One of the two cannot be read, the date is missing, or the clocks skip this time.
    """
    on, at = read_date(day, today), read_time(clock)
    if on is None and at is not None:
        raise Unreadable(_("A time needs its date. Write the date, such as today."))
    try:
        return None if on is None else Moment.typed(on, at, zone)
    except Refused as refused:
        raise Unreadable(tr().render(refused.message)) from refused


def write_time(moment: Moment | None, zone: ZoneInfo) -> str:
    """The time of day of a moment as `read_time` reads it; empty where it is not known."""
    if moment is None or moment.at is None:
        return ""
    local = moment.at.astimezone(zone)
    return f"{local:%H:%M} b" if local.fold else f"{local:%H:%M}"


def say_run(moment: Moment, zone: ZoneInfo) -> str:
    """Which run of an hour is meant that the clocks repeat on that day; empty of any other time."""
    if moment.at is None:
        return ""
    local = moment.at.astimezone(zone)
    if not is_repeated(local.date(), local.time(), zone):
        return ""
    if local.fold:
        return _("{time} comes twice that day: the second is meant.", time=f"{local:%H:%M}")
    return _("{time} comes twice that day: the first is meant. Write {other} for the second.",
             time=f"{local:%H:%M}", other=f"{local:%H:%M} b")  # fmt: skip


def read_birth(text: str, today: date) -> BirthDate | None:
    """Read a birth date as far as it is known; None where nothing is typed.

    Understood are a full date, `7.1991` or `July 1991`, `1991`, and `about 1991` or `~1991`.

    Raises:
        Unreadable: It is none of these, there is no such day, or it lies in the future.
    """
    typed = " ".join(text.split()).casefold()
    if not typed:
        return None
    born = _partial_birth(typed) or BirthDate.exact(_full_birth(typed, today))
    if born.earliest > today:
        raise Unreadable(_("A birth date cannot lie in the future."))
    if born.year < today.year - _OLDEST:
        raise Unreadable(_("Nobody is that old. Write the year with four digits, such as 1991."))
    return born


def _partial_birth(typed: str) -> BirthDate | None:
    try:
        if about := _ABOUT.fullmatch(typed):
            return BirthDate(int(about[1]), about=True)
        if re.fullmatch(r"\d{4}", typed):
            return BirthDate(int(typed))
        if parts := _YEAR_MONTH.fullmatch(typed):
            return BirthDate(int(parts[1] or parts[4]), int(parts[2] or parts[3]))
        if (worded := _WORDED_MONTH.fullmatch(typed)) and (month := _month(worded[1])):
            return BirthDate(int(worded[2]), month)
    except ValueError:
        raise Unreadable(_("There is no such month. Write month and year, such as 7.1991.")) from None
    return None


def _full_birth(typed: str, today: date) -> date:
    how = _("Write what is known: 2.7.1991, 7.1991, 1991, or about 1991.")
    found = _NUMERIC.fullmatch(typed) or _WORDED.fullmatch(typed)
    if found and found[3] is None:
        raise Unreadable(how)
    try:
        day = _read_date(typed, today)
    except Unreadable as error:
        raise Unreadable(how if not found else str(error)) from None
    if day is None or not (found or _ISO.fullmatch(typed)):
        raise Unreadable(how)
    # Two digits are a year of the last hundred: nobody is born tomorrow.
    return day.replace(year=day.year - 100) if found and len(found[3]) == 2 and day > today else day


def say_birth(born: BirthDate) -> str:
    """A birth date as a sentence shows it: what is known and no more."""
    from reports import terms  # only now: the unlock screen reads what is typed, and knows no paper

    return terms.birth(tr(), born)


def say_named(one: Named) -> str:
    """Somebody as two of one name are told apart: the name, the birth date, the number."""
    born, number = (
        say_birth(BirthDate.parse(one.birth)) if one.birth else "",
        "" if one.number == one.name else one.number,
    )
    return " · ".join(part for part in (isolated(one.name), born, number) if part)


def read_number(text: str) -> int | None:
    """Read a whole number; None where nothing is typed.

    Raises:
        Unreadable: It is no whole number.
    """
    typed = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not typed:
        return None
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", typed):
        typed = re.sub(r"[.,]", "", typed)
    if not re.fullmatch(r"-?\d{1,15}", typed):
        raise Unreadable(_("Write a whole number, such as 180."))
    return int(typed)


def read_money(text: str) -> Decimal | None:
    """Read an amount with all its decimals, at most six; None where nothing is typed.

    A single separator is that of the decimals. Before three figures it could as well be that of the thousands: it is
    read only where it is what the screen's language puts before decimals, and the field shows how it was read.

    Raises:
        Unreadable: It is no amount, or it could mean two.
    """
    typed = re.sub(r"[\s\u00a0\u202f'€$£]", "", text)
    if not typed:
        return None
    if "." in typed and "," in typed:
        typed = typed.replace("." if typed.rfind(",") > typed.rfind(".") else ",", "")
    elif re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", typed) and tr().decimal_sign not in typed:
        raise Unreadable(
            _(
                "This could be {small} or {large}. Write the one that you mean.",
                small=re.sub("[.,]", tr().decimal_sign, typed) + "0",
                large=re.sub("[.,]", "", typed),
            )
        )
    typed = typed.replace(",", ".")
    if not re.fullmatch(rf"\d{{1,12}}(\.\d{{1,{MOST_DECIMALS}}})?", typed):
        raise Unreadable(_("Write the amount in figures, such as 1046.50."))
    return half_up(Decimal(typed), max(2, decimals_of(Decimal(typed))))
