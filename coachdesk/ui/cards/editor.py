"""A card that holds one short form: a title, the fields, the buttons that end it. Esc leaves, Enter saves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.parts.text import PlainLabel


class Editor(Card):
    """`left` when Esc or Cancel is pressed. A subclass adds fields to `form` and ends with `_end`; `_save` is called on Enter."""

    left = Signal()

    def __init__(self, title: str, *, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken`: mnemonics that the page uses elsewhere."""
        super().__init__(parent=parent)
        self.heading = PlainLabel(title, "subheading", wrap=True)
        self.setAccessibleName(title)
        self.form = Form(taken=f"{taken}s")             # Save is always near
        self.body.addWidget(self.heading)
        self.body.addWidget(Scrolled(self.form), 1)
        self.form.submitted.connect(self.save)
        self._is_saving = False

    def set_title(self, title: str) -> None:
        """What the form is for now."""
        self.heading.setText(title)
        self.setAccessibleName(title)

    def save(self) -> None:
        """Check, then save; nothing while a save is under way, so that a second Enter does not save twice."""
        if not self._is_saving and self.form.check():
            self._save()

    def _save(self) -> None:
        raise NotImplementedError

    def _end(self, words: str, *others: Button, cancel: str = "Cancel") -> Button:
        """The buttons; answers the one that saves."""
        self.save_button = Button(words, self.save, role="primary")
        self.cancel_button = Button(cancel, self.left.emit)
        self.form.end()
        self.buttons = ButtonRow((self.save_button, *others, self.cancel_button))
        self.body.addWidget(self.buttons)  # below the fields, not among them: they may scroll, the buttons stay in sight
        return self.save_button

    def _act(self, desk: Any, reason: str, action: Any, done: Any) -> None:
        """One action; the form takes no second one before the answer."""
        self._is_saving = True

        def finished(answer: Any) -> None:
            self._is_saving = False
            done(answer)

        def refused(spoken: Any) -> None:
            from coachdesk.ui.work import speak

            self._is_saving = False
            speak(self, spoken)

        desk.act(reason, action, self, finished, refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
