"""Series of sessions, and a month of sessions by their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.record import Host, Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import PLANNED, bank_holiday, every_words
from coachdesk.partner.record import Partner, Venue
from coachdesk.programme.record import Lot, TeamMember


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series. planned: sessions still to come; next_on, last_on: the next and the last one that is written; hosts: of the last one."""

    id: UUID
    kind: str
    venue_id: UUID
    venue: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    every_weeks: int
    how_often: str
    from_day: date
    to_day: date | None
    starts_at: str | None
    ends_at: str | None
    ended_why: str | None
    planned: int
    next_on: date | None
    last_on: date | None
    hosts: tuple[str, ...]


def series(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None) -> list[SeriesRow]:
    """Series, running ones first, then by venue and first day."""
    one = OutreachSession
    coming = sa.case((one.status == PLANNED, 1))
    written = (sa.select(one.series_id, sa.func.count(coming).label("planned"), sa.func.min(sa.case((one.status == PLANNED, one.held_on)))
                         .label("next_on"), sa.func.max(one.held_on).label("last_on"))
               .where(one.series_id.is_not(None)).group_by(one.series_id).subquery())
    chosen = (sa.select(Series.id, Series.kind, Series.venue_id, Venue.name, Series.lot_id, Lot.name, Series.coach_id, TeamMember.name,
                        Series.every_weeks, Series.from_day, Series.to_day, Series.starts_at, Series.ends_at, Series.ended_why,
                        sa.func.coalesce(written.c.planned, 0), written.c.next_on, written.c.last_on)
              .join(Venue, Venue.id == Series.venue_id).join(Lot, Lot.id == Series.lot_id)
              .join(TeamMember, TeamMember.id == Series.coach_id).outerjoin(written, written.c.series_id == Series.id)
              .order_by(Series.ended_why.is_not(None), Venue.name, Series.from_day, Series.id).limit(limit))
    if lot is not None:
        chosen = chosen.where(Series.lot_id == lot)
    if id is not None:
        chosen = chosen.where(Series.id == id)
    rows: list[Any] = [*session.execute(chosen)]
    hosts = _hosts(session, [row[0] for row in rows])
    return [SeriesRow(*(*row[:9], every_words(row[8], row[9]), *row[9:], hosts.get(row[0], ()))) for row in rows]


def _hosts(session: Session, ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The joint hosts of the last written session of each series."""
    one = OutreachSession
    last = (sa.select(one.series_id, sa.func.max(one.held_on).label("on")).where(one.series_id.in_(ids)).group_by(one.series_id).subquery())
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    of_last = sa.and_(one.series_id == last.c.series_id, one.held_on == last.c.on)
    first = sa.select(one.series_id, Partner.name).join(last, of_last).join(Partner, Partner.id == one.joint_partner_id)
    further = (sa.select(one.series_id, Partner.name).join(last, of_last).join(Host, Host.session_id == one.id)
               .join(Partner, Partner.id == Host.partner_id).order_by(Host.id))
    for known, name in [*session.execute(first), *session.execute(further)]:
        if known is not None:
            found[known][name] = None
    return {known: tuple(names) for known, names in found.items()}


def series_row(session: Session, id: UUID) -> SeriesRow | None:
    """One series; None when there is none."""
    return next(iter(series(session, id=id)), None)


def series_holidays(session: Session, id: UUID) -> list[tuple[date, str]]:
    """The planned sessions of a series that fall on a bank holiday, with its name."""
    one = OutreachSession
    days = session.execute(sa.select(one.held_on).where(one.series_id == id, one.status == PLANNED).order_by(one.held_on)).scalars()
    return [(on, bank_holiday(on)) for on in days if bank_holiday(on)]
