"""What the referral room keeps. The state is folded from appended steps, never stored."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, TRANSITION, Kept, column


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
    kind_of_help: Mapped[str | None] = column(says="kind of support")
    options_shown: Mapped[str | None] = column(says="outside options that were shown before it went to the provider's own (JSON)")


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
    condition: Mapped[str | None] = column(TRANSITION, personal=True,
                                           says="what must hold first, where parked; what holds now, where ready to return")
    review_on: Mapped[date | None] = column(TRANSITION, says="day to look again, where parked")
    told_by: Mapped[str | None] = column(TRANSITION, says="how the partner's word came: telephone, paper, e-mail or in person")
    entered_by: Mapped[uuid.UUID | None] = column(TRANSITION, to="programme_member", says="who wrote it down")


class OneWay(Kept):
    """What will be done about traffic that goes one way. It counts for what was known then: a further month asks anew."""

    __tablename__ = "referral_one_way"
    partner_id: Mapped[uuid.UUID] = column(NOTE, to="partner", says="partner")
    way: Mapped[str] = column(NOTE, says="which way it went")
    until_month: Mapped[int] = column(NOTE, unit="month", says="the last whole month that was known")
    what: Mapped[str] = column(NOTE, says="what will be done about it")
    said_at: Mapped[datetime] = column(NOTE, says="when it was written")
    said_by: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="who wrote it")
    lot_id: Mapped[uuid.UUID | None] = column(NOTE, to="programme_lot", says="lot, where it speaks of one only")


class Visit(Kept):
    """An appointment of somebody at the partner to whom they were sent. changes: how often it was moved or called off."""

    __tablename__ = "referral_visit"
    referral_id: Mapped[uuid.UUID] = column(to="referral", says="referral")
    on_day: Mapped[date] = column(says="day")
    at: Mapped[str] = column(says="time")
    minutes: Mapped[int] = column(fresh=lambda: 60, unit="minutes", says="how long")
    place: Mapped[str] = column(says="place")
    is_off: Mapped[bool] = column(fresh=lambda: False, says="called off")
    changes: Mapped[int] = column(fresh=lambda: 0, unit="changes", says="how often it was moved or called off")


class Filed(Kept):
    """A sheet as it went out: printed or saved, on which day, by whom; the pages stand in store.blobs."""

    __tablename__ = "referral_filed"
    __sealed_by__ = "participant_id"
    referral_id: Mapped[uuid.UUID] = column(to="referral", says="referral")
    participant_id: Mapped[uuid.UUID] = column(to="participant", says="participant")
    what: Mapped[str] = column(says="what it is")
    printed_on: Mapped[date] = column(says="printed or saved on")
    printed_by: Mapped[uuid.UUID] = column(to="programme_member", says="who printed it")
    pages: Mapped[int] = column(unit="pages", says="number of pages")
    size: Mapped[int] = column(unit="bytes", says="size of the file")
    blob: Mapped[str] = column(file=True, says="how the store knows the file")
    digest: Mapped[str] = column(personal=True, says="SHA-256 of what is in the file")
