"""The way in for who forgot the passphrase: the printed code, and a new passphrase. Also what a passphrase must be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Scrolled
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM

LEAST_PASSPHRASE = 12
PASSPHRASE_HINT = f"At least {LEAST_PASSPHRASE} characters. Four or five plain words are easy to keep."
_NARROW, _BROAD = 440, 760


def weak_passphrase(words: str, again: str) -> str:
    """A sentence when a new passphrase will not do, else empty."""
    if len(words) < LEAST_PASSPHRASE:
        return f"That passphrase is too short, so nothing was changed. {PASSPHRASE_HINT}"
    return "" if words == again else "The two passphrases are not the same, so nothing was changed. Type the second one again."


class MiddleColumn(Scrolled):
    """A narrow column in the middle of a window, which scrolls when the window is low."""

    def __init__(self) -> None:
        holder, narrow = QWidget(), QWidget()
        across = QHBoxLayout(holder)
        across.addStretch(1)
        across.addWidget(narrow, 3)
        across.addStretch(1)
        narrow.setMinimumWidth(_NARROW)
        narrow.setMaximumWidth(_BROAD)
        self.column = QVBoxLayout(narrow)
        self.column.setContentsMargins(0, LARGE, 0, LARGE)
        self.column.setSpacing(MEDIUM)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        super().__init__(holder)


class RecoveryPage(MiddleColumn):
    """`given(code, new_passphrase)` once both passphrases agree; `left()` on Back."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.addWidget(PlainLabel("Use the recovery code", "heading"))
        where = "It was printed or written down when this store was made. Capitals, blanks and dashes do not matter."
        self.column.addWidget(PlainLabel(where, "muted", wrap=True))
        self.form = Form()
        self.code = self.form.add("Recovery code", LineField(longest=120), required=True)
        self.words = self.form.add("New passphrase", LineField(secret=True, longest=500), required=True, hint=PASSPHRASE_HINT)
        self.again = self.form.add("The new passphrase again", LineField(secret=True, longest=500), required=True)
        self._message = PlainLabel("", "problem", wrap=True)
        self.form.put(self._message)
        self.form.buttons(Button("Unlock and set it", self._on_submitted, role="primary"), Button("Back", self._on_back_pressed))
        self.form.submitted.connect(self._on_submitted)
        self.column.addWidget(self.form)

    def say(self, words: str) -> None:
        """A sentence above the buttons; empty takes it away."""
        self._message.setText(words)
        self.code.setAccessibleDescription(words)

    def _on_submitted(self) -> None:
        if not self.form.check():
            return
        wrong = weak_passphrase(self.words.value(), self.again.value())
        if wrong:
            self.form.say_wrong(self.words if len(self.words.value()) < LEAST_PASSPHRASE else self.again, wrong)
            return
        self.given.emit(self.code.value(), self.words.value())

    def _on_back_pressed(self) -> None:
        self.form.clear()
        self.say("")
        self.left.emit()
