"""Entries below each other in a card: what, a tag, and a line of detail."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL


class Entries(QWidget):
    """A short list of things to read; replaced whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(MEDIUM)

    def clear(self) -> None:
        """Take everything away."""
        while (item := self._down.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, what: str, detail: str = "", tag: str = "", kind: str = "plain") -> None:
        """One entry; the tag stands at the right in words."""
        place = QWidget()
        across = QHBoxLayout(place)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(MEDIUM)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(what, wrap=True))
        if detail:
            words.addWidget(PlainLabel(detail, "muted", wrap=True))
        across.addLayout(words, 1)
        if tag:
            across.addWidget(Tag(tag, kind), 0, Qt.AlignmentFlag.AlignTop)
        self._down.addWidget(place)

    def say(self, sentence: str) -> None:
        """A sentence instead of entries, such as what to do next."""
        label = PlainLabel(sentence, "muted", wrap=True)
        label.setContentsMargins(0, 0, 0, SMALL)
        self._down.addWidget(label)
