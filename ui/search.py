"""What the search box and the fields that pick a resident show of whom they find."""

from collections.abc import Sequence

from models.queries.residents import ResidentRow, Whereabouts
from models.queries.search import box
from models.store.snapshot import Snapshot
from ui.kit.search import Found
from ui.language import _, isolated


def find(snapshot: Snapshot, *, text: str) -> Sequence[Found]:
    """The residents whom the typed text may mean, the likeliest first; their values are their ids."""
    return [found(row) for row in box(snapshot, text=text)]


def found(row: ResidentRow) -> Found:
    """One resident on one line: the name, the number, and where the person is."""
    name = f"{row.name} {isolated(row.facts.own_script)}" if row.facts.own_script else row.name
    return Found(row.id, name, row.number if row.name != row.number else "", where(row))


def where(row: ResidentRow) -> str:
    """Where a person is, in a few words."""
    match row.whereabouts:
        case Whereabouts.OVERDUE:
            return _("Away, overdue")
        case Whereabouts.AWAY:
            return _("Away")
        case Whereabouts.DEPARTED:
            return _("Departed") if row.stay_id is not None else ""
        case _:
            return bed_of(row) or _("Present")


def bed_of(row: ResidentRow) -> str:
    """The room and the bed that a person has; empty where there is none."""
    return _("Room {room}, bed {bed}", room=row.room, bed=row.bed) if row.room else ""
