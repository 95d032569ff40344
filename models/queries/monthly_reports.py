"""The monthly reports of a programme: which months there are, what was issued of each, what differs, and its paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.entities.months import TouchedMonth
from models.entities.programmes import Programme
from models.ids import ProgrammeId
from models.queries import month_states, signing
from models.queries.issued_months import IssuedRow, issued, stored_figures, stored_pdf
from models.queries.month_states import StateRow
from models.queries.months import figures, first_month, frozen_and_now
from models.rules.figures import MonthFigures
from models.rules.issuing import differences, due_on, is_over
from models.rules.month_states import is_late
from models.rules.time import Month
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of a programme in the list of reports.

    Attributes:
        is_over: Whether its last day has passed, so that it can be issued.
        due_on: The day by which the report is owed.
        issued: The last revision that was issued, or None.
        differs: The names of the figures that are no longer what was issued.
        stands: Where it stands.
        is_unsent: Whether it is issued and past the day by which it is owed, and nobody has entered that it was sent.
    """

    month: Month
    is_over: bool
    due_on: date
    issued: IssuedRow | None
    differs: tuple[str, ...]
    stands: StateRow = month_states.OPEN
    is_unsent: bool = False

    @property
    def is_due(self) -> bool:
        """Whether a report is owed: the month is over and nothing was issued yet, or what was issued is wrong."""
        return self.is_over and (self.issued is None or bool(self.differs))


@dataclass(frozen=True, slots=True)
class MonthPaper:
    """What the report of a month is made of.

    Attributes:
        figures: As they were issued, or as they are now.
        issued: The last revision; None for a draft.
        pdf: The paper of that revision, to the byte, with its signature where it is signed.
        before: The figures of the revision before; None where there is none.
    """

    figures: MonthFigures
    issued: IssuedRow | None = None
    pdf: bytes = b""
    before: MonthFigures | None = None


def paper(snapshot: Snapshot, *, programme_id: ProgrammeId, month: Month, draft: bool = False) -> MonthPaper:
    """The report of a month as it was issued last; as the figures are now where it was not, or a draft is wished.

    Raises:
        Refused: There is no such programme, or the month has not begun.
    """
    revisions = () if draft else issued(snapshot, programme_id, month)
    if not revisions:
        return MonthPaper(figures(snapshot, programme_id, month))
    last = revisions[-1]
    before = stored_figures(snapshot, revisions[-2].id) if len(revisions) > 1 else None
    signed = signing.signed_papers(snapshot, issued_id=last.id)
    pdf = signed[0] if signed else stored_pdf(snapshot, last.id)
    return MonthPaper(stored_figures(snapshot, last.id), last, pdf, before)


def months_of(
    snapshot: Snapshot, programme_id: ProgrammeId, *, most: int | None = None, compares: bool = True
) -> Sequence[MonthRow]:
    """The months of a programme from its first arrival on, the last first, with what was issued of each.

    Args:
        snapshot: The look at the register.
        programme_id: The programme.
        most: How many months to go back at the most; to the first arrival, or the first that was issued, if None.
        compares: Whether those that something has touched since are compared with what was issued: to compare a month
            is to reckon it anew, once for each time that it is touched.
    """
    last = {row.month: row for row in issued(snapshot, programme_id)}
    start = min((first_month(snapshot, programme_id), *last))
    due_day = _due_day(snapshot, programme_id)
    touched = _touched(snapshot, programme_id, last.values()) if compares else {}
    states = month_states.states(snapshot, programme_id)
    rows: list[MonthRow] = []
    month = Month.of(snapshot.today)
    while month >= start and (most is None or len(rows) < most):
        stands = states.get(month, month_states.OPEN)
        rows.append(_month_row(snapshot, month, due_day, last.get(month), touched.get(month), stands))
        month = month.next(-1)
    return rows


def differing(snapshot: Snapshot, programme_id: ProgrammeId) -> Sequence[MonthRow]:
    """The issued months of a programme, however old, that are no longer what was issued, the last first."""
    last = {row.month: row for row in issued(snapshot, programme_id)}
    touched = _touched(snapshot, programme_id, last.values())
    if not touched:
        return ()
    due_day, states = _due_day(snapshot, programme_id), month_states.states(snapshot, programme_id)
    rows = (
        _month_row(snapshot, month, due_day, last[month], touched[month], states[month])
        for month in sorted(touched)[::-1]
    )
    return tuple(row for row in rows if row.differs)


def _due_day(snapshot: Snapshot, programme_id: ProgrammeId) -> int:
    asked = select(Programme.report_due_day).where(Programme.id == programme_id)
    return snapshot.connection.execute(asked).scalar_one()


def _month_row(
    snapshot: Snapshot, month: Month, due_day: int, row: IssuedRow | None, touched: int | None, stands: StateRow
) -> MonthRow:
    differs = () if row is None or touched is None else _differs(snapshot, row, touched)
    due, today = due_on(month, due_day), snapshot.today
    unsent = is_late(stands.state, awaits_sending=stands.awaits_sending, due_on=due, today=today)
    return MonthRow(month, is_over(month, today), due, row, differs, stands, unsent)


def _touched(snapshot: Snapshot, programme_id: ProgrammeId, last: Iterable[IssuedRow]) -> dict[Month, int]:
    """The issued months that may differ, each with the entry of the trail that has touched it last; 0: nobody knows."""
    asked = select(TouchedMonth.month, TouchedMonth.entry).where(TouchedMonth.programme_id == programme_id)
    noted = {Month.of(first): entry for first, entry in snapshot.connection.execute(asked)}
    return {row.month: noted.get(row.month, 0) for row in last if row.month in noted or not row.is_watched}


def _differs(snapshot: Snapshot, row: IssuedRow, touched: int) -> tuple[str, ...]:
    """The names of the figures of a month that are no longer what was issued; reckoned once for what has touched it."""
    key = ("months.differs", row.id, touched)
    if key not in snapshot.memory:
        snapshot.memory[key] = differences(*frozen_and_now(snapshot, row.id))
    found: tuple[str, ...] = snapshot.memory[key]
    return found
