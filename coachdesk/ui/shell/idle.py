"""Locks the desk that nobody touches. Looks only at what the window system delivers, so that it costs nothing in a frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_TOUCHES = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin}
_TICK_MS = 10_000


class IdleLock(QObject):
    """Calls `lock` when nothing was touched for `minutes` by `now` (a Clock's), also after the computer has slept."""

    def __init__(self, window: QWidget, minutes: int, now: Callable[[], datetime], lock: Callable[[], object]) -> None:
        super().__init__(window)
        self._now, self._lock = now, lock
        self._after = timedelta(minutes=minutes)
        self._touched = now()
        window.winId()                                  # makes the window's handle, which sees keys and mouse first
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Lock if it is time."""
        if self._now() - self._touched >= self._after:
            self._touched = self._now()
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.look()                                 # the first key after a long sleep must not keep the desk open
            self._touched = self._now()
        return False
