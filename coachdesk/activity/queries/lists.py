"""Help, jobs, appointments, sign-offs, how far a person is, and what is due.

Names are the participant's; `reference` stands beside them for paper and public places. Newest first unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.queries.meaning import counting
from coachdesk.activity.record import Appointment, Intervention, Job, Loan, SignOff
from coachdesk.clock import first_day, last_day, month_text
from coachdesk.outreach.queries import DueRow
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme
from coachdesk.programme.record import Lot

T = TypeVar("T")
_SHARED = 8         # the first fields of every row about a person: id to coach


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """One piece of help."""

    id: UUID
    participant_id: UUID
    participant: str
    reference: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    happened_on: date
    minutes: int
    mode: str
    kind: str
    place: str | None
    is_meaningful: bool
    why: str | None
    note: str | None
    changed_why: str | None


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job that somebody started; pay in pence an hour."""

    id: UUID
    participant_id: UUID
    participant: str
    reference: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    started_on: date
    employer: str
    title: str
    hours_a_week: int
    pay_pence_an_hour: int | None
    contract: str | None
    proof: str | None
    changed_why: str | None
    ended_on: date | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A meeting that was arranged, and what became of it; at is HH:MM."""

    id: UUID
    participant_id: UUID
    participant: str
    reference: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    due_on: date
    at: str | None
    place: str | None
    outcome: str
    note: str | None
    replaces_id: UUID | None


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """A coach's word that a month is complete in a lot; month is YYYY-MM."""

    id: UUID
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    month: str
    interventions: int
    jobs: int
    signed_at: datetime


def interventions(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, coach: UUID | None = None,
                  since: date | None = None, until: date | None = None, limit: int | None = None,
                  among: Collection[UUID] | None = None, people: Collection[UUID] | None = None) -> list[InterventionRow]:
    """Help given, newest first; both days are included. among: only those; people: only theirs."""
    day = Intervention.happened_on
    chosen = narrowed(columns(Intervention, InterventionRow), Intervention, day, lot, participant, coach, since, until)
    if among is not None:
        chosen = chosen.where(Intervention.id.in_(among))
    if people is not None:
        chosen = chosen.where(Intervention.participant_id.in_(people))
    return rows_of(session, chosen.order_by(day.desc(), Intervention.__table__.c.row.desc()).limit(limit), InterventionRow)


def jobs(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, coach: UUID | None = None,
         since: date | None = None, until: date | None = None, limit: int | None = None, people: Any = None) -> list[JobRow]:
    """Jobs started, newest first; both days are included. people: a sub-select of the only participants asked for."""
    chosen = narrowed(columns(Job, JobRow), Job, Job.started_on, lot, participant, coach, since, until)
    if people is not None:
        chosen = chosen.where(Job.participant_id.in_(people))
    return rows_of(session, chosen.order_by(Job.started_on.desc(), Job.__table__.c.row.desc()).limit(limit), JobRow)


def appointments(session: Session, *, lot: UUID | None = None, participant: UUID | None = None, coach: UUID | None = None,
                 since: date | None = None, until: date | None = None, outcome: str | None = None,
                 limit: int | None = None) -> list[AppointmentRow]:
    """Appointments, the open ones first by day, then the others, newest first."""
    chosen = narrowed(columns(Appointment, AppointmentRow), Appointment, Appointment.due_on, lot, participant, coach, since, until)
    if outcome is not None:
        chosen = chosen.where(Appointment.outcome == outcome)
    return rows_of(session, chosen.order_by(*by_day()).limit(limit), AppointmentRow)


def by_day() -> tuple[Any, ...]:
    """The order of appointments: the open ones first by day, then the others, newest first."""
    is_open = Appointment.outcome == rules.BOOKED
    days = (sa.case((is_open, Appointment.due_on)), Appointment.due_on.desc(), Appointment.at)
    return (is_open.desc(), *days, Appointment.__table__.c.row)


