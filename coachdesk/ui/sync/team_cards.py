"""Letting a laptop in by six words, reporting one lost with what that means, and whose details were on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.sync import affected, team
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel

TAKEN = "pctle"
_LOST = (
    "Nothing that this laptop writes from now on counts for anybody, and what the team writes from now on it cannot read.",
    "What it wrote and did not share before is not lost: it is set aside, and you may let it in later.",
    "What is on its disk stays there, encrypted under its passphrase. This cannot be taken back: a found laptop joins again as a new one.",
    "You then see the people whose details were on it, for your data protection lead.",
)


class AdmitCard(Card):
    """`let_in(name, role)` once the words were compared."""

    let_in = Signal(str, str)

    def __init__(self, asking: team.Asking, parent: QWidget | None = None) -> None:
        super().__init__("A laptop asks to join", parent)
        self.asking = asking
        self.body.addWidget(PlainLabel("Ask its owner, by telephone or in person, to read out the six words on their screen. "
                                       "Let it in only if they are these:", wrap=True))
        self.words = PlainLabel(asking.words, "big", wrap=True)
        self.body.addWidget(self.words)
        self.form = Form(taken=TAKEN)
        self.name = self.form.add("Whose laptop it is", LineField(), required=True, hint="The name as the team knows it.")
        self.name.set_value(asking.name)
        self.role: ChoiceField = self.form.add("Role", ChoiceField([("coach", "Coach"), ("lead", "Lead: signs claims, lets others in")]),
                                               required=True)
        self.role.set_value("coach")
        self.button = Button("The words are the same: let it &in", self._on_submitted, role="primary")
        self.form.buttons(self.button)
        self.form.submitted.connect(self._on_submitted)
        self.body.addWidget(self.form)

    def _on_submitted(self) -> None:
        if self.form.check():
            self.let_in.emit(self.name.value(), self.role.value())

    def first_focus(self) -> None:
        """The name."""
        self.form.first_focus()


class LostCard(Card):
    """`confirmed(code)`: cut it off; code is the team's recovery code where it was typed. `left()` on Cancel or Esc."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self, device: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{name}’s laptop is lost, or {name} has left", parent)
        self.device = device
        for sentence in _LOST:
            self.body.addWidget(PlainLabel(f"•  {sentence}", wrap=True))
        self.form = Form(taken=TAKEN)
        self.code = self.form.add("The team’s recovery code", LineField(longest=80),
                                  hint="Only for a laptop that was in the team before this one.")
        self.button = Button("C&ut it off", lambda: self.confirmed.emit(self.code.value()), role="primary")
        self.form.buttons(self.button, Button("Cancel", self.left.emit))
        self.body.addWidget(self.form)

    def first_focus(self) -> None:
        """Cutting off is pressed on purpose: the box comes first."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PeopleCard(Card):
    """Whose details were on the laptop. `let_in()`: what was set aside counts after all; `left()`."""

    let_in = Signal()
    left = Signal()

    def __init__(self, name: str, withheld: int, people: list[affected.Affected], parent: QWidget | None = None) -> None:
        super().__init__(f"On {name}’s laptop", parent)
        self._people: list[Any] = people
        many = len(people)
        self.body.addWidget(PlainLabel(f"Details of {many:,} {'person were' if many == 1 else 'people were'} on it, encrypted. "
                                       "Ctrl+C copies a row.", wrap=True))
        columns = (Column("Reference", "reference", 14), Column("Name", "name", 0, private=True))
        self.list = RowTable("People whose details were on it", columns, empty="Nobody’s.", least_rows=8)
        self.list.show_rows(people)
        self.body.addWidget(self.list, 1)
        buttons = [Button("D&one", self.left.emit, role="primary")]
        if withheld:
            self.body.addWidget(PlainLabel(f"{withheld:,} changes of this laptop are set aside.", "muted", wrap=True))
            buttons.append(Button("Let them &in", self.let_in.emit))
        self.body.addWidget(ButtonRow(buttons))

    def show_names(self) -> None:
        """Say the rows again: names, or initials in a public place."""
        self.list.show_rows(self._people)

    def first_focus(self) -> None:
        """The list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
