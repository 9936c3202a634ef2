"""A person's action plan: what is needed, what was taken up, who does what by when; training and volunteering that came of it.

One key each in the list: N a need, T taken up, X not taken up, D done, O open again; Enter changes a line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.activity import actions, queries, rules
from coachdesk.activity.queries import PlanRow, TrainingRow, VolunteeringRow
from coachdesk.clock import day_text
from coachdesk.participant import queries as participant_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.participant import plan_deeds as deeds
from coachdesk.ui.participant.holds_deed import HoldsDeed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_LINES = (
    Column("No.", "position", 4, "right"),
    Column("Kind of help", "kind", 18),
    Column("What is needed", "need", 0, private=True),
    Column("Next", "step", 0, private=True),
    Column("Who", "by_whom", 10),
    Column("By", "due_on", 12),
    Column("Look again", "review_on", 12),
    Column("Stands", "stands", 22),
)
_COURSES = (
    Column("What", "what", 12),
    Column("Name", "name", 0),
    Column("With", "where", 0),
    Column("From", "from_day", 12),
    Column("To", "to_day", 12),
    Column("Came of it", "outcome", 12),
)


@dataclass(frozen=True, slots=True)
class Course:
    """Training or volunteering as a line of the list."""

    id: UUID
    what: str
    name: str
    where: str
    from_day: date
    to_day: date | None
    outcome: str
    row: TrainingRow | VolunteeringRow


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan as it was read."""

    lines: tuple[PlanRow, ...]
    courses: tuple[Course, ...]


def read_plan(session: Any, person: UUID) -> PlanShown:
    """Under all of a person's records."""
    records = participant_queries.records(session, person)
    courses = [Course(row.id, "training", row.course, row.given_by, row.from_day, row.to_day, row.outcome, row)
               for one in records for row in queries.trainings(session, participant=one)]
    courses += [Course(row.id, "volunteering", row.role, row.where, row.from_day, row.to_day, row.outcome, row)
                for one in records for row in queries.volunteerings(session, participant=one)]
    lines = [row for one in records for row in queries.plan_items(session, participant=one)]
    lines.sort(key=lambda row: row.state in (rules.DONE, rules.NOT_TAKEN_UP))
    return PlanShown(tuple(lines), tuple(sorted(courses, key=lambda row: (row.from_day, row.id.bytes), reverse=True)))


