"""The life of a month: looked through, issued under a number and frozen, sent (rules.md, Issued months)."""

from collections.abc import Callable

from sqlalchemy import select

from models.entities.months import IssuedMonth, Sending, StateOfMonth, TouchedMonth
from models.entities.programmes import Programme
from models.errors import Refused
from models.ids import IssuedMonthId, ProgrammeId, SendingId
from models.queries import issued_months, month_doubts, month_states, months
from models.rules.entry import needed, the_mistake
from models.rules.figures import Issue, MonthFigures, number_of
from models.rules.issuing import check_over, revised
from models.rules.month_states import check_made, check_may_check, checked_sending, state_of_issue
from models.rules.papers import Outgoing
from models.rules.people import DECIDES, DESK
from models.rules.time import Moment, Month
from models.rules.vocabulary import MonthState, Protection, SendingWay
from models.store import trail
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_, REPORT_LANGUAGES, choices_of

Draw = Callable[[MonthFigures, str, Issue], bytes]
"""Makes the paper from the figures, in a language: the reports' part, which models do not know."""


@action("months.issue", about="programme_id", roles=DECIDES, told=N_("Issued a monthly report"))
def issue(
    unit: UnitOfWork, *, programme_id: ProgrammeId, month: Month, language: str, draw: Draw, reason: str = ""
) -> IssuedMonthId:
    """Freeze the figures of a month that is over, with their paper; again, as a revision that names what changed.

    Raises:
        Refused: The month is not over, nothing changed since the last revision, a revision lacks its reason, or a
            report cannot be had in the language.
        RuntimeError: The figures do not balance, which is a bug.
    """
    unit.about("month", _named(unit, programme_id, month))
    snapshot = unit.snapshot()
    check_over(month, unit.today)
    if language not in choices_of(REPORT_LANGUAGES, beside=True):
        raise Refused("Choose the language of the report.", field="language")
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
    state = _state(unit, programme_id, month)
    state.state, state.awaits_sending = state_of_issue(paper.revision), True
    unit.session.add(row)
    touched = unit.session.get(TouchedMonth, (programme_id, month.first))
    if touched is not None:
        unit.session.delete(touched)
    unit.session.flush()
    return row.id


@action("months.check", about="programme_id", roles=DESK, told=N_("Looked through a month"))
def check(unit: UnitOfWork, *, programme_id: ProgrammeId, month: Month, remark: str = "") -> int:
    """Enter that somebody has looked through what is missing or doubtful of a month; gives how many points are open.

    It holds until something is written that touches the month.

    Raises:
        Refused: The month still runs, or was issued.
    """
    unit.about("month", _named(unit, programme_id, month))
    snapshot = unit.snapshot()
    check_may_check(month_states.state_of(snapshot, programme_id=programme_id, month=month).state, month, unit.today)
    row = _state(unit, programme_id, month)
    row.state, row.checked_at, row.checked_by = MonthState.CHECKED, unit.now, unit.person.id
    row.checked_doubts = len(month_doubts.doubts(snapshot, programme_id=programme_id, month=month))
    row.checked_remark = remark.strip()
    return row.checked_doubts


@action("months.uncheck", about="programme_id", roles=DESK, told=N_("Took back that a month was looked through"))
def uncheck(unit: UnitOfWork, *, programme_id: ProgrammeId, month: Month, reason: str) -> None:
    """Take back that a month was looked through.

    Raises:
        Refused: It was not, or there is no reason.
    """
    unit.about("month", _named(unit, programme_id, month))
    if month_states.state_of(unit.snapshot(), programme_id=programme_id, month=month).state is not MonthState.CHECKED:
        raise Refused("Nobody has looked through this month, or it was touched or issued since.")
    unit.note(reason=the_mistake(reason))
    unit.session.delete(_state(unit, programme_id, month))


