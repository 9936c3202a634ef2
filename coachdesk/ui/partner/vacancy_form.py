"""A vacancy and a training with places: new, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import TrainingRow, VacancyRow
from coachdesk.partner.rules.vacancies import (
    ENGLISH_LEVELS,
    JOB_CONTRACTS,
    MOST_VACANCY_PLACES,
    MOST_WORK_HOURS,
    QUALIFICATION_LEVELS,
    WORK_TIMES,
)
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.partner_picker import PartnerPicker
from coachdesk.ui.partner.organisation_form import LotsField
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, TickField, WholeNumberField


class VacancyForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Add a vacancy")
        self._desk = desk
        self._of: VacancyRow | None = None
        form = self.form
        self.employer = form.add("Employer", PartnerPicker(desk), required=True, hint="An organisation of the kind “employer”.")
        self.title = form.add("Job title", LineField(), required=True, beside=True)
        self.told = form.add("Passed on to us on", DateField(desk.today, past_only=True), hint="Empty: today")
        self.advertised = form.add("Advertised from", DateField(desk.today), hint="Empty: not advertised", beside=True)
        self.closes = form.add("Closes on", DateField(desk.today), hint="Empty: no closing day", beside=True)
        self.places = form.add("Places", WholeNumberField(1, MOST_VACANCY_PLACES))
        self.hours = form.add("Hours a week", WholeNumberField(1, MOST_WORK_HOURS), beside=True)
        self.an_hour = form.add("Pay an hour, £", MoneyField(), beside=True)
        self.a_year = form.add("or a year, £", MoneyField(), beside=True)
        self.contract = form.add("Contract", ChoiceField([(each, each) for each in JOB_CONTRACTS]))
        self.postcode = form.add("Postcode of the work", LineField(longest=10), beside=True)
        self.qualification = form.add("Least qualification", ChoiceField([(each, each) for each in QUALIFICATION_LEVELS]), beside=True)
        self.english = form.add("English", ChoiceField([(each, each) for each in ENGLISH_LEVELS]), beside=True)
        self.times = form.add("Times of work", LotsField())
        self.transport = form.add("Way", TickField("Own transport is needed: no bus goes there"))
        self.digital = form.add("Tools", TickField("Works with a computer"), beside=True)
        self.lots = form.add("For which lots", LotsField(), hint="None ticked: every lot.")
        self.note = form.add("What else is asked for", NoteField(1))
        self._end("&Save")

    def begin(self, row: VacancyRow | None, lots: Sequence[str], lot: str) -> None:
        """A new vacancy, for the lot that is looked at, or one to change."""
        self._of = row
        self.set_title(f"Change {row.title}" if row else "Add a vacancy")
        self.form.clear()
        self.times.set_lots(WORK_TIMES)
        self.lots.set_lots(lots)
        self.times.tie_between(self.english, self.transport)
        self.lots.tie_between(self.digital, self.note)
        for box in (self.employer, self.told):
            box.setEnabled(row is None)
        if row is None:
            self.lots.set_value([lot] if lot else [])
        else:
            self.employer.set_value(row.partner_id)
            field: Any
            for field, value in (
                (self.title, row.title), (self.told, row.passed_on), (self.advertised, row.advertised_on), (self.closes, row.closes_on),
                (self.places, row.places), (self.hours, row.hours_a_week), (self.an_hour, row.pay_pence_an_hour),
                (self.a_year, row.pay_pence_a_year), (self.contract, row.contract), (self.postcode, row.postcode),
                (self.qualification, row.qualification), (self.english, row.english), (self.times, row.times),
                (self.transport, row.needs_transport), (self.digital, row.needs_digital), (self.lots, row.lots), (self.note, row.note)):
                field.set_value(value)
        (self.employer if row is None else self.title).setFocus()

    def _save(self) -> None:
        given: dict[str, Any] = {
            "title": self.title.value(), "advertised_on": self.advertised.value(), "closes_on": self.closes.value(),
            "places": self.places.value(), "hours_a_week": self.hours.value(), "pay_pence_an_hour": self.an_hour.value(),
            "pay_pence_a_year": self.a_year.value(), "contract": self.contract.value(), "postcode": self.postcode.value(),
            "qualification": self.qualification.value(), "english": self.english.value(), "times": self.times.value(),
            "needs_transport": self.transport.value(), "needs_digital": self.digital.value(), "lots": self.lots.value(),
            "note": self.note.value()}
        if self._of is None:
            employer, told = self.employer.value(), self.told.value()
            self._act(self._desk, "Add a vacancy", lambda session: actions.add_vacancy(session, partner=employer, passed_on=told, **given),
                      lambda id: self.saved.emit(id, f"{given['title']} was added."))
        else:
            known = self._of.id
            self._act(self._desk, "Change a vacancy", lambda session: actions.change_vacancy(session, known, **given),
                      lambda _none: self.saved.emit(known, f"{given['title']} was changed."))


class TrainingForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Add a training")
        self._desk = desk
        self._of: TrainingRow | None = None
        self._vacancy: UUID | None = None
        form = self.form
        self.provider = form.add("Who gives it", PartnerPicker(desk), required=True)
        self.title = form.add("Name of the training", LineField(), required=True, beside=True)
        self.starts = form.add("Starts on", DateField(desk.today))
        self.ends = form.add("Ends on", DateField(desk.today), beside=True)
        self.places = form.add("Places", WholeNumberField(1, MOST_VACANCY_PLACES), beside=True)
        self.lots = form.add("For which lots", LotsField(), hint="None ticked: every lot.")
        self.note = form.add("Note", NoteField(1))
        self._end("&Save")

    def begin(self, row: TrainingRow | None, vacancy: VacancyRow | None, lots: Sequence[str], lot: str) -> None:
        """A new training, which prepares for a vacancy where one is given, or one to change."""
        self._of, self._vacancy = row, vacancy.id if vacancy is not None else None
        self.set_title(f"Change {row.title}" if row else f"Training for {vacancy.title}" if vacancy else "Add a training")
        self.form.clear()
        self.lots.set_lots(lots)
        self.lots.tie_between(self.places, self.note)
        self.provider.setEnabled(row is None)
        if row is None:
            self.lots.set_value(vacancy.lots if vacancy is not None else [lot] if lot else [])
            self.provider.setFocus()
            return
        self.provider.set_value(row.partner_id)
        box: Any
        for box, value in ((self.title, row.title), (self.starts, row.starts_on), (self.ends, row.ends_on), (self.places, row.places),
                           (self.lots, row.lots), (self.note, row.note)):
            box.set_value(value)
        self.title.setFocus()

    def _save(self) -> None:
        given: dict[str, Any] = {"title": self.title.value(), "starts_on": self.starts.value(), "ends_on": self.ends.value(),
                                 "places": self.places.value(), "lots": self.lots.value(), "note": self.note.value()}
        if self._of is None:
            provider, vacancy = self.provider.value(), self._vacancy
            self._act(self._desk, "Add a training",
                      lambda session: actions.add_training(session, partner=provider, vacancy=vacancy, **given),
                      lambda id: self.saved.emit(id, f"{given['title']} was added."))
        else:
            known = self._of.id
            self._act(self._desk, "Change a training", lambda session: actions.change_training(session, known, **given),
                      lambda _none: self.saved.emit(known, f"{given['title']} was changed."))
