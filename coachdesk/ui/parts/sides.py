"""Two panes beside each other while there is room, below each other when the window is narrow or the text large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

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


class Columns(QWidget):
    """Columns of cards beside each other while there is room, below each other when the window is narrow or the text large."""

    def __init__(self, columns: Sequence[Sequence[QWidget]], narrow: int = 80, parent: QWidget | None = None) -> None:
        """`narrow` is the width in characters under which they stand below each other."""
        super().__init__(parent)
        self._narrow = narrow
        self._columns: list[QVBoxLayout] = []
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)  # narrower than all of them is allowed
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(MEDIUM + SMALL)
        for cards in columns:
            down = QVBoxLayout()
            down.setSpacing(MEDIUM + SMALL)
            for card in cards:
                down.addWidget(card)
            down.addStretch(1)
            self._across.addLayout(down, 1)
            self._columns.append(down)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(down.minimumSize().width() for down in self._columns), self._across.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_across"):
            self._turn()

    def _turn(self) -> None:
        is_narrow = self.width() < self._narrow * self.fontMetrics().averageCharWidth()
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if wanted != self._across.direction():
            self._across.setDirection(wanted)
            self.updateGeometry()


class Stack(QStackedWidget):
    """One view of several. It asks only for the height that its views need at least: their lists scroll, not the page around."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class _OnlyFront(QStackedLayout):
    """Answers for the view in front: Qt's own layout takes the tallest of all of them at the width that there is."""

    def hasHeightForWidth(self) -> bool:
        front = self.currentWidget()
        return front is not None and front.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        front = self.currentWidget()
        return front.heightForWidth(width) if front is not None else -1

    def minimumSize(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else QSize()

    def sizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.sizeHint() if front is not None else QSize()


class Front(QWidget):
    """Views of which one is in front. It asks for the room that this one needs: those behind ask for no height at all."""

    currentChanged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views = _OnlyFront(self)
        self._views.currentChanged.connect(self._on_current_changed)

    def addWidget(self, widget: QWidget) -> int:
        """One more view, behind the others."""
        return self._views.addWidget(widget)

    def count(self) -> int:
        """How many views there are."""
        return self._views.count()

    def widget(self, at: int) -> QWidget | None:
        """A view by its place."""
        return self._views.widget(at)

    def indexOf(self, widget: QWidget) -> int:
        """The place of a view."""
        return self._views.indexOf(widget)

    def currentIndex(self) -> int:
        """The place of the view in front."""
        return self._views.currentIndex()

    def currentWidget(self) -> QWidget | None:
        """The view in front."""
        return self._views.currentWidget()

    def setCurrentIndex(self, at: int) -> None:
        """Put a view in front by its place."""
        self._views.setCurrentIndex(at)

    def setCurrentWidget(self, widget: QWidget) -> None:
        """Put a view in front."""
        self._views.setCurrentWidget(widget)

    def _on_current_changed(self, at: int) -> None:
        self._views.invalidate()
        self.updateGeometry()
        self.currentChanged.emit(at)
