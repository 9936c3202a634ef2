"""The view inside a table of rows: it draws a row at once, by itself, and keeps how words were laid out; one tab stop, worked by keys.

Asking Qt to draw each cell is most of a frame: an index, the flags and roles of it, a style's options, and the layout of words that stood
there in the last frame too, only three rows lower (GOALS 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPalette, QStaticText
from PySide6.QtWidgets import QTableView, QWidget

from coachdesk.ui.parts.privacy import copy
from coachdesk.ui.parts.row_model import RowModel

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QAbstractItemDelegate

_INSET = 0.44             # of a line: as far in as the words of the header
_EDGE = 3                 # pixels of accent before the row that is chosen
_MOST_LAID = 512          # words of one column whose layout is kept: some screens of them


class _Laid(NamedTuple):
    """Words as they are drawn in one column: how far from its left edge, how far from the top of the row."""

    right: int
    down: int
    text: QStaticText


class _Place(NamedTuple):
    """A column that is in sight: where it begins, how wide it is, what is laid out in it."""

    column: int
    left: int
    wide: int
    laid: dict[str, _Laid]


class RowView(QTableView):
    """`opened(row)` on Enter, Ctrl+C copies the row. A column that has a delegate of its own is drawn by it, all others here."""

    opened = Signal(int)
    resized = Signal()

    def __init__(self, rows: RowModel) -> None:
        super().__init__()
        self._rows = rows
        # viewport() would have Python make the types of every widget there is, to see which one this is: 11 ms before the first paint.
        self._sheet = self.findChild(QWidget, "qt_scrollarea_viewport") or self.viewport()
        self._hands: dict[int, QAbstractItemDelegate] = {}
        self._laid: dict[int, tuple[int, dict[str, _Laid]]] = {}

    def forget_layout(self) -> None:
        """Letters or heights are others now."""
        self._laid.clear()

    def setItemDelegateForColumn(self, column: int, delegate: QAbstractItemDelegate) -> None:
        super().setItemDelegateForColumn(column, delegate)
        self._hands[column] = delegate

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self._sheet)
        try:
            self._draw(painter, event.rect())
        finally:
            painter.end()

    def _draw(self, painter: QPainter, dirty: QRect) -> None:
        first = self.rowAt(dirty.top())
        if first < 0:
            return
        high, top = self.verticalHeader().defaultSectionSize(), self.rowViewportPosition(first)
        last = min(first + (dirty.bottom() - top) // high, self._rows.rowCount() - 1)
        places = self._places(dirty)
        self._draw_grounds(painter, first, last, top, high)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        font, ours = painter.font(), places
        drawn_by_others = [place for place in places if place.column in self._hands]
        if drawn_by_others:
            ours = [place for place in places if place.column not in self._hands]
        for row in range(first, last + 1):
            cells = self._rows.cells(row)
            for column, left, wide, laid in ours:
                words = cells[column]
                if words:
                    found = laid.get(words) or self._lay(words, font, column, wide, high, laid)
                    painter.drawStaticText(left + found.right, top + found.down, found.text)
            for place in drawn_by_others:
                self._draw_by_delegate(painter, place, row, QRect(place.left, top, place.wide, high))
            top += high

    def _places(self, dirty: QRect) -> list[_Place]:
        header, found = self.horizontalHeader(), []
        for column in range(len(self._rows.columns)):
            left, wide = header.sectionViewportPosition(column), header.sectionSize(column)
            if wide and left <= dirty.right() and left + wide > dirty.left():
                known = self._laid.get(column)
                if known is None or known[0] != wide or len(known[1]) > _MOST_LAID:
                    known = self._laid[column] = wide, {}
                found.append(_Place(column, left, wide, known[1]))
        return found

    def _draw_grounds(self, painter: QPainter, first: int, last: int, top: int, high: int) -> None:
        """Stripes, and the row that is chosen with an edge before it: not by colour alone."""
        palette, header = self.palette(), self.horizontalHeader()
        left, wide = header.sectionViewportPosition(0), header.length()
        painter.setBackground(palette.brush(QPalette.ColorRole.AlternateBase))
        for row in range(first | 1, last + 1, 2):
            painter.eraseRect(left, top + (row - first) * high, wide, high)        # not fillRect: it makes all gradients known to Python
        for index in self.selectionModel().selectedRows():
            if first <= index.row() <= last:
                at = top + (index.row() - first) * high
                painter.setBackground(palette.brush(QPalette.ColorRole.Highlight))
                painter.eraseRect(left, at, wide, high)
                painter.setBackground(palette.brush(QPalette.ColorRole.Accent))
                painter.eraseRect(left, at, _EDGE, high)

    def _lay(self, words: str, font: QFont, column: int, wide: int, high: int, laid: dict[str, _Laid]) -> _Laid:
        metrics = self.fontMetrics()
        inset = round(metrics.lineSpacing() * _INSET)
        room = wide - 2 * inset
        shown = words.replace("\t", " ")
        text = _plain(shown, font)
        if text.size().width() > room:
            text = _plain(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room), font)
        size = text.size()
        is_right = self._rows.columns[column].align == "right"
        made = laid[words] = _Laid(round(wide - inset - size.width()) if is_right else inset, round((high - size.height()) / 2), text)
        return made

    def _draw_by_delegate(self, painter: QPainter, place: _Place, row: int, rect: QRect) -> None:
        from PySide6.QtWidgets import QStyleOptionViewItem  # its enums are for those few lists alone

        option: Any = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = rect
        painter.save()
        self._hands[place.column].paint(painter, option, self._rows.index(row, place.column))
        painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        chosen = self.selectionModel()
        if chosen.hasSelection() or not self.model().rowCount() or event.reason() == Qt.FocusReason.MouseFocusReason:
            return                                      # the press that follows a mouse's focus chooses its own row
        index = self.currentIndex() if self.currentIndex().isValid() else self.model().index(0, 0)
        flags = QItemSelectionModel.SelectionFlag
        chosen.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab never comes back to the list it leaves: Qt would take the table around it, whose focus is this view's, for the next stop."""
        around = self.parentWidget()
        if around is None:
            return super().focusNextPrevChild(next)
        around.setFocusProxy(None)                      # type: ignore[arg-type]
        try:
            return super().focusNextPrevChild(next)
        finally:
            around.setFocusProxy(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers() and self.currentIndex().isValid():
            last = self.model().rowCount() - 1          # of the list, as rows are what one stands on; Qt means the cell of a row
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, self.currentIndex().column()))
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        at = self.currentIndex().row()
        if at >= 0:
            copy("\t".join(self._rows.cells(at)))


def _plain(words: str, font: QFont) -> QStaticText:
    """Words laid out as they are: never rich text, whatever stands in them."""
    text = QStaticText()
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setText(words)
    text.prepare(font=font)
    return text
