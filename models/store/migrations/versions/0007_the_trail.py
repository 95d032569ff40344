"""Entries of the trail as a header and details, told value by value, each with a salt, so that a value can be erased.

Every entry is written anew in this form. What it was hashed to before stands on in `former`, since papers name it; who
did it is told by the number that the trail itself gives for the name. None is signed: the register tells afterwards up
to which number. Whether the trail holds is asked before, by the program.
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SALT = 16
_AT_ONCE = 1000
_COLUMNS = (
    "number", "at", "user_id", "user", "role", "action", "subject", "kind", "details", "salts", "digest",
    "previous_hash", "hash", "signature", "former",
)  # fmt: skip


def upgrade() -> None:
    """Write every entry in the new form, in a new chain."""
    op.create_table(
        "trail_anew",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("salts", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=True),
        sa.Column("former", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trail")),
        sa.UniqueConstraint("hash", name=op.f("uq_trail_hash")),
    )
    people, before = _People(), "0" * 64

    def row(content: str, stored: str, former: str) -> tuple[object, ...]:
        nonlocal before
        entry = json.loads(content)
        user_id, role = people.who(entry)
        details = {
            "user": entry["user"],
            "concerns": entry["concerns"],
            "changed": entry["changed"],
            "written": [_run(run) for run in entry["written"]],
            "notes": entry["notes"],
        }
        digest, salts = _salted(details)
        salts += b"".join(bytes.fromhex(run.get("salts", "")) for run in entry["written"])
        header = {
            "number": entry["number"], "at": entry["at"], "user_id": user_id, "role": role, "action": entry["action"],
            "subject": entry["subject"], "kind": None, "digest": digest, "former": former,
        }  # fmt: skip
        own = sha256((before + _canonical(header)).encode()).hexdigest()
        made = (
            entry["number"], stored, user_id, entry["user"], role, entry["action"], entry["subject"], None,
            _canonical(details), salts, digest, before, own, None, former,
        )  # fmt: skip
        before = own
        return made

    _carry("content, at, hash", row, "trail_anew", _COLUMNS)


def downgrade() -> None:
    """Write every entry in the old form, in a chain of their own: signatures and salts are lost.

    Runs that were written set-wise keep their salts, so that they can be compared again after the way up.
    """
    op.create_table(
        "trail_anew",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trail")),
        sa.UniqueConstraint("hash", name=op.f("uq_trail_hash")),
    )
    before = "0" * 64

    def row(number: int, at: str, action: str, subject: str, details: str, salts: bytes) -> tuple[object, ...]:
        nonlocal before
        entry = {
            "number": number,
            "at": datetime.fromisoformat(at).isoformat(timespec="seconds") + "+00:00",
            "action": action,
            "subject": subject,
            **json.loads(details),
        }
        own_salts = [run for run in entry["written"] if "salted" in run]
        place = len(salts) - _SALT * sum(run["rows"] for run in own_salts)
        for run in own_salts:
            run["salts"] = salts[place : (place := place + _SALT * run["rows"])].hex()
        content = _canonical(entry)
        own = sha256((before + content).encode()).hexdigest()
        made = (number, at, entry["user"], action, subject, content, before, own)
        before = own
        return made

    columns = ("number", "at", "user", "action", "subject", "content", "previous_hash", "hash")
    _carry("number, at, action, subject, details, salts", row, "trail_anew", columns)


def _carry(wanted: str, row: Callable[..., tuple[object, ...]], into: str, columns: tuple[str, ...]) -> None:
    """Write every entry into the new table, a thousand at a time, and let that be the trail."""
    run = op.get_bind().exec_driver_sql
    names = ", ".join(columns)
    insert = f"INSERT INTO {into} ({names}) VALUES ({', '.join('?' * len(columns))})"
    last = 0
    while found := run(
        f"SELECT {wanted} FROM trail WHERE number > ? ORDER BY number LIMIT {_AT_ONCE}", (last,)
    ).fetchall():
        made = [row(*each) for each in found]
        run(insert, made)
        last = int(str(made[-1][0]))
    run("DROP TABLE trail")
    op.rename_table(into, "trail")
    if last:
        run("UPDATE trail_head SET hash = (SELECT hash FROM trail WHERE number = ?)", (last,))


class _People:
    """Who had which name and role at the time of an entry, as the entries so far tell of it."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def who(self, entry: dict[str, Any]) -> tuple[int, str]:
        """The number and the role of who made an entry; 0 and nothing where no person did."""
        before = self._named(entry["user"])
        for change in entry["changed"]:
            if change["table"] == "users":
                self.rows.setdefault(change["id"], {}).update(change["after"])
        return before or self._named(entry["user"]) or (0, "")

    def _named(self, name: str) -> tuple[int, str] | None:
        for number, row in self.rows.items():
            if row.get("name") == name:
                return int(number), str(row.get("role"))
        return None


def _run(run: dict[str, Any]) -> dict[str, Any]:
    """What is told of rows that were written set-wise: the columns too, since later there may be more of them."""
    if "salted" in run:
        return {name: value for name, value in run.items() if name != "salts"}
    columns = op.get_bind().exec_driver_sql(f'PRAGMA table_info("{run["table"]}")')
    return {"columns": [str(column[1]) for column in columns], **run}


def _salted(details: dict[str, Any]) -> tuple[str, bytes]:
    """The digest of the details with each value replaced by its salted digest, and the salts, in this order."""
    salts: list[bytes] = []

    def known(value: object) -> str:
        salts.append(os.urandom(_SALT))
        return sha256(salts[-1] + _canonical(value).encode()).hexdigest()

    def each(values: dict[str, Any]) -> dict[str, str]:
        return {name: known(values[name]) for name in sorted(values)}

    content = {
        **details,
        "user": known(details["user"]),
        "changed": [
            {**change, "before": each(change["before"]), "after": each(change["after"])}
            for change in details["changed"]
        ],
        "written": [{**run, "digest": known(run["digest"])} if "digest" in run else run for run in details["written"]],
        "notes": each(details["notes"]),
    }
    return sha256(_canonical(content).encode()).hexdigest(), b"".join(salts)


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
