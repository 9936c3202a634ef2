"""Series of sessions: which run, how far they are planned; plan on, change, end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.series_form import SeriesForm
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import short_day
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.work import speak


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series, as the list shows it."""

    id: UUID
    often: str
    times: str
    kind: str
    venue: str
    lot: str
    coach: str
    ahead: str
    state: str
    row: queries.SeriesRow


def series_state(row: queries.SeriesRow) -> str:
    """Whether a series goes on, in words."""
    if row.ended_why:
        return f"ended: {row.ended_why}"
    return f"until {day_text(row.to_day)}" if row.to_day else "goes on"


def series_line(row: queries.SeriesRow) -> SeriesLine:
    """One row of the list."""
    times = "–".join(part for part in (row.starts_at, row.ends_at) if part)
    ahead = f"{row.planned} to {short_day(row.last_on)}" if row.planned and row.last_on else "none"
    return SeriesLine(row.id, row.how_often, times, row.kind, row.venue, row.lot, row.coach, ahead, series_state(row), row)


def planned_words(row: queries.SeriesRow, holidays: list[tuple[date, str]]) -> tuple[str, str]:
    """What was planned, and the bank holidays among the days."""
    said = f"{row.planned} sessions are planned, {row.how_often}, up to {day_text(row.last_on)}." if row.last_on else "Nothing is planned."
    told = "; ".join(f"{day_text(on)} ({name})" for on, name in holidays[:4])
    return said, f"On a bank holiday: {told}. Cancel those on which the place is shut." if holidays else ""


class SeriesView(QWidget):
    """`told(sentence)` is the line under the title."""

    told = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._wanted: UUID | None = None
        self.table = RowTable("Series of sessions", (
            Column("How often", "often", 23), Column("Time", "times", 11), Column("Kind", "kind", 14, show=str.capitalize),
            Column("Venue", "venue", 0), Column("Lot", "lot", 14), Column("Coach", "coach", 14), Column("Planned", "ahead", 18),
            Column("State", "state", 16)),
            empty="No series yet. New session, with “Comes back every 1 week”, plans one.", empty_button="New session…",
            on_empty=page.new_session, least_rows=3)
        self.form = SeriesForm(desk)
        self._build()

    def _build(self) -> None:
        verbs: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("Plan &on", "O", self.plan_on), ("Chan&ge…", "G", self.change), ("E&nd…", "N", self.end))
        buttons = []
        for words, letter, does in verbs:
            button = Button(words, does)
            button.tell_keys(letter)
            buttons.append(button)
            QShortcut(QKeySequence(letter), self.table).activated.connect(does)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.table, 1)
        layout.addWidget(ButtonRow(buttons))
        layout.addWidget(PlainLabel("Enter or G changes what is planned from a day on · O plans half a year on · N ends it. "
                                    "Sessions that were held stay as they are.", "muted", wrap=True))
        self.table.row_chosen.connect(lambda _line: self.change())
        self.form.left.connect(self._come_back)
        self.form.saved.connect(self._come_back)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus()

    def read(self) -> None:
        """Ask the store again."""
        lot = self._desk.lot
        self._desk.read(lambda session: queries.series(session, lot=lot), self, self._on_read)

    def stand_on(self, id: UUID) -> None:
        """Stand on a series once the list is read."""
        self._wanted = id
        self.read()

    def _on_read(self, rows: list[queries.SeriesRow]) -> None:
        lines = [series_line(row) for row in rows]
        self.table.show_rows(lines)
        if self._wanted is not None:
            self.table.go_to(next((at for at, line in enumerate(lines) if line.id == self._wanted), 0))
            self._wanted = None
        running = sum(row.ended_why is None for row in rows)
        self.told.emit(f"{running} series running, {sum(row.planned for row in rows):,} sessions planned" if rows else "")

    def _row(self) -> queries.SeriesRow | None:
        line = self.table.current()
        if line is None:
            speak(self, Refusal("There is no series in the list.", "Plan one first: New session, comes back every week."))
            return None
        found: queries.SeriesRow = line.row
        return found

    def plan_on(self) -> None:
        """The sessions of the next half year."""
        row = self._row()
        if row is not None:
            self._desk.act("Plan a series on", lambda session: actions.extend_series(session, row.id), self,
                           lambda _none: self._page.say_planned(row.id))

    def change(self) -> None:
        """What is planned from a day on."""
        row = self._row()
        if row is not None:
            self._page.show_form(self.form, "Change the series", f"{row.venue}, {row.how_often}. Enter saves. Esc goes back.")
            self.form.begin(row)

    def end(self) -> None:
        """The last day and why; what is planned after it is cancelled."""
        row = self._row()
        if row is None:
            return

        def end(why: str, last: date | None) -> None:
            self._desk.act("End a series", lambda session: actions.end_series(session, row.id, why=why, last_day=last), self,
                           lambda _none: self._come_back())

        words = ("Planned sessions after the last day are cancelled with this reason, as one step that Undo takes back. "
                 "Sessions that were held stay.")
        self._page.ask_reason("End the series", f"{row.venue}, {row.how_often}", words, "End the series", end, self._desk.today())

    def _come_back(self) -> None:
        self._page.show_tab("series")
