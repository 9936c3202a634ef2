"""Unmet demand: people turned away by ward and need or place, small numbers hidden, and what was counted last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import LEAST, SafeTable
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.outreach.period import period_field, quarters_of, since_of, words_of
from coachdesk.ui.outreach.turn_away_form import TurnAwayForm
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

KEY = "unmet"
_BY = (("need", "need"), ("venue", "place"))
_LAST = 60
_EMPTY = "Nobody was counted as turned away in this time. Count somebody with Alt+A: no name is asked, and the postcode is not kept."
_FOR_WORK = (f"For your own work, up to today. “hidden” stands for fewer than {LEAST} people, and for numbers beside them that would give "
             "them away. Pass on the paper instead: it holds settled quarters of all lots, and no two papers can be subtracted.")


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """One cell that has somebody in it, or is hidden, as the list shows it."""

    id: tuple[str, str]
    ward: str
    what: str
    people: str


def unmet_lines(table: SafeTable) -> list[UnmetLine]:
    """The table as lines: each ward with its total, then its cells."""
    lines = []
    for ward, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True):
        lines.append(UnmetLine((ward, ""), ward, "all", f"{total:,}"))
        lines += [UnmetLine((ward, what), "", what, "hidden" if cell is None else f"{cell:,}")
                  for what, cell in zip(table.columns, cells, strict=True) if cell is None or cell]
    return lines


class UnmetView(QWidget):
    """`told(sentence)` is the line under the title."""

    told = Signal(str)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self.period = period_field()
        self.by = ChoiceField(_BY)
        self.by.set_value("need")
        self.table = RowTable("People turned away by ward", (
            Column("Ward", "ward", 0), Column("Need or place", "what", 0), Column("People", "people", 10, "right")), empty=_EMPTY,
            empty_button="Count somebody…", on_empty=self.count)
        self.last = RowTable("What was counted last", (
            Column("Counted last, on", "on_day", 16), Column("Lot", "lot", 16), Column("Place", "venue", 0), Column("Ward", "ward", 0),
            Column("Need", "need", 0),
            Column("People", "count", 8, "right")), empty="Nothing was counted yet.")
        for table, least in ((self.table, 120), (self.last, 90)):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(least)
        self.form = TurnAwayForm(desk)
        self._build()

    def _build(self) -> None:
        self.count_button = Button("Count somebody turned &away…", self.count, role="primary")
        self.count_button.tell_keys("A")
        self.back_button = Button("Ta&ke this count back", self.take_back)
        self.paper_button = Button("Sho&w on paper", self.print_sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("&Time", self.period), 1)
        row.addWidget(field("B&y", self.by), 1)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.table, 3)
        layout.addWidget(PlainLabel(_FOR_WORK, "muted", wrap=True))
        layout.addWidget(self.last, 2)
        layout.addWidget(ButtonRow((self.count_button, self.back_button, self.paper_button)))
        self.back_button.setToolTip("Of the line one stands on in the lower list")
        for table in (self.table, self.last):
            QShortcut(QKeySequence("A"), table).activated.connect(self.count)
        for box in (self.period, self.by):
            box.changed.connect(self._on_choice_changed)
        self.form.left.connect(lambda: self._page.show_tab(KEY))
        self.form.saved.connect(self._on_counted)

    def first_focus(self) -> None:
        """The table."""
        self.table.setFocus()

    def read(self) -> None:
        """Ask the store again."""
        lot, since, today = self._desk.lot, since_of(self.period, self._desk.today()), self._desk.today()

        def ask(session: Any) -> tuple[queries.UnmetDemand, list[queries.TurnedAwayRow]]:
            return (queries.unmet_demand(session, lot=lot, since=since, until=today),
                    queries.turned_away(session, lot=lot, since=since, until=today, limit=_LAST))

        self._desk.read(ask, self, self._on_read)

    def _on_choice_changed(self) -> None:
        if all(box.is_settled() and not box.is_empty() for box in (self.period, self.by)):
            self.read()

    def _on_read(self, found: tuple[queries.UnmetDemand, list[queries.TurnedAwayRow]]) -> None:
        demand, last = found
        self.table.set_empty(f"Fewer than {LEAST} people were turned away in this time: their wards are not told." if last else _EMPTY)
        self.table.show_rows(unmet_lines(demand.by_need if self.by.value() == "need" else demand.by_venue))
        self.last.show_rows(last)
        for table in (self.table, self.last):
            if not table.view.selectionModel().hasSelection():
                table.go_to(0)
        said = f"{demand.counted:,}" if demand.counted is not None else f"fewer than {LEAST}" if last else "nobody"
        self.told.emit(f"Turned away in {words_of(self.period)}: {said}")

    def count(self, postcode: str = "", lot: UUID | None = None) -> None:
        """The form that counts."""
        self._page.show_form(self.form, "Turned away", "Counted without a name. Enter counts. Esc goes back.")
        self.form.begin(postcode, lot)

    def _on_counted(self) -> None:
        self._page.show_tab(KEY)
        self._page.say_done("Counted. No name and no postcode was kept.")

    def take_back(self) -> None:
        """Take back the count one stands on, by a row of its own."""
        row = self.last.current()
        if row is not None:
            self._desk.act("Correct people turned away", lambda session: actions.correct_tally(session, row.id), self)

    def print_sheet(self) -> None:
        """The sheet on paper: of the settled quarters in the time chosen."""
        quarters = quarters_of(self.period)
        show_paper(self._desk, self._page, self, KEY, "Unmet demand", "unmet-demand.pdf", _drawn(quarters), None)


def _drawn(quarters: int) -> Any:
    def draw(session: Any, printed: Any, out: Any) -> None:
        from coachdesk.documents.place_reports import unmet_report

        unmet_report(session, printed, out, (None, None, None), quarters)

    return draw
