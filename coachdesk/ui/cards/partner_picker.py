"""Type part of an organisation's name or kind; choose the partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.partner import queries as partners
from coachdesk.partner.rules import folded
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.find_field import MOST, Choice, FindField


class PartnerPicker(FindField):
    """Finds an organisation, those of the lot looked at first. choice().row is its PartnerRow. Down on an empty box shows some."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "name or kind of organisation", "No organisation was chosen. Type part of its name, then press Enter.", parent
        )

    def _find(self, session: Any, text: str) -> Sequence[Choice]:
        wanted = folded(text).split()
        near = {row.id for row in partners.partners(session, lot=self._desk.lot)} if self._desk.lot else set()
        found = []
        for row in partners.partners(session):
            name = folded(row.name)
            if all(word in f"{name} {folded(row.kind)}" for word in wanted):
                found.append((row.id not in near, bool(wanted) and not name.startswith(wanted[0]), name, row))
        return [_choice(row) for *_order, row in sorted(found, key=lambda one: one[:3])[:MOST]]

    def _named(self, session: Any, id: UUID) -> Choice | None:
        return next((_choice(row) for row in partners.partners(session) if row.id == id), None)


def _choice(row: partners.PartnerRow) -> Choice:
    return Choice(row.id, row.name, " · ".join(part for part in (row.kind, ", ".join(row.lots)) if part), row=row)
