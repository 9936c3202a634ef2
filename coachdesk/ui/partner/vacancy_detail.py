"""One vacancy, employer or training at a glance, and its candidates: all of them, or those who got at least so far."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.activity import queries
from coachdesk.activity.queries import CandidateRow, CandidateStepRow
from coachdesk.activity.rules.candidates import HIRED, WAY_TO_JOB, WAY_TO_TRAINING
from coachdesk.clock import day_text
from coachdesk.partner.queries import TrainingRow, VacancyRow
from coachdesk.partner.rules.vacancies import OPEN_VACANCY
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.vacancy_lines import EMPLOYERS, TRAINING, VacancyLine
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel

ALL = "all"


class VacancyDetail(QWidget):
    """The view around it decides what the buttons do."""

    change_asked = Signal()
    close_asked = Signal()
    training_asked = Signal()
    find_asked = Signal()
    put_asked = Signal()
    step_asked = Signal(object)
    job_asked = Signal(object)
    person_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.line: VacancyLine | None = None
        self._wanted: UUID | None = None
        self.heading = PlainLabel("", "subheading", wrap=True)
        self.facts = Facts()
        self.which = ChoiceField([(ALL, ALL)])
        self.table = RowTable(
            "Candidates", (Column("Person", "participant", 0, private=True), Column("For", "what", 0), Column("Stands at", "stage", 12),
                           Column("Since", "since", 15), Column("Why not", "said", 0)),
            empty="Nobody was found for it yet.")
        self.steps = PlainLabel("", "muted", wrap=True)
        self._build()

    def _build(self) -> None:
        self.change_button = Button("Chan&ge…", self.change_asked.emit)
        self.close_button = Button("Clos&e it…", self.close_asked.emit)
        self.training_button = Button("Tr&aining for it…", self.training_asked.emit)
        self.find_button = Button("&Find people who fit…", self.find_asked.emit)
        self.put_button = Button("&Put somebody down…", self.put_asked.emit)
        self.step_button = Button("Ne&xt step…", lambda: self._emit(self.step_asked))
        self.job_button = Button("Record the &job…", lambda: self._emit(self.job_asked))
        self.person_button = Button("&Open the person", lambda: self._emit(self.person_asked))
        about = Card()
        about.setAccessibleName("Vacancy or training")
        about.body.addWidget(self.heading)
        about.body.addWidget(Scrolled(self.facts), 1)
        about.body.addWidget(ButtonRow((self.change_button, self.close_button, self.training_button)))
        people = Card("Candidates")
        row = QHBoxLayout()
        row.addWidget(field("W&ho got at least to", self.which), 1)
        row.addStretch(1)
        people.body.addLayout(row)
        people.body.addWidget(self.table, 1)
        people.body.addWidget(self.steps)
        people.body.addWidget(ButtonRow((self.find_button, self.put_button, self.step_button, self.job_button, self.person_button)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(about, people, (360, 700)))
        self.which.changed.connect(self.read)
        self.table.current_changed.connect(self._on_current_changed)
        self.table.row_chosen.connect(self._on_chosen)

    def show_line(self, line: VacancyLine | None) -> None:
        """Look at a vacancy, an employer or a training; None at nothing."""
        is_other = line is None or self.line is None or line.id != self.line.id or line.of != self.line.of
        self.line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self.heading.setText(line.title)
        self.facts.show_pairs(_facts(line))
        if is_other:
            way = WAY_TO_TRAINING if line.of == TRAINING else WAY_TO_JOB
            self.which.blockSignals(True)
            self.which.set_choices([(ALL, "all who were found"), *((stage, stage) for stage in way[1:])])
            self.which.set_value(ALL)
            self.which.blockSignals(False)
        self.read()

    def go_to(self, candidate: UUID) -> None:
        """Stand on a candidate once the list is read."""
        self._wanted = candidate

    def read(self) -> None:
        """Ask for the candidates again."""
        line, reached = self.line, self.which.value()
        if line is None or reached is None:
            return
        of: dict[str, Any] = {{EMPLOYERS: "employer", TRAINING: "training"}.get(line.of, "vacancy"): line.id}
        lot, stage = self._desk.lot, None if reached == ALL else reached
        self._desk.read(lambda session: queries.candidates(session, lot=lot, reached=stage, **of), self,
                        lambda rows: self._on_read(line, rows))

    def _on_read(self, line: VacancyLine, rows: list[CandidateRow]) -> None:
        if self.line is not None and line.id == self.line.id:
            self.table.set_empty("Nobody was found for it yet." if self.which.value() == ALL else "Nobody got so far.")
            self.table.show_rows(rows)
            places = [row.id for row in rows]
            if self._wanted in places:
                self.table.go_to(places.index(self._wanted))
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                self._wanted = None
            self._on_current_changed(self.table.current())

    def _on_current_changed(self, row: CandidateRow | None) -> None:
        self._show_buttons(row)
        if row is None:
            self._show_steps([])
        else:
            self._desk.read(lambda session: queries.candidate_steps(session, candidate=row.id), self, self._show_steps)

    def _show_steps(self, steps: list[CandidateStepRow]) -> None:
        """How far the candidate came whom one stands on, with the days."""
        row: CandidateRow | None = self.table.current()
        if row is not None and steps and steps[0].candidate_id != row.id:
            return                                      # somebody else is looked at by now
        words = [f"{step.stage} {day_text(step.on_day)}{' (we gave their name)' if step.is_name_sent else ''}" for step in reversed(steps)]
        self.steps.setText(" · ".join(words))
        self.steps.setVisible(bool(words))

    def _show_buttons(self, row: CandidateRow | None) -> None:
        line = self.line
        of_one = line is not None and line.of != EMPLOYERS
        is_open = line is not None and line.row is not None and line.row.state == OPEN_VACANCY
        is_vacancy = line is not None and isinstance(line.row, VacancyRow)
        self.change_button.setVisible(of_one)
        self.close_button.setVisible(of_one)
        self.close_button.setText("Clos&e it…" if line is None or line.row is None or line.row.closed_on is None else "Op&en it again")
        if line is not None and isinstance(line.row, TrainingRow) and line.row.closed_on is not None:
            self.close_button.hide()
        self.training_button.setVisible(is_vacancy)
        self.find_button.setVisible(is_vacancy and is_open)
        self.put_button.setVisible(of_one and is_open)
        self.step_button.setVisible(row is not None and row.is_open)
        self.job_button.setVisible(row is not None and row.stage == HIRED and row.job_id is None)
        self.person_button.setVisible(row is not None)

    def _on_chosen(self, row: CandidateRow) -> None:
        if row.is_open:
            self.step_asked.emit(row)
        elif row.stage == HIRED and row.job_id is None:
            self.job_asked.emit(row)
        else:
            self.person_asked.emit(row)

    def _emit(self, signal: Any) -> None:
        row = self.table.current()
        if row is not None:
            signal.emit(row)


def _facts(line: VacancyLine) -> list[tuple[str, str]]:
    """What is known of it, without what nobody said."""
    pairs: list[tuple[str, str | None]]
    row = line.row
    if isinstance(row, VacancyRow):
        needs = [row.qualification, row.english, *(["works with a computer"] if row.needs_digital else []),
                 *(["own transport"] if row.needs_transport else [])]
        pairs = [("Employer", row.partner), ("Passed on", f"{day_text(row.passed_on)}, {row.early}, to {row.told_by}"),
                 ("End", row.closes), ("Places", f"{row.places:,}"),
                 ("Hours", f"{row.hours_a_week} a week" if row.hours_a_week else None), ("Pay", row.pay), ("Contract", row.contract),
                 ("Where", row.postcode), ("Times", ", ".join(row.times)), ("Needs", ", ".join(word for word in needs if word)),
                 ("For", ", ".join(row.lots) or "every lot"), ("Note", row.note)]
    elif isinstance(row, TrainingRow):
        days = " to ".join(day_text(day) for day in (row.starts_on, row.ends_on) if day is not None)
        pairs = [("Given by", row.partner), ("For the vacancy", row.vacancy), ("Days", days or "no day yet"),
                 ("Places", f"{row.places:,}, {line.third:,} booked" if row.places else None), ("For", ", ".join(row.lots) or "every lot"),
                 ("Closed", row.closed_why), ("Note", row.note)]
    else:
        pairs = [("Vacancies", line.partner), ("Places", line.places), ("Found", f"{line.first:,}"), ("Hired", f"{line.fifth:,}")]
    return [(what, how) for what, how in pairs if how]
