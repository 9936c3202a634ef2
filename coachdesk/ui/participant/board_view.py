"""The caseload as a board: who is at which stage, a list beside the other; Left and Right go from stage to stage, Enter opens.

Nobody is moved by hand: where somebody stands follows from what is recorded, and a line below says it of whoever is chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from coachdesk.casework.queries import NEEDED, CaseloadRow, caseload_rows
from coachdesk.clock import day_text
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.reading import Board, board
from coachdesk.ui.parts.privacy import in_public, shown_name
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_STAGES = ("No help yet", "On the way", "Three reached", "Started a job", "Paused")        # as casework.caseload.STAGES
_COLUMNS = (
    Column("Name", "name", 0, private=True),
    Column("Due", "state", 5, show=lambda state: {"overdue": "late", "due": "soon"}.get(state, "")),
)
_LEAST_WIDTH = 26       # characters: a name, when, and a bar to scroll by
_HOW = "People move as help, a job or a pause is recorded. Enter opens the person."


def card_words(row: CaseloadRow, stage: str) -> str:
    """Whoever is chosen on the board, in a line; no name and nothing private where others may look on."""
    days = "today" if not row.silent_days else "yesterday" if row.silent_days == 1 else f"{row.silent_days} days ago"
    coming = "" if in_public() else f"{row.next_what}, " if row.next_what else ""
    parts = (
        shown_name(row.name),
        row.reference,
        stage.lower(),
        f"help {min(row.meaningful, NEEDED)} of {NEEDED}",
        f"last contact {days}" if row.last_contact_on else f"no contact since registration, {days}",
        f"{'overdue' if row.state == 'overdue' else 'next'}: {coming}{day_text(row.next_on)}" if row.next_on else "nothing planned",
    )
    return " · ".join(parts)


class BoardView(QWidget):
    """`person_chosen(id)` on Enter; `told(words)`: the line under the title. Everybody of the lot stands in exactly one list."""

    person_chosen = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lists: list[RowTable] = []
        self._heads: list[PlainLabel] = []
        self.chosen = PlainLabel(_HOW, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SMALL)
        self._grid.setVerticalSpacing(SMALL)
        self._across = 0
        layout.addLayout(self._grid, 1)
        layout.addWidget(self.chosen)
        for words in _STAGES:
            head = PlainLabel(words, "subheading", wrap=True)
            table = RowTable(words, _COLUMNS, empty="Nobody.", least_rows=4)
            table.row_chosen.connect(lambda row: self.person_chosen.emit(row.id))
            table.view.installEventFilter(self)
            table.current_changed.connect(lambda _row: self.show_words())
            self._heads.append(head)
            self.lists.append(table)
        self._place(len(_STAGES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the stages stand in two rows, so that names stay whole."""
        super().resizeEvent(event)
        one = self.fontMetrics().averageCharWidth() * _LEAST_WIDTH + SMALL
        self._place(len(_STAGES) if self.width() >= one * len(_STAGES) else 3 if self.width() >= one * 3 else 2)

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for at, (head, table) in enumerate(zip(self._heads, self.lists, strict=True)):
            row, column = divmod(at, across)
            self._grid.addWidget(head, 2 * row, column, Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(table, 2 * row + 1, column)
        for line in range(6):
            self._grid.setRowStretch(line, line % 2 if line // 2 <= (len(_STAGES) - 1) // across else 0)
        for column in range(len(_STAGES)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def read(self) -> None:
        """Ask the store again."""
        lot, owner = self._desk.lot, self._desk.owner
        self._desk.read(lambda session: board(session, lot, owner), self, self._on_read)

    def _on_read(self, found: Board) -> None:
        for words, head, table, (keys, first) in zip(_STAGES, self._heads, self.lists, found.stages, strict=True):
            head.setText(f"{words} ({len(keys):,})")
            table.show_ids(keys, self._desk.rows_of(caseload_rows), self._desk.work, first)
        whose = "My people" if found.is_mine else "Everyone’s people"
        self.told.emit(f"{whose}: {sum(len(keys) for keys, _ in found.stages):,} on the caseload. Left and Right go from stage to stage.")
        self.show_words()

    def show_words(self) -> None:
        """Say who is chosen and where they stand, or how the board works."""
        at = self._at()
        row: CaseloadRow | None = self.lists[at].current() if at is not None else None
        self.chosen.setText(card_words(row, _STAGES[at]) if row is not None and at is not None else _HOW)

    def _at(self) -> int | None:
        """The stage that holds the keyboard."""
        here = QApplication.focusWidget()
        return next((number for number, table in enumerate(self.lists) if here is not None and table.isAncestorOf(here)), None)

    def first_focus(self) -> None:
        """The first stage with anybody in it."""
        next((table for table in self.lists if table.count()), self.lists[0]).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and Right leave a list that would go from column to column."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._step(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._step(event):
            super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        at = self._at()
        if not step or at is None:
            return False
        self.lists[(at + step) % len(self.lists)].setFocus()
        self.show_words()
        return True
