"""Where the report of each month stands, and how what was issued has gone to the partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from models.entities.months import IssuedMonth, Sending, StateOfMonth
from models.entities.people import User
from models.ids import IssuedMonthId, ProgrammeId, SendingId
from models.rules.figures import number_of
from models.rules.month_states import state_of_issue
from models.rules.time import Moment, Month
from models.rules.vocabulary import MonthState, Protection, SendingWay
from models.store.rows import Made, Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class StateRow:
    """Where the report of a month stands.

    Attributes:
        awaits_sending: Whether it is to be entered when it is sent.
        checked_at: When somebody looked through it last; None: nobody has since it was touched.
        checked_by: Who.
        checked_doubts: How many points were open then.
        checked_remark: What was said of them.
    """

    state: MonthState
    awaits_sending: bool = False
    checked_at: datetime | None = None
    checked_by: str | None = None
    checked_doubts: int = 0
    checked_remark: str = ""


OPEN = StateRow(MonthState.OPEN)
_STATES = Rows(StateRow, StateOfMonth, checked_by=User.name)


def states(snapshot: Snapshot, programme_id: ProgrammeId, month: Month | None = None) -> Mapping[Month, StateRow]:
    """Where the months of a programme stand, or one of them; a month that is not named is open.

    What an earlier Konak has issued and nobody has touched since has no state of its own: its issue says it.
    """
    issued = (
        select(IssuedMonth.month, func.max(IssuedMonth.revision))
        .where(IssuedMonth.programme_id == programme_id)
        .group_by(IssuedMonth.month)
    )
    stored = (
        _STATES.select()
        .add_columns(StateOfMonth.month)
        .outerjoin(User, User.id == StateOfMonth.checked_by)
        .where(StateOfMonth.programme_id == programme_id)
    )
    if month is not None:
        issued = issued.where(IssuedMonth.month == month.first)
        stored = stored.where(StateOfMonth.month == month.first)
    found = {
        Month.of(first): StateRow(state_of_issue(revision)) for first, revision in snapshot.connection.execute(issued)
    }
    return found | {Month.of(row.month): _STATES.row(row) for row in snapshot.connection.execute(stored)}


def state_of(snapshot: Snapshot, *, programme_id: ProgrammeId, month: Month) -> StateRow:
    """Where the report of one month stands."""
    return states(snapshot, programme_id, month).get(month, OPEN)


@dataclass(frozen=True, slots=True)
class SendingRow:
    """That an issued report went to the partner.

    Attributes:
        report: The number of the report within its programme.
        taken_back: What the mistake was; None: it stands.
        entered_by: Who has entered it.
        version: To be given back when it is corrected.
    """

    id: SendingId
    issued_id: IssuedMonthId
    report: str
    sent: Moment
    way: SendingWay
    to_whom: str
    receipt: str
    protection: Protection
    digest: str
    certificate: str
    taken_back: str | None
    entered_by: str
    version: int


_SENDINGS = Rows(
    SendingRow,
    Sending,
    report=Made(lambda first, revision: number_of(Month.of(first), revision), IssuedMonth.month, IssuedMonth.revision),
    entered_by=User.name,
)


def sendings(snapshot: Snapshot, *, programme_id: ProgrammeId, month: Month) -> Sequence[SendingRow]:
    """How the revisions of a month have gone to the partner, in order; what was taken back stands among them."""
    asked = (
        _SENDINGS.select()
        .join(IssuedMonth, IssuedMonth.id == Sending.issued_id)
        .join(User, User.id == Sending.entered_by)
        .where(IssuedMonth.programme_id == programme_id, IssuedMonth.month == month.first)
        .order_by(Sending.sent_on, Sending.id)
    )
    return _SENDINGS.rows(snapshot.connection.execute(asked))
