"""What was issued of the months of a programme, as it was frozen (rules.md, Issued months)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.entities.months import IssuedMonth
from models.entities.people import User
from models.entities.programmes import Programme
from models.entities.trail import TrailEntry, TrailSubject
from models.ids import IssuedMonthId, ProgrammeId
from models.queries import signing, veil
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


@dataclass(frozen=True, slots=True)
class KnownReport:
    """An issued report as the register has it.

    Attributes:
        row: The revision.
        pdf: Its paper, to the byte.
        figures: Its figures.
        before: Those of the revision before; None for the first.
        newest: The number of the last revision of its month.
        certificates: The fingerprints of the certificates with which the facility has ever signed.
        left: SHA-256 of each report of the month that left, in any language, as the trail has it.
        signed: Its paper with each signature that it was given, to the byte.
    """

    row: IssuedRow
    pdf: bytes
    figures: MonthFigures
    before: MonthFigures | None
    newest: str
    certificates: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    signed: tuple[bytes, ...] = ()


def of_number(snapshot: Snapshot, *, programme: str, number: str) -> KnownReport | None:
    """The report that was issued under a number within its programme; None where none was.

    Args:
        snapshot: The look at the register.
        programme: The code of the programme.
        number: As `IssuedRow.number` has it.
    """
    asked = select(Programme.id).where(Programme.code == programme)
    programme_id = snapshot.connection.execute(asked).scalar_one_or_none()
    rows = () if programme_id is None else issued(snapshot, programme_id)
    at = next((at for at, row in enumerate(rows) if row.number == number), None)
    if at is None:
        return None
    row = rows[at]
    before = stored_figures(snapshot, rows[at - 1].id) if row.revision > 1 else None
    newest = max((other for other in rows if other.month == row.month), key=lambda other: other.revision)
    ours = frozenset(key.certificate.fingerprint for key in signing.keys(snapshot))
    pdf, figures = stored_pdf(snapshot, row.id), stored_figures(snapshot, row.id)
    left = _left(snapshot, f"month:{programme} {row.month}")
    signed = signing.signed_papers(snapshot, issued_id=row.id)
    return KnownReport(row, pdf, figures, before, newest.number, ours, left, signed)


_LEFT = ("papers.printed", "papers.saved")
"""The names of the actions by which a paper leaves, as the trail keeps them."""


def _left(snapshot: Snapshot, subject: str) -> frozenset[str]:
    """SHA-256 of all that left about a month."""
    found = snapshot.connection.scalars(
        select(TrailEntry.details)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(TrailSubject.subject == subject, TrailEntry.action.in_(_LEFT))
    )
    noted = (veil.told(json.loads(details))["notes"] for details in found)
    return frozenset(str(each["digest"]) for each in noted if "digest" in each)
