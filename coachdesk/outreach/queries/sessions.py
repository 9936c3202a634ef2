"""What the outreach room tells: sessions with their counts, contacts, tallies, and what is to be followed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import CONTACT, LEAFLET, TURNED_AWAY
from coachdesk.partner.record import Partner, Venue
from coachdesk.programme.record import Lot, TeamMember


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session. contacts: named ones; tallied: anonymous ones; people: both; follow_ups: contacts that wait to be followed up."""

    id: UUID
    kind: str
    held_on: date
    venue_id: UUID
    venue: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    joint_partner_id: UUID | None
    joint_partner: str | None
    starts_at: str | None
    ends_at: str | None
    headcount: int | None
    note: str | None
    contacts: int
    tallied: int
    people: int
    leaflets: int
    turned_away: int
    follow_ups: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A named person met at a session. Whether they were registered since is known downstream (participant.queries.met_at)."""

    id: UUID
    name: str
    session_id: UUID
    session: str
    held_on: date
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    phone: str | None
    postcode: str | None
    topics: tuple[str, ...]
    note: str | None
    follow_up_on: date | None
    followed_up_on: date | None
    met_at: datetime


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One tally. A correction has a negative count."""

    id: UUID
    session_id: UUID | None
    session: str
    held_on: date
    what: str
    count: int
    topics: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SessionTotals:
    """What a session comes to. topics: (topic, how many named and tallied contacts spoke of it), most first."""

    contacts: int
    tallied: int
    people: int
    leaflets: int
    turned_away: int
    follow_ups: int
    topics: tuple[tuple[str, int], ...]


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


def _summed(what: str, tally: sa.Subquery) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((tally.c.what == what, tally.c.n), else_=0)), 0)


def sessions(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None) -> list[SessionRow]:
    """Sessions with their counts, the latest day first; with id only that one."""
    chosen = sa.select(OutreachSession.id).order_by(OutreachSession.held_on.desc(), OutreachSession.id.desc()).limit(limit)
    if lot is not None:
        chosen = chosen.where(OutreachSession.lot_id == lot)
    if id is not None:
        chosen = chosen.where(OutreachSession.id == id)
    wanted = chosen.subquery()
    mine = sa.select(wanted.c.id)
    named = (sa.select(Contact.session_id, sa.func.count().label("n"),
                       sa.func.count(sa.case((_is_open(), 1))).label("waiting"))
             .where(Contact.session_id.in_(mine)).group_by(Contact.session_id).subquery())
    piles = (sa.select(Tally.session_id, Tally.what, sa.func.sum(Tally.count).label("n"))
             .where(Tally.session_id.in_(mine)).group_by(Tally.session_id, Tally.what).subquery())
    tallied = (sa.select(piles.c.session_id, _summed(CONTACT, piles).label("contacts"), _summed(LEAFLET, piles).label("leaflets"),
                         _summed(TURNED_AWAY, piles).label("turned_away")).group_by(piles.c.session_id).subquery())
    one = OutreachSession
    people, anonymous = sa.func.coalesce(named.c.n, 0), sa.func.coalesce(tallied.c.contacts, 0)
    rows: Iterable[Any] = session.execute(
        sa.select(one.id, one.kind, one.held_on, one.venue_id, Venue.name, one.lot_id, Lot.name, one.coach_id, TeamMember.name,
                  one.joint_partner_id, Partner.name, one.starts_at, one.ends_at, one.headcount, one.note,
                  people, anonymous, people + anonymous, sa.func.coalesce(tallied.c.leaflets, 0),
                  sa.func.coalesce(tallied.c.turned_away, 0), sa.func.coalesce(named.c.waiting, 0))
        .join(wanted, wanted.c.id == one.id).join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
        .join(TeamMember, TeamMember.id == one.coach_id).outerjoin(Partner, Partner.id == one.joint_partner_id)
        .outerjoin(named, named.c.session_id == one.id).outerjoin(tallied, tallied.c.session_id == one.id)
        .order_by(one.held_on.desc(), one.id.desc()))
    return [SessionRow(*each) for each in rows]


def session_row(session: Session, id: UUID) -> SessionRow | None:
    """One session with its counts; None when there is none."""
    return next(iter(sessions(session, id=id)), None)


def _is_open() -> sa.ColumnElement[bool]:
    return sa.and_(Contact.follow_up_on.is_not(None), Contact.followed_up_on.is_(None))


