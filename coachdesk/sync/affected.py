"""Whose details were on a lost laptop: the list that goes beside a breach report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.participant.record import Participant

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Affected:
    """A person whose details were on the laptop."""

    id: UUID
    reference: str
    name: str


def people(session: Session, ids: Sequence[UUID]) -> list[Affected]:
    """Those people by name; who was erased since is not among them."""
    found = []
    for begin in range(0, len(ids), _AT_ONCE):
        chosen = sa.select(Participant.id, Participant.reference, Participant.name).where(Participant.id.in_(ids[begin : begin + _AT_ONCE]))
        found += [Affected(row.id, row.reference, row.name or "") for row in session.execute(chosen)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.reference))
