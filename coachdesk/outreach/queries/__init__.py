"""What the outreach room knows."""

from __future__ import annotations

from coachdesk.outreach.queries.contacts import ContactRow, TallyRow, contacts, tallies, topics_in, waiting_ids
from coachdesk.outreach.queries.due import DueRow, due
from coachdesk.outreach.queries.register import RegisterRow, blank_numbers, register, still_to_key
from coachdesk.outreach.queries.series import SeriesRow, series, series_holidays, series_row
from coachdesk.outreach.queries.sessions import (
    OutreachTotals,
    SessionRow,
    SessionTotals,
    outreach_totals,
    session_ids,
    session_row,
    sessions,
    totals,
    was_held,
)

__all__ = [
    "ContactRow",
    "DueRow",
    "OutreachTotals",
    "RegisterRow",
    "SeriesRow",
    "SessionRow",
    "SessionTotals",
    "TallyRow",
    "blank_numbers",
    "contacts",
    "due",
    "outreach_totals",
    "register",
    "series",
    "series_holidays",
    "series_row",
    "session_ids",
    "session_row",
    "sessions",
    "still_to_key",
    "tallies",
    "topics_in",
    "totals",
    "waiting_ids",
    "was_held",
]
