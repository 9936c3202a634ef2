"""What is found of partners by typing: organisations, their places, people, services, vacancies and training; connectors (store.search)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.partner.record import Connector, Partner, PartnerContact, Service, TrainingOffer, Vacancy, Venue
from coachdesk.partner.rules import folded
from coachdesk.programme.record import Lot
from coachdesk.store import search
from coachdesk.store.search import Entry, Found, Leaning, Source

PARTNER, VENUE, CONTACT, SERVICE = "partner", "partner.venue", "partner.contact", "partner.service"
CONNECTOR, VACANCY, TRAINING = "partner.connector", "partner.vacancy", "partner.training"
FOUND = (PARTNER, VENUE, CONTACT, SERVICE, CONNECTOR, VACANCY, TRAINING)  # kinds, in the order in which they are found


def found(session: Session, text: str, *, limit: int = 20) -> list[Found]:
    """Organisations by name that have every word of the text in name or kind; whole words may be misspelt where few are found."""
    return search.find(session, folded(text), {PARTNER: limit})


def named(session: Session, text: str, *, limit: int = 20) -> list[Found]:
    """Organisations, places, people at partners and what they offer; see `found`."""
    return search.find(session, folded(text), dict.fromkeys(FOUND, limit))[:limit]


def _partner(known: bytes, name: str, kind: str) -> Entry:
    words = search.words_of(name, folded)
    return Entry(known, name, kind, f"{words} {folded(kind)}", (), words)


def _venue(known: bytes, name: str, postcode: str | None, address: str | None, lot: str) -> Entry:
    words = search.words_of(name, folded)
    return Entry(known, name, " · ".join(part for part in (postcode, lot) if part), f"{words} {folded(address or '')}", (postcode,), words)


def _person(known: bytes, name: str, partner: str, phone: str | None) -> Entry:
    words = search.words_of(name, folded)
    return Entry(known, name, partner, words, (phone,), words)


def _connector(known: bytes, name: str, role: str, phone: str | None) -> Entry:
    words = search.words_of(name, folded)
    return Entry(known, name, role, f"{words} {folded(role)}", (phone,), words)


def _service(known: bytes, name: str, partner: str | None, phone: str | None) -> Entry:
    words = search.words_of(name, folded)
    return Entry(known, name, partner or "", words, (phone,), words)


def _offer(known: bytes, title: str, partner: str, begun: Any, until: Any, closed: Any, verb: str) -> Entry:
    """A vacancy or a training: newest first, with its day or that it is closed."""
    day = date.fromisoformat(str(begun)) if begun else None
    ends = f"closed on {day_text(date.fromisoformat(str(closed)))}" if closed else (
        f"{verb} on {day_text(date.fromisoformat(str(until)))}" if until else "")
    words = search.words_of(title, folded)
    return Entry(known, title, ", ".join(part for part in (partner, ends) if part), f"{words} {folded(partner)}", (), words,
                 day or date.min)


def _vacancy(known: bytes, title: str, partner: str, passed_on: Any, closes_on: Any, closed_on: Any) -> Entry:
    return _offer(known, title, partner, passed_on, closes_on, closed_on, "closes")


def _training(known: bytes, title: str, partner: str, starts_on: Any, closed_on: Any) -> Entry:
    return _offer(known, title, partner, starts_on, starts_on, closed_on, "starts")


def _vacancies_of(connection: sa.Connection, partners: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(Vacancy.id).where(Vacancy.partner_id.in_(partners))).scalars().all()


def _trainings_of(connection: sa.Connection, partners: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(TrainingOffer.id).where(TrainingOffer.partner_id.in_(partners))).scalars().all()


def _venues_in(connection: sa.Connection, lots: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(Venue.id).where(Venue.lot_id.in_(lots))).scalars().all()


def _people_at(connection: sa.Connection, partners: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(PartnerContact.id).where(PartnerContact.partner_id.in_(partners))).scalars().all()


def _services_of(connection: sa.Connection, partners: Sequence[UUID]) -> Iterable[UUID]:
    return connection.execute(sa.select(Service.id).where(Service.partner_id.in_(partners))).scalars().all()


search.register(Source(PARTNER, 2, Partner, frozenset(("name", "kind")), sa.select(Partner.id, Partner.name, Partner.kind), _partner))
search.register(
    Source(
        VENUE,
        3,
        Venue,
        frozenset(("name", "postcode", "address", "lot_id")),
        sa.select(Venue.id, Venue.name, Venue.postcode, Venue.address, Lot.name).join(Lot, Lot.id == Venue.lot_id),
        _venue,
        leans=(Leaning(Lot, frozenset(("name",)), _venues_in),),
    )
)
search.register(
    Source(
        CONTACT,
        4,
        PartnerContact,
        frozenset(("name", "phone", "partner_id")),
        sa.select(PartnerContact.id, PartnerContact.name, Partner.name, PartnerContact.phone).join(
            Partner, Partner.id == PartnerContact.partner_id
        ),
        _person,
        leans=(Leaning(Partner, frozenset(("name",)), _people_at),),
    )
)
search.register(
    Source(
        SERVICE,
        5,
        Service,
        frozenset(("name", "phone", "partner_id")),
        sa.select(Service.id, Service.name, Partner.name, Service.phone).outerjoin(Partner, Partner.id == Service.partner_id),
        _service,
        leans=(Leaning(Partner, frozenset(("name",)), _services_of),),
    )
)
search.register(Source(CONNECTOR, 11, Connector, frozenset(("name", "role", "phone")),
                       sa.select(Connector.id, Connector.name, Connector.role, Connector.phone), _connector))
search.register(
    Source(
        VACANCY,
        12,
        Vacancy,
        frozenset(("title", "partner_id", "passed_on", "closes_on", "closed_on")),
        sa.select(Vacancy.id, Vacancy.title, Partner.name, Vacancy.passed_on, Vacancy.closes_on, Vacancy.closed_on).join(
            Partner, Partner.id == Vacancy.partner_id),
        _vacancy,
        is_by_day=True,
        leans=(Leaning(Partner, frozenset(("name",)), _vacancies_of),),
    )
)
search.register(
    Source(
        TRAINING,
        13,
        TrainingOffer,
        frozenset(("title", "partner_id", "starts_on", "closed_on")),
        sa.select(TrainingOffer.id, TrainingOffer.title, Partner.name, TrainingOffer.starts_on, TrainingOffer.closed_on).join(
            Partner, Partner.id == TrainingOffer.partner_id),
        _training,
        is_by_day=True,
        leans=(Leaning(Partner, frozenset(("name",)), _trainings_of),),
    )
)
