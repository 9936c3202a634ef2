"""Type part of a name, a reference, a telephone number or a postcode; choose the participant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.participant import queries as participants
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.find_field import MOST, Choice, FindField
from coachdesk.ui.parts.privacy import in_public, initials

_LOOKED_AT = 3 * MOST


class PersonPicker(FindField):
    """Finds a participant, whatever case, accents or slip of the keys; those of the lot that is looked at first.

    choice().row is the ParticipantRow.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "name, reference, phone or postcode", "Nobody was chosen. Type part of the name or reference, then press Enter.", parent
        )

    def _find(self, session: Any, text: str) -> Sequence[Choice]:
        hits = {hit.id: hit for hit in participants.found(session, text, limit=_LOOKED_AT)}
        rows = {row.id: row for row in participants.participants(session, ids=list(hits))}
        shown = sorted((rows[id] for id in hits), key=lambda row: (hits[row.id].is_alike, self._desk.lot not in (None, row.lot_id)))
        return [_choice(row, hits[row.id]) for row in shown[:MOST]]

    def _named(self, session: Any, id: UUID) -> Choice | None:
        found = participants.participant(session, id)
        return _choice(found.person) if found else None


def _choice(row: participants.ParticipantRow, hit: participants.Found | None = None) -> Choice:
    also = f"also {hit.also}" if hit and hit.also and not in_public() else ""
    detail = " · ".join(part for part in (row.reference, row.lot, also, "similar" if hit and hit.is_alike else "") if part)
    return Choice(row.id, row.name, detail, f"{initials(row.name)} {row.reference}", row)
