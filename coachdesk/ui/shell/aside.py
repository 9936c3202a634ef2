"""One blocking call on a thread of its own, for the time before there is a Work: deriving a key, making a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from coachdesk.errors import Spoken


class Aside(QObject):
    """`succeeded(result)`, `refused(Spoken)` or `broke(exception)`, always on the main thread. One call at a time."""

    succeeded = Signal(object)
    refused = Signal(object)
    broke = Signal(object)
    _ended = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.running = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def run(self, call: Callable[[], Any]) -> None:
        """Start; ignored while one is running."""
        import threading

        if self.running:
            return
        self.running = True
        threading.Thread(target=self._run, args=(call,), name="unlock", daemon=True).start()

    def _run(self, call: Callable[[], Any]) -> None:
        try:
            kind, value = "succeeded", call()
        except Spoken as spoken:
            kind, value = "refused", spoken
        except Exception as wrong:
            kind, value = "broke", wrong
        try:
            self._ended.emit(kind, value)
        except RuntimeError:                            # the window was closed meanwhile: nobody waits any more
            return

    def _on_ended(self, kind: str, value: Any) -> None:
        self.running = False
        signal: Any = getattr(self, kind)
        signal.emit(value)
