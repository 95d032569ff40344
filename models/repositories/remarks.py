"""What people type that belongs to nobody: remarks on a transport, a room, a month. They say nothing of whom is erased.

A column of a table that hangs on no person is such a remark unless it is named here, so that one that is added later is
looked through by itself.
"""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import JSON

from models.entities.admissions import ArrivalDraft
from models.entities.backups import BackupPlace
from models.entities.base import UNTOLD, Base
from models.entities.facility import Facility
from models.entities.import_answers import ImportAnswers
from models.entities.imports import Import
from models.entities.months import IssuedMonth, Sending
from models.entities.numbers import SpentNumber
from models.entities.papers import PaperNumber
from models.entities.people import KeyFile, User
from models.entities.programmes import Criterion, Payment, PermittedDeparture, Programme, SelectionReason
from models.entities.roll_calls import RollCounter, RollHours
from models.entities.rooms import Bed, Room
from models.entities.selection import ProposedList
from models.entities.signing import SigningKey
from models.entities.trail import TrailEntry, TrailHead, TrailSubject
from models.store import lengths

STAY: Mapping[type[Base], frozenset[str]] = {
    # how the house and its programmes are set up: what stands there is on papers, and about no resident
    Facility: frozenset(
        {"name", "letterhead", "sender", "bank_details", "language", "time_zone", "number_prefix", "back_by",
         "back_up_at"}
    ),
    Programme: frozenset(
        {"code", "title", "partner", "partner_country", "legal_basis", "source", "currency", "length_bounds",
         "report_language", "names_ground", "report_sections", "addressee", "agreement_reference", "claim_reference",
         "arrival_steps"}
    ),
    PermittedDeparture: frozenset({"extra_checks"}),
    Criterion: frozenset({"text"}),
    SelectionReason: frozenset({"text"}),
    RollHours: frozenset({"roll_calls", "fire_lists"}),
    BackupPlace: frozenset({"folder", "failure"}),
    # what the figures of the months are made of, and their hashes
    Payment: frozenset({"currency", "purpose"}),
    IssuedMonth: frozenset({"figures_hash", "trail_head", "language", "changed"}),
    # by what things and staff are called
    Room: frozenset({"building", "name", "floor"}),
    Bed: frozenset({"name"}),
    ProposedList: frozenset({"code", "file_hash"}),
    User: frozenset({"name", "slot"}),
    RollCounter: frozenset({"name", "part"}),
    SigningKey: frozenset({"fingerprint", "name", "issuer", "stamps_at"}),
    # what Konak says itself, and what is remembered of the form of a file
    Import: frozenset({"file_hash", "counts"}),
    ImportAnswers: frozenset({"kind", "shape", "answers"}),
    Sending: frozenset({"digest", "certificate"}),
    KeyFile: frozenset({"digest"}),
    PaperNumber: frozenset({"paper", "digest"}),
    SpentNumber: frozenset({"of_table"}),
}  # fmt: skip
"""What stays in tables that hang on no person, whoever is erased."""

_APART: frozenset[type[Base]] = frozenset({TrailEntry, TrailHead, TrailSubject, ArrivalDraft})
"""Tables that erasing looks through in their own way."""


@cache
def remarks(kept: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The columns that hold remarks, by table.

    Args:
        kept: The tables that hang on persons, of which `models.repositories.erasing` says what stays.

    Raises:
        TypeError: A column holds more than a text, so that nobody can say what is left of it.
    """
    found = {}
    for mapper in Base.registry.mappers:
        entity = mapper.class_
        table = Base.metadata.tables[entity.__tablename__]
        if table.name in kept or entity in _APART or UNTOLD.items() <= table.info.items():
            continue
        typed = [column for column in table.columns if lengths.is_typed(column)]
        columns = [column for column in typed if column.name not in STAY.get(entity, ())]
        for column in columns:
            if isinstance(column.type, JSON):
                raise TypeError(f"say what is left of {table.name}.{column.name}")
        if columns:
            found[table.name] = frozenset(column.name for column in columns)
    return found
