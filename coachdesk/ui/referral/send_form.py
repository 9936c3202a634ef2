"""Sending a person to a partner: who, where, what for. What is known of the partner and the person's consent stand beside it."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.participant import queries as participants
from coachdesk.participant import rules as participant_rules
from coachdesk.referral import actions, queries, rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.partner_picker import PartnerPicker
from coachdesk.ui.cards.partner_record import PartnerRecord, record_of
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.referral.outside_card import OutsideCard

_ASK = "Choose a person and a partner; consent and the partner’s record will stand here."


class _Looked(NamedTuple):
    asked: bool
    answer: str | None
    told: bool
    own: bool
    record: PartnerRecord
    options: list[rules.Option]


class SendForm(Editor):
    """`saved(id, sentence)`; `person_asked(id)` to record a consent first."""

    saved = Signal(object, str)
    person_asked = Signal(object)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Send a referral", taken=f"{taken}d")
        self._desk = desk
        self._consent = ""
        form = self.form
        self.person = form.add("Person", PersonPicker(desk), required=True)
        self.partner = form.add("Partner", PartnerPicker(desk), required=True, beside=True)
        self.day = form.add("Day", DateField(desk.today), required=True, beside=True)
        self.word = PlainLabel(_ASK, "muted", wrap=True)
        form.put(self.word)
        self.outside = OutsideCard()
        form.put(self.outside)
        self.need = form.add("What help is asked for", LineField("such as: debts with three lenders, wants a plan"), required=True)
        self.help = form.add("Kind of support (may stay empty)", ChoiceField([(kind, kind) for kind in rules.HELP]), beside=True)
        self.own = form.add(
            "Why it stays with the lead provider", LineField("the share kept in-house is reported"), required=True
        )
        self.returns = form.add("Comes back when (may stay empty)", LineField("such as: money plan agreed"), beside=True)
        self.open_button = Button("&Open the person", self._on_open_asked)
        self.draft_button = Button("Keep as a &draft", self._keep_draft)
        self._end("&Send", self.draft_button, self.open_button)
        self.person.chosen.connect(lambda _choice: self._look())
        self.partner.chosen.connect(lambda _choice: self._look())
        self.help.changed.connect(self._on_help_changed)
        self.outside.taken.connect(self._take)

    def begin(self, person: UUID | None = None) -> None:
        """Another referral, of a person who may be known already."""
        self.form.clear()
        self.form.row_of(self.own).setVisible(False)
        self.outside.show_options([], "")
        self.open_button.setVisible(False)
        self.day.set_value(self._desk.today())
        if person is not None:
            self.person.set_value(person)
        (self.partner if person else self.person).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_help_changed(self) -> None:
        if self.help.is_settled():
            self._look()

    def _take(self, partner: UUID) -> None:
        """An outside option instead of the provider's own."""
        self.partner.set_value(partner)
        self.need.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        """Read consent, whether the partner belongs to the lead provider, and where else the person could go then."""
        person, partner, on = self.person.choice(), self.partner.choice(), self.day.value() or self._desk.today()
        if person is None and partner is None:
            self.word.setText(_ASK)

        wanted = self.help.value()

        def ask(session: Any) -> _Looked:
            answer = participants.consent(session, person.id, participant_rules.TO_PARTNERS) if person else ""
            told = person is None or participants.was_told(session, person.id, on)
            lot = person.row.lot_id if person and person.row is not None else self._desk.lot
            own = partner is not None and (queries.is_own(session, partner.id, lot, on) if lot else partner.row.is_own_provision)
            known = record_of(session, partner.id) if partner else PartnerRecord()
            options = queries.outside_options(session, lot, wanted, on) if own and lot else []
            return _Looked(person is not None, answer, told, own, known, options)

        self._desk.read(ask, self, self._on_looked)

    def _on_looked(self, found: _Looked) -> None:
        asked, answer, told, own, known, options = found
        person, partner = self.person.choice(), self.partner.choice()
        parts = []
        if asked and person is not None:
            parts.append(_consent_words(answer, told))
        if partner is not None:
            parts.append(
                f"{partner.title}: {known.sentence()} "
                f"They should answer within {partner.row.reply_days} days."
            )
        self.word.setText("\n".join(parts) or _ASK)
        self.open_button.setVisible(asked and (answer != rules.GIVEN or not told))
        self.outside.show_options(options, partner.title if partner is not None and own else "")
        self.form.row_of(self.own).setVisible(own)

    def _on_open_asked(self) -> None:
        if self.person.value() is not None:
            self.person_asked.emit(self.person.value())

    def _save(self) -> None:
        given, said = self._given(), self._words("Sent")
        self._act(
            self._desk, "Send a referral", lambda session: actions.send_referral(session, **given), lambda id: self.saved.emit(id, said)
        )

    def _keep_draft(self) -> None:
        """Written down, not sent: neither consent nor the reason for keeping somebody in-house is asked for yet."""
        self.form.row_of(self.own).required = False
        fits = self.form.check()
        self.form.row_of(self.own).required = True
        if fits and not self._is_saving:
            given, said = self._given(), self._words("Kept as a draft")
            self._act(self._desk, "Draft a referral", lambda session: actions.draft_referral(session, **given),
                      lambda id: self.saved.emit(id, said))

    def _given(self) -> dict[str, Any]:
        return {
            "participant": self.person.value(),
            "partner": self.partner.value(),
            "need": self.need.value(),
            "made_on": self.day.value(),
            "own_provision_reason": self.own.value() or None,
            "return_condition": self.returns.value() or None,
            "kind_of_help": self.help.value(),
        }

    def _words(self, deed: str) -> str:
        person, partner = self.person.choice(), self.partner.choice()
        return f"{deed}: {person.shown() if person else ''} to {partner.title if partner else ''}."


def _consent_words(answer: str | None, told: bool) -> str:
    if answer == rules.GIVEN:
        notice = "" if told else " ⚠ No privacy notice is written down up to that day: open the person and write down when it was given."
        return f"Consent to talk to partners: given.{notice}"
    said = "not asked yet" if answer is None else answer
    return f"Consent to talk to partners: {said}. Open the person and record it as given before sending."
