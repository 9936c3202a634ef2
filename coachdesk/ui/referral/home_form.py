"""A person comes home from a partner: what was reached, and when and about what to speak next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal

from coachdesk.referral import actions, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.privacy import shown_name

TOLD = (("", "our own word"), *((way, f"the partner, by {way}" if way != rules.IN_PERSON else "the partner, in person")
                                for way in rules.TOLD_BY))


class HomeForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Comes home", taken=taken)
        self._desk = desk
        self._row: ReferralRow | None = None
        self.met = self.form.add("What was reached", LineField("such as: money plan agreed"), required=True)
        self.told = self.form.add("Who said it", ChoiceField(TOLD), beside=True)
        self.day = self.form.add("Day", DateField(desk.today), required=True, beside=True)
        self.next_on = self.form.add("Next contact on", DateField(desk.today), required=True)
        self.next_what = self.form.add("What to do then", LineField(), beside=True)
        self._end("&Save")

    def begin(self, row: ReferralRow) -> None:
        """Somebody who is taken on, parked or ready to return."""
        self._row = row
        self.set_title(f"Comes home: {shown_name(row.participant, row.reference or '')}, from {row.partner}")
        self.form.clear()
        self.met.set_value(row.condition or row.return_condition or "")
        self.day.set_value(self._desk.today())
        self.told.set_value("")
        self.next_on.set_value(self._desk.today() + timedelta(days=rules.HOME_DAYS))
        self.next_what.setPlaceholderText(f"Back from {row.partner}. Plan the next step together.")
        (self.next_on if self.met.value() else self.met).setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._row is None:
            return
        row, given = self._row, {"met": self.met.value(), "on": self.day.value(), "told_by": self.told.value() or None,
                                 "next_on": self.next_on.value(), "next_what": self.next_what.value() or None}

        def run(session: Any) -> None:
            actions.come_home(session, row.id, **given)

        name = shown_name(row.participant, row.reference or "")
        said = f"{name} comes home from {row.partner}. The next contact is in Today for {row.coach}."
        self._act(self._desk, "Comes home: a referral", run, lambda _none: self.saved.emit(row.id, said))
