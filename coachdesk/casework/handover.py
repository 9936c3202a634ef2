"""Handing over a caseload: people and everything open about them go to other coaches as one act; nothing open stays under the old name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Intervention, Loan, PlanItem
from coachdesk.casework.standing import (
    AGREEMENT,
    APPOINTMENT,
    CAPABILITY,
    CONNECTOR,
    CONTACT,
    COVER,
    FOLLOW_UP,
    FUNDING,
    LOAN,
    PERSON,
    PLAN,
    READER,
    REFERRAL,
    REVIEW,
    SERIES,
    SESSION,
    TENDED,
    StandingRow,
    standing,
)
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact, Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import actions as participant_actions
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Assignment, FollowUp, Participant
from coachdesk.partner.actions import held
from coachdesk.partner.record import Agreement, Capability, Connector, Partner, VenueStatus
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of
from coachdesk.referral.record import Referral
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, moment, today

_PORTION = 500      # SQLite takes so many values in one statement and no more
_NOTHING = "Nothing was changed."
_HOLDERS: dict[str, tuple[type[Any], str, str]] = {
    FOLLOW_UP: (FollowUp, "coach_id", "follow-up"),
    APPOINTMENT: (Appointment, "coach_id", "appointment"),
    LOAN: (Loan, "coach_id", "loan"),
    PLAN: (PlanItem, "coach_id", "action plan"),
    REFERRAL: (Referral, "coach_id", "referral"),
    SESSION: (OutreachSession, "coach_id", "session"),
    COVER: (OutreachSession, "covered_by_id", "session"),
    SERIES: (Series, "coach_id", "series"),
    CONTACT: (Contact, "follow_up_by_id", "contact"),
    AGREEMENT: (Agreement, "kept_by", "agreement"),
    FUNDING: (Partner, "funding_kept_by", "organisation"),
    CAPABILITY: (Capability, "kept_by", "contract or funding"),
    TENDED: (Partner, "tended_by", "organisation"),
    CONNECTOR: (Connector, "known_by", "connector"),
}


@dataclass(frozen=True, slots=True)
class Handed:
    """What went over: people, other open things, first meetings planned; left: what still stands under the old name."""

    people: int
    things: int
    first_meetings: int
    left: int

    def __str__(self) -> str:
        people = "1 person" if self.people == 1 else f"{self.people:,} people"
        things = "1 other open thing" if self.things == 1 else f"{self.things:,} other open things"
        plural = "s" if self.first_meetings != 1 else ""
        meetings = f", {self.first_meetings:,} first meeting{plural} planned" if self.first_meetings else ""
        left = f"{self.left:,} still stand{'s' if self.left == 1 else ''} under the old name" if self.left else "nothing open is left"
        return f"{people} and {things} handed over{meetings}; {left}."


def hand_over(
    session: Session,
    id: UUID,
    *,
    to: Annotated[UUID, Ref("programme.member", "who takes over")],
    reason: Annotated[str, "why"],
    day: Annotated[date | None, "from this day; today when not said"] = None,
    people: Annotated[list[str] | None, "references of those who go; everybody when not said"] = None,
    split: Annotated[list[str] | None, "REFERENCE: coach, for each who goes to somebody else"] = None,
    rest: Annotated[UUID | None, Ref("programme.member", "who takes sessions, contacts and the rest; as the people when all go")] = None,
    first_meeting_on: Annotated[date | None, "a first meeting by this day, for whoever is new to their coach"] = None,
) -> Handed:
    """Hands a coach's caseload over to one coach, or split among several, with everything that is open; one act, one undo.

    Refusal without a reason, for a day to come, for somebody who is not on the team then, or for a reference that is not theirs.
    """
    member = held(session, TeamMember, id, "member of the team")
    rows = standing(session, members=[id])
    own = caseload_of(rows)
    known = {folded(row.reference): row.participant_id for row in rows if row.kind == PERSON and row.participant_id in own}
    given = dict.fromkeys(own, to) if people is None else {_person(known, each, member.name): to for each in people}
    for each in split or ():
        reference, sign, coach = each.partition(":")
        if not sign:
            raise Refusal(f"“{each}” is not a reference and a coach.", f"Write, for example, split=SE-00012:Carl Coach. {_NOTHING}")
        given[_person(known, reference, member.name)] = _member(session, coach)
    takes_rest = rest if rest is not None or people is not None else to
    return carry_over(session, id, given, rest=takes_rest, reason=reason, day=day, first_meeting_on=first_meeting_on)


def carry_over(session: Session, id: UUID, given: Mapping[UUID, UUID], *, rest: UUID | None, reason: str | None, day: date | None = None,
               first_meeting_on: date | None = None) -> Handed:
    """Hands over: given says which person goes to which coach; rest takes what is not about one of them (None: that stays).

    What is open about somebody who is on another coach's caseload goes to that coach.
    """
    member, on, why = held(session, TeamMember, id, "member of the team"), day or today(session), line_of(reason, "The reason")
    if why is None:
        raise Refusal("A handover says why.", f"Type a few words, such as: leaves the team. {_NOTHING}")
    if on > today(session):
        raise Refusal("A coach begins today or began before.", f"Hand over on the day itself. {_NOTHING}")
    for taker in {*given.values(), *([rest] if rest else [])}:
        _check_taker(session, member, taker, on)
    rows = standing(session, members=[id])
    takers = _takers(session, rows, given, rest, id)
    moving = [(row, takers[row.id, row.kind]) for row in rows if (row.id, row.kind) in takers]
    if not moving:
        raise Refusal(f"There is nothing to hand over from {member.name}.", f"Choose somebody on their caseload. {_NOTHING}")
    _check_days(session, [row for row, _ in moving if row.kind == PERSON], on)
    new = _new_to_each_other(session, given, on) if first_meeting_on is not None else ()
    here = [thing for kind in {row.kind for row, _ in moving} for thing in _read(session, kind, [row.id for row, _ in moving])]
    with session.no_autoflush:                             # nothing here reads what was written for somebody else: one flush, at the end
        for row, taker in moving:                          # people first: their follow-ups go with them, and go again in vain
            _move(session, row, taker, on, why)
    for person, taker in new:
        participant_actions.add_follow_up(session, participant=person, due_on=first_meeting_on or on, coach=taker,
                                          what=f"First meeting: until now with {member.name}")
    session.flush()
    del here                                               # held until now: the session itself forgets what nobody holds
    people = {row.participant_id for row, _ in moving if row.kind == PERSON}
    return Handed(len(people), sum(row.kind != PERSON for row, _ in moving), len(new), len(standing(session, members=[id])))


def caseload_of(rows: Iterable[StandingRow]) -> set[UUID]:
    """The people among these rows whose coach it is: a second record of somebody who is on another caseload is none of them."""
    return {row.id for row in rows if row.kind == PERSON and row.id == row.participant_id}


def _person(known: Mapping[str, UUID | None], text: str, name: str) -> UUID:
    found = known.get(folded(text))
    if found is None:
        raise Refusal(f"“{text.strip()}” is not on the caseload of {name}.", f"Take the reference from their caseload. {_NOTHING}")
    return found


def _member(session: Session, text: str) -> UUID:
    fits = [id for id, name in programme_queries.member_names(session).items() if folded(name) == folded(text)]
    if len(fits) != 1:
        said = "nobody" if not fits else "more than one"
        raise Refusal(f"“{text.strip()}” is {said} on the team.", f"Write the name as it is. {_NOTHING}")
    return fits[0]


def _check_taker(session: Session, member: TeamMember, taker: UUID, on: date) -> None:
    other = held(session, TeamMember, taker, "member of the team")
    if other.id == member.id:
        raise Refusal(f"{member.name} cannot hand over to themselves.", f"Choose somebody else. {_NOTHING}")
    if other.to_day is not None and other.to_day < max(on, today(session)):
        raise Refusal(f"{other.name} left the team on {day_text(other.to_day)}.", f"Choose somebody else. {_NOTHING}")
    if other.from_day > on:
        raise Refusal(f"{other.name} joins the team on {day_text(other.from_day)}.", f"Choose somebody else, or a later day. {_NOTHING}")
    if other.role == READER:
        raise Refusal(f"{other.name} only reads here, and has no caseload.", f"Choose somebody else. {_NOTHING}")


def _takers(session: Session, rows: list[StandingRow], given: Mapping[UUID, UUID], rest: UUID | None, old: UUID,
            ) -> dict[tuple[UUID, str], UUID]:
    """Who takes each open thing; what is not in the answer stays."""
    own = caseload_of(rows)
    found: dict[tuple[UUID, str], UUID] = {}
    for row in rows:
        if row.participant_id is not None and row.participant_id in own and row.participant_id in given:
            found[row.id, row.kind] = given[row.participant_id]
        elif rest is not None and row.participant_id not in own:
            person = session.get(Participant, row.participant_id) if row.participant_id else None
            found[row.id, row.kind] = person.coach_id if person is not None and _is_free(session, person.coach_id, old) else rest
    return found


def _is_free(session: Session, coach: UUID, old: UUID) -> bool:
    """Whether somebody's own coach is another one, and still on the team."""
    member = session.get(TeamMember, coach)
    return coach != old and member is not None and (member.to_day is None or member.to_day >= today(session))


