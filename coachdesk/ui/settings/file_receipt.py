"""What went back of a file that was taken back, or what stands in the way: a list to read and to save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.exchange.csv_in.taking_back import Obstacle, Receipt
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_WHAT = Column("What", "what", 24)
_NAME = Column("Name", "name", 0, private=True)
_REFERENCE = Column("Reference", "reference", 14)


class FileReceipt(QWidget):
    """`left()` on Back or Esc; `save_asked()` for the list as a csv file; `open_requested(kind, id)` on Enter on what stands in the way."""

    left = Signal()
    save_asked = Signal()
    open_requested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.words = PlainLabel("", "subheading", wrap=True), PlainLabel("", "muted", wrap=True)
        self.went = RowTable("What went back", (_WHAT, _NAME, _REFERENCE), empty="Nothing of it was there any more.", least_rows=6)
        self.stands = RowTable(
            "What stands in the way", (_WHAT, _NAME, _REFERENCE, Column("Because", "because", 0)), empty="Nothing.", least_rows=6)
        self.stands.row_chosen.connect(self._on_chosen)
        self.save_button = Button("&Save this list…", self.save_asked.emit)
        self.back_button = Button("&Back to the files", self.left.emit, role="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setSpacing(MEDIUM)
        for widget in (self.title, self.words):
            layout.addWidget(widget)
        layout.addWidget(self.went, 1)
        layout.addWidget(self.stands, 1)
        layout.addWidget(ButtonRow((self.back_button, self.save_button)))

    def show_receipt(self, receipt: Receipt) -> None:
        """The receipt of one that went back."""
        row = receipt.row
        self.title.setText(f"{row.file} is taken back: {row.taken:,} of its lines, brought in on {day_text(row.came_on)}")
        gone = f" {receipt.already_gone:,} of its records had been taken away before." if receipt.already_gone else ""
        self.words.setText(f"This list is shown once: save it if you need it.{gone}")
        self._front(self.went, receipt.went)

    def show_obstacles(self, file: str, stands: Sequence[Obstacle]) -> None:
        """Why one cannot go back."""
        self.title.setText(f"{file} cannot be taken back yet")
        self.words.setText("Something was done since about these records. Take that back first, or correct them by hand.")
        self._front(self.stands, stands)

    def rows(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """(header, rows) of the list in front, for a file."""
        table = self.stands if self.went.isHidden() else self.went
        names = [column.attribute for column in table.model.columns]
        rows: list[Any] = [table.model.row(at) for at in range(table.count())]
        return tuple(names), [tuple(str(getattr(row, name)) for name in names) for row in rows]

    def first_focus(self) -> None:
        """The list."""
        (self.stands if self.went.isHidden() else self.went).setFocus(Qt.FocusReason.OtherFocusReason)

    def _front(self, table: RowTable, rows: Sequence[Any]) -> None:
        for each in (self.went, self.stands):
            each.setVisible(each is table)
        table.show_rows(rows)

    def _on_chosen(self, row: Obstacle) -> None:
        if row.kind and row.id is not None:
            self.open_requested.emit(row.kind, row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
