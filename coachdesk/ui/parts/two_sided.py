"""Two-sided bars: what went one way and what came the other, as a chart by month and as a small bar in a list. Knows no business.

In the chart what came stands above the line, filled, and what went hangs below it, hatched; in a cell what went lies left, what came
right. Every bar has its number, so nothing is told by colour or by length alone. Left and Right go from one place to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QWidget

from coachdesk.ui.parts.message_bar import announce
from coachdesk.ui.parts.row_table import RowTable
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_LEAST_WIDE, _LINES = 30, 9.5           # characters; lines of text
_BAR = 0.56                             # of a place


class Slot(NamedTuple):
    """One place of the chart: what came (above), what went (below), and the whole in words for a screen reader."""

    key: str
    label: str
    came: int
    went: int
    said: str


class TwoSidedChart(QWidget):
    """`current_changed(key)` as one moves, `opened(key)` on Enter or a double click."""

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, came: str, went: str, empty: str, parent: QWidget | None = None) -> None:
        """`came` and `went` say what stands above and below the line."""
        super().__init__(parent)
        self._came, self._went, self._empty = came, went, empty
        self._slots: Sequence[Slot] = ()
        self.key = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        self.setAccessibleDescription(empty)

    def show_slots(self, slots: Sequence[Slot]) -> None:
        """What to draw. The place one stands on stays where it is still there; else no place is chosen."""
        self._slots = slots
        if self.key not in {slot.key for slot in slots}:
            self.key = ""
        self.setAccessibleDescription(self.said())
        self.update()

    def said(self) -> str:
        """The place one stands on in words, or how many there are."""
        found = next((slot.said for slot in self._slots if slot.key == self.key), "")
        return found or (f"{len(self._slots)} months. Left and Right go from one to the next." if self._slots else self._empty)

    def go(self, key: str) -> None:
        """Stand on a place, or on none ("")."""
        if key == self.key or (key and key not in {slot.key for slot in self._slots}):
            return
        self.key = key
        self.setAccessibleDescription(self.said())
        self.update()
        if self.hasFocus():
            announce(self, self.said())
        self.current_changed.emit(key)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._slots:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            inside = self.rect().adjusted(12, 12, -12, -12)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        else:
            self._paint_slots(painter)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_slots(self, painter: QPainter) -> None:
        palette, metrics = self.palette(), self.fontMetrics()
        line = float(metrics.height())
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        for at, (words, brush) in enumerate(((f"above: {self._came}", self._brush(True)), (f"below: {self._went}", self._brush(False)))):
            left = MEDIUM + at * self.width() / 2
            painter.setBrush(brush)
            painter.drawRect(QRectF(left + 0.5, SMALL + line * 0.2, line * 0.6, line * 0.6))
            room = int(self.width() / 2 - line - MEDIUM)
            painter.drawText(QPointF(left + line, SMALL + metrics.ascent()), metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        top, bottom = SMALL + line * 2.3, self.height() - line * 1.2 - SMALL
        most = max(1, *(slot.came for slot in self._slots)), max(1, *(slot.went for slot in self._slots))
        half = (bottom - top - 2.2 * line) / sum(most)                  # one referral
        axis = top + line + most[0] * half
        for at, slot in enumerate(self._slots):
            self._paint_slot(painter, slot, self._place(at), axis, half, bottom, self._is_labelled(at))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1))
        painter.drawLine(QPointF(MEDIUM, axis), QPointF(self.width() - MEDIUM, axis))

    def _paint_slot(self, painter: QPainter, slot: Slot, place: QRectF, axis: float, half: float, bottom: float, labelled: bool) -> None:
        palette, metrics = self.palette(), self.fontMetrics()
        if slot.key == self.key:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(palette.brush(QPalette.ColorRole.Highlight))
            painter.drawRect(place.adjusted(1, 0, -1, 0))
        wide = place.width() * _BAR
        left = place.center().x() - wide / 2
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1))
        for count, is_came in ((slot.came, True), (slot.went, False)):
            if count:
                painter.setBrush(self._brush(is_came))
                painter.drawRect(QRectF(left, axis - count * half if is_came else axis, wide, count * half))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        for count, y in ((slot.came, axis - slot.came * half - 3), (slot.went, axis + slot.went * half + metrics.ascent() + 1)):
            if count and metrics.horizontalAdvance(f"{count}") <= place.width():
                painter.drawText(QPointF(place.center().x() - metrics.horizontalAdvance(f"{count}") / 2, y), f"{count}")
        if labelled:
            wanted = metrics.horizontalAdvance(slot.label)
            x = min(max(place.center().x() - wanted / 2, 2.0), self.width() - wanted - 2.0)
            painter.drawText(QPointF(x, bottom + metrics.ascent() + 2), slot.label)

    def _brush(self, is_came: bool) -> QBrush:
        ink = self.palette().color(QPalette.ColorRole.Accent)
        return QBrush(ink) if is_came else QBrush(ink, Qt.BrushStyle.BDiagPattern)

    def _place(self, at: int) -> QRectF:
        line = float(self.fontMetrics().height())
        wide = (self.width() - 2 * MEDIUM) / len(self._slots)
        wide, left = min(wide, line * 5), MEDIUM                        # a few months do not become walls
        return QRectF(left + at * wide, SMALL + line * 1.6, wide, self.height() - 2 * SMALL - line * 1.6)

    def _is_labelled(self, at: int) -> bool:
        """As many labels as have room; always the last one."""
        widest = max(self.fontMetrics().horizontalAdvance(slot.label) for slot in self._slots) + MEDIUM
        every = max(1, -(-widest // max(1, int(self._place(0).width()))))
        return (len(self._slots) - 1 - at) % every == 0

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * _LEAST_WIDE, round(metrics.height() * _LINES))

    # going about

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = Qt.Key(event.key()), [slot.key for slot in self._slots]
        if not keys or event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = -1 if key == Qt.Key.Key_Left else 1
            at = keys.index(self.key) + by if self.key else len(keys) - 1
            self.go(keys[min(max(at, 0), len(keys) - 1)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(keys[0 if key == Qt.Key.Key_Home else -1])
        elif key == Qt.Key.Key_Escape and self.key:
            self.go("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _at(self, event: QMouseEvent) -> str:
        return next((slot.key for at, slot in enumerate(self._slots) if self._place(at).contains(event.position())), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.go(self._at(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self._at(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        announce(self, self.said())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


class TwoSidedCell(QStyledItemDelegate):
    """Draws one column of a RowTable as two bars around a middle line, each with its number. The column's own words stay for readers."""

    def __init__(self, table: RowTable, column: int, sides: Callable[[Any], tuple[int, int]]) -> None:
        """`sides(row)` answers (went, came)."""
        super().__init__(table.view)
        self._table, self._sides = table, sides
        self.most = 1                       # the longest bar of the list
        table.view.setItemDelegateForColumn(column, self)

    def show_most(self, most: int) -> None:
        """The number that fills a side."""
        self.most = max(1, most)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        rect, palette = QRectF(option.rect), option.palette
        if self._table.view.selectionModel().isSelected(index):
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Highlight))
        row = self._table.model.row(index.row())
        if row is None:
            return
        went, came = self._sides(row)
        metrics, middle = option.fontMetrics, rect.center().x()
        numbers = metrics.horizontalAdvance(f"{self.most}") + 10
        room, high = max(0.0, rect.width() / 2 - numbers - 4), rect.height() * 0.5
        ink = palette.color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(ink, 1))
        for count, is_came in ((went, False), (came, True)):
            wide = room * count / self.most
            if count:
                painter.setBrush(QBrush(ink) if is_came else QBrush(ink, Qt.BrushStyle.BDiagPattern))
                painter.drawRect(QRectF(middle if is_came else middle - wide, rect.center().y() - high / 2, wide, high))
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            text = f"{count}"
            x = middle + wide + 5 if is_came else middle - wide - 5 - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(x, rect.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)
            painter.setPen(QPen(ink, 1))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1))
        painter.drawLine(QPointF(middle, rect.top() + 2), QPointF(middle, rect.bottom() - 2))
