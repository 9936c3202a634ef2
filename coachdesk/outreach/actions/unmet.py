"""Counting people who were turned away: by ward, need and place, and nothing that could name them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import rules
from coachdesk.outreach.actions.state import becomes_held
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.record import Tally
from coachdesk.partner.actions import held
from coachdesk.partner.record import Venue
from coachdesk.place.rules import postcode_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot
from coachdesk.store.doors import Ref
from coachdesk.store.session import moment, today


def turn_away(session: Session, *, need: Annotated[str | None, "what they needed, by topic"] = None,
              lot: Annotated[UUID | None, Ref("programme", "lot; the place's or the session's when not said")] = None,
              venue: Annotated[UUID | None, Ref("partner.venue", "place, where there was no session")] = None,
              session_id: Annotated[UUID | None, Ref("outreach.session", "session")] = None,
              postcode: Annotated[str | None, "their postcode: only to find the ward, and never kept"] = None,
              count: Annotated[int | None, "people: how many; 1 when not said"] = None,
              on_day: Annotated[date | None, "day, where there was no session; today when not said"] = None) -> UUID:
    """Counts people who were turned away. Their postcode finds the ward of the day and is forgotten; nothing else is asked.

    Refusal for an unknown need, a count below 1, a text that is no postcode, a day to come, or when no lot is known.
    """
    number, called = rules.count_of(1 if count is None else count), rules.topics_of([need])[:1] if need else []
    if session_id is not None:
        met = becomes_held(held(session, OutreachSession, session_id, "session"))
        where = {"session_id": met.id}
        on = met.held_on
    else:
        place = held(session, Venue, venue, "place") if venue is not None else None
        on = on_day or today(session)
        if on > today(session):
            raise Refusal(f"{day_text(on)} is still to come.", "Count people on the day; nothing was changed.")
        programme_queries.days(session).check_began(on)
        of = held(session, Lot, lot, "lot").id if lot is not None else place.lot_id if place is not None else None
        if of is None:
            raise Refusal("It is not said in which lot they were turned away.", "Choose a lot, a place or a session. Nothing was changed.")
        where = {"lot_id": of} | ({"venue_id": place.id} if place is not None else {})
    code, name = ward_of(session, postcode, on)
    made = Tally(**where, what=rules.TURNED_AWAY, count=number, made_at=moment(session), ward_code=code, ward_name=name,
                 need=called[0] if called else None, on_day=None if session_id is not None else on)
    session.add(made)
    return made.id


def ward_of(session: Session, postcode: str | None, on: date) -> tuple[str | None, str | None]:
    """The ward of a postcode by the edition of a day, as (code, name); nothing where no edition knows it. The Refusal never repeats it."""
    if not (postcode or "").strip():
        return None, None
    clean = postcode_of(postcode or "")
    if clean is None:
        raise Refusal("That is not a postcode.", "Write it like B34 7AA, or leave it empty: then no ward is counted. Nothing was changed.")
    found = programme_queries.shelf_of(session).lookup(clean, on)
    return (found.ward_code, found.ward_name or found.ward_code) if found is not None and found.ward_code else (None, None)
