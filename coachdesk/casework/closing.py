"""A place that closes, over all rooms: whom to tell and how, which partners are lost with it, and in which order places start again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Intervention
from coachdesk.clock import day_text
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach.queries.closing import YEAR_DAYS, ClosingRow
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import Restart, restart_key, restart_words
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import MetAt, Participant
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.queries import ContactRow, VenueRow
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class PersonToTell:
    """Somebody who would come in vain. kind: participant or outreach.contact; reach: how they may be reached, in words."""

    id: UUID
    kind: str
    name: str
    reference: str
    phone: str | None
    reach: str
    why: str
    coach: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class PartnerLost:
    """A partner who met people here with us. people: whom one rings there."""

    id: UUID
    name: str
    why: str
    people: tuple[ContactRow, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything that the closing of a place touches from a day on."""

    venue: VenueRow
    outreach: ClosingRow
    people: tuple[PersonToTell, ...]
    partners: tuple[PartnerLost, ...]


@dataclass(frozen=True, slots=True)
class RestartRow:
    """A place that is not open, in the order of the restart. people: registered people who came through it."""

    id: UUID
    number: int
    venue: str
    partner: str
    lot: str
    status: str
    since: date
    reason: str | None
    review_on: date | None
    people: int
    sessions: int
    why: str


def closing(session: Session, venue: UUID, *, from_day: date) -> Closing | None:
    """What is to be moved, who is to be told and which partners are lost; None when there is no such place."""
    found = outreach_queries.closing(session, venue, from_day=from_day)
    place = next(iter(partner_queries.venues(session, id=venue)), None)
    if found is None or place is None:
        return None
    return Closing(place, found, tuple(_people(session, place, found, from_day)), tuple(_partners(session, place, found)))


def _people(session: Session, place: VenueRow, found: ClosingRow, from_day: date) -> list[PersonToTell]:
    """Whoever is booked here first, by day; then who was met or helped here within a year; then contacts who wait."""
    leads, members = participant_queries.leaders(session), programme_queries.member_names(session)
    whys: dict[UUID, tuple[date | None, str]] = {}

    def say(person: UUID, on: date | None, why: str) -> None:
        whys.setdefault(leads.get(person, person), (on, why))

    called = folded(place.name)
    booked = sa.select(Appointment.participant_id, Appointment.due_on, Appointment.at, Appointment.place).where(
        Appointment.outcome == "booked", Appointment.due_on >= from_day, Appointment.place.is_not(None)).order_by(Appointment.due_on)
    for person, on, at, where in session.execute(booked):
        if called and f" {called} " in f" {folded(where or '')} ":
            say(person, on, f"has an appointment here on {day_text(on)}{f' at {at}' if at else ''}")
    since = from_day - timedelta(days=YEAR_DAYS)
    one = OutreachSession
    met = (sa.select(MetAt.participant_id, one.held_on, one.kind).join(Contact, Contact.id == MetAt.contact_id)
           .join(one, one.id == Contact.session_id).where(one.venue_id == place.id, one.held_on >= since).order_by(one.held_on.desc()))
    for person, on, kind in session.execute(met):
        say(person, None, f"was met here, {kind} of {day_text(on)}")
    places = [where for where in session.execute(sa.select(Intervention.place).where(Intervention.place.is_not(None)).distinct()).scalars()
              if called and f" {called} " in f" {folded(where or '')} "]
    helped = (sa.select(Intervention.participant_id, sa.func.max(Intervention.happened_on, type_=sa.Date()))
              .where(Intervention.happened_on >= since, Intervention.place.in_(places)).group_by(Intervention.participant_id))
    for person, last in session.execute(helped):
        say(person, None, f"was helped here, the last time on {day_text(last)}")
    rows = _told(session, whys, members)
    registered = set(session.execute(sa.select(MetAt.contact_id).where(
        MetAt.contact_id.in_([each.id for each in found.waiting]))).scalars()) if found.waiting else set()
    rows += [PersonToTell(each.id, "outreach.contact", each.name, "", each.phone, "no telephone is known" if not each.phone else "by phone",
                          f"follow-up due {day_text(each.follow_up_on)}" if each.follow_up_on else "waits", each.coach,
                          each.follow_up_on) for each in found.waiting if each.id not in registered]
    return rows


