"""Action plans, and training and volunteering that came of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.record import Earnings, JobBreak, JobChange, PlanItem, Reading, Training, Volunteering
from coachdesk.outreach.queries import DueRow
from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.store import windows

SETTLED = (rules.DONE, rules.NOT_TAKEN_UP)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of an action plan. take_up: how it stands, in words; stands: the same without the reason."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    position: int
    kind: str
    need: str
    said_on: date
    step: str | None
    by_whom: str | None
    due_on: date | None
    review_on: date | None
    state: str
    taken_up_on: date | None
    settled_on: date | None
    reason: str | None
    take_up: str
    stands: str


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A course; given_by: the partner, or who else gives it."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    course: str
    provider: str | None
    partner: str | None
    from_day: date
    to_day: date | None
    qualification: str | None
    outcome: str
    note: str | None
    plan: UUID | None
    given_by: str


@dataclass(frozen=True, slots=True)
class VolunteeringRow:
    """Volunteering that was taken up; where: the partner, or the place."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    role: str
    place: str | None
    partner: str | None
    from_day: date
    to_day: date | None
    hours_a_week: int | None
    outcome: str
    note: str | None
    plan: UUID | None
    where: str


@dataclass(frozen=True, slots=True)
class KindTotal:
    """How often a kind of help was needed, and what came of it."""

    kind: str
    needed: int
    taken_up: int
    declined: int


def plan_items(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, is_open: bool | None = None,
               limit: int | None = None) -> list[PlanRow]:
    """Lines of plans, by person in the order of the plan."""
    i, p = PlanItem, Participant
    chosen = _narrowed(_plan(), i, lot, participant).order_by(sa.func.lower(p.name), p.reference, i.position, i.row)
    if is_open is not None:
        chosen = chosen.where(i.state.not_in(SETTLED) if is_open else i.state.in_(SETTLED))
    return _plan_rows(session, chosen.limit(limit))


def plan_keys(session: Session, *, lot: UUID | None = None, kind: str | None = None, state: str | None = None) -> array[int]:
    """Lines of plans by key: what is open and to be looked at first, then the others, the newest need first. state "open": not settled."""
    i = PlanItem
    chosen: Any = sa.select(i.row)
    if lot is not None:
        chosen = chosen.where(i.participant_id.in_(sa.select(Participant.id).where(Participant.lot_id == lot)))
    if kind is not None:
        chosen = chosen.where(i.kind == kind)
    if state == "open":
        chosen = chosen.where(i.state.not_in(SETTLED))
    elif state is not None:
        chosen = chosen.where(i.state == state)
    return windows.keys_of(session, chosen.order_by(i.state.in_(SETTLED), i.review_on.is_(None), i.review_on, i.said_on.desc(), i.row))


def plan_key(session: Session, id: UUID | None) -> int | None:
    """The key of one line."""
    return windows.key_of(session, PlanItem, id)


def plan_rows(session: Session, keys: Sequence[int]) -> list[PlanRow]:
    """The lines of these keys, in their order."""
    known: dict[UUID, int] = dict(session.execute(sa.select(PlanItem.id, PlanItem.row).where(windows.among(PlanItem.row, keys))).all())
    found = {known[row.id]: row for row in _plan_rows(session, _plan().where(windows.among(PlanItem.row, keys)))}
    return [found[key] for key in keys if key in found]


def plan_item(session: Session, id: UUID) -> PlanRow | None:
    """One line; None when there is none."""
    return next(iter(_plan_rows(session, _plan().where(PlanItem.id == id))), None)


def plan_totals(session: Session, *, lot: UUID | None = None, participant: UUID | None = None) -> list[KindTotal]:
    """Need and take-up by kind of help: kinds that were needed, the most needed first."""
    i = PlanItem
    chosen: Any = sa.select(i.kind, sa.func.count(), sa.func.count(sa.case((i.taken_up_on.is_not(None), 1))),
                            sa.func.count(sa.case((i.state == rules.NOT_TAKEN_UP, 1))))
    chosen = chosen.join(Participant, Participant.id == i.participant_id).group_by(i.kind).order_by(sa.func.count().desc(), i.kind)
    return [KindTotal(*row) for row in session.execute(_narrowed(chosen, i, lot, participant))]


