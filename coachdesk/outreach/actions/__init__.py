"""What may be done in the outreach room."""

from __future__ import annotations

from coachdesk.outreach.actions.sessions import (
    DOORS,
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

__all__ = [
    "DOORS",
    "change_contact",
    "change_session",
    "correct_tally",
    "log_contact",
    "log_line",
    "mark_followed_up",
    "open_session",
    "remove_contact",
    "remove_session",
    "tally",
]
