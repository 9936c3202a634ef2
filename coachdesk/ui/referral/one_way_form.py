"""What will be done about traffic that goes one way, in a line: the only way to put its alert off."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.referral import actions
from coachdesk.referral.queries import ReciprocityRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import LineField
from coachdesk.ui.parts.text import PlainLabel


class OneWayForm(Editor):
    """`saved(sentence)`."""

    saved = Signal(str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("One-way traffic", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._name = ""
        self.words = PlainLabel("", "muted", wrap=True)
        self.form.put(self.words)
        self.what = self.form.add("What will be done about it", LineField("such as: ask what we could send them, and who sends to us"),
                                  required=True)
        self._end("&Save")

    def begin(self, row: ReciprocityRow) -> None:
        """Of a partner whose traffic goes one way."""
        self._partner, self._name = row.id, row.partner
        self.form.clear()
        self.set_title(f"One-way traffic with {row.partner}")
        self.words.setText(f"{row.alert[:1].upper()}{row.alert[1:]}. The alert goes once this is written down, "
                           "and comes back if a further month goes the same way.")
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._partner is None:
            return
        partner, what, name, lot = self._partner, self.what.value(), self._name, self._desk.lot
        self._act(self._desk, "One-way traffic: what will be done",
                  lambda session: actions.answer_one_way(session, partner_id=partner, what=what, lot=lot),
                  lambda _id: self.saved.emit(f"Written down for {name}: {what}."))
