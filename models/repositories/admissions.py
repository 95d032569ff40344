"""What hangs on a stay, or on a resident, of what is on record of an arrival."""

from typing import Any

from models.entities.admissions import (
    Admission,
    ChildRecord,
    HealthCheck,
    InjuryReport,
    LanguageSkill,
    LegalGround,
    RightsTalk,
    RoomDecision,
    Waiver,
)
from models.entities.base import Entered
from models.entities.contacts import Contact, Notice
from models.entities.needs import Need
from models.entities.property import PropertyItem, PropertyReceipt, PropertyReturn

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
OF_STAY: tuple[type[Any], ...] = (*ENTRIES_OF_STAY, Admission)
ENTRIES_OF_RESIDENT: tuple[type[Entered], ...] = (Need, Contact, LanguageSkill, ChildRecord)
