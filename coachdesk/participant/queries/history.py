"""What changed with time about people: spells, benefits, pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.queries import DueRow
from coachdesk.participant.record import Benefit, Participant, Pause, Spell
from coachdesk.programme.record import Lot


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One time on the programme. id: the spell's, or the person's own where an older store knows only the registration."""

    id: UUID
    participant_id: UUID
    reference: str
    lot: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    weeks_out_of_work: int | None
    benefit: str | None
    hours_a_week: int | None
    pay_pence_an_hour: int | None
    contract: str | None
    employer: str | None
    job_title: str | None
    qualifications: str | None
    barriers: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """A benefit and what it asks, from a day until the next row's."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    from_day: date
    benefit: str
    conditionality: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A time in which nothing is expected of somebody."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    from_day: date
    expected_back_on: date | None
    to_day: date | None
    reason: str


def _narrowed(chosen: Any, lot: UUID | None, limit: int | None, participant: UUID | None) -> Any:
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(Participant.id == participant)
    return chosen.limit(limit)


def spells(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[SpellRow]:
    """Spells, the latest first. People registered by an earlier version have the one that their registration was."""
    s, p = Spell, Participant
    kept: Any = (
        sa.select(
            s.id,
            s.participant_id,
            p.reference,
            Lot.name,
            s.started_on,
            s.ended_on,
            s.end_reason,
            s.weeks_out_of_work,
            s.benefit,
            s.hours_a_week,
            s.pay_pence_an_hour,
            s.contract,
            s.employer,
            s.job_title,
            s.qualifications,
            s.barriers,
            s.note,
        )
        .join(p, p.id == s.participant_id)
        .join(Lot, Lot.id == s.lot_id)
        .order_by(s.started_on.desc(), s.id.desc())
    )
    found = [_spell_row(row) for row in session.execute(_narrowed(kept, lot, limit, participant))]
    older: Any = (
        sa.select(
            p.id,
            p.id,
            p.reference,
            Lot.name,
            p.registered_on,
            sa.null(),
            sa.null(),
            p.weeks_out_of_work,
            p.benefit,
            p.hours_a_week,
            p.pay_pence_an_hour,
        )
        .join(Lot, Lot.id == p.lot_id)
        .where(~sa.exists().where(s.participant_id == p.id))
        .order_by(p.registered_on.desc(), p.id.desc())
    )
    found += [_spell_row((*row, None, None, None, None, (), None)) for row in session.execute(_narrowed(older, lot, limit, participant))]
    return sorted(found, key=lambda row: row.started_on, reverse=True)[:limit]


def _spell_row(row: Any) -> SpellRow:
    values = list(row)
    values[15] = tuple(values[15] or ())
    return SpellRow(*values)


def ended() -> Any:
    """A sub-select of the ids of people whose time on the programme has ended: `Participant.id.not_in(ended())`."""
    s = Spell
    return sa.select(s.participant_id).group_by(s.participant_id).having(sa.func.count() == sa.func.count(s.ended_on))


def resting(on: date) -> Any:
    """A sub-select of the ids of people who are paused on a day."""
    return sa.select(Pause.participant_id).where(Pause.from_day <= on, sa.or_(Pause.to_day.is_(None), Pause.to_day > on))


def benefits(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[BenefitRow]:
    """Benefits, the latest first."""
    b = Benefit
    chosen = (
        sa.select(b.id, b.participant_id, Participant.reference, Participant.name, b.from_day, b.benefit, b.conditionality, b.note)
        .join(Participant, Participant.id == b.participant_id)
        .order_by(b.from_day.desc(), b.id.desc())
    )
    return [BenefitRow(*row) for row in session.execute(_narrowed(chosen, lot, limit, participant))]


def benefit_on(session: Session, participant: UUID, on: date) -> BenefitRow | None:
    """The row that stands on a day; None before the first (the baseline says what it was at the start)."""
    return next((row for row in benefits(session, participant=participant) if row.from_day <= on), None)


def pauses(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None) -> list[PauseRow]:
    """Pauses, the latest first."""
    p = Pause
    chosen = (
        sa.select(p.id, p.participant_id, Participant.reference, Participant.name, p.from_day, p.expected_back_on, p.to_day, p.reason)
        .join(Participant, Participant.id == p.participant_id)
        .order_by(p.from_day.desc(), p.id.desc())
    )
    return [PauseRow(*row) for row in session.execute(_narrowed(chosen, lot, limit, participant))]


def paused(session: Session, participant: UUID) -> PauseRow | None:
    """The pause that is open now; None when there is none."""
    return next((row for row in pauses(session, participant=participant) if row.to_day is None), None)


def due_back(session: Session, *, coach: UUID | None = None, until: date) -> list[DueRow]:
    """People who are expected back from a pause on or before a day."""
    chosen: Any = (
        sa.select(Pause.id, Pause.expected_back_on, Participant.name, Participant.coach_id, Lot.name, Participant.id)
        .join(Participant, Participant.id == Pause.participant_id)
        .join(Lot, Lot.id == Participant.lot_id)
        .where(Pause.to_day.is_(None), Pause.expected_back_on <= until)
        .order_by(Pause.expected_back_on, Pause.id)
    )
    if coach is not None:
        chosen = chosen.where(Participant.coach_id == coach)
    return [
        DueRow(id, "participant.pause", on, "Expected back from a pause", who, of, lot, person)
        for id, on, who, of, lot, person in session.execute(chosen)
    ]
