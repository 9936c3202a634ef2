"""The directory: organisations, their places, people, services and agreements, and what a feed said of them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, SET, Kept, column


class Partner(Kept):
    """An organisation that the programme works with."""

    __tablename__ = "partner"
    name: Mapped[str] = column(indexed=True, says="name of the organisation")
    kind: Mapped[str] = column(says="kind of organisation")
    lots: Mapped[list[str]] = column(SET, fresh=list, says="names of the lots it works in")
    is_own_provision: Mapped[bool] = column(fresh=lambda: False, says="belongs to the lead provider itself")
    reply_days: Mapped[int] = column(fresh=lambda: 14, unit="days", says="days within which a reply is expected")
    note: Mapped[str | None] = column(says="note")
    description: Mapped[str | None] = column(says="what it is, as a directory says it")
    website: Mapped[str | None] = column(says="web address")
    email: Mapped[str | None] = column(says="e-mail of the organisation")
    funding_ends_on: Mapped[date | None] = column(says="its own funding ends on")
    funding_note: Mapped[str | None] = column(says="which funding that is")
    funding_kept_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who watches that day")
    funding_seen_on: Mapped[date | None] = column(says="day on which somebody last looked at that end")
    feed_id: Mapped[str | None] = column(index=True, says="its id in the feed it came from")
    carried: Mapped[str | None] = column(personal=True, says="what the feed said of it, as it came (JSON)")
    cadence_days: Mapped[int | None] = column(unit="days", says="at most so long from one real contact to the next; 0: no upkeep wanted")
    tended_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who tends it")
    upkeep_from: Mapped[date | None] = column(says="the upkeep clock runs from this day while there was no contact")


class Venue(Kept):
    """A place where people are met."""

    __tablename__ = "partner_venue"
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="whose place it is")
    lot_id: Mapped[uuid.UUID] = column(to="programme_lot", says="lot")
    name: Mapped[str] = column(indexed=True, says="name of the place")
    postcode: Mapped[str | None] = column(says="postcode")
    address: Mapped[str | None] = column(says="address")
    is_own_premises: Mapped[bool | None] = column(says="the partner's own building: it may open again first")


class PartnerContact(Kept):
    """A person at a partner."""

    __tablename__ = "partner_contact"
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="organisation")
    name: Mapped[str] = column(personal=True, indexed=True, says="full name")
    role: Mapped[str | None] = column(says="role")
    phone: Mapped[str | None] = column(personal=True, says="telephone")
    email: Mapped[str | None] = column(personal=True, says="e-mail")
    feed_id: Mapped[str | None] = column(says="its id in the feed it came from")
    carried: Mapped[str | None] = column(personal=True, says="what the feed said of it, as it came (JSON)")
    is_key: Mapped[bool | None] = column(says="a key person, with an upkeep clock of their own")
    cadence_days: Mapped[int | None] = column(unit="days", says="their own cadence; their organisation's when empty")
    leaves_on: Mapped[date | None] = column(says="leaves, or left, on")
    leaving_seen_on: Mapped[date | None] = column(says="day on which somebody last looked at their leaving")
    clock_from: Mapped[date | None] = column(says="their upkeep clock runs from this day while there was no contact")


class VenueStatus(Kept):
    """Whether a venue was open from a day on, and why. The latest day's row counts; none means open."""

    __tablename__ = "partner_venue_status"
    venue_id: Mapped[uuid.UUID] = column(NOTE, to="partner_venue", says="venue")
    status: Mapped[str] = column(NOTE, says="open, restricted or closed")
    from_day: Mapped[date] = column(NOTE, says="from")
    reason: Mapped[str | None] = column(NOTE, says="why")
    review_on: Mapped[date | None] = column(NOTE, says="look at it again on")
    risk_assessed_on: Mapped[date | None] = column(NOTE, says="risk assessment done on")
    said_at: Mapped[datetime] = column(NOTE, says="when it was written")
    said_by: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="who wrote it")
    review_by_id: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="who looks at it again, if not who wrote it")


