"""What an incident has to say, and when a complaint is answered in time (standards.md, B4 and B5)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.errors import Refused
from models.ids import CandidateId
from models.rules.entry import needed
from models.rules.time import Moment
from models.rules.vocabulary import IncidentKind, SealedKind

LONGEST_NOTE = 20_000
"""In letters."""
USUALLY = 14
"""In days: so long a complaint waits for its answer at most, where the facility has set nothing."""


def checked_note(text: str, *, at_least: int = 0) -> str:
    """What a sealed note says.

    Args:
        text: As it was typed.
        at_least: So many letters it may have in any case: what a file has brought may be longer than what is typed.

    Raises:
        Refused: It says nothing or too much.
    """
    most = max(LONGEST_NOTE, at_least)
    said = needed(text, Refused("Write the note.", field="text"))
    if len(said) > most:
        raise Refused("Write the note in at most {most} letters, and the rest in another.", field="text", most=most)
    return said


@dataclass(frozen=True, slots=True)
class OpenedRemark:
    """A remark of a list, opened.

    Attributes:
        id: Its number.
        candidate_id: Of whom it is; None: of nobody.
        family_name: Of the candidate; empty of nobody.
        given_names: Of the candidate; empty of nobody.
        partner_number: Of the candidate; empty of nobody.
        kind: What it is.
        text: What it says, and why it holds no more where it does not.
        holds: Whether it was neither corrected nor taken back.
        entered_by: The name of the user; empty of what an earlier Konak kept.
        entered_at: In UTC.
    """

    id: int
    candidate_id: CandidateId | None
    family_name: str
    given_names: str
    partner_number: str
    kind: SealedKind
    text: str
    holds: bool
    entered_by: str
    entered_at: datetime


class ComplaintDays(NamedTuple):
    """The days of one complaint; `answer_by` is the last on which its answer is in time."""

    received_on: date
    answer_by: date
    answered_on: date | None


class ComplaintState(StrEnum):
    """How far a complaint is."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"


def answer_owed_by(received_on: date, within: int) -> date:
    """The last day on which an answer is in time.

    Args:
        received_on: The local date.
        within: Days, as the facility has set them, 0: fourteen; received on the 1st, by the 15th.
    """
    return received_on + timedelta(days=within or USUALLY)


def complaint_state(days: ComplaintDays, on: date) -> ComplaintState:
    """How far a complaint is at the end of a day: an answer of a later day is none yet."""
    if days.answered_on is not None and days.answered_on <= on:
        return ComplaintState.IN_TIME if days.answered_on <= days.answer_by else ComplaintState.LATE
    return ComplaintState.OVERDUE if days.answer_by < on else ComplaintState.OPEN


def days_late(days: ComplaintDays, on: date) -> int:
    """How many days after the last one in time a complaint was answered, or waits on a day; 0: none."""
    return max(((days.answered_on or on) - days.answer_by).days, 0)


def complaints_counted(complaints: Iterable[ComplaintDays], first: date, last: date) -> Mapping[str, int]:
    """What a month tells of complaints: received and answered within it, and not answered at its end.

    Args:
        complaints: All of the programme.
        first: The first day that counts.
        last: The last day that counts.
    """
    counts: Counter[str] = Counter()
    for each in complaints:
        if each.received_on > last:
            continue
        counts["received"] += first <= each.received_on
        state = complaint_state(each, last)
        if state in (ComplaintState.OPEN, ComplaintState.OVERDUE):
            counts["open"] += 1
            counts["overdue"] += state is ComplaintState.OVERDUE
        elif each.answered_on is not None and each.answered_on >= first:
            counts[state.value] += 1
    return {key: counts[key] for key in ("received", "in_time", "late", "open", "overdue")}


def check_complaint(days: ComplaintDays, *, has_answer: bool) -> None:
    """Refuse days of a complaint that cannot be.

    Raises:
        Refused: With the field that is at fault.
    """
    if days.answer_by < days.received_on:
        raise Refused("The answer is owed before the complaint was received. Correct one of them.", field="answer_by")
    if days.answered_on is None and has_answer:
        raise Refused(
            "Say when it was answered. An answer that is to another complaint is taken back on its own.",
            field="answered_on",
        )
    if days.answered_on is not None and not has_answer:
        raise Refused("Write the answer.", field="answer")
    if days.answered_on is not None and days.answered_on < days.received_on:
        raise Refused("It was answered before it was received. Correct one of them.", field="answered_on")


def check_told(happened: Moment, told: Moment | None, told_whom: str) -> None:
    """Refuse that something was reported to nobody, or before it happened.

    Raises:
        Refused: With the field that is at fault.
    """
    if told is None:
        return
    if not told_whom:
        raise Refused("Say to whom it was reported.", field="told_whom")
    if told.surely_before(happened):
        raise Refused("It was reported before it happened. Correct one of them.", field="told")


def check_incident(kind: IncidentKind, *, by_whom: str, means: str, why: str, concerned: int, injuries: str) -> None:
    """Refuse an incident that says too little: of force, by whom, why and on whom (standards.md, B5).

    Args:
        kind: What it is.
        by_whom: Who used force.
        means: With what.
        why: And for what reason.
        concerned: How many residents it concerns.
        injuries: Of these residents.

    Raises:
        Refused: With the field that is at fault.
    """
    if kind is IncidentKind.FORCE:
        if not by_whom:
            raise Refused("Say who used force.", field="by_whom")
        if not why:
            raise Refused("Say why force was used.", field="why")
        if not concerned:
            raise Refused("Say on whom force was used.", field="residents")
    elif means:
        raise Refused("Only force is used with something. Leave this empty, or choose force.", field="means")
    if injuries and not concerned:
        raise Refused("Say who was injured.", field="residents")
