"""One agreement with an organisation: new, changed, or taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import AgreementRow, PartnerRow
from coachdesk.partner.rules import MOST_WARN_DAYS, WARN_DAYS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField, LineField, NoteField, WholeNumberField


class AgreementForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add an agreement", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._of: AgreementRow | None = None
        self.what = self.form.add("What was agreed", LineField("such as: the back room on Tuesday mornings"), required=True)
        self.from_day = self.form.add("From", DateField(desk.today))
        self.ends_on = self.form.add("Ends on", DateField(desk.today), beside=True)
        self.days = self.form.add("Warn so many days before", WholeNumberField(1, MOST_WARN_DAYS), beside=True)
        self.note = self.form.add("Note", NoteField(2))
        self.remove_button = Button("Take it away", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, partner: PartnerRow, row: AgreementRow | None) -> None:
        """A new agreement with an organisation, or one to change."""
        self._partner, self._of = partner.id, row
        self.set_title(f"Change: {row.what}" if row else f"Add an agreement with {partner.name}")
        self.form.clear()
        self.remove_button.setVisible(row is not None)
        self.days.set_value(row.warn_days if row else WARN_DAYS)
        if row is not None:
            for box, value in ((self.what, row.what), (self.from_day, row.from_day), (self.ends_on, row.ends_on), (self.note, row.note)):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        given: dict[str, Any] = {"what": self.what.value(), "from_day": self.from_day.value(), "ends_on": self.ends_on.value(),
                                 "warn_days": self.days.value() or WARN_DAYS, "note": self.note.value()}
        partner = self._partner
        if self._of is None:
            assert partner is not None
            self._act(self._desk, "Add an agreement", lambda session: actions.add_agreement(session, partner=partner, **given),
                      lambda id: self.saved.emit(("partner.agreement", id), f"{given['what']} was added."))
        else:
            known, open_ended = self._of.id, given["ends_on"] is None
            self._act(self._desk, "Change an agreement",
                      lambda session: actions.change_agreement(session, known, is_open_ended=open_ended, **given),
                      lambda _none: self.saved.emit(("partner.agreement", known), f"{given['what']} was changed."))

    def _remove(self) -> None:
        if self._of is not None:
            known, what, partner = self._of.id, self._of.what, self._partner
            self._act(self._desk, "Take an agreement away", lambda session: actions.remove_agreement(session, known),
                      lambda _none: self.saved.emit(("partner.agreements", partner), f"{what} was taken away. Ctrl+Z brings it back."))
