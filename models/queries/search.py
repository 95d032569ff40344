"""What the search box finds, as one types."""

from collections.abc import Sequence

from models.queries.residents import ResidentRow, rows
from models.store import search
from models.store.snapshot import Snapshot

MOST = 12


def box(snapshot: Snapshot, *, text: str, most: int = MOST) -> Sequence[ResidentRow]:
    """The residents whom the typed text may mean, the likeliest first.

    Args:
        snapshot: The reading.
        text: A part of a name in any spelling or script, of a number, of a document.
        most: How many at most.
    """
    found = search.find(snapshot.connection, text, most)
    if not found:
        return ()
    by_id = {row.id: row for row in rows(snapshot, found)}
    return [by_id[resident] for resident in found]
