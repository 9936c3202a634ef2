"""Help given: the form at the left, today and the last weeks at the right. Enter on a line changes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from coachdesk.activity import queries
from coachdesk.activity.queries import InterventionRow
from coachdesk.ui.activity.beside import Beside
from coachdesk.ui.activity.help_form import HelpForm
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_COLUMNS = (
    Column("Day", "happened_on", 12),
    Column("Person", "participant", 0, private=True),
    Column("Kind of help", "kind", 23),
    Column("Minutes", "minutes", 6, "right"),
    Column("How", "mode", 10),
    Column("Meaningful", "is_meaningful", 9),
)
_SPANS = ((0, "Today"), (7, "The last 7 days"), (28, "The last 4 weeks"), (84, "The last 12 weeks"))
_MOST = 2_000


class HelpView(Beside):
    """`said(sentence)` after a save."""

    said = Signal(str)

    def __init__(self, desk: Desk, taken: str) -> None:
        self.form = HelpForm(desk, taken)
        super().__init__(self.form)
        self._desk = desk
        self._wanted: UUID | None = None
        self.span = ChoiceField(_SPANS)
        self.span.setAccessibleName("Which days")
        self.span.set_value(28)
        self.total = PlainLabel("", "muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self.span)
        head.addWidget(self.total, 1)
        self.right.addLayout(head)
        self.table = RowTable("Help given", _COLUMNS, empty="No help was logged in these days. Choose a person at the left to begin.")
        self.right.addWidget(self.table, 1)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.span.changed.connect(self.reload)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_form_left)

    def reload(self) -> None:
        """Read again."""
        days, lot, today = self.span.value(), self._desk.lot, self._desk.today()
        if days is None:
            return
        since = today - timedelta(days=days)

        def ask(session: Any) -> list[InterventionRow]:
            return queries.interventions(session, lot=lot, since=since, until=today, limit=_MOST)

        self._desk.read(ask, self, lambda rows: self._on_rows(rows, today))

    def show_one(self, id: UUID) -> None:
        """Open one piece of help, of any day and lot."""
        self._wanted = id
        self._desk.read(lambda session: [row for row in queries.interventions(session) if row.id == id], self, self._on_found)

    def first_focus(self) -> None:
        """The form."""
        self.form.first_focus()

    def _on_rows(self, rows: Sequence[InterventionRow], today: date) -> None:
        self.table.show_rows(rows)
        self.total.setText(f"Today {_counted([row for row in rows if row.happened_on == today])}; in these days {_counted(rows)}.")
        if self._wanted is not None:
            places = [row.id for row in rows]
            if self._wanted in places:
                self.table.go_to(places.index(self._wanted))
            self._wanted = None

    def _on_found(self, rows: Sequence[InterventionRow]) -> None:
        if rows:
            self.form.begin(rows[0])
            self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reload()
        else:
            self.said.emit("That piece of help is not here any more; it may have been removed.")

    def _on_row_chosen(self, row: InterventionRow) -> None:
        self.form.begin(row)
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, id: UUID | None, sentence: str) -> None:
        self._wanted = id
        self.said.emit(sentence)

    def _on_form_left(self) -> None:
        self.form.begin()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _counted(rows: Sequence[InterventionRow]) -> str:
    return f"{len(rows):,}, meaningful {sum(row.is_meaningful for row in rows):,}"
