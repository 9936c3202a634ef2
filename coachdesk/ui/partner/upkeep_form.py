"""How often somebody is in touch with an organisation, and who tends it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.rules.upkeep import MOST_CADENCE
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.partner.history import UpkeepSheet, with_member
from coachdesk.ui.parts.fields import ChoiceField, TickField, WholeNumberField


class UpkeepForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Upkeep", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._name = ""
        self.days = self.form.add("In touch at least every so many days", WholeNumberField(1, MOST_CADENCE),
                                  hint="Empty: as often as is usual in this programme.")
        self.tended_by = self.form.add("Tended by", ChoiceField(placeholder="nobody"), beside=True,
                                       hint="What is overdue stands in their Today.")
        self.none = self.form.add("", TickField("No upkeep wanted"))
        self._end("&Save")

    def begin(self, partner: UUID, name: str, sheet: UpkeepSheet) -> None:
        """Of an organisation, as it stands."""
        self._partner, self._name = partner, name
        self.set_title(f"Upkeep of {name}")
        self.form.clear()
        self.tended_by.set_choices(with_member(sheet.members, sheet.row.tended_by_id, sheet.row.tended_by))
        self.tended_by.set_value(sheet.row.tended_by_id)
        self.none.set_value(sheet.own_cadence == 0)
        self.days.set_value(sheet.own_cadence or None)
        self.days.setPlaceholderText(f"{sheet.network.cadence_days}, as usual")
        self.form.first_focus()

    def _save(self) -> None:
        partner, days, member = self._partner, self.days.value(), self.tended_by.value()
        assert partner is not None
        given: dict[str, Any] = {"tended_by": member, "is_untended": member is None}
        if self.none.value():
            given["cadence_days"] = 0
        elif days:
            given["cadence_days"] = days
        else:
            given["is_usual"] = True
        self._act(self._desk, "Set the upkeep of a partner", lambda session: actions.set_upkeep(session, partner, **given),
                  lambda _none: self.saved.emit(("partner.upkeep", partner), f"The upkeep of {self._name} was set."))
