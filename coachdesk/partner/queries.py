"""What the partner room tells: organisations, their places and people, and a search by name."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.partner.record import Partner, PartnerContact, Venue
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme_queries


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


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A place where people are met."""

    id: UUID
    name: str
    partner_id: UUID | None
    partner: str | None
    lot_id: UUID
    lot: str
    postcode: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a partner."""

    id: UUID
    name: str
    partner_id: UUID
    partner: str
    role: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One find by name. kind says which record it is: partner, partner.venue or partner.contact."""

    id: UUID
    kind: str
    name: str
    detail: str


def partners(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[PartnerRow]:
    """Organisations by name; with lot only those that work in it, or in no lot in particular."""
    places = sa.select(Venue.partner_id, sa.func.count().label("n")).group_by(Venue.partner_id).subquery()
    people = sa.select(PartnerContact.partner_id, sa.func.count().label("n")).group_by(PartnerContact.partner_id).subquery()
    chosen = (sa.select(Partner.id, Partner.name, Partner.kind, Partner.lots, Partner.is_own_provision, Partner.reply_days, Partner.note,
                        sa.func.coalesce(places.c.n, 0), sa.func.coalesce(people.c.n, 0))
              .outerjoin(places, places.c.partner_id == Partner.id).outerjoin(people, people.c.partner_id == Partner.id)
              .order_by(sa.func.lower(Partner.name), Partner.id))
    rows = [PartnerRow(each[0], each[1], each[2], tuple(each[3] or ()), *each[4:]) for each in session.execute(chosen)]
    if lot is not None:
        name = programme_queries.lot_name(session, lot)
        rows = [row for row in rows if not row.lots or name in row.lots]
    return rows[:limit]


def venues(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[VenueRow]:
    """Places by name."""
    names = programme_queries.lot_names(session)
    chosen = (sa.select(Venue.id, Venue.name, Venue.partner_id, Partner.name, Venue.lot_id, Venue.postcode, Venue.address)
              .outerjoin(Partner, Partner.id == Venue.partner_id).order_by(sa.func.lower(Venue.name), Venue.id).limit(limit))
    if lot is not None:
        chosen = chosen.where(Venue.lot_id == lot)
    return [VenueRow(each[0], each[1], each[2], each[3], each[4], names.get(each[4], ""), each[5], each[6])
            for each in session.execute(chosen)]


def contacts(session: Session, *, lot: UUID | None = None, partner: UUID | None = None, limit: int | None = None) -> list[ContactRow]:
    """People at partners by name; with lot those of organisations that work in it, with partner those of one."""
    chosen = (sa.select(PartnerContact.id, PartnerContact.name, PartnerContact.partner_id, Partner.name, PartnerContact.role,
                        PartnerContact.phone, PartnerContact.email, Partner.lots)
              .join(Partner, Partner.id == PartnerContact.partner_id).order_by(sa.func.lower(PartnerContact.name), PartnerContact.id))
    if partner is not None:
        chosen = chosen.where(PartnerContact.partner_id == partner)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    return [ContactRow(*each[:7]) for each in session.execute(chosen) if name is None or not each[7] or name in each[7]][:limit]


def named(session: Session, text: str, *, limit: int = 20) -> list[NamedRow]:
    """Organisations, places and people whose name has every word of the text somewhere, whatever case or accents."""
    words = folded(text).split()
    if not words:
        return []
    lots = programme_queries.lot_names(session)
    every = [NamedRow(each[0], "partner", each[1], each[2])
             for each in session.execute(sa.select(Partner.id, Partner.name, Partner.kind))]
    every += [NamedRow(each[0], "partner.venue", each[1], " · ".join(part for part in (each[2], lots.get(each[3])) if part))
              for each in session.execute(sa.select(Venue.id, Venue.name, Venue.postcode, Venue.lot_id))]
    every += [NamedRow(each[0], "partner.contact", each[1], each[2]) for each in session.execute(
        sa.select(PartnerContact.id, PartnerContact.name, Partner.name).join(Partner, Partner.id == PartnerContact.partner_id))]
    found = []
    for row in every:
        name = folded(row.name)
        if all(word in name for word in words):
            found.append((not name.startswith(words[0]), name, row))
    return [row for _, _, row in sorted(found, key=lambda one: one[:2])[:limit]]


def name_of(session: Session, partner: UUID) -> str | None:
    """The name of an organisation; None when there is none."""
    return session.execute(sa.select(Partner.name).where(Partner.id == partner)).scalar()
