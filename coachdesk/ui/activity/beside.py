"""How each view of this screen is laid out: the short form at the left, what stands already at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.parts.theme import LARGE, MEDIUM

_FORM_CHARACTERS = 38


class Beside(QWidget):
    """`right` takes the list and what belongs to it."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(LARGE)
        self.right = QVBoxLayout()
        self.right.setSpacing(MEDIUM)
        layout.addWidget(form)
        layout.addLayout(self.right, 1)
        self._fit()

    def _fit(self) -> None:
        """The form is as wide as its text size wants."""
        self._form.setFixedWidth(self.fontMetrics().averageCharWidth() * _FORM_CHARACTERS + 4 * LARGE)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_form"):
            self._fit()
