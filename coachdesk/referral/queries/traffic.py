"""The traffic with each partner, counted by the store: what was sent and received, what came of it, how long an answer takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.partner.record import Partner
from coachdesk.referral import rules
from coachdesk.referral.queries.standing import standing, waits
from coachdesk.referral.record import Referral
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class TrafficRow:
    """Referrals given to and received from one partner; id is the partner's. no_reply: given and overdue."""

    id: UUID
    partner: str
    is_own_provision: bool
    given: int
    given_accepted: int
    given_completed: int
    no_reply: int
    received: int
    received_accepted: int
    received_completed: int


@dataclass(frozen=True, slots=True)
class DealingsRow:
    """How it goes with one partner; id is the partner's. reply_days: the median until an answer came, None where none came yet."""

    id: UUID
    given: int
    accepted: int
    declined: int
    helped: int
    no_reply: int
    received: int
    reply_days: int | None
    last_on: date | None


def _count(*conditions: Any) -> Any:
    return sa.func.count(sa.case((sa.and_(*conditions), 1)))


def _of(chosen: Any, kept: Any, lot: UUID | None, partner: UUID | None) -> Any:
    chosen = chosen.join(kept, kept.c.key == Referral.row)
    for column, wanted in ((Referral.lot_id, lot), (Referral.partner_id, partner)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    return chosen


def traffic(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[TrafficRow]:
    """Given and received by partner, the busiest first; partners without any are left out. A draft is not given yet."""
    kept = standing(session)
    given, came = sa.and_(Referral.direction == rules.OUT, kept.c.state != rules.DRAFT), Referral.direction == rules.IN
    took, done = kept.c.was_accepted == 1, kept.c.state == rules.COMPLETED
    late = sa.and_(waits(kept), kept.c.due_on < today(session).isoformat())
    chosen: Any = sa.select(Partner.id, Partner.name, Partner.is_own_provision, _count(given), _count(given, took),
                            _count(given, took, done), _count(given, late), _count(came), _count(came, took), _count(came, took, done))
    chosen = _of(chosen.select_from(Referral).join(Partner, Partner.id == Referral.partner_id), kept, lot, None)
    chosen = chosen.group_by(Partner.id).order_by((_count(given) + _count(came)).desc(), Partner.name, Partner.id).limit(limit)
    return [TrafficRow(*row) for row in session.execute(chosen)]


def dealings(session: Session, *, lot: UUID | None = None, partner: UUID | None = None) -> dict[UUID, DealingsRow]:
    """How it goes with each partner that has any referrals, or with one."""
    kept = standing(session)
    given = sa.and_(Referral.direction == rules.OUT, kept.c.state != rules.DRAFT)
    late = sa.and_(waits(kept), kept.c.due_on < today(session).isoformat())
    chosen: Any = _of(sa.select(
        Referral.partner_id, _count(given), _count(given, kept.c.was_accepted == 1), _count(given, kept.c.state == rules.DECLINED),
        _count(given, kept.c.was_helped == 1), _count(given, late), _count(Referral.direction == rules.IN),
        sa.func.max(Referral.made_on, type_=sa.Date())).select_from(Referral), kept, lot, partner).group_by(Referral.partner_id)
    wait = sa.cast(sa.func.julianday(kept.c.replied_on) - sa.func.julianday(kept.c.asked_on), sa.Integer).label("days")
    counted: Iterable[Any] = session.execute(
        _of(sa.select(Referral.partner_id, wait, sa.func.count()).select_from(Referral), kept, lot, partner)
        .where(given, kept.c.replied_on.is_not(None)).group_by(Referral.partner_id, wait))
    days: dict[UUID, list[int]] = defaultdict(list)
    for known, took, count in counted:
        days[known] += [took] * count
    return {row[0]: DealingsRow(*(*row[:7], round(median(days[row[0]])) if row[0] in days else None, row[7]))
            for row in session.execute(chosen)}
