"""What organisations offer: services by name, their opening times, where they are given; how long ago each was checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.partner.record import Opening, Partner, Service, ServicePlace, Venue
from coachdesk.partner.rules import ages_words, in_week_order, opening_words, week_place
from coachdesk.programme import queries as programme_queries


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service. opening: its opening times in words; costs: its prices one by one, as a feed lists them."""

    id: UUID
    name: str
    partner_id: UUID | None
    partner: str
    status: str
    description: str | None
    website: str | None
    email: str | None
    phone: str | None
    fees: str | None
    costs: str | None
    eligibility: str | None
    minimum_age: int | None
    maximum_age: int | None
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    alert: str | None
    assured_on: date | None
    assured_by: str | None
    note: str | None
    feed_id: str | None
    opening: str

    @property
    def ages(self) -> str:
        """The ages it is for, in words; nothing where none is said."""
        return ages_words(self.minimum_age, self.maximum_age)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One opening time. words: as people say it; place: where it holds, nothing for all places."""

    id: UUID
    service_id: UUID
    service: str
    days: tuple[str, ...]
    month_days: str | None
    opens_at: str | None
    closes_at: str | None
    freq: str | None
    every: int | None
    from_day: date | None
    to_day: date | None
    note: str | None
    place: str | None
    words: str


@dataclass(frozen=True, slots=True)
class ServicePlaceRow:
    """Where a service is given; venue: the place of ours, where it is one."""

    id: UUID
    service_id: UUID
    service: str
    venue_id: UUID | None
    venue: str | None
    name: str
    address: str | None
    postcode: str | None
    access: str | None


def services(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None, id: UUID | None = None,
             ) -> list[ServiceRow]:
    """Services by name; with lot those of organisations that work in it (or in no lot in particular), with partner those of one."""
    chosen = (sa.select(Service.id, Service.name, Service.partner_id, Partner.name, Service.status, Service.description, Service.website,
                        Service.email, Service.phone, Service.fees, Service.costs, Service.eligibility, Service.minimum_age,
                        Service.maximum_age, Service.languages, Service.categories, Service.alert, Service.assured_on, Service.assured_by,
                        Service.note, Service.feed_id, Partner.lots)
              .outerjoin(Partner, Partner.id == Service.partner_id).order_by(sa.func.lower(Service.name), Service.id))
    if partner is not None:
        chosen = chosen.where(Service.partner_id == partner)
    if id is not None:
        chosen = chosen.where(Service.id == id)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    kept = [each for each in rows if name is None or not each[-1] or name in each[-1]][:limit]
    open_at: dict[UUID, list[str]] = {}
    for one in openings(session, partner=partner, service=id):
        open_at.setdefault(one.service_id, []).append(one.words)
    found = []
    for each in kept:
        values: Any = [*each[:21], "; ".join(dict.fromkeys(open_at.get(each[0], ())))]
        values[3], values[14], values[15] = values[3] or "", tuple(values[14] or ()), tuple(values[15] or ())
        found.append(ServiceRow(*values))
    return found


def service_owners(session: Session) -> dict[UUID, UUID | None]:
    """Whose each service is; None where nobody said."""
    return dict(session.execute(sa.select(Service.id, Service.partner_id)).all())


def openings(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
             service: UUID | None = None) -> list[OpeningRow]:
    """Opening times by service, earliest day of the week first."""
    one = Opening
    chosen = (sa.select(one.id, one.service_id, Service.name, one.days, one.month_days, one.opens_at, one.closes_at, one.freq, one.every,
                        one.from_day, one.to_day, one.note, sa.func.coalesce(Venue.name, ServicePlace.name), Partner.lots)
              .join(Service, Service.id == one.service_id).outerjoin(Partner, Partner.id == Service.partner_id)
              .outerjoin(ServicePlace, ServicePlace.id == one.place_id).outerjoin(Venue, Venue.id == ServicePlace.venue_id)
              .order_by(one.id))
    if partner is not None:
        chosen = chosen.where(Service.partner_id == partner)
    if service is not None:
        chosen = chosen.where(one.service_id == service)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for each in rows:
        if name is None or not each[13] or name in each[13]:
            values: Any = [*each[:13], opening_words(each[3] or (), each[5], each[6], each[7], each[8], each[4]) or each[11] or ""]
            values[3] = tuple(in_week_order(each[3] or ()))
            found.append(OpeningRow(*values))
    return sorted(found, key=lambda row: (row.service.casefold(), row.service_id, *week_place(row.days), row.opens_at or ""))[:limit]


def service_places(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
                   service: UUID | None = None) -> list[ServicePlaceRow]:
    """Where services are given, by service; a place of ours says its own name, address and postcode."""
    one = ServicePlace
    chosen = (sa.select(one.id, one.service_id, Service.name, one.venue_id, Venue.name, sa.func.coalesce(Venue.name, one.name, ""),
                        sa.func.coalesce(Venue.address, one.address), sa.func.coalesce(Venue.postcode, one.postcode), one.access,
                        Partner.lots)
              .join(Service, Service.id == one.service_id).outerjoin(Partner, Partner.id == Service.partner_id)
              .outerjoin(Venue, Venue.id == one.venue_id).order_by(sa.func.lower(Service.name), Service.id, one.id))
    if partner is not None:
        chosen = chosen.where(Service.partner_id == partner)
    if service is not None:
        chosen = chosen.where(one.service_id == service)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    return [ServicePlaceRow(*each[:9]) for each in rows if name is None or not each[9] or name in each[9]][:limit]
