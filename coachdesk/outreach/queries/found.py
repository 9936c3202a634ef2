"""What is found of outreach by typing: people who were met, and sessions (store.search)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from coachdesk.clock import day_text
from coachdesk.outreach.record import Contact, Session
from coachdesk.outreach.rules import CANCELLED, PLANNED
from coachdesk.partner.record import Venue
from coachdesk.partner.rules import folded
from coachdesk.store import search
from coachdesk.store.search import Entry, Leaning, Source

CONTACT, SESSION = "outreach.contact", "outreach.session"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _contact(known: bytes, name: str, phone: str | None, postcode: str | None, held_on: str, venue: str) -> Entry:
    on = date.fromisoformat(held_on)
    return Entry(known, name, f"met on {day_text(on)} at {venue}", search.words_of(name, folded), (phone, postcode), day=on)


def _session(known: bytes, venue: str, kind: str, held_on: str, status: str | None) -> Entry:
    on = date.fromisoformat(held_on)
    day = f"{folded(day_text(on))} {on.day:02} {on.month} {on.month:02} {_WEEKDAYS[on.weekday()]}"
    detail = " · ".join(part for part in (day_text(on), status if status in (PLANNED, CANCELLED) else "") if part)
    return Entry(known, f"{venue}, {kind}", detail, f"{search.words_of(venue, folded)} {folded(kind)} {day}", day=on)


def _contacts_at(connection: sa.Connection, sessions: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(Contact.id).where(Contact.session_id.in_(sessions))).scalars().all()


def _contacts_met_at(connection: sa.Connection, venues: Sequence[UUID]) -> Iterable[UUID]:
    return _contacts_at(connection, list(_sessions_at(connection, venues)))


def _sessions_at(connection: sa.Connection, venues: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(Session.id).where(Session.venue_id.in_(venues))).scalars().all()


search.register(
    Source(
        CONTACT,
        1,
        Contact,
        frozenset(("name", "phone", "postcode", "session_id")),
        sa.select(Contact.id, Contact.name, Contact.phone, Contact.postcode, Session.held_on, Venue.name)
        .join(Session, Session.id == Contact.session_id)
        .join(Venue, Venue.id == Session.venue_id),
        _contact,
        is_by_day=True,
        leans=(
            Leaning(Session, frozenset(("held_on", "venue_id")), _contacts_at),
            Leaning(Venue, frozenset(("name",)), _contacts_met_at),
        ),
    )
)
search.register(
    Source(
        SESSION,
        6,
        Session,
        frozenset(("venue_id", "kind", "held_on", "status")),
        sa.select(Session.id, Venue.name, Session.kind, Session.held_on, Session.status).join(Venue, Venue.id == Session.venue_id),
        _session,
        is_by_day=True,
        leans=(Leaning(Venue, frozenset(("name",)), _sessions_at),),
    )
)
