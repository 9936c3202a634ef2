"""Vacancies and training that were passed on, the open ones first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.partner.record import Partner, TrainingOffer, Vacancy
from coachdesk.partner.rules import vacancies as jobs
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A vacancy. state: open or closed; closes: that in words; early: when we were told, beside the advertisement."""

    id: UUID
    title: str
    partner_id: UUID
    partner: str
    passed_on: date
    advertised_on: date | None
    closes_on: date | None
    places: int
    hours_a_week: int | None
    pay_pence_an_hour: int | None
    pay_pence_a_year: int | None
    contract: str | None
    postcode: str | None
    lots: tuple[str, ...]
    qualification: str | None
    english: str | None
    times: tuple[str, ...]
    needs_transport: bool | None
    needs_digital: bool | None
    note: str | None
    told_by: str
    closed_on: date | None
    closed_why: str | None
    state: str
    closes: str
    early: str
    pay: str


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A training with places. vacancy: the title of the one that it prepares for."""

    id: UUID
    title: str
    partner_id: UUID
    partner: str
    vacancy_id: UUID | None
    vacancy: str | None
    starts_on: date | None
    ends_on: date | None
    places: int | None
    lots: tuple[str, ...]
    note: str | None
    told_by: str
    closed_on: date | None
    closed_why: str | None
    state: str


def vacancies(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None,
              partner: UUID | None = None, state: str | None = None) -> list[VacancyRow]:
    """Vacancies: open ones first, those that close first before the others; then closed ones, the latest first. lot: also those for all."""
    day, members, one = today(session), programme_queries.member_names(session), Vacancy
    chosen = (sa.select(one.id, one.title, one.partner_id, Partner.name, one.passed_on, one.advertised_on, one.closes_on, one.places,
                        one.hours_a_week, one.pay_pence_an_hour, one.pay_pence_a_year, one.contract, one.postcode, one.lots,
                        one.qualification, one.english, one.times, one.needs_transport, one.needs_digital, one.note, one.told_by,
                        one.closed_on, one.closed_why)
              .join(Partner, Partner.id == one.partner_id).order_by(one.passed_on.desc(), one.id))
    for column, value in ((one.id, id), (one.partner_id, partner)):
        if value is not None:
            chosen = chosen.where(column == value)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for each in rows:
        values: Any = [*each]
        if name is None or not values[13] or name in values[13]:
            values[13] = tuple(values[13])
            values[16] = tuple(time for time in jobs.WORK_TIMES if time in values[16])
            values[20] = members.get(values[20], "")
            values += [jobs.vacancy_state(values[6], values[21], day), jobs.closes_words(values[6], values[21], values[22], day),
                       jobs.early_words(values[4], values[5]), jobs.pay_words(values[9], values[10])]
            found.append(VacancyRow(*values))
    if state is not None:
        found = [row for row in found if row.state == state]
    open_ones = [row for row in found if row.state == jobs.OPEN_VACANCY]
    open_ones.sort(key=lambda row: (row.closes_on or date.max, row.title.casefold()))
    return [*open_ones, *(row for row in found if row.state != jobs.OPEN_VACANCY)][:limit]


def trainings(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None,
              vacancy: UUID | None = None) -> list[TrainingRow]:
    """Training with places, the latest start first; without a day on top."""
    day, members, one = today(session), programme_queries.member_names(session), TrainingOffer
    chosen = (sa.select(one.id, one.title, one.partner_id, Partner.name, one.vacancy_id, Vacancy.title, one.starts_on, one.ends_on,
                        one.places, one.lots, one.note, one.told_by, one.closed_on, one.closed_why)
              .join(Partner, Partner.id == one.partner_id).outerjoin(Vacancy, Vacancy.id == one.vacancy_id)
              .order_by(one.starts_on.is_not(None), one.starts_on.desc(), one.id))
    for column, value in ((one.id, id), (one.vacancy_id, vacancy)):
        if value is not None:
            chosen = chosen.where(column == value)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for each in rows:
        values: Any = [*each]
        if name is None or not values[9] or name in values[9]:
            values[9], values[11] = tuple(values[9]), members.get(values[11], "")
            last = jobs.last_training_day(values[6], values[7])
            values.append(jobs.vacancy_state(last, values[12], day))
            found.append(TrainingRow(*values))
    return found[:limit]
