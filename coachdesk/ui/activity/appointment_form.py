"""One appointment: booked, or moved to another day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.activity import actions, rules
from coachdesk.activity.queries import AppointmentRow
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.find_field import Choice
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.fields import DateField, LineField
from coachdesk.ui.parts.privacy import initials


class TimeField(LineField):
    """A time of day as people type it: 9:30, 0930, 14.00. value() is HH:MM or None."""

    def value(self) -> Any:
        try:
            return rules.clock_time(self.text())
        except Refusal:
            return None

    def problem(self) -> str:
        try:
            rules.clock_time(self.text())
        except Refusal as wrong:
            return f"{wrong.sentence} {wrong.next_step}"
        return ""


class AppointmentForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Book an appointment", taken=taken)
        self._desk = desk
        self._of: AppointmentRow | None = None
        self.person = self.form.add("Person", PersonPicker(desk), required=True)
        self.day = self.form.add("Day", DateField(desk.today), required=True)
        self.at = self.form.add("Time", TimeField("14:00", 8), beside=True)
        self.place = self.form.add("Where", LineField())
        self.note = self.form.add("Note", LineField())
        self._end("&Book", cancel="Clear")

    def begin(self, row: AppointmentRow | None = None, person: UUID | None = None) -> None:
        """Another appointment (of a person who is known already), or another day for one that stands."""
        self._of = row
        self.form.clear()
        self.person.setEnabled(row is None)
        self.form.row_of(self.note).setVisible(row is None)
        self.set_title(f"Another day instead of {day_text(row.due_on)}" if row else "Book an appointment")
        self.save_button.setText("Re&book" if row else "&Book")
        self.cancel_button.setText("Cancel" if row else "Clear")
        if row is None:
            self.person.set_value(person)
        else:
            self.person.choose(
                Choice(row.participant_id, row.participant, f"{row.reference} · {row.lot}", f"{initials(row.participant)} {row.reference}")
            )
            self.at.set_value(row.at)
            self.place.set_value(row.place)

    def first_focus(self) -> None:
        """The person, or the day when the person is known."""
        (self.day if self.person.value() else self.person).setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        person, day, at, place, note = (box.value() for box in (self.person, self.day, self.at, self.place, self.note))
        choice = self.person.choice()
        said = f"{choice.shown() if choice else ''} on {day:%A} {day_text(day)}{f' at {at}' if at else ''}"

        def tell(id: UUID, verb: str) -> None:
            self.begin()
            self.saved.emit(id, f"{verb}: {said}.")

        if self._of is None:
            self._act(
                self._desk,
                "Book an appointment",
                lambda session: actions.book_appointment(session, participant=person, due_on=day, at=at, place=place, note=note),
                lambda id: tell(id, "Booked"),
            )
        else:
            known = self._of.id
            self._act(
                self._desk,
                "Rebook an appointment",
                lambda session: actions.rebook(session, known, due_on=day, at=at, place=place),
                lambda id: tell(id, "Rebooked"),
            )
