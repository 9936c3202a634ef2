"""The simplest box, alone in its file because the first window needs it and nothing else (each Qt class costs its first use)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class LineField(QLineEdit):
    """One line of text; value() is stripped. `longest` in characters; `secret` hides what is typed."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, placeholder: str = "", longest: int = 200, secret: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(longest)
        if placeholder:
            self.setPlaceholderText(placeholder)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textChanged.connect(lambda _text: self.changed.emit())
        self.returnPressed.connect(self.submitted)

    def value(self) -> Any:
        """The text without blanks at either end; a passphrase is kept as typed."""
        return self.text() if self.echoMode() == QLineEdit.EchoMode.Password else self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a value; None empties the box."""
        self.setText("" if value is None else str(value))

    def problem(self) -> str:
        """A sentence when what stands here cannot be read, else empty."""
        return ""

    def is_empty(self) -> bool:
        """Nothing typed."""
        return not self.text().strip()

    def clear(self) -> None:
        """Empty the box, and forget what stood in it: Ctrl+Z must not bring back what was typed about somebody else."""
        self.setText("")

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is the box's own only while there is typing to take back; else it goes to the window, which takes back the last action."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            if not self.isUndoAvailable():
                event.ignore()
                return False
        return super().event(event)
