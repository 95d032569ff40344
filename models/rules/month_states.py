"""Where the report of a month stands, and what leads from one state to the next (rules.md, Issued months)."""

from datetime import date

from models.errors import Refused
from models.rules.entry import needed
from models.rules.issuing import check_over
from models.rules.time import Moment, Month
from models.rules.vocabulary import MonthState, Protection

LETS_CHECK = frozenset({MonthState.OPEN, MonthState.CHECKED})
"""What is issued was frozen: that it differs by now is found by itself, and cured by a revision."""


def state_of_issue(revision: int) -> MonthState:
    """Where a month stands once it is issued, and not sent."""
    return MonthState.ISSUED if revision == 1 else MonthState.REVISED


def check_may_check(state: MonthState, month: Month, today: date) -> None:
    """Refuse to call a month checked that still runs, or of which the report is issued.

    Raises:
        Refused: With what to do instead.
    """
    if state not in LETS_CHECK:
        raise Refused("This month was issued. What is put right in it shows there, and is issued as a revision.")
    check_over(month, today)


def checked_sending(sent: Moment, to_whom: str, *, issued_on: date, now: Moment) -> str:
    """To whom a report went, where that can be.

    Args:
        sent: When it went.
        to_whom: As it was typed.
        issued_on: The local date on which it was issued.
        now: The moment of now.

    Raises:
        Refused: It is not said to whom, or it would have gone before it was issued, or in the future.
    """
    if now.surely_before(sent):
        raise Refused("Enter a time that is not in the future.", field="sent")
    if sent.on < issued_on:
        raise Refused("It was issued on {day}. Enter that day or a later one.", field="sent", day=issued_on)
    return needed(to_whom, Refused("Say to whom it was sent.", field="to_whom"))


def is_late(state: MonthState, *, awaits_sending: bool, due_on: date, today: date) -> bool:
    """Whether a report that is issued should have been sent by now: it is owed on the day that the agreement names."""
    return awaits_sending and state in (MonthState.ISSUED, MonthState.REVISED) and due_on < today


def check_made(protection: Protection, digest: str) -> None:
    """A sending that says it was encrypted here is entered by what encrypts it alone.

    Raises:
        ValueError: It says so, and no file was made; or the other way round.
    """
    if (protection is Protection.NONE) != (not digest):
        raise ValueError("what was encrypted has a digest, and nothing else has")
