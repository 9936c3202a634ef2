"""One place of an organisation: new, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import PartnerRow, VenueRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, LineField, TickField


class VenueForm(Editor):
    """`saved(partner id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add a place", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._of: VenueRow | None = None
        self.name = self.form.add("Name of the place", LineField(), required=True)
        self.postcode = self.form.add("Postcode", LineField("B34 7AA", 12), beside=True)
        self.lot = self.form.add("Lot", ChoiceField(), required=True, beside=True)
        self.address = self.form.add("Address", LineField())
        self.own = self.form.add("Building", TickField("The organisation’s own premises: it may open again first"))
        self._end("&Save")

    def begin(self, partner: PartnerRow, row: VenueRow | None, lots: Sequence[tuple[UUID, str]], lot: UUID | None) -> None:
        """A new place of an organisation, or one to change."""
        self._partner, self._of = partner.id, row
        self.set_title(f"Change {row.name}" if row else f"Add a place of {partner.name}")
        self.form.clear()
        self.lot.set_choices(lots)
        self.form.row_of(self.lot).setVisible(row is None)
        if row is None:
            own = [id for id, name in lots if name in partner.lots]
            self.lot.set_value(lot if lot in own or not own else own[0] if len(own) == 1 else None)
        else:
            for box, value in ((self.name, row.name), (self.postcode, row.postcode), (self.address, row.address),
                               (self.own, row.is_own_premises)):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        name, postcode, address, partner = self.name.value(), self.postcode.value(), self.address.value(), self._partner
        own = bool(self.own.value())
        if self._of is None:
            lot = self.lot.value()
            self._act(
                self._desk,
                "Add a place",
                lambda session: actions.add_venue(session, name=name, partner=partner, lot=lot, postcode=postcode, address=address,
                                                  is_own_premises=own),
                lambda _id: self.saved.emit(partner, f"{name} was added."),
            )
        else:
            known = self._of.id
            self._act(
                self._desk,
                "Change a place",
                lambda session: actions.change_venue(session, known, name=name, postcode=postcode, address=address, is_own_premises=own),
                lambda _none: self.saved.emit(partner, f"{name} was changed."),
            )
