"""Python's cyclic garbage, collected on the window's thread alone: a widget that the collector meets on the worker is destroyed there,
and Qt does not survive that (seen as a segmentation fault in SQLAlchemy's thread)."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400
_YOUNG, _MIDDLE, _OLD = 2000, 10, 10          # young objects, then rounds, before a generation is looked through


class Sweeper(QObject):
    """From now on nothing is collected by itself, but here, between events."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect as far as it is worth it; most looks find nothing to do."""
        young, middle, old = gc.get_count()
        if young > _YOUNG:
            gc.collect(2 if old > _OLD else 1 if middle > _MIDDLE else 0)
