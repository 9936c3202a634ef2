"""Short forms about candidates: the next step, the job of somebody who was hired, somebody put down by name, and why something closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.activity import actions
from coachdesk.activity.queries import CandidateRow
from coachdesk.activity.rules import MOST_HOURS
from coachdesk.activity.rules.candidates import NAMES_GO_OUT, NEED_A_REASON, WITHDREW, moves_of
from coachdesk.activity.rules.vacancy_jobs import pay_an_hour
from coachdesk.partner.queries import VacancyRow
from coachdesk.partner.rules.vacancies import JOB_CONTRACTS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, TickField, WholeNumberField
from coachdesk.ui.parts.privacy import shown_name


class StepForm(Editor):
    """`saved(candidate, stage, sentence)`. Only steps that can follow are offered."""

    saved = Signal(object, str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Next step")
        self._desk = desk
        self._of: CandidateRow | None = None
        self.stage = self.form.add("What happened", ChoiceField(()), required=True)
        self.day = self.form.add("On", DateField(desk.today, past_only=True), hint="Empty: today", beside=True)
        self.reason = self.form.add("Reason", LineField("as the employer said it, or as far as we know"))
        self.name = self.form.add("Name", TickField("We give their name to the employer"))
        self._end("&Save")
        self.stage.changed.connect(self._show_fields)

    def begin(self, row: CandidateRow) -> None:
        """The step after the one where a candidate stands."""
        self._of = row
        self.set_title(f"{shown_name(row.participant, row.reference)}: {row.what}, now “{row.stage}”")
        self.form.clear()
        following = moves_of(row.training_id is not None).get(row.stage, ())
        self.stage.set_choices([(each, each) for each in following])
        self.stage.set_value(following[0] if following else None)
        self.name.setText(f"We give their na&me to {row.partner.replace('&', '&&')}")
        self._show_fields()
        self.stage.setFocus()

    def _show_fields(self) -> None:
        stage = self.stage.value()
        self.form.row_of(self.name).setVisible(stage in NAMES_GO_OUT and self._of is not None and self._of.vacancy_id is not None)
        row = self.form.row_of(self.reason)
        row.required = stage in NEED_A_REASON
        row.setVisible(row.required or stage == WITHDREW)

    def _save(self) -> None:
        of = self._of
        if of is None:
            return
        stage = self.stage.value()
        is_sent = bool(self.name.value()) and not self.form.row_of(self.name).isHidden()
        given: dict[str, Any] = {"stage": stage, "on": self.day.value(), "reason": self.reason.value(), "is_name_sent": is_sent or None}
        name = shown_name(of.participant, of.reference)
        self._act(self._desk, "Note a step of a candidate", lambda session: actions.move_candidate(session, of.id, **given),
                  lambda _none: self.saved.emit(of, stage, f"{name}: {stage}."))


class HiredForm(Editor):
    """The job of somebody who was hired, as the vacancy has it: `saved(sentence)`."""

    saved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Record the job")
        self._desk = desk
        self._of: CandidateRow | None = None
        form = self.form
        self.day = form.add("First day", DateField(desk.today), required=True)
        self.employer = form.add("Employer", LineField(), required=True, beside=True)
        self.title = form.add("Job title", LineField(), required=True, beside=True)
        self.hours = form.add("Hours a week", WholeNumberField(1, MOST_HOURS), required=True)
        self.pay = form.add("Pay an hour, £", MoneyField(), beside=True)
        self.contract = form.add("Contract", ChoiceField([(each, each) for each in JOB_CONTRACTS]), beside=True)
        self.proof = form.add("How it is known", LineField("offer letter seen, payslip seen…"))
        self._end("&Save")

    def begin(self, row: CandidateRow, vacancy: VacancyRow | None) -> None:
        """A job, filled in from the vacancy."""
        self._of = row
        self.set_title(f"The job of {shown_name(row.participant, row.reference)}")
        self.form.clear()
        box: Any
        pairs = [(self.employer, row.partner), (self.title, row.what)]
        if vacancy is not None:
            pay = pay_an_hour(vacancy.pay_pence_an_hour, vacancy.pay_pence_a_year, vacancy.hours_a_week)
            more: list[Any] = [(self.hours, vacancy.hours_a_week), (self.pay, pay), (self.contract, vacancy.contract)]
            pairs += more
        for box, value in pairs:
            box.set_value(value)
        self.day.setFocus()

    def _save(self) -> None:
        of = self._of
        if of is None:
            return
        given: dict[str, Any] = {"started_on": self.day.value(), "hours_a_week": self.hours.value(), "employer": self.employer.value(),
                                 "title": self.title.value(), "pay_pence_an_hour": self.pay.value(), "contract": self.contract.value(),
                                 "proof": self.proof.value()}
        name = shown_name(of.participant, of.reference)
        self._act(self._desk, "Record the job of a candidate", lambda session: actions.record_hired_job(session, of.id, **given),
                  lambda _id: self.saved.emit(f"The job of {name} was recorded: {given['title']}, {given['employer']}."))


class PutDownForm(Editor):
    """Somebody for a vacancy or training whom the short list does not name: `saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Put somebody down")
        self._desk = desk
        self._for: dict[str, UUID] = {}
        self.person = self.form.add("Person", PersonPicker(desk), required=True)
        self.why = self.form.add("Why", NoteField(2))
        self._end("&Save")

    def begin(self, title: str, **what: UUID) -> None:
        """For `vacancy` or `training`."""
        self._for = what
        self.set_title(f"Put somebody down for {title}")
        self.form.clear()
        self.form.first_focus()

    def _save(self) -> None:
        person, why, what, choice = self.person.value(), self.why.value(), self._for, self.person.choice()
        self._act(self._desk, "Put somebody down", lambda session: actions.find_candidate(session, participant=person, why=why, **what),
                  lambda id: self.saved.emit(id, f"{choice.shown() if choice else 'Somebody'} was put down. Nobody was told yet."))


class WhyForm(Editor):
    """Why a vacancy or a training is closed: `saved(sentence)`."""

    saved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Close")
        self._desk = desk
        self._does: Callable[[Any, str], Any] = lambda _session, _why: None
        self._title = ""
        self.why = self.form.add("Why", LineField("filled, withdrawn by the employer…"), required=True)
        self._end("C&lose it")

    def begin(self, title: str, does: Callable[[Any, str], Any]) -> None:
        """`does(session, why)` on Enter."""
        self._title, self._does = title, does
        self.set_title(f"Close {title}")
        self.form.clear()
        self.form.first_focus()

    def _save(self) -> None:
        why, does, title = self.why.value(), self._does, self._title
        self._act(self._desk, "Close a vacancy or training", lambda session: does(session, why),
                  lambda _none: self.saved.emit(f"{title} is closed: {why}."))
