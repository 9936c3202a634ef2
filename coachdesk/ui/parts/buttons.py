"""Buttons: one primary on a page, the rest plain, links where pressing only goes somewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget


class Button(QPushButton):
    """A button that Enter presses too. `role`: "" · primary · link. `keys` is a shortcut such as "Ctrl+N"; & marks a mnemonic."""

    def __init__(self, text: str, pressed: Callable[[], object] | None = None, *, role: str = "", keys: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(True)
        if role:
            self.setProperty("role", role)
        if keys:
            self.setShortcut(QKeySequence(keys))
            self.setToolTip(f"{text.replace('&', '')} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
        if pressed is not None:
            self.clicked.connect(lambda _checked=False: pressed())
