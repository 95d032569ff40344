"""The tables, one module per area; importing this package makes all of them known."""

from models.entities import (
    absences,
    backups,
    departures,
    documents,
    facility,
    months,
    people,
    programmes,
    residents,
    rooms,
    safeguards,
    selection,
    stays,
    trail,
)
from models.entities.base import Base

__all__ = [
    "Base",
    "absences",
    "backups",
    "departures",
    "documents",
    "facility",
    "months",
    "people",
    "programmes",
    "residents",
    "rooms",
    "safeguards",
    "selection",
    "stays",
    "trail",
]
