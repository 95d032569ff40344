"""What happens in the house, self-harm and complaints with their answers, and within how many days one is owed."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def _entered(table: str) -> list[sa.schema.SchemaItem]:
    """What each of them has."""
    return [
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f(f"fk_{table}_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _told(table: str) -> list[sa.schema.SchemaItem]:
    """To whom it was reported, and when."""
    return [
        sa.Column("told_whom", sa.String(200), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("told_at IS NULL OR told_on IS NOT NULL", name=op.f(f"ck_{table}_told_at")),
    ]


def upgrade() -> None:
    """Make the tables. A complaint that stands in a sealed note stays there: nobody has said when it was received."""
    op.add_column("facility", sa.Column("answer_within", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_whom", sa.String(200), nullable=False),
        sa.Column("means", sa.String(200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        *_told("incidents"),
        sa.Column("is_taken_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_incidents_programme_id_programmes")),
        *_entered("incidents"),
    )
    op.create_index(op.f("ix_incidents_programme_id"), "incidents", ["programme_id"])
    op.create_table(
        "incident_persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_persons_incident_id_incidents")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_incident_persons_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_persons")),
        sa.UniqueConstraint("incident_id", "resident_id", name=op.f("uq_incident_persons_incident_id_resident_id")),
    )
    op.create_index(op.f("ix_incident_persons_resident_id"), "incident_persons", ["resident_id"])
    op.create_table(
        "self_harms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=True),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        *_told("self_harms"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_self_harms_resident_id_residents")),
        *_entered("self_harms"),
    )
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("answer_by >= received_on", name=op.f("ck_complaints_answer_by")),
        sa.CheckConstraint("answered_on IS NULL OR answered_on >= received_on", name=op.f("ck_complaints_answered_on")),
        sa.CheckConstraint("(answered_on IS NULL) = (answer IS NULL)", name=op.f("ck_complaints_answer")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_complaints_resident_id_residents")),
        *_entered("complaints"),
    )
    for table in ("self_harms", "complaints"):
        op.create_index(op.f(f"ix_{table}_resident_id"), table, ["resident_id"])


def downgrade() -> None:
    """Take them away."""
    for table in ("complaints", "self_harms", "incident_persons", "incidents"):
        op.drop_table(table)
    op.drop_column("facility", "answer_within")