class Service(Kept):
    """Something that an organisation offers. carried: the feed's own words for it; what is not named here survives there."""

    __tablename__ = "partner_service"
    partner_id: Mapped[uuid.UUID | None] = column(to="partner", says="whose service it is")
    name: Mapped[str] = column(indexed=True, says="name of the service")
    status: Mapped[str] = column(fresh=lambda: "active", says="active, temporarily closed, inactive or defunct")
    description: Mapped[str | None] = column(says="what it is")
    website: Mapped[str | None] = column(says="web address")
    email: Mapped[str | None] = column(says="e-mail")
    phone: Mapped[str | None] = column(says="telephone")
    fees: Mapped[str | None] = column(says="what it costs")
    costs: Mapped[str | None] = column(says="its prices one by one, as a feed lists them")
    eligibility: Mapped[str | None] = column(says="who may use it")
    minimum_age: Mapped[int | None] = column(unit="years", says="youngest")
    maximum_age: Mapped[int | None] = column(unit="years", says="oldest")
    languages: Mapped[list[str]] = column(SET, fresh=list, says="languages in which it is given")
    categories: Mapped[list[str]] = column(SET, fresh=list, says="what a directory files it under")
    alert: Mapped[str | None] = column(says="what one has to know at present")
    assured_on: Mapped[date | None] = column(says="last checked on")
    assured_by: Mapped[str | None] = column(personal=True, says="who checked it (e-mail)")
    note: Mapped[str | None] = column(says="our own note")
    feed_id: Mapped[str | None] = column(index=True, says="its id in the feed it came from")
    carried: Mapped[str | None] = column(personal=True, says="what the feed said of it, as it came (JSON)")


class ServicePlace(Kept):
    """Where a service is given: a place of ours, or one that only the feed knows."""

    __tablename__ = "partner_service_place"
    service_id: Mapped[uuid.UUID] = column(to="partner_service", says="service")
    venue_id: Mapped[uuid.UUID | None] = column(to="partner_venue", says="place")
    name: Mapped[str | None] = column(says="name of the place")
    address: Mapped[str | None] = column(says="address")
    postcode: Mapped[str | None] = column(says="postcode")
    access: Mapped[str | None] = column(says="how one gets in")
    feed_id: Mapped[str | None] = column(says="its id in the feed it came from")
    carried: Mapped[str | None] = column(personal=True, says="what the feed said of it, as it came (JSON)")


class Opening(Kept):
    """When a service is open: on which days, from when to when; at one of its places, or at all of them."""

    __tablename__ = "partner_opening"
    service_id: Mapped[uuid.UUID] = column(to="partner_service", says="service")
    place_id: Mapped[uuid.UUID | None] = column(to="partner_service_place", says="at which of its places")
    days: Mapped[list[str]] = column(SET, fresh=list, says="days of the week: MO to SU, 2TU for the second Tuesday of a month")
    month_days: Mapped[str | None] = column(says="days of the month")
    opens_at: Mapped[str | None] = column(says="from")
    closes_at: Mapped[str | None] = column(says="to")
    freq: Mapped[str | None] = column(says="week or month")
    every: Mapped[int | None] = column(unit="weeks or months", says="every so many")
    from_day: Mapped[date | None] = column(says="first day")
    to_day: Mapped[date | None] = column(says="last day")
    note: Mapped[str | None] = column(says="what else one has to know")
    feed_id: Mapped[str | None] = column(says="its id in the feed it came from")
    carried: Mapped[str | None] = column(says="what the feed said of it, as it came (JSON)")


class Agreement(Kept):
    """What was agreed with an organisation, and until when."""

    __tablename__ = "partner_agreement"
    partner_id: Mapped[uuid.UUID] = column(to="partner", says="organisation")
    what: Mapped[str] = column(indexed=True, says="what was agreed")
    from_day: Mapped[date | None] = column(says="from")
    ends_on: Mapped[date | None] = column(says="ends on")
    warn_days: Mapped[int] = column(fresh=lambda: 90, unit="days", says="warn so long before it ends")
    note: Mapped[str | None] = column(says="note")
    kept_by: Mapped[uuid.UUID | None] = column(to="programme_member", says="who watches it")
    seen_on: Mapped[date | None] = column(says="day on which somebody last looked at its end")


class FeedTerm(Kept):
    """A taxonomy, a term of one, or a field of the page that nobody knows, that came in a feed by itself: kept to be given back."""

    __tablename__ = "partner_feed_term"
    kind: Mapped[str] = column(says="taxonomy, taxonomy term or page field")
    name: Mapped[str] = column(says="name")
    feed_id: Mapped[str] = column(index=True, says="its id in the feed it came from")
    carried: Mapped[str] = column(says="what the feed said of it, as it came (JSON)")
