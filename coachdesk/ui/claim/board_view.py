"""Before a claim is sent: who signed the month off, what changed since, what is missing, and what the lead decided about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.claim import queries as claim_queries
from coachdesk.claim.queries.board import CHANGED, NOT_SIGNED
from coachdesk.clock import month_words
from coachdesk.sync.begun import Arrival, arrivals
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.claim.answer_form import ChoiceForm
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_COACHES = (
    Column("Coach", "coach", 0),
    Column("Word", "state", 15),
    Column("Signed", "signed_at", 18),
    Column("Help", "help", 9, "right"),
    Column("Jobs", "jobs", 7, "right"),
    Column("Since then", "words", 0),
)
_MISSING = (
    Column("What", "kind", 24),
    Column("Person", "who", 18),
    Column("Day", "on", 12),
    Column("Coach", "coach", 14),
    Column("How it stands", "what", 0),
)
_CHOSEN = (
    Column("Decision", "choice", 12),
    Column("Why", "why", 0),
)


@dataclass(frozen=True, slots=True)
class CoachShown:
    """A coach's word as the table shows it; counts as they were signed, and now where they differ."""

    coach: str
    state: str
    signed_at: datetime | None
    help: str
    jobs: str
    words: str


@dataclass(frozen=True, slots=True)
class MissingShown:
    """Something missing, or changed after its coach's word; what opens it."""

    kind: str
    opens: str
    id: UUID
    reference: str
    name: str
    on: date | None
    coach: str
    what: str

    @property
    def who(self) -> str:
        """The name, in public initials and reference."""
        return shown_name(self.name, self.reference) or self.reference


@dataclass(frozen=True, slots=True)
class ChosenShown:
    """A decision."""

    choice: str
    why: str


class BoardView(QWidget):
    """`open_requested(kind, id)`, `said(sentence)` after a decision, `told(words)` for the line under the title."""

    open_requested = Signal(str, object)
    said = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, place: Callable[[], tuple[UUID | None, int]], taken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._place = desk, place
        self._turn = 0
        self.coaches = RowTable("Coaches and their word", _COACHES, empty="No coach serves this lot in this month.")
        self.missing = RowTable("What is missing", _MISSING, empty="Nothing is missing.")
        self.chosen = RowTable("Decisions", _CHOSEN, empty="Nothing was decided about this month.")
        self.form = ChoiceForm(desk, taken, place)
        self._heads = [PlainLabel("", "subheading") for _table in range(3)]
        self.missing.row_chosen.connect(lambda row: self.open_requested.emit(row.opens, row.id))
        self.form.saved.connect(self.said)
        self.form.left.connect(self.first_focus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        left = self._down((self._heads[0], self.coaches, 2), (self._heads[1], self.missing, 4))
        right = self._down((None, self.form, 3), (self._heads[2], self.chosen, 2))
        layout.addWidget(Sides(left, right, (760, 320)))

    def _down(self, *parts: tuple[PlainLabel | None, QWidget, int]) -> QWidget:
        place = QWidget()
        down = QVBoxLayout(place)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        for head, widget, stretch in parts:
            if head is not None:
                down.addWidget(head)
            down.addWidget(widget, stretch)
            down.addSpacing(SMALL)
        return place

    def read(self) -> None:
        """Read the lot's month again."""
        lot, month = self._place()
        if lot is None:
            return
        self._turn += 1
        turn = self._turn
        store = self.desk.store

        def ask() -> tuple[claim_queries.Board, dict[UUID, Arrival]]:
            with store.read() as session:
                found = claim_queries.board(session, lot=lot, month=month)
            return found, arrivals(store)

        self.desk.work.read(ask, self, lambda pair: self._show(*pair) if turn == self._turn else None)

    def first_focus(self) -> None:
        """What is missing, or the coaches."""
        (self.missing if self.missing.count() else self.coaches).setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        self.read()

    def _show(self, board: claim_queries.Board, arrived: dict[UUID, Arrival]) -> None:
        rows = [_coach(row, arrived.get(row.coach_id)) for row in board.coaches]
        changed = [MissingShown(f"{each.how} after sign-off", each.kind, each.id, each.reference, "", each.on, row.coach, each.what)
                   for row in board.coaches if row.state == CHANGED for each in row.changes]
        lacking = [MissingShown(row.kind, row.opens, row.id, row.reference, row.name, row.on, row.coach, row.what) for row in board.missing]
        self.coaches.show_rows(rows)
        self.missing.show_rows([*changed, *lacking])
        self.chosen.show_rows([ChosenShown(row.choice, f"{row.coach}: {row.reason}" if row.coach else row.reason) for row in board.choices])
        self.form.show_coaches([(row.coach_id, row.coach) for row in board.coaches])
        self._heads[0].setText(f"Sign-offs: {len(rows) - board.open_coaches} of {len(rows)}")
        self._heads[1].setText(f"Missing: {len(lacking)}" + (f", and {len(changed)} changed since" if changed else ""))
        self._heads[2].setText(f"Decided: {len(board.choices)}")
        unsigned = sum(row.state == NOT_SIGNED for row in board.coaches)
        state = "complete" if board.is_complete else f"{unsigned} not signed off, {len(lacking)} missing"
        late = sum(one.missing > 0 for one in arrived.values())
        if late:
            state = f"{state}; work of {late} {'person' if late == 1 else 'people'} has not arrived whole"
        self.told.emit(f"{board.lot}, {month_words(board.month)}: {state}")


def _coach(row: claim_queries.CoachRow, arrived: Arrival | None) -> CoachShown:
    def counts(then: int, now: int) -> str:
        return f"{now:,}" if row.signed_at is None or then == now else f"{then:,} → {now:,}"

    return CoachShown(row.coach, row.state, row.signed_at, counts(row.help_then, row.help_now), counts(row.jobs_then, row.jobs_now),
                      "; ".join(part for part in (row.words, arrived.says if arrived else "") if part))

