"""Sessions in a month or a week; below it the day one stands on, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import day_text, month_of, month_words
from coachdesk.outreach import queries
from coachdesk.outreach.rules import CANCELLED, PLANNED, bank_holidays
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.counting import led_by
from coachdesk.ui.outreach.sessions_view import state_in_list
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.calendar_grid import CalendarGrid, Mark
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

SIGNS = {PLANNED: "○", CANCELLED: "✕"}
_KEYS = "Arrows move by a day or a week · Page Up and Down by a month · Enter opens · N a new session there · T today · W week or month"


@dataclass(frozen=True, slots=True)
class DayLine:
    """A session in the list of its day."""

    id: UUID
    times: str
    kind: str
    venue: str
    lot: str
    coach: str
    state: str


def times_of(row: queries.SessionRow) -> str:
    """`09:30–12:00`, or what is known of it."""
    return "–".join(part for part in (row.starts_at, row.ends_at) if part)


def mark_of(row: queries.SessionRow) -> Mark:
    """A session as the calendar shows it: sign, time, venue; what became of it is said in words, too."""
    shown = f"{row.starts_at + ' ' if row.starts_at else ''}{row.venue}"
    said = ", ".join(part for part in (times_of(row), f"{row.kind} at {row.venue}", row.status, led_by(row)) if part)
    return Mark(SIGNS.get(row.status, "●"), shown, row.status == CANCELLED, said)


class CalendarView(QWidget):
    """`day_wanted(date)` asks for a new session on a day; `told(sentence)` is the line under the title."""

    open_requested = Signal(str, object)
    day_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[date, list[queries.SessionRow]] = {}
        self.grid = CalendarGrid("Calendar of sessions", desk.today())
        self.day = RowTable("Sessions of the day", (
            Column("Time", "times", 12), Column("Kind", "kind", 16, show=str.capitalize), Column("Venue", "venue", 0),
            Column("Lot", "lot", 16), Column("Coach", "coach", 26), Column("State", "state", 22)),
            empty="No session on this day. N opens one.", least_rows=2)
        self._build()
        self.grid.range_changed.connect(self.read)
        self.grid.day_changed.connect(lambda _day: self._show_day())
        self.grid.opened.connect(self._on_opened)
        self.grid.new_wanted.connect(self.day_wanted)
        self.day.row_chosen.connect(lambda line: self.open_requested.emit("outreach.session", line.id))

    def _build(self) -> None:
        self.month_label = PlainLabel("", "subheading")
        self.day_label = PlainLabel("", "subheading", wrap=True)
        self.week_button = Button("&Week", self.turn)
        earlier, later = Button("Ear&lier", lambda: self.grid.step(-1)), Button("La&ter", lambda: self.grid.step(1))
        earlier.tell_keys("PgUp")
        later.tell_keys("PgDown")
        self.buttons = ButtonRow((earlier, later, Button("Tod&ay", lambda: self.grid.go(self._desk.today())), self.week_button))
        head = QHBoxLayout()
        head.addWidget(self.month_label, 1)
        head.addWidget(self.buttons, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addLayout(head)
        layout.addWidget(self.grid, 5)
        layout.addWidget(self.day_label)
        layout.addWidget(self.day, 2)
        layout.addWidget(PlainLabel(f"○ planned · ● held · ✕ cancelled. {_KEYS}", "muted", wrap=True))
        self._show_title()

    def first_focus(self) -> None:
        """The day one stands on."""
        self.grid.setFocus()

    def turn(self) -> None:
        """A week, or a month again."""
        self.grid.show_week(not self.grid.is_week)
        self.week_button.setText("M&onth" if self.grid.is_week else "&Week")
        self.first_focus()

    def go(self, day: date) -> None:
        """Stand on a day."""
        self.grid.go(day)

    def read(self) -> None:
        """Ask the store for the days in sight."""
        days, lot = self.grid.days(), self._desk.lot
        self._show_title()
        self._desk.read(lambda session: (days[0], queries.sessions(session, lot=lot, since=days[0], until=days[-1])), self, self._on_read)

    def _on_read(self, answer: tuple[date, Sequence[queries.SessionRow]]) -> None:
        first, rows = answer
        days = self.grid.days()
        if first != days[0]:
            return                                  # one has gone on since
        self._rows = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.starts_at or "", row.venue.casefold())):
            self._rows[row.held_on].append(row)
        holidays = {on: name for year in {days[0].year, days[-1].year} for on, name in bank_holidays(year).items()}
        self.grid.show_marks({on: [mark_of(row) for row in found] for on, found in self._rows.items()}, holidays)
        self._show_day()
        planned = sum(row.status == PLANNED for row in rows)
        off = sum(row.status == CANCELLED for row in rows)
        parts = [f"{len(rows) - planned - off:,} held", f"{planned:,} planned", f"{off:,} cancelled" if off else ""]
        self.told.emit(f"{self.month_label.text()}: {', '.join(part for part in parts if part)}")

    def _show_title(self) -> None:
        days = self.grid.days()
        self.month_label.setText(f"Week of {day_text(days[0])}" if self.grid.is_week else month_words(month_of(self.grid.day)))

    def _show_day(self) -> None:
        day = self.grid.day
        self.day_label.setText(f"{day:%A} {day_text(day)}")
        self.day.show_rows([DayLine(row.id, times_of(row), row.kind, row.venue, row.lot, led_by(row), state_in_list(row))
                            for row in self._rows.get(day, ())])

    def _on_opened(self, day: date) -> None:
        """Enter: the one session of the day, the list of several, a new one on an empty day."""
        found = self._rows.get(day, ())
        if len(found) == 1:
            self.open_requested.emit("outreach.session", found[0].id)
        elif found:
            self.day.setFocus()
            self.day.go_to(0)
        else:
            self.day_wanted.emit(day)

    def keyPressEvent(self, event: Any) -> None:
        does: Callable[[], None] | None = {"w": self.turn}.get(event.text().casefold())
        if does is not None:
            does()
        else:
            super().keyPressEvent(event)
