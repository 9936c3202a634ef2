"""The fields of a registration, in the order in which people are asked at a food bank; what stands in them as the room's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.participant import rules
from coachdesk.partner.actions import phone_of, postcode_typed
from coachdesk.partner.rules import email_of
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.boxes import EnterTick, RuleField, WeeksField, YesNoField
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_NO_ABODE, _REFUGE = "no fixed abode", "refuge"


def words(choices: Sequence[str]) -> list[tuple[str, str]]:
    """A word list as choices."""
    return [(word, word) for word in choices]


class RegistrationForm(Form):
    """`situation_changed` when no fixed abode or refuge is chosen or taken back. Fields are attributes; `given()` is what was typed."""

    situation_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, taken="lsdygo")
        self.situation = rules.ADDRESS
        is_sample = desk.sample_day is not None
        self.name = self.add("Full &name", LineField(longest=200), required=True)
        self.postcode = self.add("&Postcode", RuleField(postcode_typed, placeholder="such as B34 7AA", longest=12))
        self.lot = self.add("L&ot", ChoiceField(), required=True, beside=True)
        self.put(self._build_situations())
        self.connection = self.add("&Connection to the ward, if any", ChoiceField(), hint="Counts only where the address does not.")
        self.connection_note = self.add("Which &job or school", LineField("such as the employer’s or school’s name", 200), beside=True,
                                        hint="A few words, for the file.")
        self.born_on = self.add("Date of &birth", DateField(desk.today, past_only=True))
        self.ni_number = self.add("National &Insurance number", RuleField(
            lambda text: rules.ni_number_of(text, is_sample=is_sample), rules.ni_shown, "QQ 12 34 56 C", 20), beside=True)
        self.phone = self.add("&Telephone", RuleField(phone_of, longest=40))
        self.email = self.add("&E-mail", RuleField(email_of, longest=200), beside=True)
        self.preferred_contact = self.add("How they like to be &reached", ChoiceField(words(rules.CONTACT_WAYS)))
        self.heard_through = self.add("&Heard of us through", ChoiceField(words(rules.HEARD_THROUGH)), beside=True)
        self.is_safe_to_call = self.add("S&afe to call?", YesNoField())
        self.is_safe_to_leave_message = self.add("Safe to leave a &message?", YesNoField(), beside=True)
        self._build_baseline()
        self._build_consents()
        self.last: Any = self.consent_partners
        self.weeks_out_of_work.changed.connect(self._on_weeks_changed)
        self.notice_given.changed.connect(self._on_notice_changed)
        self._on_notice_changed()
        self.show_connection(False)

    def _build_situations(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        self.no_abode_button = Button("No fi&xed abode", lambda: self.choose_situation(_NO_ABODE))
        self.refuge_button = Button("Ref&uge (no address asked)", lambda: self.choose_situation(_REFUGE))
        self.situation_words = PlainLabel("", "muted", wrap=True)
        for button in (self.no_abode_button, self.refuge_button):
            button.setCheckable(True)
            row.addWidget(button)
        row.addWidget(self.situation_words, 1)
        self._letters.update("xu")
        return holder

    def _build_baseline(self) -> None:
        self.section("How things stand today")
        self.weeks_out_of_work = self.add("&Weeks out of work", WeeksField())
        self.benefit = self.add("Benefit", ChoiceField(words(rules.BENEFITS)), beside=True)
        self.hours_a_week = self.add("Hours a week", WholeNumberField(0, rules.MOST_HOURS))
        self.pay_pence_an_hour = self.add("Pay an hour", MoneyField(), beside=True)

    def _build_consents(self) -> None:
        self.section("Notice and consent")
        self.notice_given = self.add("Privacy notice", EnterTick("The privacy notice was &given today"))
        self.notice_version = self.add("Version of the notice", LineField(longest=60))
        self.notice_how = self.add("Given how", ChoiceField(words(rules.NOTICE_WAYS)), beside=True)
        self.consent_partners = self.add("May we talk to partners about them?", YesNoField())

    # what is shown when

    def choose_situation(self, situation: str) -> None:
        """No fixed abode or refuge: no postcode is asked; the same again takes it back."""
        self.set_situation(rules.ADDRESS if situation == self.situation else situation)
        (self.born_on if self.situation != rules.ADDRESS else self.postcode).setFocus()

    def set_situation(self, situation: str) -> None:
        """Show a situation: without an address the postcode box is empty and closed."""
        self.situation = situation
        has_address = situation == rules.ADDRESS
        self.no_abode_button.setChecked(situation == _NO_ABODE)
        self.refuge_button.setChecked(situation == _REFUGE)
        self.situation_words.setText("" if has_address else f"{situation.capitalize()}: no postcode is kept. Press again to take it back.")
        self.postcode.setEnabled(has_address)
        if not has_address:
            self.postcode.clear()
        self.situation_changed.emit()

    def show_connection(self, on: bool) -> None:
        """The connection is asked only where the address does not count, or while one is chosen."""
        for box in (self.connection, self.connection_note):
            self.row_of(box).setVisible(on)

    def _on_weeks_changed(self) -> None:
        """Hours and pay are asked of people in work, or while nobody knows."""
        weeks = self.weeks_out_of_work.value()
        for box in (self.hours_a_week, self.pay_pence_an_hour):
            self.row_of(box).setVisible(not weeks)
            if weeks:
                box.clear()

    def _on_notice_changed(self) -> None:
        for box in (self.notice_version, self.notice_how):
            self.row_of(box).setVisible(self.notice_given.value())

    # what was typed

    def begin(self, lots: Sequence[tuple[UUID, str]], connections: Sequence[str], notice: tuple[str, str], lot: UUID | None) -> None:
        """Empty, with the lists of this programme and what is usual; notice is (version, how)."""
        self.clear()
        self.lot.set_choices(list(lots))
        self.lot.set_value(lot)
        self.connection.set_choices(words(connections))
        self.notice_version.set_value(notice[0])
        self.notice_how.set_value(notice[1])
        self.set_situation(rules.ADDRESS)
        self.show_connection(False)

    def fill(self, known: dict[str, Any]) -> None:
        """Put in what is known already; None leaves a box as it is."""
        for field, value in known.items():
            if value is not None:
                getattr(self, field).set_value(value)

    def given(self) -> dict[str, Any]:
        """What was typed, by the room's own words: arguments of participant.actions.register."""
        notice = bool(self.notice_given.value())
        consent = self.consent_partners.value()
        with_address = self.situation == rules.ADDRESS
        asked = {field: getattr(self, field).value() or None for field in (
            "name", "lot", "ni_number", "phone", "email", "preferred_contact", "heard_through", "benefit")}
        born_on: date | None = self.born_on.value()
        shown = not self.row_of(self.connection).isHidden()
        return asked | {
            "postcode": (self.postcode.value() or None) if with_address else None, "situation": self.situation, "born_on": born_on,
            "connection": self.connection.value() if shown else None,
            "connection_note": (self.connection_note.value() or None) if shown else None,
            "is_safe_to_call": self.is_safe_to_call.value(), "is_safe_to_leave_message": self.is_safe_to_leave_message.value(),
            "weeks_out_of_work": self.weeks_out_of_work.value(), "hours_a_week": self.hours_a_week.value(),
            "pay_pence_an_hour": self.pay_pence_an_hour.value(),
            "notice_version": self.notice_version.value() if notice else None, "notice_how": self.notice_how.value() if notice else None,
            "consent_partners": None if consent is None else rules.GIVEN if consent else rules.REFUSED}
