"""Presence by weeks: a strip of signs for each place or coach. The signs are letters, so that no colour is needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.outreach import queries
from coachdesk.outreach.rules import ABSENT, CALLED_OFF, COVERED, NOTHING, PRESENT, SIGN_WORDS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

KEY = "presence"
_WEEKS = ((13, "13 weeks"), (26, "26 weeks"), (52, "52 weeks"))
_STRIP = 1                # the column of the strip
_LEGEND = "; ".join(f"{sign} {SIGN_WORDS[sign]}" for sign in (PRESENT, COVERED, CALLED_OFF, ABSENT, NOTHING))


class _Strip(QStyledItemDelegate):
    """Draws the signs of a row as cells of one width, so that weeks stand below each other; filled ones where somebody was there."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(table.view)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        look: Any = option
        rect: QRect = look.rect
        palette: QPalette = look.palette
        if self._table.view.selectionModel().isSelected(index):
            painter.setBackground(palette.brush(QPalette.ColorRole.Highlight))
            painter.eraseRect(rect)
        signs = self._table.text(index.row(), _STRIP)
        if not signs:
            return
        wide = (rect.width() - 8) / len(signs)
        for at, sign in enumerate(signs):
            cell = QRect(round(rect.x() + 4 + at * wide), rect.y() + 4, max(1, round(wide) - 1), rect.height() - 8)
            if sign in (PRESENT, COVERED):
                painter.setBackground(palette.brush(QPalette.ColorRole.Accent if sign == PRESENT else QPalette.ColorRole.AlternateBase))
                painter.eraseRect(cell)
            filled = QPalette.ColorRole.HighlightedText if sign == PRESENT else QPalette.ColorRole.Text
            painter.setPen(palette.color(QPalette.ColorRole.Base if sign == PRESENT else filled))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, sign)


class PresenceView(QWidget):
    """`told(sentence)` is the line under the title."""

    told = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.by = ChoiceField([(False, "places"), (True, "coaches")])
        self.by.set_value(False)
        self.weeks = ChoiceField(list(_WEEKS))
        self.weeks.set_value(26)
        self.table = RowTable("Presence by weeks", (
            Column("Place or coach", "name", 0), Column("Weeks", "signs", 58, show="".join), Column("There", "weeks", 7, "right"),
            Column("Expected", "expected", 9, "right"), Column("Gap", "gap", 27)),
            empty="No place is known in this lot. Add one on the Partners page.")
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(140)
        self.table.view.setItemDelegateForColumn(_STRIP, _Strip(self.table))
        self.words = PlainLabel("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("O&f", self.by), 1)
        row.addWidget(field("&Weeks", self.weeks), 1)
        row.addStretch(2)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        layout.addWidget(PlainLabel(_LEGEND, "muted", wrap=True))
        for box in (self.by, self.weeks):
            box.changed.connect(self._on_choice_changed)
        self.table.current_changed.connect(self._on_current_changed)
        self.table.row_chosen.connect(self._on_chosen)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus()

    def read(self) -> None:
        """Ask the store again."""
        lot, by_coach, weeks = self._desk.lot, bool(self.by.value()), self.weeks.value() or 26
        self._desk.read(lambda session: queries.presence(session, lot=lot, by_coach=by_coach, weeks=weeks), self, self._on_read)

    def _on_choice_changed(self) -> None:
        if all(box.is_settled() and not box.is_empty() for box in (self.by, self.weeks)):
            self.read()

    def _on_read(self, rows: list[queries.PresenceRow]) -> None:
        self.table.show_rows(rows)
        if not self.table.view.selectionModel().hasSelection():
            self.table.go_to(0)
        gaps = sum(bool(row.gap) for row in rows)
        last = rows[0].from_week + timedelta(weeks=len(rows[0].signs) - 1) if rows else None
        self.told.emit(f"Weeks of {day_text(rows[0].from_week)} to {day_text(last)}; {gaps:,} of {len(rows):,} with a gap worth a look"
                       if last is not None else "")
        self._on_current_changed(self.table.current())

    def _on_current_changed(self, row: queries.PresenceRow | None) -> None:
        self.words.setText(strip_words(row) if row is not None else "")

    def _on_chosen(self, row: queries.PresenceRow) -> None:
        if not self.by.value():
            self.open_requested.emit("partner.venue", row.id)


def strip_words(row: queries.PresenceRow) -> str:
    """One strip in words, for those who cannot see it and for everybody else."""
    if row.last_on is None:
        return f"{row.name}: nobody was there yet."
    parts = [f"{row.name}: there in {row.weeks:,} of {len(row.signs):,} weeks", f"expected in {row.expected:,}",
             f"covered in {row.covered:,}" if row.covered else "", f"last on {day_text(row.last_on)}",
             f"longest gap {row.longest_gap:,} week{'' if row.longest_gap == 1 else 's'}" if row.longest_gap else "",
             f"with {row.coaches}" if row.coaches else ""]
    return ", ".join(part for part in parts if part) + "."
