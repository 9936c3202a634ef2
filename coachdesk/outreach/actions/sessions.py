"""What may be done in the outreach room: hold a session, tally, write down contacts, follow them up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import queries, rules
from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held, phone_of, postcode_typed
from coachdesk.partner.record import Partner, Venue
from coachdesk.partner.rules import name_of, note_of
from coachdesk.programme.queries import days
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import LONGEST_NAME, line_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, moment, today

VenueRef = Annotated[UUID, Ref("partner.venue", "venue")]
SessionRef = Annotated[UUID, Ref("outreach.session", "session")]
Starts = Annotated[str | None, "time it starts, HH:MM"]
Ends = Annotated[str | None, "time it ends, HH:MM"]


def open_session(session: Session, *, venue: VenueRef, kind: Annotated[str, "kind of session"],
                 held_on: Annotated[date | None, "day; today when not said"] = None,
                 starts_at: Starts = None, ends_at: Ends = None,
                 joint_partner: Annotated[UUID | None, Ref("partner", "joint host")] = None,
                 coach: Annotated[UUID | None, Ref("programme.member", "coach; you when not said")] = None,
                 lot: Annotated[UUID | None, Ref("programme", "lot; the venue's when not said")] = None,
                 headcount: Annotated[int | None, "people: in the room"] = None, note: Annotated[str | None, "note"] = None) -> UUID:
    """Opens a session at a venue. Refusal for an unknown kind, a time that is none, or an end before the start."""
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
        headcount=rules.headcount_of(headcount), note=note_of(note))
    session.add(made)
    return made.id


def change_session(session: Session, id: UUID, *, venue: Annotated[UUID | None, Ref("partner.venue", "venue")] = None,
                   kind: Annotated[str | None, "kind of session"] = None, held_on: Annotated[date | None, "day"] = None,
                   starts_at: Starts = None, ends_at: Ends = None,
                   joint_partner: Annotated[UUID | None, Ref("partner", "joint host")] = None,
                   coach: Annotated[UUID | None, Ref("programme.member", "coach")] = None,
                   headcount: Annotated[int | None, "people: in the room"] = None, note: Annotated[str | None, "note"] = None) -> None:
    """Changes a session. What is not given stays; an empty time or note clears it. Refusals as in open_session."""
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
        found.held_on = held_on
    if joint_partner is not None:
        found.joint_partner_id = held(session, Partner, joint_partner, "organisation").id
    if coach is not None:
        found.coach_id = held(session, TeamMember, coach, "member of the team").id
    if headcount is not None:
        found.headcount = rules.headcount_of(headcount)
    if note is not None:
        found.note = note_of(note)


def remove_session(session: Session, id: UUID) -> None:
    """Takes away a session that was opened by mistake. Refusal when somebody or something was written down at it."""
    found = _session(session, id)
    row = queries.session_row(session, id)
    if row and (row.people or row.leaflets or row.turned_away or queries.tallies(session, session_id=id, limit=1)):
        raise Refusal("Contacts or tallies were written down at this session, so it stays.",
                      "Correct the session instead. Nothing was changed.")
    session.delete(found)


def tally(session: Session, *, session_id: SessionRef, topics: Annotated[list[str] | None, "topics"] = None,
          count: Annotated[int | None, "people or leaflets: how many; 1 when not said"] = None,
          what: Annotated[str | None, "contact, leaflet or turned away; contact when not said"] = None) -> UUID:
    """Counts anonymous contacts, leaflets or people turned away: one call, one row. Refusal for an unknown topic or a count below 1."""
    made = Tally(session_id=_session(session, session_id).id, what=rules.tallied_of(what or rules.CONTACT),
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
    standing = session.execute(sa.select(sa.func.coalesce(sa.func.sum(Tally.count), 0)).where(
        Tally.session_id == wrong.session_id, Tally.what == wrong.what, Tally.topics == wrong.topics)).scalar_one()
    if back > min(wrong.count, standing):
        raise Refusal(f"Only {max(0, min(wrong.count, standing))} can be taken back here.",
                      "It may have been corrected already; nothing was changed.")
    made = Tally(session_id=wrong.session_id, what=wrong.what, count=-back, topics=wrong.topics, made_at=moment(session))
    session.add(made)
    return made.id


def log_contact(session: Session, *, session_id: SessionRef, name: Annotated[str, "full name"],
                phone: Annotated[str | None, "telephone"] = None, postcode: Annotated[str | None, "postcode"] = None,
                topics: Annotated[list[str] | None, "topics"] = None, note: Annotated[str | None, "note"] = None,
                follow_up_on: Annotated[date | None, "follow up on"] = None) -> UUID:
    """Writes down a named contact. Refusal without a name, for a wrong number, postcode or topic, or a follow-up before the session."""
    met = _session(session, session_id)
    called = line_of(name, "That name", LONGEST_NAME)
    if called is None:
        raise Refusal("A contact with a line of their own needs a name.", "Type the name, or count them without one. Nothing was changed.")
    _check_follow_up(session, met, follow_up_on)
    made = Contact(session_id=met.id, name=called, phone=phone_of(phone), postcode=postcode_typed(postcode),
                   topics=rules.topics_of(topics), note=note_of(note), follow_up_on=follow_up_on, met_at=moment(session))
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
                   follow_up_on: Annotated[date | None, "follow up on"] = None) -> None:
    """Changes a contact. What is not given stays; an empty text clears; a new follow-up day opens the follow-up again."""
    found = held(session, Contact, id, "contact")
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


_SESSION_VERBS: dict[str, Callable[..., Any]] = {"change": change_session, "log line": log_line, "remove": remove_session}
DOORS = (
    Door("", "outreach sessions (the same as outreach.session)", queries.sessions, open_session, _SESSION_VERBS, names=("venue",)),
    Door("session", "outreach sessions with their counts", queries.sessions, open_session, _SESSION_VERBS, names=("venue",)),
    Door("contact", "named people met at sessions", queries.contacts, log_contact,
         {"change": change_contact, "follow up": mark_followed_up, "remove": remove_contact}),
    Door("tally", "anonymous contacts, leaflets and people turned away", queries.tallies, tally, {"correct": correct_tally},
         names=("what",)),
)
