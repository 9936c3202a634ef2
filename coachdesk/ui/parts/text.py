"""Words on the screen. The only place that says QLabel, so that nothing typed by anyone is ever read as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """Text exactly as it is. `role` picks the look: "" · heading · subheading · muted · label · problem · big · code."""

    def __init__(self, text: str = "", role: str = "", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self.setText(text)


class Tag(PlainLabel):
    """A short state in words on a tinted ground: plain · good · careful · bad. The words carry the meaning, the tint only helps."""

    def __init__(self, text: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setProperty("tag", kind)

    def say(self, text: str, kind: str = "plain") -> None:
        """Change words and tint together."""
        self.setText(text)
        self.setProperty("tag", kind)
        restyle(self)
        self.updateGeometry()


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property that it selects by has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
