"""The number of the last resident in a table of its own, so that an arrival does not write into the facility's row."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Carry the number over, and tell so in the trail."""
    op.create_table(
        "resident_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_resident_numbers_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_numbers")),
    )
    last = op.get_bind().exec_driver_sql("SELECT last_number FROM facility").scalar()
    op.drop_column("facility", "last_number")
    if last:
        op.get_bind().exec_driver_sql("INSERT INTO resident_numbers (id, last) VALUES (1, ?)", (last,))
        _tell({}, {"id": 1, "last": last})


def downgrade() -> None:
    """Carry it back."""
    last = op.get_bind().exec_driver_sql("SELECT last FROM resident_numbers").scalar()
    op.add_column("facility", sa.Column("last_number", sa.Integer(), nullable=False, server_default="0"))
    op.drop_table("resident_numbers")
    if last:
        op.get_bind().exec_driver_sql("UPDATE facility SET last_number = ?", (last,))
        _tell({"id": 1, "last": last}, {})


def _tell(before: dict[str, int], after: dict[str, int]) -> None:
    """Add an entry to the trail, as it was written at that time: rows of which it knows nothing are not trusted."""
    run = op.get_bind().exec_driver_sql
    number, previous = run("SELECT number, hash FROM trail_head").one()
    at, number = datetime.now(UTC), number + 1
    entry = {
        "number": number,
        "at": at.isoformat(timespec="seconds"),
        "user": "Konak",
        "action": "setup.upgraded",
        "subject": "facility:1",
        "concerns": ["facility:1"],
        "changed": [{"table": "resident_numbers", "id": "1", "before": before, "after": after}],
        "written": [],
        "notes": {},
    }
    content = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    digest = sha256((previous + content).encode()).hexdigest()
    run(
        "INSERT INTO trail (number, at, user, action, subject, content, previous_hash, hash) "
        "VALUES (?, ?, 'Konak', 'setup.upgraded', 'facility:1', ?, ?, ?)",
        (number, f"{at:%Y-%m-%d %H:%M:%S}.000000", content, previous, digest),
    )
    run("INSERT INTO trail_subjects (subject, number) VALUES ('facility:1', ?)", (number,))
    run("UPDATE trail_head SET number = ?, hash = ?", (number, digest))
