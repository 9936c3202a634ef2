"""Who started, and when: by the first meaningful help, as contracts pay it. One meaning of the word for every list and map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.record import Intervention
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.store.ids import id_of

_PORTION = 500      # SQLite takes so many values in one statement and no more


@dataclass(frozen=True, slots=True)
class Started:
    """A person, by the record that leads, with the lot and the day of the first meaningful help."""

    id: UUID
    lot_id: UUID
    on: date


def first_help(session: Session, leads: Mapping[UUID, UUID], among: Sequence[bytes] | None = None) -> dict[bytes, str]:
    """The day of the first meaningful help (`YYYY-MM-DD`) of everybody who had some, by the id of the record that leads.

    Ids are bytes and days texts, as the store holds them: most of the time went into making thousands of ids and days that were only
    looked up or compared. among: only help of these records; for a person of several records give them all.
    """
    i, ahead = Intervention, {one.bytes: lead.bytes for one, lead in leads.items()}
    chosen = (sa.select(as_bytes(i.participant_id), sa.func.min(sa.type_coerce(i.happened_on, sa.Text())))
              .where(activity_queries.counting(session)).group_by(i.participant_id))
    first: dict[bytes, str] = {}
    for person, on in in_portions(session, chosen, i.participant_id, among):
        who = ahead.get(person, person)
        if who not in first or on < first[who]:
            first[who] = on
    return first


def within(first: Mapping[bytes, str], since: date | None, until: date | None) -> dict[bytes, str]:
    """Those of them between two days, both included."""
    begin, end = since.isoformat() if since else "", until.isoformat() if until else "~"
    return {who: on for who, on in first.items() if begin <= on <= end}


def started(session: Session, since: date | None = None, until: date | None = None, leads: Mapping[UUID, UUID] | None = None
            ) -> list[Started]:
    """Everybody whose first meaningful help fell between two days, both included; a person of several records once."""
    ahead = participant_queries.leaders(session) if leads is None else leads
    chosen = within(first_help(session, ahead), since, until)
    if not chosen:
        return []
    lots: dict[bytes, UUID] = dict(session.execute(sa.select(as_bytes(Participant.id), Participant.lot_id)).all())
    return [Started(id_of(who), lots[who], date.fromisoformat(on)) for who, on in chosen.items()]


def as_bytes(column: Any) -> Any:
    """A column of ids as the store holds them, to be looked up rather than shown."""
    return sa.type_coerce(column, sa.LargeBinary())


def in_portions(session: Session, chosen: Any, column: Any, among: Sequence[bytes] | None) -> Iterator[Any]:
    """The rows of a selection whose column is one of these ids, however many; all of them when not said."""
    if among is None:
        yield from session.execute(chosen)
        return
    for at in range(0, len(among), _PORTION):
        yield from session.execute(chosen.where(as_bytes(column).in_(among[at:at + _PORTION])))
