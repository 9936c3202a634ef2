"""A network that is tended, and claims by terms as data. Frozen once released."""

from __future__ import annotations

from alembic import op

revision, down_revision = "0004", "0003"

STATEMENTS: tuple[str, ...] = (
    # partner: upkeep, connectors, trust
    "CREATE TABLE partner_touch ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, on_day DATE NOT NULL, how TEXT NOT NULL, coach_id BLOB NOT NULL, remark TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_touch_coach_id ON partner_touch (coach_id)",
    "CREATE INDEX ix_partner_touch_on_day ON partner_touch (on_day)",
    "CREATE INDEX ix_partner_touch_partner_id ON partner_touch (partner_id)",
    "CREATE TABLE partner_touch_with ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, touch_id BLOB NOT NULL, contact_id BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(touch_id) REFERENCES partner_touch (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(contact_id) REFERENCES partner_contact (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_touch_with_contact_id ON partner_touch_with (contact_id)",
    "CREATE INDEX ix_partner_touch_with_touch_id ON partner_touch_with (touch_id)",
    "CREATE TABLE partner_connector ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, partner_id BLOB, phone TEXT, email TEXT, note TEXT, known_by BLOB, leaves_on DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(known_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_connector_known_by ON partner_connector (known_by)",
    "CREATE INDEX ix_partner_connector_partner_id ON partner_connector (partner_id)",
    "CREATE TABLE partner_introduction ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, by_contact_id BLOB, by_connector_id BLOB, partner_id BLOB NOT NULL, contact_id BLOB, on_day DATE, told_by TEXT, remark TEXT, written_by BLOB, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(by_contact_id) REFERENCES partner_contact (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(by_connector_id) REFERENCES partner_connector (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(contact_id) REFERENCES partner_contact (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(written_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_introduction_by_connector_id ON partner_introduction (by_connector_id)",
    "CREATE INDEX ix_partner_introduction_by_contact_id ON partner_introduction (by_contact_id)",
    "CREATE INDEX ix_partner_introduction_contact_id ON partner_introduction (contact_id)",
    "CREATE INDEX ix_partner_introduction_partner_id ON partner_introduction (partner_id)",
    "CREATE INDEX ix_partner_introduction_written_by ON partner_introduction (written_by)",
    "CREATE TABLE partner_trust ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, stage TEXT NOT NULL, on_day DATE NOT NULL, said_by TEXT, remark TEXT, preceded_by TEXT, said_at TEXT NOT NULL, written_by BLOB, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(written_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_trust_partner_id ON partner_trust (partner_id)",
    "CREATE INDEX ix_partner_trust_written_by ON partner_trust (written_by)",
    "ALTER TABLE partner ADD COLUMN cadence_days INTEGER",
    "ALTER TABLE partner ADD COLUMN tended_by BLOB REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE partner ADD COLUMN upkeep_from DATE",
    "CREATE INDEX ix_partner_tended_by ON partner (tended_by)",
    "ALTER TABLE partner_contact ADD COLUMN is_key BOOLEAN",
    "ALTER TABLE partner_contact ADD COLUMN cadence_days INTEGER",
    "ALTER TABLE partner_contact ADD COLUMN leaves_on DATE",
    "ALTER TABLE partner_contact ADD COLUMN leaving_seen_on DATE",
    "ALTER TABLE partner_contact ADD COLUMN clock_from DATE",

    # partner: capability, council support, employers
    "CREATE TABLE partner_capability ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, body_id BLOB, partner_id BLOB, funding TEXT NOT NULL, kinds JSON NOT NULL, lots JSON NOT NULL, from_day DATE, ends_on DATE, places INTEGER, amount_pence INTEGER, source TEXT, note TEXT, warn_days INTEGER NOT NULL, kept_by BLOB, seen_on DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(body_id) REFERENCES programme_body (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(kept_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_capability_body_id ON partner_capability (body_id)",
    "CREATE INDEX ix_partner_capability_kept_by ON partner_capability (kept_by)",
    "CREATE INDEX ix_partner_capability_partner_id ON partner_capability (partner_id)",
    "CREATE TABLE partner_council_ask ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, partner_id BLOB, council TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, asked_on DATE NOT NULL, asked_by BLOB NOT NULL, lawful_basis TEXT, answer TEXT NOT NULL, answered_on DATE, answer_note TEXT, value_pence INTEGER, value_hours INTEGER, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(asked_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_council_ask_asked_by ON partner_council_ask (asked_by)",
    "CREATE INDEX ix_partner_council_ask_lot_id ON partner_council_ask (lot_id)",
    "CREATE INDEX ix_partner_council_ask_partner_id ON partner_council_ask (partner_id)",
    "CREATE TABLE partner_vacancy ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, title TEXT NOT NULL, passed_on DATE NOT NULL, advertised_on DATE, closes_on DATE, places INTEGER NOT NULL, hours_a_week INTEGER, pay_pence_an_hour INTEGER, pay_pence_a_year INTEGER, contract TEXT, postcode TEXT, lots JSON NOT NULL, qualification TEXT, english TEXT, times JSON NOT NULL, needs_transport BOOLEAN, needs_digital BOOLEAN, note TEXT, told_by BLOB NOT NULL, closed_on DATE, closed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(told_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_vacancy_partner_id ON partner_vacancy (partner_id)",
    "CREATE INDEX ix_partner_vacancy_told_by ON partner_vacancy (told_by)",
    "CREATE TABLE partner_training ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, vacancy_id BLOB, title TEXT NOT NULL, starts_on DATE, ends_on DATE, places INTEGER, lots JSON NOT NULL, note TEXT, told_by BLOB NOT NULL, closed_on DATE, closed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(vacancy_id) REFERENCES partner_vacancy (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(told_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_training_partner_id ON partner_training (partner_id)",
    "CREATE INDEX ix_partner_training_told_by ON partner_training (told_by)",
    "CREATE INDEX ix_partner_training_vacancy_id ON partner_training (vacancy_id)",

    # participant: found by reference
    "CREATE INDEX ix_participant_reference ON participant (reference)",

    # referral
    "CREATE TABLE referral_one_way ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, way TEXT NOT NULL, until_month INTEGER NOT NULL, what TEXT NOT NULL, said_at TEXT NOT NULL, said_by BLOB, lot_id BLOB, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(said_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_referral_one_way_lot_id ON referral_one_way (lot_id)",
    "CREATE INDEX ix_referral_one_way_partner_id ON referral_one_way (partner_id)",
    "CREATE INDEX ix_referral_one_way_said_by ON referral_one_way (said_by)",
    "CREATE TABLE referral_visit ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, referral_id BLOB NOT NULL, on_day DATE NOT NULL, at TEXT NOT NULL, minutes INTEGER NOT NULL, place TEXT NOT NULL, is_off BOOLEAN NOT NULL, changes INTEGER NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(referral_id) REFERENCES referral (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_referral_visit_referral_id ON referral_visit (referral_id)",
    "CREATE TABLE referral_filed ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, referral_id BLOB NOT NULL, participant_id BLOB NOT NULL, what TEXT NOT NULL, printed_on DATE NOT NULL, printed_by BLOB NOT NULL, pages INTEGER NOT NULL, size INTEGER NOT NULL, blob TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(referral_id) REFERENCES referral (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(printed_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_referral_filed_participant_id ON referral_filed (participant_id)",
    "CREATE INDEX ix_referral_filed_printed_by ON referral_filed (printed_by)",
    "CREATE INDEX ix_referral_filed_referral_id ON referral_filed (referral_id)",
    "ALTER TABLE referral ADD COLUMN kind_of_help TEXT",
    "ALTER TABLE referral ADD COLUMN options_shown TEXT",
    "ALTER TABLE referral_standing ADD COLUMN sent_on TEXT",
    "CREATE INDEX ix_referral_standing_sent_on ON referral_standing (sent_on)",

    # programme: scales
    "CREATE TABLE programme_scale ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, again_after_days INTEGER NOT NULL, from_day DATE NOT NULL, to_day DATE, source TEXT, details JSON NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",

    # programme: how its network is tended
    "ALTER TABLE programme_contract ADD COLUMN cadence_days INTEGER",
    "ALTER TABLE programme_contract ADD COLUMN trust_scale JSON",

    # programme: how partners reach a member of the team
    "ALTER TABLE programme_member ADD COLUMN reach TEXT",

    # activity: evidence
    "CREATE TABLE activity_evidence ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, job_id BLOB, intervention_id BLOB, proves TEXT NOT NULL, obtained_on DATE NOT NULL, how TEXT NOT NULL, dated DATE, wording TEXT, note TEXT, file_name TEXT, media TEXT, size INTEGER, blob TEXT, digest TEXT, verified_by BLOB, verified_on DATE, refused_on DATE, refused_why TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(job_id) REFERENCES activity_job (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(intervention_id) REFERENCES activity_intervention (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(verified_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_evidence_coach_id ON activity_evidence (coach_id)",
    "CREATE INDEX ix_activity_evidence_intervention_id ON activity_evidence (intervention_id)",
    "CREATE INDEX ix_activity_evidence_job_id ON activity_evidence (job_id)",
    "CREATE INDEX ix_activity_evidence_obtained_on ON activity_evidence (obtained_on)",
    "CREATE INDEX ix_activity_evidence_participant_id ON activity_evidence (participant_id)",
    "CREATE INDEX ix_activity_evidence_verified_by ON activity_evidence (verified_by)",

    # activity
    "CREATE TABLE activity_candidate ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, vacancy_id BLOB, training_id BLOB, why TEXT, job_id BLOB, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(vacancy_id) REFERENCES partner_vacancy (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(training_id) REFERENCES partner_training (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(job_id) REFERENCES activity_job (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_candidate_job_id ON activity_candidate (job_id)",
    "CREATE INDEX ix_activity_candidate_participant_id ON activity_candidate (participant_id)",
    "CREATE INDEX ix_activity_candidate_training_id ON activity_candidate (training_id)",
    "CREATE INDEX ix_activity_candidate_vacancy_id ON activity_candidate (vacancy_id)",
    "CREATE TABLE activity_candidate_step ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, candidate_id BLOB NOT NULL, stage TEXT NOT NULL, on_day DATE NOT NULL, reason TEXT, is_name_sent BOOLEAN, entered_by BLOB NOT NULL, moved_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(candidate_id) REFERENCES activity_candidate (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(entered_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_candidate_step_candidate_id ON activity_candidate_step (candidate_id)",
    "CREATE INDEX ix_activity_candidate_step_entered_by ON activity_candidate_step (entered_by)",
    "CREATE TABLE activity_plan ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, need TEXT NOT NULL, said_on DATE NOT NULL, step TEXT, by_whom TEXT, due_on DATE, review_on DATE, state TEXT NOT NULL, taken_up_on DATE, settled_on DATE, reason TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_plan_coach_id ON activity_plan (coach_id)",
    "CREATE INDEX ix_activity_plan_participant_id ON activity_plan (participant_id)",
    "CREATE INDEX ix_activity_plan_review ON activity_plan (state, review_on)",
    "CREATE TABLE activity_training ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, course TEXT NOT NULL, provider TEXT, partner_id BLOB, from_day DATE NOT NULL, to_day DATE, qualification TEXT, outcome TEXT NOT NULL, note TEXT, plan_id BLOB, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(plan_id) REFERENCES activity_plan (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_training_coach_id ON activity_training (coach_id)",
    "CREATE INDEX ix_activity_training_participant_id ON activity_training (participant_id)",
    "CREATE INDEX ix_activity_training_partner_id ON activity_training (partner_id)",
    "CREATE INDEX ix_activity_training_plan_id ON activity_training (plan_id)",
    "CREATE TABLE activity_volunteering ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, role TEXT NOT NULL, place TEXT, partner_id BLOB, from_day DATE NOT NULL, to_day DATE, hours_a_week INTEGER, outcome TEXT NOT NULL, note TEXT, plan_id BLOB, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(plan_id) REFERENCES activity_plan (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_volunteering_coach_id ON activity_volunteering (coach_id)",
    "CREATE INDEX ix_activity_volunteering_participant_id ON activity_volunteering (participant_id)",
    "CREATE INDEX ix_activity_volunteering_partner_id ON activity_volunteering (partner_id)",
    "CREATE INDEX ix_activity_volunteering_plan_id ON activity_volunteering (plan_id)",
    "CREATE TABLE activity_reading ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, scale TEXT NOT NULL, read_on DATE NOT NULL, answers JSON NOT NULL, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_reading_coach_id ON activity_reading (coach_id)",
    "CREATE INDEX ix_activity_reading_day ON activity_reading (participant_id, scale, read_on)",
    "CREATE INDEX ix_activity_reading_participant_id ON activity_reading (participant_id)",
    "CREATE TABLE activity_job_change ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, job_id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, from_day DATE NOT NULL, hours_a_week INTEGER, pay_pence_an_hour INTEGER, contract TEXT, proof TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(job_id) REFERENCES activity_job (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_job_change_coach_id ON activity_job_change (coach_id)",
    "CREATE INDEX ix_activity_job_change_job_id ON activity_job_change (job_id)",
    "CREATE INDEX ix_activity_job_change_participant_id ON activity_job_change (participant_id)",
    "CREATE TABLE activity_job_break ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, job_id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, from_day DATE NOT NULL, to_day DATE, reason TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(job_id) REFERENCES activity_job (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_job_break_coach_id ON activity_job_break (coach_id)",
    "CREATE INDEX ix_activity_job_break_job_id ON activity_job_break (job_id)",
    "CREATE INDEX ix_activity_job_break_participant_id ON activity_job_break (participant_id)",
    "CREATE TABLE activity_earnings ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, job_id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, month INTEGER NOT NULL, pence INTEGER NOT NULL, proof TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(job_id) REFERENCES activity_job (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_earnings_coach_id ON activity_earnings (coach_id)",
    "CREATE INDEX ix_activity_earnings_job_id ON activity_earnings (job_id)",
    "CREATE INDEX ix_activity_earnings_month ON activity_earnings (participant_id, month)",
    "CREATE INDEX ix_activity_earnings_participant_id ON activity_earnings (participant_id)",
    "ALTER TABLE activity_job ADD COLUMN ended_on DATE",
    "ALTER TABLE activity_job ADD COLUMN end_reason TEXT",
    "ALTER TABLE activity_appointment ADD COLUMN replaces_id BLOB REFERENCES activity_appointment (id) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX ix_activity_appointment_replaces_id ON activity_appointment (replaces_id)",

    # activity: which version of the definition judged help
    "ALTER TABLE activity_intervention ADD COLUMN judged_by TEXT",
    "DROP INDEX ix_activity_intervention_help",
    "CREATE INDEX ix_activity_intervention_help ON activity_intervention (participant_id, happened_on, id, is_meaningful, mode, minutes, kind, judged_by)",

    # claim

    # claim: receipts, answers, choices, pay terms
    "ALTER TABLE claim ADD COLUMN receipt TEXT",
    "ALTER TABLE claim ADD COLUMN previous_receipt TEXT",
    "CREATE TABLE claim_answer ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, claim_id BLOB NOT NULL, line_id BLOB, participant_id BLOB, answer TEXT NOT NULL, reason TEXT, amount_pence INTEGER, answered_on DATE NOT NULL, chase_on DATE, source TEXT, recorded_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(claim_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(line_id) REFERENCES claim_line (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_claim_answer_claim_id ON claim_answer (claim_id)",
    "CREATE INDEX ix_claim_answer_line_id ON claim_answer (line_id)",
    "CREATE INDEX ix_claim_answer_participant_id ON claim_answer (participant_id)",
    "CREATE TABLE claim_choice ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, month INTEGER NOT NULL, coach_id BLOB, choice TEXT NOT NULL, reason TEXT NOT NULL, chosen_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_claim_choice_coach_id ON claim_choice (coach_id)",
    "CREATE INDEX ix_claim_choice_lot_id ON claim_choice (lot_id)",
    "CREATE TABLE claim_pay_term ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, days INTEGER NOT NULL, clause TEXT NOT NULL, from_day DATE NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
)


def upgrade() -> None:
    """Makes the new tables and adds the new columns."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
