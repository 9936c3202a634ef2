"""What the lead should read before a claim goes out: months that are missing, what it does to a floor, a month that comes too late."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.queries import feed
from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.record import Claim
from coachdesk.clock import month_words
from coachdesk.programme import queries as programme


def remarks(session: Session, lot: UUID, kept: rules.ClaimFigures, last: Claim | None) -> tuple[str, ...]:
    """What should be known before sending: months that never went out and whose work is in here as late; a month that comes too late."""
    if last is not None and last.month > kept.month:
        return (
            f"The claim of {month_words(last.month)} went out already, so this month cannot be sent any more: "
            "what is left of it goes into the next claim.",
        )
    months = set(session.execute(sa.select(Claim.month).where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT))).scalars())
    missing = sorted({line.earned_month for line in kept.lines if line.earned_month < kept.month} - months)
    late = tuple(f"No claim of {month_words(month)} was sent from here: its work is in this claim as late." for month in missing)
    return (*late, *_floor_remarks(session, lot, kept))


def _floor_remarks(session: Session, lot: UUID, kept: rules.ClaimFigures) -> tuple[str, ...]:
    """What this claim does to a floor's base, and what its own floor's base lacks or counts although it was rejected."""
    terms, name = feed.terms(session), programme.lot_name(session, lot)
    sent = [claim for claim in feed.sent_claims(session) if claim.lot == str(lot)]
    begins = (rules.base_begins(floor, name, kept.month, kept.payable_pence, sent) for floor in terms.floors)
    rule = rules.floor_in(terms, kept.month)
    notes = rules.base_notes(rule, name, sent) if rule else ()
    return (*(each for each in begins if each), *(f"The base of the floor: {note}." for note in notes))
