"""Type part of a name, a reference, a telephone number or a postcode; choose the participant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.participant import queries as participants
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.find_field import MOST, Choice, FindField
from coachdesk.ui.parts.privacy import initials


class PersonPicker(FindField):
    """Finds a participant, whatever case or accents; those of the lot that is looked at first. choice().row is the ParticipantRow."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "name, reference, phone or postcode", "Nobody was chosen. Type part of the name or reference, then press Enter.", parent
        )

    def _find(self, session: Any, text: str) -> Sequence[Choice]:
        rows = participants.find(session, text, limit=MOST)
        return [_choice(row) for row in sorted(rows, key=lambda row: self._desk.lot not in (None, row.lot_id))]

    def _named(self, session: Any, id: UUID) -> Choice | None:
        found = participants.participant(session, id)
        return _choice(found.person) if found else None


def _choice(row: participants.ParticipantRow) -> Choice:
    return Choice(row.id, row.name, f"{row.reference} · {row.lot}", f"{initials(row.name)} {row.reference}", row)
