"""What the outreach room knows."""

from __future__ import annotations

from coachdesk.outreach.queries.sessions import (
    ContactRow,
    DueRow,
    SessionRow,
    SessionTotals,
    TallyRow,
    contacts,
    due,
    session_row,
    sessions,
    tallies,
    topics_in,
    totals,
)

__all__ = [
    "ContactRow",
    "DueRow",
    "SessionRow",
    "SessionTotals",
    "TallyRow",
    "contacts",
    "due",
    "session_row",
    "sessions",
    "tallies",
    "topics_in",
    "totals",
]
