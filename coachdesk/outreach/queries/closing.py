"""Places as outreach uses them, and what the closing of one touches: sessions, series, people met there, joint hosts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.queries.contacts import ContactRow, contacts, is_open
from coachdesk.outreach.queries.series import SeriesRow, series
from coachdesk.outreach.queries.sessions import SessionRow, sessions, was_held
from coachdesk.outreach.record import Contact, Host
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import PLANNED
from coachdesk.partner import queries as partner_queries
from coachdesk.store.session import today

YEAR_DAYS = 365           # what happened longer ago says little of who is to be told
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class UsedVenueRow:
    """A place as outreach uses it. sessions: held within a year; planned: still to come; follow_ups: people met there who wait."""

    id: UUID
    venue: str
    partner_id: UUID | None
    partner: str | None
    lot_id: UUID
    lot: str
    is_own_premises: bool
    status: str
    status_from: date | None
    reason: str | None
    review_on: date | None
    risk_assessed_on: date | None
    sessions: int
    planned: int
    last_on: date | None
    follow_ups: int


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """What outreach has at a place from a day on. partners: joint hosts of sessions held there within a year or still to come."""

    id: UUID
    venue: str
    from_day: date
    sessions: tuple[SessionRow, ...]
    series: tuple[SeriesRow, ...]
    waiting: tuple[ContactRow, ...]
    partners: tuple[UUID, ...]


def used_venues(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[UsedVenueRow]:
    """Places that are not open first, then by name, each with what outreach does there."""
    one, day = OutreachSession, today(session)
    held = sa.case((sa.and_(was_held(), one.held_on > day - timedelta(days=YEAR_DAYS), one.held_on <= day), 1))
    coming = sa.case((sa.and_(one.status == PLANNED, one.held_on >= day), 1))
    last = sa.func.max(sa.case((sa.and_(was_held(), one.held_on <= day), one.held_on)))
    counts = {row[0]: row for row in session.execute(
        sa.select(one.venue_id, sa.func.count(held), sa.func.count(coming), last).group_by(one.venue_id))}
    waiting: dict[UUID, int] = dict(session.execute(
        sa.select(one.venue_id, sa.func.count()).join(Contact, Contact.session_id == one.id).where(is_open()).group_by(one.venue_id)).all())
    rows = []
    for row in partner_queries.venues(session, lot=lot):
        _known, sessions_, planned, last_on = counts.get(row.id, (row.id, 0, 0, None))
        rows.append(UsedVenueRow(row.id, row.name, row.partner_id, row.partner, row.lot_id, row.lot, row.is_own_premises, row.status,
                                 row.status_from, row.reason, row.review_on, row.risk_assessed_on, sessions_, planned,
                                 date.fromisoformat(last_on) if isinstance(last_on, str) else last_on, waiting.get(row.id, 0)))
    return sorted(rows, key=lambda row: row.status == "open")[:limit]


def closing(session: Session, venue: UUID, *, from_day: date) -> ClosingRow | None:
    """What is at a place from a day on; None when there is no such place."""
    place = next(iter(partner_queries.venues(session, id=venue)), None)
    if place is None:
        return None
    one = OutreachSession
    coming = sessions(session, venue=venue, since=from_day, status=PLANNED)[::-1]
    running = [row for row in series(session, lot=None) if row.venue_id == venue and row.ended_why is None
               and (row.to_day is None or row.to_day >= from_day)]
    ids = list(session.execute(sa.select(Contact.id).join(one, one.id == Contact.session_id).where(one.venue_id == venue, is_open())
                               .order_by(Contact.follow_up_on, Contact.id).limit(MOST_PEOPLE)).scalars())
    there = sa.and_(one.venue_id == venue, one.held_on >= from_day - timedelta(days=YEAR_DAYS), sa.or_(was_held(), one.status == PLANNED))
    hosts = [*session.execute(sa.select(one.joint_partner_id).where(there, one.joint_partner_id.is_not(None)).distinct()).scalars(),
             *session.execute(sa.select(Host.partner_id).join(one, one.id == Host.session_id).where(there).distinct()).scalars()]
    partners = tuple(dict.fromkeys(each for each in [place.partner_id, *hosts] if each is not None))
    return ClosingRow(place.id, place.name, from_day, tuple(coming), tuple(running), tuple(contacts(session, ids=ids)), partners)