def trainings(session: Session, *, lot: UUID | None = None, participant: UUID | None = None,
              limit: int | None = None) -> list[TrainingRow]:
    """Courses, the latest first."""
    t = Training
    own = (t.course, t.provider, Partner.name, t.from_day, t.to_day, t.qualification, t.outcome, t.note, t.plan_id)
    return [TrainingRow(*[*shared, *row, row[2] or row[1] or ""]) for shared, row in _courses(session, t, own, lot, participant, limit)]


def volunteerings(session: Session, *, lot: UUID | None = None, participant: UUID | None = None,
                  limit: int | None = None) -> list[VolunteeringRow]:
    """Volunteering, the latest first."""
    v = Volunteering
    own = (v.role, v.place, Partner.name, v.from_day, v.to_day, v.hours_a_week, v.outcome, v.note, v.plan_id)
    return [VolunteeringRow(*[*shared, *row, row[2] or row[1] or ""]) for shared, row in _courses(session, v, own, lot, participant, limit)]


def person_of_record(session: Session, kind: str, id: UUID) -> UUID | None:
    """Whose record it is, of the kinds about plans, readings and jobs; None when it is not here."""
    tables = (PlanItem, Training, Volunteering, Reading, JobChange, JobBreak, Earnings)
    table: Any = {each.__tablename__.replace("_", ".", 1): each for each in tables}[kind]
    found: UUID | None = session.execute(sa.select(table.participant_id).where(table.id == id)).scalar()
    return found


def due_plan(session: Session, *, coach: UUID | None, until: date) -> list[DueRow]:
    """Open lines of plans to look at again up to a day, and what the coach has to do for one by then."""
    i, p = PlanItem, Participant
    found: list[DueRow] = []
    for day, words, more in ((i.review_on, "Look at the plan again", sa.true()),
                             (i.due_on, "To do for the plan", i.by_whom.in_(("coach", "both")))):
        chosen: Any = (sa.select(i.id, day, i.kind, p.name, i.coach_id, p.lot_id, p.id).join(p, p.id == i.participant_id)
                       .where(i.state.not_in(SETTLED), day <= until, more).order_by(day, i.row))
        if coach is not None:
            chosen = chosen.where(i.coach_id == coach)
        lots = programme.lot_names(session)
        found += [DueRow(id, "activity.plan", on, f"{words}: {kind}", who, of, lots.get(lot, ""), person)
                  for id, on, kind, who, of, lot, person in session.execute(chosen)]
    return found


def _plan() -> Any:
    i, p = PlanItem, Participant
    return sa.select(i.id, p.id, p.reference, p.name, p.lot_id, i.coach_id, i.position, i.kind, i.need, i.said_on, i.step, i.by_whom,
                     i.due_on, i.review_on, i.state, i.taken_up_on, i.settled_on, i.reason).join(p, p.id == i.participant_id)


def _plan_rows(session: Session, chosen: Any) -> list[PlanRow]:
    lots, members = programme.lot_names(session), programme.member_names(session)
    return [PlanRow(*[id, person, reference, name, lots.get(lot, ""), by, members.get(by, ""), *own, rules.take_up_text(*own[-4:]),
                      rules.take_up_text(own[-4], own[-3], own[-2], None)])
            for id, person, reference, name, lot, by, *own in session.execute(chosen)]


def _courses(session: Session, kind: Any, own: tuple[Any, ...], lot: UUID | None, participant: UUID | None,
             limit: int | None) -> list[tuple[tuple[Any, ...], list[Any]]]:
    lots, members, p = programme.lot_names(session), programme.member_names(session), Participant
    chosen: Any = (sa.select(kind.id, p.id, p.reference, p.name, p.lot_id, kind.coach_id, *own).join(p, p.id == kind.participant_id)
                   .outerjoin(Partner, Partner.id == kind.partner_id).order_by(kind.from_day.desc(), kind.row.desc()).limit(limit))
    return [((id, person, reference, name, lots.get(lot_id, ""), by, members.get(by, "")), row)
            for id, person, reference, name, lot_id, by, *row in session.execute(_narrowed(chosen, kind, lot, participant))]


def _narrowed(chosen: Any, kind: Any, lot: UUID | None, participant: UUID | None) -> Any:
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    return chosen if participant is None else chosen.where(kind.participant_id == participant)
