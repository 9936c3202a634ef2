"""This desk: how it looks, its backup, its check, its passphrase."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.settings import SIZES
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.sides import Columns
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

LOOKS = (("system", "As the computer has it"), ("light", "Light"), ("dark", "Dark"))
LEAST_PASSPHRASE = 8
_HINTS = (
    "The recovery code that was shown when this store was made opens it when the passphrase is forgotten: choose “I forgot it” in the "
    "first window. It stays the same when the passphrase changes. Keep it on paper, away from this computer. Without passphrase and "
    "recovery code nobody can open the store, and nobody can send you a new one."
)


class DeskView(QWidget):
    """`look_chosen(word)`, `size_chosen(per cent)`, `backup_asked()`, `check_asked()`, `passphrase_entered(old, new)`."""

    look_chosen = Signal(str)
    size_chosen = Signal(int)
    backup_asked = Signal()
    check_asked = Signal()
    passphrase_entered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        cards = ((self._build_looks(), self._build_safety()), (self._build_passphrase(),))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.addWidget(Scrolled(Columns(cards)))

    def _build_looks(self) -> Card:
        card, form = Card("How it looks"), Form(taken="ucdab")
        self.look = form.add("&Light or dark", ChoiceField(LOOKS))
        self.text_size = form.add(
            "Si&ze of text", ChoiceField([(scale, f"{scale} %") for scale in SIZES]), hint="Ctrl++ and Ctrl+- do the same anywhere."
        )
        self.look.changed.connect(self._on_look_changed)
        self.text_size.changed.connect(self._on_size_changed)
        card.body.addWidget(form)
        return card

    def _build_safety(self) -> Card:
        card = Card("Backup and check")
        card.body.addWidget(
            PlainLabel(
                "A backup is one encrypted file, checked as it is written. The same passphrase and recovery code open it.",
                "muted",
                wrap=True,
            )
        )
        self.backup_button = Button("&Back up now…", self.backup_asked.emit, role="primary")
        self.check_button = Button("Chec&k the store", self.check_asked.emit)
        card.body.addWidget(ButtonRow((self.backup_button, self.check_button)))
        self.busy = PlainLabel("", wrap=True)
        self.busy.hide()
        card.body.addWidget(self.busy)
        self.facts = Facts()
        card.body.addWidget(self.facts)
        return card

    def _build_passphrase(self) -> Card:
        card, self.form = Card("Change the passphrase"), Form(taken="ucdablzk")
        self.old = self.form.add("Pa&ssphrase now", LineField(secret=True), required=True)
        self.new = self.form.add(
            "&New passphrase", LineField(secret=True), hint="Three or four words that you can remember.", required=True
        )
        self.again = self.form.add("New passphrase a&gain", LineField(secret=True), required=True)
        self.form.buttons(Button("Change the passphrase", self._on_submitted, role="primary"))
        self.form.submitted.connect(self._on_submitted)
        card.body.addWidget(self.form)
        card.body.addWidget(PlainLabel("If it is forgotten", "subheading"))
        card.body.addWidget(PlainLabel(_HINTS, "muted", wrap=True))
        return card

    # showing

    def show_looks(self, look: str, size: int) -> None:
        """What is chosen now, without choosing it again."""
        self._quiet = True
        self.look.set_value(look)
        self.text_size.set_value(size)
        self._quiet = False

    def show_facts(self, pairs: list[tuple[str, str]]) -> None:
        """What is known of the store's safety."""
        self.facts.show_pairs(pairs)

    def show_busy(self, words: str) -> None:
        """Say what is going on; empty when nothing is."""
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
        for button in (self.backup_button, self.check_button):
            button.setEnabled(not words)

    def clear_passphrases(self) -> None:
        """Leave no passphrase on the screen."""
        self.form.clear()
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    # what happens

    def _on_look_changed(self) -> None:
        look: Any = self.look.value()
        if look is not None and self.look.is_settled() and not self._quiet:
            self.look_chosen.emit(look)

    def _on_size_changed(self) -> None:
        size: Any = self.text_size.value()
        if size is not None and self.text_size.is_settled() and not self._quiet:
            self.size_chosen.emit(size)

    def _on_submitted(self) -> None:
        if not self.form.check():
            return
        if len(self.new.value().strip()) < LEAST_PASSPHRASE:
            self.form.say_wrong(self.new, f"A passphrase needs at least {LEAST_PASSPHRASE} letters or figures. Nothing was changed.")
        elif self.new.value() != self.again.value():
            self.form.say_wrong(self.again, "This is not what was typed above. Nothing was changed.")
        else:
            self.passphrase_entered.emit(self.old.value(), self.new.value())
