"""When something happened: to the minute or to the day only, in whatever zone it is written (rules.md, Time)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.exchange.clocks import before_end_of_day, clock_and_zone, read_clock, western_digits, zone_in
from models.exchange.dates import DayOrder, read_date, split_date
from models.exchange.headers import Heading
from models.exchange.tables import Native, Number1904, Row
from models.exchange.values import is_unknown
from models.rules.time import Moment, is_repeated, is_skipped
from models.text import Message, message

_MIDNIGHT = time()


def are_days(values: Iterable[str | Native], order: DayOrder, zone: ZoneInfo, offset: timedelta | None = None) -> bool:
    """Whether a column with times has only midnights: of its own zone, or of the facility's, written in another.

    Args:
        values: What stands in the column.
        order: Whether the day or the month is first.
        zone: The time zone of the facility.
        offset: How far from UTC the times are meant that do not say their own zone, where the heading says so.
    """
    found = False
    for value in values:
        if isinstance(value, str):
            on, rest = split_date(western_digits(value.strip()), order)
            clock = _clock_behind(value, rest) if rest else None
            if isinstance(on, Message) or clock is None or isinstance(clock, Message):
                continue
            at, own = clock
            if not _is_midnight(on, at, offset if own is None else own, zone):
                return False
            found = True
        elif isinstance(value, datetime):
            return False
    return found


def are_midnights(values: Iterable[str | Native]) -> bool:
    """Whether a column of times of day has nothing but 00:00, which programs write where they know the day only."""
    found = False
    for value in values:
        if not _says_no_time(value):
            found = True
            if read_clock(value) != _MIDNIGHT:
                return False
    return found


def _says_no_time(clock: str | Native) -> bool:
    """Whether a cell for a time of day says none: it is empty, or `-`, `unknown`, `nepoznato`."""
    return isinstance(clock, str) and is_unknown(clock)


def _is_midnight(on: date, at: time, offset: timedelta | None, zone: ZoneInfo) -> bool:
    if at == _MIDNIGHT:
        return True
    return offset is not None and _instant(on, at, offset).astimezone(zone).time() == _MIDNIGHT


def _instant(on: date, at: time, offset: timedelta) -> datetime:
    return datetime.combine(on, at, UTC) - offset


def read_moment(
    day: str | Native,
    clock: str | Native,
    order: DayOrder,
    zone: ZoneInfo,
    *,
    days: bool = False,
    offset: timedelta | None = None,
) -> Moment | Message:
    """Read when something happened, from a cell with the date and perhaps a time, and perhaps a cell with the time.

    Args:
        day: The date, with or without a time behind it.
        clock: The time of day; empty where there is none.
        order: Whether the day or the month is first.
        zone: The time zone of the facility, for times that do not say their own.
        days: Whether the column is one of days, in which midnights stand for nothing more (`are_days`).
        offset: How far from UTC times are meant that do not say their own zone, where the heading says so
            (`written_in`); None: they are local.

    A time 00:00:00 behind a date in the same cell is what programs write for a date alone: it is read as the day only,
    and so is an instant of another zone that is midnight at the facility. 24:00 is the 00:00 of the next day, and is
    meant as such.
    """
    if _says_no_time(clock):
        clock = ""
    last = clock if clock != "" else day
    if isinstance(last, str) and (minute_before := before_end_of_day(last)):
        within = (minute_before, "") if clock == "" else (day, minute_before)
        last_minute = read_moment(*within, order, zone, days=days, offset=offset)
        if isinstance(last_minute, Moment) and last_minute.at is not None:
            return Moment.of(last_minute.at + timedelta(minutes=1), zone)
    parts = _parts(day, clock, order)
    if isinstance(parts, Message):
        return parts
    on, at, own = parts
    if at is None:
        return Moment(on)
    stands_behind = isinstance(day, str) and clock in ("", None)
    if own is None and stands_behind and at == _MIDNIGHT:
        return Moment(on)
    offset = offset if own is None else own
    if offset is None:
        return Moment.of_clock(on, at, zone)
    if days and at == _MIDNIGHT:
        return Moment(on)
    moment = Moment.of(_instant(on, at, offset), zone)
    is_midnight = moment.at is not None and moment.at.astimezone(zone).time() == _MIDNIGHT
    return Moment(moment.on) if is_midnight and stands_behind else moment


def doubt_of_clock(day: str | Native, clock: str | Native, order: DayOrder, zone: ZoneInfo) -> Message | None:
    """What is to be known of a local time that the clocks skip or repeat on that day; None of any other.

    Args:
        day: The date, with or without a time behind it.
        clock: The time of day; empty where there is none.
        order: Whether the day or the month is first.
        zone: The time zone of the facility.
    """
    parts = _parts(day, clock, order)
    if isinstance(parts, Message):
        return None
    on, at, offset = parts
    if at is None or offset is not None:
        return None
    taken = datetime.combine(on, at, zone).astimezone(UTC)
    if is_skipped(on, at, zone):
        return message(
            "On {day} the clocks go forward, and there is no {time}. {other} is taken.",
            day=on,
            time=f"{at:%H:%M}",
            other=f"{taken.astimezone(zone):%H:%M}",
        )
    if is_repeated(on, at, zone):
        second = datetime.combine(on, at.replace(fold=1), zone)
        return message(
            "On {day} the clocks go back, and {time} comes twice. The first is taken; for the second write {other}.",
            day=on,
            time=f"{at:%H:%M}",
            other=f"{at:%H:%M}{second:%z}",
        )
    return None


def _parts(
    day: str | Native, clock: str | Native, order: DayOrder
) -> tuple[date, time | None, timedelta | None] | Message:
    """The date, the time of day where there is one, and how far its zone is from UTC where it says one."""
    if isinstance(day, str):
        on, rest = split_date(western_digits(day.strip()), order)
    else:
        on, rest = read_date(_whole(day), order), ""
    if isinstance(on, Message):
        return on
    found: time | tuple[time, timedelta | None] | Message | None = None
    if isinstance(clock, str) and clock:
        found = clock_and_zone(western_digits(clock.strip()))
    elif clock not in ("", None):
        found = read_clock(clock)
    elif isinstance(day, datetime):
        found = day.time()
    elif isinstance(day, Decimal) and day % 1:
        found = read_clock(day % 1)
    elif rest:
        found = _clock_behind(str(day), rest)
        if isinstance(found, Message) and not any(map(str.isdecimal, rest)):
            return message("Behind the date stands what is no time of day. Write the date alone, or 2026-03-31 23:45.")
    if isinstance(found, Message):
        return found
    return (on, *found) if isinstance(found, tuple) else (on, found, None)


def _clock_behind(text: str, rest: str) -> tuple[time, timedelta | None] | Message:
    """The time that stands behind a date in its cell."""
    return clock_and_zone(rest, is_iso=f"T{rest}" in western_digits(text))


def _whole(day: Native) -> Native:
    """The day of a spreadsheet's number that has a time of day behind its point."""
    if isinstance(day, Decimal) and day % 1:
        return Number1904(int(day)) if isinstance(day, Number1904) else int(day)
    return day


