"""What may be done in the outreach room: hold a session, tally, write down contacts, follow them up."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import queries, rules
from coachdesk.outreach.actions.hosts import Hosts, put_cover, put_hosts
from coachdesk.outreach.actions.register import take_row
from coachdesk.outreach.actions.state import becomes_held
from coachdesk.outreach.record import Contact, Host, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held, phone_of, postcode_typed
from coachdesk.partner.record import Partner, Venue
from coachdesk.partner.rules import name_of, note_of
from coachdesk.programme.queries import days
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import LONGEST_NAME, line_of
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, moment, today

VenueRef = Annotated[UUID, Ref("partner.venue", "venue")]
SessionRef = Annotated[UUID, Ref("outreach.session", "session")]
Starts = Annotated[str | None, "time it starts, HH:MM"]
Ends = Annotated[str | None, "time it ends, HH:MM"]
Number = Annotated[int | None, "row: number on the paper register"]
# What a correction repeats of the row that it takes back.
_ALIKE = ("session_id", "what", "topics", "lot_id", "venue_id", "on_day", "ward_code", "ward_name", "need", "register_number")


def open_session(session: Session, *, venue: VenueRef, kind: Annotated[str, "kind of session"],
                 held_on: Annotated[date | None, "day; today when not said"] = None,
                 starts_at: Starts = None, ends_at: Ends = None,
                 joint_partner: Annotated[UUID | None, Ref("partner", "joint host")] = None,
                 coach: Annotated[UUID | None, Ref("programme.member", "coach; you when not said")] = None,
                 lot: Annotated[UUID | None, Ref("programme", "lot; the venue's when not said")] = None,
                 headcount: Annotated[int | None, "people: in the room"] = None, note: Annotated[str | None, "note"] = None,
                 hosts: Hosts = None,
                 covered_by: Annotated[UUID | None, Ref("programme.member", "who covers for the coach")] = None) -> UUID:
    """Opens a session at a venue; one of a later day is planned. Refusal for an unknown kind, a wrong time, an end before the start.

    hosts: all joint hosts by name or id; joint_partner: the one, where there is one.
    """
    place = held(session, Venue, venue, "venue")
    begins, ends = rules.time_of(starts_at), rules.time_of(ends_at)
    rules.check_times(begins, ends)
    on = held_on or today(session)
    days(session).check_session(on)
    made = OutreachSession(
        venue_id=venue, lot_id=held(session, Lot, lot, "lot").id if lot else place.lot_id,
        coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
        joint_partner_id=held(session, Partner, joint_partner, "organisation").id if joint_partner else None,
        kind=rules.session_kind_of(kind), held_on=on, starts_at=begins, ends_at=ends,
        headcount=rules.headcount_of(headcount), note=note_of(note),
        status=rules.PLANNED if on > today(session) and headcount is None else None)
    session.add(made)
    if hosts is not None:
        put_hosts(session, made, hosts)
    if covered_by is not None:
        put_cover(session, made, covered_by)
    return made.id


def change_session(session: Session, id: UUID, *, venue: Annotated[UUID | None, Ref("partner.venue", "venue")] = None,
                   kind: Annotated[str | None, "kind of session"] = None, held_on: Annotated[date | None, "day"] = None,
                   starts_at: Starts = None, ends_at: Ends = None,
                   joint_partner: Annotated[UUID | None, Ref("partner", "joint host")] = None,
                   coach: Annotated[UUID | None, Ref("programme.member", "coach")] = None,
                   headcount: Annotated[int | None, "people: in the room"] = None, note: Annotated[str | None, "note"] = None,
                   hosts: Hosts = None) -> None:
    """Changes a session. What is not given stays; an empty time or note clears it, no hosts clear them. Refusals as in open_session."""
    found = _session(session, id)
    begins = found.starts_at if starts_at is None else rules.time_of(starts_at)
    ends = found.ends_at if ends_at is None else rules.time_of(ends_at)
    rules.check_times(begins, ends)
    found.starts_at, found.ends_at = begins, ends
    if venue is not None:
        place = held(session, Venue, venue, "venue")
        found.venue_id, found.lot_id = venue, place.lot_id
    if kind is not None:
        found.kind = rules.session_kind_of(kind)
    if held_on is not None:
        days(session).check_session(held_on)
        if held_on != found.held_on and rules.status_of(found.status) == rules.HELD and held_on > today(session):
            found.status = rules.PLANNED
        found.held_on = held_on
    if joint_partner is not None:
        found.joint_partner_id = held(session, Partner, joint_partner, "organisation").id
    if coach is not None:
        found.coach_id = held(session, TeamMember, coach, "member of the team").id
    if headcount is not None:
        found.headcount = rules.headcount_of(headcount)
        becomes_held(found)
    if note is not None:
        found.note = note_of(note)
    if hosts is not None:
        put_hosts(session, found, hosts)


def remove_session(session: Session, id: UUID) -> None:
    """Takes away a session that was opened by mistake. Refusal when somebody or something was written down at it."""
    found = _session(session, id)
    row = queries.session_row(session, id)
    counted = session.scalar(sa.select(Tally.id).where(Tally.session_id == id).limit(1))
    if row and (row.people or row.leaflets or row.turned_away or counted is not None):
        raise Refusal("Contacts or tallies were written down at this session, so it stays.",
                      "Correct the session instead. Nothing was changed.")
    for host in session.scalars(sa.select(Host).where(Host.session_id == id)):
        session.delete(host)
    session.delete(found)


def tally(session: Session, *, session_id: SessionRef, topics: Annotated[list[str] | None, "topics"] = None,
          count: Annotated[int | None, "people or leaflets: how many; 1 when not said"] = None,
          what: Annotated[str | None, "contact, leaflet or turned away; contact when not said"] = None) -> UUID:
    """Counts anonymous contacts, leaflets or people turned away: one call, one row. Refusal for an unknown topic or a count below 1."""
    made = Tally(session_id=becomes_held(_session(session, session_id)).id, what=rules.tallied_of(what or rules.CONTACT),
                 count=rules.count_of(1 if count is None else count), topics=";".join(rules.topics_of(topics)), made_at=moment(session))
    session.add(made)
    return made.id


def correct_tally(session: Session, id: UUID, *,
                  count: Annotated[int | None, "people or leaflets: how many to take back; all when not said"] = None) -> UUID:
    """Takes a tally back by a row of its own with a negative count. Refusal when more is taken back than was counted."""
    wrong = held(session, Tally, id, "tally")
    back = wrong.count if count is None else count
    if back < 1:
        raise Refusal("There is nothing to take back in this row.", "Choose the row that was counted wrongly; nothing was changed.")
    alike = {name: getattr(wrong, name) for name in _ALIKE}
    standing = session.execute(sa.select(sa.func.coalesce(sa.func.sum(Tally.count), 0)).where(
        *(getattr(Tally, name).is_not_distinct_from(value) for name, value in alike.items()))).scalar_one()
    if back > min(wrong.count, standing):
        raise Refusal(f"Only {max(0, min(wrong.count, standing))} can be taken back here.",
                      "It may have been corrected already; nothing was changed.")
    made = Tally(**alike, count=-back, made_at=moment(session))
    session.add(made)
    return made.id


def log_contact(session: Session, *, session_id: SessionRef, name: Annotated[str, "full name"],
                phone: Annotated[str | None, "telephone"] = None, postcode: Annotated[str | None, "postcode"] = None,
                topics: Annotated[list[str] | None, "topics"] = None, note: Annotated[str | None, "note"] = None,
                follow_up_on: Annotated[date | None, "follow up on"] = None, register_number: Number = None) -> UUID:
    """Writes down a named contact. Refusal without a name, for a wrong number, postcode or topic, or a follow-up before the session.

    register_number: the row of the paper register; Refusal when somebody stands in it already.
    """
    met = _session(session, session_id)
    called = line_of(name, "That name", LONGEST_NAME)
    if called is None:
        raise Refusal("A contact with a line of their own needs a name.", "Type the name, or count them without one. Nothing was changed.")
    _check_follow_up(session, met, follow_up_on)
    if register_number is not None:
        take_row(session, met, register_number)
    made = Contact(session_id=becomes_held(met).id, register_number=register_number, name=called, phone=phone_of(phone),
                   postcode=postcode_typed(postcode), topics=rules.topics_of(topics), note=note_of(note), follow_up_on=follow_up_on,
                   met_at=moment(session))
    session.add(made)
    return made.id


def log_line(session: Session, id: UUID, *, line: Annotated[str, "name, telephone, postcode, topics and follow-up in one line"]) -> UUID:
    """Writes down a named contact at a session from one typed line (rules.parse_line). Refusals as in log_contact."""
    read = rules.parse_line(line or "", today(session))
    return log_contact(session, session_id=id, name=read.name, phone=read.phone, postcode=read.postcode, topics=list(read.topics),
                       note=read.note, follow_up_on=read.follow_up_on)


def change_contact(session: Session, id: UUID, *, name: Annotated[str | None, "full name"] = None,
                   phone: Annotated[str | None, "telephone"] = None, postcode: Annotated[str | None, "postcode"] = None,
                   topics: Annotated[list[str] | None, "topics"] = None, note: Annotated[str | None, "note"] = None,
                   follow_up_on: Annotated[date | None, "follow up on"] = None, register_number: Number = None) -> None:
    """Changes a contact. What is not given stays; an empty text clears; a new follow-up day opens the follow-up again."""
    found = held(session, Contact, id, "contact")
    if register_number is not None and register_number != found.register_number:
        take_row(session, _session(session, found.session_id), register_number)
        found.register_number = register_number
    if name is not None:
        found.name = name_of(name, "A contact")
    if phone is not None:
        found.phone = phone_of(phone)
    if postcode is not None:
        found.postcode = postcode_typed(postcode)
    if topics is not None:
        found.topics = rules.topics_of(topics)
    if note is not None:
        found.note = note_of(note)
    if follow_up_on is not None and follow_up_on != found.follow_up_on:
        _check_follow_up(session, _session(session, found.session_id), follow_up_on)
        found.follow_up_on, found.followed_up_on = follow_up_on, None


def mark_followed_up(session: Session, id: UUID, *, followed_up_on: Annotated[date | None, "day; today when not said"] = None) -> None:
    """Says that a contact was followed up. Refusal when that was said already, or the day is still to come."""
    found = held(session, Contact, id, "contact")
    on = followed_up_on or today(session)
    if found.followed_up_on is not None:
        raise Refusal(f"This contact was followed up on {day_text(found.followed_up_on)} already.",
                      "Give a new day to follow up again. Nothing was changed.")
    days(session).check_possible(on)
    if on > today(session):
        raise Refusal(f"{day_text(on)} is still to come.", "Say the day on which you spoke to them; nothing was changed.")
    found.followed_up_on = on


def remove_contact(session: Session, id: UUID) -> None:
    """Takes away a contact that was written down by mistake."""
    session.delete(held(session, Contact, id, "contact"))


def _session(session: Session, id: UUID) -> OutreachSession:
    return held(session, OutreachSession, id, "session")


def _check_follow_up(session: Session, met: OutreachSession, on: date | None) -> None:
    days(session).check_planned(on)
    if on is not None and on < met.held_on:
        raise Refusal(f"The follow-up on {day_text(on)} would be before the session on {day_text(met.held_on)}.",
                      "Check the day; nothing was changed.")
