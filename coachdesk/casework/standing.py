"""What stands open under a coach's name, in every room: what a handover moves, and what would be left behind without one.

What is history (who helped, who decided, who wrote it down) stays under the name that it has. A test holds the two lists below against
every column of every room that names a member of the team, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Loan, PlanItem
from coachdesk.activity.rules import DONE, NOT_TAKEN_UP
from coachdesk.outreach.queries.contacts import is_open
from coachdesk.outreach.queries.due import follows_up, reviews_it
from coachdesk.outreach.record import Contact, Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import PLANNED
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import FollowUp, MetAt, Participant
from coachdesk.partner.queries import latest_status
from coachdesk.partner.record import Agreement, Capability, Connector, Partner, Venue, VenueStatus
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.referral.queries import states
from coachdesk.referral.record import Referral
from coachdesk.referral.rules import OPEN as OPEN_STATES
from coachdesk.referral.rules import OUT
from coachdesk.store.session import today

MOVES = frozenset({
    "participant.coach_id",
    "participant_follow_up.coach_id",
    "activity_appointment.coach_id",
    "activity_loan.coach_id",
    "activity_plan.coach_id",
    "referral.coach_id",
    "outreach_session.coach_id",
    "outreach_session.covered_by_id",
    "outreach_series.coach_id",
    "outreach_contact.follow_up_by_id",
    "partner_venue_status.review_by_id",
    "partner_agreement.kept_by",
    "partner.funding_kept_by",
    "partner_capability.kept_by",
    "partner.tended_by",
    "partner_connector.known_by",
})
HISTORY = frozenset({
    "activity_candidate_step.entered_by",
    "partner_council_ask.asked_by",
    "partner_introduction.written_by",
    "partner_touch.coach_id",
    "partner_training.told_by",
    "partner_trust.written_by",
    "partner_vacancy.told_by",
    "activity_evidence.coach_id",
    "activity_evidence.verified_by",
    "activity_intervention.coach_id",
    "activity_job.coach_id",
    "activity_sign_off.coach_id",
    "activity_job_change.coach_id",
    "activity_job_break.coach_id",
    "activity_earnings.coach_id",
    "activity_training.coach_id",
    "activity_volunteering.coach_id",
    "activity_reading.coach_id",
    "claim_choice.coach_id",
    "participant_assignment.coach_id",
    "participant_assignment.written_by",
    "participant_edition_review.decided_by",
    "participant_look.looked_by",
    "participant_offence.told_to",
    "participant_same_as.joined_by",
    "participant_sensitive.told_to",
    "participant_verdict.decided_by",
    "partner_venue_status.said_by",
    "referral_filed.printed_by",
    "referral_one_way.said_by",
    "referral_step.entered_by",
})
PERSON, FOLLOW_UP, APPOINTMENT, LOAN = "participant", "participant.follow_up", "activity.appointment", "activity.loan"
PLAN = "activity.plan"
REFERRAL, SESSION, COVER, SERIES = "referral", "outreach.session", "outreach.cover", "outreach.series"
CONTACT, REVIEW, AGREEMENT, FUNDING = "outreach.contact", "partner.venue", "partner.agreement", "partner"
CAPABILITY, TENDED, CONNECTOR = "partner.capability", "partner.upkeep", "partner.connector"
READER = "reader"
_WORDS = {
    PERSON: ("person on the caseload", "people on the caseload"),
    FOLLOW_UP: ("follow-up", "follow-ups"),
    APPOINTMENT: ("appointment", "appointments"),
    LOAN: ("thing lent", "things lent"),
    PLAN: ("line of an action plan", "lines of action plans"),
    REFERRAL: ("referral", "referrals"),
    SESSION: ("session", "sessions"),
    COVER: ("session to cover", "sessions to cover"),
    SERIES: ("series", "series"),
    CONTACT: ("contact to follow up", "contacts to follow up"),
    REVIEW: ("place to look at again", "places to look at again"),
    AGREEMENT: ("agreement to watch", "agreements to watch"),
    FUNDING: ("partner's funding to watch", "partners' funding to watch"),
    CAPABILITY: ("contract or funding to watch", "contracts and funding to watch"),
    TENDED: ("partner to tend", "partners to tend"),
    CONNECTOR: ("connector to keep", "connectors to keep"),
}


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One open thing under a member's name. kind and id say which record; participant_id: the person it is about, by leading record."""

    id: UUID
    kind: str
    member_id: UUID
    member: str
    on: date | None
    what: str
    who: str
    reference: str
    lot: str
    participant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A member of the team: how many people they have, the last day if one was said, whether they can take people over today."""

    id: UUID
    name: str
    people: int
    to_day: date | None
    can_take: bool


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A member who has left the team with something still open under their name."""

    id: UUID
    name: str
    left_on: date
    people: int
    others: int


