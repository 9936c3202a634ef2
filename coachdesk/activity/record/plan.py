"""The action plan, what was taken up of it, and readings of how far somebody has come."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import Kept, column


class PlanItem(Kept):
    """One line of somebody's action plan. The need and what was taken up are two facts, each with its own day."""

    __tablename__ = "activity_plan"
    __table_args__ = (Index("ix_activity_plan_review", "state", "review_on"),)
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    position: Mapped[int] = column(fresh=1, says="place in the plan")
    kind: Mapped[str] = column(says="kind of help")
    need: Mapped[str] = column(personal=True, says="what is needed, in their words")
    said_on: Mapped[date] = column(says="said on")
    step: Mapped[str | None] = column(personal=True, says="what is done next")
    by_whom: Mapped[str | None] = column(says="who does it")
    due_on: Mapped[date | None] = column(says="by when")
    review_on: Mapped[date | None] = column(says="look at it again on")
    state: Mapped[str] = column(fresh="not yet", says="not yet, taken up, not taken up or done")
    taken_up_on: Mapped[date | None] = column(says="taken up on")
    settled_on: Mapped[date | None] = column(says="done, or declined, on")
    reason: Mapped[str | None] = column(personal=True, says="why it was not taken up")


class Training(Kept):
    """A course somebody goes to, and what came of it."""

    __tablename__ = "activity_training"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    course: Mapped[str] = column(says="course")
    provider: Mapped[str | None] = column(says="who gives it")
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="partner who gives it")
    from_day: Mapped[date] = column(says="first day")
    to_day: Mapped[date | None] = column(says="last day")
    qualification: Mapped[str | None] = column(says="qualification that it leads to")
    outcome: Mapped[str] = column(fresh="booked", says="booked, going on, completed, left early or did not start")
    note: Mapped[str | None] = column(personal=True, says="note")
    plan_id: Mapped[uuid.UUID | None] = column(to="activity_plan", says="line of the action plan")


class Volunteering(Kept):
    """A place where somebody volunteers: what was taken up. The need for it is a line of the action plan."""

    __tablename__ = "activity_volunteering"
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    role: Mapped[str] = column(says="what they do")
    place: Mapped[str | None] = column(says="where")
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="partner where they volunteer")
    from_day: Mapped[date] = column(says="first day")
    to_day: Mapped[date | None] = column(says="last day")
    hours_a_week: Mapped[int | None] = column(unit="hours", says="hours a week")
    outcome: Mapped[str] = column(fresh="booked", says="booked, going on, completed, left early or did not start")
    note: Mapped[str | None] = column(personal=True, says="note")
    plan_id: Mapped[uuid.UUID | None] = column(to="activity_plan", says="line of the action plan")


class Reading(Kept):
    """One reading of how far somebody has come, on the contract's scale: question to answer."""

    __tablename__ = "activity_reading"
    __table_args__ = (Index("ix_activity_reading_day", "participant_id", "scale", "read_on"),)
    __sealed_by__ = "participant_id"
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    scale: Mapped[str] = column(says="scale, as the contract names it")
    read_on: Mapped[date] = column(says="day")
    answers: Mapped[dict[str, Any]] = column(personal=True, fresh=dict, says="answers by question")
    note: Mapped[str | None] = column(personal=True, says="note")
