"""One contact, to be put right: the line as fields, whether they were followed up, and the way to a registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import MOST_ROWS, TOPICS, topics_of
from coachdesk.partner.actions import phone_of, postcode_typed
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.unfinished import Unfinished, kept_words
from coachdesk.ui.outreach.counting import follow_up_words
from coachdesk.ui.outreach.session_reading import ContactShown
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField, NoteField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Scrolled
from coachdesk.ui.parts.text import PlainLabel

_WIDEST = 106         # characters


class ReadLine(LineField):
    """A line that a room's own rule reads: what the rule refuses is said under the box."""

    def __init__(self, rule: Any, placeholder: str = "", longest: int = 200) -> None:
        super().__init__(placeholder, longest)
        self._rule = rule

    def problem(self) -> str:
        """The rule's own sentence."""
        try:
            self._rule(self.text())
        except Refusal as refusal:
            return f"{refusal.sentence} {refusal.next_step}"
        return ""


def _words(text: str) -> list[str]:
    return [word for word in (each.strip() for each in text.split(",")) if word]


class ContactEditor(QWidget):
    """`saved` after a change was written; `left` on Cancel or Esc, nothing written."""

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: queries.ContactRow | None = None
        self._is_participant = False
        self.form = form = Form()
        self.name = form.add("&Name", LineField(), required=True)
        self.phone = form.add("&Telephone", ReadLine(phone_of, "07400 123456", 40))
        self.postcode = form.add("&Postcode", ReadLine(postcode_typed, "B34 7AA", 12), beside=True)
        self.topics = form.add("&About", ReadLine(lambda text: topics_of(_words(text)), "CV and job search, benefits", 400),
                               hint=f"Topics, divided by commas; short forms will do. They are: {', '.join(TOPICS)}.")
        self.follow_up = form.add("&Follow up on", DateField(desk.today))
        self.number = form.add("Ro&w on paper", WholeNumberField(1, MOST_ROWS), beside=True)
        self.note = form.add("N&ote", NoteField(3))
        self.state = PlainLabel("", "muted", wrap=True)
        form.put(self.state)
        self.save_button = Button("Save the contact", self.save, role="primary", keys="Ctrl+Return")
        self.done_button = Button("Fo&llowed up today", self.mark_followed_up)
        self.register_button = Button("&Register as a participant", self.begin_registration)
        self.remove_button = Button("Re&move…", self.remove)
        self.cancel_button = Button("Cancel", self.leave)
        form.buttons(self.save_button, self.cancel_button)
        form.buttons(self.done_button, self.register_button, self.remove_button)
        self._fit()
        form.submitted.connect(self.save)
        self.unfinished = Unfinished(desk, form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(form))
        QShortcut(QKeySequence("Esc"), self, self.leave)

    def _fit(self) -> None:
        self.form.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "form"):
            self._fit()

    def begin_change(self, contact: ContactShown) -> None:
        """Show a contact."""
        row = self._row = contact.row
        self._is_participant = contact.participant_id is not None
        self.unfinished.leave()
        self.form.clear()
        self.name.set_value(row.name)
        self.phone.set_value(row.phone)
        self.postcode.set_value(row.postcode)
        self.topics.set_value(", ".join(row.topics))
        self.follow_up.set_value(row.follow_up_on)
        self.note.set_value(row.note)
        self.number.set_value(row.register_number)
        self.form.row_of(self.number).setVisible(row.register_number is not None)
        how = follow_up_words(row.follow_up_on, row.followed_up_on, self._desk.today())
        parts = [f"Met at {row.session}", f"by {row.coach}", f"follow-up: {how}" if how else "",
                 "a participant" if self._is_participant else ""]
        self.state.setText(" · ".join(part for part in parts if part))
        self.done_button.setVisible(row.followed_up_on is None)
        self.register_button.setVisible(not self._is_participant)
        self.unfinished.begin(f"outreach contact {row.id}", self._on_kept)
        self.form.first_focus()

    def _on_kept(self, at: datetime) -> None:
        self.state.setText(f"{kept_words('change', at)} It stands in the boxes; Esc throws it away.")

    def leave(self) -> None:
        """Back, nothing written; what was half typed is thrown away."""
        self.unfinished.end()
        self.left.emit()

    def save(self) -> None:
        """Write the fields."""
        row = self._row
        if row is None or not self.form.check():
            return
        fields = {"name": self.name.value(), "phone": self.phone.value(), "postcode": self.postcode.value(),
                  "topics": _words(self.topics.value()), "note": self.note.value(), "follow_up_on": self.follow_up.value(),
                  "register_number": self.number.value()}
        self._desk.act("Change a contact", lambda session: actions.change_contact(session, row.id, **fields), self, self._on_saved,
                       forgets=self.unfinished.name)

    def mark_followed_up(self) -> None:
        """Say that it was done today."""
        row = self._row
        if row is not None:
            self._desk.act("Mark as followed up", lambda session: actions.mark_followed_up(session, row.id), self, self._on_saved)

    def begin_registration(self) -> None:
        """Hand the contact over to be registered."""
        if self._row is not None:
            self._desk.offered.emit("register contact", self._row.id)

    def remove(self) -> None:
        """Take the contact away, after asking."""
        row = self._row
        asked = "This contact was written down by mistake and goes from the list. Undo brings it back."
        if row is not None and self._desk.dialogs.ask(self, "Remove a contact", asked, "Remove the contact"):
            self._desk.act("Remove a contact", lambda session: actions.remove_contact(session, row.id), self, self._on_saved)

    def _on_saved(self, _answer: Any) -> None:
        self.unfinished.end(saved=True)
        self.saved.emit()
