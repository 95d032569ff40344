"""The list of residents on paper, for whoever prints it without the window in front."""

from typing import TYPE_CHECKING

from models.rules.papers import Imprint
from models.rules.rooms import short_name
from models.text import Translator
from reports import listing, terms

if TYPE_CHECKING:  # what is drawn knows no database
    from collections.abc import Sequence

    from models.queries.residents import ResidentRow

_OF_WHO_IS_HERE = (5, 6, 7)
"""The columns that say nothing of who has departed: the day of the stay, its last one, the bed."""


def draw(rows: "Sequence[ResidentRow]", imprint: Imprint) -> bytes:
    """The list as a PDF; the same arguments give the same bytes."""
    tr = terms.translator_of(imprint.language)
    left_out = _OF_WHO_IS_HERE if rows and all(row.departed_on for row in rows) else ()
    columns = (
        (tr("Name"), 200.0, False),
        (tr("Number"), 70.0, False),
        (tr("Nationality"), 90.0, False),
        (tr("Programme"), 80.0, False),
        (tr("Arrival"), 80.0, False),
        (tr("Day"), 50.0, True),
        (tr("Last day"), 80.0, False),
        (tr("Room"), 90.0, False),
        (tr("State"), 190.0 if left_out else 110.0, False),
    )
    shown = [at for at in range(len(columns)) if at not in left_out]
    cells = [tuple(cells[at] for at in shown) for cells in (_cells(row, tr) for row in rows)]
    return listing.draw(listing.Listed(tr("List of residents"), [columns[at] for at in shown], cells), imprint)


def _cells(row: "ResidentRow", tr: Translator) -> tuple[str, ...]:
    return (
        row.name,
        row.number,
        terms.nationality(tr, row.facts.nationality) if row.facts.nationality else "",
        row.programme,
        tr.value(row.arrived_on),
        _day(row, tr),
        "" if row.departed_on else tr.value(row.limit_on),
        short_name(row.building, row.room, row.bed),
        _state(row, tr),
    )


def _day(row: "ResidentRow", tr: Translator) -> str:
    if row.day is None or row.departed_on is not None:
        return ""
    if row.days_allowed is None:
        return tr.number(row.day)
    return tr("{n} of {m}", n=tr.number(row.day), m=tr.number(row.days_allowed))


def _state(row: "ResidentRow", tr: Translator) -> str:
    """Where somebody is, in the words of the screen."""
    if row.departed_on is not None:
        kind = terms.departure_kind(tr, row.departure_kind)
        return tr.join([part for part in (tr.date(row.departed_on), kind) if part])
    where = {"away": tr("Away"), "overdue": tr("Away, overdue")}
    said = [where.get(row.whereabouts.value, tr("Present"))]
    if row.days_past:
        said.append(tr("Limit passed"))
    if row.is_provisional:
        said.append(tr("Provisional"))
    elif row.is_emergency:
        said.append(tr("Emergency"))
    return " · ".join(said)
