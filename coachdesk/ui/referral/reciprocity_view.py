"""Whether traffic goes both ways: partners with their balance, the months of one of them, and the referrals behind every number."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.clock import month_from_text, month_of, month_words
from coachdesk.referral import queries
from coachdesk.referral.queries import MonthRow, ReciprocityRow
from coachdesk.referral.rules.reciprocity import LEAST_FOR_BALANCE
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.parts.two_sided import Slot, TwoSidedCell, TwoSidedChart
from coachdesk.ui.referral.one_way_form import OneWayForm

_TIMES = ((12, "the last 12 months"), (24, "the last 24 months"), (3, "the last 3 months"), (0, "all of the programme"))
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BARS = 1                   # the column of the two-sided bars


class _Read(NamedTuple):
    rows: list[ReciprocityRow]
    given: int
    in_house: int


class _Line:
    """A partner as the list shows it."""

    def __init__(self, row: ReciprocityRow) -> None:
        self.id, self.row = row.id, row
        self.partner = f"{row.partner} (own)" if row.is_own_provision else row.partner
        self.both = f"{row.given} given, {row.received} received"
        self.given_on = f"{row.given_accepted} of {row.given}" if row.given else ""
        self.received_on = f"{row.received_accepted} of {row.received}" if row.received else ""
        self.pace = days_words(row.reply_days)
        self.says = row.says
        self.now = "" if not row.alert else "answered" if row.answer else "⚠ one way"


class ReciprocityView(QWidget):
    """Enter on a partner goes to its months, Enter on a month to the referrals behind it, Enter on a referral opens it."""

    told = Signal(str)
    told_done = Signal(str)
    open_requested = Signal(str, object)
    paper_wanted = Signal(str, object)              # name of the report, the partner or None

    def __init__(self, desk: Desk, taken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: dict[UUID, ReciprocityRow] = {}
        self._months: dict[str, MonthRow] = {}
        self._wanted: UUID | None = None
        self._build_fields()
        self._build_lists(taken)
        self._lay_out()

    # building

    def _build_fields(self) -> None:
        self.time = ChoiceField(list(_TIMES))
        self.time.set_value(_TIMES[0][0])
        self.what = ChoiceField([(each, each) for each in queries.BEHIND])
        self.what.set_value(queries.EVERYTHING)
        self.answer_button = Button("Say what will be done… (W)", self.answer)
        self.paper_button = Button("Ledger on paper (P)", lambda: self.paper_wanted.emit("reciprocity", None))
        self.own_button = Button("Kept in-house on paper (K)", lambda: self.paper_wanted.emit("own-provision", None))
        self.theirs_button = Button("Sheet for the partner (F)", self._on_partner_paper)
        self.time.changed.connect(self._on_time_changed)
        self.what.changed.connect(self._on_what_changed)

    def _build_lists(self, taken: str) -> None:
        self.table = RowTable("Partners by traffic", (
            Column("Partner", "partner", 0), Column("Given | received", "both", 24), Column("They took on", "given_on", 12),
            Column("We took on", "received_on", 11), Column("They answer in", "pace", 14), Column("Balance", "says", 17),
            Column("Alert", "now", 12)), empty="No referral went either way in this time. Send somebody with Ctrl+N.", least_rows=5)
        self.bars = TwoSidedCell(self.table, _BARS, lambda line: (line.row.given, line.row.received))
        self.words = PlainLabel("", wrap=True)
        self.chart = TwoSidedChart("Months of this partner", "received from them", "given to them",
                                   "Choose a partner: their months will stand here.")
        self.behind = RowTable("Referrals behind the number", (
            Column("Person", "participant", 0, private=True),
            Column("Way", "direction", 5, show=lambda way: "to" if way == "out" else "from"), Column("Made", "made_on", 12),
            Column("Now", "says", 0)),
            empty="No referrals here.", least_rows=3)
        self.form = OneWayForm(self._desk, taken)
        self.below = QStackedWidget()
        LetterKeys(self.table, {"W": self.answer, "P": self.paper_button.click, "K": self.own_button.click, "F": self._on_partner_paper})
        self.table.current_changed.connect(self._on_partner_changed)
        self.table.row_chosen.connect(lambda _line: self.chart.setFocus(Qt.FocusReason.OtherFocusReason))
        self.chart.current_changed.connect(lambda _key: self._read_behind())
        self.chart.opened.connect(lambda _key: self.behind.setFocus(Qt.FocusReason.OtherFocusReason))
        self.behind.row_chosen.connect(lambda row: self.open_requested.emit("referral", row.id))
        self.form.left.connect(self._leave_form)
        self.form.saved.connect(self._on_answered)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        head = QHBoxLayout()
        head.addWidget(field("Ti&me", self.time), 1)
        head.addWidget(field("&Behind the numbers", self.what), 1)
        head.addStretch(1)
        layout.addLayout(head)
        layout.addWidget(self.table, 3)
        layout.addWidget(ButtonRow([self.answer_button, self.theirs_button, self.own_button, self.paper_button]))
        layout.addWidget(self.words)
        self.below.addWidget(Sides(self.chart, self.behind, (520, 540)))
        self.below.addWidget(self.form)
        layout.addWidget(self.below, 3)

    # what the page calls

    def first_focus(self) -> None:
        """The list of partners."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_on(self, partner: UUID) -> None:
        """Look at a partner, as soon as the list is there."""
        self._wanted = partner

    def span(self) -> tuple[int, int]:
        """The months that are looked at."""
        now = month_of(self._desk.today())
        return (now - int(self.time.value()) + 1 if self.time.value() else 0), now

    def read(self) -> None:
        """Ask the store again."""
        lot, (since, until) = self._desk.lot, self.span()

        def ask(session: Any) -> _Read:
            rows = queries.reciprocity_rows(session, lot=lot, since=since, until=until)
            return _Read(rows, sum(row.given for row in rows), sum(row.kept_in_house for row in rows))

        self._desk.read(ask, self, self._on_read)

    def partner(self) -> ReciprocityRow | None:
        """The partner one stands on."""
        line = self.table.current()
        return line.row if line is not None else None

    # showing

    def _on_time_changed(self) -> None:
        if self.time.is_settled() and not self.time.is_empty():
            self.read()

    def _on_what_changed(self) -> None:
        if self.what.is_settled() and not self.what.is_empty():
            self._read_behind()

    def _on_read(self, found: _Read) -> None:
        self._lines = {row.id: row for row in found.rows}
        self.bars.show_most(max((max(row.given, row.received) for row in found.rows), default=1))
        self.table.show_rows([_Line(row) for row in found.rows])
        wanted, self._wanted = self._wanted, None
        if (wanted is None or not self.table.stand_on(wanted)) and not self.table.view.selectionModel().hasSelection():
            self.table.go_to(0)
        received, alerts = sum(row.received for row in found.rows), sum(bool(row.alert) and not row.answer for row in found.rows)
        share = f"; {round(100 * found.in_house / found.given)} % of what was given stayed in-house" if found.given else ""
        said = f"{found.given:,} given and {received:,} received{share}"
        self.told.emit(f"{said}; {alerts:,} partner{'' if alerts == 1 else 's'} one way and not answered" if alerts else f"{said}.")
        self._on_partner_changed(self.table.current())

    def _on_partner_changed(self, line: _Line | None) -> None:
        row = line.row if line is not None else None
        self.answer_button.setVisible(row is not None and bool(row.alert) and not row.answer)
        self.theirs_button.setEnabled(row is not None)
        self.words.setText(alert_words(row) if row is not None else "")
        self.words.setVisible(bool(self.words.text()))
        if row is None:
            self.chart.show_slots(())
            self.behind.show_rows([])
            return
        known, lot, (since, until) = row.id, self._desk.lot, self.span()

        def ask(session: Any) -> list[MonthRow]:
            return queries.every_month(queries.months(session, partner=known, lot=lot, since=since, until=until), since, until)

        self._desk.read(ask, self, lambda rows: self._show_months(known, rows))
        self._read_behind()

    def _show_months(self, partner: UUID, rows: list[MonthRow]) -> None:
        current = self.table.current()
        if current is not None and current.id == partner:
            self._months = {row.month: row for row in rows}
            self.chart.show_slots([_slot(row) for row in rows])

    def _read_behind(self) -> None:
        line = self.table.current()
        if line is None:
            return
        known, lot, what, (since, until) = line.id, self._desk.lot, str(self.what.value()), self.span()
        month = self.chart.key
        if month in self._months:
            since = until = month_from_text(month)

        def ask(session: Any) -> tuple[array[int], list[Any]]:
            keys = queries.behind(session, what, partner=known, lot=lot, since=since, until=until)
            return keys, queries.referral_rows(session, keys[:BLOCK])

        self._desk.read(ask, self, lambda found: self._show_behind(known, found))

    def _show_behind(self, partner: UUID, found: tuple[array[int], list[Any]]) -> None:
        current = self.table.current()
        if current is not None and current.id == partner:
            self.behind.show_ids(found[0], self._desk.rows_of(queries.referral_rows), self._desk.work, found[1])

    # the verbs

    def answer(self) -> None:
        """The words that put an alert off."""
        row = self.partner()
        if row is not None and row.alert:
            self.below.setCurrentWidget(self.form)
            self.form.begin(row)

    def _leave_form(self) -> None:
        self.below.setCurrentIndex(0)
        self.first_focus()

    def _on_answered(self, sentence: str) -> None:
        self._leave_form()
        self.told_done.emit(sentence)

    def _on_partner_paper(self) -> None:
        row = self.partner()
        if row is not None:
            self.paper_wanted.emit("reciprocity-partner", row.id)