def sign_offs(session: Session, *, lot: UUID | None = None, month: int | None = None, limit: int | None = None) -> list[SignOffRow]:
    """Sign-offs, newest month first; signed twice, the later word stands first."""
    lots, members = programme.lot_names(session), programme.member_names(session)
    chosen = sa.select(SignOff.id, SignOff.lot_id, SignOff.coach_id, SignOff.month, SignOff.interventions, SignOff.jobs, SignOff.signed_at)
    if lot is not None:
        chosen = chosen.where(SignOff.lot_id == lot)
    if month is not None:
        chosen = chosen.where(SignOff.month == month)
    chosen = chosen.order_by(SignOff.month.desc(), SignOff.signed_at.desc()).limit(limit)
    return [
        SignOffRow(id, lot_id, lots.get(lot_id, ""), by, members.get(by, ""), month_text(number), helped, started, at)
        for id, lot_id, by, number, helped, started, at in session.execute(chosen)
    ]


def counts(session: Session, *, lot: UUID, month: int, coach: UUID | None = None) -> tuple[int, int]:
    """How many interventions and jobs a lot's month holds, of one coach or of all."""
    found = []
    for table, on in ((Intervention, Intervention.happened_on), (Job, Job.started_on)):
        chosen = sa.select(sa.func.count()).select_from(table).join(Participant, Participant.id == table.participant_id)
        chosen = chosen.where(Participant.lot_id == lot, on.between(first_day(month), last_day(month)))
        found.append(session.execute(chosen.where(table.coach_id == coach) if coach else chosen).scalar_one())
    return found[0], found[1]


def progress(session: Session, participants: Collection[UUID] | None = None) -> dict[UUID, int]:
    """Meaningful interventions a person, of those asked for (0 where there is none) or of everybody who has any."""
    chosen = sa.select(Intervention.participant_id, sa.func.count()).where(counting(session)).group_by(Intervention.participant_id)
    if participants is None:
        return dict(session.execute(chosen).all())
    found: dict[UUID, int] = dict.fromkeys(participants, 0)
    for some in _portions(participants):
        found.update(session.execute(chosen.where(Intervention.participant_id.in_(some))).all())
    return found


def needed(session: Session, on: date) -> int:
    """How many meaningful interventions the contract asks for on a day; 0 where no rule is in force."""
    return max(
        (
            int(term.details.get("count", 3))
            for term in programme.terms(session)
            if term.kind == "interventions" and term.from_day <= on and (term.to_day is None or on <= term.to_day)
        ),
        default=0,
    )


def last_contact(session: Session, participants: Collection[UUID] | None = None) -> dict[UUID, date]:
    """The last day on which each person was helped or came to an appointment; people without either are left out."""
    found: dict[UUID, date] = {}
    helped = sa.select(Intervention.participant_id, sa.func.max(Intervention.happened_on)).group_by(Intervention.participant_id)
    came = (
        sa.select(Appointment.participant_id, sa.func.max(Appointment.due_on))
        .where(Appointment.outcome == rules.ATTENDED)
        .group_by(Appointment.participant_id)
    )
    portions = [None] if participants is None else list(_portions(participants))
    for chosen, person in ((helped, Intervention.participant_id), (came, Appointment.participant_id)):
        for some in portions:
            for id, on in session.execute(chosen if some is None else chosen.where(person.in_(some))):
                found[id] = max(on, found.get(id, on))
    return found


def _where(place: str | None) -> str:
    return "" if not place else place if place.startswith("by ") else f"at {place}"


def due(session: Session, *, coach: UUID | None, until: date) -> list[DueRow]:
    """Appointments still open up to a day, the earliest first. coach None: everybody's."""
    lots = programme.lot_names(session)
    chosen = sa.select(
        Appointment.id, Appointment.due_on, Appointment.at, Appointment.place, Participant.name, Appointment.coach_id, Participant.lot_id,
        Participant.id
    )
    chosen = chosen.join(Participant, Participant.id == Appointment.participant_id).where(
        Appointment.outcome == rules.BOOKED, Appointment.due_on <= until
    )
    if coach is not None:
        chosen = chosen.where(Appointment.coach_id == coach)
    chosen = chosen.order_by(Appointment.due_on, Appointment.at, Appointment.__table__.c.row)
    return [
        DueRow(
            id=id,
            kind="activity.appointment",
            due_on=on,
            what=" ".join(part for part in ("Appointment", at, _where(place)) if part),
            who=name,
            coach_id=by,
            lot=lots.get(lot, ""),
            about=person,
        )
        for id, on, at, place, name, by, lot, person in session.execute(chosen)
    ]


