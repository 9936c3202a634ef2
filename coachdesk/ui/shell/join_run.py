"""The first run of a laptop that joins a team: the folder, a name, a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.shell.recovery import LEAST_PASSPHRASE, PASSPHRASE_HINT, MiddleColumn, weak_passphrase

_HOW = (
    "Your team’s lead has shared a folder with you, in OneDrive or on a network drive. Choose it here. This laptop then asks to join and "
    "shows six words; read them to the lead, who lets it in. The team’s work comes in by itself."
)


class JoinPage(MiddleColumn):
    """`asked(folder, owner, passphrase, code)`; `left()` goes back to a store of one's own. `choose_folder(owner, title)` asks the system.

    code: the team's recovery code, of a lead whose laptop is lost; empty for everybody else.
    """

    asked = Signal(str, str, str, str)
    left = Signal()

    def __init__(self, choose_folder: Callable[[QWidget, str], Path | None]) -> None:
        super().__init__()
        self._choose_folder = choose_folder
        self.column.addWidget(PlainLabel("Join a team", "heading"))
        self.column.addWidget(PlainLabel(_HOW, "muted", wrap=True))
        self.form = Form(taken="hjb")
        self.folder = self.form.add("The team’s folder", LineField(longest=1000), required=True)
        self.form.put(ButtonRow((Button("C&hoose the folder…", self._on_choose_pressed),)))
        self.owner = self.form.add("Your name", LineField(placeholder="as your team knows you"), required=True)
        self.passphrase = self.form.add("A passphrase for this laptop", LineField(secret=True, longest=500), required=True,
                                        hint=PASSPHRASE_HINT)
        self.again = self.form.add("The passphrase again", LineField(secret=True, longest=500), required=True)
        self.code = self.form.add("The team’s recovery code", LineField(longest=80),
                                  hint="Only for a lead whose laptop is lost: this one becomes a lead’s at once. Others leave it empty.")
        self.message = PlainLabel("", "problem", wrap=True)
        self.form.put(self.message)
        self.ask_button = Button("Ask to &join", self._on_submitted, role="primary")
        self.form.buttons(self.ask_button, Button("&Back", self.left.emit, role="link"))
        self.form.submitted.connect(self._on_submitted)
        self.column.addWidget(self.form)

    def first_focus(self) -> None:
        """The folder."""
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_running(self, on: bool) -> None:
        """While the store is made."""
        self.form.setEnabled(not on)
        self.ask_button.setText("Asking to join…" if on else "Ask to &join")

    def _on_choose_pressed(self) -> None:
        chosen = self._choose_folder(self, "The team’s folder")
        if chosen is not None:
            self.folder.set_value(str(chosen))
            self.owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_submitted(self) -> None:
        if not self.form.isEnabled() or not self.form.check():
            return
        words = self.passphrase.value()
        wrong = weak_passphrase(words, self.again.value())
        if wrong:
            self.form.say_wrong(self.passphrase if len(words) < LEAST_PASSPHRASE else self.again, wrong)
            return
        self.message.setText("")
        self.asked.emit(self.folder.value(), self.owner.value(), words, self.code.value())
