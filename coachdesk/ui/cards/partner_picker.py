"""Type part of an organisation's name or kind; choose the partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.partner import queries as partners
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.find_field import MOST, Choice, FindField

_LOOKED_AT = 3 * MOST


class PartnerPicker(FindField):
    """Finds an organisation, those of the lot looked at first. choice().row is its PartnerRow. Down on an empty box shows some."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "name or kind of organisation", "No organisation was chosen. Type part of its name, then press Enter.", parent
        )

    def _find(self, session: Any, text: str) -> Sequence[Choice]:
        if not text:
            return [_choice(row) for row in partners.partners(session, lot=self._desk.lot, limit=MOST)]
        hits = {hit.id: hit for hit in partners.found(session, text, limit=_LOOKED_AT)}
        rows = {row.id: row for row in partners.partners(session, ids=list(hits))}
        near = {row.id for row in partners.partners(session, lot=self._desk.lot, ids=list(hits))} if self._desk.lot else set(rows)
        shown = sorted((rows[id] for id in hits), key=lambda row: (hits[row.id].is_alike, row.id not in near))
        return [_choice(row, hits[row.id].is_alike) for row in shown[:MOST]]

    def _named(self, session: Any, id: UUID) -> Choice | None:
        return next((_choice(row) for row in partners.partners(session, ids=[id])), None)


def _choice(row: partners.PartnerRow, is_alike: bool = False) -> Choice:
    detail = " · ".join(part for part in (row.kind, ", ".join(row.lots), "similar" if is_alike else "") if part)
    return Choice(row.id, row.name, detail, row=row)
