"""Times of day as people and programs write them, with the zone that they say."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from models.exchange.tables import Native
from models.text import Message, message

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩‐‑‒–—−", "01234567890123456789------")
"""The digits of other scripts, and the dashes that programs set where a hyphen was typed."""
_HOURS = r"(?:Uhr|hours|hrs?|h|časova|časa|čas|sati|sata|sat|часова|сати|o'clock)"
_HALVES = {
    half: re.compile(rf"\s*(?:e\s+)?(?:{words})\.?$", re.IGNORECASE)
    for half, words in {
        " am": r"paraditës?|paradites?|para\s+ditës|para\s?mesditës|pre\s?podne|prijepodne|пре\s?подне|formiddag|"
               r"vormittags?|du\s+matin|ÖÖ|ص|صباحا",
        " pm": r"pas\s?ditës?|pasdites?|mbas\s?ditës?|mbasdite|pas\s?mesditës|po\s?podne|poslije\s?podne|popodne|"
               r"поподне|по\s?подне|eftermiddag|nachmittags?|de\s+l'après-midi|ÖS|م|مساء",
    }.items()
}  # fmt: skip
"""What stands behind the hours before noon, and behind those after it, where people do not write 14:30."""
_CLOCK = re.compile(
    r"(?:(?:(?P<before>kl|u|në|ne|ora|à|at|um|klo|om|alle|a\s+las)|@|-)\.?\s*)?"
    r"(?P<hour>\d{1,2})"
    r"(?:\s*(?::|\.|h)\s*(?P<minute>\d{2})(?:(?::|\.)(?P<second>\d{2})(?:[.,:]\d+)?)?|\s*h(?=$|\W)|(?=\s*[ap]\.?\s?m)"
    rf"|(?=\s*{_HOURS}(?!\w))|(?(before)(?=\.?$)|(?!)))"
    rf"\s*(?:(?P<half>[ap])\.?\s?m\b\.?)?\s*{_HOURS}?\.?(?P<zone>.*)$",
    re.IGNORECASE,
)
_DIGITS_ALONE = re.compile(
    r"(?P<hour>\d{1,2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<half>)\s*(?:(?:hours|hrs?|h)\b\.?)?"
    r"(?P<zone>\s*(?:[Z+\-A-Z].*)?)$"
)
"""A spreadsheet that takes 0930 for a number keeps 930 of it."""
_NOON = re.compile(
    r"(?:(?:at|kl\.?|u|në|ora)\s+)?(?:12(?:[:.]00)?\s*)?(?:noon|midday|mesditë|mesdite|podne|подне|middag)",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(
    r"(?:(?:at|kl\.?|u|në|ora)\s+)?(?:12(?:[:.]00)?\s*)?(?:midnight|mesnatë|mesnate|ponoć|ponoc|поноћ|midnat)",
    re.IGNORECASE,
)
_BEHIND_24 = re.compile(r"^(?:[:.h]?00){1,2}|^h")
_END_OF_DAY = re.compile(r"(?<!\d)24(?=(?:[:.h]?00){1,2}(?!\d)|h?$)")
_LATER = re.compile(r"\s*[-−](?P<behind>\s*)(?P<hour>\d{1,2})(?:(?P<sign>[:.h]?)(?P<minute>\d{2}))?\s*h?")
_WEST = frozenset({*range(60, 721, 60), 150, 210, 570})
"""How many minutes west of UTC clocks are anywhere."""
_OFFSET = re.compile(r"(?:(?:UTC|GMT)\s*)?([+\-−])(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "mez": 60,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
"""Minutes east of UTC. The American ones are those of the partner."""
_ZONE_IN_HEADING = re.compile(
    r"(?<![^\W\d_])((?i:utc|gmt)(?:\s?[+\-−]\d{1,2}(?::?\d{2})?)?|[ECMP][SD]T)(?![^\W_])",
)
"""The short names of zones in capitals alone, as `est.` may be an estimate."""
_WORDS_RUN_TOGETHER = re.compile(r"_|(?<=[a-zà-ÿ])(?=[A-Z])")


def western_digits(text: str) -> str:
    """The text with the digits of Arabic and Persian script as 0 to 9, dashes as hyphens, no signs that nobody sees."""
    return text.translate(_DIGITS) if text.isascii() else text.translate(INVISIBLE).translate(_DIGITS)


def _no_clock() -> Message:
    return message("This is not a time of day. Write it as 23:45.")


def read_clock(value: str | Native) -> time | Message:
    """Read a time of day: 23:34:35, 23:34, kl. 23.34, 11:34 PM, 2334, or a spreadsheet's own."""
    match value:
        case datetime():
            return value.time()
        case time():
            return value.replace(microsecond=0)
        case Decimal() if 0 <= value < 1:
            # What is left of a midnight by the spreadsheet's arithmetic stays on its day.
            return (datetime.min + timedelta(seconds=min(round(float(value) * 86_400), 86_399))).time()
        case str():
            clock = clock_and_zone(western_digits(value.strip()))
            return clock if isinstance(clock, Message) else clock[0]
        case int() | Decimal() if value == int(value) and value >= 100 and not isinstance(value, bool):
            return read_clock(str(int(value)))
    return _no_clock()


