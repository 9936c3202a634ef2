"""What became of a session: planned, held, cancelled, planned again."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach import rules
from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held
from coachdesk.partner.rules import note_of
from coachdesk.store.session import today

LONGEST_WHY = 300


def becomes_held(met: OutreachSession) -> OutreachSession:
    """A planned session is held once something is written down at it. Refusal at a cancelled one."""
    rules.check_cancelled(met.status, met.cancelled_why)
    if met.status == rules.PLANNED:
        met.status = rules.HELD
    return met


def hold_session(session: Session, id: UUID) -> None:
    """Says that a session took place, also when nobody came. Refusal before its day, and for a cancelled one."""
    met = held(session, OutreachSession, id, "session")
    rules.check_cancelled(met.status, met.cancelled_why)
    if rules.status_of(met.status) == rules.HELD:
        raise Refusal("This session is marked as held already.", "There is nothing to do.")
    rules.check_held(met.held_on, today(session))
    met.status = rules.HELD


def cancel_session(session: Session, id: UUID, *, why: Annotated[str, "why it was cancelled"]) -> None:
    """Cancels a session. Refusal without a reason, and when people were written down or counted at it: then it was held."""
    met = held(session, OutreachSession, id, "session")
    reason = why_of(why)
    if met.status == rules.CANCELLED:
        raise Refusal("This session was cancelled already.", "There is nothing to do.")
    if has_people(session, id):
        raise Refusal("Somebody was written down or counted at this session, so it was held.",
                      "Correct the session instead, or take those lines away first. Nothing was changed.")
    met.status, met.cancelled_why = rules.CANCELLED, reason


def plan_again(session: Session, id: UUID) -> None:
    """Takes a cancellation back: the session is planned again. Refusal when it was not cancelled."""
    met = held(session, OutreachSession, id, "session")
    if met.status != rules.CANCELLED:
        raise Refusal("This session was not cancelled.", "There is nothing to take back.")
    met.status, met.cancelled_why = rules.PLANNED, None


def has_people(session: Session, id: UUID) -> bool:
    """Whether anybody was written down or counted at a session."""
    named = session.scalar(sa.select(Contact.id).where(Contact.session_id == id).limit(1))
    counted = session.scalar(sa.select(sa.func.sum(Tally.count)).where(Tally.session_id == id, Tally.what != rules.BLANK_ROW))
    return named is not None or bool(counted)


def why_of(text: str | None) -> str:
    """A reason in words, at most LONGEST_WHY characters. Refusal without one."""
    reason = " ".join((note_of(text) or "").split())
    if not reason or len(reason) > LONGEST_WHY:
        raise Refusal("A session that is cancelled needs a short reason.",
                      "Say why in a few words, such as “hall flooded”. Nothing was changed.")
    return reason
