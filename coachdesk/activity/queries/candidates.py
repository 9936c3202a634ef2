"""Candidates for vacancies and training, how far they came, the funnels, and who of the caseload might fit, with reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Candidate, CandidateStep
from coachdesk.activity.rules import candidates as life
from coachdesk.activity.rules.candidates import CandidateMove
from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner, TrainingOffer, Vacancy
from coachdesk.programme import queries as programme


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody for a vacancy or a training. stage: where they stand; reached: the furthest stage; is_name_sent: we gave the name away.

    partner: the employer, or who gives the training. notes: steps that could not count, in words.
    """

    id: UUID
    participant_id: UUID
    participant: str
    reference: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    vacancy_id: UUID | None
    vacancy: str | None
    training_id: UUID | None
    training: str | None
    partner_id: UUID
    partner: str
    why: str | None
    stage: str
    since: date | None
    reason: str | None
    reached: str
    is_open: bool
    is_name_sent: bool
    job_id: UUID | None
    notes: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """The title of the vacancy or training."""
        return self.vacancy or self.training or ""

    @property
    def said(self) -> str:
        """Why it did not come to it, and which steps could not count."""
        return "; ".join([*([self.reason] if self.reason else []), *(f"not counted: {note}" for note in self.notes)])


@dataclass(frozen=True, slots=True)
class CandidateStepRow:
    """One step, as it was written down."""

    id: UUID
    candidate_id: UUID
    stage: str
    on_day: date
    reason: str | None
    is_name_sent: bool | None
    entered_by: str
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """How far the candidates of one vacancy, training or employer came: each number counts who got at least so far.

    id: the vacancy's, training's or employer's. open: who is on the way; ended: who withdrew or did not come to it.
    """

    id: UUID
    title: str
    partner_id: UUID
    partner: str
    places: int | None
    counts: dict[str, int]
    open: int
    ended: int

    @property
    def words(self) -> str:
        """`6 found, 5 told, 3 applied, 2 interview, 1 hired`."""
        return life.funnel_words(self.counts, life.FUNNEL if life.APPLIED in self.counts else life.TAKEN_UP)


def candidates(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None,
               participant: UUID | None = None, vacancy: UUID | None = None, training: UUID | None = None,
               employer: UUID | None = None, reached: str | None = None) -> list[CandidateRow]:
    """Candidates: those on the way first, the latest step on top; reached: only who got at least so far (every number's own people)."""
    chosen = _chosen(lot, id, participant, vacancy, training, employer)
    lots, members = programme.lot_names(session), programme.member_names(session)
    rows: list[Any] = [*session.execute(chosen)]
    steps = _steps(session, [row[0] for row in rows])
    found = []
    for (known, person, name, reference, of, coach, job, job_title, course, course_title, theirs, called, why, became) in rows:
        moves = steps.get(known, [])
        stands = life.came((move for move, _ in moves), course is not None)
        if reached is not None and not life.got_to(stands.reached, reached, course is not None):
            continue
        found.append(CandidateRow(
            known, person, name, reference, of, lots.get(of, ""), coach, members.get(coach, ""), job, job_title, course, course_title,
            theirs, called, why, stands.stage, stands.since, stands.reason, stands.reached, stands.is_open,
            any(is_sent for _, is_sent in moves), became, tuple(sentence for _, sentence in stands.illegal)))
    found.sort(key=lambda row: (row.since or date.min, row.id.bytes), reverse=True)
    found.sort(key=lambda row: not row.is_open)
    return found[:limit]


def candidate_steps(session: Session, *, lot: UUID | None = None, limit: int | None = None, candidate: UUID | None = None,
                    ) -> list[CandidateStepRow]:
    """Steps as they were written, the latest first."""
    members, s = programme.member_names(session), CandidateStep
    chosen = sa.select(s.id, s.candidate_id, s.stage, s.on_day, s.reason, s.is_name_sent, s.entered_by, s.moved_at)
    if candidate is not None:
        chosen = chosen.where(s.candidate_id == candidate)
    if lot is not None:
        chosen = (chosen.join(Candidate, Candidate.id == s.candidate_id).join(Participant, Participant.id == Candidate.participant_id)
                  .where(Participant.lot_id == lot))
    rows: Iterable[Any] = session.execute(chosen.order_by(s.moved_at.desc(), s.id.desc()).limit(limit))
    return [CandidateStepRow(id, of, stage, on, reason, sent, members.get(by, ""), at) for id, of, stage, on, reason, sent, by, at in rows]


