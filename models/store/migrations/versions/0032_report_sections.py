"""The sections of a programme's report, to whom it goes and by which references, who sends it and where a claim is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_TEXTS = (
    ("programmes", "addressee", sa.Text()),
    ("programmes", "agreement_reference", sa.String(length=200)),
    ("programmes", "claim_reference", sa.String(length=100)),
    ("facility", "sender", sa.Text()),
    ("facility", "bank_details", sa.Text()),
)


def upgrade() -> None:
    """Add them; nothing is known of any of them, and a report has the usual sections."""
    op.add_column("programmes", sa.Column("report_sections", sa.JSON(), nullable=False, server_default="[]"))
    for table, name, kind in _TEXTS:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away."""
    for table, name, _ in reversed(_TEXTS):
        op.drop_column(table, name)
    op.drop_column("programmes", "report_sections")
