"""What must be on record of an arrival, arrivals that are left half entered, and what an agreement asks of one."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make the tables; of nobody is anything known, and no agreement asks for anything."""
    op.add_column("residents", sa.Column("stated_gender", sa.String(100), nullable=False, server_default=""))
    op.add_column("residents", sa.Column("identity_by", sa.String(32), nullable=True))
    op.add_column("programmes", sa.Column("arrival_steps", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "arrival_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by"], ["users.id"], name=op.f("fk_arrival_drafts_begun_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_drafts")),
    )
    op.create_table(
        "admissions",
        sa.Column("stay_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("required", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_admissions_stay_id_stays")),
        sa.PrimaryKeyConstraint("stay_id", name=op.f("pk_admissions")),
    )
    op.create_table(
        "waivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_waivers_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_waivers_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
    )
    op.create_index(op.f("ix_waivers_stay_id"), "waivers", ["stay_id"])
    op.create_table(
        "legal_grounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=400), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("taken_at_place", sa.String(length=200), nullable=False),
        sa.Column("brought_by", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("taken_at IS NULL OR taken_on IS NOT NULL", name=op.f("ck_legal_grounds_taken_at")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_legal_grounds_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_legal_grounds_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_grounds")),
    )
    op.create_index(op.f("ix_legal_grounds_stay_id"), "legal_grounds", ["stay_id"])
    op.create_table(
        "injury_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("looked_by", sa.String(length=200), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.Column("read_by", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_injury_reports_stay_id_stays")),
        sa.ForeignKeyConstraint(["read_by"], ["users.id"], name=op.f("fk_injury_reports_read_by_users")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_injury_reports_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_injury_reports")),
    )
    op.create_index(op.f("ix_injury_reports_stay_id"), "injury_reports", ["stay_id"])
    op.create_table(
        "property_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("seal", sa.String(length=50), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_property_items_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_property_items_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property_items")),
    )
    op.create_index(op.f("ix_property_items_stay_id"), "property_items", ["stay_id"])
    op.create_table(
        "property_receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signature", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_property_receipts_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_property_receipts_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property_receipts")),
    )
    op.create_index(op.f("ix_property_receipts_stay_id"), "property_receipts", ["stay_id"])
    op.create_table(
        "property_returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=True),
        sa.Column("to_whom", sa.String(length=200), nullable=False),
        sa.Column("signature", sa.String(length=32), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_property_returns_stay_id_stays")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["property_items.id"], name=op.f("fk_property_returns_item_id_property_items")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_property_returns_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property_returns")),
    )
    op.create_index(op.f("ix_property_returns_item_id"), "property_returns", ["item_id"])
    op.create_index(op.f("ix_property_returns_stay_id"), "property_returns", ["stay_id"])
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=100), nullable=False),
        sa.Column("age", sa.String(length=50), nullable=False),
        sa.Column("whereabouts", sa.String(length=200), nullable=False),
        sa.Column("cared_for_by", sa.String(length=200), nullable=False),
        sa.Column("reached", sa.String(length=400), nullable=False),
        sa.Column("in_emergency", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_contacts_resident_id_residents")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_contacts_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(op.f("ix_contacts_resident_id"), "contacts", ["resident_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("told_at IS NULL OR told_on IS NOT NULL", name=op.f("ck_notices_told_at")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_notices_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_notices_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_stay_id"), "notices", ["stay_id"])
    op.create_table(
        "rights_talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("explained_on", sa.Date(), nullable=False),
        sa.Column("explained_at", sa.DateTime(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("in_writing", sa.Boolean(), nullable=False),
        sa.Column("explained_by", sa.String(length=200), nullable=False),
        sa.Column("interpreter", sa.String(length=200), nullable=False),
        sa.Column("signature", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_rights_talks_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_rights_talks_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_talks")),
    )
    op.create_index(op.f("ix_rights_talks_stay_id"), "rights_talks", ["stay_id"])
    op.create_table(
        "health_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("by_whom", sa.String(length=200), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_health_checks_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_health_checks_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_checks")),
    )
    op.create_index(op.f("ix_health_checks_stay_id"), "health_checks", ["stay_id"])
    op.create_table(
        "language_skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_language_skills_resident_id_residents")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_language_skills_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_skills")),
    )
    op.create_index(op.f("ix_language_skills_resident_id"), "language_skills", ["resident_id"])
    op.create_table(
        "room_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("reasons", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_room_decisions_stay_id_stays")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_room_decisions_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_decisions")),
    )
    op.create_index(op.f("ix_room_decisions_stay_id"), "room_decisions", ["stay_id"])
    op.create_table(
        "child_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("age_by", sa.String(length=32), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("appointed", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_child_records_resident_id_residents")),
        sa.ForeignKeyConstraint(["guardian_id"], ["residents.id"], name=op.f("fk_child_records_guardian_id_residents")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_child_records_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_records")),
    )
    op.create_index(op.f("ix_child_records_guardian_id"), "child_records", ["guardian_id"])
    op.create_index(op.f("ix_child_records_resident_id"), "child_records", ["resident_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_child_records_guardian_id"), table_name="child_records")
    op.drop_index(op.f("ix_child_records_resident_id"), table_name="child_records")
    op.drop_table("child_records")
    op.drop_index(op.f("ix_room_decisions_stay_id"), table_name="room_decisions")
    op.drop_table("room_decisions")
    op.drop_index(op.f("ix_language_skills_resident_id"), table_name="language_skills")
    op.drop_table("language_skills")
    op.drop_index(op.f("ix_health_checks_stay_id"), table_name="health_checks")
    op.drop_table("health_checks")
    op.drop_index(op.f("ix_rights_talks_stay_id"), table_name="rights_talks")
    op.drop_table("rights_talks")
    op.drop_index(op.f("ix_notices_stay_id"), table_name="notices")
    op.drop_table("notices")
    op.drop_index(op.f("ix_contacts_resident_id"), table_name="contacts")
    op.drop_table("contacts")
    op.drop_index(op.f("ix_property_returns_item_id"), table_name="property_returns")
    op.drop_index(op.f("ix_property_returns_stay_id"), table_name="property_returns")
    op.drop_table("property_returns")
    op.drop_index(op.f("ix_property_receipts_stay_id"), table_name="property_receipts")
    op.drop_table("property_receipts")
    op.drop_index(op.f("ix_property_items_stay_id"), table_name="property_items")
    op.drop_table("property_items")
    op.drop_index(op.f("ix_injury_reports_stay_id"), table_name="injury_reports")
    op.drop_table("injury_reports")
    op.drop_index(op.f("ix_legal_grounds_stay_id"), table_name="legal_grounds")
    op.drop_table("legal_grounds")
    op.drop_index(op.f("ix_waivers_stay_id"), table_name="waivers")
    op.drop_table("waivers")
    op.drop_table("admissions")
    op.drop_table("arrival_drafts")
    op.drop_column("programmes", "arrival_steps")
    for column in ("identity_by", "stated_gender"):
        op.drop_column("residents", column)
