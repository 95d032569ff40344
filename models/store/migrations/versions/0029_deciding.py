"""Reasons of programmes for decisions on candidates, decisions of two persons, and on what each was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add them; what earlier decisions rested on was not kept, and of no programme it is known that two decide."""
    op.add_column("programmes", sa.Column("two_persons", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "selection_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_selection_reasons_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_reasons")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_selection_reasons_programme_id_position")),
    )
    op.create_table(
        "decision_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("takes_back", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_decision_proposals_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_decision_proposals_proposed_by_users")),
        sa.ForeignKeyConstraint(["settled_by"], ["users.id"], name=op.f("fk_decision_proposals_settled_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_proposals")),
    )
    op.create_index(op.f("ix_decision_proposals_candidate_id"), "decision_proposals", ["candidate_id"])
    op.create_index(
        "uq_decision_proposals_waiting_candidate_id",
        "decision_proposals",
        ["candidate_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
    )
    for name, empty in (("reasons", "[]"), ("facts", "{}")):
        op.add_column("candidate_decisions", sa.Column(name, sa.JSON(), nullable=False, server_default=empty))
    op.execute(
        "ALTER TABLE candidate_decisions ADD COLUMN proposal_id INTEGER "
        "CONSTRAINT fk_candidate_decisions_proposal_id_decision_proposals REFERENCES decision_proposals (id)"
    )
    op.create_index(op.f("ix_candidate_decisions_proposal_id"), "candidate_decisions", ["proposal_id"], unique=True)


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_candidate_decisions_proposal_id"), table_name="candidate_decisions")
    for name in ("proposal_id", "facts", "reasons"):
        op.execute(f"ALTER TABLE candidate_decisions DROP COLUMN {name}")
    op.drop_table("decision_proposals")
    op.drop_table("selection_reasons")
    op.drop_column("programmes", "two_persons")
