"""Who is one person of several records: the record that leads, and those that it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.participant.record import Participant, SameAs
from coachdesk.participant.rules.joining import leaders_of
from coachdesk.programme.record import TeamMember
from coachdesk.store.ids import id_of
from coachdesk.store.session import steady


@dataclass(frozen=True, slots=True)
class JoinRow:
    """One joining of two records. leads: the record under which the person is shown."""

    id: UUID
    one_id: UUID
    other_id: UUID
    one: str
    other: str
    reason: str | None
    joined_on: date
    joined_by: str


def leaders(session: Session) -> dict[UUID, UUID]:
    """Every record that is led → the record that leads (the lowest id of those joined). Few rows; empty in most stores."""
    return steady(session, "leaders", lambda: leaders_of(_pairs(session)))


def _pairs(session: Session) -> list[tuple[UUID, UUID]]:
    """Who was joined with whom, past the ORM: it is asked at every keystroke of a search."""
    rows = session.connection().exec_driver_sql("select one_id, other_id from participant_same_as")
    return [(id_of(one), id_of(other)) for one, other in rows]


def leader(session: Session, participant: UUID) -> UUID:
    """The record under which a person is shown; their own when nothing was joined."""
    return leaders(session).get(participant, participant)


def records(session: Session, participant: UUID, ahead: Mapping[UUID, UUID] | None = None) -> tuple[UUID, ...]:
    """All records of one person, the leading one first, whichever of them was asked for."""
    known = leaders(session) if ahead is None else ahead
    first = known.get(participant, participant)
    return first, *sorted((led for led, by in known.items() if by == first), key=lambda each: each.bytes)


def is_led() -> sa.Select[tuple[UUID]]:
    """A sub-select of the ids that are led, for `Participant.id.not_in(...)`: whoever is joined, by however many steps, to a lower id.

    Not only the later one of each pair: two records may both be joined to a third, and be one person only through it.
    """
    pairs = SameAs.__table__
    edges = sa.union(sa.select(pairs.c.one_id.label("of"), pairs.c.other_id.label("to")),
                     sa.select(pairs.c.other_id, pairs.c.one_id)).subquery("edges")
    reach = sa.select(edges.c.of, edges.c.to).cte("reach", recursive=True, nesting=True)
    reach = reach.union(sa.select(reach.c.of, edges.c.to).join(edges, edges.c.of == reach.c.to))
    return sa.select(reach.c.of).where(reach.c.to < reach.c.of)


def joins(session: Session, *, participant: UUID | None = None, lot: UUID | None = None, limit: int | None = None) -> list[JoinRow]:
    """Joinings, the latest first; with participant only those of this person's records."""
    one, other = sa.orm.aliased(Participant), sa.orm.aliased(Participant)
    chosen = (
        sa.select(
            SameAs.id, SameAs.one_id, SameAs.other_id, one.reference, other.reference, SameAs.reason, SameAs.joined_on, TeamMember.name
        )
        .join(one, one.id == SameAs.one_id)
        .join(other, other.id == SameAs.other_id)
        .join(TeamMember, TeamMember.id == SameAs.joined_by)
        .order_by(SameAs.joined_on.desc(), SameAs.id.desc())
        .limit(limit)
    )
    if participant is not None:
        mine = records(session, participant)
        chosen = chosen.where(sa.or_(SameAs.one_id.in_(mine), SameAs.other_id.in_(mine)))
    if lot is not None:
        chosen = chosen.where(sa.or_(one.lot_id == lot, other.lot_id == lot))
    return [JoinRow(*each) for each in session.execute(chosen)]
