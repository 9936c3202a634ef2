"""Who started, and when: by the first meaningful help, as contracts pay it. One meaning of the word for every list and map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Intervention
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant


@dataclass(frozen=True, slots=True)
class Started:
    """A person, by the record that leads, with the lot and the day of the first meaningful help."""

    id: UUID
    lot_id: UUID
    on: date


def started(session: Session, since: date | None = None, until: date | None = None, leads: Mapping[UUID, UUID] | None = None
            ) -> list[Started]:
    """Everybody whose first meaningful help fell between two days, both included; a person of several records once."""
    ahead = participant_queries.leaders(session) if leads is None else leads
    helped: Iterable[Any] = session.execute(
        sa.select(Intervention.participant_id, sa.func.min(Intervention.happened_on, type_=sa.Date()))
        .where(Intervention.is_meaningful.is_(True)).group_by(Intervention.participant_id))
    first: dict[UUID, date] = {}
    for person, on in helped:
        who = ahead.get(person, person)
        first[who] = min(on, first.get(who, on))
    chosen = {who: on for who, on in first.items() if (since is None or since <= on) and (until is None or on <= until)}
    if not chosen:
        return []
    lots: dict[UUID, UUID] = dict(session.execute(sa.select(Participant.id, Participant.lot_id)).all())
    return [Started(who, lots[who], on) for who, on in chosen.items()]
