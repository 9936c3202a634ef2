"""People for a vacancy or a training, and every step of theirs."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import TRANSITION, Kept, column


class Candidate(Kept):
    """Somebody for a vacancy, or for a training: one of the two. Where it stands is folded from the steps, never stored."""

    __tablename__ = "activity_candidate"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    vacancy_id: Mapped[uuid.UUID | None] = column(to="partner_vacancy", says="vacancy")
    training_id: Mapped[uuid.UUID | None] = column(to="partner_training", says="training")
    why: Mapped[str | None] = column(personal=True, says="why they were found for it")
    job_id: Mapped[uuid.UUID | None] = column(to="activity_job", says="the job that came of it")


class CandidateStep(Kept):
    """One step of a candidate, as it was written down."""

    __tablename__ = "activity_candidate_step"
    candidate_id: Mapped[uuid.UUID] = column(TRANSITION, to="activity_candidate", says="candidate")
    stage: Mapped[str] = column(TRANSITION, says="stage after the step")
    on_day: Mapped[date] = column(TRANSITION, says="day")
    reason: Mapped[str | None] = column(TRANSITION, says="why, where it did not come to a job")
    is_name_sent: Mapped[bool | None] = column(TRANSITION, says="we sent their name to the employer")
    entered_by: Mapped[uuid.UUID] = column(TRANSITION, to="programme_member", says="who wrote it down")
    moved_at: Mapped[datetime] = column(TRANSITION, says="when it was written")
