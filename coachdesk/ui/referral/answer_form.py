"""What the other side said: declined and by whom, completed and whether it helped, or taken back. Accepted needs no form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from coachdesk.referral import actions, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.privacy import shown_name

_BY = (
    (rules.CLIENT, "client: the person said no"),
    (rules.PROVIDER, "provider: they have no place"),
    (rules.NOT_ELIGIBLE, "not eligible there"),
)
_HELPED = ((True, "helped"), (False, "not helped"))
_TITLES = {rules.DECLINED: "Declined", rules.COMPLETED: "Completed", rules.WITHDRAWN: "Withdrawn"}


class AnswerForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Answer", taken=taken)
        self._desk = desk
        self._row: ReferralRow | None = None
        self._status = rules.DECLINED
        self.by = self.form.add("Who declined", ChoiceField(_BY), required=True)
        self.helped = self.form.add("Did it help", ChoiceField(_HELPED), required=True, beside=True)
        self.day = self.form.add("Day", DateField(desk.today), required=True, beside=True)
        self.why = self.form.add("Why", LineField())
        self._end("&Save")
        self.helped.changed.connect(self._name_why)

    def begin(self, row: ReferralRow, status: str) -> None:
        """One of declined, completed, withdrawn."""
        self._row, self._status = row, status
        self.set_title(f"{_TITLES[status]}: {shown_name(row.participant, row.reference or '')}, {row.partner}")
        self.form.clear()
        self.day.set_value(self._desk.today())
        self.form.row_of(self.by).setVisible(status == rules.DECLINED)
        self.form.row_of(self.helped).setVisible(status == rules.COMPLETED)
        self._name_why()
        first: Any = {rules.DECLINED: self.by, rules.COMPLETED: self.helped}.get(status, self.why)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_why(self) -> None:
        row = self.form.row_of(self.why)
        row.required = not (self._status == rules.COMPLETED and self.helped.value() is not False)
        self.why.setPlaceholderText("what came of it (may stay empty)" if not row.required else "in a few words")

    def _save(self) -> None:
        if self._row is None:
            return
        known, status, on, why = self._row.id, self._status, self.day.value(), self.why.value()
        by, helped = self.by.value(), self.helped.value()

        def run(session: Any) -> None:
            if status == rules.DECLINED:
                actions.decline(session, known, said_by=by, reason=why, on=on)
            elif status == rules.COMPLETED:
                actions.complete(session, known, was_helped=helped, reason=why, on=on)
            else:
                actions.withdraw(session, known, reason=why, on=on)

        said = f"{_TITLES[status]}: {shown_name(self._row.participant, self._row.reference or '')}, {self._row.partner}."
        self._act(self._desk, f"{_TITLES[status]}: a referral", run, lambda _none: self.saved.emit(known, said))
