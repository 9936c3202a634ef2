"""Two records of one person side by side: what each says, which value counts, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.clock import day_text
from coachdesk.participant import actions
from coachdesk.participant.queries import PairRow, ParticipantRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.wording import likeness_words, private
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.work import speak

_LABELS = {
    "name": "Name",
    "born_on": "Born",
    "ni_number": "NI number",
    "postcode": "Postcode",
    "phone": "Telephone",
    "email": "E-mail",
    "preferred_contact": "Prefers",
    "is_safe_to_call": "Safe to call",
    "is_safe_to_leave_message": "Safe to leave a message",
    "language": "First language",
    "needs_interpreter": "Interpreter",
    "access_needs": "Access",
    "lone_working_note": "Alone with them",
}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day_text(value) if hasattr(value, "isoformat") else str(value)


@dataclass(frozen=True)
class _Said:
    """One line of the two records, side by side."""

    what: str
    mine: str
    theirs: str
    mark: str


def _lines(one: ParticipantRow, other: ParticipantRow) -> list[_Said]:
    fields = {**_LABELS, "registered_on": "Registered", "coach": "Coach", "lot": "Lot", "note": "Note"}
    found = []
    for name, label in fields.items():
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is not None or theirs is not None:
            mark = "" if mine == theirs else _differing(name, mine)
            hide = private if name in actions.MERGEABLE or name == "note" else str
            mine_said, theirs_said = (hide(_said(value)) if value is not None else "" for value in (mine, theirs))
            found.append(_Said(label, mine_said, theirs_said, mark))
    return found


def _differing(name: str, mine: Any) -> str:
    if name not in actions.MERGEABLE:
        return "each keeps its own"
    return "the second: taken over" if mine is None else "differs: choose below"


class MergeForm(Card):
    """What the two records say differently, side by side, and which of it stands. `saved` when they are joined, `left` on Esc."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, pair: PairRow, one: ParticipantRow, other: ParticipantRow, parent: QWidget | None = None) -> None:
        super().__init__("One person of two records?", parent)
        self._desk, self._pair = desk, pair
        self._is_saving = False
        self.form = Form(taken="lduhpcb")
        self.choices: dict[str, ChoiceField] = {}
        self.body.addWidget(
            PlainLabel(
                f"{shown_name(one.name, one.reference)}, {one.reference}, registered first, stays in front; "
                f"{shown_name(other.name, other.reference)}, {other.reference}, is shown under it. Both records stay as they "
                f"are and can be parted again. They look alike: {likeness_words(pair)}.",
                "muted",
                wrap=True,
            )
        )
        self.lines = RowTable(
            "What the two records say",
            (
                Column("", "what", 14),
                Column(one.reference, "mine", 0),
                Column(other.reference, "theirs", 0),
                Column("Which counts", "mark", 20),
            ),
            least_rows=4,
        )
        self.lines.show_rows(_lines(one, other))
        self.body.addWidget(self.lines, 1)
        for name in actions.MERGEABLE:
            mine, theirs = getattr(one, name), getattr(other, name)
            if mine != theirs and mine is not None and theirs is not None:
                box = ChoiceField([("", private(_said(mine))), (name, private(_said(theirs)))])
                self.choices[name] = self.form.add(_LABELS[name], box, beside=len(self.choices) % 2 == 1)
                box.set_value("")
        self.reason = self.form.add("How do you know?", LineField("such as: she said so", 200))
        self.body.addWidget(self.form)
        self.join_button = Button("They are one person", self.save, role="primary")
        self.form.buttons(self.join_button, Button("Cancel", self.left.emit))
        self.form.submitted.connect(self.save)

    def save(self) -> None:
        """Join them; a refusal stands in the message bar and the form stays."""
        if self._is_saving or not self.form.check():
            return
        self._is_saving = True
        pair, taken, reason = self._pair, [name for name, box in self.choices.items() if box.value()], self.reason.value() or None
        self._desk.act(
            "Join two records of one person",
            lambda session: actions.merge(session, pair.b, other=pair.a, reason=reason, take=taken),
            self,
            lambda _made: self.saved.emit(f"{pair.b_reference} is shown under {pair.a_reference} now."),
            self._on_refused,
        )

    def _on_refused(self, spoken: Any) -> None:
        self._is_saving = False
        speak(self, spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
