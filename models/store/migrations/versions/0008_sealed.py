"""What a list says beyond what Konak knows, sealed in rows of their own; what stood in clear is handed on to be sealed."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TO_SEAL = "CREATE TABLE to_seal (resident_id INTEGER, list_id INTEGER, candidate_id INTEGER, text TEXT NOT NULL)"


def upgrade() -> None:
    """Move what is sealed, and lay what stood in clear where the program takes it from to seal it."""
    op.create_table(
        "list_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_list_remarks_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_list_remarks_entered_by_users")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["proposed_lists.id"], name=op.f("fk_list_remarks_list_id_proposed_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_remarks")),
    )
    op.create_index(op.f("ix_list_remarks_candidate_id"), "list_remarks", ["candidate_id"])
    op.create_index(op.f("ix_list_remarks_list_id"), "list_remarks", ["list_id"])
    run = op.get_bind().exec_driver_sql
    run(_TO_SEAL)
    for name in ("needs", "remarks"):
        run(
            "INSERT INTO list_remarks (list_id, candidate_id, sealed, entered_at) "
            f"SELECT c.list_id, c.id, c.{name}, l.received_on || ' 00:00:00.000000' "
            f"FROM candidates c JOIN proposed_lists l ON l.id = c.list_id WHERE c.{name} IS NOT NULL ORDER BY c.id"
        )
    handed = [
        (None, list_id, candidate_id, "\n".join(f"{note['column']}: {note['value']}" for note in json.loads(notes)))
        for list_id, candidate_id, notes in run("SELECT list_id, id, notes FROM candidates ORDER BY id").all()
    ]
    handed += [
        (None, list_id, None, "\n".join(json.loads(notes)))
        for list_id, notes in run("SELECT id, notes FROM proposed_lists ORDER BY id").all()
    ]
    handed += [
        (resident_id, None, None, notes)
        for resident_id, notes in run("SELECT id, notes FROM residents WHERE notes <> '' ORDER BY id").all()
    ]
    for row in handed:
        if row[-1]:
            run("INSERT INTO to_seal VALUES (?, ?, ?, ?)", row)
    for table, names in (("candidates", ("needs", "remarks", "notes")), ("proposed_lists", ("notes",))):
        for name in names:
            op.drop_column(table, name)


def downgrade() -> None:
    """Back to columns of candidates and lists: what is sealed since cannot be laid into them, and is lost."""
    op.drop_index(op.f("ix_list_remarks_list_id"), table_name="list_remarks")
    op.drop_index(op.f("ix_list_remarks_candidate_id"), table_name="list_remarks")
    op.drop_table("list_remarks")
    op.add_column("proposed_lists", sa.Column("notes", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("candidates", sa.Column("notes", sa.JSON(), nullable=False, server_default="[]"))
    for name in ("remarks", "needs"):
        op.add_column("candidates", sa.Column(name, sa.LargeBinary(), nullable=True))