@action("months.send", about="issued_id", of=IssuedMonth.programme_id, roles=DECIDES, told=N_("Sent a monthly report"))
def send(
    unit: UnitOfWork,
    *,
    issued_id: IssuedMonthId,
    sent: Moment,
    way: SendingWay,
    to_whom: str,
    receipt: str = "",
    protection: Protection = Protection.NONE,
    certificate: str = "",
    digest: str = "",
    what: Outgoing | None = None,
    subject: str = "",
) -> SendingId:
    """Enter that an issued report goes to the partner, or has gone.

    Args:
        unit: The unit of work.
        issued_id: The revision.
        sent: When.
        way: By what.
        to_whom: To whom, as the house calls them.
        receipt: By what it is known that it has come; empty: by nothing yet.
        protection: How Konak has encrypted it; see `models.exchange.sending`, which alone says so.
        certificate: SHA-256 of the certificate for which it was encrypted, in hexadecimal.
        digest: SHA-256 of the encrypted file, in hexadecimal.
        what: The declaration of what leaves, where Konak makes the file; as `models.exchange.door` gives it.
        subject: What that is about.

    Raises:
        Refused: It was not issued by then, or it is not said to whom it was sent.
    """
    check_made(protection, digest)
    if what is not None:
        what.check_role(unit.person.role)
        unit.note(paper=what.id, title=what.title, digest=digest, subject=subject)
    issued = _issued(unit, issued_id)
    whom = checked_sending(sent, to_whom, issued_on=issued.issued_on, now=unit.moment)
    row = Sending(
        issued_id=issued_id,
        sent=sent,
        way=way,
        to_whom=whom,
        receipt=receipt.strip(),
        protection=protection,
        certificate=certificate,
        digest=digest,
        entered_by=unit.person.id,
        entered_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    _settle_sent(unit, issued)
    return row.id


@action("months.correct_sending", about="sending_id", roles=DECIDES, told=N_("Corrected how a monthly report was sent"))
def correct_sending(
    unit: UnitOfWork,
    *,
    sending_id: SendingId,
    sent: Moment,
    way: SendingWay,
    to_whom: str,
    reason: str,
    receipt: str = "",
    version: int | None = None,
) -> None:
    """Put right when, how or to whom a report was sent, or enter its receipt.

    How it was encrypted is what happened in this program, and is not corrected: it is taken back, and sent anew.

    Raises:
        Refused: It was taken back, it was not issued by then, or there is no reason.
        Conflict: Somebody else has corrected it since this version was read.
    """
    row, issued = _sending(unit, sending_id)
    unit.check_version(row, version)
    unit.note(reason=needed(reason, Refused("Say why it is put right.", field="reason")))
    row.to_whom = checked_sending(sent, to_whom, issued_on=issued.issued_on, now=unit.moment)
    row.sent, row.way, row.receipt = sent, way, receipt.strip()


@action(
    "months.take_back_sending", about="sending_id", roles=DECIDES, told=N_("Took back that a monthly report was sent")
)
def take_back_sending(unit: UnitOfWork, *, sending_id: SendingId, reason: str) -> None:
    """Take back that a report was sent; the line stays, with the reason.

    Raises:
        Refused: It was taken back before, or there is no reason.
    """
    row, issued = _sending(unit, sending_id)
    row.taken_back = the_mistake(reason)
    unit.session.flush()
    _settle_sent(unit, issued)


def _named(unit: UnitOfWork, programme_id: ProgrammeId, month: Month) -> str:
    return f"{unit.session.get_one(Programme, programme_id).code} {month}"


def _state(unit: UnitOfWork, programme_id: ProgrammeId, month: Month) -> StateOfMonth:
    """The row that says where a month stands, made where there is none."""
    row = unit.session.get(StateOfMonth, (programme_id, month.first))
    if row is None:
        stands = month_states.state_of(unit.snapshot(), programme_id=programme_id, month=month).state
        row = StateOfMonth(programme_id=programme_id, month=month.first, state=stands)
        unit.session.add(row)
    return row


def _issued(unit: UnitOfWork, issued_id: IssuedMonthId) -> IssuedMonth:
    row = unit.session.get(IssuedMonth, issued_id)
    if row is None:
        raise Refused("This report is not there any more. Look at the page again.", field="issued_id")
    number = number_of(Month.of(row.month), row.revision)
    unit.about("month", f"{unit.session.get_one(Programme, row.programme_id).code} {number}")
    return row


def _sending(unit: UnitOfWork, sending_id: SendingId) -> tuple[Sending, IssuedMonth]:
    row = unit.session.get(Sending, sending_id)
    if row is None or row.taken_back is not None:
        raise Refused("This was taken back, or is not there. Look at the page again.", field="sending_id")
    return row, _issued(unit, row.issued_id)


def _settle_sent(unit: UnitOfWork, issued: IssuedMonth) -> None:
    """Let the state of the month say whether what was issued last has been sent."""
    month = Month.of(issued.month)
    last = issued_months.issued(unit.snapshot(), issued.programme_id, month)[-1]
    stands = select(Sending.id).where(Sending.issued_id == last.id, Sending.taken_back.is_(None)).limit(1)
    row = _state(unit, issued.programme_id, month)
    is_sent = unit.session.scalar(stands) is not None
    row.state = MonthState.SENT if is_sent else state_of_issue(last.revision)
    row.awaits_sending = row.awaits_sending or not is_sent
