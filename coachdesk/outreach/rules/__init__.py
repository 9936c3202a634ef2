"""Outreach's rules: words of a session, one typed line read as a contact, places that close, presence, people turned away. Plain Python."""

from __future__ import annotations

from coachdesk.outreach.rules.bank_holidays import bank_holiday, bank_holidays
from coachdesk.outreach.rules.closing import (
    BECOMES,
    CANCEL,
    LEAVE,
    MOVE,
    Restart,
    becomes_of,
    closed_words,
    is_assessed,
    restart_key,
    restart_words,
)
from coachdesk.outreach.rules.line import ContactLine, parse_line
from coachdesk.outreach.rules.presence import (
    ABSENT,
    CALLED_OFF,
    COVERED,
    NOTHING,
    PRESENT,
    SIGN_WORDS,
    WORTH_SAYING,
    gap_words,
    longest_gap,
    monday,
    signs_of,
    weeks_between,
    weeks_since,
)
from coachdesk.outreach.rules.published import (
    ENOUGH,
    SETTLES,
    Counted,
    PublishedTable,
    Told,
    counts_in,
    last_settled,
    parts_of,
    published_by_need,
    published_by_place,
    quarter_days,
    quarter_of,
    settles_on,
)
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
from coachdesk.outreach.rules.unmet import LEAST, NO_NEED, NO_VENUE, NOT_KNOWN_WARD, SafeTable, safe_table, together
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
    topics_of,
)
from coachdesk.partner.rules import time_of

__all__ = [
    "ABSENT", "BECOMES", "BLANK_ROW", "CALLED_OFF", "CANCEL", "CANCELLED", "CONTACT", "COVERED", "ENOUGH", "HELD", "LEAFLET",
    "LEAST", "LEAVE", "LONGEST_GAP", "MOST_ROWS", "MOVE", "NOTHING", "NOT_KNOWN_WARD", "NO_NEED", "NO_VENUE", "PLANNED", "PRESENT",
    "SESSION_KINDS", "SETTLES", "SHORT_WEEKS", "SIGN_WORDS", "STATUSES", "TALLIED", "TOPICS", "TURNED_AWAY", "USUAL_ROWS",
    "WEEKS_AHEAD", "WORTH_SAYING", "ContactLine", "Counted", "PublishedTable", "RegisterLine", "Restart", "SafeTable", "Told",
    "bank_holiday", "bank_holidays", "becomes_of", "check_cancelled", "check_held", "check_row", "check_times", "closed_words",
    "count_of", "counts_in", "every_of", "every_words", "gap_words", "headcount_of", "is_assessed", "last_settled", "longest_gap",
    "missing", "monday", "next_row", "parse_line", "parse_register_line", "parts_of", "planned_until", "published_by_need",
    "published_by_place", "quarter_days", "quarter_of", "restart_key", "restart_words", "rows_of", "safe_table", "series_days",
    "session_kind_of", "settles_on", "signs_of", "spans", "status_of", "still_words", "tallied_of", "time_of", "together",
    "topics_of", "weeks_between", "weeks_since",
]
