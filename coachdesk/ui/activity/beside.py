"""How each view of this screen is laid out: the short form at the left, what stands already at the right, or below where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.parts.theme import LARGE, MEDIUM

_FORM_CHARACTERS = 38
_LIST_CHARACTERS = 46
_FORM_LINES = 18
_LIST_LINES = 12
_AS_WIDE_AS_IT_LIKES = 16_777_215


class Beside(QWidget):
    """`right` takes the list and what belongs to it."""

    def __init__(self, form: QWidget, parent: QWidget | None = None, list_lines: int = _LIST_LINES) -> None:
        """`list_lines`: the lines of text that the right side needs at least where it stands below."""
        super().__init__(parent)
        self._list_lines = list_lines
        self._form = form
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(LARGE)
        side = QWidget()
        self.right = QVBoxLayout(side)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.right.setSpacing(MEDIUM)
        self._side = side
        self._layout.addWidget(form)
        self._layout.addWidget(side, 1)
        self._fit()

    def _form_width(self) -> int:
        return self.fontMetrics().averageCharWidth() * _FORM_CHARACTERS + 4 * LARGE

    def _is_narrow(self) -> bool:
        parent = self.parentWidget()  # the stack of views: a view that is not looked at has no width of its own yet
        return (parent or self).width() < self._form_width() + self.fontMetrics().averageCharWidth() * _LIST_CHARACTERS

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        high = line * (_FORM_LINES + self._list_lines) + LARGE if self._is_narrow() else line * _FORM_LINES
        return QSize(self._form_width(), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The form is as wide as its text size wants, or as the page where both do not fit side by side."""
        line, narrow = self.fontMetrics().lineSpacing(), self._is_narrow()
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            self.updateGeometry()
        self._form.setMinimumWidth(self._form_width())
        self._form.setMaximumWidth(_AS_WIDE_AS_IT_LIKES if narrow else self._form_width())
        self._form.setMinimumHeight(line * _FORM_LINES if narrow else 0)
        self._side.setMinimumHeight(line * self._list_lines if narrow else 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_side"):
            self._fit()
