"""The first window: a passphrase, and a way in for who forgot it. Nothing but PySide6 is imported on the way here.

Every Qt class costs about half a millisecond at its first use, so this page uses few of them (GOALS 1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM, WIDE
from coachdesk.ui.shell.aside import Aside

if TYPE_CHECKING:
    from coachdesk.ui.shell.recovery import RecoveryPage

_WRONG = "That did not open the desk. Nothing was changed."
_COLUMN = 60          # characters


class UnlockWindow(QWidget):
    """`unlocked(opened)` with whatever `unlock(passphrase)` answered; it runs aside and raises Trouble for a wrong passphrase.

    `recover(code, new_passphrase)` answers the same and sets the new passphrase. Either may take a second or two.
    """

    unlocked = Signal(object)

    def __init__(self, store_name: str, unlock: Callable[[str], Any], recover: Callable[[str, str], Any] | None = None, *,
                 hint: str = "", parent: QWidget | None = None) -> None:
        """`hint` is a line under the name: for a sample store, its passphrase."""
        super().__init__(parent)
        self._unlock, self._recover = unlock, recover
        self.recovery: RecoveryPage | None = None
        self.setWindowTitle(f"CoachDesk: {store_name}")
        self.setAccessibleName("Unlock CoachDesk")
        self._aside = Aside(self)
        self._aside.succeeded.connect(self._on_aside_succeeded)
        self._aside.refused.connect(self._on_aside_refused)
        self._aside.broke.connect(self._on_aside_broke)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(WIDE, LARGE, WIDE, LARGE)
        self._front = QWidget()
        self._build_front(store_name, hint)
        self._outer.addStretch(2)
        self._outer.addWidget(self._front)
        self._outer.addStretch(3)
        self.resize(1000, 700)
        self.passphrase.setFocus()

    def _build_front(self, store_name: str, hint: str) -> None:
        layout = self._column = QVBoxLayout(self._front)
        layout.setSpacing(MEDIUM)
        layout.addWidget(PlainLabel("CoachDesk", "heading"))
        layout.addWidget(PlainLabel(f"{store_name} is locked.", "muted", wrap=True))
        if hint:
            layout.addWidget(PlainLabel(hint, "muted", wrap=True))
        layout.addSpacing(MEDIUM)
        label = PlainLabel("&Passphrase", "label")
        self.passphrase = LineField(secret=True, longest=500)
        self.passphrase.setAccessibleName("Passphrase")
        label.setBuddy(self.passphrase)
        self.passphrase.submitted.connect(self._on_passphrase_submitted)
        self.passphrase.textEdited.connect(self._look_at_caps)
        self.caps = PlainLabel("", "muted")
        self.message = PlainLabel("", "problem", wrap=True)
        self.open_button = Button("&Unlock", self._on_passphrase_submitted, role="primary")
        for widget in (label, self.passphrase, self.caps, self.message, self.open_button):
            layout.addWidget(widget)
        self.forgot_button = Button("I &forgot it: use the recovery code", self._on_forgot_pressed, role="link")
        layout.addWidget(self.forgot_button)
        self.forgot_button.setVisible(self._recover is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_front"):
            self._fit()

    def _fit(self) -> None:
        """Centred by its margins: an alignment would deny wrapped lines their height."""
        column = self.fontMetrics().averageCharWidth() * _COLUMN
        side = max((self.width() - 2 * WIDE - column) // 2, 0)
        self._column.setContentsMargins(side, 0, side, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def say(self, sentence: str, next_step: str = "") -> None:
        """A sentence under the passphrase, such as "Locked after ten minutes without a key"."""
        words = f"{sentence} {next_step}".strip()
        if self.recovery is not None and not self.recovery.isHidden():
            self.recovery.say(words)
            return
        self.message.setText(words)
        self.passphrase.setAccessibleDescription(words)

    def _set_running(self, on: bool) -> None:
        self.passphrase.setReadOnly(on)
        self.open_button.setEnabled(not on)
        self.open_button.setText("Unlocking…" if on else "&Unlock")
        self.forgot_button.setEnabled(not on)
        if self.recovery is not None:
            self.recovery.setEnabled(not on)

    def _on_passphrase_submitted(self) -> None:
        words = self.passphrase.value()
        if not words:
            self.say("Type the passphrase first.")
            return
        self.say("")
        self._set_running(True)
        self._aside.run(lambda: self._unlock(words))

    def _on_forgot_pressed(self) -> None:
        from coachdesk.ui.shell.recovery import RecoveryPage

        if self.recovery is None:
            self.recovery = RecoveryPage()
            self.recovery.given.connect(self._on_recovery_given)
            self.recovery.left.connect(self._on_recovery_left)
            self._outer.addWidget(self.recovery, 1000)      # leaves nothing to the stretches above and below the front
        self._front.hide()
        self.recovery.show()
        self.recovery.form.first_focus()

    def _on_recovery_left(self) -> None:
        if self.recovery is not None:
            self.recovery.hide()
        self._front.show()
        self.passphrase.setFocus()

    def _on_recovery_given(self, code: str, words: str) -> None:
        recover = self._recover
        if recover is not None:
            self.say("")
            self._set_running(True)
            self._aside.run(lambda: recover(code, words))

    def _on_aside_succeeded(self, opened: Any) -> None:
        self._set_running(False)
        self.passphrase.clear()
        if self.recovery is not None:
            self.recovery.form.clear()
        self.unlocked.emit(opened)

    def _on_aside_refused(self, spoken: Spoken) -> None:
        self._set_running(False)
        self.say(spoken.sentence or _WRONG, spoken.next_step)
        if not self._front.isHidden():
            self.passphrase.setFocus()
            self.passphrase.selectAll()

    def _on_aside_broke(self, wrong: Exception) -> None:
        self._set_running(False)
        self.say(_WRONG)
        raise wrong

    def _look_at_caps(self, text: str) -> None:
        """Qt does not tell the state of Caps Lock: three capitals and no small letter are its usual mark."""
        letters = [letter for letter in text if letter.isalpha()]
        self.caps.setText("Caps Lock seems to be on." if len(letters) > 2 and all(letter.isupper() for letter in letters) else "")
