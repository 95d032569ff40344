"""A plan may be of a stay that is gone, since its arrival was taken back: what was checked for it is kept for good."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Let a plan name the number of a stay that is gone; guards see to it that no other is named."""
    _write_anew()


def downgrade() -> None:
    """Let a plan name only a stay that is there; with one of an arrival that was taken back the migration is undone."""
    _write_anew(sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_plans_stay_id_stays")))


def _write_anew(*references: sa.ForeignKeyConstraint) -> None:
    op.create_table(
        "plans_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("destination", sa.String(32), nullable=False),
        sa.Column("destination_country", sa.String(length=3), nullable=True),
        sa.Column("destination_place", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_plans_made_by_users")),
        *references,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    columns = (
        "id, stay_id, kind, destination, destination_country, destination_place, planned_on, note, state, state_reason, "
        "made_by, made_at, version"
    )
    op.execute(f"INSERT INTO plans_anew ({columns}) SELECT {columns} FROM plans")
    op.drop_table("plans")
    op.rename_table("plans_anew", "plans")
    op.create_index(op.f("ix_plans_stay_id"), "plans", ["stay_id"], unique=False)
    op.create_index("uq_plans_open_stay_id", "plans", ["stay_id"], unique=True, sqlite_where=sa.text("state = 'open'"))
