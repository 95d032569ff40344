"""The certificates with which reports are signed, and the signed reports."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("certificates", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("issuer", sa.String(length=400), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("stamps_at", sa.String(length=400), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_signing_keys_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
    )
    op.create_table(
        "report_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issued_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("signed", sa.LargeBinary(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issued_id"], ["issued_months.id"], name=op.f("fk_report_signatures_issued_id_issued_months")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["signing_keys.id"], name=op.f("fk_report_signatures_key_id_signing_keys")),
        sa.ForeignKeyConstraint(["signed_by"], ["users.id"], name=op.f("fk_report_signatures_signed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_signatures")),
    )
    op.create_index(op.f("ix_report_signatures_issued_id"), "report_signatures", ["issued_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("report_signatures")
    op.drop_table("signing_keys")
