"""What the outreach room knows."""

from __future__ import annotations

from coachdesk.outreach.queries.closing import ClosingRow, UsedVenueRow, closing, used_venues
from coachdesk.outreach.queries.contacts import ContactRow, TallyRow, contacts, tallies, topics_in, waiting_ids
from coachdesk.outreach.queries.due import DueRow, due
from coachdesk.outreach.queries.found import CONTACT, SESSION
from coachdesk.outreach.queries.presence import PresenceRow, presence
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
from coachdesk.outreach.queries.unmet import (
    PublishedDemand,
    TurnedAwayRow,
    UnmetDemand,
    published_demand,
    turned_away,
    turned_away_by_ward,
    unmet_demand,
)

__all__ = [
    "CONTACT",
    "ClosingRow",
    "ContactRow",
    "DueRow",
    "OutreachTotals",
    "PresenceRow",
    "RegisterRow",
    "SeriesRow",
    "SESSION",
    "SessionRow",
    "SessionTotals",
    "TallyRow",
    "PublishedDemand",
    "TurnedAwayRow",
    "UnmetDemand",
    "UsedVenueRow",
    "blank_numbers",
    "closing",
    "contacts",
    "due",
    "outreach_totals",
    "presence",
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
    "published_demand",
    "turned_away",
    "turned_away_by_ward",
    "unmet_demand",
    "used_venues",
    "waiting_ids",
    "was_held",
]
