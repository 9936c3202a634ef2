"""Outreach's rules: words of a session, and one typed line read as a contact. Plain Python."""

from __future__ import annotations

from coachdesk.outreach.rules.line import ContactLine, parse_line
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
    "CONTACT", "LEAFLET", "SESSION_KINDS", "TALLIED", "TOPICS", "TURNED_AWAY", "ContactLine", "check_times", "count_of", "headcount_of",
    "parse_line", "session_kind_of", "tallied_of", "time_of", "topics_of",
]
