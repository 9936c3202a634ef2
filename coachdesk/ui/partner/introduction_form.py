"""An introduction: who introduced us to an organisation or somebody there; without a day, who could."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import ContactRow, IntroductionRow
from coachdesk.partner.queries import connectors as read_connectors
from coachdesk.partner.queries import contacts as read_contacts
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField

_CONNECTOR, _CONTACT = "by_connector", "by_contact"


class IntroductionForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add an introduction", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._of: IntroductionRow | None = None
        self.by = self.form.add("Introduced by", ChoiceField(placeholder="type a name"), required=True,
                                hint="A connector, or a person at any organisation. Add connectors under Who holds what.")
        self.day = self.form.add("Day", DateField(desk.today, past_only=True), beside=True,
                                 hint="Empty while they only could introduce us.")
        self.to = self.form.add("To whom there", ChoiceField(placeholder="to the organisation as such"))
        self.told_by = self.form.add("Who told us of it", LineField(), beside=True)
        self.remark = self.form.add("Remark", NoteField(2))
        self.remove_button = Button("Take it away", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, partner: UUID, name: str, contacts: Sequence[ContactRow], row: IntroductionRow | None = None) -> None:
        """A new introduction to an organisation, or one to change: then whose it was stays."""
        self._partner, self._of = partner, row
        self.set_title(f"Change an introduction to {name}" if row else f"Add an introduction to {name}")
        self.form.clear()
        self.to.set_choices([(each.id, each.name) for each in contacts])
        self.remove_button.setVisible(row is not None)
        self.by.setEnabled(row is None)
        if row is not None:
            self.by.set_choices([(row.by, row.by_says)])
            for box, value in ((self.by, row.by), (self.day, row.on_day), (self.to, row.contact_id), (self.told_by, row.told_by),
                               (self.remark, row.remark)):
                box.set_value(value)
        else:
            self.by.set_choices([])
            self._desk.read(_people, self, self.by.set_choices)
        self.form.first_focus()

    def _save(self) -> None:
        partner, of = self._partner, self._of
        assert partner is not None
        given: dict[str, Any] = {"contact": self.to.value(), "on_day": self.day.value(), "told_by": self.told_by.value(),
                                 "remark": self.remark.value()}
        where = ("partner.upkeep", partner)
        if of is None:
            kind, id = self.by.value()
            given[kind] = id
            self._act(self._desk, "Add an introduction", lambda session: actions.add_introduction(session, partner=partner, **given),
                      lambda _id: self.saved.emit(where, "The introduction was written down."))
        else:
            self._act(self._desk, "Change an introduction", lambda session: actions.change_introduction(session, of.id, **given),
                      lambda _none: self.saved.emit(where, "The introduction was changed."))

    def _remove(self) -> None:
        if self._of is not None:
            known, where = self._of.id, ("partner.upkeep", self._partner)
            self._act(self._desk, "Take an introduction away", lambda session: actions.remove_introduction(session, known),
                      lambda _none: self.saved.emit(where, "The introduction was taken away. Ctrl+Z brings it back."))


def _people(session: Any) -> list[tuple[tuple[str, UUID], str]]:
    """Connectors, then people at organisations, as choices."""
    found = [((_CONNECTOR, each.id), f"{each.name}, {each.role}") for each in read_connectors(session)]
    found += [((_CONTACT, each.id), f"{each.name}, {each.partner}") for each in read_contacts(session)]
    return found