def standing(session: Session, *, lot: UUID | None = None, limit: int | None = None, members: Collection[UUID] | None = None,
             ) -> list[StandingRow]:
    """Everything open under these members' names (all when not said): by member, people first, then by day."""
    names, lots = programme_queries.member_names(session), programme_queries.lot_names(session)
    ahead = participant_queries.leaders(session)
    rows = [StandingRow(id, kind, of, names.get(of, ""), on, what, who or "", reference or "", lots.get(lot_id, ""),
                        ahead.get(person, person) if person else None)
            for kind, id, of, on, what, who, reference, lot_id, person in _open(session, names if members is None else members)
            if lot in (None, lot_id)]
    order = list(_WORDS)
    rows.sort(key=lambda row: (row.member.casefold(), row.member_id.bytes, order.index(row.kind), row.on or date.max, row.who.casefold()))
    return rows[:limit]


def left_behind(session: Session) -> list[LeftBehind]:
    """Who has left the team with people or anything else still under their name, the latest to leave last."""
    chosen = sa.select(TeamMember.id, TeamMember.name, TeamMember.to_day).where(TeamMember.to_day < today(session))
    gone: dict[UUID, Any] = {row[0]: row for row in session.execute(chosen.order_by(TeamMember.to_day, TeamMember.name))}
    if not gone:
        return []
    rows = standing(session, members=[*gone])
    found = []
    for id, (_, name, left_on) in gone.items():
        theirs = [row for row in rows if row.member_id == id]
        people = len({row.participant_id for row in theirs if row.kind == PERSON})
        if theirs:
            found.append(LeftBehind(id, name, left_on, people, sum(row.kind != PERSON for row in theirs)))
    return found


def holders(session: Session) -> list[HolderRow]:
    """The team by name, and whoever has left it with something open still under their name."""
    day, p = today(session), Participant
    people: dict[UUID, int] = dict(session.execute(
        sa.select(p.coach_id, sa.func.count()).where(p.id.not_in(participant_queries.is_led()), p.id.not_in(participant_queries.ended()))
        .group_by(p.coach_id)).all())
    left = {row.id for row in left_behind(session)}
    return [HolderRow(row.id, row.name, people.get(row.id, 0), row.to_day, row.role != READER and row.from_day <= day
                      and (row.to_day is None or row.to_day >= day))
            for row in programme_queries.members(session) if row.to_day is None or row.to_day >= day or row.id in left]


def counted(rows: Iterable[StandingRow]) -> str:
    """`3 people on the caseload, 1 appointment`; empty for nothing."""
    numbers = dict.fromkeys(_WORDS, 0)
    for row in rows:
        numbers[row.kind] += 1
    return ", ".join(f"{number:,} {_WORDS[kind][number != 1]}" for kind, number in numbers.items() if number)


def _open(session: Session, members: Collection[UUID]) -> Iterator[tuple[Any, ...]]:
    """kind, id, member, day, what, who, reference, lot, participant."""
    ids = [*members]
    yield from _about_people(session, ids)
    yield from _referrals(session, ids)
    yield from _outreach(session, ids)
    yield from _partners(session, ids)


def _about_people(session: Session, members: list[UUID]) -> Iterator[tuple[Any, ...]]:
    p = Participant
    theirs = sa.select(p.id, p.coach_id, p.name, p.reference, p.lot_id).where(p.coach_id.in_(members), p.id.not_in(
        participant_queries.ended()))
    for id, of, who, reference, lot in session.execute(theirs):
        yield PERSON, id, of, None, "on the caseload", who, reference, lot, id
    on: date | None
    to_do = (sa.select(FollowUp.id, FollowUp.coach_id, FollowUp.due_on, FollowUp.what, p.name, p.reference, p.lot_id, p.id)
             .join(p, p.id == FollowUp.participant_id).where(FollowUp.coach_id.in_(members), FollowUp.done_on.is_(None)))
    for id, of, on, what, *person in session.execute(to_do):
        yield FOLLOW_UP, id, of, on, what, *person
    one = Appointment
    booked = (sa.select(one.id, one.coach_id, one.due_on, one.at, one.place, p.name, p.reference, p.lot_id, p.id)
              .join(p, p.id == one.participant_id).where(one.coach_id.in_(members), one.outcome == "booked"))
    for id, of, on, at, place, *person in session.execute(booked):
        yield APPOINTMENT, id, of, on, ", ".join(part for part in ("appointment", at, place) if part), *person
    lent = (sa.select(Loan.id, Loan.coach_id, Loan.due_back_on, Loan.what, Loan.tag, p.name, p.reference, p.lot_id, p.id)
            .join(p, p.id == Loan.participant_id).where(Loan.coach_id.in_(members), Loan.returned_on.is_(None)))
    for id, of, on, what, tag, *person in session.execute(lent):
        yield LOAN, id, of, on, f"lent: {what} {tag or ''}".strip(), *person
    i = PlanItem
    planned = (sa.select(i.id, i.coach_id, i.review_on, i.kind, p.name, p.reference, p.lot_id, p.id).join(p, p.id == i.participant_id)
               .where(i.coach_id.in_(members), i.state.not_in((DONE, NOT_TAKEN_UP))))
    for id, of, on, kind, *person in session.execute(planned):
        yield PLAN, id, of, on, f"action plan: {kind}", *person


