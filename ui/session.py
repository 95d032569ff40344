"""Today, and the facility's time zone, as fields and time lines need them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.clock import Clock, SystemClock
from models.rules.time import Moment, local_date


class _Present:
    clock: Clock = SystemClock()
    zone: ZoneInfo = ZoneInfo("Europe/Belgrade")


def begin_session(clock: Clock, zone: ZoneInfo) -> None:
    """Say where the present comes from: on unlocking, and in a test."""
    _Present.clock = clock
    _Present.zone = zone


def clock() -> Clock:
    """The clock of the window."""
    return _Present.clock


def zone() -> ZoneInfo:
    """The time zone of the facility."""
    return _Present.zone


def now() -> Moment:
    """This minute at the facility."""
    return Moment.of(_Present.clock.now(), _Present.zone)


def today() -> date:
    """The date at the facility."""
    return date_of(_Present.clock.now())


def date_of(instant: datetime) -> date:
    """The date at the facility at an instant."""
    return local_date(instant, _Present.zone)
