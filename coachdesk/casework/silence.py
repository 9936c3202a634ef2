"""Whom nobody has met, helped or spoken with for four weeks: the no-contact list.

Real contact is help given or a call logged, and an appointment kept. A text message that was no meaningful help (a reminder) is none, nor
an appointment that was missed or cancelled, nor a follow-up that was only ticked off. Whoever has had none is counted from their
registration; whoever is paused is left in peace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.casework import queries as casework_queries
from coachdesk.casework.closing import reach_words
from coachdesk.participant.record import Participant

_PORTION = 500


@dataclass(frozen=True, slots=True)
class NoContactRow:
    """Somebody to look for. reach: how they may be reached, with what is not safe; last_contact_on None: none since registration."""

    id: UUID
    reference: str
    name: str
    phone: str
    reach: str
    lot: str
    coach: str
    last_contact_on: date | None
    days: int
    next_what: str
    next_on: date | None


def no_contact(session: Session, *, lot: UUID | None = None, coach: UUID | None = None, limit: int | None = None) -> list[NoContactRow]:
    """Who has had no contact for so many days as make the list, the longest first."""
    rows = [row for row in casework_queries.caseload(session, lot=lot, coach=coach)
            if row.silent_days >= casework_queries.SILENT_DAYS and row.state != casework_queries.PAUSED]
    rows = sorted(rows, key=lambda row: (-row.silent_days, row.name.casefold()))[:limit]
    p = Participant
    ways: dict[UUID, tuple[str, str]] = {}
    ids = [row.id for row in rows]
    for start in range(0, len(ids), _PORTION):
        chosen = sa.select(p.id, p.phone, p.email, p.preferred_contact, p.is_safe_to_call, p.is_safe_to_leave_message).where(
            p.id.in_(ids[start:start + _PORTION]))
        for id, phone, email, likes, calls, messages in session.execute(chosen):
            ways[id] = phone or "", reach_words(phone, email, likes, calls, messages)
    return [NoContactRow(row.id, row.reference, row.name, *ways[row.id], row.lot, row.coach,
                         row.last_contact_on, row.silent_days, row.next_what, row.next_on) for row in rows]
