"""A partner sends somebody: a participant, or a stranger by name and telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.referral import actions
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.find_field import Choice
from coachdesk.ui.cards.partner_picker import PartnerPicker
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.privacy import shown_name


class ReceiveForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Receive a referral", taken=taken)
        self._desk = desk
        self._lots: tuple[tuple[UUID, str], ...] = ()
        form = self.form
        self.partner = form.add("Partner", PartnerPicker(desk), required=True)
        self.day = form.add("Day", DateField(desk.today), required=True, beside=True)
        self.lot = form.add("Lot", ChoiceField(), required=True, beside=True)
        self.name = form.add("Name of the person", LineField(), required=True)
        self.phone = form.add("Telephone", LineField(longest=40), beside=True)
        self.known = form.add("Or somebody registered already", PersonPicker(desk), beside=True)
        self.need = form.add("What help is asked for", LineField(), required=True)
        self._end("&Save")
        self.known.chosen.connect(self._on_known_chosen)
        self.partner.chosen.connect(self._on_partner_chosen)

    def begin(self, lots: Sequence[tuple[UUID, str]]) -> None:
        """Another one."""
        self._lots = tuple(lots)
        self.form.clear()
        self.lot.set_choices(lots)
        self.lot.set_value(self._desk.lot)
        self.day.set_value(self._desk.today())
        self.partner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_known_chosen(self, choice: Choice | None) -> None:
        for box in (self.name, self.phone):
            box.setEnabled(choice is None)
        self.form.row_of(self.name).required = choice is None
        if choice is not None:
            self.name.clear()
            self.phone.clear()
            self.form.row_of(self.name).say_wrong("")
            self.lot.set_value(choice.row.lot_id if choice.row is not None else self.lot.value())

    def _on_partner_chosen(self, choice: Choice | None) -> None:
        own = [id for id, name in self._lots if choice is not None and name in choice.row.lots]
        if len(own) == 1 and self.lot.value() is None:
            self.lot.set_value(own[0])

    def _save(self) -> None:
        person, partner = self.known.choice(), self.partner.choice()
        given: dict[str, Any] = {
            "partner": self.partner.value(),
            "need": self.need.value(),
            "made_on": self.day.value(),
            "lot": self.lot.value(),
        }
        if person is not None:
            given["participant"] = person.id
        else:
            given |= {"person_name": self.name.value(), "person_phone": self.phone.value() or None}
        name = person.shown() if person else shown_name(self.name.value())
        said = f"Received: {name} from {partner.title if partner else ''}."
        self._act(
            self._desk,
            "Receive a referral",
            lambda session: actions.receive_referral(session, **given),
            lambda id: self.saved.emit(id, said),
        )
