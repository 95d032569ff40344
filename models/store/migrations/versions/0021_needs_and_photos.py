"""What residents need in everyday life, and their photos."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(length=400), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_needs_entered_by_users")),
        sa.ForeignKeyConstraint(["other_id"], ["residents.id"], name=op.f("fk_needs_other_id_residents")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_needs_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    for column in ("resident_id", "other_id"):
        op.create_index(op.f(f"ix_needs_{column}"), "needs", [column])
    op.create_table(
        "photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_photos_entered_by_users")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_photos_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_resident_id"), "photos", ["resident_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_photos_resident_id"), table_name="photos")
    op.drop_table("photos")
    for column in ("resident_id", "other_id"):
        op.drop_index(op.f(f"ix_needs_{column}"), table_name="needs")
    op.drop_table("needs")
