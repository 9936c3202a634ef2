"""Outreach's rules: words of a session, and one typed line read as a contact. Plain Python."""

from __future__ import annotations

from coachdesk.outreach.rules.bank_holidays import bank_holiday, bank_holidays
from coachdesk.outreach.rules.line import ContactLine, parse_line
from coachdesk.outreach.rules.register import (
    BLANK_ROW,
    MOST_ROWS,
    USUAL_ROWS,
    RegisterLine,
    check_row,
    missing,
    next_row,
    parse_register_line,
    rows_of,
    spans,
    still_words,
)
from coachdesk.outreach.rules.series import (
    CANCELLED,
    HELD,
    LONGEST_GAP,
    PLANNED,
    SHORT_WEEKS,
    STATUSES,
    WEEKS_AHEAD,
    check_cancelled,
    check_held,
    every_of,
    every_words,
    planned_until,
    series_days,
    status_of,
)
from coachdesk.outreach.rules.words import (
    CONTACT,
    LEAFLET,
    SESSION_KINDS,
    TALLIED,
    TOPICS,
    TURNED_AWAY,
    check_times,
    count_of,
    headcount_of,
    session_kind_of,
    tallied_of,
    time_of,
    topics_of,
)

__all__ = [
    "BLANK_ROW", "CANCELLED", "CONTACT", "HELD", "LEAFLET", "LONGEST_GAP", "MOST_ROWS", "PLANNED", "SESSION_KINDS", "SHORT_WEEKS",
    "STATUSES", "TALLIED", "TOPICS", "TURNED_AWAY", "USUAL_ROWS", "WEEKS_AHEAD", "ContactLine", "RegisterLine", "bank_holiday",
    "bank_holidays", "check_cancelled", "check_held", "check_row", "check_times", "count_of", "every_of", "every_words", "headcount_of",
    "missing", "next_row", "parse_line", "parse_register_line", "planned_until", "rows_of", "series_days", "session_kind_of", "spans",
    "status_of", "still_words", "tallied_of", "time_of", "topics_of",
]
