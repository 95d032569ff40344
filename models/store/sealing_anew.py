"""Seals what an earlier Konak kept in clear, as a migration has handed it on; whoever opens a register can seal.

It is done in the transaction of the migration, and the trail tells of it.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, inspect, select, text, update

from models.entities.facility import Facility
from models.entities.people import User
from models.entities.residents import Resident
from models.entities.safeguards import SealedNote
from models.entities.selection import ListRemark
from models.rules.vocabulary import SealedKind
from models.store import trail
from models.store.declaring import UPGRADED
from models.store.sealing import Place, seal


def seal_what_was_clear(connection: Connection) -> None:
    """Seal what a migration has laid into the table `to_seal`; the trail tells of it, and of what was moved."""
    if not inspect(connection).has_table("to_seal"):
        return
    now = datetime.now(UTC)
    public = connection.execute(select(Facility.seal)).scalar()
    if public is None:  # nobody has made the register yet, so nothing stands in it
        connection.execute(text("DROP TABLE to_seal"))
        return
    handed = connection.execute(text("SELECT resident_id, list_id, candidate_id, text FROM to_seal")).all()
    by = connection.execute(select(User.id).order_by(User.id).limit(1)).scalar()
    changes = [_told(dict(row)) for row in connection.execute(select(ListRemark.__table__)).mappings()]
    for resident_id, list_id, candidate_id, said in handed:
        values: dict[str, Any] = {"entered_by": by, "entered_at": now}
        if resident_id is None:
            values |= {"list_id": list_id, "candidate_id": candidate_id}
            changes.append(_added(connection, ListRemark, values, said, public))
        else:
            values |= {"resident_id": resident_id, "kind": SealedKind.UNSORTED}
            changes.append(_added(connection, SealedNote, values, said, public))
            connection.execute(update(Resident).where(Resident.id == resident_id).values(notes=""))
            changes.append(trail.Change(Resident.__tablename__, str(resident_id), {"notes": said}, {"notes": ""}))
    connection.execute(text("DROP TABLE to_seal"))
    if changes:
        trail.append(
            connection,
            at=now,
            person=trail.KONAK,
            action=UPGRADED.name,
            subject="facility:1",
            changes=changes,
            notes={},
            sign=lambda _digest: None,
        )


def _added(
    connection: Connection,
    entity: type[SealedNote] | type[ListRemark],
    values: dict[str, Any],
    said: str,
    public: bytes,
) -> trail.Change:
    table = entity.__table__
    number = int(connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0) + 1
    sealed = seal(said, public, Place(entity.__tablename__, "sealed", number))
    connection.execute(insert(entity).values(values | {"id": number, "sealed": sealed}))
    (row,) = connection.execute(select(table).where(table.c.id == number)).mappings()
    return _told(dict(row), entity.__tablename__)


def _told(row: dict[str, Any], table: str = ListRemark.__tablename__) -> trail.Change:
    return trail.Change(table, str(row["id"]), {}, row)
