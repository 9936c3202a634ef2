"""Appointments: the open ones first. One key each says what became of one: A attended, D did not attend, C cancelled, R rebook, B book.

P prints the slip. Which one an appointment replaced stands below the list.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.activity import actions, queries, rules
from coachdesk.activity.queries import AppointmentRow
from coachdesk.clock import day_text
from coachdesk.ui.activity.appointment_form import AppointmentForm
from coachdesk.ui.activity.beside import Beside
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel

_COLUMNS = (
    Column("Day", "due_on", 12),
    Column("Time", "at", 6),
    Column("Person", "participant", 0, private=True),
    Column("Where", "place", 18),
    Column("Came of it", "outcome", 13),
)


class AppointmentsShown(NamedTuple):
    """One reading: the keys of the list with its first rows, the totals, and the key of the one that is looked for."""

    keys: array[int]
    first: Sequence[AppointmentRow]
    totals: queries.AppointmentTotals
    wanted: int | None


class AppointmentView(Beside):
    """`said(sentence)` after a deed; `log_asked(participant id)` when help follows an appointment that was attended."""

    said = Signal(str)
    log_asked = Signal(object)
    slip_asked = Signal(object)

    def __init__(self, desk: Desk, taken: str) -> None:
        self.form = AppointmentForm(desk, taken)
        super().__init__(self.form)
        self._desk = desk
        self._wanted: UUID | None = None
        self.total = PlainLabel("", "muted", wrap=True)
        self.table = RowTable("Appointments", _COLUMNS, empty="No appointments. Choose a person at the left and book the first one.")
        self.right.addWidget(self.total)
        self.right.addWidget(self.table, 1)
        self.buttons = {
            "A": Button("Attended (A)", self.attend),
            "D": Button("Did not attend (D)", self.miss),
            "C": Button("Cancel it (C)", self.cancel),
            "R": Button("Rebook… (R)", self.rebook),
            "H": Button("Log help (H)", self.log_help),
            "P": Button("Print the slip… (P)", self.print_slip),
        }
        self.told = PlainLabel("", "muted", wrap=True)
        self.right.addWidget(self.told)
        self.right.addWidget(ButtonRow(list(self.buttons.values())))
        LetterKeys(self.table, {"A": self.attend, "D": self.miss, "C": self.cancel, "R": self.rebook, "H": self.log_help, "B": self.book,
                                "P": self.print_slip})
        self.table.current_changed.connect(self._on_row_looked_at)
        self.table.row_chosen.connect(lambda _row: self.rebook())
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_form_left)

    def reload(self) -> None:
        """Read again: what is seen first, then the order of all and the totals."""
        lot, today = self._desk.lot, self._desk.today()
        wanted, self._wanted = self._wanted, None

        def begin(session: Any) -> tuple[array[int], Sequence[AppointmentRow], int]:
            keys = queries.appointment_keys(session, lot=lot, limit=BLOCK)
            return keys, queries.appointment_rows(session, keys), queries.appointment_count(session, lot=lot)

        def ask(session: Any) -> AppointmentsShown:
            keys = queries.appointment_keys(session, lot=lot)
            return AppointmentsShown(keys, queries.appointment_rows(session, keys[:BLOCK]),
                                     queries.appointment_totals(session, today, lot=lot), queries.appointment_key(session, wanted))

        def tell(found: AppointmentsShown) -> None:
            self.table.show_ids(found.keys, self._desk.rows_of(queries.appointment_rows), self._desk.work, found.first)
            total = found.totals
            past = f"; {total.late:,} past without an answer" if total.late else ""
            self.total.setText(f"{total.booked:,} open, {total.today:,} today{past}.")
            if found.wanted is not None:
                self.table.stand_on(found.wanted)
            self._on_row_looked_at(self.table.current())

        self._desk.read(begin, self, lambda found: self.table.begin(*found))
        self._desk.read(ask, self, tell)

    def show_one(self, id: UUID) -> None:
        """Stand on one appointment."""
        self._wanted = id
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> None:
        """The list, for that is where one answers; the form when there is none."""
        if self.table.count():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.first_focus()

    def _on_row_looked_at(self, row: AppointmentRow | None) -> None:
        is_open = row is not None and row.outcome == rules.BOOKED
        self._tell_chain(row)
        for key, button in self.buttons.items():
            button.setEnabled(
                row is not None if key == "H" else is_open or (key == "R" and row is not None and row.outcome == rules.MISSED)
            )

    def _tell_chain(self, row: AppointmentRow | None) -> None:
        """Which ones this one replaced, the latest first; empty for one that stands by itself."""
        self.told.setText("")
        if row is None or row.replaces_id is None:
            return

        def tell(chain: Sequence[AppointmentRow]) -> None:
            now = self.table.current()
            if now is not None and now.id == row.id and len(chain) > 1:
                self.told.setText("Instead of " + ", ".join(f"{day_text(each.due_on)} ({each.outcome})" for each in chain[1:]) + ".")

        self._desk.read(lambda session: queries.appointment_chain(session, row.id), self, tell)

    # deeds

    def print_slip(self) -> None:
        """The slip of an open one, to take along."""
        row: Any = self.table.current()
        if row is not None and row.outcome == rules.BOOKED:
            self.slip_asked.emit(row.id)

    def attend(self) -> None:
        """They came."""
        self._mark("They attended", actions.attend, "attended. Press H to log the help")

    def miss(self) -> None:
        """They stayed away."""
        self._mark("They did not attend", actions.miss, "did not attend. Press R to rebook")

    def cancel(self) -> None:
        """It will not take place."""
        self._mark("Cancel an appointment", actions.cancel_appointment, "cancelled")

    def _mark(self, reason: str, verb: Callable[..., None], came: str) -> None:
        row = self.table.current()
        if row is not None:
            name = shown_name(row.participant, row.reference)
            self._wanted = row.id
            self._desk.act(reason, lambda session: verb(session, row.id), self, lambda _none: self.said.emit(f"{name}: {came}."))

    def rebook(self) -> None:
        """Another day for the one that one stands on."""
        row = self.table.current()
        if row is not None and row.outcome in (rules.BOOKED, rules.MISSED):
            self.form.begin(row)
            self.form.first_focus()

    def book(self, person: UUID | None = None) -> None:
        """Another appointment."""
        self.form.begin(None, person)
        self.form.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def log_help(self) -> None:
        """Help for the person of this appointment."""
        row: Any = self.table.current()
        if row is not None:
            self.log_asked.emit(row.participant_id)

    def _on_saved(self, id: UUID, sentence: str) -> None:
        self._wanted = id
        self.said.emit(sentence)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_left(self) -> None:
        self.form.begin()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
