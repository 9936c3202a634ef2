"""What councils were asked for and gave: the lots beside each other, fairly, and every request behind the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.partner import queries
from coachdesk.partner.queries import AskRow, LotSupport
from coachdesk.partner.rules.council import ASK_STATES, LEAST_COMPARED
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.partner.council_forms import AskForm, CameForm
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

KEY = "council"
_ALL = "everything"
_FAIR = (f"A share is told only of at least {LEAST_COMPARED} answers, with the number it rests on. A lot that never asked is not one "
         "that was refused. This is no ranking.")


@dataclass(frozen=True, slots=True)
class LotShown:
    """One lot beside the others."""

    id: UUID
    lot: str
    asked: int
    given: int
    partly: int
    declined: int
    no_answer: int
    waiting: int
    share: str
    row: LotSupport


@dataclass(frozen=True, slots=True)
class _Read:
    lots: list[LotSupport]
    asks: list[AskRow]
    names: Mapping[UUID, str]


class CouncilView(QWidget):
    """`told` is the line under the title. The lower list is of the lot one stands on, and of one answer where that is chosen."""

    told = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._asks: list[AskRow] = []
        self._names: Mapping[UUID, str] = {}
        self._wanted: UUID | None = None
        self._is_first = True
        self.lots = RowTable(
            "Lots", (Column("Lot", "lot", 0), Column("Asked", "asked", 7, "right"), Column("Given", "given", 7, "right"),
                     Column("Partly", "partly", 7, "right"), Column("Declined", "declined", 9, "right"),
                     Column("No answer", "no_answer", 10, "right"), Column("Waiting", "waiting", 8, "right"),
                     Column("Share given", "share", 34)), empty="No lot is known yet.", least_rows=3)
        self.asks = RowTable(
            "What was asked for", (Column("Asked on", "asked_on", 16), Column("Lot", "lot", 17), Column("Kind", "kind", 22),
                                   Column("What", "what", 0), Column("What came of it", "answer", 14), Column("Days", "days", 6, "right")),
            empty="Nothing was asked for yet. Write down what the council is asked for: a venue, publicity, an introduction…",
            empty_button="Ask a council…", on_empty=self.new)
        self.answer = ChoiceField([(_ALL, _ALL), *((each, each) for each in ASK_STATES)])
        self.answer.set_value(_ALL)
        self.about = PlainLabel("", wrap=True)
        self.form, self.came = AskForm(desk), CameForm(desk)
        self._build()

    def _build(self) -> None:
        self.came_button = Button("What &came of it…", self._tell)
        self.paper_button = Button("On &paper", self.print_sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.lots, 3)
        layout.addWidget(PlainLabel(_FAIR, "muted", wrap=True))
        behind = Card("What was asked for")
        row = QHBoxLayout()
        row.addWidget(field("&Show", self.answer), 1)
        row.addWidget(self.about, 3, Qt.AlignmentFlag.AlignVCenter)
        behind.body.addLayout(row)
        behind.body.addWidget(self.asks, 1)
        behind.body.addWidget(ButtonRow((self.came_button, self.paper_button)))
        layout.addWidget(behind, 4)
        self.lots.current_changed.connect(lambda _shown: self._show_asks())
        self.lots.row_chosen.connect(lambda _shown: self.asks.setFocus(Qt.FocusReason.OtherFocusReason))
        self.answer.changed.connect(self._show_asks)
        self.asks.row_chosen.connect(lambda _row: self._tell())
        self.asks.current_changed.connect(lambda row: self.came_button.setVisible(row is not None))
        for form in (self.form, self.came):
            form.left.connect(lambda: self._page.show_tab(KEY))
            form.saved.connect(self._on_saved)

    def first_focus(self) -> None:
        """The lots."""
        self.lots.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Ask the store again."""
        lot = self._desk.lot

        def ask(session: Any) -> _Read:
            return _Read(queries.council_support(session, lot=lot), queries.council_asks(session, lot=lot), programme.lot_names(session))

        self._desk.read(ask, self, self._on_read)

    def open(self, kind: str, id: Any) -> None:
        """Stand on a request."""
        self._wanted = id
        self.answer.set_value(_ALL)
        self.read()

    def new(self) -> None:
        """The form for another request."""
        shown: LotShown | None = self.lots.current()
        self._page.show_form(self.form, "Ask a council", "What for, and when. Enter saves. Esc goes back.")
        self.form.begin(self._names, self._desk.lot or (shown.id if shown is not None else None))

    def print_sheet(self) -> None:
        """The sheet on paper."""
        lot = self._desk.lot

        def draw(session: Any, printed: Any, out: Any) -> Any:
            from coachdesk.documents.network_reports import council_report

            return council_report(session, printed, out, (lot, None, None))

        show_paper(self._desk, self._page, self, KEY, "Support of councils", "council-support.pdf", draw, lot)

    def _on_read(self, found: _Read) -> None:
        self._asks, self._names = found.asks, found.names
        self.lots.show_rows([LotShown(row.id, row.lot, row.count.asked, row.count.given, row.count.partly, row.count.declined,
                                      row.count.no_answer, row.count.waiting, row.share, row) for row in found.lots])
        wanted = next((ask.lot_id for ask in found.asks if ask.id == self._wanted), None)
        places = [row.id for row in found.lots]
        if wanted in places:
            self.lots.go_to(places.index(wanted))
        elif self._is_first:
            self._is_first = False
            self.lots.go_to(next((at for at, row in enumerate(found.lots) if row.count.asked), 0))
        self._show_asks()
        never = sum(not row.count.asked for row in found.lots)
        silent = f"; {never} lot{'' if never == 1 else 's'} never asked" if never else ""
        self.told.emit(f"{len(found.asks):,} request{'' if len(found.asks) == 1 else 's'}, "
                       f"{sum(row.count.given for row in found.lots):,} given{silent}")

    def _show_asks(self) -> None:
        shown: LotShown | None = self.lots.current()
        answer = self.answer.value()
        if answer is None:
            return
        rows = [ask for ask in self._asks if (shown is None or ask.lot_id == shown.id) and answer in (_ALL, ask.answer)]
        self.about.setText(f"{shown.lot}: {shown.row.says}" if shown is not None else "")
        self.asks.set_empty("Nothing was asked for here. Ctrl+N writes down what the council is asked for." if answer == _ALL
                            else f"Nothing here is “{answer}”.")
        self.asks.show_rows(rows)
        if self._wanted in [row.id for row in rows]:
            self.asks.go_to([row.id for row in rows].index(self._wanted))
            self.asks.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = None
        self.came_button.setVisible(self.asks.current() is not None)

    def _tell(self) -> None:
        row: AskRow | None = self.asks.current()
        if row is not None:
            basis = f" · lawful basis: {row.lawful_basis}" if row.lawful_basis else ""
            self._page.show_form(self.came, "What came of it", f"{row.council} · {row.kind} · asked by {row.asked_by}{basis}")
            self.came.begin(row)

    def _on_saved(self, id: UUID | None, sentence: str) -> None:
        self._wanted = id
        self.answer.set_value(_ALL)
        self._page.show_tab(KEY)
        self.said.emit(sentence)
