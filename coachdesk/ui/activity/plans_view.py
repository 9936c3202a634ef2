"""Action plans of everybody: what is open and to be looked at first; need and take-up by kind of help. Enter opens the person's plan."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.activity import queries, rules
from coachdesk.activity.queries import KindTotal, PlanRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_OPEN, _ALL = "open", "all"
_STATES = ((_OPEN, "open"), (_ALL, "all"), *((state, state) for state in rules.PLAN_STATES))
_EVERY_KIND = "every kind"
_LINES = (
    Column("Look again", "review_on", 12),
    Column("Person", "participant", 0, private=True),
    Column("Kind of help", "kind", 18),
    Column("What is needed", "need", 0, private=True),
    Column("Stands", "state", 13),
)
_TOTALS = (
    Column("Kind of help", "kind", 0),
    Column("Needed", "needed", 8, "right"),
    Column("Taken up", "taken_up", 9, "right"),
    Column("Not", "declined", 5, "right"),
)


class PlansShown(NamedTuple):
    """One reading: the keys of the list with its first rows, and need and take-up by kind."""

    keys: array[int]
    first: Sequence[PlanRow]
    totals: Sequence[KindTotal]


class PlansView(QWidget):
    """`open_requested(kind, id)`: the line in its person's plan; `said` is there for the page's sake."""

    said = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, taken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form = Form(taken=taken)
        self.state = self.form.add("Which lines", ChoiceField(list(_STATES)))
        self.kind = self.form.add("Kind of help", ChoiceField([(_EVERY_KIND, _EVERY_KIND), *((kind, kind) for kind in rules.KINDS)]),
                                  beside=True)
        self.state.set_value(_OPEN)
        self.kind.set_value(_EVERY_KIND)
        self.total = PlainLabel("", "muted", wrap=True)
        self.table = RowTable("Lines of action plans", _LINES, least_rows=6,
                              empty="No such line. A need is written down on the person’s page, under Plan, take-up.")
        self.totals = RowTable("Need and take-up by kind of help", _TOTALS, empty="Nothing has been needed yet.", least_rows=4)
        self._build()
        for box in (self.state, self.kind):
            box.changed.connect(self._on_choice_changed)
        self.table.row_chosen.connect(lambda row: self.open_requested.emit("activity.plan", row.id))

    def _build(self) -> None:
        lines, totals = QWidget(), QWidget()
        for pane, parts in ((lines, (self.form, self.total, self.table)),
                            (totals, (PlainLabel("Needed, and taken up", "subheading", wrap=True), self.totals))):
            down = QVBoxLayout(pane)
            down.setContentsMargins(0, 0, 0, 0)
            down.setSpacing(MEDIUM)
            for part in parts:
                down.addWidget(part, 1 if isinstance(part, RowTable) else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(lines, totals, (700, 390)))

    def reload(self) -> None:
        """Read again."""
        lot, state, kind = self._desk.lot, self.state.value(), self.kind.value()

        def ask(session: Any) -> PlansShown:
            keys = queries.plan_keys(session, lot=lot, kind=kind if kind in rules.KINDS else None, state=None if state == _ALL else state)
            return PlansShown(keys, queries.plan_rows(session, keys[:BLOCK]), queries.plan_totals(session, lot=lot))

        def tell(found: PlansShown) -> None:
            self.table.show_ids(found.keys, self._desk.rows_of(queries.plan_rows), self._desk.work, found.first)
            self.totals.show_rows(found.totals)
            needed, taken = sum(each.needed for each in found.totals), sum(each.taken_up for each in found.totals)
            self.total.setText(f"{len(found.keys):,} shown. In all {needed:,} need{'' if needed == 1 else 's'}, {taken:,} taken up.")

        self._desk.read(ask, self, tell)

    def show_one(self, id: UUID) -> None:
        """The line in its person's plan."""
        self.open_requested.emit("activity.plan", id)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_choice_changed(self) -> None:
        if self.state.value() is not None and self.kind.value() is not None:
            self.reload()