@dataclass(frozen=True, slots=True)
class LoanRow:
    """Something that was lent to somebody."""

    id: UUID
    participant_id: UUID
    reference: str
    participant: str
    lot: str
    coach_id: UUID
    coach: str
    what: str
    tag: str | None
    lent_on: date
    due_back_on: date | None
    returned_on: date | None
    condition: str | None


def loans(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None,
          is_out: bool | None = None) -> list[LoanRow]:
    """What was lent: what is still out first, the longest due back first."""
    n, p = Loan, Participant
    chosen: Any = sa.select(n.id, p.id, p.reference, p.name, Lot.name, n.coach_id, n.what, n.tag, n.lent_on, n.due_back_on,
                       n.returned_on, n.condition)
    chosen = chosen.join(p, p.id == n.participant_id).join(Lot, Lot.id == p.lot_id).order_by(
        n.returned_on.is_not(None), n.due_back_on.is_(None), n.due_back_on, n.id).limit(limit)
    for column, value in ((p.lot_id, lot), (p.id, participant)):
        if value is not None:
            chosen = chosen.where(column == value)
    if is_out is not None:
        chosen = chosen.where(n.returned_on.is_(None) if is_out else n.returned_on.is_not(None))
    members = programme.member_names(session)
    return [LoanRow(id, person, reference, name, of, coach, members.get(coach, ""), what, tag, on, due, back, said)
            for id, person, reference, name, of, coach, what, tag, on, due, back, said in session.execute(chosen)]


def due_loans(session: Session, *, coach: UUID | None, until: date) -> list[DueRow]:
    """What is to be given back up to a day."""
    n, p = Loan, Participant
    chosen: Any = (sa.select(n.id, n.due_back_on, n.what, n.tag, p.name, n.coach_id, Lot.name, p.id).join(p, p.id == n.participant_id)
                   .join(Lot, Lot.id == p.lot_id).where(n.returned_on.is_(None), n.due_back_on <= until).order_by(n.due_back_on, n.id))
    if coach is not None:
        chosen = chosen.where(n.coach_id == coach)
    return [DueRow(id, "activity.loan", on, f"To give back: {what}{f' {tag}' if tag else ''}", who, of, lot, person)
            for id, on, what, tag, who, of, lot, person in session.execute(chosen)]


def columns(table: type[Intervention] | type[Job] | type[Appointment], row: type[Any]) -> sa.Select[Any]:
    """A selection for rows_of: person and coach, then the row's own fields, which bear the columns' names."""
    own = [getattr(table, each.name) for each in fields(row)[_SHARED:]]
    return sa.select(table.id, Participant.id, Participant.name, Participant.reference, Participant.lot_id, table.coach_id, *own).join(
        Participant, Participant.id == table.participant_id)


def rows_of(session: Session, chosen: sa.Select[Any], row: Callable[..., T]) -> list[T]:
    """Rows about people, of what `columns` selects."""
    lots, members = programme.lot_names(session), programme.member_names(session)
    return [row(id, person, name, reference, lot, lots.get(lot, ""), coach, members.get(coach, ""), *own)
            for id, person, name, reference, lot, coach, *own in session.execute(chosen)]


def narrowed(
    chosen: sa.Select[Any],
    table: type[Intervention] | type[Job] | type[Appointment],
    day: Any,
    lot: UUID | None,
    participant: UUID | None,
    coach: UUID | None,
    since: date | None,
    until: date | None,
) -> sa.Select[Any]:
    """A selection of `columns` for these people and days."""
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(table.participant_id == participant)
    if coach is not None:
        chosen = chosen.where(table.coach_id == coach)
    if since is not None:
        chosen = chosen.where(day >= since)
    return chosen if until is None else chosen.where(day <= until)


def _portions(ids: Collection[UUID], size: int = 500) -> list[list[UUID]]:
    """SQLite takes so many values in one statement and no more."""
    every = list(ids)
    return [every[start : start + size] for start in range(0, len(every), size)]
