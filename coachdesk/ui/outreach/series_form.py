"""Changing a series: what its planned sessions are from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import SESSION_KINDS
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.session_editor import TimeField
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Scrolled

_WIDEST = 84          # characters
Offer = tuple[list[tuple[UUID, str]], list[tuple[UUID, str]]]


def read_offer(session: Any, today: date) -> Offer:
    """Venues and members of the team to choose from."""
    venues = [(row.id, f"{row.name}, {row.lot}") for row in partner_queries.venues(session)]
    members = [(row.id, row.name) for row in programme_queries.members(session) if row.to_day is None or row.to_day >= today]
    return venues, members


class SeriesForm(QWidget):
    """`saved` after the change was written; `left` on Cancel or Esc."""

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: queries.SeriesRow | None = None
        self.form = form = Form()
        self.since = form.add("Fro&m this day on", DateField(desk.today), required=True, hint="Sessions before it stay as they are.")
        self.later = form.add("Days &later", WholeNumberField(-27, 27), beside=True,
                              hint="-1 moves each to the day before. Empty: the same day.")
        self.venue = form.add("&Venue", ChoiceField(), required=True)
        self.kind = form.add("&Kind", ChoiceField([(kind, kind.capitalize()) for kind in SESSION_KINDS]), required=True)
        self.coach = form.add("&Coach", ChoiceField(), required=True, beside=True)
        self.starts = form.add("&From", TimeField("09:30"))
        self.ends = form.add("&Until", TimeField("12:00"), beside=True)
        self.save_button = Button("Change what is planned", self.save, role="primary", keys="Ctrl+Return")
        self.cancel_button = Button("Cancel", self.left.emit)
        form.buttons(self.save_button, self.cancel_button)
        form.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)
        form.submitted.connect(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(form))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def first_focus(self) -> None:
        """The first box."""
        self.form.first_focus()

    def begin(self, row: queries.SeriesRow) -> None:
        """A series as it is planned now."""
        self._row = row
        self.form.clear()
        today = self._desk.today()

        def arrived(offer: Offer) -> None:
            self.venue.set_choices(offer[0])
            self.coach.set_choices(sorted({*offer[1], (row.coach_id, row.coach)}, key=lambda pair: pair[1].casefold()))
            for box, value in ((self.since, row.next_on or today), (self.venue, row.venue_id), (self.kind, row.kind),
                               (self.coach, row.coach_id), (self.starts, row.starts_at), (self.ends, row.ends_at)):
                box.set_value(value)

        self._desk.read(lambda session: read_offer(session, today), self, arrived)
        self.form.first_focus()

    def save(self) -> None:
        """Write the change of all planned sessions from the day on, as one act."""
        row = self._row
        if row is None or not self.form.check():
            return
        fields = {"from_day": self.since.value(), "venue": self.venue.value(), "kind": self.kind.value(), "coach": self.coach.value(),
                  "starts_at": self.starts.value(), "ends_at": self.ends.value(), "days_later": self.later.value()}
        self._desk.act("Change a series", lambda session: actions.change_series(session, row.id, **fields), self,
                       lambda _none: self.saved.emit())
