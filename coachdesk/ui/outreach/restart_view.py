"""The proposed order in which closed places start again, and why each stands where it stands."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coachdesk.casework import closing as closings
from coachdesk.partner.rules import status_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM


class RestartView(QWidget):
    """`left` on Esc or Back."""

    left = Signal()

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self.table = RowTable("Order of the restart", (
            Column("No.", "number", 5, "right"), Column("Place", "venue", 0), Column("Lot", "lot", 15), Column("Status", "said", 28),
            Column("Through it", "people", 9, "right"), Column("Held in two years", "sessions", 14, "right"),
            Column("Review on", "review_on", 12)),
            empty="Every place is open. Close or restrict one on the list of places, and it stands here.")
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(120)
        self.why = PlainLabel("", wrap=True)
        self.print_button = Button("Show on &paper", self.print_order)
        self.back_button = Button("&Back to places", self.left.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)
        layout.addWidget(ButtonRow((self.print_button, self.back_button)))
        self.table.current_changed.connect(self._on_current_changed)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus()

    def read(self) -> None:
        """Ask the store."""
        lot = self._desk.lot
        self._desk.read(lambda session: closings.restart_order(session, lot=lot), self, self._on_read)

    def _on_read(self, rows: list[closings.RestartRow]) -> None:
        self.table.show_rows([_Line(row) for row in rows])
        if rows:
            self.table.go_to(0)
        self._on_current_changed(self.table.current())
        self.first_focus()

    def _on_current_changed(self, line: Any) -> None:
        self.why.setText(f"{line.number}. {line.venue}: {line.why}{f' Reason: {line.reason}.' if line.reason else ''}" if line else "")

    def print_order(self) -> None:
        """The order on paper."""
        lot = self._desk.lot

        def draw(session: Any, printed: Any, out: Any) -> None:
            from coachdesk.documents.venues import restart_sheet

            restart_sheet(closings.restart_order(session, lot=lot), printed, out)

        show_paper(self._desk, self._page, self, "venues", "Starting again", "restart-order.pdf", draw, lot)


class _Line:
    """A row with its status in words."""

    def __init__(self, row: closings.RestartRow) -> None:
        self.id, self.number, self.venue, self.lot, self.people, self.sessions = (
            row.id, row.number, row.venue, row.lot, row.people, row.sessions)
        self.review_on, self.why, self.reason, self.said = row.review_on, row.why, row.reason, status_words(row.status, row.since)
