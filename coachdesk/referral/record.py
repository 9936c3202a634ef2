"""What the referral room keeps. The state is folded from appended steps, never stored."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import TRANSITION, Kept, column


class Referral(Kept):
    """A person sent to a partner, or by one. A stranger sent to us stands here by name until registered."""

    __tablename__ = "referral"
    __sealed_by__ = "participant_id"
    direction: Mapped[str] = column(says="out or in")
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="partner")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    participant_id: Mapped[uuid.UUID | None] = column(to="participant", says="participant")
    person_name: Mapped[str | None] = column(personal=True, indexed=True, says="name of a person not registered yet")
    person_phone: Mapped[str | None] = column(personal=True, says="their telephone")
    need: Mapped[str] = column(personal=True, says="what help is asked for")
    made_on: Mapped[date] = column(says="made on")
    reply_due_on: Mapped[date] = column(says="reply expected by")
    own_provision_reason: Mapped[str | None] = column(says="why it stays with the lead provider")
    return_condition: Mapped[str | None] = column(personal=True, says="what must hold before the person comes back to us")
    reply_code: Mapped[str | None] = column(indexed=True, says="short code by which the partner answers")


class Step(Kept):
    """One move of a referral, as it was said."""

    __tablename__ = "referral_step"
    referral_id: Mapped[uuid.UUID] = column(TRANSITION, to="referral", says="referral")
    status: Mapped[str] = column(TRANSITION, says="state after the move")
    on_day: Mapped[date] = column(TRANSITION, says="day")
    said_by: Mapped[str | None] = column(TRANSITION, says="client, provider or not eligible, where declined")
    was_helped: Mapped[bool | None] = column(TRANSITION, says="whether it helped, where completed")
    reason: Mapped[str | None] = column(TRANSITION, says="why")
    moved_at: Mapped[datetime] = column(TRANSITION, says="when it was written")
    condition: Mapped[str | None] = column(TRANSITION, personal=True, says="what must hold first, where parked")
    review_on: Mapped[date | None] = column(TRANSITION, says="day to look again, where parked")
    told_by: Mapped[str | None] = column(TRANSITION, says="how the partner's word came: telephone, paper, e-mail or in person")
    entered_by: Mapped[uuid.UUID | None] = column(TRANSITION, to="programme_member", says="who wrote it down")
