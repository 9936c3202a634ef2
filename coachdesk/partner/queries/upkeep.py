"""Touches with organisations, what was said of trust, and people who open doors: as they were written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.partner.record import Connector, Introduction, Partner, PartnerContact, Touch, TouchWith, Trust
from coachdesk.partner.rules.trust import Standing, Word, direction, standing
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class TouchRow:
    """A touch; contacts: names of the people at the organisation who were part of it, by name."""

    id: UUID
    partner_id: UUID
    partner: str
    on_day: date
    how: str
    contacts: tuple[str, ...]
    contact_ids: tuple[UUID, ...]
    coach_id: UUID
    coach: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class TrustRow:
    """One word on trust. direction: up, down, unchanged, first word or in other words, against the word before it."""

    id: UUID
    partner_id: UUID
    partner: str
    stage: str
    on_day: date
    direction: str
    said_by: str | None
    remark: str | None
    preceded_by: str | None
    written_by: str


@dataclass(frozen=True, slots=True)
class ConnectorRow:
    """Somebody who opens doors; made, could: to how many organisations they introduced us, and could."""

    id: UUID
    name: str
    role: str
    partner_id: UUID | None
    partner: str | None
    phone: str | None
    email: str | None
    note: str | None
    known_by_id: UUID | None
    known_by: str
    leaves_on: date | None
    made: int
    could: int


@dataclass(frozen=True, slots=True)
class IntroductionRow:
    """Who introduced us to whom; on_day None: only could. by: the name, of either kind; said: with what they are."""

    id: UUID
    by: str
    by_says: str
    by_connector_id: UUID | None
    by_connector: str | None
    by_contact_id: UUID | None
    by_contact: str | None
    partner_id: UUID
    partner: str
    contact_id: UUID | None
    contact: str | None
    on_day: date | None
    told_by: str | None
    remark: str | None
    written_by: str


def _in_lot(session: Session, lot: UUID | None) -> Any:
    """Whether an organisation with these lots works in the one that is looked at."""
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    return lambda lots: name is None or not lots or name in lots


def touches(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None) -> list[TouchRow]:
    """Touches, the latest day first."""
    members, is_here, one = programme_queries.member_names(session), _in_lot(session, lot), Touch
    chosen = (sa.select(one.id, one.partner_id, Partner.name, one.on_day, one.how, one.coach_id, one.remark, Partner.lots)
              .join(Partner, Partner.id == one.partner_id).order_by(one.on_day.desc(), one.row.desc()))
    there = (sa.select(TouchWith.touch_id, PartnerContact.name, PartnerContact.id)
             .join(PartnerContact, PartnerContact.id == TouchWith.contact_id)
             .order_by(sa.func.lower(PartnerContact.name), PartnerContact.id))
    if partner is not None:
        chosen, there = chosen.where(one.partner_id == partner), there.where(PartnerContact.partner_id == partner)
    people: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    for touch, name, id in session.execute(there):
        people[touch].append((name, id))
    rows: Iterable[Any] = session.execute(chosen)
    return [TouchRow(id, of, name, on, how, tuple(each for each, _ in people[id]), tuple(each for _, each in people[id]), coach,
                     members.get(coach, ""), remark)
            for id, of, name, on, how, coach, remark, lots in rows if is_here(lots)][:limit]


def trust_words(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None) -> list[TrustRow]:
    """What was said of trust, the latest day first. What was said later of the same day stands above what it put right."""
    members, is_here, one = programme_queries.member_names(session), _in_lot(session, lot), Trust
    chosen = (sa.select(one.id, one.partner_id, Partner.name, one.stage, one.on_day, one.said_by, one.remark, one.preceded_by,
                        one.written_by, Partner.lots)
              .join(Partner, Partner.id == one.partner_id).order_by(one.on_day, one.said_at, one.id))
    if partner is not None:
        chosen = chosen.where(one.partner_id == partner)
    before: dict[UUID, str] = {}
    scale = programme_queries.network(session).trust
    found: list[TrustRow] = []
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, stage, on, said_by, remark, preceded, by, lots in rows:
        if is_here(lots):
            went = direction(before.get(of), stage, scale)
            found.append(TrustRow(id, of, name, stage, on, went, said_by, remark, preceded, members.get(by, "")))
        before[of] = stage
    return found[::-1][:limit]


def trust_standings(session: Session, *, until: date | None = None) -> dict[UUID, Standing]:
    """How trust stands with each organisation of which something was said. Of several words on one day the last counts."""
    one, end = Trust, until or today(session)
    words: dict[UUID, dict[date, Word]] = defaultdict(dict)
    chosen = (sa.select(one.partner_id, one.on_day, one.stage).where(one.on_day <= end).order_by(one.on_day, one.said_at, one.id))
    for of, on, stage in session.execute(chosen):
        words[of][on] = Word(on, stage)
    scale = programme_queries.network(session).trust
    return {of: found for of, said in words.items() if (found := standing([*said.values()], scale)) is not None}


def off_scale(session: Session) -> int:
    """How many organisations stand at a step of trust that the programme's scale does not have (any more)."""
    scale = programme_queries.network(session).trust
    return sum(not scale.level(each.stage) for each in trust_standings(session).values())


