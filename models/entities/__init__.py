"""The tables, one module per area; importing this package makes all of them known."""

from sqlalchemy.orm import configure_mappers

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
    "configure",
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


def configure() -> None:
    """Have SQLAlchemy work out now how the tables hang together, which the first query would otherwise wait for."""
    configure_mappers()
