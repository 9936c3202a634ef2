"""What the foot of the window says of the work: this month's claim of the lot in view, and where the last session was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.work import touches

_PAUSE_MS = 1500          # a queue of contacts is not held up by working the claim out after each of them


@dataclass(frozen=True)
class FootWords:
    """Ready to show; empty where there is nothing to say."""

    claim: str = ""
    venue: str = ""


class Foot(QObject):
    """Reads again a moment after the claim's or outreach's rooms changed, and tells `show(FootWords)`."""

    def __init__(self, desk: Desk, show: Callable[[FootWords], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._show = desk, show
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.read)
        desk.work.changed.connect(self._on_changed)
        desk.lot_changed.connect(self._timer.start)
        self._timer.start()

    def read(self) -> None:
        """Asks the store now."""
        lot = self._desk.lot
        self._desk.read(lambda session: read_foot(session, lot), self, self._show)

    def _on_changed(self, changes: Any) -> None:
        if touches(changes, "activity", "claim", "outreach", "participant", "programme"):
            self._timer.start()


def read_foot(session: Any, lot: Any) -> FootWords:
    """The words for a lot (None: the only one, else no claim is named)."""
    from coachdesk.casework import queries as casework_queries
    from coachdesk.claim import queries as claim_queries
    from coachdesk.claim.rules import pounds
    from coachdesk.clock import day_text, month_of, month_words
    from coachdesk.outreach import queries as outreach_queries
    from coachdesk.programme import queries as programme_queries

    names = programme_queries.lot_names(session)
    chosen = lot or (next(iter(names)) if len(names) == 1 else None)
    claim = ""
    if chosen is not None:
        month = month_of(casework_queries.today(session))
        payable = claim_queries.payable(session, chosen, month)
        claim = f"{month_words(month)}, {names[chosen]}: {pounds(payable)} so far"
    last = outreach_queries.sessions(session, lot=chosen, limit=1, status="held")
    return FootWords(claim, f"{last[0].venue}, {day_text(last[0].held_on)}" if last else "")
