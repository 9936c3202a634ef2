"""Appointments of people at the partners to whom they were sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.queries import DueRow
from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.referral.record import Referral, Visit


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One appointment. referral: its id; changes: how often it was moved or called off."""

    id: UUID
    referral: UUID
    participant: str
    reference: str | None
    partner: str
    lot: str
    coach_id: UUID
    on_day: date
    at: str
    minutes: int
    place: str
    is_off: bool
    changes: int
    reply_code: str | None
    participant_id: UUID | None


def visits(session: Session, *, referral: UUID | None = None, lot: UUID | None = None, id: UUID | None = None,
           since: date | None = None, until: date | None = None, coach: UUID | None = None, limit: int | None = None) -> list[VisitRow]:
    """Appointments at partners, the latest first."""
    chosen: Any = (sa.select(
        Visit.id, Visit.referral_id, sa.func.coalesce(Participant.name, Referral.person_name, ""), Participant.reference, Partner.name,
        Referral.lot_id, Referral.coach_id, Visit.on_day, Visit.at, Visit.minutes, Visit.place, Visit.is_off, Visit.changes,
        Referral.reply_code, Referral.participant_id)
        .join(Referral, Referral.id == Visit.referral_id).join(Partner, Partner.id == Referral.partner_id)
        .outerjoin(Participant, Participant.id == Referral.participant_id).order_by(Visit.on_day.desc(), Visit.at.desc(), Visit.id))
    for column, wanted in ((Visit.referral_id, referral), (Referral.lot_id, lot), (Visit.id, id), (Referral.coach_id, coach)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    if since is not None:
        chosen = chosen.where(Visit.on_day >= since)
    if until is not None:
        chosen = chosen.where(Visit.on_day <= until)
    lots = programme.lot_names(session)
    rows: Iterable[Any] = session.execute(chosen.limit(limit))
    found: Iterable[Any] = ((*each[:5], lots.get(each[5], ""), *each[6:]) for each in rows)
    return [VisitRow(*each) for each in found]


def next_visit(session: Session, referral: UUID) -> VisitRow | None:
    """The appointment of a referral that was written down last and is not called off, or else one that is."""
    every = visits(session, referral=referral)
    return next((row for row in every if not row.is_off), next(iter(every), None))


def visits_due(session: Session, coach: UUID | None, since: date, until: date) -> list[DueRow]:
    """Appointments from a day up to a day, for the coach who sent."""
    return [DueRow(id=row.referral, kind="referral", due_on=row.on_day, what=f"At {row.partner}, {row.at}: {row.place}",
                   who=row.participant, coach_id=row.coach_id, lot=row.lot, about=row.participant_id)
            for row in visits(session, coach=coach, since=since, until=until) if not row.is_off]
