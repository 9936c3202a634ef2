"""A view of a person that opens small forms in the place of what it shows, and takes them away again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.parts.theme import MEDIUM

MakeDeed = Callable[[Desk, Known], Deed]


class HoldsDeed(QWidget):
    """`left` on Esc, `said(sentence)` after a deed. A subclass fills `front`, reads in `_read` and says it in `show_words`.

    The page hands over the person that was read; the view asks the store for its own part when it is looked at.
    """

    left = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known: Known | None = None
        self.deed: Deed | None = None
        self._is_stale = False
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(MEDIUM)
        self.front = QWidget()
        self.front.setProperty("role", "clear")
        self._down.addWidget(self.front, 1)

    def show_known(self, known: Known) -> None:
        """A person who was read; what this view shows of them is read when it is looked at."""
        if self.known is not None and known.detail.id != self.known.detail.id:
            self.end_deed()
        self.known, self._is_stale = known, True
        if self.isVisible():
            self._read_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_if_stale()

    def _read_if_stale(self) -> None:
        if self._is_stale and self.known is not None:
            self._is_stale = False
            self._read(self.known)

    def _read(self, known: Known) -> None:
        raise NotImplementedError

    def show_words(self) -> None:
        """Say everything again, or what may be seen in a public place."""

    def first_focus(self) -> None:
        """The form that is open, else what the view begins with."""
        if self.deed is not None:
            self.deed.form.first_focus()
        else:
            self._focus_front()

    def _focus_front(self) -> None:
        self.front.setFocus()

    def begin(self, make: MakeDeed) -> None:
        """Open a small form in the place of what is shown."""
        if self.known is None:
            return
        self.end_deed()
        self.deed = make(self._desk, self.known)
        self.deed.saved.connect(self._on_deed_saved)
        self.deed.left.connect(self._on_deed_left)
        self._down.insertWidget(0, self.deed, 1)
        self.front.hide()
        self.deed.show()
        self.deed.form.first_focus()

    def end_deed(self) -> None:
        """Take the small form away; what was typed in it is gone."""
        if self.deed is not None:
            deed, self.deed = self.deed, None
            self._down.removeWidget(deed)
            deed.hide()
            deed.deleteLater()
        self.front.show()

    def act(self, reason: str, action: Callable[[Any], Any], sentence: str) -> None:
        """A deed without a form."""
        self._desk.act(reason, action, self, lambda _none: self.said.emit(sentence))

    def _on_deed_saved(self, sentence: str) -> None:
        self.end_deed()
        self.first_focus()
        self.said.emit(sentence)

    def _on_deed_left(self) -> None:
        self.end_deed()
        self.first_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
