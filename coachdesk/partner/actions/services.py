"""What organisations offer: services, when they are open, where they are given, and when somebody last checked what is written of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import PartnerRef, held, phone_of
from coachdesk.partner.record import Opening, Partner, Service, ServicePlace, Venue
from coachdesk.programme import queries as programme_queries
from coachdesk.store.doors import Ref
from coachdesk.store.session import today

ServiceRef = Annotated[UUID, Ref("partner.service", "service")]
Status = Annotated[str | None, "active, temporarily closed, inactive or defunct"]
About = Annotated[str | None, "what it is"]
Fees = Annotated[str | None, "what it costs"]
Eligibility = Annotated[str | None, "who may use it"]
Youngest = Annotated[int | None, "years: youngest"]
Oldest = Annotated[int | None, "years: oldest"]
Languages = Annotated[list[str] | None, "languages in which it is given"]
Categories = Annotated[list[str] | None, "what a directory files it under"]
Alert = Annotated[str | None, "what one has to know at present"]
Checked = Annotated[date | None, "last checked on"]
Days = Annotated[list[str] | None, "days of the week; 2TU for the second Tuesday of a month"]
Freq = Annotated[str | None, "week or month"]
Every = Annotated[int | None, "weeks or months: every so many"]


def add_service(session: Session, *, partner: PartnerRef, name: Annotated[str, "name of the service"], status: Status = None,
                description: About = None, website: Annotated[str | None, "web address"] = None,
                email: Annotated[str | None, "e-mail"] = None, phone: Annotated[str | None, "telephone"] = None, fees: Fees = None,
                eligibility: Eligibility = None, minimum_age: Youngest = None, maximum_age: Oldest = None, languages: Languages = None,
                categories: Categories = None, alert: Alert = None, assured_on: Checked = None,
                note: Annotated[str | None, "our own note"] = None) -> UUID:
    """Adds a service of an organisation. Refusal when that one has a service of this name already, or a value cannot be right."""
    of = held(session, Partner, partner, "organisation")
    clean = rules.name_of(name, "A service")
    _refuse_a_twin(session, of.id, clean)
    made = Service(partner_id=of.id, name=clean, status=rules.service_status_of(status or rules.ACTIVE))
    _fill(session, made, {"description": description, "website": website, "email": email, "phone": phone, "fees": fees,
                          "eligibility": eligibility, "minimum_age": minimum_age, "maximum_age": maximum_age, "languages": languages,
                          "categories": categories, "alert": alert, "assured_on": assured_on, "note": note})
    session.add(made)
    return made.id


def change_service(session: Session, id: UUID, *, name: Annotated[str | None, "name of the service"] = None, status: Status = None,
                   description: About = None, website: Annotated[str | None, "web address"] = None,
                   email: Annotated[str | None, "e-mail"] = None, phone: Annotated[str | None, "telephone"] = None, fees: Fees = None,
                   eligibility: Eligibility = None, minimum_age: Youngest = None, maximum_age: Oldest = None,
                   has_no_age: Annotated[bool | None, "yes: it is for every age"] = None, languages: Languages = None,
                   categories: Categories = None, alert: Alert = None, assured_on: Checked = None,
                   note: Annotated[str | None, "our own note"] = None) -> None:
    """Changes a service. What is not given stays; an empty text clears it. Refusals as in add_service."""
    found = held(session, Service, id, "service")
    if name is not None:
        clean = rules.name_of(name, "A service")
        if clean != found.name:
            _refuse_a_twin(session, found.partner_id, clean, but=id)
            found.name = clean
    if status is not None:
        found.status = rules.service_status_of(status)
    if has_no_age:
        found.minimum_age = found.maximum_age = None
    _fill(session, found, {"description": description, "website": website, "email": email, "phone": phone, "fees": fees,
                           "eligibility": eligibility, "minimum_age": minimum_age, "maximum_age": maximum_age, "languages": languages,
                           "categories": categories, "alert": alert, "assured_on": assured_on, "note": note})


def check_service(session: Session, id: UUID, *, on: Annotated[date | None, "day of the check; today when not said"] = None) -> None:
    """Somebody has checked that what is written of a service is right. Refusal for a day to come."""
    _fill(session, held(session, Service, id, "service"), {"assured_on": on or today(session)})


def remove_service(session: Session, id: UUID) -> None:
    """Takes a service off the list, with its opening times and places; its contacts stay with the organisation."""
    found = held(session, Service, id, "service")
    for kind in (Opening, ServicePlace):
        for each in session.execute(sa.select(kind).where(kind.service_id == id)).scalars():
            session.delete(each)
    session.delete(found)


def add_opening(session: Session, *, service: ServiceRef, days: Days = None, opens_at: Annotated[str | None, "from, such as 10:00"] = None,
                closes_at: Annotated[str | None, "to, such as 12:30"] = None, freq: Freq = None, every: Every = None,
                from_day: Annotated[date | None, "first day"] = None, to_day: Annotated[date | None, "last day"] = None,
                note: Annotated[str | None, "what else one has to know"] = None) -> UUID:
    """Adds a time at which a service is open. Refusal when it says nothing, or would close before it opens."""
    made = Opening(service_id=held(session, Service, service, "service").id)
    _fill_opening(made, days or [], opens_at, closes_at, freq, every, from_day, to_day, note)
    session.add(made)
    return made.id


def change_opening(session: Session, id: UUID, *, days: Days = None, opens_at: Annotated[str | None, "from, such as 10:00"] = None,
                   closes_at: Annotated[str | None, "to, such as 12:30"] = None, freq: Freq = None, every: Every = None,
                   from_day: Annotated[date | None, "first day"] = None, to_day: Annotated[date | None, "last day"] = None,
                   note: Annotated[str | None, "what else one has to know"] = None) -> None:
    """Changes an opening time. What is not given stays; an empty text clears it. Refusals as in add_opening."""
    one = held(session, Opening, id, "opening time")
    _fill_opening(one, one.days if days is None else days, one.opens_at if opens_at is None else opens_at,
                  one.closes_at if closes_at is None else closes_at, one.freq if freq is None else freq,
                  one.every if every is None else every, from_day or one.from_day, to_day or one.to_day,
                  one.note if note is None else note)


def remove_opening(session: Session, id: UUID) -> None:
    """Takes an opening time away."""
    session.delete(held(session, Opening, id, "opening time"))


def add_service_place(session: Session, *, service: ServiceRef,
                      venue: Annotated[UUID, Ref("partner.venue", "place where it is given")]) -> UUID:
    """Says that a service is given at a place that we know. Refusal when it is said already."""
    of, where = held(session, Service, service, "service"), held(session, Venue, venue, "place")
    if session.execute(sa.select(ServicePlace.id).where(ServicePlace.service_id == of.id, ServicePlace.venue_id == where.id)).first():
        raise Refusal(f"{of.name} is given at {where.name} already.", "Nothing was changed.")
    made = ServicePlace(service_id=of.id, venue_id=where.id)
    session.add(made)
    return made.id


def remove_service_place(session: Session, id: UUID) -> None:
    """A service is not given at a place any more; opening times of that place go with it."""
    found = held(session, ServicePlace, id, "place of a service")
    for each in session.execute(sa.select(Opening).where(Opening.place_id == id)).scalars():
        session.delete(each)
    session.delete(found)


def _refuse_a_twin(session: Session, partner: UUID | None, name: str, but: UUID | None = None) -> None:
    wanted = rules.folded(name) or name.casefold()
    for other, called in session.execute(sa.select(Service.id, Service.name).where(Service.partner_id == partner)):
        if other != but and (rules.folded(called) or called.casefold()) == wanted:
            raise Refusal(f"{called} is already a service of this organisation.",
                          "Open that one, or give this one a name that tells them apart. Nothing was changed.")


def _fill(session: Session, service: Service, given: dict[str, Any]) -> None:
    """Writes what was given (not None) after checking it."""
    if given.get("assured_on") is not None:
        programme_queries.days(session).check_possible(given["assured_on"])
        rules.check_day_of_check(given["assured_on"], today(session))
    read = {"description": rules.note_of, "website": rules.website_of, "email": rules.email_of, "phone": phone_of,
            "fees": rules.note_of, "eligibility": rules.note_of, "alert": rules.note_of, "note": rules.note_of, "languages": _words,
            "categories": _words}
    for name, value in given.items():
        if value is not None:
            setattr(service, name, read[name](value) if name in read else value)  # type: ignore[operator]
    rules.check_ages(service.minimum_age, service.maximum_age)


def _words(words: list[str]) -> list[str]:
    return sorted({clean for each in words if (clean := rules.line_of(each, "That word")) is not None})


def _fill_opening(one: Opening, days: list[str], opens_at: str | None, closes_at: str | None, freq: str | None, every: int | None,
                  from_day: date | None, to_day: date | None, note: str | None) -> None:
    codes, opens, closes, said = rules.day_codes(days), rules.time_of(opens_at), rules.time_of(closes_at), rules.note_of(note)
    rules.check_opening(codes, opens, closes, one.month_days, said)
    rules.check_span(from_day, to_day)
    one.days, one.opens_at, one.closes_at, one.note = codes, opens, closes, said
    one.freq, one.every, one.from_day, one.to_day = rules.rhythm_of(freq), rules.every_so_many(every), from_day, to_day
