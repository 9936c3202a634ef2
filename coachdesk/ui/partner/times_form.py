"""When a service is open: its times in a list, and one of them to add, change or take away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from coachdesk.errors import Refusal
from coachdesk.partner import actions, queries
from coachdesk.partner.queries import OpeningRow, ServiceRow
from coachdesk.partner.rules import MONTH, WEEK, day_codes, day_names, time_of
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.row_table import Column, RowTable

_RHYTHMS = [((WEEK, 1), "every week"), *(((WEEK, each), f"every {each} weeks") for each in (2, 3, 4)), ((MONTH, 1), "every month")]


class ReadLine(LineField):
    """A line that a rule of the room reads; what the rule refuses is said under the box."""

    def __init__(self, read: Any, placeholder: str, longest: int = 60) -> None:
        super().__init__(placeholder, longest)
        self._reads = read

    def problem(self) -> str:
        """A sentence when the rule refuses it."""
        try:
            self._reads(self.text())
        except Refusal as refusal:
            return f"{refusal.sentence} {refusal.next_step}"
        return ""


class TimesForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)` when done; every time is saved as it is written."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Opening times", taken=taken)
        self._desk = desk
        self._service: ServiceRow | None = None
        self._of: OpeningRow | None = None
        self.table = RowTable("Opening times", (Column("Open", "words", 0), Column("At", "place", 0), Column("Note", "note", 0)),
                              empty="Nobody wrote down yet when it is open. Add the first time below.", least_rows=3)
        self.body.insertWidget(1, self.table)
        self.days = self.form.add("Days", ReadLine(lambda text: day_codes(_parts(text)), "Mon, Thu"))
        self.opens = self.form.add("From", ReadLine(time_of, "10:00", 8), beside=True)
        self.closes = self.form.add("To", ReadLine(time_of, "12:00", 8), beside=True)
        self.rhythm = self.form.add("How often", ChoiceField(_RHYTHMS))
        self.note = self.form.add("Note", LineField("such as: by appointment"), beside=True)
        self.from_day = self.form.add("First day", DateField(desk.today))
        self.to_day = self.form.add("Last day", DateField(desk.today), beside=True)
        self.new_button = Button("Another ti&me", self._new)
        self.remove_button = Button("Take it away", self._remove)
        self._end("&Save this time", self.new_button, self.remove_button, cancel="Done")
        self.table.row_chosen.connect(self._edit)

    def begin(self, row: ServiceRow) -> None:
        """The times of a service; the keyboard is where a new one is written."""
        self._service = row
        self.set_title(f"Opening times of {row.name}")
        self._new()
        self._read()

    def _read(self) -> None:
        service = self._service
        if service is not None:
            self._desk.read(lambda session: queries.openings(session, service=service.id), self, self.table.show_rows)

    def _new(self) -> None:
        self._edit(None)

    def _edit(self, row: OpeningRow | None) -> None:
        self._of = row
        self.form.clear()
        self.remove_button.setVisible(row is not None)
        self.save_button.setText("&Save this time" if row is None else "&Save the change")
        self.rhythm.set_value((WEEK, 1))
        if row is not None:
            shown = ", ".join(day_names([code]) if len(code) == 2 else code for code in row.days)
            for box, value in ((self.days, shown), (self.opens, row.opens_at), (self.closes, row.closes_at), (self.from_day, row.from_day),
                               (self.to_day, row.to_day), (self.note, row.note), (self.rhythm, (row.freq or WEEK, row.every or 1))):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        service, of = self._service, self._of
        if service is None:
            return
        freq, every = self.rhythm.value() or (WEEK, 1)
        given: dict[str, Any] = {"days": _parts(self.days.value()), "opens_at": self.opens.value(), "closes_at": self.closes.value(),
                                 "from_day": self.from_day.value(), "to_day": self.to_day.value(), "note": self.note.value()}
        if of is None or (freq, every) != (of.freq or WEEK, of.every or 1):
            given |= {"freq": freq, "every": every}
        if of is None:
            self._act(self._desk, "Add an opening time", lambda session: actions.add_opening(session, service=service.id, **given),
                      self._on_saved)
        else:
            self._act(self._desk, "Change an opening time", lambda session: actions.change_opening(session, of.id, **given), self._on_saved)

    def _remove(self) -> None:
        of = self._of
        if of is not None:
            self._act(self._desk, "Take an opening time away", lambda session: actions.remove_opening(session, of.id), self._on_saved)

    def _on_saved(self, _answer: Any) -> None:
        self._new()
        self._read()



def _parts(text: str) -> list[str]:
    return [each.strip() for each in text.replace(";", ",").split(",") if each.strip()]