def vacancy_funnels(session: Session, *, lot: UUID | None = None) -> list[FunnelRow]:
    """A funnel for each vacancy, also those for which nobody was found yet. lot: candidates of that lot only."""
    v = Vacancy
    chosen = (sa.select(v.id, v.title, v.partner_id, Partner.name, v.places).join(Partner, Partner.id == v.partner_id)
              .order_by(v.passed_on.desc(), v.id))
    of_each = _by(candidates(session, lot=lot), "vacancy_id")
    rows: Iterable[Any] = session.execute(chosen)
    return [_funnel(row, of_each[row[0]], life.FUNNEL) for row in rows]


def training_funnels(session: Session, *, lot: UUID | None = None) -> list[FunnelRow]:
    """The same for each training: found, told, booked, started, finished."""
    t = TrainingOffer
    chosen = (sa.select(t.id, t.title, t.partner_id, Partner.name, t.places).join(Partner, Partner.id == t.partner_id)
              .order_by(t.starts_on.desc(), t.id))
    of_each = _by(candidates(session, lot=lot), "training_id")
    rows: Iterable[Any] = session.execute(chosen)
    return [_funnel(row, of_each[row[0]], life.TAKEN_UP) for row in rows]


def employer_funnels(session: Session, *, lot: UUID | None = None) -> list[FunnelRow]:
    """One funnel for each employer with a vacancy; title says how many vacancies, places all of theirs."""
    v = Vacancy
    chosen = (sa.select(v.partner_id, sa.func.count(), v.partner_id, Partner.name, sa.func.sum(v.places))
              .join(Partner, Partner.id == v.partner_id).group_by(v.partner_id, Partner.name).order_by(sa.func.lower(Partner.name)))
    of_each: dict[Any, list[CandidateRow]] = defaultdict(list)
    for row in candidates(session, lot=lot):
        if row.vacancy_id is not None:
            of_each[row.partner_id].append(row)
    rows: Iterable[Any] = session.execute(chosen)
    return [_funnel((known, f"{number:,} vacanc{'y' if number == 1 else 'ies'}", of, name, places), of_each[known], life.FUNNEL)
            for known, number, of, name, places in rows]


def _chosen(lot: UUID | None, id: UUID | None, participant: UUID | None, vacancy: UUID | None, training: UUID | None,
            employer: UUID | None) -> Any:
    c, p = Candidate, Participant
    holder = sa.func.coalesce(Vacancy.partner_id, TrainingOffer.partner_id)
    chosen: Any = (
              sa.select(c.id, p.id, p.name, p.reference, p.lot_id, p.coach_id, c.vacancy_id, Vacancy.title, c.training_id,
                        TrainingOffer.title, Partner.id, Partner.name, c.why, c.job_id)
              .join(p, p.id == c.participant_id).outerjoin(Vacancy, Vacancy.id == c.vacancy_id)
              .outerjoin(TrainingOffer, TrainingOffer.id == c.training_id).join(Partner, Partner.id == holder))
    narrow: tuple[tuple[Any, UUID | None], ...] = ((p.lot_id, lot), (c.id, id), (p.id, participant), (c.vacancy_id, vacancy),
                                                   (c.training_id, training), (Vacancy.partner_id, employer))
    for column, value in narrow:
        if value is not None:
            chosen = chosen.where(column == value)
    return chosen


def _steps(session: Session, candidates: list[UUID]) -> dict[UUID, list[tuple[CandidateMove, bool]]]:
    found: dict[UUID, list[tuple[CandidateMove, bool]]] = defaultdict(list)
    s = CandidateStep
    chosen = sa.select(s.candidate_id, s.stage, s.on_day, s.moved_at, s.id, s.reason, s.is_name_sent)
    for start in range(0, len(candidates), 500):
        for of, stage, on, at, id, reason, is_sent in session.execute(chosen.where(s.candidate_id.in_(candidates[start : start + 500]))):
            found[of].append((CandidateMove(stage, on, at, id.hex, reason), bool(is_sent)))
    return found


def _by(rows: list[CandidateRow], what: str) -> dict[Any, list[CandidateRow]]:
    found: dict[Any, list[CandidateRow]] = defaultdict(list)
    for row in rows:
        found[getattr(row, what)].append(row)
    return found


def _funnel(of: Any, rows: list[CandidateRow], way: tuple[str, ...]) -> FunnelRow:
    is_training = way is life.TAKEN_UP
    counts = Counter(stage for row in rows for stage in way if life.got_to(row.reached, stage, is_training))
    id, title, partner_id, partner, places = of
    is_over = sum(not row.is_open and row.stage != way[-1] for row in rows)
    return FunnelRow(id, title, partner_id, partner, places, {stage: counts[stage] for stage in way}, sum(row.is_open for row in rows),
                     is_over)
