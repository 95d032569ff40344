"""Which decision on a candidate another one takes back."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add it; of what an earlier Konak took back nobody has said it, and each stands as a decision of its own."""
    # In one statement, so that the table, which guards hold fast, need not be written anew.
    op.execute(
        "ALTER TABLE candidate_decisions ADD COLUMN takes_back_id INTEGER "
        "CONSTRAINT fk_candidate_decisions_takes_back_id_candidate_decisions REFERENCES candidate_decisions (id)"
    )
    op.create_index(op.f("ix_candidate_decisions_takes_back_id"), "candidate_decisions", ["takes_back_id"], unique=True)


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_candidate_decisions_takes_back_id"), table_name="candidate_decisions")
    op.execute("ALTER TABLE candidate_decisions DROP COLUMN takes_back_id")
