"""Somebody who opens doors: a councillor, an imam, a head teacher; new, changed, or taken off the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import ConnectorRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.partner.history import with_member
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField


class ConnectorForm(Editor):
    """`saved(id, sentence)`; None when they were taken off the list."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add a connector", taken=taken)
        self._desk = desk
        self._of: ConnectorRow | None = None
        self.name = self.form.add("Full name", LineField(), required=True)
        self.role = self.form.add("What they are", LineField("councillor, imam, head teacher"), required=True, beside=True)
        self.partner = self.form.add("Belongs to", ChoiceField(placeholder="no organisation that we know"))
        self.known_by = self.form.add("Known well by", ChoiceField(placeholder="nobody of us"), beside=True,
                                      hint="Who of us may ring them. The warm paths begin here.")
        self.phone = self.form.add("Telephone", LineField(longest=40))
        self.email = self.form.add("E-mail", LineField(), beside=True)
        self.leaves_on = self.form.add("Leaves, or left, on", DateField(desk.today), beside=True)
        self.note = self.form.add("Note", NoteField(2))
        self.remove_button = Button("Take off the list", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, row: ConnectorRow | None, partners: Sequence[tuple[UUID, str]], members: Sequence[tuple[UUID, str]]) -> None:
        """A new connector, or one to change."""
        self._of = row
        self.set_title(f"Change {row.name}" if row else "Add a connector")
        self.form.clear()
        self.partner.set_choices(partners)
        self.known_by.set_choices(with_member(members, row.known_by_id, row.known_by) if row else members)
        self.known_by.set_value(None if row else self._desk.owner)
        self.form.row_of(self.leaves_on).setVisible(row is not None)
        self.remove_button.setVisible(row is not None)
        if row is not None:
            for box, value in ((self.name, row.name), (self.role, row.role), (self.partner, row.partner_id),
                               (self.known_by, row.known_by_id), (self.phone, row.phone), (self.email, row.email),
                               (self.leaves_on, row.leaves_on), (self.note, row.note)):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        given: dict[str, Any] = {"name": self.name.value(), "role": self.role.value(), "partner": self.partner.value(),
                                 "phone": self.phone.value(), "email": self.email.value(), "note": self.note.value(),
                                 "known_by": self.known_by.value()}
        if self._of is None:
            self._act(self._desk, "Add a connector", lambda session: actions.add_connector(session, **given),
                      lambda id: self.saved.emit(id, f"{given['name']} was added. Write down whom they introduced us to, or could."))
        else:
            known, on = self._of.id, self.leaves_on.value()
            more = {"is_known": given["known_by"] is not None, "is_free": given["partner"] is None, "leaves_on": on,
                    "is_staying": on is None}
            self._act(self._desk, "Change a connector", lambda session: actions.change_connector(session, known, **given, **more),
                      lambda _none: self.saved.emit(known, f"{given['name']} was changed."))

    def _remove(self) -> None:
        if self._of is not None:
            known, name = self._of.id, self._of.name
            self._act(self._desk, "Take a connector off the list", lambda session: actions.remove_connector(session, known),
                      lambda _none: self.saved.emit(None, f"{name} was taken off the list. Ctrl+Z brings them back."))
