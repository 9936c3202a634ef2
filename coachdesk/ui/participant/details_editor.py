"""Changing a person's details. A changed postcode leaves the decision as it was said; the page says that a new one may be asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.participant import actions, rules
from coachdesk.partner.actions import phone_of, postcode_typed
from coachdesk.partner.rules import email_of
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.boxes import RuleField, WeeksField, YesNoField
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.work import speak

_TEXTS = ("name", "postcode", "ni_number", "phone", "email", "preferred_contact", "heard_through", "benefit", "note")


class DetailsEditor(QWidget):
    """`saved(id)` after saving, `left` on Esc or Cancel."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: Known | None = None
        self._is_saving = False
        self.form = Form(taken="scl")
        self.boxes: dict[str, Any] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._card = Card()
        self._card.body.addWidget(self.form)
        layout.addWidget(Scrolled(self._card))
        self.save_button = Button("&Save", self.save, role="primary")
        self.cancel_button = Button("&Cancel", self.left.emit)
        self.form.submitted.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        self._build()

    def _build(self) -> None:
        add = self._add
        add("name", "Full name", LineField(longest=200), required=True)
        add("coach", "Coach", ChoiceField(), beside=True, required=True)
        add("postcode", "Postcode", RuleField(postcode_typed, longest=12))
        add("born_on", "Date of birth", DateField(self._desk.today, past_only=True), beside=True)
        add("ni_number", "National Insurance number", RuleField(self._ni_number, rules.ni_shown, "QQ 12 34 56 C", 20))
        add("phone", "Telephone", RuleField(phone_of, longest=40), beside=True)
        add("email", "E-mail", RuleField(email_of, longest=200))
        add("preferred_contact", "How they like to be reached", ChoiceField(words(rules.CONTACT_WAYS)), beside=True)
        add("is_safe_to_call", "Safe to call?", YesNoField())
        add("is_safe_to_leave_message", "Safe to leave a message?", YesNoField(), beside=True)
        add("heard_through", "Heard of us through", ChoiceField(words(rules.HEARD_THROUGH)))
        add("weeks_out_of_work", "Weeks out of work at the start", WeeksField(), beside=True)
        add("benefit", "Benefit at the start", ChoiceField(words(rules.BENEFITS)))
        add("hours_a_week", "Hours a week at the start", WholeNumberField(0, rules.MOST_HOURS), beside=True)
        add("pay_pence_an_hour", "Pay an hour at the start", MoneyField(), beside=True)
        add("note", "Note", NoteField(2))
        self.form.buttons(self.save_button, self.cancel_button)

    def _add(self, name: str, label: str, box: Any, **how: Any) -> None:
        self.boxes[name] = self.form.add(label, box, **how)

    def _ni_number(self, text: str) -> str | None:
        return rules.ni_number_of(text, is_sample=self._known is not None and self._known.detail.person.is_sample)

    def begin(self, known: Known) -> None:
        """Show what is kept now."""
        self._known = known
        self._is_saving = False
        self.form.clear()
        row = known.detail.person
        self.boxes["coach"].set_choices(list(known.members))
        for name, box in self.boxes.items():
            box.set_value(row.coach_id if name == "coach" else getattr(row, name))
        self.form.row_of(self.boxes["postcode"]).setVisible(row.situation == rules.ADDRESS)
        self.form.first_focus()

    def save(self) -> None:
        """Write what was changed; an emptied text is cleared."""
        if self._is_saving or self._known is None or not self.form.check():
            return
        self._is_saving = True
        row = self._known.detail.person
        changed: dict[str, Any] = {}
        for name, box in self.boxes.items():
            before = row.coach_id if name == "coach" else getattr(row, name)
            after = ("" if box.is_empty() else box.value()) if name in _TEXTS else box.value()
            if after != (before or "" if name in _TEXTS else before) and not (name == "ni_number" and rules.ni_shown(after) == before):
                changed[name] = after
        person: UUID = row.id
        self._desk.act("Change details", lambda session: actions.change_details(session, person, **changed), self,
                       lambda _none: self.saved.emit(person), self._on_refused)

    def _on_refused(self, spoken: Any) -> None:
        self._is_saving = False
        speak(self, spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