def written_in(heading: Heading, prefix: str) -> timedelta | None:
    """How far from UTC the times of `arrived` or `departed` are, where the heading of one of their columns says so."""
    headers = (heading.header(f"{prefix}_{part}") for part in ("time", "on"))
    return next((found[1] for header in headers if header and (found := zone_in(header))), None)


def columns_of_days(
    rows: Iterable[Row], heading: Heading, orders: Mapping[str, DayOrder], zone: ZoneInfo, *prefixes: str
) -> frozenset[str]:
    """The fields of moments whose column tells the day only, whatever midnights it writes.

    Args:
        rows: The rows below the headings.
        heading: What each column holds.
        orders: Whether the day or the month is first, by field.
        zone: The time zone of the facility.
        prefixes: How the fields begin: `arrived` for `arrived_on` and `arrived_time`.
    """
    found: set[str] = set()
    for prefix in prefixes:
        day, clock = heading.by_field.get(f"{prefix}_on"), heading.by_field.get(f"{prefix}_time")
        offset = written_in(heading, prefix)
        if day is not None and are_days((row.value(day) for row in rows), orders[f"{prefix}_on"], zone, offset):
            found.add(f"{prefix}_on")
        if clock is not None and are_midnights(row.value(clock) for row in rows):
            found.add(f"{prefix}_time")
    return frozenset(found)
