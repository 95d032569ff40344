"""Who may go out through the gate, by when they are to be back, and when they are held to have left for good.

Decided beside the rules: a going out is an absence, and there is no other record of it, so that whoever is out by the
gate is away for the roll, the nights and the papers alike. Without a leave somebody is due back by the hour that the
house sets, today or else tomorrow. Where people are detained nobody goes without an
escort or a leave that was decided on.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from models.errors import Refused
from models.rules.absences import check_due, kinds_under
from models.rules.backups import checked_time
from models.rules.time import Moment
from models.rules.vocabulary import AbsenceKind, Regime

SEVEN_DAYS = 7 * 24
"""Hours after which somebody is held to have left, where the house sets none (rules.md, Departures)."""
BACK_BY = "22:00"
"""The hour by which whoever goes out without a leave is to be back, where the house sets none."""
LONGEST = 90 * 24
"""Hours: no house waits longer."""


class Planned(Protocol):
    """A leave that was decided on."""

    @property
    def start(self) -> Moment:
        """From when on the person may go."""

    @property
    def due_back(self) -> Moment:
        """When the person must be back."""


P = TypeVar("P", bound=Planned)


def holding(leaves: Iterable[P], at: Moment) -> P | None:
    """The leave by which somebody may go out at a moment; of several the one that is over first."""
    held = [each for each in leaves if not at.surely_before(each.start) and not each.due_back.surely_before(at)]
    held = [each for each in held if each.due_back != at]
    return min(held, key=lambda each: (each.due_back.on, each.due_back.at or datetime.max), default=None)


def due_back(now: Moment, back_by: str, zone: ZoneInfo) -> Moment:
    """When somebody who goes out without a leave is to be back: the next time that the clock shows this hour.

    Args:
        now: The moment of going, known to the minute.
        back_by: Local time as HH:MM; empty: 22:00.
        zone: Of the facility.
    """
    clock = time.fromisoformat(back_by or BACK_BY)
    today = Moment.of_clock(now.on, clock, zone)
    return today if now.surely_before(today) else Moment.of_clock(now.on + timedelta(days=1), clock, zone)


def checked_back_by(text: str) -> str:
    """The hour as it is kept; empty where the house sets none.

    Raises:
        Refused: It is none; of the field `back_by`.
    """
    try:
        clock = checked_time(text.strip())
    except ValueError:
        raise Refused("Write the time as hours and minutes, such as 22:00.", field="back_by") from None
    return "" if clock is None else f"{clock:%H:%M}"


def check_guarded(regime: Regime, *, escort: str, is_decided: bool) -> None:
    """Refuse to let somebody who is detained out alone, unless it was decided so.

    Raises:
        Refused: Of the field `escort`.
    """
    if regime is Regime.DETAINED and not escort.strip() and not is_decided:
        raise Refused(
            "Where people are detained nobody goes out alone. Name who goes along; where the house keeps a gate, a "
            "supervisor can also decide there on a leave.",
            field="escort",
        )


def check_leave(
    *, kind: AbsenceKind, regime: Regime, reason: str, start: Moment, due_back: Moment, now: Moment
) -> None:
    """Refuse a leave that cannot be planned. Decided beside the rule: detained, too, it may be for any grave reason.

    Raises:
        Refused: With the field that is at fault.
    """
    if kind is AbsenceKind.OUT or kind not in kinds_under(regime):
        raise Refused(
            "Choose leave, hospital, court or another reason; where people are detained there is no leave.",
            field="kind",
        )
    if not reason.strip():
        raise Refused("Say why the person goes.", field="reason")
    check_due(start, due_back)
    if due_back.surely_before(now):
        raise Refused(
            "This lies in the past. Enter it as an absence of the past, on the page of the resident.", field="due_back"
        )


def waits_until(due: Moment, hours: int, zone: ZoneInfo) -> datetime:
    """The instant at which somebody who is not back is held to have left: proposed, never done by itself.

    Args:
        due: When the person was due back; where only the day is known, the hours run from its end.
        hours: What the house has set; 0: seven days.
        zone: Of the facility.
    """
    end = datetime.combine(due.on + timedelta(days=1), time(0), zone).astimezone(UTC)
    return (due.at or end) + timedelta(hours=hours or SEVEN_DAYS)


def seems_to_have_left(due: Moment, now: datetime, *, hours: int, regime: Regime, zone: ZoneInfo) -> bool:
    """Whether `left on own` is to be proposed: only where the house is open (rules.md, Departures)."""
    return regime is Regime.OPEN and now >= waits_until(due, hours, zone)
