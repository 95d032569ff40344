"""Issuing a month: its figures and its paper are frozen under a number (rules.md, Issued months)."""

from collections.abc import Callable

from models.entities.months import IssuedMonth, TouchedMonth
from models.entities.programmes import Programme
from models.ids import IssuedMonthId, ProgrammeId
from models.queries import issued_months, months
from models.rules.figures import Issue, MonthFigures
from models.rules.issuing import check_over, revised
from models.rules.people import DECIDES
from models.rules.time import Month
from models.store import trail
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_

Draw = Callable[[MonthFigures, str, Issue], bytes]
"""Makes the paper from the figures, in a language: the reports' part, which models do not know."""


@action("months.issue", about="programme_id", roles=DECIDES, told=N_("Issued a monthly report"))
def issue(
    unit: UnitOfWork, *, programme_id: ProgrammeId, month: Month, language: str, draw: Draw, reason: str = ""
) -> IssuedMonthId:
    """Freeze the figures of a month that is over, with their paper; again, as a revision that names what changed.

    Raises:
        Refused: The month is not over, nothing changed since the last revision, or a revision lacks its reason.
        RuntimeError: The figures do not balance, which is a bug.
    """
    unit.about("month", f"{unit.session.get_one(Programme, programme_id).code} {month}")
    snapshot = unit.snapshot()
    check_over(month, unit.today)
    figures = months.figures(snapshot, programme_id, month)
    if not figures.balances:
        raise RuntimeError("the figures of a month do not balance")
    earlier = issued_months.issued(snapshot, programme_id, month)
    before = issued_months.stored_figures(snapshot, earlier[-1].id) if earlier else None
    paper = Issue(
        month=month,
        revision=len(earlier) + 1,
        issued_on=unit.today,
        trail_head=trail.head(unit.connection)[1],
        issued_by=unit.person.name,
        changed=() if before is None else revised(before, figures, reason),
        reason=reason.strip(),
        before=before,
    )
    row = IssuedMonth(
        programme_id=programme_id,
        month=month.first,
        revision=paper.revision,
        figures=figures.to_json(),
        figures_hash=figures.digest,
        trail_head=paper.trail_head,
        language=language,
        pdf=draw(figures, language, paper),
        changed=list(paper.changed),
        reason=paper.reason,
        issued_on=paper.issued_on,
        issued_at=unit.now,
        issued_by=unit.person.id,
    )
    unit.session.add(row)
    touched = unit.session.get(TouchedMonth, (programme_id, month.first))
    if touched is not None:
        unit.session.delete(touched)
    unit.session.flush()
    return row.id
