"""Today, the facility's time zone, and who sits here, as fields, time lines and papers need them."""

from datetime import date
from zoneinfo import ZoneInfo

from models.clock import Clock, SystemClock
from models.rules.time import Moment, local_date


class _Present:
    clock: Clock = SystemClock()
    zone: ZoneInfo = ZoneInfo("Europe/Belgrade")
    who: str = ""


def begin_session(clock: Clock, zone: ZoneInfo, who: str = "") -> None:
    """Say where the present comes from: on unlocking, and in a test."""
    _Present.clock = clock
    _Present.zone = zone
    _Present.who = who


def clock() -> Clock:
    """The clock of the window."""
    return _Present.clock


def zone() -> ZoneInfo:
    """The time zone of the facility."""
    return _Present.zone


def who() -> str:
    """The name of the person who has unlocked the register."""
    return _Present.who


def now() -> Moment:
    """This minute at the facility."""
    return Moment.of(_Present.clock.now(), _Present.zone)


def today() -> date:
    """The date at the facility."""
    return local_date(_Present.clock.now(), _Present.zone)
