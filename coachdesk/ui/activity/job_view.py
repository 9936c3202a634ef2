"""Jobs that people started: the form at the left, all of them at the right, newest first. W shows what happened in one since."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.activity import queries
from coachdesk.activity.queries import JobRow
from coachdesk.clock import first_day, last_day, month_of, month_words
from coachdesk.ui.activity.beside import Beside
from coachdesk.ui.activity.job_form import JobForm
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.text import PlainLabel

_COLUMNS = (
    Column("First day", "started_on", 12),
    Column("Person", "participant", 0, private=True),
    Column("Job", "title", 0),
    Column("Employer", "employer", 0),
    Column("Hours", "hours_a_week", 5, "right"),
    Column("Pay an hour", "pay_pence_an_hour", 9, "right", show=money),
    Column("Last day", "ended_on", 12),
)


class JobView(Beside):
    """`said(sentence)` after a save."""

    said = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, taken: str) -> None:
        self.form = JobForm(desk, taken)
        super().__init__(self.form)
        self._desk = desk
        self._wanted: UUID | None = None
        self.total = PlainLabel("", "muted", wrap=True)
        self.table = RowTable("Jobs", _COLUMNS, empty="No jobs yet. When somebody starts work, record it at the left.")
        self.right.addWidget(self.total)
        self.right.addWidget(self.table, 1)
        self.since_button = Button("What happened since… (W)", self.show_since)
        self.right.addWidget(ButtonRow((self.since_button,)))
        LetterKeys(self.table, {"W": self.show_since})
        self.table.current_changed.connect(lambda row: self.since_button.setEnabled(row is not None))
        self.since_button.setEnabled(False)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_form_left)

    def reload(self) -> None:
        """Read again."""
        lot, month = self._desk.lot, month_of(self._desk.today())

        wanted, self._wanted = self._wanted, None

        def ask(session: Any) -> tuple[array[int], Sequence[JobRow], int, int | None]:
            keys = queries.job_keys(session, lot=lot)
            now = queries.job_count(session, lot=lot, since=first_day(month), until=last_day(month))
            return keys, queries.job_rows(session, keys[:BLOCK]), now, queries.job_key(session, wanted)

        def tell(found: tuple[array[int], Sequence[JobRow], int, int | None]) -> None:
            keys, first, now, place = found
            self.table.show_ids(keys, self._desk.rows_of(queries.job_rows), self._desk.work, first)
            self.total.setText(f"{len(keys):,} job{'' if len(keys) == 1 else 's'}, {now:,} begun in {month_words(month)}.")
            if place is not None:
                self.table.stand_on(place)

        self._desk.read(ask, self, tell)

    def show_one(self, id: UUID) -> None:
        """Open one job."""
        self._wanted = id

        def tell(row: JobRow | None) -> None:
            if row is not None:
                self._on_row_chosen(row)
            else:
                self.said.emit("That job is not here any more; it may have been removed.")

        self._desk.read(lambda session: queries.job(session, id), self, tell)
        self.reload()

    def show_since(self) -> None:
        """Hours, pay, times away and earnings, on the person's page under Progress."""
        row: JobRow | None = self.table.current()
        if row is not None:
            self.open_requested.emit("activity.progress", row.participant_id)

    def first_focus(self) -> None:
        """The form."""
        self.form.first_focus()

    def _on_row_chosen(self, row: JobRow) -> None:
        self.form.begin(row)
        self.form.hours.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, id: UUID | None, sentence: str) -> None:
        self._wanted = id
        self.said.emit(sentence)
        self.form.first_focus()

    def _on_form_left(self) -> None:
        self.form.begin()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
