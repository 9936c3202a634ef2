"""Long work under way: what it is doing, how far it is, and a Cancel that stops it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.work import Task


class ProgressStrip(QWidget):
    """Hidden until follow(task). Pass `step` as the progress callback and call finish() when done or failed.

    `cancelled()` when Cancel was pressed: what was written is unwound as soon as the work hears of it.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = Button("Cancel", self.cancel)
        self._task: Task | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._cancel)
        self.hide()

    def follow(self, task: Task, words: str) -> None:
        """Show that a task is under way."""
        self._task = task
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._cancel.setAccessibleName(f"Cancel: {words}")
        self._cancel.setEnabled(True)
        self._bar.setRange(0, 0)
        self.show()

    def step(self, progress: Any) -> None:
        """`(done, total)`, `(done, total, words)`, a count, or words, as the action yields them."""
        if isinstance(progress, tuple):
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(1000 * progress[0] / progress[1]) if progress[1] else 0)
            if len(progress) > 2:
                self._words.setText(str(progress[2]))
        elif isinstance(progress, str):
            self._words.setText(progress)

    def cancel(self) -> None:
        """Stop the task; what it had not finished is unwound."""
        if self._task is not None:
            self._task.cancel()
        self.finish()
        self.cancelled.emit()
        self.cancelled.emit()

    def finish(self) -> None:
        """Take the strip away."""
        self._task = None
        self.hide()
