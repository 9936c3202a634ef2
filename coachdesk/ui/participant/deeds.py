"""Small forms on a person's page: give a notice, record a consent, add a follow-up, decide again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.clock import month_of, month_text
from coachdesk.participant import actions, rules
from coachdesk.partner.actions import postcode_typed
from coachdesk.programme.rules import SITUATIONS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.verdict_card import Question, VerdictCard
from coachdesk.ui.participant.boxes import RuleField
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card
from coachdesk.ui.work import speak

TAKEN = "lbrdekgcnfmoyaijus"          # letters that the page's and the rail's own use


class Deed(Card):
    """A form of a few fields. `saved(done sentence)` after its action, `left` on Esc or Cancel.

    `reason` stands in the log; `act(session, values)` is the room's action; `done` the sentence afterwards.
    """

    saved = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, title: str, reason: str, act: Callable[[Any, dict[str, Any]], Any], done: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._desk, self._reason, self._act, self._done = desk, reason, act, done
        self._is_saving = False
        self.form = Form(taken=TAKEN)
        self.boxes: dict[str, Any] = {}
        self.body.addWidget(self.form)
        self.form.submitted.connect(self.save)

    def ask(self, name: str, label: str, box: Any, **how: Any) -> Any:
        """One more field, by the name of the action's argument."""
        self.boxes[name] = self.form.add(label, box, **how)
        return box

    def end(self, *others: Button) -> Deed:
        """The buttons that end the form; others stand between Save and Cancel."""
        self.save_button = Button("Save", self.save, role="primary")
        self.form.buttons(self.save_button, *others, Button("Cancel", self.left.emit))
        self.body.addStretch(1)
        return self

    def save(self) -> None:
        """Act on what was typed; a refusal stands in the message bar and the form stays as it is."""
        if self._is_saving or not self.form.check():
            return
        values = {name: (None if box.is_empty() else box.value()) for name, box in self.boxes.items()}
        act = self._act
        self.do(self._reason, lambda session: act(session, values), self._done)

    def do(self, reason: str, act: Callable[[Any], Any], done: str) -> None:
        """One action that ends the form; while it runs the form takes no second one."""
        if not self._is_saving:
            self._is_saving = True
            self._desk.act(reason, act, self, lambda _made: self.saved.emit(done), self._on_refused)

    def _on_refused(self, spoken: Any) -> None:
        self._is_saving = False
        speak(self, spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def give_notice(desk: Desk, known: Known) -> Deed:
    """A privacy notice was given."""
    person = known.detail.id
    deed = Deed(desk, "Give a privacy notice", "Give a notice", lambda session, values: actions.give_notice(session, person, **values),
                "The notice is recorded.")
    version = deed.ask("version", "Version of the notice", LineField(longest=60), required=True)
    how = deed.ask("how", "Given how", ChoiceField(words(rules.NOTICE_WAYS)), beside=True)
    given_on = deed.ask("given_on", "Given on", DateField(desk.today), beside=True)
    last = known.detail.notices
    version.set_value(last[0].version if last else month_text(month_of(known.today)))
    how.set_value(rules.NOTICE_WAYS[0])
    given_on.set_value(known.today)
    return deed.end()


def record_consent(desk: Desk, known: Known) -> Deed:
    """What was said to a matter of consent."""
    person = known.detail.id
    deed = Deed(desk, "Record a consent", "Record a consent", lambda session, values: actions.record_consent(session, person, **values),
                "The answer is recorded; the latest one counts.")
    matter = deed.ask("matter", "To what", ChoiceField(words(rules.CONSENT_MATTERS)), required=True)
    deed.ask("answer", "Answer", ChoiceField(words(rules.CONSENT_ANSWERS)), beside=True, required=True)
    how = deed.ask("how", "Said how", ChoiceField(words(rules.CONSENT_WAYS)))
    said_on = deed.ask("said_on", "Said on", DateField(desk.today), beside=True)
    matter.set_value(rules.TO_PARTNERS)
    how.set_value("spoken")
    said_on.set_value(known.today)
    return deed.end()


def add_follow_up(desk: Desk, known: Known) -> Deed:
    """Something to do by a day."""
    person = known.detail.id
    deed = Deed(desk, "Add a follow-up", "Plan a follow-up",
                lambda session, values: actions.add_follow_up(session, participant=person, **values), "The follow-up is planned.")
    deed.ask("what", "What to do", LineField("such as: ring about the CV", 200), required=True)
    deed.ask("due_on", "By", DateField(desk.today), beside=True, required=True, hint="A day, or +7 for in a week.")
    return deed.end()


def decide_again(desk: Desk, known: Known) -> Deed:
    """A new decision beside the old ones: by the address of today, or by hand with a reason."""
    person, row = known.detail.id, known.detail.person
    deed = Deed(desk, "Decide again", "Decide again", lambda session, values: actions.decide_again(session, person, **values),
                "The new decision is written. Older ones stay as they were said.")
    situation = deed.ask("situation", "Kind of address", ChoiceField(words(SITUATIONS)), required=True)
    postcode = deed.ask("postcode", "Postcode", RuleField(postcode_typed, longest=12), beside=True)
    connection = deed.ask("connection", "Connection to the ward, if any", ChoiceField(words(known.connections)))
    note = deed.ask("connection_note", "Which one", LineField(longest=200), beside=True)
    card = VerdictCard(desk, "What the address of today says")
    deed.form.put(card)
    deed.ask("verdict", "Decided by hand, if so", ChoiceField(words(rules.VERDICTS_BY_HAND)),
             hint="Empty: as said above.")
    deed.ask("reason", "Reason for deciding by hand", LineField("what was seen or agreed, and with whom", 500), beside=True,
             hint="Kept in your name.")
    situation.set_value(row.situation)
    postcode.set_value(row.postcode)

    def on_changed() -> None:
        has_address = situation.value() in (None, rules.ADDRESS)
        postcode.setEnabled(has_address)
        if not has_address and not postcode.is_empty():
            postcode.clear()
        card.ask(Question(row.lot_id, postcode.text(), situation.value() or rules.ADDRESS, connection.value(), note.value()))

    deed.form.changed.connect(on_changed)
    on_changed()
    return deed.end()
