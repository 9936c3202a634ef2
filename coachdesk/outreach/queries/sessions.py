"""Sessions with their counts and their state, and what they come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.outreach.queries.contacts import in_order, is_open, topics_in
from coachdesk.outreach.queries.register import still_to_key
from coachdesk.outreach.record import Contact, Host, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import CONTACT, HELD, LEAFLET, TURNED_AWAY, status_of
from coachdesk.partner.record import Partner, Venue
from coachdesk.programme.record import Lot, TeamMember


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session. contacts: named ones; tallied: anonymous ones; people: both; follow_ups: contacts that wait to be followed up.

    status: planned, held or cancelled. hosts: all joint hosts, the first one first. still_to_key: rows of its paper register.
    """

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
    status: str
    cancelled_why: str | None
    covered_by_id: UUID | None
    covered_by: str | None
    series_id: UUID | None
    register_rows: int | None
    still_to_key: tuple[int, ...]
    hosts: tuple[str, ...]
    host_ids: tuple[UUID, ...]


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
class OutreachTotals:
    """What all sessions of a lot come to; planned: still to come."""

    held: int
    planned: int
    people: int
    contacts: int
    follow_ups: int


def was_held() -> sa.ColumnElement[bool]:
    """Sessions that took place: whatever counts sessions leaves planned and cancelled ones out."""
    return sa.or_(OutreachSession.status.is_(None), OutreachSession.status == HELD)


def _summed(what: str, tally: sa.Subquery) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((tally.c.what == what, tally.c.n), else_=0)), 0)


def _chosen(*, lot: UUID | None, since: date | None, until: date | None, status: str | None, series: UUID | None,
            venue: UUID | None) -> list[sa.ColumnElement[bool]]:
    one = OutreachSession
    found = [column == value for column, value in ((one.lot_id, lot), (one.series_id, series), (one.venue_id, venue)) if value is not None]
    if since is not None:
        found.append(one.held_on >= since)
    if until is not None:
        found.append(one.held_on <= until)
    if status is not None:
        found.append(was_held() if status == HELD else one.status == status)
    return found


def sessions(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None,
             ids: Sequence[UUID] | None = None, since: date | None = None, until: date | None = None, status: str | None = None,
             series: UUID | None = None, venue: UUID | None = None, among: Collection[UUID] | None = None) -> list[SessionRow]:
    """Sessions with their counts, the latest day first; with id only that one, with ids only those, in that order; among: only those.

    since, until: days; status: planned, held or cancelled.
    """
    one, cover = OutreachSession, aliased(TeamMember)
    chosen = sa.select(one.id).order_by(one.held_on.desc(), one.id.desc()).limit(limit)
    chosen = chosen.where(*_chosen(lot=lot, since=since, until=until, status=status, series=series, venue=venue))
    if id is not None:
        chosen = chosen.where(one.id == id)
    if ids is not None:
        chosen = chosen.where(one.id.in_(ids))
    if among is not None:
        chosen = chosen.where(one.id.in_(among))
    wanted = chosen.subquery()
    mine = sa.select(wanted.c.id)
    named = (sa.select(Contact.session_id, sa.func.count().label("n"),
                       sa.func.count(sa.case((is_open(), 1))).label("waiting"))
             .where(Contact.session_id.in_(mine)).group_by(Contact.session_id).subquery())
    piles = (sa.select(Tally.session_id, Tally.what, sa.func.sum(Tally.count).label("n"))
             .where(Tally.session_id.in_(mine)).group_by(Tally.session_id, Tally.what).subquery())
    tallied = (sa.select(piles.c.session_id, _summed(CONTACT, piles).label("contacts"), _summed(LEAFLET, piles).label("leaflets"),
                         _summed(TURNED_AWAY, piles).label("turned_away")).group_by(piles.c.session_id).subquery())
    people, anonymous = sa.func.coalesce(named.c.n, 0), sa.func.coalesce(tallied.c.contacts, 0)
    rows: list[Any] = [*session.execute(
        sa.select(one.id, one.kind, one.held_on, one.venue_id, Venue.name, one.lot_id, Lot.name, one.coach_id, TeamMember.name,
                  one.joint_partner_id, Partner.name, one.starts_at, one.ends_at, one.headcount, one.note,
                  people, anonymous, people + anonymous, sa.func.coalesce(tallied.c.leaflets, 0),
                  sa.func.coalesce(tallied.c.turned_away, 0), sa.func.coalesce(named.c.waiting, 0),
                  one.status, one.cancelled_why, one.covered_by_id, cover.name, one.series_id, one.register_rows)
        .join(wanted, wanted.c.id == one.id).join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
        .join(TeamMember, TeamMember.id == one.coach_id).outerjoin(cover, cover.id == one.covered_by_id)
        .outerjoin(Partner, Partner.id == one.joint_partner_id)
        .outerjoin(named, named.c.session_id == one.id).outerjoin(tallied, tallied.c.session_id == one.id)
        .order_by(one.held_on.desc(), one.id.desc()))]
    found = _whole(session, rows, mine)
    return found if ids is None else in_order(found, ids)


