"""How a roll call is counted, when it balances, and when one is due (standards.md, B9).

Decided beside the rules: the roll of a count is that of the instant when it began. Who came, left or returned after
that is accounted for without being counted, unless somebody has looked and not found them.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.rules.time import local_date
from models.rules.vocabulary import RollAnswer, RollMarkState, RollStanding
from models.text import Message, counted, message

LEAD = timedelta(hours=1)
"""So long before its hour a roll call may begin and is held for it; a fire list may be printed."""
GRACE = timedelta(hours=1)
"""So long after its hour a roll call that was not begun is missed."""
LATEST = timedelta(days=1)
"""So long after its hour one may still be held for it, where whoever counts says so."""
REMEMBERED = timedelta(days=31)
"""So long a roll call that was missed stands on Today, until somebody says why: a house may be closed for a month."""
MOST_HOURS = 24

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class Where(StrEnum):
    """Where somebody is, as the register has it."""

    PRESENT = "present"
    AWAY = "away"
    OFF_ROLL = "off_roll"


REAL = tuple(each for each in RollStanding if each is not RollStanding.TO_COUNT)
"""How somebody can really have stood in a roll call that was signed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how somebody stands in a roll call.

    Attributes:
        was: Where the register has the person at the instant of the count; off the roll: arrived since, or left before.
        now: Where it has the person now, or when the count ended.
        is_overdue: Whether somebody who was away should have been back.
        state: What the counters say; None: not counted.
    """

    was: Where
    now: Where
    is_overdue: bool = False
    state: RollMarkState | None = None


def standing(facts: Facts) -> RollStanding:
    """How somebody stands."""
    here, gone = facts.state is RollMarkState.HERE, facts.state is RollMarkState.NOT_HERE
    if facts.was is Where.AWAY:
        if facts.now is Where.PRESENT:
            return RollStanding.MISSING if gone else RollStanding.CAME_BACK
        if here:
            return RollStanding.UNEXPECTED
        return RollStanding.OVERDUE if facts.is_overdue else RollStanding.AWAY
    if here and facts.was is Where.PRESENT:
        return RollStanding.COUNTED
    if here and facts.was is facts.now:
        return RollStanding.UNEXPECTED
    if facts.now is not Where.PRESENT:
        return RollStanding.WENT_OUT if facts.now is Where.AWAY else RollStanding.DEPARTED
    if gone:
        return RollStanding.MISSING
    return RollStanding.TO_COUNT if facts.was is Where.PRESENT else RollStanding.ARRIVED


@dataclass(frozen=True, slots=True)
class Balance:
    """What a count comes to.

    Attributes:
        on_roll: At the instant of the count.
        away: Of them, those who were away, the overdue among them.
        overdue: Of those, who should have been back.
        counted: Found here, of those expected.
        came_back: While it was counted, as the three after it.
        arrived: And are in no other figure.
        went_out: Expected, not counted, and accounted for.
        departed: Likewise.
        missing: Should be here, and were not found.
        unexpected: Found, and away or off the roll as the register has it.
        to_count: Expected, and nobody has looked yet.
    """

    on_roll: int = 0
    away: int = 0
    overdue: int = 0
    counted: int = 0
    came_back: int = 0
    arrived: int = 0
    went_out: int = 0
    departed: int = 0
    missing: int = 0
    unexpected: int = 0
    to_count: int = 0

    @property
    def expected(self) -> int:
        """Who should be here at the instant of the count: expected = present, and with the away the roll."""
        return self.on_roll - self.away

    @property
    def balances(self) -> bool:
        """Whether everybody is accounted for, and nobody was found who should not be here."""
        return not (self.missing or self.unexpected or self.to_count)


def balance(facts: Iterable[Facts]) -> Balance:
    """What a count comes to, of everybody who is or was to be counted."""
    known = [(each, standing(each)) for each in facts]
    of = Counter(each for _, each in known)
    was = Counter(each.was for each, _ in known)
    return Balance(
        on_roll=was[Where.PRESENT] + was[Where.AWAY],
        away=was[Where.AWAY],
        overdue=sum(each.was is Where.AWAY and each.is_overdue for each, _ in known),
        counted=of[RollStanding.COUNTED],
        came_back=of[RollStanding.CAME_BACK],
        arrived=of[RollStanding.ARRIVED],
        went_out=sum(each.was is Where.PRESENT and stands is RollStanding.WENT_OUT for each, stands in known),
        departed=sum(each.was is Where.PRESENT and stands is RollStanding.DEPARTED for each, stands in known),
        missing=of[RollStanding.MISSING],
        unexpected=of[RollStanding.UNEXPECTED],
        to_count=of[RollStanding.TO_COUNT],
    )


def merged(before: RollMarkState | None, new: RollMarkState | None, *, is_same_counter: bool) -> RollMarkState | None:
    """What two counters together say of one person: whoever was seen at one door is here, whatever the other says."""
    if before is RollMarkState.HERE and not is_same_counter:
        return RollMarkState.HERE
    return new


def why_not(found: Balance) -> tuple[Message, ...]:
    """Why a count does not balance, in words; empty where it does."""
    said = []
    if found.to_count:
        said.append(counted("{n} person is not counted yet", "{n} people are not counted yet", found.to_count))
    if found.missing:
        said.append(counted("{n} person was not found", "{n} people were not found", found.missing))
    if found.unexpected:
        said.append(
            counted(
                "{n} person is here who should not be, as the register has it",
                "{n} people are here who should not be, as the register has it",
                found.unexpected,
            )
        )
    return tuple(said)


def check_close(found: Balance, unanswered: Sequence[tuple[str, RollStanding, Where]]) -> None:
    """Refuse to close a count that is not finished, or of which nobody says what was done.

    Args:
        found: What it comes to.
        unanswered: The name of whoever is missing or unexpected without an answer, which of both, and where the
            register has them now.

    Raises:
        Refused: With a reason for each.
    """
    if found.to_count:
        raise Refused(
            "{n} people are not counted yet. Count them, or say of each that they are not here.", n=found.to_count
        )
    if unanswered:
        reasons = [_owed(*each) for each in unanswered]
        raise Refused("The count does not balance, and it is not said yet what was done.", reasons=reasons)


def _owed(name: str, stands: RollStanding, now: Where) -> Message:
    if stands is RollStanding.MISSING:
        return message("{name} was not found: say what was done.", name=name)
    if now is Where.OFF_ROLL:
        return message("{name} is here and has left, as the register has it: explain it.", name=name)
    return message("{name} is here and should not be: enter the return, or explain it.", name=name)


def checked_answer(answer: RollAnswer, words: str, stands: RollStanding) -> str:
    """The words of an answer, tidy.

    Raises:
        Refused: There is nothing to answer, nothing was said, or nobody can be reported missing who was found.
    """
    said = words.strip()
    if stands not in (RollStanding.MISSING, RollStanding.UNEXPECTED):
        raise Refused("The count and the register agree about this person; there is nothing to explain.")
    if answer is RollAnswer.REPORTED and stands is not RollStanding.MISSING:
        raise Refused("The person was found here. Enter the return, or explain it.", field="answer")
    if not said:
        if answer is RollAnswer.REPORTED:
            raise Refused("Say to whom it was reported, and when.", field="words")
        raise Refused("Say what was found out.", field="words")
    return said


# -- when one is due --------------------------------------------------------------------------------------------------


def hours_of(text: str) -> tuple[time, ...]:
    """The hours that a stored text names, as `07:00 21:00`."""
    return tuple(time.fromisoformat(each) for each in text.split())


def checked_hours(text: str, *, field: str) -> str:
    """Hours of the day as they are stored, in order and each once.

    Args:
        text: As typed: `7:00, 21.00`.
        field: Of the form.

    Raises:
        Refused: Something in it is no hour, or there are too many.
    """
    found = set()
    for part in re.split(r"[\s,;]+", text.strip()):
        if not part:
            continue
        read = _HOUR.fullmatch(part)
        if read is None:
            raise Refused("Write each hour as 07:00, with a space between two; {part} is none.", field=field, part=part)
        found.add(f"{int(read[1]):02}:{read[2]}")
    if len(found) > MOST_HOURS:
        raise Refused("Write at most {most} hours.", field=field, most=MOST_HOURS)
    return " ".join(sorted(found))


def slots(hours: Collection[time], first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants of the hours from one instant to another, both included, in order; one day after the other."""
    day, end = local_date(first, zone), local_date(last, zone)
    while day <= end:
        for each in sorted(hours):
            at = datetime.combine(day, each, zone).astimezone(first.tzinfo)
            if first <= at <= last:
                yield at
        day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The hours of the facility for as long as they hold.

    Attributes:
        hours: Local times of day.
        from_at: The first instant.
        until_at: When others take their place; None: they hold today.
    """

    hours: tuple[time, ...]
    from_at: datetime
    until_at: datetime | None = None


def asked_for(periods: Iterable[Period], first: datetime, last: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants from one to another, both included, at which a roll call is asked for, in order."""
    return tuple(
        at
        for each in periods
        for at in slots(each.hours, max(first, each.from_at), last, zone)
        if each.until_at is None or at < each.until_at
    )


