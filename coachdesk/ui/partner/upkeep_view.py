"""How an organisation is tended: its clocks, and one history of contacts, words on trust and introductions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.history import INTRODUCTION, TOUCH, TRUST, HistoryLine, UpkeepSheet, facts_of, read_upkeep, steps_of, told_of
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.stepped import SteppedLine
from coachdesk.ui.parts.text import PlainLabel


class UpkeepView(QWidget):
    """`asked(what, row)`: "touch", "trust", "introduction" or "upkeep" is to be written down or changed (row None: a new one).

    `open_requested(kind, id)`: a session or a referral.
    """

    asked = Signal(str, object)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._partner: UUID | None = None
        self.sheet: UpkeepSheet | None = None
        self.heading = PlainLabel("", "subheading", wrap=True)
        self.facts = Facts()
        self.line = SteppedLine("Trust from step to step")
        self.table = RowTable(
            "History", (Column("Day", "on_day", 12), Column("What", "what", 0), Column("Who", "who", 18, private=True)),
            empty="No real contact is written down yet. Log the first touch.")
        self.words = PlainLabel("", "muted", wrap=True)
        self.touch_button = Button("L&og a touch…", lambda: self.asked.emit("touch", None), role="primary")
        self.trust_button = Button("Tru&st…", lambda: self.asked.emit("trust", None))
        self.trust_button.setToolTip("How they take us from a day on, and what came before it")
        self.door_button = Button("Introdu&ction…", lambda: self.asked.emit("introduction", None))
        self.upkeep_button = Button("How oft&en…", lambda: self.asked.emit("upkeep", None))
        self._build()

    def _build(self) -> None:
        clock, listed = Card(), Card()
        clock.setAccessibleName("Clock")
        listed.setAccessibleName("History")
        clock.body.addWidget(self.heading)
        clock.body.addWidget(Scrolled(self.facts), 1)
        foot = QHBoxLayout()
        foot.addWidget(self.upkeep_button, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self.line, 1)
        clock.body.addLayout(foot)
        listed.body.addWidget(self.table, 1)
        listed.body.addWidget(self.words)
        listed.body.addWidget(ButtonRow((self.touch_button, self.trust_button, self.door_button)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(clock, listed, (500, 560), narrow=90))
        self.table.row_chosen.connect(self._on_chosen)
        self.table.current_changed.connect(self._tell)

    def show_partner(self, partner: UUID) -> None:
        """Read how an organisation is tended."""
        self._partner = partner
        day = self._desk.today()
        self._desk.read(lambda session: read_upkeep(session, partner, day), self, lambda sheet: self._on_read(partner, sheet))

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        if self.sheet is not None:
            self.facts.show_pairs(facts_of(self.sheet))
            self._tell(self.table.current())

    def _on_read(self, partner: UUID, sheet: UpkeepSheet | None) -> None:
        if partner != self._partner or sheet is None:
            return
        self.sheet = sheet
        self.heading.setText(sheet.row.partner)
        self.facts.show_pairs(facts_of(sheet))
        steps = steps_of(sheet)
        self.line.show_steps(steps, len(sheet.network.trust.steps), self._desk.today())
        self.line.setVisible(len(steps) > 1)
        self.table.show_rows(sheet.lines)
        if self.table.current() is None and sheet.lines:
            self.table.go_to(0)
        self._tell(self.table.current())

    def _tell(self, line: HistoryLine | None) -> None:
        self.words.setText(told_of(line))
        self.words.setVisible(bool(self.words.text()))

    def _on_chosen(self, line: HistoryLine) -> None:
        row: Any = line.row
        if line.kind == TOUCH and self.sheet is not None:
            self.asked.emit("touch", self.sheet.touches.get(line.id))
        elif line.kind == INTRODUCTION:
            self.asked.emit("introduction", row)
        elif line.kind != TRUST:
            self.open_requested.emit(line.kind, line.id)
