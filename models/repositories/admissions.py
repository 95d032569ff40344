"""What hangs on a stay, or on a resident, of what is on record of an arrival; and what waits to be entered there."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from models.entities.admissions import (
    Admission,
    ChildRecord,
    HealthCheck,
    InjuryReport,
    LanguageSkill,
    LegalGround,
    RightsTalk,
    RoomDecision,
    WaitingEntry,
    Waiver,
)
from models.entities.base import Entered
from models.entities.contacts import Contact, Notice
from models.entities.needs import Need
from models.entities.property import PropertyItem, PropertyReceipt, PropertyReturn
from models.entities.residents import Resident
from models.entities.stays import Stay
from models.entities.trail import TrailEntry, TrailSubject
from models.errors import Refused
from models.ids import ResidentId, StayId, WaitingEntryId
from models.rules.vocabulary import SealedKind
from models.store.unit_of_work import UnitOfWork

ENTRIES_OF_STAY: tuple[type[Entered], ...] = (
    PropertyReturn,
    PropertyItem,
    PropertyReceipt,
    LegalGround,
    InjuryReport,
    Notice,
    RightsTalk,
    HealthCheck,
    RoomDecision,
    Waiver,
)
"""What is entered of a stay; what hangs on another comes before it."""
FINDS: Mapping[type[Entered], SealedKind] = {InjuryReport: SealedKind.HEALTH, HealthCheck: SealedKind.HEALTH}
"""Of which kind is what the sealed fields of some tables hold."""
OF_STAY: tuple[type[Any], ...] = (*ENTRIES_OF_STAY, WaitingEntry, Admission)
ENTRIES_OF_RESIDENT: tuple[type[Entered], ...] = (Need, Contact, LanguageSkill, ChildRecord)


def let_wait(unit: UnitOfWork, stay_id: StayId, contents: Iterable[str]) -> None:
    """Keep what was typed before the person was registered, in the order in which it is to be entered."""
    for content in contents:
        row = WaitingEntry(stay_id=stay_id, content=content.encode(), typed_by=unit.person.id, typed_at=unit.now)
        unit.session.add(row)
        unit.session.flush()


def take_out(
    unit: UnitOfWork,
    waiting_id: WaitingEntryId | None,
    *,
    stay_id: object = None,
    resident_id: object = None,
) -> None:
    """Take away what has waited, in the transaction that enters it or drops it: so it is entered once, or waits still.

    Args:
        unit: The transaction.
        waiting_id: What has waited; None: nothing has.
        stay_id: The stay of which it is entered; None: it is not asked.
        resident_id: The resident of whom it is entered; None: it is not asked.

    Raises:
        Refused: It does not wait any more, or is of another arrival.
    """
    if waiting_id is None:
        return
    row = unit.session.get(WaitingEntry, waiting_id)
    stay = None if row is None else unit.session.get_one(Stay, row.stay_id)
    if row is None or stay is None or stay_id not in (None, stay.id) or resident_id not in (None, stay.resident_id):
        raise Refused("This was entered or dropped meanwhile. Look at the page again.", field="waiting_id")
    unit.session.delete(row)


def languages_by_entries(connection: Connection, resident_id: ResidentId) -> set[str]:
    """The languages that stand with a person because one was entered on its own, as the trail tells it.

    What came with the person, a file or a change of what is known of them is not among these.
    """
    entries = connection.execute(
        select(TrailEntry.action, TrailEntry.details)
        .join(TrailSubject, TrailSubject.number == TrailEntry.number)
        .where(TrailSubject.subject == f"resident:{resident_id}")
        .order_by(TrailEntry.number)
    )
    found = set[str]()
    for action, details in entries:
        for change in json.loads(details)["changed"]:
            before, after = (change[state].get("languages") for state in ("before", "after"))
            if change["table"] != Resident.__tablename__ or change["id"] != str(resident_id):
                continue
            if not isinstance(after, list):  # it says nothing of them, or was erased
                continue
            found &= {*after}
            if action.startswith(f"{LanguageSkill.__tablename__}."):
                found |= {*after} - {*(before if isinstance(before, list) else ())}
    return found
