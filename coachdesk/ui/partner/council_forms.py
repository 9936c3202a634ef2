"""Two short forms of council support: what a council is asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import AskRow
from coachdesk.partner.rules.council import (
    ANSWERS,
    COUNCIL_KINDS,
    INFORMATION,
    LAWFUL_BASES,
    MOST_VALUE_HOURS,
    WAITING,
)
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, WholeNumberField


class AskForm(Editor):
    """`saved(id, sentence)`. The lawful basis is asked for where it is about people."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Ask a council")
        self._desk = desk
        form = self.form
        self.lot = form.add("For which lot", ChoiceField(()), required=True)
        self.council = form.add("Council", LineField("the lot’s own, when left empty"), beside=True)
        self.kind = form.add("For what", ChoiceField([(each, each) for each in COUNCIL_KINDS]), required=True)
        self.basis = form.add("Lawful basis", ChoiceField([(each, each) for each in LAWFUL_BASES]), beside=True,
                              hint="Needed before a council is asked for information on people.")
        self.what = form.add("What exactly", LineField("such as: the community room on Thursday mornings"), required=True)
        self.on = form.add("Asked on", DateField(desk.today, past_only=True), hint="Empty: today")
        self._end("&Save")
        self.kind.changed.connect(self._show_basis)

    def begin(self, lots: Mapping[UUID, str], lot: UUID | None) -> None:
        """Another request."""
        self.form.clear()
        self.lot.set_choices([*lots.items()])
        self.lot.set_value(lot or (next(iter(lots)) if len(lots) == 1 else None))
        self._show_basis()
        (self.kind if self.lot.value() else self.lot).setFocus()

    def _show_basis(self) -> None:
        self.form.row_of(self.basis).setVisible(self.kind.value() == INFORMATION)

    def _save(self) -> None:
        given: dict[str, Any] = {"lot": self.lot.value(), "council": self.council.value(), "kind": self.kind.value(),
                                 "what": self.what.value(), "asked_on": self.on.value(),
                                 "lawful_basis": self.basis.value() if self.kind.value() == INFORMATION else None}
        if given["kind"] == INFORMATION and not given["lawful_basis"]:
            self.form.say_wrong(self.basis, "Information on people may not be asked for without its lawful basis. Nothing was saved yet.")
            return
        self._act(self._desk, "Ask a council", lambda session: actions.ask_council(session, **given),
                  lambda id: self.saved.emit(id, f"Asked for: {given['what']}."))


class CameForm(Editor):
    """What came of a request: `saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("What came of it")
        self._desk = desk
        self._of: AskRow | None = None
        form = self.form
        self.answer = form.add("What came of it", ChoiceField([(each, each) for each in ANSWERS]), required=True,
                               hint="Silence is “no answer”, never “declined”.")
        self.on = form.add("On", DateField(desk.today, past_only=True), hint="Empty: today", beside=True)
        self.note = form.add("In words", NoteField(2))
        self.worth = form.add("Worth, £", MoneyField(), hint="Only where it is known")
        self.hours = form.add("Hours given", WholeNumberField(0, MOST_VALUE_HOURS), beside=True, hint="Only where it is known")
        self.remove_button = Button("It was never asked for", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, row: AskRow) -> None:
        """What came of a request, or what is known now."""
        self._of = row
        self.set_title(f"{row.what} ({row.lot})")
        self.form.clear()
        box: Any
        for box, value in ((self.answer, None if row.answer == WAITING else row.answer), (self.on, row.answered_on),
                           (self.note, row.answer_note), (self.worth, row.value_pence), (self.hours, row.value_hours)):
            box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        if self._of is None:
            return
        known, what, answer = self._of.id, self._of.what, self.answer.value()
        given: dict[str, Any] = {"answer": answer, "answered_on": self.on.value(), "answer_note": self.note.value(),
                                 "value_pence": self.worth.value(), "value_hours": self.hours.value()}
        self._act(self._desk, "Note what came of a request to a council", lambda session: actions.answer_ask(session, known, **given),
                  lambda _none: self.saved.emit(known, f"{what}: {answer}."))

    def _remove(self) -> None:
        if self._of is not None:
            known, what = self._of.id, self._of.what
            self._act(self._desk, "Take a request to a council away", lambda session: actions.remove_ask(session, known),
                      lambda _none: self.saved.emit(None, f"{what} was taken away. Ctrl+Z brings it back."))
