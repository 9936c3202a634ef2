"""Buttons: one primary on a page, the rest plain, links where pressing only goes somewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget


class Button(QPushButton):
    """A button that Enter presses too. `role`: "" · primary · link. `keys` is a shortcut such as "Ctrl+N"; & marks a mnemonic.

    The shortcut stands beside the mnemonic and outlives new words: Qt's own setShortcut would take the mnemonic's place,
    be lost with setText and press the button 100 ms late. It is heard while the button is to be seen and enabled.
    """

    def __init__(self, text: str, pressed: Callable[[], object] | None = None, *, role: str = "", keys: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(text)                          # with a parent Qt looks whether the text is an icon: 3 ms the first time
        if parent is not None:
            self.setParent(parent)
        self.setAutoDefault(True)
        self.keys: QShortcut | None = None
        if role:
            self.setProperty("role", role)
        if keys:
            self.set_keys(keys)
        if pressed is not None:
            self.clicked.connect(lambda _checked=False: pressed())

    def set_keys(self, keys: str) -> None:
        """Another shortcut; empty takes it away."""
        if self.keys is None:
            self.keys = QShortcut(self)
            self.keys.setAutoRepeat(False)
            self.keys.activated.connect(self.click)
        self.keys.setKey(QKeySequence(keys))
        self.tell_keys(keys)

    def tell_keys(self, keys: str) -> None:
        """Name keys in the tool tip, such as those that the widget around it hears."""
        self._told = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self._tell()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def _tell(self) -> None:
        told = getattr(self, "_told", "")
        if told:
            words = self.text().replace("&", "").removesuffix("…")
            self.setToolTip(f"{words} ({told.replace('Return', 'Enter')})")
