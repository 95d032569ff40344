"""Which list a file brought in, what each version of it changed, and what the list says of what was corrected here."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Make room for it. Of what came in before, the list is known of the last version alone."""
    op.add_column("candidates", sa.Column("listed", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("imports", sa.Column("list_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_imports_list_id"), "imports", ["list_id"])
    op.execute(
        "UPDATE imports SET list_id = (SELECT id FROM proposed_lists WHERE proposed_lists.file_hash = "
        "imports.file_hash) WHERE kind = 'list'"
    )
    op.create_table(
        "list_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("not_taken", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_list_changes_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_list_changes_import_id_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_changes")),
    )
    for column in ("import_id", "candidate_id"):
        op.create_index(op.f(f"ix_list_changes_{column}"), "list_changes", [column])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("list_changes")
    op.drop_index(op.f("ix_imports_list_id"), "imports")
    op.drop_column("imports", "list_id")
    op.drop_column("candidates", "listed")
