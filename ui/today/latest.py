"""Today as it was read last, and the counts around it: page, badges and status bar read the register once between them.

To find the months that differ from what was issued takes longer than all the rest. So at first they are looked for only
after the page shows the rest; from then on, after each change, by whoever asks first.
"""

from models.queries import counts as counting
from models.queries import needing_house
from models.queries import today as queries
from models.queries.counts import Counts
from models.queries.needing import Item, Need
from models.queries.today import Today
from models.store.snapshot import Snapshot
from models.store.trail import head

_REPORTS = (Need.REPORT_DUE, Need.REPORT_DIFFERS)


class _Last:
    """What was read, and of which state of the register: the hash of its trail's head, and the minute."""

    key: tuple[str, str] | None = None
    read: Today | None = None
    counts: Counts | None = None
    differing: tuple[Item, ...] = ()
    """What differed from what was issued when the months were compared last."""
    compared: str | None = None
    """The head of the trail at that time; None before the first time."""


def today(snapshot: Snapshot) -> Today:
    """What needs a person today; read again only once something has changed, or a minute has passed.

    The months that differ are those that were found last.
    """
    _look(snapshot)
    if _Last.read is None:
        _Last.read = queries.today(snapshot, known=_Last.differing)
    return _Last.read


def counts(snapshot: Snapshot) -> Counts:
    """The numbers around the pages; read again as `today` is."""
    _look(snapshot)
    if _Last.counts is None:
        _Last.counts = counting.counts(snapshot)
    return _Last.counts


def _look(snapshot: Snapshot) -> None:
    """Forget what was read of another state of the register."""
    _number, digest = head(snapshot.connection)
    key = (digest, f"{snapshot.now:%Y-%m-%d %H:%M}")
    if _Last.key != key:
        _Last.key, _Last.read, _Last.counts = key, None, None


def compared(snapshot: Snapshot) -> Today | None:
    """What needs a person today, once the months were compared again; None where that has told nothing new."""
    _number, digest = head(snapshot.connection)
    if _Last.compared == digest:
        return None
    found = needing_house.differing(snapshot)
    told, _Last.differing, _Last.compared = _Last.differing, found, digest
    if found == told:
        return None
    _Last.read = None
    return today(snapshot)


def around(snapshot: Snapshot) -> Today:
    """What the badges count; the months are compared again, if they were compared before."""
    return (compared(snapshot) if _Last.compared is not None else None) or today(snapshot)


def reports_due(snapshot: Snapshot) -> int:
    """How many monthly reports are owed."""
    return sum(item.need in _REPORTS for item in around(snapshot).items)


def forget() -> None:
    """Let go of it: it names people, and the register is locked."""
    _Last.key = _Last.read = _Last.counts = _Last.compared = None
    _Last.differing = ()
