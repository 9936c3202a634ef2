"""A word on trust: how an organisation takes us from a day on, who said so, and what came before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField


class TrustForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("How they take us", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._name = ""
        self.stage = self.form.add("How they take us", ChoiceField(), required=True)
        self.day = self.form.add("From", DateField(desk.today, past_only=True), required=True, beside=True)
        self.said_by = self.form.add("Who said so", LineField("such as: their manager, our coach"), beside=True)
        self.remark = self.form.add("Remark", NoteField(1))
        self.preceded_by = self.form.add(
            "What came before it", NoteField(2),
            hint="In your words. Real contacts of the sixty days before are listed with it by themselves.")
        self._end("&Save")

    def begin(self, partner: UUID, name: str, stage: str, steps: Sequence[str]) -> None:
        """One word more on an organisation; `stage`: where it stands now; `steps`: the programme's scale."""
        self._partner, self._name = partner, name
        self.set_title(f"How {name} takes us")
        self.form.clear()
        self.stage.set_choices([(step, f"{at} of {len(steps)}: {step}") for at, step in enumerate(steps, 1)])
        self.stage.set_value(stage if stage in steps else None)
        self.day.set_value(self._desk.today())
        self.form.first_focus()

    def _save(self) -> None:
        partner = self._partner
        assert partner is not None
        given: dict[str, Any] = {"stage": self.stage.value(), "on_day": self.day.value(), "said_by": self.said_by.value(),
                                 "remark": self.remark.value(), "preceded_by": self.preceded_by.value()}
        self._act(self._desk, "Say how a partner takes us", lambda session: actions.set_trust(session, partner, **given),
                  lambda _id: self.saved.emit(("partner.upkeep", partner), f"{self._name}: {given['stage']}."))
