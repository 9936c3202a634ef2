"""Whether a desk shares its work at all: asked before anything of keys and segments is imported."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.store import contest


def is_shared(session: Session) -> bool:
    """Whether this desk belongs to a team, or asks to join one."""
    return session.connection().exec_driver_sql("select 1 from sync_fact where name = 'founding'").first() is not None


def steps(store: Any, where: str = "") -> Any:
    """A turn over the usual shared place, or over another one, as a long action (sync.turn). Refusal when this desk is in no team."""
    from coachdesk.sync import places, turn

    return turn.steps(store, places.carrier_at(where) if where else places.carrier_of(store))


class Where(NamedTuple):
    """Where a desk's work stands (sync.standing) and its shared place. words: six, while it waits to be let in; is_out: it was cut off.

    conflicts: how many records somebody has to choose about.
    """

    standing: Any
    place: str
    words: str
    is_out: bool
    conflicts: int


def where(store: Any) -> Where | None:
    """Where the work stands; None where this desk shares with nobody, which costs one small question."""
    with store.read() as session:
        if not is_shared(session):
            return None
        conflicts = contest.count(session)
    from coachdesk.sync import joining, places, standing, team

    own = next((one for one in team.members(store) if one.is_self), None)
    return Where(standing.standing(store), places.usual(store), "" if own else joining.words(store), bool(own and own.is_lost),
                 conflicts)


class Arrival(NamedTuple):
    """What of a member’s laptops is not here yet. says: `2 segments not arrived, last seen 31 March 16:10`; device: the first one’s."""

    says: str
    missing: int
    device: str


def arrivals(store: Any) -> dict[UUID, Arrival]:
    """By member, of every other laptop of the team; empty where this desk shares with nobody."""
    with store.read() as session:
        if not is_shared(session):
            return {}
    from coachdesk.sync import standing

    found: dict[UUID, Arrival] = {}
    for one in standing.seen(store):
        before = found.get(one.member)
        says = f"{before.says}; another laptop: {one.sentence}" if before else one.sentence
        found[one.member] = Arrival(says, one.missing + (before.missing if before else 0), before.device if before else one.device)
    return found


def of_record(store: Any, id: UUID) -> tuple[str, bool] | None:
    """How safe a record is, and whether somebody has to choose about it; None where this desk shares with nobody."""
    with store.read() as session:
        if not is_shared(session):
            return None
        is_torn = any(one.torn or one.is_kept for one in contest.contested(session, of=id))
    from coachdesk.sync import standing

    return standing.of_record(store, id), is_torn
