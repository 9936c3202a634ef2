"""What became of a referral, in a few words: seen, declined and by whom, parked until what, handed back, completed, taken back, open again.

Accepted needs no form. What the partner said and what we did ourselves are kept apart by one box.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from coachdesk.referral import actions, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.referral.home_form import TOLD

_BY = (
    (rules.CLIENT, "client: the person said no"),
    (rules.PROVIDER, "provider: they have no place"),
    (rules.NOT_ELIGIBLE, "not eligible there"),
)
_HELPED = ((True, "helped"), (False, "not helped"))
TITLES = {rules.SEEN: "Seen", rules.DECLINED: "Declined", rules.PARKED: "Parked", rules.READY: "Condition met",
          rules.HANDED_BACK: "Handed back", rules.COMPLETED: "Completed", rules.WITHDRAWN: "Withdrawn", rules.REOPENED: "Open again"}
_CONDITIONAL = (rules.PARKED, rules.READY)
_OURS = (rules.WITHDRAWN, rules.REOPENED)       # never the partner's word


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
        self.condition = self.form.add("Condition", LineField("such as: money plan agreed"), beside=True)
        self.review = self.form.add("Look again on", DateField(desk.today), beside=True)
        self.day = self.form.add("Day", DateField(desk.today), required=True, beside=True)
        self.told = self.form.add("Who said it", ChoiceField(TOLD), beside=True)
        self.why = self.form.add("Why", LineField())
        self._end("&Save")
        self.helped.changed.connect(self._name_why)

    def begin(self, row: ReferralRow, status: str) -> None:
        """One of the states that TITLES names."""
        self._row, self._status = row, status
        self.set_title(f"{TITLES[status]}: {shown_name(row.participant, row.reference or '')}, {row.partner}")
        self.form.clear()
        self.day.set_value(self._desk.today())
        self.told.set_value("")
        self.condition.set_value(row.condition or row.return_condition or "" if status in _CONDITIONAL else "")
        self.condition.setPlaceholderText("what holds now" if status == rules.READY else "such as: money plan agreed")
        for box, wanted in ((self.by, status == rules.DECLINED), (self.helped, status == rules.COMPLETED),
                            (self.condition, status in _CONDITIONAL), (self.review, status == rules.PARKED),
                            (self.told, status not in _OURS and row.direction == rules.OUT)):
            self.form.row_of(box).setVisible(wanted)
        self._name_why()
        first: Any = {rules.DECLINED: self.by, rules.COMPLETED: self.helped, rules.PARKED: self.condition, rules.READY: self.condition,
                      rules.SEEN: self.day}.get(status, self.why)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_why(self) -> None:
        row = self.form.row_of(self.why)
        row.setVisible(self._status != rules.SEEN)
        row.required = self._status not in (rules.SEEN, rules.PARKED, rules.READY) and not (
            self._status == rules.COMPLETED and self.helped.value() is not False)
        self.why.setPlaceholderText("what came of it (may stay empty)" if not row.required else "in a few words")

    def _save(self) -> None:
        if self._row is None:
            return
        known, status, on, why = self._row.id, self._status, self.day.value(), self.why.value()
        by, helped, told = self.by.value(), self.helped.value(), self.told.value() or None
        condition, review = self.condition.value() or None, self.review.value()

        def run(session: Any) -> None:
            if status == rules.SEEN:
                actions.seen(session, known, on=on, told_by=told)
            elif status == rules.DECLINED:
                actions.decline(session, known, said_by=by, reason=why, on=on, told_by=told)
            elif status == rules.PARKED:
                actions.park(session, known, condition=condition, review_on=review, reason=why, on=on, told_by=told)
            elif status == rules.READY:
                actions.ready(session, known, condition=condition, reason=why, on=on, told_by=told)
            elif status == rules.HANDED_BACK:
                actions.hand_back(session, known, reason=why, on=on, told_by=told)
            elif status == rules.COMPLETED:
                actions.complete(session, known, was_helped=helped, reason=why, on=on, told_by=told)
            elif status == rules.REOPENED:
                actions.reopen(session, known, reason=why, on=on)
            else:
                actions.withdraw(session, known, reason=why, on=on)

        said = f"{TITLES[status]}: {shown_name(self._row.participant, self._row.reference or '')}, {self._row.partner}."
        self._act(self._desk, f"{TITLES[status]}: a referral", run, lambda _none: self.saved.emit(known, said))
