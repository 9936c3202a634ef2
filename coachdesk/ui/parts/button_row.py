"""Buttons side by side, in as many lines as the width asks for: with large text nothing is cut off and nothing has to be scrolled to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.theme import MEDIUM

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class ButtonRow(QWidget):
    """Hidden buttons take no room."""

    def __init__(self, buttons: Sequence[Button], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self._told = 0                        # the least height that the layout around was told last
        for button in buttons:
            self.add(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, button: Button) -> None:
        """One more, at the end."""
        self._buttons.append(button)
        button.setParent(self)
        button.setVisible(True)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):  # words changed, or a button was shown or hidden
            self._place(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        shown = [button.sizeHint() for button in self._buttons if not button.isHidden()]
        wide = sum(size.width() for size in shown) + MEDIUM * max(0, len(shown) - 1)
        return QSize(wide, max((size.height() for size in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        widest = max((button.sizeHint().width() for button in self._buttons if not button.isHidden()), default=0)
        self._told = self.heightForWidth(max(self.width(), widest))
        return QSize(widest, self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if self._told != self.height() or self.height() != self.heightForWidth(self.width()):
            self.updateGeometry()             # what was told when the row was narrow holds no longer

    def _place(self, width: int, *, move: bool) -> int:
        """Put the buttons (if `move`); answers the height that they need."""
        at, line = QPoint(0, 0), 0
        for button in self._buttons:
            if button.isHidden():
                continue
            size = button.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at, line = QPoint(0, at.y() + line + MEDIUM), 0
            if move:
                area = QRect(at, size)
                mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
                button.setGeometry(area if not mirrored else QRect(QPoint(width - area.right() - 1, area.y()), size))
            line = max(line, size.height())
            at.setX(at.x() + size.width() + MEDIUM)
        return at.y() + line
