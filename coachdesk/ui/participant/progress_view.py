"""How far a person has come: the start and why it is that day, which help counted, jobs as they stand, the distance travelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.activity import actions
from coachdesk.casework.job_events import JobEvent
from coachdesk.casework.progress import JobStanding, Outcome, Progress, progress
from coachdesk.claim.rules import pounds
from coachdesk.clock import day_text, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.participant import progress_deeds as deeds
from coachdesk.ui.participant.event_deeds import correct
from coachdesk.ui.participant.holds_deed import HoldsDeed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_COUNTED = (
    Column("Day", "on", 12),
    Column("Help", "what", 0),
    Column("Counts", "counts", 8),
    Column("Why", "why", 0, private=True),
)
_JOBS = (
    Column("From", "started_on", 12),
    Column("Job", "title", 0),
    Column("Hours", "hours_a_week", 6, "right"),
    Column("An hour", "pay_pence_an_hour", 9, "right", show=money),
    Column("Weeks", "weeks", 7, "right"),
    Column("Away", "days_away", 7, "right", show=lambda days: f"{days} d" if days else ""),
)
_EVENTS = (
    Column("When", "when", 0),
    Column("What", "what", 0),
    Column("Claim", "mark", 6),
)
_TRAVELLED = (
    Column("Question", "question", 0, show=lambda question: question.text),
    Column("First", "first", 6, "right"),
    Column("Latest", "latest", 6, "right"),
    Column("", "word", 9),
)


class ProgressView(HoldsDeed):
    """Read apart from the rest of the person, when it is looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Progress | None = None
        self.start = PlainLabel("", wrap=True)
        self.before = PlainLabel("", "muted", wrap=True)
        self.missed = PlainLabel("", "muted", wrap=True)
        self.milestones = PlainLabel("", wrap=True)
        self.counted = RowTable("Help and whether it counted", _COUNTED, empty="No help has been written down yet.", least_rows=4)
        self.rule = PlainLabel("", "muted", wrap=True)
        self._begun_from = self.counted             # the list whose form was opened last: the keyboard goes back to it
        self.jobs = RowTable("Jobs as they stand", _JOBS, empty="No job yet. Ctrl+J records one.", least_rows=3)
        self.since_start = PlainLabel("", "muted", wrap=True)
        self.events = RowTable("What became known of this job", _EVENTS, least_rows=3,
                               empty="Nothing since its first day. Other hours, days away and earnings stand here.")
        self.outcomes = Outcomes()
        self.travelled = RowTable("Distance travelled", _TRAVELLED, empty="No scale is chosen for this contract.", least_rows=4)
        self.readings = PlainLabel("", "muted", wrap=True)
        self._build()
        self.counted.current_changed.connect(lambda row: self.rule.setText(f"By {row.rule}." if row is not None and row.rule else ""))
        self.jobs.current_changed.connect(self._on_job_looked_at)

    def _build(self) -> None:
        counted, jobs, distance = Card("The start, and what counted"), Card("Work"), Card("Distance travelled")
        for each in (self.start, self.milestones, self.before, self.counted, self.rule, self.missed):
            counted.body.addWidget(each, 1 if each is self.counted else 0)
        part: QWidget
        self.job_buttons = {
            "C": Button("Other hours or pay… (C)", lambda: self._of_job(deeds.change_in_job, "C")),
            "A": Button("Away… (A)", lambda: self._of_job(deeds.begin_break, "A")),
            "B": Button("Back at work… (B)", self._back_at_work),
            "M": Button("Earned in a month… (M)", lambda: self._of_job(deeds.record_earnings, "M")),
            "X": Button("It ended… (X)", lambda: self._of_job(deeds.end_job, "X")),
            "G": Button("It goes on… (G)", lambda: self._of_job(deeds.reopen_job, "G")),
        }
        self.correct_button = Button("Correct it… (K)", self.correct_event)
        for part in (self.jobs, self.since_start, ButtonRow(list(self.job_buttons.values())), self.events,
                     ButtonRow((self.correct_button,)), self.outcomes):
            jobs.body.addWidget(part)
        LetterKeys(self.events, {"K": self.correct_event})
        self.events.row_chosen.connect(lambda _row: self.correct_event())
        self.events.current_changed.connect(lambda row: self.correct_button.setEnabled(row is not None))
        LetterKeys(self.jobs, {key: button.click for key, button in self.job_buttons.items()})
        self.reading_button = Button("Take a reading…", self.take_reading)
        for part in (self.travelled, self.readings, ButtonRow((self.reading_button,))):
            distance.body.addWidget(part)
        side = QWidget()
        side.setProperty("role", "clear")
        down = QVBoxLayout(side)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM + SMALL)
        for card in (jobs, distance):
            down.addWidget(card)
        layout = QVBoxLayout(self.front)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(counted, Scrolled(side), (460, 640)))

    def _read(self, known: Known) -> None:
        self._desk.read(lambda session: progress(session, known.detail.id), self, self._on_read)

    def _on_read(self, found: Progress) -> None:
        self.shown = found
        self.show_words()

    def show_words(self) -> None:
        """Say everything again; what is private is hidden by the lists themselves."""
        found = self.shown
        if found is None:
            return
        self.start.setText(found.start_words[0])
        self.milestones.setText("\n".join(found.milestones))
        self.milestones.setVisible(bool(found.milestones))
        more = len(found.start_words) - 3
        self.before.setText("\n".join(found.start_words[1:3]) + (f"\n{more} more below did not count." if more > 0 else ""))
        self.before.setVisible(bool(self.before.text()))
        self.counted.show_rows(found.counted)
        self.missed.setText(found.missed)
        self.missed.setVisible(bool(found.missed))
        at = self.jobs.current()
        self.jobs.show_rows(found.jobs)
        if at is None or not self.jobs.stand_on(at.id):
            self.jobs.go_to(0)
        self._on_job_looked_at(self.jobs.current())
        self.outcomes.show_outcomes(found.outcomes, self._desk.today())
        self._show_distance(found)

    def _show_distance(self, found: Progress) -> None:
        distance = found.distance
        self.reading_button.setText("Take a reading…" if distance is not None else "Choose a scale…")
        self.travelled.show_rows(distance.lines if distance is not None else ())
        if distance is None:
            self.readings.setText("This contract asks by no scale yet.")
        elif distance.first is None:
            self.readings.setText(f"{distance.scale.title}: no reading yet. The first belongs to the start.")
        elif distance.latest is None:
            due = f"; the second is due on {day_text(distance.due_on)}" if distance.due_on else ""
            self.readings.setText(f"{distance.scale.title}: first on {day_text(distance.first.read_on)}{due}.")
        else:
            self.readings.setText(f"{distance.scale.title}: first on {day_text(distance.first.read_on)}, latest on "
                                  f"{day_text(distance.latest.read_on)}, {distance.count} readings.")
        if distance is not None and distance.scale.source:
            self.readings.setText(f"{self.readings.text()} Questions: {distance.scale.source}.")

    def _focus_front(self) -> None:
        back, self._begun_from = self._begun_from, self.counted
        (back if back.count() else self.counted).setFocus()

    # deeds

    def take_reading(self) -> None:
        """The questions of the contract's scale; where it has none yet, the choice of the one that comes with the desk."""
        if self.shown is None:
            return
        if self.shown.distance is not None:
            self.begin(deeds.take_reading(self.shown.distance.scale))
        elif self._desk.dialogs.ask(self, "A scale for this contract", "Ask everybody by ONS4, four questions from 0 to 10, and a second "
                                    "time after 91 days? Another scale is chosen in the programme’s file.", "Ask by ONS4"):
            self.act("Choose a scale", lambda session: actions.choose_scale(session, code="ons4"), "Chosen. Ctrl+Z takes that back.")

    def _on_job_looked_at(self, row: JobStanding | None) -> None:
        going = row is not None and row.ended_on is None
        away = row is not None and row.break_id is not None
        for key, on in (("C", going), ("A", going and not away), ("B", going and away), ("M", row is not None), ("X", going),
                        ("G", row is not None and not going)):
            self.job_buttons[key].setEnabled(on)
        self.since_start.setText(_job_words(row) if row is not None else "")
        self.events.show_rows(row.events if row is not None else ())
        self.events.setVisible(row is not None)
        self.correct_button.setVisible(row is not None and bool(row.events))
        self.correct_button.setEnabled(self.events.current() is not None)

    def _of_job(self, make: Callable[[JobStanding], Any], key: str) -> None:
        row: JobStanding | None = self.jobs.current()
        if row is not None and self.job_buttons[key].isEnabled():
            self._begun_from = self.jobs
            self.begin(make(row))

    def correct_event(self) -> None:
        """Correct, or take away, the line on which the keyboard stands."""
        row: JobStanding | None = self.jobs.current()
        event: JobEvent | None = self.events.current()
        if row is not None and event is not None:
            self._begun_from = self.events
            self.begin(correct(row, event))

    def _back_at_work(self) -> None:
        row: JobStanding | None = self.jobs.current()
        if row is not None and row.break_id is not None:
            self.begin(deeds.end_break(row, row.break_id))


