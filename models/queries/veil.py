"""What of the trail a role is not told: that a sealed thing exists is as sealed as the thing (rules.md, Disclosure).

An entry that is about something sealed as a whole says of which kind. Who may not read that kind sees that there is an
entry, its number and when, and finds it by nothing. Of other entries the rows of sealed tables are told to nobody.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from models.entities.admissions import HealthCheck, InjuryReport
from models.entities.base import Base, Sealed
from models.entities.months import TouchedMonth
from models.entities.numbers import SpentNumber
from models.entities.safeguards import Complaint, SealedNote, SelfHarm
from models.entities.sealed_corrections import NoteCorrection, RemarkCorrection
from models.entities.selection import ListRemark
from models.entities.trail import TrailEntry
from models.rules.people import reads
from models.rules.vocabulary import SEALED_CHECKS, SealedKind
from models.store.declaring import declared
from models.store.details import canonical, is_erased
from models.store.snapshot import Person
from models.text import Message, message

HIDDEN: Message = message("An entry that your role may not read")
"""What a role is told of an entry about something that it may not read."""

ERASED: Message = message("What stood here was erased.")

SEALED_TABLES = frozenset(
    each.__tablename__ for each in (SealedNote, NoteCorrection, ListRemark, RemarkCorrection, Complaint, SelfHarm)
)
_SEALED_COLUMNS = {
    table.name: frozenset({column.name for column in table.columns if isinstance(column.type, Sealed)})
    for table in Base.metadata.tables.values()
} | {each.__tablename__: each.sealed_columns() | {"version", "unseen"} for each in (InjuryReport, HealthCheck)}
"""Of each table; whether something stands there is told to nobody either."""
_BOOKKEEPING = frozenset({SpentNumber.__tablename__, TouchedMonth.__tablename__})
"""What the register notes for itself with what is done, and is nothing that anybody has entered."""


def is_hidden(person: Person) -> ColumnElement[bool]:
    """SQL: whether an entry is about something sealed of which this person's role may not be told."""
    unread = [kind for kind in SealedKind if not reads(person.role, kind)]
    return or_(false(), *(_is_of(kind) for kind in unread))


def _is_of(kind: SealedKind) -> ColumnElement[bool]:
    """SQL: whether an entry is of a kind: it says so, or an earlier Konak wrote it and its action says so."""
    names = [each.name for each in declared().values() if each.kind is kind]
    signs: list[ColumnElement[bool]] = [TrailEntry.action.in_(names)] if names else []
    if kind is SealedKind.CHECK:
        signs += [TrailEntry.details.icontains(f'"kind":"{check}"', autoescape=True) for check in SEALED_CHECKS]
    is_earlier = and_(TrailEntry.kind.is_(None), TrailEntry.former.is_not(None), or_(false(), *signs))
    return or_(func.coalesce(TrailEntry.kind, "") == kind.value, is_earlier)


def told(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of an entry without what is sealed in it: what is shown of it, and by what it is found."""
    rows = {
        part: [each for each in content[part] if each["table"] not in SEALED_TABLES | _BOOKKEEPING]
        for part in ("changed", "written")
    }
    rows["changed"] = [
        {**each, **{side: _unsealed(each["table"], each[side]) for side in ("before", "after")}}
        for each in rows["changed"]
    ]
    return without_erased({**content, **rows})


def _unsealed(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    sealed = _SEALED_COLUMNS.get(table, frozenset())
    return {name: value for name, value in values.items() if name not in sealed}


def without_erased(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of an entry as far as it still stands there; `is_erased` is noted where something does not."""
    changed = [
        {**change, "before": _standing(change["before"]), "after": _standing(change["after"])}
        for change in content["changed"]
    ]
    notes = _standing(content["notes"])
    if notes == content["notes"] and changed == content["changed"]:
        return dict(content)
    if is_erased(content["notes"].get("values")):
        notes |= {"refused": ERASED.text}
    return {**content, "changed": changed, "notes": notes | {"is_erased": True}}


def _standing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not is_erased(value)}


def is_found(content: str, text: str) -> bool:
    """Whether an entry is found by a text, where what is sealed in it is left out."""
    entry = json.loads(content)
    shown = told(entry)
    return shown == entry or text.casefold() in canonical(shown).casefold()
