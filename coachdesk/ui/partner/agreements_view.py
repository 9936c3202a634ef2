"""What was agreed with an organisation, and which ends come near; the end of its own funding stands beside the organisation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.partner import queries
from coachdesk.partner.queries import AgreementRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.row_table import Column, RowTable


class AgreementsView(QWidget):
    """`asked(row)` to change one, None for a new one; `seen(row)` when somebody has looked at an end."""

    asked = Signal(object)
    seen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._partner: UUID | None = None
        self._wanted: UUID | None = None
        self.table = RowTable(
            "Agreements",
            (Column("What was agreed", "what", 0), Column("From", "from_day", 11), Column("End", "state", 38),
             Column("In Today from", "warn_on", 13)),
            empty="No agreement is written down yet. Add what was agreed: the use of a room, a desk on Tuesdays, the sharing of data.")
        self.add_button = Button("Add an agree&ment…", lambda: self.asked.emit(None))
        self.change_button = Button("Chang&e…", lambda: self._emit(self.asked))
        self.seen_button = Button("Loo&ked at its end", lambda: self._emit(self.seen))
        self.seen_button.setToolTip("It leaves Today until the next warning: 30 days before the end, then on the day itself")
        card = Card("Agreements")
        card.body.addWidget(self.table, 1)
        card.body.addWidget(ButtonRow((self.add_button, self.change_button, self.seen_button)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.table.row_chosen.connect(self.asked)
        self.table.current_changed.connect(self._on_current_changed)

    def show_partner(self, partner: UUID) -> None:
        """Read the agreements with an organisation."""
        self._partner = partner
        self._desk.read(lambda session: queries.agreements(session, partner=partner), self, lambda rows: self._on_read(partner, rows))

    def go_to(self, agreement: UUID) -> None:
        """Stand on an agreement, now or once it is read."""
        self._wanted = agreement
        self._go()

    def _on_read(self, partner: UUID, rows: list[AgreementRow]) -> None:
        if partner == self._partner:
            self.table.show_rows(rows)
            self._go()
            self._on_current_changed(self.table.current())

    def _go(self) -> None:
        places = [self.table.model.row(at).id for at in range(self.table.count())]
        if self._wanted in places:
            self.table.go_to(places.index(self._wanted))
            self._wanted = None

    def _on_current_changed(self, row: AgreementRow | None) -> None:
        self.change_button.setVisible(row is not None)
        self.seen_button.setVisible(row is not None and row.warn_on is not None and row.warn_on <= self._desk.today())

    def _emit(self, signal: Any) -> None:
        row = self.table.current()
        if row is not None:
            signal.emit(row)
