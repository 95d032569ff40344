"""Roll calls, and when the house is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "roll_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("is_from_sheet", sa.Boolean(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("not_held", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("taken_back", sa.Text(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("on_roll", sa.Integer(), nullable=True),
        sa.Column("away", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=True),
        sa.Column("unexpected", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by"], ["users.id"], name=op.f("fk_roll_calls_begun_by_users")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_roll_calls_closed_by_users")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["users.id"], name=op.f("fk_roll_calls_taken_back_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_calls")),
    )
    op.create_index(op.f("ix_roll_calls_due_at"), "roll_calls", ["due_at"])
    op.create_table(
        "roll_counters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=100), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roll_call_id"], ["roll_calls.id"], name=op.f("fk_roll_counters_roll_call_id_roll_calls")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_roll_counters_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_counters")),
    )
    op.create_index(op.f("ix_roll_counters_roll_call_id"), "roll_counters", ["roll_call_id"])
    op.create_table(
        "roll_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=True),
        sa.Column("counted_by", sa.String(length=32), nullable=True),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("marked_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("standing", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["roll_call_id"], ["roll_calls.id"], name=op.f("fk_roll_marks_roll_call_id_roll_calls")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["roll_counters.id"], name=op.f("fk_roll_marks_counter_id_roll_counters")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_roll_marks_answered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_marks")),
        sa.UniqueConstraint("roll_call_id", "stay_id", name=op.f("uq_roll_marks_roll_call_id_stay_id")),
    )
    op.create_index(op.f("ix_roll_marks_stay_id"), "roll_marks", ["stay_id"])
    op.create_table(
        "roll_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("standing_before", sa.String(length=32), nullable=True),
        sa.Column("standing", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roll_call_id"], ["roll_calls.id"], name=op.f("fk_roll_corrections_roll_call_id_roll_calls")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_roll_corrections_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_corrections")),
    )
    op.create_index(op.f("ix_roll_corrections_roll_call_id"), "roll_corrections", ["roll_call_id"])
    op.create_index(op.f("ix_roll_corrections_stay_id"), "roll_corrections", ["stay_id"])
    op.create_table(
        "roll_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_calls", sa.String(length=200), nullable=False),
        sa.Column("fire_lists", sa.String(length=200), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_roll_hours_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_hours")),
    )
    op.create_table(
        "fire_lists_printed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_at", sa.DateTime(), nullable=False),
        sa.Column("printed_by", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["printed_by"], ["users.id"], name=op.f("fk_fire_lists_printed_printed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fire_lists_printed")),
        sa.UniqueConstraint("shift_at", name=op.f("uq_fire_lists_printed_shift_at")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("fire_lists_printed")
    op.drop_table("roll_hours")
    op.drop_table("roll_corrections")
    op.drop_table("roll_marks")
    op.drop_table("roll_counters")
    op.drop_table("roll_calls")
