"""The versions of a proposed list: which file each was, who brought it in and when, and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.entities.imports import Import
from models.entities.people import User
from models.entities.selection import Candidate, ChangeOfList
from models.ids import CandidateId, ImportId, ListChangeId, ListId
from models.rules.field_values import valued
from models.rules.selection import PARTICULARS
from models.rules.vocabulary import ListChange
from models.store.rows import Rows
from models.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a version changed of one candidate.

    Attributes:
        name: Of the candidate as it stands now; the partner's number, where no name is known.
        before: What stood in the fields that are otherwise, by field, as the facts have it.
        after: What the version says of them.
        not_taken: Those of which what stood here was kept.
    """

    id: ListChangeId
    candidate_id: CandidateId
    name: str
    what: ListChange
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    not_taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a list.

    Attributes:
        number: In the order in which they came in, from 1.
        file_hash: SHA-256 of the file.
        counts: How many came in, are changed or gone.
        is_last: Whether the list is as this version has it.
    """

    id: ImportId
    number: int
    file_hash: str
    entered_by: str
    entered_at: datetime
    taken_back_at: datetime | None
    counts: Mapping[str, int]
    is_last: bool
    changes: tuple[ChangeRow, ...]


_VERSIONS = Rows(VersionRow, Import, entered_by=User.name)
_FIELDS = {field.name: field for field in PARTICULARS}


def of_list(snapshot: Snapshot, *, list_id: ListId) -> tuple[VersionRow, ...]:
    """The versions of a list, the last first. Of what an earlier Konak brought in, only the last one is known."""
    found = snapshot.connection.execute(
        _VERSIONS.select()
        .join(User, User.id == Import.entered_by)
        .where(Import.list_id == list_id)
        .order_by(Import.id.desc())
    ).all()
    changes = _changes(snapshot, list_id)
    last = next((row.id for row in found if row.taken_back_at is None), None)
    return tuple(
        VersionRow(
            **_VERSIONS.values(row),
            number=len(found) - at,
            is_last=row.id == last,
            changes=tuple(changes.get(row.id, ())),
        )
        for at, row in enumerate(found)
    )


def _changes(snapshot: Snapshot, list_id: ListId) -> Mapping[ImportId, list[ChangeRow]]:
    found = snapshot.connection.execute(
        select(
            ChangeOfList.id,
            ChangeOfList.import_id,
            ChangeOfList.candidate_id,
            ChangeOfList.what,
            ChangeOfList.before,
            ChangeOfList.after,
            ChangeOfList.not_taken,
            Candidate.family_name,
            Candidate.given_names,
            Candidate.partner_number,
        )
        .join(Candidate, Candidate.id == ChangeOfList.candidate_id)
        .where(Candidate.list_id == list_id)
        .order_by(ChangeOfList.id)
    )
    changes: dict[ImportId, list[ChangeRow]] = {}
    for row in found:
        name = ", ".join(part for part in (row.family_name, row.given_names) if part) or row.partner_number
        said = (_valued(row.before), _valued(row.after), tuple(row.not_taken))
        changes.setdefault(row.import_id, []).append(ChangeRow(row.id, row.candidate_id, name, row.what, *said))
    return changes


def _valued(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: valued(_FIELDS[name], value) for name, value in kept.items() if name in _FIELDS}
