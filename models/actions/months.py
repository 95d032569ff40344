"""Issuing a month: its figures and its paper are frozen under a number (rules.md, Issued months)."""

from collections.abc import Callable

from models.entities.months import IssuedMonth, TouchedMonth
from models.entities.programmes import Programme
from models.errors import Refused
from models.ids import IssuedMonthId, ProgrammeId
from models.queries import months
from models.rules.figures import Issue, MonthFigures, number_of
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
    if month.end > unit.today:
        raise Refused("This month is not over. It can be issued from {day} on.", field="month", day=month.end)
    figures = months.figures(snapshot, programme_id, month)
    if not figures.balances:
        raise RuntimeError("the figures of a month do not balance")
    earlier = months.issued(snapshot, programme_id, month)
    changed: tuple[str, ...] = ()
    before = None
    if earlier:
        before = months.stored_figures(snapshot, earlier[-1].id)
        changed = months.differences(before, figures)
        if not changed and before.claim == figures.claim:
            raise Refused("Nothing has changed since this month was issued.", field="month")
        if not reason.strip():
            raise Refused("Say why this month is issued again; the reason is kept beside the revision.", field="reason")
    revision = len(earlier) + 1
    _, head = trail.head(unit.connection)
    papers = Issue(
        number=number_of(month, revision),
        revision=revision,
        replaces=number_of(month, revision - 1) if earlier else None,
        issued_on=unit.today,
        trail_head=head,
        issued_by=unit.person.name,
        changed=changed,
        reason=reason.strip() if earlier else "",
        before=before,
    )
    row = IssuedMonth(
        programme_id=programme_id,
        month=month.first,
        revision=revision,
        figures=figures.to_json(),
        figures_hash=figures.digest,
        trail_head=head,
        language=language,
        pdf=draw(figures, language, papers),
        changed=list(changed),
        reason=reason.strip(),
        issued_on=unit.today,
        issued_at=unit.now,
        issued_by=unit.person.id,
    )
    unit.session.add(row)
    touched = unit.session.get(TouchedMonth, (programme_id, month.first))
    if touched is not None:
        unit.session.delete(touched)
    unit.session.flush()
    return row.id
