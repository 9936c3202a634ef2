"""Vacancies that employers passed on and training with places: the funnel of each, its candidates, and what happens next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.activity import queries as activity
from coachdesk.activity.queries import CandidateRow
from coachdesk.activity.rules.candidates import HIRED
from coachdesk.partner import actions
from coachdesk.partner.queries import TrainingRow, VacancyRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.candidate_forms import HiredForm, PutDownForm, StepForm, WhyForm
from coachdesk.ui.partner.short_list import ShortList
from coachdesk.ui.partner.vacancy_detail import VacancyDetail
from coachdesk.ui.partner.vacancy_form import TrainingForm, VacancyForm
from coachdesk.ui.partner.vacancy_lines import EMPLOYERS, EVERY, OPEN, SHOWN, TRAINING, VacancyLine, VacancySheet, read_vacancies
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.parts.theme import MEDIUM

KEY = "vacancies"
_NUMBERS = ("first", "second", "third", "fourth", "fifth")
_JOB_WORDS = ("Found", "Told", "Applied", "Interview", "Hired")
_TRAINING_WORDS = ("Found", "Told", "Booked", "Started", "Finished")
_EMPTY = {
    OPEN: "No vacancy is open. Add the first one that an employer passes on.",
    EVERY: "No vacancy was passed on yet. Add the first one.",
    EMPLOYERS: "No employer passed a vacancy on yet.",
    TRAINING: "No training is known. Add one from a vacancy that it prepares for, or with Ctrl+N.",
}


class VacanciesView(QWidget):
    """`told` is the line under the title. Enter on a line goes to its candidates."""

    told = Signal(str)
    said = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self.sheet = VacancySheet({key: () for key, _words in SHOWN}, {}, ())
        self._wanted: UUID | None = None
        self.new_words = ""
        self.shown = ChoiceField(SHOWN)
        self.shown.set_value(OPEN)
        self.jobs = self._table("Vacancies", "Vacancy", "Employer", "End", _JOB_WORDS)
        self.employers = self._table("Employers", "Employer", "Vacancies", "", _JOB_WORDS)
        self.courses = self._table("Training", "Training", "Given by", "Starts", _TRAINING_WORDS)
        self.lists = Front()
        for table in (self.jobs, self.employers, self.courses):
            self.lists.addWidget(table)
        self.detail = VacancyDetail(desk)
        self.vacancy, self.training = VacancyForm(desk), TrainingForm(desk)
        self.step, self.hired, self.put_down, self.why = StepForm(desk), HiredForm(desk), PutDownForm(desk), WhyForm(desk)
        self.short_list = ShortList(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("&Show", self.shown), 1)
        row.addStretch(2)
        layout.addLayout(row)
        layout.addWidget(self.lists, 2)
        layout.addWidget(self.detail, 3)
        self._connect()

    def _table(self, name: str, what: str, who: str, when: str, words: tuple[str, ...]) -> RowTable:
        numbers = [Column(word, number, 8, "right") for word, number in zip(words, _NUMBERS, strict=True)]
        ends = (Column(when, "when", 27),) if when else ()
        table = RowTable(name, (Column(what, "title", 0), Column(who, "partner", 0), *ends, Column("Places", "places", 7, "right"),
                                *numbers), empty=_EMPTY[OPEN], empty_button="Add…",
                         on_empty=self.new, least_rows=3)
        table.current_changed.connect(lambda _line: self._look())
        table.row_chosen.connect(self._on_chosen)
        return table

    def _connect(self) -> None:
        self.shown.changed.connect(self._show_lines)
        detail = self.detail
        detail.change_asked.connect(self._change)
        detail.close_asked.connect(self._close)
        detail.training_asked.connect(lambda: self._new_training(self._vacancy()))
        detail.find_asked.connect(self._find)
        detail.put_asked.connect(self._put)
        detail.step_asked.connect(self._step)
        detail.job_asked.connect(self._job)
        detail.person_asked.connect(lambda row: self.open_requested.emit("participant", row.participant_id))
        for form in (self.vacancy, self.training, self.step, self.hired, self.put_down, self.why, self.short_list):
            form.left.connect(lambda: self._page.show_tab(KEY))
        self.vacancy.saved.connect(lambda id, words: self._back(words, id, EVERY))
        self.training.saved.connect(lambda id, words: self._back(words, id, TRAINING))
        self.put_down.saved.connect(lambda id, words: self._back(words, candidate=id))
        self.hired.saved.connect(self._back)
        self.why.saved.connect(self._back)
        self.step.saved.connect(self._on_step)
        self.short_list.put.connect(self.said)

    # what the page calls

    def first_focus(self) -> None:
        """The list."""
        self._list().setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Ask the store again."""
        lot, today = self._desk.lot, self._desk.today()
        self._desk.read(lambda session: read_vacancies(session, lot, today), self, self._on_read)

    def open(self, kind: str, id: Any) -> None:
        """A vacancy, a training, or the one of a candidate."""
        if kind == "activity.candidate":
            self._desk.read(lambda session: activity.candidates(session, id=id), self, self._on_candidate)
            return
        self._wanted = id
        self.shown.set_value(TRAINING if kind == "partner.training" else EVERY)
        self.read()

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        self.short_list.redraw_names()

    def new(self) -> None:
        """The form for another vacancy, or for another training where training is shown."""
        if self.shown.value() == TRAINING:
            self._new_training(None)
            return
        self._page.show_form(self.vacancy, "Vacancy", "As the employer told it. Enter saves. Esc goes back.")
        self.vacancy.begin(None, [*self.sheet.lots.values()], self._lot())

    # showing

    def _on_read(self, sheet: VacancySheet) -> None:
        self.sheet = sheet
        self._show_lines()
        open_ones, every = sheet.lines[OPEN], sheet.lines[EVERY]
        self.told.emit(f"{len(open_ones):,} open vacanc{'y' if len(open_ones) == 1 else 'ies'} of {len(every):,}; "
                       f"{sum(line.first for line in every):,} found, {sum(line.fifth for line in every):,} hired")

    def _show_lines(self) -> None:
        key = self.shown.value()
        if key is None:
            return
        lines, table = self.sheet.lines[key], self._list()
        self.new_words = "Add a trai&ning…" if key == TRAINING else ""
        if self.isVisible():
            self._page.show_tab(KEY)                # its button says what Ctrl+N begins
        self.lists.setCurrentWidget(table)
        table.set_empty(_EMPTY[key])
        table.show_rows(lines)
        places = [line.id for line in lines]
        if self._wanted in places:
            table.go_to(places.index(self._wanted))
            self._wanted = None
        elif lines and not table.view.selectionModel().hasSelection():
            table.go_to(0)
        self._look()

    def _look(self) -> None:
        self.detail.show_line(self._list().current())

    def _list(self) -> RowTable:
        return {TRAINING: self.courses, EMPLOYERS: self.employers}.get(self.shown.value() or OPEN, self.jobs)

    def _lot(self) -> str:
        return self.sheet.lots.get(self._desk.lot, "") if self._desk.lot is not None else ""

    def _vacancy(self) -> VacancyRow | None:
        line = self.detail.line
        return line.row if line is not None and isinstance(line.row, VacancyRow) else None

    def _on_chosen(self, line: VacancyLine) -> None:
        if self.detail.table.count():
            self.detail.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.detail.find_button.isVisible():
            self.detail.find_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_candidate(self, rows: list[CandidateRow]) -> None:
        for row in rows[:1]:
            self.detail.go_to(row.id)
            self.open("partner.training" if row.training_id else "partner.vacancy", row.training_id or row.vacancy_id)

    # deeds

    def _change(self) -> None:
        row = self.detail.line.row if self.detail.line is not None else None
        lots = [*self.sheet.lots.values()]
        if isinstance(row, VacancyRow):
            self._page.show_form(self.vacancy, "Vacancy", row.partner)
            self.vacancy.begin(row, lots, "")
        elif isinstance(row, TrainingRow):
            self._page.show_form(self.training, "Training", row.partner)
            self.training.begin(row, None, lots, "")

    def _new_training(self, vacancy: VacancyRow | None) -> None:
        self._page.show_form(self.training, "Training", "Who gives it, when, and how many may come. Enter saves. Esc goes back.")
        self.training.begin(None, vacancy, [*self.sheet.lots.values()], self._lot())

    def _close(self) -> None:
        row = self.detail.line.row if self.detail.line is not None else None
        if row is None:
            return
        if isinstance(row, VacancyRow) and row.closed_on is not None:
            self._desk.act("Open a vacancy again", lambda session: actions.reopen_vacancy(session, row.id), self,
                           lambda _none: self.said.emit(f"{row.title} is open again."))
            return
        close = actions.close_vacancy if isinstance(row, VacancyRow) else actions.close_training
        self._page.show_form(self.why, "Close", "It stays in the lists with its reason and its people.")
        self.why.begin(row.title, lambda session, why: close(session, row.id, why=why))

    def _find(self) -> None:
        row = self._vacancy()
        if row is not None:
            self._page.show_form(self.short_list, f"Who might fit: {row.title}",
                                 f"{row.partner} · Enter puts somebody down · Esc goes back")
            self.short_list.begin(row.id)

    def _put(self) -> None:
        line = self.detail.line
        if line is not None and line.row is not None:
            self._page.show_form(self.put_down, "Put somebody down", line.partner)
            self.put_down.begin(line.title, **{"training" if line.of == TRAINING else "vacancy": line.id})

    def _step(self, row: CandidateRow) -> None:
        self._page.show_form(self.step, "Next step", row.why or row.partner)
        self.step.begin(row)

    def _on_step(self, row: CandidateRow, stage: str, words: str) -> None:
        self._back(words, candidate=row.id)
        if stage == HIRED and row.vacancy_id is not None:
            self._job(row)

    def _job(self, row: CandidateRow) -> None:
        """The job that a hiring proposes, filled in from the vacancy."""
        vacancy = next((each for each in self.sheet.vacancies if each.id == row.vacancy_id), None)
        self._page.show_form(self.hired, "Record the job", "As the vacancy has it; correct what is otherwise. Esc leaves it for later.")
        self.hired.begin(row, vacancy)

    def _back(self, words: str, line: UUID | None = None, shown: str | None = None, candidate: UUID | None = None) -> None:
        if candidate is not None:
            self.detail.go_to(candidate)
        if line is not None:
            self._wanted = line
            if shown is not None and self.shown.value() != shown:
                self.shown.set_value(shown)
        self._page.show_tab(KEY)
        self.said.emit(words)
