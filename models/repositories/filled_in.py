"""What an arrival adds to what is known of somebody, and how it goes with an arrival that is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, select

from models.entities.documents import Document
from models.entities.photos import Photo
from models.entities.residents import Joining, PartnerNumber, Resident
from models.entities.stays import FilledIn, Stay
from models.repositories.joinings import everybody
from models.repositories.residents import facts_of_resident, leave_family, write_person
from models.rules.fields import PERSON
from models.rules.joining import read, written
from models.rules.names import sort_name
from models.store.unit_of_work import UnitOfWork

_COLUMNS = (*(field.name for field in PERSON), "family_id", "relation")
_THEIRS: tuple[type[Any], ...] = (Document, PartnerNumber, Photo)
_FAMILY = "family"
"""Of what was added: who came into the family of the resident with the arrival."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a resident before an arrival."""

    columns: Mapping[str, Any]
    rows: Mapping[str, Mapping[int, str]]
    """The numbers of the rows that are theirs, by table, and what number of a paper or a partner stands in each."""


def known(unit: UnitOfWork, row: Resident) -> Known:
    """What is known of a resident now."""
    rows = {
        entity.__tablename__: {
            each.id: _number(each) for each in unit.session.scalars(select(entity).where(entity.resident_id == row.id))
        }
        for entity in _THEIRS
    }
    kin = select(Resident.id).where(Resident.family_id == row.family_id, Resident.id != row.id)
    members = {} if row.family_id is None else dict.fromkeys(unit.session.scalars(kin), "")
    return Known({name: getattr(row, name) for name in _COLUMNS}, rows | {_FAMILY: members})


def keep(unit: UnitOfWork, stay: Stay, before: Known) -> None:
    """Keep what an arrival added to what was known before."""
    unit.session.flush()
    now = known(unit, unit.session.get_one(Resident, stay.resident_id))
    changed = {name for name in _COLUMNS if now.columns[name] != before.columns[name]}
    added = {
        name: {number: said for number, said in rows.items() if number not in before.rows[name]}
        for name, rows in now.rows.items()
        if name != _FAMILY or "family_id" not in changed  # who leaves a family leaves the others in it
    }
    if changed or any(added.values()):
        unit.session.add(
            FilledIn(
                stay_id=stay.id,
                candidate_id=stay.candidate_id,
                before=written({name: before.columns[name] for name in changed}),
                after=written({name: now.columns[name] for name in changed}),
                added=written({name: rows for name, rows in added.items() if rows}),
            )
        )


def put_back(unit: UnitOfWork, stay: Stay) -> None:
    """Take away what an arrival added, as far as it stands as it was added; what somebody wrote since stays.

    Where the resident was joined to another since, it goes from both.
    """
    filled = unit.session.get(FilledIn, stay.id)
    if filled is None:
        return
    added = read(filled.added)
    for entity in _THEIRS:
        for number, said in added.get(entity.__tablename__, {}).items():
            row = unit.session.get(entity, int(number))
            if row is not None and _number(row) == said:
                unit.session.delete(row)
    unit.session.flush()
    unit.session.expire(stay.resident, ["documents", "partner_numbers"])
    before, after = read(filled.before), read(filled.after)
    joinings = _joined_since(unit, stay)
    for joining in joinings:
        own = read(joining.before)
        came = read(joining.after).keys() & after.keys()
        had = {name: own[name] + before[name] if isinstance(own[name], list) else own[name] for name in came}
        _put_back(unit, unit.session.get_one(Resident, joining.resident_id), had, {name: after[name] for name in came})
    for joining in joinings[:1]:  # what becomes theirs again when they are parted
        lent = {f"other.{name}": value for name, value in before.items() if name in ("family_id", "relation")}
        kept = written({f"other.{name}": value for name, value in after.items()})
        same = {name: value for name, value in written(lent).items() if joining.before.get(name) == kept[name]}
        joining.before = joining.before | same
    first = joinings[0].joined_id if joinings else stay.resident_id
    _put_back(unit, unit.session.get_one(Resident, first), before, after)
    for number in added.get(_FAMILY, ()):
        member = unit.session.get_one(Resident, int(number))
        if member.family_id is not None and member.family_id == stay.resident.family_id:
            leave_family(unit, member)
    filled.undone_at = unit.now
    unit.session.flush()
    unit.find_anew(stay.resident)


def _joined_since(unit: UnitOfWork, stay: Stay) -> list[Joining]:
    """The joinings that made the stay another resident's, the first one first."""
    asked = select(Joining).where(Joining.resident_id.in_(everybody(stay.resident_id)), Joining.undone_at.is_(None))
    found = unit.session.scalars(asked.order_by(Joining.id)).all()
    return [joining for joining in found if str(stay.id) in joining.moved.get("stays", "").split(",")]


def _put_back(unit: UnitOfWork, row: Resident, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    anew: dict[str, Any] = {}
    for name, value in after.items():
        now = getattr(row, name)
        if isinstance(value, list):
            anew[name] = [each for each in now if each in before[name] or each not in value]
        elif now == value:
            anew[name] = before[name]
    if "family_id" in anew:
        relation = row.relation
        leave_family(unit, row)
        row.relation = relation
        del anew["family_id"]
    if row.joined_into_id is None:
        for name, value in anew.items():
            setattr(row, name, value)
        unit.session.flush()
        write_person(row, facts_of_resident(row))
        return
    # Of who was joined nothing is entered any more; what stands there is what comes again when they are parted.
    family, given = (anew.get(name, getattr(row, name)) for name in ("family_name", "given_names"))
    anew |= {"sort_name": sort_name(family, given, row.number), "version": row.version + 1}
    changed = {name: (was, value) for name, value in anew.items() if (was := getattr(row, name)) != value}
    unit.update(cast("Table", Resident.__table__), row.id, changed)
    unit.session.expire(row)
    unit.find_anew(row)


def _number(row: object) -> str:
    """What number of a paper or a partner stands in a row."""
    return str(getattr(row, "number", ""))
