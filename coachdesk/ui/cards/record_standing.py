"""How safe one record is, in a few words, and the way to the choice where two laptops wrote different things in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.sync import begun
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.sharing import sharing_of
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import Tag
from coachdesk.ui.parts.theme import MEDIUM

CHOICE = "sync.choice"          # a kind that the team's page opens
_WORDS = {"saved here": ("Only on this laptop yet", "plain"), "in the shared place": ("In the shared place", "plain"),
          "safe": ("Safe", "good")}


class RecordStanding(QWidget):
    """Hidden where this desk shares with nobody. `open_requested(CHOICE, id)` goes to what has to be chosen."""

    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.id: UUID | None = None
        self.tag = Tag()
        self.choose_button = Button("Two values: choose…", lambda: self.open_requested.emit(CHOICE, self.id), role="link")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(MEDIUM)
        across.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.choose_button)
        across.addStretch(1)
        self.hide()
        sharing_of(desk).stood.connect(self._on_stood)

    def show_record(self, id: UUID) -> None:
        """Ask about a record, off this thread."""
        if id != self.id:
            self.hide()
        self.id = id
        store = self._desk.store
        self._desk.work.read(lambda: begun.of_record(store, id), self, lambda found: self._show(id, found), lambda _spoken: None)

    def _on_stood(self, _where: Any) -> None:
        if self.id is not None and self.isVisible():
            self.show_record(self.id)

    def _show(self, id: UUID, found: Any) -> None:
        if id != self.id:
            return
        self.setVisible(found is not None)
        if found is not None:
            state, is_torn = found
            self.tag.say(*_WORDS[state])
            self.choose_button.setVisible(is_torn)
