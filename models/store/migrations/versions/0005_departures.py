"""Departures: what decides on a sealed check, and what ended with a stay; last days are found by when they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COLUMNS = (("outcome", sa.LargeBinary()), ("country", sa.String(length=3)), ("late_reason", sa.Text()))


def upgrade() -> None:
    """Add what is kept from now on; of what was entered before nobody knows it."""
    for name, kind in _COLUMNS:
        op.add_column("checks", sa.Column(name, kind, nullable=True))
    op.create_table(
        "endings",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("absence_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name=op.f("fk_endings_absence_id_absences")),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_endings_placement_id_placements")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_endings_plan_id_plans")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_endings_stay_id_stays")),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_endings")),
    )
    op.create_index(op.f("ix_stay_limits_valid_from"), "stay_limits", ["valid_from"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index(op.f("ix_stay_limits_valid_from"), table_name="stay_limits")
    op.drop_table("endings")
    for name, _ in reversed(_COLUMNS):
        op.drop_column("checks", name)