def _whole(session: Session, rows: Sequence[Any], mine: sa.Select[tuple[UUID]]) -> list[SessionRow]:
    """Rows with their further hosts and with what is missing of their paper registers."""
    further: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for met, partner, name in session.execute(
            sa.select(Host.session_id, Host.partner_id, Partner.name).join(Partner, Partner.id == Host.partner_id)
            .where(Host.session_id.in_(mine)).order_by(Host.id)):
        further[met][partner] = name
    left = still_to_key(session, {row[0]: row[26] for row in rows if row[26] and status_of(row[21]) == HELD})
    found = []
    for row in rows:
        hosts = ({row[9]: row[10]} if row[9] else {}) | further.get(row[0], {})
        found.append(SessionRow(*(*row[:21], status_of(row[21]), *row[22:27], left.get(row[0], ()), tuple(hosts.values()), tuple(hosts))))
    return found


def session_row(session: Session, id: UUID) -> SessionRow | None:
    """One session with its counts; None when there is none."""
    return next(iter(sessions(session, id=id)), None)


def session_ids(session: Session, *, lot: UUID | None = None, since: date | None = None, until: date | None = None,
                status: str | None = None, without: str | None = None, rising: bool = False) -> list[UUID]:
    """Sessions by id, the latest day first (or the earliest): for lists that read their rows as they are looked at.

    status: only those; without: those left out.
    """
    one = OutreachSession
    chosen = sa.select(one.id).where(*_chosen(lot=lot, since=since, until=until, status=status, series=None, venue=None))
    if without is not None:
        chosen = chosen.where(one.status.is_distinct_from(without))
    order = (one.held_on, one.starts_at, one.id) if rising else (one.held_on.desc(), one.id.desc())
    return list(session.execute(chosen.order_by(*order)).scalars())


def outreach_totals(session: Session, *, lot: UUID | None = None) -> OutreachTotals:
    """How many sessions, people and follow-ups there are, counted by the store."""
    one = OutreachSession
    lots = [one.lot_id == lot] if lot is not None else []

    def count(query: sa.Select[Any]) -> int:
        return int(session.execute(query).scalar() or 0)

    held = count(sa.select(sa.func.count()).select_from(one).where(was_held(), *lots))
    planned = count(sa.select(sa.func.count()).select_from(one).where(one.status == "planned", *lots))
    people = sa.select(sa.func.count(), sa.func.count(sa.case((is_open(), 1)))).select_from(Contact)
    piles = sa.select(sa.func.sum(Tally.count)).where(Tally.what == CONTACT, Tally.session_id.is_not(None))
    if lots:
        people = people.join(one, one.id == Contact.session_id).where(*lots)
        piles = piles.join(one, one.id == Tally.session_id).where(*lots)
    named, waiting = session.execute(people).one()
    return OutreachTotals(held, planned, named + count(piles), named, waiting)


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
    order: Iterable[tuple[str, int]] = sorted(
        ((topic, count) for topic, count in spoken.items() if count), key=lambda pair: (-pair[1], pair[0]))
    return SessionTotals(row.contacts, row.tallied, row.people, row.leaflets, row.turned_away, row.follow_ups, tuple(order))
