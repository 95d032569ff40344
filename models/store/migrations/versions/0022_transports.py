"""Transports, and who is expected with each."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "transports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("means", sa.String(32), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("from_place", sa.String(length=200), nullable=False),
        sa.Column("escort", sa.String(length=400), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("expected_at", sa.DateTime(), nullable=True),
        sa.Column("came_on", sa.Date(), nullable=True),
        sa.Column("came_at", sa.DateTime(), nullable=True),
        sa.Column("called_off", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("expected_at IS NULL OR expected_on IS NOT NULL", name=op.f("ck_transports_expected_at")),
        sa.CheckConstraint("came_at IS NULL OR came_on IS NOT NULL", name=op.f("ck_transports_came_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transports")),
    )
    op.create_index(op.f("ix_transports_expected_on"), "transports", ["expected_on"])
    op.create_table(
        "passengers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transport_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("is_aboard", sa.Boolean(), nullable=True),
        sa.Column("own_on", sa.Date(), nullable=True),
        sa.Column("own_at", sa.DateTime(), nullable=True),
        sa.Column("bed_is_chosen", sa.Boolean(), nullable=False),
        sa.Column("bed_id", sa.Integer(), nullable=True),
        sa.Column("needs_accessible", sa.Boolean(), nullable=False),
        sa.Column("not_shared", sa.Boolean(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("told_apart", sa.JSON(), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=True),
        sa.Column("decided_why", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transport_id"], ["transports.id"], name=op.f("fk_passengers_transport_id_transports")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_passengers_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["bed_id"], ["beds.id"], name=op.f("fk_passengers_bed_id_beds")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_passengers_resident_id_residents")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_passengers_decided_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passengers")),
        sa.UniqueConstraint("transport_id", "candidate_id", name=op.f("uq_passengers_transport_id_candidate_id")),
    )
    op.create_index(op.f("ix_passengers_candidate_id"), "passengers", ["candidate_id"])
    op.create_index(op.f("ix_passengers_bed_id"), "passengers", ["bed_id"])
    op.create_index(op.f("ix_passengers_resident_id"), "passengers", ["resident_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("passengers")
    op.drop_table("transports")
