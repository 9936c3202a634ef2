"""What the outreach room keeps."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import SET, TALLY, Kept, column


class Session(Kept):
    """One outreach session at a venue. Its note is free text and has its own seal."""

    __tablename__ = "outreach_session"
    venue_id: Mapped[uuid.UUID] = column(to="partner_venue", says="venue")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    joint_partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="joint host")
    kind: Mapped[str] = column(says="kind of session")
    held_on: Mapped[date] = column(index=True, says="day")
    starts_at: Mapped[str | None] = column(says="time it starts, HH:MM")
    ends_at: Mapped[str | None] = column(says="time it ends, HH:MM")
    headcount: Mapped[int | None] = column(unit="people", says="people in the room")
    note: Mapped[str | None] = column(personal=True, says="note")
    series_id: Mapped[uuid.UUID | None] = column(to="outreach_series", says="series that it belongs to")
    covered_by_id: Mapped[uuid.UUID | None] = column(to="programme_member", says="who covers for the coach")
    status: Mapped[str | None] = column(says="planned, held or cancelled; held when not said")
    cancelled_why: Mapped[str | None] = column(says="why it was cancelled")
    register_rows: Mapped[int | None] = column(unit="rows", says="numbered rows printed on its paper register")


class Series(Kept):
    """Sessions that come back: the same place, weekday and time, every so many weeks. Each session is a row of its own."""

    __tablename__ = "outreach_series"
    venue_id: Mapped[uuid.UUID] = column(to="partner_venue", says="venue")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    coach_id: Mapped[uuid.UUID] = column(to="programme_member", says="coach")
    kind: Mapped[str] = column(says="kind of session")
    every_weeks: Mapped[int] = column(unit="weeks", says="how often")
    from_day: Mapped[date] = column(says="first day")
    to_day: Mapped[date | None] = column(says="last day")
    starts_at: Mapped[str | None] = column(says="time it starts, HH:MM")
    ends_at: Mapped[str | None] = column(says="time it ends, HH:MM")
    ended_why: Mapped[str | None] = column(says="why it ended")


class Host(Kept):
    """A further partner that holds a session together with us, beside the first one."""

    __tablename__ = "outreach_host"
    session_id: Mapped[uuid.UUID] = column(to="outreach_session", says="session")
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="joint host")


class Contact(Kept):
    """A named person met at a session: one line, and when to follow up. Has its own small key, which a participant later adopts."""

    __tablename__ = "outreach_contact"
    __table_args__ = (Index("ix_outreach_contact_waiting", "followed_up_on", "follow_up_on"),
                      Index("ix_outreach_contact_met_at", "met_at", "id"))
    session_id: Mapped[uuid.UUID] = column(to="outreach_session", says="session")
    name: Mapped[str] = column(personal=True, indexed=True, says="full name")
    phone: Mapped[str | None] = column(personal=True, indexed=True, says="telephone")
    postcode: Mapped[str | None] = column(personal=True, says="postcode")
    topics: Mapped[list[str]] = column(SET, fresh=list, says="what it was about")
    note: Mapped[str | None] = column(personal=True, says="note")
    follow_up_on: Mapped[date | None] = column(says="follow up on")
    followed_up_on: Mapped[date | None] = column(says="followed up on")
    met_at: Mapped[datetime] = column(says="when the line was written")
    register_number: Mapped[int | None] = column(says="number of the row on the paper register")
    follow_up_by_id: Mapped[uuid.UUID | None] = column(to="programme_member", says="who follows up, if not the session's coach")


class Tally(Kept):
    """One anonymous contact, or one pile of leaflets: a row each, never a counter. A correction is a row with a negative count."""

    __tablename__ = "outreach_tally"
    session_id: Mapped[uuid.UUID | None] = column(TALLY, to="outreach_session", says="session")
    what: Mapped[str] = column(TALLY, says="contact, leaflet, turned away or blank row")
    count: Mapped[int] = column(TALLY, unit="people or leaflets", says="how many")
    topics: Mapped[str] = column(TALLY, fresh=lambda: "", says="topics, divided by semicolons")
    made_at: Mapped[datetime] = column(TALLY, says="when")
    lot_id: Mapped[uuid.UUID | None] = column(TALLY, to="programme_lot", says="lot, where there was no session")
    venue_id: Mapped[uuid.UUID | None] = column(TALLY, to="partner_venue", says="venue, where there was no session")
    on_day: Mapped[date | None] = column(TALLY, says="day, where there was no session")
    ward_code: Mapped[str | None] = column(TALLY, says="ward code of somebody turned away")
    ward_name: Mapped[str | None] = column(TALLY, says="ward of somebody turned away")
    need: Mapped[str | None] = column(TALLY, says="what somebody turned away needed")
    register_number: Mapped[int | None] = column(TALLY, says="number of a row on the paper register that stayed blank")
