"""Contracts and funding, who can give which kind of support in a lot on a day, and what a lot lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.partner.record import Capability, Partner
from coachdesk.partner.rules import capability as able
from coachdesk.partner.rules import end_words, warning_day
from coachdesk.partner.rules.capability import Giver, Square
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Body
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class CapabilityRow:
    """A contract or funding. holder: whoever of partner and body has it; is_own: the lead's or a delivery partner's, or own provision.

    state: when it ends, in words; warn_on: the day from which it stands in Today; is_running: on the day of today.
    """

    id: UUID
    funding: str
    holder: str
    is_own: bool
    partner_id: UUID | None
    partner: str | None
    body: str | None
    kinds: tuple[str, ...]
    lots: tuple[str, ...]
    from_day: date | None
    ends_on: date | None
    places: int | None
    amount_pence: int | None
    source: str | None
    note: str | None
    warn_days: int
    kept_by: str
    state: str
    warn_on: date | None
    is_running: bool


@dataclass(frozen=True, slots=True)
class AbleRow(Giver):
    """Somebody who can give a kind of support in a lot on a day, and by which funding. partner_id: None for the programme's own bodies."""

    partner_id: UUID | None = None
    funding: str = ""
    places: int | None = None
    reply_days: int | None = None


@dataclass(frozen=True, slots=True)
class LotCapability:
    """One lot on a day: every kind of support in the order of the list, with who can give it."""

    lot_id: UUID
    lot: str
    on: date
    squares: tuple[Square, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """Kinds that nobody can give."""
        return tuple(square.kind for square in self.squares if square.is_gap)


def capabilities(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
                 id: UUID | None = None) -> list[CapabilityRow]:
    """Contracts and funding, those that end first; without an end last."""
    day, members, one = today(session), programme_queries.member_names(session), Capability
    chosen = (sa.select(one.id, one.funding, Partner.name, Body.name, Partner.is_own_provision, one.partner_id, one.kinds, one.lots,
                        one.from_day, one.ends_on, one.places, one.amount_pence, one.source, one.note, one.warn_days, one.kept_by,
                        one.seen_on)
              .outerjoin(Partner, Partner.id == one.partner_id).outerjoin(Body, Body.id == one.body_id)
              .order_by(one.ends_on.is_(None), one.ends_on, sa.func.lower(one.funding), one.id))
    if partner is not None:
        chosen = chosen.where(one.partner_id == partner)
    if id is not None:
        chosen = chosen.where(one.id == id)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for (known, funding, called, body, is_own, of, kinds, lots, begins, ends, places, pence, source, note, warn_days, kept_by,
         seen_on) in rows:
        if name is None or not lots or name in lots:
            runs = (begins is None or begins <= day) and (ends is None or day <= ends)
            found.append(CapabilityRow(
                known, funding, called or body or "", body is not None or bool(is_own), of, called, body,
                tuple(kind for kind in able.SUPPORT_KINDS if kind in kinds), tuple(lots), begins, ends, places, pence, source, note,
                warn_days, members.get(kept_by, ""), end_words(ends, day) if ends else "no end",
                warning_day(ends, seen_on, warn_days) if ends else None, runs))
    return found[:limit]


def capability_for(session: Session, lot: UUID, kind: str, on: date | None = None) -> list[AbleRow]:
    """Who can give a kind of support (a word of SUPPORT_KINDS) in a lot on a day (today when not said): outside options first.

    Rows of the lead provider, of its delivery partners and of partners that are own provision have is_own and come last. An outside
    option has its partner_id, reply_days and funding; somebody with two contracts stands once for each.
    """
    name = programme_queries.lot_name(session, lot)
    return able.givers_of(_givers(session), name, kind, on or today(session))


def lot_capability(session: Session, *, lot: UUID | None = None, on: date | None = None) -> list[LotCapability]:
    """The map on a day (today when not said): of one lot, or of every lot by name."""
    day, givers, names = on or today(session), _givers(session), programme_queries.lot_names(session)
    chosen = names.items() if lot is None else [(lot, names[lot])]
    return [LotCapability(id, name, day, tuple(able.squares(givers, name, day))) for id, name in chosen]


def _givers(session: Session) -> list[AbleRow]:
    one = Capability
    chosen = (sa.select(one.id, Partner.name, Body.name, Partner.is_own_provision, one.kinds, one.lots, one.from_day, one.ends_on,
                        one.partner_id, one.funding, one.places, Partner.reply_days)
              .outerjoin(Partner, Partner.id == one.partner_id).outerjoin(Body, Body.id == one.body_id))
    rows: Iterable[Any] = session.execute(chosen)
    return [AbleRow(id, called or body or "", body is not None or bool(is_own), tuple(kinds), tuple(lots), begins, ends, of, funding,
                    places, reply_days)
            for id, called, body, is_own, kinds, lots, begins, ends, of, funding, places, reply_days in rows]
