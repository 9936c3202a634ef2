"""Help given: the form at the left, today and the last weeks at the right. Enter on a line changes it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from coachdesk.activity import queries
from coachdesk.activity.queries import InterventionRow
from coachdesk.activity.rules import Manner
from coachdesk.ui.activity.beside import Beside
from coachdesk.ui.activity.help_form import HelpForm
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.row_model import BLOCK
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


class HelpShown(NamedTuple):
    """One reading: the keys of the list with its first rows, the totals, and the key of the one that is looked for."""

    keys: array[int]
    first: Sequence[InterventionRow]
    totals: queries.HelpTotals
    wanted: int | None
    manners: tuple[Manner, ...]


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

        wanted, self._wanted = self._wanted, None

        def ask(session: Any) -> HelpShown:
            keys = queries.intervention_keys(session, lot=lot, since=since, until=today)
            return HelpShown(keys, queries.intervention_rows(session, keys[:BLOCK]),
                             queries.help_totals(session, lot=lot, since=since, until=today), queries.intervention_key(session, wanted),
                             queries.manners(session))

        self._desk.read(ask, self, self._on_read)

    def show_one(self, id: UUID) -> None:
        """Open one piece of help, of any day and lot."""
        self._wanted = id
        self._desk.read(lambda session: queries.intervention(session, id), self, self._on_found)

    def first_focus(self) -> None:
        """The form."""
        self.form.first_focus()

    def _on_read(self, found: HelpShown) -> None:
        self.table.show_ids(found.keys, self._desk.rows_of(queries.intervention_rows), self._desk.work, found.first)
        self.form.manners = found.manners
        total = found.totals
        self.total.setText(f"Today {total.given_today:,}, meaningful {total.meaningful_today:,}; "
                           f"in these days {total.given:,}, meaningful {total.meaningful:,}.")
        if found.wanted is not None:
            self.table.stand_on(found.wanted)

    def _on_found(self, row: InterventionRow | None) -> None:
        if row is not None:
            self.form.begin(row)
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
