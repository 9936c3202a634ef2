"""Named contacts and tallies: who was met, and what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import BLANK_ROW
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot, TeamMember


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A named person met at a session. Whether they were registered since is known downstream (participant.queries.met_at)."""

    id: UUID
    name: str
    session_id: UUID
    session: str
    held_on: date
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    phone: str | None
    postcode: str | None
    topics: tuple[str, ...]
    note: str | None
    follow_up_on: date | None
    followed_up_on: date | None
    met_at: datetime
    register_number: int | None


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One tally. A correction has a negative count."""

    id: UUID
    session_id: UUID | None
    session: str
    held_on: date
    what: str
    count: int
    topics: tuple[str, ...]
    made_at: datetime


def is_open() -> sa.ColumnElement[bool]:
    """Contacts that wait to be followed up."""
    return sa.and_(Contact.follow_up_on.is_not(None), Contact.followed_up_on.is_(None))


def contacts(session: Session, *, lot: UUID | None = None, limit: int | None = None, session_id: UUID | None = None,
             is_open: bool | None = None, id: UUID | None = None, ids: Sequence[UUID] | None = None,
             among: Sequence[UUID] | None = None) -> list[ContactRow]:
    """Named contacts, the latest first; with is_open those that wait to be followed up (True) or do not (False), the earliest day first.

    ids: only those, in that order; among: only those, in the usual order.
    """
    one = OutreachSession
    chosen = (sa.select(Contact.id, Contact.name, Contact.session_id, Venue.name + ", " + one.kind, one.held_on, one.lot_id,
                        Lot.name, one.coach_id, TeamMember.name, Contact.phone, Contact.postcode, Contact.topics, Contact.note,
                        Contact.follow_up_on, Contact.followed_up_on, Contact.met_at, Contact.register_number)
              .join(one, one.id == Contact.session_id).join(Venue, Venue.id == one.venue_id).join(Lot, Lot.id == one.lot_id)
              .join(TeamMember, TeamMember.id == one.coach_id).limit(limit))
    chosen = chosen.order_by(Contact.follow_up_on, Contact.id) if is_open else chosen.order_by(Contact.met_at.desc(), Contact.id.desc())
    for column, value in ((one.lot_id, lot), (Contact.session_id, session_id), (Contact.id, id)):
        if value is not None:
            chosen = chosen.where(column == value)
    for only in (ids, among):
        if only is not None:
            chosen = chosen.where(Contact.id.in_(only))
    if is_open is not None:
        chosen = chosen.where(_waits() if is_open else sa.not_(_waits()))
    rows: Iterable[Any] = session.execute(chosen)
    found = [ContactRow(*(*each[:11], tuple(each[11] or ()), *each[12:])) for each in rows]
    return found if ids is None else in_order(found, ids)


_waits = is_open          # the argument of that name hides it


def waiting_ids(session: Session, *, lot: UUID | None = None) -> list[UUID]:
    """Whom to follow up, by id, the earliest day first: for lists that read their rows as they are looked at."""
    chosen = sa.select(Contact.id).where(_waits()).order_by(Contact.follow_up_on, Contact.id)
    if lot is not None:
        chosen = chosen.join(OutreachSession, OutreachSession.id == Contact.session_id).where(OutreachSession.lot_id == lot)
    return list(session.execute(chosen).scalars())


def in_order(rows: Sequence[Any], ids: Sequence[UUID]) -> list[Any]:
    """Rows in the order of ids; what is gone since leaves no gap."""
    known = {row.id: row for row in rows}
    return [known[id] for id in ids if id in known]


def tallies(session: Session, *, lot: UUID | None = None, limit: int | None = None, session_id: UUID | None = None) -> list[TallyRow]:
    """What was counted at sessions, the latest first. Blank rows of a paper register are no people and stand in queries.register."""
    one = OutreachSession
    chosen = (sa.select(Tally.id, Tally.session_id, Venue.name, one.kind, one.held_on, Tally.what, Tally.count, Tally.topics, Tally.made_at)
              .join(one, one.id == Tally.session_id).join(Venue, Venue.id == one.venue_id).where(Tally.what != BLANK_ROW)
              .order_by(Tally.made_at.desc(), Tally.id.desc()).limit(limit))
    if lot is not None:
        chosen = chosen.where(one.lot_id == lot)
    if session_id is not None:
        chosen = chosen.where(Tally.session_id == session_id)
    return [TallyRow(each[0], each[1], f"{each[2]}, {each[3]}", each[4], each[5], each[6], tuple(topics_in(each[7])), each[8])
            for each in session.execute(chosen)]


def topics_in(text: str | None) -> list[str]:
    """The topics of a tally, which are kept divided by semicolons."""
    return [topic for topic in (text or "").split(";") if topic]