def _told(session: Session, whys: dict[UUID, tuple[date | None, str]], members: dict[UUID, str]) -> list[PersonToTell]:
    rows: list[PersonToTell] = []
    ids = list(whys)
    for start in range(0, len(ids), 500):
        chosen = sa.select(Participant.id, Participant.name, Participant.reference, Participant.phone, Participant.email,
                           Participant.preferred_contact, Participant.is_safe_to_call, Participant.is_safe_to_leave_message,
                           Participant.coach_id).where(Participant.id.in_(ids[start:start + 500]))
        found: Iterable[Any] = session.execute(chosen)
        for id, name, reference, phone, email, preferred, calls, messages, coach in found:
            on, why = whys[id]
            rows.append(PersonToTell(id, "participant", name, reference, phone, reach_words(phone, email, preferred, calls, messages), why,
                                     members.get(coach, ""), on))
    return sorted(rows, key=lambda row: (row.next_on is None, row.next_on or date.max, row.name.casefold()))


def reach_words(phone: str | None, email: str | None, preferred: str | None, calls: bool | None, messages: bool | None) -> str:
    """How somebody may be reached: what they like, and what is not safe. What is not safe is always said."""
    parts = [f"likes {preferred}" if preferred else ""]
    if calls is False:
        parts.append("do NOT ring")
    if messages is False:
        parts.append("leave NO message")
    if not phone:
        parts.append("no telephone is known")
    if email and preferred and "mail" in preferred:
        parts.append(email)
    return ", ".join(part for part in parts if part) or "by phone"


def _partners(session: Session, place: VenueRow, found: ClosingRow) -> list[PartnerLost]:
    names = {row.id: row.name for row in partner_queries.partners(session)} if found.partners else {}
    return [PartnerLost(id, names[id], "it is their place" if id == place.partner_id else "holds sessions here with us",
                        tuple(partner_queries.contacts(session, partner=id, is_there=True))) for id in found.partners if id in names]


def came_through(session: Session) -> dict[UUID, int]:
    """How many registered people came through each place, ever; a person of several records counts once."""
    one = OutreachSession
    chosen = (sa.select(one.venue_id, sa.func.count(MetAt.participant_id.distinct())).join(Contact, Contact.session_id == one.id)
              .join(MetAt, MetAt.contact_id == Contact.id).join(Participant, Participant.id == MetAt.participant_id)
              .where(MetAt.participant_id.not_in(participant_queries.is_led()), one.held_on <= Participant.registered_on)
              .group_by(one.venue_id))
    return dict(session.execute(chosen).all())


def restart_order(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[RestartRow]:
    """Places that are closed or restricted today, in the order in which they may start again: own premises first, and why."""
    day = today(session)
    people, before, shut = came_through(session), _held_before(session, day), partner_queries.shut_since(session, day)
    found = [(Restart(row.name, row.is_own_premises, shut[row.id][1], shut[row.id][0], people.get(row.id, 0), before.get(row.id, 0)), row)
             for row in partner_queries.venues(session, lot=lot) if row.id in shut]
    found.sort(key=lambda pair: restart_key(pair[0]))
    return [RestartRow(row.id, number, row.name, row.partner or "", row.lot, row.status, place.closed_on, row.reason, row.review_on,
                       place.people, place.sessions, restart_words(place))
            for number, (place, row) in enumerate(found, 1)][:limit]


def _held_before(session: Session, day: date) -> dict[UUID, int]:
    """Sessions held at each place in the two years up to a day: the year before a closing that has lasted."""
    one = OutreachSession
    chosen = sa.select(one.venue_id, sa.func.count()).where(
        outreach_queries.was_held(), one.held_on > day - timedelta(days=2 * YEAR_DAYS), one.held_on <= day).group_by(one.venue_id)
    return dict(session.execute(chosen).all())
