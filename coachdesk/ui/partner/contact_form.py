"""One person at an organisation: new, changed, or taken off the list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import ContactRow, PartnerRow
from coachdesk.partner.rules.upkeep import MOST_CADENCE
from coachdesk.referral.queries import resting
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField, LineField, TickField, WholeNumberField


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
        self.is_key = self.form.add("Upkeep", TickField("Key person, with a clock of their own"))
        self.days = self.form.add("In touch at least every so many days", WholeNumberField(1, MOST_CADENCE), beside=True,
                                  hint="Empty: as their organisation.")
        self.leaves_on = self.form.add("Leaves, or left, on", DateField(desk.today), beside=True)
        self.remove_button = Button("Remove from the list", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, partner: PartnerRow, row: ContactRow | None) -> None:
        """A new contact of an organisation, or one to change."""
        self._partner, self._of = partner.id, row
        self.set_title(f"Change {row.name}" if row else f"Add a contact at {partner.name}")
        self.form.clear()
        self.remove_button.setVisible(row is not None)
        if row is not None:
            for box, value in ((self.name, row.name), (self.role, row.role), (self.phone, row.phone), (self.email, row.email),
                               (self.is_key, row.is_key), (self.days, row.cadence_days), (self.leaves_on, row.leaves_on)):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        given = {"name": self.name.value(), "role": self.role.value(), "phone": self.phone.value(), "email": self.email.value()}
        is_key, days, leaves_on = bool(self.is_key.value()), self.days.value(), self.leaves_on.value()
        partner, of = self._partner, self._of

        def save(session: Any) -> tuple[UUID, list[str]]:
            if of is None:
                assert partner is not None
                known = actions.add_contact(session, partner=partner, **given)
            else:
                known = of.id
                actions.change_contact(session, known, **given)
            if (is_key, days) != ((of.is_key, of.cadence_days) if of else (False, None)):
                actions.set_key(session, known, is_key=is_key, cadence_days=days or 0)
            if leaves_on != (of.leaves_on if of else None):
                actions.leave(session, known, on_day=leaves_on, is_staying=leaves_on is None)
            is_new = leaves_on is not None and leaves_on != (of.leaves_on if of else None)
            return known, resting(session, known) if is_new else []

        self._act(self._desk, "Change a contact" if of else "Add a contact", save,
                  lambda done: self.saved.emit(("partner.contact", done[0]), _said(given["name"] or "", bool(of), done[1])))

    def _remove(self) -> None:
        if self._of is not None:
            known, name, partner = self._of.id, self._of.name, self._partner
            self._act(
                self._desk,
                "Remove a contact",
                lambda session: actions.remove_contact(session, known),
                lambda _none: self.saved.emit(partner, f"{name} was taken off the list. Ctrl+Z brings them back."),
            )


def _said(name: str, was_there: bool, rests: list[str]) -> str:
    """What was done, and what somebody who leaves leaves behind."""
    alone = f" Only they hold the relationship with {' and '.join(rests)}: get to know somebody else there." if rests else ""
    return f"{name} was {'changed' if was_there else 'added'}.{alone}"