def _check_days(session: Session, people: list[StandingRow], on: date) -> None:
    begun: dict[UUID, date] = dict(session.execute(
        sa.select(Assignment.participant_id, sa.func.max(Assignment.from_day, type_=sa.Date())).group_by(Assignment.participant_id)).all())
    late = [row.reference for row in people if row.id in begun and begun[row.id] > on]
    if late:
        raise Refusal(f"Their present coach began after {day_text(on)} with {', '.join(sorted(late)[:5])}.", f"Say a later day. {_NOTHING}")


def _new_to_each_other(session: Session, given: Mapping[UUID, UUID], on: date) -> list[tuple[UUID, UUID]]:
    """Who has never had their new coach, and has never been helped by them. Whoever is paused is left in peace."""
    resting = set(session.execute(participant_queries.resting(on)).scalars())
    ahead = participant_queries.leaders(session)
    records = {person: participant_queries.records(session, person, ahead) for person in given if person not in resting}
    takers = [*{given[person] for person in records}]
    had: set[tuple[UUID, UUID]] = set()
    for known in (Assignment, Intervention):
        had |= {(row[0], row[1]) for row in session.execute(
            sa.select(known.participant_id, known.coach_id).where(known.coach_id.in_(takers)).distinct())}
    return [(person, given[person]) for person, every in records.items() if not any((one, given[person]) in had for one in every)]


