"""What the network can do and did: funding that adds help, what councils were asked for, vacancies and training that employers offer."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import SET, Kept, column


class Capability(Kept):
    """A contract or funding that somebody holds, and the kinds of support that it adds. Held by a body of the programme or a partner."""

    __tablename__ = "partner_capability"
    body_id: Mapped[uuid.UUID | None] = column(to="programme_body", says="held by this lead provider or delivery partner")
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="held by this organisation")
    funding: Mapped[str] = column(says="contract or funding")
    kinds: Mapped[list[str]] = column(SET, fresh=list, says="kinds of support that it adds")
    lots: Mapped[list[str]] = column(SET, fresh=list, says="names of the lots it is for; none: every lot")
    from_day: Mapped[date | None] = column(says="from")
    ends_on: Mapped[date | None] = column(says="ends on")
    places: Mapped[int | None] = column(unit="places", says="places")
    amount_pence: Mapped[int | None] = column(unit="pence", says="amount")
    source: Mapped[str | None] = column(says="where this is known from")
    note: Mapped[str | None] = column(says="note")
    warn_days: Mapped[int] = column(fresh=lambda: 90, unit="days", says="warn so long before it ends")
    kept_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who watches it")
    seen_on: Mapped[date | None] = column(says="day on which somebody last looked at its end")


class CouncilAsk(Kept):
    """Something that a council was asked for in a lot, and what came of it."""

    __tablename__ = "partner_council_ask"
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="the council, where it is in the directory")
    council: Mapped[str] = column(says="council")
    kind: Mapped[str] = column(says="kind of support")
    what: Mapped[str] = column(says="what was asked for")
    asked_on: Mapped[date] = column(says="asked on")
    asked_by: Mapped[uuid.UUID] = column(to="programme_member", says="who asked")
    lawful_basis: Mapped[str | None] = column(says="lawful basis, where it is about people")
    answer: Mapped[str] = column(fresh=lambda: "waiting", says="waiting, given, partly given, declined or no answer")
    answered_on: Mapped[date | None] = column(says="day of the answer")
    answer_note: Mapped[str | None] = column(says="what was given, or why not")
    value_pence: Mapped[int | None] = column(unit="pence", says="what it was worth")
    value_hours: Mapped[int | None] = column(unit="hours", says="hours given")


class Vacancy(Kept):
    """A job that an employer passed on."""

    __tablename__ = "partner_vacancy"
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="employer")
    title: Mapped[str] = column(indexed=True, says="job title")
    passed_on: Mapped[date] = column(says="passed on to us on")
    advertised_on: Mapped[date | None] = column(says="advertised from")
    closes_on: Mapped[date | None] = column(says="closes on")
    places: Mapped[int] = column(fresh=lambda: 1, unit="places", says="places")
    hours_a_week: Mapped[int | None] = column(unit="hours", says="hours a week")
    pay_pence_an_hour: Mapped[int | None] = column(unit="pence", says="pay an hour")
    pay_pence_a_year: Mapped[int | None] = column(unit="pence", says="pay a year")
    contract: Mapped[str | None] = column(says="kind of contract")
    postcode: Mapped[str | None] = column(says="postcode of the place of work")
    lots: Mapped[list[str]] = column(SET, fresh=list, says="names of the lots it is for; none: every lot")
    qualification: Mapped[str | None] = column(says="least qualification")
    english: Mapped[str | None] = column(says="English that is needed")
    times: Mapped[list[str]] = column(SET, fresh=list, says="times of work")
    needs_transport: Mapped[bool | None] = column(says="cannot be reached by bus: own transport is needed")
    needs_digital: Mapped[bool | None] = column(says="works with a computer")
    note: Mapped[str | None] = column(says="what else is asked for")
    told_by: Mapped[uuid.UUID] = column(to="programme_member", says="who was told of it")
    closed_on: Mapped[date | None] = column(says="closed by us on")
    closed_why: Mapped[str | None] = column(says="why it was closed")


class TrainingOffer(Kept):
    """A training with places for participants: it prepares people for a sector or for one vacancy."""

    __tablename__ = "partner_training"
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="who gives the training")
    vacancy_id: Mapped[uuid.UUID | None] = column(to="partner_vacancy", says="vacancy that it prepares for")
    title: Mapped[str] = column(indexed=True, says="name of the training")
    starts_on: Mapped[date | None] = column(says="starts on")
    ends_on: Mapped[date | None] = column(says="ends on")
    places: Mapped[int | None] = column(unit="places", says="places")
    lots: Mapped[list[str]] = column(SET, fresh=list, says="names of the lots it is for; none: every lot")
    note: Mapped[str | None] = column(says="note")
    told_by: Mapped[uuid.UUID] = column(to="programme_member", says="who was told of it")
    closed_on: Mapped[date | None] = column(says="closed by us on")
    closed_why: Mapped[str | None] = column(says="why it was closed")
