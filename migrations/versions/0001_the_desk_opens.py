"""The first schema: every room of the first release, and the basement's log.

Frozen: later changes are later steps. Guard triggers are hung by the store after every upgrade.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    "CREATE TABLE desk ( name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name) )",
    "CREATE TABLE partner ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lots JSON NOT NULL, is_own_provision BOOLEAN NOT NULL, reply_days INTEGER NOT NULL, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE TABLE programme_body ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE TABLE programme_contract ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, contract TEXT NOT NULL, controller TEXT NOT NULL, processor TEXT NOT NULL, retention_years INTEGER NOT NULL, starts_on DATE NOT NULL, ends_on DATE, connections JSON NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE TABLE programme_lot ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, aliases JSON NOT NULL, district_code TEXT NOT NULL, district_name TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE TABLE programme_term ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL, version TEXT NOT NULL, clause TEXT NOT NULL, from_day DATE NOT NULL, to_day DATE, details JSON NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id) )",
    "CREATE TABLE seal ( id BLOB NOT NULL, \"key\" BLOB NOT NULL, PRIMARY KEY (id) ) WITHOUT ROWID",
    "CREATE TABLE txn ( n INTEGER NOT NULL, txn_id BLOB NOT NULL, dev BLOB NOT NULL, inc BLOB NOT NULL, last_seq INTEGER NOT NULL, ms INTEGER NOT NULL, counter INTEGER NOT NULL, actor BLOB NOT NULL, reason TEXT NOT NULL, undoes BLOB, lasting INTEGER NOT NULL, space BLOB NOT NULL, schema INTEGER NOT NULL, min_reader INTEGER NOT NULL, seen_at TEXT NOT NULL, PRIMARY KEY (n), UNIQUE (txn_id) )",
    "CREATE TABLE version ( entity_id BLOB NOT NULL, entity TEXT NOT NULL, stamps TEXT NOT NULL, PRIMARY KEY (entity_id) ) WITHOUT ROWID",
    "CREATE TABLE claim ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, month INTEGER NOT NULL, number INTEGER NOT NULL, previous_id BLOB, status TEXT NOT NULL, drafted_at TEXT NOT NULL, sent_on DATE, paid_on DATE, paid_pence INTEGER, actual_pence INTEGER NOT NULL, payable_pence INTEGER NOT NULL, floor JSON, unpaid JSON NOT NULL, basis JSON NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(previous_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_claim_lot_id ON claim (lot_id)",
    "CREATE INDEX ix_claim_month ON claim (month)",
    "CREATE INDEX ix_claim_previous_id ON claim (previous_id)",
    "CREATE TABLE op ( op_id BLOB NOT NULL, txn INTEGER NOT NULL, seq INTEGER NOT NULL, ms INTEGER NOT NULL, counter INTEGER NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL, entity_id BLOB NOT NULL, seal_id BLOB, head TEXT NOT NULL, sealed BLOB, payload_hash BLOB, PRIMARY KEY (op_id), FOREIGN KEY(txn) REFERENCES txn (n) DEFERRABLE INITIALLY DEFERRED ) WITHOUT ROWID",
    "CREATE INDEX ix_op_entity_id ON op (entity_id)",
    "CREATE INDEX ix_op_txn ON op (txn)",
    "CREATE TABLE partner_contact ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB NOT NULL, name TEXT NOT NULL, role TEXT, phone TEXT, email TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_contact_partner_id ON partner_contact (partner_id)",
    "CREATE TABLE partner_venue ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, partner_id BLOB, lot_id BLOB NOT NULL, name TEXT NOT NULL, postcode TEXT, address TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_partner_venue_lot_id ON partner_venue (lot_id)",
    "CREATE INDEX ix_partner_venue_partner_id ON partner_venue (partner_id)",
    "CREATE TABLE programme_inclusion ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, postcode TEXT NOT NULL, reason TEXT NOT NULL, from_day DATE, to_day DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_programme_inclusion_lot_id ON programme_inclusion (lot_id)",
    "CREATE TABLE programme_member ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, body_id BLOB, lots JSON NOT NULL, from_day DATE NOT NULL, to_day DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(body_id) REFERENCES programme_body (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_programme_member_body_id ON programme_member (body_id)",
    "CREATE TABLE programme_pair ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, ward_code TEXT NOT NULL, ward_name TEXT NOT NULL, edition TEXT NOT NULL, from_day DATE NOT NULL, to_day DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_programme_pair_lot_id ON programme_pair (lot_id)",
    "CREATE TABLE programme_tenure ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, body_id BLOB NOT NULL, role TEXT NOT NULL, from_day DATE NOT NULL, to_day DATE, duties JSON NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(body_id) REFERENCES programme_body (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_programme_tenure_body_id ON programme_tenure (body_id)",
    "CREATE INDEX ix_programme_tenure_lot_id ON programme_tenure (lot_id)",
    "CREATE TABLE activity_sign_off ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, lot_id BLOB NOT NULL, coach_id BLOB NOT NULL, month INTEGER NOT NULL, interventions INTEGER NOT NULL, jobs INTEGER NOT NULL, signed_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_sign_off_coach_id ON activity_sign_off (coach_id)",
    "CREATE INDEX ix_activity_sign_off_lot_id ON activity_sign_off (lot_id)",
    "CREATE TABLE outreach_session ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, venue_id BLOB NOT NULL, lot_id BLOB NOT NULL, coach_id BLOB NOT NULL, joint_partner_id BLOB, kind TEXT NOT NULL, held_on DATE NOT NULL, starts_at TEXT, ends_at TEXT, headcount INTEGER, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(venue_id) REFERENCES partner_venue (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(joint_partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_outreach_session_coach_id ON outreach_session (coach_id)",
    "CREATE INDEX ix_outreach_session_held_on ON outreach_session (held_on)",
    "CREATE INDEX ix_outreach_session_joint_partner_id ON outreach_session (joint_partner_id)",
    "CREATE INDEX ix_outreach_session_lot_id ON outreach_session (lot_id)",
    "CREATE INDEX ix_outreach_session_venue_id ON outreach_session (venue_id)",
    "CREATE TABLE participant ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, seal_id BLOB NOT NULL, reference TEXT NOT NULL, lot_id BLOB NOT NULL, coach_id BLOB NOT NULL, registered_on DATE NOT NULL, name TEXT NOT NULL, born_on DATE, ni_number TEXT, is_sample BOOLEAN NOT NULL, postcode TEXT, situation TEXT NOT NULL, phone TEXT, email TEXT, preferred_contact TEXT, is_safe_to_call BOOLEAN, is_safe_to_leave_message BOOLEAN, heard_through TEXT, weeks_out_of_work INTEGER, benefit TEXT, hours_a_week INTEGER, pay_pence_an_hour INTEGER, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_coach_id ON participant (coach_id)",
    "CREATE INDEX ix_participant_lot_id ON participant (lot_id)",
    "CREATE TABLE activity_appointment ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, due_on DATE NOT NULL, at TEXT, place TEXT, outcome TEXT NOT NULL, note TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_appointment_coach_id ON activity_appointment (coach_id)",
    "CREATE INDEX ix_activity_appointment_participant_id ON activity_appointment (participant_id)",
    "CREATE TABLE activity_intervention ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, happened_on DATE NOT NULL, minutes INTEGER NOT NULL, mode TEXT NOT NULL, kind TEXT NOT NULL, place TEXT, is_meaningful BOOLEAN NOT NULL, why TEXT, note TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_intervention_coach_id ON activity_intervention (coach_id)",
    "CREATE INDEX ix_activity_intervention_happened_on ON activity_intervention (happened_on)",
    "CREATE INDEX ix_activity_intervention_participant_id ON activity_intervention (participant_id)",
    "CREATE TABLE activity_job ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, started_on DATE NOT NULL, employer TEXT NOT NULL, title TEXT NOT NULL, hours_a_week INTEGER NOT NULL, pay_pence_an_hour INTEGER, contract TEXT, proof TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_job_coach_id ON activity_job (coach_id)",
    "CREATE INDEX ix_activity_job_participant_id ON activity_job (participant_id)",
    "CREATE TABLE claim_line ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, claim_id BLOB NOT NULL, claimable TEXT NOT NULL, milestone TEXT NOT NULL, title TEXT NOT NULL, subject TEXT NOT NULL, participant_id BLOB, earned_month INTEGER NOT NULL, amount_pence INTEGER NOT NULL, value_pence INTEGER NOT NULL, taken_pence INTEGER NOT NULL, deeds JSON NOT NULL, rule TEXT NOT NULL, clause TEXT NOT NULL, arithmetic TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(claim_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_claim_line_claim_id ON claim_line (claim_id)",
    "CREATE INDEX ix_claim_line_claimable ON claim_line (claimable)",
    "CREATE INDEX ix_claim_line_participant_id ON claim_line (participant_id)",
    "CREATE TABLE outreach_contact ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, session_id BLOB NOT NULL, name TEXT NOT NULL, phone TEXT, postcode TEXT, topics JSON NOT NULL, note TEXT, follow_up_on DATE, followed_up_on DATE, met_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(session_id) REFERENCES outreach_session (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_outreach_contact_session_id ON outreach_contact (session_id)",
    "CREATE TABLE outreach_tally ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, session_id BLOB NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL, topics TEXT NOT NULL, made_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(session_id) REFERENCES outreach_session (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_outreach_tally_session_id ON outreach_tally (session_id)",
    "CREATE TABLE participant_consent ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, matter TEXT NOT NULL, answer TEXT NOT NULL, said_on DATE NOT NULL, how TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_consent_participant_id ON participant_consent (participant_id)",
    "CREATE TABLE participant_follow_up ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, due_on DATE NOT NULL, what TEXT NOT NULL, done_on DATE, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_follow_up_coach_id ON participant_follow_up (coach_id)",
    "CREATE INDEX ix_participant_follow_up_participant_id ON participant_follow_up (participant_id)",
    "CREATE TABLE participant_notice ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, version TEXT NOT NULL, given_on DATE NOT NULL, how TEXT NOT NULL, language TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_notice_participant_id ON participant_notice (participant_id)",
    "CREATE TABLE participant_verdict ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, lot_id BLOB NOT NULL, verdict TEXT NOT NULL, postcode TEXT, ward_code TEXT, ward_name TEXT, edition TEXT, method TEXT NOT NULL, decided_on DATE NOT NULL, decided_at TEXT NOT NULL, decided_by BLOB NOT NULL, reason TEXT, sentence TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(decided_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_verdict_decided_by ON participant_verdict (decided_by)",
    "CREATE INDEX ix_participant_verdict_lot_id ON participant_verdict (lot_id)",
    "CREATE INDEX ix_participant_verdict_participant_id ON participant_verdict (participant_id)",
    "CREATE TABLE referral ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, direction TEXT NOT NULL, partner_id BLOB NOT NULL, lot_id BLOB NOT NULL, coach_id BLOB NOT NULL, participant_id BLOB, person_name TEXT, person_phone TEXT, need TEXT NOT NULL, made_on DATE NOT NULL, reply_due_on DATE NOT NULL, own_provision_reason TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(lot_id) REFERENCES programme_lot (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_referral_coach_id ON referral (coach_id)",
    "CREATE INDEX ix_referral_lot_id ON referral (lot_id)",
    "CREATE INDEX ix_referral_participant_id ON referral (participant_id)",
    "CREATE INDEX ix_referral_partner_id ON referral (partner_id)",
    "CREATE TABLE participant_met_at ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, contact_id BLOB NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(contact_id) REFERENCES outreach_contact (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_participant_met_at_contact_id ON participant_met_at (contact_id)",
    "CREATE INDEX ix_participant_met_at_participant_id ON participant_met_at (participant_id)",
    "CREATE TABLE referral_step ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, referral_id BLOB NOT NULL, status TEXT NOT NULL, on_day DATE NOT NULL, said_by TEXT, was_helped BOOLEAN, reason TEXT, moved_at TEXT NOT NULL, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(referral_id) REFERENCES referral (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_referral_step_referral_id ON referral_step (referral_id)",
    "create view op_row as select op.op_id, txn.dev, txn.inc, op.seq, printf('%012x.%04x.', op.ms, op.counter) || lower(hex(op.op_id)) as stamp, txn.txn_id, txn.actor, txn.reason, op.kind, op.entity, op.entity_id, coalesce(op.seal_id, op.entity_id) as seal_id, op.head, op.sealed, op.payload_hash, txn.space, txn.schema, txn.min_reader, txn.seen_at from op join txn on txn.n = op.txn",
)


def upgrade() -> None:
    """Makes every table of an empty store."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
