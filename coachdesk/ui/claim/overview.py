"""All claims at a glance: months down, lots across, each cell its status and what is payable; Enter opens the month."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from coachdesk.claim.queries import ClaimRow
from coachdesk.clock import day_text, month_words
from coachdesk.ui.claim.reading import STATUS_WORDS, Overview
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

Index = QModelIndex | QPersistentModelIndex
_EMPTY = Overview((), (), {})
_LEAST = 11  # characters that a sum of money takes
_NOTHING = "–"


def _in_two_lines(name: str) -> str:
    """A long name broken at the blank nearest to its middle."""
    blanks = [at for at, sign in enumerate(name) if sign == " "]
    if not blanks or len(name) <= _LEAST:
        return name
    middle = min(blanks, key=lambda at: abs(at - len(name) / 2))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


class _Grid(QAbstractTableModel):
    """Months × lots, and a last column with the month's sum."""

    def __init__(self) -> None:
        super().__init__()
        self.overview = _EMPTY

    def show(self, overview: Overview) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.overview = overview
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.overview.months)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.overview.lots) + 1

    def claim(self, at: int, column: int) -> ClaimRow | None:
        """The claim of a cell, if there is one."""
        if column >= len(self.overview.lots):
            return None
        return self.overview.claims.get((self.overview.months[at], self.overview.lots[column][0]))

    def sum(self, at: int) -> int:
        """What all lots of a month come to, in pence."""
        return sum(found.payable_pence for column in range(len(self.overview.lots)) if (found := self.claim(at, column)) is not None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(index.row(), index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == len(self.overview.lots):
            total = self.sum(index.row())
            return pence_text(total) if total else _NOTHING
        found = self.claim(index.row(), index.column())
        return f"{pence_text(found.payable_pence)}\n{STATUS_WORDS[found.status]}" if found else _NOTHING

    def sentence(self, at: int, column: int) -> str:
        """A cell in words, as it stands below the grid and as a screen reader says it."""
        month = month_words(self.overview.months[at])
        if column >= len(self.overview.lots):
            return f"All lots, {month}: {pence_text(self.sum(at))} in claims that were drafted, sent or paid."
        lot, found = self.overview.lots[column][1], self.claim(at, column)
        earned = self._earned(at, column)
        if found is None:
            return f"{lot}, {month}: not drafted. Enter works it out.{earned}"
        parts = [f"{found.lines} line{'' if found.lines == 1 else 's'}", f"own claim {pence_text(found.actual_pence)}"]
        if found.top_up_pence is not None:
            parts.append(f"top-up {pence_text(found.top_up_pence)}")
        parts.append(f"payable {pence_text(found.payable_pence)}")
        if found.sent_on:
            parts.append(f"sent on {day_text(found.sent_on)}")
        if found.paid_on and found.paid_pence is not None:
            parts.append(f"{pence_text(found.paid_pence)} paid on {day_text(found.paid_on)}")
        return f"{lot}, {month}: {STATUS_WORDS[found.status]}; {', '.join(parts)}.{earned}"

    def _earned(self, at: int, column: int) -> str:
        """The ledger of a cell in a sentence: what was earned in the month, whichever claim took it."""
        row = self.overview.ledger.get((self.overview.months[at], self.overview.lots[column][0]))
        if row is None:
            return ""
        left = ("nothing is open" if not row.open_pence else f"{pence_text(row.open_pence)} is open" if row.open_pence > 0
                else f"{pence_text(-row.open_pence)} is to be given back")
        return f" Earned in it: worth {pence_text(row.worth_pence)} today, {pence_text(row.taken_pence)} taken by claims, {left}."

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and orientation == Qt.Orientation.Horizontal and section < len(self.overview.lots):
            return self.overview.lots[section][1]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return month_words(self.overview.months[section])
        return _in_two_lines(self.overview.lots[section][1]) if section < len(self.overview.lots) else "All lots"


class _View(QTableView):
    """Cells chosen one at a time with the arrows."""

    entered = Signal(int, int)
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit(self.currentIndex().row(), self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class OverviewGrid(QWidget):
    """`chosen(lot id, month)` on Enter or double click on a cell."""

    chosen = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = _Grid()
        self.view = _View()
        self.view.setAccessibleName("All claims by month and lot")
        self._below = PlainLabel("", "muted", wrap=True)
        self._build_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._below)
        self.setFocusProxy(self.view)
        self.view.entered.connect(self._on_view_entered)
        self.view.doubleClicked.connect(lambda index: self._on_view_entered(index.row(), index.column()))
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.resized.connect(self._share_out)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setShowGrid(False)
        view.setStyleSheet("QTableView::item { padding-right: 5px; }")
        view.verticalHeader().setStyleSheet("QHeaderView::section { border: none; }")
        view.setAlternatingRowColors(True)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (view.horizontalHeader(), view.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._fit()

    def show_overview(self, overview: Overview) -> None:
        """Show claims, standing where one stood."""
        at = self.view.currentIndex()
        row, column = max(at.row(), 0), max(at.column(), 0)
        self.model.show(overview)
        self._share_out()
        self.go_to(min(row, self.model.rowCount() - 1), min(column, self.model.columnCount() - 1))

    def go_to(self, row: int, column: int) -> None:
        """Stand on a cell."""
        if row >= 0 and column >= 0:
            self.view.setCurrentIndex(self.model.index(row, column))

    def below(self) -> str:
        """The sentence under the grid: for tests."""
        return self._below.text()

    def _on_current_changed(self, current: Index) -> None:
        self._below.setText(self.model.sentence(current.row(), current.column()) if current.isValid() else "")

    def _on_view_entered(self, row: int, column: int) -> None:
        lots = self.model.overview.lots
        if column < len(lots):
            self.chosen.emit(lots[column][0], self.model.overview.months[row])

    def _fit(self) -> None:
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(round(metrics.lineSpacing() * 2.6))
        self.view.horizontalHeader().setFixedHeight(round(metrics.lineSpacing() * 2.6) + MEDIUM)
        self._share_out()

    def _share_out(self) -> None:
        """Columns as wide as there is room for, never narrower than a sum of money."""
        count = self.model.columnCount()
        if count:
            least = self.view.fontMetrics().horizontalAdvance("0") * _LEAST + 16
            for column in range(count):
                self.view.setColumnWidth(column, max(self.view.viewport().width() // count, least))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "view"):
            self._fit()
