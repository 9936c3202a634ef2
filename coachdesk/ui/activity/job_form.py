"""A job that somebody started: recorded, corrected with a reason, or removed. Pay is typed in pounds an hour."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.activity import actions, rules
from coachdesk.activity.queries import JobRow
from coachdesk.clock import day_text, month_of
from coachdesk.ui.activity.sent_note import SentNote
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.find_field import Choice
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, WholeNumberField
from coachdesk.ui.parts.privacy import initials, shown_name

_CONTRACTS = ("permanent", "temporary", "fixed term", "zero hours", "apprenticeship", "self-employed", "agency")


class JobForm(Editor):
    """`saved(id or None, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Record a job", taken=taken)
        self._desk = desk
        self._of: JobRow | None = None
        form = self.form
        self.person = form.add("Person", PersonPicker(desk), required=True)
        self.sent = SentNote(desk)
        form.put(self.sent)
        self.changed_why = form.add(
            "Reason for the change",
            LineField("such as: hours typed wrongly"),
            hint="Needed when its month may have been claimed; the next claim shows the difference with it.",
        )
        self.day = form.add("First day", DateField(desk.today), required=True)
        self.employer = form.add("Employer", LineField(), required=True)
        self.title = form.add("Job title", LineField(), required=True)
        self.hours = form.add("Hours a week", WholeNumberField(1, rules.MOST_HOURS), required=True)
        self.pay = form.add("Pay an hour, £", MoneyField(), beside=True)
        self.contract = form.add("Contract", ChoiceField([(each, each) for each in _CONTRACTS]))
        self.proof = form.add("How it is known", LineField("payslip seen, employer’s letter…"))
        self.remove_button = Button("Remove", self._remove)
        self._end("&Save", self.remove_button, cancel="Clear")
        self.begin()

    def begin(self, row: JobRow | None = None, person: UUID | None = None) -> None:
        """Another job, or one to correct."""
        self._of = row
        self.form.clear()
        self.sent.look(*((row.participant_id, row.started_on) if row else (None, None)))
        self.set_title("Correct a job" if row else "Record a job")
        self.person.setEnabled(row is None)
        self.remove_button.setVisible(row is not None)
        self.cancel_button.setText("Cancel" if row else "Clear")
        self.form.row_of(self.changed_why).setVisible(row is not None)
        if row is None:
            self.person.set_value(person)
            return
        self.person.choose(
            Choice(row.participant_id, row.participant, f"{row.reference} · {row.lot}", f"{initials(row.participant)} {row.reference}")
        )
        if row.contract and row.contract not in _CONTRACTS:
            self.contract.set_choices([(each, each) for each in (*_CONTRACTS, row.contract)])
        for box, value in (
            (self.day, row.started_on),
            (self.employer, row.employer),
            (self.title, row.title),
            (self.hours, row.hours_a_week),
            (self.pay, row.pay_pence_an_hour),
            (self.contract, row.contract),
            (self.proof, row.proof),
        ):
            box.set_value(value)

    def first_focus(self) -> None:
        """The person, or the day when the person is known."""
        (self.day if self.person.value() else self.person).setFocus()

    def _save(self) -> None:
        given: dict[str, Any] = {
            "started_on": self.day.value(),
            "employer": self.employer.value(),
            "title": self.title.value(),
            "hours_a_week": self.hours.value(),
            "pay_pence_an_hour": self.pay.value(),
            "contract": self.contract.value(),
            "proof": self.proof.value(),
        }
        choice = self.person.choice()
        name = choice.shown() if choice else ""
        said = f"{given['title']}, {given['hours_a_week']} hours a week, {name}, from {day_text(given['started_on'])}."
        if self._of is None:
            person = self.person.value()
            self._act(
                self._desk,
                "Record a job",
                lambda session: actions.record_job(session, participant=person, **given),
                lambda id: self._tell(id, f"Recorded: {said}"),
            )
            return
        if month_of(self._of.started_on) < month_of(self._desk.today()) and self.changed_why.is_empty():
            self.form.say_wrong(self.changed_why, "Say why it changes: its month may have been claimed. Nothing was saved yet.")
            return
        known, why = self._of.id, self.changed_why.value()
        self._act(
            self._desk,
            "Correct a job",
            lambda session: actions.change_job(session, known, changed_why=why, **given),
            lambda _none: self._tell(known, f"Corrected: {said}"),
        )

    def _tell(self, id: UUID | None, sentence: str) -> None:
        self.begin()
        self.saved.emit(id, sentence)

    def _remove(self) -> None:
        if self._of is None:
            return
        if self.changed_why.is_empty():
            self.form.say_wrong(self.changed_why, "Say why it is removed; the reason stays in the log. Nothing was removed yet.")
            return
        known, why, name = self._of.id, self.changed_why.value(), shown_name(self._of.participant, self._of.reference)
        self._act(
            self._desk,
            "Remove a job",
            lambda session: actions.remove_job(session, known, why=why),
            lambda _none: self._tell(None, f"Removed: the job of {name}. Ctrl+Z brings it back."),
        )
