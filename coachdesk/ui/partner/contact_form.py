"""One person at an organisation: new, changed, or taken off the list."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import ContactRow, PartnerRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import LineField


class ContactForm(Editor):
    """`saved(partner id, or kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add a contact", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._of: ContactRow | None = None
        self.name = self.form.add("Full name", LineField(), required=True)
        self.role = self.form.add("Role", LineField("such as manager or vicar"), beside=True)
        self.phone = self.form.add("Telephone", LineField(longest=40))
        self.email = self.form.add("E-mail", LineField(), beside=True)
        self.remove_button = Button("Remove from the list", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, partner: PartnerRow, row: ContactRow | None) -> None:
        """A new contact of an organisation, or one to change."""
        self._partner, self._of = partner.id, row
        self.set_title(f"Change {row.name}" if row else f"Add a contact at {partner.name}")
        self.form.clear()
        self.remove_button.setVisible(row is not None)
        if row is not None:
            for box, value in ((self.name, row.name), (self.role, row.role), (self.phone, row.phone), (self.email, row.email)):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        given = {"name": self.name.value(), "role": self.role.value(), "phone": self.phone.value(), "email": self.email.value()}
        partner = self._partner
        if self._of is None:
            assert partner is not None
            self._act(
                self._desk,
                "Add a contact",
                lambda session: actions.add_contact(session, partner=partner, **given),
                lambda id: self.saved.emit(("partner.contact", id), f"{given['name']} was added."),
            )
        else:
            known = self._of.id
            self._act(
                self._desk,
                "Change a contact",
                lambda session: actions.change_contact(session, known, **given),
                lambda _none: self.saved.emit(("partner.contact", known), f"{given['name']} was changed."),
            )

    def _remove(self) -> None:
        if self._of is not None:
            known, name, partner = self._of.id, self._of.name, self._partner
            self._act(
                self._desk,
                "Remove a contact",
                lambda session: actions.remove_contact(session, known),
                lambda _none: self.saved.emit(partner, f"{name} was taken off the list. Ctrl+Z brings them back."),
            )
