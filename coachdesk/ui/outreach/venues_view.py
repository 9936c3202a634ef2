"""Places: which are open, what is planned there; close one, open it again, and the order of a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.rules import OPEN, status_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.closing_form import ClosingForm
from coachdesk.ui.outreach.restart_view import RestartView
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.work import speak

KEY = "venues"


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A place, as the list shows it."""

    id: UUID
    venue: str
    partner: str
    lot: str
    state: str
    reason: str
    review_on: date | None
    sessions: int
    planned: int
    last_on: date | None
    row: queries.UsedVenueRow


def venue_line(row: queries.UsedVenueRow) -> VenueLine:
    """One row of the list."""
    return VenueLine(row.id, row.venue, row.partner or "", row.lot, status_words(row.status, row.status_from), row.reason or "",
                     row.review_on, row.sessions, row.planned, row.last_on, row)


def history_words(rows: list[partner_queries.VenueStatusRow]) -> str:
    """What was said of a place, the latest first, in one paragraph."""
    if not rows:
        return "nothing was said of it yet, so it is open."
    said = [f"{row.status} from {day_text(row.from_day)}{f' ({row.reason})' if row.reason else ''}"
            f"{f', risk assessed on {day_text(row.risk_assessed_on)}' if row.risk_assessed_on else ''}"
            f"{f', said by {row.said_by}' if row.said_by else ''}" for row in rows[:4]]
    return f"{'; '.join(said)}{'; …' if len(rows) > 4 else ''}."


class VenuesView(QWidget):
    """`told(sentence)` is the line under the title."""

    told = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self.table = RowTable("Places", (
            Column("Place", "venue", 0), Column("Lot", "lot", 16), Column("Status", "state", 25),
            Column("Reason", "reason", 0), Column("Review on", "review_on", 12), Column("In a year", "sessions", 9, "right"),
            Column("Planned", "planned", 8, "right"), Column("Last held", "last_on", 12)),
            empty="No place is known in this lot. Add one on the Partners page: an organisation, then where people are met.")
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)        # the list scrolls, not the page
        self.table.setMinimumHeight(120)
        self.closing = ClosingForm(desk, page)
        self.restart = RestartView(desk, page)
        self.history = PlainLabel("", "muted", wrap=True)
        self._build()

    def _build(self) -> None:
        verbs: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("C&lose or restrict…", "L", self.close_place), ("Open a&gain", "G", self.open_again),
            ("Res&tart order…", "T", self.show_restart), ("To its part&ner", "", self.to_partner))
        buttons = []
        for words, letter, does in verbs:
            button = Button(words, does)
            if letter:
                button.tell_keys(letter)
                QShortcut(QKeySequence(letter), self.table).activated.connect(does)
            buttons.append(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.history)
        layout.addWidget(ButtonRow(buttons))
        self.table.row_chosen.connect(lambda _line: self.close_place())
        self.table.current_changed.connect(self._on_current_changed)
        self.closing.left.connect(self._come_back)
        self.closing.open_requested.connect(self.open_requested)
        self.restart.left.connect(self._come_back)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus()

    def read(self) -> None:
        """Ask the store again."""
        lot = self._desk.lot
        self._desk.read(lambda session: queries.used_venues(session, lot=lot), self, self._on_read)

    def _on_read(self, rows: list[queries.UsedVenueRow]) -> None:
        self.table.show_rows([venue_line(row) for row in rows])
        shut = sum(row.status != OPEN for row in rows)
        self.told.emit(f"{len(rows):,} place{'' if len(rows) == 1 else 's'}, {shut:,} not open" if rows else "")
        if rows and not self.table.view.selectionModel().hasSelection():
            self.table.go_to(0)
        self._on_current_changed(self.table.current())

    def _on_current_changed(self, line: VenueLine | None) -> None:
        self.history.setText("")
        if line is not None:
            id = line.id
            self._desk.read(lambda session: partner_queries.venue_statuses(session, venue=id, limit=5), self,
                            lambda rows: self._show_history(id, rows))

    def _show_history(self, id: UUID, rows: list[partner_queries.VenueStatusRow]) -> None:
        line = self.table.current()
        if line is not None and line.id == id:
            of = f"{line.venue}, of {line.partner}" if line.partner else line.venue
            self.history.setText(f"{of}: {history_words(rows)}")

    def _row(self) -> queries.UsedVenueRow | None:
        line = self.table.current()
        if line is None:
            speak(self, Refusal("There is no place in the list.", "Add one on the Partners page first."))
            return None
        found: queries.UsedVenueRow = line.row
        return found

    def close_place(self) -> None:
        """The form that closes the place one stands on, with everything that hangs on it."""
        row = self._row()
        if row is not None:
            self._page.show_form(self.closing, f"Close or restrict {row.venue}",
                                 "Everything is one step, which Undo takes back. Esc goes back.")
            self.closing.begin(row)

    def open_again(self) -> None:
        """Open again from today."""
        row = self._row()
        if row is not None:
            self._desk.act("Open a place again", lambda session: actions.open_venue(session, row.id), self,
                           lambda _id: self._page.say_done(f"{row.venue} is open again from today.",
                                                           "Plan its sessions, and tell those who were told that it closed."))

    def show_restart(self) -> None:
        """In which order places start again."""
        self._page.show_form(self.restart, "Starting again", "A proposal: own premises first. You decide. Esc goes back.")
        self.restart.read()

    def to_partner(self) -> None:
        """The place at its organisation."""
        row = self._row()
        if row is not None:
            self.open_requested.emit("partner.venue", row.id)

    def _come_back(self) -> None:
        self._page.show_tab(KEY)
