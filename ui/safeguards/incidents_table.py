"""A table of incidents, with the ways to put each right."""

from PySide6.QtWidgets import QWidget

from models.actions import incidents
from models.queries.safeguards import IncidentRow
from models.rules.wording import word
from ui.kit.columns import Cell, Column
from ui.kit.layout import Empty
from ui.kit.table import Table
from ui.language import _, isolated, say, tr
from ui.presentation import at_clock, moment_column
from ui.safeguards import dialogs
from ui.taking_back import CORRECT, TAKE_BACK, mending


def incidents_table(owner: QWidget, *, keeps: str, fits: bool) -> Table[IncidentRow]:
    """The table, still empty.

    Args:
        owner: The page, to which its forms belong.
        keeps: Under which name it keeps how it is set.
        fits: Whether it is as high as its rows.
    """
    table: Table[IncidentRow] = Table(
        [
            moment_column("when", _("When it happened"), lambda row: row.happened, width=140, sort=True),
            Column("kind", _("Kind"), lambda row: Cell(say(word(row.kind)), strong=True), width=180),
            Column("whom", _("Residents concerned"), _concerned, width=190),
            Column("what", _("What happened"), lambda row: Cell(isolated(row.what), hint=_more(row)), stretch=True),
            Column("place", _("Place"), lambda row: isolated(row.place), width=110, spare=1),
            Column("told", _("Reported to"), lambda row: isolated(row.told_whom), width=130, spare=2),
            Column("programme", _("Programme"), lambda row: row.programme, width=100, spare=3),
            *mending(correct=incidents.correct, take_back=incidents.take_back),
        ],
        name=_("Incidents"),
        keeps=keeps,
        fits=fits,
        framed=not fits,
        choosable=False,
        empty=Empty(_("No incident is entered")),
    )

    def mend(which: int, name: str) -> None:
        row = table.row(which)
        if row is not None and name == CORRECT:
            dialogs.correct_incident(owner, row).open()
        elif row is not None and name == TAKE_BACK:
            dialogs.take_back_incident(owner, row).open()

    table.followed.connect(mend)
    return table


def _concerned(row: IncidentRow) -> str:
    return tr().join([each.number for each in row.concerned])


def _more(row: IncidentRow) -> str:
    """What else is said of it, each on a line."""
    said = (
        row.what,
        _("By whom: {what}", what=row.by_whom) if row.by_whom else "",
        _("With what: {what}", what=row.means) if row.means else "",
        _("Why: {what}", what=row.why) if row.why else "",
        _("Entered by {name}, {time}", name=row.entered_by, time=at_clock(row.entered_at)),
    )
    return "\n".join(isolated(each) for each in said if each)
