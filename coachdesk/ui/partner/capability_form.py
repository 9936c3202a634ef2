"""One contract or funding and what it adds: new, changed, or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import CapabilityRow
from coachdesk.partner.rules import MOST_WARN_DAYS, WARN_DAYS
from coachdesk.partner.rules.capability import FUNDINGS, MOST_PLACES, SUPPORT_KINDS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.partner_picker import PartnerPicker
from coachdesk.ui.partner.organisation_form import LotsField
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, WholeNumberField

_ANOTHER = "another organisation"


class CapabilityForm(Editor):
    """`saved(id or None, sentence)`. Held by a body of the programme, chosen from a list, or by an organisation that is looked for."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Add a contract or funding")
        self._desk = desk
        self._of: CapabilityRow | None = None
        form = self.form
        self.funding = form.add("Contract or funding", LineField("such as: Adult Education Budget"), required=True,
                                hint=f"For example: {', '.join(FUNDINGS[:4])}.")
        self.holder = form.add("Held by", ChoiceField([(_ANOTHER, _ANOTHER)]), required=True)
        self.partner = form.add("Which organisation", PartnerPicker(desk), beside=True)
        self.kinds = form.add("What it adds", LotsField(), required=True)
        self.lots = form.add("For which lots", LotsField(), hint="None ticked: every lot.")
        self.from_day = form.add("From", DateField(desk.today))
        self.ends_on = form.add("Ends on", DateField(desk.today), beside=True)
        self.days = form.add("Warn so many days before", WholeNumberField(1, MOST_WARN_DAYS), beside=True)
        self.places = form.add("Places", WholeNumberField(1, MOST_PLACES))
        self.amount = form.add("Amount, £", MoneyField(), beside=True)
        self.source = form.add("Where this is known from", LineField("their letter, their website…"))
        self.note = form.add("Note", NoteField(1))
        self.remove_button = Button("Take it away", self._remove)
        self._end("&Save", self.remove_button)
        self.holder.changed.connect(self._show_partner)

    def begin(self, row: CapabilityRow | None, bodies: Sequence[str], lots: Sequence[str], lot: str) -> None:
        """A new one, for the lot that is looked at, or one to change."""
        self._of = row
        self.set_title(f"Change {row.funding}" if row else "Add a contract or funding")
        self.form.clear()
        self.remove_button.setVisible(row is not None)
        self.holder.set_choices([*((each, each) for each in bodies), (_ANOTHER, _ANOTHER)])
        self.kinds.set_lots(SUPPORT_KINDS)
        self.lots.set_lots(lots)
        self.kinds.tie_between(self.partner, self.lots)
        self.lots.tie_between(self.kinds, self.from_day)
        self.days.set_value(WARN_DAYS)
        if row is None:
            self.lots.set_value([lot] if lot else [])
        else:
            self.holder.set_value(row.body or _ANOTHER)
            self.partner.set_value(row.partner_id)
            box: Any
            for box, value in ((self.funding, row.funding), (self.kinds, row.kinds), (self.lots, row.lots), (self.from_day, row.from_day),
                               (self.ends_on, row.ends_on), (self.days, row.warn_days), (self.places, row.places),
                               (self.amount, row.amount_pence), (self.source, row.source), (self.note, row.note)):
                box.set_value(value)
        self._show_partner()
        self.form.first_focus()

    def _show_partner(self) -> None:
        self.form.row_of(self.partner).setVisible(self.holder.value() == _ANOTHER)

    def _save(self) -> None:
        of, holder, partner = self._of, self.holder.value(), self.partner.value()
        if holder == _ANOTHER and partner is None:
            self.form.say_wrong(self.partner, "Which organisation holds it is needed. Nothing was saved yet.")
            return
        given: dict[str, Any] = {
            "funding": self.funding.value(), "kinds": self.kinds.value(), "lots": self.lots.value(), "from_day": self.from_day.value(),
            "ends_on": self.ends_on.value(), "warn_days": self.days.value() or WARN_DAYS, "places": self.places.value(),
            "amount_pence": self.amount.value(), "source": self.source.value(), "note": self.note.value()}
        by: dict[str, Any] = {"partner": partner} if holder == _ANOTHER else {"body": holder}
        if of is None:
            self._act(self._desk, "Add a contract or funding", lambda session: actions.add_capability(session, **by, **given),
                      lambda id: self.saved.emit(id, f"{given['funding']} was added."))
            return
        known: UUID = of.id
        self._act(self._desk, "Change a contract or funding", lambda session: actions.change_capability(
            session, known, is_open_ended=given["ends_on"] is None, is_unlimited=True, **by, **given),
                  lambda _none: self.saved.emit(known, f"{given['funding']} was changed."))

    def _remove(self) -> None:
        if self._of is not None:
            known, funding = self._of.id, self._of.funding
            self._act(self._desk, "Take a contract or funding away", lambda session: actions.remove_capability(session, known),
                      lambda _none: self.saved.emit(None, f"{funding} was taken away. Ctrl+Z brings it back."))
