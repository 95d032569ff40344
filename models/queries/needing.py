"""What can stand on Today: why something needs a person, and what is said of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.ids import ArrivalDraftId, BedId, ListId, PlanId, ProgrammeId, ResidentId, RoomId, StayId, TransportId
from models.rules.time import Month
from models.text import Message

SOON = 7
"""A departure or a review within so many days stands on Today."""


class Need(StrEnum):
    """Why something stands on Today."""

    ROLL_CALL = "roll_call"
    ROLL_CALL_MISSED = "roll_call_missed"
    FIRE_LIST = "fire_list"
    LIMIT_PASSED = "limit_passed"
    LEFT = "left"
    AWAY_OVERDUE = "away_overdue"
    UNSEEN = "unseen"
    """Kept apart from others, and not seen by health staff every day."""
    PROVISIONAL = "provisional"
    EMERGENCY = "emergency"
    REVIEW_LATE = "review_late"
    REVIEW_DUE = "review_due"
    NO_BED = "no_bed"
    DEPARTURE_BLOCKED = "departure_blocked"
    DEPARTURE_STEPS = "departure_steps"
    DEPARTURE_READY = "departure_ready"
    NO_PROSPECT = "no_prospect"
    LIMIT_NEAR = "limit_near"
    REPORT_DUE = "report_due"
    REPORT_DIFFERS = "report_differs"
    REPORT_UNSENT = "report_unsent"
    COMPLAINT = "complaint"
    INJURIES = "injuries"
    ARRIVAL_OPEN = "arrival_open"
    WAITING = "waiting"
    DRAFT = "draft"
    ARRIVAL = "arrival"
    SECOND_PERSON = "second_person"
    SELECTION = "selection"
    OUT_OF_USE = "out_of_use"
    """A room or a bed that was to be in use again by now."""
    BACKUP_OLD = "backup_old"
    KEYS = "keys"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs a person.

    Attributes:
        need: What is needed.
        on: The local date since or by which it is needed; None where there is none.
        since: Whether `on` lies behind: "since" rather than "by".
        title: Whom or what it is about.
        number: The number beside the title.
        text: What is so.
        resident_id: And the ids of what is to be opened or done, as far as they apply.
    """

    need: Need
    on: date | None
    since: bool
    title: Message
    number: str
    text: Message
    resident_id: ResidentId | None = None
    stay_id: StayId | None = None
    plan_id: PlanId | None = None
    list_id: ListId | None = None
    programme_id: ProgrammeId | None = None
    month: Month | None = None
    transport_id: TransportId | None = None
    draft_id: ArrivalDraftId | None = None
    room_id: RoomId | None = None
    bed_id: BedId | None = None


class Case(NamedTuple):
    """Why a stay needs a person: thousands, so whose it is is asked of those alone that are listed."""

    need: Need
    on: date | None
    stay_id: StayId
    text: Message
    plan_id: PlanId | None = None
