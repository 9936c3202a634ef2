"""One lot's month: chooser, figures, lines, what is not paid and why, and beside them the chain or the payment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.clock import month_words
from coachdesk.ui.claim.chain import Chain
from coachdesk.ui.claim.payment import PaymentForm
from coachdesk.ui.claim.reading import Choices, ClaimShown, LineShown, UnpaidShown
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.figure import Figure, FigureRow
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_LINES = (
    Column("Reference", "reference", 12),
    Column("Name", "name", 0, private=True),
    Column("For", "title", 28),
    Column("Earned", "earned", 14),
    Column("Rule", "rule", 12),
    Column("Amount", "amount_pence", 9, "right", show=money),
)
_UNPAID = (
    Column("Day", "on", 12),
    Column("Person", "who", 18),
    Column("What", "what", 0),
    Column("Why it is not paid", "reason", 0),
)


class MonthView(QWidget):
    """`place_chosen(lot, month)`, `payment_entered(pence, day)`, `open_requested(kind, id)`."""

    place_chosen = Signal(object, int)
    payment_entered = Signal(object, object)
    open_requested = Signal(str, object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ClaimShown | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM + SMALL)
        self.chooser = QWidget()        # the page places it above all views of a lot's month
        self.chooser.setLayout(self._build_chooser())
        layout.addWidget(self._build_figures())
        self.remarks = Tag("", "careful")
        self.remarks.setWordWrap(True)
        self.remarks.hide()
        layout.addWidget(self.remarks)
        layout.addWidget(self._build_body(today), 1)

    def _build_chooser(self) -> QHBoxLayout:
        self.lot = ChoiceField()
        self.month = ChoiceField()
        self.lot.setMinimumContentsLength(13)
        self.month.setMinimumContentsLength(8)  # with large text both still stand beside the buttons
        self.lot.activated.connect(lambda _at: self._on_chosen())
        self.month.activated.connect(lambda _at: self._on_chosen())
        self.lot.submitted.connect(self._on_chosen)
        self.month.submitted.connect(self._on_chosen)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(field("&Lot", self.lot), 2)
        row.addWidget(field("&Month", self.month), 1)
        earlier, later = Button("&Earlier", lambda: self._on_stepped(-1)), Button("Late&r", lambda: self._on_stepped(1))
        earlier.setToolTip("The month before (Ctrl+Page Up)")
        later.setToolTip("The month after (Ctrl+Page Down)")
        row.addWidget(earlier, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(later, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(3)
        return row

    def _build_figures(self) -> FigureRow:
        self.actual, self.floor = Figure("Own claim"), Figure("Average of the base months")
        self.top_up, self.payable = Figure("Top-up"), Figure("Payable")
        for figure, goes in (
            (self.actual, self._go_lines),
            (self.floor, self._go_floor),
            (self.top_up, self._go_floor),
            (self.payable, self._go_lines),
        ):
            figure.drilled.connect(goes)
        return FigureRow(self.actual, self.floor, self.top_up, self.payable)

    def _build_body(self, today: Callable[[], date]) -> QWidget:
        self.lines = RowTable(
            "Lines of the claim",
            _LINES,
            empty="Nothing is payable for this month yet. Help that coaches log for this lot appears here by itself.",
        )
        self.unpaid = RowTable("Not paid, and why", _UNPAID, empty="Everything done in this month is paid for.")
        self._lines_head, self._unpaid_head = PlainLabel("Lines", "subheading"), PlainLabel("Not paid", "subheading")
        self.chain, self.payment = Chain(), PaymentForm(today)
        left = QSplitter(Qt.Orientation.Vertical)
        for head, table in ((self._lines_head, self.lines), (self._unpaid_head, self.unpaid)):
            place = QWidget()
            down = QVBoxLayout(place)
            down.setContentsMargins(0, 0, 0, 0)
            down.setSpacing(SMALL)
            down.addWidget(head)
            down.addWidget(table, 1)
            left.addWidget(place)
        left.setStretchFactor(0, 3)
        left.setStretchFactor(1, 2)
        left.setChildrenCollapsible(False)
        self._beside = QStackedWidget()
        self._beside.addWidget(self.chain)
        self._beside.addWidget(self.payment)
        left.setHandleWidth(MEDIUM)
        self._connect_body()
        return Sides(left, self._beside, (810, 270))

    def _connect_body(self) -> None:
        self.lines.current_changed.connect(self._on_line_current)
        self.lines.row_chosen.connect(lambda _row: self.chain.go_in())
        self.unpaid.row_chosen.connect(self._on_unpaid_chosen)
        self.unpaid.current_changed.connect(self._on_unpaid_current)
        for table in (self.lines, self.unpaid):
            table.view.installEventFilter(self)
        self.chain.left.connect(self._go_lines)
        self.chain.open_requested.connect(self.open_requested)
        self.payment.entered.connect(self.payment_entered)
        self.payment.left.connect(self.end_payment)

    # showing

    def show_choices(self, choices: Choices) -> None:
        """Which lots and months there are."""
        self.lot.set_choices(choices.lots)
        self.month.set_choices([(month, month_words(month)) for month in choices.months])

    def show_claim(self, shown: ClaimShown, claimable: str = "") -> None:
        """A month's claim, standing on a line where one is named."""
        self.shown = shown
        view, worked = shown.view, shown.view.figures
        self.lot.set_value(view.lot_id)
        self.month.set_value(view.month)
        self.remarks.setText("\n".join(view.remarks))
        self.remarks.setVisible(bool(view.remarks))
        self._show_figures(shown)
        self.lines.show_rows(shown.lines)
        self._lines_head.setText(f"Lines: {len(shown.lines)}, {pence_text(sum(line.amount_pence for line in shown.lines))}")
        waiting = f", {len(worked.waiting)} waiting from earlier months" if worked.waiting else ""
        self._unpaid_head.setText(f"Not paid: {len(worked.unpaid)} of this month{waiting}")
        at = next((place for place, line in enumerate(shown.lines) if line.id == claimable), -1)
        if at >= 0:
            self.lines.go_to(at)
        self.redraw()

    def _show_figures(self, shown: ClaimShown) -> None:
        worked = shown.view.figures
        floor = worked.floor
        self.actual.show_value(
            pence_text(worked.actual_pence),
            f"{len(worked.lines)} line{'' if len(worked.lines) == 1 else 's'}"
            + ("; this won" if floor is not None and floor.won == "actual" else ""),
        )
        if floor is None:
            self.floor.show_value("–", "no floor is in force in this month")
            self.top_up.show_value("–", "")
        else:
            months = f"{month_words(floor.base_from)} to {month_words(floor.base_to)}"
            self.floor.show_value(pence_text(floor.floor_pence), months + ("; this won" if floor.won == "floor" else ""))
            self.top_up.show_value(
                pence_text(floor.top_up_pence), "average less own claim" if floor.top_up_pence else "none: the own claim is larger"
            )
        self.payable.show_value(pence_text(worked.payable_pence), "own claim and top-up" if floor and floor.top_up_pence else "")

    def redraw(self) -> None:
        """The chain again, for the row one stands on; in a public place people are initials and reference."""
        if self.shown is not None:
            self.unpaid.show_rows(self.shown.unpaid)
        self._on_line_current(self.lines.current())

    def first_focus(self) -> None:
        """The lines, or the chooser where there are none."""
        (self.lines.view if self.lines.count() else self.lot).setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_payment(self, claimed_pence: int) -> None:
        """The form instead of the chain."""
        self._beside.setCurrentWidget(self.payment)
        self.payment.begin(claimed_pence)

    def end_payment(self) -> None:
        """The chain again."""
        self._beside.setCurrentWidget(self.chain)
        self.first_focus()

    # what happens

    def _on_chosen(self) -> None:
        lot, month = self.lot.value(), self.month.value()
        if isinstance(lot, UUID) and isinstance(month, int):
            self.place_chosen.emit(lot, month)

    def _on_stepped(self, step: int) -> None:
        if self.shown is not None:
            self.place_chosen.emit(self.shown.view.lot_id, self.shown.view.month + step)

    def _on_line_current(self, row: LineShown | None) -> None:
        if row is None or self.shown is None:
            self.chain.show_nothing()
            return
        who = row.who
        self.chain.explain(self.shown, row.id, ", ".join(part for part in (row.title, who, pence_text(row.amount_pence)) if part))

    def _on_unpaid_current(self, row: UnpaidShown | None) -> None:
        if row is not None and self.shown is not None and row.id and self.unpaid.view.hasFocus():
            self.chain.explain(self.shown, row.id, f"Not paid: {row.who}")

    def _on_unpaid_chosen(self, row: UnpaidShown) -> None:
        if row.person:
            self.open_requested.emit("participant", UUID(row.person))

    def _go_lines(self) -> None:
        self.first_focus()

    def _go_floor(self) -> None:
        floor = self.shown.view.figures.floor if self.shown else None
        if floor is not None and self.shown is not None:
            self._beside.setCurrentWidget(self.chain)
            self.chain.explain(self.shown, floor.claimable, f"The floor of {month_words(self.shown.view.month)}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The chain follows the table that the keyboard is in; Right goes into the chain."""
        if event.type() == QEvent.Type.FocusIn:
            if watched is self.lines.view:
                self._on_line_current(self.lines.current())
            elif watched is self.unpaid.view:
                self._on_unpaid_current(self.unpaid.current())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Right:
            self.chain.go_in()
            return True
        return super().eventFilter(watched, event)
