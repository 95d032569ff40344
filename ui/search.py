"""What the search box and the fields that pick a resident show of whom they find."""

from collections import Counter
from collections.abc import Sequence

from models.queries.residents import ResidentRow, Whereabouts
from models.queries.search import FoundCandidate, box, everyone
from models.rules.names import fold
from models.rules.vocabulary import DepartureKind
from models.rules.wording import word
from models.store.snapshot import Snapshot
from ui.kit.search import Found
from ui.language import _, isolated, say
from ui.presentation import born, name_of


def find(snapshot: Snapshot, *, text: str) -> Sequence[Found]:
    """The residents whom the typed text may mean, the likeliest first; their values are their ids."""
    return shown(box(snapshot, text=text))


def find_everyone(snapshot: Snapshot, *, text: str) -> Sequence[Found]:
    """The same, and candidates, whose values are their rows."""
    return shown(everyone(snapshot, text=text))


def shown(rows: Sequence[ResidentRow | FoundCandidate]) -> Sequence[Found]:
    """Each on one line; where two have one name, the birth date stands beside the number."""
    names = Counter(fold(_name(row)) for row in rows)
    return [
        found(row, is_namesake=names[fold(_name(row))] > 1)
        if isinstance(row, ResidentRow)
        else _candidate(row, is_namesake=names[fold(_name(row))] > 1)
        for row in rows
    ]


def found(row: ResidentRow, *, is_namesake: bool = False) -> Found:
    """One resident on one line: the name, the number, and where the person is."""
    number = row.number if row.name != row.number else ""
    note = f"{number} · {born(row.facts.birth)}".strip(" ·") if is_namesake else number
    return Found(row.id, _with_script(row.name, row.facts.own_script), note, where(row))


def _candidate(row: FoundCandidate, *, is_namesake: bool) -> Found:
    number = row.partner_number or row.list_number
    note = f"{number} · {born(row.birth)}".strip(" ·") if is_namesake else number
    return Found(
        row, _with_script(_name(row), row.own_script), note, _("Candidate, {state}", state=say(word(row.state)))
    )


def _name(row: ResidentRow | FoundCandidate) -> str:
    return row.name if isinstance(row, ResidentRow) else name_of(row, row.partner_number)


def _with_script(name: str, own_script: str) -> str:
    return f"{name} {isolated(own_script)}" if own_script else name


def where(row: ResidentRow) -> str:
    """Where a person is, in a few words."""
    match row.whereabouts:
        case Whereabouts.OVERDUE:
            return _("Away, overdue")
        case Whereabouts.AWAY:
            return _("Away")
        case Whereabouts.DEPARTED if row.departure_kind is DepartureKind.DEATH:
            return _("Died on {date}", date=row.departed_on)
        case Whereabouts.DEPARTED:
            return _("Departed") if row.stay_id is not None else ""
        case _:
            return bed_of(row) or _("Present")


def bed_of(row: ResidentRow) -> str:
    """The room and the bed that a person has; empty where there is none."""
    return _("Room {room}, bed {bed}", room=row.room, bed=row.bed) if row.room else ""
