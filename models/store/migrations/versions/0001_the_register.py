"""The register: all tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("letterhead", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("number_prefix", sa.String(length=8), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("seal", sa.LargeBinary(length=32), nullable=False),
        sa.Column("lock_after", sa.Integer(), nullable=False),
        sa.Column("back_up_at", sa.String(length=5), nullable=False),
        sa.Column("recovery_on", sa.Date(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_facility_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
    )
    op.create_table(
        "families",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_families")),
    )
    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("partner_country", sa.String(length=3), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("regime", sa.String(32), nullable=False),
        sa.Column("window_start", sa.Date(), nullable=False),
        sa.Column("window_end", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("places_rule", sa.String(32), nullable=False),
        sa.Column("limit_rule", sa.String(32), nullable=False),
        sa.Column("limit_amount", sa.Integer(), nullable=True),
        sa.Column("review_every", sa.Integer(), nullable=False),
        sa.Column("counting_rule", sa.String(32), nullable=False),
        sa.Column("absences_rule", sa.String(32), nullable=False),
        sa.Column("absences_first", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("length_bounds", sa.JSON(), nullable=False),
        sa.Column("report_language", sa.String(length=8), nullable=False),
        sa.Column("report_due_day", sa.Integer(), nullable=False),
        sa.Column("names_ground", sa.Text(), nullable=False),
        sa.Column("small_count", sa.Integer(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("window_end IS NULL OR window_end >= window_start", name=op.f("ck_programmes_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("code", name=op.f("uq_programmes_code")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("out_of_use", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("building", "name", name=op.f("uq_rooms_building_name")),
    )
    op.create_table(
        "trail",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trail")),
        sa.UniqueConstraint("hash", name=op.f("uq_trail_hash")),
    )
    op.create_table(
        "trail_subjects",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["trail.number"], name=op.f("fk_trail_subjects_number_trail")),
        sa.PrimaryKeyConstraint("subject", "number", name=op.f("pk_trail_subjects")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("slot", sa.String(length=36), nullable=True),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("may_unseal", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
        sa.UniqueConstraint("slot", name=op.f("uq_users_slot")),
    )
    op.create_table(
        "beds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_beds_room_id_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beds")),
        sa.UniqueConstraint("room_id", "name", name=op.f("uq_beds_room_id_name")),
    )
    op.create_table(
        "criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("effect", sa.String(32), nullable=False),
        sa.Column("test", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_criteria_programme_id_programmes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_criteria_programme_id_position")),
    )
    op.create_table(
        "issued_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("figures_hash", sa.String(length=64), nullable=False),
        sa.Column("trail_head", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_issued_months_issued_by_users")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_issued_months_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_months")),
        sa.UniqueConstraint(
            "programme_id", "month", "revision", name=op.f("uq_issued_months_programme_id_month_revision")
        ),
    )
    op.create_table(
        "permitted_departures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("extra_checks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_permitted_departures_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permitted_departures")),
        sa.UniqueConstraint("programme_id", "kind", name=op.f("uq_permitted_departures_programme_id_kind")),
    )
    op.create_table(
        "proposed_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_proposed_lists_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_lists")),
        sa.UniqueConstraint("file_hash", name=op.f("uq_proposed_lists_file_hash")),
    )
    op.create_index(op.f("ix_proposed_lists_programme_id"), "proposed_lists", ["programme_id"], unique=False)
    op.create_table(
        "rate_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.String(40), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on > from_on", name=op.f("ck_rate_periods_order")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_rate_periods_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_periods")),
    )
    op.create_index("ix_rate_periods_programme_id_from_on", "rate_periods", ["programme_id", "from_on"], unique=True)
    op.create_table(
        "candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("list_number", sa.String(length=32), nullable=False),
        sa.Column("partner_number", sa.String(length=64), nullable=False),
        sa.Column("family_name", sa.String(length=400), nullable=False),
        sa.Column("given_names", sa.String(length=400), nullable=False),
        sa.Column("own_script", sa.String(length=400), nullable=False),
        sa.Column("sex", sa.String(32), nullable=True),
        sa.Column("birth", sa.String(11), nullable=True),
        sa.Column("birth_as_written", sa.String(length=100), nullable=False),
        sa.Column("birth_country", sa.String(length=3), nullable=True),
        sa.Column("nationality", sa.String(length=3), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("document_kind", sa.String(length=100), nullable=False),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("document_expires_on", sa.Date(), nullable=True),
        sa.Column("final_order_on", sa.Date(), nullable=True),
        sa.Column("criminal_history", sa.String(32), nullable=False),
        sa.Column("expulsion_ordered", sa.String(32), nullable=False),
        sa.Column("sentenced_on", sa.Date(), nullable=True),
        sa.Column("sentence_months", sa.String(40), nullable=True),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("family_group", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=100), nullable=False),
        sa.Column("destination", sa.String(length=200), nullable=False),
        sa.Column("vetting", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.LargeBinary(), nullable=True),
        sa.Column("remarks", sa.LargeBinary(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["proposed_lists.id"], name=op.f("fk_candidates_list_id_proposed_lists")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_candidates_programme_id_programmes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("list_id", "row_number", name=op.f("uq_candidates_list_id_row_number")),
    )
    op.create_index(op.f("ix_candidates_document_number"), "candidates", ["document_number"], unique=False)
    op.create_index(op.f("ix_candidates_partner_number"), "candidates", ["partner_number"], unique=False)
    op.create_index("ix_candidates_programme_id_state", "candidates", ["programme_id", "state"], unique=False)
    op.create_table(
        "candidate_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_candidate_answers_answered_by_users")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_answers_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("fk_candidate_answers_criterion_id_criteria")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_answers")),
        sa.UniqueConstraint(
            "candidate_id", "criterion_id", name=op.f("uq_candidate_answers_candidate_id_criterion_id")
        ),
    )
    op.create_index(op.f("ix_candidate_answers_criterion_id"), "candidate_answers", ["criterion_id"], unique=False)
    op.create_table(
        "candidate_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_decisions_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_candidate_decisions_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_decisions")),
    )
    op.create_index(op.f("ix_candidate_decisions_candidate_id"), "candidate_decisions", ["candidate_id"], unique=False)
    op.create_table(
        "residents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("family_name", sa.String(length=400), nullable=False),
        sa.Column("given_names", sa.String(length=400), nullable=False),
        sa.Column("own_script", sa.String(length=400), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("sort_name", sa.String(length=900), nullable=False),
        sa.Column("sex", sa.String(32), nullable=True),
        sa.Column("birth", sa.String(11), nullable=True),
        sa.Column("birth_as_written", sa.String(length=100), nullable=False),
        sa.Column("birth_country", sa.String(length=3), nullable=True),
        sa.Column("nationality", sa.String(length=3), nullable=True),
        sa.Column("other_nationalities", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("needs_interpreter", sa.Boolean(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.String(length=100), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_residents_candidate_id_candidates")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_residents_family_id_families")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residents")),
        sa.UniqueConstraint("candidate_id", name=op.f("uq_residents_candidate_id")),
        sa.UniqueConstraint("number", name=op.f("uq_residents_number")),
    )
    op.create_index(op.f("ix_residents_family_id"), "residents", ["family_id"], unique=False)
    op.create_index(op.f("ix_residents_sort_name"), "residents", ["sort_name"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_documents_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_number"), "documents", ["number"], unique=False)
    op.create_index(op.f("ix_documents_resident_id"), "documents", ["resident_id"], unique=False)
    op.create_table(
        "partner_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_partner_numbers_programme_id_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_partner_numbers_resident_id_residents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_numbers")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_partner_numbers_programme_id_number")),
    )
    op.create_index(op.f("ix_partner_numbers_resident_id"), "partner_numbers", ["resident_id"], unique=False)
    op.create_table(
        "stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("departed_on", sa.Date(), nullable=True),
        sa.Column("departed_at", sa.DateTime(), nullable=True),
        sa.Column("departure_kind", sa.String(32), nullable=True),
        sa.Column("destination", sa.String(32), nullable=True),
        sa.Column("destination_country", sa.String(length=3), nullable=True),
        sa.Column("destination_place", sa.String(length=200), nullable=False),
        sa.Column("departure_facts", sa.JSON(), nullable=False),
        sa.Column("limit_on", sa.Date(), nullable=True),
        sa.Column("emergency_reasons", sa.JSON(), nullable=False),
        sa.Column("cured_at", sa.DateTime(), nullable=True),
        sa.Column("cured_note", sa.Text(), nullable=False),
        sa.Column("source_key", sa.String(length=100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(departed_on IS NULL) = (departure_kind IS NULL)", name=op.f("ck_stays_departure")),
        sa.CheckConstraint("departed_at IS NULL OR departed_on IS NOT NULL", name=op.f("ck_stays_departed_at")),
        sa.CheckConstraint(
            "departed_on IS NULL OR departed_on > arrived_on OR (departed_on = arrived_on AND (departed_at IS NULL OR arrived_at IS NULL OR departed_at >= arrived_at))",
            name=op.f("ck_stays_order"),
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_stays_candidate_id_candidates")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_stays_programme_id_programmes")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_stays_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
        sa.UniqueConstraint("candidate_id", name=op.f("uq_stays_candidate_id")),
        sa.UniqueConstraint("programme_id", "source_key", name=op.f("uq_stays_programme_id_source_key")),
    )
    op.create_index(op.f("ix_stays_limit_on"), "stays", ["limit_on"], unique=False)
    op.create_index(
        "ix_stays_programme_id_departed_on_arrived_on",
        "stays",
        ["programme_id", "departed_on", "arrived_on"],
        unique=False,
    )
    op.create_index("ix_stays_resident_id_arrived_on", "stays", ["resident_id", "arrived_on"], unique=False)
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=True),
        sa.Column("due_back_on", sa.Date(), nullable=False),
        sa.Column("due_back_at", sa.DateTime(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_at IS NULL OR until_on IS NOT NULL", name=op.f("ck_absences_until_at")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on OR (until_on = from_on AND (until_at IS NULL OR from_at IS NULL OR until_at >= from_at))",
            name=op.f("ck_absences_order"),
        ),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_absences_stay_id_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_stay_id_from_on", "absences", ["stay_id", "from_on"], unique=False)
    op.create_table(
        "placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("bed_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("until_at IS NULL OR until_on IS NOT NULL", name=op.f("ck_placements_until_at")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on OR (until_on = from_on AND (until_at IS NULL OR from_at IS NULL OR until_at >= from_at))",
            name=op.f("ck_placements_order"),
        ),
        sa.ForeignKeyConstraint(["bed_id"], ["beds.id"], name=op.f("fk_placements_bed_id_beds")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_placements_stay_id_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
    )
    op.create_index("ix_placements_bed_id_from_on", "placements", ["bed_id", "from_on"], unique=False)
    op.create_index("ix_placements_stay_id_from_on", "placements", ["stay_id", "from_on"], unique=False)
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("destination", sa.String(32), nullable=False),
        sa.Column("destination_country", sa.String(length=3), nullable=True),
        sa.Column("destination_place", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_plans_made_by_users")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_plans_stay_id_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_stay_id"), "plans", ["stay_id"], unique=False)
    op.create_index("uq_plans_open_stay_id", "plans", ["stay_id"], unique=True, sqlite_where=sa.text("state = 'open'"))
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("held_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_reviews_stay_id_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("stay_id", "due_on", name=op.f("uq_reviews_stay_id_due_on")),
    )
    op.create_table(
        "stay_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("limit_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_stay_limits_entered_by_users")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_stay_limits_stay_id_stays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_limits")),
    )
    op.create_index(op.f("ix_stay_limits_stay_id"), "stay_limits", ["stay_id"], unique=False)
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("finding", sa.LargeBinary(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_checks_entered_by_users")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_checks_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
    )
    op.create_index("ix_checks_plan_id_kind", "checks", ["plan_id", "kind"], unique=False)
    op.create_table(
        "sealed_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_sealed_notes_entered_by_users")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_sealed_notes_resident_id_residents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_notes")),
    )
    op.create_index(op.f("ix_sealed_notes_resident_id"), "sealed_notes", ["resident_id"], unique=False)
    op.create_table(
        "backup_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("good_at", sa.DateTime(), nullable=True),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_places")),
        sa.UniqueConstraint("folder", name=op.f("uq_backup_places_folder")),
    )
    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_trail_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_head")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("trail_head")
    op.drop_table("backup_places")
    op.drop_index(op.f("ix_sealed_notes_resident_id"), table_name="sealed_notes")
    op.drop_table("sealed_notes")
    op.drop_index("ix_checks_plan_id_kind", table_name="checks")
    op.drop_table("checks")
    op.drop_index(op.f("ix_stay_limits_stay_id"), table_name="stay_limits")
    op.drop_table("stay_limits")
    op.drop_table("reviews")
    op.drop_index("uq_plans_open_stay_id", table_name="plans", sqlite_where=sa.text("state = 'open'"))
    op.drop_index(op.f("ix_plans_stay_id"), table_name="plans")
    op.drop_table("plans")
    op.drop_index("ix_placements_stay_id_from_on", table_name="placements")
    op.drop_index("ix_placements_bed_id_from_on", table_name="placements")
    op.drop_table("placements")
    op.drop_index("ix_absences_stay_id_from_on", table_name="absences")
    op.drop_table("absences")
    op.drop_index("ix_stays_resident_id_arrived_on", table_name="stays")
    op.drop_index("ix_stays_programme_id_departed_on_arrived_on", table_name="stays")
    op.drop_index(op.f("ix_stays_limit_on"), table_name="stays")
    op.drop_table("stays")
    op.drop_index(op.f("ix_partner_numbers_resident_id"), table_name="partner_numbers")
    op.drop_table("partner_numbers")
    op.drop_index(op.f("ix_documents_resident_id"), table_name="documents")
    op.drop_index(op.f("ix_documents_number"), table_name="documents")
    op.drop_table("documents")
    op.drop_index(op.f("ix_residents_sort_name"), table_name="residents")
    op.drop_index(op.f("ix_residents_family_id"), table_name="residents")
    op.drop_table("residents")
    op.drop_index(op.f("ix_candidate_decisions_candidate_id"), table_name="candidate_decisions")
    op.drop_table("candidate_decisions")
    op.drop_index(op.f("ix_candidate_answers_criterion_id"), table_name="candidate_answers")
    op.drop_table("candidate_answers")
    op.drop_index("ix_candidates_programme_id_state", table_name="candidates")
    op.drop_index(op.f("ix_candidates_partner_number"), table_name="candidates")
    op.drop_index(op.f("ix_candidates_document_number"), table_name="candidates")
    op.drop_table("candidates")
    op.drop_index("ix_rate_periods_programme_id_from_on", table_name="rate_periods")
    op.drop_table("rate_periods")
    op.drop_index(op.f("ix_proposed_lists_programme_id"), table_name="proposed_lists")
    op.drop_table("proposed_lists")
    op.drop_table("permitted_departures")
    op.drop_table("issued_months")
    op.drop_table("criteria")
    op.drop_table("beds")
    op.drop_table("users")
    op.drop_table("trail_subjects")
    op.drop_table("trail")
    op.drop_table("rooms")
    op.drop_table("programmes")
    op.drop_table("families")
    op.drop_table("facility")
