"""A month or a week of days, wholly by keyboard. Knows no business: it shows marks, says them to a screen reader, and tells what is wanted.

Arrows move by a day or a week, Page Up and Down by a month (a week in the week's view), Home and End to the ends of the week; Enter opens
the day, N begins something new on it. What a mark means is said by its sign and its words, never by colour alone.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.clock import day_text
from coachdesk.ui.parts.message_bar import announce

_WEEK = 7
_LEAST_WIDE, _LEAST_LINES = 7, 2.3         # of a day: characters, lines
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


class Mark(NamedTuple):
    """One thing on a day: a sign such as ○, a few words, whether it is struck out, and the whole of it for a screen reader."""

    sign: str
    words: str
    is_off: bool = False
    said: str = ""


class CalendarGrid(QWidget):
    """`day_changed(date)` as one moves, `range_changed()` when other days are shown, `opened(date)` on Enter, `new_wanted(date)` on N."""

    day_changed = Signal(object)
    range_changed = Signal()
    opened = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._today = name, today
        self.day = today
        self.is_week = False
        self._marks: Mapping[date, Sequence[Mark]] = {}
        self._notes: Mapping[date, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setAccessibleName(name)
        self._describe()

    # what is shown

    def days(self) -> list[date]:
        """The days in sight, whole weeks from Monday."""
        if self.is_week:
            first = self.day - timedelta(days=self.day.weekday())
            return [first + timedelta(days=at) for at in range(_WEEK)]
        first = self.day.replace(day=1)
        begin = first - timedelta(days=first.weekday())
        weeks = -(-(first.weekday() + calendar.monthrange(first.year, first.month)[1]) // _WEEK)
        return [begin + timedelta(days=at) for at in range(weeks * _WEEK)]

    def show_marks(self, marks: Mapping[date, Sequence[Mark]], notes: Mapping[date, str]) -> None:
        """What stands on which day; notes: a word about a day, such as a bank holiday."""
        self._marks, self._notes = marks, notes
        self._describe()
        self.update()

    def show_week(self, on: bool) -> None:
        """The week of the day one stands on, or its month."""
        if on != self.is_week:
            self.is_week = on
            self._describe()
            self.update()
            self.range_changed.emit()

    def go(self, day: date) -> None:
        """Stand on a day."""
        day = min(max(day, _EARLIEST), _LATEST)
        if day == self.day:
            return
        before, self.day = self.days(), day
        self._describe()
        self.update()
        announce(self, self.said(day))
        self.day_changed.emit(day)
        if self.days() != before:
            self.range_changed.emit()

    def step(self, by: int) -> None:
        """So many months on, or weeks in the week's view."""
        if self.is_week:
            self.go(self.day + timedelta(weeks=by))
            return
        month = self.day.year * 12 + self.day.month - 1 + by
        year, number = month // 12, month % 12 + 1
        if _EARLIEST.year <= year <= _LATEST.year:
            self.go(date(year, number, min(self.day.day, calendar.monthrange(year, number)[1])))

    def said(self, day: date) -> str:
        """A day in words, for a screen reader."""
        marks = self._marks.get(day, ())
        parts = [f"{day:%A} {day_text(day)}", "today" if day == self._today else "", self._notes.get(day, "")]
        told = "; ".join(mark.said or mark.words for mark in marks) or "nothing on this day"
        return f"{', '.join(part for part in parts if part)}. {told}."

    def _describe(self) -> None:
        self.setAccessibleDescription(self.said(self.day))

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK,
                Qt.Key.Key_Home: -self.day.weekday(), Qt.Key.Key_End: _WEEK - 1 - self.day.weekday()}
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in days:
            self.go(self.day + timedelta(days=days[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day)
        elif key == Qt.Key.Key_N and not event.isAutoRepeat():
            self.new_wanted.emit(self.day)
        elif key == Qt.Key.Key_T:
            self.go(self._today)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for day, cell in zip(self.days(), self._cells(), strict=True):
            if cell.contains(event.position().toPoint()):
                self.go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # size and drawing

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        weeks = 1 if self.is_week else 6
        return QSize(_WEEK * _LEAST_WIDE * metrics.averageCharWidth(), round(metrics.lineSpacing() * (1.6 + weeks * _LEAST_LINES)))

    def _head(self) -> int:
        return round(self.fontMetrics().lineSpacing() * 1.5)

    def _cells(self) -> list[QRect]:
        head, count = self._head(), len(self.days()) // _WEEK
        across = [round(self.width() * at / _WEEK) for at in range(_WEEK + 1)]
        down = [head + round((self.height() - head) * at / count) for at in range(count + 1)]
        return [QRect(across[at % _WEEK], down[at // _WEEK], across[at % _WEEK + 1] - across[at % _WEEK],
                      down[at // _WEEK + 1] - down[at // _WEEK]) for at in range(count * _WEEK)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        metrics = painter.fontMetrics()
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        cells = self._cells()
        for cell, day in zip(cells[:_WEEK], self.days(), strict=False):
            title = f"{day:%A}" if metrics.horizontalAdvance("Wednesday") + 8 < cell.width() else f"{day:%a}"
            painter.drawText(QRect(cell.x() + 6, 0, cell.width() - 6, self._head()), Qt.AlignmentFlag.AlignVCenter, title)
        for cell, day in zip(cells, self.days(), strict=True):
            self._paint_day(painter, cell, day)

    def _paint_day(self, painter: QPainter, cell: QRect, day: date) -> None:
        palette, is_here = self.palette(), day == self.day
        inside = self.is_week or (day.year, day.month) == (self.day.year, self.day.month)
        ground = QPalette.ColorRole.Highlight if is_here else QPalette.ColorRole.Base if inside else QPalette.ColorRole.Window
        painter.fillRect(cell, palette.brush(ground))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(cell.adjusted(0, 0, -1, -1))
        if is_here:
            wide = 3 if self.hasFocus() else 1
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), wide))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
        line, x = painter.fontMetrics().lineSpacing(), cell.x() + 6
        room = cell.width() - 12
        ink = palette.color(QPalette.ColorRole.Text if inside else QPalette.ColorRole.PlaceholderText)
        painter.setPen(ink)
        self._paint_number(painter, QRect(x, cell.y() + 3, room, line), day)
        marks = self._marks.get(day, ())
        lines = max(0, (cell.height() - line - 6) // line)
        shown = len(marks) if len(marks) <= lines else max(0, lines - 1)
        for at, mark in enumerate(marks[:shown]):
            self._paint_line(painter, QRect(x, cell.y() + 3 + (at + 1) * line, room, line), f"{mark.sign} {mark.words}", mark.is_off)
        if shown < len(marks) and lines:
            more = f"+ {len(marks) - shown} more" if shown else f"{len(marks)} on this day"
            self._paint_line(painter, QRect(x, cell.y() + 3 + (shown + 1) * line, room, line), more, False)

    def _paint_number(self, painter: QPainter, area: QRect, day: date) -> None:
        words = [str(day.day) if day.day > 1 else f"{day.day} {day:%b}", "today" if day == self._today else "", self._notes.get(day, "")]
        font = QFont(self.font())
        font.setBold(day == self._today)
        self._draw(painter, area, " · ".join(word for word in words if word), font)

    def _paint_line(self, painter: QPainter, area: QRect, text: str, is_off: bool) -> None:
        font = QFont(self.font())
        font.setStrikeOut(is_off)
        self._draw(painter, area, text, font)

    def _draw(self, painter: QPainter, area: QRect, text: str, font: QFont) -> None:
        painter.setFont(font)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(self.font())
