"""What the search box and the fields that pick a resident show of whom they find."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.queries.residents import ResidentRow, Whereabouts
from models.queries.search import FoundCandidate, box, candidates, everyone
from models.rules.birth import BirthDate
from models.rules.names import fold
from models.rules.rooms import bed_name
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


def find_candidates(snapshot: Snapshot, *, text: str) -> Sequence[Found]:
    """Candidates alone; their values are their ids."""
    return people([replace(_candidate(row), value=row.id) for row in candidates(snapshot, text=text)])


def shown(rows: Sequence[ResidentRow | FoundCandidate]) -> Sequence[Found]:
    """Each on one line."""
    return people([_resident(row) if isinstance(row, ResidentRow) else _candidate(row) for row in rows])


def found(row: ResidentRow) -> Found:
    """One resident on one line: the name, the number, and where the person is."""
    (one,) = people([_resident(row)])
    return one


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody who can be picked.

    Attributes:
        value: What is picked.
        name: As lists show it; the number where there is no name.
        number: Beside the name.
        birth: Beside the number, where another one has that name.
        detail: Where the person is, at the end of the line.
        own_script: The name in its own script.
    """

    value: object
    name: str
    number: str
    birth: BirthDate | None
    detail: str = ""
    own_script: str = ""


def people(rows: Iterable[Whom]) -> list[Found]:
    """Each of those who can be picked on one line; where two have one name, the birth date stands beside the number.

    Whoever offers people anywhere offers them by this.
    """
    named = [(row, fold(row.name)) for row in rows]
    names = Counter(name for _row, name in named)
    return [
        Found(row.value, _with_script(row.name, row.own_script), _note(row, names[name] > 1), row.detail)
        for row, name in named
    ]


def _note(row: Whom, is_namesake: bool) -> str:
    parts = [row.number if row.number != row.name else "", born(row.birth) if is_namesake else ""]
    return " · ".join(part for part in parts if part)


def _resident(row: ResidentRow) -> Whom:
    return Whom(row.id, row.name, row.number, row.facts.birth, where(row), row.facts.own_script)


def _candidate(row: FoundCandidate) -> Whom:
    state = _("Candidate, {state}", state=say(word(row.state)))
    number = row.partner_number or row.list_number
    return Whom(row, name_of(row, row.partner_number), number, row.birth, state, row.own_script)


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
    return say(bed_name(row.building, row.room, row.bed)) if row.room else ""
