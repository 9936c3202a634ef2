"""Closing a place, moving its sessions elsewhere, opening it again: one act each, so that one undo takes all of it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import rules
from coachdesk.outreach.actions.state import has_people
from coachdesk.outreach.record import Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.actions import held, set_venue_status
from coachdesk.partner.record import Venue
from coachdesk.partner.rules import CLOSED, OPEN, note_of, venue_status_of
from coachdesk.store.doors import Ref
from coachdesk.store.session import today

ToVenue = Annotated[UUID | None, Ref("partner.venue", "place to move the sessions to")]
_CHECK = "Choose another place; nothing was changed."


def close_venue(session: Session, id: UUID, *, reason: Annotated[str, "why it closes"],
                from_day: Annotated[date | None, "closed from this day on; today when not said"] = None,
                status: Annotated[str | None, "closed or restricted; closed when not said"] = None,
                review_on: Annotated[date | None, "look at it again on"] = None,
                risk_assessed_on: Annotated[date | None, "risk assessment done on"] = None,
                becomes: Annotated[str | None, "what becomes of its planned sessions: move, cancel or leave"] = None,
                to_venue: ToVenue = None) -> UUID:
    """Closes (or restricts) a place from a day on and moves or cancels its planned sessions and series from then on, as one act.

    With to_venue they move; with becomes=cancel they are cancelled with the reason and their series end; otherwise they stay as they are.
    Refusal without a reason, for a place that is not open to move to, or when a place is said to close as "open".
    """
    venue, of = held(session, Venue, id, "place"), venue_status_of(status or CLOSED)
    since, does = from_day or today(session), rules.becomes_of(becomes, to_venue)
    if of == OPEN:
        raise Refusal("Closing a place cannot make it open.", "Say “Open again” instead; nothing was changed.")
    made = set_venue_status(session, id, status=of, from_day=since, reason=reason, review_on=review_on, risk_assessed_on=risk_assessed_on)
    if does == rules.MOVE and to_venue is not None:
        move_sessions(session, id, to_venue=to_venue, from_day=since)
    elif does == rules.CANCEL:
        why = rules.closed_words(venue.name, note_of(reason))
        for met in _planned(session, id, since, None):
            met.status, met.cancelled_why = rules.CANCELLED, why
        for one in _running(session, id, since):
            one.to_day, one.ended_why = max(since - timedelta(days=1), one.from_day), why
    return made


def move_sessions(session: Session, id: UUID, *, to_venue: Annotated[UUID, Ref("partner.venue", "place to move the sessions to")],
                  from_day: Annotated[date | None, "sessions of this day and later; of today when not said"] = None,
                  until: Annotated[date | None, "sessions up to this day; all when not said, and their series too"] = None) -> None:
    """Moves the planned sessions of a place to another one; without a last day also what its series plan afterwards.

    Sessions at which somebody was written down stay. Refusal for the same place, or for one that is closed on the first day.
    """
    here, there, since = held(session, Venue, id, "place"), held(session, Venue, to_venue, "place"), from_day or today(session)
    if there.id == here.id:
        raise Refusal(f"The sessions are at {here.name} already.", _CHECK)
    if partner_queries.venue_status(session, there.id, since) == CLOSED:
        raise Refusal(f"{there.name} is closed on {day_text(since)} itself.", _CHECK)
    for met in _planned(session, id, since, until):
        met.venue_id, met.lot_id = there.id, there.lot_id
    for one in _running(session, id, since) if until is None else ():
        one.venue_id, one.lot_id = there.id, there.lot_id


def open_venue(session: Session, id: UUID, *, from_day: Annotated[date | None, "open from this day on; today when not said"] = None,
               risk_assessed_on: Annotated[date | None, "risk assessment done on"] = None,
               reason: Annotated[str | None, "what changed"] = None) -> UUID:
    """Says that a place is open again. Refusal when it is open on that day already."""
    since = from_day or today(session)
    if partner_queries.venue_status(session, held(session, Venue, id, "place").id, since) == OPEN:
        raise Refusal("This place is open on that day already.", "There is nothing to do.")
    return set_venue_status(session, id, status=OPEN, from_day=since, reason=reason, risk_assessed_on=risk_assessed_on)


def _planned(session: Session, venue: UUID, since: date, until: date | None) -> list[OutreachSession]:
    """Planned sessions at a place at which nobody was written down, the earliest first."""
    one = OutreachSession
    chosen = sa.select(one).where(one.venue_id == venue, one.status == rules.PLANNED, one.held_on >= since).order_by(one.held_on)
    if until is not None:
        chosen = chosen.where(one.held_on <= until)
    return [met for met in session.scalars(chosen) if not has_people(session, met.id)]


def _running(session: Session, venue: UUID, since: date) -> list[Series]:
    chosen = sa.select(Series).where(Series.venue_id == venue, Series.ended_why.is_(None),
                                     sa.or_(Series.to_day.is_(None), Series.to_day >= since))
    return list(session.scalars(chosen))
