"""What may be done in the outreach room."""

from __future__ import annotations

from coachdesk.outreach.actions.closing import close_venue, move_sessions, open_venue
from coachdesk.outreach.actions.doors import SESSION_DOORS, VENUE_DOORS
from coachdesk.outreach.actions.hosts import set_cover, set_hosts
from coachdesk.outreach.actions.keying import key_row
from coachdesk.outreach.actions.register import blank_rows, print_register
from coachdesk.outreach.actions.series import change_series, end_series, extend_series, plan_series
from coachdesk.outreach.actions.sessions import (
    change_contact,
    change_session,
    correct_tally,
    log_contact,
    log_line,
    mark_followed_up,
    open_session,
    remove_contact,
    remove_session,
    tally,
)
from coachdesk.outreach.actions.state import cancel_session, hold_session, plan_again
from coachdesk.outreach.actions.unmet import turn_away

DOORS = (*SESSION_DOORS, *VENUE_DOORS)

__all__ = [
    "DOORS",
    "blank_rows",
    "cancel_session",
    "change_contact",
    "change_series",
    "change_session",
    "close_venue",
    "correct_tally",
    "end_series",
    "extend_series",
    "hold_session",
    "key_row",
    "log_contact",
    "log_line",
    "mark_followed_up",
    "move_sessions",
    "open_session",
    "open_venue",
    "plan_again",
    "plan_series",
    "print_register",
    "remove_contact",
    "remove_session",
    "set_cover",
    "set_hosts",
    "tally",
    "turn_away",
]
