"""A year or any period of whole months of a programme: the figures of each month as it was issued last."""

from dataclasses import dataclass
from datetime import date

from models.errors import Refused
from models.ids import ProgrammeId
from models.queries import monthly_reports
from models.queries.issued_months import stored_figures
from models.queries.months import figures
from models.rules.figures import MonthFigures
from models.rules.periods import whole_months
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PeriodMonth:
    """One month of a period.

    Attributes:
        figures: As they were issued last; as they are now where the month is not issued.
        number: Of the report; empty: it is not issued.
        revision: Of the report; 0: it is not issued.
        differs: Whether the month is no longer what was issued.
    """

    figures: MonthFigures
    number: str
    revision: int
    differs: bool


def months(
    snapshot: Snapshot, *, programme_id: ProgrammeId, from_on: date | None = None, until_on: date | None = None
) -> tuple[PeriodMonth, ...]:
    """The months of a period that are over, in order.

    Args:
        snapshot: The look at the register.
        programme_id: The programme.
        from_on: The first day of a month; None: from the first month on.
        until_on: The last day of a month; None: up to the last one that is over.

    Raises:
        Refused: The period is not of whole months, or no month of it is over.
    """
    first, last = whole_months(from_on, until_on)
    rows = [
        row
        for row in monthly_reports.months_of(snapshot, programme_id)
        if row.is_over and (first is None or row.month >= first) and (last is None or row.month <= last)
    ]
    if not rows:
        raise Refused("No month of this period is over, or nobody was there yet. Choose another period.")
    found = []
    for row in reversed(rows):
        if row.issued is None:
            found.append(PeriodMonth(figures(snapshot, programme_id, row.month), "", 0, differs=False))
        else:
            frozen = stored_figures(snapshot, row.issued.id)
            found.append(PeriodMonth(frozen, row.issued.number, row.issued.revision, bool(row.differs)))
    return tuple(found)
