"""Vacancies that employers pass on, and training with places: written down, changed, closed with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import held, named_lots, postcode_typed
from coachdesk.partner.record import Partner, TrainingOffer, Vacancy
from coachdesk.partner.rules import vacancies as jobs
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.rules import check_span, needed_line
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today

Employer = Annotated[UUID, Ref("partner", "employer")]
Trainer = Annotated[UUID, Ref("partner", "who gives the training")]
Lots = Annotated[list[str] | None, "names of the lots it is for; none: every lot"]
Hours = Annotated[int | None, "hours: hours a week"]
PayHour = Annotated[int | None, "pence: pay an hour"]
PayYear = Annotated[int | None, "pence: pay a year"]
Contract = Annotated[str | None, "kind of contract"]
Postcode = Annotated[str | None, "postcode of the place of work"]
Qualification = Annotated[str | None, "least qualification"]
English = Annotated[str | None, "English that is needed"]
Times = Annotated[list[str] | None, "times of work: school hours, early mornings, evenings, nights, weekends, changing shifts"]
Transport = Annotated[bool | None, "cannot be reached by bus: own transport is needed"]
Digital = Annotated[bool | None, "works with a computer"]
Note = Annotated[str | None, "what else is asked for"]
Places = Annotated[int | None, "places: how many"]


def add_vacancy(session: Session, *, partner: Employer, title: Annotated[str, "job title"],
                passed_on: Annotated[date | None, "passed on to us on; today when not said"] = None,
                advertised_on: Annotated[date | None, "advertised from"] = None,
                closes_on: Annotated[date | None, "closes on"] = None, places: Places = None, hours_a_week: Hours = None,
                pay_pence_an_hour: PayHour = None, pay_pence_a_year: PayYear = None, contract: Contract = None, postcode: Postcode = None,
                lots: Lots = None, qualification: Qualification = None, english: English = None, times: Times = None,
                needs_transport: Transport = None, needs_digital: Digital = None, note: Note = None) -> UUID:
    """Writes down a vacancy. Refusal for an organisation that is no employer, or for days, places, hours or pay that cannot be."""
    of = held(session, Partner, partner, "organisation")
    jobs.check_employer(of.name, of.kind)
    made = Vacancy(partner_id=of.id, title=rules.name_of(title, "A vacancy"), passed_on=passed_on or today(session),
                   told_by=actor_of(session))
    _fill(session, made, {"advertised_on": advertised_on, "closes_on": closes_on, "places": places or 1, "hours_a_week": hours_a_week,
                          "pay_pence_an_hour": pay_pence_an_hour, "pay_pence_a_year": pay_pence_a_year, "contract": contract,
                          "postcode": postcode, "lots": lots, "qualification": qualification, "english": english, "times": times,
                          "needs_transport": needs_transport, "needs_digital": needs_digital, "note": note})
    session.add(made)
    return made.id


def change_vacancy(session: Session, id: UUID, *, title: Annotated[str | None, "job title"] = None,
                   advertised_on: Annotated[date | None, "advertised from"] = None,
                   closes_on: Annotated[date | None, "closes on"] = None, places: Places = None, hours_a_week: Hours = None,
                   pay_pence_an_hour: PayHour = None, pay_pence_a_year: PayYear = None, contract: Contract = None,
                   postcode: Postcode = None, lots: Lots = None, qualification: Qualification = None, english: English = None,
                   times: Times = None, needs_transport: Transport = None, needs_digital: Digital = None, note: Note = None) -> None:
    """Changes a vacancy. What is not given stays; an empty text clears it; pay told one way takes the place of the other.
    Refusals as in add_vacancy."""
    found = held(session, Vacancy, id, "vacancy")
    if title is not None:
        found.title = rules.name_of(title, "A vacancy")
    if pay_pence_an_hour is not None and pay_pence_a_year is None:
        found.pay_pence_a_year = None
    if pay_pence_a_year is not None and pay_pence_an_hour is None:
        found.pay_pence_an_hour = None
    _fill(session, found, {"advertised_on": advertised_on, "closes_on": closes_on, "places": places, "hours_a_week": hours_a_week,
                           "pay_pence_an_hour": pay_pence_an_hour, "pay_pence_a_year": pay_pence_a_year, "contract": contract,
                           "postcode": postcode, "lots": lots, "qualification": qualification, "english": english, "times": times,
                           "needs_transport": needs_transport, "needs_digital": needs_digital, "note": note})


def close_vacancy(session: Session, id: UUID, *, why: Annotated[str, "why: filled, withdrawn by the employer…"]) -> None:
    """Closes a vacancy before its day, with the reason. Refusal without one, or when it was closed already."""
    _close(session, held(session, Vacancy, id, "vacancy"), why)


def reopen_vacancy(session: Session, id: UUID, *, closes_on: Annotated[date | None, "closes on"] = None) -> None:
    """A vacancy is open again, until another day where one is said. Refusal for a day before it was passed on."""
    found = held(session, Vacancy, id, "vacancy")
    found.closed_on = found.closed_why = None
    _fill(session, found, {"closes_on": closes_on})


def add_training(session: Session, *, partner: Trainer, title: Annotated[str, "name of the training"],
                 vacancy: Annotated[UUID | None, Ref("partner.vacancy", "vacancy that it prepares for")] = None,
                 starts_on: Annotated[date | None, "starts on"] = None, ends_on: Annotated[date | None, "ends on"] = None,
                 places: Places = None, lots: Lots = None, note: Annotated[str | None, "note"] = None) -> UUID:
    """Writes down a training with places for participants. Refusal for days or places that cannot be."""
    of = held(session, Partner, partner, "organisation")
    attached = held(session, Vacancy, vacancy, "vacancy").id if vacancy is not None else None
    made = TrainingOffer(partner_id=of.id, vacancy_id=attached, title=rules.name_of(title, "A training"), told_by=actor_of(session))
    _fill_training(session, made, starts_on, ends_on, places, lots, note)
    session.add(made)
    return made.id


def change_training(session: Session, id: UUID, *, title: Annotated[str | None, "name of the training"] = None,
                    vacancy: Annotated[UUID | None, Ref("partner.vacancy", "vacancy that it prepares for")] = None,
                    starts_on: Annotated[date | None, "starts on"] = None, ends_on: Annotated[date | None, "ends on"] = None,
                    places: Places = None, lots: Lots = None, note: Annotated[str | None, "note"] = None) -> None:
    """Changes a training. What is not given stays; an empty note clears it. Refusals as in add_training."""
    found = held(session, TrainingOffer, id, "training")
    if title is not None:
        found.title = rules.name_of(title, "A training")
    if vacancy is not None:
        found.vacancy_id = held(session, Vacancy, vacancy, "vacancy").id
    _fill_training(session, found, starts_on or found.starts_on, ends_on or found.ends_on, places, lots, note)


def close_training(session: Session, id: UUID, *, why: Annotated[str, "why: full, called off…"]) -> None:
    """Nobody is put forward for a training any more. Refusal without the reason, or when it was closed already."""
    _close(session, held(session, TrainingOffer, id, "training"), why)


def _close(session: Session, found: Vacancy | TrainingOffer, why: str) -> None:
    if found.closed_on is not None:
        raise Refusal(f"{found.title} was closed already: {found.closed_why}.", "Nothing was changed.")
    found.closed_on, found.closed_why = today(session), needed_line(why, "the reason why it is closed")


def _fill(session: Session, vacancy: Vacancy, given: dict[str, Any]) -> None:
    """Writes what was given (not None) after checking it, then checks the whole."""
    read: dict[str, Callable[[Any], Any]] = {"contract": jobs.contract_of, "postcode": postcode_typed, "qualification": jobs.level_of,
                                             "english": jobs.english_of, "times": jobs.times_of, "note": rules.note_of,
                                             "lots": lambda names: named_lots(session, names)}
    for name, value in given.items():
        if value is not None:
            setattr(vacancy, name, read[name](value) if name in read else value)
    known = programme_queries.days(session)
    for day in (vacancy.passed_on, vacancy.advertised_on, vacancy.closes_on):
        known.check_planned(day)
    jobs.check_passed_on(vacancy.passed_on, vacancy.advertised_on, vacancy.closes_on, today(session))
    jobs.check_vacancy(vacancy.places, vacancy.hours_a_week, vacancy.pay_pence_an_hour, vacancy.pay_pence_a_year)


def _fill_training(session: Session, training: TrainingOffer, starts_on: date | None, ends_on: date | None, places: int | None,
                   lots: list[str] | None, note: str | None) -> None:
    check_span(starts_on, ends_on)
    known = programme_queries.days(session)
    for day in (starts_on, ends_on):
        known.check_planned(day)
    training.starts_on, training.ends_on = starts_on, ends_on
    if places is not None:
        jobs.check_vacancy(places, None, None, None)
        training.places = places
    if lots is not None:
        training.lots = named_lots(session, lots)
    if note is not None:
        training.note = rules.note_of(note)
