"""The cash of the months ahead: by the month in which money is expected, each sum with what it comes from; Enter opens that claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.claim import queries as claim_queries
from coachdesk.claim.queries.cash import FLOOR, ONE_MORE, QUERIED, SURE, UNPAID
from coachdesk.claim.rules import PAY_DAYS
from coachdesk.clock import month_of, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.figure import Figure, FigureRow
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_ROWS = (
    Column("Expected", "expected", 15),
    Column("What", "kind", 25),
    Column("Lot", "lot", 20),
    Column("Claim of", "month", 15),
    Column("Amount", "pence", 12, "right", show=money),
    Column("How it comes about", "says", 0),
)
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class CashShown:
    """A sum as the table shows it."""

    expected: str
    kind: str
    lot: str
    month: str
    pence: int
    says: str
    lot_id: UUID
    of_month: int


class CashView(QWidget):
    """`place_chosen(lot, month)` on Enter, `told(words)` for the line under the title."""

    place_chosen = Signal(object, int)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.figures = [Figure("") for _month in range(_AHEAD)]
        self.unsure = Figure("May come besides")
        self.rows = RowTable("What is expected", _ROWS, empty="Nothing is expected: everything that was sent is paid.")
        self._note = PlainLabel("", "muted", wrap=True)
        for at, figure in enumerate(self.figures):
            figure.drilled.connect(lambda at=at: self._go_to(at))
        self.unsure.drilled.connect(lambda: self._go_to(_AHEAD))
        self._firsts: list[int] = []
        self.rows.row_chosen.connect(lambda row: self.place_chosen.emit(row.lot_id, row.of_month))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM + SMALL)
        layout.addWidget(FigureRow(*self.figures, self.unsure))
        layout.addWidget(self.rows, 1)
        layout.addWidget(self._note)

    def read(self) -> None:
        """Read all lots again."""
        def ask(session: Any) -> tuple[list[claim_queries.CashRow], list[claim_queries.PayTermRow]]:
            return claim_queries.cash(session), claim_queries.pay_terms(session)

        self.desk.read(ask, self, lambda found: self._show(found[0], found[1], self.desk.today()))

    def first_focus(self) -> None:
        """The sums."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """There are no names here."""

    def _show(self, rows: list[claim_queries.CashRow], terms: list[claim_queries.PayTermRow], today: date) -> None:
        now = month_of(today)
        for at, figure in enumerate(self.figures):
            mine = [row for row in rows if row.expected == now + at and row.kind in SURE]
            figure.show_label(f"Expected in {month_words(now + at)}")
            late = sum(row.is_overdue for row in mine)
            many = f"{len(mine)} claim{'' if len(mine) == 1 else 's'}"
            figure.show_value(pence_text(sum(row.pence for row in mine)), many + (f", {late} overdue" if late else ""))
        unsure = [row for row in rows if row.kind in (QUERIED, ONE_MORE, FLOOR)]
        self.unsure.show_value(pence_text(sum(row.pence for row in unsure)), "queried, waiting for more help, floors to come")
        self.rows.show_rows([CashShown(month_words(row.expected), row.kind, row.lot, month_words(row.month), row.pence, row.says,
                                       row.lot_id, row.month) for row in rows])
        self._firsts = [next((place for place, row in enumerate(rows) if row.expected == now + at), 0) for at in range(_AHEAD)]
        self._firsts.append(next((place for place, row in enumerate(rows) if row in unsure), 0))
        days = f"{terms[0].days} days after sending ({terms[0].clause})" if terms else f"{PAY_DAYS} days after sending, none being entered"
        self._note.setText(f"Money is expected {days}. Only what is sent, drafted or worked out is in the months' sums.")
        sent = sum(row.pence for row in rows if row.kind == UNPAID)
        self.told.emit(f"All lots: {pence_text(sent)} sent and not yet paid")

    def _go_to(self, at: int) -> None:
        if at < len(self._firsts) and self.rows.count():
            self.rows.go_to(self._firsts[at])
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
