"""The caseload as a board: who is at which stage, a list beside the other; Left and Right go from stage to stage, Enter opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.casework.queries import NEEDED, PAUSED, CaseloadRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.reading import Caseload, caseload
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_STAGES: tuple[tuple[str, Callable[[CaseloadRow], bool]], ...] = (
    ("No help yet", lambda row: not row.meaningful and not row.has_job and row.state != PAUSED),
    ("On the way", lambda row: 0 < row.meaningful < NEEDED and not row.has_job and row.state != PAUSED),
    ("Three reached", lambda row: row.meaningful >= NEEDED and not row.has_job and row.state != PAUSED),
    ("Started a job", lambda row: row.has_job and row.state != PAUSED),
    (PAUSED.capitalize(), lambda row: row.state == PAUSED),
)


class BoardView(QWidget):
    """`person_chosen(id)` on Enter; `told(words)`: the line under the title. Everybody of the lot stands in exactly one list."""

    person_chosen = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lists: list[RowTable] = []
        self._heads: list[PlainLabel] = []
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(MEDIUM)
        for words, _fits in _STAGES:
            head = PlainLabel(words, "subheading", wrap=True)
            table = RowTable(words, (Column("Name", "name", 0, private=True), Column("State", "state", 8)), empty="Nobody.")
            table.row_chosen.connect(lambda row: self.person_chosen.emit(row.id))
            self._heads.append(head)
            self.lists.append(table)
            down = QVBoxLayout()
            down.setSpacing(SMALL)
            down.addWidget(head)
            down.addWidget(table, 1)
            across.addLayout(down, 1)

    def read(self) -> None:
        """Ask the store again."""
        lot, owner = self._desk.lot, self._desk.owner
        self._desk.read(lambda session: caseload(session, lot, owner, None), self, self._on_read)

    def _on_read(self, found: Caseload) -> None:
        for (words, fits), head, table in zip(_STAGES, self._heads, self.lists, strict=True):
            rows = [row for row in found.rows if fits(row)]
            head.setText(f"{words} ({len(rows):,})")
            table.show_rows(rows)
        whose = "My people" if found.is_mine else "Everyone’s people"
        self.told.emit(f"{whose}: {len(found.rows):,} on the caseload. Left and Right go from stage to stage.")

    def first_focus(self) -> None:
        """The first stage with anybody in it."""
        next((table for table in self.lists if table.count()), self.lists[0]).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        at: Any = next((number for number, table in enumerate(self.lists) if table.view.hasFocus()), None)
        if step and at is not None:
            self.lists[(at + step) % len(self.lists)].setFocus()
        else:
            super().keyPressEvent(event)
