"""What happened in jobs after their first day: changes, times away, earnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.record import Earnings, Evidence, Job, JobBreak, JobChange
from coachdesk.clock import first_day, last_day, month_text
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme


@dataclass(frozen=True, slots=True)
class JobChangeRow:
    """Other hours, pay (pence an hour) or contract in a job, from a day; None: as before. job is its label."""

    id: UUID
    job_id: UUID
    job: str
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    from_day: date
    hours_a_week: int | None
    pay_pence_an_hour: int | None
    contract: str | None
    proof: str | None
    changed_why: str | None


@dataclass(frozen=True, slots=True)
class JobBreakRow:
    """A time away from a job; both days are days away."""

    id: UUID
    job_id: UUID
    job: str
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    from_day: date
    to_day: date | None
    reason: str | None
    changed_why: str | None


@dataclass(frozen=True, slots=True)
class EarningsRow:
    """What was earned in a month (YYYY-MM) in a job, in pence."""

    id: UUID
    job_id: UUID
    job: str
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    month: str
    pence: int
    proof: str | None
    changed_why: str | None


def job_changes(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, job: UUID | None = None,
                limit: int | None = None) -> list[JobChangeRow]:
    """Changes in jobs, the latest first; of one day, the one written last."""
    c = JobChange
    own = (c.from_day, c.hours_a_week, c.pay_pence_an_hour, c.contract, c.proof, c.changed_why)
    return [JobChangeRow(*shared, *row) for shared, row in _read(session, c, own, (c.from_day.desc(), c.row.desc()), lot, participant,
                                                                 job, limit)]


def job_breaks(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, job: UUID | None = None,
               limit: int | None = None) -> list[JobBreakRow]:
    """Times away from jobs, the latest first."""
    b = JobBreak
    own = (b.from_day, b.to_day, b.reason, b.changed_why)
    return [JobBreakRow(*shared, *row) for shared, row in _read(session, b, own, (b.from_day.desc(), b.row.desc()), lot, participant,
                                                                job, limit)]


def earnings(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, job: UUID | None = None,
             limit: int | None = None) -> list[EarningsRow]:
    """What was earned, the latest month first."""
    e = Earnings
    own = (e.month, e.pence, e.proof, e.changed_why)
    return [EarningsRow(*shared, *[month_text(row[0]), *row[1:]])
            for shared, row in _read(session, e, own, (e.month.desc(), e.row.desc()), lot, participant, job, limit)]


def _read(session: Session, kind: Any, own: tuple[Any, ...], order: tuple[Any, ...], lot: UUID | None, participant: UUID | None,
          job: UUID | None, limit: int | None) -> list[tuple[tuple[Any, ...], list[Any]]]:
    """What every such row begins with (id to coach), and its own columns."""
    lots, members, p = programme.lot_names(session), programme.member_names(session), Participant
    chosen: Any = (sa.select(kind.id, Job.id, Job.title, Job.hours_a_week, p.id, p.reference, p.name, p.lot_id, kind.coach_id, *own)
                   .join(Job, Job.id == kind.job_id).join(p, p.id == kind.participant_id).order_by(*order).limit(limit))
    for column, value in ((p.lot_id, lot), (kind.participant_id, participant), (kind.job_id, job)):
        if value is not None:
            chosen = chosen.where(column == value)
    return [((id, of, rules.job_label(title, hours), person, reference, name, lots.get(lot_id, ""), by, members.get(by, "")), row)
            for id, of, title, hours, person, reference, name, lot_id, by, *row in session.execute(chosen)]


IN_WORK, BREAK, EARNED, CHANGE = "in work", "break", "earnings", "change"


@dataclass(frozen=True, slots=True)
class KnownRow:
    """What is known of some days of a job, for a claim: seen "in work" on a day, a "break" (no last day: it goes on), "earnings" of a
    month as far as it falls into the job, or a "change" to other hours or pay (pence an hour) from the first day on."""

    id: UUID
    job_id: UUID
    kind: str
    from_day: date
    to_day: date | None
    pence: int = 0
    hours_a_week: int | None = None
    pay_pence_an_hour: int | None = None


def known_of_jobs(session: Session) -> dict[UUID, list[KnownRow]]:
    """Job → what became known of it since it began, oldest first. Of two sums for one month the one written last counts.

    Proofs that somebody is still in work count from the day that stands on them, else the day they were obtained; those found not good
    enough do not.
    """
    found: dict[UUID, list[KnownRow]] = {}
    c, b, e, p = JobChange, JobBreak, Earnings, Evidence
    rows = [KnownRow(id, job, CHANGE, on, on, 0, hours, pay) for id, job, on, hours, pay in session.execute(
        sa.select(c.id, c.job_id, c.from_day, c.hours_a_week, c.pay_pence_an_hour))]
    rows += [KnownRow(*row[:2], BREAK, *row[2:]) for row in session.execute(sa.select(b.id, b.job_id, b.from_day, b.to_day))]
    seen = sa.select(p.id, p.job_id, sa.func.coalesce(p.dated, p.obtained_on, type_=sa.Date())).where(
        p.proves == rules.STILL_IN_WORK, p.job_id.is_not(None), p.refused_on.is_(None))
    rows += [KnownRow(id, job, IN_WORK, on, on) for id, job, on in session.execute(seen) if job is not None]
    paid: dict[tuple[UUID, int], KnownRow] = {}
    months = sa.select(e.id, e.job_id, e.month, e.pence, Job.started_on, Job.ended_on).join(Job, Job.id == e.job_id).order_by(e.row)
    for id, job, month, pence, began, ended in session.execute(months):
        first = max(first_day(month), began)
        paid[job, month] = KnownRow(id, job, EARNED, first, max(first, min(last_day(month), ended or date.max)), pence)
    for row in sorted([*rows, *paid.values()], key=lambda each: (each.from_day, each.id.bytes)):
        found.setdefault(row.job_id, []).append(row)
    return found
