"""A network that is tended, and claims by terms as data. Frozen once released."""

from __future__ import annotations

from alembic import op

revision, down_revision = "0004", "0003"

STATEMENTS: tuple[str, ...] = (
    # partner: upkeep, connectors, trust

    # partner: capability, council support, employers

    # referral

    # activity: evidence
    "CREATE TABLE activity_evidence ( \"row\" INTEGER NOT NULL, id BLOB NOT NULL, participant_id BLOB NOT NULL, coach_id BLOB NOT NULL, job_id BLOB, intervention_id BLOB, proves TEXT NOT NULL, obtained_on DATE NOT NULL, how TEXT NOT NULL, dated DATE, wording TEXT, note TEXT, file_name TEXT, media TEXT, size INTEGER, blob TEXT, digest TEXT, verified_by BLOB, verified_on DATE, refused_on DATE, refused_why TEXT, changed_why TEXT, PRIMARY KEY (\"row\"), UNIQUE (id), FOREIGN KEY(participant_id) REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(coach_id) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(job_id) REFERENCES activity_job (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(intervention_id) REFERENCES activity_intervention (id) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY(verified_by) REFERENCES programme_member (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_activity_evidence_coach_id ON activity_evidence (coach_id)",
    "CREATE INDEX ix_activity_evidence_intervention_id ON activity_evidence (intervention_id)",
    "CREATE INDEX ix_activity_evidence_job_id ON activity_evidence (job_id)",
    "CREATE INDEX ix_activity_evidence_obtained_on ON activity_evidence (obtained_on)",
    "CREATE INDEX ix_activity_evidence_participant_id ON activity_evidence (participant_id)",
    "CREATE INDEX ix_activity_evidence_verified_by ON activity_evidence (verified_by)",

    # activity

    # claim

)


def upgrade() -> None:
    """Makes the new tables and adds the new columns."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
