"""The long lists of the room: order and totals by the store, rows by the local keys that are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.queries.lists import AppointmentRow, InterventionRow, JobRow, by_day, columns, rows_of
from coachdesk.activity.queries.meaning import counting
from coachdesk.activity.record import Appointment, Intervention, Job
from coachdesk.participant.record import Participant
from coachdesk.store import windows


@dataclass(frozen=True, slots=True)
class HelpTotals:
    """Help given in some days, and on the last of them."""

    given: int
    meaningful: int
    given_today: int
    meaningful_today: int


@dataclass(frozen=True, slots=True)
class AppointmentTotals:
    """Open appointments: all, today's, and those past without an answer."""

    booked: int
    today: int
    late: int


def _in_lot(chosen: Any, table: Any, lot: UUID | None) -> Any:
    if lot is None:
        return chosen
    return chosen.where(table.participant_id.in_(sa.select(Participant.id).where(Participant.lot_id == lot)))


def _rows(session: Session, table: Any, row: type[Any], keys: Sequence[int]) -> list[Any]:
    """Rows of these keys in their order; what is gone since leaves no gap."""
    known: dict[UUID, int] = dict(session.execute(sa.select(table.id, table.row).where(windows.among(table.row, keys))).all())
    found = {known[each.id]: each for each in rows_of(session, columns(table, row).where(windows.among(table.row, keys)), row)}
    return [found[key] for key in keys if key in found]


def _one(session: Session, table: Any, row: type[Any], id: UUID) -> Any:
    return next(iter(rows_of(session, columns(table, row).where(table.id == id), row)), None)


def intervention_keys(session: Session, *, lot: UUID | None = None, since: date, until: date) -> array[int]:
    """Help given between two days, newest first."""
    day = Intervention.happened_on
    chosen = _in_lot(sa.select(Intervention.row).where(day.between(since, until)), Intervention, lot)
    return windows.keys_of(session, chosen.order_by(day.desc(), Intervention.row.desc()))


def intervention_key(session: Session, id: UUID | None) -> int | None:
    """The key of one piece of help."""
    return windows.key_of(session, Intervention, id)


def intervention_rows(session: Session, keys: Sequence[int]) -> list[InterventionRow]:
    """The help of these keys."""
    return _rows(session, Intervention, InterventionRow, keys)


def intervention(session: Session, id: UUID) -> InterventionRow | None:
    """One piece of help; None when there is none."""
    found: InterventionRow | None = _one(session, Intervention, InterventionRow, id)
    return found


def help_totals(session: Session, *, lot: UUID | None = None, since: date, until: date) -> HelpTotals:
    """What was given between two days, and on the last of them."""
    i = Intervention
    last, counts = i.happened_on == until, counting(session)
    chosen = _in_lot(sa.select(
        sa.func.count(), sa.func.count(sa.case((counts, 1))), sa.func.count(sa.case((last, 1))),
        sa.func.count(sa.case((sa.and_(last, counts), 1)))).where(i.happened_on.between(since, until)), i, lot)
    return HelpTotals(*session.execute(chosen).one())


def appointment_keys(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> array[int]:
    """Appointments, the open ones first by day, then the others, newest first."""
    return windows.keys_of(session, _in_lot(sa.select(Appointment.row), Appointment, lot).order_by(*by_day()).limit(limit))


def appointment_count(session: Session, *, lot: UUID | None = None) -> int:
    """How many appointments there are, open or not."""
    return int(session.execute(_in_lot(sa.select(sa.func.count()).select_from(Appointment), Appointment, lot)).scalar_one())


def appointment_key(session: Session, id: UUID | None) -> int | None:
    """The key of one appointment."""
    return windows.key_of(session, Appointment, id)


def appointment_rows(session: Session, keys: Sequence[int]) -> list[AppointmentRow]:
    """The appointments of these keys."""
    return _rows(session, Appointment, AppointmentRow, keys)


def appointment_totals(session: Session, today: date, *, lot: UUID | None = None) -> AppointmentTotals:
    """How many wait for their day or for an answer."""
    a = Appointment
    chosen = _in_lot(sa.select(sa.func.count(), sa.func.count(sa.case((a.due_on == today, 1))),
                               sa.func.count(sa.case((a.due_on < today, 1)))).where(a.outcome == rules.BOOKED), a, lot)
    return AppointmentTotals(*session.execute(chosen).one())


def appointment_chain(session: Session, id: UUID) -> list[AppointmentRow]:
    """An appointment, then the one that it replaced, and so on back to the first; empty when there is none."""
    found: list[AppointmentRow] = []
    at: UUID | None = id
    while at is not None and (row := _one(session, Appointment, AppointmentRow, at)) is not None and row.id not in {e.id for e in found}:
        found.append(row)
        at = row.replaces_id
    return found


def missed(session: Session, participants: Collection[UUID]) -> tuple[int, int]:
    """How many appointments somebody did not attend, under all of their records, and how many of those were booked again."""
    a = Appointment
    theirs = sa.select(a.id).where(a.participant_id.in_(list(participants)), a.outcome == rules.MISSED)
    count = session.execute(sa.select(sa.func.count()).select_from(theirs.subquery())).scalar_one()
    again = sa.select(sa.func.count(sa.distinct(a.replaces_id))).where(a.replaces_id.in_(theirs))
    return int(count), int(session.execute(again).scalar_one())


def job_keys(session: Session, *, lot: UUID | None = None) -> array[int]:
    """Jobs started, newest first."""
    return windows.keys_of(session, _in_lot(sa.select(Job.row), Job, lot).order_by(Job.started_on.desc(), Job.row.desc()))


def job_key(session: Session, id: UUID | None) -> int | None:
    """The key of one job."""
    return windows.key_of(session, Job, id)


def job_rows(session: Session, keys: Sequence[int]) -> list[JobRow]:
    """The jobs of these keys."""
    return _rows(session, Job, JobRow, keys)


def job(session: Session, id: UUID) -> JobRow | None:
    """One job; None when there is none."""
    found: JobRow | None = _one(session, Job, JobRow, id)
    return found


def job_count(session: Session, *, lot: UUID | None = None, since: date, until: date) -> int:
    """How many jobs were started between two days."""
    chosen = sa.select(sa.func.count()).select_from(Job).where(Job.started_on.between(since, until))
    return int(session.execute(_in_lot(chosen, Job, lot)).scalar_one())
