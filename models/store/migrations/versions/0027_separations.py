"""Who is kept apart from others and seen by health staff, and since when beds are out of use."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Nobody was; of rooms that are out of use nobody noted since when."""
    for table in ("rooms", "beds"):
        if table == "beds":
            op.add_column(table, sa.Column("out_of_use", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("out_since", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("out_until", sa.Date(), nullable=True))
    op.create_table(
        "separations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.String(length=200), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on > began_on OR "
            "(ended_on = began_on AND (ended_at IS NULL OR began_at IS NULL OR ended_at >= began_at))",
            name=op.f("ck_separations_order"),
        ),
        sa.CheckConstraint("ended_at IS NULL OR ended_on IS NOT NULL", name=op.f("ck_separations_ended_at")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_separations_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_separations_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_separations")),
    )
    op.create_index(op.f("ix_separations_stay_id"), "separations", ["stay_id"])
    op.create_table(
        "health_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_health_visits_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_health_visits_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_visits")),
    )
    op.create_index(op.f("ix_health_visits_stay_id"), "health_visits", ["stay_id"])


def downgrade() -> None:
    """Take them away."""
    for table in ("health_visits", "separations"):
        op.drop_index(op.f(f"ix_{table}_stay_id"), table_name=table)
        op.drop_table(table)
    for table in ("beds", "rooms"):
        op.drop_column(table, "out_until")
        op.drop_column(table, "out_since")
    op.drop_column("beds", "out_of_use")
