"""Series of sessions: plan one, plan it on, change it, end it. Sessions that were held are never touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import rules
from coachdesk.outreach.actions.hosts import Hosts, hosts_of, put_hosts
from coachdesk.outreach.actions.sessions import Ends, Starts, VenueRef
from coachdesk.outreach.actions.state import has_people, why_of
from coachdesk.outreach.record import Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held
from coachdesk.partner.record import Venue
from coachdesk.programme.queries import days
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import check_span
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today

MOST_DAYS_LATER = 27
CoachRef = Annotated[UUID | None, Ref("programme.member", "coach; you when not said")]


def plan_series(session: Session, *, venue: VenueRef, kind: Annotated[str, "kind of session"],
                from_day: Annotated[date | None, "first day; its weekday is that of the series; today when not said"] = None,
                every_weeks: Annotated[int | None, "weeks: how often; every week when not said"] = None,
                to_day: Annotated[date | None, "last day; goes on when not said"] = None, starts_at: Starts = None, ends_at: Ends = None,
                coach: CoachRef = None, lot: Annotated[UUID | None, Ref("programme", "lot; the venue's when not said")] = None,
                hosts: Hosts = None) -> UUID:
    """Plans sessions that come back and writes those of the next 26 weeks; days before today are left out.

    A day on which this venue has a session of that kind already gets no second one. Refusals as in open_session; also when no day is left.
    """
    place, first = held(session, Venue, venue, "venue"), from_day or today(session)
    begins, ends, every = rules.time_of(starts_at), rules.time_of(ends_at), rules.every_of(every_weeks)
    rules.check_times(begins, ends)
    check_span(first, to_day)
    days(session).check_session(first)
    made = Series(venue_id=venue, lot_id=held(session, Lot, lot, "lot").id if lot else place.lot_id,
                  coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
                  kind=rules.session_kind_of(kind), every_weeks=every, from_day=first, to_day=to_day, starts_at=begins, ends_at=ends)
    session.add(made)
    if not _write(session, made, hosts or [], after=None):
        raise Refusal("None of its days is still to come, or each has a session there already.",
                      "Check the first and the last day. Nothing was changed.")
    return made.id


def extend_series(session: Session, id: UUID) -> None:
    """Writes the sessions of a series up to 26 weeks ahead. Refusal when it has ended or everything is written."""
    found = held(session, Series, id, "series")
    one = OutreachSession
    last = session.scalar(sa.select(one).where(one.series_id == id).order_by(one.held_on.desc()).limit(1))
    if not _write(session, found, hosts_of(session, last) if last else [], after=last.held_on if last else None):
        raise Refusal("Everything that this series can have is planned already.", "It may have ended. Nothing was changed.")


def change_series(session: Session, id: UUID, *, from_day: Annotated[date | None, "from this day on; from today when not said"] = None,
                  venue: Annotated[UUID | None, Ref("partner.venue", "venue")] = None,
                  kind: Annotated[str | None, "kind of session"] = None, starts_at: Starts = None, ends_at: Ends = None,
                  coach: Annotated[UUID | None, Ref("programme.member", "coach")] = None,
                  days_later: Annotated[int | None, "days: moved by so many days, earlier when below nothing"] = None,
                  hosts: Hosts = None) -> None:
    """Changes the planned sessions of a series from a day on, and what it plans afterwards, as one act. What is not given stays."""
    found, since = held(session, Series, id, "series"), from_day or today(session)
    coming = _planned(session, id, since)
    if not coming:
        raise Refusal(f"This series has no planned session from {day_text(since)} on.",
                      "Plan it on first, or choose another day. Nothing was changed.")
    begins = found.starts_at if starts_at is None else rules.time_of(starts_at)
    ends = found.ends_at if ends_at is None else rules.time_of(ends_at)
    rules.check_times(begins, ends)
    place = held(session, Venue, venue, "venue") if venue is not None else None
    leads = held(session, TeamMember, coach, "member of the team").id if coach is not None else None
    called = rules.session_kind_of(kind) if kind is not None else None
    move = timedelta(days=_moved(days_later))
    if move and coming[0].held_on + move < today(session):
        raise Refusal(f"The first session would be on {day_text(coming[0].held_on + move)}, which is over.",
                      "Move it by fewer days. Nothing was changed.")
    both: list[Series | OutreachSession] = [found, *coming]
    for one in both:
        one.starts_at, one.ends_at = begins, ends
        if place is not None:
            one.venue_id, one.lot_id = place.id, place.lot_id
        if leads is not None:
            one.coach_id = leads
        if called is not None:
            one.kind = called
    for met in coming:
        met.held_on += move
        if hosts is not None:
            put_hosts(session, met, hosts)
        if met.covered_by_id == met.coach_id:
            met.covered_by_id = None
    found.from_day += move


def end_series(session: Session, id: UUID, *, why: Annotated[str, "why it ends"],
               last_day: Annotated[date | None, "last day; today when not said"] = None) -> None:
    """Ends a series: planned sessions after the last day are cancelled with the reason, as one act. Refusal when it has ended before."""
    found, last, reason = held(session, Series, id, "series"), last_day or today(session), why_of(why)
    if found.ended_why is not None:
        raise Refusal("This series has ended already.", "There is nothing to do.")
    for met in _planned(session, id, last + timedelta(days=1)):
        met.status, met.cancelled_why = rules.CANCELLED, reason
    found.to_day, found.ended_why = max(last, found.from_day), reason


def _moved(days_later: int | None) -> int:
    count = days_later or 0
    if abs(count) > MOST_DAYS_LATER:
        raise Refusal(f"A series can be moved by up to {MOST_DAYS_LATER} days.",
                      "End it and plan another one instead. Nothing was changed.")
    return count


def _planned(session: Session, id: UUID, since: date) -> list[OutreachSession]:
    """Its planned sessions from a day on at which nobody was written down, the earliest first."""
    one = OutreachSession
    chosen = sa.select(one).where(one.series_id == id, one.status == rules.PLANNED, one.held_on >= since)
    return [met for met in session.scalars(chosen.order_by(one.held_on)) if not has_people(session, met.id)]


def _write(session: Session, of: Series, hosts: Sequence[str], *, after: date | None) -> int:
    """Writes the sessions that a series has after a day, none before today; answers how many."""
    now = today(session)
    with session.no_autoflush:
        one = OutreachSession
        taken = set(session.scalars(sa.select(one.held_on).where(
            one.venue_id == of.venue_id, one.kind == of.kind, one.held_on >= now, one.status.is_distinct_from(rules.CANCELLED))))
    written = 0
    for on in rules.series_days(of.from_day, of.every_weeks, rules.planned_until(now, of.from_day, of.to_day)):
        if on < now or on in taken or (after is not None and on <= after):
            continue
        met = OutreachSession(venue_id=of.venue_id, lot_id=of.lot_id, coach_id=of.coach_id, kind=of.kind, held_on=on,
                              starts_at=of.starts_at, ends_at=of.ends_at, series_id=of.id, status=rules.PLANNED)
        session.add(met)
        if hosts:
            put_hosts(session, met, hosts)
        written += 1
    return written
