"""Today as it was read last, so that the page and the badges of the navigation read the register once between them."""

from models.queries import today as queries
from models.queries.today import Need, Today
from models.store.reading import Reading
from models.store.trail import head

_REPORTS = (Need.REPORT_DUE, Need.REPORT_DIFFERS)


class _Last:
    """What was read, and of which state of the register: the hash of its trail's head, and the minute."""

    key: tuple[str, str] | None = None
    read: Today | None = None


def today(reading: Reading) -> Today:
    """What needs a person today; read again only once something has changed, or a minute has passed."""
    _number, digest = head(reading.connection)
    key = (digest, f"{reading.now:%Y-%m-%d %H:%M}")
    if _Last.read is None or _Last.key != key:
        _Last.key, _Last.read = key, queries.today(reading)
    return _Last.read


def reports_due(reading: Reading) -> int:
    """How many monthly reports are owed."""
    return sum(item.need in _REPORTS for item in today(reading).items)


def forget() -> None:
    """Let go of it: it names people, and the register is locked."""
    _Last.key = _Last.read = None