def _read(session: Session, kind: str, ids: list[UUID]) -> list[Any]:
    """The records of one kind, read in few queries, so that moving them asks no more."""
    record = Participant if kind == PERSON else VenueStatus if kind == REVIEW else _HOLDERS[kind][0]
    portions = (ids[start:start + _PORTION] for start in range(0, len(ids), _PORTION))
    return [thing for some in portions for thing in session.execute(sa.select(record).where(record.id.in_(some))).scalars()]


def _move(session: Session, row: StandingRow, taker: UUID, on: date, why: str) -> None:
    if row.kind == PERSON:
        participant_actions.assign(session, row.id, coach=taker, from_day=on, reason=why)
    elif row.kind == REVIEW:
        said = held(session, VenueStatus, row.id, "word on a place")
        session.add(VenueStatus(venue_id=said.venue_id, status=said.status, from_day=said.from_day, reason=said.reason,
                                review_on=said.review_on, risk_assessed_on=said.risk_assessed_on, said_at=moment(session),
                                said_by=actor_of(session), review_by_id=taker))
    else:
        kind, column, called = _HOLDERS[row.kind]
        thing = held(session, kind, row.id, called)
        setattr(thing, column, taker)
        if isinstance(thing, OutreachSession) and thing.covered_by_id == thing.coach_id:
            thing.covered_by_id = None                      # nobody covers for themselves


VERBS: dict[str, Callable[..., Any]] = {"hand over": hand_over}
DOORS = (Door("standing", "what is open under each member's name, in every room", standing, names=("reference",)),)
