"""What the partner room keeps."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, SET, Kept, column


class Partner(Kept):
    """An organisation that the programme works with."""

    __tablename__ = "partner"
    name: Mapped[str] = column(indexed=True, says="name of the organisation")
    kind: Mapped[str] = column(says="kind of organisation")
    lots: Mapped[list[str]] = column(SET, fresh=list, says="names of the lots it works in")
    is_own_provision: Mapped[bool] = column(fresh=lambda: False, says="belongs to the lead provider itself")
    reply_days: Mapped[int] = column(fresh=lambda: 14, unit="days", says="days within which a reply is expected")
    note: Mapped[str | None] = column(says="note")


class Venue(Kept):
    """A place where people are met."""

    __tablename__ = "partner_venue"
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="whose place it is")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    name: Mapped[str] = column(indexed=True, says="name of the place")
    postcode: Mapped[str | None] = column(says="postcode")
    address: Mapped[str | None] = column(says="address")
    is_own_premises: Mapped[bool | None] = column(says="the partner's own building: it may open again first")


class PartnerContact(Kept):
    """A person at a partner."""

    __tablename__ = "partner_contact"
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="organisation")
    name: Mapped[str] = column(personal=True, indexed=True, says="full name")
    role: Mapped[str | None] = column(says="role")
    phone: Mapped[str | None] = column(personal=True, says="telephone")
    email: Mapped[str | None] = column(personal=True, says="e-mail")


class VenueStatus(Kept):
    """Whether a venue was open from a day on, and why. The latest day's row counts; none means open."""

    __tablename__ = "partner_venue_status"
    venue_id: Mapped[uuid.UUID] = column(NOTE, to="partner_venue", says="venue")
    status: Mapped[str] = column(NOTE, says="open, restricted or closed")
    from_day: Mapped[date] = column(NOTE, says="from")
    reason: Mapped[str | None] = column(NOTE, says="why")
    review_on: Mapped[date | None] = column(NOTE, says="look at it again on")
    risk_assessed_on: Mapped[date | None] = column(NOTE, says="risk assessment done on")
    said_at: Mapped[datetime] = column(NOTE, says="when it was written")
    said_by: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="who wrote it")
    review_by_id: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="who looks at it again, if not who wrote it")