def contacts(session: Session, *, lot: UUID | None = None, limit: int | None = None, session_id: UUID | None = None,
             is_open: bool | None = None, id: UUID | None = None) -> list[ContactRow]:
    """Named contacts, the latest first; with is_open those that wait to be followed up (True) or do not (False), the earliest day first."""
    one = OutreachSession
    chosen = (sa.select(Contact.id, Contact.name, Contact.session_id, Venue.name + ", " + one.kind, one.held_on, one.lot_id,
                        Lot.name, one.coach_id, TeamMember.name, Contact.phone, Contact.postcode, Contact.topics, Contact.note,
                        Contact.follow_up_on, Contact.followed_up_on, Contact.met_at)
              .join(one, one.id == Contact.session_id).join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
              .join(TeamMember, TeamMember.id == one.coach_id).limit(limit))
    chosen = chosen.order_by(Contact.follow_up_on, Contact.id) if is_open else chosen.order_by(Contact.met_at.desc(), Contact.id.desc())
    for column, value in ((one.lot_id, lot), (Contact.session_id, session_id), (Contact.id, id)):
        if value is not None:
            chosen = chosen.where(column == value)
    if is_open is not None:
        chosen = chosen.where(_is_open() if is_open else sa.not_(_is_open()))
    rows: Iterable[Any] = session.execute(chosen)
    return [ContactRow(*(*each[:11], tuple(each[11] or ()), *each[12:])) for each in rows]


def tallies(session: Session, *, lot: UUID | None = None, limit: int | None = None, session_id: UUID | None = None) -> list[TallyRow]:
    """Tallies, the latest first."""
    one = OutreachSession
    chosen = (sa.select(Tally.id, Tally.session_id, Venue.name, one.kind, one.held_on, Tally.what, Tally.count, Tally.topics, Tally.made_at)
              .join(one, one.id == Tally.session_id).join(Venue, Venue.id == one.venue_id)
              .order_by(Tally.made_at.desc(), Tally.id.desc()).limit(limit))
    if lot is not None:
        chosen = chosen.where(one.lot_id == lot)
    if session_id is not None:
        chosen = chosen.where(Tally.session_id == session_id)
    return [TallyRow(each[0], each[1], f"{each[2]}, {each[3]}", each[4], each[5], each[6], tuple(topics_in(each[7])), each[8])
            for each in session.execute(chosen)]


def topics_in(text: str | None) -> list[str]:
    """The topics of a tally, which are kept divided by semicolons."""
    return [topic for topic in (text or "").split(";") if topic]


def totals(session: Session, session_id: UUID) -> SessionTotals:
    """What one session comes to; all noughts when there is none of that id."""
    row = session_row(session, session_id)
    if row is None:
        return SessionTotals(0, 0, 0, 0, 0, 0, ())
    spoken: Counter[str] = Counter()
    for topics in session.execute(sa.select(Contact.topics).where(Contact.session_id == session_id)).scalars():
        spoken.update(topics or ())
    piles = sa.select(Tally.topics, sa.func.sum(Tally.count)).where(Tally.session_id == session_id, Tally.what == CONTACT)
    for text, count in session.execute(piles.group_by(Tally.topics)):
        spoken.update({topic: count for topic in topics_in(text)})
    order = sorted(((topic, count) for topic, count in spoken.items() if count), key=lambda pair: (-pair[1], pair[0]))
    return SessionTotals(row.contacts, row.tallied, row.people, row.leaflets, row.turned_away, row.follow_ups, tuple(order))


def due(session: Session, *, coach: UUID | None = None, until: date) -> list[DueRow]:
    """Contacts to follow up on or before a day, the earliest first; with coach only those of that coach's sessions."""
    one = OutreachSession
    chosen = (sa.select(Contact.id, Contact.follow_up_on, Contact.name, one.coach_id, Lot.name, Venue.name, Contact.topics)
              .join(one, one.id == Contact.session_id).join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
              .where(_is_open(), Contact.follow_up_on <= until).order_by(Contact.follow_up_on, Contact.id))
    if coach is not None:
        chosen = chosen.where(one.coach_id == coach)
    rows: Iterable[Any] = session.execute(chosen)
    return [DueRow(known, "outreach.contact", on, " about ".join([f"Follow up: met at {where}", *([", ".join(topics)] if topics else [])]),
                   who, of, lot)
            for known, on, who, of, lot, where, topics in rows]