def missed(
    periods: Iterable[Period], held: Collection[datetime], now: datetime, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """The hours at which no roll call was held, and nobody has said why; those of the last days.

    Args:
        periods: The hours of the facility; new ones excuse none that was missed before.
        held: The hours for which one was held, or excused.
        now: The present.
        zone: Of the facility.
    """
    return tuple(at for at in asked_for(periods, now - REMEMBERED, now - GRACE, zone) if at not in held)


def hour_at(
    periods: Iterable[Period], held: Collection[datetime], at: datetime, lead: timedelta, zone: ZoneInfo
) -> datetime | None:
    """The hour of an instant, which is not missed yet and for which none was held; None where there is none.

    Args:
        periods: The hours of the facility.
        held: The hours for which one was held, or excused.
        at: The instant.
        lead: So long before the hour it counts already.
        zone: Of the facility.
    """
    near = asked_for(periods, at - GRACE, at + lead, zone)
    return max((each for each in near if each not in held and each > at - GRACE), default=None)


def is_near(wanted: datetime, began: datetime) -> bool:
    """Whether a roll call that began at an instant can have been held for an hour."""
    return began - LATEST <= wanted <= began + LEAD


def check_held_for(periods: Iterable[Period], wanted: datetime, began: datetime, zone: ZoneInfo) -> None:
    """Refuse to hold a roll call for what is no hour of the facility, or one that lies far from it.

    Raises:
        Refused: With what can be chosen.
    """
    if not is_near(wanted, began) or wanted not in asked_for(periods, wanted, wanted, zone):
        raise Refused(
            "A roll call is held for an hour of the facility: one that begins within an hour after it, or was at most "
            "a day before. Choose another hour, or correct when it began.",
            field="held_for",
        )


def shift_of(at: datetime, hours: Collection[time], zone: ZoneInfo) -> datetime | None:
    """The shift for which a fire list printed at an instant is: the last one, or the next within the lead.

    None where the facility has no shifts.
    """
    return max(slots(hours, at - timedelta(days=2), at + LEAD, zone), default=None)


def shift_without_list(
    hours: Collection[time], since: datetime, printed: Collection[datetime], now: datetime, zone: ZoneInfo
) -> datetime | None:
    """The change of shift for which no fire list was printed; only the last one counts, since a list grows old."""
    last = max(slots(hours, max(since, now - timedelta(days=2)), now, zone), default=None)
    return None if last is None or last in printed else last
