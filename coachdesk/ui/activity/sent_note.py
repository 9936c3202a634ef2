"""A mark on a form that corrects something on which a claim that went out may rest."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from coachdesk.claim import queries as claim_queries
from coachdesk.clock import month_of, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.text import Tag


class SentNote(Tag):
    """Hidden until `look` finds that claims of the person's lot went out up to the month of a day, or a later one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("", "careful")
        self._desk = desk
        self._asked = 0
        self.setWordWrap(True)
        self.hide()

    def look(self, person: UUID | None, on: date | None) -> None:
        """Asks the store about something of a person and a day; about nothing, where either is None."""
        self._asked += 1
        self.hide()
        if person is None or on is None:
            return
        asked = self._asked

        def tell(until: int | None) -> None:
            if asked == self._asked and until is not None and month_of(on) <= until:
                self.setText(f"Claims up to {month_words(until)} went out: the next one shows the difference, with the reason.")
                self.show()

        self._desk.read(lambda session: claim_queries.sent_until(session, person), self, tell)
