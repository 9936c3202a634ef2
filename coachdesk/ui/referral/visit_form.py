"""An appointment of somebody at the partner: day, time and place; then a calendar file of it, if it is wanted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from coachdesk.referral import actions, queries
from coachdesk.referral.queries import ReferralRow, VisitRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField, LineField, WholeNumberField
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.text import PlainLabel


class VisitForm(Editor):
    """`saved(id of the referral, sentence)`; `file_wanted(id of the appointment)` for a calendar file."""

    saved = Signal(object, str)
    file_wanted = Signal(object)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Appointment", taken=taken)
        self._desk = desk
        self._row: ReferralRow | None = None
        self._visit: VisitRow | None = None
        self.words = PlainLabel("", "muted", wrap=True)
        self.form.put(self.words)
        self.day = self.form.add("Day", DateField(desk.today), required=True)
        self.at = self.form.add("From", LineField("10:30", 8), required=True, beside=True)
        self.minutes = self.form.add("Minutes", WholeNumberField(1, 24 * 60), required=True, beside=True)
        self.place = self.form.add("Place", LineField("such as: 2 Church Road, first floor"), required=True)
        self.file_button = Button("Calendar &file…", self._on_file_asked)
        self.off_button = Button("Call it &off", self._call_off)
        self._end("&Save", self.file_button, self.off_button)

    def begin(self, row: ReferralRow) -> None:
        """The appointment of a referral, or a first one."""
        self._row, self._visit = row, None
        self.set_title(f"Appointment: {shown_name(row.participant, row.reference or '')} at {row.partner}")
        self.form.clear()
        self.minutes.set_value(60)
        self._tell()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

        def show(visit: VisitRow | None) -> None:
            if self._row is not None and self._row.id == row.id and visit is not None:
                self._visit = visit
                self.day.set_value(visit.on_day)
                self.at.set_value(visit.at)
                self.minutes.set_value(visit.minutes)
                self.place.set_value(visit.place)
                self._tell()

        self._desk.read(lambda session: queries.next_visit(session, row.id), self, show)

    def _tell(self) -> None:
        visit = self._visit
        words = "" if visit is None else "Called off. Saving another day or time makes it hold again." if visit.is_off else (
            "Saving another day, time or place moves it; a calendar file made afterwards takes the earlier one’s place.")
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.file_button.setVisible(visit is not None)
        self.off_button.setVisible(visit is not None and not visit.is_off)

    def _on_file_asked(self) -> None:
        if self._visit is not None:
            self.file_wanted.emit(self._visit.id)

    def _call_off(self) -> None:
        if self._visit is None or self._row is None:
            return
        visit, row = self._visit, self._row
        self._act(self._desk, "Call an appointment at a partner off", lambda session: actions.call_off_visit(session, visit.id),
                  lambda _none: self.saved.emit(row.id, f"Called off: {self._name(row)} at {row.partner}."))

    def _save(self) -> None:
        if self._row is None:
            return
        row, visit = self._row, self._visit
        given: dict[str, Any] = {"on_day": self.day.value(), "at": self.at.value(), "place": self.place.value(),
                                 "minutes": self.minutes.value()}

        def run(session: Any) -> None:
            if visit is None:
                actions.book_visit(session, referral=row.id, **given)
            else:
                actions.move_visit(session, visit.id, **given)

        said = f"{self._name(row)} at {row.partner}, {self.at.value()}. Press K again for a calendar file."
        self._act(self._desk, "Appointment at a partner", run, lambda _none: self.saved.emit(row.id, said))

    def _name(self, row: ReferralRow) -> str:
        return shown_name(row.participant, row.reference or "")
