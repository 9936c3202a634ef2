"""What the outreach room keeps."""

from __future__ import annotations

import uuid
from datetime import date, datetime

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


class Contact(Kept):
    """A named person met at a session: one line, and when to follow up. Has its own small key, which a participant later adopts."""

    __tablename__ = "outreach_contact"
    session_id: Mapped[uuid.UUID] = column(to="outreach_session", says="session")
    name: Mapped[str] = column(personal=True, indexed=True, says="full name")
    phone: Mapped[str | None] = column(personal=True, indexed=True, says="telephone")
    postcode: Mapped[str | None] = column(personal=True, says="postcode")
    topics: Mapped[list[str]] = column(SET, fresh=list, says="what it was about")
    note: Mapped[str | None] = column(personal=True, says="note")
    follow_up_on: Mapped[date | None] = column(says="follow up on")
    followed_up_on: Mapped[date | None] = column(says="followed up on")
    met_at: Mapped[datetime] = column(says="when the line was written")


class Tally(Kept):
    """One anonymous contact, or one pile of leaflets: a row each, never a counter. A correction is a row with a negative count."""

    __tablename__ = "outreach_tally"
    session_id: Mapped[uuid.UUID] = column(TALLY, to="outreach_session", says="session")
    what: Mapped[str] = column(TALLY, says="contact, leaflet or turned away")
    count: Mapped[int] = column(TALLY, unit="people or leaflets", says="how many")
    topics: Mapped[str] = column(TALLY, fresh=lambda: "", says="topics, divided by semicolons")
    made_at: Mapped[datetime] = column(TALLY, says="when")
