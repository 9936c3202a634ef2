"""Desk, sent and paid side by side: every difference with its cause, what opens it, and the commissioner's answer entered beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.claim import queries as claim_queries
from coachdesk.claim.queries.agreement import Agreement, GapShown
from coachdesk.claim.queries.pack import all_lines
from coachdesk.claim.rules import agreement as agreeing
from coachdesk.clock import month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.claim.answer_form import AnswerForm
from coachdesk.ui.claim.reading import STATUS_WORDS
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_CELLS = (
    Column("For", "title", 0),
    Column("On the desk", "desk_count", 10, "right"),
    Column("", "desk_pence", 12, "right", show=money),
    Column("Sent", "sent_count", 7, "right"),
    Column("", "sent_pence", 12, "right", show=money),
    Column("Paid", "paid_count", 7, "right"),
    Column("", "paid_pence", 12, "right", show=money),
)
_GAPS = (
    Column("Between", "between", 15),
    Column("Cause", "cause", 21),
    Column("Line", "line", 5, "right"),
    Column("Person", "reference", 12),
    Column("Amount", "pence", 11, "right", show=money),
    Column("How it came", "says", 0),
)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A difference as the table shows it."""

    between: str
    cause: str
    line: str
    reference: str
    pence: int
    says: str
    claimable: str
    number: int


@dataclass(frozen=True, slots=True)
class _Read:
    found: Agreement
    lines: tuple[tuple[int, str], ...]


class AgreementView(QWidget):
    """`line_wanted(claimable)` opens its chain, `told(words)` is the line under the title; `said`, `file_wanted`, `receipt_wanted`."""

    line_wanted = Signal(str)
    said = Signal(str)
    told = Signal(str)
    file_wanted = Signal()
    receipt_wanted = Signal()

    def __init__(self, desk: Desk, place: Callable[[], tuple[UUID | None, int]], taken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._place = desk, place
        self._turn = 0
        self.cells = RowTable("Desk, sent and paid", _CELLS, empty="Nothing was earned, sent or paid in this month.")
        self.gaps = RowTable("Differences", _GAPS, empty="Desk, sent and paid agree.")
        self.form = AnswerForm(desk, taken)
        self.file_button = Button("Bring in a remittance…", self.file_wanted.emit)
        self.receipt_button = Button("Load a receipt…", self.receipt_wanted.emit)
        self._gaps_head = PlainLabel("", "subheading", wrap=True)
        self.gaps.row_chosen.connect(self._on_gap_chosen)
        self.gaps.current_changed.connect(self._on_gap_current)
        self.form.saved.connect(self.said)
        self.form.left.connect(self.first_focus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        left, right = QWidget(), QWidget()
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        down.addWidget(self.cells, 2)
        down.addSpacing(SMALL)
        down.addWidget(self._gaps_head)
        down.addWidget(self.gaps, 3)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.form, 1)
        beside.addWidget(ButtonRow((self.file_button, self.receipt_button)))
        layout.addWidget(Sides(left, right, (770, 310)))

    def read(self) -> None:
        """Read the lot's month again."""
        lot, month = self._place()
        if lot is None:
            return
        self._turn += 1
        turn = self._turn

        def ask(session: Any) -> _Read:
            (found,) = claim_queries.agreements(session, lot=lot, months=[month])
            view = claim_queries.figures(session, lot=lot, month=month)
            lines = tuple(
                (number, f"{number}: {line.title or line.milestone} {view.references.get(line.person, '')} {pence_text(line.amount_pence)}")
                for number, line in enumerate(all_lines(view), 1)
            )
            return _Read(found, lines if found.claim_id else ())

        self.desk.read(ask, self, lambda read: self._show(read) if turn == self._turn else None)

    def first_focus(self) -> None:
        """The differences, or the figures."""
        (self.gaps if self.gaps.count() else self.cells).setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """There are references only."""

    def _show(self, read: _Read) -> None:
        found = read.found
        rows = [_gap(each) for each in found.gaps]
        self.cells.show_rows([*found.cells, found.total] if found.cells else [])
        self.gaps.show_rows(rows)
        causes = agreeing.by_cause(gap.gap for gap in found.gaps)
        self._gaps_head.setText(_head(causes))
        number = self.gaps.current().number if self.gaps.count() and self.gaps.current() else 0
        words = (f"Claim {found.number} of {found.lot} for {month_words(found.month)}." if found.claim_id
                 else f"The claim of {found.lot} for {month_words(found.month)} is not sent, so nobody can have answered it.")
        self.form.begin(found.claim_id, words, read.lines, number)
        whole = found.total
        self.told.emit(f"{found.lot}, {month_words(found.month)}: {STATUS_WORDS[found.status]}. Desk {pence_text(whole.desk_pence)}, "
                       f"sent {pence_text(whole.sent_pence)}, paid {pence_text(whole.paid_pence)}")

    def _on_gap_current(self, row: GapRow | None) -> None:
        if row is not None and row.number:
            self.form.look_at(row.number)

    def _on_gap_chosen(self, row: GapRow) -> None:
        if row.claimable:
            self.line_wanted.emit(row.claimable)


def _gap(each: GapShown) -> GapRow:
    gap = each.gap
    says = gap.words + (f": {each.reason}" if each.reason else "")
    return GapRow(gap.between, gap.cause, str(gap.number or ""), each.reference, gap.pence, says, gap.claimable, gap.number)


def _head(causes: Any) -> str:
    if not causes:
        return "Differences: none"
    parts = [f"{cause} {pence_text(pence)}" for (_between, cause), (_many, _count, pence) in causes.items()]
    return f"Differences: {', '.join(parts)}"
