"""Outreach and participants whole: series, venue status, spells, histories, what is kept apart, one person of two records. Frozen."""
# ruff: noqa: E501

from __future__ import annotations

from alembic import op

revision, down_revision = "0002", "0001"

STATEMENTS = (
    "CREATE TABLE programme_import ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, kind TEXT NOT NULL, file TEXT NOT NULL, taken INTEGER NOT NULL, refused INTEGER NOT NULL, came_on DATE NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE TABLE programme_ward_count ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, ward_code TEXT NOT NULL, ward_name TEXT NOT NULL, residents INTEGER NOT NULL, as_of DATE NOT NULL, source TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE INDEX ix_programme_ward_count_ward_code ON programme_ward_count (ward_code)",
    "CREATE TABLE remembered ( name TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (name) ) WITHOUT ROWID",
    "CREATE TABLE outreach_series ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, venue_id BLOB NOT NULL, lot_id BLOB NOT NULL, coach_id BLOB NOT NULL, kind TEXT NOT NULL, every_weeks INTEGER NOT NULL, from_day DATE NOT NULL, to_day DATE, starts_at TEXT, ends_at TEXT, ended_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(venue_id) REFERENCES partner_venue (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_outreach_series_coach_id ON outreach_series (coach_id)",
    "CREATE INDEX ix_outreach_series_lot_id ON outreach_series (lot_id)",
    "CREATE INDEX ix_outreach_series_venue_id ON outreach_series (venue_id)",
    "CREATE TABLE partner_venue_status ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, venue_id BLOB NOT NULL, status TEXT NOT NULL, from_day DATE NOT NULL, reason TEXT, review_on DATE, risk_assessed_on DATE, said_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(venue_id) REFERENCES partner_venue (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_venue_status_venue_id ON partner_venue_status (venue_id)",
    "CREATE TABLE activity_loan ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, what TEXT NOT NULL, tag TEXT, lent_on DATE NOT NULL, due_back_on DATE, returned_on DATE, condition TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_loan_coach_id ON activity_loan (coach_id)",
    "CREATE INDEX ix_activity_loan_participant_id ON activity_loan (participant_id)",
    "CREATE TABLE participant_assignment ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, from_day DATE NOT NULL, reason TEXT, written_by BLOB NOT NULL, written_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(written_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_assignment_coach_id ON participant_assignment (coach_id)",
    "CREATE INDEX ix_participant_assignment_participant_id ON participant_assignment (participant_id)",
    "CREATE INDEX ix_participant_assignment_written_by ON participant_assignment (written_by)",
    "CREATE TABLE participant_benefit ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, from_day DATE NOT NULL, benefit TEXT NOT NULL, conditionality TEXT, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_benefit_participant_id ON participant_benefit (participant_id)",
    "CREATE TABLE participant_edition_review ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, edition TEXT NOT NULL, stood TEXT NOT NULL, would_be TEXT NOT NULL, decision TEXT NOT NULL, reason TEXT NOT NULL, decided_on DATE NOT NULL, decided_by BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(decided_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_edition_review_decided_by ON participant_edition_review (decided_by)",
    "CREATE INDEX ix_participant_edition_review_participant_id ON participant_edition_review (participant_id)",
    "CREATE TABLE participant_equality ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, asked_on DATE NOT NULL, ethnic_group TEXT, ethnic_detail TEXT, sex TEXT, gender TEXT, disability TEXT, religion TEXT, orientation TEXT, caring TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_equality_participant_id ON participant_equality (participant_id)",
    "CREATE TABLE participant_look ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL, looked_by BLOB NOT NULL, looked_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(looked_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_look_looked_by ON participant_look (looked_by)",
    "CREATE INDEX ix_participant_look_participant_id ON participant_look (participant_id)",
    "CREATE TABLE participant_not_same ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, one_id BLOB NOT NULL, other_id BLOB NOT NULL, reason TEXT, said_on DATE NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(one_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(other_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_not_same_one_id ON participant_not_same (one_id)",
    "CREATE INDEX ix_participant_not_same_other_id ON participant_not_same (other_id)",
    "CREATE TABLE participant_offence ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, detail TEXT NOT NULL, is_unspent BOOLEAN, restrictions TEXT, basis TEXT NOT NULL, told_on DATE NOT NULL, told_to BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(told_to) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_offence_participant_id ON participant_offence (participant_id)",
    "CREATE INDEX ix_participant_offence_told_to ON participant_offence (told_to)",
    "CREATE TABLE participant_pause ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, from_day DATE NOT NULL, expected_back_on DATE, to_day DATE, reason TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_pause_participant_id ON participant_pause (participant_id)",
    "CREATE TABLE participant_same_as ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, one_id BLOB NOT NULL, other_id BLOB NOT NULL, reason TEXT, joined_on DATE NOT NULL, joined_by BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(one_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(other_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(joined_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_same_as_joined_by ON participant_same_as (joined_by)",
    "CREATE INDEX ix_participant_same_as_one_id ON participant_same_as (one_id)",
    "CREATE INDEX ix_participant_same_as_other_id ON participant_same_as (other_id)",
    "CREATE TABLE participant_sensitive ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, category TEXT NOT NULL, detail TEXT NOT NULL, basis TEXT NOT NULL, told_on DATE NOT NULL, told_to BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(told_to) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_sensitive_participant_id ON participant_sensitive (participant_id)",
    "CREATE INDEX ix_participant_sensitive_told_to ON participant_sensitive (told_to)",
    "CREATE TABLE participant_spell ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, lot_id BLOB NOT NULL, started_on DATE NOT NULL, ended_on DATE, end_reason TEXT, weeks_out_of_work INTEGER, benefit TEXT, hours_a_week INTEGER, pay_pence_an_hour INTEGER, contract TEXT, employer TEXT, job_title TEXT, qualifications TEXT, barriers JSON NOT NULL, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_spell_lot_id ON participant_spell (lot_id)",
    "CREATE INDEX ix_participant_spell_participant_id ON participant_spell (participant_id)",
    "CREATE TABLE outreach_host ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, session_id BLOB NOT NULL, partner_id BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(session_id) REFERENCES outreach_session (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_outreach_host_partner_id ON outreach_host (partner_id)",
    "CREATE INDEX ix_outreach_host_session_id ON outreach_host (session_id)",
    "ALTER TABLE partner_venue ADD COLUMN is_own_premises BOOLEAN",
    "ALTER TABLE participant ADD COLUMN language TEXT",
    "ALTER TABLE participant ADD COLUMN needs_interpreter BOOLEAN",
    "ALTER TABLE participant ADD COLUMN access_needs TEXT",
    "ALTER TABLE participant ADD COLUMN lone_working_note TEXT",
    "ALTER TABLE participant ADD COLUMN device TEXT",
    "ALTER TABLE participant ADD COLUMN data TEXT",
    "ALTER TABLE participant ADD COLUMN digital_skills TEXT",
    "ALTER TABLE outreach_session ADD COLUMN series_id BLOB REFERENCES outreach_series (id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE outreach_session ADD COLUMN covered_by_id BLOB REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE outreach_session ADD COLUMN status TEXT",
    "ALTER TABLE outreach_session ADD COLUMN cancelled_why TEXT",
    "ALTER TABLE outreach_session ADD COLUMN register_rows INTEGER",
    "CREATE INDEX ix_outreach_session_covered_by_id ON outreach_session (covered_by_id)",
    "CREATE INDEX ix_outreach_session_series_id ON outreach_session (series_id)",
    "ALTER TABLE outreach_contact ADD COLUMN register_number INTEGER",
    "ALTER TABLE outreach_tally RENAME TO old_outreach_tally",
    "DROP INDEX ix_outreach_tally_session_id",
    "CREATE TABLE outreach_tally ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, session_id BLOB, what TEXT NOT NULL, count INTEGER NOT NULL, topics TEXT NOT NULL, made_at TEXT NOT NULL, lot_id BLOB, venue_id BLOB, on_day DATE, ward_code TEXT, ward_name TEXT, need TEXT, register_number INTEGER, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(session_id) REFERENCES outreach_session (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(venue_id) REFERENCES partner_venue (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_outreach_tally_lot_id ON outreach_tally (lot_id)",
    "CREATE INDEX ix_outreach_tally_session_id ON outreach_tally (session_id)",
    "CREATE INDEX ix_outreach_tally_venue_id ON outreach_tally (venue_id)",
    "INSERT INTO outreach_tally (\"row\", \"id\", \"session_id\", \"what\", \"count\", \"topics\", \"made_at\") SELECT \"row\", \"id\", \"session_id\", \"what\", \"count\", \"topics\", \"made_at\" FROM old_outreach_tally",
    "DROP TABLE old_outreach_tally",
)


def upgrade() -> None:
    """Makes the new tables, adds the new columns, and lets a tally stand without a session."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
