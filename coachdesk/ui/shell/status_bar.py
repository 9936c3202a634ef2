"""The line at the foot of the window: lock, where the work is saved, this month's claim, the venue, public place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.ui.parts import icons
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import LARGE


class StatusBar(QFrame):
    """Say only what is given; an empty word takes no room."""

    def __init__(self, lock: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status")
        self.setAccessibleName("Status")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LARGE, 2, LARGE, 2)
        layout.setSpacing(LARGE)
        self.lock_button = Button("Unlocked · Lock", lock, role="link")
        self.lock_button.setAccessibleName("Lock the desk")
        self.lock_button.setToolTip("Lock the desk (Ctrl+L)")
        icons.wear(self.lock_button, "lock")
        self._saved = Tag("Saved here", "")
        self._public = Tag("Public place: initials only", "careful")
        self._public.hide()
        self._venue, self._claim = PlainLabel(""), PlainLabel("")
        layout.addWidget(self.lock_button)
        layout.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._public, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self._venue)
        layout.addWidget(self._claim)

    def set_saved(self, words: str, kind: str = "", tip: str = "") -> None:
        """Saved here, in the shared place, safe; or Saving…. kind: how it is tinted (see Tag); tip: the whole sentence."""
        self._saved.say(words, kind)
        self._saved.setToolTip(tip)
        self._saved.setAccessibleDescription(tip)

    def set_venue(self, words: str) -> None:
        """Where the coach works today."""
        self._venue.setText(words)

    def set_claim(self, words: str) -> None:
        """This month's claim in a few words."""
        self._claim.setText(words)

    def set_public(self, on: bool) -> None:
        """Say that names are hidden."""
        self._public.setVisible(on)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "lock_button"):
            line = self.fontMetrics().height()
            self.lock_button.setIconSize(QSize(line, line))

    def words(self) -> list[str]:
        """What stands there: for tests."""
        return [label.text() for label in (self._saved, self._public, self._venue, self._claim) if label.text() and not label.isHidden()]
