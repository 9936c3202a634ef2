"""How much hangs on each place: the share of starts and referrals that came through it, down to the people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.casework import dependency as dependencies
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.outreach.period import period_field, since_of, words_of
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

KEY = "dependency"


@dataclass(frozen=True, slots=True)
class DependencyShown:
    """One reading."""

    rows: list[dependencies.DependencyRow]
    since: date | None


class DependencyView(QWidget):
    """Enter on a place shows its people below; Enter on a person opens them."""

    told = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self.period = period_field()
        share = dependencies.share_text
        self.table = RowTable("Places by what came through them", (
            Column("Place", "venue", 0), Column("Partner", "partner", 0), Column("Lot", "lot", 16), Column("Status", "status", 10),
            Column("Starts", "starts", 8, "right"), Column("Share", "starts_share", 9, "right", show=share),
            Column("Referrals", "referrals", 10, "right"), Column("Share", "referrals_share", 9, "right", show=share)),
            empty="Nobody started or was referred in this time.")
        self.words = PlainLabel("", "subheading", wrap=True)
        self.people = RowTable("Who came through it", (
            Column("Name", "name", 0, private=True), Column("Reference", "reference", 13), Column("Registered", "registered_on", 12),
            Column("Started", "started_on", 12),
            Column("Met at", "met", 0), Column("Referrals", "referrals", 9, "right"), Column("Coach", "coach", 18)),
            empty="Nobody came through this place in this time.")
        for table, least in ((self.table, 120), (self.people, 90)):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(least)
        self.paper_button = Button("Show on &paper", self.print_shares)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("&Time", self.period), 1)
        row.addStretch(2)
        row.addWidget(self.paper_button)
        layout.addLayout(row)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.words)
        layout.addWidget(self.people, 2)
        self.period.changed.connect(self._on_period_changed)
        self.table.current_changed.connect(self._on_current_changed)
        self.table.row_chosen.connect(lambda _row: self.people.setFocus())
        self.people.row_chosen.connect(lambda row: self.open_requested.emit("participant", row.id))

    def first_focus(self) -> None:
        """The list of places."""
        self.table.setFocus()

    def read(self) -> None:
        """Ask the store again."""
        lot, since, today = self._desk.lot, since_of(self.period, self._desk.today()), self._desk.today()
        self._desk.read(lambda session: DependencyShown(dependencies.dependency(session, lot=lot, since=since, until=today), since), self,
                        self._on_read)

    def _on_period_changed(self) -> None:
        if self.period.is_settled() and not self.period.is_empty():
            self.read()

    def _on_read(self, found: DependencyShown) -> None:
        self.table.show_rows([row for row in found.rows if row.starts or row.referrals])
        if not self.table.view.selectionModel().hasSelection():
            self.table.go_to(0)
        starts, referrals = sum(row.starts for row in found.rows), sum(row.referrals for row in found.rows)
        said = f"{starts:,} starts and {referrals:,} referrals in {words_of(self.period)}"
        self.told.emit(f"{said}; a start is the first meaningful help, and shares come to 100 %")
        self._on_current_changed(self.table.current())

    def _on_current_changed(self, row: dependencies.DependencyRow | None) -> None:
        self.words.setText(dependencies.loss_words(row) if row is not None else "")
        if row is None:
            self.people.show_rows([])
            return
        id, lot, since, today = row.id, self._desk.lot, since_of(self.period, self._desk.today()), self._desk.today()
        self._desk.read(lambda session: dependencies.came(session, id, lot=lot, since=since, until=today), self,
                        lambda rows: self._show_people(id, rows))

    def _show_people(self, id: UUID, rows: list[dependencies.CameRow]) -> None:
        current = self.table.current()
        if current is not None and current.id == id:
            self.people.show_rows(rows)

    def print_shares(self) -> None:
        """The shares on paper, without names."""
        lot, since, today = self._desk.lot, since_of(self.period, self._desk.today()), self._desk.today()

        def draw(session: Any, printed: Any, out: Any) -> None:
            from coachdesk.documents.venues import dependency_sheet

            dependency_sheet(dependencies.dependency(session, lot=lot, since=since, until=today), since, today, printed, out)

        show_paper(self._desk, self._page, self, KEY, "What hangs on each place", "venue-dependency.pdf", draw, lot)