def days_words(days: float | None) -> str:
    """`6 days`, `6½ days`, `the same day`; empty for nothing answered."""
    if not days:
        return "" if days is None else "the same day"
    whole = f"{int(days)}" if days == int(days) else f"{int(days)}½" if days >= 1 else "½"
    return f"{whole} day{'' if days in (0.5, 1) else 's'}"


def alert_words(row: ReciprocityRow) -> str:
    """What stands under the list of the partner one looks at."""
    if not row.alert:
        few = f" A balance is told from {LEAST_FOR_BALANCE} referrals on." if row.balance is None else ""
        own = " It belongs to the provider itself." if row.is_own_provision else ""
        return f"{row.partner}: {row.says}.{few}{own}"
    if row.answer:
        return f"{row.partner}, {row.alert}. What will be done: {row.answer}. It comes back if a further month goes the same way."
    return f"⚠ {row.partner}, {row.alert}. Say what will be done about it: W."


def _slot(row: MonthRow) -> Slot:
    month = month_from_text(row.month)
    said = (f"{month_words(month)}: {row.given} given, {row.given_accepted} of them taken on; {row.received} received, "
            f"{row.received_accepted} of them taken on")
    return Slot(row.month, f"{_SHORT[month % 12]} {month // 12 % 100:02d}", row.received, row.given, said)