class PlanView(HoldsDeed):
    """`print_wanted(person)`: the plan on paper, for both to sign."""

    print_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown = PlanShown((), ())
        self.wanted: UUID | None = None
        self.total = PlainLabel("", "muted", wrap=True)
        self.table = RowTable("Action plan", _LINES, empty="No plan yet. Press N, or Add a need, for the first line.", least_rows=5)
        self.about = PlainLabel("", "muted", wrap=True)
        self.courses = RowTable("Training and volunteering", _COURSES, empty="None yet.", least_rows=3)
        self._build()
        self.table.row_chosen.connect(lambda row: self._of_line(lambda: self.begin(deeds.change_line(row))))
        self.table.current_changed.connect(self._on_line_looked_at)
        self.courses.row_chosen.connect(lambda course: self.begin(deeds.change_course(course.row)))

    def _build(self) -> None:
        down = QVBoxLayout(self.front)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        plan, courses = Card("Action plan"), Card("Training and volunteering")
        self.buttons = {
            "N": Button("Add a need… (N)", self.add_need),
            "T": Button("Taken up… (T)", self.take_up),
            "X": Button("Not taken up… (X)", self.not_taken_up),
            "D": Button("Done (D)", self.finish),
            "O": Button("Open again (O)", self.open_again),
        }
        self.up_button = Button("Move up (+)", lambda: self._move(-1))
        self.down_button = Button("Move down (−)", lambda: self._move(1))
        self.print_button = Button("Print for both to sign… (P)", self.print_plan)
        for each in (self.total, self.table, self.about):
            plan.body.addWidget(each, 1 if each is self.table else 0)
        plan.body.addWidget(ButtonRow([*self.buttons.values(), self.up_button, self.down_button, self.print_button]))
        letters: dict[str, Callable[[], object]] = {"N": self.add_need, "T": self.take_up, "X": self.not_taken_up, "D": self.finish,
                                                    "O": self.open_again, "P": self.print_plan, "+": lambda: self._move(-1),
                                                    "-": lambda: self._move(1)}
        LetterKeys(self.table, letters)
        courses.body.addWidget(self.courses, 1)
        self.training_button = Button("Add training…", lambda: self.begin(deeds.add_training(self._open())))
        self.volunteering_button = Button("Add volunteering…", lambda: self.begin(deeds.add_volunteering(self._open())))
        courses.body.addWidget(ButtonRow((self.training_button, self.volunteering_button)))
        down.addWidget(plan, 3)
        down.addWidget(courses, 2)

    def _read(self, known: Known) -> None:
        self._desk.read(lambda session: read_plan(session, known.detail.id), self, self._on_read)

    def _on_read(self, shown: PlanShown) -> None:
        self.shown = shown
        at = self.table.current()
        wanted, self.wanted = self.wanted or (at.id if at else None), None
        self.show_words()
        if wanted is not None:
            self.table.stand_on(wanted)

    def show_words(self) -> None:
        """The lists again; the table hides what is private in a public place by itself."""
        self.table.show_rows(self.shown.lines)
        self.courses.show_rows(self.shown.courses)
        count, now = len(self.shown.lines), len(self._open())
        taken = sum(row.taken_up_on is not None for row in self.shown.lines)
        self.total.setText(f"{count} need{'' if count == 1 else 's'}, {taken} taken up, {now} open." if count else "")
        self._on_line_looked_at(self.table.current())

    def _focus_front(self) -> None:
        self.table.setFocus()

    def _open(self) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.shown.lines if row.state not in (rules.DONE, rules.NOT_TAKEN_UP))

    def _on_line_looked_at(self, row: PlanRow | None) -> None:
        state = row.state if row is not None else ""
        why = f" Not taken up: {row.reason}." if row is not None and row.reason and not in_public() else ""
        self.about.setText(f"Said on {day_text(row.said_on)}, with {row.coach}.{why}" if row is not None else "")
        for key, on in (("T", state in (rules.NOT_YET, rules.NOT_TAKEN_UP)), ("X", state in (rules.NOT_YET, rules.TAKEN_UP)),
                        ("D", state in (rules.NOT_YET, rules.TAKEN_UP)), ("O", state not in ("", rules.NOT_YET))):
            self.buttons[key].setEnabled(on)
        is_open = state in (rules.NOT_YET, rules.TAKEN_UP)
        self.up_button.setEnabled(is_open)
        self.down_button.setEnabled(is_open)
        self.print_button.setEnabled(bool(self.shown.lines))

    # deeds

    def add_need(self) -> None:
        """The form for another line."""
        self.begin(deeds.add_need)

    def take_up(self) -> None:
        """The form for the day on which it was taken up."""
        self._of_line(lambda row: self.begin(deeds.taken_up(row)), "T")

    def not_taken_up(self) -> None:
        """The form for the reason."""
        self._of_line(lambda row: self.begin(deeds.not_taken_up(row)), "X")

    def finish(self) -> None:
        """The line is done."""
        self._of_line(lambda row: self.act("Done in the plan", lambda session: actions.finish(session, row.id),
                                           f"Done: {row.kind}. Ctrl+Z takes that back."), "D")

    def open_again(self) -> None:
        """The line is open again."""
        self._of_line(lambda row: self.act("Open a line of the plan again", lambda session: actions.open_again(session, row.id),
                                           f"Open again: {row.kind}."), "O")

    def print_plan(self) -> None:
        """The plan on paper."""
        if self.known is not None and self.shown.lines:
            self.print_wanted.emit(self.known.detail.id)

    def _move(self, by: int) -> None:
        row: PlanRow | None = self.table.current()
        if row is not None and self.up_button.isEnabled() and row.position + by >= 1:
            self.act("Move a line of the plan", lambda session: actions.change_plan_item(session, row.id, position=row.position + by),
                     "Moved.")

    def _of_line(self, deed: Callable[..., Any], key: str = "") -> None:
        """A deed on the line one stands on; nothing in a public place, where its words are hidden."""
        row: PlanRow | None = self.table.current()
        if row is None or in_public() or (key and not self.buttons[key].isEnabled()):
            return
        deed(row) if key else deed()
