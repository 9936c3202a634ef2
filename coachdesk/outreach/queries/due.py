"""What is to be done in outreach: follow-ups, sessions, registers not keyed yet, series that run out, places and ends to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.queries.contacts import is_open
from coachdesk.outreach.queries.register import still_to_key
from coachdesk.outreach.queries.sessions import was_held
from coachdesk.outreach.record import Contact, Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import PLANNED, SHORT_WEEKS, still_words
from coachdesk.partner.queries import ends, latest_status
from coachdesk.partner.record import Venue, VenueStatus
from coachdesk.programme.record import Lot

REGISTER_DAYS = 92        # after that an unkeyed register stands in the list of sessions, and no longer in Today


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something to do by a day, in any room. kind and id say which record; about: the person's record to open, where it is another."""

    id: UUID
    kind: str
    due_on: date
    what: str
    who: str
    coach_id: UUID
    lot: str
    about: UUID | None = None
    lots: tuple[str, ...] = ()      # where it stands in several

    def is_in(self, lot: str | None) -> bool:
        """Whether it stands in the list of a lot (None: of all); what belongs to no lot stands in each."""
        return lot is None or not self.lot or lot in (self.lots or (self.lot,))


def due(session: Session, *, coach: UUID | None = None, until: date) -> list[DueRow]:
    """Everything due on or before a day, the earliest first; with coach only what is theirs. Who covers a session has it to do."""
    rows = [*_follow_ups(session, coach, until), *_sessions(session, coach, until), *_registers(session, coach, until),
            *_series(session, coach, until), *_reviews(session, coach, until), *_ends(session, coach, until)]
    return sorted(rows, key=lambda row: row.due_on)


def _follow_ups(session: Session, coach: UUID | None, until: date) -> list[DueRow]:
    one = OutreachSession
    chosen = (sa.select(Contact.id, Contact.follow_up_on, Contact.name, follows_up(), Lot.name, Venue.name, Contact.topics)
              .join(one, one.id == Contact.session_id).join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
              .where(is_open(), Contact.follow_up_on <= until).order_by(Contact.follow_up_on, Contact.id))
    if coach is not None:
        chosen = chosen.where(follows_up() == coach)
    rows: Iterable[Any] = session.execute(chosen)
    return [DueRow(known, "outreach.contact", on, " about ".join([f"Follow up: met at {where}", *([", ".join(topics)] if topics else [])]),
                   who, of, lot)
            for known, on, who, of, lot, where, topics in rows]


def follows_up() -> sa.ColumnElement[UUID]:
    """Who follows up a contact: whoever took it over, else the coach of the session."""
    return sa.func.coalesce(Contact.follow_up_by_id, OutreachSession.coach_id, type_=OutreachSession.coach_id.type)


def reviews_it() -> sa.ColumnElement[UUID]:
    """Who looks at a place again: whoever took that over, else whoever said how it stands."""
    return sa.func.coalesce(VenueStatus.review_by_id, VenueStatus.said_by, type_=OutreachSession.coach_id.type)


def _theirs() -> sa.ColumnElement[UUID]:
    return sa.func.coalesce(OutreachSession.covered_by_id, OutreachSession.coach_id, type_=OutreachSession.coach_id.type)


def _sessions(session: Session, coach: UUID | None, until: date) -> list[DueRow]:
    """Planned sessions up to a day. One of the past waits for its word: held, or cancelled."""
    one = OutreachSession
    chosen = (sa.select(one.id, one.held_on, one.kind, one.starts_at, Venue.name, _theirs(), Lot.name)
              .join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
              .where(one.status == PLANNED, one.held_on <= until).order_by(one.held_on, one.id))
    if coach is not None:
        chosen = chosen.where(_theirs() == coach)
    return [DueRow(known, "outreach.session", on, f"{kind.capitalize()} session at {venue}{f', {at}' if at else ''}", "", of, lot)
            for known, on, kind, at, venue, of, lot in session.execute(chosen)]


def _registers(session: Session, coach: UUID | None, until: date) -> list[DueRow]:
    """Held sessions whose printed register has rows that are still to key."""
    one = OutreachSession
    chosen = (sa.select(one.id, one.held_on, one.register_rows, Venue.name, _theirs(), Lot.name)
              .join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
              .where(was_held(), one.register_rows.is_not(None), one.held_on <= until,
                     one.held_on >= until - timedelta(days=REGISTER_DAYS)).order_by(one.held_on, one.id))
    if coach is not None:
        chosen = chosen.where(_theirs() == coach)
    rows: list[Any] = [*session.execute(chosen)]
    left = still_to_key(session, {row[0]: row[2] for row in rows})
    return [DueRow(known, "outreach.session", on, f"Register of {venue}. {still_words(left[known])}", "", of, lot)
            for known, on, _count, venue, of, lot in rows if left[known]]


def _series(session: Session, coach: UUID | None, until: date) -> list[DueRow]:
    """Running series of which less than three weeks are written: due three weeks before their last session."""
    one = OutreachSession
    last = (sa.select(one.series_id, sa.func.max(one.held_on).label("on")).where(one.series_id.is_not(None))
            .group_by(one.series_id).subquery())
    chosen = (sa.select(Series.id, last.c.on, Series.every_weeks, Series.to_day, Venue.name, Series.coach_id, Lot.name)
              .join(last, last.c.series_id == Series.id).join(Venue, Venue.id == Series.venue_id).join(Lot, Lot.id == Series.lot_id)
              .where(last.c.on <= until + timedelta(weeks=SHORT_WEEKS)).order_by(last.c.on, Series.id))
    if coach is not None:
        chosen = chosen.where(Series.coach_id == coach)
    return [DueRow(known, "outreach.series", on - timedelta(weeks=SHORT_WEEKS), f"Plan on: the sessions at {venue} run out", "", of, lot)
            for known, on, every, end, venue, of, lot in session.execute(chosen)
            if end is None or on + timedelta(weeks=every) <= end]


def _reviews(session: Session, coach: UUID | None, until: date) -> list[DueRow]:
    """Places whose last word said when to look at them again; whoever said it, or took it over, has it to do."""
    said = VenueStatus
    chosen = (sa.select(Venue.id, said.review_on, Venue.name, said.status, reviews_it(), Lot.name)
              .join(Venue, Venue.id == said.venue_id).join(Lot, Lot.id == Venue.lot_id)
              .where(said.review_on <= until, said.said_by.is_not(None), latest_status()).order_by(said.review_on, Venue.id))
    if coach is not None:
        chosen = chosen.where(reviews_it() == coach)
    rows: Iterable[Any] = session.execute(chosen)
    return [DueRow(known, "partner.venue", on, f"Look at {venue} again: {status}", "", of, lot)
            for known, on, venue, status, of, lot in rows]


def _ends(session: Session, coach: UUID | None, until: date) -> list[DueRow]:
    """Agreements and partners' own funding that end soon; whoever watches them has it to do."""
    return [DueRow(row.id, row.kind, row.warn_on, row.what, row.who or row.partner, row.coach_id, ", ".join(row.lots),
                   lots=row.lots)
            for row in ends(session, coach=coach, until=until)]
