"""A page of the window as it stands there: what holds it, its message bar, and what it has missed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from coachdesk.ui.parts.message_bar import MessageBar


class ShownPage:
    """A page that has been made, its message bar, and the rooms that changed while it was not looked at."""

    def __init__(self, holder: QWidget, bar: MessageBar) -> None:
        self.holder, self.bar = holder, bar
        self.page: QWidget | None = None
        self.stale: set[str] = set()


def scrolled(page: QWidget) -> QScrollArea:
    """Nothing is lost in a low window or with large text: a page that needs more room than there is can be scrolled."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setProperty("role", "clear")
    area.setWidget(page)
    return area