class Outcomes(QWidget):
    """Each outcome of the contract's terms: its title, and below it how far work has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(SMALL)

    def show_outcomes(self, outcomes: Sequence[Outcome], today: date) -> None:
        """Replace all of them."""
        while (item := self._down.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in outcomes:
            self._down.addWidget(PlainLabel(each.title, "label", wrap=True))
            self._down.addWidget(PlainLabel(_outcome_words(each, today), wrap=True))
        self.setVisible(bool(outcomes))


def _job_words(row: JobStanding) -> str:
    """What the list has no room for: earnings, the end, the baseline."""
    said = [f"{row.since_start[:1].upper()}{row.since_start[1:]}."]
    if row.earned_pence:
        said.append(f"{pounds(row.earned_pence)} earned in the months that are known.")
    if row.break_id is not None:
        said.append("Away now.")
    if row.ended_on is not None:
        said.append(f"It ended on {day_text(row.ended_on)}{f': {row.end_reason}' if row.end_reason else ''}.")
    if row.is_sent and row.sent_until is not None:
        said.append(f"Claims up to {month_words(row.sent_until)} went out: a change before then needs a reason.")
    return " ".join(said)


def _outcome_words(outcome: Outcome, today: date) -> str:
    """What the contract's rule says of it, and the day on which it was, or would be, enough."""
    words = outcome.words[:1].upper() + outcome.words[1:]
    if outcome.on is not None:
        words = f"Reached on {day_text(outcome.on)}. {words}."
    elif outcome.expected_on is not None and outcome.expected_on <= today:
        words = (f"{words}. If it has gone on without another day away, that was enough on {day_text(outcome.expected_on)}: "
                 "a payslip, or proof that they are still in work, is missing.")
    elif outcome.expected_on is not None:
        words = f"{words}. If it goes on without another day away: {day_text(outcome.expected_on)}."
    else:
        words = f"{words}."
    return f"{words} By {outcome.rule}."
