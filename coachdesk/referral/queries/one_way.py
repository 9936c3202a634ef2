"""Partners with whom traffic goes one way, and what was written about it: an alert stays until somebody says what will be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import first_day, month_from_text, month_of, month_text
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.programme.record import TeamMember
from coachdesk.referral.queries.standing import standing
from coachdesk.referral.record import OneWay, Referral
from coachdesk.referral.rules import OUT, reciprocity
from coachdesk.store.session import today

KIND = "referral.one_way"           # as it stands in what is due
_LEAD = "lead"


@dataclass(frozen=True, slots=True)
class OneWayRow:
    """What was written about traffic that goes one way. month: the last whole month that was known then, YYYY-MM.

    lot: of which lot it speaks; empty: of all lots together, and so of each.
    """

    id: UUID
    partner_id: UUID
    partner: str
    way: str
    month: str
    what: str
    said_by: str
    said_on: date
    lot: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert as it stands. coach_id and lot_id: whose referrals they mostly are, and where; answer: empty while none counts."""

    partner_id: UUID
    partner: str
    run: reciprocity.Run
    raised_on: date
    coach_id: UUID
    lot_id: UUID
    answer: str


def answers(session: Session, *, partner: UUID | None = None, lot: UUID | None = None, limit: int | None = None) -> list[OneWayRow]:
    """What was written, newest first. lot: of partners that work in it, without what was said of another lot."""
    chosen = (sa.select(OneWay.id, OneWay.partner_id, Partner.name, OneWay.way, OneWay.until_month, OneWay.what,
                        sa.func.coalesce(TeamMember.name, ""), OneWay.said_at, Partner.lots, OneWay.lot_id)
              .join(Partner, Partner.id == OneWay.partner_id).outerjoin(TeamMember, TeamMember.id == OneWay.said_by)
              .order_by(OneWay.said_at.desc(), OneWay.__table__.c.row.desc()))
    if partner is not None:
        chosen = chosen.where(OneWay.partner_id == partner)
    if lot is not None:
        chosen = chosen.where(sa.or_(OneWay.lot_id.is_(None), OneWay.lot_id == lot))
    names = programme.lot_names(session)
    name = names.get(lot) if lot is not None else None
    rows: Any = session.execute(chosen)
    found = [OneWayRow(id, known, called, way, month_text(until), what, by, at.astimezone().date(), names.get(of, ""))
             for id, known, called, way, until, what, by, at, lots, of in rows if lot is None or not lots or name in lots]
    return found[:limit]


def one_way_alerts(session: Session, *, partner: UUID | None = None, lot: UUID | None = None) -> list[Standing]:
    """Every partner with whom three whole months or more went one way, whether answered or not; of one lot, or of all lots together.

    The provider's own are left out: what is kept in-house has a report of its own. Counted by the store: the last months by
    partner first, and all months only of those that went one way in every one of them.
    """
    kept, now = standing(session), month_of(today(session))
    likely = _likely(session, kept, now, partner, lot)
    if not likely:
        return []
    counts, written = _counts(session, kept, likely, lot), _written(session, likely, lot)
    names: dict[UUID, str] = dict(session.execute(sa.select(Partner.id, Partner.name).where(Partner.id.in_(likely))).all())
    found = []
    for known in likely:
        run = reciprocity.alert(counts[known], now)
        if run is None:
            continue
        said = [(until, what) for way, until, what in written.get(known, ()) if way == run.way and until >= run.since]
        until, what = max(said, key=lambda each: each[0], default=(None, ""))
        raised = reciprocity.raised_in(run, until)
        coach, where = _whose(session, kept, known, run, lot)
        is_answered = until is not None and reciprocity.is_answered(run, run.way, until)
        found.append(Standing(known, names[known], run, first_day(raised + 1), coach, where, what if is_answered else ""))
    return sorted(found, key=lambda each: (each.raised_on, each.partner.casefold(), each.partner_id.bytes))


