"""A number with its label; pressing it shows the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.ui.parts.text import PlainLabel


class Figure(QPushButton):
    """`drilled()` on click, Space or Enter."""

    drilled = Signal()

    def __init__(self, label: str, value: str = "–", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "figure")
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._label = PlainLabel(label, "muted", wrap=True)
        self._value = PlainLabel(value, "big")
        self._note = PlainLabel(note, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(2)
        for part in (self._label, self._value, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        self.clicked.connect(lambda _checked=False: self.drilled.emit())
        self.show_value(value, note)

    def show_value(self, value: str, note: str = "") -> None:
        """The number as people read it, and a line under it such as "of 120"."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(f"{self._label.text()}: {value} {note}".strip())
        self.updateGeometry()

    def value(self) -> str:
        """The number as shown."""
        return self._value.text()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else super().sizeHint()
        return hint.expandedTo(QSize(self.fontMetrics().averageCharWidth() * 18, 0))

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()
