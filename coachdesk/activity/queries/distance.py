"""How far people have come: the contract's scale, readings, first and latest side by side, and whom to ask a second time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.record import Reading
from coachdesk.outreach.queries import DueRow
from coachdesk.participant import queries as participant
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme
from coachdesk.programme.record import Scale
from coachdesk.programme.rules import Question, questions_from


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A scale, its questions in order, and when it is asked."""

    id: UUID
    code: str
    title: str
    low: int
    high: int
    again_after_days: int
    from_day: date
    to_day: date | None
    source: str | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading; answers as `question=number`."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    scale: str
    read_on: date
    answers: tuple[str, ...]
    note: str | None
    numbers: dict[str, int]


@dataclass(frozen=True, slots=True)
class Distance:
    """A person's readings on one scale: first and latest side by side. latest None: there is only one; due_on: when the second is due."""

    scale: ScaleRow
    first: ReadingRow | None
    latest: ReadingRow | None
    count: int
    due_on: date | None
    lines: tuple[rules.Travelled, ...]


def scales(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ScaleRow]:
    """The contract's scales, the present one last."""
    return [ScaleRow(each.id, each.code, each.title, each.low, each.high, each.again_after_days, each.from_day, each.to_day, each.source,
                     questions_from(each.details))
            for each in session.execute(sa.select(Scale).order_by(Scale.from_day, Scale.row).limit(limit)).scalars()]


def scale_on(session: Session, on: date) -> ScaleRow | None:
    """The scale that is asked by on a day."""
    return next((row for row in reversed(scales(session)) if row.from_day <= on and (row.to_day is None or on <= row.to_day)), None)


def scale_of_code(session: Session, code: str) -> ScaleRow | None:
    """A scale by its short name, the latest of that name."""
    return next((row for row in reversed(scales(session)) if row.code == code), None)


def readings(session: Session, *, lot: UUID | None = None, participant: UUID | None = None,
             limit: int | None = None) -> list[ReadingRow]:
    """Readings, the latest first."""
    r, p = Reading, Participant
    chosen: Any = (sa.select(r.id, p.id, p.reference, p.name, p.lot_id, r.coach_id, r.scale, r.read_on, r.answers, r.note)
                   .join(p, p.id == r.participant_id).order_by(r.read_on.desc(), r.row.desc()).limit(limit))
    for column, value in ((p.lot_id, lot), (r.participant_id, participant)):
        if value is not None:
            chosen = chosen.where(column == value)
    lots, members = programme.lot_names(session), programme.member_names(session)
    return [ReadingRow(id, person, reference, name, lots.get(lot_id, ""), by, members.get(by, ""), scale, on,
                       tuple(f"{code}={number}" for code, number in (answers or {}).items()), note, dict(answers or {}))
            for id, person, reference, name, lot_id, by, scale, on, answers, note in session.execute(chosen)]


def distance(session: Session, records: Sequence[UUID], on: date) -> Distance | None:
    """A person's readings on the scale of a day, under all of their records; None where the contract asks by no scale."""
    scale = scale_on(session, on)
    if scale is None:
        return None
    theirs = sorted((row for one in records for row in readings(session, participant=one) if row.scale == scale.code),
                    key=lambda row: (row.read_on, row.id.bytes))
    first, latest = (theirs[0] if theirs else None), (theirs[-1] if len(theirs) > 1 else None)
    due_on = rules.second_due_on(first.read_on, scale.again_after_days) if first and latest is None else None
    lines = rules.travelled(scale.questions, first.numbers if first else {}, latest.numbers if latest else None)
    return Distance(scale, first, latest, len(theirs), due_on, tuple(lines))


def due_readings(session: Session, *, coach: UUID | None, until: date) -> list[DueRow]:
    """Whom to ask a second time up to a day: people on the programme with one reading on the scale that is asked by then."""
    scale = scale_on(session, until)
    if scale is None:
        return []
    r, p = Reading, Participant
    first = sa.func.min(r.read_on, type_=sa.Date())
    chosen: Any = (sa.select(sa.func.min(r.id, type_=r.id.type), first, p.name, p.coach_id, p.lot_id, p.id)
                   .join(p, p.id == r.participant_id).where(r.scale == scale.code, p.id.not_in(participant.ended())).group_by(p.id)
                   .having(sa.func.count() == 1, first <= until - timedelta(days=scale.again_after_days)).order_by(first, p.row))
    if coach is not None:
        chosen = chosen.where(p.coach_id == coach)
    lots = programme.lot_names(session)
    return [DueRow(id, "activity.reading", rules.second_due_on(on, scale.again_after_days), f"Ask a second time: {scale.title}", who, of,
                   lots.get(lot, ""), person)
            for id, on, who, of, lot, person in session.execute(chosen)]
