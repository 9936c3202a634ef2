"""The small form for what the commissioner paid: it may differ from the claim, and both figures stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.fields import DateField, MoneyField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.text import PlainLabel


class PaymentForm(QWidget):
    """`entered(pence, day)` on Enter; `left()` on Esc or Cancel."""

    entered = Signal(object, object)
    left = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        card = Card("What was paid")
        self._note = PlainLabel("", "muted", wrap=True)
        self.form = Form()
        self.amount = self.form.add("Amo&unt in pounds", MoneyField(), required=True)
        self.on = self.form.add("Paid &on", DateField(today), required=True)
        self.form.buttons(Button("Mark as paid", self._on_submitted, role="primary"), Button("Cancel", self.left.emit))
        self.form.submitted.connect(self._on_submitted)
        card.body.addWidget(self._note)
        card.body.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        layout.addStretch(1)

    def begin(self, claimed_pence: int) -> None:
        """Start with what was claimed and today."""
        self.form.clear()
        self._note.setText(f"{pence_text(claimed_pence)} was claimed. If another amount was paid, both figures stay.")
        self.amount.set_value(claimed_pence)
        self.on.set_value(self._today())
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    def _on_submitted(self) -> None:
        if self.form.check():
            self.entered.emit(self.amount.value(), self.on.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
