"""An answer by code, in ten seconds: the partner reads out the code on the sheet and says what they say; both are typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal

from coachdesk.clock import day_text
from coachdesk.errors import Refusal, Spoken
from coachdesk.referral import actions, queries, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.text import PlainLabel

_ANSWERS = tuple((words, f"{letter}  {words}") for letter, words in rules.LETTERS.items())
_TOLD = tuple((way, way) for way in rules.TOLD_BY)
_CONDITIONAL = ("parked", "ready to return")
_NEEDS_WHY = ("declined by the person", "no place", "not eligible", "not helped", "handed back")


class ReplyForm(Editor):
    """`saved(id of the referral, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("A partner answers by code", taken=taken)
        self._desk = desk
        form = self.form
        self.code = form.add("Code on the sheet", LineField("R-7K3-Q9D", 12), required=True)
        self.answer = form.add("Answer", ChoiceField(_ANSWERS, "letter or words"), required=True, beside=True)
        self.told = form.add("How they said it", ChoiceField(_TOLD), required=True, beside=True)
        self.whose = PlainLabel("", "muted", wrap=True)
        form.put(self.whose)
        self.condition = form.add("Condition", LineField("as agreed when it was sent, unless said otherwise"))
        self.review = form.add("Look again on", DateField(desk.today), beside=True)
        self.why = form.add("Why", LineField())
        self._end("&Save")
        self.answer.changed.connect(self._fit)
        self.code.changed.connect(self._look)

    def begin(self) -> None:
        """Another answer."""
        self.form.clear()
        self.told.set_value(rules.TELEPHONE)
        self._fit()
        self._look()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        """Whose sheet it is, as soon as the code is whole; or what is wrong with it."""
        typed = self.code.value() or ""
        signs = sum(sign.isalnum() for sign in typed)
        self.whose.setText("")
        if signs < rules.CODE_SIGNS + 1:
            return
        try:
            rules.code_of(typed)
        except Refusal as refusal:
            if signs > rules.CODE_SIGNS + 1 or not typed.strip().upper().startswith("R"):     # with its R it is not whole yet
                self.whose.setText(f"⚠ {refusal.sentence} Compare it with the sheet, sign by sign.")
            return
        self._desk.read(lambda session: queries.referral(session, actions.by_code(session, typed).id), self,
                        lambda row: self._tell(typed, row), lambda spoken: self._wrong(typed, spoken))

    def _tell(self, typed: str, row: ReferralRow | None) -> None:
        if row is not None and typed == (self.code.value() or ""):
            who = shown_name(row.participant, row.reference or "")
            self.whose.setText(f"{who} to {row.partner}, sent on {day_text(row.asked_on or row.made_on)}; now: {row.says}.")

    def _wrong(self, typed: str, spoken: Spoken) -> None:
        if typed == (self.code.value() or ""):
            self.whose.setText(f"⚠ {spoken.sentence}")

    def _fit(self) -> None:
        answer = self.answer.value()
        why = answer in _NEEDS_WHY
        self.form.row_of(self.condition).setVisible(answer in _CONDITIONAL)
        self.form.row_of(self.review).setVisible(answer == "parked")
        self.form.row_of(self.why).required = why
        self.why.setPlaceholderText("in a few words" if why else "what they said (may stay empty)")

    def _save(self) -> None:
        answer = self.answer.value()
        given: dict[str, Any] = {"code": self.code.value(), "answer": answer, "told_by": self.told.value(),
                                 "reason": self.why.value() or None}
        if answer in _CONDITIONAL:
            given |= {"condition": self.condition.value() or None, "review_on": self.review.value() if answer == "parked" else None}

        def run(session: Any) -> tuple[Any, str]:
            actions.reply(session, **given)
            referral = actions.by_code(session, given["code"])
            return referral.id, str(referral.reply_code)

        self._act(self._desk, f"Reply: {answer}", run,
                  lambda found: self.saved.emit(found[0], f"{found[1]}: {answer}, as the partner said by {given['told_by']}."))
