"""Whether a desk shares its work at all: asked before anything of keys and segments is imported."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session


def is_shared(session: Session) -> bool:
    """Whether this desk belongs to a team, or asks to join one."""
    return session.connection().exec_driver_sql("select 1 from sync_fact where name = 'founding'").first() is not None


def steps(store: Any, where: str = "") -> Any:
    """A turn over the usual shared place, or over another one, as a long action (sync.turn). Refusal when this desk is in no team."""
    from coachdesk.sync import places, turn

    return turn.steps(store, places.carrier_at(where) if where else places.carrier_of(store))
