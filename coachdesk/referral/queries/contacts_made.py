"""Every real contact with an organisation, from all rooms that know of one: touches, steps of referrals, sessions with it or at its place,

introductions to it that came to pass, vacancies that it passed on, and what it answered where it is a council.
Read from the records each time: a touch that was taken back, or a session that was cancelled after all, is no contact any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.outreach.queries.sessions import was_held
from coachdesk.outreach.record import Host
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.record import CouncilAsk, Introduction, Partner, PartnerContact, Touch, TouchWith, Vacancy, Venue
from coachdesk.partner.rules.council import NO_ANSWER
from coachdesk.programme import queries as programme_queries
from coachdesk.referral.record import Referral, Step
from coachdesk.referral.rules.exchanges import EXCHANGES, exchange_words
from coachdesk.store.session import today

TOUCH, SESSION, REFERRAL, INTRODUCTION = "partner.touch", "outreach.session", "referral", "partner.introduction"
VACANCY, COUNCIL = "partner.vacancy", "partner.council_support"
_ORDER = (REFERRAL, SESSION, COUNCIL, VACANCY, INTRODUCTION, TOUCH)      # of several on one day the last one is told
_AT_ONCE = 500  # SQLite takes so many values in one statement and no more


@dataclass(frozen=True, slots=True)
class RealContact:
    """One real contact. id and kind: of the record that tells of it; people: the names of those there who were part of it.

    what names nobody, so that a list may show it where others look on.
    """

    id: UUID
    kind: str
    partner_id: UUID
    partner: str
    on_day: date
    what: str
    people: tuple[str, ...]
    coach: str

    @property
    def words(self) -> str:
        """`joint session, Food bank, 3 June 2020`."""
        return f"{self.what}, {day_text(self.on_day)}"

    @property
    def whole(self) -> str:
        """`call with Ann Lee, 3 June 2020`."""
        who = f" with {', '.join(self.people)}" if self.people else ""
        return f"{self.what}{who}, {day_text(self.on_day)}"


def real_contacts(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
                  until: date | None = None) -> list[RealContact]:
    """Every real contact up to a day (today when not said), with one organisation or with all, the latest first."""
    end, members = until or today(session), programme_queries.member_names(session)
    among = None if partner is None else [partner]
    found = [row for kind in _ORDER for row in _rows(session, kind, members, among, None) if row.on_day <= end]
    if lot is not None:
        name = programme_queries.lot_name(session, lot)
        here = {id for id, lots in session.execute(sa.select(Partner.id, Partner.lots)) if not lots or name in lots}
        found = [row for row in found if row.partner_id in here]
    found.sort(key=lambda row: (row.on_day, _ORDER.index(row.kind), row.id.bytes), reverse=True)
    return found[:limit]


def last_contacts(session: Session, *, among: Collection[UUID] | None = None, until: date | None = None) -> dict[UUID, RealContact]:
    """The last real contact with each organisation (of those among) that had any, up to a day: found by the store, only these are

    read whole.
    """
    end = until or today(session)
    last: dict[UUID, tuple[date, int, str]] = {}
    marks = {TOUCH: (Touch, Touch.on_day), INTRODUCTION: (Introduction, Introduction.on_day), VACANCY: (Vacancy, Vacancy.passed_on),
             COUNCIL: (CouncilAsk, _answered_on())}
    lasts = {REFERRAL: _last_steps(end, among), SESSION: _last_sessions(end, among),
             **{kind: _last_of(of, day, end, among) for kind, (of, day) in marks.items()}}
    for place, chosen in enumerate(lasts[kind] for kind in _ORDER):
        for of, mark in session.execute(chosen):
            day, id = date.fromisoformat(mark[:10]), mark[10:]
            last[of] = max(last.get(of, (date.min, 0, "")), (day, place, id))
    members, found = programme_queries.member_names(session), dict[UUID, RealContact]()
    for place, kind in enumerate(_ORDER):
        ids = [UUID(hex=id) for _day, at, id in last.values() if at == place]
        for row in _rows(session, kind, members, among, ids):
            _day, at, id = last.get(row.partner_id, (end, -1, ""))
            if at == place and (kind != SESSION or id == row.id.hex.upper()):      # a session may be with several organisations
                found[row.partner_id] = row
    return found


def last_with(session: Session, *, until: date | None = None) -> dict[UUID, tuple[date, str]]:
    """The last touch with each person who was named in one: the day, and how it was."""
    chosen = (sa.select(TouchWith.contact_id, _marked(Touch.on_day, Touch.id)).join(Touch, Touch.id == TouchWith.touch_id)
              .where(Touch.on_day <= (until or today(session))).group_by(TouchWith.contact_id))
    last = {person: (date.fromisoformat(said[:10]), UUID(hex=said[10:])) for person, said in session.execute(chosen)}
    hows: dict[UUID, str] = {}
    for some in _portions([touch for _day, touch in last.values()]):
        hows.update((row[0], row[1]) for row in session.execute(sa.select(Touch.id, Touch.how).where(Touch.id.in_(some))))
    return {person: (day, hows.get(touch, "")) for person, (day, touch) in last.items()}


def _marked(day: Any, id: Any) -> Any:
    """Day and id as one text, so that the latest is the greatest: `2020-05-12` and 32 signs."""
    return sa.func.max(sa.cast(day, sa.Text) + sa.func.hex(id))


def _last_of(one: Any, day: Any, end: date, among: Collection[UUID] | None) -> Any:
    """The last of one kind of record that has its own day and its organisation."""
    chosen = sa.select(one.partner_id, _marked(day, one.id)).where(one.partner_id.is_not(None), day <= end, *_of(one.partner_id, among))
    return chosen.group_by(one.partner_id)


def _answered_on() -> Any:
    """The day on which a council answered; none where it did not."""
    return sa.case((CouncilAsk.answer != NO_ANSWER, CouncilAsk.answered_on))


def _last_steps(end: date, among: Collection[UUID] | None) -> Any:
    chosen = (sa.select(Referral.partner_id, _marked(Step.on_day, Step.id)).join(Referral, Referral.id == Step.referral_id)
              .where(Step.status.in_(EXCHANGES), Step.on_day <= end, *_of(Referral.partner_id, among)))
    return chosen.group_by(Referral.partner_id)


def _last_sessions(end: date, among: Collection[UUID] | None) -> Any:
    met = _met(among, None)
    chosen = sa.select(met.c.partner_id, _marked(met.c.held_on, met.c.session_id)).where(met.c.held_on <= end)
    return chosen.group_by(met.c.partner_id)


def _of(column: Any, ids: Collection[UUID] | None) -> list[Any]:
    return [] if ids is None else [column.in_(list(ids))]


def _met(among: Collection[UUID] | None, ids: Collection[UUID] | None) -> sa.Subquery:
    """Which session was held with which organisation: together, or at its place (is_joint 0)."""
    one = OutreachSession
    held = (was_held(), *_of(one.id, ids))
    together = sa.select(one.id.label("session_id"), one.joint_partner_id.label("partner_id"), one.held_on, sa.literal(1).label("is_joint")
                         ).where(one.joint_partner_id.is_not(None), *held, *_of(one.joint_partner_id, among))
    further = (sa.select(one.id, Host.partner_id, one.held_on, sa.literal(1)).join(Host, Host.session_id == one.id)
               .where(*held, *_of(Host.partner_id, among)))
    there = (sa.select(one.id, Venue.partner_id, one.held_on, sa.literal(0)).join(Venue, Venue.id == one.venue_id)
             .where(Venue.partner_id.is_not(None), *held, *_of(Venue.partner_id, among)))
    return sa.union_all(together, further, there).subquery("met")


def _portions(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    every = list(ids)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _rows(session: Session, kind: str, members: dict[UUID, str], among: Collection[UUID] | None, ids: Collection[UUID] | None,
          ) -> Iterator[RealContact]:
    read = {TOUCH: _touches, SESSION: _sessions, REFERRAL: _steps, INTRODUCTION: _introductions, VACANCY: _vacancies,
            COUNCIL: _answers}[kind]
    for some in [None] if ids is None else _portions(ids):
        yield from read(session, members, among, some)


def _touches(session: Session, members: dict[UUID, str], among: Collection[UUID] | None, ids: list[UUID] | None) -> Iterator[RealContact]:
    one = Touch
    chosen = sa.select(one.id, one.partner_id, Partner.name, one.on_day, one.how, one.coach_id).join(Partner, Partner.id == one.partner_id)
    there = (sa.select(TouchWith.touch_id, PartnerContact.name).join(PartnerContact, PartnerContact.id == TouchWith.contact_id)
             .order_by(sa.func.lower(PartnerContact.name), PartnerContact.id))
    chosen = chosen.where(*_of(one.partner_id, among), *_of(one.id, ids))
    there = there.where(*_of(PartnerContact.partner_id, among), *_of(TouchWith.touch_id, ids))
    people: dict[UUID, list[str]] = defaultdict(list)
    for touch, name in session.execute(there):
        people[touch].append(name)
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, on, how, coach in rows:
        yield RealContact(id, TOUCH, of, name, on, how, tuple(people.get(id, ())), members.get(coach, ""))


def _introductions(session: Session, members: dict[UUID, str], among: Collection[UUID] | None, ids: list[UUID] | None,
                   ) -> Iterator[RealContact]:
    """Introductions to an organisation that came to pass; people: whom we were introduced to."""
    one = Introduction
    chosen = (sa.select(one.id, one.partner_id, Partner.name, one.on_day, PartnerContact.name, one.written_by)
              .join(Partner, Partner.id == one.partner_id).outerjoin(PartnerContact, PartnerContact.id == one.contact_id)
              .where(one.on_day.is_not(None), *_of(one.partner_id, among), *_of(one.id, ids)))
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, on, person, coach in rows:
        yield RealContact(id, INTRODUCTION, of, name, on, "introduction", (person,) if person else (), members.get(coach, ""))


def _vacancies(session: Session, members: dict[UUID, str], among: Collection[UUID] | None, ids: list[UUID] | None) -> Iterator[RealContact]:
    one = Vacancy
    chosen = (sa.select(one.id, one.partner_id, Partner.name, one.passed_on, one.told_by).join(Partner, Partner.id == one.partner_id)
              .where(*_of(one.partner_id, among), *_of(one.id, ids)))
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, on, coach in rows:
        yield RealContact(id, VACANCY, of, name, on, "vacancy passed on", (), members.get(coach, ""))


def _answers(session: Session, members: dict[UUID, str], among: Collection[UUID] | None, ids: list[UUID] | None) -> Iterator[RealContact]:
    one, day = CouncilAsk, _answered_on()
    chosen = (sa.select(one.id, one.partner_id, Partner.name, day, one.answer, one.asked_by).join(Partner, Partner.id == one.partner_id)
              .where(day.is_not(None), *_of(one.partner_id, among), *_of(one.id, ids)))
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, on, answer, coach in rows:
        yield RealContact(id, COUNCIL, of, name, on, f"their answer to what we asked for: {answer}", (), members.get(coach, ""))


def _sessions(session: Session, members: dict[UUID, str], among: Collection[UUID] | None, ids: list[UUID] | None) -> Iterator[RealContact]:
    one, met = OutreachSession, _met(among, ids)
    chosen = (sa.select(one.id, met.c.partner_id, Partner.name, one.held_on, Venue.name, one.coach_id, sa.func.max(met.c.is_joint))
              .join(met, met.c.session_id == one.id).join(Partner, Partner.id == met.c.partner_id).join(Venue, Venue.id == one.venue_id)
              .group_by(one.id, met.c.partner_id))
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, on, venue, coach, is_joint in rows:
        yield RealContact(id, SESSION, of, name, on, f"joint session, {venue}" if is_joint else f"session at {venue}", (),
                          members.get(coach, ""))


def _steps(session: Session, members: dict[UUID, str], among: Collection[UUID] | None, ids: list[UUID] | None) -> Iterator[RealContact]:
    """Steps; the id is the referral's, which is what opens. ids are of steps."""
    chosen = (sa.select(Referral.id, Referral.partner_id, Partner.name, Step.on_day, Referral.direction, Step.status, Referral.coach_id)
              .join(Step, Step.referral_id == Referral.id).join(Partner, Partner.id == Referral.partner_id)
              .where(Step.status.in_(EXCHANGES), *_of(Referral.partner_id, among), *_of(Step.id, ids)))
    rows: Iterable[Any] = session.execute(chosen)
    for id, of, name, on, way, status, coach in rows:
        yield RealContact(id, REFERRAL, of, name, on, exchange_words(way, status), (), members.get(coach, ""))
