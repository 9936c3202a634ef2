"""Counting people who were turned away. The postcode finds the ward and is forgotten."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.outreach import actions
from coachdesk.outreach.rules import TOPICS
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, WholeNumberField
from coachdesk.ui.parts.line import LineField

Offer = tuple[list[tuple[UUID, str]], list[tuple[UUID, str]]]


def read_offer(session: Any) -> Offer:
    """Lots and places to choose from."""
    places = [(row.id, f"{row.name}, {row.lot}") for row in partner_queries.venues(session)]
    return list(programme_queries.lot_names(session).items()), places


class TurnAwayForm(Editor):
    """`saved()` after counting."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Who came and could not be helped", taken="hicvpudbo")
        self._desk = desk
        add = self.form.add
        self.lot = add("Lot", ChoiceField(), required=True)
        self.venue = add("Place", ChoiceField(placeholder="nowhere in particular"), beside=True)
        self.need = add("What they needed", ChoiceField([(topic, topic) for topic in TOPICS], "not said"))
        self.count = add("How many", WholeNumberField(1, 5000), required=True, beside=True)
        self.postcode = add("Their postcode", LineField("B34 7AA", 12),
                            hint="Only to find the ward: it is not kept, and no name is asked.")
        self.day = add("Day", DateField(desk.today, past_only=True), required=True, beside=True)
        self._end("&Save")

    def begin(self, postcode: str = "", lot: UUID | None = None) -> None:
        """Empty, or with what a registration that came to nothing had already."""
        self.form.clear()

        def arrived(offer: Offer) -> None:
            self.lot.set_choices(offer[0])
            self.venue.set_choices(offer[1])
            self.lot.set_value(lot or self._desk.lot or (offer[0][0][0] if len(offer[0]) == 1 else None))
            (self.lot if self.lot.is_empty() else self.need).setFocus()

        self._desk.read(read_offer, self, arrived)
        for box, value in ((self.postcode, postcode or None), (self.count, 1), (self.day, self._desk.today())):
            box.set_value(value)

    def first_focus(self) -> None:
        """What they needed: the lot is mostly known."""
        self.need.setFocus()

    def _save(self) -> None:
        fields = {"lot": self.lot.value(), "venue": self.venue.value(), "need": self.need.value(), "count": self.count.value(),
                  "postcode": self.postcode.value() or None, "on_day": self.day.value()}

        def done(_id: Any) -> None:
            self.postcode.clear()               # nothing of it stays, not even in the box
            self.saved.emit()

        self._act(self._desk, "Count people turned away", lambda session: actions.turn_away(session, **fields), done)
