"""Organisations, their places (and whether they are open) and people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.clock import day_text
from coachdesk.partner.record import Partner, PartnerContact, Service, Venue, VenueStatus
from coachdesk.partner.rules import OPEN
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """An organisation; venues and contacts are counts."""

    id: UUID
    name: str
    kind: str
    lots: tuple[str, ...]
    is_own_provision: bool
    reply_days: int
    note: str | None
    venues: int
    contacts: int
    description: str | None = None
    website: str | None = None
    email: str | None = None
    funding_ends_on: date | None = None
    funding_note: str | None = None
    services: int = 0
    feed_id: str | None = None
    cadence_days: int | None = None
    tended_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A place where people are met, with its status of today; status_from, reason, review_on: of that status, where one was said."""

    id: UUID
    name: str
    partner_id: UUID | None
    partner: str | None
    lot_id: UUID
    lot: str
    postcode: str | None
    address: str | None
    is_own_premises: bool
    status: str
    status_from: date | None
    reason: str | None
    review_on: date | None
    risk_assessed_on: date | None

    @property
    def label(self) -> str:
        """The name; before it, in words, when it is not open as usual, so that a narrow list still says it."""
        return self.name if self.status == OPEN else f"{self.status}: {self.name}"


@dataclass(frozen=True, slots=True)
class VenueStatusRow:
    """One word on whether a place is open, as it was said; from_day may be still to come."""

    id: UUID
    venue_id: UUID
    venue: str
    lot_id: UUID
    lot: str
    status: str
    from_day: date
    reason: str | None
    review_on: date | None
    risk_assessed_on: date | None
    said_at: datetime
    said_by: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a partner. leaves_on: the day on which they leave, or left."""

    id: UUID
    name: str
    partner_id: UUID
    partner: str
    role: str | None
    phone: str | None
    email: str | None
    is_key: bool = False
    cadence_days: int | None = None
    leaves_on: date | None = None

    @property
    def says(self) -> str:
        """What they do; whether they are a key person; their last day, where they leave or left."""
        key = "key person" if self.is_key else None
        leaves = f"last day {day_text(self.leaves_on)}" if self.leaves_on else None
        return ", ".join(part for part in (self.role, key, leaves) if part)


def partners(session: Session, *, lot: UUID | None = None, limit: int | None = None, ids: Collection[UUID] | None = None,
             ) -> list[PartnerRow]:
    """Organisations by name; with lot only those that work in it, or in no lot in particular; with ids only those."""
    places = sa.select(Venue.partner_id, sa.func.count().label("n")).group_by(Venue.partner_id).subquery()
    people = sa.select(PartnerContact.partner_id, sa.func.count().label("n")).group_by(PartnerContact.partner_id).subquery()
    offers = sa.select(Service.partner_id, sa.func.count().label("n")).group_by(Service.partner_id).subquery()
    chosen = (sa.select(Partner.id, Partner.name, Partner.kind, Partner.lots, Partner.is_own_provision, Partner.reply_days, Partner.note,
                        sa.func.coalesce(places.c.n, 0), sa.func.coalesce(people.c.n, 0), Partner.description, Partner.website,
                        Partner.email, Partner.funding_ends_on, Partner.funding_note, sa.func.coalesce(offers.c.n, 0), Partner.feed_id,
                        Partner.cadence_days, Partner.tended_by)
              .outerjoin(places, places.c.partner_id == Partner.id).outerjoin(people, people.c.partner_id == Partner.id)
              .outerjoin(offers, offers.c.partner_id == Partner.id)
              .order_by(sa.func.lower(Partner.name), Partner.id))
    if ids is not None:
        chosen = chosen.where(Partner.id.in_(ids))
    rows = [PartnerRow(each[0], each[1], each[2], tuple(each[3] or ()), *each[4:]) for each in session.execute(chosen)]
    if lot is not None:
        name = programme_queries.lot_name(session, lot)
        rows = [row for row in rows if not row.lots or name in row.lots]
    return rows[:limit]


def latest_status(on: date | None = None) -> sa.ColumnElement[bool]:
    """That a row of VenueStatus is the one that counts for its place: the latest day up to `on` (None: of all), then the latest word."""
    later = aliased(VenueStatus)
    after = (sa.tuple_(later.from_day, later.said_at, later.id) > sa.tuple_(VenueStatus.from_day, VenueStatus.said_at, VenueStatus.id))
    newer = sa.select(later.id).where(later.venue_id == VenueStatus.venue_id, after)
    if on is None:
        return sa.not_(newer.exists())
    return sa.and_(VenueStatus.from_day <= on, sa.not_(newer.where(later.from_day <= on).exists()))


def venues(session: Session, *, lot: UUID | None = None, limit: int | None = None, on: date | None = None, id: UUID | None = None,
           ) -> list[VenueRow]:
    """Places by name, with their status on a day (today when not said); one that nothing was said of is open."""
    names, said = programme_queries.lot_names(session), VenueStatus
    chosen = (sa.select(Venue.id, Venue.name, Venue.partner_id, Partner.name, Venue.lot_id, Venue.postcode, Venue.address,
                        Venue.is_own_premises, said.status, said.from_day, said.reason, said.review_on, said.risk_assessed_on)
              .outerjoin(Partner, Partner.id == Venue.partner_id)
              .outerjoin(said, sa.and_(said.venue_id == Venue.id, latest_status(on or today(session))))
              .order_by(sa.func.lower(Venue.name), Venue.id).limit(limit))
    if lot is not None:
        chosen = chosen.where(Venue.lot_id == lot)
    if id is not None:
        chosen = chosen.where(Venue.id == id)
    rows: Iterable[Any] = session.execute(chosen)
    return [VenueRow(id, name, partner, called, of, names.get(of, ""), postcode, address, bool(is_own), status or OPEN, since, reason,
                     review, risk)
            for id, name, partner, called, of, postcode, address, is_own, status, since, reason, review, risk in rows]


def venue_statuses(session: Session, *, lot: UUID | None = None, limit: int | None = None, venue: UUID | None = None,
                   ) -> list[VenueStatusRow]:
    """What was said of places, the latest day first."""
    names, members, said = programme_queries.lot_names(session), programme_queries.member_names(session), VenueStatus
    chosen = (sa.select(said.id, said.venue_id, Venue.name, Venue.lot_id, said.status, said.from_day, said.reason, said.review_on,
                        said.risk_assessed_on, said.said_at, said.said_by)
              .join(Venue, Venue.id == said.venue_id).order_by(said.from_day.desc(), said.said_at.desc(), said.id.desc()).limit(limit))
    if lot is not None:
        chosen = chosen.where(Venue.lot_id == lot)
    if venue is not None:
        chosen = chosen.where(said.venue_id == venue)
    rows: Iterable[Any] = session.execute(chosen)
    return [VenueStatusRow(id, place, name, of, names.get(of, ""), status, since, reason, review, risk, at, members.get(by, ""))
            for id, place, name, of, status, since, reason, review, risk, at, by in rows]


def shut_since(session: Session, on: date) -> dict[UUID, tuple[date, date | None]]:
    """Places that are not open on a day: since when without a break, and when the risk was assessed last in that time."""
    said = VenueStatus
    rows = session.execute(sa.select(said.venue_id, said.status, said.from_day, said.risk_assessed_on)
                           .where(said.from_day <= on).order_by(said.from_day, said.said_at, said.id))
    found: dict[UUID, tuple[date, date | None]] = {}
    for venue, status, since, assessed in rows:
        if status == OPEN:
            found.pop(venue, None)
            continue
        began, before = found.get(venue, (since, None))
        found[venue] = (began, max((each for each in (before, assessed) if each is not None), default=None))
    return found


def next_shut(session: Session, venue: UUID, *, after: date) -> date | None:
    """The first day after one from which a place was said not to be open; None when nothing of the kind is to come."""
    said = VenueStatus
    chosen = sa.select(sa.func.min(said.from_day)).where(said.venue_id == venue, said.from_day > after, said.status != OPEN)
    return session.scalar(chosen)


def venue_status(session: Session, venue: UUID, on: date) -> str:
    """Whether a place is open, restricted or closed on a day."""
    chosen = sa.select(VenueStatus.status).where(VenueStatus.venue_id == venue, latest_status(on))
    return session.execute(chosen).scalar() or OPEN


def contacts(session: Session, *, lot: UUID | None = None, partner: UUID | None = None, limit: int | None = None,
             is_there: bool = False) -> list[ContactRow]:
    """People at partners by name; with lot those of organisations that work in it, with partner those of one.

    is_there: only those who have not left.
    """
    chosen = (sa.select(PartnerContact.id, PartnerContact.name, PartnerContact.partner_id, Partner.name, PartnerContact.role,
                        PartnerContact.phone, PartnerContact.email, PartnerContact.is_key, PartnerContact.cadence_days,
                        PartnerContact.leaves_on, Partner.lots)
              .join(Partner, Partner.id == PartnerContact.partner_id).order_by(sa.func.lower(PartnerContact.name), PartnerContact.id))
    if partner is not None:
        chosen = chosen.where(PartnerContact.partner_id == partner)
    if is_there:
        chosen = chosen.where(sa.or_(PartnerContact.leaves_on.is_(None), PartnerContact.leaves_on > today(session)))
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    return [ContactRow(id, called, of, at, role, phone, email, bool(is_key), cadence, leaves)
            for id, called, of, at, role, phone, email, is_key, cadence, leaves, lots in rows if name is None or not lots or name in lots
            ][:limit]


def name_of(session: Session, partner: UUID) -> str | None:
    """The name of an organisation; None when there is none."""
    return session.execute(sa.select(Partner.name).where(Partner.id == partner)).scalar()
