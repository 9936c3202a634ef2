"""What a month would come to if some things came true: what it is on one side, what it would be on the other. Nothing is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.claim import queries as claim_queries
from coachdesk.claim import rules as claim_rules
from coachdesk.clock import month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.fields import ChoiceField, DateField, MoneyField, TickField, WholeNumberField
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.work import speak

_SUMS = (
    Column("", "what", 0),
    Column("As it is", "now", 14, "right", show=money),
    Column("As it would be", "then", 16, "right", show=money),
    Column("Difference", "more", 14, "right", show=money),
)
_LINES = (
    Column("Person", "reference", 14),
    Column("For", "title", 0),
    Column("As it is", "now_pence", 12, "right", show=money),
    Column("As it would be", "then_pence", 16, "right", show=money),
)


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure on both sides, in pence."""

    what: str
    now: int
    then: int

    @property
    def more(self) -> int:
        """What it would be more."""
        return self.then - self.now


class SupposeForm(Editor):
    """`asked()` on Enter."""

    asked = Signal()

    def __init__(self, desk: Desk, taken: str, parent: QWidget | None = None) -> None:
        super().__init__("Suppose that", taken=taken, parent=parent)
        self.evidence = self.form.add("", TickField("Missing evidence arrives"))
        self.eligible = self.form.add("", TickField("Addresses to check count"))
        self.helped = self.form.add("", TickField("Those on the way get there"))
        self.starts = self.form.add("New people who start", WholeNumberField())
        self.milestone = self.form.add("A milestone", ChoiceField())
        self.amount = self.form.add("Pays instead, in pounds", MoneyField())
        self.on = self.form.add("It happens on", DateField(desk.today), hint="today, or the month's last day")
        self._end("Work it out", cancel="Back to the figures")

    def _save(self) -> None:
        self.asked.emit()


class WhatIfView(QWidget):
    """`told(words)` for the line under the title."""

    told = Signal(str)

    def __init__(self, desk: Desk, place: Callable[[], tuple[UUID | None, int]], taken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._place = desk, place
        self._turn = 0
        self.form = SupposeForm(desk, taken)
        self.says = PlainLabel("", "muted", wrap=True)
        self.sums = RowTable("Both sides", _SUMS, empty="This month was sent. Choose one that was not.", least_rows=4)
        self.lines = RowTable("Lines that would differ", _LINES, empty="No line would differ. Suppose something on the left.")
        self.form.asked.connect(self.read)
        self.form.left.connect(self.first_focus)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        down.addWidget(self.says)
        down.addWidget(self.sums, 2)
        down.addWidget(PlainLabel("Lines that would differ", "subheading"))
        down.addWidget(self.lines, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(self.form, right, (340, 740)))

    def read(self) -> None:
        """Work out both sides."""
        lot, month = self._place()
        if lot is None:
            return
        self._turn += 1
        turn = self._turn
        form = self.form
        ticks = bool(form.evidence.value()), bool(form.eligible.value()), bool(form.helped.value())
        starts, code, pence, on = form.starts.value() or 0, form.milestone.value(), form.amount.value(), form.on.value()
        amounts = {code: pence} if code and pence is not None else {}

        def ask(session: Any) -> tuple[claim_queries.Compared, list[tuple[str, str]]]:
            terms = claim_queries.terms(session)
            codes = list({each.code: each.title or each.code for each in terms.milestones}.items())
            suppose = claim_queries.suppose_all(session, lot, month, *ticks, starts=starts, amounts=amounts, on=on)
            return claim_queries.what_if(session, lot=lot, month=month, suppose=suppose), codes

        self.desk.read(ask, self, lambda found: self._show(*found) if turn == self._turn else None, self._on_refused)

    def first_focus(self) -> None:
        """The first thing to suppose."""
        self.form.evidence.setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """There are references only."""

    def _show(self, found: claim_queries.Compared, codes: list[tuple[str, str]]) -> None:
        kept = self.form.milestone.value()
        self.form.milestone.set_choices([("", "as the terms say"), *codes])
        self.form.milestone.set_value(kept or "")
        self.sums.show_rows(_sums(found.now, found.then))
        self.lines.show_rows(found.moved)
        self.says.setText(f"If {'; '.join(found.says)}." if found.says else "Nothing is supposed yet: both sides are the same.")
        more = found.then.payable_pence - found.now.payable_pence
        apart = f"{pence_text(abs(more))} {'more' if more > 0 else 'less'} than it is" if more else "the same as it is"
        self.told.emit(f"{found.lot}, {month_words(found.month)}: payable {pence_text(found.then.payable_pence)}, {apart}. "
                       "Nothing is saved.")

    def _on_refused(self, spoken: Any) -> None:
        self.sums.show_rows([])
        self.lines.show_rows([])
        self.says.setText(str(spoken))
        speak(self, spoken)


def _sums(now: claim_rules.ClaimFigures, then: claim_rules.ClaimFigures) -> list[Sum]:
    rows = [Sum("Own claim", now.actual_pence, then.actual_pence)]
    if now.floor is not None and then.floor is not None:
        rows += [Sum("Average of the base months", now.floor.floor_pence, then.floor.floor_pence),
                 Sum("Top-up", now.floor.top_up_pence, then.floor.top_up_pence)]
    return [*rows, Sum("Payable", now.payable_pence, then.payable_pence)]