def connectors(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ConnectorRow]:
    """Connectors by name; with lot those of organisations in it or of none, and those who introduced us to one in it."""
    members, is_here, one = programme_queries.member_names(session), _in_lot(session, lot), Connector
    opened: dict[UUID, list[tuple[bool, Any]]] = defaultdict(list)
    doors: Iterable[Any] = session.execute(sa.select(Introduction.by_connector_id, Introduction.on_day, Partner.lots)
                                           .join(Partner, Partner.id == Introduction.partner_id))
    for by, on, lots in doors:
        opened[by].append((on is not None, lots))
    chosen = (sa.select(one.id, one.name, one.role, one.partner_id, Partner.name, one.phone, one.email, one.note, one.known_by,
                        one.leaves_on, Partner.lots)
              .outerjoin(Partner, Partner.id == one.partner_id).order_by(sa.func.lower(one.name), one.id))
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for *known, leaves_on, lots in rows:
        doors_of = opened[known[0]]
        if (is_here(lots) if known[3] else not doors_of) or any(is_here(each) for _, each in doors_of):
            values: Any = [*known, members.get(known[8], ""), leaves_on, sum(made for made, _ in doors_of),
                           sum(not made for made, _ in doors_of)]
            found.append(ConnectorRow(*values))
    return found[:limit]


def introductions(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
                  by: UUID | None = None) -> list[IntroductionRow]:
    """Introductions, the latest first, those that only could be at the top; to one organisation, or by one person."""
    members, is_here, one = programme_queries.member_names(session), _in_lot(session, lot), Introduction
    who, whose, to = aliased(PartnerContact), aliased(Partner), aliased(PartnerContact)
    chosen = (sa.select(one.id, one.by_connector_id, Connector.name, Connector.role, one.by_contact_id, who.name, whose.name,
                        one.partner_id, Partner.name, one.contact_id, to.name, one.on_day, one.told_by, one.remark, one.written_by,
                        Partner.lots)
              .join(Partner, Partner.id == one.partner_id).outerjoin(Connector, Connector.id == one.by_connector_id)
              .outerjoin(who, who.id == one.by_contact_id).outerjoin(whose, whose.id == who.partner_id)
              .outerjoin(to, to.id == one.contact_id).order_by(one.on_day.is_not(None), one.on_day.desc(), one.row.desc()))
    if partner is not None:
        chosen = chosen.where(one.partner_id == partner)
    if by is not None:
        chosen = chosen.where(sa.or_(one.by_connector_id == by, one.by_contact_id == by))
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for id, connector, name, role, contact, person, at, of, called, met, met_name, on, told, remark, written, lots in rows:
        if is_here(lots):
            says = f"{name}, {role}" if name else f"{person}, {at}"
            found.append(IntroductionRow(id, name or person or "", says, connector, name, contact, person,
                                         of, called, met, met_name, on, told, remark, members.get(written, "")))
    return found[:limit]
