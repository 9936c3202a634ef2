"""A number with its label; pressing it shows the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM


class Figure(QPushButton):
    """`drilled()` on click, Space or Enter."""

    drilled = Signal()

    def __init__(self, label: str, value: str = "–", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "figure")
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._label = PlainLabel(label, "muted", wrap=True)
        self._value = PlainLabel(value, "big")
        self._note = PlainLabel(note, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(2)
        for part in (self._label, self._value, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        layout.addStretch(1)
        self.clicked.connect(lambda _checked=False: self.drilled.emit())
        self.show_value(value, note)

    def show_value(self, value: str, note: str = "") -> None:
        """The number as people read it, and a line under it such as "of 120"."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._label.text()}: {value} {note}".strip())
        self.updateGeometry()

    def show_label(self, label: str) -> None:
        """What the number is of."""
        self._label.setText(label)

    def value(self) -> str:
        """The number as shown."""
        return self._value.text()

    def wide(self) -> int:
        """The least width in which it reads well."""
        return max(self._value.sizeHint().width() + 32, self.fontMetrics().averageCharWidth() * 22)

    def sizeHint(self) -> QSize:
        return QSize(self.wide(), self.heightForWidth(self.wide()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.wide(), self.heightForWidth(max(self.width(), self.wide())))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = width - 32
        shown = [part for part in (self._label, self._value, self._note) if not part.isHidden()]
        return sum(part.heightForWidth(inside) if part.wordWrap() else part.sizeHint().height() for part in shown) + 2 * len(shown) + 24


class FigureRow(QWidget):
    """Figures beside each other, all of one size; in a narrow window, or with large text, they go on below."""

    def __init__(self, *figures: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: list[Figure] = []
        self._grid = QGridLayout(self)
        self._grid.setSizeConstraint(QGridLayout.SizeConstraint.SetNoConstraint)       # narrower than one line of figures is allowed
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(MEDIUM)
        self._across = 0
        for figure in figures:
            self.add(figure)

    def add(self, figure: Figure) -> Figure:
        """One more at the end."""
        self._figures.append(figure)
        self._across = 0
        self._lay_out()
        return figure

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(max((figure.wide() for figure in self._figures), default=0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:              # a number or the text size has changed
            self._lay_out()
        return super().event(event)

    def _lay_out(self) -> None:
        widest = max((figure.wide() for figure in self._figures), default=1) + MEDIUM
        across = min(max(1, (self.width() + MEDIUM) // widest), len(self._figures)) or 1
        rows = -(-len(self._figures) // across)
        across = -(-len(self._figures) // rows) if rows else across
        if across == self._across:
            return
        self._across = across
        for at, figure in enumerate(self._figures):
            self._grid.addWidget(figure, at // across, at % across)
        for column in range(len(self._figures)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