def _referrals(session: Session, members: list[UUID]) -> Iterator[tuple[Any, ...]]:
    r, p = Referral, Participant
    chosen = (sa.select(r.id, r.coach_id, r.reply_due_on, r.direction, Partner.name, sa.func.coalesce(p.name, r.person_name), p.reference,
                        r.lot_id, p.id)
              .join(Partner, Partner.id == r.partner_id).outerjoin(p, p.id == r.participant_id).where(r.coach_id.in_(members)))
    rows: list[Any] = [*session.execute(chosen)]
    at = states(session, [row[0] for row in rows])
    for id, of, on, way, partner, *person in rows:
        state = at[id].state if id in at else ""
        if state in OPEN_STATES:
            yield REFERRAL, id, of, on, f"referral {'to' if way == OUT else 'from'} {partner}: {state}", *person


def _outreach(session: Session, members: list[UUID]) -> Iterator[tuple[Any, ...]]:
    one, day = OutreachSession, today(session)
    on: date | None
    for kind, whose in ((SESSION, one.coach_id), (COVER, one.covered_by_id)):
        planned = (sa.select(one.id, whose, one.held_on, one.kind, Venue.name, one.lot_id).join(Venue, Venue.id == one.venue_id)
                   .where(whose.in_(members), one.status == PLANNED))
        for id, of, on, what, venue, lot in session.execute(planned):
            yield kind, id, of, on, f"{'cover for the ' if kind == COVER else ''}{what} at {venue}", "", "", lot, None
    s = Series
    running = (sa.select(s.id, s.coach_id, s.to_day, s.kind, Venue.name, s.lot_id).join(Venue, Venue.id == s.venue_id)
               .where(s.coach_id.in_(members), s.ended_why.is_(None), sa.or_(s.to_day.is_(None), s.to_day >= day)))
    for id, of, on, what, venue, lot in session.execute(running):
        yield SERIES, id, of, on, f"series: {what} at {venue}", "", "", lot, None
    waiting = (sa.select(Contact.id, follows_up(), Contact.follow_up_on, Venue.name, Contact.name, one.lot_id)
               .join(one, one.id == Contact.session_id).join(Venue, Venue.id == one.venue_id)
               .where(is_open(), follows_up().in_(members), Contact.id.not_in(sa.select(MetAt.contact_id))))
    for id, of, on, venue, who, lot in session.execute(waiting):
        yield CONTACT, id, of, on, f"follow up: met at {venue}", who, "", lot, None
    said = VenueStatus
    again = (sa.select(said.id, reviews_it(), said.review_on, said.status, Venue.name, Venue.lot_id).join(Venue, Venue.id == said.venue_id)
             .where(said.review_on.is_not(None), reviews_it().in_(members), latest_status()))
    for id, of, on, status, venue, lot in session.execute(again):
        yield REVIEW, id, of, on, f"look at {venue} again: {status}", "", "", lot, None


def _partners(session: Session, members: list[UUID]) -> Iterator[tuple[Any, ...]]:
    """Ends that somebody watches: of an agreement, of a partner's own funding. One that is over and was looked at is history."""
    one, day = Agreement, today(session)
    agreed = (sa.select(one.id, one.kept_by, one.ends_on, one.what, Partner.name).join(Partner, Partner.id == one.partner_id)
              .where(one.kept_by.in_(members), sa.or_(one.ends_on.is_(None), one.ends_on >= day, one.seen_on.is_(None))))
    for id, of, on, what, partner in session.execute(agreed):
        yield AGREEMENT, id, of, on, f"agreement with {partner}: {what}", "", "", None, None
    p = Partner
    funded = sa.select(p.id, p.funding_kept_by, p.funding_ends_on, p.name).where(
        p.funding_kept_by.in_(members), p.funding_ends_on.is_not(None), sa.or_(p.funding_ends_on >= day, p.funding_seen_on.is_(None)))
    for id, of, on, partner in session.execute(funded):
        yield FUNDING, id, of, on, f"the funding of {partner} ends", "", "", None, None
    for id, of, partner in session.execute(sa.select(p.id, p.tended_by, p.name).where(p.tended_by.in_(members))):
        yield TENDED, id, of, None, f"be in touch with {partner}", "", "", None, None
    opens = Connector
    known = sa.select(opens.id, opens.known_by, opens.role, opens.name).where(
        opens.known_by.in_(members), sa.or_(opens.leaves_on.is_(None), opens.leaves_on > day))
    for id, of, role, who in session.execute(known):
        yield CONNECTOR, id, of, None, f"know well: {role}", who, "", None, None
    has = Capability
    contracted = sa.select(has.id, has.kept_by, has.ends_on, has.funding).where(
        has.kept_by.in_(members), sa.or_(has.ends_on.is_(None), has.ends_on >= day, has.seen_on.is_(None)))
    for id, of, on, funding in session.execute(contracted):
        yield CAPABILITY, id, of, on, f"contract or funding: {funding}", "", "", None, None
