"""What happens in a job after its first day: other hours or pay, times away, what was earned in a month."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import Kept, column


class JobChange(Kept):
    """Other hours, other pay or another contract in the same job, from a day. What is empty stays as it was before."""

    __tablename__ = "activity_job_change"
    __sealed_by__ = "participant_id"
    job_id: Mapped[uuid.UUID] = column(to="activity_job", says="job")
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    from_day: Mapped[date] = column(says="from")
    hours_a_week: Mapped[int | None] = column(unit="hours", says="hours a week")
    pay_pence_an_hour: Mapped[int | None] = column(unit="pence", says="pay an hour")
    contract: Mapped[str | None] = column(says="kind of contract")
    proof: Mapped[str | None] = column(says="how it is known")
    changed_why: Mapped[str | None] = column(says="reason for a change after its month was sent")


class JobBreak(Kept):
    """A time away from a job that goes on: both days are days away; no last day: still away."""

    __tablename__ = "activity_job_break"
    __sealed_by__ = "participant_id"
    job_id: Mapped[uuid.UUID] = column(to="activity_job", says="job")
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    from_day: Mapped[date] = column(says="first day away")
    to_day: Mapped[date | None] = column(says="last day away")
    reason: Mapped[str | None] = column(personal=True, says="why")
    changed_why: Mapped[str | None] = column(says="reason for a change after its month was sent")


class Earnings(Kept):
    """What somebody earned in one month in one job, before tax, where it is known. The last one written for a month counts."""

    __tablename__ = "activity_earnings"
    __table_args__ = (Index("ix_activity_earnings_month", "participant_id", "month"),)
    __sealed_by__ = "participant_id"
    job_id: Mapped[uuid.UUID] = column(to="activity_job", says="job")
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    month: Mapped[int] = column(unit="month", says="month in which it was earned")
    pence: Mapped[int] = column(unit="pence", says="earned in the month, before tax")
    proof: Mapped[str | None] = column(says="how it is known")
    changed_why: Mapped[str | None] = column(says="reason for a change after its month was sent")
