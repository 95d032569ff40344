"""Imports: what was brought in with which file, and the numbers by which files name families."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "family_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_family_numbers_family_id_families")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_family_numbers_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_numbers")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_family_numbers_programme_id_number")),
    )
    op.create_index(op.f("ix_family_numbers_family_id"), "family_numbers", ["family_id"])
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_imports_entered_by_users")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_imports_programme_id_programmes")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["users.id"], name=op.f("fk_imports_taken_back_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_file_hash"), "imports", ["file_hash"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_imports_file_hash"), table_name="imports")
    op.drop_table("imports")
    op.drop_index(op.f("ix_family_numbers_family_id"), table_name="family_numbers")
    op.drop_table("family_numbers")
