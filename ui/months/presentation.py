"""How a month of a programme looks in the list of reports, and what is said of it."""

from typing import TYPE_CHECKING

from models.queries.month_states import StateRow
from models.queries.monthly_reports import MonthRow
from models.queries.signing import SignatureRow
from models.rules.vocabulary import MonthState
from models.rules.wording import figure, word
from ui import session
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr

if TYPE_CHECKING:
    from models.rules.time import Month


def name_of(month: "Month") -> str:
    """As a heading names it: October 2026."""
    name = tr().month(month.first)
    return name[:1].upper() + name[1:]


def state(row: MonthRow) -> tuple[str, Tone]:
    """The chip of a month: where it stands, or what is to be done."""
    if row.differs:
        return _("Differs"), Tone.AMBER
    stands = row.stands.state
    if stands is MonthState.OPEN and row.is_over:
        return _("To issue"), Tone.AMBER
    return say(word(stands)), _TONES[stands]


_TONES = {
    MonthState.OPEN: Tone.BLUE,
    MonthState.CHECKED: Tone.BLUE,
    MonthState.ISSUED: Tone.GREEN,
    MonthState.REVISED: Tone.GREEN,
    MonthState.SENT: Tone.GREEN,
}


def number(row: MonthRow) -> str:
    """The number of what was issued last."""
    return "" if row.issued is None else row.issued.number


def note(row: MonthRow) -> str:
    """What is special about a month, on one line."""
    if row.differs:
        return plural(
            "{n} figure differs from what was issued", "{n} figures differ from what was issued", len(row.differs)
        )
    if row.is_unsent:
        return _("Not sent yet")
    if row.issued is not None and row.issued.revision > 1:
        changed = "; ".join(say(figure(name)) for name in row.issued.changed)
        return _("Corrects: {what}", what=changed) if changed else row.issued.reason
    return "" if row.is_over else _("Runs until {day}", day=tr().day(row.month.last))


def told(row: MonthRow) -> str:
    """What must be known before the paper goes out."""
    if row.differs:
        names = "; ".join(say(figure(name)) for name in row.differs)
        return _("No longer as it was issued: {what}. Issue a revision to correct it.", what=names)
    if not row.is_over:
        return _("This month still runs: the figures are those up to yesterday. It can be issued once it is over.")
    return _looked_through(row.stands)


def _looked_through(stands: StateRow) -> str:
    if stands.state is not MonthState.CHECKED or stands.checked_at is None:
        return ""
    on, who = stands.checked_at.astimezone(session.zone()).date(), stands.checked_by or ""
    said = _("Looked through on {day} by {who}", day=on, who=who)
    left = plural("{n} point was open", "{n} points were open", stands.checked_doubts) if stands.checked_doubts else ""
    return " · ".join(part for part in (said, left, stands.checked_remark) if part)


def signed_by(row: SignatureRow | None) -> str:
    """That a report is signed, and by whom."""
    if row is None:
        return ""
    on = row.signed_at.astimezone(session.zone()).date()
    return _("Signed on {day} by {who} with the certificate of {name}.", day=on, who=row.signed_by, name=row.name)
