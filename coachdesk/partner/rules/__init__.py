"""Partner's rules: words, places, addresses; what organisations offer; ends to look at; upkeep, connectors, trust. Plain Python."""

from __future__ import annotations

from coachdesk.partner.rules.connectors import check_introduction, check_introduction_day
from coachdesk.partner.rules.offers import (
    ACTIVE,
    DEFUNCT,
    INACTIVE,
    LAST_WARNING_DAYS,
    MONTH,
    MOST_WARN_DAYS,
    RHYTHMS,
    SERVICE_STATUSES,
    STALE_DAYS,
    TEMPORARILY_CLOSED,
    WARN_DAYS,
    WEEK,
    WEEKDAYS,
    ages_words,
    check_ages,
    check_day_of_check,
    check_opening,
    day_codes,
    day_names,
    end_words,
    every_so_many,
    in_week_order,
    opening_words,
    rhythm_of,
    service_status_of,
    warn_days_of,
    warning_day,
    week_place,
)
from coachdesk.partner.rules.trust import PRECEDED_DAYS, came_before, check_trust_day, stage_of
from coachdesk.partner.rules.upkeep import (
    HOWS,
    LEAVING_WARN_DAYS,
    NO_UPKEEP,
    cadence_for,
    cadence_of,
    cadence_words,
    check_touch_day,
    clock,
    clock_words,
    how_of,
)
from coachdesk.partner.rules.words import (
    CLOSED,
    KINDS,
    OPEN,
    RESTRICTED,
    VENUE_STATUSES,
    check_venue_status,
    email_of,
    folded,
    note_of,
    one_of,
    reply_days_of,
    role_of,
    status_words,
    time_of,
    venue_status_of,
    website_of,
)
from coachdesk.programme.rules import check_span, line_of, name_of

__all__ = [
    "ACTIVE", "CLOSED", "DEFUNCT", "HOWS", "INACTIVE", "KINDS", "LAST_WARNING_DAYS", "LEAVING_WARN_DAYS", "MONTH",
    "MOST_WARN_DAYS", "NO_UPKEEP", "OPEN", "PRECEDED_DAYS", "RESTRICTED", "RHYTHMS", "SERVICE_STATUSES", "STALE_DAYS",
    "TEMPORARILY_CLOSED", "VENUE_STATUSES", "WARN_DAYS", "WEEK", "WEEKDAYS", "ages_words", "cadence_for", "cadence_of", "cadence_words",
    "came_before", "check_ages", "check_day_of_check", "check_introduction", "check_introduction_day", "check_opening", "check_span",
    "check_touch_day", "check_trust_day", "check_venue_status", "clock", "clock_words", "day_codes", "day_names", "email_of",
    "end_words", "every_so_many", "folded", "how_of", "in_week_order", "line_of", "name_of", "note_of", "one_of", "opening_words",
    "reply_days_of", "rhythm_of", "role_of", "service_status_of", "stage_of", "status_words", "time_of", "venue_status_of",
    "warn_days_of", "warning_day", "website_of", "week_place",
]
