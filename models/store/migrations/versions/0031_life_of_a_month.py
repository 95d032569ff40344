"""Where the report of a month stands, and when it was sent. Of a month that was issued before, its issue says it."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_STATES = ("open", "checked", "issued", "revised", "sent")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "month_states",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Enum(*_STATES, name="monthstate", native_enum=False, length=32), nullable=False),
        sa.Column("awaits_sending", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_doubts", sa.Integer(), nullable=False),
        sa.Column("checked_remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_month_states_programme_id_programmes")
        ),
        sa.ForeignKeyConstraint(["checked_by"], ["users.id"], name=op.f("fk_month_states_checked_by_users")),
        sa.PrimaryKeyConstraint("programme_id", "month", name=op.f("pk_month_states")),
    )
    op.create_table(
        "report_sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issued_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "email",
                "portal",
                "post",
                "courier",
                "by_hand",
                "other",
                name="sendingway",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("to_whom", sa.String(length=200), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column(
            "protection",
            sa.Enum("none", "passphrase", "certificate", name="protection", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("certificate", sa.String(length=64), nullable=False),
        sa.Column("taken_back", sa.Text(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_id"], ["issued_months.id"], name=op.f("fk_report_sendings_issued_id_issued_months")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_report_sendings_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_sendings")),
    )
    op.create_index(op.f("ix_report_sendings_issued_id"), "report_sendings", ["issued_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("report_sendings")
    op.drop_table("month_states")
