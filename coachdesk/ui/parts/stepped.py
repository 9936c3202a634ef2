"""A stepped line: on which step of a scale something stood, from day to day. Each step has its number; the whole is told in words too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.ui.parts.entry import short_day

_LINES = 4.2            # lines of text high


class Step(NamedTuple):
    """From a day on it stood on this step of the scale, from 1; 0: on none that is known. words: the step as people call it."""

    on: date
    level: int
    words: str


class SteppedLine(QWidget):
    """Only to look at: nothing in it is chosen. The words are its accessible description and its tooltip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[Step] = ()
        self._most, self._until = 1, date.min
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step], most: int, until: date) -> None:
        """Steps, the earliest first, on a scale from 1 to `most`, drawn up to a day."""
        self._steps, self._most, self._until = [each for each in steps if each.on <= until], max(most, 1), until
        self.setAccessibleDescription(self.said())
        self.setToolTip(self.said())
        self.update()

    def said(self) -> str:
        """`3 Mar 2020: 2 of 6, too business-like; 1 May 2020: 3 of 6, listens`."""
        return "; ".join(f"{short_day(each.on)}: {each.level} of {self._most}, {each.words}" for each in self._steps)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 30, round(self.fontMetrics().lineSpacing() * _LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.sizeHint().height())

    def points(self) -> list[QPointF]:
        """Where each step begins, the last one at the right edge; for the picture, and for tests."""
        if not self._steps:
            return []
        line, wide = self.fontMetrics().lineSpacing(), self.fontMetrics().averageCharWidth()
        area = QRectF(wide, line * 1.1, self.width() - 3.5 * wide, self.height() - line * 2.2)
        first = self._steps[0].on
        span = max((self._until - first).days, 1)

        def at(on: date, level: int) -> QPointF:
            high = (level - 1) / (self._most - 1) if self._most > 1 else 0.0
            return QPointF(area.left() + area.width() * (on - first).days / span, area.bottom() - area.height() * max(0.0, min(1.0, high)))

        return [*(at(each.on, each.level) for each in self._steps), at(self._until, self._steps[-1].level)]

    def paintEvent(self, event: QPaintEvent) -> None:
        points = self.points()
        if not points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, line = self.palette(), self.fontMetrics().lineSpacing()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
        for one, other in zip(points, points[1:], strict=False):
            painter.drawLine(one, QPointF(other.x(), one.y()))
            painter.drawLine(QPointF(other.x(), one.y()), other)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        wide = self.fontMetrics().averageCharWidth()
        free = -1.0
        for step, point in zip(self._steps, points, strict=False):
            if point.x() >= free:                     # where two stand on one another, the first number is written
                painter.drawText(QPointF(point.x(), point.y() - 4), str(step.level))
                free = point.x() + 1.5 * wide
        end = points[-1]
        painter.drawText(QPointF(end.x() + 0.5 * wide, end.y() + line * 0.3), f"{self._steps[-1].level}")
        below = QRectF(0, self.height() - line, self.width(), line)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, short_day(self._steps[0].on))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, short_day(self._until))
        painter.end()
