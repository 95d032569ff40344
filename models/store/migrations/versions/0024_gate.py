"""The gate: whether the house has one, its hours, who goes along with an absence, and leaves decided beforehand."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("facility", sa.Column("uses_gate", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("facility", sa.Column("back_by", sa.String(length=5), nullable=False, server_default=""))
    op.add_column("facility", sa.Column("left_after", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("absences", sa.Column("escort", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "planned_leaves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("escort", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=True),
        sa.Column("due_back_on", sa.Date(), nullable=False),
        sa.Column("due_back_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("called_off", sa.Text(), nullable=True),
        sa.Column("absence_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "due_back_on IS NULL OR due_back_on > from_on OR (due_back_on = from_on AND "
            "(due_back_at IS NULL OR from_at IS NULL OR due_back_at >= from_at))",
            name=op.f("ck_planned_leaves_order"),
        ),
        sa.CheckConstraint(
            "due_back_at IS NULL OR due_back_on IS NOT NULL", name=op.f("ck_planned_leaves_due_back_at")
        ),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name=op.f("fk_planned_leaves_absence_id_absences")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_planned_leaves_decided_by_users")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_planned_leaves_stay_id_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_leaves")),
        sa.UniqueConstraint("absence_id", name=op.f("uq_planned_leaves_absence_id")),
    )
    op.create_index("ix_planned_leaves_stay_id", "planned_leaves", ["stay_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("planned_leaves")
    op.drop_column("absences", "escort")
    for column in ("left_after", "back_by", "uses_gate"):
        op.drop_column("facility", column)
