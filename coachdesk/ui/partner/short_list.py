"""Who of the caseload might fit a vacancy: a short list that says why. The coach decides whom to put down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.activity import actions, queries
from coachdesk.activity.queries import FitRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_ABOUT = ("Looked at are the baseline, earlier work, help and plan by kind, and the way from home; never what is kept apart. It is a "
          "proposal: you know the people, and may put down somebody else.")
_MAY = {None: "not asked yet", "given": "yes", "refused": "no", "withdrawn": "taken back"}


@dataclass(frozen=True, slots=True)
class FitLine:
    """One of the short list as a line."""

    id: UUID
    participant: str
    reference: str
    lot: str
    fits: str
    against: str
    consent: str
    row: FitRow


class ShortList(QWidget):
    """`left` on Esc or Back; `put(sentence)` when somebody was put down."""

    left = Signal()
    put = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._vacancy: UUID | None = None
        self.table = RowTable(
            "People who might fit", (Column("Person", "participant", 18, private=True), Column("Fits", "fits", 0),
                                     Column("Against, or not known", "against", 0), Column("May we talk to an employer", "consent", 15)),
            empty="For nobody of the caseload does anything speak who is not a candidate already. Put somebody down by name instead.")
        self.facts = Facts()
        self.down_button = Button("&Put down", self._put, role="primary")
        self.down_button.setToolTip("Writes them down as found. Nobody is told yet.")
        self.back_button = Button("Bac&k", self.left.emit)
        why = Card("Why this person")
        why.body.addWidget(self.facts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(PlainLabel(_ABOUT, "muted", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(why)
        layout.addWidget(ButtonRow((self.down_button, self.back_button)))
        self.table.row_chosen.connect(lambda _line: self._put())
        self.table.current_changed.connect(self._show_why)

    def begin(self, vacancy: UUID) -> None:
        """The short list of a vacancy, from the lot that is looked at."""
        self._vacancy = vacancy
        self.table.show_rows([])
        self._read()

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        self._show_why(self.table.current())

    def _read(self) -> None:
        vacancy, lot = self._vacancy, self._desk.lot
        if vacancy is not None:
            self._desk.read(lambda session: queries.likely_candidates(session, vacancy, lot=lot), self, self._on_read)

    def _on_read(self, rows: list[FitRow]) -> None:
        self.table.show_rows([FitLine(row.id, row.participant, row.reference, row.lot, row.fits, row.against,
                                      _MAY.get(row.consent, "no"), row) for row in rows])
        self._show_why(self.table.current())
        if self.table.count():
            self.table.go_to(0)
        self.first_focus()

    def _show_why(self, line: FitLine | None) -> None:
        self.down_button.setVisible(line is not None)
        if line is None:
            self.facts.show_pairs([])
            return
        fit = line.row.fit
        self.facts.show_pairs([("Person", f"{shown_name(line.participant, line.reference)} · {line.lot} · {line.row.coach}"),
                               ("Fits", "; ".join(fit.fits)), ("Against", "; ".join(fit.against)), ("Not known", "; ".join(fit.unknown))])

    def _put(self) -> None:
        line: FitLine | None = self.table.current()
        vacancy = self._vacancy
        if line is None or vacancy is None:
            return
        why, name = line.row.fit.sentence, shown_name(line.participant, line.reference)

        def done(_id: Any) -> None:
            self.put.emit(f"{name} was put down. Nobody was told yet.")
            self._read()

        self._desk.act("Put somebody down", lambda session: actions.find_candidate(session, participant=line.id, vacancy=vacancy, why=why),
                       self, done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
