"""A map of wards: tints, hatching and figures in panels, wholly by keyboard. Knows no business: it draws shapes, says words, tells a key.

Arrows go to the next ward in their direction, Home and End to the first and last, Enter opens the ward. A ward's figure stands in it and
its step is hatched, so nothing is told by colour alone; what the ward stands for is said whole to a screen reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.place.picture import Area, Frame, Legend, Panel, Picture, Scale, Words, picture, ward_at
from coachdesk.ui.parts.message_bar import announce

_TINTS = (0.06, 0.20, 0.36, 0.52)          # of the accent over the ground, by step
_LEAST_WIDE, _LEAST_LINES = 34, 15         # characters, lines
_ACROSS, _LINES_A_PANEL = 3, 6.5           # as many panels as stand beside each other at least; lines of each


class WardMap(QWidget):
    """`current_changed(key)` as one moves, `opened(key)` on Enter or a double click."""

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._empty = name, empty
        self._panels: Sequence[Panel] = ()
        self._legend: Sequence[tuple[int | None, str]] = ()
        self._said: Mapping[str, str] = {}
        self.key = ""
        self._made: tuple[tuple[int, int, float], Picture] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        self._describe()

    def show_wards(self, panels: Sequence[Panel], legend: Sequence[tuple[int | None, str]], said: Mapping[str, str]) -> None:
        """What to draw; `said`: each ward in words by its key. The ward one stands on stays where it is still there."""
        self._panels, self._legend, self._said = panels, legend, said
        self._made = None
        keys = self.keys()
        if self.key not in keys:
            self.key = keys[0] if keys else ""
        self._describe()
        self.updateGeometry()
        self.update()

    def set_empty(self, sentence: str) -> None:
        """What stands here while there is nothing to draw."""
        self._empty = sentence
        self._describe()
        self.update()

    def keys(self) -> list[str]:
        """The wards on the map, panel by panel."""
        return [ward.key for panel in self._panels for ward in panel.wards]

    def go(self, key: str) -> None:
        """Stand on a ward, where the map has it."""
        if key == self.key or key not in self.keys():
            return
        self.key = key
        self._describe()
        self.update()
        if self.hasFocus():
            announce(self, self._said.get(key, ""))
        self.current_changed.emit(key)

    def said(self) -> str:
        """The ward one stands on, in words."""
        return self._said.get(self.key, "") if self._panels else self._empty

    def _describe(self) -> None:
        self.setAccessibleDescription(self.said())

    # drawing

    def made(self) -> Picture:
        """The list of things to draw at this size."""
        size = float(self.fontMetrics().height()) * 0.78
        wanted = (self.width(), self.height(), size)
        if self._made is None or self._made[0] != wanted:
            self._made = (wanted, picture(self._panels, self.width(), self.height(), size, self._measure, self._legend))
        return self._made[1]

    def _font(self, is_bold: bool) -> QFont:
        font = QFont(self.font())
        font.setBold(is_bold)
        return font

    def _measure(self, words: str, _size: float) -> float:
        return QFontMetricsF(self._font(True)).horizontalAdvance(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._panels:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            inside = self.rect().adjusted(12, 12, -12, -12)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
            self._paint_focus(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))
            return
        for thing in self.made().things:
            if isinstance(thing, Frame):
                self._paint_frame(painter, thing)
            elif isinstance(thing, Area):
                self._paint_area(painter, thing)
            elif isinstance(thing, Words):
                self._paint_words(painter, thing)
            elif isinstance(thing, Legend):
                painter.setClipping(False)
                self._paint_legend(painter, thing)
            else:
                painter.setClipping(False)
                self._paint_scale(painter, thing)

    def _paint_focus(self, painter: QPainter, area: QRectF) -> None:
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)

    def _tint(self, step: int | None) -> QColor:
        ground, ink = self.palette().color(QPalette.ColorRole.Base), self.palette().color(QPalette.ColorRole.Accent)
        part = 0.0 if step is None else _TINTS[step]
        pairs = ((ground.red(), ink.red()), (ground.green(), ink.green()), (ground.blue(), ink.blue()))
        return QColor(*(round(low * (1 - part) + high * part) for low, high in pairs))

    def _paint_frame(self, painter: QPainter, frame: Frame) -> None:
        palette = self.palette()
        area = QRectF(frame.x, frame.y, frame.wide, frame.high)
        painter.setClipRect(area.adjusted(-1, -1, 1, 1))
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(palette.brush(QPalette.ColorRole.Base))
        painter.drawRect(area)
        painter.setFont(self._font(True))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        title = painter.fontMetrics().elidedText(frame.title, Qt.TextElideMode.ElideRight, int(frame.wide - 7))
        painter.drawText(QPointF(frame.x + 5, frame.y + painter.fontMetrics().ascent() + 3), title)
        painter.setClipRect(area.adjusted(0, painter.fontMetrics().height() + 5, 0, 0))

    def _paint_area(self, painter: QPainter, area: Area) -> None:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in area.rings:
            path.moveTo(*ring[0])
            for x, y in ring[1:]:
                path.lineTo(x, y)
            path.closeSubpath()
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Accent)
        if not area.key:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
            return
        painter.fillPath(path, self._tint(area.step))
        painter.setPen(QPen(accent, 0.8))
        painter.drawLines([QLineF(*line) for line in area.lines])
        is_here = area.key == self.key
        wide = (4.0 if self.hasFocus() else 2.5) if is_here else 1.2
        painter.setPen(QPen(accent if is_here else palette.color(QPalette.ColorRole.Dark), wide))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_words(self, painter: QPainter, words: Words) -> None:
        palette = self.palette()
        painter.setFont(self._font(words.is_bold))
        metrics = QFontMetricsF(painter.font())
        plate = QRectF(words.x - words.wide / 2, words.y - metrics.height() / 2, words.wide, metrics.height())
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent if words.key == self.key else QPalette.ColorRole.Mid), 1))
        painter.setBrush(palette.brush(QPalette.ColorRole.Base))
        painter.drawRoundedRect(plate, 3, 3)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words.text)

    def _paint_legend(self, painter: QPainter, legend: Legend) -> None:
        palette = self.palette()
        box = QRectF(legend.x + 0.5, legend.y + 0.5, legend.side, legend.side)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
        painter.setBrush(self._tint(legend.step))
        painter.drawRect(box)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 0.8))
        painter.drawLines([QLineF(*line) for line in legend.lines])
        painter.setFont(self._font(False))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(QPointF(box.right() + legend.side * 0.5, box.center().y() + painter.fontMetrics().ascent() * 0.42), legend.words)

    def _paint_scale(self, painter: QPainter, scale: Scale) -> None:
        palette = self.palette()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1.5))
        painter.drawLine(QPointF(scale.x, scale.y), QPointF(scale.x + scale.long, scale.y))
        for x in (scale.x, scale.x + scale.long):
            painter.drawLine(QPointF(x, scale.y - 4), QPointF(x, scale.y))
        painter.setFont(self._font(False))
        wide = painter.fontMetrics().horizontalAdvance(scale.words)
        painter.drawText(QPointF(scale.x - wide - 8, scale.y), scale.words)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        lines = max(_LEAST_LINES, -(-len(self._panels) // _ACROSS) * _LINES_A_PANEL)
        return QSize(_LEAST_WIDE * metrics.averageCharWidth(), round(lines * metrics.lineSpacing()))

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = Qt.Key(event.key()), self.keys()
        ways = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if not keys or event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in ways:
            self.go(self._next(*ways[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(keys[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _next(self, across: int, down: int) -> str:
        """The nearest ward in a direction, what lies straight ahead before what lies aside; the same one where there is none."""
        spots = self.made().spots
        x, y = spots[self.key]
        ahead = []
        for key, (to_x, to_y) in spots.items():
            on, aside = (to_x - x) * across + (to_y - y) * down, abs((to_x - x) * down) + abs((to_y - y) * across)
            if on > 1:
                ahead.append((on + 2 * aside, key))
        return min(ahead)[1] if ahead else self.key

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.go(ward_at(self.made(), event.position().x(), event.position().y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        key = ward_at(self.made(), event.position().x(), event.position().y())
        if key:
            self.opened.emit(key)

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
            self._made = None
            self.updateGeometry()
