"""The moment after the first paint: everything heavy is imported from here on, never before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from coachdesk.ui import keep_singletons


class _FirstPaint(QObject):
    def __init__(self, widget: QWidget, callback: Callable[[], object]) -> None:
        super().__init__(widget)
        self._callback: Callable[[], object] | None = callback
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._callback is not None:
            callback, self._callback = self._callback, None
            QTimer.singleShot(0, keep_singletons)
            QTimer.singleShot(0, callback)
        elif self._callback is None:
            watched.removeEventFilter(self)
        return False


def on_first_paint(widget: QWidget, callback: Callable[[], object]) -> None:
    """Call once, on the main thread, as soon as a widget has been painted for the first time."""
    _FirstPaint(widget, callback)