def before_end_of_day(text: str) -> str | None:
    """A time that is the end of its day (24:00, ISO 8601), as the minute before it; None of any other."""
    written = western_digits(text.strip())
    found = _END_OF_DAY.search(written)
    return None if found is None else f"{written[: found.start()]}23:59{_BEHIND_24.sub('', written[found.end() :], 1)}"


@lru_cache(maxsize=16_384)
def clock_and_zone(text: str, *, is_iso: bool = False) -> tuple[time, timedelta | None] | Message:
    """A time of day, and how far its zone is from UTC where it says one.

    Args:
        text: As it is written, with the digits of the West.
        is_iso: Whether a T stands between the date and it, as programs write moments (ISO 8601).
    """
    written = text
    for half, words in _HALVES.items():
        text = words.sub(half, text)
    if _NOON.fullmatch(text):
        return time(12), None
    if _MIDNIGHT.fullmatch(text):
        return message("Midnight begins a day and ends another. Write 00:00 for its beginning, or 24:00 for its end.")
    found = _DIGITS_ALONE.match(text) or _CLOCK.match(text)
    if not found:
        return _no_clock()
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    if _may_be_a_span(found, is_iso=is_iso):
        return message(
            "This may be a span of time or a zone. Write one time, and a zone behind its seconds: 09:00:00-05:00."
        )
    zone = _zone(found["zone"])
    # In few languages is it clear whether `12:30 paradite` is half past noon.
    is_unclear = half == "a" and hour == 12 and text != written
    if isinstance(zone, Message) or is_unclear or (half and not 1 <= hour <= 12):
        return _no_clock()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0)), zone
    except ValueError:
        return message("There is no such time of day. Write it as 23:45.")


def _may_be_a_span(found: re.Match[str], *, is_iso: bool) -> bool:
    """Whether what looks like a zone west of UTC may be a later time of the same day: `09:00-10:30`.

    A zone that there is, behind a moment as programs write it or otherwise written than the time, is one: `02:00 -05`.
    """
    later = _LATER.fullmatch(found["zone"])
    if later is None or found["second"]:
        return False
    hour, minute = int(later["hour"]), int(later["minute"] or 0)
    if (hour, minute) <= (int(found["hour"]), int(found["minute"] or 0)):
        return False
    if hour * 60 + minute not in _WEST:
        return True
    sign = found.string[found.end("hour") : found.start("minute")].strip() if found["minute"] else None
    is_apart = found.string[: found.start("zone")][-1:].isspace() or found["zone"][0].isspace()
    return not is_iso and bool(later["behind"] or (later["sign"] == sign and not is_apart))


def _zone(text: str) -> timedelta | Message | None:
    """How far a zone is from UTC: `+02`, `+0200`, `UTC`, `CEST`, `GMT+0200 (Central European Summer Time)`."""
    bare = re.sub(r"\s*\([^)]*\)$", "", text.strip()).strip()
    if not bare:
        return _zone(text.strip()[1:-1]) if text.strip() else None
    if bare.casefold() in _ZONES:
        return timedelta(minutes=_ZONES[bare.casefold()])
    found = _OFFSET.match(bare)
    if not found or int(found[2]) > 23 or int(found[3] or 0) > 59:
        return _no_clock()
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return offset if found[1] == "+" else -offset


def zone_in(heading: str) -> tuple[str, timedelta] | None:
    """The zone that a heading names for the times below it, as written and as far from UTC; None where it names none.

    `arrivedUtc`, `Arrival (GMT+2)`, `Released [EST]`. Names of European zones are taken for local time, as people
    write CET in summer too.
    """
    found = _ZONE_IN_HEADING.search(_WORDS_RUN_TOGETHER.sub(" ", heading))
    offset = None if found is None else _zone(found[1])
    return (found[1].upper(), offset) if found is not None and isinstance(offset, timedelta) else None


def day_of_instant(on: date, rest: str) -> date:
    """The day that an instant stands for where only days are meant: of birth, of a document.

    Programs write the local midnight of a day as an instant in UTC: `1980-03-31T22:00:00Z` is 1 April 1980, whichever
    zone wrote it. Any other time is not looked at.
    """
    clock = clock_and_zone(rest)
    if isinstance(clock, Message) or clock[1] is None:
        return on
    at, _ = clock
    is_midnight_elsewhere = at.hour >= 20 and at.minute % 15 == 0 and at.second == 0
    return on + timedelta(days=1) if is_midnight_elsewhere else on
