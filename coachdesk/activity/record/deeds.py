"""Help, jobs, appointments, sign-offs and what is lent."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import SINGLE_WRITER, Kept, column


class Intervention(Kept):
    """One piece of help."""

    __tablename__ = "activity_intervention"
    # All that the ledger asks of a piece of help, in the order in which it counts: what it comes to is read from the index alone.
    __table_args__ = (Index("ix_activity_intervention_help", "participant_id", "happened_on", "id", "is_meaningful", "mode", "minutes",
                            "kind", "judged_by"),
                      Index("ix_activity_intervention_place", "place", "happened_on", "participant_id"))
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    happened_on: Mapped[date] = column(index=True, says="day")
    minutes: Mapped[int] = column(unit="minutes", says="how long")
    mode: Mapped[str] = column(says="face to face, phone, online or text")
    kind: Mapped[str] = column(says="kind of help")
    place: Mapped[str | None] = column(says="where")
    is_meaningful: Mapped[bool] = column(says="meaningful by the contract's definition")
    why: Mapped[str | None] = column(says="why it is, or why not")
    note: Mapped[str | None] = column(personal=True, says="note")
    changed_why: Mapped[str | None] = column(says="reason for a change after its month was sent")
    judged_by: Mapped[str | None] = column(says="version of the contract's definition by which it was judged")


class Job(Kept):
    """A job that a participant started."""

    __tablename__ = "activity_job"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    started_on: Mapped[date] = column(says="first day")
    employer: Mapped[str] = column(personal=True, says="employer")
    title: Mapped[str] = column(says="job title")
    hours_a_week: Mapped[int] = column(unit="hours", says="hours a week")
    pay_pence_an_hour: Mapped[int | None] = column(unit="pence", says="pay an hour")
    contract: Mapped[str | None] = column(says="kind of contract")
    proof: Mapped[str | None] = column(says="how it is known")
    changed_why: Mapped[str | None] = column(says="reason for a change after its month was sent")
    ended_on: Mapped[date | None] = column(says="last day")
    end_reason: Mapped[str | None] = column(says="why it ended")


class Appointment(Kept):
    """A meeting that was arranged, and what became of it."""

    __tablename__ = "activity_appointment"
    __table_args__ = (Index("ix_activity_appointment_outcome", "outcome", "participant_id", "due_on"),)
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    due_on: Mapped[date] = column(says="day")
    at: Mapped[str | None] = column(says="time, HH:MM")
    place: Mapped[str | None] = column(says="where")
    outcome: Mapped[str] = column(fresh=lambda: "booked", says="booked, attended, did not attend or cancelled")
    note: Mapped[str | None] = column(personal=True, says="note")
    replaces_id: Mapped[uuid.UUID | None] = column(to="activity_appointment", says="appointment that this one replaces")


class SignOff(Kept):
    """A coach's word that a month's activity in a lot is complete."""

    __tablename__ = "activity_sign_off"
    lot_id: Mapped[uuid.UUID] = column(SINGLE_WRITER, to="programme_lot", says="lot")
    coach_id: Mapped[uuid.UUID] = column(SINGLE_WRITER, to="programme_member", says="coach")
    month: Mapped[int] = column(SINGLE_WRITER, unit="month", says="month")
    interventions: Mapped[int] = column(SINGLE_WRITER, says="interventions at that time")
    jobs: Mapped[int] = column(SINGLE_WRITER, says="jobs at that time")
    signed_at: Mapped[datetime] = column(SINGLE_WRITER, says="when")


class Loan(Kept):
    """A laptop, telephone or data lent to somebody, and when it came back."""

    __tablename__ = "activity_loan"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    what: Mapped[str] = column(says="laptop, tablet, telephone, data or other")
    tag: Mapped[str | None] = column(says="number on the label")
    lent_on: Mapped[date] = column(says="lent on")
    due_back_on: Mapped[date | None] = column(says="due back on")
    returned_on: Mapped[date | None] = column(says="given back on")
    condition: Mapped[str | None] = column(says="how it came back")
