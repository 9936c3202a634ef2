"""The short forms of the month's close: what the commissioner answers of a line, and what the lead decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.claim import actions as claim_actions
from coachdesk.claim import rules as claim_rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, MoneyField
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.text import PlainLabel

_ANSWERS = (
    (claim_rules.PAID, "Paid"),
    (claim_rules.QUERIED, "Queried: to be chased"),
    (claim_rules.REJECTED, "Rejected: out of the count"),
    (claim_rules.AGAIN, "Claim the rejected line again"),
)
_WHOLE = "the whole month"
_CHOICES = tuple((choice, choice.capitalize()) for choice in claim_rules.CHOICES)


class AnswerForm(Editor):
    """`saved(sentence)`. A line by its number in the claim, or the whole claim where none is given."""

    saved = Signal(str)

    def __init__(self, desk: Desk, taken: str, parent: QWidget | None = None) -> None:
        super().__init__("The commissioner's answer", taken=taken, parent=parent)
        self._desk = desk
        self._claim: UUID | None = None
        self._numbers: set[int] = set()
        self.about = PlainLabel("", "muted", wrap=True)
        self.form.put(self.about)
        self.line = self.form.add("Line", ChoiceField(), required=True)
        self.answer = self.form.add("Answer", ChoiceField(_ANSWERS), required=True)
        self.amount = self.form.add("Amount in pounds", MoneyField(), hint="where it differs from the line")
        self.reason = self.form.add("Reason", LineField(), hint="the commissioner's words, or what was put right")
        self.on = self.form.add("Day", DateField(desk.today))
        self._end("Write it down", cancel="Back to the list")
        self.save_button.setEnabled(False)

    def begin(self, claim: UUID | None, words: str, lines: Sequence[tuple[int, str]], number: int = 0) -> None:
        """For a claim that went out and one of its lines; nothing can be answered where none did."""
        self._claim = claim
        self.about.setText(words)
        self.line.set_choices([(0, "The whole claim"), *lines])
        self.line.set_value(number)
        self.save_button.setEnabled(claim is not None)

    def look_at(self, number: int) -> None:
        """Another line of the same claim."""
        self.line.set_value(number)

    def _save(self) -> None:
        claim, number, reason, on = self._claim, self.line.value() or None, self.reason.value() or "", self.on.value()
        answer, amount = self.answer.value(), self.amount.value()
        if claim is None:
            return

        def deed(session: Any) -> Any:
            if answer == claim_rules.PAID:
                return claim_actions.answer_paid(session, claim, line=number, amount=amount, on=on)
            if answer == claim_rules.QUERIED:
                return claim_actions.query(session, claim, line=number, reason=reason, on=on)
            if answer == claim_rules.REJECTED:
                return claim_actions.reject(session, claim, line=number, reason=reason, on=on)
            return claim_actions.claim_again(session, claim, line=number or 0, reason=reason)

        what = f"Line {number}" if number else "The claim"
        said = f"{what}: {claim_rules.AGAIN if answer == claim_rules.AGAIN else answer}."
        self._act(self._desk, "Write down the commissioner's answer", deed, lambda _id: self._on_saved(said))

    def _on_saved(self, said: str) -> None:
        for box in (self.amount, self.reason, self.on):
            box.set_value(None)
        self.saved.emit(said)


class ChoiceForm(Editor):
    """`saved(sentence)`. What the lead does about a month that is not complete, kept with its reason."""

    saved = Signal(str)

    def __init__(self, desk: Desk, taken: str, place: Callable[[], tuple[UUID | None, int]], parent: QWidget | None = None) -> None:
        super().__init__("What you decide", taken=taken, parent=parent)
        self._desk, self._place = desk, place
        self.choice = self.form.add("Decision", ChoiceField(_CHOICES), required=True)
        self.coach = self.form.add("About", ChoiceField())
        self.reason = self.form.add("Reason", LineField(), required=True)
        self._end("Keep the decision", cancel="Back to the list")

    def show_coaches(self, coaches: Sequence[tuple[UUID, str]]) -> None:
        """Whom it may be about."""
        kept = self.coach.value()
        self.coach.set_choices([(_WHOLE, "The whole month"), *coaches])
        self.coach.set_value(kept if kept in {id for id, _name in coaches} else _WHOLE)

    def _save(self) -> None:
        lot, month = self._place()
        choice, reason = self.choice.value(), self.reason.value()
        coach = self.coach.value() if isinstance(self.coach.value(), UUID) else None
        if lot is None:
            return
        self._act(self._desk, "Decide how a month is closed",
                  lambda session: claim_actions.choose(session, lot=lot, month=month, choice=choice, reason=reason, coach=coach),
                  lambda _id: self._on_saved(choice))

    def _on_saved(self, choice: str) -> None:
        self.reason.set_value(None)
        self.saved.emit(f"Kept: {choice}.")


