"""Entries of the trail, as tests look at them: the header and the details in one."""

import json
from typing import Any

from sqlalchemy import Connection

from models.store.integrity import header
from models.store.register import Register

Entry = dict[str, Any]
_HEADER = "user_id, role, action, subject, kind, digest, former"


def entries(connection: Connection, where: str = "1") -> list[Entry]:
    """The entries that a condition chooses, the first one first."""
    found = connection.exec_driver_sql(
        f"SELECT number, at, {_HEADER}, previous_hash, hash, details FROM trail WHERE {where} ORDER BY number"
    )
    return [
        {
            **json.loads(row.details),
            **json.loads(header(*row[:9])),
            "previous_hash": row.previous_hash,
            "hash": row.hash,
            "header": header(*row[:9]),
        }
        for row in found
    ]


def last(register: Register, where: str = "1") -> Entry:
    """The last of them."""
    with register.read() as snapshot:
        return entries(snapshot.connection, where)[-1]
