"""Two panes beside each other while there is room, below each other when the window is narrow or the text large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from coachdesk.ui.parts.theme import MEDIUM, SMALL

_LEAST_LINES = 9  # of each pane when they stand below each other: the page around them scrolls


class Sides(QSplitter):
    """`sizes` is how the width is shared, in pixels of about 1,080; `narrow` the width in characters under which they are stacked."""

    def __init__(self, first: QWidget, second: QWidget, sizes: tuple[int, int], narrow: int = 100, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._shares, self._narrow = sizes, narrow
        self.addWidget(first)
        self.addWidget(second)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(MEDIUM + SMALL)
        self.setSizes(list(sizes))
        self.setStretchFactor(0, sizes[0])
        self.setStretchFactor(1, sizes[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.count() == len(self._shares):
            self._turn()

    def _turn(self) -> None:
        is_narrow = self.width() < self._narrow * self.fontMetrics().averageCharWidth()
        wanted = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        for at in range(self.count()):
            pane = self.widget(at)
            least = self._least(pane) if is_narrow and pane is not None else 0
            if pane is not None and pane.minimumHeight() != least:
                pane.setMinimumHeight(least)
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self.setSizes([*self._shares])

    def _least(self, pane: QWidget) -> int:
        """Some lines of a list; all of a pane whose words wrap."""
        lines = max(self.fontMetrics().lineSpacing() * _LEAST_LINES, pane.minimumSizeHint().height())
        return max(lines, pane.heightForWidth(self.width())) if pane.hasHeightForWidth() else lines


class Stack(QStackedWidget):
    """One view of several. It asks only for the height that its views need at least: their lists scroll, not the page around."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
