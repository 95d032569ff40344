"""What was issued of the months of a programme, as it was frozen (rules.md, Issued months)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.entities.months import IssuedMonth
from models.entities.people import User
from models.ids import IssuedMonthId, ProgrammeId
from models.rules.figures import Issue, MonthFigures, number_of
from models.rules.time import Month
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One revision of a month as it was issued, without its paper."""

    id: IssuedMonthId
    programme_id: ProgrammeId
    month: Month
    revision: int
    figures_hash: str
    trail_head: str
    language: str
    issued_on: date
    issued_by: str
    changed: tuple[str, ...]
    reason: str
    is_watched: bool

    @property
    def number(self) -> str:
        """The number of the report within its programme."""
        return number_of(self.month, self.revision)

    def issue(self, before: MonthFigures | None) -> Issue:
        """What stands on its paper beside the figures.

        Args:
            before: The figures of the revision before; None for the first.
        """
        return Issue(
            month=self.month,
            revision=self.revision,
            issued_on=self.issued_on,
            trail_head=self.trail_head,
            issued_by=self.issued_by,
            changed=self.changed,
            reason=self.reason,
            before=before,
        )


_ISSUED = Rows(IssuedRow, IssuedMonth, month=Made(Month.of, IssuedMonth.month), issued_by=User.name)


def issued(snapshot: Snapshot, programme_id: ProgrammeId, month: Month | None = None) -> Sequence[IssuedRow]:
    """What was issued of a programme, oldest first; of one month, if it is named."""
    statement = (
        _ISSUED.select()
        .join(User, User.id == IssuedMonth.issued_by)
        .where(IssuedMonth.programme_id == programme_id)
        .order_by(IssuedMonth.month, IssuedMonth.revision)
    )
    if month is not None:
        statement = statement.where(IssuedMonth.month == month.first)
    return _ISSUED.rows(snapshot.connection.execute(statement))


def stored_figures(snapshot: Snapshot, issued_id: IssuedMonthId) -> MonthFigures:
    """The figures of a revision as they were frozen."""
    text = snapshot.connection.execute(select(IssuedMonth.figures).where(IssuedMonth.id == issued_id)).scalar_one()
    return MonthFigures.from_json(text)


def stored_pdf(snapshot: Snapshot, issued_id: IssuedMonthId) -> bytes:
    """The paper of a revision, to the byte."""
    return snapshot.connection.execute(select(IssuedMonth.pdf).where(IssuedMonth.id == issued_id)).scalar_one()
