"""A touch: how one was in touch with an organisation, when, and with whom there. Enter saves; new, changed, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import ContactRow, TouchRow
from coachdesk.partner.rules import HOWS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.partner.history import with_member
from coachdesk.ui.partner.organisation_form import LotsField
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, NoteField


class TouchForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Log a touch", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._name = ""
        self._of: TouchRow | None = None
        self._people: dict[str, UUID] = {}
        self.how = self.form.add("How", ChoiceField([(each, each) for each in HOWS]), required=True)
        self.day = self.form.add("Day", DateField(desk.today, past_only=True), required=True, beside=True)
        self.coach = self.form.add("Who of us", ChoiceField(), required=True, beside=True)
        self.people = self.form.add("With", LotsField(),
                                    hint="Nobody ticked: with the organisation alone. That sets no person’s clock back.")
        self.remark = self.form.add("What it was about", NoteField(2))
        self.remove_button = Button("Take it away", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, partner: UUID, name: str, contacts: Sequence[ContactRow], members: Sequence[tuple[UUID, str]],
              row: TouchRow | None = None) -> None:
        """A new touch with an organisation, or one to change. Who has left by today is offered only where they were part of it."""
        self._partner, self._name, self._of = partner, name, row
        self.set_title(f"Change a touch with {name}" if row else f"Log a touch with {name}")
        self.form.clear()
        today = self._desk.today()
        was = set(row.contact_ids) if row else set()
        there = [each for each in contacts if each.id in was or each.leaves_on is None or each.leaves_on >= today]
        self._people = _told_apart(there)
        self.form.row_of(self.people).setVisible(bool(self._people))
        self.people.set_lots([*self._people])
        self.people.tie_between(self.coach, self.remark)
        self.people.set_value([name for name, id in self._people.items() if id in was])
        self.coach.set_choices(with_member(members, row.coach_id, row.coach) if row else members)
        self.coach.set_value(row.coach_id if row else self._desk.owner)
        self.how.set_value(row.how if row else HOWS[0])
        self.day.set_value(row.on_day if row else today)
        self.remark.set_value(row.remark if row else None)
        self.remove_button.setVisible(row is not None)
        self.form.first_focus()

    def _save(self) -> None:
        given: dict[str, Any] = {"how": self.how.value(), "on_day": self.day.value(), "coach": self.coach.value(),
                                 "contacts": [str(self._people[name]) for name in self.people.value()], "remark": self.remark.value()}
        partner, of = self._partner, self._of
        assert partner is not None
        where = ("partner.upkeep", partner)
        if of is None:
            self._act(self._desk, "Log a touch", lambda session: actions.log_touch(session, partner=partner, **given),
                      lambda _id: self.saved.emit(where, f"A {given['how']} with {self._name} was logged: its clock begins again."))
        else:
            self._act(self._desk, "Change a touch", lambda session: actions.change_touch(session, of.id, **given),
                      lambda _none: self.saved.emit(where, f"The {given['how']} with {self._name} was changed."))

    def _remove(self) -> None:
        if self._of is not None:
            known, where = self._of.id, ("partner.upkeep", self._partner)
            said = "The touch was taken away: the clock stands as before it. Ctrl+Z brings it back."
            self._act(self._desk, "Take a touch away", lambda session: actions.remove_touch(session, known),
                      lambda _none: self.saved.emit(where, said))


def _told_apart(people: Sequence[ContactRow]) -> dict[str, UUID]:
    """Ids by name; two of one name get what they do beside it."""
    names = [each.name for each in people]
    found: dict[str, UUID] = {}
    for each in people:
        called = each.name if names.count(each.name) == 1 else f"{each.name}, {each.role or each.phone or each.email or 'another'}"
        found[called if called not in found else f"{called} ({len(found) + 1})"] = each.id
    return found
