"""Presence: week by week, whether somebody of us was at a place, or whether a coach was where they were expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.queries.sessions import was_held
from coachdesk.outreach.record import Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import (
    CANCELLED,
    PLANNED,
    gap_words,
    longest_gap,
    monday,
    series_days,
    signs_of,
    status_of,
    weeks_between,
    weeks_since,
)
from coachdesk.partner.record import Venue
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today

USUAL_WEEKS = 26


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A place or a coach over some weeks. signs: one a week (rules.SIGN_WORDS), the first of `from_week`, a Monday.

    weeks: with somebody there, covered ones among them; expected: with any session planned or held; since: whole weeks since the last
    time, None for never; coaches: who was there (of a coach: the places), most often first; gap: what is worth saying, in words.
    """

    id: UUID
    name: str
    lot: str
    from_week: date
    signs: tuple[str, ...]
    weeks: int
    covered: int
    expected: int
    longest_gap: int
    gap_from: date | None
    since: int | None
    last_on: date | None
    coaches: str
    gap: str


@dataclass(slots=True)
class _Weeks:
    """What happened in the weeks of one place or coach."""

    there: set[date]
    covered: set[date]
    called_off: set[date]
    expected: set[date]
    others: dict[UUID, int]


def presence(session: Session, *, lot: UUID | None = None, limit: int | None = None, by_coach: bool = False, weeks: int = USUAL_WEEKS,
             until: date | None = None) -> list[PresenceRow]:
    """Places (or coaches) over the last weeks up to a day (today when not said): those longest without anybody first.

    At a place a week with only a colleague in for the coach is covered; so is, of a coach, a week in which somebody else held theirs.
    """
    day = until or today(session)
    all_weeks = weeks_between(day - timedelta(weeks=weeks - 1), day)
    found = _found(session, lot, by_coach, all_weeks[0], day)
    ever = _ever(session, by_coach, lot, day)
    members, lots = programme_queries.member_names(session), programme_queries.lot_names(session)
    chosen = sa.select(Venue.id, Venue.name, Venue.lot_id).order_by(sa.func.lower(Venue.name), Venue.id)
    places = {row.id: row for row in session.execute(chosen if by_coach or lot is None else chosen.where(Venue.lot_id == lot))}
    rows = []
    for id in (set(found) | set(ever)) if by_coach else places:
        known = found.get(id) or _Weeks(set(), set(), set(), set(), {})
        first, last = ever.get(id, (None, None))
        there = known.there | known.covered
        longest, began = longest_gap(all_weeks, there, first, day)
        signs = signs_of(all_weeks, there=known.there, covered=known.covered, called_off=known.called_off,
                         expected=[week for week in known.expected if week <= day])
        since = weeks_since(last, day)
        met = sorted((-count, places[other].name if by_coach and other in places else members.get(other, ""))
                     for other, count in known.others.items())
        of = lot if by_coach else places[id].lot_id
        rows.append(PresenceRow(
            id, members.get(id, "a former member") if by_coach else places[id].name,
            lots.get(of, "") if of else "", all_weeks[0], signs, len(there & set(all_weeks)),
            len(known.covered - known.there), len((known.expected | there) & set(all_weeks)), longest, began, since, last,
            ", ".join(name for _count, name in met if name), gap_words(longest, began, since)))
    return sorted(rows, key=lambda row: (row.since is None, -(row.since or 0), row.name.casefold()))[:limit]


def _found(session: Session, lot: UUID | None, by_coach: bool, since: date, until: date) -> dict[UUID, _Weeks]:
    one = OutreachSession
    chosen = (sa.select(one.venue_id, one.coach_id, one.covered_by_id, one.status, one.held_on)
              .where(one.held_on.between(since, until)).order_by(one.held_on, one.row))
    if lot is not None:
        chosen = chosen.where(one.lot_id == lot)
    found: dict[UUID, _Weeks] = defaultdict(lambda: _Weeks(set(), set(), set(), set(), defaultdict(int)))
    rows: Iterable[Any] = session.execute(chosen)
    for venue, coach, cover, status, on in rows:
        week, state = monday(on), status_of(status)
        one_of = found[coach if by_coach else venue]
        one_of.expected.add(week)
        if state == CANCELLED:
            one_of.called_off.add(week)
        elif state != PLANNED:
            (one_of.covered if cover else one_of.there).add(week)
            if by_coach and cover:
                found[cover].there.add(week)
            one_of.others[venue if by_coach else cover or coach] += 1
    running = sa.select(Series.venue_id, Series.coach_id, Series.from_day, Series.every_weeks, Series.to_day)
    if lot is not None:
        running = running.where(Series.lot_id == lot)
    for venue, coach, first, every, last in session.execute(running.where(Series.from_day <= until)):
        days = series_days(first, every, min(until, last) if last else until)
        found[coach if by_coach else venue].expected.update(monday(on) for on in days if on >= since)
    return found


def _ever(session: Session, by_coach: bool, lot: UUID | None, until: date) -> dict[UUID, tuple[date, date]]:
    """The first and the last day on which somebody was there; of a coach, on which they were there themselves."""
    one = OutreachSession
    of = sa.func.coalesce(one.covered_by_id, one.coach_id, type_=one.coach_id.type) if by_coach else one.venue_id
    chosen = (sa.select(of, sa.func.min(one.held_on, type_=sa.Date()), sa.func.max(one.held_on, type_=sa.Date()))
              .where(was_held(), one.held_on <= until).group_by(of))
    if lot is not None:
        chosen = chosen.where(one.lot_id == lot)
    return {id: (first, last) for id, first, last in session.execute(chosen)}