def alert_of(session: Session, partner: UUID, lot: UUID | None = None) -> Standing | None:
    """The alert of one partner, in one lot or in all together; or None."""
    return next(iter(one_way_alerts(session, partner=partner, lot=lot)), None)


def _likely(session: Session, kept: Any, now: int, partner: UUID | None, lot: UUID | None) -> list[UUID]:
    """Partners that had traffic in each of the last whole months, all of it in one direction."""
    least, month = reciprocity.ONE_WAY_MONTHS, sa.func.substr(kept.c.sent_on, 1, 7)
    chosen = (sa.select(Referral.partner_id).join(kept, kept.c.key == Referral.row).join(Partner, Partner.id == Referral.partner_id)
              .where(Partner.is_own_provision.is_(False), *_in_lot(lot),
                     kept.c.sent_on >= first_day(now - least).isoformat(), kept.c.sent_on < first_day(now).isoformat())
              .group_by(Referral.partner_id)
              .having(sa.func.count(month.distinct()) == least, sa.func.min(Referral.direction) == sa.func.max(Referral.direction)))
    if partner is not None:
        chosen = chosen.where(Referral.partner_id == partner)
    return list(session.execute(chosen).scalars())


def _in_lot(lot: UUID | None) -> list[sa.ColumnElement[bool]]:
    return [] if lot is None else [Referral.lot_id == lot]


def _counts(session: Session, kept: Any, partners: Collection[UUID], lot: UUID | None) -> dict[UUID, dict[int, tuple[int, int]]]:
    month = sa.func.substr(kept.c.sent_on, 1, 7).label("month")
    given = sa.func.count(sa.case((Referral.direction == OUT, 1)))
    chosen: Any = (sa.select(Referral.partner_id, month, given, sa.func.count() - given).join(kept, kept.c.key == Referral.row)
                   .where(kept.c.sent_on.is_not(None), Referral.partner_id.in_(partners), *_in_lot(lot))
                   .group_by(Referral.partner_id, "month"))
    found: dict[UUID, dict[int, tuple[int, int]]] = defaultdict(dict)
    for known, when, out, came in session.execute(chosen):
        found[known][month_from_text(when)] = (out, came)
    return found


def _written(session: Session, partners: Collection[UUID], lot: UUID | None) -> dict[UUID, list[tuple[str, int, str]]]:
    """What was written of all lots together; with lot also what was written of it."""
    found: dict[UUID, list[tuple[str, int, str]]] = defaultdict(list)
    chosen: Any = (sa.select(OneWay.partner_id, OneWay.way, OneWay.until_month, OneWay.what)
                   .where(OneWay.partner_id.in_(partners), sa.or_(OneWay.lot_id.is_(None), OneWay.lot_id == lot))
                   .order_by(OneWay.said_at.desc()))
    for known, way, until, what in session.execute(chosen):
        found[known].append((way, until, what))
    return found


def _whose(session: Session, kept: Any, partner: UUID, run: reciprocity.Run, lot: UUID | None) -> tuple[UUID, UUID]:
    """The coach and the lot of most of these referrals; a lead of the team, where every such coach has left."""
    day, latest = today(session), sa.func.max(kept.c.sent_on)
    has_left = sa.and_(TeamMember.to_day.is_not(None), TeamMember.to_day < day)
    chosen = (sa.select(Referral.coach_id, Referral.lot_id, has_left).join(kept, kept.c.key == Referral.row)
              .outerjoin(TeamMember, TeamMember.id == Referral.coach_id)
              .where(Referral.partner_id == partner, *_in_lot(lot), kept.c.sent_on >= first_day(run.since).isoformat(),
                     kept.c.sent_on < first_day(run.until + 1).isoformat())
              .group_by(Referral.coach_id, Referral.lot_id)
              .order_by(has_left, sa.func.count().desc(), latest.desc(), Referral.coach_id).limit(1))
    coach, where, is_gone = session.execute(chosen).one()
    if is_gone:
        leads = (row.id for row in programme.members(session) if row.role == _LEAD and (row.to_day is None or row.to_day >= day))
        coach = next(leads, coach)
    return coach, where
